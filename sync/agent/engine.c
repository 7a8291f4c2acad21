/* When to exchange: see engine.h. */
#include "sync/agent/engine.h"

#include <string.h>

#include "base/limits.h"

/* So many single records refused in a row, and it is not the records that are bad. */
#define REFUSED_IN_A_ROW 3

void engine_init(struct engine *g, const struct env *env, bool enrolled)
{
    memset(g, 0, sizeof *g);
    g->env = env;
    g->enrolled = enrolled;
    g->limit = LIMIT_BUNDLE_RECORDS;
    g->heartbeat_ms = ENGINE_HEARTBEAT_MS;
    g->last_good_ms = -1;
    g->contact = CONTACT_NEVER;
    /* Spread a little: after a power cut a whole building starts in the same moment. */
    g->next_ms = env_monotonic_ms(env) + (int64_t)env_random_below(env, 1000);
}

void engine_saved(struct engine *g)
{
    int64_t wanted = env_monotonic_ms(g->env) + ENGINE_GATHER_MS;

    g->again = g->busy;
    if (wanted < g->not_before_ms)
        wanted = g->not_before_ms;
    if (wanted < g->next_ms)
        g->next_ms = wanted;
}

void engine_send_now(struct engine *g)
{
    g->again = g->busy;
    g->not_before_ms = 0;
    g->next_ms = env_monotonic_ms(g->env);
}

int64_t engine_wait_ms(const struct engine *g)
{
    int64_t wait = g->next_ms - env_monotonic_ms(g->env);

    if (!g->enrolled || g->busy)
        return -1;
    return wait > 0 ? wait : 0;
}

void engine_begin(struct engine *g)
{
    g->busy = true;
    g->again = false;
}

bool engine_is_aside(const struct engine *g, uint64_t seq)
{
    for (uint32_t i = 0; i < g->aside_count; i++) {
        if (g->aside[i] == seq)
            return true;
    }
    return false;
}

static void put_aside(struct engine *g, uint64_t seq)
{
    if (g->aside_count < ENGINE_ASIDE_MAX)
        g->aside[g->aside_count++] = seq;
    g->refused++;
}

/* A time about `pause` from now: up to a tenth later, so that kiosks do not march in step. */
static int64_t about(const struct engine *g, int64_t now, int64_t pause)
{
    return now + pause + (int64_t)env_random_below(g->env, (uint64_t)pause / 10 + 1);
}

static int64_t backoff(const struct engine *g, int64_t now)
{
    int64_t most = ENGINE_BACKOFF_FIRST_MS;

    for (unsigned n = 1; n < g->failures && most < ENGINE_BACKOFF_MOST_MS; n++)
        most *= 2;
    if (most > ENGINE_BACKOFF_MOST_MS)
        most = ENGINE_BACKOFF_MOST_MS;
    return now + (int64_t)env_random_below(g->env, (uint64_t)most + 1);
}

static void plan_after_failure(struct engine *g, int64_t now, int64_t retry_after_ms)
{
    g->failures++;
    g->next_ms = backoff(g, now);
    if (retry_after_ms > ENGINE_RETRY_AFTER_MAX_MS)
        retry_after_ms = ENGINE_RETRY_AFTER_MAX_MS;
    g->not_before_ms = retry_after_ms > 0 ? about(g, now, retry_after_ms) : 0;
    if (g->next_ms < g->not_before_ms)
        g->next_ms = g->not_before_ms;
}

static void plan_after_good(struct engine *g, int64_t now, const struct engine_outcome *o)
{
    bool in_vain;

    g->refused = 0;
    g->last_good_ms = now;
    g->limit = g->limit * 2 < LIMIT_BUNDLE_RECORDS ? g->limit * 2 : LIMIT_BUNDLE_RECORDS;
    if (o->next_after_ms > 0)
        g->heartbeat_ms = o->next_after_ms;
    in_vain = g->in_vain && o->sent == 0;
    /* A heartbeat gives what was put aside another chance; after one in vain that has to wait. */
    if (o->sent == 0 && !in_vain)
        g->aside_count = 0;
    g->in_vain = o->sent == 0 && o->waiting > 0 && (!in_vain || g->aside_count == 0);
    if (o->sent > 0 && o->settled == 0) {
        plan_after_failure(g, now, 0); /* it said nothing about what it was sent */
        return;
    }
    g->failures = 0;
    g->not_before_ms = 0;
    if (o->waiting > g->aside_count && !in_vain)
        g->next_ms = now;
    else
        g->next_ms = about(g, now, g->heartbeat_ms);
}

static void plan_after_bad_bundle(struct engine *g, int64_t now, const struct engine_outcome *o)
{
    if (o->sent > 1) {
        g->limit = o->sent / 2;
        g->next_ms = now;
        return;
    }
    if (o->sent == 1)
        put_aside(g, o->only_seq);
    if (o->sent == 1 && g->refused < REFUSED_IN_A_ROW)
        g->next_ms = now;
    else
        plan_after_failure(g, now, o->retry_after_ms);
}

void engine_end(struct engine *g, const struct engine_outcome *o)
{
    static const enum contact_state contacts[] = {
        [ENGINE_GOOD] = CONTACT_GOOD,          [ENGINE_NO_NETWORK] = CONTACT_NO_NETWORK,
        [ENGINE_CLOCK] = CONTACT_CLOCK,        [ENGINE_STRANGER] = CONTACT_STRANGER,
        [ENGINE_TROUBLE] = CONTACT_TROUBLE,    [ENGINE_NOT_TAKEN] = CONTACT_REFUSED,
        [ENGINE_BAD_BUNDLE] = CONTACT_TROUBLE,
    };
    int64_t now = env_monotonic_ms(g->env);

    g->busy = false;
    g->contact = contacts[o->result];
    if (o->result == ENGINE_GOOD)
        plan_after_good(g, now, o);
    else if (o->result == ENGINE_BAD_BUNDLE)
        plan_after_bad_bundle(g, now, o);
    else
        plan_after_failure(g, now, o->retry_after_ms);
    if (g->again && g->next_ms > now && now >= g->not_before_ms && g->failures == 0)
        g->next_ms = now;
    g->again = false;
}

bool engine_connected(const struct engine *g)
{
    return g->contact == CONTACT_GOOD &&
           env_monotonic_ms(g->env) - g->last_good_ms <= 2 * g->heartbeat_ms;
}
