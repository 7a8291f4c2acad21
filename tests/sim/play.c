/* One seed, from the first patient to the check at the end: see world_play in world.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "invariant.h"
#include "net.h"
#include "play.h"

/* After the faults, so long at most until nothing waits any more. */
#define HEALED_WITHIN_MS (3 * DAY_MS)
/* Kiosks that hear so many heartbeats in a row with nothing left to do are done. */
#define CALM_HEARTBEATS 2
#define CLONES_MOST     3

/* What this seed is about. */
struct run {
    struct world *world;
    struct tally *tally;
    int64_t end_ms; /* of patients and faults */
    int64_t patient_every_ms;
    int64_t fault_every_ms;
    int64_t next_patient_ms;
    int64_t next_fault_ms;
    int64_t next_backup_ms;
    uint32_t clones_left;
};

static struct device *any_device(struct world *w)
{
    return w->devices[dice_below(&w->dice, w->device_count)];
}

/* ---- faults ---------------------------------------------------------------------------- */

static void jump_clock(struct world *w)
{
    static const int64_t jumps_ms[] = {
        0, -HOUR_MS, HOUR_MS, DAY_MS, -40 * DAY_MS, 3652 * DAY_MS, -3652 * DAY_MS, -1795346880000};
    int64_t ahead_ms = jumps_ms[dice_below(&w->dice, sizeof jumps_ms / sizeof jumps_ms[0])];

    if (dice_chance(&w->dice, 100)) {
        world_log(w, "server wall clock %+lld h", (long long)(ahead_ms / HOUR_MS));
        w->server->clock.ahead_ms = ahead_ms;
    } else {
        device_set_clock(any_device(w), ahead_ms);
    }
}

static void spoil_disk(struct world *w)
{
    struct device *d = any_device(w);
    enum disk_fault fault = (enum disk_fault)dice_below(&w->dice, DISK_DIES + 1);
    unsigned after = (unsigned)dice_below(&w->dice, 30);

    world_log(w, "kiosk %u disk fault %d after %u writes", d->number, (int)fault, after);
    disk_plan_fault(d->disk, fault, after);
}

static void restart(struct world *w)
{
    device_restart(any_device(w), (enum ending)dice_below(&w->dice, ENDING_STOPPED + 1));
}

static void copy_disk(struct run *run)
{
    struct device *d = any_device(run->world);

    if (dice_chance(&run->world->dice, 400))
        device_roll_back(d);
    else if (dice_chance(&run->world->dice, 500) || run->clones_left == 0)
        device_take_image(d);
    else {
        run->clones_left--;
        device_clone(d);
    }
}

static void withdraw_one(struct world *w)
{
    struct record *r;

    if (w->record_count == 0 || w->server->api.repo == NULL)
        return;
    r = &w->records[dice_below(&w->dice, w->record_count)];
    if (r->at_server && r->kind == KIND_GOOD && r->twin == NOBODY && !r->withdrawn)
        server_withdraw(w->server, r);
}

static void hurt_server(struct world *w)
{
    struct server *s = w->server;

    switch (dice_below(&w->dice, 4)) {
    case 0:
        server_back_up(s);
        break;
    case 1:
        server_kill(s);
        break;
    case 2:
        if (s->has_backup)
            server_restore(s);
        break;
    default:
        server_go_away(s, w->now_ms + dice_between(&w->dice, MINUTE_MS, 3 * DAY_MS));
        break;
    }
}

static void one_fault(struct run *run)
{
    struct world *w = run->world;
    uint64_t roll = dice_below(&w->dice, 100);

    run->tally->faults++;
    if (roll < 25)
        restart(w);
    else if (roll < 45)
        spoil_disk(w);
    else if (roll < 57)
        jump_clock(w);
    else if (roll < 70)
        copy_disk(run);
    else if (roll < 85)
        hurt_server(w);
    else if (roll < 90)
        net_go_down(w->net, w->now_ms + dice_between(&w->dice, MINUTE_MS, DAY_MS));
    else
        withdraw_one(w);
}

/* ---- one step -------------------------------------------------------------------------- */

static struct device *first_due(const struct world *w, int64_t *io_due_ms)
{
    struct device *first = NULL;

    for (uint32_t i = 0; i < w->device_count; i++) {
        int64_t due = device_due_ms(w->devices[i]);
        if (due < *io_due_ms) {
            *io_due_ms = due;
            first = w->devices[i];
        }
    }
    return first;
}

static int64_t soon(struct world *w, int64_t about_ms)
{
    return w->now_ms + 1 + (int64_t)dice_below(&w->dice, (uint64_t)about_ms * 2);
}

/* What the people and the world do by themselves; false where none of it is due first. */
static bool step_of_world(struct run *run, int64_t due_ms)
{
    struct world *w = run->world;
    bool patient = run->next_patient_ms <= due_ms && run->next_patient_ms <= run->next_fault_ms;
    bool fault = !patient && run->next_fault_ms <= due_ms;

    if (patient) {
        w->now_ms = run->next_patient_ms;
        run->next_patient_ms = soon(w, run->patient_every_ms);
        device_sign_up(any_device(w));
    } else if (fault) {
        w->now_ms = run->next_fault_ms;
        run->next_fault_ms = soon(w, run->fault_every_ms);
        one_fault(run);
    }
    if (w->now_ms >= run->next_backup_ms) {
        run->next_backup_ms += DAY_MS;
        server_back_up(w->server);
    }
    return patient || fault;
}

static void check_all(struct world *w)
{
    check_server(w->server);
    for (uint32_t i = 0; i < w->device_count && !w->failed; i++)
        check_device(w->devices[i]);
    for (uint32_t i = 0; i < w->identity_count && !w->failed; i++)
        check_proof(w->server, i);
}

/* Only what a step can have touched is looked at again. */
static void step(struct run *run)
{
    struct world *w = run->world;
    int64_t due_ms = NEVER_MS;
    struct device *d = first_due(w, &due_ms);
    int64_t net_ms = net_due_ms(w->net);

    w->steps++;
    if (w->hostile && step_of_world(run, due_ms < net_ms ? due_ms : net_ms)) {
        check_all(w);
    } else if (net_ms <= due_ms) {
        uint32_t at = net_next_device(w->net);
        w->now_ms = net_ms > w->now_ms ? net_ms : w->now_ms;
        net_step(w->net);
        check_server(w->server);
        check_device(w->devices[at]);
        check_proof(w->server, w->devices[at]->identity);
    } else if (d != NULL) {
        w->now_ms = due_ms > w->now_ms ? due_ms : w->now_ms;
        device_step(d);
        check_device(d);
    }
}

/* ---- begin and end --------------------------------------------------------------------- */

static uint32_t draw_kiosks(struct dice *dice)
{
    uint64_t roll = dice_below(dice, 1000);

    if (roll < 650)
        return 1 + (uint32_t)dice_below(dice, 3);
    if (roll < 950)
        return 4 + (uint32_t)dice_below(dice, 9);
    if (roll < 995)
        return 13 + (uint32_t)dice_below(dice, 38);
    return 51 + (uint32_t)dice_below(dice, 150);
}

static int64_t draw_span_ms(struct dice *dice, uint32_t kiosks)
{
    static const int64_t spans_ms[] = {HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, 30 * HOUR_MS,
                                       10 * DAY_MS};
    uint64_t roll = dice_below(dice, 100);

    if (kiosks > 12)
        return spans_ms[dice_below(dice, 2)];
    if (roll < 3 && kiosks <= 3)
        return spans_ms[4];
    return spans_ms[roll % 4];
}

static void make_identities(struct world *w, uint32_t count)
{
    w->identities = calloc(count, sizeof *w->identities);
    w->devices = calloc(count + CLONES_MOST, sizeof(struct device *));
    if (w->identities == NULL || w->devices == NULL)
        abort();
    w->identity_count = count;
    for (uint32_t i = 0; i < count; i++) {
        struct identity *identity = &w->identities[i];
        unsigned char seed[SIGN_SEED_BYTES];
        dice_fill(&w->dice, seed, sizeof seed);
        sign_key_from_seed(seed, &identity->key);
        dice_fill(&w->dice, identity->row.id.bytes, ID_BYTES);
        memcpy(identity->row.public_key, identity->key.public_key, SIGN_PUBLIC_BYTES);
        snprintf(identity->row.name, sizeof identity->row.name, "Kiosk %u", i);
        snprintf(identity->row.practice.code, sizeof identity->row.practice.code, "S%03u",
                 i % 1000);
        snprintf(identity->row.practice.name, sizeof identity->row.practice.name, "Practice %u", i);
    }
}

static void begin(struct run *run, const struct plan *plan, const struct stage *stage)
{
    static const unsigned hostilities[] = {0, 50, 200, 500, 800};
    struct world *w = run->world;
    struct dice *dice = &w->dice;
    uint32_t kiosks = plan->kiosks > 0 ? plan->kiosks : draw_kiosks(dice);
    int64_t span_ms = plan->days > 0 ? plan->days * DAY_MS : draw_span_ms(dice, kiosks);

    make_identities(w, kiosks);
    w->server = server_make(w, stage->folder, stage->forms);
    w->net = net_make(w);
    for (uint32_t i = 0; i < kiosks && !w->failed; i++)
        device_make(w, i);
    w->hostile = true;
    w->hostility = hostilities[dice_below(dice, 5)];
    run->end_ms = span_ms;
    run->patient_every_ms = span_ms / dice_between(dice, 5, 30 + kiosks);
    run->fault_every_ms = span_ms / dice_between(dice, 3, 40 + kiosks);
    run->next_patient_ms = soon(w, run->patient_every_ms);
    run->next_fault_ms = soon(w, run->fault_every_ms);
    run->next_backup_ms = dice_between(dice, 0, span_ms < DAY_MS ? span_ms : DAY_MS);
    run->clones_left = CLONES_MOST;
}

/* Faults end: what is broken is mended, as people do who look after it. */
static void heal(struct world *w)
{
    world_log(w, "all is mended");
    w->hostile = false;
    w->server->back_ms = 0;
    w->server->clock.ahead_ms = 0;
    net_heal(w->net);
    for (uint32_t i = 0; i < w->device_count; i++) {
        struct device *d = w->devices[i];
        disk_plan_fault(d->disk, DISK_FINE, 0);
        device_set_clock(d, 0);
        d->calm = 0;
    }
}

static bool is_calm(const struct world *w)
{
    if (!net_is_empty(w->net))
        return false;
    for (uint32_t i = 0; i < w->device_count; i++) {
        if (w->devices[i]->calm < CALM_HEARTBEATS)
            return false;
    }
    return true;
}

static void count(const struct run *run)
{
    const struct world *w = run->world;
    struct tally *t = run->tally;

    t->steps += w->steps;
    t->digest = t->digest * 31 + w->digest;
    t->virtual_ms += w->now_ms * (int64_t)w->device_count;
    for (uint32_t i = 0; i < w->record_count; i++) {
        const struct record *r = &w->records[i];
        t->confirmed += r->confirmed;
        t->received += r->confirmed && r->at_server;
        t->withdrawn += r->confirmed && r->withdrawn;
        t->excused += r->confirmed && r->excused;
    }
    for (uint32_t i = 0; i < w->device_count; i++)
        t->attention += outbox_counts(w->devices[i]->outbox).attention;
}

static void finish(struct world *w)
{
    for (uint32_t i = 0; i < w->device_count; i++)
        device_destroy(w->devices[i]);
    if (w->net != NULL)
        net_destroy(w->net);
    if (w->server != NULL)
        server_destroy(w->server);
    disk_remove_all();
    free(w->devices);
    free(w->identities);
    free(w->records);
}

bool play(struct world *w, uint64_t seed, enum wrong wrong, const struct plan *plan,
          const struct stage *stage, struct tally *io_tally)
{
    struct run run = {.world = w, .tally = io_tally};

    memset(w, 0, sizeof *w);
    w->seed = seed;
    w->wrong = wrong;
    w->dice.state = seed;
    disk_let_sync_lie(wrong == WRONG_SYNC_LIES);
    begin(&run, plan, stage);
    while (!w->failed && w->now_ms < run.end_ms)
        step(&run);
    if (!w->failed) {
        int64_t patience_ms = w->now_ms + HEALED_WITHIN_MS;
        heal(w);
        while (!w->failed && !is_calm(w) && w->now_ms < patience_ms)
            step(&run);
    }
    if (!w->failed)
        check_end(w);
    if (!w->failed)
        count(&run);
    finish(w);
    return !w->failed;
}
