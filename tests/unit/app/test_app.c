/*
 * The whole kiosk with no window, no clock and no disk: touches go in, the model changes, scenes
 * come out. The form is the real one; the letters are all half an em wide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "app/app.h"
#include "app/block.h"
#include "screens/journey.h"
#include "ui/keyboard.h"
#include "ui/metrics.h"

static struct pack *pack;
static struct app app;
static int64_t now;
static struct effects effects;

static const struct ui_settings screen = {.width_px = 1080, .height_px = 1920, .text_percent = 100};

static const struct site site = {.drafts = true, .comfort = COMFORT_DEFAULT};

static void show(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&app, now, &scene, &dirty);
}

static void become(enum readiness readiness)
{
    struct device device = {.readiness = readiness, .mode = KIOSK_DEMO, .connected = true};

    strcpy(device.kiosk, "6f1c2f0e-0000-4000-8000-000000000001");
    strcpy(device.practice, "Y99999");
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
}

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    now = 1000000;
    if (pack == NULL && pack_open(BINARY_DIR "/pack", &pack, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        return 1;
    }
    if (app_init(&app, pack, &site, &even_metrics, &screen, &env_system) != ERR_OK)
        return 1;
    app.model.site.tests = true;
    become(READY_YES);
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
    return scene_find(app.scenes[app.shown], (struct element_id){what, which});
}

static void point(enum input_kind kind, const struct element *element)
{
    struct input input = {.kind = kind,
                          .x = element->rect.x + element->rect.w / 2,
                          .y = element->rect.y + element->rect.h / 2};

    app_input(&app, &input, now, &effects);
    show();
}

static void touch_now(int what, int which)
{
    const struct element *element = find(what, which);

    assert_non_null(element);
    struct element copy = *element;
    point(INPUT_PRESS, &copy);
    point(INPUT_RELEASE, &copy);
}

static void touch(int what, int which)
{
    now += 1000;
    touch_now(what, which);
}

static void choose_test_language(void)
{
    int which = (int)(pack_language(pack, "qps-plocm") - pack->languages);

    while (find(ID_LANGUAGE, which) == NULL)
        touch(ID_CONTINUE, 0);
    touch(ID_LANGUAGE, which);
}

/* From the list of languages, on however many sheets, back to where it was opened. */
static void leave_languages(void)
{
    while (app.model.screen == SCREEN_LANGUAGE)
        touch(ID_CONTINUE, 0);
}

static void press_key(enum input_key key)
{
    struct input input = {.kind = INPUT_KEY, .key = key};

    now += 1000;
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

static void choose(const char *link_id, const char *code)
{
    int item = item_of(link_id);
    const struct item *i = &pack->questionnaire->items[item];
    int which = item * LIMIT_OPTIONS + (code == NULL ? 0 : item_find_option(i, str_of(code)));

    while (find(ID_OPTION, which) == NULL && app.model.sheet + 1 < app.model.sheets)
        touch(ID_CONTINUE, 0);
    touch(ID_OPTION, which);
}

static void answer(const char *link_id, const char *code)
{
    choose(link_id, code);
    while (app.model.sheet + 1 < app.model.sheets)
        touch(ID_CONTINUE, 0);
    touch(ID_CONTINUE, 0);
}

static void to_name(void)
{
    touch(ID_BEGIN, -1);
    touch(ID_SKIP, 0);
    answer("diabetes", "yes");
}

static void to_birth_date(void)
{
    to_name();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    touch(ID_DONT_KNOW, item_of("last-name"));
    type("1");
    press_key(INPUT_KEY_ENTER);
    type("3");
    press_key(INPUT_KEY_ENTER);
}

static void to_contact(void)
{
    to_name();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    type("Lee");
    touch(ID_CONTINUE, 0);
    type("1");
    press_key(INPUT_KEY_ENTER);
    type("3");
    press_key(INPUT_KEY_ENTER);
    type("1958");
    touch(ID_CONTINUE, 0);
    type("N195NF");
    touch(ID_CONTINUE, 0);
    answer("nhs-number-known", "no");
}

static void to_consent(void)
{
    to_contact();
    answer("contact", "email");
    type("ann.lee@example.com");
    touch(ID_CONTINUE, 0);
    answer("formats", "none");
    answer("start-help", "none");
    answer("mode", "alone");
}

static void to_check(void)
{
    to_consent();
    answer("agree-account", NULL);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
}

/* What is sealed after "Skip these questions". */
static const char *record_of_session(void)
{
    const uint8_t id[16] = {1, 2, 3};
    struct str record;

    touch(ID_SKIP, 0);
    assert_true(effects.save);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000002", 0, now, &record),
                     ERR_OK);
    return record.at;
}

static bool is_zero(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++) {
        if (at[i] != 0)
            return false;
    }
    return true;
}

/* What a session leaves in the locked block: the form's initial values, and nothing else. */
static void assert_wiped(void)
{
    struct answers fresh;

    memset(&fresh, 0, sizeof fresh);
    answers_init(pack->questionnaire, &fresh);
    assert_memory_equal(&app.block->secret.answers, &fresh, sizeof fresh);
    assert_true(is_zero(app.block->secret.record, sizeof app.block->secret.record));
}

static void a_patient_signs_up(void **state)
{
    const uint8_t id[16] = {1, 2, 3};
    struct str record;

    (void)state;
    to_check();
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    assert_false(effects.save);
    touch(ID_SKIP, 0);
    assert_true(effects.save);
    assert_int_equal(app.model.screen, SCREEN_SAVING);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000002", 0, now, &record),
                     ERR_OK);
    assert_non_null(strstr(record.at, "ann.lee@example.com"));
    app_sealed(&app);
    assert_wiped();
    app_saved(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_DONE);
    assert_true(app.forget);
    assert_true(str_starts(str_of(app.model.receipt.reference), "HD-"));
    assert_string_equal(app.model.receipt.next_page, "done-email");
    touch(ID_FINISH, 0);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

static void silence_asks_and_then_wipes(void **state)
{
    (void)state;
    to_check();
    now += APP_PATIENCE_MS - 1;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.dialog, DIALOG_NONE);
    now += 1;
    assert_true(app_deadline_ms(&app, now) <= now);
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.dialog, DIALOG_STILL_THERE);
    show();
    /* The veil takes no touch, and touching it is no answer. */
    struct input veil = {.kind = INPUT_PRESS, .x = 5, .y = 5};
    app_input(&app, &veil, now, &effects);
    veil.kind = INPUT_RELEASE;
    app_input(&app, &veil, now, &effects);
    now += 29000;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    assert_int_equal(app.model.seconds_left, 1);
    now += 1000;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
    assert_true(app.forget);
    assert_wiped();
}

static void more_time_keeps_the_answers(void **state)
{
    (void)state;
    to_check();
    now += APP_PATIENCE_MS;
    app_tick(&app, now, &effects);
    show();
    touch(ID_NO, 0);
    assert_int_equal(app.model.dialog, DIALOG_NONE);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Ann"));
}

/* But to dim its picture, once. */
static void the_attract_screen_wants_nothing(void **state)
{
    (void)state;
    assert_int_equal(app_deadline_ms(&app, now), now + APP_DIM_MS);
    app_tick(&app, now + APP_DIM_MS, &effects);
    assert_int_equal(app_deadline_ms(&app, now + APP_DIM_MS), INT64_MAX);
    touch(ID_BEGIN, -1);
    assert_true(app_deadline_ms(&app, now) < INT64_MAX);
}

static void start_again_asks_first(void **state)
{
    (void)state;
    to_check();
    touch(ID_START_AGAIN, 0);
    assert_int_equal(app.model.dialog, DIALOG_START_AGAIN);
    touch(ID_NO, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    touch(ID_START_AGAIN, 0);
    touch(ID_YES, 0);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
    assert_wiped();
}

static void a_second_touch_within_half_a_second_is_a_slip(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    assert_int_equal(app.model.about, 0);
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.about, 1);
    now += APP_SECOND_TOUCH_MS - 1;
    touch_now(ID_CONTINUE, 0);
    assert_int_equal(app.model.about, 1);
    now += APP_SECOND_TOUCH_MS;
    touch_now(ID_CONTINUE, 0);
    assert_int_equal(app.model.about, 2);
}

static void a_touch_counts_only_where_it_is_let_go(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    now += 1000;
    struct element forward = *find(ID_CONTINUE, 0);
    struct element back = *find(ID_BACK, 0);
    point(INPUT_PRESS, &forward);
    assert_true(find(ID_CONTINUE, 0)->state & STATE_PRESSED);
    point(INPUT_MOVE, &back);
    assert_false(find(ID_CONTINUE, 0)->state & STATE_PRESSED);
    point(INPUT_RELEASE, &back);
    assert_int_equal(app.model.screen, SCREEN_ABOUT);
    assert_int_equal(app.model.about, 0);
}

static void fast_typing_loses_no_letter(void **state)
{
    (void)state;
    to_name();
    now += 1000;
    touch_now(ID_KEY, 'A');
    now += 150;
    touch_now(ID_KEY, 'n');
    now += 150;
    touch_now(ID_KEY, 'n');
    now += 60; /* the same key so soon is a bounce */
    touch_now(ID_KEY, 'n');
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Ann"));
    assert_false(app.model.shift);
}

static void a_wrong_field_leaves_the_right_one_beside_it(void **state)
{
    (void)state;
    to_name();
    type("Grace");
    touch(ID_KEY, KEY_NEXT);
    touch(ID_CONTINUE, 0);
    const struct element *last = find(ID_FIELD, item_of("last-name") * 4);
    const struct element *first = find(ID_FIELD, item_of("first-name") * 4);
    assert_true(last->state & STATE_WRONG);
    assert_non_null(first);
    assert_string_equal(first->value, "Grace");
    assert_non_null(find(ID_PROBLEM, 0));
    assert_non_null(find(ID_DONT_KNOW, item_of("last-name")));
}

/* At every size, in both orientations, beside an error too: or Continue would lead nowhere. */
static void the_way_on_without_an_answer_is_always_there(void **state)
{
    const struct questionnaire *q = pack->questionnaire;
    struct check_context context;
    int seen = 0;

    (void)state;
    to_name();
    struct answers *a = &app.model.secret->answers;
    answers_choose(q, a, item_of("nhs-number-known"), 0);
    answers_choose(q, a, item_of("contact"),
                   item_find_option(&q->items[item_of("contact")], str_of("neither")));
    context = journey_context(&app.model);
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].skip_label == NULL)
            continue;
        for (int n = 0; n < 12; n++) {
            app_resize(&app, n % 2 == 0 ? 1080 : 1920, n % 2 == 0 ? 1920 : 1080);
            app.model.comfort.text_percent = 100 + 25 * (n / 2 % 3);
            journey_show_page(&app.model, questionnaire_page_of(q, i));
            if (n >= 6) {
                answers_check_page(q, a, app.model.page, &context, &app.model.problems);
                assert_true(app.model.problems.count > 0);
            }
            show();
            assert_non_null(find(ID_DONT_KNOW, i));
            seen++;
        }
    }
    assert_true(seen >= 4 * 12);
}

static void agreements_stay_on_one_sheet_when_one_is_missing(void **state)
{
    (void)state;
    to_check();
    touch(ID_CHANGE, item_of("p-consent"));
    choose("agree-account", NULL);
    assert_int_equal(app.model.sheets, 1);
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.count, 1);
    assert_int_equal(app.model.sheets, 1);
    assert_non_null(find(ID_PRIVACY, 0));
}

static void a_letter_that_no_font_has_is_not_typed(void **state)
{
    static const char *const unseen[] = {"\xED\x95\x9C", "\xF0\x9F\x98\x80", "\xE2\x80\xAE"};

    (void)state;
    to_name();
    type("Ann");
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        type(unseen[i]);
    type("\xC3\xA9");
    assert_true(
        str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Ann\xC3\xA9"));
    assert_false(app.scenes[app.shown]->no_glyph);
}

static void backspace_repeats_while_it_is_held(void **state)
{
    (void)state;
    to_name();
    type("Annabel");
    now += 1000;
    struct element key = *find(ID_KEY, KEY_BACKSPACE);
    point(INPUT_PRESS, &key);
    now += APP_REPEAT_AFTER_MS;
    for (int i = 0; i < 3; i++) {
        app_tick(&app, now, &effects);
        now += APP_REPEAT_EVERY_MS;
    }
    point(INPUT_RELEASE, &key);
    struct str left = answers_text(&app.model.secret->answers, item_of("first-name"));
    assert_true(left.len < 5 && left.len >= 3);
}

static void a_change_goes_back_to_the_check_list(void **state)
{
    (void)state;
    to_check();
    touch(ID_CHANGE, item_of("p-name"));
    assert_int_equal(app.model.page, item_of("p-name"));
    type("e");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Anne"));
    touch(ID_CHANGE, item_of("p-name"));
    touch(ID_BACK, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
}

static void a_change_that_opens_a_page_asks_it(void **state)
{
    (void)state;
    to_check();
    touch(ID_CHANGE, item_of("p-contact"));
    answer("contact", "both");
    assert_int_equal(app.model.page, item_of("p-mobile"));
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.count, 1);
    type("07700900417");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
}

static void back_from_a_change_takes_it_back(void **state)
{
    const struct answers *a;

    (void)state;
    to_check();
    a = &app.model.secret->answers;
    touch(ID_CHANGE, item_of("p-consent"));
    choose("agree-account", NULL);
    assert_false(answers_boolean(a, item_of("agree-account")));
    touch(ID_BACK, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    assert_true(answers_boolean(a, item_of("agree-account")));

    touch(ID_CHANGE, item_of("p-birth-date"));
    type("99");
    touch(ID_BACK, 0);
    assert_true(str_is(answers_text(a, item_of("birth-date")), "1958-03-01"));
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-ethnic"));
}

static void no_way_out_leads_round_to_a_sign_up(void **state)
{
    const struct answers *a;

    (void)state;
    to_check();
    a = &app.model.secret->answers;
    touch(ID_CHANGE, item_of("p-diabetes"));
    answer("diabetes", "no");
    assert_int_equal(app.model.page, item_of("p-not-for-you"));
    touch(ID_BACK, 0);
    assert_int_equal(app.model.page, item_of("p-diabetes"));
    touch(ID_BACK, 0);
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    int yes = item_find_option(&pack->questionnaire->items[item_of("diabetes")], str_of("yes"));
    assert_int_equal(answers_option(a, item_of("diabetes")), yes);
}

static void what_does_not_hold_is_never_signed_up(void **state)
{
    (void)state;
    to_check();
    answers_clear(&app.model.secret->answers, item_of("first-name"));
    answers_clear(&app.model.secret->answers, item_of("agree-account"));
    touch(ID_CONTINUE, 0);
    assert_false(effects.save);
    assert_int_equal(app.model.page, item_of("p-name"));
    assert_int_equal(app.model.problems.count, 1);
    type("Ann");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-consent"));
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.at[0].check, CHECK_NOT_AGREED);

    answers_set_boolean(pack->questionnaire, &app.model.secret->answers, item_of("agree-account"),
                        true);
    while (app.model.screen != SCREEN_CHECK)
        touch(ID_CONTINUE, 0); /* "More" on a page with an error */
    answers_set_boolean(pack->questionnaire, &app.model.secret->answers, item_of("adult"), false);
    touch(ID_CONTINUE, 0);
    assert_false(effects.save);
    assert_int_equal(app.model.page, item_of("p-under-18"));
}

static void who_leaves_the_optional_questions_is_signed_up(void **state)
{
    const uint8_t id[16] = {1};
    struct str record;

    (void)state;
    to_check();
    touch(ID_CONTINUE, 0);
    choose("ethnic-group", NULL);
    assert_null(find(ID_START_AGAIN, 0));
    now += APP_PATIENCE_MS;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.dialog, DIALOG_STILL_THERE);
    assert_false(effects.save);
    now += APP_WARNING_S * 1000;
    app_tick(&app, now, &effects);
    assert_true(effects.save);
    assert_int_equal(app.model.dialog, DIALOG_NONE);
    assert_int_equal(app.model.screen, SCREEN_SAVING);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000002", 0, now, &record),
                     ERR_OK);
    assert_null(strstr(record.at, "\"ethnic-group\"")); /* chosen, and not handed in */
}

static void bad_news_just_after_the_beginning_ends_it(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    become(READY_FULL);
    assert_int_equal(app.model.screen, SCREEN_NOT_READY);
    become(READY_YES);
    to_name();
    type("Ann");
    become(READY_FULL);
    assert_int_equal(app.model.page, item_of("p-name"));
}

static void under_eighteen_is_a_way_out(void **state)
{
    (void)state;
    to_name();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    touch(ID_DONT_KNOW, item_of("last-name"));
    type("1");
    press_key(INPUT_KEY_ENTER);
    type("3");
    press_key(INPUT_KEY_ENTER);
    type("2015");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-under-18"));
    touch(ID_FINISH, 0);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
    assert_wiped();
}

static void an_unlikely_age_is_asked_about_once(void **state)
{
    (void)state;
    to_name();
    type("Ann");
    touch(ID_KEY, KEY_NEXT);
    touch(ID_DONT_KNOW, item_of("last-name"));
    type("1");
    press_key(INPUT_KEY_ENTER);
    type("3");
    press_key(INPUT_KEY_ENTER);
    type("1900");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.count, 1);
    assert_int_equal(app.model.problems.at[0].check, CHECK_OVER_115);
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-postcode"));
}

static void an_unlikely_age_that_was_changed_is_asked_about_again(void **state)
{
    (void)state;
    to_birth_date();
    type("1900");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.at[0].check, CHECK_OVER_115);
    touch(ID_KEY, KEY_BACKSPACE);
    type("2");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-birth-date"));
    assert_int_equal(app.model.problems.at[0].check, CHECK_OVER_115);
    for (int i = 0; i < 4; i++)
        touch(ID_KEY, KEY_BACKSPACE);
    type("0062");
    touch(ID_CONTINUE, 0);
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.page, item_of("p-birth-date"));
    assert_int_equal(app.model.problems.at[0].check, CHECK_TOO_SMALL);
    assert_int_equal(app.model.part, 2);
}

static void a_national_insurance_number_is_recognised(void **state)
{
    (void)state;
    to_contact();
    touch(ID_BACK, 0);
    answer("nhs-number-known", "yes");
    type("QQ 12 34 56 C");
    touch(ID_CONTINUE, 0);
    assert_int_equal(app.model.problems.at[0].check, CHECK_NI_NUMBER);
    type("abcdefgh");
    assert_int_equal(answers_text(&app.model.secret->answers, item_of("nhs-number")).len, 10);
}

/* The words after the sign-up are true for what was chosen, and a call is made to a number. */
static void what_happens_next_is_what_was_chosen(void **state)
{
    (void)state;
    to_contact();
    answer("contact", "neither");
    answer("no-email", "leaflet");
    answer("formats", "none");
    answer("start-help", "none");
    assert_int_equal(app.model.page, item_of("p-phone"));
    type("01632 960123");
    touch(ID_CONTINUE, 0);
    answer("mode", "alone");
    answer("agree-account", NULL);
    while (app.model.screen == SCREEN_CHECK)
        touch(ID_CONTINUE, 0);
    assert_non_null(strstr(record_of_session(), "\"phone\":\"+441632960123\""));
    assert_string_equal(app.model.receipt.next_page, "done-leaflet");
}

static void a_way_out_has_something_to_take_home(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    touch(ID_SKIP, 0);
    answer("diabetes", "carer");
    assert_non_null(find(ID_REFERENCE, 0));
    assert_string_equal(find(ID_REFERENCE, 0)->value, "start.help-diabetes.example");
}

/* Evidence of consent: the language on the screen when it was given, not the one of later. */
static void the_record_has_the_language_of_the_consent_page(void **state)
{
    (void)state;
    to_consent();
    touch(ID_LANGUAGE_MENU, 0);
    choose_test_language();
    leave_languages();
    answer("agree-account", NULL);
    touch(ID_LANGUAGE_MENU, 0);
    touch(ID_LANGUAGE, 0);
    leave_languages();
    touch(ID_CONTINUE, 0);
    const char *record = record_of_session();
    assert_non_null(strstr(record, "\"consent\":{\"language\":\"qps-plocm\""));
    assert_non_null(strstr(record, pack->consent_version));
}

static void a_choice_on_a_page_that_is_skipped_is_not_recorded(void **state)
{
    (void)state;
    to_check();
    touch(ID_CONTINUE, 0);
    choose("ethnic-group", "white");
    const char *record = record_of_session();
    assert_null(strstr(record, "\"ethnic-group\""));
    assert_non_null(strstr(record, "\"ethnic-code\":\"99\""));
}

static void language_size_and_contrast_keep_the_answers_and_end_with_the_session(void **state)
{
    (void)state;
    to_check();
    touch(ID_TEXT_SIZE, 0);
    touch(ID_CONTRAST, 0);
    touch(ID_LANGUAGE_MENU, 0);
    choose_test_language();
    leave_languages();
    assert_int_equal(app.model.screen, SCREEN_CHECK);
    assert_true(app.model.language->right_to_left);
    assert_int_equal(app.model.comfort.text_percent, 125);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Ann"));
    touch(ID_START_AGAIN, 0);
    touch(ID_YES, 0);
    assert_false(app.model.language->right_to_left);
    assert_int_equal(app.model.comfort.text_percent, 100);
    assert_int_equal(app.model.comfort.scheme, SCHEME_STANDARD);
}

static void only_a_test_is_offered_the_test_language(void **state)
{
    int which = (int)(pack_language(pack, "qps-plocm") - pack->languages);

    (void)state;
    app.model.site.tests = false;
    touch(ID_LANGUAGE_MENU, 0);
    assert_null(find(ID_LANGUAGE, which));
    assert_non_null(find(ID_LANGUAGE, 0));
}

static void a_language_says_what_is_not_ready_before_it_is_chosen(void **state)
{
    int which = (int)(pack_language(pack, "qps-plocm") - pack->languages);

    (void)state;
    touch(ID_LANGUAGE_MENU, 0);
    assert_string_equal(find(ID_LANGUAGE, 0)->hint, "Selected");
    while (find(ID_LANGUAGE, which) == NULL)
        touch(ID_CONTINUE, 0);
    assert_string_equal(find(ID_LANGUAGE, which)->hint,
                        "Right-to-left test · draft · no speech yet");
}

static bool shows_text(const char *text)
{
    return scene_find_label(app.scenes[app.shown], ROLE_TEXT, text) != NULL;
}

/* Where names are written in another script, the page says which letters are meant. */
static void latin_letters_are_asked_for_where_others_are_read(void **state)
{
    static const char msgid[] = "Use Latin letters: A B C";
    const struct pack_language *test = pack_language(pack, "qps-plocm");

    (void)state;
    to_name();
    assert_false(shows_text(msgid));
    app.model.language = test;
    show();
    assert_true(shows_text(catalogue_get(test->catalogue, msgid)));
}

static void what_can_not_be_kept_is_never_started(void **state)
{
    static const enum readiness bad[] = {READY_NOT_SET_UP, READY_AWAY, READY_FULL, READY_FAILING,
                                         READY_UNLOCKED};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        become(bad[i]);
        assert_int_equal(app.model.screen, SCREEN_NOT_READY);
        assert_null(find(ID_BEGIN, -1));
    }
    become(READY_YES);
    assert_non_null(find(ID_BEGIN, -1));
}

static void silence_of_the_store_is_called_not_confirmed(void **state)
{
    const uint8_t id[16] = {1};
    struct str record;

    (void)state;
    to_check();
    touch(ID_CONTINUE, 0);
    touch(ID_SKIP, 0);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000003", 0, now, &record),
                     ERR_OK);
    app_sealed(&app);
    app_not_confirmed(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_NOT_CONFIRMED);
    assert_non_null(scene_find_label(app.scenes[app.shown], ROLE_HEADING,
                                     "We could not confirm that your sign-up was saved."));
    assert_non_null(find(ID_REFERENCE, 0));
    /* The answer may still come. */
    app_saved(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_DONE);
}

static void to_not_confirmed(void)
{
    const uint8_t id[16] = {1};
    struct str record;

    to_check();
    touch(ID_CONTINUE, 0);
    touch(ID_SKIP, 0);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000003", 0, now, &record),
                     ERR_OK);
    app_sealed(&app);
    app_not_confirmed(&app, now);
    show();
}

/* Who was told "we could not confirm" keeps the code; the next person is not invited. */
static void a_refusal_after_not_confirmed_keeps_the_code(void **state)
{
    (void)state;
    to_not_confirmed();
    app_refused(&app, READY_FULL, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_NOT_CONFIRMED);
    assert_non_null(find(ID_REFERENCE, 0));
    touch(ID_FINISH, 0);
    assert_int_equal(app.model.screen, SCREEN_NOT_READY);
}

static void an_answer_that_comes_late_finds_its_screen_behind_the_language_menu(void **state)
{
    (void)state;
    to_not_confirmed();
    touch(ID_LANGUAGE_MENU, 0);
    app_saved(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_LANGUAGE);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_DONE);
}

/* News of an earlier sign-up, after its patient has left. */
static void a_late_answer_leaves_the_next_patient_alone(void **state)
{
    (void)state;
    to_name();
    type("Ann");
    app_refused(&app, READY_FAILING, now);
    app_not_confirmed(&app, now);
    app_saved(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    type("e");
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Anne"));
}

static void behind_the_language_menu_nothing_is_started_that_can_not_be_kept(void **state)
{
    (void)state;
    touch(ID_LANGUAGE_MENU, 0);
    become(READY_AWAY);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_NOT_READY);
    touch(ID_LANGUAGE_MENU, 0);
    become(READY_YES);
    touch(ID_LANGUAGE_MENU, 0);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

static void the_done_screen_clears_itself_and_gives_time(void **state)
{
    const uint8_t id[16] = {1};
    struct str record;

    (void)state;
    to_check();
    touch(ID_CONTINUE, 0);
    touch(ID_SKIP, 0);
    assert_int_equal(app_record(&app, id, "6f1c2f0e-0000-4000-8000-000000000004", 0, now, &record),
                     ERR_OK);
    app_sealed(&app);
    app_saved(&app, now);
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.seconds_left, APP_DONE_S);
    show();
    int64_t began = now;
    for (int i = 0; i < 12; i++)
        touch(ID_MORE_TIME, 0);
    assert_int_equal(app.model.seconds_left, APP_DONE_S + 12 * 60);
    now = began + (APP_DONE_S + 12 * 60) * 1000 - 1;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.screen, SCREEN_DONE);
    now += 1;
    app_tick(&app, now, &effects);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

static void the_keyboard_alone_gets_through(void **state)
{
    (void)state;
    press_key(INPUT_KEY_ENTER); /* begins */
    assert_int_equal(app.model.screen, SCREEN_ABOUT);
    for (int i = 0; i < 4; i++)
        press_key(INPUT_KEY_ENTER);
    assert_int_equal(app.model.screen, SCREEN_PAGE);
    while (app.focus.what != ID_OPTION)
        press_key(INPUT_KEY_NEXT);
    assert_true(find(app.focus.what, app.focus.which)->state & STATE_FOCUSED);
    press_key(INPUT_KEY_SPACE);
    app.focus = UI_NONE;
    press_key(INPUT_KEY_ENTER);
    assert_int_equal(app.model.page, item_of("p-name"));
    type("Ann");
    press_key(INPUT_KEY_SPACE);
    assert_true(str_is(answers_text(&app.model.secret->answers, item_of("first-name")), "Ann "));
    press_key(INPUT_KEY_DELETE);
    press_key(INPUT_KEY_CANCEL);
    assert_int_equal(app.model.page, item_of("p-diabetes"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_patient_signs_up),
        TEST(silence_asks_and_then_wipes),
        TEST(more_time_keeps_the_answers),
        TEST(the_attract_screen_wants_nothing),
        TEST(start_again_asks_first),
        TEST(a_second_touch_within_half_a_second_is_a_slip),
        TEST(a_touch_counts_only_where_it_is_let_go),
        TEST(fast_typing_loses_no_letter),
        TEST(a_wrong_field_leaves_the_right_one_beside_it),
        TEST(the_way_on_without_an_answer_is_always_there),
        TEST(agreements_stay_on_one_sheet_when_one_is_missing),
        TEST(a_letter_that_no_font_has_is_not_typed),
        TEST(backspace_repeats_while_it_is_held),
        TEST(a_change_goes_back_to_the_check_list),
        TEST(a_change_that_opens_a_page_asks_it),
        TEST(back_from_a_change_takes_it_back),
        TEST(no_way_out_leads_round_to_a_sign_up),
        TEST(what_does_not_hold_is_never_signed_up),
        TEST(who_leaves_the_optional_questions_is_signed_up),
        TEST(bad_news_just_after_the_beginning_ends_it),
        TEST(under_eighteen_is_a_way_out),
        TEST(an_unlikely_age_is_asked_about_once),
        TEST(an_unlikely_age_that_was_changed_is_asked_about_again),
        TEST(a_national_insurance_number_is_recognised),
        TEST(what_happens_next_is_what_was_chosen),
        TEST(a_way_out_has_something_to_take_home),
        TEST(the_record_has_the_language_of_the_consent_page),
        TEST(a_choice_on_a_page_that_is_skipped_is_not_recorded),
        TEST(language_size_and_contrast_keep_the_answers_and_end_with_the_session),
        TEST(only_a_test_is_offered_the_test_language),
        TEST(a_language_says_what_is_not_ready_before_it_is_chosen),
        TEST(latin_letters_are_asked_for_where_others_are_read),
        TEST(what_can_not_be_kept_is_never_started),
        TEST(silence_of_the_store_is_called_not_confirmed),
        TEST(a_refusal_after_not_confirmed_keeps_the_code),
        TEST(an_answer_that_comes_late_finds_its_screen_behind_the_language_menu),
        TEST(a_late_answer_leaves_the_next_patient_alone),
        TEST(behind_the_language_menu_nothing_is_started_that_can_not_be_kept),
        TEST(the_done_screen_clears_itself_and_gives_time),
        TEST(the_keyboard_alone_gets_through),
    };

    return cmocka_run_group_tests(tests, NULL, close_pack);
}
