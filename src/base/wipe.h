/*
 * The one way to clear a copy of something a patient typed, before its memory is left: a compiler
 * can't leave it out. The answers themselves are wiped by the app (their owner).
 */
#ifndef BASE_WIPE_H
#define BASE_WIPE_H

#include <string.h>

static inline void wipe(void *bytes, size_t size)
{
    memset(bytes, 0, size);
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
}

#endif
