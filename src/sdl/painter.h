/*
 * Paints a scene, or the part of it that changed, onto a surface. Text is kept as masks
 * keyed by what it says, so that a screen's words are shaped once. Masks that hold what a patient
 * typed are overwritten and freed by painter_forget, with everything SDL_ttf kept.
 */
#ifndef SDL_PAINTER_H
#define SDL_PAINTER_H

#include <SDL.h>

#include "base/err.h"
#include "sdl/fonts.h"
#include "sdl/pictures.h"
#include "ui/scene.h"

struct painter;

/* Both are lent and must outlive the painter. */
MUST_USE enum err painter_create(struct fonts *fonts, struct pictures *pictures,
                                 struct painter **out_painter);
void painter_destroy(struct painter *painter);

/* Paints what lies within `dirty`; the rest of `to` (32 bits a pixel) stays as it is. */
void painter_paint(struct painter *painter, const struct scene *scene, struct rect dirty,
                   SDL_Surface *to);

/* The end of a session: every cached text is overwritten, then freed. */
void painter_forget(struct painter *painter);
/* How many cached texts hold what a patient typed: 0 after painter_forget. For tests. */
int painter_personal_count(const struct painter *painter);

#endif
