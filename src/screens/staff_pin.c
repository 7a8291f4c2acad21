/* Staff PIN: six digits that help-sync checks, and counts before it checks. */
#include <stddef.h>

#include "base/wipe.h"
#include "screens/digits.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

static const char *problem_text(const struct model *model, struct ui *ui)
{
    const struct staff *staff = &model->staff;

    switch (staff->pin) {
    case TRY_ASKED:
        return NULL;
    case TRY_CHECKING:
        return NULL;
    case TRY_WRONG:
        return say_number(model, ui,
                          NP_("That PIN does not match. {n} try left.",
                              "That PIN does not match. {n} tries left."),
                          staff->tries_left);
    case TRY_LOCKED:
        return say_number(model, ui,
                          NP_("Too many tries. Try again in {n} minute.",
                              "Too many tries. Try again in {n} minutes."),
                          staff->wait_minutes);
    case TRY_NOT_SET:
        return say(model, N_("No PIN is set on this kiosk yet. Whoever looks after it sets one "
                             "with: help-sync pin"));
    case TRY_FAILED:
        break;
    }
    return say(model, N_("The PIN can’t be checked just now. Restart the kiosk. If this stays, "
                         "call whoever looks after it."));
}

static void view(const struct model *model, struct ui *ui)
{
    bool checking = model->staff.pin == TRY_CHECKING;

    digits_view(model, ui,
                &(struct digits){.id = {ID_TYPED, 0},
                                 .icon = "lock",
                                 .heading = say(model, N_("Staff PIN")),
                                 .lead = checking ? say(model, N_("Checking"))
                                                  : say(model, N_("Enter your 6-digit PIN.")),
                                 .problem = problem_text(model, ui),
                                 .tip = say(model, N_("Forgotten it? Ask your practice manager.")),
                                 .enter = say(model, NC_("key", "Enter")),
                                 .typed = model->secret->typed,
                                 .count = STAFF_PIN_DIGITS,
                                 .masked = true});
}

static void take(struct model *model, int code, struct effects *effects)
{
    char *typed = model->secret->typed;

    if (model->staff.pin == TRY_CHECKING)
        return;
    if (!digits_key(typed, STAFF_PIN_DIGITS, code)) {
        /* The words about the last try stand until the next one begins. */
        if (typed[0] != '\0')
            model->staff.pin = TRY_ASKED;
        return;
    }
    if (typed[STAFF_PIN_DIGITS - 1] == '\0')
        return;
    model->staff.pin = TRY_CHECKING;
    effects->check_pin = true;
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (id.what == ID_BACK)
        effects->end_session = true;
    else if (id.what == ID_KEY)
        take(model, id.which, effects);
}

static void text(struct model *model, struct str text)
{
    struct effects none = {0};

    if (text.len == 1 && text.at[0] >= '0' && text.at[0] <= '9')
        take(model, text.at[0], &none);
}

const struct screen screen_staff_pin = {
    .view = view, .activate = activate, .idle = IDLE_LOCKS, .text = text};
