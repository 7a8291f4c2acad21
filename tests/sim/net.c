/* A network that can't be trusted: see net.h. */
#include "net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk.h"
#include "server.h"

#define OLD_RECEIPTS 16

struct message {
    bool to_server;
    int64_t at_ms;
    uint32_t device;
    uint64_t request; /* 0: whoever waited for the answer has long gone */
    enum transport_state state;
    bool by_stranger;
    struct transport_answer answer;
    char *bytes;
    size_t len;
};

struct net {
    struct world *world;
    int64_t down_until_ms;
    struct message *messages;
    size_t count, room;
    struct sign_key stranger;
    struct str old[OLD_RECEIPTS]; /* owned */
    size_t old_next;
};

static const char portal_page[] = "<!DOCTYPE html><html><h1>Welcome to the guest Wi-Fi</h1></html>";

struct net *net_make(struct world *w)
{
    unsigned char seed[SIGN_SEED_BYTES];
    struct net *n = calloc(1, sizeof *n);

    if (n == NULL)
        abort();
    n->world = w;
    dice_fill(&w->dice, seed, sizeof seed);
    sign_key_from_seed(seed, &n->stranger);
    return n;
}

void net_destroy(struct net *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->messages[i].bytes);
    for (size_t i = 0; i < OLD_RECEIPTS; i++)
        free((void *)(uintptr_t)n->old[i].at);
    free(n->messages);
    free(n);
}

static struct message *add(struct net *n, int64_t at_ms, struct str bytes)
{
    struct message *m;

    if (n->count == n->room) {
        n->room = n->room * 2 + 16;
        n->messages = realloc(n->messages, n->room * sizeof *n->messages);
        if (n->messages == NULL)
            abort();
    }
    m = &n->messages[n->count++];
    memset(m, 0, sizeof *m);
    m->at_ms = at_ms;
    m->bytes = malloc(bytes.len + 1);
    if (m->bytes == NULL)
        abort();
    if (bytes.len > 0)
        memcpy(m->bytes, bytes.at, bytes.len);
    m->len = bytes.len;
    return m;
}

static void answer(struct net *n, const struct device *d, uint64_t request, int64_t after_ms,
                   enum transport_state state, int status, struct str body)
{
    struct message *m = add(n, n->world->now_ms + after_ms, body);

    m->device = d->number;
    m->request = request;
    m->state = state;
    m->answer.status = status;
}

static struct message *request(struct net *n, const struct device *d, int64_t after_ms,
                               struct str body)
{
    struct message *m = add(n, n->world->now_ms + after_ms, body);

    m->to_server = true;
    m->device = d->number;
    m->request = d->request;
    return m;
}

/*
 * Garbled or cut. Counted from the end and written over, not flipped: signatures are other ones in
 * each run, and what becomes of a run must not hang on them.
 */
static void spoil(struct net *n, struct message *m)
{
    size_t most = m->len < 400 ? m->len : 400;

    if (most == 0)
        return;
    if (dice_chance(&n->world->dice, 500))
        m->bytes[m->len - 1 - dice_below(&n->world->dice, most)] = '!';
    else
        m->len -= 1 + dice_below(&n->world->dice, most);
}

/* A receipt that takes everything, over a stranger's signature. */
static void answer_as_stranger(struct net *n, const struct device *d, struct str bundle)
{
    static struct receipt r;
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest manifest;
    struct buf out;
    char *text = malloc(LIMIT_RECEIPT + 1);
    const struct identity *sender = &n->world->identities[d->identity];

    if (text == NULL || bundle_open(bundle, sender->key.public_key, &reader, &manifest, NULL))
        abort();
    memset(&r, 0, sizeof r);
    r.kiosk = manifest.kiosk;
    r.bundle = manifest.bundle;
    r.incarnation = n->world->server->api.incarnation;
    bundle_sha256(bundle, r.bundle_sha256);
    while (bundle_next(&reader, &e, NULL) == ERR_OK)
        r.entries[r.entry_count++].record = e.header.record;
    buf_init(&out, text, LIMIT_RECEIPT + 1);
    if (receipt_encode(&r, &n->stranger, &out) != ERR_OK)
        abort();
    answer(n, d, d->request, 200, TRANSPORT_ANSWERED, 200, buf_str(&out));
    n->messages[n->count - 1].by_stranger = true;
    free(text);
}

static void answer_status(struct net *n, const struct device *d)
{
    static const int statuses[] = {302, 400, 401, 403, 404, 413, 422, 429, 429, 500, 503, 511};
    struct dice *dice = &n->world->dice;
    int status = statuses[dice_below(dice, sizeof statuses / sizeof statuses[0])];

    answer(n, d, d->request, 100, TRANSPORT_ANSWERED, status, str_of(portal_page));
    if (status >= 429 && dice_chance(dice, 500))
        n->messages[n->count - 1].answer.retry_after_ms = dice_between(dice, 1000, 2 * HOUR_MS);
}

enum way_there {
    THERE_LOST,
    THERE_NO_NETWORK,
    THERE_DOUBLED,
    THERE_LATE, /* the kiosk gives up, and it arrives behind newer ones */
    THERE_SPOILT,
    THERE_PAGE,
    THERE_NOT_TLS,
    THERE_STATUS,
    THERE_STRANGER,
    THERE_OLD_RECEIPT,
    THERE_WAYS
};

static void send_badly(struct net *n, struct device *d, struct str bundle)
{
    struct dice *dice = &n->world->dice;
    enum way_there way = (enum way_there)dice_below(dice, THERE_WAYS);

    world_log(n->world, "kiosk %u bundle meets fate %d", d->number, (int)way);
    switch (way) {
    case THERE_LOST:
        break;
    case THERE_NO_NETWORK:
        answer(n, d, d->request, 10, TRANSPORT_NO_ANSWER, 0, (struct str){0});
        break;
    case THERE_DOUBLED:
        request(n, d, dice_between(dice, 10, 500), bundle);
        request(n, d, dice_between(dice, 10, 5000), bundle);
        break;
    case THERE_LATE:
        request(n, d, dice_between(dice, MINUTE_MS, 20 * HOUR_MS), bundle)->request = 0;
        break;
    case THERE_SPOILT:
        spoil(n, request(n, d, 100, bundle));
        break;
    case THERE_PAGE:
        answer(n, d, d->request, 50, TRANSPORT_ANSWERED, 200, str_of(portal_page));
        break;
    case THERE_NOT_TLS:
        answer(n, d, d->request, 50, TRANSPORT_STRANGER, 0, (struct str){0});
        break;
    case THERE_STATUS:
        answer_status(n, d);
        break;
    case THERE_STRANGER:
        answer_as_stranger(n, d, bundle);
        break;
    default:
        answer(n, d, d->request, 50, TRANSPORT_ANSWERED, 200,
               n->old[dice_below(dice, OLD_RECEIPTS)]);
        break;
    }
}

void net_send(struct net *n, struct device *d, struct str bundle)
{
    struct world *w = n->world;

    if (d->clock_wrong)
        answer(n, d, d->request, 100, TRANSPORT_CLOCK, 0, (struct str){0});
    else if (w->now_ms < n->down_until_ms)
        answer(n, d, d->request, 10, TRANSPORT_NO_ANSWER, 0, (struct str){0});
    else if (w->hostile && dice_chance(&w->dice, w->hostility))
        send_badly(n, d, bundle);
    else
        request(n, d, dice_between(&w->dice, 5, 300), bundle);
}

void net_go_down(struct net *n, int64_t until_ms)
{
    world_log(n->world, "the network is gone for %lld h",
              (long long)((until_ms - n->world->now_ms) / HOUR_MS));
    n->down_until_ms = until_ms;
}

void net_heal(struct net *n)
{
    n->down_until_ms = 0;
    for (size_t i = 0; i < n->count; i++) {
        if (n->messages[i].at_ms > n->world->now_ms + HOUR_MS)
            n->messages[i].at_ms = n->world->now_ms + HOUR_MS;
    }
}

/* ---- the way back ---------------------------------------------------------------------- */

static void keep_receipt(struct net *n, struct str body)
{
    struct str *slot = &n->old[n->old_next++ % OLD_RECEIPTS];
    char *copy = malloc(body.len + 1);

    if (copy == NULL)
        abort();
    memcpy(copy, body.at, body.len);
    free((void *)(uintptr_t)slot->at);
    *slot = (struct str){copy, body.len};
}

enum way_back { BACK_LOST, BACK_SPOILT, BACK_LATE, BACK_SERVER_KILLED, BACK_WAYS };

static void carry_back(struct net *n, const struct message *m, const struct response *response)
{
    struct world *w = n->world;
    struct device *d = w->devices[m->device];
    struct str body = {response->body, response->body_bytes};
    int64_t after_ms = dice_between(&w->dice, 5, 300);
    enum way_back way = BACK_WAYS;

    if (w->hostile && dice_chance(&w->dice, w->hostility / 2))
        way = (enum way_back)dice_below(&w->dice, BACK_WAYS);
    if (way == BACK_SERVER_KILLED && dice_chance(&w->dice, 700))
        way = BACK_LOST; /* a restart takes long */
    if (way != BACK_WAYS)
        world_log(w, "kiosk %u receipt meets fate %d", m->device, (int)way);
    if (way == BACK_SERVER_KILLED)
        server_kill(w->server);
    if (way == BACK_LOST || way == BACK_SERVER_KILLED)
        return;
    if (way == BACK_LATE)
        after_ms = dice_between(&w->dice, 1000, 2 * MINUTE_MS);
    answer(n, d, m->request, after_ms, TRANSPORT_ANSWERED, response->status, body);
    n->messages[n->count - 1].answer.retry_after_ms = (int64_t)response->retry_after_s * 1000;
    if (way == BACK_SPOILT)
        spoil(n, &n->messages[n->count - 1]);
}

static void arrive_at_server(struct net *n, const struct message *m)
{
    struct world *w = n->world;
    struct response response = {0};

    if (!server_handle(w->server, (struct str){m->bytes, m->len}, &response)) {
        answer(n, w->devices[m->device], m->request, 10, TRANSPORT_NO_ANSWER, 0, (struct str){0});
        return;
    }
    if (response.status != 200)
        world_log(w, "server answers kiosk %u: %d", m->device, response.status);
    if (response.status == 200)
        keep_receipt(n, (struct str){response.body, response.body_bytes});
    carry_back(n, m, &response);
    response_finish(&response);
}

static void arrive_at_kiosk(struct net *n, struct message *m)
{
    struct device *d = n->world->devices[m->device];
    unsigned char genuine[SIGN_PUBLIC_BYTES];

    m->answer.body = (struct str){m->bytes, m->len};
    memcpy(genuine, d->settings.sign_public, sizeof genuine);
    if (m->by_stranger && n->world->wrong == WRONG_STRANGERS_WORD)
        memcpy(d->settings.sign_public, n->stranger.public_key, sizeof genuine);
    device_answer(d, m->request, m->state, &m->answer);
    memcpy(d->settings.sign_public, genuine, sizeof genuine);
}

static size_t earliest(const struct net *n)
{
    size_t first = 0;

    for (size_t i = 1; i < n->count; i++) {
        if (n->messages[i].at_ms < n->messages[first].at_ms)
            first = i;
    }
    return first;
}

int64_t net_due_ms(const struct net *n)
{
    return n->count == 0 ? NEVER_MS : n->messages[earliest(n)].at_ms;
}

uint32_t net_next_device(const struct net *n)
{
    return n->messages[earliest(n)].device;
}

void net_step(struct net *n)
{
    size_t i = earliest(n);
    struct message m = n->messages[i];

    n->messages[i] = n->messages[--n->count];
    if (m.to_server)
        arrive_at_server(n, &m);
    else
        arrive_at_kiosk(n, &m);
    free(m.bytes);
}

bool net_is_empty(const struct net *n)
{
    return n->count == 0;
}
