/*
 * Which plural form a number takes: the "Plural-Forms" header of a catalogue, an expression of C
 * over n (GNU gettext manual, section "Additional functions for plural forms"). Read once into a
 * short program for a stack machine, so that it can be refused when it is read and not when it is
 * used.
 */
#ifndef CONTENT_PLURAL_H
#define CONTENT_PLURAL_H

#include <stdint.h>

#include "base/err.h"

enum { PLURAL_STEPS = 96 };

struct plural_rule {
    unsigned long forms;
    struct plural_step {
        uint8_t what;
        unsigned long number;
    } steps[PLURAL_STEPS];
    int count;
};

/* nplurals=2; plural=(n != 1); */
extern const struct plural_rule plural_english;

/* "nplurals=2; plural=(n != 1);" ERR_FORMAT where it is not of that kind, ERR_LIMIT over
   PLURAL_STEPS. */
MUST_USE enum err plural_parse(const char *text, struct plural_rule *out_rule);
/* 0 .. forms - 1. */
unsigned long plural_form(const struct plural_rule *rule, unsigned long n);

#endif
