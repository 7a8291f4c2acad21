/*
 * Sight and reach: the settings of "Help and settings", what a session begins and ends with, dots
 * in place of answers, fields one at a time, the dimmed welcome screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "app/app.h"
#include "screens/help.h"
#include "screens/journey.h"
#include "ui/keyboard.h"
#include "ui/metrics.h"

static struct pack *pack;
static struct app app;
static int64_t now;
static struct effects effects;

static const struct ui_settings screen = {.width_px = 1080, .height_px = 1920, .text_percent = 100};

static const struct scene *glass(void)
{
    return app.scenes[app.shown];
}

static void show(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&app, now, &scene, &dirty);
}

static void start(struct site site)
{
    struct device device = {.readiness = READY_YES, .mode = KIOSK_DEMO, .connected = true};

    now = 1000000;
    assert_int_equal(app_init(&app, pack, &site, &even_metrics, &screen, &env_system), ERR_OK);
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
}

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    if (pack_open(BINARY_DIR "/pack", &pack, &refusal) == ERR_OK)
        return 0;
    refusal_print(&refusal, "test", stderr);
    return 1;
}

static int tear_down(void **state)
{
    (void)state;
    pack_close(pack);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    app_finish(&app);
    return 0;
}

static const struct element *find(int what, int which)
{
    return scene_find(glass(), (struct element_id){what, which});
}

static void touch(int what, int which)
{
    const struct element *element = find(what, which);

    assert_non_null(element);
    struct input input = {.kind = INPUT_PRESS,
                          .x = element->rect.x + element->rect.w / 2,
                          .y = element->rect.y + element->rect.h / 2};
    now += 1000;
    app_input(&app, &input, now, &effects);
    show();
    input.kind = INPUT_RELEASE;
    app_input(&app, &input, now, &effects);
    show();
}

static void type(const char *text)
{
    struct input input = {.kind = INPUT_TEXT};

    strcpy(input.text, text);
    app_input(&app, &input, now, &effects);
    show();
}

static int item_of(const char *link_id)
{
    return questionnaire_find(pack->questionnaire, link_id);
}

static void to_name(void)
{
    int item = item_of("diabetes");
    int yes = item_find_option(&pack->questionnaire->items[item], str_of("yes"));

    touch(ID_BEGIN, -1);
    touch(ID_SKIP, 0);
    while (find(ID_OPTION, item * LIMIT_OPTIONS + yes) == NULL)
        touch(ID_CONTINUE, 0);
    touch(ID_OPTION, item * LIMIT_OPTIONS + yes);
    while (app.model.page == questionnaire_page_of(pack->questionnaire, item))
        touch(ID_CONTINUE, 0);
}

static int setting_of(const char *label)
{
    for (int i = 0; i < help_setting_count; i++) {
        if (strcmp(help_settings[i].label, label) == 0)
            return i * HELP_CHOICES;
    }
    fail_msg("no setting \"%s\"", label);
    return 0;
}

static void set(const char *label, int choice)
{
    int which = setting_of(label) + choice;

    touch(ID_HELP, 0);
    while (find(ID_SETTING, which) == NULL)
        touch(ID_CONTINUE, 0);
    touch(ID_SETTING, which);
    touch(ID_HELP, 0);
}

static void text_size_and_contrast_go_round(void **state)
{
    static const int sizes[] = {125, 150, 200, 100};

    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    for (int i = 0; i < 4; i++) {
        touch(ID_TEXT_SIZE, 0);
        assert_int_equal(app.model.comfort.text_percent, sizes[i]);
        assert_int_equal((find(ID_TEXT_SIZE, 0)->state & STATE_CHOSEN) != 0, sizes[i] > 100);
    }
    for (int i = 1; i <= SCHEME_COUNT; i++) {
        touch(ID_CONTRAST, 0);
        assert_int_equal(app.model.comfort.scheme, i % SCHEME_COUNT);
        assert_int_equal((find(ID_CONTRAST, 0)->state & STATE_CHOSEN) != 0, i < SCHEME_COUNT);
    }
}

static void each_setting_works_at_once_and_shows_that_it_is_on(void **state)
{
    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    for (int i = 0; i < help_setting_count; i++) {
        int choices = help_settings[i].choice_count;
        for (int k = 0; k < (choices == 0 ? 1 : choices); k++) {
            int which = i * HELP_CHOICES + k;
            bool was = help_is_chosen(&app.model, which);
            touch(ID_HELP, 0);
            while (find(ID_SETTING, which) == NULL)
                touch(ID_CONTINUE, 0);
            assert_int_equal((find(ID_SETTING, which)->state & STATE_CHOSEN) != 0, was);
            touch(ID_SETTING, which);
            assert_true(choices > 0 ? help_is_chosen(&app.model, which)
                                    : help_is_chosen(&app.model, which) != was);
            while (find(ID_SETTING, which) == NULL)
                touch(ID_CONTINUE, 0);
            assert_int_equal((find(ID_SETTING, which)->state & STATE_CHOSEN) != 0,
                             help_is_chosen(&app.model, which));
            touch(ID_HELP, 0);
            assert_int_equal(app.model.screen, SCREEN_WELCOME);
        }
    }
}

static void help_keeps_the_place_and_the_answers(void **state)
{
    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    to_name();
    type("Grace");
    touch(ID_HELP, 0);
    assert_int_equal(app.model.screen, SCREEN_HELP);
    while (app.model.sheet > 0)
        touch(ID_BACK, 0);
    touch(ID_BACK, 0);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Grace"));

    /* Language and Help do not pile up on one another. */
    touch(ID_HELP, 0);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_LANGUAGE);
    touch(ID_HELP, 0);
    assert_int_equal(app.model.screen, SCREEN_HELP);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_LANGUAGE);
    touch(ID_BACK, 0);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
}

static void a_sign_up_that_ends_under_help_shows_when_it_is_closed(void **state)
{
    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    app.model.screen = SCREEN_NOT_CONFIRMED;
    show();
    app.model.helped = SCREEN_NOT_CONFIRMED;
    app.model.screen = SCREEN_HELP;
    app_saved(&app, now);
    assert_int_equal(app.model.screen, SCREEN_HELP);
    assert_int_equal(app.model.helped, SCREEN_DONE);
}

static void the_next_person_begins_with_the_kiosk_s_own(void **state)
{
    struct site site = {
        .comfort = {.text_percent = 125, .scheme = SCHEME_BLACK_ON_WHITE, .still = true}};

    (void)state;
    start(site);
    assert_int_equal(app.model.comfort.text_percent, 125);
    assert_int_equal(app.model.comfort.scheme, SCHEME_BLACK_ON_WHITE);
    touch(ID_TEXT_SIZE, 0);
    touch(ID_CONTRAST, 0);
    set("Lower the buttons", 0);
    set("Less movement", 0);
    set("Hide my answers", 0);
    assert_true(app.model.comfort.low_reach && !app.model.comfort.still && app.model.hidden);
    app_end_session(&app);
    assert_memory_equal(&app.model.comfort, &site.comfort, sizeof site.comfort);
    assert_false(app.model.hidden);
}

static void nothing_blinks_where_less_movement_is_wanted(void **state)
{
    (void)state;
    start((struct site){.comfort = {.text_percent = 100, .still = true}});
    to_name();
    /* Only the question whether somebody is there is due: no caret's next half. */
    assert_int_equal(app_deadline_ms(&app, now), app.seen_ms + APP_PATIENCE_MS);
    const struct scene *scene;
    struct rect dirty;
    assert_false(app_view(&app, now + APP_CARET_MS, &scene, &dirty));
    app.model.comfort.still = false;
    assert_true(app_deadline_ms(&app, now) <= now + APP_CARET_MS);
}

/* Is this text painted anywhere? */
static bool is_painted(const char *text)
{
    for (int i = 0; i < glass()->paint_count; i++) {
        const struct paint *paint = &glass()->paints[i];
        if (paint->kind != PAINT_TEXT)
            continue;
        struct str run = paint->text.run->text;
        for (; run.len >= strlen(text); run.at++, run.len--) {
            if (memcmp(run.at, text, strlen(text)) == 0)
                return true;
        }
    }
    return false;
}

static void hidden_answers_are_neither_painted_nor_said(void **state)
{
    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    to_name();
    type("Grace");
    assert_true(is_painted("Grace"));
    set("Hide my answers", 0);
    assert_false(is_painted("Grace"));
    assert_true(is_painted("\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"));
    for (int i = 0; i < glass()->element_count; i++)
        assert_true(glass()->elements[i].role != ROLE_FIELD || glass()->elements[i].value == NULL);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Grace"));
}

/* With low reach one field stands above the keyboard; Next and Back go between them. */
static void fields_that_show_one_at_a_time_are_walked_both_ways(void **state)
{
    int first = item_of("first-name") * 4;
    int last = item_of("last-name") * 4;

    (void)state;
    start((struct site){.comfort = {.text_percent = 100, .low_reach = true}});
    to_name();
    int page = app.model.page;
    assert_non_null(find(ID_FIELD, first));
    assert_null(find(ID_FIELD, last));
    touch(ID_CONTINUE, 0);
    assert_null(find(ID_FIELD, first));
    assert_non_null(find(ID_FIELD, last));
    touch(ID_BACK, 0);
    assert_non_null(find(ID_FIELD, first));
    touch(ID_BACK, 0);
    assert_true(app.model.page != page);
}

static void with_low_reach_nothing_above_the_line_is_touched(void **state)
{
    (void)state;
    start((struct site){.comfort = {.text_percent = 100, .low_reach = true}});
    to_name();
    for (int i = 0; i < glass()->element_count; i++) {
        if (glass()->elements[i].target)
            assert_true(glass()->elements[i].rect.y >= 760);
    }
    assert_true(find(ID_TEXT_SIZE, 0)->rect.y > find(ID_CONTINUE, 0)->rect.y);
}

/* What stands below is read and walked below: the controls come last, a listener's before them. */
static void with_low_reach_the_focus_goes_down_to_the_controls(void **state)
{
    (void)state;
    start((struct site){.comfort = {.text_percent = 100, .low_reach = true}});
    to_name();
    app_speech(&app, &(struct speak_settings){.offered = true});
    show();
    touch(ID_LISTEN, 0);
    const struct element *last = &glass()->elements[glass()->element_count - 1];
    assert_true(find(ID_CONTINUE, 0) < find(ID_REPEAT, 0));
    assert_true(find(ID_REPEAT, 0) < find(ID_LANGUAGE_MENU, 0));
    assert_int_equal(last->id.what, ID_LISTEN);
    assert_true(find(ID_REPEAT, 0)->rect.y >= 760);
    assert_true(scene_focus_step(glass(), find(ID_CONTINUE, 0)->id, 1)->rect.y >
                find(ID_CONTINUE, 0)->rect.y);
}

static void the_welcome_screen_dims_and_a_touch_starts(void **state)
{
    (void)state;
    start((struct site){.comfort = COMFORT_DEFAULT});
    int paints = glass()->paint_count;
    assert_int_equal(app_deadline_ms(&app, now), now + APP_DIM_MS);
    now += APP_DIM_MS;
    app_tick(&app, now, &effects);
    show();
    assert_true(app.model.dimmed && glass()->paint_count > paints);
    assert_int_equal(app_deadline_ms(&app, now), INT64_MAX);
    touch(ID_BEGIN, -1);
    assert_false(app.model.dimmed);
    assert_int_equal(app.model.screen, SCREEN_ABOUT);
}

static void a_neutral_welcome_says_no_word_of_diabetes(void **state)
{
    (void)state;
    start((struct site){.neutral = true, .comfort = COMFORT_DEFAULT});
    for (int i = 0; i < glass()->element_count; i++)
        assert_null(strstr(glass()->elements[i].label, "iabetes"));
    assert_false(is_painted("iabetes"));
    touch(ID_BEGIN, -1);
    assert_true(is_painted("HeLP-Diabetes"));
    app_end_session(&app);
    app_device(&app, &(struct device){.readiness = READY_AWAY}, app.model.today, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_NOT_READY);
    assert_false(is_painted("iabetes"));
}

/* In the largest text every letter is 7.3 mm high, on each panel and in each state of the page. */
static void the_largest_text_is_large_everywhere(void **state)
{
    static const double inches[] = {15.6, 21.5, 32};

    (void)state;
    start((struct site){.comfort = {.text_percent = 200}});
    for (int n = 0; n < 12; n++) {
        struct ui_settings panel = screen;
        panel.diagonal_mm = inches[n % 3] * 25.4;
        panel.width_px = n / 3 % 2 == 0 ? 1080 : 1920;
        panel.height_px = n / 3 % 2 == 0 ? 1920 : 1080;
        app.screen = panel;
        app_end_session(&app);
        app.model.comfort.low_reach = n >= 6;
        show();
        to_name();
        for (int i = 0; i < glass()->paint_count; i++) {
            const struct paint *paint = &glass()->paints[i];
            if (paint->kind == PAINT_TEXT)
                assert_true(paint->text.run->size_px * 0.714 / ui_px_per_mm(&panel) >= 7.3 - 0.001);
        }
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_size_and_contrast_go_round),
        TEST(each_setting_works_at_once_and_shows_that_it_is_on),
        TEST(help_keeps_the_place_and_the_answers),
        TEST(a_sign_up_that_ends_under_help_shows_when_it_is_closed),
        TEST(the_next_person_begins_with_the_kiosk_s_own),
        TEST(nothing_blinks_where_less_movement_is_wanted),
        TEST(hidden_answers_are_neither_painted_nor_said),
        TEST(fields_that_show_one_at_a_time_are_walked_both_ways),
        TEST(with_low_reach_nothing_above_the_line_is_touched),
        TEST(with_low_reach_the_focus_goes_down_to_the_controls),
        TEST(the_welcome_screen_dims_and_a_touch_starts),
        TEST(a_neutral_welcome_says_no_word_of_diabetes),
        TEST(the_largest_text_is_large_everywhere),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
