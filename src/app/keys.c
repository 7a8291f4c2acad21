/* Keys instead of touches: what has the focus, and what a key does to it. */
#include <stddef.h>

#include "app/update.h"
#include "screens/typing.h"

bool app_can_type(const struct app *app)
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
    if (from.what < 0 && app_can_type(app))
        from = (struct element_id){ID_FIELD, m->field * 4 + m->part};
    const struct element *element = scene_focus_step(app_glass(app), from, step);
    while (element != NULL && element->role == ROLE_KEY)
        element = scene_focus_step(app_glass(app), element->id, step);
    if (element == NULL)
        return;
    app->focus = element->id;
    if (element->role == ROLE_FIELD)
        typing_to_part(m, element->id.which / 4, element->id.which % 4);
}

static void press_focus(struct app *app, int64_t now_ms, struct effects *effects)
{
    const struct element_id forward = {ID_CONTINUE, 0};
    bool typing = app_can_type(app) && (app->focus.what < 0 || app->focus.what == ID_FIELD);

    if (typing) {
        if (typing_key(&app->model, KEY_NEXT) == TYPED_DONE)
            app_activate(app, forward, now_ms, effects);
        app->focus = UI_NONE;
    } else if (app->focus.what >= 0) {
        app_activate(app, app->focus, now_ms, effects);
    } else if (scene_find(app_glass(app), forward) != NULL) {
        app_activate(app, forward, now_ms, effects);
    } else if (app->model.screen == SCREEN_WELCOME) {
        app_activate(app, (struct element_id){ID_BEGIN, -1}, now_ms, effects);
    }
}

void app_key(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects)
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
        if (app_can_type(app) && (app->focus.what < 0 || app->focus.what == ID_FIELD))
            typing_text(&app->model, app->metrics, STR_LITERAL(" "));
        else
            press_focus(app, now_ms, effects);
        break;
    case INPUT_KEY_ENTER:
        press_focus(app, now_ms, effects);
        break;
    case INPUT_KEY_DELETE:
        if (app_can_type(app))
            typing_key(&app->model, KEY_BACKSPACE);
        break;
    case INPUT_KEY_CANCEL:
        if (app->model.dialog != DIALOG_NONE)
            app_answer_dialog(app, (struct element_id){ID_NO, 0}, now_ms, effects);
        else if (scene_find(app_glass(app), back) != NULL)
            app_activate(app, back, now_ms, effects);
        break;
    }
}
