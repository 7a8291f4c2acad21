/* Chance out of a seed: see dice.h. */
#include "dice.h"

uint64_t dice_roll(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t dice_below(struct dice *d, uint64_t limit)
{
    return dice_roll(d) % limit;
}

bool dice_chance(struct dice *d, unsigned per_mille)
{
    return dice_below(d, 1000) < per_mille;
}

int64_t dice_between(struct dice *d, int64_t least, int64_t most)
{
    return least + (int64_t)dice_below(d, (uint64_t)(most - least) + 1);
}

void dice_fill(struct dice *d, void *out_bytes, size_t size)
{
    unsigned char *at = out_bytes;

    for (size_t i = 0; i < size; i++)
        at[i] = (unsigned char)dice_roll(d);
}
