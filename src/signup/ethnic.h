/*
 * Ethnic groups: the form asks in the 2021 wording, health records need the 2001 code (NHS Data
 * Dictionary, 16 + 1). This table is the one place where the two meet. "Prefer not to say" is Z
 * (asked, not stated); never asked or skipped is 99 (not known): the two are never merged.
 */
#ifndef SIGNUP_ETHNIC_H
#define SIGNUP_ETHNIC_H

#include "base/str.h"

#define ETHNIC_NOT_STATED "Z"
#define ETHNIC_NOT_KNOWN  "99"

/*
 * The 2001 code of an option code of the form ("indian" -> "H"); "" for one of the broad groups of
 * the first step ("asian"); NULL where the code is none of this list.
 */
const char *ethnic_2001_code(struct str option_code);

#endif
