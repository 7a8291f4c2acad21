/* "Start again?", "Are you still there?" and "no place": safe choice first, and the veil does
 * nothing. */
#include <stddef.h>

#include "screens/screen.h"
#include "screens/words.h"

struct dialog_words {
    const char *heading;
    const char *text;
    const char *safe;
    const char *other;
    int seconds; /* shown in a ring; -1: no ring */
    int permille;
};

static int button_height(struct ui *ui, const char *label, int width_px)
{
    int h = ui_lay_sized(ui, label, ui_bar_px(ui, 42), ui_bar_px(ui, 50), true,
                         width_px - ui_px(ui, 24))
                .height_px +
            ui_px(ui, 40);
    int least = ui_bar_px(ui, 120);

    return (h > least ? h : least) + ui_px(ui, 8);
}

static int words_height(struct ui *ui, const struct dialog_words *w)
{
    int width = ui_dialog_width(ui);

    return ui_text_height(ui, w->heading, LOOK_H1, width) + ui_px(ui, 20) +
           ui_text_height(ui, w->text, LOOK_LEDE, width) + ui_px(ui, 40) +
           button_height(ui, w->safe, width) + ui_px(ui, 24) + button_height(ui, w->other, width);
}

static void view_words(struct ui *ui, const struct dialog_words *w)
{
    int width = ui_dialog_width(ui);
    int ring = ui_px(ui, 208 + 32);

    ui->text_percent = ui->settings.text_percent;
    while (ui->text_percent > UI_LEAST_PERCENT && words_height(ui, w) > ui_dialog_room(ui))
        ui->text_percent -= UI_PERCENT_STEP;
    int h = words_height(ui, w);
    /* The words say the seconds too: a screen without room for the ring does without. */
    bool shows_ring = w->seconds >= 0 && h + ring <= ui_dialog_room(ui);
    struct rect area = ui_dialog_begin(ui, w->heading, h + (shows_ring ? ring : 0));

    if (shows_ring)
        ui_ring(ui, &area, w->permille, number_text(ui, w->seconds), 32);
    ui_paragraph_centred(ui, &area, w->heading, LOOK_H1, 20);
    ui_paragraph_centred(ui, &area, w->text, LOOK_LEDE, 40);
    ui_button(ui, rect_cut_top(&area, button_height(ui, w->safe, width)),
              &(struct button){.id = {ID_NO, 0}, .label = w->safe, .look = BUTTON_PRIMARY});
    rect_cut_top(&area, ui_px(ui, 24));
    ui_button(ui, rect_cut_top(&area, button_height(ui, w->other, width)),
              &(struct button){.id = {ID_YES, 0}, .label = w->other, .look = BUTTON_SECONDARY});
}

void dialog_view(const struct model *model, struct ui *ui)
{
    struct dialog_words words = {.seconds = -1};

    switch (model->dialog) {
    case DIALOG_NONE:
        return;
    case DIALOG_START_AGAIN:
        words.heading = say(model, N_("Start again?"));
        words.text =
            say(model, N_("This clears your answers. Then you can start again, or leave."));
        words.safe = say(model, N_("No, go back"));
        words.other = say(model, N_("Yes, finish and clear"));
        break;
    case DIALOG_NO_PLACE:
        words.heading = say(model, N_("We can’t save your place"));
        words.text = say(model, N_("This kiosk keeps as many places as it can. If you have time, "
                                   "finish here. It takes about 3 minutes."));
        words.safe = say(model, N_("Carry on here"));
        words.other = say(model, N_("Clear the screen"));
        break;
    case DIALOG_STILL_THERE:
        words.heading = say(model, N_("Are you still there?"));
        words.text = model->confirmed
                         ? say_number(model, ui,
                                      /* TRANSLATORS: {n} counts down; ** sets it in bold. */
                                      NP_("You will be signed up in **{n} second**.",
                                          "You will be signed up in **{n} seconds**."),
                                      model->seconds_left)
                         : say_number(model, ui,
                                      /* TRANSLATORS: {n} counts down; ** sets it in bold. */
                                      NP_("To keep your answers private, this screen will clear in "
                                          "**{n} second**.",
                                          "To keep your answers private, this screen will clear in "
                                          "**{n} seconds**."),
                                      model->seconds_left);
        words.safe = say(model, N_("Yes, I need more time"));
        words.other = model->confirmed ? say(model, N_("No, finish now"))
                                       : say(model, N_("No, clear my answers"));
        words.seconds = model->seconds_left;
        words.permille = model->seconds_of > 0 ? model->seconds_left * 1000 / model->seconds_of : 0;
        break;
    }
    view_words(ui, &words);
}
