/* What a person touches becomes an action on the model: see app.h. */
#include <stddef.h>

#include "app/letters.h"
#include "app/update.h"
#include "ui/keyboard.h"

/* --- actions -----------------------------------------------------------------------------------
 */

void app_answer_dialog(struct app *app, struct element_id id, int64_t now_ms,
                       struct effects *effects)
{
    struct model *m = &app->model;

    if (id.what == ID_YES) {
        app_leave(app, effects);
        return;
    }
    m->dialog = DIALOG_NONE;
    app->seen_ms = now_ms;
    app->second_ms = INT64_MAX;
}

static void toggle_help(struct model *m)
{
    if (m->screen == SCREEN_HELP) {
        m->screen = m->helped;
    } else {
        m->helped = m->screen;
        m->screen = SCREEN_HELP;
    }
    m->sheet = 0;
}

static void toggle_language_menu(struct model *m)
{
    /* Neither lies on the other: who goes from Help to Language has done with Help. */
    if (m->screen == SCREEN_HELP) {
        m->screen = m->helped;
        if (m->screen == SCREEN_LANGUAGE)
            return;
    }
    if (m->screen == SCREEN_LANGUAGE) {
        m->screen = m->under;
    } else {
        /* The privacy notice has its own way back: a language chosen there leads behind it. */
        if (m->screen != SCREEN_PRIVACY)
            m->under = m->screen;
        m->screen = SCREEN_LANGUAGE;
    }
    m->sheet = 0;
}

/* The controls that stand on every screen. True where it was one of them. */
static bool touch_bar(struct app *app, struct element_id id, int64_t now_ms)
{
    struct model *m = &app->model;

    switch (id.what) {
    case ID_LANGUAGE_MENU:
        if (m->screen != SCREEN_SAVING)
            toggle_language_menu(m);
        return true;
    case ID_TEXT_SIZE:
        m->comfort.text_percent = comfort_next_text(m->comfort.text_percent);
        m->sheet = 0;
        return true;
    case ID_CONTRAST:
        m->comfort.scheme = (m->comfort.scheme + 1) % SCHEME_COUNT;
        return true;
    case ID_STAFF:
        m->screen = SCREEN_STAFF_PIN;
        m->staff.pin = TRY_ASKED;
        return true;
    case ID_HELP:
        toggle_help(m);
        return true;
    case ID_START_AGAIN:
        m->dialog = DIALOG_START_AGAIN;
        return true;
    case ID_CALLED_IN:
        if (model_has_place(m))
            app_call_in(app, now_ms);
        return true;
    default:
        return speak_touch(app, id);
    }
}

void app_activate(struct app *app, struct element_id id, int64_t now_ms, struct effects *effects)
{
    struct model *m = &app->model;

    app->acted = id;
    app->acted_ms = now_ms;
    speak_note_touch(app);
    if (m->dialog != DIALOG_NONE)
        app_answer_dialog(app, id, now_ms, effects);
    else if (!touch_bar(app, id, now_ms))
        screen_of(m->screen)->activate(m, id, effects);
    if (effects->check_letters)
        m->staff.undrawn = letters_undrawn(m->pack, app->metrics);
    if (effects->say != NULL)
        speak_sample(app, effects->say);
    if (effects->open_place)
        app_open_place(app, now_ms);
    if (effects->end_session)
        app_end_session(app);
    if (effects->discard)
        app_practised(app, now_ms);
    /* Whichever way leads back to it: nothing is offered that can't be kept. */
    if (model_is_home(m->screen))
        m->screen = model_home(m);
}

/* --- touch ---------------------------------------------------------------------------------------
 */

bool app_is_slip(const struct app *app, const struct element *element, int64_t now_ms)
{
    int64_t since = now_ms - app->acted_ms;
    bool row = app->acted.what == ID_KEY && app->acted.which >= KEY_ROW;

    if (element->role == ROLE_KEY && !row)
        return element_id_equal(element->id, app->acted) && since < APP_SECOND_KEY_MS;
    return (app->acted.what != ID_KEY || row) && since < APP_SECOND_TOUCH_MS;
}

static void press(struct app *app, int x, int y, int64_t now_ms)
{
    const struct element *element = scene_hit(app_glass(app), x, y);

    app_take_hand(app, HAND_TOUCH);
    app->focus = UI_NONE; /* a finger needs no ring */
    if (element == NULL || app_is_slip(app, element, now_ms))
        return;
    app->pressed = element->id;
    app->inside = true;
    if (element->state & STATE_REPEATS)
        app->repeat_ms = now_ms + APP_REPEAT_AFTER_MS;
}

static void move(struct app *app, int x, int y)
{
    const struct element *element = scene_hit(app_glass(app), x, y);

    app->inside = element != NULL && element_id_equal(element->id, app->pressed);
    if (!app->inside)
        app->repeat_ms = INT64_MAX;
}

static void release(struct app *app, int x, int y, int64_t now_ms, struct effects *effects)
{
    const struct element *element = scene_hit(app_glass(app), x, y);
    struct element_id pressed = app->pressed;

    app->pressed = UI_NONE;
    app->inside = false;
    app->repeat_ms = INT64_MAX;
    if (pressed.what >= 0 && element != NULL && element_id_equal(element->id, pressed))
        app_activate(app, pressed, now_ms, effects);
}

/* --- what comes in
 * ---------------------------------------------------------------------------------- */

void app_input(struct app *app, const struct input *input, int64_t now_ms,
               struct effects *out_effects)
{
    *out_effects = (struct effects){0};
    if (screen_of(app->model.screen)->idle == IDLE_COUNTS && input->kind != INPUT_EXPOSE &&
        input->kind != INPUT_RESIZE)
        return; /* the screen is being wiped */
    if (app_is_second_strike(app, input, now_ms))
        return;
    if (app->model.dialog != DIALOG_STILL_THERE && input->kind != INPUT_EXPOSE) {
        app->seen_ms = now_ms;
        app->model.dimmed = false;
    }
    if (input->kind == INPUT_PRESS || input->kind == INPUT_KEY || input->kind == INPUT_TEXT)
        speak_hush(app);
    switch (input->kind) {
    case INPUT_PRESS:
        press(app, input->x, input->y, now_ms);
        break;
    case INPUT_MOVE:
        move(app, input->x, input->y);
        break;
    case INPUT_RELEASE:
        release(app, input->x, input->y, now_ms, out_effects);
        break;
    case INPUT_KEY:
        app_key(app, input->key, now_ms, out_effects);
        break;
    case INPUT_TEXT:
        app_text(app, input->text);
        break;
    case INPUT_RESIZE:
        app_resize(app, input->x, input->y);
        break;
    case INPUT_EXPOSE:
        app_expose(app);
        break;
    case INPUT_NONE:
    case INPUT_QUIT:
        break;
    }
    app_note_screen(app, now_ms);
}
