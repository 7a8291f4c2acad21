/*
 * The question's sky zone: progress with the sun on its way, the heading, the hint or what is
 * wrong; and where that leaves the page's fields and keys.
 */
#include "ui/parts.h"

#include <stddef.h>

static void dots_view(struct ui *ui, struct rect row, int count, int on)
{
    int dot = ui_px(ui, 20);
    int wide = ui_px(ui, 54);
    int gap = ui_px(ui, 12);

    for (int i = count - 1; i >= 0; i--) {
        struct rect place = rect_cut_end(&row, i == on ? wide : dot);
        ui_track(ui, rect_centre(place, place.w, dot), i == on ? ui->theme->dark : ui->theme->dot,
                 dot / 2);
        rect_cut_end(&row, gap);
    }
}

/* High contrast shows nine segments in place of the sun. */
static void segments_view(struct ui *ui, struct rect row, int count, int on)
{
    int gap = ui_px(ui, 10);
    int w = (row.w - (count - 1) * gap) / count;

    for (int i = 0; i < count; i++) {
        ui_track(ui, rect_cut_start(&row, w), i < on ? ui->theme->dark : ui->theme->track,
                 row.h / 2);
        rect_cut_start(&row, gap);
    }
}

/* Above the words: less where these are short of room. */
static int zone_pad(const struct ui *ui, const struct zone *zone)
{
    return ui_px(ui, zone->small_heading ? 16 : 40);
}

/* Whether the note stands beside the words of progress, or below them. */
static bool note_is_beside(struct ui *ui, const struct zone *zone, int width_px)
{
    int words = ui_lay(ui, zone->progress, LOOK_PROGRESS, 1 << 20).width_px;
    int note = ui_lay(ui, zone->note, LOOK_SECOND, 1 << 20).width_px;

    return words + ui_px(ui, 20) + note <= width_px;
}

void ui_progress(struct ui *ui, struct rect *area, const char *text, int dots, int dot_on)
{
    struct text_block words = ui_lay(ui, text, LOOK_PROGRESS, area->w);
    struct rect row = rect_cut_top(area, words.height_px);

    ui_element(ui, UI_NONE, ROLE_PROGRESS, text, row);
    ui_text_at(ui, &words, row, ALIGN_START, ui->theme->dark, false);
    if (dots > 1 && words.width_px + ui_px(ui, 54 + dots * 32) <= row.w)
        dots_view(ui, (struct rect){row.x, row.y, row.w, words.line_px}, dots, dot_on);
    rect_cut_top(area, ui_px(ui, 20));
}

static void note_beside(struct ui *ui, struct rect row, const struct zone *zone)
{
    struct text_block note = ui_lay(ui, zone->note, LOOK_SECOND, row.w);
    struct text_block words = ui_lay(ui, zone->progress, LOOK_PROGRESS, row.w);

    rect_cut_start(&row, words.width_px + ui_px(ui, 20));
    row.y += (words.line_px - note.line_px) / 2;
    row.h = note.height_px;
    ui_element(ui, UI_NONE, ROLE_TEXT, zone->note, row);
    ui_text_at(ui, &note, row, ALIGN_START, ui->theme->text_soft, false);
}

/* Where large text leaves no whole word beside the corner's button, it has a row of its own. */
static bool has_corner_row(struct ui *ui, const struct zone *zone, int width_px)
{
    return zone->corner != NULL && zone->progress != NULL &&
           ui_lay(ui, zone->progress, LOOK_PROGRESS,
                  width_px - ui_button_width(ui, zone->corner) - ui_px(ui, 24))
               .parted;
}

static int corner_row_height(struct ui *ui)
{
    return ui_bar_px(ui, 88) + ui_px(ui, 12);
}

/* The corner's button and a gap before it; 0 where nothing stands beside one. */
static int corner_width(struct ui *ui, const struct zone *zone, int width_px)
{
    return zone->corner == NULL || has_corner_row(ui, zone, width_px)
               ? 0
               : ui_button_width(ui, zone->corner) + ui_px(ui, 24);
}

static void progress_view(struct ui *ui, struct rect *area, const struct zone *zone)
{
    if (zone->progress != NULL) {
        struct rect row = {area->x, area->y, area->w - corner_width(ui, zone, area->w), area->h};
        struct rect words = row;
        bool beside = zone->note != NULL && note_is_beside(ui, zone, row.w);
        ui_progress(ui, &words, zone->progress, zone->dots, zone->dot_on);
        rect_cut_top(area, row.h - words.h);
        if (beside)
            note_beside(ui, row, zone);
        else if (zone->note != NULL)
            ui_paragraph(ui, area, zone->note, LOOK_NOTE, 20);
    }
    if (!ui->theme->pictures && zone->progress != NULL && zone->sun > 0) {
        struct rect row = rect_cut_top(area, ui_px(ui, 16));
        row.w -= corner_width(ui, zone, area->w);
        segments_view(ui, row, zone->sun_of, zone->sun);
        rect_cut_top(area, ui_px(ui, 16));
    }
}

static int progress_height(struct ui *ui, const struct zone *zone, int width_px)
{
    int h = 0;

    if (zone->progress == NULL)
        return 0;
    int row_w = width_px - corner_width(ui, zone, width_px);
    h += ui_text_height(ui, zone->progress, LOOK_PROGRESS, row_w) + ui_px(ui, 20);
    if (zone->note != NULL && !note_is_beside(ui, zone, row_w))
        h += ui_text_height(ui, zone->note, LOOK_NOTE, width_px) + ui_px(ui, 20);
    if (!ui->theme->pictures && zone->sun > 0)
        h += ui_px(ui, 32);
    return h;
}

/* The hint makes way for the error summary: the heading stays (visual.md). */
static bool shows_hint(const struct zone *zone)
{
    return zone->hint != NULL && zone->problem == NULL;
}

static enum text_look heading_look(const struct zone *zone)
{
    return zone->small_heading ? LOOK_H1_SMALL : LOOK_H1;
}

static int heading_height(struct ui *ui, const struct zone *zone, int width_px)
{
    return ui_text_height(ui, zone->heading, heading_look(zone), width_px);
}

/* The heading makes room for the corner's button where that costs it no line and no size. */
static int heading_width(struct ui *ui, const struct zone *zone, int width_px)
{
    int width = width_px - corner_width(ui, zone, width_px);
    struct text_block beside = ui_lay(ui, zone->heading, heading_look(zone), width);
    struct text_block alone = ui_lay(ui, zone->heading, heading_look(zone), width_px);

    return beside.line_count == alone.line_count && beside.line_px == alone.line_px ? width
                                                                                    : width_px;
}

static int zone_words_height(struct ui *ui, const struct zone *zone, int width_px)
{
    int h = zone_pad(ui, zone) + progress_height(ui, zone, width_px);

    if (has_corner_row(ui, zone, width_px))
        h += corner_row_height(ui);
    if (zone->problem != NULL)
        h += ui_problem_height(ui, width_px, zone->problem) + ui_px(ui, 24);
    h += heading_height(ui, zone, heading_width(ui, zone, width_px)) + ui_px(ui, 16);
    if (shows_hint(zone))
        h += ui_text_height(ui, zone->hint, LOOK_BODY, width_px) + ui_px(ui, 16);
    return h;
}

/* Adds the words and leaves in *area what is below them. */
static void zone_words(struct ui *ui, struct rect *area, const struct zone *zone)
{
    struct rect corner = *area;

    if (has_corner_row(ui, zone, area->w))
        rect_cut_top(area, corner_row_height(ui));
    rect_cut_top(area, zone_pad(ui, zone));
    progress_view(ui, area, zone);
    if (zone->problem != NULL) {
        ui_problem(ui, rect_cut_top(area, ui_problem_height(ui, area->w, zone->problem)),
                   zone->problem);
        rect_cut_top(area, ui_px(ui, 24));
    }
    struct rect heading = *area;
    heading.w = heading_width(ui, zone, area->w);
    bool beside = heading.w < area->w;
    ui_heading(ui, &heading, zone->heading, heading_look(zone), 16);
    rect_cut_top(area, area->h - heading.h);
    if (zone->corner != NULL) {
        /* Beside the heading, or above it. */
        rect_cut_top(&corner, ui_px(ui, beside ? 64 : 12));
        corner = rect_cut_end(&corner, ui_button_width(ui, zone->corner));
        corner.h = ui_bar_px(ui, 88);
        ui_button(ui, corner, zone->corner);
    }
    if (shows_hint(zone))
        ui_paragraph(ui, area, zone->hint, LOOK_HINT, 16);
}

static const char *horizon_name(struct ui *ui, const struct zone *zone)
{
    int step = zone->sun_of > 1 ? 1 + (zone->sun - 1) * 8 / (zone->sun_of - 1) : 9;
    const char *name = arena_format(ui->arena, "horizon-%d", step < 1 ? 1 : step > 9 ? 9 : step);

    return name == NULL ? "horizon-1" : name;
}

/* A picture without controls fills the top, from which the words have moved down. */
static void low_picture(struct ui *ui, struct rect rect)
{
    if (ui->theme->pictures && rect.h >= ui_px(ui, 160))
        ui_picture(ui, rect, "low-reach-horizon", 0);
}

/*
 * With low reach: what is touched begins at the line, or as high as fields above a keyboard need
 * it; the words stand just above.
 */
static struct panels zone_low(struct ui *ui, struct rect area, const struct zone *zone, int need_px,
                              int keyboard_px)
{
    int margin = ui_px(ui, 56);
    int words = zone_words_height(ui, zone, area.w - 2 * margin);
    struct rect keyboard = rect_cut_bottom(&area, keyboard_px);
    int above = keyboard_px > 0 ? area.h - need_px : ui->reach_px - area.y;
    struct rect top = rect_cut_top(&area, above > words ? above : words);

    low_picture(ui, rect_cut_top(&top, top.h - words));
    top = rect_inset(top, margin, 0);
    zone_words(ui, &top, zone);
    struct rect fields = rect_inset(area, margin, 0);
    return (struct panels){.fields = fields, .touch = keyboard_px > 0 ? keyboard : fields};
}

static struct panels zone_portrait(struct ui *ui, struct rect area, const struct zone *zone,
                                   int need_px, int keyboard_px)
{
    int margin = ui_px(ui, 56);
    int horizon = ui_px(ui, 150.0 * ui->w / 1080.0);
    int words = zone_words_height(ui, zone, area.w - 2 * margin);
    int room = area.h - keyboard_px - need_px;
    bool sun = ui->theme->pictures && zone->sun > 0 && zone->problem == NULL &&
               ui->settings.text_percent == 100 && room >= words + horizon - ui_px(ui, 20);
    int least = words + (sun ? horizon - ui_px(ui, 20) : ui_px(ui, 8));
    int most = words + horizon + ui_px(ui, 40);
    if (most < ui_px(ui, 480))
        most = ui_px(ui, 480);
    int h = room < most ? room : most;

    if (!sun || h < least)
        h = least;
    struct rect sky = rect_cut_top(&area, h);
    ui_box(ui, sky, ui->theme->sky, 0);
    if (sun)
        ui_picture(ui, rect_cut_bottom(&(struct rect){sky.x, sky.y, sky.w, sky.h}, horizon),
                   horizon_name(ui, zone), 0);
    struct rect inner = rect_inset(sky, margin, 0);
    zone_words(ui, &inner, zone);
    struct rect keyboard = rect_cut_bottom(&area, keyboard_px);
    struct rect fields = rect_inset(area, margin, 0);

    return (struct panels){.fields = fields, .touch = keyboard_px > 0 ? keyboard : fields};
}

static struct panels zone_landscape(struct ui *ui, struct rect area, const struct zone *zone,
                                    int need_px)
{
    struct rect sky = rect_cut_start(&area, ui_px(ui, ui->zone_w));
    int horizon = (int)(150.0 * sky.w / 1080.0);
    int words = zone_words_height(ui, zone, sky.w - ui_px(ui, 48 + 48));
    bool sun =
        ui->theme->pictures && zone->sun > 0 && sky.h - words - need_px >= horizon + ui_px(ui, 24);

    ui_box(ui, sky, ui->theme->sky, 0);
    if (sun) {
        struct rect ground = {sky.x, sky.y + sky.h - ui_px(ui, 24), sky.w, ui_px(ui, 24)};
        ui_box(ui, ground, ui->theme->page, 0);
        ui_picture(ui, (struct rect){sky.x, ground.y - horizon, sky.w, horizon},
                   horizon_name(ui, zone), 0);
    }
    struct rect inner = rect_inset(sky, ui_px(ui, 48), 0);
    zone_words(ui, &inner, zone);
    if (ui->settings.low_reach) {
        rect_cut_top(&inner, ui->reach_px - inner.y);
        low_picture(ui, rect_cut_top(&area, ui->reach_px - area.y));
    }
    return (struct panels){.fields = inner, .touch = area};
}

void ui_zone_fit(struct ui *ui, struct zone *zone, int room_px)
{
    for (int step = 0; step < 4 && ui_zone_least(ui, zone) > room_px; step++) {
        if (step == 0)
            zone->small_heading = true;
        else if (step == 1)
            zone->hint = NULL;
        else if (step == 2) {
            zone->progress = zone->note = NULL;
            zone->corner = NULL; /* it stood in their row */
        } else if (zone->problem != NULL)
            zone->problem->title = NULL;
    }
    for (int percent = ui->text_percent;
         percent > UI_LEAST_PERCENT && ui_zone_least(ui, zone) > room_px;)
        zone->percent = percent -= UI_PERCENT_STEP;
    /* Last, it takes more of a wide screen. */
    while (!ui->portrait && ui->zone_w < ui->w * 0.58 && ui_zone_least(ui, zone) > room_px)
        ui->zone_w += ui->w * 0.02;
}

int ui_zone_least(struct ui *ui, const struct zone *zone)
{
    int page = ui->text_percent;
    size_t used = ui->arena->used; /* what is only measured is given back */

    if (zone->percent > 0)
        ui->text_percent = zone->percent;
    int h = zone_words_height(ui, zone, ui_zone_field_width(ui)) + ui_px(ui, 8);
    ui->text_percent = page;
    ui->arena->used = used;
    return h;
}

int ui_zone_field_width(const struct ui *ui)
{
    if (ui->portrait)
        return ui->settings.width_px - 2 * ui_px(ui, 56);
    return ui_px(ui, ui->zone_w) - 2 * ui_px(ui, 48);
}

int ui_zone_touch_width(const struct ui *ui)
{
    int zone_w = ui->portrait ? 0 : ui_px(ui, ui->zone_w);

    return ui->settings.width_px - zone_w - 2 * ui_px(ui, 56);
}

struct panels ui_zone(struct ui *ui, struct rect area, const struct zone *zone, int need_px,
                      int keyboard_px)
{
    int page = ui->text_percent;

    if (zone->percent > 0)
        ui->text_percent = zone->percent;
    struct panels panels = !ui->portrait ? zone_landscape(ui, area, zone, need_px)
                           : ui->settings.low_reach
                               ? zone_low(ui, area, zone, need_px, keyboard_px)
                               : zone_portrait(ui, area, zone, need_px, keyboard_px);
    ui->text_percent = page;
    return panels;
}
