/*
 * The back-end of repo.h over one SQLite file, for an area. One connection writes and check-points;
 * a few others only read. Writers gather: who finds nobody writing takes everything that waits into
 * one transaction, and all of them get their answer after the one commit (WAL, synchronous = FULL).
 * The verbs stand in repo_sqlite_*.c, by capability.
 */
#ifndef CENTRAL_REPO_SQLITE_H
#define CENTRAL_REPO_SQLITE_H

#include <pthread.h>

#include "sync/central/repo.h"
#include "sync/central/sqlite_db.h"

/*
 * Opens the store, or makes it where `create` (then it must not be there: ERR_EXISTS; otherwise it
 * must: ERR_NOT_FOUND). The caller holds the folder's lock: a second program must not write.
 * Closed by (*out_repo)->verbs->close.
 */
MUST_USE enum err repo_sqlite_open(const char *path, bool create, struct repo **out_repo,
                                   struct refusal *refusal);

/* From here on: between the repo_sqlite_*.c files. */

#define REPO_READERS 4

struct sqlite_repo {
    struct repo repo; /* first: a struct repo * of this kind points here */
    struct db writer;
    pthread_mutex_t lock; /* over all that follows, not over the writer itself */
    bool writing;
    struct write_job *first, *last; /* waiting for the next transaction */
    struct db readers[REPO_READERS];
    bool reader_taken[REPO_READERS];
    pthread_cond_t reader_free;
};

/* A piece of writing. What it returns other than ERR_OK undoes it alone; then it may be run again,
   so it sets its results afresh. */
typedef enum err (*write_fn)(struct db *db, void *context);
MUST_USE enum err sqlite_write(struct repo *repo, write_fn fn, void *context);

/* A reading connection inside a transaction of its own: one state of the store throughout. */
MUST_USE enum err sqlite_read_begin(struct repo *repo, struct db **out_db);
void sqlite_read_end(struct repo *repo, struct db *db);

/* The audit log, inside a write_fn. */
struct audit_entry {
    int64_t at_ms;
    const char *actor; /* "user", "kiosk", "server" */
    struct str who;
    const char *action;
    struct str object;
    struct str practice;
    struct str detail;
};
MUST_USE enum err sqlite_audit_add(struct db *db, const struct audit_entry *entry, int64_t *out_n);
/* The same for something that a portal user did. */
MUST_USE enum err sqlite_audit_user(struct db *db, const struct caller *caller, const char *action,
                                    struct str object, struct str practice, struct str detail,
                                    int64_t *out_n);

/* The verbs. */
enum err sqlite_incarnation(struct repo *repo, struct id *out_incarnation);
enum err sqlite_restored(struct repo *repo, int64_t now_ms, struct id *out_incarnation);
enum err sqlite_practice_add(struct repo *repo, const struct practice *practice, int64_t now_ms);
enum err sqlite_practice_find(struct repo *repo, const char *code, struct practice *out_practice);
enum err sqlite_user_add(struct repo *repo, const struct user *user, int64_t now_ms);
enum err sqlite_user_find(struct repo *repo, const char *email, struct user *out_user);
enum err sqlite_sign_in_try(struct repo *repo, const unsigned char key[REPO_HASH_BYTES],
                            int64_t now_ms, int64_t window_ms, int64_t *out_tries);
enum err sqlite_sign_in_forgive(struct repo *repo, const unsigned char mine[REPO_HASH_BYTES],
                                const unsigned char everybody[REPO_HASH_BYTES]);
enum err sqlite_session_add(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t user, const struct session_times *times);
enum err sqlite_session_find(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                             const struct session_times *times, struct user *out_user);
enum err sqlite_session_end(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t now_ms);
enum err sqlite_kiosk_add(struct repo *repo, const struct kiosk *kiosk, int64_t now_ms);
enum err sqlite_kiosk_revoke(struct repo *repo, const struct id *id, int64_t now_ms);
enum err sqlite_kiosk_find(struct repo *repo, const struct id *id, struct kiosk *out_kiosk);
enum err sqlite_kiosks(struct repo *repo, const struct caller *caller, kiosk_row_fn fn,
                       void *context);
enum err sqlite_ingest(struct repo *repo, struct ingest_batch *batch);
enum err sqlite_unread(struct repo *repo, int64_t *io_after, int limit, unread_fn fn,
                       void *context);
enum err sqlite_signups(struct repo *repo, const struct caller *caller,
                        const struct signup_query *query, int64_t day_start_ms,
                        struct signup_page *out_page);
enum err sqlite_signup_open(struct repo *repo, const struct caller *caller, const struct id *record,
                            struct signup_detail *out_detail);
enum err sqlite_signup_status(struct repo *repo, const struct caller *caller,
                              const struct id *record, const char *status, const char *note);
enum err sqlite_signup_export(struct repo *repo, const struct caller *caller,
                              const struct signup_query *query, signup_row_fn fn, void *context);
enum err sqlite_signup_counts(struct repo *repo, int64_t since_ms, signup_count_fn fn,
                              void *context);
enum err sqlite_audit_check(struct repo *repo, int64_t *out_n);

/* The kiosk's columns (KIOSK_COLUMNS), from `column` on. */
void kiosk_columns(sqlite3_stmt *s, int column, struct kiosk *out_kiosk);

#endif
