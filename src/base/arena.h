/*
 * Memory for one frame or one request: taken piece by piece, given back all at once. One block
 * of a fixed size, so that its ceiling is known; arena_take returns NULL when it is used up.
 * Not for what a patient typed: that has its own locked block (app/model.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena {
    char *memory;
    size_t used;
    size_t size; /* bytes */
};

/* Allocates the block; arena_finish gives it back and accepts a zeroed arena. */
MUST_USE enum err arena_init(struct arena *a, size_t size_bytes);
void arena_finish(struct arena *a);
/* Forgets every piece, keeps the block. */
void arena_reset(struct arena *a);
/* Zeroed bytes, aligned for any type; NULL when they do not fit. */
void *arena_take(struct arena *a, size_t size_bytes);
/* A 0-terminated copy; NULL when it does not fit. */
char *arena_copy(struct arena *a, struct str text);
char *arena_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
