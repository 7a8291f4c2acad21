/* When help-sync exchanges: months of virtual time, every kind of answer. */
#include "sync/agent/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static int64_t now_ms;
static uint64_t dice; /* how often they were thrown */

static int64_t clock_ms(void *context)
{
    (void)context;
    return now_ms;
}

static void roll(void *context, void *out, size_t size)
{
    static uint64_t state = 88172645463325252u;

    (void)context;
    assert_int_equal(size, sizeof state);
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    memcpy(out, &state, sizeof state);
    dice++;
}

static const struct env env = {NULL, clock_ms, clock_ms, roll};
static struct engine engine;

static void start(void)
{
    now_ms = 1000000;
    engine_init(&engine, &env, true);
}

/* Waits until the exchange is due and ends it with this outcome. */
static int64_t pass(struct engine_outcome outcome)
{
    int64_t wait = engine_wait_ms(&engine);

    assert_true(wait >= 0);
    now_ms += wait;
    engine_begin(&engine);
    assert_int_equal(engine_wait_ms(&engine), -1);
    engine_end(&engine, &outcome);
    return wait;
}

static void not_enrolled_never_exchanges(void **state)
{
    (void)state;
    engine_init(&engine, &env, false);
    engine_send_now(&engine);
    engine_saved(&engine);
    assert_int_equal(engine_wait_ms(&engine), -1);
}

static void first_exchange_comes_soon_and_then_the_heartbeat(void **state)
{
    (void)state;
    start();
    assert_true(pass((struct engine_outcome){.result = ENGINE_GOOD}) < 1000);
    for (int i = 0; i < 100; i++) {
        int64_t wait = pass((struct engine_outcome){.result = ENGINE_GOOD});
        assert_in_range(wait, ENGINE_HEARTBEAT_MS, ENGINE_HEARTBEAT_MS + ENGINE_HEARTBEAT_MS / 10);
    }
    assert_true(engine_connected(&engine));
    /* The server may ask for another rhythm. */
    (void)pass((struct engine_outcome){.result = ENGINE_GOOD, .next_after_ms = 60000});
    assert_in_range(pass((struct engine_outcome){.result = ENGINE_GOOD}), 60000, 66000);
}

static void save_and_person_wake_it(void **state)
{
    (void)state;
    start();
    (void)pass((struct engine_outcome){.result = ENGINE_GOOD});
    engine_saved(&engine);
    assert_int_equal(engine_wait_ms(&engine), ENGINE_GATHER_MS);
    engine_send_now(&engine);
    assert_int_equal(engine_wait_ms(&engine), 0);
    /* Wanted while one runs: the next follows at once. */
    engine_begin(&engine);
    engine_saved(&engine);
    engine_end(&engine, &(struct engine_outcome){.result = ENGINE_GOOD});
    assert_int_equal(engine_wait_ms(&engine), 0);
}

static void full_bundles_follow_each_other(void **state)
{
    (void)state;
    start();
    (void)pass((struct engine_outcome){
        .result = ENGINE_GOOD, .sent = 100, .settled = 100, .waiting = 900});
    assert_int_equal(engine_wait_ms(&engine), 0);
}

static void failures_wait_longer_and_never_give_up(void **state)
{
    int64_t longest = 0;

    (void)state;
    start();
    for (int n = 0; n < 5000; n++) {
        struct engine_outcome bad = {.result = n % 2 ? ENGINE_NO_NETWORK : ENGINE_STRANGER,
                                     .waiting = 4};
        int64_t most = ENGINE_BACKOFF_FIRST_MS << (n < 10 ? n : 10);
        int64_t wait;
        (void)pass(bad);
        wait = engine_wait_ms(&engine);
        if (most > ENGINE_BACKOFF_MOST_MS)
            most = ENGINE_BACKOFF_MOST_MS;
        assert_in_range(wait, 0, most);
        longest = wait > longest ? wait : longest;
        assert_false(engine_connected(&engine));
    }
    /* Full jitter fills its range. */
    assert_true(longest > ENGINE_BACKOFF_MOST_MS * 9 / 10);
    (void)pass((struct engine_outcome){.result = ENGINE_GOOD});
    assert_true(engine_connected(&engine));
    (void)pass((struct engine_outcome){.result = ENGINE_NO_NETWORK});
    assert_in_range(engine_wait_ms(&engine), 0, ENGINE_BACKOFF_FIRST_MS);
}

static void server_that_asks_for_quiet_gets_it(void **state)
{
    (void)state;
    start();
    (void)pass((struct engine_outcome){.result = ENGINE_TROUBLE, .retry_after_ms = 120000});
    assert_in_range(engine_wait_ms(&engine), 120000, 132000);
    engine_saved(&engine);
    assert_in_range(engine_wait_ms(&engine), 120000, 132000);
    engine_send_now(&engine);
    assert_int_equal(engine_wait_ms(&engine), 0);
    /* But not for ever. */
    (void)pass((struct engine_outcome){.result = ENGINE_TROUBLE, .retry_after_ms = INT64_MAX / 2});
    assert_in_range(engine_wait_ms(&engine), 0, ENGINE_RETRY_AFTER_MAX_MS * 11 / 10);
}

/*
 * 100 records wait, of which the server can't bear the one with seq `bad`. The others all arrive.
 */
static void one_bad_record_never_blocks_another(void **state)
{
    (void)state;
    for (uint64_t bad = 1; bad <= 100; bad++) {
        bool there[101] = {false};
        unsigned left = 100;
        int exchanges = 0;

        start();
        while (left > 1 && exchanges < 200) {
            struct engine_outcome o = {.result = ENGINE_GOOD};
            uint64_t seqs[LIMIT_BUNDLE_RECORDS];
            now_ms += engine_wait_ms(&engine);
            engine_begin(&engine);
            for (uint64_t seq = 1; seq <= 100 && o.sent < engine.limit; seq++) {
                if (!there[seq] && !engine_is_aside(&engine, seq))
                    seqs[o.sent++] = seq;
            }
            for (uint32_t i = 0; i < o.sent; i++) {
                if (seqs[i] == bad)
                    o.result = ENGINE_BAD_BUNDLE;
            }
            o.only_seq = seqs[0];
            for (uint32_t i = 0; o.result == ENGINE_GOOD && i < o.sent; i++) {
                there[seqs[i]] = true;
                o.settled++;
                left--;
            }
            o.waiting = left;
            engine_end(&engine, &o);
            exchanges++;
        }
        assert_int_equal(left, 1);
        assert_true(exchanges < 30);
    }
}

/* So that staff see it, and not one moment in two. */
static void what_is_aside_stays_so_until_its_next_chance(void **state)
{
    (void)state;
    const struct engine_outcome refused = {
        .result = ENGINE_BAD_BUNDLE, .sent = 1, .only_seq = 7, .waiting = 1};
    const struct engine_outcome heartbeat = {.result = ENGINE_GOOD, .waiting = 1};

    start();
    (void)pass(refused);
    for (int i = 0; i < 5; i++) {
        assert_true(engine_is_aside(&engine, 7));
        (void)pass(heartbeat);
        assert_false(engine_is_aside(&engine, 7)); /* its chance */
        assert_int_equal(engine_wait_ms(&engine), 0);
        (void)pass(refused);
        (void)pass(heartbeat);
        assert_true(engine_is_aside(&engine, 7));
        assert_true(engine_wait_ms(&engine) >= ENGINE_HEARTBEAT_MS);
    }
}

static void server_that_refuses_everything_is_not_hammered(void **state)
{
    int64_t began;

    (void)state;
    start();
    began = now_ms;
    for (int i = 0; i < 60; i++)
        (void)pass((struct engine_outcome){
            .result = ENGINE_BAD_BUNDLE, .sent = 1, .only_seq = (uint64_t)i + 1, .waiting = 100});
    assert_true(now_ms - began > 3600 * 1000);
    /* A heartbeat that works gives what was put aside another chance. */
    assert_true(engine_is_aside(&engine, 1));
    (void)pass((struct engine_outcome){.result = ENGINE_GOOD, .waiting = 100});
    assert_false(engine_is_aside(&engine, 1));
    assert_int_equal(engine_wait_ms(&engine), 0);
}

static void server_that_settles_nothing_is_not_hammered(void **state)
{
    (void)state;
    int64_t began;

    start();
    began = now_ms;
    for (int i = 0; i < 50; i++)
        (void)pass((struct engine_outcome){.result = ENGINE_GOOD, .sent = 3, .waiting = 3});
    assert_true(now_ms - began > 3600 * 1000);
}

/* Something waits that storage does not give out: nothing is gained by haste. */
static void what_waits_and_can_not_be_sent_makes_no_haste(void **state)
{
    (void)state;
    int64_t began;

    start();
    began = now_ms;
    for (int i = 0; i < 50; i++)
        (void)pass((struct engine_outcome){.result = ENGINE_GOOD, .waiting = 1});
    assert_true(now_ms - began > 40 * ENGINE_HEARTBEAT_MS);
    /* And what can be sent goes at once again. */
    (void)pass(
        (struct engine_outcome){.result = ENGINE_GOOD, .sent = 1, .settled = 1, .waiting = 1});
    assert_int_equal(engine_wait_ms(&engine), 0);
}

static void contact_says_what_happened(void **state)
{
    (void)state;
    start();
    assert_int_equal(engine.contact, CONTACT_NEVER);
    (void)pass((struct engine_outcome){.result = ENGINE_NO_NETWORK});
    assert_int_equal(engine.contact, CONTACT_NO_NETWORK);
    (void)pass((struct engine_outcome){.result = ENGINE_STRANGER});
    assert_int_equal(engine.contact, CONTACT_STRANGER);
    (void)pass((struct engine_outcome){.result = ENGINE_CLOCK});
    assert_int_equal(engine.contact, CONTACT_CLOCK);
    (void)pass((struct engine_outcome){.result = ENGINE_NOT_TAKEN});
    assert_int_equal(engine.contact, CONTACT_REFUSED);
    (void)pass((struct engine_outcome){.result = ENGINE_TROUBLE});
    assert_int_equal(engine.contact, CONTACT_TROUBLE);
    (void)pass((struct engine_outcome){.result = ENGINE_GOOD});
    assert_int_equal(engine.contact, CONTACT_GOOD);
    /* Good, but long ago (the machine slept). */
    now_ms += 3 * ENGINE_HEARTBEAT_MS;
    assert_false(engine_connected(&engine));
    assert_true(dice > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_enrolled_never_exchanges),
        cmocka_unit_test(first_exchange_comes_soon_and_then_the_heartbeat),
        cmocka_unit_test(save_and_person_wake_it),
        cmocka_unit_test(full_bundles_follow_each_other),
        cmocka_unit_test(failures_wait_longer_and_never_give_up),
        cmocka_unit_test(server_that_asks_for_quiet_gets_it),
        cmocka_unit_test(one_bad_record_never_blocks_another),
        cmocka_unit_test(what_is_aside_stays_so_until_its_next_chance),
        cmocka_unit_test(server_that_refuses_everything_is_not_hammered),
        cmocka_unit_test(server_that_settles_nothing_is_not_hammered),
        cmocka_unit_test(what_waits_and_can_not_be_sent_makes_no_haste),
        cmocka_unit_test(contact_says_what_happened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
