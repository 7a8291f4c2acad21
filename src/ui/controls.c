/*
 * The parts a patient reads and touches: text in a column, buttons, choice rows, fields and the
 * check-answers list (visual.md section 2). Each is one element with the whole of it as target.
 */
#include "ui/parts.h"

#include <stddef.h>
#include <string.h>

/* --- text in a column --------------------------------------------------------------------- */

static colour look_colour(const struct ui *ui, enum text_look look)
{
    switch (look) {
    case LOOK_DISPLAY:
    case LOOK_PROGRESS:
    case LOOK_CODE:
        return ui->theme->dark;
    case LOOK_H1:
    case LOOK_H1_SMALL:
        return ui->theme->heading;
    case LOOK_HINT:
    case LOOK_NOTE:
        return ui->theme->text_soft;
    default:
        return ui->theme->text;
    }
}

static void text_part(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                      enum role role, enum align align, double gap)
{
    struct text_block block = ui_lay(ui, text, look, area->w);
    struct rect rect = rect_cut_top(area, block.height_px);

    ui_element(ui, UI_NONE, role, text, rect);
    ui_text_at(ui, &block, rect, align, look_colour(ui, look), false);
    rect_cut_top(area, ui_px(ui, gap));
}

void ui_heading(struct ui *ui, struct rect *area, const char *text, enum text_look look, double gap)
{
    text_part(ui, area, text, look, ROLE_HEADING, ALIGN_START, gap);
}

void ui_paragraph(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                  double gap)
{
    text_part(ui, area, text, look, ROLE_TEXT, ALIGN_START, gap);
}

void ui_paragraph_centred(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                          double gap)
{
    text_part(ui, area, text, look, look == LOOK_H1 ? ROLE_HEADING : ROLE_TEXT, ALIGN_CENTRE, gap);
}

int ui_text_height(struct ui *ui, const char *text, enum text_look look, int width_px)
{
    return ui_lay(ui, text, look, width_px).height_px;
}

/* An icon or disc, and text beside it: what tips, list rows and notes share. */
struct beside {
    int mark_px;  /* size of the icon or disc */
    int inset_px; /* before the mark */
    int gap_px;   /* between mark and text */
    int pad_px;   /* above and below */
    enum text_look look;
    int most_lines; /* of a text whose middle the mark stands beside; of a longer one, the first */
};

static struct beside tip_shape(const struct ui *ui)
{
    return (struct beside){ui_px(ui, 56), ui_px(ui, 4), ui_px(ui, 28), 0, LOOK_SECOND, 2};
}

/* Icons stand beside the middle of two lines, numbers beside the first. */
static struct beside list_shape(const struct ui *ui, bool number)
{
    return (struct beside){ui_px(ui, 60), 0, ui_px(ui, 24), 0, LOOK_BODY, number ? 1 : 2};
}

static struct beside note_shape(const struct ui *ui)
{
    return (struct beside){ui_px(ui, 60), ui_px(ui, 34), ui_px(ui, 26),
                           ui_px(ui, 24), LOOK_SECOND,   1000};
}

static int beside_text_width(const struct beside *shape, int width_px)
{
    int end_px = shape->pad_px > 0 ? shape->inset_px : 0;

    return width_px - shape->inset_px - shape->mark_px - shape->gap_px - end_px;
}

static int beside_height(struct ui *ui, const struct beside *shape, int width_px, const char *text)
{
    int h = ui_text_height(ui, text, shape->look, beside_text_width(shape, width_px));

    return (h > shape->mark_px ? h : shape->mark_px) + 2 * shape->pad_px;
}

int ui_tip_height(struct ui *ui, int width_px, const char *text)
{
    struct beside shape = tip_shape(ui);
    return beside_height(ui, &shape, width_px, text);
}

int ui_list_row_height(struct ui *ui, int width_px, const char *text)
{
    struct beside shape = list_shape(ui, false);
    return beside_height(ui, &shape, width_px, text);
}

int ui_note_height(struct ui *ui, int width_px, const char *text)
{
    struct beside shape = note_shape(ui);
    return beside_height(ui, &shape, width_px, text);
}

/* Adds the text; returns where the mark goes. */
static struct rect beside_view(struct ui *ui, const struct beside *shape, struct rect rect,
                               const char *text, colour fill)
{
    struct text_block block = ui_lay(ui, text, shape->look, beside_text_width(shape, rect.w));
    struct rect inner = rect_inset(rect, 0, shape->pad_px);
    struct rect words = inner;

    rect_cut_start(&words, shape->inset_px + shape->mark_px + shape->gap_px);
    words.y += (words.h - block.height_px) / 2;
    ui_text_at(ui, &block, words, ALIGN_START, fill, false);
    int mark_box = block.line_count > shape->most_lines ? block.line_px : inner.h;
    struct rect mark = {inner.x + shape->inset_px, inner.y, shape->mark_px, mark_box};
    return rect_centre(mark, shape->mark_px, shape->mark_px);
}

void ui_tip(struct ui *ui, struct rect *area, const char *icon, const char *text, double gap)
{
    struct beside shape = tip_shape(ui);
    struct rect rect = rect_cut_top(area, beside_height(ui, &shape, area->w, text));

    ui_element(ui, UI_NONE, ROLE_TEXT, text, rect);
    struct rect mark = beside_view(ui, &shape, rect, text, ui->theme->text);
    ui_icon(ui, mark, icon, ui->theme->blue);
    rect_cut_top(area, ui_px(ui, gap));
}

void ui_list_row(struct ui *ui, struct rect *area, const char *icon, int number, const char *text,
                 double gap)
{
    struct beside shape = list_shape(ui, number > 0);
    struct rect rect = rect_cut_top(area, beside_height(ui, &shape, area->w, text));

    ui_element(ui, UI_NONE, ROLE_TEXT, text, rect);
    struct rect mark = beside_view(ui, &shape, rect, text, ui->theme->text);
    if (number > 0) {
        const char *digits = arena_format(ui->arena, "%d", number);
        struct text_block block = ui_lay_sized(ui, digits == NULL ? "" : digits, ui_px(ui, 32),
                                               ui_px(ui, 42), true, mark.w);
        ui_box(ui, mark, ui->theme->dark, mark.w / 2);
        ui_text_at(ui, &block, rect_centre(mark, mark.w, block.height_px), ALIGN_CENTRE,
                   ui->theme->on_dark, false);
    } else {
        ui_icon(ui, rect_inset(mark, ui_px(ui, 2), ui_px(ui, 2)), icon, ui->theme->blue);
    }
    rect_cut_top(area, ui_px(ui, gap));
}

void ui_note(struct ui *ui, struct rect *area, const char *icon, const char *text, double gap)
{
    struct beside shape = note_shape(ui);
    struct rect rect = rect_cut_top(area, beside_height(ui, &shape, area->w, text));
    bool lined = ui->theme->note == ui->theme->page;

    ui_element(ui, UI_NONE, ROLE_TEXT, text, rect);
    ui_frame(ui, rect, ui->theme->note, ui_px(ui, 16), ui->theme->focus, lined ? ui_px(ui, 3) : 0);
    struct rect mark = beside_view(ui, &shape, rect, text, ui->theme->on_note);
    ui_icon(ui, mark, icon, ui->theme->on_note);
    rect_cut_top(area, ui_px(ui, gap));
}

/* --- boxes and focus -------------------------------------------------------------------------- */

struct paint *ui_frame(struct ui *ui, struct rect rect, colour fill, int radius_px, colour border,
                       int border_px)
{
    struct paint *paint = ui_box(ui, rect, fill, radius_px);

    paint->box.border = border;
    paint->box.border_px = border_px;
    return paint;
}

struct paint *ui_track(struct ui *ui, struct rect rect, colour fill, int radius_px)
{
    return ui_frame(ui, rect, fill, radius_px, ui->theme->line,
                    ui->theme->pictures ? 0 : ui_px(ui, 3));
}

bool ui_has_focus(const struct ui *ui, struct element_id id)
{
    return id.what >= 0 && element_id_equal(id, ui->focus);
}

void ui_focus_ring(struct ui *ui, struct rect rect, int radius_px)
{
    int out = ui_px(ui, ui->theme->pictures ? 8 : 11);
    int gap = ui_px(ui, 4);

    ui_box(ui, rect_inset(rect, -out, -out), ui->theme->focus, radius_px + out);
    /* Where borders have the ring's own colour, a gap sets it off. */
    if (!ui->theme->pictures)
        ui_box(ui, rect_inset(rect, -gap, -gap), ui->theme->focus_in, radius_px + gap);
}

void ui_focus_line(const struct ui *ui, colour *border, int *border_px)
{
    if (!ui->theme->pictures)
        return;
    *border = ui->theme->focus_in;
    *border_px = ui_px(ui, 5);
}

/* --- buttons
 * -------------------------------------------------------------------------------------- */

struct button_shape {
    double size; /* of the label, in units */
    bool bold;
    int icon_px;
    int gap_px;
    int pad_px;
};

static struct button_shape button_shape(const struct ui *ui, const struct button *button)
{
    static const struct {
        double size;
        bool bold;
        double icon;
    } of[] = {
        [BUTTON_PRIMARY] = {42, true, 48}, [BUTTON_SECONDARY] = {38, true, 46},
        [BUTTON_QUIET] = {32, false, 40},  [BUTTON_LINED] = {32, false, 40},
        [BUTTON_CHANGE] = {32, true, 38},  [BUTTON_CHIP] = {36, false, 44},
        [BUTTON_STAFF] = {32, false, 40},
    };

    /* The chips of the welcome screen are narrower in landscape. */
    bool narrow = button->look == BUTTON_CHIP && !ui->portrait;

    return (struct button_shape){.size = narrow ? 32 : of[button->look].size,
                                 .bold = of[button->look].bold || button->on,
                                 .icon_px = ui_bar_px(ui, of[button->look].icon),
                                 .gap_px = ui_bar_px(ui, 16),
                                 .pad_px = ui_px(ui, 24)};
}

static struct text_block button_label(struct ui *ui, const struct button *button,
                                      const struct button_shape *shape, int width_px)
{
    int room = width_px - 2 * ui_px(ui, 12);

    if (button->icon != NULL)
        room -= shape->icon_px + shape->gap_px;
    ui->tongue = button->tongue;
    struct text_block label = ui_lay_sized(ui, button->label, ui_bar_px(ui, shape->size),
                                           ui_bar_px(ui, shape->size * 1.2), shape->bold, room);
    ui->tongue = NULL;
    return label;
}

int ui_button_width(struct ui *ui, const struct button *button)
{
    struct button_shape shape = button_shape(ui, button);
    struct text_block label = button_label(ui, button, &shape, ui->settings.width_px * 4);
    int icon = button->icon == NULL ? 0 : shape.icon_px + shape.gap_px;

    return label.width_px + icon + 2 * shape.pad_px;
}

int ui_button_least_width(struct ui *ui, const struct button *button, int lines)
{
    struct button_shape shape = button_shape(ui, button);
    int icon = button->icon == NULL ? 0 : shape.icon_px + shape.gap_px;

    return ui_lines_width(ui, button->label, ui_bar_px(ui, shape.size), shape.bold, lines) + icon +
           2 * ui_px(ui, 12) + 2;
}

struct button_colours {
    colour face;
    colour border;
    int border_px;
    colour edge; /* COLOUR_NONE: flat */
    colour words;
};

static struct button_colours button_colours(const struct ui *ui, const struct button *button,
                                            bool pressed)
{
    const struct theme *t = ui->theme;

    switch (button->look) {
    case BUTTON_PRIMARY:
        return (struct button_colours){pressed ? t->button_press : t->button, t->blue,
                                       pressed && !t->pictures ? ui_px(ui, 4) : 0,
                                       pressed ? COLOUR_NONE : t->button_edge,
                                       pressed ? t->on_button_press : t->on_button};
    case BUTTON_SECONDARY:
        return (struct button_colours){pressed ? t->second_press : t->second, t->blue, ui_px(ui, 4),
                                       pressed ? COLOUR_NONE : t->second_edge,
                                       pressed ? t->on_second_press : t->dark};
    case BUTTON_LINED:
        return (struct button_colours){pressed ? t->press : t->white, t->border, ui_px(ui, 3),
                                       COLOUR_NONE, pressed ? t->on_press : t->dark};
    case BUTTON_CHANGE:
    case BUTTON_CHIP:
        if (button->on)
            return (struct button_colours){t->dark, COLOUR_NONE, 0, COLOUR_NONE, t->on_dark};
        return (struct button_colours){pressed ? t->press : t->tint, t->dark,
                                       t->quiet_border == COLOUR_NONE ? 0 : ui_px(ui, 3),
                                       COLOUR_NONE, pressed ? t->on_press : t->dark};
    case BUTTON_STAFF:
        return (struct button_colours){pressed      ? t->press
                                       : button->on ? t->white
                                                    : t->staff,
                                       COLOUR_NONE, 0, COLOUR_NONE,
                                       pressed      ? t->on_press
                                       : button->on ? t->dark
                                                    : t->on_dark};
    case BUTTON_QUIET:
        break;
    }
    if (button->on)
        return (struct button_colours){t->dark, COLOUR_NONE, 0, COLOUR_NONE, t->on_dark};
    return (struct button_colours){pressed ? t->press : t->quiet, t->quiet_border,
                                   t->quiet_border == COLOUR_NONE ? 0 : ui_px(ui, 3), COLOUR_NONE,
                                   pressed ? t->on_press : t->on_quiet};
}

/* Label and icon, centred together in `face`. A label that is too long for it takes the icon's
   room, then it shrinks. */
static void button_words(struct ui *ui, struct rect face, const struct button *asked, colour words)
{
    struct button copy = *asked;
    const struct button *button = &copy;
    struct button_shape shape = button_shape(ui, button);
    struct text_block label = button_label(ui, button, &shape, face.w);

    if (label.height_px > face.h || label.parted) {
        copy.icon = NULL;
        label = button_label(ui, button, &shape, face.w);
    }
    while (label.height_px > face.h && ui_bar_px(ui, shape.size) > ui->least_em_px) {
        shape.size = shape.size * 15 / 16;
        label = button_label(ui, button, &shape, face.w);
    }
    int icon = button->icon == NULL ? 0 : shape.icon_px + shape.gap_px;
    struct rect row = rect_centre(face, label.width_px + icon, label.height_px);

    if (button->icon != NULL) {
        struct rect strip = button->icon_after ? rect_cut_end(&row, shape.icon_px)
                                               : rect_cut_start(&row, shape.icon_px);
        ui_icon(ui, rect_centre(strip, shape.icon_px, shape.icon_px), button->icon, words);
        if (button->icon_after)
            rect_cut_end(&row, shape.gap_px);
        else
            rect_cut_start(&row, shape.gap_px);
    }
    ui_text_at(ui, &label, row, ALIGN_CENTRE, words, false);
}

void ui_button(struct ui *ui, struct rect rect, const struct button *button)
{
    struct element *element = ui_element(ui, button->id, ROLE_BUTTON, button->label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    struct button_colours c = button_colours(ui, button, pressed);
    bool raised = button->look == BUTTON_PRIMARY || button->look == BUTTON_SECONDARY;
    int radius = ui_px(ui, 16);
    struct rect face = rect;

    element->target = true;
    element->value = button->value;
    /* A chip's dark colour says that it leads to more, not that it is on. */
    if (button->on && button->look != BUTTON_CHIP)
        element->state |= STATE_CHOSEN;
    if (raised) {
        int edge = ui_px(ui, 8);
        face.h -= edge;
        if (pressed)
            face.y += edge;
        else if (c.edge != COLOUR_NONE)
            ui_box(ui, (struct rect){face.x, face.y + edge, face.w, face.h}, c.edge, radius);
    }
    if (ui_has_focus(ui, button->id)) {
        ui_focus_ring(ui, face, radius);
        ui_focus_line(ui, &c.border, &c.border_px);
    }
    ui_frame(ui, face, c.face, radius, c.border, c.border_px);
    button_words(ui, face, button, c.words);
}

void ui_large_button(struct ui *ui, struct rect rect, const struct button *button)
{
    struct element *element = ui_element(ui, button->id, ROLE_BUTTON, button->label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    struct button_colours c = button_colours(ui, button, pressed);
    int edge = ui_px(ui, 10);
    int radius = ui_px(ui, 28);
    int icon = ui_bar_px(ui, 88);
    int gap = ui_px(ui, 40);
    struct rect face = {rect.x, rect.y, rect.w, rect.h - edge};

    element->target = true;
    if (pressed)
        face.y += edge;
    else if (c.edge != COLOUR_NONE)
        ui_box(ui, (struct rect){rect.x, rect.y + edge, rect.w, rect.h - edge}, c.edge, radius);
    if (ui_has_focus(ui, button->id)) {
        ui_focus_ring(ui, face, radius);
        ui_focus_line(ui, &c.border, &c.border_px);
    }
    ui_frame(ui, face, c.face, radius, c.border, c.border_px);
    int size = ui_bar_px(ui, ui->portrait ? 66 : 58);
    int room = face.w - 2 * gap - icon - gap;
    struct text_block label = ui_lay_sized(ui, button->label, size, size * 5 / 4, true, room);
    /* Two lines before it shrinks, and never out of the button. */
    while (label.height_px > face.h - ui_px(ui, 16) && size > ui_px(ui, 36)) {
        size = size * 15 / 16;
        label = ui_lay_sized(ui, button->label, size, size * 5 / 4, true, room);
    }
    struct rect row = rect_centre(face, icon + gap + label.width_px, label.height_px);
    struct rect mark = rect_cut_start(&row, icon);
    ui_icon(ui, rect_centre(mark, icon, icon), button->icon, c.words);
    rect_cut_start(&row, gap);
    ui_text_at(ui, &label, row, ALIGN_CENTRE, c.words, false);
}

/* --- choice rows
 * ---------------------------------------------------------------------------------- */

struct choice_shape {
    int words_w;
    struct text_block label;
    struct text_block second;
    int pad_px;
    int least_px;
};

static struct choice_shape choice_shape(struct ui *ui, int width_px, const struct choice *choice,
                                        bool dense)
{
    int icons = (choice->icon != NULL) + (choice->icon2 != NULL);
    bool bold = choice->chosen || choice->bold;
    bool low = !ui->portrait; /* six of them stand one below the other in landscape too */
    struct choice_shape shape = {.words_w = width_px - ui_px(ui, 32 + 60 + 28 + 24) -
                                            icons * ui_px(ui, 64 + 24),
                                 .pad_px = ui_px(ui, dense ? low ? 10 : 14 : 20),
                                 .least_px = ui_px(ui, dense ? low ? 112 : 132 : 140)};

    ui->tongue = choice->tongue;
    shape.label = ui_lay(ui, choice->label, bold ? LOOK_CHOICE_ON : LOOK_CHOICE, shape.words_w);
    ui->tongue = NULL;
    if (choice->second != NULL)
        shape.second = ui_lay(ui, choice->second, LOOK_SMALL, shape.words_w);
    return shape;
}

int ui_choice_height(struct ui *ui, int width_px, const struct choice *choice, bool dense)
{
    /* As high as the label needs, bold or not, so that choosing a row moves nothing. */
    struct choice chosen = *choice;
    chosen.chosen = true;
    struct choice_shape shape = choice_shape(ui, width_px, &chosen, dense);
    int plain_h = choice_shape(ui, width_px, choice, dense).label.height_px;
    int label_h = shape.label.height_px > plain_h ? shape.label.height_px : plain_h;
    int h = label_h + shape.second.height_px + 2 * shape.pad_px;
    int least = choice->least_px > shape.least_px ? choice->least_px : shape.least_px;

    return h > least ? h : least;
}

static void choice_mark(struct ui *ui, struct rect mark, const struct choice *choice, bool pressed)
{
    const struct theme *t = ui->theme;
    colour ink = pressed ? t->on_press : choice->chosen ? t->dark : t->text;
    int radius = choice->box ? ui_px(ui, 10) : mark.w / 2;

    if (choice->box && choice->chosen) {
        ui_box(ui, mark, t->dark, radius);
        ui_icon(ui, rect_inset(mark, ui_px(ui, 8), ui_px(ui, 8)), "tick", t->on_dark);
        return;
    }
    ui_frame(ui, mark, t->white, radius, ink, ui_px(ui, 4));
    if (choice->chosen)
        ui_box(ui, rect_centre(mark, ui_px(ui, 32), ui_px(ui, 32)), ink, ui_px(ui, 16));
}

static void choice_view(struct ui *ui, struct rect *area, const struct choice *choice, bool dense)
{
    const struct theme *t = ui->theme;
    struct choice_shape shape = choice_shape(ui, area->w, choice, dense);
    struct rect rect = rect_cut_top(area, ui_choice_height(ui, area->w, choice, dense));
    struct element *element =
        ui_element(ui, choice->id, choice->box ? ROLE_CHECKBOX : ROLE_RADIO, choice->label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    colour border = pressed ? t->on_press : choice->chosen ? t->choice : t->border;
    int border_px = ui_px(ui, pressed ? 6 : choice->chosen ? (t->pictures ? 6 : 8) : 3);
    int radius = ui_px(ui, 20);
    int mark_px = ui_px(ui, 60);

    element->target = true;
    element->hint = choice->second;
    if (choice->chosen)
        element->state |= STATE_CHOSEN;
    if (ui_has_focus(ui, choice->id)) {
        ui_focus_ring(ui, rect, radius);
        ui_focus_line(ui, &border, &border_px);
    }
    ui_frame(ui, rect,
             pressed          ? t->press
             : choice->chosen ? t->tint
                              : t->white,
             radius, border, border_px);

    struct rect mark = {rect.x + ui_px(ui, 32), rect.y, mark_px, rect.h};
    choice_mark(ui, rect_centre(mark, mark_px, mark_px), choice, pressed);

    int words_h = shape.label.height_px + shape.second.height_px;
    struct rect words = {mark.x + mark_px + ui_px(ui, 28), rect.y + (rect.h - words_h) / 2,
                         shape.words_w, shape.label.height_px};
    ui_text_at(ui, &shape.label, words, ALIGN_START, pressed ? t->on_press : t->text, false);
    words.y += words.h;
    ui_text_at(ui, &shape.second, words, ALIGN_START, pressed ? t->on_press : t->text_soft, false);

    struct rect icons = rect_inset(rect, ui_px(ui, 32), 0);
    const char *const names[] = {choice->icon, choice->icon2};
    for (int i = 0; i < 2; i++) {
        if (names[i] == NULL)
            continue;
        struct rect strip = rect_cut_end(&icons, ui_px(ui, 64));
        ui_icon(ui, rect_centre(strip, ui_px(ui, 60), ui_px(ui, 60)), names[i],
                pressed ? t->on_press : t->blue);
        rect_cut_end(&icons, ui_px(ui, 18));
    }
}

void ui_choice(struct ui *ui, struct rect *area, const struct choice *choice, bool dense,
               double gap)
{
    const struct theme *screen = ui->theme;

    if (choice->theme != NULL)
        ui->theme = choice->theme;
    choice_view(ui, area, choice, dense);
    ui->theme = screen;
    rect_cut_top(area, ui_px(ui, gap));
}
