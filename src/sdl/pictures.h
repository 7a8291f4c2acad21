/*
 * Pictures and icons of the content pack as surfaces of the size that is wanted. Pictures are read
 * from the PNG that the build made for the common sizes (with a palette: a byte a pixel), else
 * rasterised from their SVG; icons are always rasterised, as masks. Kept until the budget is used
 * up.
 */
#ifndef SDL_PICTURES_H
#define SDL_PICTURES_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"

struct pictures;

/* `folder` holds pictures/ and icons/. Nothing is read yet. */
MUST_USE enum err pictures_open(const char *folder, struct pictures **out_pictures);
void pictures_close(struct pictures *pictures);

/*
 * A picture that covers w x h: as the files ask (xMidYMax slice) it is cut at the sides or the top.
 * Owned by `pictures`, good until the next call. NULL where the file is missing or unreadable.
 */
SDL_Surface *pictures_get(struct pictures *pictures, const char *name, int w, int h, bool flip,
                          int radius_px);
/* A square icon as a mask for pixels_stamp. */
SDL_Surface *pictures_icon(struct pictures *pictures, const char *name, int side, bool flip);

#endif
