/*
 * The clock and the dice, as data: whoever needs time or entropy is handed a struct env, so a test
 * can hand out its own. Time is int64 milliseconds. The monotonic clock is for waiting; the wall
 * clock is only a claim that is written down, and nothing is ordered by it.
 */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#include <stddef.h>
#include <stdint.h>

struct env {
    void *context;
    int64_t (*monotonic_ms)(void *context);
    int64_t (*wall_ms)(void *context); /* since 1970-01-01T00:00:00Z */
    void (*random)(void *context, void *out_bytes, size_t size);
};

/* The system's clocks and getrandom(2). Aborts if the kernel has no randomness to give. */
extern const struct env env_system;

int64_t env_monotonic_ms(const struct env *env);
int64_t env_wall_ms(const struct env *env);
void env_random(const struct env *env, void *out_bytes, size_t size);
/* Evenly spread over 0 .. limit - 1; limit > 0. */
uint64_t env_random_below(const struct env *env, uint64_t limit);

#endif
