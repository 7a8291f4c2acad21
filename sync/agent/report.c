/* A status, one fact a line: see report.h. */
#include "sync/agent/report.h"

#include <inttypes.h>

static void print_feedback(const struct receipt_feedback *f, FILE *to)
{
    if (!f->known)
        return;
    fprintf(to, "feedback_month %04" PRIu32 "-%02" PRIu32 "\nfeedback_own %" PRIu32 "\n", f->year,
            f->month, f->own);
    if (f->practices > 0)
        fprintf(to, "feedback_median %" PRIu32 ".%" PRIu32 "\nfeedback_practices %" PRIu32 "\n",
                f->median_x10 / 10, f->median_x10 % 10, f->practices);
}

void report_print(const struct local_status *s, FILE *to)
{
    static const char *const contacts[CONTACT_STATE_COUNT] = {
        [CONTACT_NEVER] = "never",
        [CONTACT_GOOD] = "good",
        [CONTACT_NO_NETWORK] = "no-network",
        [CONTACT_STRANGER] = "not-our-server",
        [CONTACT_TROUBLE] = "server-trouble",
        [CONTACT_REFUSED] = "refused",
        [CONTACT_CLOCK] = "clock-wrong",
    };
    char kiosk[ID_TEXT + 1];

    id_text(&s->kiosk, kiosk);
    fprintf(to, "enrolled %s\nstorage %s\nfree_bytes %" PRIu64 "\npin_set %s\n",
            s->enrolled ? "yes" : "no", storage_state_name(s->storage), s->free_bytes,
            s->pin_set ? "yes" : "no");
    if (!s->enrolled)
        return;
    fprintf(to, "kiosk %s\nname %s\npractice %s\nmode %s\n", kiosk, s->kiosk_name, s->practice_code,
            kiosk_mode_name(s->mode));
    fprintf(to, "connected %s\ncontact %s\nlast_contact_wall_ms %" PRId64 "\n",
            s->connected ? "yes" : "no", contacts[s->contact], s->last_contact_wall_ms);
    fprintf(to,
            "made %" PRIu64 "\nreceived %" PRIu64 "\nwaiting %" PRIu64 "\nneeds_attention %" PRIu64
            "\nwithdrawn %" PRIu64 "\n",
            s->made, s->received, s->waiting, s->attention, s->withdrawn);
    fprintf(to, "made_today %" PRIu64 "\nassisted_today %" PRIu64 "\nmade_week %" PRIu64 "\n",
            s->made_today, s->assisted_today, s->made_week);
    fprintf(to,
            "last_sent_wall_ms %" PRId64 "\nlast_sent_count %" PRIu64 "\nnext_exchange_ms %" PRId64
            "\n",
            s->last_sent_wall_ms, s->last_sent_count, s->next_exchange_ms);
    fprintf(to, "oldest_waiting_ms %" PRId64 "\n", s->oldest_waiting_ms);
    if (s->clock_known)
        fprintf(to, "clock_offset_ms %" PRId64 "\n", s->clock_offset_ms);
    if (s->attention_code[0] != '\0')
        fprintf(to, "attention_code %s\nattention_words %s\n", s->attention_code,
                s->attention_words);
    print_feedback(&s->feedback, to);
}

static const struct {
    const char *problem; /* NULL: there is none */
    const char *remedy;
} carry_words[CARRY_STATE_COUNT] = {
    [CARRY_NONE] = {"help-sync was started anew meanwhile", "Do it again"},
    [CARRY_FULL] = {"the stick is full; the other sign-ups wait here",
                    "Do it again with another stick, or make room on this one"},
    [CARRY_READ_ONLY] = {"the stick takes no writes; nothing is lost",
                         "Move the small switch on its side, or use another stick"},
    [CARRY_NOT_ALLOWED] = {"help-sync may not write to the stick",
                           "Use a stick that Windows reads, or let help-sync's user write to it"},
    [CARRY_GONE] = {"the stick was pulled out, or it does not work; nothing is lost",
                    "Put it in and do it again, or use another stick"},
    [CARRY_NO_FOLDER] = {"there is no such folder", "Put the stick in, and give its folder"},
    [CARRY_OWN_DISK] = {"this folder is on the device's own disk, not on a stick",
                        "Put the stick in, and give its folder"},
    [CARRY_CROWDED] = {"there are too many other files in this folder",
                       "Use an empty stick, or an empty folder on it"},
    [CARRY_DEVICE] = {"this device's own storage or memory did not answer",
                      "Do it again; see \"help-sync status\""},
    [CARRY_NOT_ENROLLED] = {"this device is not set up yet", "Run \"help-sync enrol\" first"},
    [CARRY_BUSY] = {"another stick is at work", "Wait until it is done, and do it again"},
};

enum err report_carry(const struct local_carry *c, FILE *to, struct refusal *refusal)
{
    if (c->receipts > 0)
        fprintf(to, "receipts %" PRIu64 "\nsettled %" PRIu64 "\n", c->receipts, c->settled);
    if (c->strange > 0)
        fprintf(to, "not_genuine %" PRIu64 "\n", c->strange);
    fprintf(to, "written %" PRIu64 "\nthere_already %" PRIu64 "\n", c->written, c->there);
    if (c->state != CARRY_WORKING)
        fputs("The stick may be removed.\n", to);
    if (carry_words[c->state].problem == NULL)
        return ERR_OK;
    refusal_problem(refusal, "%s", carry_words[c->state].problem);
    refusal_remedy(refusal, "%s", carry_words[c->state].remedy);
    return ERR_REFUSED;
}
