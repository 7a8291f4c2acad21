/* From help-sync's status to the panel's report: see report.h. */
#include "shell/report.h"

#include <string.h>
#include <time.h>

static struct moment moment_of(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local;
    struct moment moment = {.date = {1970, 1, 1}};

    if (localtime_r(&seconds, &local) == NULL)
        return moment;
    moment.date = (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    moment.weekday = (local.tm_wday + 6) % 7; /* ours begins on Monday */
    moment.hour = local.tm_hour;
    moment.minute = local.tm_min;
    return moment;
}

static enum link_state link_of(enum contact_state contact)
{
    switch (contact) {
    case CONTACT_NEVER:
        return LINK_NEVER;
    case CONTACT_GOOD:
        return LINK_GOOD;
    case CONTACT_NO_NETWORK:
        return LINK_NO_NETWORK;
    case CONTACT_STRANGER:
        return LINK_STRANGER;
    case CONTACT_REFUSED:
        return LINK_REFUSED;
    case CONTACT_CLOCK:
        return LINK_CLOCK;
    case CONTACT_TROUBLE:
    case CONTACT_STATE_COUNT:
        break;
    }
    return LINK_TROUBLE;
}

enum signup_status report_status(enum record_state state)
{
    switch (state) {
    case RECORD_WAITING:
        return STATUS_WAITING;
    case RECORD_RECEIVED:
        return STATUS_RECEIVED;
    case RECORD_ATTENTION:
        return STATUS_ATTENTION;
    case RECORD_WITHDRAWN:
        return STATUS_WITHDRAWN;
    case RECORD_UNKNOWN:
    case RECORD_STATE_COUNT:
        break;
    }
    return STATUS_UNKNOWN;
}

struct stick report_stick(const struct local_carry *carry)
{
    static const enum stick_state states[CARRY_STATE_COUNT] = {
        [CARRY_NONE] = STICK_NOT_ASKED,
        [CARRY_WORKING] = STICK_WORKING,
        [CARRY_DONE] = STICK_DONE,
        [CARRY_FULL] = STICK_FULL,
        [CARRY_READ_ONLY] = STICK_READ_ONLY,
        [CARRY_NOT_ALLOWED] = STICK_NOT_ALLOWED,
        [CARRY_GONE] = STICK_GONE,
        [CARRY_NO_FOLDER] = STICK_MISSING,
        [CARRY_OWN_DISK] = STICK_MISSING, /* nothing is mounted there */
        [CARRY_CROWDED] = STICK_CROWDED,
        [CARRY_DEVICE] = STICK_DEVICE,
        [CARRY_NOT_ENROLLED] = STICK_NOT_SET_UP,
        [CARRY_BUSY] = STICK_BUSY,
    };

    return (struct stick){states[carry->state], carry->written + carry->there, carry->settled};
}

/* The server's words may be longer than the panel has room for: cut between characters. */
static void copy_words(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(to, from, len);
    to[len] = '\0';
}

void report_fill(const struct local_status *status, int64_t wall_ms, struct report *out_report)
{
    struct report *r = out_report;

    *r = (struct report){.known = true,
                         .pin_set = status->pin_set,
                         .made_today = status->made_today,
                         .assisted_today = status->assisted_today,
                         .made_week = status->made_week,
                         .waiting = status->waiting,
                         .attention = status->attention,
                         .link = link_of(status->contact),
                         .storage_full = status->storage == STORAGE_FULL,
                         .storage_failing =
                             status->storage != STORAGE_OK && status->storage != STORAGE_FULL,
                         .free_mb = status->free_bytes / (1024 * 1024),
                         .now_ms = wall_ms,
                         .last_sent_ms = status->last_sent_wall_ms,
                         .last_sent_count = status->last_sent_count,
                         .last_contact_ms = status->last_contact_wall_ms,
                         .oldest_waiting_ms = status->oldest_waiting_ms,
                         .next_send_ms = status->next_exchange_ms,
                         .clock_known = status->clock_known,
                         .clock_off_ms = status->clock_offset_ms,
                         .now = moment_of(wall_ms),
                         .last_sent = moment_of(status->last_sent_wall_ms)};
    r->feedback.known = status->feedback.known && status->feedback.practices > 0;
    r->feedback.own = status->feedback.own;
    r->feedback.median_tenths = status->feedback.median_x10;
    r->feedback.practices = status->feedback.practices;
    copy_words(r->attention_words, sizeof r->attention_words, status->attention_words);
}
