/* A thread for the stick, and the desk that answers it: see carry.h. */
#include "sync/agent/carry.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/agent/visit.h"

enum question { ASK_NOTHING, ASK_APPLY, ASK_NEXT, ASK_TO_END };

struct carry {
    struct packing packing;
    const struct engine *engine;
    const char *state;
    int wake[2]; /* a byte for each question */
    bool running;
    pthread_t thread;
    char folder[LOCAL_FOLDER_MOST + 1];
    struct packed *packed; /* of the running visit */
    uint64_t after;        /* seq up to which it has packed */

    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t answered;
    struct local_carry progress;
    bool stopping;
    enum question question;
    enum err answer;
    /* What is asked with it, and where the answer goes: the visit's, which waits meanwhile. */
    const struct receipt *receipt;
    const struct id *heard;
    uint64_t *settled;
    const struct id_list *there;
    struct visit_bundle *bundle;
};

/* ---- in the visit's thread -------------------------------------------------------------- */

/* With the lock held. */
static enum err ask(struct carry *c, enum question question)
{
    c->question = question;
    /* A full pipe has woken the other side already; without it nobody would ever answer. */
    while (write(c->wake[1], "?", 1) < 0 && errno != EAGAIN)
        continue;
    while (c->question != ASK_NOTHING && !c->stopping)
        pthread_cond_wait(&c->answered, &c->lock);
    return c->stopping ? ERR_UNAVAILABLE : c->answer;
}

static enum err ask_apply(void *context, const struct receipt *r, const struct id *heard,
                          uint64_t *out_settled)
{
    struct carry *c = context;
    enum err e;

    pthread_mutex_lock(&c->lock);
    c->receipt = r;
    c->heard = heard;
    c->settled = out_settled;
    e = ask(c, ASK_APPLY);
    pthread_mutex_unlock(&c->lock);
    return e;
}

static enum err ask_next(void *context, const struct id_list *there,
                         struct visit_bundle *out_bundle)
{
    struct carry *c = context;
    enum err e;

    pthread_mutex_lock(&c->lock);
    c->there = there;
    c->bundle = out_bundle;
    e = ask(c, ASK_NEXT);
    pthread_mutex_unlock(&c->lock);
    return e;
}

static void tell(void *context, const struct local_carry *progress)
{
    struct carry *c = context;

    pthread_mutex_lock(&c->lock);
    c->progress = *progress;
    pthread_mutex_unlock(&c->lock);
}

static void *run(void *context)
{
    struct carry *c = context;
    struct local_carry end;
    struct visit visit = {
        .folder = c->folder,
        .own_disk = c->state,
        .kiosk = c->packing.settings->kiosk,
        .desk = {.context = c, .apply = ask_apply, .next = ask_next, .tell = tell},
    };

    memcpy(visit.device_public, c->packing.device->public_key, SIGN_PUBLIC_BYTES);
    memcpy(visit.server_public, c->packing.settings->sign_public, SIGN_PUBLIC_BYTES);
    visit_run(&visit, &end);
    pthread_mutex_lock(&c->lock);
    c->progress = end;
    (void)ask(c, ASK_TO_END);
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* ---- in the service's thread ------------------------------------------------------------ */

enum err carry_create(const struct packing *packing, const struct engine *engine, const char *state,
                      struct carry **out_carry)
{
    struct carry *c = calloc(1, sizeof *c);

    if (c == NULL)
        return ERR_MEMORY;
    if (pipe(c->wake) != 0) {
        enum err e = err_from_errno(errno);
        free(c);
        return e;
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(c->wake[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(c->wake[i], F_SETFL, O_NONBLOCK);
    }
    c->packing = *packing;
    c->engine = engine;
    c->state = state;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->answered, NULL);
    *out_carry = c;
    return ERR_OK;
}

static void end_visit(struct carry *c)
{
    pthread_join(c->thread, NULL);
    free(c->packed);
    c->packed = NULL;
    c->running = false;
}

void carry_destroy(struct carry *c)
{
    if (c == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    c->stopping = true;
    pthread_cond_signal(&c->answered);
    pthread_mutex_unlock(&c->lock);
    if (c->running)
        end_visit(c);
    pthread_cond_destroy(&c->answered);
    pthread_mutex_destroy(&c->lock);
    close(c->wake[0]);
    close(c->wake[1]);
    free(c);
}

/* Signals are for the service's own thread: one would cut a sync of the stick short. */
static bool start_thread(struct carry *c)
{
    sigset_t all;
    sigset_t before;
    bool started;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    started = pthread_create(&c->thread, NULL, run, c) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct local_carry carry_begin(struct carry *c, const char *folder)
{
    if (c->running && strcmp(c->folder, folder) != 0)
        return (struct local_carry){.state = CARRY_BUSY};
    if (c->running)
        return carry_progress(c);
    c->progress = (struct local_carry){.state = CARRY_DEVICE};
    c->packed = malloc(sizeof *c->packed);
    strcpy(c->folder, folder);
    c->after = 0;
    c->running = c->packed != NULL && start_thread(c);
    if (!c->running) {
        free(c->packed);
        c->packed = NULL;
    }
    return carry_progress(c);
}

struct local_carry carry_progress(struct carry *c)
{
    struct local_carry progress;

    pthread_mutex_lock(&c->lock);
    progress = c->progress;
    pthread_mutex_unlock(&c->lock);
    /* It has ended when its thread has, or the next one could not begin. */
    if (c->running)
        progress.state = CARRY_WORKING;
    return progress;
}

int carry_descriptor(const struct carry *c)
{
    return c->wake[0];
}

/* Of the records that the receipt names: how many wait. */
static uint64_t count_waiting(struct carry *c, const struct receipt *r)
{
    uint64_t count = 0;

    for (uint32_t i = 0; i < r->entry_count; i++) {
        enum outbox_state now;
        count += outbox_find(c->packing.outbox, &r->entries[i].record, &now) == ERR_OK &&
                 now == OUTBOX_WAITING;
    }
    return count;
}

/*
 * A stick may be months old, and the server restored meanwhile. Its receipt holds if it comes from
 * the server's store as last heard, or if nothing else was heard since its bundle was made.
 */
static enum err apply(struct carry *c)
{
    const struct receipt *r = c->receipt;
    struct id now = outbox_contact(c->packing.outbox).incarnation;
    uint64_t before;
    uint64_t after;
    enum err e;

    if (!id_equal(&now, &r->incarnation) && !id_equal(&now, c->heard))
        return ERR_REFUSED;
    before = count_waiting(c, r);
    e = outbox_apply_receipt(c->packing.outbox, r);
    after = e == ERR_OK ? count_waiting(c, r) : before;
    *c->settled = before > after ? before - after : 0;
    return e;
}

struct chooser {
    const struct engine *engine;
    const struct id_list *there;
};

/* What the server did not take over HTTPS goes in a bundle of its own, so that it spoils none. */
static enum pack_choice choose(const void *context, const struct packed *so_far,
                               const struct envelope *e)
{
    const struct chooser *by = context;

    if (id_list_has(by->there, &e->header.record))
        return PACK_PASS;
    if (so_far->count > 0 && (engine_is_aside(by->engine, e->seq) ||
                              engine_is_aside(by->engine, so_far->envelopes[0].seq)))
        return PACK_END;
    return PACK_TAKE;
}

static enum err pack_next(struct carry *c)
{
    const struct chooser by = {c->engine, c->there};
    enum err e = packing_make(&c->packing, c->after, LIMIT_BUNDLE_RECORDS, choose, &by, c->packed);

    if (e != ERR_OK)
        return e;
    c->after = c->packed->looked_at;
    *c->bundle = (struct visit_bundle){c->packed->expected.bundle, c->packed->bytes,
                                       c->packed->count, c->packed->passed};
    return ERR_OK;
}

static void log_end(const struct local_carry *p)
{
    log_event(p->state == CARRY_DONE ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "carry.ended",
              "state=%d written=%" PRIu64 " there=%" PRIu64 " receipts=%" PRIu64 " settled=%" PRIu64
              " strange=%" PRIu64,
              (int)p->state, p->written, p->there, p->receipts, p->settled, p->strange);
}

bool carry_step(struct carry *c)
{
    uint64_t waited = outbox_counts(c->packing.outbox).waiting;
    bool ended = false;
    char drained[16];

    while (read(c->wake[0], drained, sizeof drained) > 0)
        continue;
    pthread_mutex_lock(&c->lock);
    if (c->question == ASK_APPLY)
        c->answer = apply(c);
    else if (c->question == ASK_NEXT)
        c->answer = pack_next(c);
    ended = c->question == ASK_TO_END;
    c->question = ASK_NOTHING;
    pthread_cond_signal(&c->answered);
    pthread_mutex_unlock(&c->lock);
    if (ended && c->running) {
        end_visit(c);
        log_end(&c->progress);
    }
    return outbox_counts(c->packing.outbox).waiting > waited;
}
