/*
 * What stands around a page: the top bar, the question's sky zone with the sun on its way, the
 * bottom bar with Back and Continue always in the same place, and the dialog over a veil.
 */
#include "ui/parts.h"

#include <stddef.h>
#include <string.h>

/* --- top bar ------------------------------------------------------------------------------- */

static void control_portrait(struct ui *ui, struct rect rect, const struct button *control)
{
    struct element *element = ui_element(ui, control->id, ROLE_BUTTON, control->label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    const struct theme *t = ui->theme;
    bool staff = control->look == BUTTON_STAFF;
    colour face = pressed       ? t->press
                  : control->on ? (staff ? t->white : t->dark)
                                : (staff ? t->staff : t->quiet);
    colour ink = pressed ? t->on_press : control->on != staff ? t->on_dark : t->dark;
    int radius = ui_px(ui, 16);

    element->target = true;
    element->value = control->value;
    if (control->on)
        element->state |= STATE_CHOSEN;
    bool focus = ui_has_focus(ui, control->id);
    if (focus)
        ui_focus_ring(ui, rect, radius);
    ui_frame(ui, rect, face, radius, focus ? t->focus_in : t->quiet_border,
             focus                            ? ui_px(ui, 5)
             : t->quiet_border == COLOUR_NONE ? 0
                                              : ui_px(ui, 3));
    struct text_block label = ui_lay_sized(ui, control->label, ui_bar_px(ui, 28), ui_bar_px(ui, 36),
                                           false, rect.w - ui_px(ui, 8));
    /* A label of two lines takes its room from the icon; the words are what is needed. */
    int icon = rect.h - ui_bar_px(ui, 16) - label.height_px;
    if (icon > ui_bar_px(ui, 50))
        icon = ui_bar_px(ui, 50);
    if (icon < ui_bar_px(ui, 24))
        icon = 0;
    int edge = (rect.h - icon - label.height_px) / 2;
    struct rect inner = rect_inset(rect, 0, edge < ui_bar_px(ui, 12) ? edge : ui_bar_px(ui, 12));
    struct rect sign = rect_cut_top(&inner, icon);
    if (icon > 0)
        ui_icon(ui, rect_centre(sign, icon, icon), control->icon, ink);
    ui_text_at(ui, &label, rect_centre(inner, inner.w, label.height_px), ALIGN_CENTRE, ink, false);
}

#define NAME_SIZE 35
#define BAR_GAP   16

static int mark_px(const struct ui *ui)
{
    return ui_px(ui, ui->portrait ? 72 : 76);
}

/* The mark, and the name beside it on one line or two; NULL: no name. */
static void name_view(struct ui *ui, struct rect rect, bool mark, const char *name, colour ink)
{
    int mark_w = mark ? mark_px(ui) : 0;

    if (name != NULL)
        ui_element(ui, UI_NONE, ROLE_TEXT, name, rect);
    if (mark) {
        struct rect place = rect_cut_start(&rect, mark_w);
        ui_picture(ui, rect_centre(place, mark_w, mark_w), "mark", 0);
        rect_cut_start(&rect, ui_px(ui, BAR_GAP));
    }
    if (name == NULL)
        return;
    struct text_block label =
        ui_lay_sized(ui, name, ui_px(ui, NAME_SIZE), ui_px(ui, 38), true, rect.w);
    ui_text_at(ui, &label, rect_centre(rect, rect.w, label.height_px), ALIGN_START, ink, false);
}

static int control_width(struct ui *ui, const struct button *control)
{
    if (!ui->portrait)
        return ui_button_width(ui, control);
    int words = ui_lines_width(ui, control->label, ui_bar_px(ui, 28), false, 2) + ui_px(ui, 8 + 4);
    int least = ui_bar_px(ui, 148);

    return words > least ? words : least;
}

/* How the top bar finds room: what it leaves out, and whether its controls need rows of their own.
 */
struct top_shape {
    int widths[UI_ROW_BUTTONS];
    bool mark;
    bool name;
    bool rows;
    int control_px; /* height of a control */
    int height_px;
};

static struct top_shape top_shape(struct ui *ui, int width_px, const struct top_bar *bar)
{
    struct top_shape shape = {0};
    int mark = mark_px(ui);
    int name = bar->name == NULL ? 0
                                 : ui_px(ui, BAR_GAP) +
                                       ui_lines_width(ui, bar->name, ui_px(ui, NAME_SIZE), true, 2);
    int room = width_px;

    for (int i = 0; i < bar->control_count; i++) {
        shape.widths[i] = control_width(ui, &bar->controls[i]);
        room -= shape.widths[i] + ui_px(ui, BAR_GAP);
    }
    shape.rows = room + ui_px(ui, BAR_GAP) < 0;
    shape.mark = room >= mark;
    shape.name = bar->name != NULL && room >= mark + name;
    /* A bystander must read that this is no patient's own session: that comes before the mark. */
    if (bar->staff && !shape.name && room >= name) {
        shape.name = bar->name != NULL;
        shape.mark = false;
    }
    shape.control_px = ui_bar_px(ui, ui->portrait ? 116 : 92);
    /* Below its icon a label may have two lines. */
    if (ui->portrait && shape.control_px < ui_button_row_height(ui))
        shape.control_px = ui_button_row_height(ui);
    shape.height_px = shape.control_px + ui_bar_px(ui, ui->portrait ? 44 : 36);
    /* The name alone needs less, and the largest text needs every bit. */
    if (bar->control_count == 0 && comfort_is_largest(ui->settings.text_percent))
        shape.height_px = mark + ui_px(ui, 2 * BAR_GAP);
    if (shape.rows)
        shape.height_px = 2 * ui_button_row_height(ui) + ui_px(ui, 3 * BAR_GAP + 4);
    return shape;
}

/* The first half in one row, the others in the next. */
static void controls_in_rows(struct ui *ui, struct rect rect, const struct button *controls,
                             int count, int rows)
{
    int high = ui_button_row_height(ui);
    int first = rows > 1 ? (count + 1) / 2 : count;

    ui_button_row(ui, rect_cut_top(&rect, high), controls, first, ROW_WIDENS);
    rect_cut_top(&rect, ui_px(ui, BAR_GAP));
    if (first < count)
        ui_button_row(ui, rect_cut_top(&rect, high), controls + first, count - first, ROW_WIDENS);
}

static void controls_beside_name(struct ui *ui, struct rect row, const struct top_bar *bar,
                                 const struct top_shape *shape)
{
    struct rect places[UI_ROW_BUTTONS];

    /* Placed from the end, added from the start: they are read in that order. */
    for (int i = bar->control_count - 1; i >= 0; i--) {
        struct rect place = rect_cut_end(&row, shape->widths[i]);
        places[i] = rect_centre(place, place.w, shape->control_px);
        rect_cut_end(&row, ui_px(ui, BAR_GAP));
    }
    if (shape->mark || shape->name)
        name_view(ui, row, shape->mark, shape->name ? bar->name : NULL,
                  bar->staff ? ui->theme->on_dark : ui->theme->dark);
    for (int i = 0; i < bar->control_count; i++) {
        if (ui->portrait)
            control_portrait(ui, places[i], &bar->controls[i]);
        else
            ui_button(ui, places[i], &bar->controls[i]);
    }
}

/* With low reach: the controls at the bottom of the screen, below whatever else is touched. */
static void low_controls(struct ui *ui, struct rect *area, const struct top_bar *bar)
{
    int margin = ui_px(ui, 56);
    int width = area->w - 2 * margin;
    int rows = ui_button_rows(ui, width, bar->controls, bar->control_count);
    int high = rows * ui_button_row_height(ui) + (rows - 1) * ui_px(ui, BAR_GAP);
    struct rect rect = rect_cut_bottom(area, high + ui_px(ui, 16 + 24));
    int line = ui_px(ui, ui->theme->pictures ? 2 : 4);

    ui_box(ui, rect, ui->theme->white, 0);
    rect = rect_inset(rect, margin, 0);
    ui_box(ui, rect_cut_top(&rect, line), ui->theme->line, 0);
    rect_cut_top(&rect, ui_px(ui, 16) - line);
    controls_in_rows(ui, rect, bar->controls, bar->control_count, rows);
}

void ui_top_bar(struct ui *ui, struct rect *area, const struct top_bar *bar)
{
    bool low = ui->settings.low_reach;

    if (low && !ui->portrait) {
        /* A low screen gives the row below the room of the one above. */
        low_controls(ui, area, bar);
        return;
    }
    struct top_bar only_name = {.name = bar->name, .staff = bar->staff};
    int start = ui_px(ui, ui->portrait && ui->settings.text_percent > 100 ? 28 : 40);
    int end = ui_px(ui, ui->portrait ? 24 : 32);
    struct top_shape shape = top_shape(ui, area->w - start - end, low ? &only_name : bar);
    struct rect rect = rect_cut_top(area, shape.height_px);
    struct rect row = rect;
    int line = ui_px(ui, 4);

    ui_box(ui, rect, bar->staff ? ui->theme->dark : ui->theme->white, 0);
    rect_cut_bottom(&row, line);
    if (shape.rows) {
        row = rect_inset(row, end, ui_px(ui, BAR_GAP));
        controls_in_rows(ui, row, bar->controls, bar->control_count, 2);
    } else {
        rect_cut_start(&row, start);
        rect_cut_end(&row, end);
        controls_beside_name(ui, row, low ? &only_name : bar, &shape);
    }
    ui_box(ui, (struct rect){rect.x, rect.y + rect.h - line, rect.w, line},
           ui->theme->pictures ? ui->theme->blue : ui->theme->line, 0);
    if (low)
        low_controls(ui, area, bar);
}

/* --- bottom bar ------------------------------------------------------------------------------ */

static bool is_there(const struct button *button)
{
    return button->id.what >= 0;
}

static int quiet_without(const struct bottom_bar *bar, int left_out, struct button out[])
{
    int count = 0;

    for (int i = 0; i < bar->quiet_count; i++) {
        if (i + 1 != left_out)
            out[count++] = bar->quiet[i];
    }
    return count;
}

/* The quiet buttons of a row: where they have no room, one of them gives way. False where the
   others have none either. */
static bool quiet_fitting(struct ui *ui, int width_px, const struct bottom_bar *bar,
                          struct button out[], int *out_count)
{
    *out_count = quiet_without(bar, 0, out);
    for (int i = 0; i < 2 && !ui_button_row_fits(ui, width_px, out, *out_count); i++)
        *out_count = quiet_without(bar, bar->gives_way[i], out);
    return ui_button_row_fits(ui, width_px, out, *out_count);
}

static void quiet_row(struct ui *ui, struct rect rect, const struct bottom_bar *bar,
                      enum row_spare spare_goes)
{
    struct button shown[UI_ROW_BUTTONS];
    int count;

    quiet_fitting(ui, rect.w, bar, shown, &count);
    ui_button_row(ui, rect, shown, count, spare_goes);
}

/* Height of Back and Continue in portrait, without their edge: a label may have two lines. */
static int main_px(const struct ui *ui)
{
    int high = ui_bar_px(ui, 120);
    int two_lines = ui_button_row_height(ui) + ui_px(ui, 4);

    return high > two_lines ? high : two_lines;
}

static void bottom_portrait(struct ui *ui, struct rect rect, const struct bottom_bar *bar)
{
    int gap = ui_px(ui, 24);

    rect = rect_inset(rect, ui_px(ui, 56), 0);
    rect_cut_top(&rect, ui_px(ui, 26));
    struct rect row = rect_cut_top(&rect, main_px(ui) + ui_px(ui, 8));
    if (is_there(&bar->back) && is_there(&bar->forward)) {
        /* A long label takes its room from Continue. */
        int least = ui_button_width(ui, &bar->back);
        int back_w = bar->even ? (row.w - gap) * 46 / 100 : ui_bar_px(ui, 272);
        if (back_w < least)
            back_w = least < row.w / 2 ? least : row.w / 2;
        ui_button(ui, rect_cut_start(&row, back_w), &bar->back);
        rect_cut_start(&row, gap);
    } else if (is_there(&bar->back)) {
        ui_button(ui, row, &bar->back);
    }
    if (is_there(&bar->forward))
        ui_button(ui, row, &bar->forward);
    if (bar->quiet_count == 0)
        return;
    rect_cut_top(&rect, ui_px(ui, 20));
    quiet_row(ui, rect_cut_top(&rect, ui_button_row_height(ui)), bar, ROW_PARTS);
}

static int tall_px(const struct ui *ui)
{
    int row = ui_button_row_height(ui);
    int high = ui_bar_px(ui, 104);

    return (high > row ? high : row) + ui_px(ui, 8);
}

static int width_or(struct ui *ui, const struct button *button, int least_px)
{
    int w = is_there(button) ? ui_button_width(ui, button) : 0;

    return is_there(button) && w < least_px ? least_px : w;
}

/* Back at the start, Continue at the end, and the quiet buttons in what is left between them. */
static void bottom_landscape(struct ui *ui, struct rect rect, const struct bottom_bar *bar)
{
    struct button back = bar->back;
    struct button forward = bar->forward;
    struct button shown[UI_ROW_BUTTONS];
    int gap = ui_px(ui, 24);
    int gaps = gap * (is_there(&back) + is_there(&forward));
    int back_w = width_or(ui, &back, ui_px(ui, 236));
    int forward_w = width_or(ui, &forward, ui_px(ui, 440.0 * ui->w / 1920.0));
    int count;

    rect = rect_inset(rect, ui_px(ui, 48), 0);
    rect = rect_centre(rect, rect.w, tall_px(ui));
    if (!quiet_fitting(ui, rect.w - back_w - forward_w - gaps, bar, shown, &count)) {
        /* Words need the room of the arrows. */
        back.icon = forward.icon = NULL;
        back_w = width_or(ui, &back, 0);
        forward_w = width_or(ui, &forward, 0);
    }
    if (is_there(&back)) {
        ui_button(ui, rect_cut_start(&rect, back_w), &back);
        rect_cut_start(&rect, gap);
    }
    struct rect forward_rect = rect_cut_end(&rect, forward_w);
    if (is_there(&forward))
        rect_cut_end(&rect, gap);
    if (bar->quiet_count > 0)
        quiet_row(ui, rect_centre(rect, rect.w, ui_button_row_height(ui)), bar, ROW_PACKS);
    if (is_there(&forward))
        ui_button(ui, forward_rect, &forward);
}

struct rect ui_bottom_bar_place(struct ui *ui, struct rect *area, bool quiet)
{
    int h;

    if (!ui->portrait)
        h = tall_px(ui) + ui_px(ui, 40);
    else if (quiet)
        h = main_px(ui) + ui_button_row_height(ui) + ui_px(ui, 86);
    else
        h = main_px(ui) + ui_px(ui, 66);
    return rect_cut_bottom(area, h);
}

void ui_bottom_bar(struct ui *ui, struct rect place, const struct bottom_bar *bar)
{
    int line = ui_px(ui, ui->theme->pictures ? 2 : 4);

    ui_box(ui, place, ui->theme->white, 0);
    ui_box(ui, (struct rect){place.x, place.y, place.w, line}, ui->theme->line, 0);
    if (ui->portrait)
        bottom_portrait(ui, place, bar);
    else
        bottom_landscape(ui, place, bar);
}

/* --- the sky zone -------------------------------------------------------------------------------
 */

static struct text_block problem_title(struct ui *ui, const struct error_summary *problem,
                                       int width_px)
{
    return ui_lay_sized(ui, problem->title, ui_text_px(ui, 40), ui_text_px(ui, 52), true, width_px);
}

static struct text_block problem_message(struct ui *ui, const char *message, int width_px)
{
    return ui_lay_sized(ui, message, ui_text_px(ui, 36), ui_text_px(ui, 50), true, width_px);
}

/* Beside the sign, in whole pixels for the height and the view alike. */
static int problem_words_width(const struct ui *ui, int width_px)
{
    return width_px - ui_px(ui, 40 + 60 + 20 + 32);
}

int ui_problem_height(struct ui *ui, int width_px, const struct error_summary *problem)
{
    int inner = problem_words_width(ui, width_px);
    int h = problem->title == NULL ? 0 : problem_title(ui, problem, inner).height_px;

    for (int i = 0; i < problem->message_count; i++)
        h += problem_message(ui, problem->messages[i], inner).height_px;
    return h + 2 * ui_px(ui, 30);
}

void ui_problem(struct ui *ui, struct rect rect, const struct error_summary *problem)
{
    const struct theme *t = ui->theme;
    const char *name = problem->title != NULL ? problem->title : problem->messages[0];
    struct element *element = ui_element(ui, problem->id, ROLE_ERROR_SUMMARY, name, rect);
    int radius = ui_px(ui, 16);
    int icon = ui_px(ui, 60);

    /* Out of reach it only says what is wrong: the caret is in the field already. */
    element->target = rect.y >= ui->reach_px;
    element->hint = problem->message_count > 0 ? problem->messages[0] : NULL;
    bool focus = ui_has_focus(ui, problem->id);
    if (focus)
        ui_focus_ring(ui, rect, radius);
    ui_frame(ui, rect, t->white, radius, focus ? t->focus_in : t->error, ui_px(ui, 6));
    struct rect inner = rect_inset(rect, ui_px(ui, 40), ui_px(ui, 30));
    struct rect mark = rect_cut_start(&inner, icon);
    ui_icon(ui, (struct rect){mark.x, mark.y, icon, icon}, "error", t->error);
    rect_cut_start(&inner, ui_px(ui, 20));
    inner.w = problem_words_width(ui, rect.w);
    if (problem->title != NULL) {
        struct text_block title = problem_title(ui, problem, inner.w);
        ui_text_at(ui, &title, rect_cut_top(&inner, title.height_px), ALIGN_START, t->text, false);
    }
    for (int i = 0; i < problem->message_count; i++) {
        struct text_block message = problem_message(ui, problem->messages[i], inner.w);
        struct rect words = rect_cut_top(&inner, message.height_px);
        ui_text_at(ui, &message, words, ALIGN_START, t->error_text, false);
        for (int l = 0; l < message.line_count; l++)
            ui_box(ui,
                   (struct rect){words.x, words.y + (l + 1) * message.line_px - ui_px(ui, 5),
                                 message.lines[l].width_px, ui_px(ui, 3)},
                   t->error_text, 0);
    }
}

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
