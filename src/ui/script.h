/*
 * Which script a character belongs to (Unicode UAX 24, the scripts of the languages that the kiosk
 * is meant for), as HarfBuzz wants it named. A run of text is shaped in one script.
 */
#ifndef UI_SCRIPT_H
#define UI_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#define SCRIPT_TAG(a, b, c, d) \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

#define SCRIPT_COMMON  SCRIPT_TAG('Z', 'y', 'y', 'y') /* digits, spaces, punctuation */
#define SCRIPT_LATIN   SCRIPT_TAG('L', 'a', 't', 'n')
#define SCRIPT_ARABIC  SCRIPT_TAG('A', 'r', 'a', 'b')
#define SCRIPT_BENGALI SCRIPT_TAG('B', 'e', 'n', 'g')
#define SCRIPT_HAN     SCRIPT_TAG('H', 'a', 'n', 'i')

/* SCRIPT_COMMON also for what belongs to no script or to the one before it. */
uint32_t script_of(uint32_t code_point);
/* Stands on the character before it: a line or a run is never broken before it. */
bool script_is_mark(uint32_t code_point);
/*
 * A virama after which the next letter is drawn into the same conjunct (Indic_Conjunct_Break
 * Linker of Devanagari, Bengali and Gujarati): never broken behind it either (UAX 29, GB9c).
 */
bool script_joins_next(uint32_t code_point);
/* Has no picture of its own: joiners and direction marks. No font needs a glyph for it. */
bool script_is_invisible(uint32_t code_point);
/* Turns, holds or marks a direction (UAX 9): of no use once levels are known. */
bool script_is_direction(uint32_t code_point);

#endif
