/* Records in the outbox: stored once, numbered without a gap, changed by their own receipts only.
 */
#include "fixture.h"

#include <sqlite3.h>

static enum outbox_state state_of(uint32_t n)
{
    struct seal_header h = fixture_header(n);
    enum outbox_state s;

    assert_int_equal(outbox_find(outbox, &h.record, &s), ERR_OK);
    return s;
}

static struct receipt *receipt_of(unsigned char incarnation)
{
    static struct receipt r;

    memset(&r, 0, sizeof r);
    memset(r.incarnation.bytes, incarnation, ID_BYTES);
    return &r;
}

static void name(struct receipt *r, uint32_t n, enum receipt_outcome outcome)
{
    struct receipt_entry *entry = &r->entries[r->entry_count++];

    entry->record = fixture_header(n).record;
    entry->outcome = outcome;
    if (outcome == RECEIPT_REJECTED || outcome == RECEIPT_CONFLICT) {
        strcpy(entry->code, "not-opened");
        strcpy(entry->words, "It does not open.");
    }
}

static void append_is_idempotent(void **state)
{
    (void)state;
    static unsigned char sealed[SEALED_BYTES];
    struct seal_header h = fixture_header(1);
    uint64_t first = 0;
    uint64_t again = 0;

    assert_int_equal(outbox_append(outbox, &h, sealed, false, &first), ERR_OK);
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &again), ERR_OK);
    assert_true(first == 1 && again == 1);
    sealed[0] ^= 1;
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &again), ERR_EXISTS);
    fixture_reopen();
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &again), ERR_EXISTS);
    sealed[0] ^= 1;
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &again), ERR_OK);
    assert_true(outbox_counts(outbox).made == 2 && outbox_counts(outbox).waiting == 2);
}

static void waiting_records_come_in_order_with_their_bytes(void **state)
{
    (void)state;
    static struct envelope e;
    uint64_t after = 0;

    for (uint32_t n = 1; n <= 20; n++)
        assert_int_equal(fixture_append(n, (unsigned char)n), ERR_OK);
    fixture_reopen();
    for (uint32_t n = 1; n <= 20; n++) {
        struct seal_header h = fixture_header(n);
        unsigned char sha256[SHA256_BYTES];
        assert_int_equal(outbox_next_waiting(outbox, after, &e), ERR_OK);
        assert_true(e.seq == n);
        assert_memory_equal(&e.header, &h, sizeof h);
        assert_int_equal(e.sealed[SEALED_BYTES - 1], n);
        memcpy(sha256, e.sha256, sizeof sha256);
        envelope_hash(&e);
        assert_memory_equal(sha256, e.sha256, sizeof sha256);
        after = e.seq;
    }
    assert_int_equal(outbox_next_waiting(outbox, after, &e), ERR_NOT_FOUND);
}

static void receipt_changes_what_it_names(void **state)
{
    (void)state;
    struct receipt *r = receipt_of(1);
    struct outbox_counts c;

    for (uint32_t n = 1; n <= 7; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    name(r, 1, RECEIPT_ACCEPTED);
    name(r, 2, RECEIPT_DUPLICATE);
    name(r, 3, RECEIPT_DEFERRED);
    name(r, 4, RECEIPT_REJECTED);
    name(r, 5, RECEIPT_CONFLICT);
    name(r, 6, RECEIPT_GONE);
    name(r, 99, RECEIPT_ACCEPTED); /* not ours: nothing happens */
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    fixture_reopen();
    assert_int_equal(state_of(1), OUTBOX_RECEIVED);
    assert_int_equal(state_of(2), OUTBOX_RECEIVED);
    assert_int_equal(state_of(3), OUTBOX_DEFERRED);
    assert_int_equal(state_of(4), OUTBOX_ATTENTION);
    assert_int_equal(state_of(5), OUTBOX_ATTENTION);
    assert_int_equal(state_of(6), OUTBOX_WITHDRAWN);
    assert_int_equal(state_of(7), OUTBOX_WAITING);
    c = outbox_counts(outbox);
    assert_true(c.made == 7 && c.received == 3 && c.attention == 2);
    assert_true(c.withdrawn == 1 && c.waiting == 1);
    struct outbox_contact contact = outbox_contact(outbox);
    assert_true(id_equal(&contact.incarnation, &r->incarnation));
    assert_true(contact.last_contact_wall_ms > 0);
}

static void withdrawn_stays_and_received_is_not_undone(void **state)
{
    (void)state;
    struct receipt *r = receipt_of(1);

    assert_int_equal(fixture_append(1, 0), ERR_OK);
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    name(r, 1, RECEIPT_GONE);
    name(r, 2, RECEIPT_ACCEPTED);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    r = receipt_of(1);
    name(r, 1, RECEIPT_ACCEPTED);
    name(r, 2, RECEIPT_REJECTED);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_int_equal(state_of(1), OUTBOX_WITHDRAWN);
    assert_int_equal(state_of(2), OUTBOX_RECEIVED);
}

static void body_is_kept_until_archived(void **state)
{
    (void)state;
    static struct envelope e;
    struct receipt *r = receipt_of(1);

    for (uint32_t n = 1; n <= 2; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    name(r, 1, RECEIPT_ACCEPTED);
    name(r, 2, RECEIPT_ACCEPTED);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    r = receipt_of(1);
    r->archived[0] = fixture_header(2).record;
    r->archived_count = 1;
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    outbox_idle(outbox);
    /* A restored server has a new incarnation: what is still here is sent again. */
    assert_int_equal(outbox_apply_receipt(outbox, receipt_of(2)), ERR_OK);
    assert_int_equal(outbox_next_waiting(outbox, 0, &e), ERR_OK);
    assert_true(e.seq == 1);
    assert_int_equal(outbox_next_waiting(outbox, 1, &e), ERR_NOT_FOUND);
    assert_int_equal(state_of(2), OUTBOX_RECEIVED);
    /* The purged one is still known: the same save is answered, another is a conflict. */
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    assert_int_equal(fixture_append(2, 1), ERR_EXISTS);
    assert_true(outbox_counts(outbox).made == 2);
}

/* What it rejected, a server keeps as well; one that lost it gets it again, and says so again. */
static void restored_server_gets_what_needs_attention(void **state)
{
    (void)state;
    static struct envelope e;
    struct receipt *r = receipt_of(1);

    assert_int_equal(fixture_append(1, 0), ERR_OK);
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    name(r, 1, RECEIPT_REJECTED);
    name(r, 2, RECEIPT_GONE);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_int_equal(outbox_apply_receipt(outbox, receipt_of(2)), ERR_OK);
    assert_int_equal(outbox_next_waiting(outbox, 0, &e), ERR_OK);
    assert_true(e.seq == 1 && outbox_counts(outbox).waiting == 1);
    assert_int_equal(state_of(2), OUTBOX_WITHDRAWN);
    r = receipt_of(2);
    name(r, 1, RECEIPT_REJECTED);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_int_equal(state_of(1), OUTBOX_ATTENTION);
    /* The same where its number is named as never seen. */
    r = receipt_of(2);
    r->missing[0] = (struct receipt_range){1, 2};
    r->missing_count = 1;
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_int_equal(state_of(1), OUTBOX_WAITING);
    assert_int_equal(state_of(2), OUTBOX_WITHDRAWN);
}

static void missing_numbers_are_sent_again_after_a_heartbeat(void **state)
{
    (void)state;
    static struct envelope e;
    struct receipt *r = receipt_of(1);

    for (uint32_t n = 1; n <= 3; n++) {
        assert_int_equal(fixture_append(n, 0), ERR_OK);
        name(r, n, RECEIPT_ACCEPTED);
    }
    r->missing[0] = (struct receipt_range){2, 9};
    r->missing_count = 1;
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_true(outbox_counts(outbox).waiting == 0);
    r->entry_count = 0;
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    assert_int_equal(outbox_next_waiting(outbox, 0, &e), ERR_OK);
    assert_true(e.seq == 2 && outbox_counts(outbox).waiting == 2);
}

static void look_up_finds_by_prefix(void **state)
{
    (void)state;
    unsigned char prefix[8] = {0, 0, 0, 2, 0x77};
    struct seal_header h = fixture_header(2);
    struct id found;
    enum outbox_state s;

    for (uint32_t n = 1; n <= 3; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    assert_int_equal(outbox_look_up(outbox, prefix, 35, &found, &s), ERR_OK);
    assert_true(id_equal(&found, &h.record));
    assert_int_equal(s, OUTBOX_WAITING);
    prefix[4] = 0x97; /* the bits 100: 0x77 has 011 */
    assert_int_equal(outbox_look_up(outbox, prefix, 35, &found, &s), ERR_NOT_FOUND);
    /* Under 8 bits all three match: the newest is given. */
    assert_int_equal(outbox_look_up(outbox, prefix, 8, &found, &s), ERR_OK);
    h = fixture_header(3);
    assert_true(id_equal(&found, &h.record));
}

static void oldest_waiting_is_told(void **state)
{
    (void)state;
    int64_t since = -1;

    assert_int_equal(outbox_oldest_waiting(outbox, &since), ERR_NOT_FOUND);
    assert_int_equal(fixture_append(1, 0), ERR_OK);
    assert_int_equal(outbox_oldest_waiting(outbox, &since), ERR_OK);
    assert_true(since > 0);
}

static int64_t wall_ms;

static int64_t tell_wall(void *context)
{
    (void)context;
    return wall_ms;
}

/* By what the clock said when each was stored; staff's help is remembered, also after a restart. */
static void days_are_counted_by_the_clock(void **state)
{
    (void)state;
    static const int64_t times[] = {1000, 1999, 2000, 2001, 3000};
    struct env env = env_system;
    uint64_t made;
    uint64_t assisted;

    env.wall_ms = tell_wall;
    outbox_destroy(outbox);
    assert_int_equal(outbox_create(folder, &env, &outbox, NULL), ERR_OK);
    for (uint32_t n = 0; n < 5; n++) {
        wall_ms = times[n];
        assert_int_equal(fixture_append(n, 0), ERR_OK); /* even ones with staff */
    }
    fixture_reopen();
    assert_int_equal(outbox_made_between(outbox, 2000, 3000, &made, &assisted), ERR_OK);
    assert_true(made == 2 && assisted == 1);
    assert_int_equal(outbox_made_between(outbox, 0, 4000, &made, &assisted), ERR_OK);
    assert_true(made == 5 && assisted == 3);
    assert_int_equal(outbox_made_between(outbox, 4000, 9000, &made, &assisted), ERR_OK);
    assert_true(made == 0 && assisted == 0);
}

static void reasons_are_told(void **state)
{
    (void)state;
    struct receipt *r = receipt_of(1);
    struct outbox_reason why;
    struct id id;

    assert_int_equal(outbox_newest_attention(outbox, &why), ERR_NOT_FOUND);
    for (uint32_t n = 1; n <= 3; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    name(r, 1, RECEIPT_CONFLICT);
    name(r, 2, RECEIPT_REJECTED);
    name(r, 3, RECEIPT_ACCEPTED);
    strcpy(r->entries[0].code, "another");
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    fixture_reopen();
    assert_int_equal(outbox_newest_attention(outbox, &why), ERR_OK);
    assert_string_equal(why.code, "not-opened");
    assert_string_equal(why.words, "It does not open.");
    id = fixture_header(1).record;
    assert_int_equal(outbox_reason(outbox, &id, &why), ERR_OK);
    assert_string_equal(why.code, "another");
    id = fixture_header(3).record;
    assert_int_equal(outbox_reason(outbox, &id, &why), ERR_NOT_FOUND);
    id = fixture_header(9).record;
    assert_int_equal(outbox_reason(outbox, &id, &why), ERR_NOT_FOUND);
}

static void last_sent_is_the_last_that_settled_something(void **state)
{
    (void)state;
    struct receipt *r = receipt_of(1);
    struct outbox_contact c;

    for (uint32_t n = 1; n <= 4; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    for (uint32_t n = 1; n <= 3; n++)
        name(r, n, n == 2 ? RECEIPT_REJECTED : RECEIPT_ACCEPTED);
    r->feedback = (struct receipt_feedback){true, 2026, 11, 7, 34, 55};
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    c = outbox_contact(outbox);
    assert_true(c.last_sent_count == 3 && c.last_sent_wall_ms == c.last_contact_wall_ms);
    /* A heartbeat, and a receipt that says again what is known, from a server without feedback. */
    assert_int_equal(outbox_apply_receipt(outbox, receipt_of(1)), ERR_OK);
    r = receipt_of(1);
    name(r, 1, RECEIPT_DUPLICATE);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    fixture_reopen();
    c = outbox_contact(outbox);
    assert_true(c.last_sent_count == 3);
    assert_true(c.feedback.known && c.feedback.year == 2026 && c.feedback.month == 11);
    assert_true(c.feedback.own == 7 && c.feedback.practices == 34 && c.feedback.median_x10 == 55);
}

static void second_copy_is_refused(void **state)
{
    (void)state;
    struct outbox *second = NULL;
    struct refusal why = {0};

    assert_int_equal(outbox_create(folder, &env_system, &second, &why), ERR_BUSY);
    assert_null(second);
    assert_non_null(strstr(why.remedy, "other copy"));
}

static void change_file(const char *sql)
{
    char path[128];
    sqlite3 *db = NULL;

    outbox_destroy(outbox);
    outbox = NULL;
    snprintf(path, sizeof path, "%s/outbox.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void newer_file_is_refused_and_says_so(void **state)
{
    (void)state;
    struct refusal why = {0};

    change_file("PRAGMA user_version = 99");
    assert_int_equal(outbox_create(folder, &env_system, &outbox, &why), ERR_VERSION);
    assert_non_null(strstr(why.problem, "newer"));
    assert_non_null(strstr(why.remedy, "nothing was changed"));
}

/* What version 1 left behind opens, with nothing lost and nothing made up. */
static void older_file_is_brought_forward(void **state)
{
    (void)state;
    static struct envelope e;
    uint64_t made;
    uint64_t assisted;
    struct receipt *r = receipt_of(1);

    assert_int_equal(fixture_append(1, 0), ERR_OK);
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    name(r, 1, RECEIPT_ACCEPTED);
    assert_int_equal(outbox_apply_receipt(outbox, r), ERR_OK);
    change_file("DROP INDEX records_by_time;"
                "ALTER TABLE records DROP COLUMN assisted;"
                "ALTER TABLE contact DROP COLUMN sent_wall_ms;"
                "ALTER TABLE contact DROP COLUMN sent_count;"
                "ALTER TABLE contact DROP COLUMN year;"
                "ALTER TABLE contact DROP COLUMN month;"
                "ALTER TABLE contact DROP COLUMN own;"
                "ALTER TABLE contact DROP COLUMN practices;"
                "ALTER TABLE contact DROP COLUMN median_x10;"
                "PRAGMA user_version = 1");
    fixture_open();
    assert_int_equal(state_of(1), OUTBOX_RECEIVED);
    assert_int_equal(outbox_next_waiting(outbox, 0, &e), ERR_OK);
    assert_true(e.seq == 2);
    assert_int_equal(outbox_made_between(outbox, 0, INT64_MAX, &made, &assisted), ERR_OK);
    assert_true(made == 2 && assisted == 0);
    struct outbox_contact contact = outbox_contact(outbox);
    assert_true(id_equal(&contact.incarnation, &r->incarnation));
    assert_true(contact.last_sent_wall_ms == 0 && !contact.feedback.known);
    assert_int_equal(fixture_append(4, 0), ERR_OK);
    assert_int_equal(outbox_made_between(outbox, 0, INT64_MAX, &made, &assisted), ERR_OK);
    assert_true(made == 3 && assisted == 1);
}

static void changed_bytes_are_never_sent(void **state)
{
    (void)state;
    static struct envelope e;

    for (uint32_t n = 1; n <= 4; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    change_file("UPDATE records SET sealed = zeroblob(4188) WHERE seq = 1;"
                "UPDATE records SET kiosk = zeroblob(16) WHERE seq = 2;"
                "UPDATE records SET seq = 9 WHERE seq = 3");
    fixture_open();
    assert_int_equal(outbox_next_waiting(outbox, 0, &e), ERR_OK);
    assert_true(e.seq == 4);
    assert_int_equal(outbox_next_waiting(outbox, 4, &e), ERR_NOT_FOUND);
    assert_true(outbox_counts(outbox).attention == 3);
    /* The background finds it without a send as well. */
    change_file("UPDATE records SET hash = zeroblob(32) WHERE seq = 4");
    fixture_open();
    outbox_idle(outbox);
    assert_true(outbox_counts(outbox).attention == 4);
}

/* Flips a bit of record n's id where the table has it, so that the index has another. */
static void flip_id_in_table(uint32_t n)
{
    static unsigned char bytes[1 << 20];
    unsigned char row[2 * ID_BYTES + KEY_ID_BYTES]; /* id, kiosk, key: the index has the id alone */
    struct seal_header h = fixture_header(n);
    char path[128];
    FILE *file;
    size_t size;

    memset(row, 0x77, sizeof row);
    memcpy(row, h.record.bytes, ID_BYTES);
    outbox_destroy(outbox);
    outbox = NULL;
    snprintf(path, sizeof path, "%s/outbox.db", folder);
    file = fopen(path, "r+");
    assert_non_null(file);
    size = fread(bytes, 1, sizeof bytes, file);
    for (size_t i = 0; i + sizeof row <= size; i++) {
        if (memcmp(bytes + i, row, sizeof row) == 0) {
            assert_int_equal(fseek(file, (long)i, SEEK_SET), 0);
            assert_int_equal(fputc(bytes[i] ^ 1, file), bytes[i] ^ 1);
            assert_int_equal(fclose(file), 0);
            return;
        }
    }
    fail_msg("record %u is not in the file", n);
}

static void damage_to_an_id_is_marked_as_well(void **state)
{
    (void)state;
    static struct envelope e;

    for (uint32_t n = 1; n <= 3; n++)
        assert_int_equal(fixture_append(n, 0), ERR_OK);
    flip_id_in_table(2);
    fixture_open();
    assert_int_equal(outbox_next_waiting(outbox, 1, &e), ERR_OK);
    assert_true(e.seq == 3);
    assert_true(outbox_counts(outbox).attention == 1 && outbox_counts(outbox).waiting == 2);
}

static void settings_of_the_file_hold(void **state)
{
    (void)state;
    char path[128];

    assert_int_equal(fixture_append(1, 0), ERR_OK);
    snprintf(path, sizeof path, "%s/outbox.db-wal", folder);
    assert_int_equal(access(path, F_OK), 0); /* WAL, and not checkpointed at commit */
    snprintf(path, sizeof path, "%s/outbox.db-shm", folder);
    assert_int_equal(access(path, F_OK), -1); /* exclusive: no shared memory */
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(append_is_idempotent),
        TEST(waiting_records_come_in_order_with_their_bytes),
        TEST(receipt_changes_what_it_names),
        TEST(withdrawn_stays_and_received_is_not_undone),
        TEST(body_is_kept_until_archived),
        TEST(restored_server_gets_what_needs_attention),
        TEST(missing_numbers_are_sent_again_after_a_heartbeat),
        TEST(look_up_finds_by_prefix),
        TEST(oldest_waiting_is_told),
        TEST(second_copy_is_refused),
        TEST(newer_file_is_refused_and_says_so),
        TEST(days_are_counted_by_the_clock),
        TEST(reasons_are_told),
        TEST(older_file_is_brought_forward),
        TEST(last_sent_is_the_last_that_settled_something),
        TEST(changed_bytes_are_never_sent),
        TEST(damage_to_an_id_is_marked_as_well),
        TEST(settings_of_the_file_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
