/*
 * Marks the English texts that translators get. xgettext reads these marks from the source; the
 * text itself is looked up where it is shown, in the catalogue of the language then chosen
 * (content/catalogue.h), because a kiosk changes its language while it runs. A comment that begins
 * with TRANSLATORS, just before the text, goes to them with it: where a text is narrow, has places
 * to fill, or is not clear on its own.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#define N_(text) text
/* Where English has one word for two: the context comes first, as in gettext's NC_. It is part of
   the text that is looked up, and never shown. */
#define NC_(context, text) context "\004" text
/* One and many: look both up with catalogue_plural. Use as NP_("1 day", "{n} days"). */
#define NP_(singular, plural) singular, plural

#endif
