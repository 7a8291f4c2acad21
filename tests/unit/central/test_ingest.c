/*
 * R1 durable and R2 once at the server: sign-ups in any order, split into any bundles, sent again
 * any number of times, take effect exactly once; what is not ours leaves nothing behind.
 */
#include "fixture.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "sync/central/ingest.h"

enum { SIGNUPS = 40, ROUNDS = 40, GARBAGE = 3000, THREADS = 8, EACH = 12 };

static struct fixture f;
static struct receipt receipt;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_finish(&f);
    return 0;
}

static int64_t count(const char *what)
{
    char sql[256];
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static struct envelope *make(int kiosk, const struct patient *patient)
{
    struct envelope *e = calloc(1, sizeof *e);

    assert_non_null(e);
    fixture_sign_up(&f, kiosk, patient, e);
    return e;
}

static enum receipt_outcome send_one(int kiosk, const struct envelope *e)
{
    assert_int_equal(fixture_exchange(&f, kiosk, &e, 1, &receipt), 200);
    assert_int_equal(receipt.entry_count, 1);
    assert_true(id_equal(&receipt.entries[0].record, &e->header.record));
    return receipt.entries[0].outcome;
}

static void test_any_order(void **state)
{
    struct envelope *all[SIGNUPS];
    bool sent[SIGNUPS] = {false};
    uint64_t seed = env_random_below(&env_system, UINT32_MAX);
    unsigned int dice = (unsigned int)seed;

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < SIGNUPS; i++)
        all[i] = make(ELM, &fixture_grace);
    for (int round = 0; round < ROUNDS; round++) {
        const struct envelope *some[SIGNUPS];
        int which[SIGNUPS];
        uint32_t n = 0;
        bool last = round == ROUNDS - 1;
        for (int i = 0; i < SIGNUPS; i++) {
            if (last || rand_r(&dice) % 8 == 0)
                which[n++] = i;
        }
        for (uint32_t i = n; i > 1; i--) {
            uint32_t j = (uint32_t)rand_r(&dice) % i;
            int swap = which[i - 1];
            which[i - 1] = which[j];
            which[j] = swap;
        }
        for (uint32_t i = 0; i < n; i++)
            some[i] = all[which[i]];
        assert_int_equal(fixture_exchange(&f, ELM, some, n, &receipt), 200);
        for (uint32_t i = 0; i < n; i++) {
            assert_int_equal(receipt.entries[i].outcome,
                             sent[which[i]] ? RECEIPT_DUPLICATE : RECEIPT_ACCEPTED);
            sent[which[i]] = true;
        }
        if (round % 10 == 9)
            fixture_reopen(&f);
        uint64_t missing = 0;
        int unsent = 0;
        for (uint32_t i = 0; i < receipt.missing_count; i++)
            missing += receipt.missing[i].last - receipt.missing[i].first + 1;
        for (int i = 0; i < SIGNUPS; i++)
            unsent += !sent[i];
        assert_int_equal(missing, unsent);
    }
    assert_int_equal(count("signup"), SIGNUPS);
    assert_int_equal(count("inbox"), SIGNUPS);
    assert_int_equal(count("seq_run"), 1);
    assert_int_equal(count("audit WHERE action = 'received'"), SIGNUPS);
    for (int i = 0; i < SIGNUPS; i++)
        free(all[i]);
}

static void test_conflict(void **state)
{
    struct envelope *first = make(ELM, &fixture_grace);
    struct envelope *other = make(ELM, &fixture_grace);

    (void)state;
    /* The same name, other bytes: sealed anew. */
    struct envelope *twin = calloc(1, sizeof *twin);
    assert_non_null(twin);
    twin->header.record = first->header.record;
    fixture_seal(&f, ELM, STR_LITERAL("{}"), twin);
    assert_int_equal(send_one(ELM, first), RECEIPT_ACCEPTED);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(send_one(ELM, twin), RECEIPT_CONFLICT);
        assert_string_equal(receipt.entries[0].code, "conflict");
    }
    assert_int_equal(send_one(ELM, first), RECEIPT_DUPLICATE);
    assert_int_equal(send_one(ELM, other), RECEIPT_ACCEPTED);
    assert_int_equal(count("conflict"), 1);
    assert_int_equal(count("signup"), 2);
    assert_int_equal(count("audit WHERE action = 'conflict'"), 1);
    free(first);
    free(other);
    free(twin);
}

static void test_withdrawn_is_gone(void **state)
{
    struct envelope *e = make(ELM, &fixture_grace);
    char path[80];
    char id[ID_TEXT + 1];

    (void)state;
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    id_text(&e->header.record, id);
    snprintf(path, sizeof path, "/api/signups/%s/status", id);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 200);
    assert_int_equal(send_one(ELM, e), RECEIPT_GONE);
    assert_int_equal(count("inbox WHERE sealed IS NULL"), 1);
    assert_int_equal(count("signup WHERE status = 'withdrawn'"), 1);
    free(e);
}

/* How many pieces of the sealed bytes stand in a file of the store. */
static int pieces_in(const struct envelope *e, const char *ending)
{
    enum { PIECE = 48, EVERY = 256 };
    char path[128];
    char *bytes = NULL;
    size_t size = 0;
    int found = 0;

    snprintf(path, sizeof path, "%s%s", f.path, ending);
    if (file_read(path, (size_t)64 * 1024 * 1024, &bytes, &size) != ERR_OK)
        return 0;
    for (size_t piece = 0; piece + PIECE <= sizeof e->sealed; piece += EVERY) {
        const char *at = size >= PIECE ? bytes : NULL;
        const char *end = bytes + size;
        while (at != NULL && memcmp(at, e->sealed + piece, PIECE) != 0)
            at = end - at > PIECE ? memchr(at + 1, e->sealed[piece], (size_t)(end - at) - PIECE)
                                  : NULL;
        found += at != NULL;
    }
    free(bytes);
    return found;
}

/* The tombstone is true: neither the file nor its log holds a piece of what was withdrawn. */
static void test_withdrawn_leaves_the_disk(void **state)
{
    struct envelope *e = make(ELM, &fixture_grace);
    char path[80];
    char id[ID_TEXT + 1];

    (void)state;
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    assert_true(pieces_in(e, "-wal") > 10);
    fixture_reopen(&f);
    assert_true(pieces_in(e, "") > 10);
    id_text(&e->header.record, id);
    snprintf(path, sizeof path, "/api/signups/%s/status", id);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 200);
    assert_int_equal(pieces_in(e, ""), 0);
    assert_int_equal(pieces_in(e, "-wal"), 0);
    free(e);
}

/* A store out of a backup is another server for the kiosks, from then on, and the log tells it. */
static void test_restored(void **state)
{
    struct id renewed;
    struct id stored;
    int64_t n = 0;

    (void)state;
    assert_int_equal(f.repo->verbs->restored(f.repo, f.now_ms, &renewed), ERR_OK);
    assert_false(id_equal(&renewed, &f.api.incarnation));
    fixture_reopen(&f);
    assert_int_equal(f.repo->verbs->incarnation(f.repo, &stored), ERR_OK);
    assert_true(id_equal(&renewed, &stored));
    assert_int_equal(f.repo->verbs->audit_check(f.repo, &n), ERR_OK);
}

/* Somebody reads meanwhile: nobody waits for them, and the next commit after them empties the log.
 */
static void test_withdrawn_while_reading(void **state)
{
    struct envelope *e = make(ELM, &fixture_grace);
    struct db *reader = NULL;
    char path[80];
    char id[ID_TEXT + 1];

    (void)state;
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    assert_int_equal(sqlite_read_begin(f.repo, &reader), ERR_OK);
    assert_int_equal(db_step(db_use(reader, SQL_INCARNATION)), ERR_OK);
    id_text(&e->header.record, id);
    snprintf(path, sizeof path, "/api/signups/%s/status", id);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 200);
    assert_true(pieces_in(e, "-wal") > 10);
    db_done(db_use(reader, SQL_INCARNATION));
    sqlite_read_end(f.repo, reader);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{}"), 200);
    assert_int_equal(pieces_in(e, ""), 0);
    assert_int_equal(pieces_in(e, "-wal"), 0);
    free(e);
}

/* A confirmed sign-up that the server can't make sense of is kept, and people are told. */
static void test_unreadable(void **state)
{
    struct envelope *e = calloc(1, sizeof *e);

    (void)state;
    assert_non_null(e);
    fixture_seal(&f, ELM, STR_LITERAL("this is no record"), e);
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    assert_int_equal(count("signup WHERE folder = 'needs_attention'"), 1);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search",
                                  "{\"status\":\"needs_attention\"}"),
                     200);
    assert_non_null(strstr(f.response.body, "can't be read"));
    free(e);
}

/* The checks run again: a live number at a demo kiosk is taken and flagged. */
static void test_checked_again(void **state)
{
    struct patient p = fixture_grace;

    (void)state;
    p.nhs_number = "9434765919"; /* its check digit fits; demo kiosks take it */
    fixture_receive(&f, ELM, &p);
    assert_int_equal(count("signup WHERE attention = ''"), 1);
    p.nhs_number = "4010232137"; /* an often printed example of the live range */
    fixture_receive(&f, ELM, &p);
    p.nhs_number = "9990000019"; /* the check digit does not fit */
    fixture_receive(&f, ELM, &p);
    assert_int_equal(count("signup WHERE attention LIKE 'Check \"NHS number\"%'"), 2);
    p.birth_date = "2044-01-01"; /* and a second one: both are said */
    fixture_receive(&f, ELM, &p);
    assert_int_equal(count("signup WHERE attention LIKE 'Check \"NHS number\"%' || char(10) || '%'"
                           " OR attention LIKE '%' || char(10) || 'Check \"NHS number\"%'"),
                     1);
    assert_int_equal(count("signup"), 4);
}

/* Sealed to a key that the server has not: kept, rejected with words, readable once the key is. */
static void test_wrong_key(void **state)
{
    struct server_keys right = f.keys;
    struct envelope *e;
    uint64_t read = 0;

    (void)state;
    seal_pair_make(&f.keys.seal);
    e = make(ELM, &fixture_grace);
    struct server_keys other = f.keys;
    f.keys = right;
    assert_int_equal(send_one(ELM, e), RECEIPT_REJECTED);
    assert_string_equal(receipt.entries[0].code, "cannot-open");
    assert_true(receipt.entries[0].words[0] != '\0');
    assert_int_equal(send_one(ELM, e), RECEIPT_REJECTED);
    assert_int_equal(count("inbox WHERE outcome = 'rejected' AND sealed IS NOT NULL"), 1);
    /* It is in no worklist, so the kiosk's proof tells of it. */
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    assert_non_null(strstr(f.response.body, "\"needs_attention\":1,\"unread\":1,"));
    assert_int_equal(ingest_read_again(&f.api, &read), ERR_OK);
    assert_int_equal(read, 0);
    f.keys.seal = other.seal;
    assert_int_equal(ingest_read_again(&f.api, &read), ERR_OK);
    assert_int_equal(read, 1);
    assert_int_equal(count("signup"), 1);
    assert_int_equal(send_one(ELM, e), RECEIPT_DUPLICATE);
    free(e);
}

/* A form the server does not know yet: deferred, and read when it does. */
static void test_newer_form(void **state)
{
    struct forms known = f.forms;
    struct envelope *e = make(ELM, &fixture_grace);
    uint64_t read = 0;

    (void)state;
    f.forms = (struct forms){0};
    assert_int_equal(send_one(ELM, e), RECEIPT_DEFERRED);
    assert_int_equal(send_one(ELM, e), RECEIPT_DEFERRED);
    assert_int_equal(count("signup"), 0);
    f.forms = known;
    assert_int_equal(ingest_read_again(&f.api, &read), ERR_OK);
    assert_int_equal(read, 1);
    assert_int_equal(count("signup WHERE given_name = 'Grace'"), 1);
    assert_int_equal(send_one(ELM, e), RECEIPT_DUPLICATE);
    free(e);
}

static void test_strangers(void **state)
{
    struct test_kiosk own = f.kiosks[ELM];
    struct envelope *e = make(ELM, &fixture_grace);
    const struct envelope *one = e;

    (void)state;
    sign_key_make(&f.kiosks[ELM].key); /* claims to be the kiosk, signs with another key */
    assert_int_equal(fixture_exchange(&f, ELM, &one, 1, &receipt), 403);
    assert_non_null(strstr(f.response.body, "signature"));
    f.kiosks[ELM].key = own.key;
    f.kiosks[ELM].row.id = id_make(&env_system);
    assert_int_equal(fixture_exchange(&f, ELM, NULL, 0, &receipt), 403);
    assert_non_null(strstr(f.response.body, "unknown-kiosk"));
    f.kiosks[ELM].row.id = own.row.id;
    assert_int_equal(f.repo->verbs->kiosk_revoke(f.repo, &own.row.id, f.now_ms), ERR_OK);
    assert_int_equal(fixture_exchange(&f, ELM, &one, 1, &receipt), 403);
    assert_non_null(strstr(f.response.body, "revoked-kiosk"));
    assert_int_equal(count("inbox"), 0);
    assert_int_equal(count("kiosk WHERE last_contact IS NOT NULL"), 0);
    free(e);
}

/* The largest number that can be: counting on from it would leave the integers. */
static void test_largest_number(void **state)
{
    struct envelope *e;

    (void)state;
    f.kiosks[ELM].made = SEQ_MAX - 1;
    e = make(ELM, &fixture_grace);
    assert_int_equal(e->seq, SEQ_MAX);
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    assert_int_equal(receipt.missing_count, 1);
    assert_int_equal(receipt.missing[0].first, 1);
    assert_int_equal(receipt.missing[0].last, SEQ_MAX - 1);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    free(e);
}

/* Bundles with a byte changed, cut or doubled: never a receipt, never a row. */
static void test_garbage(void **state)
{
    struct envelope *e = make(ELM, &fixture_grace);
    const struct envelope *one = e;
    char *good = malloc(FIXTURE_BUNDLE);
    char *bad = malloc(FIXTURE_BUNDLE);
    struct receipt_expected expected;
    uint64_t seed = env_random_below(&env_system, UINT32_MAX);
    unsigned int dice = (unsigned int)seed;

    (void)state;
    assert_non_null(good);
    assert_non_null(bad);
    print_message("seed %llu\n", (unsigned long long)seed);
    struct str bundle = fixture_bundle(&f, ELM, &one, 1, good, &expected);
    for (int i = 0; i < GARBAGE; i++) {
        size_t at = (size_t)rand_r(&dice) % bundle.len;
        struct str changed = {bad, bundle.len};
        memcpy(bad, bundle.at, bundle.len);
        if (i % 3 == 0)
            bad[at] = (char)(bad[at] ^ (1 + rand_r(&dice) % 255));
        else if (i % 3 == 1)
            changed.len = at;
        else
            memmove(bad + at, bad + at / 2, bundle.len - at);
        if (changed.len == bundle.len && memcmp(bad, bundle.at, bundle.len) == 0)
            continue;
        struct request request = {.listener = LISTENER_DEVICE,
                                  .method = STR_LITERAL("POST"),
                                  .path = STR_LITERAL("/v1/exchange"),
                                  .body = changed};
        assert_in_range(fixture_send(&f, &request), 400, 422);
    }
    assert_int_equal(count("inbox"), 0);
    assert_int_equal(send_one(ELM, e), RECEIPT_ACCEPTED);
    free(bad);
    free(good);
    free(e);
}

/* Many kiosks' threads at once, each sign-up from two of them: exactly one is the first. */
struct sender {
    pthread_t thread;
    struct str bundles[EACH];
    struct receipt_expected expected[EACH];
    int accepted;
    int failed;
};

static void *send_all(void *context)
{
    struct sender *s = context;
    struct receipt *r = malloc(sizeof *r);

    for (int i = 0; i < EACH; i++) {
        struct refusal refusal = {0};
        struct response response;
        struct request request = {.listener = LISTENER_DEVICE,
                                  .method = STR_LITERAL("POST"),
                                  .path = STR_LITERAL("/v1/exchange"),
                                  .body = s->bundles[i]};
        api_handle(&f.api, &request, &response);
        if (r == NULL || response.status != 200 ||
            receipt_decode((struct str){response.body, response.body_bytes}, f.keys.sign.public_key,
                           &s->expected[i], r, &refusal) != ERR_OK)
            s->failed++;
        else
            s->accepted += r->entries[0].outcome == RECEIPT_ACCEPTED;
        response_finish(&response);
    }
    free(r);
    return NULL;
}

static void test_threads(void **state)
{
    static struct sender senders[THREADS];
    int accepted = 0;

    (void)state;
    memset(senders, 0, sizeof senders);
    for (int t = 0; t < THREADS; t += 2) {
        for (int i = 0; i < EACH; i++) {
            struct envelope *e = make(t % 4 == 0 ? ELM : OAK, &fixture_grace);
            const struct envelope *one = e;
            for (int twin = 0; twin < 2; twin++) {
                char *memory = malloc(FIXTURE_BUNDLE);
                assert_non_null(memory);
                senders[t + twin].bundles[i] = fixture_bundle(
                    &f, t % 4 == 0 ? ELM : OAK, &one, 1, memory, &senders[t + twin].expected[i]);
            }
            free(e);
        }
    }
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&senders[t].thread, NULL, send_all, &senders[t]), 0);
    for (int t = 0; t < THREADS; t++) {
        pthread_join(senders[t].thread, NULL);
        assert_int_equal(senders[t].failed, 0);
        accepted += senders[t].accepted;
        for (int i = 0; i < EACH; i++)
            free((void *)(uintptr_t)senders[t].bundles[i].at);
    }
    assert_int_equal(accepted, THREADS / 2 * EACH);
    assert_int_equal(count("signup"), THREADS / 2 * EACH);
    int64_t n = 0;
    assert_int_equal(f.repo->verbs->audit_check(f.repo, &n), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_withdrawn_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_withdrawn_leaves_the_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_withdrawn_while_reading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_checked_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_newer_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_strangers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_largest_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_garbage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_threads, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("central_ingest", tests, NULL, NULL);
}
