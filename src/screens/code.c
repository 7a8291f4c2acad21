/*
 * "I have a code": whoever was called in comes back. Six boxes and a number pad; a wrong code says
 * how many tries are left, and after the last one no code is taken for a while. Whose code it was
 * is never told: nobody knows.
 */
#include "screens/code.h"

#include <stddef.h>
#include <string.h>

#include "screens/chrome.h"
#include "screens/digits.h"
#include "screens/typing.h"
#include "screens/words.h"
#include "ui/blocks.h"

static const char *problem_text(const struct model *model, struct ui *ui)
{
    switch (model->code_news) {
    case CODE_SHORT:
        return say(model, N_("Enter all 6 digits of your code."));
    case CODE_WRONG:
        return say_number(model, ui,
                          NP_("That code does not match. **{n} try left.** After that, saved "
                              "answers are deleted.",
                              "That code does not match. **{n} tries left.** After that, saved "
                              "answers are deleted."),
                          model->code_left);
    case CODE_FAILED:
        return say(model, N_("The kiosk is busy. Wait a moment and try again."));
    case CODE_NONE:
    case CODE_PAUSED:
        break;
    }
    return NULL;
}

static void view_pad(const struct model *model, struct ui *ui)
{
    digits_view(model, ui,
                &(struct digits){.id = {ID_CODE, 0},
                                 .icon = "key",
                                 .heading = say(model, N_("Welcome back")),
                                 .lead = say(model, N_("Enter your 6-digit code.")),
                                 .problem = problem_text(model, ui),
                                 .tip = say(model, N_("Lost it? Start again, it takes about 3 "
                                                      "minutes.")),
                                 .enter = typing_words(model).done,
                                 .typed = model->secret->code,
                                 .count = MODEL_CODE});
}

/* No pad: there is nothing to type now. */
static void view_pause(const struct model *model, struct ui *ui, struct rect area)
{
    static struct blocks blocks;
    struct rect inner = chrome_inset(ui, area);

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Welcome back")), 32)->look =
        LOOK_H1;
    if (model->places == 0)
        blocks_add_text(
            ui, &blocks, BLOCK_NOTE, "lock",
            say(model, N_("That code does not match. To keep answers private, all saved "
                          "answers are deleted now. Start again, it takes about 3 "
                          "minutes.")),
            32);
    else
        blocks_add_text(
            ui, &blocks, BLOCK_NOTE, "clock",
            say_number(model, ui,
                       NP_("There were too many wrong codes. You can enter a code again in **{n} "
                           "minute**.",
                           "There were too many wrong codes. You can enter a code again in **{n} "
                           "minutes**."),
                       model->code_left),
            32);
    if (!ui->portrait)
        inner = rect_centre(inner, ui_px(ui, 1160), inner.h);
    int spare = inner.h - blocks_height(ui, &blocks, inner.w);
    rect_cut_top(&inner, spare > 0 ? spare / 3 : 0);
    blocks_view(ui, inner, &blocks, model->sheet);
}

static void view(const struct model *model, struct ui *ui)
{
    struct rect area;

    if (model->code_news != CODE_PAUSED) {
        view_pad(model, ui);
        return;
    }
    struct rect place = chrome_begin(model, ui, &area, false);
    view_pause(model, ui, area);
    chrome_end(model, ui, place, &(struct chrome_bottom){.back = "", .one_row = true});
}

static void append(struct model *model, char digit)
{
    char *code = model->secret->code;
    size_t len = strlen(code);

    if (digit < '0' || digit > '9' || len == MODEL_CODE)
        return;
    code[len] = digit;
    code[len + 1] = '\0';
    model->code_news = CODE_NONE;
}

enum typed code_key(struct model *model, int code)
{
    char *typed = model->secret->code;
    size_t len = strlen(typed);

    if (code == KEY_NEXT)
        return TYPED_DONE;
    if (code == KEY_BACKSPACE && len > 0)
        typed[len - 1] = '\0';
    else if (code >= '0' && code <= '9')
        append(model, (char)code);
    return TYPED;
}

void code_text(struct model *model, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        append(model, text.at[i]);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    bool done = id.what == ID_CONTINUE;

    if (id.what == ID_BACK)
        effects->end_session = true;
    if (id.what == ID_KEY)
        done = code_key(model, id.which) == TYPED_DONE;
    if (!done || model->code_news == CODE_PAUSED)
        return;
    if (strlen(model->secret->code) < MODEL_CODE)
        model->code_news = CODE_SHORT;
    else
        effects->open_place = true;
}

const struct screen screen_code = {.view = view, .activate = activate, .idle = IDLE_ASKS};
