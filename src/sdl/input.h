/*
 * What a hand does, without SDL's words: a press and a release of the first finger or the mouse,
 * keys by meaning, typed text. Further fingers are ignored; a touch is never counted again as a
 * mouse. Waiting sleeps in the kernel until something happens or the time is up.
 */
#ifndef SDL_INPUT_H
#define SDL_INPUT_H

#include "sdl/bindings.h"
#include "sdl/window.h"
#include "ui/input.h"

/* Which keys are the keypad's and the switches'. Before this none is. */
void input_bind(const struct bindings *to);
/*
 * Waits at most timeout_ms (negative: for ever) for the next input; INPUT_NONE when the time is up
 * or something came that means nothing here.
 */
void input_wait(struct window *window, int timeout_ms, struct input *out_input);
/* From any thread: whoever waits in input_wait gets INPUT_NONE now. */
void input_wake(void);
/* Throws away what is queued: taps that were meant for the person before. */
void input_flush(void);

#endif
