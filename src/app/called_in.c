/*
 * Going and coming back: the session passes into a sealed place (places.h) and out of it again. In
 * the clear it is only ever in the locked block, and there only for as long as this takes.
 */
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "app/block.h"
#include "app/update.h"

enum { LEAST_YEAR = 2026 }; /* a clock before this program was made is wrong */

/* The time of day when the place is gone, as a person reads a clock: earlier, in steps of 5. */
static void note_until(struct app *app)
{
    struct model *m = &app->model;
    time_t now = (time_t)(env_wall_ms(app->env) / 1000);
    time_t until = now + PLACES_KEPT_MS / 1000;
    struct tm day;
    struct tm end;

    m->until_minute = -1;
    if (localtime_r(&now, &day) == NULL || localtime_r(&until, &end) == NULL ||
        day.tm_year + 1900 < LEAST_YEAR || day.tm_year + 1900 > LEAST_YEAR + 100)
        return;
    m->until_minute = (end.tm_hour * 60 + end.tm_min) / 5 * 5;
    m->until_tomorrow = end.tm_yday != day.tm_yday;
}

void app_call_in(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;
    struct secret *secret = m->secret;
    struct kept *kept = &app->block->kept;
    char code[MODEL_CODE + 1];

    kept->model = *m;
    /* Whoever comes back comes back to the question, not to Help over it. */
    if (m->screen == SCREEN_HELP) {
        kept->model.screen = *model_beneath(m);
        kept->model.sheet = 0;
    }
    kept->answers = secret->answers;
    kept->before = secret->before;
    enum err e = places_keep(app->places, kept, app->env, now_ms, code);
    sodium_memzero(kept, sizeof *kept);
    if (e != ERR_OK) {
        m->dialog = DIALOG_NO_PLACE;
        return;
    }
    app_wipe(app);
    memcpy(secret->code, code, sizeof code);
    sodium_memzero(code, sizeof code);
    m->places = places_count(app->places);
    m->screen = SCREEN_CALLED_IN;
    m->sheet = 0;
    note_until(app);
}

/* The session that was kept, on the kiosk as it is now. */
static void resume(struct app *app, const struct kept *kept)
{
    struct model *m = &app->model;
    const struct model now = *m;

    *m = kept->model;
    m->pack = now.pack;
    m->secret = now.secret;
    m->site = now.site;
    m->paused = now.paused;
    m->loudspeaker = now.loudspeaker;
    m->listening.offered = now.listening.offered;
    /* Whoever comes back may have no headphones on any more. */
    m->listening.headphones = now.listening.headphones;
    m->device = now.device;
    m->today = now.today;
    m->secret->answers = kept->answers;
    m->secret->before = kept->before;
    m->code_news = CODE_NONE;
}

static enum code_news news_of(enum err e)
{
    return e == ERR_NOT_FOUND ? CODE_WRONG : e == ERR_UNAVAILABLE ? CODE_PAUSED : CODE_FAILED;
}

void app_note_code(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;
    int minutes = places_pause_minutes(app->places, now_ms);

    m->places = places_count(app->places);
    if (minutes > 0) {
        m->code_news = CODE_PAUSED;
        m->code_left = minutes;
    } else {
        if (m->code_news == CODE_PAUSED)
            m->code_news = CODE_NONE;
        m->code_left = places_tries_left(app->places);
    }
}

void app_open_place(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;
    struct kept *kept = &app->block->kept;
    enum err e = places_open(app->places, m->secret->code, now_ms, kept);

    sodium_memzero(m->secret->code, sizeof m->secret->code);
    if (e == ERR_OK) {
        resume(app, kept);
    } else {
        m->screen = SCREEN_CODE; /* from "Carry on here" too, where it had run out */
        m->code_news = news_of(e);
    }
    sodium_memzero(kept, sizeof *kept);
    app_note_code(app, now_ms);
}
