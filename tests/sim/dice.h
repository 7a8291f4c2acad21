/*
 * The one source of chance of a simulation: everything that happens follows from its seed.
 * SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
 */
#ifndef SIM_DICE_H
#define SIM_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

uint64_t dice_roll(struct dice *d);
/* 0 .. limit - 1; limit > 0. */
uint64_t dice_below(struct dice *d, uint64_t limit);
/* True so many times in a thousand. */
bool dice_chance(struct dice *d, unsigned per_mille);
/* Between the two, both included. */
int64_t dice_between(struct dice *d, int64_t least, int64_t most);
void dice_fill(struct dice *d, void *out_bytes, size_t size);

#endif
