/* Beginning and end of a session, the record, and the view: see app.h. */
#include "app/app.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/block.h"
#include "app/update.h"
#include "screens/chrome.h"
#include "screens/journey.h"
#include "signup/reference.h"
#include "ui/listening.h"
#include "ui/tiles.h"

void app_wipe(struct app *app)
{
    struct model *m = &app->model;

    sodium_memzero(app->block, sizeof *app->block);
    app->arenas[0].used = 0;
    app->arenas[1].used = 0;
    answers_init(m->pack->questionnaire, &m->secret->answers);
    m->field = QUESTIONNAIRE_NONE;
    m->problems.count = 0;
    app->forget = true;
    app_expose(app);
}

static void reset_session(struct app *app)
{
    struct model *m = &app->model;

    app_wipe(app);
    *m = (struct model){.pack = m->pack,
                        .secret = m->secret,
                        .site = m->site,
                        .device = m->device,
                        .today = m->today,
                        .paused = m->paused,
                        .loudspeaker = m->loudspeaker,
                        .places = m->places,
                        .language = &m->pack->languages[0],
                        .comfort = m->site.comfort,
                        .scan = app->reach.scan,
                        .screen = model_home(m),
                        .field = QUESTIONNAIRE_NONE,
                        .page = QUESTIONNAIRE_NONE,
                        .sheets = 1};
    app->hand = HAND_TOUCH;
    speak_reset(app);
    app->focus = UI_NONE;
    app->place = (struct app_place){.screen = m->screen, .page = QUESTIONNAIRE_NONE};
    app->pressed = UI_NONE;
    app->repeat_ms = INT64_MAX;
    app->second_ms = INT64_MAX;
    app->scan_ms = INT64_MAX;
    app->was = m->screen;
}

enum err app_init(struct app *app, const struct pack *pack, const struct site *site,
                  const struct text_metrics *metrics, const struct ui_settings *screen,
                  const struct env *env)
{
    *app = (struct app){.metrics = metrics, .screen = *screen, .env = env};
    if (sodium_init() < 0)
        return ERR_UNAVAILABLE;
    app->block = sodium_malloc(sizeof *app->block);
    app->places = calloc(1, sizeof *app->places);
    app->scenes[0] = calloc(1, sizeof *app->scenes[0]);
    app->scenes[1] = calloc(1, sizeof *app->scenes[1]);
    if (app->block == NULL || app->places == NULL || app->scenes[0] == NULL ||
        app->scenes[1] == NULL) {
        app_finish(app);
        return ERR_MEMORY;
    }
    /* sodium_malloc goes on without the lock where it gets none. */
    app->unlocked = sodium_mlock(app->block, sizeof *app->block) != 0;
    for (int i = 0; i < 2; i++)
        app->arenas[i] = (struct arena){.memory = app->block->arenas[i], .size = APP_ARENA_BYTES};
    app->model.pack = pack;
    app->model.site = *site;
    app->model.secret = &app->block->secret;
    app->model.today = date_today(env_wall_ms(env));
    app->acted_ms = INT64_MIN / 2;
    app->acted = UI_NONE;
    reset_session(app);
    app->forget = false; /* there was nobody yet */
    return ERR_OK;
}

void app_finish(struct app *app)
{
    /* sodium_free zeroes it first. */
    sodium_free(app->block);
    free(app->places);
    free(app->scenes[0]);
    free(app->scenes[1]);
    *app = (struct app){0};
}

void app_set_reach(struct app *app, const struct reach *reach)
{
    app->reach = *reach;
    app->model.scan = reach->scan;
}

void app_end_session(struct app *app)
{
    reset_session(app);
}

/* Before the second question there is nothing yet that a patient would miss. */
static bool has_just_begun(struct model *m)
{
    enum screen_id screen = *model_beneath(m);

    return screen == SCREEN_ABOUT ||
           (screen == SCREEN_PAGE && !m->changing &&
            m->page ==
                answers_first_page(m->pack->questionnaire, &m->secret->answers, SECTION_ABOUT_YOU));
}

void app_device(struct app *app, const struct device *device, struct date today, int64_t now_ms)
{
    struct model *m = &app->model;

    m->device = *device;
    m->today = today;
    m->staff.sending = false;
    enum screen_id *beneath = model_beneath(m);
    if (model_is_home(*beneath))
        *beneath = model_home(m);
    if (device->readiness != READY_YES && has_just_begun(m))
        app_end_session(app);
    if (model_in_session(m))
        return;
    m->screen = model_home(m);
    app->was = m->screen;
    app->seen_ms = now_ms;
}

void app_resize(struct app *app, int width_px, int height_px)
{
    app->screen.width_px = width_px;
    app->screen.height_px = height_px;
    app->model.sheet = 0;
    app_expose(app);
}

/* --- the record ------------------------------------------------------------------------------- */

/* What happens next depends on what was chosen, by the form: the only thing that is kept. */
static const char *next_page(const struct model *m)
{
    const struct questionnaire *q = m->pack->questionnaire;
    const struct answers *a = &m->secret->answers;
    const char *page = "done-offline";

    for (int i = 0; i < q->item_count; i++) {
        int option = answers_option(a, i);
        if (option < q->items[i].option_count && option != QUESTIONNAIRE_NONE &&
            q->items[i].options[option].done_page != NULL && answers_enabled(q, a, i))
            page = q->items[i].options[option].done_page;
    }
    return page;
}

static void copy_text(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len >= size)
        len = size - 1;
    memcpy(to, from, len);
    to[len] = '\0';
}

enum err app_record(struct app *app, const uint8_t id[16], const char *id_text, int64_t wall_ms,
                    int64_t now_ms, struct str *out_record)
{
    struct model *m = &app->model;
    const struct questionnaire *q = m->pack->questionnaire;
    struct record_header header = {.made_at_ms = wall_ms};
    struct reference reference;
    struct buf out;
    enum err e;

    copy_text(header.id, sizeof header.id, id_text);
    copy_text(header.kiosk, sizeof header.kiosk, m->device.kiosk);
    copy_text(header.practice, sizeof header.practice, m->device.practice);
    copy_text(header.consent.version, sizeof header.consent.version, m->pack->consent_version);
    header.consent.read_aloud = m->read_aloud;
    copy_text(header.consent.language, sizeof header.consent.language,
              (m->agreed_in != NULL ? m->agreed_in : m->language)->code);
    if (m->practice)
        return ERR_CHECK; /* whatever led here: a practice run is no sign-up */
    buf_init(&out, m->secret->record, sizeof m->secret->record);
    answers_derive(q, &m->secret->answers, m->today);
    e = record_encode(&header, q, &m->secret->answers, &out);
    if (e != ERR_OK)
        return e;
    reference_from_id(id, &reference);
    m->receipt = (struct receipt_note){.next_page = next_page(m)};
    copy_text(m->receipt.reference, sizeof m->receipt.reference, reference.text);
    app->saving_ms = now_ms;
    *out_record = buf_str(&out);
    return ERR_OK;
}

bool app_with_staff(const struct app *app)
{
    return journey_is_assisted(&app->model);
}

void app_sealed(struct app *app)
{
    struct model *m = &app->model;

    sodium_memzero(m->secret, sizeof *m->secret);
    answers_init(m->pack->questionnaire, &m->secret->answers);
    m->field = QUESTIONNAIRE_NONE;
    m->problems.count = 0;
}

static void show_outcome(struct app *app, enum screen_id screen, int64_t now_ms)
{
    struct model *m = &app->model;

    enum screen_id *beneath = model_beneath(m);
    if (*beneath == SCREEN_NOT_CONFIRMED && beneath != &m->screen)
        *beneath = screen;
    if (m->screen != SCREEN_SAVING && m->screen != SCREEN_NOT_CONFIRMED)
        return;
    m->screen = screen;
    m->sheet = 0;
    app->seen_ms = now_ms;
    /* Nothing of the person is shown from here on: what scenes and painter keep goes too. */
    sodium_memzero(app->block->arenas, sizeof app->block->arenas);
    app_expose(app);
    app->forget = true;
    app_note_screen(app, now_ms); /* its countdown begins now, whoever looks next */
}

void app_saved(struct app *app, int64_t now_ms)
{
    app->model.receipt.saved_offline = !app->model.device.connected;
    show_outcome(app, SCREEN_DONE, now_ms);
}

void app_practised(struct app *app, int64_t now_ms)
{
    app_sealed(app);
    app->model.screen = SCREEN_SAVING;
    show_outcome(app, SCREEN_DONE, now_ms);
}

/* --- staff --------------------------------------------------------------------------------------
 */

void app_pin(struct app *app, enum pin_try state, int tries_left, int64_t wait_ms, int64_t now_ms)
{
    struct model *m = &app->model;

    sodium_memzero(m->secret->typed, sizeof m->secret->typed);
    if (m->screen != SCREEN_STAFF_PIN)
        return;
    app->seen_ms = now_ms;
    m->staff.pin = state;
    m->staff.tries_left = tries_left;
    m->staff.wait_minutes = (int)((wait_ms + 59999) / 60000);
}

void app_admit(struct app *app, int64_t now_ms)
{
    struct model *m = &app->model;

    sodium_memzero(m->secret->typed, sizeof m->secret->typed);
    /* Late, it opens nothing: whoever typed it has left. */
    if (m->screen != SCREEN_STAFF_PIN || m->staff.pin != TRY_CHECKING)
        return;
    app->seen_ms = now_ms;
    m->screen = SCREEN_STAFF;
    m->sheet = 0;
}

void app_looked_up(struct app *app, enum signup_status status)
{
    struct model *m = &app->model;

    if (m->screen != SCREEN_LOOK_UP || m->staff.look_up != LOOK_UP_ASKED)
        return;
    m->staff.look_up = LOOK_UP_ANSWERED;
    m->staff.found = status;
}

void app_stick(struct app *app, const struct stick *stick)
{
    app->model.staff.stick = *stick;
    if (app->model.screen == SCREEN_STAFF_STICK)
        app->model.sheet = 0;
}

void app_not_confirmed(struct app *app, int64_t now_ms)
{
    show_outcome(app, SCREEN_NOT_CONFIRMED, now_ms);
}

void app_refused(struct app *app, enum readiness why, int64_t now_ms)
{
    app->model.device.readiness = why;
    /* Late, it is news of somebody who has left, or who was told "not confirmed" and keeps that. */
    if (app->model.screen != SCREEN_SAVING)
        return;
    show_outcome(app, SCREEN_NOT_READY, now_ms);
    app_sealed(app);
}

/* --- the view -----------------------------------------------------------------------------------
 */

void app_expose(struct app *app)
{
    app->scenes[app->shown]->width_px = 0;
}

/* A button that went away under the finger is not pressed any more. */
static void drop_lost_press(struct app *app, const struct scene *scene)
{
    if (app->pressed.what >= 0 && scene_find(scene, app->pressed) == NULL) {
        app->pressed = UI_NONE;
        app->repeat_ms = INT64_MAX;
    }
}

static void build(struct app *app, int next, int64_t now_ms, struct ui *ui)
{
    struct model *m = &app->model;
    struct ui_settings settings = app->screen;

    speak_prepare(app);
    settings.text_percent = m->comfort.text_percent;
    settings.scheme = m->comfort.scheme;
    settings.low_reach = m->comfort.low_reach;
    settings.rtl = m->language->right_to_left;
    settings.nastaliq = m->language->nastaliq;
    ui_begin(ui, &settings, app->metrics, &app->arenas[next], app->scenes[next], app->focus,
             app->inside ? app->pressed : UI_NONE,
             m->comfort.still || now_ms / APP_CARET_MS % 2 == 0);
    screen_of(m->screen)->view(m, ui);
    chrome_order(ui);
    m->sheets = ui->scene->page_count;
    m->sheet = ui->scene->page;
    dialog_view(m, ui);
    if (model_is_staff(m))
        ui_staff_frame(ui);
    ui_end(ui);
}

bool app_view(struct app *app, int64_t now_ms, const struct scene **out_scene,
              struct rect *out_dirty)
{
    const struct scene *glass = app->scenes[app->shown];
    int next = 1 - app->shown;
    struct ui ui;

    if (app->model.screen == SCREEN_SAVING && now_ms - app->saving_ms < APP_SAVING_SHOWN_MS &&
        glass->width_px != 0)
        return false;
    build(app, next, now_ms, &ui);
    if (app_refocus(app, glass, app->scenes[next]))
        build(app, next, now_ms, &ui);
    drop_lost_press(app, app->scenes[next]);
    speak_look(app, glass, app->scenes[next]);
    if (speak_element(app) >= 0)
        ui_underline(&ui, speak_element(app));
    bool changed = scene_difference(glass, app->scenes[next], out_dirty);
    app->shown = next;
    *out_scene = app->scenes[next];
    return changed;
}
