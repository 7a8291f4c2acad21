/*
 * Filling pixels of a 32-bit surface, with smooth edges: rectangles, rounded boxes, rings. The
 * renderer of SDL has hard edges; coverage is computed from the distance to the edge instead.
 * Everything stays within the surface's clip rectangle.
 */
#ifndef SDL_PIXELS_H
#define SDL_PIXELS_H

#include <SDL.h>

#include "ui/geometry.h"
#include "ui/theme.h"

/* Blends where the colour is not opaque. */
void pixels_fill(SDL_Surface *to, struct rect rect, colour fill);
/* A box with rounded corners of `radius_px` (0: square). */
void pixels_round(SDL_Surface *to, struct rect rect, colour fill, int radius_px);
/* An arc of `permille` of the way round from 12 o'clock, clockwise, with round ends. */
void pixels_ring(SDL_Surface *to, struct rect rect, colour fill, colour track, int stroke_px,
                 int permille);
/* Lays the colour on by the mask: 8 bits a pixel, 255 where the colour covers wholly. */
void pixels_stamp(SDL_Surface *to, const SDL_Surface *mask, int x, int y, colour fill);
/* Takes the corners off a picture: its alpha outside the rounded box becomes 0. */
void pixels_trim_corners(SDL_Surface *picture, int radius_px);
/* The same picture turned left to right; NULL without memory. */
SDL_Surface *pixels_mirrored(SDL_Surface *picture);

#endif
