/* What time alone does: countdowns, "Are you still there?", a held key, the end of a session. */
#include <stddef.h>

#include "app/places.h"
#include "app/update.h"
#include "screens/journey.h"

static int64_t patience_ms(const struct app *app)
{
    const struct model *m = &app->model;

    if (screen_of(m->screen)->idle == IDLE_LOCKS)
        return STAFF_PATIENCE_MS;
    bool slow = app_is_assisted(app) || m->comfort.text_percent >= 150 || m->comfort.low_reach ||
                m->language != &m->pack->languages[0] || (m->listening.offered && m->listening.on);

    return slow ? APP_LONG_PATIENCE_MS : APP_PATIENCE_MS;
}

/* How long a clock on the screen counts. */
static int seconds_for(const struct app *app, int seconds)
{
    return app_is_assisted(app) ? APP_LONG_FACTOR * seconds : seconds;
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

    app_note_code(app, now_ms);
    app_note_place(app, now_ms);
    if (m->screen == app->was)
        return;
    app->was = m->screen;
    app->second_ms = INT64_MAX;
    enum idle_class idle = screen_of(m->screen)->idle;
    if (idle == IDLE_CLEARS || idle == IDLE_COUNTS) {
        m->seconds_left = idle == IDLE_COUNTS ? STAFF_CLEANING_S : seconds_for(app, APP_DONE_S);
        m->seconds_of = m->seconds_left;
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
    m->seconds_left = seconds_for(app, APP_WARNING_S);
    m->seconds_of = m->seconds_left;
    app->second_ms = now_ms + 1000;
    app->pressed = UI_NONE;
}

/* The staff panel closes without a question: nothing is lost. */
static bool locks(const struct model *m)
{
    return screen_of(m->screen)->idle == IDLE_LOCKS && m->dialog == DIALOG_NONE;
}

/* While the ring moves by itself a person may wait for it; it rests soon. */
static bool asks(const struct app *app)
{
    const struct model *m = &app->model;

    return app->scan_ms == INT64_MAX && screen_of(m->screen)->idle == IDLE_ASKS &&
           m->dialog != DIALOG_STILL_THERE;
}

/* Speech that was left on where nothing is asked: the next person begins in silence. */
static bool was_left_on(const struct model *m)
{
    return m->listening.on && !model_in_session(m);
}

static bool will_dim(const struct model *m)
{
    return m->screen == SCREEN_WELCOME && !m->dimmed && !m->site.bright;
}

void app_tick(struct app *app, int64_t now_ms, struct effects *out_effects)
{
    *out_effects = (struct effects){0};
    places_tick(app->places, now_ms);
    app_note_screen(app, now_ms);
    app_scan_tick(app, now_ms);
    bool tired = !app->speak.said && now_ms - app->seen_ms >= patience_ms(app);
    if (tired && (was_left_on(&app->model) || locks(&app->model)))
        app_end_session(app);
    if (tired && asks(app))
        ask_whether_there(app, now_ms);
    if (will_dim(&app->model))
        app->model.dimmed = now_ms - app->seen_ms >= APP_DIM_MS;
    if (now_ms >= app->second_ms && !app->speak.said)
        count_down(app, now_ms, out_effects);
    if (now_ms >= app->repeat_ms && app->inside) {
        app->repeat_ms = now_ms + APP_REPEAT_EVERY_MS;
        app_activate(app, app->pressed, now_ms, out_effects);
    }
    app_note_screen(app, now_ms);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t app_deadline_ms(const struct app *app, int64_t now_ms)
{
    const struct model *m = &app->model;
    int64_t due = earlier(app->scan_ms, app->repeat_ms);

    due = earlier(due, places_deadline_ms(app->places));
    /* While something is said no clock of the session runs (app/speak.h). */
    if (!app->speak.said)
        due = earlier(due, app->second_ms);
    if (!app->speak.said && (asks(app) || locks(m) || was_left_on(m)))
        due = earlier(due, app->seen_ms + patience_ms(app));
    if (will_dim(m))
        due = earlier(due, app->seen_ms + APP_DIM_MS);
    if (!m->comfort.still && (app_can_type(app) || screen_of(m->screen)->text != NULL))
        due = earlier(due, (now_ms / APP_CARET_MS + 1) * APP_CARET_MS);
    if (m->screen == SCREEN_SAVING)
        due = earlier(due, app->saving_ms + APP_SAVING_SHOWN_MS > now_ms
                               ? app->saving_ms + APP_SAVING_SHOWN_MS
                               : INT64_MAX);
    return due;
}
