/*
 * Clears a local copy of something a patient typed before the function returns, in a way that a
 * compiler can't leave out. The answers themselves are wiped by the app (their owner).
 */
#ifndef SIGNUP_WIPE_H
#define SIGNUP_WIPE_H

#include <string.h>

static inline void wipe(void *bytes, size_t size)
{
    memset(bytes, 0, size);
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
}

#endif
