/* What the files of sync/outbox share: the connection and its enumerated statements. */
#ifndef OUTBOX_PRIVATE_H
#define OUTBOX_PRIVATE_H

#include <sqlite3.h>

#include "sync/outbox/outbox.h"

enum outbox_statement {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_INSERT,
    SQL_BY_ID,
    SQL_BY_PREFIX,
    SQL_NEXT_WAITING,
    SQL_OLDEST_WAITING,
    SQL_MADE_BETWEEN,
    SQL_REASON,
    SQL_NEWEST_ATTENTION,
    SQL_WAITING,
    SQL_COUNTS,
    SQL_HIGHEST,
    SQL_SET_STATE,
    SQL_SET_DAMAGED,
    SQL_SET_ARCHIVED,
    SQL_WAIT_AGAIN_ALL,
    SQL_WAIT_AGAIN_RANGE,
    SQL_SPENT,
    SQL_PURGE,
    SQL_NEXT_BODY,
    SQL_CONTACT,
    SQL_SET_CONTACT,
    SQL_COUNT
};

#define HASH_BYTES 32
/* The code of a record that the storage changed: it is never sent. */
#define DAMAGED_CODE "damaged"

struct outbox {
    const struct env *env;
    char folder[400];
    char path[420];
    sqlite3 *db; /* NULL while the file can't be used */
    sqlite3_stmt *statements[SQL_COUNT];
    enum err trouble; /* of the last use: ERR_OK, or why storage is suspect */
    struct outbox_counts counts;
    struct outbox_contact contact;
    int wal_pages;
    uint64_t verified;    /* seq up to which bodies were compared since the last round */
    int64_t next_open_ms; /* monotonic: not before this is a failed open tried again */
};

/* open.c */
MUST_USE enum err outbox_open(struct outbox *o, struct refusal *refusal);
void outbox_close(struct outbox *o);
/* Opens where it is closed. Everything that uses the file begins with this. */
MUST_USE enum err outbox_ready(struct outbox *o);
/* Notes an error of SQLite: the connection is given up, the file is suspect. */
MUST_USE enum err outbox_suspect(struct outbox *o, int code);
enum err outbox_err_of(int code);
MUST_USE enum err outbox_recount(struct outbox *o);

/* outbox.c */
/* A statement, reset and with its bindings cleared. */
sqlite3_stmt *outbox_sql(struct outbox *o, enum outbox_statement which);
/* Steps a statement that gives no rows. */
MUST_USE enum err outbox_run(struct outbox *o, sqlite3_stmt *s);
MUST_USE enum err outbox_begin(struct outbox *o);
/* Commits where e is ERR_OK; otherwise rolls back, as far as there is a connection. */
MUST_USE enum err outbox_end(struct outbox *o, enum err e);
/* BLAKE2b over id, seq, kiosk, key, sha256 and body (NULL: purged). */
void outbox_hash(const struct envelope *e, bool with_body, unsigned char out_hash[HASH_BYTES]);
/* Reads the columns of a row that begins id, seq, kiosk, key, sha256, hash, sealed; checks them. */
MUST_USE enum err outbox_read_row(sqlite3_stmt *s, struct envelope *out_envelope);

#endif
