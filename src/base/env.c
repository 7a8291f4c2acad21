/* The real clock and the real dice: see env.h. */
#include "base/env.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now) != 0)
        abort();
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_monotonic_ms(void *context)
{
    (void)context;
#ifdef CLOCK_BOOTTIME
    return read_clock(CLOCK_BOOTTIME); /* counts on while the device sleeps: what ends, ends */
#else
    return read_clock(CLOCK_MONOTONIC);
#endif
}

static int64_t system_wall_ms(void *context)
{
    (void)context;
    return read_clock(CLOCK_REALTIME);
}

static void system_random(void *context, void *out_bytes, size_t size)
{
    char *at = out_bytes;

    (void)context;
    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno != EINTR)
            abort();
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
}

const struct env env_system = {NULL, system_monotonic_ms, system_wall_ms, system_random};

int64_t env_monotonic_ms(const struct env *env)
{
    return env->monotonic_ms(env->context);
}

int64_t env_wall_ms(const struct env *env)
{
    return env->wall_ms(env->context);
}

void env_random(const struct env *env, void *out_bytes, size_t size)
{
    env->random(env->context, out_bytes, size);
}

uint64_t env_random_below(const struct env *env, uint64_t limit)
{
    /* Values below `skip` are thrown again, so that every remainder is equally likely. */
    uint64_t skip = (UINT64_MAX - limit + 1) % limit;
    uint64_t value;

    do {
        env_random(env, &value, sizeof value);
    } while (value < skip);
    return value % limit;
}
