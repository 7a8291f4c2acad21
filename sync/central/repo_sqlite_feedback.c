/* This month's sign-ups of each practice that has a kiosk. */
#include "sync/central/repo_sqlite.h"

enum err sqlite_signup_counts(struct repo *repo, int64_t since_ms, signup_count_fn fn,
                              void *context)
{
    char practice[REPO_PRACTICE_CODE + 1];
    struct db *db = NULL;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    sqlite3_stmt *s = db_use(db, SQL_SIGNUP_COUNTS);
    bind_int(s, ":since", since_ms);
    while ((e = db_step(s)) == ERR_OK) {
        column_text(s, 0, practice, sizeof practice);
        e = fn(context, practice, sqlite3_column_int64(s, 1));
        if (e != ERR_OK)
            break;
    }
    db_done(s);
    sqlite_read_end(repo, db);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
