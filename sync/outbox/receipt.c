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
    return outbox_run(o, s);
}

static enum err set_contact(struct outbox *o, const struct outbox_contact *contact)
{
    sqlite3_stmt *s = outbox_sql(o, SQL_SET_CONTACT);

    sqlite3_bind_blob(s, 1, contact->incarnation.bytes, ID_BYTES, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s, 2, contact->last_contact_wall_ms);
    return outbox_run(o, s);
}

enum err outbox_apply_receipt(struct outbox *o, const struct receipt *r)
{
    struct outbox_contact contact = {r->incarnation, env_wall_ms(o->env)};
    bool restored;
    enum err e = outbox_ready(o);

    if (e != ERR_OK)
        return e;
    restored =
        !id_is_none(&o->contact.incarnation) && !id_equal(&o->contact.incarnation, &r->incarnation);
    e = outbox_begin(o);
    if (e == ERR_OK && restored)
        e = outbox_run(o, outbox_sql(o, SQL_WAIT_AGAIN_ALL));
    for (uint32_t i = 0; e == ERR_OK && i < r->entry_count; i++)
        e = apply_entry(o, &r->entries[i]);
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
