/* Input and time become actions on the model: see app.h. */
#include <stddef.h>

#include "app/app.h"
#include "screens/journey.h"
#include "screens/typing.h"

static const struct scene *glass(const struct app *app)
{
    return app->scenes[app->shown];
}

static int64_t patience_ms(const struct model *m)
{
    bool slow = m->text_percent >= 150 || m->language != &m->pack->languages[0];

    return slow ? APP_LONG_PATIENCE_MS : APP_PATIENCE_MS;
}

/* --- actions -----------------------------------------------------------------------------------
 */

/* Nobody is there any more. Who had touched "Sign me up" is signed up; all else is wiped. */
static void leave(struct app *app, struct effects *effects)
{
    struct model *m = &app->model;

    if (m->confirmed)
        journey_skip_optional(m, effects);
    if (!effects->save)
        app_end_session(app);
}

static void touch_dialog(struct app *app, struct element_id id, int64_t now_ms,
                         struct effects *effects)
{
    struct model *m = &app->model;

    if (id.what == ID_YES) {
        leave(app, effects);
        return;
    }
    m->dialog = DIALOG_NONE;
    app->seen_ms = now_ms;
    app->second_ms = INT64_MAX;
}

static void toggle_language_menu(struct model *m)
{
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
static bool touch_bar(struct app *app, struct element_id id)
{
    struct model *m = &app->model;

    switch (id.what) {
    case ID_LANGUAGE_MENU:
        if (m->screen != SCREEN_SAVING)
            toggle_language_menu(m);
        return true;
    case ID_TEXT_SIZE:
        m->text_percent = m->text_percent == 100 ? 125 : m->text_percent == 125 ? 150 : 100;
        m->sheet = 0;
        return true;
    case ID_CONTRAST:
        m->scheme = m->scheme == SCHEME_STANDARD ? SCHEME_CONTRAST : SCHEME_STANDARD;
        return true;
    case ID_START_AGAIN:
        m->dialog = DIALOG_START_AGAIN;
        return true;
    default:
        return false;
    }
}

static void activate(struct app *app, struct element_id id, int64_t now_ms, struct effects *effects)
{
    struct model *m = &app->model;

    app->acted = id;
    app->acted_ms = now_ms;
    if (m->dialog != DIALOG_NONE)
        touch_dialog(app, id, now_ms, effects);
    else if (!touch_bar(app, id))
        screen_of(m->screen)->activate(m, id, effects);
    if (effects->end_session)
        app_end_session(app);
    /* Whichever way leads back to it: nothing is offered that can't be kept. */
    if (m->screen == SCREEN_WELCOME && m->device.readiness != READY_YES)
        m->screen = SCREEN_NOT_READY;
}

/* --- touch ---------------------------------------------------------------------------------------
 */

static bool is_slip(const struct app *app, const struct element *element, int64_t now_ms)
{
    int64_t since = now_ms - app->acted_ms;

    if (element->role == ROLE_KEY)
        return element_id_equal(element->id, app->acted) && since < APP_SECOND_KEY_MS;
    return app->acted.what != ID_KEY && since < APP_SECOND_TOUCH_MS;
}

static void press(struct app *app, int x, int y, int64_t now_ms)
{
    const struct element *element = scene_hit(glass(app), x, y);

    app->focus = UI_NONE; /* a finger needs no ring */
    if (element == NULL || is_slip(app, element, now_ms))
        return;
    app->pressed = element->id;
    app->inside = true;
    if (element->state & STATE_REPEATS)
        app->repeat_ms = now_ms + APP_REPEAT_AFTER_MS;
}

static void move(struct app *app, int x, int y)
{
    const struct element *element = scene_hit(glass(app), x, y);

    app->inside = element != NULL && element_id_equal(element->id, app->pressed);
    if (!app->inside)
        app->repeat_ms = INT64_MAX;
}

static void release(struct app *app, int x, int y, int64_t now_ms, struct effects *effects)
{
    const struct element *element = scene_hit(glass(app), x, y);
    struct element_id pressed = app->pressed;

    app->pressed = UI_NONE;
    app->inside = false;
    app->repeat_ms = INT64_MAX;
    if (pressed.what >= 0 && element != NULL && element_id_equal(element->id, pressed))
        activate(app, pressed, now_ms, effects);
}

/* --- keys
 * ------------------------------------------------------------------------------------------ */

static bool can_type(const struct app *app)
{
    const struct model *m = &app->model;

    return m->screen == SCREEN_PAGE && m->dialog == DIALOG_NONE && m->field != QUESTIONNAIRE_NONE;
}

static void move_focus(struct app *app, int step)
{
    struct model *m = &app->model;
    struct element_id from = app->focus;

    /* From the field that has the caret, the keys on the glass are passed over: a person with a
       keyboard of their own goes from field to button. */
    if (from.what < 0 && can_type(app))
        from = (struct element_id){ID_FIELD, m->field * 4 + m->part};
    const struct element *element = scene_focus_step(glass(app), from, step);
    while (element != NULL && element->role == ROLE_KEY)
        element = scene_focus_step(glass(app), element->id, step);
    if (element == NULL)
        return;
    app->focus = element->id;
    if (element->role == ROLE_FIELD)
        typing_to_part(m, element->id.which / 4, element->id.which % 4);
}

static void press_focus(struct app *app, int64_t now_ms, struct effects *effects)
{
    const struct element_id forward = {ID_CONTINUE, 0};
    bool typing = can_type(app) && (app->focus.what < 0 || app->focus.what == ID_FIELD);

    if (typing) {
        if (typing_key(&app->model, KEY_NEXT) == TYPED_DONE)
            activate(app, forward, now_ms, effects);
        app->focus = UI_NONE;
    } else if (app->focus.what >= 0) {
        activate(app, app->focus, now_ms, effects);
    } else if (scene_find(glass(app), forward) != NULL) {
        activate(app, forward, now_ms, effects);
    } else if (app->model.screen == SCREEN_WELCOME) {
        activate(app, (struct element_id){ID_BEGIN, -1}, now_ms, effects);
    }
}

static void key(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects)
{
    const struct element_id back = {ID_BACK, 0};

    switch (key) {
    case INPUT_KEY_NEXT:
        move_focus(app, 1);
        break;
    case INPUT_KEY_BACK:
        move_focus(app, -1);
        break;
    case INPUT_KEY_SPACE:
        if (can_type(app) && (app->focus.what < 0 || app->focus.what == ID_FIELD))
            typing_text(&app->model, app->metrics, STR_LITERAL(" "));
        else
            press_focus(app, now_ms, effects);
        break;
    case INPUT_KEY_ENTER:
        press_focus(app, now_ms, effects);
        break;
    case INPUT_KEY_DELETE:
        if (can_type(app))
            typing_key(&app->model, KEY_BACKSPACE);
        break;
    case INPUT_KEY_CANCEL:
        if (app->model.dialog != DIALOG_NONE)
            touch_dialog(app, (struct element_id){ID_NO, 0}, now_ms, effects);
        else if (scene_find(glass(app), back) != NULL)
            activate(app, back, now_ms, effects);
        break;
    }
}

/* --- what comes in
 * ---------------------------------------------------------------------------------- */

static void note_change_of_screen(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;

    if (m->screen == app->was)
        return;
    app->was = m->screen;
    app->second_ms = INT64_MAX;
    app->focus = UI_NONE;
    if (screen_of(m->screen)->idle == IDLE_CLEARS) {
        m->seconds_left = APP_DONE_S;
        m->seconds_of = APP_DONE_S;
        m->more_time = 0;
        app->second_ms = now_ms + 1000;
    }
}

void app_input(struct app *app, const struct input *input, int64_t now_ms,
               struct effects *out_effects)
{
    *out_effects = (struct effects){0};
    if (app->model.dialog != DIALOG_STILL_THERE && input->kind != INPUT_EXPOSE)
        app->seen_ms = now_ms;
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
        key(app, input->key, now_ms, out_effects);
        break;
    case INPUT_TEXT:
        if (can_type(app))
            typing_text(&app->model, app->metrics, str_of(input->text));
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
    note_change_of_screen(app, now_ms);
}

/* --- time
 * --------------------------------------------------------------------------------------------- */

static void count_down(struct app *app, int64_t now_ms, struct effects *effects)
{
    struct model *m = &app->model;

    while (now_ms >= app->second_ms && m->seconds_left > 0) {
        m->seconds_left--;
        app->second_ms += 1000;
    }
    if (m->seconds_left == 0)
        leave(app, effects);
}

static void ask_whether_there(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;

    m->dialog = DIALOG_STILL_THERE;
    m->seconds_left = APP_WARNING_S;
    m->seconds_of = APP_WARNING_S;
    app->second_ms = now_ms + 1000;
    app->pressed = UI_NONE;
}

static bool asks(const struct model *m)
{
    return screen_of(m->screen)->idle == IDLE_ASKS && m->dialog != DIALOG_STILL_THERE;
}

void app_tick(struct app *app, int64_t now_ms, struct effects *out_effects)
{
    struct model *m = &app->model;

    *out_effects = (struct effects){0};
    note_change_of_screen(app, now_ms);
    if (asks(m) && now_ms - app->seen_ms >= patience_ms(m))
        ask_whether_there(app, now_ms);
    if (now_ms >= app->second_ms)
        count_down(app, now_ms, out_effects);
    if (now_ms >= app->repeat_ms && app->inside) {
        app->repeat_ms = now_ms + APP_REPEAT_EVERY_MS;
        activate(app, app->pressed, now_ms, out_effects);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t app_deadline_ms(const struct app *app, int64_t now_ms)
{
    const struct model *m = &app->model;
    int64_t due = earlier(app->second_ms, app->repeat_ms);

    if (asks(m))
        due = earlier(due, app->seen_ms + patience_ms(m));
    if (can_type(app))
        due = earlier(due, (now_ms / APP_CARET_MS + 1) * APP_CARET_MS);
    if (m->screen == SCREEN_SAVING)
        due = earlier(due, app->saving_ms + APP_SAVING_SHOWN_MS > now_ms
                               ? app->saving_ms + APP_SAVING_SHOWN_MS
                               : INT64_MAX);
    return due;
}
