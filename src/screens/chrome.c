/* Bars: see chrome.h. */
#include "screens/chrome.h"

#include <stddef.h>

#include "screens/help.h"
#include "screens/words.h"
#include "ui/listening.h"

/* What a listener needs at hand, on every screen (EN 301 549, 5.1.3.4, 5.1.3.11, 5.1.3.12). */
static void listening_strip(const struct model *model, struct ui *ui, struct rect *area)
{
    /* In order of need: where large text meets a keyboard or the large button, the last ones have
       their place on the other pages; so have all of them on a small panel. */
    bool full = model->screen == SCREEN_WELCOME ||
                (model->screen == SCREEN_PAGE && model->field != QUESTIONNAIRE_NONE);
    bool small = ui->portrait && ui->h < 1700;
    const struct button buttons[] = {
        {.id = {ID_REPEAT, 0}, .label = say(model, N_("Repeat")), .look = BUTTON_QUIET},
        {.id = {ID_SOFTER, 0}, .label = say(model, N_("Softer")), .look = BUTTON_QUIET},
        {.id = {ID_LOUDER, 0}, .label = say(model, N_("Louder")), .look = BUTTON_QUIET},
        {.id = {ID_HEADPHONES, 0},
         .label = say(model, N_("Headphones")),
         .look = BUTTON_QUIET,
         .on = model->listening.headphones},
        {.id = {ID_SLOWER, 0}, .label = say(model, N_("Slower")), .look = BUTTON_QUIET},
        {.id = {ID_FASTER, 0}, .label = say(model, N_("Faster")), .look = BUTTON_QUIET},
    };

    if (!full || !small)
        ui_listening_strip(ui, area, buttons, sizeof buttons / sizeof *buttons,
                           full && model->comfort.text_percent > 100);
}

bool chrome_is_neutral(const struct model *model)
{
    return model->site.neutral && !model_in_session(model);
}

/* The programme's name is the same in every language and script. */
static const char *name_text(const struct model *model)
{
    if (model->practice)
        /* TRANSLATORS: staff play a sign-up to learn it; nothing is stored. Narrow. */
        return say(model, N_("Practice run"));
    if (model->assisted)
        /* TRANSLATORS: staff fill in the form with the patient. Narrow. */
        return say(model, N_("With staff"));
    return chrome_is_neutral(model) ? NULL : "HeLP-Diabetes";
}

void chrome_top(const struct model *model, struct ui *ui, struct rect *area)
{
    struct top_bar bar = {
        .name = name_text(model),
        .staff = model_is_staff(model),
        .controls = {{.id = {ID_LANGUAGE_MENU, 0},
                      /* TRANSLATORS: below an icon of the top bar; the shortest word there is. */
                      .label = say(model, N_("Language")),
                      .icon = "language",
                      .look = BUTTON_QUIET,
                      .on = model->screen == SCREEN_LANGUAGE},
                     {.id = {ID_TEXT_SIZE, 0},
                      /* TRANSLATORS: below an icon of the top bar; the shortest words there are. */
                      .label = say(model, N_("Text size")),
                      .icon = "textsize",
                      .value = say(model, help_text_word(model)),
                      .look = BUTTON_QUIET,
                      .on = model->comfort.text_percent > 100},
                     {.id = {ID_CONTRAST, 0},
                      /* TRANSLATORS: below an icon of the top bar; the shortest word there is. */
                      .label = say(model, N_("Contrast")),
                      .icon = "contrast",
                      .value = say(model, help_scheme_word(model)),
                      .look = BUTTON_QUIET,
                      .on = model->comfort.scheme != SCHEME_STANDARD},
                     {.id = {ID_LISTEN, 0},
                      .label =
                          model->listening.on ? say(model, N_("Stop")) : say(model, N_("Listen")),
                      .icon = "listen",
                      .look = BUTTON_QUIET,
                      .on = model->listening.on}},
        .control_count = model->listening.offered ? 4 : 3,
    };

    for (int i = 0; bar.staff && i < bar.control_count; i++)
        bar.controls[i].look = BUTTON_STAFF;
    ui_top_bar(ui, area, &bar);
    if (model->listening.offered && model->listening.on)
        listening_strip(model, ui, area);
}

/* Is it one of the kinds from `first` to `last`? */
static bool is_one_of(const struct element *element, enum element_what first,
                      enum element_what last)
{
    return element->id.what >= (int)first && element->id.what <= (int)last;
}

static void put_last(struct scene *scene, enum element_what from, enum element_what to)
{
    int first = 0;
    int count = 0;

    while (first < scene->element_count && !is_one_of(&scene->elements[first], from, to))
        first++;
    while (first + count < scene->element_count &&
           is_one_of(&scene->elements[first + count], from, to))
        count++;
    scene_put_last(scene, first, count);
}

void chrome_order(struct ui *ui)
{
    if (!ui->settings.low_reach)
        return;
    put_last(ui->scene, ID_REPEAT, ID_HEADPHONES);
    put_last(ui->scene, ID_LANGUAGE_MENU, ID_LISTEN);
}

struct button chrome_help(const struct model *model)
{
    return (struct button){.id = {ID_HELP, 0},
                           .label = say(model, N_("Help")),
                           .icon = "help",
                           .look = BUTTON_QUIET,
                           .on = model->screen == SCREEN_HELP};
}

struct rect chrome_begin(const struct model *model, struct ui *ui, struct rect *area, bool quiet)
{
    *area = ui_screen(ui);
    chrome_top(model, ui, area);
    return ui_bottom_bar_place(ui, area, quiet);
}

struct rect chrome_add_quiet(struct ui *ui, struct rect *area, struct rect place)
{
    area->h += place.h;
    return ui_bottom_bar_place(ui, area, true);
}

void chrome_end(const struct model *model, struct ui *ui, struct rect place,
                const struct chrome_bottom *bottom)
{
    struct bottom_bar bar = {.back = {.id = UI_NONE}, .forward = {.id = UI_NONE}};

    bar.even = bottom->even;
    if (bottom->back_as.id.what > 0)
        bar.back = bottom->back_as;
    else if (bottom->back != NULL)
        bar.back = (struct button){.id = {ID_BACK, 0},
                                   .label = say(model, NC_("go back", "Back")),
                                   .icon = "back",
                                   .look = BUTTON_SECONDARY};
    if (bottom->forward != NULL)
        bar.forward =
            (struct button){.id = bottom->forward_id.what > 0 ? bottom->forward_id
                                                              : (struct element_id){ID_CONTINUE, 0},
                            .label = bottom->forward,
                            .icon = bottom->forward_icon,
                            .icon_after = true,
                            .look = BUTTON_PRIMARY};
    if (!bottom->finished && !bottom->one_row)
        bar.quiet[bar.quiet_count++] = (struct button){.id = {ID_START_AGAIN, 0},
                                                       .label = say(model, N_("Start again")),
                                                       .icon = "restart",
                                                       .look = BUTTON_QUIET};
    if (!bottom->one_row) {
        /* What it has for large text stands in the top bar too. */
        bar.quiet[bar.quiet_count++] = chrome_help(model);
        bar.gives_way[0] = bar.quiet_count;
    }
    if (bottom->quiet != NULL && !bottom->one_row)
        bar.quiet[bar.quiet_count++] = *bottom->quiet;
    if (!bottom->finished && !bottom->one_row && bar.quiet_count < UI_ROW_BUTTONS &&
        model_has_place(model)) {
        bar.quiet[bar.quiet_count++] =
            (struct button){.id = {ID_CALLED_IN, 0},
                            .label = say(model, N_("I’ve been called in")),
                            .icon = "calledin",
                            .look = BUTTON_QUIET};
        /* Longer in some languages than a small panel has room for: Help has it. */
        bar.gives_way[1] = bar.quiet_count;
    }
    ui_bottom_bar(ui, place, &bar);
}

/* Room above what stands below the heading. */
#define PAD 40

/* A page that is split gives its rows more than half of the room. */
static int least_rows(int need_px, int room_px)
{
    int most = room_px * 6 / 10;

    return need_px < most ? need_px : most;
}

void chrome_rows(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                 struct blocks *blocks)
{
    int pad = ui_px(ui, PAD);

    /* Beside a problem in the largest text no choice would have room: it stands before them. */
    if (!ui->portrait && zone->problem != NULL && comfort_is_largest(ui->settings.text_percent) &&
        ui_zone_least(ui, zone) > area.h) {
        blocks_add(ui, blocks, BLOCK_PROBLEM, 24)->problem = zone->problem;
        blocks_move_to(blocks, 0);
        zone->problem = NULL;
    }
    int height = blocks_height(ui, blocks, ui_zone_touch_width(ui));
    /* A full page has less room above and below, so that the sun has its place. */
    int need = ui->portrait ? height + ui_px(ui, 2 * 20) : 0;

    ui_zone_fit(ui, zone, ui->portrait ? area.h - least_rows(need, area.h) : area.h);
    struct panels panels = ui_zone(ui, area, zone, need, 0);
    struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
    int spare = body.h - height;

    if (ui->portrait && spare < 2 * pad)
        pad = spare > 0 ? spare / 2 : ui_px(ui, 20);
    rect_cut_top(&body, pad);
    blocks_view(ui, body, blocks, model->sheet);
}

struct rect chrome_inset(struct ui *ui, struct rect area)
{
    return rect_inset(area, ui_px(ui, 56), 0);
}
