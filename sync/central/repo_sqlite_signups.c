/*
 * The worklist: pages, counts and searches that follow an index whatever the number of sign-ups,
 * one sign-up opened, its status, and the export. Everything that shows a person first writes the
 * audit row, durably, and then shows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/central/fold.h"
#include "sync/central/repo_sqlite.h"

/* Places among ITEM_COLUMNS, and after them. */
#define COLUMN_STATUS   10
#define COLUMN_PRACTICE 17
#define COLUMN_RECORD   19

#define MATCH_SIZE (4 * LIMIT_ANSWER + 64)

static void item_columns(sqlite3_stmt *s, struct signup_item *out)
{
    column_bytes(s, 0, out->record.bytes, ID_BYTES);
    column_text(s, 1, out->reference, sizeof out->reference);
    out->received_ms = sqlite3_column_int64(s, 2);
    out->made_ms = sqlite3_column_int64(s, 3);
    column_text(s, 4, out->given_name, sizeof out->given_name);
    column_text(s, 5, out->family_name, sizeof out->family_name);
    column_text(s, 6, out->nhs_number, sizeof out->nhs_number);
    column_text(s, 7, out->birth_date, sizeof out->birth_date);
    column_text(s, 8, out->language, sizeof out->language);
    column_text(s, 9, out->mode, sizeof out->mode);
    column_text(s, COLUMN_STATUS, out->status, sizeof out->status);
    column_text(s, 11, out->attention, sizeof out->attention);
    column_text(s, 12, out->consent_version, sizeof out->consent_version);
    column_text(s, 13, out->email, sizeof out->email);
    column_text(s, 14, out->mobile, sizeof out->mobile);
    column_text(s, 15, out->postcode, sizeof out->postcode);
    column_text(s, 16, out->kiosk_name, sizeof out->kiosk_name);
    column_text(s, COLUMN_PRACTICE, out->practice.code, sizeof out->practice.code);
    column_text(s, COLUMN_PRACTICE + 1, out->practice.name, sizeof out->practice.name);
}

/* The record itself, valid until the next step; empty where it can't be one. */
static struct str record_column(sqlite3_stmt *s)
{
    size_t size = (size_t)sqlite3_column_bytes(s, COLUMN_RECORD);

    return size > LIMIT_RECORD_PADDED ? (struct str){NULL, 0}
                                      : (struct str){sqlite3_column_blob(s, COLUMN_RECORD), size};
}

/* A query made ready: which statement lists it, and the match where words are looked for. */
struct plan {
    const struct caller *caller;
    const struct signup_query *query;
    bool searches;
    int64_t most; /* of the newest matches */
    bool nothing; /* there is no word in what was typed: nothing matches */
    char match[MATCH_SIZE];
};

static enum err make_plan(const struct caller *caller, const struct signup_query *query,
                          int64_t most, struct plan *out)
{
    struct buf match;
    enum err e = ERR_OK;

    out->caller = caller;
    out->query = query;
    out->most = most;
    out->searches = str_trim(query->words).len > 0;
    out->nothing = false;
    buf_init(&match, out->match, sizeof out->match);
    if (out->searches)
        e = fold_query(query->words, caller->practice, &match);
    if (e == ERR_FORMAT) {
        out->nothing = true;
        e = ERR_OK;
    }
    return e;
}

static sqlite3_stmt *use_list(struct db *db, const struct plan *plan, int64_t from, int64_t limit)
{
    bool one = plan->caller->practice[0] != '\0';
    enum sqlite_statement which = one ? SQL_LIST_ONE : SQL_LIST_ALL;

    if (plan->searches)
        which = SQL_SEARCH;
    else if (plan->query->folder != NULL)
        which = one ? SQL_LIST_FOLDER_ONE : SQL_LIST_FOLDER_ALL;
    sqlite3_stmt *s = db_use(db, which);
    bind_text(s, ":practice", str_of(plan->caller->practice));
    bind_text(s, ":folder", str_of(plan->query->folder));
    bind_text(s, ":match", str_of(plan->match));
    bind_int(s, ":most", plan->most);
    bind_int(s, ":limit", limit);
    bind_int(s, ":from", from);
    return s;
}

static enum err count_folders(struct db *db, const struct plan *plan, int64_t counts[FOLDER_COUNT])
{
    bool one = plan->caller->practice[0] != '\0';
    sqlite3_stmt *s = db_use(db, plan->searches ? SQL_SEARCH_COUNTS
                                 : one          ? SQL_COUNTS_ONE
                                                : SQL_COUNTS_ALL);
    enum err e;

    bind_text(s, ":practice", str_of(plan->caller->practice));
    bind_text(s, ":match", str_of(plan->match));
    bind_int(s, ":most", plan->most);
    while ((e = db_step(s)) == ERR_OK) {
        const char *name = (const char *)sqlite3_column_text(s, 0);
        for (int i = 0; i < FOLDER_COUNT; i++) {
            if (name != NULL && strcmp(name, folder_names[i]) == 0)
                counts[i] = sqlite3_column_int64(s, 1);
        }
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err read_number(struct db *db, enum sqlite_statement which, const char *practice,
                            int64_t since_ms, int64_t *out_number)
{
    sqlite3_stmt *s = db_use(db, which);

    bind_text(s, ":practice", str_of(practice));
    bind_int(s, ":since", since_ms);
    enum err e = db_step(s);
    if (e != ERR_OK)
        return e;
    *out_number = sqlite3_column_int64(s, 0);
    db_done(s);
    return ERR_OK;
}

static enum err fill_page(struct db *db, const struct plan *plan, int64_t day_start_ms,
                          struct signup_page *out)
{
    const char *practice = plan->caller->practice;
    bool one = practice[0] != '\0';
    enum err e = read_number(db, one ? SQL_ARRIVED_ONE : SQL_ARRIVED_ALL, practice, day_start_ms,
                             &out->arrived_since);

    if (e == ERR_OK)
        e = read_number(db, one ? SQL_CONTACT_ONE : SQL_CONTACT_ALL, practice, 0,
                        &out->last_contact_ms);
    if (e == ERR_OK && !plan->nothing)
        e = count_folders(db, plan, out->counts);
    if (e != ERR_OK || plan->nothing)
        return e;
    sqlite3_stmt *s = use_list(db, plan, (plan->query->page - 1) * REPO_PAGE_ROWS, REPO_PAGE_ROWS);
    while (out->row_count < REPO_PAGE_ROWS && (e = db_step(s)) == ERR_OK)
        item_columns(s, &out->rows[out->row_count++]);
    db_done(s);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Ids as the detail of an audit row. */
static void add_id(struct buf *b, const struct id *id)
{
    char text[ID_TEXT + 1];

    id_text(id, text);
    buf_add_format(b, b->len > 0 ? " %s" : "%s", text);
}

/* Whose rows were shown, by id: one audit row for a page. */
struct shown {
    const struct caller *caller;
    const struct signup_page *page;
};

static enum err audit_page(struct db *db, void *context)
{
    const struct shown *shown = context;
    char detail[REPO_PAGE_ROWS * (ID_TEXT + 1) + 1];
    struct buf b;

    buf_init(&b, detail, sizeof detail);
    for (size_t i = 0; i < shown->page->row_count; i++)
        add_id(&b, &shown->page->rows[i].record);
    return sqlite_audit_user(db, shown->caller, "listed", STR_LITERAL(""),
                             str_of(shown->caller->practice), buf_str(&b), NULL);
}

enum err sqlite_signups(struct repo *repo, const struct caller *caller,
                        const struct signup_query *query, int64_t day_start_ms,
                        struct signup_page *out_page)
{
    struct db *db = NULL;
    struct plan plan;
    enum err e = make_plan(caller, query, REPO_SEARCH_MAX, &plan);

    if (e != ERR_OK)
        return e;
    e = sqlite_read_begin(repo, &db);
    if (e != ERR_OK)
        return e;
    memset(out_page, 0, sizeof *out_page);
    e = fill_page(db, &plan, day_start_ms, out_page);
    sqlite_read_end(repo, db);
    if (e == ERR_OK && out_page->row_count > 0)
        e = sqlite_write(repo, audit_page, &(struct shown){caller, out_page});
    return e;
}

struct change {
    const struct caller *caller;
    const struct id *record;
    const char *status;
    const char *note;
    struct signup_detail *out_detail;
};

static sqlite3_stmt *use_signup(struct db *db, const struct change *change)
{
    sqlite3_stmt *s = db_use(db, SQL_SIGNUP_GET);

    bind_bytes(s, ":record", change->record->bytes, ID_BYTES);
    bind_text(s, ":practice", str_of(change->caller->practice));
    return s;
}

static enum err add_alike(sqlite3_stmt *s, struct signup_detail *out)
{
    enum err e;

    while ((e = db_step(s)) == ERR_OK) {
        struct alike_row row = {0};
        bool known = false;
        column_bytes(s, 0, row.record.bytes, ID_BYTES);
        for (size_t i = 0; i < out->alike_count; i++)
            known = known || id_equal(&row.record, &out->alike[i].record);
        if (known || out->alike_count == REPO_ALIKE_MAX)
            continue;
        column_text(s, 1, row.reference, sizeof row.reference);
        column_text(s, 2, row.given_name, sizeof row.given_name);
        column_text(s, 3, row.family_name, sizeof row.family_name);
        out->alike[out->alike_count++] = row;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err find_alike(struct db *db, const struct caller *caller, const char *name_key,
                           struct signup_detail *out)
{
    static const enum sqlite_statement ways[] = {SQL_ALIKE_NUMBER, SQL_ALIKE_PERSON};
    enum err e = ERR_OK;

    for (int i = 0; i < 2 && e == ERR_OK; i++) {
        const char *key = i == 0 ? out->item.nhs_number : out->item.birth_date;
        if (key[0] == '\0')
            continue;
        sqlite3_stmt *s = db_use(db, ways[i]);
        bind_bytes(s, ":record", out->item.record.bytes, ID_BYTES);
        bind_text(s, ":practice", str_of(caller->practice));
        bind_text(s, ":nhs", str_of(out->item.nhs_number));
        bind_text(s, ":birth", str_of(out->item.birth_date));
        bind_text(s, ":name_key", str_of(name_key));
        bind_int(s, ":limit", REPO_ALIKE_MAX);
        e = add_alike(s, out);
    }
    return e;
}

static enum err read_history(struct db *db, const struct change *change, struct signup_detail *out)
{
    char id[ID_TEXT + 1];
    sqlite3_stmt *s = db_use(db, SQL_HISTORY);
    enum err e;

    id_text(change->record, id);
    bind_bytes(s, ":record", change->record->bytes, ID_BYTES);
    bind_text(s, ":object", str_of(id));
    bind_text(s, ":practice", str_of(change->caller->practice));
    bind_int(s, ":limit", REPO_HISTORY_MAX);
    while ((e = db_step(s)) == ERR_OK) {
        struct history_row *row = &out->history[out->history_count++];
        char actor[8];
        char name[REPO_NAME + 1];
        row->at_ms = sqlite3_column_int64(s, 0);
        column_text(s, 1, actor, sizeof actor);
        column_text(s, 2, name, sizeof name);
        if (strcmp(actor, "kiosk") == 0)
            snprintf(row->who, sizeof row->who, "kiosk %s", name);
        else
            snprintf(row->who, sizeof row->who, "%s", name[0] != '\0' ? name : "the server");
        column_text(s, 3, row->action, sizeof row->action);
        column_text(s, 4, row->detail, sizeof row->detail);
        column_text(s, 5, row->note, sizeof row->note);
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err read_signup(struct db *db, const struct change *change, struct signup_detail *out)
{
    char mode[8];
    char name_key[FOLD_NAME_SIZE];
    sqlite3_stmt *s = use_signup(db, change);
    enum err e = db_step(s);

    if (e != ERR_OK)
        return e;
    memset(out, 0, sizeof *out);
    item_columns(s, &out->item);
    size_t size = (size_t)sqlite3_column_bytes(s, COLUMN_RECORD);
    const void *plaintext = sqlite3_column_blob(s, COLUMN_RECORD);
    if (size <= sizeof out->plaintext && size > 0) {
        memcpy(out->plaintext, plaintext, size);
        out->plaintext_bytes = size;
    }
    column_text(s, COLUMN_RECORD + 1, mode, sizeof mode);
    out->live = strcmp(mode, "live") == 0;
    column_text(s, COLUMN_RECORD + 2, name_key, sizeof name_key);
    db_done(s);
    return find_alike(db, change->caller, name_key, out);
}

/* The names of those who may be the same person are shown beside it: their ids are written too. */
static enum err audit_opened(struct db *db, const struct change *change,
                             const struct signup_detail *detail)
{
    char id[ID_TEXT + 1];
    char alike[REPO_ALIKE_MAX * (ID_TEXT + 1) + 1];
    struct buf b;

    buf_init(&b, alike, sizeof alike);
    for (size_t i = 0; i < detail->alike_count; i++)
        add_id(&b, &detail->alike[i].record);
    id_text(change->record, id);
    return sqlite_audit_user(db, change->caller, "opened", str_of(id),
                             str_of(detail->item.practice.code), buf_str(&b), NULL);
}

/* All in the transaction of its audit row: what is shown is what the log says was shown. */
static enum err open_signup(struct db *db, void *context)
{
    const struct change *change = context;
    struct signup_detail *out = change->out_detail;
    enum err e = read_signup(db, change, out);

    if (e == ERR_OK)
        e = audit_opened(db, change, out);
    return e != ERR_OK ? e : read_history(db, change, out);
}

enum err sqlite_signup_open(struct repo *repo, const struct caller *caller, const struct id *record,
                            struct signup_detail *out_detail)
{
    struct change change = {.caller = caller, .record = record, .out_detail = out_detail};

    return sqlite_write(repo, open_signup, &change);
}

static enum err set_status(struct db *db, void *context)
{
    const struct change *change = context;
    char id[ID_TEXT + 1];
    char status[16];
    char practice[REPO_PRACTICE_CODE + 1];
    int64_t n = 0;
    sqlite3_stmt *s = use_signup(db, change);
    enum err e = db_step(s);

    if (e != ERR_OK)
        return e;
    column_text(s, COLUMN_STATUS, status, sizeof status);
    column_text(s, COLUMN_PRACTICE, practice, sizeof practice);
    db_done(s);
    if (strcmp(status, "withdrawn") == 0)
        return ERR_REFUSED;
    s = db_use(db, SQL_STATUS_SET);
    bind_text(s, ":status", str_of(change->status));
    bind_bytes(s, ":record", change->record->bytes, ID_BYTES);
    bind_text(s, ":practice", str_of(change->caller->practice));
    e = db_run(s);
    if (e == ERR_OK && strcmp(change->status, "withdrawn") == 0) {
        s = db_use(db, SQL_INBOX_GONE);
        bind_bytes(s, ":record", change->record->bytes, ID_BYTES);
        e = db_erase(db, s);
    }
    id_text(change->record, id);
    if (e == ERR_OK)
        e = sqlite_audit_user(db, change->caller, "status", str_of(id), str_of(practice),
                              str_of(change->status), &n);
    if (e != ERR_OK || change->note[0] == '\0')
        return e;
    s = db_use(db, SQL_NOTE_ADD);
    bind_int(s, ":n", n);
    bind_text(s, ":text", str_of(change->note));
    return db_run(s);
}

enum err sqlite_signup_status(struct repo *repo, const struct caller *caller,
                              const struct id *record, const char *status, const char *note)
{
    struct change change = {caller, record, status, note, NULL};

    return sqlite_write(repo, set_status, &change);
}

/* The ids of an export, written into the audit log one by one before a row leaves. */
struct exported {
    const struct caller *caller;
    struct {
        struct id record;
        char practice[REPO_PRACTICE_CODE + 1];
    } * rows;
    size_t count;
};

static enum err audit_export(struct db *db, void *context)
{
    const struct exported *x = context;
    char count[24];

    snprintf(count, sizeof count, "%zu", x->count);
    enum err e = sqlite_audit_user(db, x->caller, "export", STR_LITERAL(""),
                                   str_of(x->caller->practice), str_of(count), NULL);
    for (size_t i = 0; i < x->count && e == ERR_OK; i++) {
        char id[ID_TEXT + 1];
        id_text(&x->rows[i].record, id);
        e = sqlite_audit_user(db, x->caller, "exported", str_of(id), str_of(x->rows[i].practice),
                              STR_LITERAL(""), NULL);
    }
    return e;
}

static enum err each_row(struct db *db, const struct plan *plan, signup_row_fn fn, void *context)
{
    struct signup_item *row = calloc(1, sizeof *row);
    sqlite3_stmt *s = use_list(db, plan, 0, REPO_EXPORT_MAX + 1);
    enum err e = row != NULL ? ERR_OK : ERR_MEMORY;

    while (e == ERR_OK && (e = db_step(s)) == ERR_OK) {
        item_columns(s, row);
        e = fn(context, row, record_column(s));
    }
    db_done(s);
    free(row);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err note_record(void *context, const struct signup_item *row, struct str plaintext)
{
    struct exported *x = context;

    (void)plaintext;
    if (x->count == REPO_EXPORT_MAX)
        return ERR_LIMIT;
    x->rows[x->count].record = row->record;
    memcpy(x->rows[x->count].practice, row->practice.code, sizeof row->practice.code);
    x->count++;
    return ERR_OK;
}

enum err sqlite_signup_export(struct repo *repo, const struct caller *caller,
                              const struct signup_query *query, signup_row_fn fn, void *context)
{
    struct db *db = NULL;
    struct plan plan;
    struct exported x = {.caller = caller};
    enum err e = make_plan(caller, query, REPO_EXPORT_MAX + 1, &plan);

    if (e != ERR_OK)
        return e;
    x.rows = calloc(REPO_EXPORT_MAX, sizeof *x.rows);
    if (x.rows == NULL)
        return ERR_MEMORY;
    /* One reading transaction for both passes, so the rows are the ones in the audit log. */
    e = sqlite_read_begin(repo, &db);
    if (e != ERR_OK)
        goto out;
    if (!plan.nothing)
        e = each_row(db, &plan, note_record, &x);
    if (e == ERR_OK)
        e = sqlite_write(repo, audit_export, &x);
    if (e == ERR_OK && !plan.nothing)
        e = each_row(db, &plan, fn, context);
    sqlite_read_end(repo, db);
out:
    free(x.rows);
    return e;
}
