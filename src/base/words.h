/*
 * Marks the English texts that translators get. xgettext reads these marks from the source; the
 * text itself is looked up where it is shown, in the catalogue of the language then chosen
 * (content/catalogue.h), because a kiosk changes its language while it runs.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#define N_(text) text
/* One and many: look both up with catalogue_plural. Use as NP_("1 day", "{n} days"). */
#define NP_(singular, plural) singular, plural

#endif
