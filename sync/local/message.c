/*
 * The packets of the local socket: a version byte, a kind byte, then fields of fixed order. Numbers
 * are big-endian, texts have a length byte. A reader that meets the end early yields zeros and
 * remembers; one check at the end refuses the whole packet. See message.h.
 */
#include "sync/local/message.h"

#include <string.h>

#include "base/wipe.h"

_Static_assert(SETTINGS_NAME <= 255 && LOCAL_FOLDER_MOST <= 255, "a text's length is one byte");
_Static_assert(LOCAL_MESSAGE_MAX >= SEALED_BYTES + 2 + 2 * ID_BYTES + KEY_ID_BYTES, "SAVE fits");
_Static_assert(LOCAL_MESSAGE_MAX >= 2 * (SETTINGS_NAME + 1) + RECEIPT_CODE + RECEIPT_WORDS + 384,
               "STATUS fits");

/* Kinds of events start here, so that neither side takes its own packet for the other's. */
#define EVENT_BASE 0x40

struct writer {
    unsigned char *at;
    size_t size;
};

static void put(struct writer *w, const void *bytes, size_t size)
{
    memcpy(w->at + w->size, bytes, size);
    w->size += size;
}

static void put_byte(struct writer *w, unsigned value)
{
    w->at[w->size++] = (unsigned char)value;
}

static void put_number(struct writer *w, uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        put_byte(w, value >> shift & 0xff);
}

static void put_text(struct writer *w, const char *text)
{
    size_t len = strlen(text);

    put_byte(w, (unsigned)len);
    put(w, text, len);
}

struct reader {
    const unsigned char *at;
    size_t left;
    bool wrong;
};

static const unsigned char *take(struct reader *r, size_t size)
{
    const unsigned char *at = r->at;

    if (r->wrong || size > r->left) {
        r->wrong = true;
        return NULL;
    }
    r->at += size;
    r->left -= size;
    return at;
}

static void take_bytes(struct reader *r, void *out, size_t size)
{
    const unsigned char *at = take(r, size);

    if (at != NULL)
        memcpy(out, at, size);
}

/* A byte below `limit`. */
static unsigned take_byte(struct reader *r, unsigned limit)
{
    const unsigned char *at = take(r, 1);

    if (at == NULL || *at >= limit) {
        r->wrong = true;
        return 0;
    }
    return *at;
}

static uint64_t take_number(struct reader *r)
{
    const unsigned char *at = take(r, 8);
    uint64_t value = 0;

    for (int i = 0; at != NULL && i < 8; i++)
        value = value << 8 | at[i];
    return value;
}

static uint32_t take_number32(struct reader *r)
{
    uint64_t value = take_number(r);

    if (value > UINT32_MAX)
        r->wrong = true;
    return r->wrong ? 0 : (uint32_t)value;
}

static int64_t take_time(struct reader *r)
{
    uint64_t value = take_number(r);

    if (value > INT64_MAX)
        r->wrong = true;
    return r->wrong ? 0 : (int64_t)value;
}

/* A time that may lie behind: two's complement, at least `least`. */
static int64_t take_signed(struct reader *r, int64_t least)
{
    int64_t value = (int64_t)take_number(r);

    if (value < least)
        r->wrong = true;
    return value;
}

static void take_text(struct reader *r, char *out_text, size_t most)
{
    unsigned len = take_byte(r, (unsigned)most + 1);
    const unsigned char *at = take(r, len);

    if (at == NULL)
        return;
    if (memchr(at, 0, len) != NULL || !str_is_utf8((struct str){(const char *)at, len})) {
        r->wrong = true;
        return;
    }
    memcpy(out_text, at, len);
    out_text[len] = '\0';
}

size_t local_request_encode(const struct local_request *r, unsigned char out[LOCAL_MESSAGE_MAX])
{
    struct writer w = {out, 0};

    put_byte(&w, LOCAL_VERSION);
    put_byte(&w, r->kind);
    switch (r->kind) {
    case LOCAL_REQUEST_STATUS:
    case LOCAL_REQUEST_QUERY:
        put(&w, r->record.bytes, ID_BYTES);
        break;
    case LOCAL_REQUEST_SAVE:
        put_byte(&w, r->assisted);
        put(&w, r->header.record.bytes, ID_BYTES);
        put(&w, r->header.kiosk.bytes, ID_BYTES);
        put(&w, r->header.key.bytes, KEY_ID_BYTES);
        put(&w, r->sealed, SEALED_BYTES);
        break;
    case LOCAL_REQUEST_LOOK_UP:
        put_byte(&w, r->bits);
        put(&w, r->prefix, sizeof r->prefix);
        break;
    case LOCAL_REQUEST_PIN:
        put_text(&w, r->pin);
        break;
    case LOCAL_REQUEST_CARRY:
        put_text(&w, r->folder);
        break;
    case LOCAL_REQUEST_CARRY_STATE:
    case LOCAL_REQUEST_SEND_NOW:
    case LOCAL_REQUEST_COUNT:
        break;
    }
    return w.size;
}

static void take_pin(struct reader *r, char out_pin[LOCAL_PIN_MOST + 1])
{
    take_text(r, out_pin, LOCAL_PIN_MOST);
    if (strlen(out_pin) < LOCAL_PIN_LEAST || strspn(out_pin, "0123456789") != strlen(out_pin))
        r->wrong = true;
}

/* Version and kind; leaves the fields to read. */
static enum err open_packet(struct reader *r, unsigned base, unsigned count, unsigned *out_kind)
{
    unsigned version = take_byte(r, 256);
    unsigned kind = take_byte(r, 256);

    if (r->wrong)
        return ERR_FORMAT;
    if (version != LOCAL_VERSION)
        return ERR_VERSION;
    if (kind < base || kind >= base + count)
        return ERR_FORMAT;
    *out_kind = kind - base;
    return ERR_OK;
}

enum err local_request_decode(const unsigned char *packet, size_t size,
                              struct local_request *out_request)
{
    struct local_request request = {0};
    struct reader r = {packet, size, false};
    unsigned kind = 0;
    enum err e = open_packet(&r, 0, LOCAL_REQUEST_COUNT, &kind);

    if (e != ERR_OK)
        return e;
    request.kind = (enum local_request_kind)kind;
    switch (request.kind) {
    case LOCAL_REQUEST_STATUS:
    case LOCAL_REQUEST_QUERY:
        take_bytes(&r, request.record.bytes, ID_BYTES);
        break;
    case LOCAL_REQUEST_SAVE:
        request.assisted = take_byte(&r, 2);
        take_bytes(&r, request.header.record.bytes, ID_BYTES);
        take_bytes(&r, request.header.kiosk.bytes, ID_BYTES);
        take_bytes(&r, request.header.key.bytes, KEY_ID_BYTES);
        request.sealed = take(&r, SEALED_BYTES);
        break;
    case LOCAL_REQUEST_LOOK_UP:
        request.bits = take_byte(&r, 65);
        take_bytes(&r, request.prefix, sizeof request.prefix);
        r.wrong = r.wrong || request.bits < 8;
        break;
    case LOCAL_REQUEST_PIN:
        take_pin(&r, request.pin);
        break;
    case LOCAL_REQUEST_CARRY:
        take_text(&r, request.folder, LOCAL_FOLDER_MOST);
        r.wrong = r.wrong || request.folder[0] != '/';
        break;
    case LOCAL_REQUEST_CARRY_STATE:
    case LOCAL_REQUEST_SEND_NOW:
    case LOCAL_REQUEST_COUNT:
        break;
    }
    e = r.wrong || r.left > 0 ? ERR_FORMAT : ERR_OK;
    if (e == ERR_OK)
        *out_request = request;
    wipe(request.pin, sizeof request.pin);
    return e;
}

static void put_feedback(struct writer *w, const struct receipt_feedback *f)
{
    put_byte(w, f->known);
    put_number(w, f->year);
    put_byte(w, f->month);
    put_number(w, f->own);
    put_number(w, f->practices);
    put_number(w, f->median_x10);
}

static void take_feedback(struct reader *r, struct receipt_feedback *f)
{
    f->known = take_byte(r, 2);
    f->year = take_number32(r);
    f->month = take_byte(r, 13);
    f->own = take_number32(r);
    f->practices = take_number32(r);
    f->median_x10 = take_number32(r);
}

static void put_carry(struct writer *w, const struct local_carry *c)
{
    put_byte(w, c->state);
    put_number(w, c->written);
    put_number(w, c->there);
    put_number(w, c->receipts);
    put_number(w, c->settled);
    put_number(w, c->strange);
}

static void take_carry(struct reader *r, struct local_carry *c)
{
    c->state = (enum carry_state)take_byte(r, CARRY_STATE_COUNT);
    c->written = take_number(r);
    c->there = take_number(r);
    c->receipts = take_number(r);
    c->settled = take_number(r);
    c->strange = take_number(r);
}

static void put_status(struct writer *w, const struct local_status *s)
{
    put_byte(w, s->enrolled);
    put(w, s->kiosk.bytes, ID_BYTES);
    put_text(w, s->kiosk_name);
    put_byte(w, s->mode);
    put_text(w, s->practice_code);
    put_text(w, s->practice_name);
    put(w, s->seal_key.id.bytes, KEY_ID_BYTES);
    put(w, s->seal_key.public_key, SEAL_PUBLIC_BYTES);
    put_byte(w, s->storage);
    put_number(w, s->free_bytes);
    put_byte(w, s->contact);
    put_byte(w, s->connected);
    put_number(w, s->made);
    put_number(w, s->received);
    put_number(w, s->waiting);
    put_number(w, s->attention);
    put_number(w, s->withdrawn);
    put_number(w, s->made_today);
    put_number(w, s->assisted_today);
    put_number(w, s->made_week);
    put_number(w, (uint64_t)s->last_contact_wall_ms);
    put_number(w, (uint64_t)s->last_sent_wall_ms);
    put_number(w, s->last_sent_count);
    put_number(w, (uint64_t)s->next_exchange_ms);
    put_number(w, (uint64_t)s->oldest_waiting_ms);
    put_byte(w, s->clock_known);
    put_number(w, (uint64_t)s->clock_offset_ms);
    put_feedback(w, &s->feedback);
    put_text(w, s->attention_code);
    put_text(w, s->attention_words);
    put_byte(w, s->pin_set);
    put(w, s->recent.bytes, ID_BYTES);
    put_byte(w, s->recent_state);
}

static void take_status(struct reader *r, struct local_status *s)
{
    s->enrolled = take_byte(r, 2);
    take_bytes(r, s->kiosk.bytes, ID_BYTES);
    take_text(r, s->kiosk_name, SETTINGS_NAME);
    s->mode = (enum kiosk_mode)take_byte(r, KIOSK_DEMO + 1);
    take_text(r, s->practice_code, SETTINGS_PRACTICE_CODE);
    take_text(r, s->practice_name, SETTINGS_NAME);
    take_bytes(r, s->seal_key.id.bytes, KEY_ID_BYTES);
    take_bytes(r, s->seal_key.public_key, SEAL_PUBLIC_BYTES);
    s->storage = (enum storage_state)take_byte(r, STORAGE_COUNT);
    s->free_bytes = take_number(r);
    s->contact = (enum contact_state)take_byte(r, CONTACT_STATE_COUNT);
    s->connected = take_byte(r, 2);
    s->made = take_number(r);
    s->received = take_number(r);
    s->waiting = take_number(r);
    s->attention = take_number(r);
    s->withdrawn = take_number(r);
    s->made_today = take_number(r);
    s->assisted_today = take_number(r);
    s->made_week = take_number(r);
    s->last_contact_wall_ms = take_time(r);
    s->last_sent_wall_ms = take_time(r);
    s->last_sent_count = take_number(r);
    s->next_exchange_ms = take_signed(r, -1);
    s->oldest_waiting_ms = take_time(r);
    s->clock_known = take_byte(r, 2);
    s->clock_offset_ms = take_signed(r, INT64_MIN);
    take_feedback(r, &s->feedback);
    take_text(r, s->attention_code, RECEIPT_CODE);
    take_text(r, s->attention_words, RECEIPT_WORDS);
    s->pin_set = take_byte(r, 2);
    take_bytes(r, s->recent.bytes, ID_BYTES);
    s->recent_state = (enum record_state)take_byte(r, RECORD_STATE_COUNT);
}

size_t local_event_encode(const struct local_event *e, unsigned char out[LOCAL_MESSAGE_MAX])
{
    struct writer w = {out, 0};

    put_byte(&w, LOCAL_VERSION);
    put_byte(&w, EVENT_BASE + e->kind);
    switch (e->kind) {
    case LOCAL_EVENT_STATUS:
        put_status(&w, &e->status);
        break;
    case LOCAL_EVENT_SAVED:
        put(&w, e->record.bytes, ID_BYTES);
        break;
    case LOCAL_EVENT_REFUSED:
        put(&w, e->record.bytes, ID_BYTES);
        put_byte(&w, e->reason);
        break;
    case LOCAL_EVENT_STATE:
        put(&w, e->record.bytes, ID_BYTES);
        put_byte(&w, e->state);
        put_text(&w, e->code);
        put_text(&w, e->words);
        break;
    case LOCAL_EVENT_PIN:
        put_byte(&w, e->pin);
        put_byte(&w, e->tries_left);
        put_number(&w, (uint64_t)e->wait_ms);
        break;
    case LOCAL_EVENT_CARRY:
        put_carry(&w, &e->carry);
        break;
    default: /* SENDING has no fields; the others are not sent */
        break;
    }
    return w.size;
}

enum err local_event_decode(const unsigned char *packet, size_t size, struct local_event *out_event)
{
    struct local_event event = {0};
    struct reader r = {packet, size, false};
    unsigned kind = 0;
    enum err e = open_packet(&r, EVENT_BASE, LOCAL_EVENT_COUNT, &kind);

    if (e != ERR_OK)
        return e;
    event.kind = (enum local_event_kind)kind;
    switch (event.kind) {
    case LOCAL_EVENT_STATUS:
        take_status(&r, &event.status);
        break;
    case LOCAL_EVENT_SAVED:
        take_bytes(&r, event.record.bytes, ID_BYTES);
        break;
    case LOCAL_EVENT_REFUSED:
        take_bytes(&r, event.record.bytes, ID_BYTES);
        event.reason = (enum local_reason)take_byte(&r, LOCAL_REASON_COUNT);
        break;
    case LOCAL_EVENT_STATE:
        take_bytes(&r, event.record.bytes, ID_BYTES);
        event.state = (enum record_state)take_byte(&r, RECORD_STATE_COUNT);
        take_text(&r, event.code, RECEIPT_CODE);
        take_text(&r, event.words, RECEIPT_WORDS);
        break;
    case LOCAL_EVENT_PIN:
        event.pin = (enum pin_result)take_byte(&r, PIN_RESULT_COUNT);
        event.tries_left = take_byte(&r, 256);
        event.wait_ms = take_time(&r);
        break;
    case LOCAL_EVENT_CARRY:
        take_carry(&r, &event.carry);
        break;
    case LOCAL_EVENT_SENDING:
        break;
    default: /* NONE and DISCONNECTED are the client's own, never sent */
        return ERR_FORMAT;
    }
    if (r.wrong || r.left > 0)
        return ERR_FORMAT;
    *out_event = event;
    return ERR_OK;
}
