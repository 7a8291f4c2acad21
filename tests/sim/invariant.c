/* The promise: see invariant.h. */
#include "invariant.h"

#include <stdlib.h>
#include <string.h>

/* ---- at the kiosk ---------------------------------------------------------------------- */

static void check_received(struct device *d, const struct record *r, uint32_t index)
{
    if (!r->at_server && !r->fell_out)
        world_fail(d->world, "kiosk %u says that record %u is received, and it is not", d->number,
                   index);
}

static void check_attention(struct device *d, const struct record *r, uint32_t index)
{
    struct outbox_reason reason = {{0}, {0}};

    if (outbox_reason(d->outbox, &r->id, &reason) != ERR_OK || reason.code[0] == '\0' ||
        reason.words[0] == '\0')
        world_fail(d->world, "kiosk %u gives no reason for record %u", d->number, index);
}

/* False where the storage does not answer now: then there is nothing to compare. */
static bool count_record(struct device *d, uint32_t index, struct outbox_counts *io_found)
{
    const struct record *r = &d->world->records[index];
    enum outbox_state state;
    enum err e = outbox_find(d->outbox, &r->id, &state);

    if (e == ERR_NOT_FOUND && r->confirmed)
        world_fail(d->world, "kiosk %u lost record %u, which was confirmed", d->number, index);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND;
    io_found->made++;
    switch (state) {
    case OUTBOX_WAITING:
        io_found->waiting++;
        break;
    case OUTBOX_RECEIVED:
    case OUTBOX_DEFERRED:
        io_found->received++;
        check_received(d, r, index);
        break;
    case OUTBOX_ATTENTION:
        io_found->attention++;
        check_attention(d, r, index);
        break;
    case OUTBOX_WITHDRAWN:
        io_found->withdrawn++;
        if (!r->withdrawn)
            world_fail(d->world, "kiosk %u says that record %u is withdrawn, and it is not",
                       d->number, index);
        break;
    }
    return true;
}

void check_device(struct device *d)
{
    struct outbox_counts found = {0};
    struct outbox_counts told;

    for (uint32_t i = 0; i < d->held_count && !d->world->failed; i++) {
        if (!count_record(d, d->held[i], &found))
            return;
    }
    told = outbox_counts(d->outbox);
    if (memcmp(&found, &told, sizeof found) != 0)
        world_fail(d->world,
                   "kiosk %u counts made %llu, received %llu, waiting %llu, attention %llu, "
                   "withdrawn %llu; it is %llu, %llu, %llu, %llu, %llu",
                   d->number, (unsigned long long)told.made, (unsigned long long)told.received,
                   (unsigned long long)told.waiting, (unsigned long long)told.attention,
                   (unsigned long long)told.withdrawn, (unsigned long long)found.made,
                   (unsigned long long)found.received, (unsigned long long)found.waiting,
                   (unsigned long long)found.attention, (unsigned long long)found.withdrawn);
}

/* ---- at the server --------------------------------------------------------------------- */

static bool columns_record(sqlite3_stmt *q, struct id *out_id, unsigned char sha256[SHA256_BYTES])
{
    if (sqlite3_column_bytes(q, 0) != ID_BYTES || sqlite3_column_bytes(q, 1) != SHA256_BYTES)
        return false;
    memcpy(out_id->bytes, sqlite3_column_blob(q, 0), ID_BYTES);
    memcpy(sha256, sqlite3_column_blob(q, 1), SHA256_BYTES);
    return true;
}

static struct record *row_record(struct server *s, sqlite3_stmt *q)
{
    unsigned char sha256[SHA256_BYTES];
    struct id id;
    struct record *r = NULL;

    if (columns_record(q, &id, sha256))
        r = world_find(s->world, &id, sha256);
    if (r == NULL)
        world_fail(s->world, "the server has a record that nobody made");
    return r;
}

/* Of one person, one sign-up takes effect. */
static void check_person(struct server *s, const struct record *r)
{
    const struct world *w = s->world;

    for (uint32_t i = 0; i < w->record_count; i++) {
        const struct record *other = &w->records[i];
        if (other != r && other->person == r->person && other->at_server)
            world_fail(s->world, "the server has one person's sign-up twice: records %u and %u", i,
                       world_index(w, r));
    }
}

static void check_new_rows(struct server *s)
{
    sqlite3_stmt *q = s->looks[LOOK_INBOX];

    sqlite3_bind_int64(q, 1, s->eye_after);
    while (!s->world->failed && sqlite3_step(q) == SQLITE_ROW) {
        struct record *r = row_record(s, q);
        s->eye_after = sqlite3_column_int64(q, 2);
        if (r == NULL)
            break;
        if (r->at_server)
            world_fail(s->world, "the server has record %u twice", world_index(s->world, r));
        if (sqlite3_column_bytes(q, 3) != ID_BYTES ||
            memcmp(sqlite3_column_blob(q, 3), s->world->identities[r->identity].row.id.bytes,
                   ID_BYTES) != 0)
            world_fail(s->world, "the server has record %u under another kiosk",
                       world_index(s->world, r));
        check_person(s, r);
        r->at_server = true;
        r->fell_out = false;
    }
    sqlite3_reset(q);
}

static void check_conflicts(struct server *s)
{
    sqlite3_stmt *q = s->looks[LOOK_CONFLICTS];

    while (!s->world->failed && sqlite3_step(q) == SQLITE_ROW) {
        struct record *r = row_record(s, q);
        if (r == NULL)
            break;
        if (r->twin == NOBODY)
            world_fail(s->world, "the server sees a conflict in record %u",
                       world_index(s->world, r));
        r->at_server = true;
        r->fell_out = false;
    }
    sqlite3_reset(q);
}

/* One effect for each record that was taken: its row, its words, its place in a folder. */
static void check_effects(struct server *s)
{
    enum { TAKEN, SIGNUPS, IN_FOLDERS, AUDITED, GONE, WITHDRAWN, COUNTS };
    sqlite3_stmt *q = s->looks[LOOK_COUNTS];
    long long n[COUNTS] = {0};

    if (sqlite3_step(q) != SQLITE_ROW)
        world_fail(s->world, "the server's store can't be read");
    for (int i = 0; i < COUNTS; i++)
        n[i] = sqlite3_column_int64(q, i);
    sqlite3_reset(q);
    if (n[TAKEN] != n[SIGNUPS] || n[TAKEN] != n[IN_FOLDERS] || n[TAKEN] != n[AUDITED])
        world_fail(s->world,
                   "the server took %lld records; %lld sign-ups, %lld in folders, %lld audited",
                   n[TAKEN], n[SIGNUPS], n[IN_FOLDERS], n[AUDITED]);
    if (n[GONE] != n[WITHDRAWN])
        world_fail(s->world, "%lld sign-ups are withdrawn, and %lld are gone", n[WITHDRAWN],
                   n[GONE]);
}

void check_server(struct server *s)
{
    if (s->eye == NULL)
        return;
    check_new_rows(s);
    check_conflicts(s);
    check_effects(s);
}

/* ---- the proof ------------------------------------------------------------------------- */

static enum err keep_row(void *context, const struct kiosk_proof *row)
{
    *(struct kiosk_proof *)context = *row;
    return ERR_OK;
}

static bool read_proof(struct server *s, uint32_t identity, struct kiosk_proof *out_proof)
{
    struct caller staff = {.user = 1, .now_ms = s->world->now_ms};

    if (s->api.repo == NULL)
        return false;
    memcpy(staff.practice, s->world->identities[identity].row.practice.code, sizeof staff.practice);
    memset(out_proof, 0, sizeof *out_proof);
    if (s->api.repo->verbs->kiosks(s->api.repo, &staff, keep_row, out_proof) == ERR_OK)
        return true;
    world_fail(s->world, "the server does not tell about kiosk %u", identity);
    return false;
}

void check_proof(struct server *s, uint32_t identity)
{
    struct kiosk_proof p;
    uint64_t missing = 0;

    if (!read_proof(s, identity, &p))
        return;
    for (uint32_t i = 0; i < p.gap_count; i++)
        missing += p.gaps[i].last - p.gaps[i].first + 1;
    if (p.gap_count < RECEIPT_MISSING_MAX ? (uint64_t)p.received + missing != (uint64_t)p.made
                                          : (uint64_t)p.received + missing > (uint64_t)p.made)
        world_fail(s->world, "of identity %u made %lld, received %lld, missing %llu", identity,
                   (long long)p.made, (long long)p.received, (unsigned long long)missing);
}

/* ---- the end --------------------------------------------------------------------------- */

static bool in_gap(const struct kiosk_proof *p, uint64_t seq)
{
    for (uint32_t i = 0; i < p->gap_count; i++) {
        if (seq >= p->gaps[i].first && seq <= p->gaps[i].last)
            return true;
    }
    return false;
}

static void check_end_of_device(struct device *d)
{
    struct world *w = d->world;
    struct kiosk_proof p;
    struct outbox_counts counts = outbox_counts(d->outbox);

    check_device(d);
    if (counts.waiting > 0)
        world_fail(w, "kiosk %u still holds %llu waiting", d->number,
                   (unsigned long long)counts.waiting);
    if (!read_proof(w->server, d->identity, &p))
        return;
    if (p.waiting != 0)
        world_fail(w, "the server says that %lld wait at kiosk %u, and none does",
                   (long long)p.waiting, d->number);
    if ((uint64_t)p.made < counts.made)
        world_fail(w, "the server says that kiosk %u made %lld of %llu", d->number,
                   (long long)p.made, (unsigned long long)counts.made);
    for (uint32_t i = 0; i < d->held_count; i++) {
        const struct record *r = &w->records[d->held[i]];
        if (r->confirmed && !r->excused && !r->withdrawn && in_gap(&p, r->seq))
            world_fail(w, "the server misses number %llu of kiosk %u, which holds it",
                       (unsigned long long)r->seq, d->number);
    }
}

void check_end(struct world *w)
{
    int64_t bad = 0;

    check_server(w->server);
    for (uint32_t i = 0; i < w->record_count && !w->failed; i++) {
        const struct record *r = &w->records[i];
        if (r->confirmed && !r->excused && !r->at_server && !r->withdrawn)
            world_fail(w, "record %u was confirmed and is not at the server", i);
    }
    for (uint32_t i = 0; i < w->device_count && !w->failed; i++)
        check_end_of_device(w->devices[i]);
    for (uint32_t i = 0; i < w->identity_count && !w->failed; i++)
        check_proof(w->server, i);
    if (!w->failed && w->server->api.repo->verbs->audit_check(w->server->api.repo, &bad) != ERR_OK)
        world_fail(w, "the audit log does not fit at row %lld", (long long)bad);
}
