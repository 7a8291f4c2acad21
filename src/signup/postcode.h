/*
 * UK postcodes: the six forms A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA with the
 * letters each place may have (Royal Mail, BS 7666), and GIR 0AA. Any case, any spaces, and
 * punctuation people add are accepted. Says "has the form of", not "is delivered to".
 */
#ifndef SIGNUP_POSTCODE_H
#define SIGNUP_POSTCODE_H

#include "signup/check.h"

struct postcode {
    char text[9]; /* "NW1 2BU": capitals, one space */
};

/* CHECK_OK, EMPTY, TOO_SHORT (only the first half), TOO_LONG or FORM. */
enum check postcode_check(struct str typed, struct postcode *out_postcode);

#endif
