/*
 * Plural-Forms of a gettext catalogue: "nplurals=3; plural=(n%10==1 ? 0 : n>1 ? 1 : 2);". A small
 * evaluator of the C expressions that translators write there; nothing else can stand in it.
 */
#ifndef CONTENT_PLURAL_H
#define CONTENT_PLURAL_H

#include <stdbool.h>

#include "base/str.h"

#define PLURAL_FORMS 8

struct plural {
    struct str expression; /* a view of the caller's text */
    unsigned long forms;
};

/* Reads and tries the rule; false where it is not one. */
bool plural_parse(struct str rule, struct plural *out_plural);
/* The form for n, 0 .. forms - 1; 0 where the expression gives a larger one. */
unsigned long plural_form(const struct plural *plural, unsigned long n);

#endif
