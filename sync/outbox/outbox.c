/* Records in and out: see outbox.h. */
#include "sync/outbox/outbox.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "sync/outbox/private.h"

/* A WAL of so many pages is written back at the next quiet moment: 2 MiB of 4 KiB pages. */
#define WAL_PAGES_MAX   512
#define PURGE_PER_IDLE  50
#define VERIFY_PER_IDLE 50

enum err outbox_create(const char *folder, const struct env *env, struct outbox **out_outbox,
                       struct refusal *refusal)
{
    struct outbox *o = calloc(1, sizeof *o);
    enum err e;

    if (o == NULL)
        return ERR_MEMORY;
    o->env = env;
    if (strlen(folder) >= sizeof o->folder) {
        free(o);
        return ERR_LIMIT;
    }
    strcpy(o->folder, folder);
    snprintf(o->path, sizeof o->path, "%s/outbox.db", folder);
    e = outbox_open(o, refusal);
    if (e == ERR_VERSION || e == ERR_BUSY || e == ERR_MEMORY) {
        outbox_destroy(o);
        return e;
    }
    *out_outbox = o;
    return ERR_OK;
}

void outbox_destroy(struct outbox *o)
{
    if (o == NULL)
        return;
    outbox_close(o);
    free(o);
}

sqlite3_stmt *outbox_sql(struct outbox *o, enum outbox_statement which)
{
    sqlite3_stmt *s = o->statements[which];

    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return s;
}

enum err outbox_run(struct outbox *o, sqlite3_stmt *s)
{
    int code = sqlite3_step(s);

    sqlite3_reset(s);
    return code == SQLITE_DONE ? ERR_OK : outbox_suspect(o, code);
}

enum err outbox_begin(struct outbox *o)
{
    return outbox_run(o, outbox_sql(o, SQL_BEGIN));
}

enum err outbox_end(struct outbox *o, enum err e)
{
    enum err rolled;

    if (o->db == NULL)
        return e; /* given up: closing it rolled back */
    if (e == ERR_OK)
        return outbox_run(o, outbox_sql(o, SQL_COMMIT));
    rolled = outbox_run(o, outbox_sql(o, SQL_ROLLBACK));
    return rolled == ERR_OK ? e : rolled;
}

void outbox_hash(const struct envelope *e, bool with_body, unsigned char out_hash[HASH_BYTES])
{
    crypto_generichash_state state;
    unsigned char seq[8];

    for (int i = 0; i < 8; i++)
        seq[i] = (unsigned char)(e->seq >> (56 - 8 * i));
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&state, e->header.record.bytes, ID_BYTES);
    crypto_generichash_update(&state, seq, sizeof seq);
    crypto_generichash_update(&state, e->header.kiosk.bytes, ID_BYTES);
    crypto_generichash_update(&state, e->header.key.bytes, KEY_ID_BYTES);
    crypto_generichash_update(&state, e->sha256, SHA256_BYTES);
    if (with_body)
        crypto_generichash_update(&state, e->sealed, SEALED_BYTES);
    crypto_generichash_final(&state, out_hash, HASH_BYTES);
}

/* A column's bytes where it has exactly this size. */
static bool column(sqlite3_stmt *s, int i, void *out, int size)
{
    if (sqlite3_column_bytes(s, i) != size || sqlite3_column_blob(s, i) == NULL)
        return false;
    memcpy(out, sqlite3_column_blob(s, i), (size_t)size);
    return true;
}

enum err outbox_read_row(sqlite3_stmt *s, struct envelope *out_envelope)
{
    unsigned char stored[HASH_BYTES];
    unsigned char now[HASH_BYTES];
    struct envelope *e = out_envelope;

    memset(&e->header, 0, sizeof e->header);
    e->seq = (uint64_t)sqlite3_column_int64(s, 1);
    if (!column(s, 0, e->header.record.bytes, ID_BYTES) ||
        !column(s, 2, e->header.kiosk.bytes, ID_BYTES) ||
        !column(s, 3, e->header.key.bytes, KEY_ID_BYTES) ||
        !column(s, 4, e->sha256, SHA256_BYTES) || !column(s, 5, stored, HASH_BYTES) ||
        !column(s, 6, e->sealed, SEALED_BYTES))
        return ERR_CHECK;
    outbox_hash(e, true, now);
    return memcmp(now, stored, HASH_BYTES) == 0 ? ERR_OK : ERR_CHECK;
}

static uint64_t free_bytes(const struct outbox *o)
{
    struct statvfs about;

    if (statvfs(o->folder, &about) != 0)
        return 0;
    return (uint64_t)about.f_bavail * about.f_frsize;
}

/* The row with this id: ERR_OK, ERR_NOT_FOUND or an error of the storage. */
static enum err read_by_id(struct outbox *o, const struct id *record, uint64_t *out_seq,
                           enum outbox_state *out_state, unsigned char out_sha256[SHA256_BYTES])
{
    sqlite3_stmt *s = outbox_sql(o, SQL_BY_ID);
    int code;

    sqlite3_bind_blob(s, 1, record->bytes, ID_BYTES, SQLITE_STATIC);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        *out_seq = (uint64_t)sqlite3_column_int64(s, 0);
        *out_state = (enum outbox_state)sqlite3_column_int(s, 1);
        if (!column(s, 2, out_sha256, SHA256_BYTES))
            memset(out_sha256, 0, SHA256_BYTES);
    }
    sqlite3_reset(s);
    if (code == SQLITE_DONE)
        return ERR_NOT_FOUND;
    return code == SQLITE_ROW ? ERR_OK : outbox_suspect(o, code);
}

/* One statement is one transaction: the row, its seq and its id are there together or not. */
static int insert(struct outbox *o, const struct envelope *e, bool assisted)
{
    unsigned char hash[HASH_BYTES];
    sqlite3_stmt *s = outbox_sql(o, SQL_INSERT);
    int code;

    outbox_hash(e, true, hash);
    sqlite3_bind_blob(s, 1, e->header.record.bytes, ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, (sqlite3_int64)e->seq);
    sqlite3_bind_blob(s, 3, e->header.kiosk.bytes, ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(s, 4, e->header.key.bytes, KEY_ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(s, 5, e->sha256, SHA256_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(s, 6, hash, HASH_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(s, 7, e->sealed, SEALED_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(s, 8, env_wall_ms(o->env));
    sqlite3_bind_int(s, 9, assisted);
    code = sqlite3_step(s);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return code;
}

enum err outbox_append(struct outbox *o, const struct seal_header *header,
                       const unsigned char sealed[SEALED_BYTES], bool assisted, uint64_t *out_seq)
{
    struct envelope e = {.header = *header};
    unsigned char sha256[SHA256_BYTES];
    enum outbox_state state;
    uint64_t seq = 0;
    enum err found = outbox_ready(o);
    int code;

    if (found != ERR_OK)
        return found == ERR_FULL || found == ERR_READ_ONLY ? found : ERR_IO;
    memcpy(e.sealed, sealed, SEALED_BYTES);
    envelope_hash(&e);
    /* First, so that a save that is asked again is answered even where space ran out since. */
    found = read_by_id(o, &header->record, &seq, &state, sha256);
    if (found == ERR_OK) {
        if (memcmp(sha256, e.sha256, SHA256_BYTES) != 0)
            return ERR_EXISTS;
        *out_seq = seq;
        return ERR_OK;
    }
    if (found != ERR_NOT_FOUND)
        return ERR_UNAVAILABLE;
    if (free_bytes(o) < OUTBOX_FREE_FLOOR_BYTES)
        return ERR_FULL;
    e.seq = o->counts.made + 1;
    code = insert(o, &e, assisted);
    if (code != SQLITE_DONE) {
        enum err why = outbox_suspect(o, code);
        return why == ERR_FULL || why == ERR_READ_ONLY ? why : ERR_UNAVAILABLE;
    }
    o->counts.made = e.seq;
    o->counts.waiting++;
    *out_seq = e.seq;
    return ERR_OK;
}

/* By its place in the file: the id may be what was damaged. */
static enum err set_damaged(struct outbox *o, uint64_t seq)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_SET_DAMAGED);
    enum err e;

    sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
    sqlite3_bind_text(s, 2, DAMAGED_CODE, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, "The storage changed this record. Replace the device.", -1,
                      SQLITE_STATIC);
    e = outbox_run(o, s);
    return e == ERR_OK ? outbox_recount(o) : e;
}

enum err outbox_next_waiting(struct outbox *o, uint64_t after, struct envelope *out_envelope)
{
    enum err e = outbox_ready(o);

    while (e == ERR_OK) {
        sqlite3_stmt *s = outbox_sql(o, SQL_NEXT_WAITING);
        enum err row = ERR_NOT_FOUND;
        int code;

        sqlite3_bind_int64(s, 1, (sqlite3_int64)after);
        code = sqlite3_step(s);
        if (code == SQLITE_ROW)
            row = outbox_read_row(s, out_envelope);
        sqlite3_reset(s);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return outbox_suspect(o, code);
        if (row != ERR_CHECK)
            return row;
        after = out_envelope->seq;
        e = set_damaged(o, after);
    }
    return e;
}

enum err outbox_find(struct outbox *o, const struct id *record, enum outbox_state *out_state)
{
    unsigned char sha256[SHA256_BYTES];
    uint64_t seq;
    enum err e = outbox_ready(o);

    return e != ERR_OK ? e : read_by_id(o, record, &seq, out_state, sha256);
}

enum err outbox_look_up(struct outbox *o, const unsigned char prefix[8], unsigned bits,
                        struct id *out_record, enum outbox_state *out_state)
{
    unsigned char first[ID_BYTES] = {0};
    unsigned char last[ID_BYTES];
    sqlite3_stmt *s;
    enum err e = outbox_ready(o);
    int code;

    if (e != ERR_OK)
        return e;
    memset(last, 0xff, sizeof last);
    for (unsigned bit = 0; bit < bits && bit < 64; bit++) {
        unsigned char mask = (unsigned char)(0x80 >> bit % 8);
        if ((prefix[bit / 8] & mask) != 0)
            first[bit / 8] |= mask;
        else
            last[bit / 8] &= (unsigned char)~mask;
    }
    s = outbox_sql(o, SQL_BY_PREFIX);
    sqlite3_bind_blob(s, 1, first, ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(s, 2, last, ID_BYTES, SQLITE_STATIC);
    code = sqlite3_step(s);
    e = code == SQLITE_DONE ? ERR_NOT_FOUND : ERR_OK;
    if (code == SQLITE_ROW && column(s, 0, out_record->bytes, ID_BYTES))
        *out_state = (enum outbox_state)sqlite3_column_int(s, 1);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? e : outbox_suspect(o, code);
}

/* A text column where it fits and is UTF-8: damage must not reach a reader that refuses it. */
static void text_column(sqlite3_stmt *s, int i, char *out, size_t size)
{
    struct str text = {(const char *)sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i)};

    out[0] = '\0';
    if (text.at == NULL || text.len >= size || !str_is_utf8(text))
        return;
    memcpy(out, text.at, text.len);
    out[text.len] = '\0';
}

/* Code and words out of a bound statement's one row. */
static enum err read_reason(struct outbox *o, sqlite3_stmt *s, struct outbox_reason *out_reason)
{
    int code = sqlite3_step(s);

    if (code == SQLITE_ROW) {
        text_column(s, 0, out_reason->code, sizeof out_reason->code);
        text_column(s, 1, out_reason->words, sizeof out_reason->words);
    }
    sqlite3_reset(s);
    if (code == SQLITE_DONE)
        return ERR_NOT_FOUND;
    return code == SQLITE_ROW ? ERR_OK : outbox_suspect(o, code);
}

enum err outbox_reason(struct outbox *o, const struct id *record, struct outbox_reason *out_reason)
{
    sqlite3_stmt *s;
    enum err e = outbox_ready(o);

    if (e != ERR_OK)
        return e;
    s = outbox_sql(o, SQL_REASON);
    sqlite3_bind_blob(s, 1, record->bytes, ID_BYTES, SQLITE_TRANSIENT);
    return read_reason(o, s, out_reason);
}

enum err outbox_newest_attention(struct outbox *o, struct outbox_reason *out_reason)
{
    enum err e = outbox_ready(o);

    return e != ERR_OK ? e : read_reason(o, outbox_sql(o, SQL_NEWEST_ATTENTION), out_reason);
}

struct outbox_counts outbox_counts(const struct outbox *o)
{
    return o->counts;
}

struct outbox_contact outbox_contact(const struct outbox *o)
{
    return o->contact;
}

enum err outbox_oldest_waiting(struct outbox *o, int64_t *out_wall_ms)
{
    sqlite3_stmt *s;
    enum err e = outbox_ready(o);
    int code;

    if (e != ERR_OK)
        return e;
    s = outbox_sql(o, SQL_OLDEST_WAITING);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *out_wall_ms = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    if (code == SQLITE_DONE)
        return ERR_NOT_FOUND;
    return code == SQLITE_ROW ? ERR_OK : outbox_suspect(o, code);
}

enum err outbox_made_between(struct outbox *o, int64_t from_ms, int64_t to_ms, uint64_t *out_made,
                             uint64_t *out_assisted)
{
    sqlite3_stmt *s;
    enum err e = outbox_ready(o);
    int code;

    if (e != ERR_OK)
        return e;
    s = outbox_sql(o, SQL_MADE_BETWEEN);
    sqlite3_bind_int64(s, 1, from_ms);
    sqlite3_bind_int64(s, 2, to_ms);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        *out_made = (uint64_t)sqlite3_column_int64(s, 0);
        *out_assisted = (uint64_t)sqlite3_column_int64(s, 1);
    }
    sqlite3_reset(s);
    return code == SQLITE_ROW ? ERR_OK : outbox_suspect(o, code);
}

enum storage_state outbox_storage(struct outbox *o, uint64_t *out_free_bytes)
{
    enum err e = outbox_ready(o);

    *out_free_bytes = free_bytes(o);
    if (e == ERR_READ_ONLY)
        return STORAGE_READ_ONLY;
    if (e == ERR_FULL || (e == ERR_OK && *out_free_bytes < OUTBOX_FREE_FLOOR_BYTES))
        return STORAGE_FULL;
    return e == ERR_OK ? STORAGE_OK : STORAGE_FAILING;
}

/* Takes the body out of one archived or withdrawn record; ERR_NOT_FOUND where there is none. */
static enum err purge_one(struct outbox *o)
{
    struct envelope e;
    unsigned char hash[HASH_BYTES];
    sqlite3_stmt *s = outbox_sql(o, SQL_SPENT);
    int code = sqlite3_step(s);

    /* A damaged body goes as well: it is spent. */
    if (code == SQLITE_ROW)
        (void)!outbox_read_row(s, &e);
    sqlite3_reset(s);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE ? ERR_NOT_FOUND : outbox_suspect(o, code);
    outbox_hash(&e, false, hash);
    s = outbox_sql(o, SQL_PURGE);
    sqlite3_bind_int64(s, 1, (sqlite3_int64)e.seq);
    sqlite3_bind_blob(s, 2, hash, HASH_BYTES, SQLITE_TRANSIENT);
    return outbox_run(o, s);
}

/* Compares the next stored body with its hash; starts over behind the last. */
static enum err verify_one(struct outbox *o)
{
    struct envelope e;
    enum err row = ERR_NOT_FOUND;
    sqlite3_stmt *s = outbox_sql(o, SQL_NEXT_BODY);
    int code;

    sqlite3_bind_int64(s, 1, (sqlite3_int64)o->verified);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        row = outbox_read_row(s, &e);
    sqlite3_reset(s);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return outbox_suspect(o, code);
    o->verified = code == SQLITE_ROW ? e.seq : 0;
    if (row == ERR_CHECK)
        return set_damaged(o, e.seq);
    return row;
}

void outbox_idle(struct outbox *o)
{
    enum err e = outbox_ready(o);

    for (int i = 0; e == ERR_OK && i < VERIFY_PER_IDLE; i++)
        e = verify_one(o);
    e = outbox_ready(o);
    for (int i = 0; e == ERR_OK && i < PURGE_PER_IDLE; i++)
        e = purge_one(o);
    if (o->db != NULL && o->wal_pages > WAL_PAGES_MAX) {
        int code = sqlite3_wal_checkpoint_v2(o->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        if (code != SQLITE_OK)
            (void)!outbox_suspect(o, code);
        else
            o->wal_pages = 0;
    }
}
