/*
 * UK phone numbers. Mobile: 07 and nine digits, also typed as +44 7, 0044 7, +44 (0)7, with spaces,
 * brackets, dots and hyphens (GOV.UK pattern "telephone numbers"). 070 is personal numbering and
 * 076 paging (except 07624, Isle of Man mobiles): no text message reaches them (Ofcom National
 * Telephone Numbering Plan). Any number that a person can be phoned on: a mobile, or 01, 02, 03, 05
 * and 08 with nine more digits; a few 01 numbers have one digit less.
 */
#ifndef SIGNUP_PHONE_H
#define SIGNUP_PHONE_H

#include "signup/check.h"

struct phone {
    char text[14]; /* "+447700900417" */
};

/* CHECK_OK, EMPTY, LETTERS, TOO_SHORT, TOO_LONG, NOT_MOBILE or FORM. */
enum check phone_check(struct str typed, struct phone *out_phone);
/* The same for a mobile or a landline; never NOT_MOBILE. */
enum check phone_check_any(struct str typed, struct phone *out_phone);
/* "07700 900417" or "020 7946 0123" for a canonical number; other text is copied as it is. */
void phone_display(struct str canonical, struct buf *out);

#endif
