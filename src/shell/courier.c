/* Asks until it knows: see courier.h. */
#include "shell/courier.h"

#define FIRST_PAUSE_MS   250
#define STICK_PAUSE_MS   300 /* between two questions how far a stick has come */
#define LONGEST_PAUSE_MS 4000

enum err courier_init(struct courier *c, const char *socket_path)
{
    *c = (struct courier){.status_again_ms = INT64_MAX};
    return local_client_init(&c->client, socket_path);
}

void courier_finish(struct courier *c)
{
    local_client_finish(&c->client);
}

void courier_ask_status(struct courier *c)
{
    if (!c->status_wanted)
        c->status_late_ms = 0;
    c->status_wanted = true;
    c->status_again_ms = 0;
}

enum err courier_save(struct courier *c, const struct id *record, struct str plaintext,
                      unsigned char scratch[SEAL_INSIDE_BYTES], bool assisted, int64_t now_ms)
{
    struct seal_header header = {
        .record = *record, .kiosk = c->status.kiosk, .key = c->status.seal_key.id};
    enum err e;

    if (c->carrying)
        return ERR_BUSY;
    if (!c->status.enrolled)
        return ERR_UNAVAILABLE;
    e = seal_record(&header, plaintext, &c->status.seal_key, scratch, c->sealed);
    if (e != ERR_OK)
        return e;
    c->header = header;
    c->assisted = assisted;
    c->carrying = true;
    c->asked = false;
    c->doubt = false;
    c->told = false;
    c->begun_ms = now_ms;
    c->again_ms = now_ms;
    c->pause_ms = FIRST_PAUSE_MS;
    return ERR_OK;
}

/* An errand that could not even be begun is late at once. */
static void set_out(struct courier *c, enum courier_errand errand, enum err begun, int64_t now_ms)
{
    c->errand = errand;
    c->on_errand = true;
    c->stick_again_ms = INT64_MAX;
    c->errand_late_ms = begun == ERR_OK ? now_ms + COURIER_STATUS_PATIENCE_MS : now_ms;
}

void courier_check_pin(struct courier *c, const char *pin, int64_t now_ms)
{
    set_out(c, ERRAND_PIN, local_client_pin_begin(&c->client, pin), now_ms);
}

void courier_look_up(struct courier *c, const uint8_t bits[8], unsigned count, int64_t now_ms)
{
    set_out(c, ERRAND_LOOK_UP, local_client_look_up_begin(&c->client, bits, count), now_ms);
}

void courier_save_to_stick(struct courier *c, const char *folder, int64_t now_ms)
{
    set_out(c, ERRAND_STICK, local_client_carry_begin(&c->client, folder), now_ms);
}

void courier_send_now(struct courier *c, int64_t now_ms)
{
    set_out(c, ERRAND_SEND_NOW, local_client_send_now_begin(&c->client), now_ms);
}

static void ask_later(struct courier *c, int64_t now_ms)
{
    c->asked = false;
    c->again_ms = now_ms + c->pause_ms;
    if (c->pause_ms < LONGEST_PAUSE_MS)
        c->pause_ms *= 2;
}

static void send_what_is_due(struct courier *c, int64_t now_ms, bool *out_away)
{
    if (c->carrying && !c->asked && now_ms >= c->again_ms) {
        if (local_client_save_begin(&c->client, &c->header, c->sealed, c->assisted) == ERR_OK)
            c->asked = true;
        else
            ask_later(c, now_ms);
    }
    if (c->on_errand && now_ms >= c->stick_again_ms) {
        c->stick_again_ms = INT64_MAX;
        if (local_client_carry_state_begin(&c->client) != ERR_OK)
            c->errand_late_ms = now_ms;
    }
    if (c->status_wanted && now_ms >= c->status_again_ms) {
        const struct id *recent = c->carrying ? &c->header.record : NULL;
        if (c->status_late_ms == 0)
            c->status_late_ms = now_ms + COURIER_STATUS_PATIENCE_MS;
        if (local_client_status_begin(&c->client, recent) == ERR_OK) {
            c->status_again_ms = INT64_MAX;
        } else {
            c->status_again_ms = now_ms + LONGEST_PAUSE_MS;
            c->status_late_ms = INT64_MAX;
            *out_away = true;
        }
    }
}

/* A refusal that may turn out otherwise when asked again. */
static bool is_passing(const struct courier *c, enum local_reason reason)
{
    switch (reason) {
    case LOCAL_UNCONFIRMED:
        return true;
    case LOCAL_FULL:
    case LOCAL_FAILING:
    case LOCAL_READ_ONLY:
        return c->doubt;
    default:
        return false;
    }
}

static enum courier_news end_errand(struct courier *c, const struct local_event *event,
                                    enum courier_errand answered)
{
    if (!c->on_errand || c->errand != answered)
        return COURIER_NOTHING;
    c->on_errand = false;
    c->answer = *event;
    return COURIER_ERRAND;
}

static enum courier_news hear_of_stick(struct courier *c, const struct local_event *event,
                                       int64_t now_ms)
{
    if (!c->on_errand || c->errand != ERRAND_STICK || event->carry.state != CARRY_WORKING)
        return end_errand(c, event, ERRAND_STICK);
    c->stick_again_ms = now_ms + STICK_PAUSE_MS;
    c->errand_late_ms = c->stick_again_ms + COURIER_STATUS_PATIENCE_MS;
    return COURIER_NOTHING;
}

static enum courier_news take_event(struct courier *c, const struct local_event *event,
                                    int64_t now_ms)
{
    bool ours = c->carrying && id_equal(&event->record, &c->header.record);

    switch (event->kind) {
    case LOCAL_EVENT_STATUS:
        c->status = event->status;
        c->status_wanted = false;
        return COURIER_STATUS;
    case LOCAL_EVENT_SAVED:
        if (!ours)
            return COURIER_NOTHING;
        c->carrying = false;
        return COURIER_SAVED;
    case LOCAL_EVENT_REFUSED:
        if (!ours)
            return COURIER_NOTHING;
        c->reason = event->reason;
        c->doubt = c->doubt || event->reason == LOCAL_UNCONFIRMED;
        if (is_passing(c, event->reason)) {
            ask_later(c, now_ms);
            return COURIER_NOTHING;
        }
        c->carrying = false;
        return COURIER_REFUSED;
    case LOCAL_EVENT_PIN:
        return end_errand(c, event, ERRAND_PIN);
    case LOCAL_EVENT_STATE:
        return end_errand(c, event, ERRAND_LOOK_UP);
    case LOCAL_EVENT_SENDING:
        return end_errand(c, event, ERRAND_SEND_NOW);
    case LOCAL_EVENT_CARRY:
        return hear_of_stick(c, event, now_ms);
    case LOCAL_EVENT_DISCONNECTED:
        c->errand_late_ms = now_ms;
        if (c->carrying) {
            c->doubt = c->doubt || c->asked;
            ask_later(c, now_ms);
        }
        /* It may have been started anew while nobody asked: it is away when nobody is there to
           connect to, or none of them answers in time. */
        if (c->status_wanted)
            c->status_again_ms = now_ms + FIRST_PAUSE_MS;
        return COURIER_NOTHING;
    default:
        return COURIER_NOTHING;
    }
}

static bool status_is_asked(const struct courier *c)
{
    return c->status_wanted && c->status_again_ms == INT64_MAX;
}

enum courier_news courier_step(struct courier *c, int64_t now_ms, int wait_ms)
{
    struct local_event event = {.kind = LOCAL_EVENT_NONE};
    bool away = false;

    send_what_is_due(c, now_ms, &away);
    if (away)
        return COURIER_AWAY;
    local_client_poll(&c->client, courier_is_waiting(c) ? wait_ms : 0, &event);
    enum courier_news news = take_event(c, &event, now_ms);
    if (news == COURIER_NOTHING && c->carrying && !c->told &&
        now_ms - c->begun_ms >= COURIER_PATIENCE_MS) {
        c->told = true;
        return COURIER_UNCONFIRMED;
    }
    if (news == COURIER_NOTHING && c->on_errand && now_ms >= c->errand_late_ms) {
        c->on_errand = false;
        return COURIER_NO_ERRAND;
    }
    if (news == COURIER_NOTHING && c->status_wanted && now_ms >= c->status_late_ms) {
        c->status_late_ms = INT64_MAX;
        return COURIER_AWAY;
    }
    return news;
}

bool courier_is_waiting(const struct courier *c)
{
    return (c->carrying && c->asked) || status_is_asked(c) || c->on_errand;
}

int64_t courier_deadline_ms(const struct courier *c)
{
    int64_t due = INT64_MAX;

    if (c->carrying && !c->asked)
        due = c->again_ms;
    if (c->carrying && !c->told && c->begun_ms + COURIER_PATIENCE_MS < due)
        due = c->begun_ms + COURIER_PATIENCE_MS;
    if (c->status_wanted && c->status_again_ms < due)
        due = c->status_again_ms;
    if (c->status_wanted && c->status_late_ms < due)
        due = c->status_late_ms;
    if (c->on_errand && c->errand_late_ms < due)
        due = c->errand_late_ms;
    if (c->on_errand && c->stick_again_ms < due)
        due = c->stick_again_ms;
    return due;
}
