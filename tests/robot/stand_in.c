/* Answers over the real socket and wire: see stand_in.h. */
#include "stand_in.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/local/server.h"

static struct local_status status;
static enum stand_in behaves;

/* Of the last sign-up that it took. */
static struct id saved;
static unsigned tries = 5;

static void check_pin(const char *pin, struct local_event *out)
{
    out->kind = LOCAL_EVENT_PIN;
    if (strcmp(pin, STAND_IN_PIN) == 0) {
        out->pin = PIN_RIGHT;
        tries = 5;
        return;
    }
    out->pin = tries == 0 ? PIN_LOCKED : PIN_WRONG;
    tries -= tries > 0;
    out->tries_left = tries;
    out->wait_ms = tries > 0 ? 0 : 60000;
}

static void look_up(const struct local_request *request, struct local_event *out)
{
    out->kind = LOCAL_EVENT_STATE;
    out->state = memcmp(saved.bytes, request->prefix, request->bits / 8) == 0 ? RECORD_RECEIVED
                                                                              : RECORD_UNKNOWN;
}

/* Written by the time that it is asked again; a troubled one has no room. */
static void carry(const struct local_request *request, struct local_event *out)
{
    out->kind = LOCAL_EVENT_CARRY;
    out->carry.state = behaves == STAND_IN_TROUBLED           ? CARRY_FULL
                       : request->kind == LOCAL_REQUEST_CARRY ? CARRY_WORKING
                                                              : CARRY_DONE;
    out->carry.written = 3;
    out->carry.settled = 2;
}

static void answer(void *context, const struct local_request *request, struct local_event *out)
{
    (void)context;
    *out = (struct local_event){.kind = LOCAL_EVENT_STATUS, .status = status};
    if (request->kind == LOCAL_REQUEST_SAVE) {
        bool takes = behaves == STAND_IN_SAVES || behaves == STAND_IN_SAVES_OFFLINE ||
                     behaves == STAND_IN_TROUBLED;
        out->kind = takes ? LOCAL_EVENT_SAVED : LOCAL_EVENT_REFUSED;
        out->reason = behaves == STAND_IN_UNSURE ? LOCAL_UNCONFIRMED : LOCAL_FULL;
        out->record = request->header.record;
        saved = out->record;
    }
    if (request->kind == LOCAL_REQUEST_PIN)
        check_pin(request->pin, out);
    if (request->kind == LOCAL_REQUEST_LOOK_UP)
        look_up(request, out);
    if (request->kind == LOCAL_REQUEST_CARRY || request->kind == LOCAL_REQUEST_CARRY_STATE)
        carry(request, out);
    if (request->kind == LOCAL_REQUEST_SEND_NOW)
        out->kind = LOCAL_EVENT_SENDING;
}

/* A week's work, as the mock-ups show it. */
static void fill_numbers(struct local_status *s, enum stand_in kind)
{
    int64_t now = env_wall_ms(&env_system);

    s->pin_set = true;
    s->made_today = 7;
    s->assisted_today = 2;
    s->made_week = 19;
    s->waiting = 3;
    s->contact = CONTACT_GOOD;
    s->last_sent_wall_ms = now - 12 * 60000;
    s->last_sent_count = 4;
    s->last_contact_wall_ms = now - 12 * 60000;
    s->next_exchange_ms = 3 * 60000;
    s->clock_known = true;
    s->free_bytes = (uint64_t)4 << 30;
    s->feedback = (struct receipt_feedback){
        .known = true, .year = 2026, .month = 11, .own = 14, .practices = 34, .median_x10 = 90};
    if (kind != STAND_IN_TROUBLED)
        return;
    s->connected = false;
    s->contact = CONTACT_STRANGER;
    s->attention = 1;
    s->clock_offset_ms = (int64_t)-400 * 24 * 3600 * 1000;
    s->oldest_waiting_ms = (int64_t)50 * 3600 * 1000;
    strcpy(s->attention_code, "birth-date-future");
    strcpy(s->attention_words, "date of birth in the future");
}

int stand_in_start(const char *path, enum stand_in kind)
{
    struct local_server server;
    struct seal_pair pair;
    int ready[2];
    char byte;

    if (pipe(ready) != 0)
        exit(1);
    pid_t child = fork();
    if (child != 0) {
        close(ready[1]);
        if (child < 0 || read(ready[0], &byte, 1) != 1)
            exit(1);
        close(ready[0]);
        return child;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (keys_init() != ERR_OK || local_server_init(&server, path, 0600) != ERR_OK)
        _exit(1);
    seal_pair_make(&pair);
    behaves = kind;
    status = (struct local_status){.enrolled = true,
                                   .kiosk = id_make(&env_system),
                                   .mode = KIOSK_DEMO,
                                   .seal_key = pair.key,
                                   .storage = STORAGE_OK,
                                   .connected = kind != STAND_IN_SAVES_OFFLINE};
    strcpy(status.kiosk_name, "Front desk");
    strcpy(status.practice_code, "Y99999");
    strcpy(status.practice_name, "Elm Grove Surgery");
    fill_numbers(&status, kind);
    if (write(ready[1], "r", 1) != 1)
        _exit(1);
    for (;;) {
        struct pollfd polled[LOCAL_DESCRIPTORS_MAX];
        size_t count = local_server_descriptors(&server, polled);
        if (poll(polled, count, -1) > 0)
            local_server_step(&server, polled, count, answer, NULL);
    }
}

void stand_in_stop(int process)
{
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
}
