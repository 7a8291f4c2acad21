/*
 * Speech on its way to the loudspeaker or the headphones. The device is open only while somebody
 * listens: an open one wakes the processor 20 times a second, and holds what is still to be heard.
 *
 * Loudness in 10 steps of 4 dB, each 10 % of the way: a range of 36 dB where 18 are asked for, with
 * a step 12 dB above the lowest (EN 301 549, 8.2.1.1 and 8.2.1.2; steps of at most 10 %: VVSG 2.0,
 * 7.1). How loud step 10 is in dB(A) is the amplifier's part: whoever sets the kiosk up turns it so
 * that the usual step gives 65 dB(A) at the ear and the last 20 dB above the room (EN 301 549,
 * 5.1.3.12 and 5.1.3.13; 36 CFR 1194, 402.3.2). The lowest step is soft and never silent.
 */
#ifndef SDL_SOUND_H
#define SDL_SOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { SOUND_STEPS = 10, SOUND_STEP_DECIBEL = 4 };

struct sound;

/* One channel of 16 bits. ERR_UNAVAILABLE where there is no device; the refusal says what to do. */
MUST_USE enum err sound_open(int rate_hz, struct sound **out_sound, struct refusal *refusal);
/* Silence at once; what was still to be heard is overwritten. Accepts NULL. */
void sound_close(struct sound *sound);

/* False where the device was lost since (unplugged): close it, and open another. */
bool sound_works(const struct sound *sound);
/* Queues samples behind what is there. Louder by `step`: 1 .. SOUND_STEPS. ERR_MEMORY. */
MUST_USE enum err sound_queue(struct sound *sound, const int16_t *samples, size_t count, int step);
/* Silence at once; the device stays open for the next words. */
void sound_stop(struct sound *sound);

/* One sample at a step, for tests too. */
int16_t sound_scaled(int16_t sample, int step);

#endif
