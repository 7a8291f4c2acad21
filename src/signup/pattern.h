/*
 * The part of regular expressions that a form may use for one line of text: characters, "." ,
 * classes [A-Z0-9 -] and [^...], \d \w \s and escaped signs, each with ? * + or {m,n}; the whole
 * answer must match. No groups, alternatives or back references, so matching takes bounded time
 * whatever a patient types and needs no memory beyond the stack.
 */
#ifndef SIGNUP_PATTERN_H
#define SIGNUP_PATTERN_H

#include <stdbool.h>

#include "base/str.h"

#define PATTERN_BYTES  128
#define PATTERN_PIECES 32

/* NULL where the pattern may be used; otherwise what is wrong with it, in English. */
const char *pattern_problem(struct str pattern);
/* False also for a pattern that has a problem, and for text over LIMIT_ANSWER. */
bool pattern_matches(struct str pattern, struct str text);

#endif
