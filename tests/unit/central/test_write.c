/*
 * How pieces of writing share a transaction: each is in it once, one that is refused or fails
 * spoils nothing for the others, and what the store itself failed at is not tried again.
 */
#include "fixture.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

static struct fixture f;

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

/* ---- pieces that wait for each other --------------------------------------------------- */

/* The first piece holds the writer until all the others wait behind it. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool holding;
    bool go_on;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false};

struct piece {
    pthread_t thread;
    write_fn fn;
    const char *code; /* of the practice that it adds */
    enum err fails;   /* returned after the change */
    int runs;
    enum err result;
};

static enum err hold(struct db *db, void *context)
{
    (void)db;
    (void)context;
    pthread_mutex_lock(&gate.lock);
    gate.holding = true;
    pthread_cond_broadcast(&gate.changed);
    while (!gate.go_on)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    return ERR_OK;
}

/* A change, and then what the piece says of it. */
static enum err add(struct db *db, void *context)
{
    struct piece *piece = context;
    sqlite3_stmt *s = db_use(db, SQL_PRACTICE_ADD);

    piece->runs++;
    bind_text(s, ":code", str_of(piece->code));
    bind_text(s, ":name", str_of(piece->code));
    bind_int(s, ":now", f.now_ms);
    enum err e = db_run(s);
    return e != ERR_OK ? e : piece->fails;
}

/* What SQLite does by itself on some errors: the whole transaction is gone. */
static enum err roll_back(struct db *db, void *context)
{
    struct piece *piece = context;

    piece->runs++;
    assert_int_equal(sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    return piece->fails;
}

static void *write_piece(void *context)
{
    struct piece *piece = context;

    piece->result = sqlite_write(f.repo, piece->fn, piece);
    return NULL;
}

static struct write_job *last_waiting(void)
{
    struct sqlite_repo *r = (struct sqlite_repo *)f.repo;

    pthread_mutex_lock(&r->lock);
    struct write_job *last = r->last;
    pthread_mutex_unlock(&r->lock);
    return last;
}

/* Runs the pieces as one group, in this order. */
static void write_together(struct piece *pieces, size_t count)
{
    struct piece first = {.fn = hold};

    gate.holding = gate.go_on = false;
    assert_int_equal(pthread_create(&first.thread, NULL, write_piece, &first), 0);
    pthread_mutex_lock(&gate.lock);
    while (!gate.holding)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    for (size_t i = 0; i < count; i++) {
        struct write_job *before = last_waiting();
        assert_int_equal(pthread_create(&pieces[i].thread, NULL, write_piece, &pieces[i]), 0);
        while (last_waiting() == before)
            sched_yield();
    }
    pthread_mutex_lock(&gate.lock);
    gate.go_on = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
    pthread_join(first.thread, NULL);
    for (size_t i = 0; i < count; i++)
        pthread_join(pieces[i].thread, NULL);
    assert_int_equal(first.result, ERR_OK);
}

static bool is_there(const char *code)
{
    struct practice practice;

    return f.repo->verbs->practice_find(f.repo, code, &practice) == ERR_OK;
}

static void test_all_well(void **state)
{
    struct piece pieces[] = {{.fn = add, .code = "A1"}, {.fn = add, .code = "A2"}};

    (void)state;
    write_together(pieces, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pieces[i].result, ERR_OK);
        assert_int_equal(pieces[i].runs, 1);
        assert_true(is_there(pieces[i].code));
    }
}

/* Refused before it changed a row: the others need not even run again. */
static void test_refused(void **state)
{
    struct piece pieces[] = {
        {.fn = add, .code = "A1"}, {.fn = add, .code = "A1"}, {.fn = add, .code = "A2"}};

    (void)state;
    write_together(pieces, 3);
    assert_int_equal(pieces[0].result, ERR_OK);
    assert_int_equal(pieces[1].result, ERR_EXISTS);
    assert_int_equal(pieces[2].result, ERR_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pieces[i].runs, 1);
    assert_true(is_there("A1") && is_there("A2"));
}

/* Fails after it changed rows: its change is undone, and everyone else's is made. */
static void test_spoilt(void **state)
{
    struct piece pieces[] = {{.fn = add, .code = "A1"},
                             {.fn = add, .code = "A2", .fails = ERR_REFUSED},
                             {.fn = add, .code = "A1"},
                             {.fn = add, .code = "A3"}};

    (void)state;
    write_together(pieces, 4);
    assert_int_equal(pieces[0].result, ERR_OK);
    assert_int_equal(pieces[1].result, ERR_REFUSED);
    assert_int_equal(pieces[2].result, ERR_EXISTS);
    assert_int_equal(pieces[3].result, ERR_OK);
    assert_int_equal(pieces[0].runs, 2);
    assert_int_equal(pieces[3].runs, 1); /* the group ended before its turn */
    assert_true(is_there("A1") && is_there("A3"));
    assert_false(is_there("A2"));
}

/* Alone, a piece that fails is not run again. */
static void test_spoilt_alone(void **state)
{
    struct piece piece = {.fn = add, .code = "A1", .fails = ERR_REFUSED};

    (void)state;
    write_together(&piece, 1);
    assert_int_equal(piece.result, ERR_REFUSED);
    assert_int_equal(piece.runs, 1);
    assert_false(is_there("A1"));
}

/* The transaction vanished under a piece: those before it are not thought to be stored. */
static void test_rolled_back(void **state)
{
    struct piece pieces[] = {{.fn = add, .code = "A1"},
                             {.fn = roll_back, .fails = ERR_FORMAT},
                             {.fn = add, .code = "A2"}};

    (void)state;
    write_together(pieces, 3);
    assert_int_equal(pieces[0].result, ERR_OK);
    assert_int_equal(pieces[1].result, ERR_FORMAT);
    assert_int_equal(pieces[2].result, ERR_OK);
    assert_true(is_there("A1") && is_there("A2"));
}

/* The store failed: all of them are told, nothing is stored, and nothing is tried in place. */
static void test_store_failed(void **state)
{
    static const enum err failures[] = {ERR_IO, ERR_FULL, ERR_READ_ONLY, ERR_MEMORY};

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        struct piece pieces[] = {{.fn = add, .code = "A1"},
                                 {.fn = add, .code = "A1"},
                                 {.fn = add, .code = "A2", .fails = failures[i]},
                                 {.fn = add, .code = "A3"}};
        write_together(pieces, 4);
        for (int j = 0; j < 4; j++) {
            assert_int_equal(pieces[j].result, failures[i]);
            assert_int_equal(pieces[j].runs, j < 3);
        }
        assert_false(is_there("A1") || is_there("A2") || is_there("A3"));
    }
}

/* A bundle whose last record fails in the middle takes none of its records with it. */
static void test_bundle_undone(void **state)
{
    struct envelope *one = calloc(2, sizeof *one);
    const struct envelope *both[] = {&one[0], &one[1]};
    struct receipt receipt;
    sqlite3 *db = NULL;

    (void)state;
    assert_non_null(one);
    fixture_sign_up(&f, ELM, &fixture_grace, &one[0]);
    fixture_sign_up(&f, ELM, &fixture_grace, &one[1]);
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TRIGGER spoil BEFORE INSERT ON audit WHEN new.action = "
                                  "'received' AND (SELECT count(*) FROM signup) = 2 BEGIN "
                                  "SELECT RAISE(ABORT, 'spoilt'); END",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(fixture_exchange(&f, ELM, both, 2, &receipt), 503);
    assert_int_equal(sqlite3_exec(db, "DROP TRIGGER spoil", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(
        fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{\"q\":\"grace\"}"), 200);
    assert_int_equal(json_integer_value(json_object_get(f.json, "total")), 0);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{}"), 200);
    assert_int_equal(json_integer_value(json_object_get(f.json, "total")), 0);
    assert_int_equal(fixture_exchange(&f, ELM, both, 2, &receipt), 200);
    for (int i = 0; i < 2; i++)
        assert_int_equal(receipt.entries[i].outcome, RECEIPT_ACCEPTED);
    assert_int_equal(receipt.missing_count, 0);
    assert_int_equal(
        fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{\"q\":\"grace\"}"), 200);
    assert_int_equal(json_integer_value(json_object_get(f.json, "total")), 2);
    free(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_well, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spoilt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spoilt_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rolled_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_store_failed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bundle_undone, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("central_write", tests, NULL, NULL);
}
