/*
 * When to exchange, and with how much: the mind of help-sync, without any input or output. Time
 * comes in as a number, dice from env; what to do goes out as data, so a test lives through years
 * in a moment. It never gives up: after a failure it waits U(0, min(30 min, 5 s * 2^n)) ("full
 * jitter": a country's kiosks that lost the same server do not come back in the same second).
 *
 * One bad record never blocks another: a bundle that the server does not take is halved until one
 * record is left, which is put aside until the next heartbeat.
 */
#ifndef AGENT_ENGINE_H
#define AGENT_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/env.h"
#include "sync/local/message.h"

#define ENGINE_HEARTBEAT_MS       ((int64_t)15 * 60 * 1000)
#define ENGINE_BACKOFF_FIRST_MS   ((int64_t)5 * 1000)
#define ENGINE_BACKOFF_MOST_MS    ((int64_t)30 * 60 * 1000)
#define ENGINE_RETRY_AFTER_MAX_MS ((int64_t)3600 * 1000)
/* A save waits so long for another one to travel with it. */
#define ENGINE_GATHER_MS 100
#define ENGINE_ASIDE_MAX 64

enum engine_result {
    ENGINE_GOOD,       /* a genuine receipt was applied */
    ENGINE_NO_NETWORK, /* nothing answered */
    ENGINE_STRANGER,   /* what answered is not our server */
    ENGINE_CLOCK,      /* by this device's clock our server's certificate is not valid now */
    ENGINE_TROUBLE,    /* our server can't just now, or our storage can't */
    ENGINE_NOT_TAKEN,  /* our server does not take this kiosk */
    ENGINE_BAD_BUNDLE, /* our server does not take this bundle */
};

struct engine_outcome {
    enum engine_result result;
    uint32_t sent;          /* records that were in the bundle */
    uint64_t only_seq;      /* the record's, where sent is 1 */
    uint32_t settled;       /* of these: no longer waiting */
    uint64_t waiting;       /* records that wait now */
    int64_t next_after_ms;  /* GOOD: what the server asks for; 0: nothing */
    int64_t retry_after_ms; /* otherwise: the same; 0: nothing */
};

struct engine {
    const struct env *env;
    bool enrolled;
    bool busy;             /* an exchange is under way */
    bool again;            /* wanted while busy: exchange once more right after it */
    int64_t next_ms;       /* monotonic time of the next exchange */
    int64_t not_before_ms; /* the server asked for quiet; only a person may break it */
    int64_t heartbeat_ms;  /* the pause between exchanges when nothing waits */
    int64_t last_good_ms;  /* -1: never */
    unsigned failures;     /* in a row */
    bool in_vain;          /* the last bundle was empty, though something waits */
    uint32_t limit;        /* most records in the next bundle */
    unsigned refused;      /* single records put aside in a row */
    uint32_t aside_count;
    uint64_t aside[ENGINE_ASIDE_MAX]; /* their seqs */
    enum contact_state contact;
};

/* Not enrolled: no exchange is ever due. */
void engine_init(struct engine *g, const struct env *env, bool enrolled);

/* A record was saved: exchange at once, unless the server asked for quiet. */
void engine_saved(struct engine *g);
/* A person asked: exchange at once in any case. */
void engine_send_now(struct engine *g);

/* Milliseconds until an exchange is due: 0 now, -1 none is planned before the running one ends. */
int64_t engine_wait_ms(const struct engine *g);
/* The exchange was begun. */
void engine_begin(struct engine *g);
bool engine_is_aside(const struct engine *g, uint64_t seq);
/* The exchange ended: plans the next one. */
void engine_end(struct engine *g, const struct engine_outcome *outcome);

/* The last exchange was good, and not longer ago than two heartbeats. */
bool engine_connected(const struct engine *g);

#endif
