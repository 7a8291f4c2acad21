/* Status and states for the kiosk: see status.h. */
#include "sync/agent/status.h"

#include <string.h>

#include "sync/agent/days.h"
#include "sync/agent/pin.h"

static enum record_state record_state_of(enum outbox_state s)
{
    switch (s) {
    case OUTBOX_WAITING:
        return RECORD_WAITING;
    case OUTBOX_RECEIVED:
    case OUTBOX_DEFERRED:
        return RECORD_RECEIVED;
    case OUTBOX_WITHDRAWN:
        return RECORD_WITHDRAWN;
    case OUTBOX_ATTENTION:
        break;
    }
    return RECORD_ATTENTION;
}

static enum record_state find(const struct status_sources *from, const struct id *record)
{
    enum outbox_state state;

    if (id_is_none(record) || outbox_find(from->outbox, record, &state) != ERR_OK)
        return RECORD_UNKNOWN;
    return record_state_of(state);
}

static void fill_counts(const struct status_sources *from, struct local_status *out)
{
    struct outbox_counts counts = outbox_counts(from->outbox);
    /* What was put aside waits, but not for the network: staff should see it. */
    uint64_t aside =
        from->engine->aside_count < counts.waiting ? from->engine->aside_count : counts.waiting;
    int64_t since;

    out->made = counts.made;
    out->received = counts.received;
    out->waiting = counts.waiting - aside;
    out->attention = counts.attention + aside;
    out->withdrawn = counts.withdrawn;
    if (outbox_oldest_waiting(from->outbox, &since) == ERR_OK) {
        int64_t age = env_wall_ms(from->env) - since;
        out->oldest_waiting_ms = age > 0 ? age : 1; /* the clock may have been set back */
    }
}

static void fill_days(const struct status_sources *from, struct local_status *out)
{
    struct days d = days_of(env_wall_ms(from->env));
    uint64_t unused;

    (void)!outbox_made_between(from->outbox, d.today_ms, d.tomorrow_ms, &out->made_today,
                               &out->assisted_today);
    (void)!outbox_made_between(from->outbox, d.monday_ms, d.tomorrow_ms, &out->made_week, &unused);
}

static void fill_contact(const struct status_sources *from, struct local_status *out)
{
    struct outbox_contact contact = outbox_contact(from->outbox);

    out->contact = from->engine->contact;
    out->connected = engine_connected(from->engine);
    out->last_contact_wall_ms = contact.last_contact_wall_ms;
    out->last_sent_wall_ms = contact.last_sent_wall_ms;
    out->last_sent_count = contact.last_sent_count;
    out->feedback = contact.feedback;
    out->next_exchange_ms = from->engine->busy ? 0 : engine_wait_ms(from->engine);
    out->clock_known = exchange_clock_offset(from->exchange, &out->clock_offset_ms);
}

static void fill_attention(const struct status_sources *from, struct local_status *out)
{
    struct outbox_reason why;

    if (outbox_newest_attention(from->outbox, &why) == ERR_OK) {
        strcpy(out->attention_code, why.code);
        strcpy(out->attention_words, why.words);
    } else if (from->engine->aside_count > 0) {
        strcpy(out->attention_code, "not-taken");
        strcpy(out->attention_words,
               "The server does not take this sign-up just now. It stays here and is sent again.");
    }
}

void status_fill(const struct status_sources *from, const struct id *recent,
                 struct local_status *out_status)
{
    struct local_status *out = out_status;
    const struct settings *settings = from->settings;

    memset(out, 0, sizeof *out);
    out->storage = outbox_storage(from->outbox, &out->free_bytes);
    out->pin_set = pin_is_set(from->state);
    out->next_exchange_ms = -1;
    if (settings == NULL)
        return;
    out->enrolled = true;
    out->kiosk = settings->kiosk;
    strcpy(out->kiosk_name, settings->kiosk_name);
    out->mode = settings->mode;
    strcpy(out->practice_code, settings->practice_code);
    strcpy(out->practice_name, settings->practice_name);
    out->seal_key = settings->seal_key;
    fill_contact(from, out);
    fill_counts(from, out);
    fill_days(from, out);
    fill_attention(from, out);
    out->recent = *recent;
    out->recent_state = find(from, recent);
}

static void tell_state(const struct status_sources *from, const struct id *record,
                       enum record_state state, struct local_event *out)
{
    struct outbox_reason why;

    out->kind = LOCAL_EVENT_STATE;
    out->record = *record;
    out->state = state;
    if (state == RECORD_ATTENTION && outbox_reason(from->outbox, record, &why) == ERR_OK) {
        strcpy(out->code, why.code);
        strcpy(out->words, why.words);
    }
}

void status_of_record(const struct status_sources *from, const struct id *record,
                      struct local_event *out_event)
{
    tell_state(from, record, find(from, record), out_event);
}

void status_of_prefix(const struct status_sources *from, const unsigned char prefix[8],
                      unsigned bits, struct local_event *out_event)
{
    enum outbox_state state;
    struct id record;

    out_event->kind = LOCAL_EVENT_STATE;
    if (outbox_look_up(from->outbox, prefix, bits, &record, &state) == ERR_OK)
        tell_state(from, &record, record_state_of(state), out_event);
}
