/*
 * What needs somebody, in the words of quality.md section 4: a table of conditions, each with what
 * it says and what to do. The gravest stand first.
 */
#include <stddef.h>

#include "screens/staff_panel.h"
#include "screens/words.h"

#define STALE_MS ((int64_t)24 * 3600 * 1000) /* not connected for so long: somebody should look */
#define CLOCK_MS ((int64_t)10 * 60 * 1000)   /* a clock so far off is worth a word */
#define CALL_IT  N_("Call whoever looks after this kiosk.")
#define ARE_SAFE N_("Call whoever looks after this kiosk. What was signed up is safe here.")

struct problem_rule {
    bool (*holds)(const struct model *model);
    const char *(*text)(const struct model *model, struct ui *ui);
    const char *remedy;
};

static const struct report *report(const struct model *model)
{
    return &model->device.report;
}

static bool is_away(const struct model *model)
{
    return model->device.readiness == READY_AWAY;
}

static const char *away_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("The part of this kiosk that stores sign-ups does not answer."));
}

static bool is_not_set_up(const struct model *model)
{
    return model->device.readiness == READY_NOT_SET_UP;
}

static const char *not_set_up_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("This kiosk is not set up yet."));
}

static bool is_unlocked(const struct model *model)
{
    return model->device.readiness == READY_UNLOCKED;
}

static const char *unlocked_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("This kiosk can’t keep answers off its disk while they are typed."));
}

static bool is_full(const struct model *model)
{
    return report(model)->storage_full;
}

static const char *full_text(const struct model *model, struct ui *ui)
{
    return say_number(model, ui,
                      NP_("Disk: {n} MB left, 16 needed.", "Disk: {n} MB left, 16 needed."),
                      report(model)->free_mb > 100000 ? 100000 : (int)report(model)->free_mb);
}

static bool is_failing(const struct model *model)
{
    return report(model)->storage_failing;
}

static const char *failing_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("The disk returns errors. The device must be replaced."));
}

static bool is_refused(const struct model *model)
{
    return report(model)->link == LINK_REFUSED;
}

static const char *refused_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("The server does not take this kiosk. It must be set up again."));
}

static bool has_attention(const struct model *model)
{
    return report(model)->attention > 0;
}

static const char *attention_text(const struct model *model, struct ui *ui)
{
    const struct report *r = report(model);
    const char *count =
        say_number(model, ui,
                   NP_("The server did not accept {n} sign-up. It is kept here.",
                       "The server did not accept {n} sign-ups. They are kept here."),
                   r->attention > 100000 ? 100000 : (int)r->attention);

    if (r->attention_words[0] == '\0')
        return count;
    return say_with(model, ui,
                    /* TRANSLATORS: {count} is the sentence "The server did not accept 2 sign-ups.";
                       {words} are the server's. */
                    N_("{count} It says: {words}."),
                    (const char *const[]){"count", count, "words", r->attention_words, NULL});
}

static bool is_clock_wrong(const struct model *model)
{
    const struct report *r = report(model);

    return r->known && (r->link == LINK_CLOCK || (r->clock_known && (r->clock_off_ms > CLOCK_MS ||
                                                                     r->clock_off_ms < -CLOCK_MS)));
}

static const char *clock_text(const struct model *model, struct ui *ui)
{
    return say_with(
        model, ui, N_("The clock of this kiosk is wrong. It says {time}."),
        (const char *const[]){"time", moment_text(model, ui, &report(model)->now), NULL});
}

static bool is_stranger(const struct model *model)
{
    return report(model)->link == LINK_STRANGER;
}

static const char *stranger_text(const struct model *model, struct ui *ui)
{
    (void)ui;
    return say(model, N_("The network answered with something that is not our server (a sign-in "
                         "page or filter)."));
}

static bool is_waiting_long(const struct model *model)
{
    return !model->device.connected && report(model)->waiting > 0 &&
           report(model)->oldest_waiting_ms > STALE_MS && report(model)->link != LINK_STRANGER &&
           report(model)->link != LINK_REFUSED && report(model)->link != LINK_CLOCK;
}

static const char *waiting_long_text(const struct model *model, struct ui *ui)
{
    const struct report *r = report(model);

    return say_with(
        model, ui, N_("{count}, the oldest for {time}. No network."),
        (const char *const[]){"count",
                              say_number(model, ui, NP_("{n} waiting", "{n} waiting"),
                                         r->waiting > 100000 ? 100000 : (int)r->waiting),
                              "time", duration_text(model, ui, r->oldest_waiting_ms), NULL});
}

static bool has_lost_languages(const struct model *model)
{
    return staff_languages_lost(model) > 0;
}

static const char *lost_languages_text(const struct model *model, struct ui *ui)
{
    return say_number(model, ui,
                      NP_("{n} language can’t be offered.", "{n} languages can’t be offered."),
                      staff_languages_lost(model));
}

static const struct problem_rule conditions[] = {
    {is_away, away_text, N_("Restart the kiosk. If this stays, call whoever looks after it.")},
    {is_failing, failing_text, ARE_SAFE},
    {is_full, full_text, ARE_SAFE},
    {is_unlocked, unlocked_text, CALL_IT},
    {is_not_set_up, not_set_up_text,
     N_("Ask whoever looks after it to enrol it at your practice.")},
    {is_refused, refused_text, ARE_SAFE},
    {has_attention, attention_text, CALL_IT},
    {is_clock_wrong, clock_text, N_("Ask your IT to set date and time. Nothing is lost.")},
    {is_stranger, stranger_text,
     N_("Ask your IT to let this kiosk reach its server. Patients can go on signing up.")},
    {is_waiting_long, waiting_long_text,
     N_("Check the network cable or Wi-Fi. Patients can go on signing up.")},
    {has_lost_languages, lost_languages_text,
     N_("Settings says which. Patients can go on signing up.")},
};

int staff_problems(const struct model *model, struct ui *ui,
                   struct staff_problem out_problems[STAFF_PROBLEMS])
{
    int count = 0;

    for (size_t i = 0; i < sizeof conditions / sizeof *conditions && count < STAFF_PROBLEMS; i++) {
        if (conditions[i].holds(model))
            out_problems[count++] = (struct staff_problem){conditions[i].text(model, ui),
                                                           say(model, conditions[i].remedy)};
    }
    return count;
}
