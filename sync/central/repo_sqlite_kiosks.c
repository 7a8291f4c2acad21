/* Kiosks, and the proof that nothing of theirs is lost: made, received, missing. */
#include <stdlib.h>
#include <string.h>

#include "sync/central/repo_sqlite.h"

void kiosk_columns(sqlite3_stmt *s, int column, struct kiosk *out_kiosk)
{
    char mode[8];

    column_bytes(s, column, out_kiosk->id.bytes, ID_BYTES);
    column_text(s, column + 1, out_kiosk->name, sizeof out_kiosk->name);
    column_text(s, column + 2, out_kiosk->practice.code, sizeof out_kiosk->practice.code);
    column_text(s, column + 3, out_kiosk->practice.name, sizeof out_kiosk->practice.name);
    column_bytes(s, column + 4, out_kiosk->public_key, SIGN_PUBLIC_BYTES);
    column_text(s, column + 5, mode, sizeof mode);
    out_kiosk->live = strcmp(mode, "live") == 0;
    out_kiosk->revoked = sqlite3_column_int(s, column + 6) != 0;
}

struct kiosk_change {
    const struct id *id;
    const struct kiosk *kiosk;
    int64_t now_ms;
};

static enum err audit_change(struct db *db, const struct kiosk_change *change, const char *action,
                             const char *practice)
{
    char id[ID_TEXT + 1];

    id_text(change->id, id);
    return sqlite_audit_add(db,
                            &(struct audit_entry){.at_ms = change->now_ms,
                                                  .actor = "server",
                                                  .action = action,
                                                  .practice = str_of(practice),
                                                  .detail = str_of(id)},
                            NULL);
}

static enum err add_kiosk(struct db *db, void *context)
{
    const struct kiosk_change *change = context;
    const struct kiosk *kiosk = change->kiosk;
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_ADD);

    bind_bytes(s, ":kiosk", kiosk->id.bytes, ID_BYTES);
    bind_text(s, ":practice", str_of(kiosk->practice.code));
    bind_text(s, ":name", str_of(kiosk->name));
    bind_bytes(s, ":key", kiosk->public_key, SIGN_PUBLIC_BYTES);
    bind_text(s, ":mode", kiosk->live ? STR_LITERAL("live") : STR_LITERAL("demo"));
    bind_int(s, ":now", change->now_ms);
    enum err e = db_run(s);
    return e != ERR_OK ? e : audit_change(db, change, "kiosk-added", kiosk->practice.code);
}

enum err sqlite_kiosk_add(struct repo *repo, const struct kiosk *kiosk, int64_t now_ms)
{
    return sqlite_write(repo, add_kiosk, &(struct kiosk_change){&kiosk->id, kiosk, now_ms});
}

static enum err revoke_kiosk(struct db *db, void *context)
{
    const struct kiosk_change *change = context;
    char practice[REPO_PRACTICE_CODE + 1];
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_REVOKE);

    bind_bytes(s, ":kiosk", change->id->bytes, ID_BYTES);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    column_text(s, 0, practice, sizeof practice);
    e = db_run(s);
    return e != ERR_OK ? e : audit_change(db, change, "kiosk-revoked", practice);
}

enum err sqlite_kiosk_revoke(struct repo *repo, const struct id *id, int64_t now_ms)
{
    return sqlite_write(repo, revoke_kiosk, &(struct kiosk_change){id, NULL, now_ms});
}

enum err sqlite_kiosk_find(struct repo *repo, const struct id *id, struct kiosk *out_kiosk)
{
    struct db *db = NULL;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_FIND);
    bind_bytes(s, ":kiosk", id->bytes, ID_BYTES);
    e = db_step(s);
    if (e == ERR_OK) {
        kiosk_columns(s, 0, out_kiosk);
        db_done(s);
    }
    sqlite_read_end(repo, db);
    return e;
}

static enum err count_of(struct db *db, enum sqlite_statement which, const struct id *kiosk,
                         int64_t *out_count)
{
    sqlite3_stmt *s = db_use(db, which);

    bind_bytes(s, ":kiosk", kiosk->bytes, ID_BYTES);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    *out_count = sqlite3_column_int64(s, 0);
    db_done(s);
    return ERR_OK;
}

static void add_gap(struct kiosk_proof *p, int64_t first, int64_t last)
{
    if (first <= last && p->gap_count < RECEIPT_MISSING_MAX)
        p->gaps[p->gap_count++] = (struct receipt_range){(uint64_t)first, (uint64_t)last};
}

static enum err add_runs(struct db *db, struct kiosk_proof *p)
{
    int64_t next = 1;
    sqlite3_stmt *s = db_use(db, SQL_KIOSK_RUNS);
    enum err e;

    bind_bytes(s, ":kiosk", p->kiosk.id.bytes, ID_BYTES);
    while ((e = db_step(s)) == ERR_OK) {
        int64_t first = sqlite3_column_int64(s, 0);
        int64_t last = sqlite3_column_int64(s, 1);
        p->received += last - first + 1;
        add_gap(p, next, first - 1 < p->made ? first - 1 : p->made);
        next = last + 1;
    }
    if (e != ERR_NOT_FOUND)
        return e;
    add_gap(p, next, p->made);
    return ERR_OK;
}

static enum err fill_proof(struct db *db, struct kiosk_proof *p)
{
    enum err e = add_runs(db, p);

    if (e == ERR_OK)
        e = count_of(db, SQL_KIOSK_UNREAD, &p->kiosk.id, &p->unread);
    if (e == ERR_OK)
        e = count_of(db, SQL_KIOSK_ATTENTION, &p->kiosk.id, &p->needs_attention);
    p->needs_attention += p->unread;
    if (e == ERR_OK)
        e = count_of(db, SQL_KIOSK_WITHDRAWN, &p->kiosk.id, &p->withdrawn);
    return e;
}

enum err sqlite_kiosks(struct repo *repo, const struct caller *caller, kiosk_row_fn fn,
                       void *context)
{
    struct db *db = NULL;
    struct kiosk_proof *proof = malloc(sizeof *proof);
    enum err e = proof != NULL ? sqlite_read_begin(repo, &db) : ERR_MEMORY;

    if (e != ERR_OK) {
        free(proof);
        return e;
    }
    sqlite3_stmt *s =
        db_use(db, caller->practice[0] != '\0' ? SQL_KIOSK_LIST_ONE : SQL_KIOSK_LIST_ALL);
    bind_text(s, ":practice", str_of(caller->practice));
    while ((e = db_step(s)) == ERR_OK) {
        memset(proof, 0, sizeof *proof);
        kiosk_columns(s, 0, &proof->kiosk);
        proof->made = sqlite3_column_int64(s, 7);
        proof->waiting = sqlite3_column_int64(s, 8);
        column_text(s, 9, proof->version, sizeof proof->version);
        proof->last_contact_ms = sqlite3_column_int64(s, 10);
        e = fill_proof(db, proof);
        if (e == ERR_OK)
            e = fn(context, proof);
        if (e != ERR_OK)
            break;
    }
    db_done(s);
    sqlite_read_end(repo, db);
    free(proof);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
