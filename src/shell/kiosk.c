/* Effects carried out, and the loop: see kiosk.h. */
#include "shell/kiosk.h"

#include <limits.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "sdl/input.h"
#include "shell/report.h"
#include "signup/reference.h"

/* While an answer of help-sync is due it is looked for this often; else nothing wakes. */
#define LOOK_EVERY_MS 10
/* On Confirm the answer is mostly there within this: no "saving" screen then. */
#define AT_ONCE_MS 60
/* So that a stuck key can't keep the picture from being drawn. */
#define INPUTS_A_TURN 32
/* Deeper than any call reaches. */
#define STACK_BYTES ((size_t)128 * 1024)
/* How often a kiosk that can take no sign-up asks whether that changed. */
#define ASK_AGAIN_MS 5000

static int64_t now_ms(const struct kiosk *kiosk)
{
    return env_monotonic_ms(kiosk->env);
}

static enum err acquire(struct kiosk *kiosk, const struct config *config, struct refusal *refusal)
{
    const char *const folders[FONTS_FOLDERS + 1] = {config->fonts, FONTS_DEBIAN_TRUETYPE,
                                                    FONTS_DEBIAN_OPENTYPE};
    enum err e = fonts_open(folders, &kiosk->fonts, refusal);

    snprintf(kiosk->stick, sizeof kiosk->stick, "%s", config->stick);
    if (e == ERR_OK)
        e = pack_open(config->pack, &kiosk->pack, refusal);
    if (e == ERR_OK)
        e = window_open(config->width_px, config->height_px, config->window, &kiosk->window,
                        refusal);
    if (e == ERR_OK)
        e = pictures_open(config->pack, &kiosk->pictures);
    if (e == ERR_OK)
        e = painter_create(kiosk->fonts, kiosk->pictures, &kiosk->painter);
    if (e == ERR_OK)
        e = courier_init(&kiosk->courier, config->socket);
    if (e == ERR_OK && keys_init() != ERR_OK)
        e = ERR_UNAVAILABLE;
    if (e == ERR_OK && (kiosk->scratch = sodium_malloc(SEAL_INSIDE_BYTES)) == NULL)
        e = ERR_MEMORY;
    return e;
}

static enum err start_app(struct kiosk *kiosk, const struct config *config, struct refusal *refusal)
{
    const SDL_Surface *surface = window_surface(kiosk->window);
    struct ui_settings screen = {.diagonal_mm = config->diagonal_inch * 25.4};

    if (surface == NULL) {
        refusal_place(refusal, "screen");
        refusal_problem(refusal, "the window can't be drawn on (%.120s)", SDL_GetError());
        refusal_remedy(refusal, "Start the graphical session anew");
        return ERR_UNAVAILABLE;
    }
    screen.width_px = surface->w;
    screen.height_px = surface->h;
    enum err e = app_init(&kiosk->app, kiosk->pack, &config->site, fonts_metrics(kiosk->fonts),
                          &screen, kiosk->env);
    kiosk->app_runs = e == ERR_OK;
    if (e == ERR_OK)
        app_set_reach(&kiosk->app, &config->reach);
    input_bind(&config->keys);
    if (config->speech && jack_open(JACK_FOLDER, input_wake, &kiosk->jack) == ERR_OK)
        log_event(LOG_LEVEL_INFO, "kiosk.jack", "plugged=%d", jack_is_plugged(kiosk->jack));
    if (kiosk->app_runs)
        speaker_init(&kiosk->speaker, config, jack_is_plugged(kiosk->jack), &kiosk->app);
    return e;
}

/* Once, at the start; staff see them on their panel. */
static void log_notes(const struct pack *pack)
{
    for (int i = 0; i < pack->note_count; i++) {
        const struct pack_note *note = &pack->notes[i];
        log_event(LOG_LEVEL_WARNING, "pack.language", "language=%s what=%s missing=%d of=%d",
                  note->language, pack_note_name(note->kind), note->missing, note->of);
    }
}

/* What failed without words of its own gets some. */
static void explain(enum err e, struct refusal *refusal)
{
    if (refusal == NULL || refusal->problem[0] != '\0')
        return;
    refusal_place(refusal, "start");
    refusal_problem(refusal, "it failed (%s)", err_name(e));
    refusal_remedy(refusal, e == ERR_MEMORY ? "Give the device more memory, or end other programs"
                                            : "Install it again, or call whoever looks after it");
}

enum err kiosk_init(struct kiosk *kiosk, const struct config *config, const struct env *env,
                    struct refusal *refusal)
{
    *kiosk =
        (struct kiosk){.env = env, .may_quit = config->window, .courier.client.descriptor = -1};
    enum err e = acquire(kiosk, config, refusal);
    if (e == ERR_OK)
        e = start_app(kiosk, config, refusal);
    if (e != ERR_OK) {
        explain(e, refusal);
        return e;
    }
    log_notes(kiosk->pack);
    kiosk->unlocked = kiosk->app.unlocked || sodium_mlock(kiosk->scratch, SEAL_INSIDE_BYTES) != 0;
    if (kiosk->unlocked)
        log_event(LOG_LEVEL_ERROR, "kiosk.memory_not_locked",
                  "remedy=\"set LimitMEMLOCK=64M in its unit, or run ulimit -l 65536\"");
    courier_ask_status(&kiosk->courier);
    return ERR_OK;
}

void kiosk_finish(struct kiosk *kiosk)
{
    jack_close(kiosk->jack);
    speaker_finish(&kiosk->speaker);
    if (kiosk->app_runs)
        app_finish(&kiosk->app);
    sodium_free(kiosk->scratch);
    courier_finish(&kiosk->courier);
    painter_destroy(kiosk->painter);
    pictures_close(kiosk->pictures);
    pack_close(kiosk->pack);
    fonts_close(kiosk->fonts);
    window_close(kiosk->window);
    *kiosk = (struct kiosk){.courier.client.descriptor = -1};
}

/* --- painting ----------------------------------------------------------------------------------
 */

/*
 * A session ended: whatever holds its pixels or words is overwritten, taps meant for it are thrown
 * away, and the fresh picture is presented as often as a display may have buffers.
 */
static void forget(struct kiosk *kiosk)
{
    painter_forget(kiosk->painter);
    speaker_forget(&kiosk->speaker);
    input_flush();
    /* What shaping and checks left in the frames of functions that have returned. */
    sodium_stackzero(STACK_BYTES);
    app_expose(&kiosk->app);
    kiosk->app.forget = false;
}

void kiosk_show(struct kiosk *kiosk)
{
    const struct scene *scene = NULL;
    struct rect dirty;
    bool forgot = kiosk->app.forget;

    if (forgot)
        forget(kiosk);
    if (!app_view(&kiosk->app, now_ms(kiosk), &scene, &dirty))
        return;
    SDL_Surface *surface = window_surface(kiosk->window);
    if (surface == NULL)
        return;
    painter_paint(kiosk->painter, scene, dirty, surface);
    for (int i = 0; i < (forgot ? 3 : 1); i++)
        window_present(kiosk->window, dirty);
}

/* --- help-sync ---------------------------------------------------------------------------------
 */

static enum readiness readiness_of(const struct kiosk *kiosk)
{
    const struct courier *courier = &kiosk->courier;
    const struct local_status *status = &courier->status;

    /* While one sign-up is in doubt no other can be carried: nobody is invited to type one. */
    if (courier->carrying && courier->told)
        return READY_AWAY;
    if (!status->enrolled)
        return READY_NOT_SET_UP;
    if (kiosk->unlocked && status->mode == KIOSK_LIVE)
        return READY_UNLOCKED;
    if (status->storage == STORAGE_FULL)
        return READY_FULL;
    if (status->storage != STORAGE_OK)
        return READY_FAILING;
    return READY_YES;
}

static void copy_text(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    len = len < size ? len : size - 1;
    memcpy(to, from, len);
    to[len] = '\0';
}

static void tell_device(struct kiosk *kiosk, enum readiness readiness)
{
    const struct local_status *status = &kiosk->courier.status;
    struct device device = {
        .readiness = readiness, .mode = status->mode, .connected = status->connected};

    id_text(&status->kiosk, device.kiosk);
    copy_text(device.practice, sizeof device.practice, status->practice_code);
    copy_text(device.practice_name, sizeof device.practice_name, status->practice_name);
    if (readiness != READY_AWAY)
        report_fill(status, env_wall_ms(kiosk->env), &device.report);
    app_device(&kiosk->app, &device, date_today(env_wall_ms(kiosk->env)), now_ms(kiosk));
}

static enum readiness refused_for(enum local_reason reason)
{
    switch (reason) {
    case LOCAL_FULL:
        return READY_FULL;
    case LOCAL_NOT_ENROLLED:
        return READY_NOT_SET_UP;
    default:
        return READY_FAILING;
    }
}

/* --- errands of the staff -----------------------------------------------------------------------
 */

static enum pin_try try_of(enum pin_result result)
{
    switch (result) {
    case PIN_WRONG:
        return TRY_WRONG;
    case PIN_LOCKED:
        return TRY_LOCKED;
    case PIN_NONE_SET:
        return TRY_NOT_SET;
    case PIN_RIGHT:
    case PIN_FAILING:
    case PIN_RESULT_COUNT:
        break;
    }
    return TRY_FAILED;
}

static void hear_pin(struct kiosk *kiosk, const struct local_event *answer)
{
    if (answer->pin == PIN_RIGHT) {
        app_admit(&kiosk->app, now_ms(kiosk));
        return;
    }
    /* The last try of a round is answered with how long it takes to the next. */
    bool pause = answer->pin == PIN_WRONG && answer->tries_left == 0;
    app_pin(&kiosk->app, pause ? TRY_LOCKED : try_of(answer->pin), (int)answer->tries_left,
            answer->wait_ms, now_ms(kiosk));
}

static void hear_of_stick(struct kiosk *kiosk, bool answered)
{
    const struct stick stick =
        answered ? report_stick(&kiosk->courier.answer.carry) : (struct stick){STICK_SILENT, 0, 0};

    app_stick(&kiosk->app, &stick);
}

static void hear_errand(struct kiosk *kiosk, bool answered)
{
    const struct courier *courier = &kiosk->courier;

    switch (courier->errand) {
    case ERRAND_PIN:
        if (answered)
            hear_pin(kiosk, &courier->answer);
        else
            app_pin(&kiosk->app, TRY_FAILED, 0, 0, now_ms(kiosk));
        break;
    case ERRAND_LOOK_UP:
        app_looked_up(&kiosk->app,
                      answered ? report_status(courier->answer.state) : STATUS_UNKNOWN);
        break;
    case ERRAND_STICK:
        hear_of_stick(kiosk, answered);
        break;
    case ERRAND_SEND_NOW:
    case ERRAND_NONE:
        break;
    }
}

static void look_up(struct kiosk *kiosk)
{
    struct reference reference;
    uint8_t bits[8];

    if (reference_check(str_of(kiosk->app.model.secret->typed), &reference) != CHECK_OK)
        return;
    reference_id_bits(&reference, bits);
    courier_look_up(&kiosk->courier, bits, REFERENCE_ID_BITS, now_ms(kiosk));
}

static void hear(struct kiosk *kiosk, enum courier_news news)
{
    struct courier *courier = &kiosk->courier;
    char record[ID_TEXT + 1];

    id_text(&courier->header.record, record);
    switch (news) {
    case COURIER_NOTHING:
        break;
    case COURIER_STATUS:
        tell_device(kiosk, readiness_of(kiosk));
        break;
    case COURIER_AWAY:
        tell_device(kiosk, READY_AWAY);
        break;
    case COURIER_SAVED:
        log_event(LOG_LEVEL_INFO, "kiosk.saved", "record=%s", record);
        app_saved(&kiosk->app, now_ms(kiosk));
        if (courier->told)
            courier_ask_status(courier);
        break;
    case COURIER_UNCONFIRMED:
        log_event(LOG_LEVEL_ERROR, "kiosk.not_confirmed", "record=%s", record);
        tell_device(kiosk, READY_AWAY);
        app_not_confirmed(&kiosk->app, now_ms(kiosk));
        break;
    case COURIER_REFUSED:
        log_event(LOG_LEVEL_ERROR, "kiosk.refused", "record=%s reason=%d", record,
                  (int)courier->reason);
        app_refused(&kiosk->app, refused_for(courier->reason), now_ms(kiosk));
        break;
    case COURIER_ERRAND:
    case COURIER_NO_ERRAND:
        hear_errand(kiosk, news == COURIER_ERRAND);
        break;
    }
}

/* Seals the sign-up and hands it over; from here on nothing on this device can read it. */
static void save(struct kiosk *kiosk)
{
    struct id id = id_make(kiosk->env);
    char text[ID_TEXT + 1];
    struct str record;
    bool assisted = app_with_staff(&kiosk->app);
    enum err e;

    id_text(&id, text);
    e = app_record(&kiosk->app, id.bytes, text, env_wall_ms(kiosk->env), now_ms(kiosk), &record);
    if (e == ERR_OK)
        e = courier_save(&kiosk->courier, &id, record, kiosk->scratch, assisted, now_ms(kiosk));
    if (e != ERR_OK) {
        log_event(LOG_LEVEL_ERROR, "kiosk.seal", "error=%d", (int)e);
        app_refused(&kiosk->app, READY_AWAY, now_ms(kiosk));
        return;
    }
    app_sealed(&kiosk->app);
    courier_ask_status(&kiosk->courier);
    for (int64_t end = now_ms(kiosk) + AT_ONCE_MS;
         kiosk->app.model.screen == SCREEN_SAVING && now_ms(kiosk) < end;)
        hear(kiosk, courier_step(&kiosk->courier, now_ms(kiosk), LOOK_EVERY_MS));
}

static void carry_out(struct kiosk *kiosk, const struct effects *effects)
{
    if (effects->save)
        save(kiosk);
    if (effects->ask_status)
        courier_ask_status(&kiosk->courier);
    if (effects->check_pin)
        courier_check_pin(&kiosk->courier, kiosk->app.model.secret->typed, now_ms(kiosk));
    if (effects->look_up)
        look_up(kiosk);
    if (effects->save_to_stick)
        courier_save_to_stick(&kiosk->courier, kiosk->stick, now_ms(kiosk));
    if (effects->send_now)
        courier_send_now(&kiosk->courier, now_ms(kiosk));
}

/* --- the loop ----------------------------------------------------------------------------------
 */

void kiosk_take(struct kiosk *kiosk, const struct input *input)
{
    struct effects effects = {0};

    if (input->kind == INPUT_QUIT)
        kiosk->quit = kiosk->may_quit;
    app_input(&kiosk->app, input, now_ms(kiosk), &effects);
    carry_out(kiosk, &effects);
}

static bool wants_status(const struct kiosk *kiosk)
{
    return screen_of(kiosk->app.model.screen)->wants_status;
}

static int wait_ms(const struct kiosk *kiosk, int most_ms)
{
    int64_t now = now_ms(kiosk);
    int64_t due = app_deadline_ms(&kiosk->app, now);
    int64_t courier = courier_deadline_ms(&kiosk->courier);
    int64_t speaker = speaker_deadline_ms(&kiosk->speaker);

    due = courier < due ? courier : due;
    due = speaker < due ? speaker : due;
    if (wants_status(kiosk) && now + ASK_AGAIN_MS < due)
        due = now + ASK_AGAIN_MS;
    if (courier_is_waiting(&kiosk->courier) && now + LOOK_EVERY_MS < due)
        due = now + LOOK_EVERY_MS;
    if (most_ms >= 0 && now + most_ms < due)
        due = now + most_ms;
    if (due == INT64_MAX)
        return -1;
    return due <= now ? 0 : due - now > INT_MAX ? INT_MAX : (int)(due - now);
}

void kiosk_turn(struct kiosk *kiosk, int most_ms)
{
    struct input input;
    struct effects effects = {0};

    input_wait(kiosk->window, wait_ms(kiosk, most_ms), &input);
    /* Before anything that was typed is said. */
    app_plug(&kiosk->app, jack_is_plugged(kiosk->jack), now_ms(kiosk));
    if (input.kind == INPUT_NONE && wants_status(kiosk) && !kiosk->courier.status_wanted)
        courier_ask_status(&kiosk->courier);
    /* All that is queued before one picture: fast typing costs one frame. */
    for (int taken = 1; input.kind != INPUT_NONE; taken++) {
        kiosk_take(kiosk, &input);
        if (taken == INPUTS_A_TURN)
            break;
        input_wait(kiosk->window, 0, &input);
    }
    app_tick(&kiosk->app, now_ms(kiosk), &effects);
    carry_out(kiosk, &effects);
    hear(kiosk, courier_step(&kiosk->courier, now_ms(kiosk), 0));
    kiosk_show(kiosk);
    if (speaker_step(&kiosk->speaker, &kiosk->app, now_ms(kiosk)))
        kiosk_show(kiosk);
}

void kiosk_run(struct kiosk *kiosk)
{
    /* The first picture waits a moment for help-sync, so that it is the right one. */
    for (int64_t end = now_ms(kiosk) + AT_ONCE_MS;
         kiosk->app.model.device.readiness == READY_WAITING && now_ms(kiosk) < end;)
        hear(kiosk, courier_step(&kiosk->courier, now_ms(kiosk), LOOK_EVERY_MS));
    kiosk_show(kiosk);
    while (!kiosk->quit)
        kiosk_turn(kiosk, -1);
}
