/*
 * The window: software pixels, pushed to the screen only where they changed. SDL would present
 * them through OpenGL by default; without a GPU that costs five times the time and the memory, so
 * it is switched off. No screen saver, no input method.
 */
#ifndef SDL_WINDOW_H
#define SDL_WINDOW_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"
#include "ui/geometry.h"

struct window;

/*
 * width_px and height_px 0: the whole display. `framed`: an ordinary window. ERR_UNAVAILABLE where
 * there is no display; the refusal says what to do.
 */
MUST_USE enum err window_open(int width_px, int height_px, bool framed, struct window **out_window,
                              struct refusal *refusal);
void window_close(struct window *window);

/* The surface to paint on, 32 bits a pixel; a new one after the size changed. NULL: gone. */
SDL_Surface *window_surface(struct window *window);
/* Shows what was painted within `dirty`. */
void window_present(struct window *window, struct rect dirty);
/* Writes what the window shows as a PNG. */
MUST_USE enum err window_screenshot(struct window *window, const char *path);

#endif
