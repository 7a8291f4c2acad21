/* One bundle out, one receipt in: see exchange.h. */
#include "sync/agent/exchange.h"

#include <stdlib.h>

#include "sync/agent/packing.h"
#include "sync/wire/receipt.h"

struct exchange {
    struct packing packing;
    int64_t server_time_ms; /* what it said its time was; -1: it said nothing yet */
    int64_t heard_ms;       /* monotonic time of that */
    struct receipt receipt;
    struct packed packed; /* the bundle that was sent */
};

enum err exchange_create(const struct env *env, const struct settings *settings,
                         const struct sign_key *device, struct outbox *outbox,
                         struct exchange **out_exchange)
{
    /* Pages that a small bundle never touches are never taken from the system. */
    struct exchange *x = calloc(1, sizeof *x);

    if (x == NULL)
        return ERR_MEMORY;
    x->packing = (struct packing){env, settings, device, outbox, packing_boot_id()};
    x->server_time_ms = -1;
    *out_exchange = x;
    return ERR_OK;
}

void exchange_destroy(struct exchange *x)
{
    free(x);
}

static enum pack_choice leave_aside(const void *context, const struct packed *so_far,
                                    const struct envelope *e)
{
    (void)so_far;
    return engine_is_aside(context, e->seq) ? PACK_PASS : PACK_TAKE;
}

enum err exchange_make(struct exchange *x, const struct engine *engine, struct str *out_bundle)
{
    enum err e = packing_make(&x->packing, 0, engine->limit, leave_aside, engine, &x->packed);

    if (e == ERR_OK)
        *out_bundle = x->packed.bytes;
    return e;
}

/* A 200: good only where the body is a genuine receipt that could be stored. */
static enum engine_result take_receipt(struct exchange *x, struct str body,
                                       struct engine_outcome *o)
{
    if (receipt_decode(body, x->packing.settings->sign_public, &x->packed.expected, &x->receipt,
                       NULL) != ERR_OK)
        return ENGINE_STRANGER;
    x->server_time_ms = x->receipt.server_time_ms;
    x->heard_ms = env_monotonic_ms(x->packing.env);
    if (outbox_apply_receipt(x->packing.outbox, &x->receipt) != ERR_OK)
        return ENGINE_TROUBLE; /* our storage: nothing changed, and it is all asked again */
    o->next_after_ms = x->receipt.next_after_ms;
    for (uint32_t i = 0; i < x->packed.count; i++) {
        enum outbox_state now;
        if (outbox_find(x->packing.outbox, &x->packed.envelopes[i].header.record, &now) == ERR_OK &&
            now != OUTBOX_WAITING)
            o->settled++;
    }
    return ENGINE_GOOD;
}

void exchange_judge(struct exchange *x, enum transport_state state,
                    const struct transport_answer *answer, struct engine_outcome *out_outcome)
{
    struct engine_outcome o = {.sent = x->packed.count, .only_seq = x->packed.envelopes[0].seq};

    if (state == TRANSPORT_NO_ANSWER) {
        o.result = ENGINE_NO_NETWORK;
    } else if (state == TRANSPORT_CLOCK) {
        o.result = ENGINE_CLOCK;
    } else if (state != TRANSPORT_ANSWERED) {
        o.result = ENGINE_STRANGER;
    } else if (answer->status == 200) {
        o.result = take_receipt(x, answer->body, &o);
    } else if (answer->status >= 300 && answer->status < 400) {
        o.result = ENGINE_STRANGER;
    } else if (answer->status == 401 || answer->status == 403) {
        o.result = ENGINE_NOT_TAKEN;
    } else if (answer->status == 400 || answer->status == 413 || answer->status == 422) {
        o.result = ENGINE_BAD_BUNDLE;
    } else {
        o.result = ENGINE_TROUBLE;
    }
    if (state == TRANSPORT_ANSWERED)
        o.retry_after_ms = answer->retry_after_ms;
    o.waiting = outbox_counts(x->packing.outbox).waiting;
    *out_outcome = o;
}

bool exchange_clock_offset(const struct exchange *x, int64_t *out_ms)
{
    if (x->server_time_ms < 0)
        return false;
    /* By the clock as it is now: when somebody has set it right, that shows at once. */
    *out_ms = env_wall_ms(x->packing.env) - x->server_time_ms -
              (env_monotonic_ms(x->packing.env) - x->heard_ms);
    return true;
}
