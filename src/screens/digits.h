/*
 * A short code typed on a pad of digits: staff PIN, and the code of a kept place. One look for both
 * (mock-up 15b); the digits lie in the locked block.
 */
#ifndef SCREENS_DIGITS_H
#define SCREENS_DIGITS_H

#include "screens/screen.h"

struct digits {
    struct element_id id; /* of the boxes */
    const char *icon;
    const char *heading;
    const char *lead;
    const char *problem; /* what was wrong with the last try; NULL: nothing */
    const char *tip;     /* NULL: none */
    const char *enter;   /* on the last key */
    const char *typed;   /* the digits so far */
    int count;           /* of places */
    bool masked;         /* dots, not digits */
};

/* The page and its pad; the bottom bar stands below it, with Back. */
void digits_view(const struct model *model, struct ui *ui, const struct digits *digits);

/* What a key of the pad does to `typed`, which holds at most `count` digits. True: Enter. */
bool digits_key(char *typed, int count, int code);

#endif
