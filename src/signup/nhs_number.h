/*
 * NHS numbers: ten digits, the last by modulus 11 over weights 10 to 2 (NHS Data Model and
 * Dictionary, "NHS NUMBER"). Spaces and hyphens are ignored. The arithmetic passes all ten
 * repeated-digit numbers, which are nobody's; and numbers that begin with 9 are for testing. Says
 * "in the right form", never "verified": only the national service can.
 */
#ifndef SIGNUP_NHS_NUMBER_H
#define SIGNUP_NHS_NUMBER_H

#include "signup/check.h"

struct nhs_number {
    char text[11]; /* ten digits */
};

/*
 * CHECK_OK, EMPTY, LETTERS, TOO_SHORT, TOO_LONG, DIGIT, REPEATED, TEST_NUMBER, LIVE_NUMBER or
 * NI_NUMBER.
 */
enum check nhs_number_check(struct str typed, enum kiosk_mode mode, struct nhs_number *out_number);
/* Groups up to ten digits 3 3 4 with spaces, also while they are being typed. */
void nhs_number_display(struct str digits, struct buf *out);

#endif
