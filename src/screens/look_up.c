/* Look up a reference: staff learn the status of a sign-up and nothing more. */
#include <stddef.h>
#include <string.h>

#include "screens/chrome.h"
#include "screens/staff_panel.h"
#include "screens/typing.h"
#include "screens/words.h"
#include "signup/reference.h"

static const char *status_text(const struct model *model)
{
    switch (model->staff.found) {
    case STATUS_WAITING:
        return say(model, N_("**Waiting to send.** It is safe on this kiosk and goes out when "
                             "there is a connection."));
    case STATUS_RECEIVED:
        return say(model, N_("**Received.** The server has it. It stands in your practice’s list "
                             "of sign-ups."));
    case STATUS_ATTENTION:
        return say(model, N_("**Needs attention.** The server did not accept it. It is kept here. "
                             "Call whoever looks after this kiosk."));
    case STATUS_WITHDRAWN:
        return say(model, N_("**Withdrawn.** The patient does not take part."));
    case STATUS_UNKNOWN:
        break;
    }
    return say(model, N_("This kiosk has no sign-up with that reference. Was it made on another "
                         "one? Your practice’s list of sign-ups knows all of them."));
}

/* What a touch on Done led to; NULL while the reference is typed. */
static const char *answer_text(const struct model *model)
{
    switch (model->staff.look_up) {
    case LOOK_UP_TYPED:
        return NULL;
    case LOOK_UP_SPELLING:
        return say(model, N_("Check the reference. It has 8 letters and digits after HD, for "
                             "example HD-7K4M-Q2XP."));
    case LOOK_UP_ASKED:
        return say(model, N_("Looking it up"));
    case LOOK_UP_ANSWERED:
        break;
    }
    return status_text(model);
}

static void words_view(const struct model *model, struct ui *ui, struct rect area)
{
    static struct blocks blocks;
    const char *answer = answer_text(model);

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Look up a reference")), 12)
        ->look = LOOK_H1;
    if (answer == NULL)
        blocks_add_text(ui, &blocks, BLOCK_TEXT, NULL,
                        say(model, N_("The patient has it on paper or as a photo, for example "
                                      "HD-7K4M-Q2XP.")),
                        24)
            ->look = LOOK_HINT;
    struct block *field = blocks_add(ui, &blocks, BLOCK_FIELD, 24);
    field->fields[0] = (struct field){.id = {ID_TYPED, 0},
                                      .label = say(model, N_("Reference")),
                                      .value = model->secret->typed,
                                      .active = true};
    if (answer != NULL)
        blocks_add_text(ui, &blocks, BLOCK_NOTE,
                        model->staff.look_up == LOOK_UP_SPELLING ? "alert" : "info", answer, 0);
    rect_cut_top(&area, ui_px(ui, 32));
    blocks_view(ui, area, &blocks, 0);
}

static void view(const struct model *model, struct ui *ui)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);
    struct keyboard_state state = {.keyboard = KEYBOARD_POSTCODE, .what = ID_KEY, .last = true};
    struct keyboard_words words = typing_words(model);
    struct rect pad = ui->portrait
                          ? rect_cut_bottom(&area, keyboard_height_px(ui, KEYBOARD_POSTCODE))
                          : rect_cut_end(&area, area.w * 1160 / 1920);

    words.done = say(model, N_("Look up"));
    words_view(model, ui, chrome_inset(ui, area));
    keyboard_view(ui, pad, &state, &words);
    chrome_end(model, ui, place, &(struct chrome_bottom){.back = "", .one_row = true});
}

static void look_up(struct model *model, struct effects *effects)
{
    struct reference reference;

    if (reference_check(str_of(model->secret->typed), &reference) != CHECK_OK) {
        model->staff.look_up = LOOK_UP_SPELLING;
        return;
    }
    memcpy(model->secret->typed, reference.text, sizeof reference.text);
    model->staff.look_up = LOOK_UP_ASKED;
    effects->look_up = true;
}

static void take(struct model *model, int code, struct effects *effects)
{
    char *typed = model->secret->typed;
    size_t len = strlen(typed);

    if (model->staff.look_up == LOOK_UP_ASKED)
        return;
    if (code == KEY_NEXT) {
        look_up(model, effects);
        return;
    }
    model->staff.look_up = LOOK_UP_TYPED;
    if (code == KEY_BACKSPACE && len > 0)
        typed[len - 1] = '\0';
    if (code < 128 && len + 1 < STAFF_TYPED_SIZE) {
        typed[len] = (char)code;
        typed[len + 1] = '\0';
    }
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (id.what == ID_BACK)
        staff_show(model, SCREEN_STAFF);
    else if (id.what == ID_KEY)
        take(model, id.which, effects);
}

static void text(struct model *model, struct str text)
{
    struct effects none = {0};

    if (text.len == 1 && text.at[0] > ' ' && text.at[0] < 127)
        take(model, text.at[0], &none);
}

const struct screen screen_look_up = {
    .view = view, .activate = activate, .idle = IDLE_LOCKS, .text = text};
