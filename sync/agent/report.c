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
