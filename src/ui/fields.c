/*
 * Fields and the check-answers list: what shows a patient's own words. Their elements and paints
 * are marked personal, so that speech masks them and the painter can overwrite their pictures.
 */
#include "ui/parts.h"

#include <stddef.h>
#include <string.h>

#define ERROR_INDENT 34 /* red bar of 10 and a gap of 24 */

/* A field is 112 high; in the largest text as high as a letter with its accents. */
static int field_height(const struct ui *ui)
{
    int least = ui_px(ui, 112);
    int letter = ui_text_px(ui, 56) + ui_px(ui, 16);

    return least > letter ? least : letter;
}

/* Above a field: the ring of pure colours is wider, and stays off the words. */
static int label_gap(const struct ui *ui)
{
    return ui_px(ui, ui->theme->pictures ? 8 : 14);
}

static int label_height(struct ui *ui, const char *label, int width_px)
{
    return ui_text_height(ui, label, LOOK_LABEL, width_px) + label_gap(ui);
}

static struct text_block error_text(struct ui *ui, const char *error, int width_px)
{
    return ui_lay_sized(ui, error, ui_text_px(ui, 34), ui_text_px(ui, 46), true,
                        width_px - ui_px(ui, 56));
}

static int error_height(struct ui *ui, const char *error, int width_px)
{
    return error == NULL ? 0 : error_text(ui, error, width_px).height_px + label_gap(ui);
}

int ui_field_height(struct ui *ui, int width_px, const struct field *field)
{
    int inner = width_px - (field->error == NULL ? 0 : ui_px(ui, ERROR_INDENT));

    return label_height(ui, field->label, inner) + error_height(ui, field->error, inner) +
           field_height(ui);
}

/* Icon and message between label and field. */
static void error_view(struct ui *ui, struct rect *area, const char *error)
{
    if (error == NULL)
        return;
    struct text_block block = error_text(ui, error, area->w);
    struct rect rect = rect_cut_top(area, block.height_px);
    struct rect words = rect;
    int icon = ui_px(ui, 42);

    ui_element(ui, UI_NONE, ROLE_ERROR, error, rect);
    struct rect mark = rect_cut_start(&words, ui_px(ui, 56));
    ui_icon(ui, (struct rect){mark.x, mark.y + (block.line_px - icon) / 2, icon, icon}, "error",
            ui->theme->error);
    ui_text_at(ui, &block, words, ALIGN_START, ui->theme->error_text, false);
    rect_cut_top(area, label_gap(ui));
}

/* The red bar at the start edge, as high as what is wrong; moves *area past it. */
static void error_bar(struct ui *ui, struct rect *area, int height_px)
{
    struct rect bar = rect_cut_start(area, ui_px(ui, ERROR_INDENT));

    ui_box(ui, (struct rect){bar.x, bar.y, ui_px(ui, 10), height_px}, ui->theme->error, 0);
}

/* Where the next letter goes: past the last one typed. */
static int caret_place(const struct text_block *block)
{
    const struct text_run *last = NULL;

    for (int i = 0; i < block->run_count; i++) {
        if (last == NULL || block->runs[i].text.at > last->text.at)
            last = &block->runs[i];
    }
    return last == NULL ? 0 : last->x_px + (last->rtl ? 0 : last->width_px);
}

#define DOT "\xE2\x80\xA2"

/* What the field shows: the value, or as many dots. */
static const char *shown_value(struct ui *ui, const struct field *field)
{
    struct str rest = str_of(field->value);
    size_t count = 0;

    if (!field->hidden)
        return field->value;
    while (rest.len > 0) {
        str_next_code_point(&rest);
        count++;
    }
    char *dots = arena_take(ui->arena, count * strlen(DOT) + 1);
    if (dots == NULL) {
        ui->scene->overflow = true;
        return "";
    }
    for (size_t i = 0; i < count; i++)
        memcpy(dots + i * strlen(DOT), DOT, strlen(DOT));
    return dots;
}

/*
 * The value on one line, left to right in every language, as the keys are. A long one is moved
 * towards the start so that the caret shows; what stands out of the field is clipped by the
 * painter.
 */
static void value_view(struct ui *ui, struct rect box, const struct field *field)
{
    const struct theme *t = ui->theme;
    struct rect inner = rect_inset(box, ui_px(ui, 32), 0);
    int caret_w = ui_px(ui, 5);
    int caret_h = ui_text_px(ui, 64) < box.h ? ui_text_px(ui, 64) : box.h * 3 / 4;

    ui_hold(ui);
    struct text_block all = ui_lay_typed(ui, shown_value(ui, field), LOOK_VALUE, UI_WHOLE);
    int caret_x = field->active ? caret_place(&all) : 0;
    int past = caret_x + caret_w - inner.w;
    int spare = inner.w - caret_w - (caret_x > all.width_px ? caret_x : all.width_px);
    /* Typed text runs left to right in every language, at the edge where its label stands. */
    int left = past > 0 ? -past : ui->settings.rtl && spare > 0 ? spare : 0;
    struct rect words = {inner.x + left, box.y + (box.h - all.height_px) / 2, all.width_px,
                         all.height_px};
    int first = ui->scene->paint_count;
    ui_text_at(ui, &all, words, ALIGN_START, t->text, true);
    for (int i = first; i < ui->scene->paint_count; i++)
        ui->scene->paints[i].text.clip = inner;
    if (field->active && ui->caret)
        ui_box(ui,
               (struct rect){words.x + caret_x, box.y + (box.h - caret_h) / 2, caret_w, caret_h},
               t->blue, caret_w / 2);
    ui_release(ui, box);
}

/* A finger sees where the letters go; whoever moves a focus sees that, and the caret beside it. */
static bool has_ring(const struct ui *ui, const struct field *field)
{
    return ui->focus.what >= 0 ? ui_has_focus(ui, field->id) : field->active;
}

static void field_box(struct ui *ui, struct rect box, const struct field *field, bool wrong)
{
    const struct theme *t = ui->theme;
    struct element *element = ui_element(ui, field->id, ROLE_FIELD, field->label, box);
    int radius = ui_px(ui, 12);

    element->target = true;
    element->personal = true;
    element->value = field->hidden ? NULL : field->value;
    if (wrong)
        element->state |= STATE_WRONG;
    if (has_ring(ui, field))
        ui_focus_ring(ui, box, radius);
    ui_frame(ui, box, t->white, radius, wrong ? t->error : t->field,
             ui_px(ui, wrong           ? (t->pictures ? 6 : 9)
                       : field->active ? 5
                                       : 4));
}

void ui_field(struct ui *ui, struct rect *area, const struct field *field, double gap)
{
    struct rect rect = rect_cut_top(area, ui_field_height(ui, area->w, field));

    if (field->error != NULL)
        error_bar(ui, &rect, rect.h);
    struct text_block label = ui_lay(ui, field->label, LOOK_LABEL, rect.w);
    struct rect words = rect_cut_top(&rect, label.height_px);
    ui_element(ui, UI_NONE, ROLE_TEXT, field->label, words);
    ui_text_at(ui, &label, words, ALIGN_START, ui->theme->text, false);
    rect_cut_top(&rect, label_gap(ui));
    error_view(ui, &rect, field->error);
    if (field->width > 0 && ui_px(ui, field->width) < rect.w)
        rect.w = ui_px(ui, field->width);
    field_box(ui, rect, field, field->error != NULL);
    value_view(ui, rect, field);
    rect_cut_top(area, ui_px(ui, gap));
}

#define ROW_SPACE 32

/* Widths of fields side by side: narrower in proportion where the row does not fit. */
static int column_width(const struct ui *ui, const struct field *fields, int count, int at,
                        int width_px)
{
    int room = width_px - (count - 1) * ui_px(ui, ROW_SPACE);
    int wanted = 0;

    for (int i = 0; i < count; i++)
        wanted += ui_px(ui, fields[i].width);
    return wanted > room ? ui_px(ui, fields[at].width) * room / wanted
                         : ui_px(ui, fields[at].width);
}

/* No word of a label is broken: they are set smaller, all alike. */
static void fit_labels(struct ui *ui, const struct field *fields, int count, int width_px)
{
    for (int i = 0; i < count; i++) {
        int room = column_width(ui, fields, count, i, width_px) + ui_px(ui, ROW_SPACE - 8);
        while (ui->text_percent > UI_LEAST_PERCENT &&
               ui_lines_width(ui, fields[i].label, ui_text_px(ui, 36), true, 2) > room)
            ui->text_percent -= UI_PERCENT_STEP;
    }
}

static int row_labels_height(struct ui *ui, const struct field *fields, int count, int width_px)
{
    int page = ui->text_percent;
    int most = 0;

    fit_labels(ui, fields, count, width_px);
    for (int i = 0; i < count; i++) {
        int room = column_width(ui, fields, count, i, width_px) + ui_px(ui, ROW_SPACE - 8);
        int h = label_height(ui, fields[i].label, room);
        most = h > most ? h : most;
    }
    ui->text_percent = page;
    return most;
}

int ui_fields_in_row_height(struct ui *ui, int width_px, const struct field *fields, int count,
                            const char *error)
{
    int inner = width_px - (error == NULL ? 0 : ui_px(ui, ERROR_INDENT));

    return error_height(ui, error, inner) + row_labels_height(ui, fields, count, inner) +
           field_height(ui);
}

static void column_label(struct ui *ui, struct rect column, const char *text)
{
    struct text_block label = ui_lay(ui, text, LOOK_LABEL, column.w + ui_px(ui, ROW_SPACE - 8));
    struct rect words = {column.x, column.y, label.width_px, label.height_px};

    ui_element(ui, UI_NONE, ROLE_TEXT, text, words);
    ui_text_at(ui, &label, words, ALIGN_START, ui->theme->text, false);
}

void ui_fields_in_row(struct ui *ui, struct rect *area, const struct field *fields, int count,
                      const char *error, double gap)
{
    struct rect rect =
        rect_cut_top(area, ui_fields_in_row_height(ui, area->w, fields, count, error));
    int page = ui->text_percent;

    if (error != NULL)
        error_bar(ui, &rect, rect.h);
    error_view(ui, &rect, error);
    int labels_h = row_labels_height(ui, fields, count, rect.w);
    struct rect row = rect;
    for (int i = 0; i < count; i++) {
        struct rect column = rect_cut_start(&row, column_width(ui, fields, count, i, rect.w));
        fit_labels(ui, fields, count, rect.w);
        column_label(ui, column, fields[i].label);
        ui->text_percent = page;
        rect_cut_top(&column, labels_h);
        field_box(ui, column, &fields[i], error != NULL);
        value_view(ui, column, &fields[i]);
        rect_cut_start(&row, ui_px(ui, ROW_SPACE));
    }
    rect_cut_top(area, ui_px(ui, gap));
}

/* One box of `digits` places, of which the digits from `from` on are typed. `turn`: the next digit
   goes into this box, or the last one went there. */
static void digit_group(struct ui *ui, struct rect box, const struct field *field, int from,
                        int digits, bool turn)
{
    const struct theme *t = ui->theme;
    int len = (int)strlen(field->value);
    int pitch = (box.w - ui_px(ui, 50)) / digits;
    int line_h = ui_px(ui, 4);
    bool here = field->active && len >= from && len < from + digits;

    if (turn && has_ring(ui, field))
        ui_focus_ring(ui, box, ui_px(ui, 12));
    ui_frame(ui, box, t->white, ui_px(ui, 12), field->error != NULL ? t->error : t->field,
             ui_px(ui, here ? 5 : 4));
    for (int i = 0; i < digits; i++) {
        struct rect place = {box.x + ui_px(ui, 25) + i * pitch, box.y, pitch, box.h};
        int at = from + i;
        if (at < len) {
            /* As large as its place allows. */
            int most = ui_text_px(ui, 60) < ui_px(ui, 84) ? ui_text_px(ui, 60) : ui_px(ui, 84);
            int size = pitch * 3 / 2 < most ? pitch * 3 / 2 : most;
            const char *digit =
                field->hidden ? DOT : arena_copy(ui->arena, (struct str){field->value + at, 1});
            struct text_block block =
                ui_lay_sized(ui, digit == NULL ? "" : digit, size, size * 5 / 4, false, pitch);
            ui_text_at(ui, &block, rect_centre(place, block.width_px, block.height_px),
                       ALIGN_CENTRE, t->text, true);
        } else if (at == len && field->active) {
            if (ui->caret)
                ui_box(ui, rect_centre(place, ui_px(ui, 5), ui_px(ui, 64)), t->blue, ui_px(ui, 2));
        } else {
            struct rect low = rect_centre(place, ui_px(ui, 26), line_h);
            low.y = box.y + box.h - ui_px(ui, 32);
            ui_box(ui, low, t->text, line_h / 2);
        }
    }
}

int ui_digit_boxes_height(struct ui *ui, int width_px, const struct field *field)
{
    int inner = width_px - (field->error == NULL ? 0 : ui_px(ui, ERROR_INDENT));

    return error_height(ui, field->error, inner) + ui_px(ui, 120);
}

void ui_digit_boxes(struct ui *ui, struct rect *area, const struct field *field, const int *groups,
                    double gap)
{
    int space = ui_px(ui, 28);
    int places = 0;
    int count = 0;

    while (groups[count] > 0)
        places += groups[count++];
    struct rect rect = rect_cut_top(area, ui_digit_boxes_height(ui, area->w, field));
    if (field->error != NULL)
        error_bar(ui, &rect, rect.h);
    error_view(ui, &rect, field->error);

    struct element *element = ui_element(ui, field->id, ROLE_FIELD, field->label, rect);
    element->target = true;
    element->personal = true;
    element->value = field->hidden ? NULL : field->value;
    if (field->error != NULL)
        element->state |= STATE_WRONG;

    /* The boxes fill the row, as what stands below them does. */
    int pads = count * ui_px(ui, 50);
    int pitch = (rect.w - (count - 1) * space - pads) / places;
    int len = (int)strlen(field->value);
    int at = len < places ? len : places - 1;
    ui_hold(ui);
    struct rect block = rect;
    int from = 0;
    for (int i = 0; i < count; i++) {
        int w = i + 1 < count ? groups[i] * pitch + ui_px(ui, 50) : rect.w;
        digit_group(ui, rect_cut_start(&rect, w), field, from, groups[i],
                    at >= from && at < from + groups[i]);
        rect_cut_start(&rect, space);
        from += groups[i];
    }
    ui_release(ui, block);
    rect_cut_top(area, ui_px(ui, gap));
}

/* --- the check-answers list ---------------------------------------------------------------------
 */

static struct rect change_rect(const struct ui *ui, struct rect row)
{
    return (struct rect){row.x + row.w - ui_bar_px(ui, 225), row.y, ui_bar_px(ui, 225), row.h};
}

/* Key over value in large text, side by side else. */
static bool row_stacks(const struct ui *ui, int width_px)
{
    return ui->settings.text_percent > 100 || width_px < ui_px(ui, 900);
}

struct summary_shape {
    struct text_block key;
    struct text_block value;
    int value_x;
    int height_px;
};

static struct summary_shape summary_shape(struct ui *ui, int width_px,
                                          const struct summary_row *row)
{
    int room = width_px - ui_bar_px(ui, 225) - ui_px(ui, 24);
    int key_w = ui_px(ui, 294);
    const char *value = row->hidden ? DOT DOT DOT DOT DOT DOT : row->value;
    struct summary_shape shape = {0};

    if (row_stacks(ui, width_px)) {
        shape.key = ui_lay(ui, row->key, LOOK_KEY, room);
        shape.value = ui_lay_typed(ui, value, LOOK_SECOND, room);
        shape.height_px = shape.key.height_px + shape.value.height_px + ui_px(ui, 36);
    } else {
        shape.value_x = key_w;
        shape.key = ui_lay(ui, row->key, LOOK_KEY, key_w - ui_px(ui, 20));
        shape.value = ui_lay_typed(ui, value, LOOK_SECOND, room - key_w);
        int words = shape.key.height_px > shape.value.height_px ? shape.key.height_px
                                                                : shape.value.height_px;
        shape.height_px = words + ui_px(ui, 26);
    }
    int least = ui_bar_px(ui, 88) + ui_px(ui, 30);
    if (shape.height_px < least)
        shape.height_px = least;
    return shape;
}

int ui_summary_row_height(struct ui *ui, int width_px, const struct summary_row *row)
{
    /* Hiding the answers moves nothing. */
    struct summary_row shown = *row;
    shown.hidden = false;
    return summary_shape(ui, width_px - 2 * ui_px(ui, 34), &shown).height_px;
}

static void summary_row(struct ui *ui, struct rect rect, const struct summary_row *row)
{
    const struct theme *t = ui->theme;
    struct summary_shape shape = summary_shape(ui, rect.w, row);
    struct element *element = ui_element(ui, row->id, ROLE_ROW, row->key, rect);
    struct rect words = rect;

    element->value = row->hidden ? NULL : row->value;
    element->personal = true;
    if (row_stacks(ui, rect.w)) {
        words.y += (rect.h - shape.key.height_px - shape.value.height_px) / 2;
        ui_text_at(ui, &shape.key, words, ALIGN_START, t->text, false);
        words.y += shape.key.height_px;
        ui_text_at(ui, &shape.value, words, ALIGN_START, t->text, true);
    } else {
        words.y = rect.y + (rect.h - shape.key.height_px) / 2;
        ui_text_at(ui, &shape.key, words, ALIGN_START, t->text, false);
        words.y = rect.y + (rect.h - shape.value.height_px) / 2;
        words.x += shape.value_x;
        ui_text_at(ui, &shape.value, words, ALIGN_START, t->text, true);
    }
    struct button change = {
        .id = row->change, .label = row->change_label, .icon = "edit", .look = BUTTON_CHANGE};
    struct rect button = change_rect(ui, rect);
    int h = ui_bar_px(ui, 88);
    ui_button(ui, rect_centre(button, button.w, h), &change);
    ui->scene->elements[ui->scene->element_count - 1].hint = row->change_name;
}

void ui_summary(struct ui *ui, struct rect *area, const struct summary_row *rows, int count,
                double gap)
{
    const struct theme *t = ui->theme;
    int pad = ui_px(ui, 34);
    int total = 0;

    for (int i = 0; i < count; i++)
        total += ui_summary_row_height(ui, area->w, &rows[i]);
    struct rect card = rect_cut_top(area, total);
    ui_frame(ui, card, t->white, ui_px(ui, 20), t->line, ui_px(ui, 2));
    struct rect inner = rect_inset(card, pad, 0);
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cut_top(&inner, ui_summary_row_height(ui, card.w, &rows[i]));
        summary_row(ui, row, &rows[i]);
        if (i + 1 < count)
            ui_box(ui, (struct rect){row.x, row.y + row.h - ui_px(ui, 2), row.w, ui_px(ui, 2)},
                   t->line, 0);
    }
    rect_cut_top(area, ui_px(ui, gap));
}
