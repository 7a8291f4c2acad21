/*
 * One connection to the SQLite file with all its statements prepared, and the few calls that the
 * repo_sqlite_*.c files make on them. A statement is taken by its enum and bound by parameter name;
 * db_step resets it when it is done or fails. Nothing here knows the domain.
 */
#ifndef CENTRAL_SQLITE_DB_H
#define CENTRAL_SQLITE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/central/sqlite_statements.h"

#define SCHEMA_VERSION 1

struct db {
    sqlite3 *handle;
    bool writes;
    sqlite3_stmt *statements[SQL_COUNT]; /* NULL for WRITE ones on a connection that reads */
    int wal_pages;                       /* as of the last commit */
    bool erased;                         /* the log may still hold what db_erase took away */
};

/*
 * The one connection that writes and check-points: makes the file (0600) and brings it to
 * SCHEMA_VERSION. ERR_VERSION where a newer server wrote it. Or one that only reads.
 */
MUST_USE enum err db_open(struct db *db, const char *path, bool writes, struct refusal *refusal);
void db_close(struct db *db);
/* The err that an SQLite result code means. */
enum err db_err(int code);

/* The statement, reset and with nothing bound. */
sqlite3_stmt *db_use(struct db *db, enum sqlite_statement which);
void bind_text(sqlite3_stmt *s, const char *name, struct str text);
void bind_int(sqlite3_stmt *s, const char *name, int64_t value);
void bind_bytes(sqlite3_stmt *s, const char *name, const void *bytes, size_t size);
/* ERR_OK with a row, ERR_NOT_FOUND without one (and reset). */
MUST_USE enum err db_step(sqlite3_stmt *s);
/* For a statement that gives no row, or whose first row is enough: step and reset. */
MUST_USE enum err db_run(sqlite3_stmt *s);
/*
 * db_run for what takes something away for good: the places that it frees are overwritten, and the
 * next check-point empties the write-ahead log, whose older pages hold it still.
 */
MUST_USE enum err db_erase(struct db *db, sqlite3_stmt *s);
/* Copies the log into the file where it has grown long, or where something was erased. */
void db_check_point(struct db *db);
/* The rest of the rows are not wanted. */
void db_done(sqlite3_stmt *s);

/* Copies into a buffer of `size` bytes; what does not fit is cut at a code point. */
void column_text(sqlite3_stmt *s, int column, char *out_text, size_t size);
/* Copies exactly `size` bytes, or zeroes where the column has another length. */
void column_bytes(sqlite3_stmt *s, int column, void *out_bytes, size_t size);

#endif
