/*
 * The reference a patient takes home: "HD-7K4M-Q2XP". Seven Crockford base-32 symbols are the first
 * 35 bits of the record id, so it needs no counter and no network; the eighth is a check symbol.
 * The check symbol is the sum of 2^i times symbol i over GF(32), x^5 + x^2 + 1: like Crockford's
 * mod 37 it finds every single wrong symbol and every swap of two, but it stays inside the 32
 * symbols that people can read out and type. Two records may share a reference (1 in 34 thousand
 * million); it finds, it does not identify.
 */
#ifndef SIGNUP_REFERENCE_H
#define SIGNUP_REFERENCE_H

#include <stdint.h>

#include "signup/check.h"

struct reference {
    char text[13]; /* "HD-7K4M-Q2XP" */
};

void reference_from_id(const uint8_t record_id[16], struct reference *out_reference);
/*
 * Small letters, O for 0, I or L for 1, missing "HD", spaces and hyphens are accepted.
 * CHECK_OK, EMPTY, LETTERS, TOO_SHORT, TOO_LONG or DIGIT (the check symbol does not fit).
 */
enum check reference_check(struct str typed, struct reference *out_reference);

/* The bits of the record id that a reference holds, from the first byte's highest on. */
#define REFERENCE_ID_BITS 35
void reference_id_bits(const struct reference *reference, uint8_t out_bits[8]);

#endif
