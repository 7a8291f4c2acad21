/*
 * A look into a font file (OpenType 1.9, ISO/IEC 14496-22) that reads a few hundred bytes of it:
 * which font of a collection has a name, and whether a font has a glyph for a character. So a wrong
 * file is refused at start, though no font is opened before it is used.
 */
#ifndef SDL_SFNT_H
#define SDL_SFNT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * The index of the font whose family (name table, id 1, Windows, Unicode BMP) is `family`, for
 * TTF_OpenFontIndex; 0 where `family` is NULL. -1: none, or no font file.
 */
int sfnt_find(FILE *file, const char *family);
/* Has that font a glyph (cmap, format 4 or 12)? False for what is no font file. */
bool sfnt_has_glyph(FILE *file, int index, uint32_t code_point);

#endif
