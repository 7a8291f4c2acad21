/* Bundles out of a real outbox, and every kind of answer: only a genuine receipt changes it. */
#include "sync/agent/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sync/wire/receipt.h"

static char folder[64];
static struct settings settings;
static struct sign_key device;
static struct sign_key server;
static struct outbox *outbox;
static struct exchange *exchange;
static struct engine engine;
static char text[LIMIT_RECEIPT + 1];

static struct sign_key key_of(unsigned char n)
{
    unsigned char seed[SIGN_SEED_BYTES];
    struct sign_key key;

    memset(seed, n, sizeof seed);
    sign_key_from_seed(seed, &key);
    return key;
}

static void save(unsigned char n)
{
    static unsigned char sealed[SEALED_BYTES];
    struct seal_header h = {.kiosk = settings.kiosk};
    uint64_t seq;

    memset(h.record.bytes, n, ID_BYTES);
    sealed[0] = n;
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &seq), ERR_OK);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/help-exchange-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    memset(&settings, 0, sizeof settings);
    memset(settings.kiosk.bytes, 9, ID_BYTES);
    device = key_of(1);
    server = key_of(5);
    memcpy(settings.sign_public, server.public_key, SIGN_PUBLIC_BYTES);
    assert_int_equal(outbox_create(folder, &env_system, &outbox, NULL), ERR_OK);
    assert_int_equal(exchange_create(&env_system, &settings, &device, outbox, &exchange), ERR_OK);
    engine_init(&engine, &env_system, true);
    return 0;
}

static int tear_down(void **state)
{
    char path[128];

    (void)state;
    exchange_destroy(exchange);
    outbox_destroy(outbox);
    snprintf(path, sizeof path, "%s/outbox.db", folder);
    unlink(path);
    return rmdir(folder);
}

/* A server: opens the bundle and accepts all that is in it. */
static void answer(struct str bundle, struct receipt *out)
{
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest m;

    memset(out, 0, sizeof *out);
    assert_int_equal(bundle_open(bundle, device.public_key, &reader, &m, NULL), ERR_OK);
    out->kiosk = m.kiosk;
    out->bundle = m.bundle;
    bundle_sha256(bundle, out->bundle_sha256);
    memset(out->incarnation.bytes, 7, ID_BYTES);
    while (bundle_next(&reader, &e, NULL) == ERR_OK)
        out->entries[out->entry_count++].record = e.header.record;
}

static struct str encode(const struct receipt *r, const struct sign_key *key)
{
    struct buf out;

    buf_init(&out, text, sizeof text);
    assert_int_equal(receipt_encode(r, key, &out), ERR_OK);
    return buf_str(&out);
}

static struct engine_outcome judge(int status, struct str body)
{
    struct transport_answer a = {.status = status, .body = body};
    struct engine_outcome o;

    exchange_judge(exchange, TRANSPORT_ANSWERED, &a, &o);
    return o;
}

static void genuine_receipt_settles(void **state)
{
    (void)state;
    static struct receipt r;
    struct engine_outcome o;
    struct str bundle;

    for (unsigned char n = 1; n <= 3; n++)
        save(n);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    assert_int_equal(r.entry_count, 3);
    r.next_after_ms = 777;
    o = judge(200, encode(&r, &server));
    assert_int_equal(o.result, ENGINE_GOOD);
    assert_true(o.sent == 3 && o.settled == 3 && o.waiting == 0 && o.next_after_ms == 777);
    /* What follows is a heartbeat, which knows the server's incarnation. */
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    assert_int_equal(r.entry_count, 0);
    assert_non_null(strstr(bundle.at, "\"incarnation\":\"07070707-"));
}

/* What the server forgot on a person's wish is settled too: it must not count as waiting there. */
static void what_is_gone_counts_as_acknowledged(void **state)
{
    (void)state;
    static struct receipt r;
    struct str bundle;

    save(1);
    save(2);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    r.entries[0].outcome = RECEIPT_GONE;
    assert_int_equal(judge(200, encode(&r, &server)).result, ENGINE_GOOD);
    assert_true(outbox_counts(outbox).withdrawn == 1 && outbox_counts(outbox).received == 1);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    assert_non_null(strstr(bundle.at, "\"made\":2,"));
    assert_non_null(strstr(bundle.at, "\"received\":2,"));
}

static void anything_else_changes_nothing(void **state)
{
    (void)state;
    static struct receipt good;
    static struct receipt r;
    struct sign_key stranger = key_of(6);
    struct str bundle;
    struct str body;

    save(1);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &good);
    assert_int_equal(judge(200, encode(&good, &stranger)).result, ENGINE_STRANGER);
    r = good;
    r.bundle.bytes[0] ^= 1;
    assert_int_equal(judge(200, encode(&r, &server)).result, ENGINE_STRANGER);
    r = good;
    r.bundle_sha256[0] ^= 1;
    assert_int_equal(judge(200, encode(&r, &server)).result, ENGINE_STRANGER);
    r = good;
    r.kiosk.bytes[0] ^= 1;
    assert_int_equal(judge(200, encode(&r, &server)).result, ENGINE_STRANGER);
    body = encode(&good, &server);
    for (size_t len = 0; len < body.len; len++)
        assert_int_equal(judge(200, (struct str){body.at, len}).result, ENGINE_STRANGER);
    assert_int_equal(judge(200, STR_LITERAL("<html>Welcome to the Wi-Fi</html>")).result,
                     ENGINE_STRANGER);
    /* A genuine receipt under another status is no answer either. */
    for (int status = 100; status < 600; status++) {
        if (status != 200)
            assert_int_not_equal(judge(status, body).result, ENGINE_GOOD);
    }
    assert_true(outbox_counts(outbox).waiting == 1 && outbox_counts(outbox).received == 0);
    assert_true(outbox_contact(outbox).last_contact_wall_ms == 0);
    /* The next bundle has a new id: yesterday's receipt does not fit it. */
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    assert_int_equal(judge(200, body).result, ENGINE_STRANGER);
    answer(bundle, &good);
    assert_int_equal(judge(200, encode(&good, &server)).result, ENGINE_GOOD);
}

static void statuses_mean_what_they_mean(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum engine_result result;
    } rows[] = {
        {301, ENGINE_STRANGER},   {302, ENGINE_STRANGER},   {400, ENGINE_BAD_BUNDLE},
        {401, ENGINE_NOT_TAKEN},  {403, ENGINE_NOT_TAKEN},  {404, ENGINE_TROUBLE},
        {413, ENGINE_BAD_BUNDLE}, {422, ENGINE_BAD_BUNDLE}, {429, ENGINE_TROUBLE},
        {500, ENGINE_TROUBLE},    {503, ENGINE_TROUBLE},    {511, ENGINE_TROUBLE},
    };
    struct engine_outcome o;
    struct str bundle;

    save(1);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(judge(rows[i].status, STR_LITERAL("")).result, rows[i].result);
    exchange_judge(exchange, TRANSPORT_NO_ANSWER, &(struct transport_answer){0}, &o);
    assert_int_equal(o.result, ENGINE_NO_NETWORK);
    exchange_judge(exchange, TRANSPORT_STRANGER, &(struct transport_answer){0}, &o);
    assert_int_equal(o.result, ENGINE_STRANGER);
    exchange_judge(exchange, TRANSPORT_CLOCK, &(struct transport_answer){0}, &o);
    assert_int_equal(o.result, ENGINE_CLOCK);
    assert_true(o.sent == 1 && o.only_seq == 1 && o.waiting == 1);
}

static void bundle_keeps_to_the_limit_and_leaves_out_what_is_aside(void **state)
{
    (void)state;
    static struct receipt r;
    struct str bundle;

    for (int n = 1; n <= LIMIT_BUNDLE_RECORDS + 5; n++)
        save((unsigned char)n);
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    assert_int_equal(r.entry_count, LIMIT_BUNDLE_RECORDS);
    engine.limit = 2;
    engine.aside[engine.aside_count++] = 1;
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    assert_int_equal(r.entry_count, 2);
    assert_int_equal(r.entries[0].record.bytes[0], 2);
}

static int64_t wall_ms;
static int64_t monotonic_ms;

static int64_t tell_wall(void *context)
{
    (void)context;
    return wall_ms;
}

static int64_t tell_monotonic(void *context)
{
    (void)context;
    return monotonic_ms;
}

/* Only a genuine receipt says what time it is; then the device's clock is measured as it stands. */
static void clock_is_measured_by_the_last_receipt(void **state)
{
    (void)state;
    static struct receipt r;
    struct env env = env_system;
    struct sign_key stranger = key_of(6);
    struct str bundle;
    int64_t offset = 0;

    env.wall_ms = tell_wall;
    env.monotonic_ms = tell_monotonic;
    exchange_destroy(exchange);
    assert_int_equal(exchange_create(&env, &settings, &device, outbox, &exchange), ERR_OK);
    wall_ms = 1790000000000;
    monotonic_ms = 70000;
    assert_false(exchange_clock_offset(exchange, &offset));
    assert_int_equal(exchange_make(exchange, &engine, &bundle), ERR_OK);
    answer(bundle, &r);
    r.server_time_ms = wall_ms - 3600000;
    assert_int_equal(judge(200, encode(&r, &stranger)).result, ENGINE_STRANGER);
    assert_false(exchange_clock_offset(exchange, &offset));
    assert_int_equal(judge(200, encode(&r, &server)).result, ENGINE_GOOD);
    assert_true(exchange_clock_offset(exchange, &offset) && offset == 3600000);
    monotonic_ms += 5000;
    wall_ms += 5000;
    assert_true(exchange_clock_offset(exchange, &offset) && offset == 3600000);
    /* Somebody sets it right, and a little too far. */
    wall_ms -= 3601000;
    assert_true(exchange_clock_offset(exchange, &offset) && offset == -1000);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(genuine_receipt_settles),
        TEST(what_is_gone_counts_as_acknowledged),
        TEST(anything_else_changes_nothing),
        TEST(statuses_mean_what_they_mean),
        TEST(clock_is_measured_by_the_last_receipt),
        TEST(bundle_keeps_to_the_limit_and_leaves_out_what_is_aside),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
