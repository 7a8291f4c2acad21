/* The error summary: what is wrong, in a red box that leads to the field (visual.md). */
#include "ui/parts.h"

#include <stddef.h>

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
