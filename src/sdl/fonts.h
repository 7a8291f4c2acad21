/*
 * The faces of ui/text.h, opened by SDL_ttf when a size is first used, and the measures that
 * layouts need. Shaping needs HarfBuzz: a build without it, a missing font file, or one without the
 * letters of its script is refused by name at start, not drawn as boxes. Nothing typed outlives
 * fonts_forget.
 */
#ifndef SDL_FONTS_H
#define SDL_FONTS_H

#include <SDL_ttf.h>

#include "base/err.h"
#include "ui/text.h"

struct fonts;

/* Where Debian puts them, beside the folder that [content] fonts names. */
#define FONTS_DEBIAN_TRUETYPE "/usr/share/fonts/truetype/noto"
#define FONTS_DEBIAN_OPENTYPE "/usr/share/fonts/opentype/noto"

enum { FONTS_FOLDERS = 3 };

/*
 * Starts SDL_ttf and checks every face's files: each in the first of the `folders` (at most
 * FONTS_FOLDERS, ended by NULL) that has it. Latin's must be in the first, so that a folder which
 * somebody named wrongly is not passed over.
 */
MUST_USE enum err fonts_open(const char *const *folders, struct fonts **out_fonts,
                             struct refusal *refusal);
/* Accepts NULL. */
void fonts_close(struct fonts *fonts);

/* Lives as long as the fonts. */
const struct text_metrics *fonts_metrics(struct fonts *fonts);

/*
 * The run as a mask for pixels_stamp, as wide as its ink and as high as its line; the caller frees
 * it. *out_ascent is its baseline from its top. NULL for a run without ink, or without memory.
 */
SDL_Surface *fonts_render(struct fonts *fonts, const struct text_run *run, int *out_ascent);

/*
 * Names the run for a cache, by a keyed hash: so no cache has to hold what it says. Another one
 * after fonts_forget.
 */
uint64_t fonts_key(const struct fonts *fonts, const struct text_run *run);

/* Closes every size and forgets every width: SDL_ttf keeps the last text it shaped in each. */
void fonts_forget(struct fonts *fonts);

#endif
