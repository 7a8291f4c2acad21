/*
 * The audit log: each row's hash is BLAKE2b over the hash of the row before and all of its own
 * columns, each with its length in front, so that no edit, removal or swap in the middle goes
 * unseen. (That the end was cut off shows only against a copy of the newest hash kept elsewhere.)
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "sync/central/repo_sqlite.h"

struct chain {
    crypto_generichash_state state;
};

static void chain_bytes(struct chain *c, const void *bytes, size_t size)
{
    unsigned char length[4] = {(unsigned char)(size >> 24), (unsigned char)(size >> 16),
                               (unsigned char)(size >> 8), (unsigned char)size};

    crypto_generichash_update(&c->state, length, sizeof length);
    crypto_generichash_update(&c->state, bytes, size);
}

static void chain_number(struct chain *c, int64_t number)
{
    char text[24];

    chain_bytes(c, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)number));
}

static void chain_str(struct chain *c, struct str text)
{
    chain_bytes(c, text.at != NULL ? text.at : "", text.len);
}

static void row_hash(const unsigned char before[REPO_HASH_BYTES], int64_t n,
                     const struct audit_entry *entry, unsigned char out_hash[REPO_HASH_BYTES])
{
    struct chain c;

    crypto_generichash_init(&c.state, NULL, 0, REPO_HASH_BYTES);
    chain_bytes(&c, before, REPO_HASH_BYTES);
    chain_number(&c, n);
    chain_number(&c, entry->at_ms);
    chain_str(&c, str_of(entry->actor));
    chain_str(&c, entry->who);
    chain_str(&c, str_of(entry->action));
    chain_str(&c, entry->object);
    chain_str(&c, entry->practice);
    chain_str(&c, entry->detail);
    crypto_generichash_final(&c.state, out_hash, REPO_HASH_BYTES);
}

enum err sqlite_audit_add(struct db *db, const struct audit_entry *entry, int64_t *out_n)
{
    unsigned char hash[REPO_HASH_BYTES] = {0};
    int64_t n = 1;
    sqlite3_stmt *s = db_use(db, SQL_AUDIT_LAST);
    enum err e = db_step(s);

    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_OK) {
        n = sqlite3_column_int64(s, 0) + 1;
        column_bytes(s, 1, hash, sizeof hash);
        db_done(s);
    }
    row_hash(hash, n, entry, hash);
    s = db_use(db, SQL_AUDIT_ADD);
    bind_int(s, ":n", n);
    bind_int(s, ":at", entry->at_ms);
    bind_text(s, ":actor", str_of(entry->actor));
    bind_text(s, ":who", entry->who);
    bind_text(s, ":action", str_of(entry->action));
    bind_text(s, ":object", entry->object);
    bind_text(s, ":practice", entry->practice);
    bind_text(s, ":detail", entry->detail);
    bind_bytes(s, ":hash", hash, sizeof hash);
    e = db_run(s);
    if (e == ERR_OK && out_n != NULL)
        *out_n = n;
    return e;
}

enum err sqlite_audit_user(struct db *db, const struct caller *caller, const char *action,
                           struct str object, struct str practice, struct str detail,
                           int64_t *out_n)
{
    char who[24];

    snprintf(who, sizeof who, "%lld", (long long)caller->user);
    return sqlite_audit_add(db,
                            &(struct audit_entry){.at_ms = caller->now_ms,
                                                  .actor = "user",
                                                  .who = str_of(who),
                                                  .action = action,
                                                  .object = object,
                                                  .practice = practice,
                                                  .detail = detail},
                            out_n);
}

static struct str column_str(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);

    return (struct str){text, (size_t)sqlite3_column_bytes(s, column)};
}

enum err sqlite_audit_check(struct repo *repo, int64_t *out_n)
{
    unsigned char hash[REPO_HASH_BYTES] = {0};
    int64_t n = 0;
    struct db *db = NULL;
    bool more = true;
    enum err e = sqlite_read_begin(repo, &db);

    if (e != ERR_OK)
        return e;
    while (more && e == ERR_OK) {
        sqlite3_stmt *s = db_use(db, SQL_AUDIT_ALL);
        bind_int(s, ":after", n);
        more = false;
        while ((e = db_step(s)) == ERR_OK) {
            unsigned char kept[REPO_HASH_BYTES];
            struct str actor = column_str(s, 2);
            struct str action = column_str(s, 4);
            struct audit_entry entry = {.at_ms = sqlite3_column_int64(s, 1),
                                        .actor = actor.at,
                                        .who = column_str(s, 3),
                                        .action = action.at,
                                        .object = column_str(s, 5),
                                        .practice = column_str(s, 6),
                                        .detail = column_str(s, 7)};
            more = true;
            n++;
            row_hash(hash, n, &entry, hash);
            column_bytes(s, 8, kept, sizeof kept);
            if (sqlite3_column_int64(s, 0) != n || memcmp(hash, kept, sizeof kept) != 0) {
                db_done(s);
                *out_n = n;
                e = ERR_CHECK;
                goto out;
            }
        }
        if (e == ERR_NOT_FOUND)
            e = ERR_OK;
    }
out:
    sqlite_read_end(repo, db);
    return e;
}
