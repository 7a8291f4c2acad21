/* Practices, people who sign in, their sessions and their tries. */
#include <string.h>

#include "sync/central/repo_sqlite.h"

/* A session's last use is written down at most this often, so that reading does not write. */
#define SEEN_EVERY_MS (60 * 1000)

static void practice_columns(sqlite3_stmt *s, int column, struct practice *out_practice)
{
    column_text(s, column, out_practice->code, sizeof out_practice->code);
    column_text(s, column + 1, out_practice->name, sizeof out_practice->name);
}

/* Columns of USER_COLUMNS. */
#define USER_PROGRAMME 6
#define USER_MORE      7

/* No practice means all of them: never because a code could not be read. */
static enum err user_columns(sqlite3_stmt *s, struct user *out_user)
{
    bool programme = sqlite3_column_int(s, USER_PROGRAMME) != 0;

    out_user->id = sqlite3_column_int64(s, 0);
    column_text(s, 1, out_user->email, sizeof out_user->email);
    column_text(s, 2, out_user->name, sizeof out_user->name);
    practice_columns(s, 3, &out_user->practice);
    column_text(s, 5, out_user->password, sizeof out_user->password);
    return programme == (out_user->practice.code[0] == '\0') ? ERR_OK : ERR_IO;
}

struct practice_add {
    const struct practice *practice;
    int64_t now_ms;
};

static enum err add_practice(struct db *db, void *context)
{
    const struct practice_add *add = context;
    sqlite3_stmt *s = db_use(db, SQL_PRACTICE_ADD);

    bind_text(s, ":code", str_of(add->practice->code));
    bind_text(s, ":name", str_of(add->practice->name));
    bind_int(s, ":now", add->now_ms);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    return sqlite_audit_add(db,
                            &(struct audit_entry){.at_ms = add->now_ms,
                                                  .actor = "server",
                                                  .action = "practice-added",
                                                  .practice = str_of(add->practice->code)},
                            NULL);
}

enum err sqlite_practice_add(struct repo *repo, const struct practice *practice, int64_t now_ms)
{
    return sqlite_write(repo, add_practice, &(struct practice_add){practice, now_ms});
}

enum err sqlite_practice_find(struct repo *repo, const char *code, struct practice *out_practice)
{
    struct db *db = NULL;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_PRACTICE_FIND);
    bind_text(s, ":code", str_of(code));
    e = db_step(s);
    if (e == ERR_OK) {
        practice_columns(s, 0, out_practice);
        db_done(s);
    }
    sqlite_read_end(repo, db);
    return e;
}

struct user_add {
    const struct user *user;
    int64_t now_ms;
};

static enum err add_user(struct db *db, void *context)
{
    const struct user_add *add = context;
    sqlite3_stmt *s = db_use(db, SQL_USER_ADD);
    char number[24];

    bind_text(s, ":email", str_of(add->user->email));
    bind_text(s, ":name", str_of(add->user->name));
    bind_text(s, ":practice", str_of(add->user->practice.code));
    bind_text(s, ":password", str_of(add->user->password));
    bind_int(s, ":now", add->now_ms);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    snprintf(number, sizeof number, "%lld", (long long)sqlite3_last_insert_rowid(db->handle));
    return sqlite_audit_add(db,
                            &(struct audit_entry){.at_ms = add->now_ms,
                                                  .actor = "server",
                                                  .action = "user-added",
                                                  .practice = str_of(add->user->practice.code),
                                                  .detail = str_of(number)},
                            NULL);
}

enum err sqlite_user_add(struct repo *repo, const struct user *user, int64_t now_ms)
{
    return sqlite_write(repo, add_user, &(struct user_add){user, now_ms});
}

enum err sqlite_user_find(struct repo *repo, const char *email, struct user *out_user)
{
    struct db *db = NULL;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_USER_FIND);
    bind_text(s, ":email", str_of(email));
    e = db_step(s);
    if (e == ERR_OK) {
        e = user_columns(s, out_user);
        db_done(s);
    }
    sqlite_read_end(repo, db);
    return e;
}

struct sign_in_try {
    const unsigned char *key;
    int64_t now_ms;
    int64_t window_ms;
    int64_t tries;
};

static enum err count_try(struct db *db, void *context)
{
    struct sign_in_try *try = context;
    sqlite3_stmt *s = db_use(db, SQL_TRY_PURGE);

    bind_int(s, ":before", try->now_ms - try->window_ms);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    s = db_use(db, SQL_TRY);
    bind_bytes(s, ":key", try->key, REPO_HASH_BYTES);
    bind_int(s, ":now", try->now_ms);
    bind_int(s, ":before", try->now_ms - try->window_ms);
    e = db_step(s);
    if (e != ERR_OK)
        return e;
    try->tries = sqlite3_column_int64(s, 0);
    db_done(s);
    return ERR_OK;
}

enum err sqlite_sign_in_try(struct repo *repo, const unsigned char key[REPO_HASH_BYTES],
                            int64_t now_ms, int64_t window_ms, int64_t *out_tries)
{
    struct sign_in_try try = {key, now_ms, window_ms, 0};
    enum err e = sqlite_write(repo, count_try, &try);

    if (e == ERR_OK)
        *out_tries = try.tries;
    return e;
}

struct forgiven {
    const unsigned char *mine;
    const unsigned char *everybody;
};

static enum err forgive_tries(struct db *db, void *context)
{
    const struct forgiven *forgiven = context;
    sqlite3_stmt *s = db_use(db, SQL_TRY_CLEAR);

    bind_bytes(s, ":key", forgiven->mine, REPO_HASH_BYTES);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    s = db_use(db, SQL_TRY_TAKE_BACK);
    bind_bytes(s, ":key", forgiven->everybody, REPO_HASH_BYTES);
    return db_run(s);
}

enum err sqlite_sign_in_forgive(struct repo *repo, const unsigned char mine[REPO_HASH_BYTES],
                                const unsigned char everybody[REPO_HASH_BYTES])
{
    return sqlite_write(repo, forgive_tries, &(struct forgiven){mine, everybody});
}

struct session_change {
    const unsigned char *token_hash;
    int64_t user;
    const struct session_times *times;
};

static enum err audit_session(struct db *db, int64_t user, const char *action, int64_t now_ms)
{
    struct caller caller = {.user = user, .now_ms = now_ms};

    return sqlite_audit_user(db, &caller, action, STR_LITERAL(""), STR_LITERAL(""), STR_LITERAL(""),
                             NULL);
}

static enum err add_session(struct db *db, void *context)
{
    const struct session_change *change = context;
    sqlite3_stmt *s = db_use(db, SQL_SESSION_PURGE);

    bind_int(s, ":before", change->times->now_ms - change->times->idle_ms);
    enum err e = db_run(s);
    if (e != ERR_OK)
        return e;
    s = db_use(db, SQL_SESSION_ADD);
    bind_bytes(s, ":token", change->token_hash, REPO_HASH_BYTES);
    bind_int(s, ":user", change->user);
    bind_int(s, ":now", change->times->now_ms);
    e = db_run(s);
    return e != ERR_OK ? e : audit_session(db, change->user, "signed-in", change->times->now_ms);
}

enum err sqlite_session_add(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t user, const struct session_times *times)
{
    return sqlite_write(repo, add_session, &(struct session_change){token_hash, user, times});
}

static enum err touch_session(struct db *db, void *context)
{
    const struct session_change *change = context;
    sqlite3_stmt *s = db_use(db, SQL_SESSION_SEEN);

    bind_bytes(s, ":token", change->token_hash, REPO_HASH_BYTES);
    bind_int(s, ":now", change->times->now_ms);
    return db_run(s);
}

enum err sqlite_session_find(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                             const struct session_times *times, struct user *out_user)
{
    struct db *db = NULL;
    int64_t seen_ms = 0;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_SESSION_FIND);
    bind_bytes(s, ":token", token_hash, REPO_HASH_BYTES);
    bind_int(s, ":before", times->now_ms - times->idle_ms);
    bind_int(s, ":oldest", times->now_ms - times->absolute_ms);
    e = db_step(s);
    if (e == ERR_OK) {
        e = user_columns(s, out_user);
        seen_ms = sqlite3_column_int64(s, USER_MORE);
        db_done(s);
    }
    sqlite_read_end(repo, db);
    if (e == ERR_OK && times->now_ms - seen_ms >= SEEN_EVERY_MS)
        e = sqlite_write(repo, touch_session,
                         &(struct session_change){.token_hash = token_hash, .times = times});
    return e;
}

struct session_end {
    const unsigned char *token_hash;
    int64_t now_ms;
};

static enum err end_session(struct db *db, void *context)
{
    const struct session_end *end = context;
    sqlite3_stmt *s = db_use(db, SQL_SESSION_END);

    bind_bytes(s, ":token", end->token_hash, REPO_HASH_BYTES);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    int64_t user = sqlite3_column_int64(s, 0);
    e = db_run(s);
    return e != ERR_OK ? e : audit_session(db, user, "signed-out", end->now_ms);
}

enum err sqlite_session_end(struct repo *repo, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t now_ms)
{
    return sqlite_write(repo, end_session, &(struct session_end){token_hash, now_ms});
}
