/*
 * A person's name or one part of it: any letter of any script, marks, apostrophes, hyphens, dots,
 * spaces and digits, as that person spells it (W3C "Personal names around the world"). White space
 * is trimmed and runs of it become one space. Refused: controls, what nobody sees
 * (fillers, direction marks), pictures, and the few signs that are only ever a slip or an attack
 * (< > { } and the like).
 */
#ifndef SIGNUP_NAME_H
#define SIGNUP_NAME_H

#include "signup/check.h"

#define NAME_BYTES 200

struct person_name {
    char text[NAME_BYTES + 1];
};

/* CHECK_OK, EMPTY, TOO_LONG, LETTERS (a sign no name has). */
enum check name_check(struct str typed, struct person_name *out_name);

#endif
