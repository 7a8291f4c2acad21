/* The strip of a listener, and the line under what is read: see listening.h. */
#include "ui/listening.h"

/* Units. A button may come closer to its words than elsewhere before a second row is begun. */
enum { MARGIN = 24, GAP = 12, CLOSER = 20 };

static void view_row(struct ui *ui, struct rect row, const struct button *buttons, int count,
                     int spare_px)
{
    for (int i = 0; i < count; i++) {
        int w = ui_button_width(ui, &buttons[i]) + spare_px / count;
        ui_button(ui, i + 1 < count ? rect_cut_start(&row, w) : row, &buttons[i]);
        rect_cut_start(&row, ui_px(ui, GAP));
    }
}

/* Pixels that the buttons need side by side. */
static int row_width(struct ui *ui, const struct button *buttons, int count)
{
    int w = (count - 1) * ui_px(ui, GAP);

    for (int i = 0; i < count; i++)
        w += ui_button_width(ui, &buttons[i]);
    return w;
}

/* Do they stand in one row, closer to their words if need be? */
static bool fits(struct ui *ui, const struct button *buttons, int count, int room_px)
{
    return row_width(ui, buttons, count) - count * ui_px(ui, CLOSER) <= room_px;
}

void ui_listening_strip(struct ui *ui, struct rect *area, const struct button *buttons, int count,
                        bool one_row)
{
    int room = area->w - 2 * ui_px(ui, MARGIN);
    while (one_row && count > 1 && !fits(ui, buttons, count, room))
        count--;
    int rows = fits(ui, buttons, count, room) ? 1 : 2;
    int each = (count + rows - 1) / rows;
    int high = ui_bar_px(ui, 88);
    /* Beside a panel height is what is short. */
    int pad = ui_px(ui, ui->portrait ? GAP : 2);
    int strip_px = rows * high + (rows + 1) * pad;
    struct rect strip =
        ui->settings.low_reach ? rect_cut_bottom(area, strip_px) : rect_cut_top(area, strip_px);

    ui_box(ui, strip, ui->theme->white, 0);
    strip = rect_inset(strip, ui_px(ui, MARGIN), 0);
    for (int i = 0; i < count; i += each) {
        int in_row = count - i < each ? count - i : each;
        int spare = room - row_width(ui, &buttons[i], in_row);
        rect_cut_top(&strip, pad);
        view_row(ui, rect_cut_top(&strip, high), &buttons[i], in_row, spare);
    }
}

static void underline(struct ui *ui, struct rect words, int element)
{
    int line = ui_px(ui, 10);
    int edge = ui_px(ui, 2);
    struct rect under = {words.x, words.y + words.h - line / 2, words.w, line};

    /* Yellow alone would be lost on white. */
    ui_box(ui, under, ui->theme->focus_in, 0)->element = element;
    ui_box(ui, rect_inset(under, 0, edge), ui->theme->focus, 0)->element = element;
}

void ui_underline(struct ui *ui, int element)
{
    const struct scene *scene = ui->scene;
    int paints = scene->paint_count;
    bool has_words = false;

    for (int i = 0; i < paints; i++) {
        if (scene->paints[i].kind != PAINT_TEXT || scene->paints[i].element != element)
            continue;
        underline(ui, scene->paints[i].rect, element);
        has_words = true;
    }
    if (!has_words)
        underline(ui, scene->elements[element].rect, element);
}
