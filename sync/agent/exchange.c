/* One bundle out, one receipt in: see exchange.h. */
#include "sync/agent/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "sync/wire/bundle.h"
#include "sync/wire/receipt.h"

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

struct exchange {
    const struct env *env;
    const struct settings *settings;
    const struct sign_key *device;
    struct outbox *outbox;
    struct id boot;
    struct receipt_expected expected;
    uint32_t sent;
    uint64_t only_seq;
    int64_t server_time_ms; /* what it said its time was; -1: it said nothing yet */
    int64_t heard_ms;       /* monotonic time of that */
    struct receipt receipt;
    struct envelope envelopes[LIMIT_BUNDLE_RECORDS];
    char text[LIMIT_BUNDLE + 1];
};

static struct id read_boot_id(void)
{
    char text[64] = {0};
    struct id id = {{0}};
    FILE *file = fopen(BOOT_ID_FILE, "r");

    if (file == NULL)
        return id;
    if (fgets(text, sizeof text, file) != NULL)
        (void)!id_parse(str_trim(str_of(text)), &id); /* unreadable: none */
    fclose(file);
    return id;
}

enum err exchange_create(const struct env *env, const struct settings *settings,
                         const struct sign_key *device, struct outbox *outbox,
                         struct exchange **out_exchange)
{
    /* Pages that a small bundle never touches are never taken from the system. */
    struct exchange *x = calloc(1, sizeof *x);

    if (x == NULL)
        return ERR_MEMORY;
    x->env = env;
    x->settings = settings;
    x->device = device;
    x->outbox = outbox;
    x->boot = read_boot_id();
    x->server_time_ms = -1;
    *out_exchange = x;
    return ERR_OK;
}

void exchange_destroy(struct exchange *x)
{
    free(x);
}

/* Reads what waits into x->envelopes; x->sent counts them. */
static enum err gather(struct exchange *x, const struct engine *engine)
{
    uint64_t after = 0;
    enum err e = ERR_OK;

    x->sent = 0;
    while (e == ERR_OK && x->sent < engine->limit && x->sent < LIMIT_BUNDLE_RECORDS) {
        struct envelope *next = &x->envelopes[x->sent];
        e = outbox_next_waiting(x->outbox, after, next);
        if (e != ERR_OK)
            break;
        after = next->seq;
        if (!engine_is_aside(engine, next->seq))
            x->sent++;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct bundle_manifest make_manifest(struct exchange *x)
{
    struct outbox_counts counts = outbox_counts(x->outbox);
    struct bundle_manifest m = {
        .kiosk = x->settings->kiosk,
        .bundle = id_make(x->env),
        .incarnation = outbox_contact(x->outbox).incarnation,
        .made = counts.made,
        .received = counts.received + counts.withdrawn,
        .attention = counts.attention,
        .records = x->sent,
        .wall_ms = env_wall_ms(x->env),
        .monotonic_ms = env_monotonic_ms(x->env),
        .boot = x->boot,
        .version = HELP_VERSION,
    };

    m.storage = outbox_storage(x->outbox, &m.free_bytes);
    return m;
}

enum err exchange_make(struct exchange *x, const struct engine *engine, struct str *out_bundle)
{
    struct bundle_manifest manifest;
    struct buf out;
    enum err e = gather(x, engine);

    if (e != ERR_OK)
        return e;
    manifest = make_manifest(x);
    buf_init(&out, x->text, sizeof x->text);
    e = bundle_begin(&manifest, &out);
    for (uint32_t i = 0; e == ERR_OK && i < x->sent; i++)
        e = bundle_add(&x->envelopes[i], &out);
    if (e == ERR_OK)
        e = bundle_end(x->device, &out);
    if (e != ERR_OK)
        return e;
    x->only_seq = x->sent > 0 ? x->envelopes[0].seq : 0;
    x->expected.kiosk = manifest.kiosk;
    x->expected.bundle = manifest.bundle;
    bundle_sha256(buf_str(&out), x->expected.bundle_sha256);
    *out_bundle = buf_str(&out);
    return ERR_OK;
}

/* A 200: good only where the body is a genuine receipt that could be stored. */
static enum engine_result take_receipt(struct exchange *x, struct str body,
                                       struct engine_outcome *o)
{
    if (receipt_decode(body, x->settings->sign_public, &x->expected, &x->receipt, NULL) != ERR_OK)
        return ENGINE_STRANGER;
    x->server_time_ms = x->receipt.server_time_ms;
    x->heard_ms = env_monotonic_ms(x->env);
    if (outbox_apply_receipt(x->outbox, &x->receipt) != ERR_OK)
        return ENGINE_TROUBLE; /* our storage: nothing changed, and it is all asked again */
    o->next_after_ms = x->receipt.next_after_ms;
    for (uint32_t i = 0; i < x->sent; i++) {
        enum outbox_state now;
        if (outbox_find(x->outbox, &x->envelopes[i].header.record, &now) == ERR_OK &&
            now != OUTBOX_WAITING)
            o->settled++;
    }
    return ENGINE_GOOD;
}

void exchange_judge(struct exchange *x, enum transport_state state,
                    const struct transport_answer *answer, struct engine_outcome *out_outcome)
{
    struct engine_outcome o = {.sent = x->sent, .only_seq = x->only_seq};

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
    o.waiting = outbox_counts(x->outbox).waiting;
    *out_outcome = o;
}

bool exchange_clock_offset(const struct exchange *x, int64_t *out_ms)
{
    if (x->server_time_ms < 0)
        return false;
    /* By the clock as it is now: when somebody has set it right, that shows at once. */
    *out_ms = env_wall_ms(x->env) - x->server_time_ms - (env_monotonic_ms(x->env) - x->heard_ms);
    return true;
}
