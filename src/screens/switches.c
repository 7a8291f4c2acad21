/*
 * How fast the ring moves, for whoever acts with one switch: shown when it is pressed on the
 * welcome screen, before anything is asked, and tried out on its own buttons.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

/* Each about half as long again as the one before. */
static const int steps_ms[] = {8000, 5000, 3500, 2500, 2000, 1500, 1000, 750, 500};
enum { SPEEDS = sizeof steps_ms / sizeof *steps_ms };

_Static_assert(SCAN_MOST_MS == 8000 && SCAN_LEAST_MS == 500, "all speeds are offered");

/* From 0, the slowest: the slowest that is no slower than what is set. */
static int speed_of(const struct model *model)
{
    int speed = 0;

    while (speed + 1 < SPEEDS && steps_ms[speed] > model->scan.step_ms)
        speed++;
    return speed;
}

static void add_button(struct ui *ui, struct blocks *blocks, int which, const char *label,
                       const char *icon)
{
    blocks_add(ui, blocks, BLOCK_BUTTON, 24)->button = (struct button){
        .id = {ID_SPEED, which}, .label = label, .icon = icon, .look = BUTTON_SECONDARY};
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct zone zone = {.heading = say(model, N_("You are using a switch")),
                        .hint = say(model, N_("The yellow ring moves by itself. Press your switch "
                                              "when it is on what you want."))};

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_TEXT, NULL,
                    say_with(model, ui, N_("Speed of the ring: **{n} of {count}**"),
                             (const char *const[]){"n", number_text(ui, speed_of(model) + 1),
                                                   "count", number_text(ui, SPEEDS), NULL}),
                    24);
    add_button(ui, &blocks, 0, say(model, N_("Slower")), "down");
    add_button(ui, &blocks, 1, say(model, N_("Faster")), "up");
    ui_zone_fit(ui, &zone, area.h);
    int need = blocks_height(ui, &blocks, ui_zone_field_width(ui)) + 2 * ui_px(ui, 40);
    struct panels panels = ui_zone(ui, area, &zone, ui->portrait ? need : 0, 0);
    struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
    rect_cut_top(&body, ui_px(ui, 40));
    blocks_view(ui, body, &blocks, model->sheet);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back = "",
                                       .forward = more ? say(model, NC_("of this page", "More"))
                                                       : say(model, N_("Continue")),
                                       .forward_icon = more ? "down" : "next"});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    int speed = speed_of(model) + (id.which > 0 ? 1 : -1);

    switch (id.what) {
    case ID_SPEED:
        if (speed >= 0 && speed < SPEEDS)
            model->scan.step_ms = steps_ms[speed];
        break;
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets)
            model->sheet++;
        else
            model->screen = SCREEN_WELCOME;
        break;
    case ID_BACK:
        if (model->sheet > 0)
            model->sheet--;
        else
            effects->end_session = true;
        break;
    default:
        break;
    }
}

const struct screen screen_switches = {.view = view, .activate = activate, .idle = IDLE_ASKS};
