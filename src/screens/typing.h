/*
 * Typing: which field has the caret, and what a key does to it. Text goes straight into the
 * answers in locked memory, at the end of what is there. What a function needs beside that for a
 * moment it wipes before it returns.
 */
#ifndef SCREENS_TYPING_H
#define SCREENS_TYPING_H

#include "screens/model.h"
#include "ui/keyboard.h"

/* Puts the caret in the page's first field, if it has one. */
void typing_begin(struct model *model);
/* Puts it in this one, if it is a field. */
void typing_to_part(struct model *model, int item, int part);
/* To the field before or after this one on its page (`step` -1 or 1); false where there is none. */
bool typing_to_neighbour(struct model *model, int step);
/* Puts it where this problem is to be mended: of a date, in the part that is wrong. */
void typing_to_problem(struct model *model, struct problem problem);
/* Is `item` shown as a field with a keyboard? */
bool typing_is_field(const struct questionnaire *q, int item);
enum keyboard typing_keyboard(const struct questionnaire *q, int item);
/* Is it the last field (and last part) of its page? */
bool typing_is_last(const struct model *model);

/* The words on every keyboard. */
struct keyboard_words typing_words(const struct model *model);

/* What happened beside the text itself. */
enum typed {
    TYPED,      /* or nothing */
    TYPED_DONE, /* Done was touched on the last field: do what Continue does */
};

/* A key of the on-screen keyboard (ui/keyboard.h). */
enum typed typing_key(struct model *model, int code);
/* Characters of a hardware keyboard. What can't be drawn is passed over: nobody sends what they
   don't see. */
void typing_text(struct model *model, const struct text_metrics *metrics, struct str text);

#endif
