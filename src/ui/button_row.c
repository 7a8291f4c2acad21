/*
 * Small buttons side by side: the bars' controls and the quiet buttons. What they say is longer in
 * some languages and in large text, so a row tries: each label on one line; on two; on two without
 * its icon, since the words are what is needed.
 */
#include "ui/parts.h"

#define ROW_GAP 16
/* Of a label's lines, in its size. */
#define LINE_HEIGHT 1.2

enum fit { FIT_ONE_LINE, FIT_TWO_LINES, FIT_WORDS_ONLY, FIT_NOT };

static struct button fitted(const struct button *button, enum fit fit)
{
    struct button copy = *button;

    if (fit >= FIT_WORDS_ONLY)
        copy.icon = NULL;
    return copy;
}

/* Least widths of the buttons; returns their sum with the gaps. */
static int least_widths(struct ui *ui, const struct button *buttons, int count, enum fit fit,
                        int widths[])
{
    int total = (count - 1) * ui_px(ui, ROW_GAP);

    for (int i = 0; i < count; i++) {
        struct button button = fitted(&buttons[i], fit);
        widths[i] = fit == FIT_ONE_LINE ? ui_button_width(ui, &button)
                                        : ui_button_least_width(ui, &button, 2);
        total += widths[i];
    }
    return total;
}

static enum fit fit_of(struct ui *ui, int width_px, const struct button *buttons, int count,
                       int widths[])
{
    enum fit fit = FIT_ONE_LINE;

    while (fit < FIT_NOT && least_widths(ui, buttons, count, fit, widths) > width_px)
        fit++;
    return fit;
}

int ui_button_row_height(const struct ui *ui)
{
    /* Urdu's letters hang lower than others stand. */
    const struct font_family *nastaliq = &font_families[FACE_NASTALIQ];
    double line = !ui->settings.nastaliq ? LINE_HEIGHT
                                         : nastaliq->tight_percent / 100.0 *
                                               nastaliq->least_percent / nastaliq->size_percent;
    int edge = ui->settings.rtl ? 16 : 6; /* and those of both stand out of their line */
    int two_lines = (int)(2 * ui->least_em_px * line) + ui_px(ui, edge);
    int high = ui_bar_px(ui, 88);

    return high > two_lines ? high : two_lines;
}

bool ui_button_row_fits(struct ui *ui, int width_px, const struct button *buttons, int count)
{
    int widths[UI_ROW_BUTTONS];

    return fit_of(ui, width_px, buttons, count, widths) != FIT_NOT;
}

int ui_button_rows(struct ui *ui, int width_px, const struct button *buttons, int count)
{
    return count > 1 && !ui_button_row_fits(ui, width_px, buttons, count) ? 2 : 1;
}

void ui_button_row(struct ui *ui, struct rect rect, const struct button *buttons, int count,
                   enum row_spare spare_goes)
{
    int widths[UI_ROW_BUTTONS];
    enum fit fit = fit_of(ui, rect.w, buttons, count, widths);
    int gap = ui_px(ui, ROW_GAP);
    int spare = rect.w - (count - 1) * gap;

    for (int i = 0; i < count; i++)
        spare -= widths[i];
    if (spare < 0)
        spare = 0;
    /* Buttons that are cramped are widened first. */
    bool widens = spare_goes == ROW_WIDENS || fit != FIT_ONE_LINE;
    bool parts = !widens && spare_goes == ROW_PARTS && count > 1;
    for (int i = 0; i < count; i++) {
        struct button button = fitted(&buttons[i], fit);
        ui_button(ui, rect_cut_start(&rect, widths[i] + (widens ? spare / count : 0)), &button);
        rect_cut_start(&rect, gap + (parts ? spare / (count - 1) : 0));
    }
}
