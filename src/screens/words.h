/* Words in the language shown: look-up, and values put into their places. */
#ifndef SCREENS_WORDS_H
#define SCREENS_WORDS_H

#include "base/words.h"
#include "screens/model.h"
#include "ui/parts.h"

/* The translation of an English text marked with N_ or from the pack. */
const char *say(const struct model *model, const char *msgid);
/* "Question {n} of {count}" with its values, in the scene's arena: name, value, ..., NULL. */
const char *say_with(const struct model *model, struct ui *ui, const char *msgid,
                     const char *const *pairs);
/* One or many (NP_), by n, with {n} filled in. */
const char *say_number(const struct model *model, struct ui *ui, const char *singular,
                       const char *plural, int n);
/* How the language's own words are set. */
const struct tongue *tongue_of(const struct pack_language *language);
/* Digits of n, in the scene's arena. */
const char *number_text(struct ui *ui, int n);

#endif
