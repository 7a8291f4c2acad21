/*
 * Can every language of the pack be drawn? Fonts are checked at start by one letter of each script
 * (sdl/fonts.h); this looks at every character that a language shows, for the self-test.
 */
#ifndef APP_LETTERS_H
#define APP_LETTERS_H

#include <stdint.h>

#include "content/pack.h"
#include "ui/text.h"

/* Bit n: the name or a translation of pack->languages[n] has a character without a glyph. */
uint32_t letters_undrawn(const struct pack *pack, const struct text_metrics *metrics);

#endif
