/*
 * Taking in what arrived: the inbox row first, by its unique record id, and only if that row is new
 * the effect and the audit row, all in one transaction. Nothing is looked up before it is inserted,
 * so two copies that race can't both take effect. Numbers only prove completeness.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/central/fold.h"
#include "sync/central/repo_sqlite.h"

static void bind_item(sqlite3_stmt *s, const struct ingest_batch *b, const struct ingest_item *item)
{
    const struct envelope *envelope = item->envelope;

    bind_bytes(s, ":record", envelope->header.record.bytes, ID_BYTES);
    bind_bytes(s, ":kiosk", b->kiosk.bytes, ID_BYTES);
    bind_int(s, ":seq", (int64_t)envelope->seq);
    bind_bytes(s, ":sha256", envelope->sha256, SHA256_BYTES);
    bind_bytes(s, ":key", envelope->header.key.bytes, KEY_ID_BYTES);
    bind_bytes(s, ":sealed", envelope->sealed, SEALED_BYTES);
    bind_int(s, ":now", b->now_ms);
    bind_text(s, ":via", str_of(b->via));
    bind_text(s, ":outcome", str_of(receipt_outcome_name(item->reading.outcome)));
    bind_text(s, ":code", str_of(item->reading.code));
    bind_text(s, ":words", str_of(item->reading.words));
}

static enum err audit_kiosk(struct db *db, const struct ingest_batch *b, const char *action,
                            const struct id *record, const char *detail)
{
    char who[ID_TEXT + 1];
    char object[ID_TEXT + 1];

    id_text(&b->kiosk, who);
    id_text(record, object);
    return sqlite_audit_add(db,
                            &(struct audit_entry){.at_ms = b->now_ms,
                                                  .actor = "kiosk",
                                                  .who = str_of(who),
                                                  .action = action,
                                                  .object = str_of(object),
                                                  .practice = str_of(b->practice),
                                                  .detail = str_of(detail)},
                            NULL);
}

static enum err add_words(struct db *db, const struct ingest_batch *b, int64_t id,
                          const struct signup_item *row)
{
    char name[2 * LIMIT_ANSWER + 2];
    char number[48];
    char reference[16];
    sqlite3_stmt *s = db_use(db, SQL_WORD_ADD);

    snprintf(name, sizeof name, "%s %s", row->given_name, row->family_name);
    fold_reference(str_of(row->reference), reference, sizeof reference);
    snprintf(number, sizeof number, "%s %s", row->nhs_number, reference);
    bind_int(s, ":id", id);
    bind_text(s, ":practice", str_of(b->practice));
    bind_text(s, ":name", str_of(name));
    bind_text(s, ":number", str_of(number));
    return db_run(s);
}

static enum err add_signup(struct db *db, const struct ingest_batch *b,
                           const struct ingest_item *item)
{
    const struct signup_item *row = item->signup;
    char key[FOLD_NAME_SIZE];
    sqlite3_stmt *s = db_use(db, SQL_SIGNUP_ADD);

    fold_name(str_of(row->given_name), str_of(row->family_name), key);
    bind_item(s, b, item);
    bind_text(s, ":practice", str_of(b->practice));
    bind_text(s, ":reference", str_of(row->reference));
    bind_int(s, ":made_at", row->made_ms);
    bind_text(s, ":attention", str_of(row->attention));
    bind_text(s, ":given", str_of(row->given_name));
    bind_text(s, ":family", str_of(row->family_name));
    bind_text(s, ":name_key", str_of(key));
    bind_text(s, ":nhs", str_of(row->nhs_number));
    bind_text(s, ":birth", str_of(row->birth_date));
    bind_text(s, ":language", str_of(row->language));
    bind_text(s, ":mode", str_of(row->mode));
    bind_text(s, ":consent", str_of(row->consent_version));
    bind_text(s, ":email", str_of(row->email));
    bind_text(s, ":mobile", str_of(row->mobile));
    bind_text(s, ":postcode", str_of(row->postcode));
    bind_bytes(s, ":plaintext", item->plaintext.at, item->plaintext.len);
    enum err e = db_run(s);
    if (e != ERR_OK || sqlite3_changes(db->handle) == 0)
        return e;
    int64_t id = sqlite3_last_insert_rowid(db->handle);
    s = db_use(db, SQL_FOLDER_ADD);
    bind_text(s, ":practice", str_of(b->practice));
    bind_text(
        s, ":folder",
        str_of(folder_names[row->attention[0] != '\0' ? FOLDER_NEEDS_ATTENTION : FOLDER_RECEIVED]));
    e = db_run(s);
    if (e == ERR_OK)
        e = add_words(db, b, id, row);
    return e != ERR_OK ? e : audit_kiosk(db, b, "received", &item->envelope->header.record, b->via);
}

static enum err apply(struct db *db, const struct ingest_batch *b, const struct ingest_item *item)
{
    if (item->signup != NULL)
        return add_signup(db, b, item);
    return audit_kiosk(db, b, "kept", &item->envelope->header.record,
                       receipt_outcome_name(item->reading.outcome));
}

static void answer(struct ingest_item *item, enum receipt_outcome outcome, const char *code,
                   const char *words)
{
    item->entry.outcome = outcome;
    snprintf(item->entry.code, sizeof item->entry.code, "%s", code);
    snprintf(item->entry.words, sizeof item->entry.words, "%s", words);
}

static enum err add_conflict(struct db *db, const struct ingest_batch *b, struct ingest_item *item)
{
    sqlite3_stmt *s = db_use(db, SQL_CONFLICT_ADD);
    enum err e;

    bind_item(s, b, item);
    e = db_run(s);
    if (e == ERR_OK && sqlite3_changes(db->handle) > 0)
        e = audit_kiosk(db, b, "conflict", &item->envelope->header.record, "");
    answer(item, RECEIPT_CONFLICT, "conflict",
           "The server holds another sign-up under this number. Both are kept. Tell the "
           "programme team.");
    return e;
}

/* Kept unread until now, and now it can be read. */
static enum err read_at_last(struct db *db, const struct ingest_batch *b, struct ingest_item *item)
{
    sqlite3_stmt *s = db_use(db, SQL_INBOX_READ);
    enum err e;

    bind_item(s, b, item);
    e = db_run(s);
    return e != ERR_OK ? e : apply(db, b, item);
}

static enum err take_known(struct db *db, const struct ingest_batch *b, struct ingest_item *item)
{
    unsigned char sha256[SHA256_BYTES];
    char outcome[16];
    char code[RECEIPT_CODE + 1];
    char words[RECEIPT_WORDS + 1];
    sqlite3_stmt *s = db_use(db, SQL_INBOX_GET);

    bind_bytes(s, ":record", item->envelope->header.record.bytes, ID_BYTES);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    column_bytes(s, 0, sha256, sizeof sha256);
    column_text(s, 1, outcome, sizeof outcome);
    column_text(s, 2, code, sizeof code);
    column_text(s, 3, words, sizeof words);
    db_done(s);

    if (memcmp(sha256, item->envelope->sha256, SHA256_BYTES) != 0)
        return add_conflict(db, b, item);
    if (strcmp(outcome, "gone") == 0)
        answer(item, RECEIPT_GONE, "", "");
    else if (strcmp(outcome, "accepted") == 0)
        answer(item, RECEIPT_DUPLICATE, "", "");
    else if (item->reading.outcome == RECEIPT_ACCEPTED)
        return read_at_last(db, b, item);
    else if (strcmp(outcome, "deferred") == 0)
        answer(item, RECEIPT_DEFERRED, "", "");
    else
        answer(item, RECEIPT_REJECTED, code, words);
    return ERR_OK;
}

static enum err take_item(struct db *db, const struct ingest_batch *b, struct ingest_item *item)
{
    sqlite3_stmt *s = db_use(db, SQL_INBOX_ADD);

    item->entry = item->reading;
    bind_item(s, b, item);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    return sqlite3_changes(db->handle) > 0 ? apply(db, b, item) : take_known(db, b, item);
}

static enum err run_near(struct db *db, enum sqlite_statement which, const struct id *kiosk,
                         int64_t first, int64_t *out_first, int64_t *out_last)
{
    sqlite3_stmt *s = db_use(db, which);

    bind_bytes(s, ":kiosk", kiosk->bytes, ID_BYTES);
    bind_int(s, ":first", first);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    *out_first = sqlite3_column_int64(s, 0);
    *out_last = sqlite3_column_int64(s, 1);
    db_done(s);
    return ERR_OK;
}

/* Joins first .. last into the runs that are there. */
static enum err add_run(struct db *db, const struct id *kiosk, int64_t first, int64_t last)
{
    int64_t other_first = 0;
    int64_t other_last = 0;
    enum err e = run_near(db, SQL_RUN_AT, kiosk, first, &other_first, &other_last);

    if (e == ERR_OK && other_last >= first - 1) {
        if (other_last >= last)
            return ERR_OK;
        first = other_first;
    }
    while (e == ERR_OK || e == ERR_NOT_FOUND) {
        e = run_near(db, SQL_RUN_AFTER, kiosk, first, &other_first, &other_last);
        if (e != ERR_OK || other_first - 1 > last)
            break;
        sqlite3_stmt *s = db_use(db, SQL_RUN_REMOVE);
        bind_bytes(s, ":kiosk", kiosk->bytes, ID_BYTES);
        bind_int(s, ":first", other_first);
        e = db_run(s);
        last = other_last > last ? other_last : last;
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_RUN_PUT);
    bind_bytes(s, ":kiosk", kiosk->bytes, ID_BYTES);
    bind_int(s, ":first", first);
    bind_int(s, ":last", last);
    return db_run(s);
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

static enum err add_numbers(struct db *db, const struct ingest_batch *b)
{
    int64_t numbers[LIMIT_BUNDLE_RECORDS];
    enum err e = ERR_OK;

    for (size_t i = 0; i < b->count; i++)
        numbers[i] = (int64_t)b->items[i].envelope->seq;
    qsort(numbers, b->count, sizeof numbers[0], by_number);
    for (size_t i = 0; i < b->count && e == ERR_OK;) {
        size_t end = i + 1;
        while (end < b->count && numbers[end] - numbers[end - 1] <= 1)
            end++;
        e = add_run(db, &b->kiosk, numbers[i], numbers[end - 1]);
        i = end;
    }
    return e;
}

static enum err find_missing(struct db *db, struct ingest_batch *b, int64_t made)
{
    int64_t next = 1;
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_RUNS);
    enum err e;

    b->missing_count = 0;
    bind_bytes(s, ":kiosk", b->kiosk.bytes, ID_BYTES);
    while ((e = db_step(s)) == ERR_OK && b->missing_count < RECEIPT_MISSING_MAX) {
        int64_t first = sqlite3_column_int64(s, 0);
        if (first > made)
            break;
        if (first > next)
            b->missing[b->missing_count++] =
                (struct receipt_range){(uint64_t)next, (uint64_t)first - 1};
        next = sqlite3_column_int64(s, 1) + 1;
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    db_done(s);
    if (next <= made && b->missing_count < RECEIPT_MISSING_MAX)
        b->missing[b->missing_count++] = (struct receipt_range){(uint64_t)next, (uint64_t)made};
    return ERR_OK;
}

/*
 * What waits at the kiosk is its claim, but never more than what was not seen here. A stick may
 * bring a bundle that was made before the last one: it claims nothing about that. A kiosk itself
 * may say less than it did, when its disk was set back, and is believed.
 */
static enum err note_claims(struct db *db, struct ingest_batch *b)
{
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_CLAIMS);
    int64_t made = 0;

    bind_bytes(s, ":kiosk", b->kiosk.bytes, ID_BYTES);
    bind_int(s, ":made", (int64_t)b->made);
    bind_int(s, ":waiting", (int64_t)b->waiting);
    bind_int(s, ":direct", strcmp(b->via, "usb") != 0);
    bind_text(s, ":version", str_of(b->version));
    bind_int(s, ":now", b->now_ms);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    s = db_use(db, SQL_KIOSK_MADE);
    bind_bytes(s, ":kiosk", b->kiosk.bytes, ID_BYTES);
    e = db_step(s);
    if (e != ERR_OK)
        return e;
    made = sqlite3_column_int64(s, 0);
    db_done(s);
    return find_missing(db, b, made);
}

static enum err take_batch(struct db *db, void *context)
{
    struct ingest_batch *b = context;
    enum err e = ERR_OK;

    for (size_t i = 0; i < b->count && e == ERR_OK; i++)
        e = take_item(db, b, &b->items[i]);
    if (e == ERR_OK)
        e = add_numbers(db, b);
    if (e == ERR_OK && b->has_claims)
        e = note_claims(db, b);
    return e;
}

enum err sqlite_ingest(struct repo *repo, struct ingest_batch *batch)
{
    if (batch->count > LIMIT_BUNDLE_RECORDS)
        return ERR_LIMIT;
    return sqlite_write(repo, take_batch, batch);
}

enum err sqlite_unread(struct repo *repo, int64_t *io_after, int limit, unread_fn fn, void *context)
{
    struct db *db = NULL;
    struct envelope *envelope = malloc(sizeof *envelope);
    enum err e = envelope != NULL ? sqlite_read_begin(repo, &db) : ERR_MEMORY;

    if (e != ERR_OK) {
        free(envelope);
        return e;
    }
    sqlite3_stmt *s = db_use(db, SQL_INBOX_UNREAD);
    bind_int(s, ":after", *io_after);
    bind_int(s, ":limit", limit);
    while ((e = db_step(s)) == ERR_OK) {
        struct kiosk kiosk;
        *io_after = sqlite3_column_int64(s, 0);
        column_bytes(s, 1, envelope->header.record.bytes, ID_BYTES);
        envelope->seq = (uint64_t)sqlite3_column_int64(s, 2);
        column_bytes(s, 3, envelope->sha256, SHA256_BYTES);
        column_bytes(s, 4, envelope->header.key.bytes, KEY_ID_BYTES);
        column_bytes(s, 5, envelope->sealed, SEALED_BYTES);
        kiosk_columns(s, 6, &kiosk);
        envelope->header.kiosk = kiosk.id;
        e = fn(context, &kiosk, envelope);
        if (e != ERR_OK)
            break;
    }
    db_done(s);
    sqlite_read_end(repo, db);
    free(envelope);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
