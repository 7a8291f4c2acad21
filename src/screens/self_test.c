/*
 * Self-test: what the kiosk knows of itself, each part in one line with what to do, and a screen to
 * touch in every corner. A table of checks: a new one is a row. The sound is staff_sound_test.c.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

struct verdict {
    const char *icon;
    const char *text;
};

static struct verdict either(const struct model *model, bool good, const char *well,
                             const char *ill)
{
    return good ? (struct verdict){"tick", say(model, well)}
                : (struct verdict){"alert", say(model, ill)};
}

static struct verdict check_disk(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;

    (void)ui;
    return either(model, r->known && !r->storage_full && !r->storage_failing,
                  N_("**Disk:** it takes sign-ups."),
                  N_("**Disk:** it takes no sign-ups. Call whoever looks after this kiosk."));
}

static struct verdict check_clock(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;
    bool good = r->known && r->link != LINK_CLOCK && r->clock_known && r->clock_off_ms < 60000 &&
                r->clock_off_ms > -60000;

    (void)ui;
    return either(
        model, good, N_("**Clock:** it agrees with the server."),
        N_("**Clock:** it is not known to be right. Connect the kiosk, or ask your IT to set it."));
}

static struct verdict check_network(const struct model *model, struct ui *ui)
{
    (void)ui;
    return either(model, model->device.connected, N_("**Network:** the server answers."),
                  N_("**Network:** the server does not answer. Check the cable or Wi-Fi."));
}

static struct verdict check_memory(const struct model *model, struct ui *ui)
{
    (void)ui;
    return either(
        model, model->device.readiness != READY_UNLOCKED,
        N_("**Memory:** answers stay off the disk while they are typed."),
        N_("**Memory:** answers could reach the disk. Call whoever looks after this kiosk."));
}

/* "Bengali, Urdu": the languages on offer that can't be drawn. */
static const char *undrawn(const struct model *model, struct ui *ui)
{
    const char *list = NULL;

    for (int i = 0; i < model->pack->language_count; i++) {
        const struct pack_language *language = &model->pack->languages[i];
        if ((model->staff.undrawn >> i & 1U) == 0 || !model_offers(model, language))
            continue;
        list = list == NULL ? language->english
                            : arena_format(ui->arena, "%s, %s", list, language->english);
        if (list == NULL)
            ui->scene->overflow = true;
    }
    return list;
}

static struct verdict check_letters(const struct model *model, struct ui *ui)
{
    const char *languages = undrawn(model, ui);

    if (languages == NULL)
        return either(model, true,
                      N_("**Letters:** every language on offer has its words and letters."), NULL);
    return (struct verdict){
        "alert", say_with(model, ui,
                          N_("**Letters:** some letters of {languages} can’t be drawn. Call "
                             "whoever looks after this kiosk."),
                          (const char *const[]){"languages", languages, NULL})};
}

static struct verdict check_sound(const struct model *model, struct ui *ui)
{
    (void)ui;
    if (model->loudspeaker == LOUDSPEAKER_OFF)
        return (struct verdict){
            "info", say(model, N_("**Sound:** reading aloud is turned off in kiosk.ini."))};
    if (model->loudspeaker == LOUDSPEAKER_NONE)
        return (struct verdict){"alert", say(model, N_("**Sound:** no loudspeaker was found. Plug "
                                                       "it in and restart the kiosk."))};
    if (model->staff.heard == HEARD_NOTHING)
        return (struct verdict){
            "alert", say(model, N_("**Sound:** you did not hear it. Check that the loudspeaker is "
                                   "on and plugged in."))};
    if (model->loudspeaker == LOUDSPEAKER_BEEPS)
        return (struct verdict){
            "alert", say(model, N_("**Sound:** no voice is installed to read aloud. Call whoever "
                                   "looks after this kiosk."))};
    if (model->staff.heard == HEARD_NOT_ASKED)
        return (struct verdict){"info", say(model, N_("**Sound:** not tested yet."))};
    return (struct verdict){"tick", say(model, N_("**Sound:** you heard it."))};
}

static struct verdict (*const checks[])(const struct model *model, struct ui *ui) = {
    check_disk, check_clock, check_network, check_memory, check_letters, check_sound,
};

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    bool plays =
        model->loudspeaker == LOUDSPEAKER_SPEAKS || model->loudspeaker == LOUDSPEAKER_BEEPS;

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Self-test")), 28)->look =
        LOOK_H1;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct verdict verdict = checks[i](model, ui);
        blocks_add_text(ui, &blocks, BLOCK_ROW, verdict.icon, verdict.text, 24);
    }
    staff_add_deed(ui, &blocks,
                   (struct deed){.id = {ID_DEED, DEED_TOUCH_TEST},
                                 .icon = "touch",
                                 .label = say(model, N_("Test the touch screen")),
                                 .second = say(model, N_("Touch a place in each corner"))});
    if (plays)
        staff_add_deed(ui, &blocks,
                       (struct deed){.id = {ID_DEED, DEED_SOUND_TEST},
                                     .icon = "listen",
                                     .label = say(model, N_("Test the sound")),
                                     .second = say(model, N_("It plays at once"))});
    staff_page(model, ui, &blocks, NULL, true);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (staff_turn(model, id, SCREEN_STAFF_TOOLS))
        return;
    if (id.what == ID_DEED && id.which == DEED_TOUCH_TEST) {
        model->staff.touched = 0;
        staff_show(model, SCREEN_TOUCH_TEST);
    } else if (id.what == ID_DEED && id.which == DEED_SOUND_TEST) {
        staff_begin_sound_test(model, effects);
    }
}

/* --- touch --------------------------------------------------------------------------------------
 */

enum { SPOTS = 5, ALL_SPOTS = (1 << SPOTS) - 1 };

static void spot_view(const struct model *model, struct ui *ui, struct rect rect, int which)
{
    bool touched = (model->staff.touched >> which & 1u) != 0;

    ui_button(ui, rect,
              &(struct button){.id = {ID_SPOT, which},
                               .label = touched ? say(model, NC_("a place to touch", "Works"))
                                                : say(model, NC_("a place to touch", "Touch")),
                               .icon = touched ? "tick" : "touch",
                               .look = BUTTON_CHIP,
                               .on = touched});
}

static void view_touch(const struct model *model, struct ui *ui)
{
    struct rect area = ui_screen(ui);
    int w = area.w / 3;
    /* Lower on a small panel, where the words need the room. */
    int h = ui_bar_px(ui, 140) < area.h / 6 ? ui_bar_px(ui, 140) : area.h / 6;
    int gap = ui_px(ui, 56) < area.h / 30 ? ui_px(ui, 56) : area.h / 30;
    int page = ui->text_percent;
    struct rect middle = rect_centre(area, w, h);
    const char *text = model->staff.touched == ALL_SPOTS
                           ? say(model, N_("The touch screen works in every corner."))
                           : say(model, N_("Touch each place. Does one not answer? The screen "
                                           "needs repair."));
    struct rect words = rect_inset(area, ui_px(ui, 56), 0);

    spot_view(model, ui, (struct rect){area.x, area.y, w, h}, 0);
    spot_view(model, ui, (struct rect){area.x + area.w - w, area.y, w, h}, 1);
    words.y = area.y + h + gap;
    words.h = middle.y - words.y;
    while (ui->text_percent > UI_LEAST_PERCENT &&
           ui_text_height(ui, text, LOOK_H2, words.w) > words.h)
        ui->text_percent -= UI_PERCENT_STEP;
    ui_heading(ui, &words, text, LOOK_H2, 0);
    ui->text_percent = page;
    spot_view(model, ui, middle, 2);
    struct rect back = {middle.x, middle.y + h + gap, w, h};
    ui_button(ui, back,
              &(struct button){.id = {ID_BACK, 0},
                               .label = say(model, NC_("go back", "Back")),
                               .icon = "back",
                               .look = BUTTON_SECONDARY});
    spot_view(model, ui, (struct rect){area.x, area.y + area.h - h, w, h}, 3);
    spot_view(model, ui, (struct rect){area.x + area.w - w, area.y + area.h - h, w, h}, 4);
}

static void activate_touch(struct model *model, struct element_id id, struct effects *effects)
{
    (void)effects;
    if (id.what == ID_BACK)
        staff_show(model, SCREEN_SELF_TEST);
    else if (id.what == ID_SPOT)
        model->staff.touched |= 1u << id.which;
}

const struct screen screen_self_test = {
    .view = view, .activate = activate, .idle = IDLE_LOCKS, .wants_status = true};
const struct screen screen_touch_test = {
    .view = view_touch, .activate = activate_touch, .idle = IDLE_LOCKS};
