/* Time, chance and the model: see world.h. */
#include "world.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* 2026-11-22T11:28:00Z */
#define START_MS 1795346880000

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static int64_t clock_monotonic(void *context)
{
    const struct sim_clock *c = context;

    return c->world->now_ms - c->boot_ms;
}

static int64_t clock_wall(void *context)
{
    const struct sim_clock *c = context;

    return START_MS + c->world->now_ms + c->ahead_ms;
}

static void clock_random(void *context, void *out_bytes, size_t size)
{
    const struct sim_clock *c = context;

    dice_fill((struct dice *)(uintptr_t)&c->world->dice, out_bytes, size);
}

struct env sim_env(struct sim_clock *clock)
{
    return (struct env){clock, clock_monotonic, clock_wall, clock_random};
}

void world_log(struct world *w, const char *format, ...)
{
    char *line = w->log[w->log_count++ % LOG_LINES];
    int len = snprintf(line, LOG_LINE,
                       "%3" PRId64 " d %02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64 "  ",
                       w->now_ms / DAY_MS, w->now_ms / HOUR_MS % 24, w->now_ms / MINUTE_MS % 60,
                       w->now_ms / 1000 % 60, w->now_ms % 1000);
    va_list args;

    va_start(args, format);
    vsnprintf(line + len, (size_t)(LOG_LINE - len), format, args);
    va_end(args);
    if (w->digest == 0)
        w->digest = FNV_START;
    for (const char *c = line; *c != '\0'; c++)
        w->digest = (w->digest ^ (unsigned char)*c) * FNV_PRIME;
}

void world_fail(struct world *w, const char *format, ...)
{
    va_list args;

    if (w->failed)
        return;
    w->failed = true;
    va_start(args, format);
    vsnprintf(w->failure, sizeof w->failure, format, args);
    va_end(args);
}

void world_report(const struct world *w, FILE *to)
{
    uint64_t first = w->log_count > LOG_LINES ? w->log_count - LOG_LINES : 0;

    for (uint64_t i = first; i < w->log_count; i++)
        fprintf(to, "  %s\n", w->log[i % LOG_LINES]);
    fprintf(to, "seed %" PRIu64 ", step %" PRIu64 ": %s\n", w->seed, w->steps, w->failure);
}

/* ---- the model ------------------------------------------------------------------------- */

uint32_t world_add_record(struct world *w)
{
    uint32_t index = w->record_count++;
    struct record *r;

    if (index == w->record_room) {
        w->record_room = w->record_room * 2 + 64;
        w->records = realloc(w->records, w->record_room * sizeof *w->records);
        if (w->records == NULL)
            abort();
    }
    r = &w->records[index];
    memset(r, 0, sizeof *r);
    dice_fill(&w->dice, r->id.bytes, ID_BYTES);
    for (int i = 0; i < 4; i++)
        r->id.bytes[i] = (unsigned char)(index >> (24 - 8 * i));
    r->id.bytes[6] = (unsigned char)(0x40 | (r->id.bytes[6] & 0x0f));
    r->id.bytes[8] = (unsigned char)(0x80 | (r->id.bytes[8] & 0x3f));
    r->twin = NOBODY;
    return index;
}

uint32_t world_index(const struct world *w, const struct record *r)
{
    return (uint32_t)(r - w->records);
}

struct record *world_find(struct world *w, const struct id *id,
                          const unsigned char sha256[SHA256_BYTES])
{
    uint32_t index = 0;
    struct record *r;

    for (int i = 0; i < 4; i++)
        index = index << 8 | id->bytes[i];
    if (index >= w->record_count)
        return NULL;
    r = &w->records[index];
    if (memcmp(r->sha256, sha256, SHA256_BYTES) != 0 && r->twin != NOBODY)
        r = &w->records[r->twin];
    return id_equal(&r->id, id) && memcmp(r->sha256, sha256, SHA256_BYTES) == 0 ? r : NULL;
}
