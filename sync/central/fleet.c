/*
 * The fleet's proof, kiosk by kiosk: made 412, received 412, missing 0. "Made" is what the kiosk
 * claimed in a signed manifest, "received" the distinct numbers in the inbox; what is neither here
 * nor said to be waiting there is missing, and said so.
 */
#include <stdio.h>

#include "sync/central/api.h"

#define QUIET_AFTER_MS ((int64_t)2 * 3600 * 1000)
#define SEQS_SIZE      400

/* The first `missing` unseen numbers, as "17-19, 23": what waits on a kiosk is its newest. */
static void gaps_text(const struct kiosk_proof *p, int64_t missing, char out_text[SEQS_SIZE])
{
    struct buf b;
    bool cut = false;

    buf_init(&b, out_text, SEQS_SIZE);
    for (uint32_t i = 0; i < p->gap_count && missing > 0; i++) {
        int64_t first = (int64_t)p->gaps[i].first;
        int64_t last = (int64_t)p->gaps[i].last;
        if (last - first + 1 > missing)
            last = first + missing - 1;
        missing -= last - first + 1;
        if (b.len > SEQS_SIZE - 64) {
            cut = true;
            break;
        }
        if (first == last)
            buf_add_format(&b, "%s%lld", b.len > 0 ? ", " : "", (long long)first);
        else
            buf_add_format(&b, "%s%lld-%lld", b.len > 0 ? ", " : "", (long long)first,
                           (long long)last);
    }
    if (cut || missing > 0)
        buf_add_text(&b, " and more");
}

static enum err add_kiosk(void *context, const struct kiosk_proof *p)
{
    struct call *call = ((void **)context)[0];
    json_t *kiosks = ((void **)context)[1];
    char id[ID_TEXT + 1];
    char seqs[SEQS_SIZE];
    int64_t missing = p->made - p->received - p->waiting;
    const char *state = p->last_contact_ms == 0                              ? "never"
                        : call->now_ms - p->last_contact_ms > QUIET_AFTER_MS ? "quiet"
                                                                             : "connected";

    if (missing < 0)
        missing = 0;
    gaps_text(p, missing, seqs);
    id_text(&p->kiosk.id, id);
    json_t *json =
        json_pack("{sssssosssIsIsIsssIsIsIsIsossss}", "id", id, "name", p->kiosk.name, "practice",
                  json_practice(&p->kiosk.practice), "mode", p->kiosk.live ? "live" : "demo",
                  "made", (json_int_t)p->made, "received", (json_int_t)p->received, "missing",
                  (json_int_t)missing, "missing_seqs", seqs, "waiting", (json_int_t)p->waiting,
                  "needs_attention", (json_int_t)p->needs_attention, "unread",
                  (json_int_t)p->unread, "withdrawn", (json_int_t)p->withdrawn, "last_contact",
                  json_time(p->last_contact_ms), "version", p->version, "state", state);
    return json_array_append_new(kiosks, json) == 0 ? ERR_OK : ERR_MEMORY;
}

void handle_kiosks(struct call *call)
{
    struct repo *repo = call->api->repo;
    json_t *kiosks = json_array();
    void *context[] = {call, kiosks};
    enum err e = repo->verbs->kiosks(repo, &call->caller, add_kiosk, context);

    if (e == ERR_OK) {
        reply_json(call, 200, json_pack("{so}", "kiosks", kiosks));
        return;
    }
    json_decref(kiosks);
    reply_err(call, e);
}
