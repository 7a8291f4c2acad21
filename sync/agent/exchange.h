/*
 * One exchange, without the carriage: makes a signed bundle of what waits, and judges what came
 * back. Only a genuine receipt for this very bundle changes anything in the outbox.
 */
#ifndef AGENT_EXCHANGE_H
#define AGENT_EXCHANGE_H

#include "base/env.h"
#include "base/err.h"
#include "sync/agent/engine.h"
#include "sync/agent/transport.h"
#include "sync/outbox/outbox.h"
#include "sync/wire/settings.h"

struct exchange;

/* Everything is borrowed and must outlive it. */
MUST_USE enum err exchange_create(const struct env *env, const struct settings *settings,
                                  const struct sign_key *device, struct outbox *outbox,
                                  struct exchange **out_exchange);
void exchange_destroy(struct exchange *x);

/* Makes the next bundle: at most engine->limit waiting records, none of those put aside. */
MUST_USE enum err exchange_make(struct exchange *x, const struct engine *engine,
                                struct str *out_bundle);
/* Judges the answer and applies a genuine receipt. `state` is not BUSY or IDLE. */
void exchange_judge(struct exchange *x, enum transport_state state,
                    const struct transport_answer *answer, struct engine_outcome *out_outcome);

/* How far the device's wall clock is ahead of the server's, by its last genuine receipt; false
 * where none came yet. */
bool exchange_clock_offset(const struct exchange *x, int64_t *out_ms);

#endif
