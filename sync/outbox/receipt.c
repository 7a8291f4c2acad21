/*
 * What a receipt does to the outbox. It has passed its signature and its binding before it comes
 * here; still it changes only the records that it names, in one transaction, and what is withdrawn
 * stays withdrawn.
 */
#include <string.h>

#include "sync/outbox/private.h"

static enum err set_state(struct outbox *o, const struct id *record, enum outbox_state state,
                          const char *code, const char *words, bool spent)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_SET_STATE);

    sqlite3_bind_blob(s, 1, record->bytes, ID_BYTES, SQLITE_TRANSIENT);
    sqlite3_bind_int(s, 2, (int)state);
    sqlite3_bind_text(s, 3, code, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(s, 4, words, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(s, 5, spent);
    return outbox_run(o, s);
}

static enum err apply_entry(struct outbox *o, const struct receipt_entry *entry)
{
    switch (entry->outcome) {
    case RECEIPT_ACCEPTED:
    case RECEIPT_DUPLICATE:
        return set_state(o, &entry->record, OUTBOX_RECEIVED, "", "", false);
    case RECEIPT_DEFERRED:
        return set_state(o, &entry->record, OUTBOX_DEFERRED, "", "", false);
    case RECEIPT_REJECTED:
    case RECEIPT_CONFLICT:
        return set_state(o, &entry->record, OUTBOX_ATTENTION, entry->code, entry->words, false);
    case RECEIPT_GONE:
        return set_state(o, &entry->record, OUTBOX_WITHDRAWN, "", "", true);
    case RECEIPT_OUTCOME_COUNT:
        break;
    }
    return ERR_OK;
}

static enum err set_archived(struct outbox *o, const struct id *record)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_SET_ARCHIVED);

    sqlite3_bind_blob(s, 1, record->bytes, ID_BYTES, SQLITE_TRANSIENT);
    return outbox_run(o, s);
}

static enum err wait_again(struct outbox *o, const struct receipt_range *range)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_WAIT_AGAIN_RANGE);

    sqlite3_bind_int64(s, 1, (sqlite3_int64)range->first);
    sqlite3_bind_int64(s, 2, (sqlite3_int64)range->last);
    sqlite3_bind_text(s, 3, DAMAGED_CODE, -1, SQLITE_STATIC);
    return outbox_run(o, s);
}

static enum err wait_again_all(struct outbox *o)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_WAIT_AGAIN_ALL);

    sqlite3_bind_text(s, 1, DAMAGED_CODE, -1, SQLITE_STATIC);
    return outbox_run(o, s);
}

static enum err set_contact(struct outbox *o, const struct outbox_contact *c)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_SET_CONTACT);

    sqlite3_bind_blob(s, 1, c->incarnation.bytes, ID_BYTES, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s, 2, c->last_contact_wall_ms);
    sqlite3_bind_int64(s, 3, c->last_sent_wall_ms);
    sqlite3_bind_int64(s, 4, (sqlite3_int64)c->last_sent_count);
    sqlite3_bind_int64(s, 5, c->feedback.year);
    sqlite3_bind_int64(s, 6, c->feedback.month);
    sqlite3_bind_int64(s, 7, c->feedback.own);
    sqlite3_bind_int64(s, 8, c->feedback.practices);
    sqlite3_bind_int64(s, 9, c->feedback.median_x10);
    return outbox_run(o, s);
}

static enum err count_waiting(struct outbox *o, uint64_t *out_count)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_WAITING);
    int code = sqlite3_step(s);

    if (code == SQLITE_ROW)
        *out_count = (uint64_t)sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return code == SQLITE_ROW ? ERR_OK : outbox_suspect(o, code);
}

/* What it says of each record; *out_settled of them waited before and do no longer. */
static enum err apply_entries(struct outbox *o, const struct receipt *r, uint64_t *out_settled)
{
    uint64_t before = 0;
    uint64_t after = 0;
    enum err e = count_waiting(o, &before);

    for (uint32_t i = 0; e == ERR_OK && i < r->entry_count; i++)
        e = apply_entry(o, &r->entries[i]);
    if (e == ERR_OK)
        e = count_waiting(o, &after);
    *out_settled = before - after;
    return e;
}

enum err outbox_apply_receipt(struct outbox *o, const struct receipt *r)
{
    struct outbox_contact contact;
    uint64_t settled = 0;
    bool restored;
    enum err e = outbox_ready(o);

    if (e != ERR_OK)
        return e;
    restored =
        !id_is_none(&o->contact.incarnation) && !id_equal(&o->contact.incarnation, &r->incarnation);
    contact = o->contact;
    contact.incarnation = r->incarnation;
    contact.last_contact_wall_ms = env_wall_ms(o->env);
    if (r->feedback.known)
        contact.feedback = r->feedback;
    e = outbox_begin(o);
    if (e == ERR_OK && restored)
        e = wait_again_all(o);
    if (e == ERR_OK)
        e = apply_entries(o, r, &settled);
    if (settled > 0) {
        contact.last_sent_wall_ms = contact.last_contact_wall_ms;
        contact.last_sent_count = settled;
    }
    /* Only after a heartbeat, so that a server that lists what it has can't make us spin. */
    for (uint32_t i = 0; e == ERR_OK && r->entry_count == 0 && i < r->missing_count; i++)
        e = wait_again(o, &r->missing[i]);
    for (uint32_t i = 0; e == ERR_OK && i < r->archived_count; i++)
        e = set_archived(o, &r->archived[i]);
    if (e == ERR_OK)
        e = set_contact(o, &contact);
    e = outbox_end(o, e);
    if (e != ERR_OK)
        return e;
    o->contact = contact;
    return outbox_recount(o);
}
