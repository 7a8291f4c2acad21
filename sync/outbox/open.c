/*
 * Opening the outbox: settings, migrations and every statement in one place, so that whatever runs
 * later is already compiled. Reopening after an error checks the file and writes its WAL through
 * with fresh syncs before anything in it is believed.
 */
#include "sync/outbox/private.h"

#include <stdio.h>
#include <string.h>

#define SCHEMA_VERSION   2
#define APPLICATION_ID   0x48445331 /* "HDS1" */
#define REOPEN_PAUSE_MS  1000
#define TEXT_OF_(number) #number
#define TEXT_OF(number)  TEXT_OF_(number)

/* Migration n makes version n out of n - 1. Never change one that was released; add another. */
static const char *const migrations[SCHEMA_VERSION + 1] = {
    [1] = "CREATE TABLE records("
          " seq INTEGER PRIMARY KEY,"
          " id BLOB NOT NULL UNIQUE CHECK(length(id) = 16),"
          " kiosk BLOB NOT NULL CHECK(length(kiosk) = 16),"
          " key BLOB NOT NULL CHECK(length(key) = 8),"
          " sha256 BLOB NOT NULL CHECK(length(sha256) = 32),"
          " hash BLOB NOT NULL CHECK(length(hash) = 32),"
          " state INTEGER NOT NULL,"
          " spent INTEGER NOT NULL DEFAULT 0," /* the body may go */
          " saved_wall_ms INTEGER NOT NULL,"
          " code TEXT NOT NULL DEFAULT '',"
          " words TEXT NOT NULL DEFAULT '',"
          " sealed BLOB"
          ") STRICT;"
          "CREATE INDEX records_by_state ON records(state);"
          "CREATE INDEX records_spent ON records(seq) WHERE spent = 1 AND sealed IS NOT NULL;"
          "CREATE TABLE contact("
          " one INTEGER PRIMARY KEY CHECK(one = 1),"
          " incarnation BLOB NOT NULL CHECK(length(incarnation) = 16),"
          " last_wall_ms INTEGER NOT NULL"
          ") STRICT;"
          "INSERT INTO contact VALUES(1, zeroblob(16), 0);",
    [2] = "ALTER TABLE records ADD COLUMN assisted INTEGER NOT NULL DEFAULT 0;"
          "CREATE INDEX records_by_time ON records(saved_wall_ms, assisted);"
          "ALTER TABLE contact ADD COLUMN sent_wall_ms INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE contact ADD COLUMN sent_count INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE contact ADD COLUMN year INTEGER NOT NULL DEFAULT 0;" /* feedback; 0: none */
          "ALTER TABLE contact ADD COLUMN month INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE contact ADD COLUMN own INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE contact ADD COLUMN practices INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE contact ADD COLUMN median_x10 INTEGER NOT NULL DEFAULT 0;",
};

static const char *const texts[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_INSERT] = "INSERT INTO records(id, seq, kiosk, key, sha256, hash, sealed, state,"
                   " saved_wall_ms, assisted) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9)",
    [SQL_BY_ID] = "SELECT seq, state, sha256 FROM records WHERE id = ?1",
    [SQL_BY_PREFIX] = "SELECT id, state FROM records WHERE id BETWEEN ?1 AND ?2"
                      " ORDER BY seq DESC LIMIT 1",
    [SQL_NEXT_WAITING] = "SELECT id, seq, kiosk, key, sha256, hash, sealed FROM records"
                         " WHERE state = 0 AND seq > ?1 ORDER BY seq LIMIT 1",
    [SQL_OLDEST_WAITING] = "SELECT saved_wall_ms FROM records WHERE state = 0 ORDER BY seq LIMIT 1",
    [SQL_MADE_BETWEEN] = "SELECT count(*), coalesce(sum(assisted), 0) FROM records"
                         " WHERE saved_wall_ms >= ?1 AND saved_wall_ms < ?2",
    [SQL_REASON] = "SELECT code, words FROM records WHERE id = ?1 AND state = 2",
    [SQL_NEWEST_ATTENTION] = "SELECT code, words FROM records WHERE state = 2"
                             " ORDER BY seq DESC LIMIT 1",
    [SQL_WAITING] = "SELECT count(*) FROM records WHERE state = 0",
    [SQL_COUNTS] = "SELECT state, count(*) FROM records GROUP BY state",
    [SQL_HIGHEST] = "SELECT coalesce(max(seq), 0) FROM records",
    [SQL_SET_STATE] = "UPDATE records SET state = ?2, code = ?3, words = ?4, spent = spent | ?5"
                      " WHERE id = ?1 AND (state IN (0, 3) OR ?2 = 4 OR (state = 2 AND ?2 = 1))",
    [SQL_SET_DAMAGED] = "UPDATE records SET state = 2, code = ?2, words = ?3"
                        " WHERE seq = ?1 AND state IN (0, 3)",
    [SQL_SET_ARCHIVED] = "UPDATE records SET spent = 1 WHERE id = ?1 AND state = 1",
    /* What needed attention as well: the server kept it, and what it kept may be lost. */
    [SQL_WAIT_AGAIN_ALL] = "UPDATE records SET state = 0"
                           " WHERE state IN (1, 2, 3) AND code <> ?1 AND sealed IS NOT NULL",
    [SQL_WAIT_AGAIN_RANGE] = "UPDATE records SET state = 0 WHERE seq BETWEEN ?1 AND ?2"
                             " AND state IN (1, 2, 3) AND code <> ?3 AND sealed IS NOT NULL",
    [SQL_SPENT] = "SELECT id, seq, kiosk, key, sha256, hash, sealed FROM records"
                  " WHERE spent = 1 AND sealed IS NOT NULL ORDER BY seq LIMIT 1",
    [SQL_PURGE] = "UPDATE records SET sealed = NULL, hash = ?2 WHERE seq = ?1",
    [SQL_NEXT_BODY] = "SELECT id, seq, kiosk, key, sha256, hash, sealed FROM records"
                      " WHERE seq > ?1 AND sealed IS NOT NULL AND state <> 2 ORDER BY seq LIMIT 1",
    [SQL_CONTACT] = "SELECT incarnation, last_wall_ms, sent_wall_ms, sent_count, year, month, own,"
                    " practices, median_x10 FROM contact WHERE one = 1",
    [SQL_SET_CONTACT] = "UPDATE contact SET incarnation = ?1, last_wall_ms = ?2,"
                        " sent_wall_ms = ?3, sent_count = ?4, year = ?5, month = ?6, own = ?7,"
                        " practices = ?8, median_x10 = ?9 WHERE one = 1",
};

enum err outbox_err_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return ERR_OK;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_READONLY:
        return ERR_READ_ONLY;
    case SQLITE_NOMEM:
        return ERR_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_CHECK;
    default:
        return ERR_IO;
    }
}

static int note_wal(void *context, sqlite3 *db, const char *name, int pages)
{
    struct outbox *o = context;

    (void)db;
    (void)name;
    o->wal_pages = pages;
    return SQLITE_OK;
}

/* Runs a pragma and compares its one answer; NULL: any or none. */
static enum err pragma(sqlite3 *db, const char *sql, const char *expected)
{
    sqlite3_stmt *s = NULL;
    enum err e = outbox_err_of(sqlite3_prepare_v2(db, sql, -1, &s, NULL));
    int code = SQLITE_DONE;

    if (e == ERR_OK) {
        code = sqlite3_step(s);
        e = outbox_err_of(code);
    }
    if (e == ERR_OK && expected != NULL &&
        (code != SQLITE_ROW || strcmp((const char *)sqlite3_column_text(s, 0), expected) != 0))
        e = ERR_IO;
    sqlite3_finalize(s);
    return e;
}

static enum err set_up(sqlite3 *db)
{
    static const struct {
        const char *sql;
        const char *answer;
    } settings[] = {
        {"PRAGMA locking_mode = EXCLUSIVE", "exclusive"},
        {"PRAGMA cell_size_check = ON", NULL},
        {"PRAGMA trusted_schema = OFF", NULL},
        {"PRAGMA mmap_size = 0", NULL},
        {"PRAGMA temp_store = MEMORY", NULL},
        {"PRAGMA cache_size = -512", NULL},
        {"PRAGMA journal_mode = WAL", "wal"},
        {"PRAGMA synchronous = FULL", NULL},
        {"PRAGMA synchronous", "2"},
        {"PRAGMA wal_autocheckpoint = 0", "0"},
    };
    enum err e = outbox_err_of(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL));

    for (size_t i = 0; e == ERR_OK && i < sizeof settings / sizeof settings[0]; i++)
        e = pragma(db, settings[i].sql, settings[i].answer);
    return e;
}

static enum err read_version(sqlite3 *db, int *out_version)
{
    sqlite3_stmt *s = NULL;
    enum err e = outbox_err_of(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL));

    if (e == ERR_OK)
        e = outbox_err_of(sqlite3_step(s));
    if (e == ERR_OK)
        *out_version = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return e;
}

static enum err migrate(struct outbox *o, struct refusal *refusal)
{
    int version = 0;
    enum err e = read_version(o->db, &version);

    if (e == ERR_OK && version > SCHEMA_VERSION) {
        refusal_place(refusal, "%s", o->path);
        refusal_problem(refusal, "a newer version of help-sync made it (schema %d, this knows %d)",
                        version, SCHEMA_VERSION);
        refusal_remedy(refusal, "Install the newer version again; nothing was changed");
        return ERR_VERSION;
    }
    for (int next = version + 1; e == ERR_OK && next <= SCHEMA_VERSION; next++) {
        char number[120];
        snprintf(number, sizeof number,
                 "PRAGMA application_id = " TEXT_OF(APPLICATION_ID) "; PRAGMA user_version = %d",
                 next);
        e = outbox_err_of(sqlite3_exec(o->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL));
        if (e == ERR_OK)
            e = outbox_err_of(sqlite3_exec(o->db, migrations[next], NULL, NULL, NULL));
        if (e == ERR_OK)
            e = outbox_err_of(sqlite3_exec(o->db, number, NULL, NULL, NULL));
        if (e == ERR_OK)
            e = outbox_err_of(sqlite3_exec(o->db, "COMMIT", NULL, NULL, NULL));
    }
    return e;
}

/*
 * Copies the WAL into the file with new writes and new syncs. After a failed sync this is what
 * makes what is read here be what is on the disk.
 */
static enum err write_through(struct outbox *o)
{
    int log = 0;
    int done = 0;
    enum err e = outbox_err_of(
        sqlite3_wal_checkpoint_v2(o->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, &log, &done));

    if (e == ERR_OK)
        o->wal_pages = 0;
    return e;
}

static enum err prepare_all(struct outbox *o)
{
    enum err e = ERR_OK;

    for (int i = 0; e == ERR_OK && i < SQL_COUNT; i++)
        e = outbox_err_of(sqlite3_prepare_v3(o->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                                             &o->statements[i], NULL));
    return e;
}

enum err outbox_recount(struct outbox *o)
{
    struct outbox_counts c = {0};
    sqlite3_stmt *s = outbox_sql(o, SQL_COUNTS);
    int code;

    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        uint64_t n = (uint64_t)sqlite3_column_int64(s, 1);
        switch (sqlite3_column_int(s, 0)) {
        case OUTBOX_WAITING:
            c.waiting = n;
            break;
        case OUTBOX_RECEIVED:
        case OUTBOX_DEFERRED:
            c.received += n;
            break;
        case OUTBOX_WITHDRAWN:
            c.withdrawn = n;
            break;
        default:
            c.attention += n;
            break;
        }
    }
    sqlite3_reset(s);
    if (code == SQLITE_DONE) {
        s = outbox_sql(o, SQL_HIGHEST);
        code = sqlite3_step(s);
        if (code == SQLITE_ROW)
            c.made = (uint64_t)sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
    }
    if (code != SQLITE_ROW)
        return outbox_suspect(o, code);
    o->counts = c;
    return ERR_OK;
}

static enum err read_contact(struct outbox *o)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_CONTACT);
    int code = sqlite3_step(s);

    if (code == SQLITE_ROW && sqlite3_column_bytes(s, 0) == ID_BYTES) {
        struct outbox_contact *c = &o->contact;
        memcpy(c->incarnation.bytes, sqlite3_column_blob(s, 0), ID_BYTES);
        c->last_contact_wall_ms = sqlite3_column_int64(s, 1);
        c->last_sent_wall_ms = sqlite3_column_int64(s, 2);
        c->last_sent_count = (uint64_t)sqlite3_column_int64(s, 3);
        c->feedback.year = (uint32_t)sqlite3_column_int64(s, 4);
        c->feedback.month = (uint32_t)sqlite3_column_int64(s, 5);
        c->feedback.own = (uint32_t)sqlite3_column_int64(s, 6);
        c->feedback.practices = (uint32_t)sqlite3_column_int64(s, 7);
        c->feedback.median_x10 = (uint32_t)sqlite3_column_int64(s, 8);
        c->feedback.known = c->feedback.year > 0;
    }
    sqlite3_reset(s);
    return code == SQLITE_ROW ? ERR_OK
                              : outbox_suspect(o, code == SQLITE_DONE ? SQLITE_CORRUPT : code);
}

void outbox_close(struct outbox *o)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(o->statements[i]);
        o->statements[i] = NULL;
    }
    sqlite3_close(o->db);
    o->db = NULL;
}

enum err outbox_open(struct outbox *o, struct refusal *refusal)
{
    bool was_suspect = o->trouble != ERR_OK;
    enum err e = outbox_err_of(sqlite3_open_v2(
        o->path, &o->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL));

    if (e == ERR_OK)
        e = outbox_err_of(sqlite3_extended_result_codes(o->db, 1));
    if (e == ERR_OK && sqlite3_db_readonly(o->db, "main") == 1)
        e = ERR_READ_ONLY;
    if (e == ERR_OK)
        e = set_up(o->db);
    if (e == ERR_OK)
        sqlite3_wal_hook(o->db, note_wal, o);
    if (e == ERR_OK)
        e = migrate(o, refusal);
    if (e == ERR_OK && was_suspect)
        e = pragma(o->db, "PRAGMA quick_check(1)", "ok");
    if (e == ERR_OK)
        e = write_through(o);
    if (e == ERR_OK)
        e = prepare_all(o);
    if (e == ERR_OK)
        e = outbox_recount(o);
    if (e == ERR_OK)
        e = read_contact(o);
    if (e == ERR_BUSY) {
        refusal_place(refusal, "%s", o->path);
        refusal_problem(refusal, "another program has it open");
        refusal_remedy(refusal, "Stop the other copy of help-sync");
    }
    if (e != ERR_OK)
        outbox_close(o);
    o->trouble = e;
    return e;
}

enum err outbox_ready(struct outbox *o)
{
    int64_t now = env_monotonic_ms(o->env);

    if (o->db != NULL)
        return ERR_OK;
    if (now < o->next_open_ms)
        return o->trouble;
    o->next_open_ms = now + REOPEN_PAUSE_MS;
    return outbox_open(o, NULL);
}

enum err outbox_suspect(struct outbox *o, int code)
{
    o->trouble = outbox_err_of(code);
    if (o->trouble == ERR_OK)
        o->trouble = ERR_IO;
    /* No parting checkpoint: what this connection believes is what is in doubt. */
    sqlite3_db_config(o->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    outbox_close(o);
    o->next_open_ms = 0;
    return o->trouble;
}
