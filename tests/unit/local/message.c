/* The packets of the local socket: each comes back whole, and no other length or kind passes. */
#include "sync/local/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned char packet[LOCAL_MESSAGE_MAX + 1];
static unsigned char sealed[SEALED_BYTES];

static struct local_request request_of(enum local_request_kind kind)
{
    struct local_request r = {.kind = kind};

    switch (kind) {
    case LOCAL_REQUEST_SAVE:
        memset(&r.header, 0x22, sizeof r.header);
        r.sealed = sealed;
        r.assisted = true;
        break;
    case LOCAL_REQUEST_LOOK_UP:
        memset(r.prefix, 0x33, sizeof r.prefix);
        r.bits = 35;
        break;
    case LOCAL_REQUEST_STATUS:
    case LOCAL_REQUEST_QUERY:
        memset(r.record.bytes, 0x11, ID_BYTES);
        break;
    case LOCAL_REQUEST_PIN:
        strcpy(r.pin, "271828");
        break;
    case LOCAL_REQUEST_CARRY:
        strcpy(r.folder, "/media/stick");
        break;
    default:
        break;
    }
    return r;
}

static void requests_come_back(void **state)
{
    (void)state;
    memset(sealed, 0x5a, sizeof sealed);
    for (int kind = 0; kind < LOCAL_REQUEST_COUNT; kind++) {
        struct local_request want = request_of((enum local_request_kind)kind);
        struct local_request got;
        size_t size = local_request_encode(&want, packet);

        assert_true(size <= LOCAL_MESSAGE_MAX);
        assert_int_equal(local_request_decode(packet, size, &got), ERR_OK);
        assert_int_equal(got.kind, kind);
        assert_memory_equal(&got.record, &want.record, sizeof want.record);
        assert_memory_equal(&got.header, &want.header, sizeof want.header);
        assert_memory_equal(got.prefix, want.prefix, sizeof want.prefix);
        assert_int_equal(got.bits, want.bits);
        assert_int_equal(got.assisted, want.assisted);
        assert_string_equal(got.pin, want.pin);
        assert_string_equal(got.folder, want.folder);
        if (kind == LOCAL_REQUEST_SAVE)
            assert_memory_equal(got.sealed, sealed, SEALED_BYTES);
        for (size_t less = 0; less < size; less++)
            assert_int_equal(local_request_decode(packet, less, &got), ERR_FORMAT);
        assert_int_equal(local_request_decode(packet, size + 1, &got), ERR_FORMAT);
        packet[0] = LOCAL_VERSION + 1;
        assert_int_equal(local_request_decode(packet, size, &got), ERR_VERSION);
    }
}

/* 4 to 12 digits and nothing else. */
static void pins_are_digits(void **state)
{
    static const struct {
        const char *pin;
        enum err e;
    } rows[] = {
        {"0000", ERR_OK},      {"123456789012", ERR_OK}, {"123", ERR_FORMAT},
        {"", ERR_FORMAT},      {"12a4", ERR_FORMAT},     {"+123", ERR_FORMAT},
        {" 1234", ERR_FORMAT}, {"-1234", ERR_FORMAT},
    };
    struct local_request got;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct local_request r = {.kind = LOCAL_REQUEST_PIN};
        strcpy(r.pin, rows[i].pin);
        assert_int_equal(local_request_decode(packet, local_request_encode(&r, packet), &got),
                         rows[i].e);
    }
    /* One digit more than there may be. */
    static const unsigned char longer[] = {LOCAL_VERSION,
                                           LOCAL_REQUEST_PIN,
                                           13,
                                           '1',
                                           '2',
                                           '3',
                                           '4',
                                           '5',
                                           '6',
                                           '7',
                                           '8',
                                           '9',
                                           '0',
                                           '1',
                                           '2',
                                           '3'};
    assert_int_equal(local_request_decode(longer, sizeof longer, &got), ERR_FORMAT);
}

/* An absolute path of at most so many bytes, in UTF-8, with no 0 in it. */
static void folders_are_absolute(void **state)
{
    struct local_request r = {.kind = LOCAL_REQUEST_CARRY};
    struct local_request got;
    size_t size;

    (void)state;
    memset(r.folder, '/', LOCAL_FOLDER_MOST);
    assert_int_equal(local_request_decode(packet, local_request_encode(&r, packet), &got), ERR_OK);
    assert_string_equal(got.folder, r.folder);
    strcpy(r.folder, "media/stick");
    assert_int_equal(local_request_decode(packet, local_request_encode(&r, packet), &got),
                     ERR_FORMAT);
    r.folder[0] = '\0';
    assert_int_equal(local_request_decode(packet, local_request_encode(&r, packet), &got),
                     ERR_FORMAT);
    strcpy(r.folder, "/\xff");
    assert_int_equal(local_request_decode(packet, local_request_encode(&r, packet), &got),
                     ERR_FORMAT);
    strcpy(r.folder, "/ab");
    size = local_request_encode(&r, packet);
    packet[size - 1] = '\0';
    assert_int_equal(local_request_decode(packet, size, &got), ERR_FORMAT);
}

static struct local_event full_status(void)
{
    struct local_event e = {.kind = LOCAL_EVENT_STATUS};
    struct local_status *s = &e.status;

    s->enrolled = true;
    memset(s->kiosk.bytes, 9, ID_BYTES);
    memset(s->kiosk_name, 'k', SETTINGS_NAME);
    s->mode = KIOSK_LIVE;
    memset(s->practice_code, 'C', SETTINGS_PRACTICE_CODE);
    memset(s->practice_name, 'p', SETTINGS_NAME);
    memset(&s->seal_key, 7, sizeof s->seal_key);
    s->storage = STORAGE_READ_ONLY;
    s->free_bytes = UINT64_MAX;
    s->contact = CONTACT_CLOCK;
    s->connected = true;
    s->made = 412;
    s->received = 400;
    s->waiting = 7;
    s->attention = 3;
    s->withdrawn = 2;
    s->made_today = 12;
    s->assisted_today = 4;
    s->made_week = 31;
    s->last_contact_wall_ms = INT64_MAX;
    s->last_sent_wall_ms = 1790000000000;
    s->last_sent_count = 5;
    s->next_exchange_ms = -1;
    s->clock_known = true;
    s->clock_offset_ms = INT64_MIN;
    s->feedback = (struct receipt_feedback){true, 2026, 12, 7, 34, 55};
    memset(s->attention_code, 'c', RECEIPT_CODE);
    memset(s->attention_words, 'w', RECEIPT_WORDS);
    s->pin_set = true;
    s->oldest_waiting_ms = 172800000;
    memset(s->recent.bytes, 1, ID_BYTES);
    s->recent_state = RECORD_WITHDRAWN;
    return e;
}

static void status_comes_back(void **state)
{
    (void)state;
    struct local_event want = full_status();
    struct local_event got;
    size_t size = local_event_encode(&want, packet);

    memset(&got, 0, sizeof got);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_OK);
    assert_memory_equal(&got.status.kiosk, &want.status.kiosk, ID_BYTES);
    assert_string_equal(got.status.kiosk_name, want.status.kiosk_name);
    assert_string_equal(got.status.practice_code, want.status.practice_code);
    assert_string_equal(got.status.practice_name, want.status.practice_name);
    assert_memory_equal(&got.status.seal_key, &want.status.seal_key, sizeof want.status.seal_key);
    assert_int_equal(got.status.mode, KIOSK_LIVE);
    assert_int_equal(got.status.storage, STORAGE_READ_ONLY);
    assert_int_equal(got.status.contact, CONTACT_CLOCK);
    assert_true(got.status.enrolled && got.status.connected);
    assert_true(got.status.free_bytes == UINT64_MAX);
    assert_true(got.status.made == 412 && got.status.received == 400 && got.status.waiting == 7);
    assert_true(got.status.attention == 3 && got.status.withdrawn == 2);
    assert_true(got.status.made_today == 12 && got.status.assisted_today == 4);
    assert_true(got.status.made_week == 31);
    assert_true(got.status.last_contact_wall_ms == INT64_MAX);
    assert_true(got.status.last_sent_wall_ms == 1790000000000 && got.status.last_sent_count == 5);
    assert_true(got.status.next_exchange_ms == -1);
    assert_true(got.status.clock_known && got.status.clock_offset_ms == INT64_MIN);
    assert_true(got.status.feedback.known && got.status.feedback.year == 2026);
    assert_true(got.status.feedback.month == 12 && got.status.feedback.own == 7);
    assert_true(got.status.feedback.practices == 34 && got.status.feedback.median_x10 == 55);
    assert_string_equal(got.status.attention_code, want.status.attention_code);
    assert_string_equal(got.status.attention_words, want.status.attention_words);
    assert_true(got.status.pin_set);
    assert_true(got.status.oldest_waiting_ms == 172800000);
    assert_int_equal(got.status.recent_state, RECORD_WITHDRAWN);
    for (size_t less = 0; less < size; less++)
        assert_int_equal(local_event_decode(packet, less, &got), ERR_FORMAT);
    assert_int_equal(local_event_decode(packet, size + 1, &got), ERR_FORMAT);
    want.status.mode = KIOSK_DEMO;
    size = local_event_encode(&want, packet);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_OK);
    assert_int_equal(got.status.mode, KIOSK_DEMO);
}

static void status_refuses_what_can_not_be(void **state)
{
    (void)state;
    struct local_event want = full_status();
    struct local_event got;
    size_t size;

    want.status.kiosk_name[3] = (char)0xff;
    size = local_event_encode(&want, packet);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_FORMAT);
    want.status.kiosk_name[3] = 'k';
    want.status.storage = STORAGE_COUNT;
    size = local_event_encode(&want, packet);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_FORMAT);
    want.status.storage = STORAGE_OK;
    want.status.next_exchange_ms = -2;
    size = local_event_encode(&want, packet);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_FORMAT);
    want.status.next_exchange_ms = 0;
    want.status.feedback.month = 13;
    size = local_event_encode(&want, packet);
    assert_int_equal(local_event_decode(packet, size, &got), ERR_FORMAT);
}

static void carrying_comes_back(void **state)
{
    (void)state;
    struct local_event got;

    for (int s = 0; s <= CARRY_STATE_COUNT; s++) {
        struct local_event e = {.kind = LOCAL_EVENT_CARRY,
                                .carry = {(enum carry_state)s, 1, UINT64_MAX, 3, 4, 5}};
        size_t size = local_event_encode(&e, packet);

        assert_int_equal(local_event_decode(packet, size, &got),
                         s < CARRY_STATE_COUNT ? ERR_OK : ERR_FORMAT);
        if (s == CARRY_STATE_COUNT)
            break;
        assert_memory_equal(&got.carry, &e.carry, sizeof e.carry);
        assert_int_equal(local_event_decode(packet, size - 1, &got), ERR_FORMAT);
        assert_int_equal(local_event_decode(packet, size + 1, &got), ERR_FORMAT);
    }
}

static void answers_come_back(void **state)
{
    (void)state;
    struct local_event got;

    for (int reason = 0; reason < LOCAL_REASON_COUNT; reason++) {
        struct local_event e = {.kind = LOCAL_EVENT_REFUSED, .reason = (enum local_reason)reason};
        e.record.bytes[5] = 5;
        assert_int_equal(local_event_decode(packet, local_event_encode(&e, packet), &got), ERR_OK);
        assert_int_equal(got.reason, reason);
        assert_true(id_equal(&got.record, &e.record));
    }
    for (int s = 0; s < RECORD_STATE_COUNT; s++) {
        struct local_event e = {.kind = LOCAL_EVENT_STATE, .state = (enum record_state)s};
        assert_int_equal(local_event_decode(packet, local_event_encode(&e, packet), &got), ERR_OK);
        assert_int_equal(got.state, s);
    }
    struct local_event why = {.kind = LOCAL_EVENT_STATE, .state = RECORD_ATTENTION};
    memset(why.code, 'c', RECEIPT_CODE);
    memset(why.words, 'w', RECEIPT_WORDS);
    assert_int_equal(local_event_decode(packet, local_event_encode(&why, packet), &got), ERR_OK);
    assert_string_equal(got.code, why.code);
    assert_string_equal(got.words, why.words);
    for (int result = 0; result < PIN_RESULT_COUNT; result++) {
        struct local_event e = {.kind = LOCAL_EVENT_PIN,
                                .pin = (enum pin_result)result,
                                .tries_left = 4,
                                .wait_ms = 3600000};
        assert_int_equal(local_event_decode(packet, local_event_encode(&e, packet), &got), ERR_OK);
        assert_int_equal(got.pin, result);
        assert_int_equal(got.tries_left, 4);
        assert_true(got.wait_ms == 3600000);
    }
    struct local_event none = {.kind = LOCAL_EVENT_DISCONNECTED};
    assert_int_equal(local_event_decode(packet, local_event_encode(&none, packet), &got),
                     ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_come_back),   cmocka_unit_test(pins_are_digits),
        cmocka_unit_test(folders_are_absolute), cmocka_unit_test(carrying_comes_back),
        cmocka_unit_test(status_comes_back),    cmocka_unit_test(status_refuses_what_can_not_be),
        cmocka_unit_test(answers_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
