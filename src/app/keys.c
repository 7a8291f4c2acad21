/*
 * Keys instead of touches: what has the focus, and what a key does to it. A keypad of raised keys
 * (up, down, enter, back, help, louder, softer) reaches everything; a whole keyboard types beside,
 * and its Tab passes over the keys on the glass. Two switches go the keypad's way (scan.c).
 *
 * Standards: EN 301 549, 5.1.6 (all without touch, focus is never trapped), 5.8 (double strike);
 * WCAG 2.2, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 3.3.1. Keys that are held: sdl/bindings.h.
 */
#include <stddef.h>
#include <string.h>

#include "app/block.h"
#include "app/update.h"
#include "screens/code.h"
#include "ui/keyboard.h"

bool app_can_type(const struct app *app)
{
    const struct model *m = &app->model;

    if (m->dialog != DIALOG_NONE)
        return false;
    return m->screen == SCREEN_CODE ? m->code_news != CODE_PAUSED
                                    : m->screen == SCREEN_PAGE && m->field != QUESTIONNAIRE_NONE;
}

static enum typed type_key(struct model *m, int code)
{
    return m->screen == SCREEN_CODE ? code_key(m, code) : typing_key(m, code);
}

bool app_is_assisted(const struct app *app)
{
    return app->hand == HAND_KEYPAD || app->hand == HAND_SWITCH;
}

void app_take_hand(struct app *app, enum app_hand hand)
{
    app->hand = hand;
    if (hand != HAND_SWITCH)
        app->scan_ms = INT64_MAX;
}

/* --- where the focus is ------------------------------------------------------------------------
 */

static struct element_id caret_of(const struct model *m)
{
    return m->screen == SCREEN_CODE ? (struct element_id){ID_CODE, 0}
                                    : (struct element_id){ID_FIELD, m->field * 4 + m->part};
}

/*
 * Where the focus begins: at the field with the caret, else at what follows the heading, in a
 * dialog at the safe choice. The way back and an error that was read already are no beginning.
 */
static const struct element *first_stop(const struct app *app, const struct scene *scene)
{
    const struct element *caret = scene_find(scene, caret_of(&app->model));
    const struct element *first = NULL;
    bool below = scene->modal_from >= 0;

    if (app_can_type(app) && caret != NULL)
        return caret;
    for (int i = below ? scene->modal_from : 0; i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        below = below || element->role == ROLE_HEADING;
        if (!scene_is_stop(element) || element->id.what == ID_BACK ||
            element->id.what == ID_PROBLEM)
            continue;
        if (below)
            return element;
        if (first == NULL)
            first = element;
    }
    return first;
}

/* Who acts without touch always sees where: by the focus, or by the caret they type at. */
static bool wants_focus(const struct app *app)
{
    return app_is_assisted(app) || (app->hand == HAND_KEYBOARD && !app_can_type(app));
}

bool app_refocus(struct app *app, const struct scene *before, const struct scene *after)
{
    const struct element_id old = app->focus;
    const struct element *element = NULL;

    if (old.what >= 0) {
        if (scene_find(after, old) != NULL)
            return false;
        element = scene_focus_same(before, after, old);
    }
    if (element == NULL && wants_focus(app))
        element = first_stop(app, after);
    app->focus = element == NULL ? UI_NONE : element->id;
    return !element_id_equal(app->focus, old);
}

static bool has_problem(const struct model *m)
{
    return m->screen == SCREEN_PAGE && m->dialog == DIALOG_NONE && m->problems.count > 0;
}

/* The summary says what is wrong; where there is no room for it, the wrong field does. */
static void begin_focus(struct app *app)
{
    app->focus = app->hand != HAND_TOUCH && has_problem(&app->model)
                     ? (struct element_id){ID_PROBLEM, 0}
                     : UI_NONE;
}

void app_note_place(struct app *app, int64_t now_ms)
{
    const struct model *m = &app->model;
    const struct app_place was = app->place;
    const struct app_place is = {m->screen, m->dialog, m->about,
                                 m->screen == SCREEN_PAGE ? m->page : QUESTIONNAIRE_NONE};
    bool elsewhere = is.screen != was.screen || is.about != was.about || is.page != was.page;

    if (!elsewhere && is.dialog == was.dialog)
        return;
    app->place = is;
    if (is.dialog != DIALOG_NONE && was.dialog == DIALOG_NONE)
        app->behind = app->focus;
    begin_focus(app);
    if (!elsewhere && is.dialog == DIALOG_NONE && app->hand != HAND_TOUCH)
        app->focus = app->behind;
    app_scan_anew(app, now_ms);
}

void app_move_focus(struct app *app, int step)
{
    const struct scene *glass = app_glass(app);
    struct element_id from = app->focus;

    if (from.what < 0 && app->hand == HAND_KEYBOARD && app_can_type(app))
        from = caret_of(&app->model);
    const struct element *element =
        from.what < 0 ? first_stop(app, glass) : scene_focus_step(glass, from, step);
    /* A person with a keyboard of their own goes from field to button. */
    while (app->hand == HAND_KEYBOARD && element != NULL && element->group > 0)
        element = scene_focus_step(glass, element->id, step);
    if (element == NULL)
        return;
    app->focus = element->id;
    /* On a keypad the caret follows only Enter: the way to the keys leads over other fields. */
    if (element->id.what == ID_FIELD && app->hand == HAND_KEYBOARD)
        typing_to_part(&app->model, element->id.which / 4, element->id.which % 4);
}

/* --- what a key does ---------------------------------------------------------------------------
 */

static bool leads_on(const struct model *m, struct element_id id)
{
    return id.what == ID_CONTINUE || id.what == ID_BACK || id.what == ID_DONT_KNOW ||
           (id.what == ID_KEY && id.which == KEY_NEXT &&
            (m->screen != SCREEN_PAGE || typing_is_last(m)));
}

static void press(struct app *app, struct element_id id, int64_t now_ms, struct effects *effects)
{
    bool leads = leads_on(&app->model, id);

    app_activate(app, id, now_ms, effects);
    if (leads)
        begin_focus(app);
    else if (id.what == ID_PROBLEM)
        app->focus = UI_NONE;
}

/* A row of keys is gone into, at its first key. */
static void enter_row(struct app *app, const struct element *row, int64_t now_ms)
{
    const struct element *key = scene_focus_into(app_glass(app), row);

    app->acted = row->id;
    app->acted_ms = now_ms;
    if (key != NULL)
        app->focus = key->id;
}

/* From a field: to the keys on the glass that type into it, or with a keyboard to what follows. */
static void leave_field(struct app *app, int64_t now_ms, struct effects *effects)
{
    const struct scene *glass = app_glass(app);

    if (app->focus.what == ID_FIELD)
        typing_to_part(&app->model, app->focus.which / 4, app->focus.which % 4);
    if (!app_is_assisted(app)) {
        app->focus = UI_NONE;
        if (type_key(&app->model, KEY_NEXT) == TYPED_DONE)
            press(app, (struct element_id){ID_CONTINUE, 0}, now_ms, effects);
        return;
    }
    for (int i = 0; i < glass->element_count; i++) {
        if (glass->elements[i].role == ROLE_KEYS) {
            app->focus = glass->elements[i].id;
            return;
        }
    }
}

void app_press_focus(struct app *app, int64_t now_ms, struct effects *effects)
{
    const struct element_id forward = {ID_CONTINUE, 0};
    const struct element *element =
        app->focus.what < 0 ? NULL : scene_find(app_glass(app), app->focus);

    if (element != NULL && app_is_slip(app, element, now_ms))
        return;
    if (app_can_type(app) && (element == NULL || element->role == ROLE_FIELD))
        leave_field(app, now_ms, effects);
    else if (element != NULL && element->role == ROLE_KEYS)
        enter_row(app, element, now_ms);
    else if (element != NULL)
        press(app, element->id, now_ms, effects);
    else if (scene_find(app_glass(app), forward) != NULL)
        press(app, forward, now_ms, effects);
    else if (app->model.screen == SCREEN_WELCOME)
        press(app, (struct element_id){ID_BEGIN, -1}, now_ms, effects);
}

/* Out of a row of keys first, then out of the dialog, then a screen back. */
static void go_back(struct app *app, int64_t now_ms, struct effects *effects)
{
    const struct element_id back = {ID_BACK, 0};
    const struct element *row = scene_focus_out(app_glass(app), app->focus);

    if (row != NULL)
        app->focus = row->id;
    else if (app->model.dialog != DIALOG_NONE)
        press(app, (struct element_id){ID_NO, 0}, now_ms, effects);
    else if (scene_find(app_glass(app), back) != NULL)
        press(app, back, now_ms, effects);
}

void app_text(struct app *app, const char *text)
{
    const struct model *m = &app->model;

    app_take_hand(app, HAND_KEYBOARD);
    if (screen_of(m->screen)->text != NULL && m->dialog == DIALOG_NONE) {
        screen_of(m->screen)->text(&app->model, str_of(text));
        /* So that the keyboard's Enter is the one on the glass. */
        app->focus = (struct element_id){ID_KEY, KEY_NEXT};
    }
    if (!app_can_type(app))
        return;
    speak_note_typed(app, str_of(text));
    if (m->screen == SCREEN_CODE)
        code_text(&app->model, str_of(text));
    else
        typing_text(&app->model, app->metrics, str_of(text));
    app->focus = UI_NONE; /* the caret shows where it goes */
}

static void space(struct app *app, int64_t now_ms, struct effects *effects)
{
    if (app_can_type(app) &&
        (app->focus.what < 0 || element_id_equal(app->focus, caret_of(&app->model))))
        app_text(app, " ");
    else
        app_press_focus(app, now_ms, effects);
}

/* Enter and Back are on every board: they tell nothing to whom a hand is known already. */
static enum app_hand hand_of(const struct app *app, enum input_key key)
{
    if (key >= INPUT_KEYS_BOUND || key == INPUT_KEY_STAFF)
        return HAND_KEYBOARD;
    if ((key == INPUT_KEY_ENTER || key == INPUT_KEY_CANCEL) && app->hand != HAND_TOUCH)
        return app->hand;
    return HAND_KEYPAD;
}

/*
 * Whoever can't see the screen can't find "Listen" on it: the keypad's Help turns it on where
 * nobody has begun, and its volume keys do anywhere.
 */
static void listen_or(struct app *app, bool listens, enum element_what what, int64_t now_ms,
                      struct effects *effects)
{
    const struct listening *listening = &app->model.listening;
    bool silent = listening->offered && !listening->on;

    if (app->model.dialog == DIALOG_NONE || what != ID_HELP)
        app_activate(app, (struct element_id){listens && silent ? ID_LISTEN : what, 0}, now_ms,
                     effects);
}

void app_key(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects)
{
    if (key == INPUT_KEY_SWITCH_NEXT || key == INPUT_KEY_SWITCH_CHOOSE) {
        app_switch(app, key, now_ms, effects);
        return;
    }
    app_take_hand(app, hand_of(app, key));
    switch (key) {
    case INPUT_KEY_NEXT:
    case INPUT_KEY_DOWN:
        app_move_focus(app, 1);
        break;
    case INPUT_KEY_BACK:
    case INPUT_KEY_UP:
        app_move_focus(app, -1);
        break;
    case INPUT_KEY_ENTER:
        app_press_focus(app, now_ms, effects);
        break;
    case INPUT_KEY_SPACE:
        space(app, now_ms, effects);
        break;
    case INPUT_KEY_DELETE:
        if (app_can_type(app))
            type_key(&app->model, KEY_BACKSPACE);
        break;
    case INPUT_KEY_CANCEL:
        go_back(app, now_ms, effects);
        break;
    case INPUT_KEY_HELP:
        listen_or(app, model_is_home(app->model.screen), ID_HELP, now_ms, effects);
        break;
    case INPUT_KEY_LOUDER:
        listen_or(app, true, ID_LOUDER, now_ms, effects);
        break;
    case INPUT_KEY_SOFTER:
        listen_or(app, true, ID_SOFTER, now_ms, effects);
        break;
    case INPUT_KEY_STAFF:
        /* A patient's session is not ended by it. */
        if (model_is_home(app->model.screen))
            app_activate(app, (struct element_id){ID_STAFF, 0}, now_ms, effects);
        break;
    case INPUT_KEY_SWITCH_NEXT:
    case INPUT_KEY_SWITCH_CHOOSE:
        break;
    }
}

bool app_is_second_strike(struct app *app, const struct input *input, int64_t now_ms)
{
    struct input *last = &app->block->key;

    if (input->kind != INPUT_KEY && input->kind != INPUT_TEXT)
        return false;
    bool same =
        input->kind == last->kind &&
        (input->kind == INPUT_KEY ? input->key == last->key : strcmp(input->text, last->text) == 0);
    if (same && now_ms - app->key_ms < app->reach.again_ms)
        return true;
    *last = *input;
    app->key_ms = now_ms;
    return false;
}
