/*
 * When the kiosk says what: a patient who listens goes through the real form, and the outside that
 * would turn words into sound is this test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/block.h"
#include "app/update.h"
#include "ui/keyboard.h"
#include "ui/metrics.h"

static struct pack *pack;
static struct app app;
static int64_t now;
static struct effects effects;
static struct utterance utterance;

static const struct site site = {
    .drafts = true, .tests = true, .volume = 7, .comfort = COMFORT_DEFAULT};
static const struct ui_settings screen = {.width_px = 1080, .height_px = 1920, .text_percent = 100};
static const struct speak_settings kiosk = {
    .offered = true, .words_a_minute = 150, .headphones = false};

/* --- a patient ----------------------------------------------------------------------------------
 */

static void show(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&app, now, &scene, &dirty);
}

static int set_up(void **state)
{
    struct refusal refusal = {0};
    struct device device = {.readiness = READY_YES, .mode = KIOSK_DEMO, .connected = true};

    (void)state;
    now = 1000000;
    if (pack == NULL && pack_open(BINARY_DIR "/pack", &pack, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        return 1;
    }
    if (app_init(&app, pack, &site, &even_metrics, &screen, &env_system) != ERR_OK)
        return 1;
    app_speech(&app, &kiosk);
    strcpy(device.kiosk, "6f1c2f0e-0000-4000-8000-000000000001");
    strcpy(device.practice, "Y99999");
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    app_finish(&app);
    return 0;
}

static int close_pack(void **state)
{
    (void)state;
    pack_close(pack);
    return 0;
}

static const struct element *find(int what, int which)
{
    return scene_find(app_glass(&app), (struct element_id){what, which});
}

static void do_input(const struct input *input)
{
    app_input(&app, input, now, &effects);
    show();
}

static void touch(int what, int which)
{
    const struct element *element = find(what, which);
    struct input input = {.kind = INPUT_PRESS};

    assert_non_null(element);
    input.x = element->rect.x + element->rect.w / 2;
    input.y = element->rect.y + element->rect.h / 2;
    now += 1000;
    do_input(&input);
    input.kind = INPUT_RELEASE;
    do_input(&input);
}

static void press(enum input_key key)
{
    now += 1000;
    do_input(&(struct input){.kind = INPUT_KEY, .key = key});
}

static void type(const char *text)
{
    struct input input = {.kind = INPUT_TEXT};

    strcpy(input.text, text);
    do_input(&input);
}

static int item_of(const char *link_id)
{
    return questionnaire_find(pack->questionnaire, link_id);
}

static int option(const char *link_id, const char *code)
{
    int item = item_of(link_id);
    const struct item *i = &pack->questionnaire->items[item];

    return item * LIMIT_OPTIONS + (code == NULL ? 0 : item_find_option(i, str_of(code)));
}

static void answer(const char *link_id, const char *code)
{
    while (find(ID_OPTION, option(link_id, code)) == NULL)
        touch(ID_CONTINUE, 0);
    touch(ID_OPTION, option(link_id, code));
    while (app.model.sheet + 1 < app.model.sheets)
        touch(ID_CONTINUE, 0);
    touch(ID_CONTINUE, 0);
}

static void to_question(void)
{
    touch(ID_BEGIN, -1);
    touch(ID_SKIP, 0);
}

static void to_name(void)
{
    to_question();
    answer("diabetes", "yes");
}

static void to_birth_date(void)
{
    to_name();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    type("Lee");
    touch(ID_CONTINUE, 0);
}

static void to_consent(void)
{
    to_birth_date();
    type("1");
    press(INPUT_KEY_ENTER);
    type("3");
    press(INPUT_KEY_ENTER);
    type("1958");
    touch(ID_CONTINUE, 0);
    type("N195NF");
    touch(ID_CONTINUE, 0);
    answer("nhs-number-known", "no");
    answer("contact", "email");
    type("ann.lee@example.com");
    touch(ID_CONTINUE, 0);
    answer("formats", "none");
    answer("start-help", "none");
    answer("mode", "alone");
}

/* --- an ear -------------------------------------------------------------------------------------
 */

/* Takes the next utterance and hears it to its end; "" where there is none. */
static const char *heard(void)
{
    static char said[SPEECH_BYTES];

    said[0] = '\0';
    if (app_next_utterance(&app, &utterance)) {
        snprintf(said, sizeof said, "%s", utterance.text);
        app_heard(&app, now);
        show();
    }
    return said;
}

/* The whole of what is to be said, joined. */
static const char *all_heard(void)
{
    static char all[4 * SPEECH_BYTES];
    struct buf out;

    buf_init(&out, all, sizeof all);
    for (const char *said = heard(); said[0] != '\0'; said = heard())
        buf_add_format(&out, "%s|", said);
    return all;
}

static void assert_says(const char *expected)
{
    assert_string_equal(heard(), expected);
    assert_string_equal(heard(), "");
}

static void listen(void)
{
    touch(ID_LISTEN, 0);
    assert_true(app.model.listening.on);
}

/* --- tests --------------------------------------------------------------------------------------
 */

static void nothing_is_said_before_listen(void **state)
{
    (void)state;
    assert_non_null(find(ID_LISTEN, 0));
    assert_null(find(ID_LOUDER, 0));
    to_question();
    touch(ID_OPTION, option("diabetes", "yes"));
    assert_string_equal(heard(), "");
}

static void listen_reads_the_screen_in_order(void **state)
{
    (void)state;
    to_question();
    listen();
    assert_string_equal(heard(), "Question 1 of 9");
    assert_string_equal(heard(), "Do you have type 2 diabetes?");
    const char *rest = all_heard();
    assert_non_null(strstr(rest, "Yes, I have type 2 diabetes, choice, 1 of 4, not chosen|"));
    assert_non_null(strstr(rest, "|Back, button|Continue, button|Start again, button|"));
    assert_null(strstr(rest, "Contrast"));
    assert_string_equal(utterance.voice, "en");
    assert_int_equal(utterance.words_a_minute, 150);
    assert_int_equal(utterance.volume, 7);
    touch(ID_REPEAT, 0);
    assert_string_equal(heard(), "Question 1 of 9");
}

static void one_utterance_at_a_time(void **state)
{
    struct utterance second;

    (void)state;
    listen();
    assert_true(app_next_utterance(&app, &utterance));
    assert_false(app_next_utterance(&app, &second));
    app_heard(&app, now);
    assert_true(app_next_utterance(&app, &second));
}

/* Voice and picture agree (visual.md section 2). */
static void what_is_read_is_underlined(void **state)
{
    (void)state;
    to_question();
    listen();
    show();
    int plain = app_glass(&app)->paint_count;
    assert_true(app_next_utterance(&app, &utterance));
    show();
    const struct scene *scene = app_glass(&app);
    assert_true(scene->paint_count > plain);
    const struct paint *line = &scene->paints[scene->paint_count - 1];
    assert_int_equal(scene->elements[line->element].role, ROLE_PROGRESS);
    assert_int_equal(line->fill, theme_of(SCHEME_STANDARD)->focus);
    press(INPUT_KEY_NEXT);
    assert_false(app_next_utterance(&app, &utterance) && app.speak.reading);
    assert_int_equal(speak_element(&app), -1);
}

static void whatever_a_person_does_stops_it(void **state)
{
    const struct input inputs[] = {{.kind = INPUT_PRESS, .x = 2, .y = 900},
                                   {.kind = INPUT_KEY, .key = INPUT_KEY_DELETE}};

    (void)state;
    to_question();
    listen();
    (void)app_hushes(&app);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        touch(ID_REPEAT, 0);
        assert_true(app_next_utterance(&app, &utterance));
        assert_false(app_hushes(&app));
        do_input(&inputs[i]);
        assert_true(app_hushes(&app));
        assert_false(app_hushes(&app));
        /* A key shows where it is, and that is said; the page is not read on. */
        assert_false(app_next_utterance(&app, &utterance) && app.speak.reading);
        app_heard(&app, now);
    }
}

static void stop_is_silence(void **state)
{
    (void)state;
    listen();
    assert_true(app_next_utterance(&app, &utterance));
    touch(ID_LISTEN, 0);
    assert_true(app_hushes(&app));
    assert_false(app_next_utterance(&app, &utterance));
    assert_null(find(ID_LOUDER, 0));
}

static void what_is_touched_says_what_became_of_it(void **state)
{
    (void)state;
    to_question();
    listen();
    touch(ID_OPTION, option("diabetes", "yes"));
    assert_says("Yes, I have type 2 diabetes, choice, 1 of 4, chosen");
    touch(ID_CONTRAST, 0);
    assert_says("Contrast, Black on white, button, on");
    touch(ID_TEXT_SIZE, 0);
    assert_says("Text size, Large, button, on");
}

/* Whatever the focus comes to is named: on every kind of page, with the keyboard's Tab. */
static void walk_focus(void)
{
    int targets = 0;

    for (int i = 0; i < SCENE_ELEMENTS; i++) {
        press(INPUT_KEY_NEXT);
        const struct element *element = scene_find(app_glass(&app), app.focus);
        assert_non_null(element);
        const char *said = heard();
        if (!speech_names(element, said))
            fail_msg("\"%s\" says \"%s\"", element->label, said);
        targets++;
        if (element->id.what == ID_START_AGAIN || element->id.what == ID_FINISH)
            break;
    }
    assert_true(targets >= 4);
}

static void the_focus_is_always_named(void **state)
{
    (void)state;
    listen();
    press(INPUT_KEY_NEXT);
    assert_says("Touch to begin, button");
    to_question();
    walk_focus();
    answer("diabetes", "yes");
    walk_focus();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    type("Lee");
    touch(ID_CONTINUE, 0);
    walk_focus();
}

static void the_focus_is_named_on_the_last_pages(void **state)
{
    (void)state;
    to_consent();
    listen();
    walk_focus();
    answer("agree-account", NULL);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    walk_focus();
    touch(ID_START_AGAIN, 0);
    press(INPUT_KEY_NEXT);
    assert_says("No, go back, button");
    press(INPUT_KEY_NEXT);
    assert_says("Yes, finish and clear, button");
}

/* 1 3 1900 is asked about once; whoever mends it hears digits, not the whole page again. */
static void mending_is_not_interrupted(void **state)
{
    (void)state;
    to_birth_date();
    type("1");
    press(INPUT_KEY_ENTER);
    type("3");
    press(INPUT_KEY_ENTER);
    type("1900");
    listen();
    touch(ID_CONTINUE, 0);
    assert_true(app.model.problems.count > 0);
    (void)all_heard();
    press(INPUT_KEY_DELETE);
    assert_int_equal(app.model.problems.count, 0);
    assert_says("Deleted");
}

static void letters_are_for_headphones(void **state)
{
    (void)state;
    to_name();
    listen();
    type("a");
    assert_says("Letter entered");
    touch(ID_KEY, 'n');
    assert_says("Letter entered");
    touch(ID_HEADPHONES, 0);
    assert_says("What you type is read out from now on.");
    type("n");
    assert_says("n");
    touch(ID_KEY, 'e');
    assert_says("e");
    press(INPUT_KEY_DELETE);
    assert_says("Deleted");
    touch(ID_KEY, KEY_NEXT);
    assert_says("Last name, field, empty");
    touch(ID_FIELD, item_of("first-name") * 4);
    assert_says("First name, field, ann");
    touch(ID_HEADPHONES, 0);
    assert_says("What you type is not read out any more.");
    touch(ID_FIELD, item_of("first-name") * 4);
    assert_says("First name, field, 3 letters entered");
}

static void a_plug_turns_listen_on_where_nobody_has_begun(void **state)
{
    (void)state;
    app_plug(&app, true, now);
    show();
    assert_true(app.model.listening.on && app.model.listening.headphones);
    assert_string_not_equal(heard(), "");
    app_plug(&app, false, now);
    show();
    assert_string_equal(heard(), "");
    assert_false(app.model.listening.on || app.model.listening.headphones);
}

static void a_plug_begins_nothing_for_whoever_has_begun(void **state)
{
    (void)state;
    to_name();
    app_plug(&app, true, now);
    show();
    assert_true(app.model.listening.headphones);
    assert_false(app.model.listening.on);
    assert_string_equal(heard(), "");
    listen();
    type("a");
    assert_says("a");
}

/* The sound goes to the loudspeaker as the plug comes out: not one letter more is said. */
static void what_was_typed_is_not_said_without_the_plug(void **state)
{
    (void)state;
    app_plug(&app, true, now);
    show();
    to_name();
    (void)all_heard();
    type("Xanthippe");
    assert_true(app_next_utterance(&app, &utterance));
    assert_string_equal(utterance.text, "Xanthippe");
    app_plug(&app, false, now);
    show();
    assert_true(app_hushes(&app));
    assert_string_equal(heard(), "");
    type("b");
    assert_says("Letter entered");
    touch(ID_FIELD, item_of("first-name") * 4);
    assert_says("First name, field, 10 letters entered");
    app_plug(&app, true, now);
    show();
    assert_non_null(strstr(all_heard(), "First name, field, Xanthippeb"));
}

static void a_plug_stays_for_the_next_person(void **state)
{
    (void)state;
    app_plug(&app, true, now);
    app_end_session(&app);
    show();
    assert_true(app.model.listening.headphones);
    assert_false(app.model.listening.on);
    app_plug(&app, true, now); /* it was there already */
    assert_false(app.model.listening.on);
}

static void a_kiosk_of_headphones_alone_needs_no_plug(void **state)
{
    struct speak_settings settings = kiosk;

    (void)state;
    settings.headphones = true;
    settings.plugged = true;
    app_speech(&app, &settings);
    app_plug(&app, false, now);
    assert_true(app.model.listening.headphones);
}

static void a_place_comes_back_without_headphones(void **state)
{
    char code[MODEL_CODE + 1];

    (void)state;
    app_plug(&app, true, now);
    show();
    to_name();
    touch(ID_CALLED_IN, 0);
    assert_int_equal(app.model.screen, SCREEN_CALLED_IN);
    memcpy(code, app.model.secret->code, sizeof code);
    app_end_session(&app);
    app_plug(&app, false, now);
    show();
    touch(ID_HAVE_CODE, 0);
    type(code);
    touch(ID_KEY, KEY_NEXT);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    assert_false(app.model.listening.headphones);
}

static void the_caret_says_where_it_went(void **state)
{
    (void)state;
    to_birth_date();
    listen();
    type("1");
    assert_says("Digit entered");
    type("4");
    assert_says("Digit entered. Month, field, empty");
    touch(ID_FIELD, item_of("birth-date") * 4 + 2);
    assert_says("Year, field, empty");
    type("1958");
    assert_says("Digit entered");
    type("9");
    assert_says("Not entered");
}

static void what_is_wrong_is_said_first_and_again(void **state)
{
    (void)state;
    to_name();
    listen();
    touch(ID_CONTINUE, 0);
    assert_non_null(strstr(heard(), "Enter your first name"));
    touch(ID_CONTINUE, 0);
    assert_non_null(strstr(heard(), "Enter your first name"));
}

static void loudness_and_speed(void **state)
{
    (void)state;
    to_question();
    listen();
    touch(ID_LOUDER, 0);
    assert_says("Volume 8 of 10");
    assert_int_equal(utterance.volume, 8);
    for (int i = 0; i < 12; i++)
        touch(ID_SOFTER, 0);
    assert_says("Volume 1 of 10");
    assert_int_equal(utterance.volume, 1);
    for (int i = 0; i < 12; i++)
        touch(ID_FASTER, 0);
    assert_says("Speed 8 of 8");
    assert_int_equal(utterance.words_a_minute, 300);
    for (int i = 0; i < 12; i++)
        touch(ID_SLOWER, 0);
    assert_says("Speed 1 of 8");
    assert_int_equal(utterance.words_a_minute, 80); /* half of 150, but no voice is that slow */
    /* EN 301 549, 5.1.3.13: the next person begins as the kiosk is set. */
    app_end_session(&app);
    show();
    assert_false(app.model.listening.on);
    listen();
    assert_non_null(strstr(heard(), "Living well"));
    assert_int_equal(utterance.volume, 7);
    assert_int_equal(utterance.words_a_minute, 150);
    assert_false(app.model.listening.headphones);
}

static void wait_ms(int64_t ms)
{
    for (int64_t end = now + ms; now < end;) {
        now += 1000;
        app_tick(&app, now, &effects);
        show();
    }
}

static void silence_counts_from_the_end_of_speech(void **state)
{
    (void)state;
    to_question();
    listen();
    assert_true(app_next_utterance(&app, &utterance));
    wait_ms(200 * 1000);
    assert_int_equal(app.model.dialog, DIALOG_NONE);
    app_heard(&app, now);
    (void)all_heard();
    wait_ms(APP_LONG_PATIENCE_MS - 1000);
    assert_int_equal(app.model.dialog, DIALOG_NONE);
    wait_ms(1000);
    assert_int_equal(app.model.dialog, DIALOG_STILL_THERE);
    assert_string_equal(heard(), "Are you still there?");
    assert_non_null(strstr(all_heard(), "this screen will clear in 30 seconds"));
}

static void the_last_seconds_are_said(void **state)
{
    (void)state;
    to_question();
    listen();
    (void)all_heard();
    wait_ms(APP_LONG_PATIENCE_MS);
    assert_true(app_next_utterance(&app, &utterance));
    wait_ms(60 * 1000); /* a slow voice */
    assert_int_equal(app.model.seconds_left, APP_WARNING_S);
    app_heard(&app, now);
    (void)all_heard();
    wait_ms(19 * 1000);
    assert_string_equal(heard(), "");
    wait_ms(1000);
    assert_says("10 seconds left");
    wait_ms(10 * 1000);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
    assert_false(app.model.listening.on);
}

static void left_on_it_ends_by_itself(void **state)
{
    (void)state;
    listen();
    touch(ID_LOUDER, 0);
    (void)all_heard();
    assert_true(app_deadline_ms(&app, now) < INT64_MAX);
    wait_ms(APP_LONG_PATIENCE_MS);
    assert_false(app.model.listening.on);
    assert_true(app.forget);
    /* Until the picture dims nothing is due. */
    assert_true(app_deadline_ms(&app, now) > now + APP_LONG_PATIENCE_MS);
}

static void no_sound_no_listen(void **state)
{
    (void)state;
    listen();
    app_speechless(&app, LOUDSPEAKER_NONE);
    show();
    assert_null(find(ID_LISTEN, 0));
    assert_null(find(ID_LOUDER, 0));
    assert_false(app_next_utterance(&app, &utterance));
    app_end_session(&app);
    show();
    assert_null(find(ID_LISTEN, 0));
}

static bool is_zero(const void *bytes, size_t size)
{
    const char *at = bytes;

    for (size_t i = 0; i < size; i++) {
        if (at[i] != 0)
            return false;
    }
    return true;
}

static void nothing_said_outlives_the_session(void **state)
{
    (void)state;
    to_name();
    listen();
    touch(ID_HEADPHONES, 0);
    type("Xanthippe");
    assert_true(app_next_utterance(&app, &utterance));
    assert_string_equal(utterance.text, "Xanthippe");
    app_end_session(&app);
    assert_true(app_hushes(&app));
    assert_true(is_zero(app.block->utterance, sizeof app.block->utterance));
    assert_true(is_zero(app.block->next_words, sizeof app.block->next_words));
    assert_true(is_zero(app.block->one_element, sizeof app.block->one_element));
    assert_true(is_zero(app.block->typed, sizeof app.block->typed));
}

/* --- evidence: what was read aloud of the agreements -------------------------------------------
 */

static bool record_says_read_aloud(void)
{
    const uint8_t id[16] = {1, 2, 3};
    struct str record;

    answer("agree-account", NULL);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    while (app.model.screen == SCREEN_CHECK)
        touch(ID_CONTINUE, 0);
    touch(ID_SKIP, 0);
    assert_true(effects.save);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000002", 0, now, &record),
                     ERR_OK);
    return strstr(record.at, "\"read_aloud\":true") != NULL;
}

/* All sheets of the page are heard, and it stands on the first again. */
static void hear_consent(void)
{
    (void)all_heard();
    while (app.model.sheet + 1 < app.model.sheets) {
        touch(ID_CONTINUE, 0);
        (void)all_heard();
    }
    while (app.model.sheet > 0)
        touch(ID_BACK, 0);
}

static void agreements_read_to_the_end_are_evidence(void **state)
{
    (void)state;
    to_consent();
    listen();
    hear_consent();
    assert_true(record_says_read_aloud());
}

static void agreements_in_silence_are_not(void **state)
{
    (void)state;
    to_consent();
    assert_false(record_says_read_aloud());
}

static void agreements_cut_short_are_not(void **state)
{
    (void)state;
    to_consent();
    listen();
    for (int i = 0; i < 3; i++)
        (void)heard();
    assert_false(record_says_read_aloud());
}

/* Whoever heard them in one language and agreed in another did not hear what they agreed to. */
static void agreements_in_another_language_are_not(void **state)
{
    (void)state;
    to_consent();
    listen();
    hear_consent();
    touch(ID_LANGUAGE_MENU, 0);
    touch(ID_LANGUAGE, 1);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    assert_false(record_says_read_aloud());
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void who_holds_keys_hears_how_to_go_on(void **state)
{
    (void)state;
    press(INPUT_KEY_HELP);
    assert_true(app.model.listening.on);
    assert_string_equal(heard(), "Go on with Down and back with Up. Choose with Enter.");
    assert_string_equal(heard(), "Living well with type 2 diabetes");
    all_heard();
    press(INPUT_KEY_DOWN);
    assert_non_null(strstr(all_heard(), "button"));
    touch(ID_REPEAT, 0);
    assert_string_equal(heard(), "Living well with type 2 diabetes");
}

static void who_touches_needs_no_such_words(void **state)
{
    (void)state;
    listen();
    assert_string_equal(heard(), "Living well with type 2 diabetes");
}

static void the_first_field_says_that_answers_stay_unsaid(void **state)
{
    (void)state;
    listen();
    to_name();
    assert_string_equal(
        heard(), "What you type is not read out. With headphones, choose Headphones to hear it.");
    assert_string_equal(heard(), "Question 2 of 9");
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    type("Lee");
    touch(ID_CONTINUE, 0);
    assert_string_equal(heard(), "Question 3 of 9");
}

static void headphones_need_no_such_words(void **state)
{
    (void)state;
    listen();
    touch(ID_HEADPHONES, 0);
    to_name();
    assert_string_equal(heard(), "Question 2 of 9");
}

static void a_pin_is_not_said(void **state)
{
    (void)state;
    touch(ID_STAFF, 0);
    listen();
    all_heard();
    touch(ID_KEY, '2');
    assert_says("Digit entered");
}

/* The name of a language is no word of the one shown: its own voice says it. */
static void a_language_is_named_by_its_own_voice(void **state)
{
    (void)state;
    touch(ID_LANGUAGE_MENU, 0);
    listen();
    while (strncmp(heard(), "Bengali", 7) != 0)
        assert_true(app.speak.reading);
    assert_string_equal(utterance.name, "বাংলা");
    assert_string_equal(utterance.name_voice, "bn");
    assert_string_equal(utterance.voice, "en");
    assert_null(strstr(utterance.text, "বাংলা"));
    heard();
    assert_null(utterance.name); /* Somali has no voice: this one does what it can */
    assert_non_null(strstr(utterance.text, "Soomaali"));
    int bengali = (int)(pack_language(pack, "bn") - pack->languages);
    while (!element_id_equal(app.focus, (struct element_id){ID_LANGUAGE, bengali}))
        press(INPUT_KEY_DOWN);
    show(); /* a picture of the same, before it was heard, takes nothing from it */
    assert_true(app_next_utterance(&app, &utterance));
    assert_string_equal(utterance.name, "বাংলা");
    assert_non_null(strstr(utterance.text, "not chosen"));
}

static void the_way_to_more_languages_is_not_on(void **state)
{
    (void)state;
    listen();
    assert_non_null(strstr(all_heard(), "More languages, button|"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_said_before_listen),
        TEST(listen_reads_the_screen_in_order),
        TEST(who_holds_keys_hears_how_to_go_on),
        TEST(who_touches_needs_no_such_words),
        TEST(the_first_field_says_that_answers_stay_unsaid),
        TEST(headphones_need_no_such_words),
        TEST(a_pin_is_not_said),
        TEST(a_language_is_named_by_its_own_voice),
        TEST(the_way_to_more_languages_is_not_on),
        TEST(one_utterance_at_a_time),
        TEST(what_is_read_is_underlined),
        TEST(whatever_a_person_does_stops_it),
        TEST(stop_is_silence),
        TEST(what_is_touched_says_what_became_of_it),
        TEST(the_focus_is_always_named),
        TEST(the_focus_is_named_on_the_last_pages),
        TEST(mending_is_not_interrupted),
        TEST(letters_are_for_headphones),
        TEST(a_plug_turns_listen_on_where_nobody_has_begun),
        TEST(a_plug_begins_nothing_for_whoever_has_begun),
        TEST(what_was_typed_is_not_said_without_the_plug),
        TEST(a_plug_stays_for_the_next_person),
        TEST(a_kiosk_of_headphones_alone_needs_no_plug),
        TEST(a_place_comes_back_without_headphones),
        TEST(the_caret_says_where_it_went),
        TEST(what_is_wrong_is_said_first_and_again),
        TEST(loudness_and_speed),
        TEST(silence_counts_from_the_end_of_speech),
        TEST(the_last_seconds_are_said),
        TEST(left_on_it_ends_by_itself),
        TEST(no_sound_no_listen),
        TEST(nothing_said_outlives_the_session),
        TEST(agreements_read_to_the_end_are_evidence),
        TEST(agreements_in_silence_are_not),
        TEST(agreements_cut_short_are_not),
        TEST(agreements_in_another_language_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, close_pack);
}
