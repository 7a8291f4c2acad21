/* What time alone does: countdowns, "Are you still there?", a held key, the end of a session. */
#include <stddef.h>

#include "app/update.h"
#include "screens/journey.h"

static int64_t patience_ms(const struct model *m)
{
    if (screen_of(m->screen)->idle == IDLE_LOCKS)
        return STAFF_PATIENCE_MS;
    bool slow = m->text_percent >= 150 || m->language != &m->pack->languages[0];

    return slow ? APP_LONG_PATIENCE_MS : APP_PATIENCE_MS;
}

/* Nobody is there any more. Who had touched "Sign me up" is signed up; all else is wiped. */
void app_leave(struct app *app, struct effects *effects)
{
    struct model *m = &app->model;

    if (m->confirmed)
        journey_skip_optional(m, effects);
    if (!effects->save)
        app_end_session(app);
}

void app_note_screen(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;

    if (m->screen == app->was)
        return;
    app->was = m->screen;
    app->second_ms = INT64_MAX;
    app->focus = UI_NONE;
    enum idle_class idle = screen_of(m->screen)->idle;
    if (idle == IDLE_CLEARS || idle == IDLE_COUNTS) {
        m->seconds_left = idle == IDLE_COUNTS ? STAFF_CLEANING_S : APP_DONE_S;
        m->seconds_of = m->seconds_left;
        m->more_time = 0;
        app->second_ms = now_ms + 1000;
    }
}

static void count_down(struct app *app, int64_t now_ms, struct effects *effects)
{
    struct model *m = &app->model;

    while (now_ms >= app->second_ms && m->seconds_left > 0) {
        m->seconds_left--;
        app->second_ms += 1000;
    }
    if (m->seconds_left == 0)
        app_leave(app, effects);
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

/* The staff panel closes without a question: nothing is lost. */
static bool locks(const struct model *m)
{
    return screen_of(m->screen)->idle == IDLE_LOCKS && m->dialog == DIALOG_NONE;
}

static bool asks(const struct model *m)
{
    return screen_of(m->screen)->idle == IDLE_ASKS && m->dialog != DIALOG_STILL_THERE;
}

void app_tick(struct app *app, int64_t now_ms, struct effects *out_effects)
{
    struct model *m = &app->model;

    *out_effects = (struct effects){0};
    app_note_screen(app, now_ms);
    if (asks(m) && now_ms - app->seen_ms >= patience_ms(m))
        ask_whether_there(app, now_ms);
    if (locks(m) && now_ms - app->seen_ms >= patience_ms(m))
        app_end_session(app);
    if (now_ms >= app->second_ms)
        count_down(app, now_ms, out_effects);
    if (now_ms >= app->repeat_ms && app->inside) {
        app->repeat_ms = now_ms + APP_REPEAT_EVERY_MS;
        app_activate(app, app->pressed, now_ms, out_effects);
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

    if (asks(m) || locks(m))
        due = earlier(due, app->seen_ms + patience_ms(m));
    if (app_can_type(app) || screen_of(m->screen)->text != NULL)
        due = earlier(due, (now_ms / APP_CARET_MS + 1) * APP_CARET_MS);
    if (m->screen == SCREEN_SAVING)
        due = earlier(due, app->saving_ms + APP_SAVING_SHOWN_MS > now_ms
                               ? app->saving_ms + APP_SAVING_SHOWN_MS
                               : INT64_MAX);
    return due;
}
