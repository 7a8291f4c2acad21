/*
 * Screens without a choice to make: saving, and the kiosk that can take no sign-up. The second says
 * in plain words what is wrong and who can help, and never lets anyone start what it can't keep.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

void notice_view(const struct model *model, struct ui *ui, const char *heading, const char *text,
                 const char *icon, const char *small)
{
    static struct blocks blocks;
    struct rect area = ui_screen(ui);

    chrome_top(model, ui, &area);
    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, heading, 32)->look = LOOK_H1;
    blocks_add_text(ui, &blocks, BLOCK_NOTE, icon, text, 32);
    if (small != NULL)
        blocks_add_text(ui, &blocks, BLOCK_TEXT, NULL, small, 0)->look = LOOK_SMALL;
    struct rect place = ui_bottom_bar_place(ui, &area, false);
    struct rect inner = chrome_inset(ui, area);
    if (!ui->portrait)
        inner = rect_centre(inner, ui_px(ui, 1160), inner.h);
    int spare = inner.h - blocks_height(ui, &blocks, inner.w);
    rect_cut_top(&inner, spare > 0 ? spare / 3 : 0);
    blocks_view(ui, inner, &blocks, 0);
    /* Where nobody is in the middle of something, staff find out more. */
    struct chrome_bottom bottom = {.one_row = true};
    if (model_is_home(model->screen))
        bottom.back_as = (struct button){.id = {ID_STAFF, 0},
                                         .label = say(model, N_("Staff")),
                                         .icon = "lock",
                                         .look = BUTTON_SECONDARY};
    chrome_end(model, ui, place, &bottom);
}

static void view_saving(const struct model *model, struct ui *ui)
{
    notice_view(model, ui, say(model, N_("Saving your sign-up")),
                say(model, N_("This takes a moment. Stay on this screen.")), "clock", NULL);
}

/* Why, for whoever the patient asks at the desk. */
static const char *reason_text(enum readiness readiness)
{
    switch (readiness) {
    case READY_NOT_SET_UP:
        return N_("For staff: this kiosk is not set up yet. Ask whoever looks after it to enrol "
                  "it at your practice.");
    case READY_AWAY:
        return N_("For staff: the part of this kiosk that stores sign-ups does not answer. "
                  "Restart the kiosk. If this stays, call whoever looks after it.");
    case READY_FULL:
        return N_("For staff: this kiosk has no space left. Call whoever looks after it. What "
                  "was signed up before is safe.");
    case READY_FAILING:
        return N_("For staff: this kiosk can’t write to its disk. Call whoever looks after it. "
                  "The device may need to be replaced.");
    case READY_UNLOCKED:
        return N_(
            "For staff: this kiosk can’t keep answers off its disk while they are typed. Call "
            "whoever looks after it.");
    case READY_WAITING:
    case READY_YES:
        break;
    }
    return N_("For staff: this kiosk is starting.");
}

static void view_not_ready(const struct model *model, struct ui *ui)
{
    if (model->device.readiness == READY_WAITING)
        notice_view(model, ui, say(model, N_("This screen is starting")),
                    say(model, N_("It will be ready in a moment.")), "clock", NULL);
    else
        notice_view(
            model, ui,
            model->device.readiness == READY_NOT_SET_UP
                ? say(model, N_("This kiosk is not set up yet"))
                : say(model, N_("This screen is not taking sign-ups today")),
            chrome_is_neutral(model)
                ? say(model, N_("Ask at the desk. They can help you."))
                : say(model, N_("Ask at the desk. They can tell you about HeLP-Diabetes and help "
                                "you sign up.")),
            "info", say(model, reason_text(model->device.readiness)));
}

static void nothing(struct model *model, struct element_id id, struct effects *effects)
{
    (void)model;
    (void)id;
    (void)effects;
}

const struct screen screen_saving = {.view = view_saving, .activate = nothing, .idle = IDLE_WAITS};
const struct screen screen_not_ready = {
    .view = view_not_ready, .activate = nothing, .idle = IDLE_NEVER, .wants_status = true};
