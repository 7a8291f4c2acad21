/* Opening the store, and how reading and writing threads share its connections. */
#include "sync/central/repo_sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/env.h"

/* Pieces of one transaction: bounds how long the first of them waits. */
#define JOBS_PER_COMMIT 64

const char *const folder_names[FOLDER_COUNT] = {"received", "needs_attention", "welcomed",
                                                "activated", "closed"};

struct write_job {
    write_fn fn;
    void *context;
    enum err result;
    bool done;
    pthread_cond_t turn; /* done, or the first in the queue and nobody writes */
    struct write_job *next;
};

static struct sqlite_repo *of(struct repo *repo)
{
    return (struct sqlite_repo *)repo;
}

static struct write_job *take_jobs(struct sqlite_repo *r)
{
    struct write_job *taken = r->first;
    struct write_job *end = taken;

    for (int i = 1; i < JOBS_PER_COMMIT && end->next != NULL; i++)
        end = end->next;
    r->first = end->next;
    if (r->first == NULL)
        r->last = NULL;
    end->next = NULL;
    return taken;
}

/*
 * All pieces in one transaction. A piece that is refused before it changed anything (no such row,
 * there already) does not touch the others. ERR_OK where the commit is durable.
 */
static enum err run_together(struct db *db, struct write_job *jobs)
{
    enum err e = db_run(db_use(db, SQL_BEGIN));

    for (struct write_job *job = jobs; job != NULL && e == ERR_OK; job = job->next) {
        int before = sqlite3_total_changes(db->handle);
        job->result = job->fn(db, job->context);
        /* On a full disk or an I/O error SQLite itself may have rolled everything back. */
        if (job->result != ERR_OK &&
            (sqlite3_total_changes(db->handle) != before || sqlite3_get_autocommit(db->handle)))
            e = job->result;
    }
    if (e == ERR_OK)
        e = db_run(db_use(db, SQL_COMMIT));
    if (e != ERR_OK && !sqlite3_get_autocommit(db->handle)) {
        /* Nothing more can be done where this fails too: the next BEGIN will say so. */
        enum err ignored = db_run(db_use(db, SQL_ROLLBACK));
        (void)ignored;
    }
    return e;
}

static bool store_failed(enum err e)
{
    return e == ERR_IO || e == ERR_FULL || e == ERR_READ_ONLY || e == ERR_MEMORY;
}

/*
 * Together, or, where one piece spoilt that for the rest, each alone: a write_fn may be run again.
 * Never again where the store itself failed: what a failed sync left behind nobody knows.
 */
static void run_jobs(struct db *db, struct write_job *jobs)
{
    enum err e = run_together(db, jobs);
    bool again = e != ERR_OK && !store_failed(e) && jobs->next != NULL;

    for (struct write_job *next; e != ERR_OK && jobs != NULL; jobs = next) {
        next = jobs->next;
        jobs->next = again ? NULL : next;
        enum err alone = again ? run_together(db, jobs) : e;
        if (alone != ERR_OK)
            jobs->result = alone;
        jobs->next = next;
    }
}

/* Writes what waits, with the lock held before and after. Only those whose turn it is are woken. */
static void write_round(struct sqlite_repo *r)
{
    struct write_job *jobs = take_jobs(r);

    r->writing = true;
    pthread_mutex_unlock(&r->lock);
    run_jobs(&r->writer, jobs);
    db_check_point(&r->writer);
    pthread_mutex_lock(&r->lock);
    r->writing = false;
    while (jobs != NULL) {
        struct write_job *next = jobs->next;
        jobs->done = true; /* its thread may return once the lock is free */
        pthread_cond_signal(&jobs->turn);
        jobs = next;
    }
    if (r->first != NULL)
        pthread_cond_signal(&r->first->turn);
}

enum err sqlite_write(struct repo *repo, write_fn fn, void *context)
{
    struct sqlite_repo *r = of(repo);
    struct write_job job = {.fn = fn, .context = context};

    pthread_cond_init(&job.turn, NULL);
    pthread_mutex_lock(&r->lock);
    if (r->last != NULL)
        r->last->next = &job;
    else
        r->first = &job;
    r->last = &job;
    while (!job.done) {
        if (r->writing)
            pthread_cond_wait(&job.turn, &r->lock);
        else
            write_round(r);
    }
    pthread_mutex_unlock(&r->lock);
    pthread_cond_destroy(&job.turn);
    return job.result;
}

enum err sqlite_read_begin(struct repo *repo, struct db **out_db)
{
    struct sqlite_repo *r = of(repo);
    int found = -1;

    pthread_mutex_lock(&r->lock);
    while (found < 0) {
        for (int i = 0; i < REPO_READERS && found < 0; i++)
            found = r->reader_taken[i] ? -1 : i;
        if (found < 0)
            pthread_cond_wait(&r->reader_free, &r->lock);
    }
    r->reader_taken[found] = true;
    pthread_mutex_unlock(&r->lock);

    struct db *db = &r->readers[found];
    enum err e = db_run(db_use(db, SQL_READ_BEGIN));
    if (e != ERR_OK) {
        sqlite_read_end(repo, db);
        return e;
    }
    *out_db = db;
    return ERR_OK;
}

void sqlite_read_end(struct repo *repo, struct db *db)
{
    struct sqlite_repo *r = of(repo);

    if (!sqlite3_get_autocommit(db->handle)) {
        enum err ignored = db_run(db_use(db, SQL_READ_END));
        (void)ignored;
    }
    pthread_mutex_lock(&r->lock);
    r->reader_taken[db - r->readers] = false;
    pthread_cond_signal(&r->reader_free);
    pthread_mutex_unlock(&r->lock);
}

static void sqlite_close(struct repo *repo)
{
    struct sqlite_repo *r = of(repo);

    if (r == NULL)
        return;
    for (int i = 0; i < REPO_READERS; i++)
        db_close(&r->readers[i]);
    if (r->writer.handle != NULL)
        sqlite3_wal_checkpoint_v2(r->writer.handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    db_close(&r->writer);
    pthread_cond_destroy(&r->reader_free);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

static enum err add_incarnation(struct db *db, void *context)
{
    sqlite3_stmt *s = db_use(db, SQL_SERVER_ADD);

    bind_bytes(s, ":incarnation", context, ID_BYTES);
    return db_run(s);
}

enum err sqlite_incarnation(struct repo *repo, struct id *out_incarnation)
{
    struct db *db = NULL;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_INCARNATION);
    e = db_step(s);
    if (e == ERR_OK) {
        column_bytes(s, 0, out_incarnation->bytes, ID_BYTES);
        db_done(s);
    }
    sqlite_read_end(repo, db);
    return e;
}

struct renewal {
    struct id incarnation;
    int64_t now_ms;
};

static enum err renew(struct db *db, void *context)
{
    const struct renewal *renewal = context;
    sqlite3_stmt *s = db_use(db, SQL_SERVER_RENEW);

    bind_bytes(s, ":incarnation", renewal->incarnation.bytes, ID_BYTES);
    enum err e = db_run(s);
    return e != ERR_OK ? e
                       : sqlite_audit_add(db,
                                          &(struct audit_entry){.at_ms = renewal->now_ms,
                                                                .actor = "server",
                                                                .action = "restored"},
                                          NULL);
}

enum err sqlite_restored(struct repo *repo, int64_t now_ms, struct id *out_incarnation)
{
    struct renewal renewal = {id_make(&env_system), now_ms};
    enum err e = sqlite_write(repo, renew, &renewal);

    if (e == ERR_OK)
        *out_incarnation = renewal.incarnation;
    return e;
}

static const struct repo_verbs verbs = {
    .close = sqlite_close,
    .incarnation = sqlite_incarnation,
    .restored = sqlite_restored,
    .practice_add = sqlite_practice_add,
    .practice_find = sqlite_practice_find,
    .user_add = sqlite_user_add,
    .user_find = sqlite_user_find,
    .kiosk_add = sqlite_kiosk_add,
    .kiosk_revoke = sqlite_kiosk_revoke,
    .kiosk_find = sqlite_kiosk_find,
    .sign_in_try = sqlite_sign_in_try,
    .sign_in_forgive = sqlite_sign_in_forgive,
    .session_add = sqlite_session_add,
    .session_find = sqlite_session_find,
    .session_end = sqlite_session_end,
    .ingest = sqlite_ingest,
    .unread = sqlite_unread,
    .signups = sqlite_signups,
    .signup_open = sqlite_signup_open,
    .signup_status = sqlite_signup_status,
    .signup_export = sqlite_signup_export,
    .signup_counts = sqlite_signup_counts,
    .kiosks = sqlite_kiosks,
    .audit_check = sqlite_audit_check,
};

enum err repo_sqlite_open(const char *path, bool create, struct repo **out_repo,
                          struct refusal *refusal)
{
    struct stat about;
    struct sqlite_repo *r = NULL;
    enum err e = ERR_OK;
    bool there = stat(path, &about) == 0;

    refusal_place(refusal, "%s", path);
    if (create == there) {
        refusal_problem(refusal, create ? "is there already" : "is not there");
        refusal_remedy(refusal, create ? "Choose another folder; nothing was changed"
                                       : "Restore it from the backup. For a new server run: "
                                         "help-central init --data FOLDER");
        return create ? ERR_EXISTS : ERR_NOT_FOUND;
    }
    /* Counting its memory costs SQLite a lock for each piece; too late once it is in use. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    r = calloc(1, sizeof *r);
    if (r == NULL)
        return ERR_MEMORY;
    r->repo.verbs = &verbs;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->reader_free, NULL);
    e = db_open(&r->writer, path, true, refusal);
    for (int i = 0; i < REPO_READERS && e == ERR_OK; i++)
        e = db_open(&r->readers[i], path, false, refusal);
    if (e == ERR_OK && create) {
        struct id incarnation = id_make(&env_system);
        e = sqlite_write(&r->repo, add_incarnation, incarnation.bytes);
    }
    if (e != ERR_OK) {
        sqlite_close(&r->repo);
        return e;
    }
    *out_repo = &r->repo;
    return ERR_OK;
}
