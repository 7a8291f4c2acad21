/* Cards, bars and buttons of the staff panel: see tiles.h. */
#include "ui/tiles.h"

#include <stddef.h>

/* --- a number on a card -------------------------------------------------------------------------
 */

#define TILE_PAD 32

struct tile_shape {
    struct text_block label;
    struct text_block value;
    struct text_block note;
    int icon_px;
    int height_px;
};

static struct tile_shape tile_shape(struct ui *ui, int width_px, const struct tile *tile)
{
    struct tile_shape s = {.icon_px = tile->icon == NULL ? 0 : ui_text_px(ui, 48)};
    int w = width_px - 2 * ui_px(ui, TILE_PAD);
    int size = ui_text_px(ui, tile->large ? 60 : 40);

    s.label = ui_lay(ui, tile->label, LOOK_SMALL, w);
    s.value = ui_lay_sized(ui, tile->value, size, size * 6 / 5, true,
                           w - (s.icon_px > 0 ? s.icon_px + ui_px(ui, 20) : 0));
    s.note = ui_lay(ui, tile->note, LOOK_SMALL, w);
    s.height_px = s.label.height_px + s.value.height_px + s.note.height_px + 2 * ui_px(ui, 28);
    return s;
}

int ui_tile_height(struct ui *ui, int width_px, const struct tile *tile)
{
    return tile_shape(ui, width_px, tile).height_px;
}

void ui_tile(struct ui *ui, struct rect rect, const struct tile *tile)
{
    const struct theme *t = ui->theme;
    struct tile_shape s = tile_shape(ui, rect.w, tile);
    struct element *element = ui_element(ui, UI_NONE, ROLE_TEXT, tile->label, rect);
    colour ink = tile->good ? t->button : t->dark;

    element->value = tile->value;
    element->hint = tile->note;
    ui_frame(ui, rect, t->white, ui_px(ui, 20), t->line, ui_px(ui, t->pictures ? 2 : 4));
    struct rect inner = rect_inset(rect, ui_px(ui, TILE_PAD), (rect.h - s.height_px) / 2);
    inner = rect_inset(inner, 0, ui_px(ui, 28));
    ui_text_at(ui, &s.label, rect_cut_top(&inner, s.label.height_px), ALIGN_START, t->text_soft,
               false);
    struct rect row = rect_cut_top(&inner, s.value.height_px);
    if (s.icon_px > 0) {
        struct rect mark = rect_cut_start(&row, s.icon_px);
        ui_icon(ui, rect_centre(mark, s.icon_px, s.icon_px), tile->icon, ink);
        rect_cut_start(&row, ui_px(ui, 20));
    }
    ui_text_at(ui, &s.value, row, ALIGN_START, ink, false);
    ui_text_at(ui, &s.note, inner, ALIGN_START, t->text_soft, false);
}

/* --- two bars -----------------------------------------------------------------------------------
 */

#define BARS_PAD 36
#define BAR_H    64

struct bars_shape {
    struct text_block title;
    struct text_block aside;
    struct text_block label[2];
    struct text_block value[2];
    struct text_block sentence;
    int head_px;
    int row_px;
    int label_px;
    int value_px;
    int height_px;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static struct bars_shape bars_shape(struct ui *ui, int width_px, const struct bars *bars)
{
    struct bars_shape s;
    int w = width_px - 2 * ui_px(ui, BARS_PAD);
    int size = ui_text_px(ui, 32);
    int number = ui_text_px(ui, 40);

    s.aside = ui_lay(ui, bars->aside, LOOK_SMALL, w / 2);
    s.title = ui_lay_sized(ui, bars->title, ui_text_px(ui, 38), ui_text_px(ui, 50), true,
                           w - s.aside.width_px - ui_px(ui, 24));
    s.label[0] = ui_lay_sized(ui, bars->own.label, size, size * 4 / 3, true, w * 2 / 5);
    s.label[1] = ui_lay_sized(ui, bars->median.label, size, size * 4 / 3, false, w * 2 / 5);
    s.value[0] = ui_lay_sized(ui, bars->own.text, number, number * 5 / 4, true, w / 4);
    s.value[1] = ui_lay_sized(ui, bars->median.text, number, number * 5 / 4, true, w / 4);
    s.sentence = ui_lay(ui, bars->sentence, LOOK_SECOND, w);
    s.head_px = larger(s.title.height_px, s.aside.height_px);
    s.label_px = larger(s.label[0].width_px, s.label[1].width_px);
    s.value_px = larger(s.value[0].width_px, s.value[1].width_px);
    s.row_px = larger(larger(s.label[0].height_px, s.label[1].height_px),
                      larger(s.value[0].height_px, ui_px(ui, BAR_H)));
    s.height_px = s.head_px + 2 * s.row_px + s.sentence.height_px + ui_px(ui, 20 + 16 + 20) +
                  2 * ui_px(ui, 30);
    return s;
}

int ui_bars_height(struct ui *ui, int width_px, const struct bars *bars)
{
    return bars_shape(ui, width_px, bars).height_px;
}

/* Label, bar from the axis, number at the end edge. */
static void bar_view(struct ui *ui, struct rect row, const struct bars_shape *s, int which,
                     int permille, colour fill)
{
    const struct theme *t = ui->theme;
    struct rect label = rect_cut_start(&row, s->label_px);
    struct rect value = rect_cut_end(&row, s->value_px);
    int axis = ui_px(ui, 4);

    ui_text_at(ui, &s->label[which], rect_centre(label, label.w, s->label[which].height_px),
               ALIGN_START, t->text, false);
    ui_text_at(ui, &s->value[which], rect_centre(value, value.w, s->value[which].height_px),
               ALIGN_END, t->text, false);
    row = rect_inset(row, ui_px(ui, 28), 0);
    row = rect_centre(row, row.w, ui_px(ui, BAR_H));
    int length = (row.w - axis) * permille / 1000;
    if (length > 0) {
        ui_box(ui, (struct rect){row.x, row.y, axis + length, row.h}, fill, ui_px(ui, 8));
        ui_box(ui, (struct rect){row.x, row.y, axis + length / 2, row.h}, fill, 0);
    }
    ui_box(ui, (struct rect){row.x, row.y, axis, row.h}, t->text, 0);
}

void ui_bars(struct ui *ui, struct rect rect, const struct bars *bars)
{
    const struct theme *t = ui->theme;
    struct bars_shape s = bars_shape(ui, rect.w, bars);
    struct element *element = ui_element(ui, UI_NONE, ROLE_TEXT, bars->title, rect);
    int most = larger(larger(bars->own.tenths, bars->median.tenths), 1);

    element->value = bars->sentence;
    ui_frame(ui, rect, t->white, ui_px(ui, 24), t->line, ui_px(ui, t->pictures ? 2 : 4));
    struct rect inner = rect_inset(rect, ui_px(ui, BARS_PAD), ui_px(ui, 30));
    struct rect head = rect_cut_top(&inner, s.head_px);
    ui_text_at(ui, &s.aside, rect_centre(head, head.w, s.aside.height_px), ALIGN_END, t->text_soft,
               false);
    ui_text_at(ui, &s.title, head, ALIGN_START, t->text, false);
    rect_cut_top(&inner, ui_px(ui, 20));
    bar_view(ui, rect_cut_top(&inner, s.row_px), &s, 0, bars->own.tenths * 1000 / most, t->blue);
    rect_cut_top(&inner, ui_px(ui, 16));
    bar_view(ui, rect_cut_top(&inner, s.row_px), &s, 1, bars->median.tenths * 1000 / most,
             t->median);
    rect_cut_top(&inner, ui_px(ui, 20));
    ui_text_at(ui, &s.sentence, inner, ALIGN_START, t->text, false);
}

/* --- a button with a second line ----------------------------------------------------------------
 */

struct deed_shape {
    struct text_block label;
    struct text_block second;
    int icon_px;
    int height_px;
};

static struct deed_shape deed_shape(struct ui *ui, int width_px, const struct deed *deed)
{
    struct deed_shape s = {.icon_px = ui_text_px(ui, 48)};
    int w = width_px - s.icon_px - ui_px(ui, 32 + 24 + 20);

    s.label = ui_lay_sized(ui, deed->label, ui_text_px(ui, 34), ui_text_px(ui, 44), true, w);
    if (deed->second != NULL)
        s.second = ui_lay_sized(ui, deed->second, ui_text_px(ui, 28), ui_text_px(ui, 36), false, w);
    s.height_px = s.label.height_px + s.second.height_px + 2 * ui_px(ui, 22);
    s.height_px = larger(s.height_px, ui_bar_px(ui, 120));
    return s;
}

int ui_deed_height(struct ui *ui, int width_px, const struct deed *deed)
{
    return deed_shape(ui, width_px, deed).height_px;
}

void ui_deed(struct ui *ui, struct rect rect, const struct deed *deed)
{
    const struct theme *t = ui->theme;
    struct deed_shape s = deed_shape(ui, rect.w, deed);
    struct element *element = ui_element(ui, deed->id, ROLE_BUTTON, deed->label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    int radius = ui_px(ui, 16);

    element->target = true;
    element->value = deed->second;
    colour ink = pressed ? t->on_second_press : t->dark;
    colour border = t->blue;
    int border_px = ui_px(ui, 4);
    if (ui_has_focus(ui, deed->id)) {
        ui_focus_ring(ui, rect, radius);
        ui_focus_line(ui, &border, &border_px);
    }
    ui_frame(ui, rect, pressed ? t->second_press : t->second, radius, border, border_px);
    struct rect inner = rect_inset(rect, ui_px(ui, 32), 0);
    inner.w += ui_px(ui, 12);
    struct rect mark = rect_cut_start(&inner, s.icon_px);
    ui_icon(ui, rect_centre(mark, s.icon_px, s.icon_px), deed->icon, ink);
    rect_cut_start(&inner, ui_px(ui, 24));
    inner = rect_centre(inner, inner.w, s.label.height_px + s.second.height_px);
    ui_text_at(ui, &s.label, rect_cut_top(&inner, s.label.height_px), ALIGN_START, ink, false);
    if (deed->second != NULL)
        ui_text_at(ui, &s.second, inner, ALIGN_START, pressed ? ink : t->text, false);
}

void ui_staff_frame(struct ui *ui)
{
    struct rect screen = ui_screen(ui);
    int line = ui_px(ui, 12);

    ui_box(ui, rect_cut_top(&screen, line), ui->theme->dark, 0);
    ui_box(ui, rect_cut_bottom(&screen, line), ui->theme->dark, 0);
    ui_box(ui, rect_cut_start(&screen, line), ui->theme->dark, 0);
    ui_box(ui, rect_cut_end(&screen, line), ui->theme->dark, 0);
}
