/*
 * Two switches, or one: a ring walks over the stops of the screen as the focus does, with switch 1
 * or by itself, and switch 2 chooses. The ring that moves by itself gives more time after a choice,
 * for there is something new to read (after a key there is not), and rests after three rounds
 * without one.
 *
 * Standards: EN 301 549, 5.9 (one action at a time); WCAG 2.2, 2.2.1 (time is the person's own).
 */
#include "app/update.h"

/* Before the first step on something new it rests so many times as long. */
enum { READING = 2 };

static bool moves_by_itself(const struct app *app)
{
    return app->hand == HAND_SWITCH && app->model.scan.mode == SCAN_AUTOMATIC;
}

void app_scan_anew(struct app *app, int64_t now_ms)
{
    int steps = app->focus.what == ID_KEY ? 1 : READING;

    app->scan_rounds = 0;
    app->scan_ms =
        moves_by_itself(app) ? now_ms + (int64_t)steps * app->model.scan.step_ms : INT64_MAX;
}

void app_switch(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects)
{
    if (app->model.scan.mode == SCAN_OFF)
        return;
    bool first = app->hand != HAND_SWITCH;
    app_take_hand(app, HAND_SWITCH);
    if (first && moves_by_itself(app) && app->model.screen == SCREEN_WELCOME) {
        app->model.screen = SCREEN_SWITCHES;
        return;
    }
    bool rests = moves_by_itself(app) && app->scan_ms == INT64_MAX;
    /* Where no ring is seen to move, nothing can be meant: it begins. */
    if (key == INPUT_KEY_SWITCH_NEXT || app->focus.what < 0)
        app_move_focus(app, 1);
    else if (!rests)
        app_press_focus(app, now_ms, effects);
    app_scan_anew(app, now_ms);
}

static bool is_behind(const struct scene *scene, struct element_id a, struct element_id b)
{
    const struct element *first = scene_find(scene, a);
    const struct element *second = scene_find(scene, b);

    return first != NULL && second != NULL && second <= first;
}

void app_scan_tick(struct app *app, int64_t now_ms)
{
    const struct element_id from = app->focus;

    if (now_ms < app->scan_ms)
        return;
    app_move_focus(app, 1);
    app->scan_rounds += is_behind(app_glass(app), from, app->focus);
    app->scan_ms = now_ms + app->model.scan.step_ms;
    /* Only in "Are you still there?" it goes on: that has an end of its own. */
    if (app->scan_rounds >= APP_SCAN_ROUNDS && app->model.dialog != DIALOG_STILL_THERE) {
        app->scan_ms = INT64_MAX;
        app->seen_ms = now_ms;
    }
}
