/*
 * Utterances become sound at the right time, and stop: with a voice that is nothing but a length,
 * and SDL's audio driver that plays to nobody.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/update.h"
#include "screens/staff_panel.h"
#include "shell/speaker.h"
#include "ui/metrics.h"

/* --- a voice: each byte of a text lasts a tenth of a second --------------------------------- */

struct voice {
    int dummy;
};

static struct voice the_voice;
static struct {
    bool missing; /* nothing is installed */
    bool silent;  /* it says nothing when asked */
    int opened;
    int closed;
    int said;
    int rate;
    char last[256];
    char voice[8];
    char voice_before[8]; /* of what was said just before */
} fake;

const char *voice_for(const char *language)
{
    return strcmp(language, "en") == 0 ? "en" : strcmp(language, "bn") == 0 ? "bn" : NULL;
}

enum err voice_check(struct refusal *refusal)
{
    refusal_problem(refusal, "no voices");
    refusal_remedy(refusal, "Install them");
    return fake.missing ? ERR_NOT_FOUND : ERR_OK;
}

enum err voice_open(struct voice **out_voice, struct refusal *refusal)
{
    (void)refusal;
    fake.opened++;
    *out_voice = &the_voice;
    return ERR_OK;
}

void voice_close(struct voice *voice)
{
    fake.closed += voice != NULL;
}

int voice_rate_hz(const struct voice *voice)
{
    (void)voice;
    return 8000;
}

enum err voice_say(struct voice *voice, const char *name, int words_a_minute, const char *text,
                   voice_sink *sink, void *context)
{
    static const int16_t tenth[800];

    (void)voice;
    if (fake.silent)
        return ERR_NOT_FOUND;
    fake.said++;
    memcpy(fake.voice_before, fake.voice, sizeof fake.voice);
    snprintf(fake.voice, sizeof fake.voice, "%s", name);
    fake.rate = words_a_minute;
    snprintf(fake.last, sizeof fake.last, "%s", text);
    for (size_t i = 0; i < strlen(text); i++)
        assert_true(sink(context, tenth, 800));
    return ERR_OK;
}

/* --- an app ---------------------------------------------------------------------------------- */

static struct pack *pack;
static struct app app;
static struct speaker speaker;
static int64_t now;

static void show(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&app, now, &scene, &dirty);
}

static void touch_it(struct element_id id)
{
    const struct element *element = scene_find(app.scenes[app.shown], id);
    struct effects effects;
    struct input input = {.kind = INPUT_PRESS};

    assert_non_null(element);
    input.x = element->rect.x + element->rect.w / 2;
    input.y = element->rect.y + element->rect.h / 2;
    now += 1000;
    app_input(&app, &input, now, &effects);
    show();
    input.kind = INPUT_RELEASE;
    app_input(&app, &input, now, &effects);
    show();
}

static void touch(int what)
{
    touch_it((struct element_id){what, what == ID_BEGIN ? -1 : 0});
}

static void touch_deed(enum deed_id deed)
{
    touch_it((struct element_id){ID_DEED, deed});
}

static int set_up(void **state)
{
    static const struct site site = {
        .drafts = true, .tests = true, .volume = 7, .comfort = COMFORT_DEFAULT};
    const struct ui_settings screen = {.width_px = 1080, .height_px = 1920, .text_percent = 100};
    const struct device device = {.readiness = READY_YES, .mode = KIOSK_DEMO};
    struct refusal refusal = {0};
    struct config config;

    (void)state;
    memset(&fake, 0, sizeof fake);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    now = 1000000;
    config_defaults(&config);
    if (pack_open(BINARY_DIR "/pack", &pack, &refusal) != ERR_OK ||
        app_init(&app, pack, &site, &even_metrics, &screen, &env_system) != ERR_OK)
        return 1;
    speaker_init(&speaker, &config, false, &app);
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    speaker_finish(&speaker);
    app_finish(&app);
    pack_close(pack);
    return 0;
}

static bool step(void)
{
    bool changed = speaker_step(&speaker, &app, now);

    show();
    return changed;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void nothing_is_open_before_somebody_listens(void **state)
{
    (void)state;
    step();
    assert_false(step());
    assert_int_equal(fake.opened, 0);
    assert_null(speaker.sound);
    assert_int_equal(speaker_deadline_ms(&speaker), INT64_MAX);
}

static void one_follows_the_other_when_it_was_heard(void **state)
{
    (void)state;
    step();
    touch(ID_LISTEN);
    assert_true(step());
    assert_int_equal(fake.said, 1);
    assert_int_equal(fake.rate, 150);
    int64_t lasts = (int64_t)strlen(fake.last) * 100;
    assert_true(speaker_deadline_ms(&speaker) >= now + lasts);
    assert_true(speaker_deadline_ms(&speaker) < now + lasts + 500);
    now += lasts - 1;
    assert_false(step());
    now = speaker_deadline_ms(&speaker);
    assert_true(step());
    assert_int_equal(fake.said, 2);
}

static void a_touch_is_silence_and_then_the_new(void **state)
{
    (void)state;
    step();
    touch(ID_LISTEN);
    step();
    touch(ID_BEGIN);
    step();
    assert_int_equal(fake.said, 2);
    assert_non_null(strstr(fake.last, "1 of 4"));
}

static void stop_closes_the_device(void **state)
{
    (void)state;
    step();
    touch(ID_LISTEN);
    step();
    assert_non_null(speaker.sound);
    touch(ID_LISTEN);
    step();
    assert_null(speaker.sound);
    assert_int_equal(fake.closed, 1);
    assert_int_equal(speaker_deadline_ms(&speaker), INT64_MAX);
    touch(ID_LISTEN);
    step();
    assert_int_equal(fake.opened, 2);
}

static void without_voices_listen_is_not_offered(void **state)
{
    (void)state;
    fake.missing = true;
    assert_true(step());
    assert_null(scene_find(app.scenes[app.shown], (struct element_id){ID_LISTEN, 0}));
}

static void without_a_device_listen_is_not_offered(void **state)
{
    (void)state;
    setenv("SDL_AUDIODRIVER", "none-such", 1);
    assert_true(step());
    assert_null(scene_find(app.scenes[app.shown], (struct element_id){ID_LISTEN, 0}));
    assert_int_equal(app.model.loudspeaker, LOUDSPEAKER_NONE);
}

static void a_voice_that_fails_is_given_up(void **state)
{
    (void)state;
    step();
    fake.silent = true;
    touch(ID_LISTEN);
    step();
    assert_null(speaker.sound);
    assert_null(scene_find(app.scenes[app.shown], (struct element_id){ID_LISTEN, 0}));
    assert_false(step());
}

/* Staff try the loudness out, and nobody listens. */
static void open_sound_and_screen(void)
{
    app.model.screen = SCREEN_STAFF_SOUND;
    show();
}

static void a_sample_is_heard_though_nobody_listens(void **state)
{
    (void)state;
    step();
    open_sound_and_screen();
    touch_deed(DEED_LOUDER);
    assert_true(step());
    assert_string_equal(fake.last, "This is how loud the kiosk speaks.");
    assert_non_null(speaker.sound);
    now = speaker_deadline_ms(&speaker);
    step();
    assert_int_equal(fake.said, 1);
    assert_null(speaker.sound);
    assert_int_equal(speaker_deadline_ms(&speaker), INT64_MAX);
}

static void a_sample_comes_before_what_is_read(void **state)
{
    (void)state;
    step();
    touch(ID_LISTEN);
    step();
    open_sound_and_screen();
    touch_deed(DEED_LOUDER);
    step();
    assert_string_equal(fake.last, "This is how loud the kiosk speaks.");
    assert_non_null(speaker.sound);
    now = speaker_deadline_ms(&speaker);
    step();
    assert_non_null(speaker.sound);
}

static void without_a_voice_a_sample_is_a_tone(void **state)
{
    (void)state;
    fake.missing = true;
    step();
    assert_int_equal(app.model.loudspeaker, LOUDSPEAKER_BEEPS);
    app_activate(&app, UI_NONE, now, &(struct effects){.say = "Hello."});
    show();
    assert_true(step());
    assert_int_equal(fake.said, 0);
    assert_true(speaker_deadline_ms(&speaker) >= now + 500);
    assert_non_null(speaker.sound);
    now = speaker_deadline_ms(&speaker);
    step();
    assert_null(speaker.sound);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Both in one utterance: the clock counts them together. */
static void a_language_is_named_by_its_voice_and_explained_by_another(void **state)
{
    (void)state;
    step();
    touch(ID_LANGUAGE_MENU);
    touch(ID_LISTEN);
    for (int i = 0; i < 20 && strcmp(fake.voice_before, "bn") != 0; i++) {
        step();
        now = speaker_deadline_ms(&speaker);
    }
    assert_string_equal(fake.voice_before, "bn");
    assert_string_equal(fake.voice, "en");
    assert_non_null(strstr(fake.last, "Bengali"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_open_before_somebody_listens),
        TEST(one_follows_the_other_when_it_was_heard),
        TEST(a_touch_is_silence_and_then_the_new),
        TEST(stop_closes_the_device),
        TEST(without_voices_listen_is_not_offered),
        TEST(without_a_device_listen_is_not_offered),
        TEST(a_voice_that_fails_is_given_up),
        TEST(a_language_is_named_by_its_voice_and_explained_by_another),
        TEST(a_sample_is_heard_though_nobody_listens),
        TEST(a_sample_comes_before_what_is_read),
        TEST(without_a_voice_a_sample_is_a_tone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
