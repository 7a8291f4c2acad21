/*
 * Self-test: what the kiosk knows of itself, each part in one line with what to do, and a screen to
 * touch in every corner. A table of checks: a new one is a row.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

struct part_check {
    bool (*good)(const struct model *model);
    const char *well;
    const char *ill;
};

static bool storage_good(const struct model *model)
{
    const struct report *r = &model->device.report;

    return r->known && !r->storage_full && !r->storage_failing;
}

static bool clock_good(const struct model *model)
{
    const struct report *r = &model->device.report;

    return r->known && r->link != LINK_CLOCK && r->clock_known && r->clock_off_ms < 60000 &&
           r->clock_off_ms > -60000;
}

static bool network_good(const struct model *model)
{
    return model->device.connected;
}

static bool memory_good(const struct model *model)
{
    return model->device.readiness != READY_UNLOCKED;
}

/* Each language that is offered has all its words and letters: pack and fonts refuse others. */
static bool words_good(const struct model *model)
{
    return model->pack->language_count > 0;
}

static const struct part_check checks[] = {
    {storage_good, N_("**Disk:** it takes sign-ups."),
     N_("**Disk:** it takes no sign-ups. Call whoever looks after this kiosk.")},
    {clock_good, N_("**Clock:** it agrees with the server."),
     N_("**Clock:** it is not known to be right. Connect the kiosk, or ask your IT to set it.")},
    {network_good, N_("**Network:** the server answers."),
     N_("**Network:** the server does not answer. Check the cable or Wi-Fi.")},
    {memory_good, N_("**Memory:** answers stay off the disk while they are typed."),
     N_("**Memory:** answers could reach the disk. Call whoever looks after this kiosk.")},
    {words_good, N_("**Letters:** every language on offer has its words and letters."),
     N_("**Letters:** no language can be shown. Install the kiosk again.")},
};

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Self-test")), 28)->look =
        LOOK_H1;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        bool good = checks[i].good(model);
        blocks_add_text(ui, &blocks, BLOCK_ROW, good ? "tick" : "alert",
                        say(model, good ? checks[i].well : checks[i].ill), 24);
    }
    staff_add_deed(ui, &blocks,
                   (struct deed){.id = {ID_DEED, DEED_TOUCH_TEST},
                                 .icon = "touch",
                                 .label = say(model, N_("Test the touch screen")),
                                 .second = say(model, N_("Touch a place in each corner"))});
    staff_page(model, ui, &blocks, NULL, true);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    (void)effects;
    if (id.what == ID_BACK && model->sheet > 0) {
        model->sheet--;
    } else if (id.what == ID_BACK) {
        staff_show(model, SCREEN_STAFF_TOOLS);
    } else if (id.what == ID_CONTINUE) {
        model->sheet++;
    } else if (id.what == ID_DEED && id.which == DEED_TOUCH_TEST) {
        model->staff.touched = 0;
        staff_show(model, SCREEN_TOUCH_TEST);
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
    int h = ui_bar_px(ui, 140);
    struct rect middle = rect_centre(area, w, h);
    const char *text = model->staff.touched == ALL_SPOTS
                           ? say(model, N_("The touch screen works in every corner."))
                           : say(model, N_("Touch each place. Does one not answer? The screen "
                                           "needs repair."));
    struct rect words = rect_inset(area, ui_px(ui, 56), 0);

    spot_view(model, ui, (struct rect){area.x, area.y, w, h}, 0);
    spot_view(model, ui, (struct rect){area.x + area.w - w, area.y, w, h}, 1);
    words.y = area.y + h + ui_px(ui, 56);
    words.h = middle.y - words.y;
    ui_heading(ui, &words, text, LOOK_H2, 0);
    spot_view(model, ui, middle, 2);
    struct rect back = {middle.x, middle.y + h + ui_px(ui, 56), w, h};
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
