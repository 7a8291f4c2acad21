/*
 * The bars around a page: above it the name and the controls that are there on every screen, below
 * it Back and Continue, always in the same place, and the quiet buttons. What has no room gives way
 * in a set order.
 */
#include "ui/parts.h"

#include <stddef.h>

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
    for (int i = 0; i < 2 && *out_count > 1 && !ui_button_row_fits(ui, width_px, out, *out_count);
         i++)
        *out_count = quiet_without(bar, bar->gives_way[i], out);
    return ui_button_row_fits(ui, width_px, out, *out_count);
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
    struct button shown[UI_ROW_BUTTONS];
    int count;
    rect_cut_top(&rect, ui_px(ui, 20));
    quiet_fitting(ui, rect.w, bar, shown, &count);
    ui_button_row(ui, rect_cut_top(&rect, ui_button_row_height(ui)), shown, count, ROW_PARTS);
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
        quiet_fitting(ui, rect.w - back_w - forward_w - gaps, bar, shown, &count);
    }
    if (is_there(&back)) {
        ui_button(ui, rect_cut_start(&rect, back_w), &back);
        rect_cut_start(&rect, gap);
    }
    struct rect forward_rect = rect_cut_end(&rect, forward_w);
    if (is_there(&forward))
        rect_cut_end(&rect, gap);
    if (count > 0)
        ui_button_row(ui, rect_centre(rect, rect.w, ui_button_row_height(ui)), shown, count,
                      ROW_PACKS);
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
