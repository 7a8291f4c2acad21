/* One block, taken from the front: see arena.h. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum err arena_init(struct arena *a, size_t size_bytes)
{
    char *memory = malloc(size_bytes);

    if (memory == NULL)
        return ERR_MEMORY;
    *a = (struct arena){.memory = memory, .size = size_bytes};
    return ERR_OK;
}

void arena_finish(struct arena *a)
{
    free(a->memory);
    *a = (struct arena){0};
}

void arena_reset(struct arena *a)
{
    a->used = 0;
}

void *arena_take(struct arena *a, size_t size_bytes)
{
    size_t alignment = _Alignof(max_align_t);
    size_t start = (a->used + alignment - 1) / alignment * alignment;

    if (start > a->size || size_bytes > a->size - start)
        return NULL;
    a->used = start + size_bytes;
    return memset(a->memory + start, 0, size_bytes);
}

char *arena_copy(struct arena *a, struct str text)
{
    char *copy = text.len == SIZE_MAX ? NULL : arena_take(a, text.len + 1);

    if (copy != NULL && text.len > 0)
        memcpy(copy, text.at, text.len);
    return copy;
}

char *arena_format(struct arena *a, const char *format, ...)
{
    va_list arguments;
    va_list again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    char *text = len < 0 ? NULL : arena_take(a, (size_t)len + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}
