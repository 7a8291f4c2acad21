/* Settings of the staff panel, and the two screens that stop patients for a while: pause, cleaning.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

/* --- settings -----------------------------------------------------------------------------------
 */

static void add_facts(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct device *d = &model->device;
    struct block *heading =
        blocks_add_text(ui, blocks, BLOCK_HEADING, NULL, say(model, N_("About this kiosk")), 12);

    heading->look = LOOK_H2;
    heading->keep = true;
    blocks_add_text(
        ui, blocks, BLOCK_TEXT, NULL,
        say_with(model, ui, N_("Practice {practice}, {name}"),
                 (const char *const[]){"practice", d->practice, "name", d->practice_name, NULL}),
        8);
    blocks_add_text(
        ui, blocks, BLOCK_TEXT, NULL,
        say_with(model, ui, N_("Content {version}, number of this kiosk {kiosk}"),
                 (const char *const[]){"version", model->pack->version, "kiosk", d->kiosk, NULL}),
        8)
        ->look = LOOK_SMALL;
    blocks->at[blocks->count - 1].gap = 24;
    staff_add_languages(model, ui, blocks);
}

static void view_tools(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    static struct blocks beside;

    blocks.count = 0;
    beside.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Settings")), 28)->look =
        LOOK_H1;
    if (model->device.readiness == READY_YES)
        staff_add_deed(ui, &blocks,
                       (struct deed){.id = {ID_DEED, DEED_PRACTICE},
                                     .icon = "book",
                                     .label = say(model, N_("Practice run")),
                                     .second = say(model, N_("To learn it. Nothing is stored"))});
    staff_add_deed(ui, &blocks,
                   (struct deed){.id = {ID_DEED, DEED_PAUSE},
                                 .icon = model->paused ? "unlock" : "lock",
                                 .label = model->paused ? say(model, N_("Take sign-ups again"))
                                                        : say(model, N_("Pause this screen")),
                                 .second = model->paused
                                               ? say(model, N_("It is paused now"))
                                               : say(model, N_("No one can sign up until you "
                                                               "end the pause"))});
    staff_add_deed(ui, &blocks,
                   (struct deed){.id = {ID_DEED, DEED_SOUND},
                                 .icon = "listen",
                                 .label = say(model, N_("Sound and screen")),
                                 .second = say(model, N_("How loud, how bright, how low"))});
    staff_add_deed(ui, &blocks,
                   (struct deed){.id = {ID_DEED, DEED_SELF_TEST},
                                 .icon = "steps",
                                 .label = say(model, N_("Self-test")),
                                 .second = say(model, N_("Disk, clock, network, sound, screen"))});
    blocks.at[blocks.count - 1].gap = 40;
    add_facts(model, ui, &beside);
    staff_page(model, ui, &blocks, &beside, true);
}

static void activate_tools(struct model *model, struct element_id id, struct effects *effects)
{
    if (staff_turn(model, id, SCREEN_STAFF))
        return;
    if (id.what == ID_DEED && id.which == DEED_PRACTICE) {
        journey_begin(model, true, false);
    } else if (id.what == ID_DEED && id.which == DEED_PAUSE) {
        model->paused = !model->paused;
        effects->end_session = true;
    } else if (id.what == ID_DEED && id.which == DEED_SOUND) {
        staff_show(model, SCREEN_STAFF_SOUND);
    } else if (id.what == ID_DEED && id.which == DEED_SELF_TEST) {
        effects->check_letters = true;
        staff_show(model, SCREEN_SELF_TEST);
    }
}

/* --- pause --------------------------------------------------------------------------------------
 */

static void view_paused(const struct model *model, struct ui *ui)
{
    notice_view(model, ui, say(model, N_("This screen is paused")),
                say(model, N_("Ask at the desk. They can tell you about HeLP-Diabetes and help you "
                              "sign up.")),
                "info", NULL);
}

static void activate_nothing(struct model *model, struct element_id id, struct effects *effects)
{
    (void)model;
    (void)id;
    (void)effects;
}

/* --- cleaning -----------------------------------------------------------------------------------
 */

static void view_cleaning(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct rect area = ui_screen(ui);
    const char *text = say_number(model, ui,
                                  NP_("Wipe the screen now. Touches do nothing for {n} second.",
                                      "Wipe the screen now. Touches do nothing for {n} seconds."),
                                  model->seconds_left);

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Cleaning mode")), 32)->look =
        LOOK_H1;
    blocks_add_text(ui, &blocks, BLOCK_NOTE, "clean", text, 32);
    struct rect inner = chrome_inset(ui, area);
    if (!ui->portrait)
        inner = rect_centre(inner, ui_px(ui, 1160), inner.h);
    int spare = inner.h - blocks_height(ui, &blocks, inner.w);
    rect_cut_top(&inner, spare > 0 ? spare / 3 : 0);
    blocks_view(ui, inner, &blocks, 0);
}

const struct screen screen_staff_tools = {
    .view = view_tools, .activate = activate_tools, .idle = IDLE_LOCKS};
const struct screen screen_paused = {
    .view = view_paused, .activate = activate_nothing, .idle = IDLE_NEVER};
const struct screen screen_cleaning = {
    .view = view_cleaning, .activate = activate_nothing, .idle = IDLE_COUNTS};
