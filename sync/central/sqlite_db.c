/* A connection and its prepared statements: see sqlite_db.h. */
#include "sync/central/sqlite_db.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/central/sql_migrations.h"

#define BUSY_MS 5000
/* Write-ahead pages after which the writer check-points: 64 MiB. */
#define CHECKPOINT_PAGES 16384

#define STATEMENT_WRITE(name, text) {text, false},
#define STATEMENT_BOTH(name, text)  {text, true},
static const struct {
    const char *text;
    bool on_readers;
} statements[SQL_COUNT] = {SQLITE_STATEMENTS(STATEMENT_WRITE, STATEMENT_BOTH)};

enum err db_err(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_NOMEM:
        return ERR_MEMORY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_READONLY:
        return ERR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ERR_FORMAT;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_FOREIGNKEY ? ERR_NOT_FOUND : ERR_EXISTS;
    default:
        return ERR_IO;
    }
}

static int remember_wal_pages(void *context, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = context;

    (void)handle;
    (void)name;
    db->wal_pages = pages;
    return SQLITE_OK;
}

static enum err read_version(sqlite3 *handle, int *out_version)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &s, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *out_version = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW ? ERR_OK : db_err(code);
}

/* Each migration and its new number in one transaction: killed between, it is as if not begun. */
static enum err migrate(sqlite3 *handle, struct refusal *refusal)
{
    int version = 0;
    enum err e = read_version(handle, &version);

    if (e != ERR_OK)
        return e;
    if (version > SCHEMA_VERSION) {
        refusal_problem(refusal, "was written by a newer help-central (version %d of its tables)",
                        version);
        refusal_remedy(refusal, "Install the newer help-central again, or use another folder");
        return ERR_VERSION;
    }
    for (; version < SCHEMA_VERSION; version++) {
        char stamp[64];
        snprintf(stamp, sizeof stamp, "PRAGMA user_version = %d; COMMIT", version + 1);
        int code = sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_exec(handle, sql_migrations[version], NULL, NULL, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_exec(handle, stamp, NULL, NULL, NULL);
        if (code != SQLITE_OK) {
            refusal_problem(refusal, "migration %d failed: %s", version + 1,
                            sqlite3_errmsg(handle));
            sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
            return db_err(code);
        }
    }
    return ERR_OK;
}

static enum err set_up(struct db *db, struct refusal *refusal)
{
    /* One connection check-points, when it says so; every commit is synced before it returns. */
    static const char *const for_writing =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
        "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF;"
        /* Statement journals stay in memory; only db_erase writes freed pages to zero them. */
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;";
    static const char *const for_reading =
        "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384;";
    int code = sqlite3_exec(db->handle, db->writes ? for_writing : for_reading, NULL, NULL, NULL);

    if (code != SQLITE_OK) {
        refusal_problem(refusal, "%s", sqlite3_errmsg(db->handle));
        return db_err(code);
    }
    if (db->writes) {
        sqlite3_wal_hook(db->handle, remember_wal_pages, db);
        enum err e = migrate(db->handle, refusal);
        if (e != ERR_OK)
            return e;
    }
    for (int i = 0; i < SQL_COUNT; i++) {
        if (!db->writes && !statements[i].on_readers)
            continue;
        code = sqlite3_prepare_v3(db->handle, statements[i].text, -1, SQLITE_PREPARE_PERSISTENT,
                                  &db->statements[i], NULL);
        if (code != SQLITE_OK) {
            refusal_problem(refusal, "statement %d: %s", i, sqlite3_errmsg(db->handle));
            return db_err(code);
        }
    }
    return ERR_OK;
}

enum err db_open(struct db *db, const char *path, bool writes, struct refusal *refusal)
{
    int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    enum err e = ERR_OK;

    memset(db, 0, sizeof *db);
    db->writes = writes;
    refusal_place(refusal, "%s", path);
    if (writes) {
        /* SQLite would make it with the umask's mode. */
        int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor >= 0)
            close(descriptor);
    }
    int code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        refusal_problem(refusal, "%s", db->handle ? sqlite3_errmsg(db->handle) : "no memory");
        e = db_err(code);
    }
    if (e == ERR_OK) {
        sqlite3_extended_result_codes(db->handle, 1);
        sqlite3_busy_timeout(db->handle, BUSY_MS);
        e = set_up(db, refusal);
    }
    if (e != ERR_OK)
        db_close(db);
    if (e != ERR_OK && e != ERR_VERSION)
        refusal_remedy(refusal,
                       "Check who owns it and the space on its disk, or restore the backup");
    return e;
}

void db_close(struct db *db)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(db->statements[i]);
        db->statements[i] = NULL;
    }
    sqlite3_close(db->handle);
    db->handle = NULL;
}

sqlite3_stmt *db_use(struct db *db, enum sqlite_statement which)
{
    sqlite3_stmt *s = db->statements[which];

    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return s;
}

/* A name that the statement has not is ignored, so one binder can serve several statements. */
void bind_text(sqlite3_stmt *s, const char *name, struct str text)
{
    int at = sqlite3_bind_parameter_index(s, name);

    if (at > 0)
        sqlite3_bind_text(s, at, text.at ? text.at : "", (int)text.len, SQLITE_STATIC);
}

void bind_int(sqlite3_stmt *s, const char *name, int64_t value)
{
    int at = sqlite3_bind_parameter_index(s, name);

    if (at > 0)
        sqlite3_bind_int64(s, at, value);
}

void bind_bytes(sqlite3_stmt *s, const char *name, const void *bytes, size_t size)
{
    int at = sqlite3_bind_parameter_index(s, name);

    if (at > 0)
        sqlite3_bind_blob(s, at, bytes, (int)size, SQLITE_STATIC);
}

enum err db_step(sqlite3_stmt *s)
{
    int code = sqlite3_step(s);

    if (code == SQLITE_ROW)
        return ERR_OK;
    sqlite3_reset(s);
    return code == SQLITE_DONE ? ERR_NOT_FOUND : db_err(code);
}

enum err db_run(sqlite3_stmt *s)
{
    int code = sqlite3_step(s);

    /* With RETURNING, the change is only finished when the last row was read. */
    while (code == SQLITE_ROW)
        code = sqlite3_step(s);
    sqlite3_reset(s);
    return db_err(code);
}

enum err db_erase(struct db *db, sqlite3_stmt *s)
{
    int code = sqlite3_exec(db->handle, "PRAGMA secure_delete = ON", NULL, NULL, NULL);
    enum err e = code == SQLITE_OK ? db_run(s) : db_err(code);

    db->erased = true;
    code = sqlite3_exec(db->handle, "PRAGMA secure_delete = FAST", NULL, NULL, NULL);
    return e != ERR_OK ? e : db_err(code);
}

void db_check_point(struct db *db)
{
    bool emptied = false;

    if (db->erased) {
        /* Waits for no reader: while one reads the log stays, until a later commit. */
        sqlite3_busy_timeout(db->handle, 0);
        emptied = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                            NULL) == SQLITE_OK;
        sqlite3_busy_timeout(db->handle, BUSY_MS);
        db->erased = !emptied;
    } else if (db->wal_pages >= CHECKPOINT_PAGES) {
        /* Passive: readers go on. What could not be copied now is copied the next time. */
        sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        emptied = true;
    }
    if (emptied)
        db->wal_pages = 0;
}

void db_done(sqlite3_stmt *s)
{
    sqlite3_reset(s);
}

void column_text(sqlite3_stmt *s, int column, char *out_text, size_t size)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    struct str view = {(const char *)text, text ? (size_t)sqlite3_column_bytes(s, column) : 0};

    while (view.len >= size)
        view.len = str_last_code_point(view);
    if (view.len > 0)
        memcpy(out_text, view.at, view.len);
    out_text[view.len] = '\0';
}

void column_bytes(sqlite3_stmt *s, int column, void *out_bytes, size_t size)
{
    const void *bytes = sqlite3_column_blob(s, column);

    memset(out_bytes, 0, size);
    if (bytes != NULL && (size_t)sqlite3_column_bytes(s, column) == size)
        memcpy(out_bytes, bytes, size);
}
