/* The loop of help-sync: see service.h. */
#include "sync/agent/service.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "sync/agent/carry.h"
#include "sync/agent/engine.h"
#include "sync/agent/exchange.h"
#include "sync/agent/pin.h"
#include "sync/agent/status.h"
#include "sync/agent/transport.h"
#include "sync/local/server.h"
#include "sync/outbox/outbox.h"

/* After the last save or exchange, so long until the outbox does its own work. */
#define QUIET_MS 1000

struct service {
    const struct env *env;
    bool enrolled;
    struct settings settings;
    struct sign_key device;
    struct outbox *outbox;
    struct local_server server;
    struct engine engine;
    struct transport *transport;
    struct exchange *exchange;
    struct carry *carry;
    struct pin pin;
    int64_t quiet_ms; /* monotonic time for outbox_idle; -1: not planned */
};

static enum local_reason reason_of(enum err e)
{
    switch (e) {
    case ERR_EXISTS:
        return LOCAL_CONFLICT;
    case ERR_FULL:
        return LOCAL_FULL;
    case ERR_READ_ONLY:
        return LOCAL_READ_ONLY;
    case ERR_IO:
        return LOCAL_FAILING;
    default:
        return LOCAL_UNCONFIRMED;
    }
}

static void save(struct service *s, const struct local_request *request, struct local_event *out)
{
    uint64_t seq = 0;
    enum err e;

    out->kind = LOCAL_EVENT_REFUSED;
    out->record = request->header.record;
    out->reason = LOCAL_NOT_ENROLLED;
    if (!s->enrolled || !id_equal(&request->header.kiosk, &s->settings.kiosk))
        return;
    e = outbox_append(s->outbox, &request->header, request->sealed, request->assisted, &seq);
    if (e != ERR_OK) {
        out->reason = reason_of(e);
        log_event(LOG_LEVEL_ERROR, "outbox.refused", "reason=%d", (int)out->reason);
        return;
    }
    out->kind = LOCAL_EVENT_SAVED;
    log_event(LOG_LEVEL_INFO, "outbox.saved", "seq=%" PRIu64, seq);
    engine_saved(&s->engine);
    s->quiet_ms = env_monotonic_ms(s->env) + QUIET_MS;
}

static void try_pin(struct service *s, const struct local_request *request, struct local_event *out)
{
    struct pin_answer answer;

    pin_try(&s->pin, request->pin, &answer);
    out->kind = LOCAL_EVENT_PIN;
    out->pin = answer.result;
    out->tries_left = answer.tries_left;
    out->wait_ms = answer.wait_ms;
    log_event(answer.result == PIN_RIGHT ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "pin.tried",
              "result=%d tries_left=%u wait_ms=%" PRId64, (int)answer.result, answer.tries_left,
              answer.wait_ms);
}

/* Answers both requests of a stick; `folder` NULL only asks. */
static void carry(struct service *s, const char *folder, struct local_event *out)
{
    out->kind = LOCAL_EVENT_CARRY;
    if (s->carry == NULL) {
        out->carry.state = CARRY_NOT_ENROLLED;
        return;
    }
    out->carry = folder != NULL ? carry_begin(s->carry, folder) : carry_progress(s->carry);
}

static void handle(void *context, const struct local_request *request, struct local_event *out)
{
    struct service *s = context;
    const struct status_sources from = {.env = s->env,
                                        .outbox = s->outbox,
                                        .state = s->pin.state,
                                        .settings = s->enrolled ? &s->settings : NULL,
                                        .engine = &s->engine,
                                        .exchange = s->exchange};

    switch (request->kind) {
    case LOCAL_REQUEST_STATUS:
        out->kind = LOCAL_EVENT_STATUS;
        status_fill(&from, &request->record, &out->status);
        break;
    case LOCAL_REQUEST_SAVE:
        save(s, request, out);
        break;
    case LOCAL_REQUEST_QUERY:
        status_of_record(&from, &request->record, out);
        break;
    case LOCAL_REQUEST_LOOK_UP:
        status_of_prefix(&from, request->prefix, request->bits, out);
        break;
    case LOCAL_REQUEST_PIN:
        try_pin(s, request, out);
        break;
    case LOCAL_REQUEST_CARRY:
        carry(s, request->folder, out);
        break;
    case LOCAL_REQUEST_CARRY_STATE:
        carry(s, NULL, out);
        break;
    case LOCAL_REQUEST_SEND_NOW:
    case LOCAL_REQUEST_COUNT:
        out->kind = LOCAL_EVENT_SENDING;
        engine_send_now(&s->engine);
        break;
    }
}

static void begin_exchange(struct service *s)
{
    struct engine_outcome failed = {.result = ENGINE_TROUBLE};
    struct str bundle;
    enum err e = exchange_make(s->exchange, &s->engine, &bundle);

    engine_begin(&s->engine);
    if (e == ERR_OK)
        e = transport_begin(s->transport, bundle);
    if (e == ERR_OK)
        return;
    log_event(LOG_LEVEL_ERROR, "exchange.not_begun", "error=%d", (int)e);
    failed.waiting = outbox_counts(s->outbox).waiting;
    engine_end(&s->engine, &failed);
}

static void continue_exchange(struct service *s)
{
    struct transport_answer answer = {0};
    struct engine_outcome outcome;
    enum transport_state state = transport_step(s->transport, &answer);

    if (state == TRANSPORT_IDLE || state == TRANSPORT_BUSY)
        return;
    exchange_judge(s->exchange, state, &answer, &outcome);
    engine_end(&s->engine, &outcome);
    log_event(outcome.result == ENGINE_GOOD ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "exchange.ended",
              "result=%d http=%d code=%d sent=%u settled=%u waiting=%" PRIu64 " next_ms=%" PRId64,
              (int)outcome.result, answer.status, answer.code, outcome.sent, outcome.settled,
              outcome.waiting, engine_wait_ms(&s->engine));
    s->quiet_ms = env_monotonic_ms(s->env) + QUIET_MS;
}

/* Milliseconds until something is due; -1: nothing is. */
static int wait_of(const struct service *s)
{
    int64_t wait = engine_wait_ms(&s->engine);

    if (s->quiet_ms >= 0) {
        int64_t quiet = s->quiet_ms - env_monotonic_ms(s->env);
        if (quiet < 0)
            quiet = 0;
        if (wait < 0 || quiet < wait)
            wait = quiet;
    }
    return wait > INT32_MAX ? INT32_MAX : (int)wait;
}

static void work(struct service *s, int stop_descriptor)
{
    struct pollfd polled[LOCAL_DESCRIPTORS_MAX + 2];

    for (;;) {
        size_t count = local_server_descriptors(&s->server, polled);
        int stick = s->carry != NULL ? carry_descriptor(s->carry) : -1; /* -1: not looked at */
        polled[count] = (struct pollfd){.fd = stop_descriptor, .events = POLLIN};
        polled[count + 1] = (struct pollfd){.fd = stick, .events = POLLIN};
        transport_wait(s->transport, polled, count + 2, wait_of(s));
        if (polled[count].revents != 0)
            return;
        local_server_step(&s->server, polled, count, handle, s);
        if (polled[count + 1].revents != 0 && carry_step(s->carry))
            engine_saved(&s->engine);
        if (s->transport != NULL)
            continue_exchange(s);
        if (engine_wait_ms(&s->engine) == 0)
            begin_exchange(s);
        if (s->quiet_ms >= 0 && env_monotonic_ms(s->env) >= s->quiet_ms) {
            s->quiet_ms = -1;
            outbox_idle(s->outbox);
        }
    }
}

static enum err begin_carrying(struct service *s, const char *state, struct refusal *refusal)
{
    const struct packing packing = {s->env, &s->settings, &s->device, s->outbox, packing_boot_id()};
    enum err e = carry_create(&packing, &s->engine, state, &s->carry);

    if (e != ERR_OK)
        refusal_problem(refusal, "no memory or no pipe for the USB stick: %s", err_name(e));
    return e;
}

static enum err acquire(struct service *s, const char *state, const char *socket_path,
                        struct refusal *refusal)
{
    enum err e = identity_load_key(state, &s->device, refusal);

    if (e == ERR_OK)
        e = identity_load_settings(state, &s->settings, refusal);
    s->enrolled = e == ERR_OK;
    if (e == ERR_NOT_FOUND && refusal->problem[0] == '\0')
        e = ERR_OK;
    if (e == ERR_OK)
        e = outbox_create(state, s->env, &s->outbox, refusal);
    if (e == ERR_OK && s->enrolled) {
        e = transport_create(s->settings.server_url, s->settings.ca_pem, &s->transport);
        if (e == ERR_OK)
            e = exchange_create(s->env, &s->settings, &s->device, s->outbox, &s->exchange);
        if (e != ERR_OK) {
            refusal_place(refusal, "libcurl");
            refusal_problem(refusal, "it can't be set up as safely as needed (%s)", err_name(e));
            refusal_remedy(refusal, "Install libcurl 7.85 or newer with TLS 1.3");
        }
    }
    if (e != ERR_OK)
        return e;
    engine_init(&s->engine, s->env, s->enrolled);
    if (s->enrolled)
        e = begin_carrying(s, state, refusal);
    if (e != ERR_OK)
        return e;
    pin_init(&s->pin, s->env, state);
    e = local_server_init(&s->server, socket_path, 0660);
    if (e != ERR_OK) {
        refusal_place(refusal, "%s", socket_path);
        refusal_problem(refusal, "can't listen there: %s", err_name(e));
        refusal_remedy(refusal, e == ERR_BUSY ? "Stop the other copy of help-sync"
                                              : "Give a short path in a folder that is there and "
                                                "that this user can write");
    }
    return e;
}

enum err service_run(const struct env *env, const char *state, const char *socket_path,
                     int stop_descriptor, struct refusal *refusal)
{
    struct service *s = calloc(1, sizeof *s);
    enum err e;

    if (s == NULL) {
        refusal_problem(refusal, "no memory");
        return ERR_MEMORY;
    }
    s->env = env;
    s->quiet_ms = -1;
    s->server.listener = -1;
    for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++)
        s->server.clients[i].descriptor = -1;
    e = acquire(s, state, socket_path, refusal);
    if (e == ERR_OK) {
        log_event(LOG_LEVEL_INFO, "service.ready", "enrolled=%d made=%" PRIu64 " waiting=%" PRIu64,
                  s->enrolled, outbox_counts(s->outbox).made, outbox_counts(s->outbox).waiting);
        work(s, stop_descriptor);
        log_event(LOG_LEVEL_INFO, "service.stopped", "waiting=%" PRIu64,
                  outbox_counts(s->outbox).waiting);
    }
    local_server_finish(&s->server);
    carry_destroy(s->carry);
    transport_destroy(s->transport);
    exchange_destroy(s->exchange);
    outbox_destroy(s->outbox);
    keys_wipe(&s->device, sizeof s->device);
    free(s);
    return e;
}
