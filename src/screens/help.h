/*
 * "Help and settings" as a const table: a new setting is a row in help.c. Each row says which field
 * of the model it sets, a bool or one of a few numbers; the screen does the rest.
 */
#ifndef SCREENS_HELP_H
#define SCREENS_HELP_H

#include "screens/model.h"

enum { HELP_CHOICES = 8 }; /* of one setting, at most */

struct setting {
    const char *label;  /* English: what is on or off, or the heading of the choices */
    const char *second; /* English: what it does; NULL: none */
    size_t offset;      /* of the field in struct model */
    /* A bool where there are none. */
    const char *const *choices; /* English */
    const int *values;          /* of an int or an enum, one for each choice */
    int choice_count;
};

extern const struct setting help_settings[];
extern const int help_setting_count;

/* What a touch on `which` = setting * HELP_CHOICES + choice does. */
void help_choose(struct model *model, int which);
bool help_is_chosen(const struct model *model, int which);

/* The words, in English, for the text size and the colours that are chosen now. */
const char *help_text_word(const struct model *model);
const char *help_scheme_word(const struct model *model);

#endif
