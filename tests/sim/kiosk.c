/* A device and its patients: see kiosk.h. */
#include "kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "net.h"
#include "server.h"

/* As the transport has it: one minute in all. */
#define PATIENCE_MS MINUTE_MS
/* As sync/agent/service.c has it. */
#define QUIET_MS 1000
/* How often a save is asked again under the same id. */
#define TRIES 3

/* ---- the process ----------------------------------------------------------------------- */

static void close_all(struct device *d)
{
    exchange_destroy(d->exchange);
    outbox_destroy(d->outbox);
    d->exchange = NULL;
    d->outbox = NULL;
    d->request = 0;
    d->quiet_ms = NEVER_MS;
}

static void open_all(struct device *d)
{
    char folder[DISK_FOLDER];
    struct refusal why = {0};
    enum err e;

    disk_folder(d->disk, folder);
    e = outbox_create(folder, &d->env, &d->outbox, &why);
    if (e == ERR_OK)
        e = exchange_create(&d->env, &d->settings, &d->world->identities[d->identity].key,
                            d->outbox, &d->exchange);
    if (e != ERR_OK)
        world_fail(d->world, "kiosk %u does not start: %s %s", d->number, err_name(e), why.problem);
    engine_init(&d->engine, &d->env, true);
    d->quiet_ms = d->world->now_ms + QUIET_MS;
    d->calm = 0;
}

void device_restart(struct device *d, enum ending how)
{
    static const char *const names[] = {"killed", "power cut", "stopped"};

    world_log(d->world, "kiosk %u %s", d->number, names[how]);
    if (how != ENDING_STOPPED)
        disk_kill(d->disk);
    close_all(d);
    if (how == ENDING_POWER_CUT)
        d->clock.boot_ms = d->world->now_ms;
    if (how != ENDING_STOPPED || disk_is_dead(d->disk))
        disk_revive(d->disk, how == ENDING_POWER_CUT, &d->world->dice);
    open_all(d);
}

/* Where the process died at a planned write, it comes back. */
static bool came_back(struct device *d)
{
    if (!disk_is_dead(d->disk))
        return false;
    device_restart(d, dice_chance(&d->world->dice, 500) ? ENDING_POWER_CUT : ENDING_KILLED);
    return true;
}

static void fill_settings(struct device *d)
{
    const struct world *w = d->world;
    const struct kiosk *row = &w->identities[d->identity].row;

    d->settings.kiosk = row->id;
    memcpy(d->settings.practice_code, row->practice.code, sizeof row->practice.code);
    d->settings.seal_key = w->server->keys.seal.key;
    memcpy(d->settings.sign_public, w->server->keys.sign.public_key, SIGN_PUBLIC_BYTES);
}

static struct device *make_on_disk(struct world *w, uint32_t identity, int disk)
{
    struct device *d = calloc(1, sizeof *d);

    if (d == NULL || disk < 0)
        abort();
    d->world = w;
    d->number = w->device_count;
    d->identity = identity;
    d->clock = (struct sim_clock){w, w->now_ms - (int64_t)dice_below(&w->dice, 1000), 0};
    d->env = sim_env(&d->clock);
    d->disk = disk;
    d->image = -1;
    fill_settings(d);
    w->devices[w->device_count++] = d;
    open_all(d);
    return d;
}

struct device *device_make(struct world *w, uint32_t identity)
{
    return make_on_disk(w, identity, disk_make());
}

void device_destroy(struct device *d)
{
    close_all(d);
    free(d->held);
    free(d);
}

void device_set_clock(struct device *d, int64_t ahead_ms)
{
    int64_t year_ms = 365 * DAY_MS;

    world_log(d->world, "kiosk %u wall clock %+lld h", d->number, (long long)(ahead_ms / HOUR_MS));
    d->clock.ahead_ms = ahead_ms;
    d->clock_wrong = ahead_ms > year_ms || ahead_ms < -year_ms;
}

/* ---- a patient ------------------------------------------------------------------------- */

/* A canonical record (signup/record.h) of a made-up patient. */
static const char record_text[] =
    "{\"answers\":{\"adult\":true,\"agree-account\":true,\"agree-record\":true,"
    "\"birth-date\":\"1958-03-14\",\"contact\":\"both\",\"diabetes\":\"yes\","
    "\"email\":\"p%u@example.com\",\"first-name\":\"Amina\",\"last-name\":\"O’Neill-%u\","
    "\"mobile\":\"+447700900417\",\"nhs-number-known\":\"no\",\"postcode\":\"NW1 2BU\"},"
    "\"consent\":{\"language\":\"en\",\"read_aloud\":true,\"version\":\"2026-01\"},\"form\":{"
    "\"url\":\"https://help-diabetes.example/fhir/Questionnaire/sign-up\",\"version\":\"%s\"},"
    "\"kiosk\":\"%s\",\"made_at\":%lld,\"mode\":\"alone\",\"practice\":\"%s\","
    "\"record\":\"%s\",\"schema\":1,\"type\":\"signup\"}";

static void seal(struct device *d, struct record *r, unsigned char out_sealed[SEALED_BYTES])
{
    unsigned char scratch[SEAL_INSIDE_BYTES];
    struct seal_header header = {r->id, d->settings.kiosk, d->settings.seal_key.id};
    char text[LIMIT_RECORD + 1];
    char kiosk[ID_TEXT + 1];
    char record[ID_TEXT + 1];

    id_text(&d->settings.kiosk, kiosk);
    id_text(&r->id, record);
    snprintf(text, sizeof text, record_text, r->person, r->person,
             r->kind == KIND_NEWER_FORM ? "2099-01" : "2026-01", kiosk,
             (long long)env_wall_ms(&d->env), d->settings.practice_code, record);
    if (r->kind == KIND_UNREADABLE)
        snprintf(text, sizeof text, "{\"type\":\"nothing\"}");
    if (seal_record(&header, str_of(text), &d->settings.seal_key, scratch, out_sealed) != ERR_OK)
        abort();
    if (r->kind == KIND_BROKEN)
        out_sealed[dice_below(&d->world->dice, SEALED_BYTES)] ^= 1;
}

static void hold(struct device *d, uint32_t record)
{
    if (d->held_count == d->held_room) {
        d->held_room = d->held_room * 2 + 16;
        d->held = realloc(d->held, d->held_room * sizeof *d->held);
        if (d->held == NULL)
            abort();
    }
    d->held[d->held_count++] = record;
    d->world->records[record].holders++;
}

/* A random generator that was copied with a disk gives the same id twice, to different people. */
static void make_twin(struct device *d, struct record *r, uint32_t index)
{
    struct world *w = d->world;
    struct record *other = &w->records[dice_below(&w->dice, w->record_count)];

    if (other == r || other->identity == d->identity || other->twin != NOBODY || other->withdrawn)
        return;
    r->kind = KIND_TWIN;
    r->id = other->id;
    r->twin = world_index(w, other);
    other->twin = index;
}

static uint32_t new_record(struct device *d, uint32_t person, unsigned char out[SEALED_BYTES])
{
    static const enum kind kinds[] = {KIND_NEWER_FORM, KIND_UNREADABLE, KIND_BROKEN, KIND_TWIN};
    struct world *w = d->world;
    uint32_t index = world_add_record(w);
    struct record *r = &w->records[index];
    struct envelope e;

    r->person = person;
    r->identity = d->identity;
    if (dice_chance(&w->dice, 200))
        r->kind = kinds[dice_below(&w->dice, 4)];
    if (r->kind == KIND_TWIN) {
        r->kind = KIND_GOOD;
        make_twin(d, r, index);
    }
    seal(d, r, e.sealed);
    envelope_hash(&e);
    memcpy(r->sha256, e.sha256, SHA256_BYTES);
    memcpy(out, e.sealed, SEALED_BYTES);
    return index;
}

static enum err append(struct device *d, uint32_t index, const unsigned char sealed[SEALED_BYTES])
{
    struct record *r = &d->world->records[index];
    struct seal_header header = {r->id, d->settings.kiosk, d->settings.seal_key.id};
    uint64_t seq = 0;
    enum err e = outbox_append(d->outbox, &header, sealed, false, &seq);

    if (e == ERR_OK)
        r->seq = seq;
    return e;
}

void device_sign_up(struct device *d)
{
    static unsigned char sealed[SEALED_BYTES];
    struct world *w = d->world;
    uint32_t person = w->person_count++;
    uint32_t index = new_record(d, person, sealed);
    enum err e = ERR_UNAVAILABLE;

    hold(d, index);
    for (int i = 0; i < TRIES && e == ERR_UNAVAILABLE; i++) {
        if (i > 0 && w->wrong == WRONG_NEW_ID_ON_RETRY) {
            index = new_record(d, person, sealed);
            hold(d, index);
        }
        e = append(d, index, sealed);
        came_back(d);
    }
    if (e == ERR_OK || w->wrong == WRONG_EARLY_THANKS) {
        w->records[index].confirmed = true;
        engine_saved(&d->engine);
        d->quiet_ms = w->now_ms + QUIET_MS;
    }
    world_log(w, "kiosk %u saves record %u, kind %d: %s", d->number, index,
              (int)w->records[index].kind, err_name(e));
}

/* ---- its own work ---------------------------------------------------------------------- */

static void begin_exchange(struct device *d)
{
    struct engine_outcome failed = {.result = ENGINE_TROUBLE};
    struct str bundle;
    enum err e = exchange_make(d->exchange, &d->engine, &bundle);

    if (came_back(d))
        return;
    engine_begin(&d->engine);
    if (e == ERR_OK) {
        d->request = d->world->steps + 1;
        d->give_up_ms = d->world->now_ms + PATIENCE_MS;
        net_send(d->world->net, d, bundle);
        return;
    }
    failed.waiting = outbox_counts(d->outbox).waiting;
    engine_end(&d->engine, &failed);
}

static void note_calm(struct device *d, const struct engine_outcome *o)
{
    if (o->result == ENGINE_GOOD && o->sent == 0 && o->waiting == 0)
        d->calm++;
    else
        d->calm = 0;
}

void device_answer(struct device *d, uint64_t request, enum transport_state state,
                   const struct transport_answer *answer)
{
    struct engine_outcome outcome;

    if (request != d->request)
        return;
    d->request = 0;
    exchange_judge(d->exchange, state, answer, &outcome);
    if (came_back(d))
        return;
    engine_end(&d->engine, &outcome);
    note_calm(d, &outcome);
    d->quiet_ms = d->world->now_ms + QUIET_MS;
    if (outcome.result == ENGINE_GOOD && outcome.sent == 0)
        return;
    world_log(d->world, "kiosk %u hears %d, http %d: result %d, sent %u, settled %u, waiting %llu",
              d->number, (int)state, answer->status, (int)outcome.result, outcome.sent,
              outcome.settled, (unsigned long long)outcome.waiting);
}

int64_t device_due_ms(const struct device *d)
{
    int64_t wait = engine_wait_ms(&d->engine);
    int64_t due = wait < 0 ? NEVER_MS : d->world->now_ms + wait;

    if (d->request != 0 && d->give_up_ms < due)
        due = d->give_up_ms;
    return d->quiet_ms < due ? d->quiet_ms : due;
}

void device_step(struct device *d)
{
    int64_t now = d->world->now_ms;

    if (d->quiet_ms <= now) {
        d->quiet_ms = NEVER_MS;
        outbox_idle(d->outbox);
        came_back(d);
    } else if (d->request != 0 && d->give_up_ms <= now) {
        device_answer(d, d->request, TRANSPORT_NO_ANSWER, &(struct transport_answer){0});
    } else if (engine_wait_ms(&d->engine) == 0) {
        begin_exchange(d);
    }
}

/* ---- disks that are copied and written back -------------------------------------------- */

void device_take_image(struct device *d)
{
    if (d->image < 0)
        d->image = disk_make();
    if (d->image < 0)
        return;
    disk_copy(d->disk, d->image);
    d->image_held = d->held_count;
    world_log(d->world, "kiosk %u disk is copied away with %u records", d->number, d->held_count);
}

/* What was on this disk alone is lost, and nobody promised otherwise. */
static void let_go(struct device *d, uint32_t keep)
{
    struct world *w = d->world;

    for (uint32_t i = keep; i < d->held_count; i++) {
        struct record *r = &w->records[d->held[i]];
        r->holders--;
        if (r->holders == 0 && !r->at_server)
            r->excused = true;
    }
    d->held_count = keep;
}

void device_roll_back(struct device *d)
{
    if (d->image < 0)
        return;
    world_log(d->world, "kiosk %u disk is set back from %u records to %u", d->number, d->held_count,
              d->image_held);
    disk_kill(d->disk);
    close_all(d);
    disk_revive(d->disk, false, &d->world->dice);
    disk_copy(d->image, d->disk);
    let_go(d, d->image_held);
    d->clock.boot_ms = d->world->now_ms;
    open_all(d);
}

void device_clone(struct device *d)
{
    struct world *w = d->world;
    int disk = disk_make();
    struct device *twin;

    if (disk < 0)
        return;
    world_log(w, "kiosk %u disk is copied into kiosk %u", d->number, w->device_count);
    disk_copy(d->disk, disk);
    twin = make_on_disk(w, d->identity, disk);
    for (uint32_t i = 0; i < d->held_count; i++)
        hold(twin, d->held[i]);
}
