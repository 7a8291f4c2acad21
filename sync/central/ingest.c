/* A bundle taken in: see ingest.h. */
#include "sync/central/ingest.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/kiosk_mode.h"
#include "sync/central/opening.h"

/* Everything that one exchange needs, in one block: wiped and freed at the end. */
struct work {
    struct bundle_manifest manifest;
    struct bundle_reader reader;
    struct ingest_batch batch;
    struct receipt receipt;
    struct kiosk kiosk;
    struct ingest_item items[LIMIT_BUNDLE_RECORDS];
    struct opened *opened; /* as many as the manifest names, and one */
};

static void work_destroy(struct work *w)
{
    if (w == NULL)
        return;
    if (w->opened != NULL)
        sodium_memzero(w->opened, w->batch.count * sizeof *w->opened);
    free(w->opened);
    free(w);
}

/* Finds the kiosk and checks the signature; answers and returns false where it is not ours. */
static bool check_sender(struct call *call, struct work *w)
{
    struct repo *repo = call->api->repo;
    struct refusal refusal = {0};
    struct id claimed;
    enum err e = bundle_peek(call->request->body, &claimed, &refusal);

    if (e != ERR_OK) {
        reply_error(call, 400, "bundle", "This is not a bundle from a kiosk.", NULL);
        return false;
    }
    e = repo->verbs->kiosk_find(repo, &claimed, &w->kiosk);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && w->kiosk.revoked)) {
        reply_error(call, 403, e == ERR_OK ? "revoked-kiosk" : "unknown-kiosk",
                    "The server does not know this kiosk. Set it up again; its sign-ups are safe "
                    "on it.",
                    NULL);
        return false;
    }
    if (e != ERR_OK) {
        reply_err(call, e);
        return false;
    }
    e = bundle_open(call->request->body, w->kiosk.public_key, &w->reader, &w->manifest, &refusal);
    if (e == ERR_CHECK)
        reply_error(call, 403, "signature", "The bundle was not signed by this kiosk.", NULL);
    else if (e == ERR_VERSION)
        reply_error(call, 422, "newer", "A newer kiosk made this. Update the server.", NULL);
    else if (e != ERR_OK)
        reply_error(call, 400, "bundle", "This is not a bundle from a kiosk.", NULL);
    return e == ERR_OK;
}

static bool read_records(struct call *call, struct work *w)
{
    struct refusal refusal = {0};
    struct ingest_batch *b = &w->batch;
    enum err e = ERR_OK;

    b->items = w->items;
    while (b->count < w->manifest.records) {
        struct opened *opened = &w->opened[b->count];
        e = bundle_next(&w->reader, &opened->envelope, &refusal);
        if (e != ERR_OK)
            break;
        opening_read(call->api, &w->kiosk, call->now_ms, opened, &b->items[b->count]);
        b->count++;
    }
    if (e == ERR_OK &&
        bundle_next(&w->reader, &w->opened[b->count].envelope, &refusal) != ERR_NOT_FOUND)
        e = ERR_FORMAT;
    if (e != ERR_OK)
        reply_error(call, 422, "record",
                    "A record in this bundle is damaged. Nothing of the bundle was taken: send "
                    "its records in smaller bundles.",
                    NULL);
    return e == ERR_OK;
}

static void fill_claims(struct call *call, struct work *w)
{
    const struct bundle_manifest *m = &w->manifest;
    struct ingest_batch *b = &w->batch;
    uint64_t done = m->received + m->attention + b->count;

    b->kiosk = w->kiosk.id;
    memcpy(b->practice, w->kiosk.practice.code, sizeof b->practice);
    b->via = call->request->listener == LISTENER_HATCH ? "usb" : "https";
    b->now_ms = call->now_ms;
    b->has_claims = true;
    b->made = m->made;
    for (size_t i = 0; i < b->count; i++)
        b->made = b->items[i].envelope->seq > b->made ? b->items[i].envelope->seq : b->made;
    /* What waits there once it has this answer. */
    b->waiting = m->made > done ? m->made - done : 0;
    b->version = m->version;
}

static void reply_receipt(struct call *call, struct work *w)
{
    struct receipt *r = &w->receipt;
    struct buf out;
    char *text = malloc(LIMIT_RECEIPT + 1);

    if (text == NULL) {
        reply_err(call, ERR_MEMORY);
        return;
    }
    r->kiosk = w->kiosk.id;
    r->bundle = w->manifest.bundle;
    bundle_sha256(call->request->body, r->bundle_sha256);
    r->incarnation = call->api->incarnation;
    r->server_time_ms = call->now_ms;
    r->next_after_ms = INGEST_NEXT_AFTER_MS;
    if (call->api->feedback != NULL)
        r->feedback = feedback_of(call->api->feedback, w->batch.practice);
    r->entry_count = (uint32_t)w->batch.count;
    for (size_t i = 0; i < w->batch.count; i++) {
        r->entries[i] = w->batch.items[i].entry;
        r->entries[i].record = w->batch.items[i].envelope->header.record;
    }
    r->missing_count = w->batch.missing_count;
    memcpy(r->missing, w->batch.missing, sizeof r->missing);
    buf_init(&out, text, LIMIT_RECEIPT + 1);
    if (receipt_encode(r, &call->api->keys->sign, &out) != ERR_OK) {
        free(text);
        reply_err(call, ERR_IO);
        return;
    }
    call->response->status = 200;
    call->response->content_type = "text/plain; charset=utf-8";
    call->response->owned = text;
    call->response->body = text;
    call->response->body_bytes = out.len;
}

void handle_exchange(struct call *call)
{
    struct repo *repo = call->api->repo;
    struct work *w = calloc(1, sizeof *w);

    if (w == NULL) {
        reply_err(call, ERR_MEMORY);
        return;
    }
    if (!check_sender(call, w))
        goto out;
    w->opened = malloc((w->manifest.records + 1) * sizeof *w->opened);
    if (w->opened == NULL) {
        reply_err(call, ERR_MEMORY);
        goto out;
    }
    if (!read_records(call, w))
        goto out;
    fill_claims(call, w);
    enum err e = repo->verbs->ingest(repo, &w->batch);
    if (e == ERR_OK)
        reply_receipt(call, w);
    else
        reply_err(call, e);
out:
    work_destroy(w);
}

/* ---- what was kept unread -------------------------------------------------------------- */

struct again {
    const struct api *api;
    uint64_t read;
};

static enum err read_one_again(void *context, const struct kiosk *kiosk,
                               const struct envelope *envelope)
{
    struct again *again = context;
    struct repo *repo = again->api->repo;
    struct opened *opened = malloc(sizeof *opened);
    struct ingest_item item = {0};
    struct ingest_batch batch = {.kiosk = kiosk->id,
                                 .via = "again",
                                 .now_ms = env_wall_ms(again->api->env),
                                 .count = 1,
                                 .items = &item};
    enum err e = ERR_OK;

    if (opened == NULL)
        return ERR_MEMORY;
    memcpy(batch.practice, kiosk->practice.code, sizeof batch.practice);
    opened->envelope = *envelope;
    opening_read(again->api, kiosk, batch.now_ms, opened, &item);
    if (item.reading.outcome == RECEIPT_ACCEPTED) {
        e = repo->verbs->ingest(repo, &batch);
        again->read += e == ERR_OK;
    }
    sodium_memzero(opened, sizeof *opened);
    free(opened);
    return e;
}

enum err ingest_read_again(const struct api *api, uint64_t *out_read)
{
    struct again again = {api, 0};
    int64_t after = 0;
    int64_t before = -1;
    enum err e = ERR_OK;

    while (e == ERR_OK && after != before) {
        before = after;
        e = api->repo->verbs->unread(api->repo, &after, 100, read_one_again, &again);
    }
    if (e == ERR_OK)
        *out_read = again.read;
    return e;
}
