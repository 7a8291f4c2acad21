/*
 * Without touch: a keypad, a whole keyboard, two switches, one switch. Each goes the whole way to a
 * sign-up that is saved; the focus is seen at every step, is never trapped and misses nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/person.h"
#include "screens/journey.h"
#include "ui/keyboard.h"

static struct app *const app = &person.app;

static const struct scene *glass(void)
{
    return app->scenes[app->shown];
}

/* --- what they act with ------------------------------------------------------------------------
 */

enum board { KEYPAD, TWO_SWITCHES, ONE_SWITCH };
static enum board board;

static void begin_with(enum board with)
{
    static const enum scan_mode modes[] = {SCAN_OFF, SCAN_MANUAL, SCAN_AUTOMATIC};

    board = with;
    app_set_reach(app, &(struct reach){.scan = {modes[with], 2000}});
}

static void assert_focus_is_seen(void)
{
    int seen = 0;

    for (int i = 0; i < glass()->element_count; i++)
        seen += (glass()->elements[i].state & STATE_FOCUSED) != 0;
    assert_int_equal(seen, 1);
}

static void next(void)
{
    switch (board) {
    case KEYPAD:
        person_presses(INPUT_KEY_DOWN);
        break;
    case TWO_SWITCHES:
        person_presses(INPUT_KEY_SWITCH_NEXT);
        break;
    case ONE_SWITCH:
        if (app->scan_ms == INT64_MAX)
            person_presses(INPUT_KEY_SWITCH_CHOOSE);
        else
            person_waits(app->scan_ms - person.now);
        break;
    }
    assert_focus_is_seen();
}

static void press(void)
{
    person_presses(board == KEYPAD ? INPUT_KEY_ENTER : INPUT_KEY_SWITCH_CHOOSE);
}

static void go_to(struct element_id id)
{
    for (int i = 0; !element_id_equal(app->focus, id); i++) {
        if (i == 400)
            fail_msg("%d,%d is not reached on screen %d", id.what, id.which, app->model.screen);
        next();
    }
}

static void press_on(int what, int which)
{
    assert_non_null(person_finds(what, which));
    go_to((struct element_id){what, which});
    press();
}

/* A key on the glass: into its row, and along it. */
static void press_key(int code)
{
    const struct element_id id = {ID_KEY, code};
    const struct element *row = scene_focus_out(glass(), id);
    const struct element *in = scene_focus_out(glass(), app->focus);

    assert_non_null(row);
    if (row != in || person_finds(ID_KEY, code) < scene_find(glass(), app->focus)) {
        struct element_id head = row->id;
        if (in != NULL && board == KEYPAD)
            person_presses(INPUT_KEY_CANCEL);
        go_to(head);
        press();
    }
    go_to(id);
    press();
}

static void spell(const char *text)
{
    for (; *text != '\0'; text++)
        press_key(*text);
}

static void choose(const char *link_id, const char *code)
{
    int which = person_option(link_id, code);

    while (person_finds(ID_OPTION, which) == NULL)
        press_on(ID_CONTINUE, 0);
    press_on(ID_OPTION, which);
    assert_true(person_finds(ID_OPTION, which)->state & STATE_FOCUSED);
    assert_true(person_finds(ID_OPTION, which)->state & STATE_CHOSEN);
    while (app->model.sheet + 1 < app->model.sheets)
        press_on(ID_CONTINUE, 0);
    press_on(ID_CONTINUE, 0);
}

static void sign_up(void)
{
    static const uint8_t id[16] = {1, 2, 3};
    struct str record;

    if (board != KEYPAD)
        person_presses(INPUT_KEY_SWITCH_CHOOSE); /* the ring appears */
    if (board == ONE_SWITCH) {
        assert_int_equal(app->model.screen, SCREEN_SWITCHES);
        press_on(ID_CONTINUE, 0);
    }
    press_on(ID_BEGIN, -1);
    press_on(ID_SKIP, 0);
    choose("diabetes", "yes");
    spell("Ann");
    press_key(KEY_NEXT);
    spell("Lee");
    press_key(KEY_NEXT);
    spell("01031958");
    press_key(KEY_NEXT);
    spell("N195NF");
    press_key(KEY_NEXT);
    choose("nhs-number-known", "no");
    choose("contact", "email");
    spell("ann.lee");
    press_key(KEY_ENDING);
    press_key(KEY_NEXT);
    choose("formats", "none");
    choose("start-help", "none");
    choose("mode", "alone");
    choose("agree-account", NULL);
    assert_int_equal(app->model.screen, SCREEN_CHECK);
    press_on(ID_CONTINUE, 0);
    press_on(ID_SKIP, 0);
    assert_true(person.effects.save);
    assert_int_equal(
        app_record(app, id, "6f1c2f0e-0000-4000-8000-000000000002", 0, person.now, &record),
        ERR_OK);
    assert_non_null(strstr(record.at, "ann.lee@gmail.com"));
    assert_non_null(strstr(record.at, "1958-03-01"));
    app_sealed(app);
    app_saved(app, person.now);
    app_tick(app, person.now, &person.effects);
    person_look();
    assert_int_equal(app->model.screen, SCREEN_DONE);
    assert_focus_is_seen();
    press_on(ID_FINISH, 0);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_int_equal(app->hand, HAND_TOUCH);
}

static void a_keypad_alone_signs_up(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_presses(INPUT_KEY_DOWN);
    sign_up();
    print_message("with a keypad: %d presses\n", person.presses);
}

static void two_switches_alone_sign_up(void **state)
{
    (void)state;
    begin_with(TWO_SWITCHES);
    sign_up();
    print_message("with two switches: %d presses\n", person.presses);
}

static void one_switch_alone_signs_up(void **state)
{
    int64_t began = person.now;

    (void)state;
    begin_with(ONE_SWITCH);
    sign_up();
    print_message("with one switch: %d presses, %d s at 2 s a step\n", person.presses,
                  (int)((person.now - began) / 1000));
}

/* --- nothing is missed, nothing is a trap ------------------------------------------------------
 */

static bool is_reachable(int i)
{
    return i >= glass()->modal_from &&
           (glass()->elements[i].target || glass()->elements[i].role == ROLE_KEYS);
}

/* From every focus, down goes through all stops in the order they are read, and comes back. */
static void assert_walk_is_whole(void)
{
    const struct scene *scene = glass();
    int first = -1;
    int stops = 0;

    for (int i = 0; i < scene->element_count; i++) {
        if (!is_reachable(i) || !scene_is_stop(&scene->elements[i]))
            continue;
        if (first < 0)
            first = i;
        stops++;
    }
    assert_true(stops > 0);
    for (int i = 0; i < scene->element_count; i++) {
        if (!is_reachable(i))
            continue;
        const struct element *at = &scene->elements[i];
        int seen = 0;
        int last = i;
        bool inside = !scene_is_stop(at);
        do {
            at = scene_focus_step(scene, at->id, 1);
            assert_non_null(at);
            int place = (int)(at - scene->elements);
            assert_true(place > last || place == first);
            last = place;
            if (scene_is_stop(at))
                seen++;
        } while (seen < stops && last != i);
        assert_true(inside || seen == stops);
    }
    /* Each key of each row, too. */
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *row = &scene->elements[i];
        if (!is_reachable(i) || row->role != ROLE_KEYS)
            continue;
        const struct element *key = scene_focus_into(scene, row);
        for (int k = i + 1; k < scene->element_count && scene->elements[k].group == row->group;
             k++) {
            assert_ptr_equal(key, &scene->elements[k]);
            key = scene_focus_step(scene, key->id, 1);
        }
        assert_true(scene_is_stop(key));
    }
}

static void look_at_each_size(void)
{
    struct model *m = &app->model;

    for (int n = 0; n < 6; n++) {
        app_resize(app, n % 2 == 0 ? 1080 : 1920, n % 2 == 0 ? 1920 : 1080);
        m->comfort.text_percent = 100 + 25 * (n / 2);
        int sheet = 0;
        for (m->sheet = 0;;) {
            person_look();
            assert_walk_is_whole();
            /* Of fields that show one at a time the caret's is the sheet: it stays. */
            if (m->sheet + 1 >= m->sheets || m->sheet < sheet)
                break;
            sheet = ++m->sheet;
        }
        m->dialog = DIALOG_START_AGAIN;
        person_look();
        assert_walk_is_whole();
        assert_int_equal(glass()->elements[glass()->modal_from].role, ROLE_DIALOG);
        m->dialog = DIALOG_NONE;
    }
    m->comfort.text_percent = 100;
    m->sheet = 0;
    app_resize(app, 1080, 1920);
    person_look();
}

static void every_screen_is_walked_whole_and_round(void **state)
{
    const struct questionnaire *q = person.pack->questionnaire;

    (void)state;
    look_at_each_size();
    app->model.receipt.next_page = "done-email";
    for (int s = 0; s < SCREEN_COUNT; s++) {
        /* Pages come below; while it saves or is cleaned there is nothing to choose. */
        if (s == SCREEN_PAGE || s == SCREEN_SAVING || s == SCREEN_CLEANING)
            continue;
        app->model.screen = (enum screen_id)s;
        look_at_each_size();
    }
    app_end_session(app);
    for (int i = 0; i < q->item_count; i++) {
        if (questionnaire_page_of(q, i) != i)
            continue;
        journey_show_page(&app->model, i);
        look_at_each_size();
    }
}

static void the_way_up_is_the_way_down_backwards(void **state)
{
    (void)state;
    person_goes_to("p-name");
    begin_with(KEYPAD);
    person_presses(INPUT_KEY_DOWN);
    for (int i = 0; i < 40; i++) {
        struct element_id from = app->focus;
        person_presses(INPUT_KEY_DOWN);
        person_presses(INPUT_KEY_UP);
        assert_true(element_id_equal(app->focus, from));
        person_presses(INPUT_KEY_DOWN);
    }
}

/* --- where the focus goes ----------------------------------------------------------------------
 */

static void assert_focus(int what, int which)
{
    assert_int_equal(app->focus.what, what);
    assert_int_equal(app->focus.which, which);
    assert_focus_is_seen();
}

static void a_screen_begins_below_its_heading(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_presses(INPUT_KEY_DOWN);
    assert_focus(ID_BEGIN, -1);
    press();
    assert_focus(ID_CONTINUE, 0);
    press_on(ID_SKIP, 0);
    assert_focus(ID_OPTION, person_option("diabetes", "yes"));
    press();
    assert_focus(ID_OPTION, person_option("diabetes", "yes"));
    press_on(ID_CONTINUE, 0);
    assert_focus(ID_FIELD, person_item("first-name") * 4);
    press();
    assert_focus(ID_KEY, KEY_ROW);
    person_presses(INPUT_KEY_CANCEL);
    assert_int_equal(app->model.page, person_item("p-diabetes"));
    assert_focus(ID_OPTION, person_option("diabetes", "yes"));
}

static void a_key_keeps_the_focus_and_back_leaves_the_row(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_goes_to("p-name");
    person_presses(INPUT_KEY_DOWN);
    press();
    press();
    assert_focus(ID_KEY, 'Q');
    press();
    assert_focus(ID_KEY, 'q'); /* capitals are for the first letter */
    press();
    assert_true(person_said("first-name", "Qq"));
    person_presses(INPUT_KEY_CANCEL);
    assert_focus(ID_KEY, KEY_ROW);
    assert_int_equal(app->model.page, person_item("p-name"));
    press();
    person_presses(INPUT_KEY_UP);
    assert_focus(ID_KEY, KEY_ROW);
    press();
    for (int i = 0; i < 10; i++)
        person_presses(INPUT_KEY_DOWN);
    assert_focus(ID_KEY, KEY_ROW + 1);
}

static void an_error_has_the_focus_and_leads_to_its_field(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_goes_to("p-birth-date");
    person_presses(INPUT_KEY_DOWN);
    press_on(ID_CONTINUE, 0);
    assert_true(app->model.problems.count > 0);
    assert_focus(ID_PROBLEM, 0);
    press();
    assert_focus(ID_FIELD, person_item("birth-date") * 4);
}

/* Two wrong fields leave no room for a summary: each says itself what is wrong with it. */
static void without_a_summary_the_wrong_field_has_the_focus(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_goes_to("p-name");
    person_presses(INPUT_KEY_DOWN);
    press_on(ID_CONTINUE, 0);
    assert_int_equal(app->model.problems.count, 2);
    assert_null(person_finds(ID_PROBLEM, 0));
    assert_focus(ID_FIELD, person_item("first-name") * 4);
}

static void enter_on_a_keyboard_goes_from_field_to_field_and_on(void **state)
{
    (void)state;
    person_goes_to("p-name");
    person_types("Ann");
    person_presses(INPUT_KEY_ENTER);
    assert_int_equal(app->model.field, person_item("last-name"));
    person_presses(INPUT_KEY_ENTER);
    assert_focus(ID_PROBLEM, 0);
    person_types("Lee");
    assert_true(person_said("last-name", "Lee"));
    person_presses(INPUT_KEY_ENTER);
    assert_int_equal(app->model.page, person_item("p-birth-date"));
    assert_int_equal(app->focus.what, -1); /* the caret is seen */
}

static void an_error_of_a_choice_leads_to_the_choices(void **state)
{
    (void)state;
    begin_with(TWO_SWITCHES);
    person_goes_to("p-contact");
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    press_on(ID_CONTINUE, 0);
    assert_focus(ID_PROBLEM, 0);
    press();
    assert_focus(ID_OPTION, person_option("contact", "email"));
}

static void a_dialog_gives_the_focus_back(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_goes_to("p-contact");
    press_on(ID_START_AGAIN, 0);
    assert_focus(ID_NO, 0);
    person_presses(INPUT_KEY_DOWN);
    assert_focus(ID_YES, 0);
    person_presses(INPUT_KEY_DOWN);
    assert_focus(ID_NO, 0);
    press();
    assert_focus(ID_START_AGAIN, 0);
    press();
    person_presses(INPUT_KEY_CANCEL);
    assert_int_equal(app->model.dialog, DIALOG_NONE);
    assert_focus(ID_START_AGAIN, 0);
}

static void tab_goes_from_field_to_button(void **state)
{
    (void)state;
    person_goes_to("p-name");
    person_types("Ann");
    for (int i = 0; i < 30; i++) {
        person_presses(INPUT_KEY_NEXT);
        assert_int_not_equal(app->focus.what, ID_KEY);
        assert_focus_is_seen();
    }
    while (app->focus.what != ID_FIELD)
        person_presses(INPUT_KEY_BACK);
    person_types("e");
    assert_true(element_id_equal(app->focus, UI_NONE)); /* the caret is where it goes */
}

static void a_finger_needs_no_ring(void **state)
{
    (void)state;
    begin_with(ONE_SWITCH);
    person_goes_to("p-contact");
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    assert_focus_is_seen();
    person_touches(ID_OPTION, person_option("contact", "email"));
    assert_int_equal(app->focus.what, -1);
    assert_true(app->scan_ms == INT64_MAX);
    person_touches(ID_CONTINUE, 0);
    assert_int_equal(app->focus.what, -1);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void help_opens_and_closes(void **state)
{
    (void)state;
    person_presses(INPUT_KEY_HELP);
    assert_int_equal(app->model.screen, SCREEN_HELP);
    person_presses(INPUT_KEY_HELP);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
}

/* Without seeing anything: the first press speaks, the next one helps. */
static void help_speaks_first_where_nobody_has_begun(void **state)
{
    (void)state;
    app->model.listening.offered = true;
    person_presses(INPUT_KEY_HELP);
    assert_true(app->model.listening.on);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    person_presses(INPUT_KEY_HELP);
    assert_int_equal(app->model.screen, SCREEN_HELP);
}

static void volume_keys_speak_and_then_turn_it_up_and_down(void **state)
{
    (void)state;
    app->model.listening.offered = true;
    app->model.listening.volume = 5;
    person_presses(INPUT_KEY_SOFTER);
    assert_true(app->model.listening.on);
    assert_int_equal(app->model.listening.volume, 5);
    person_presses(INPUT_KEY_LOUDER);
    assert_int_equal(app->model.listening.volume, 6);
    person_presses(INPUT_KEY_SOFTER);
    assert_int_equal(app->model.listening.volume, 5);
}

static void strike(enum input_key key, int64_t after_ms)
{
    struct input input = {.kind = INPUT_KEY, .key = key};

    person.now += after_ms;
    app_input(app, &input, person.now, &person.effects);
    person_look();
}

/* EN 301 549, 5.8: the same keystroke again within a time that can be set to 0.5 s and more. */
static void a_second_strike_is_not_taken(void **state)
{
    (void)state;
    app_set_reach(app, &(struct reach){.again_ms = 500});
    person_goes_to("p-contact");
    strike(INPUT_KEY_DOWN, 1000);
    struct element_id first = app->focus;
    strike(INPUT_KEY_DOWN, 499);
    assert_true(element_id_equal(app->focus, first));
    strike(INPUT_KEY_DOWN, 1);
    assert_false(element_id_equal(app->focus, first));
    strike(INPUT_KEY_UP, 1); /* another key is no second strike */
    assert_true(element_id_equal(app->focus, first));
}

static void enter_twice_does_not_go_through_two_pages(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_touches(ID_BEGIN, -1);
    strike(INPUT_KEY_DOWN, 1000);
    assert_focus(ID_CONTINUE, 0);
    strike(INPUT_KEY_ENTER, 1000);
    assert_int_equal(app->model.about, 1);
    strike(INPUT_KEY_ENTER, APP_SECOND_TOUCH_MS - 1);
    assert_int_equal(app->model.about, 1);
    strike(INPUT_KEY_ENTER, 1);
    assert_int_equal(app->model.about, 2);
}

/* --- the ring that moves by itself, and time ---------------------------------------------------
 */

static void the_ring_rests_after_three_rounds(void **state)
{
    int steps = 0;
    int rounds = 0;

    (void)state;
    begin_with(ONE_SWITCH);
    person_goes_to("p-contact");
    assert_true(app->scan_ms == INT64_MAX);
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    struct element_id first = app->focus;
    assert_true(app_deadline_ms(app, person.now) <= person.now + 4000);
    while (app->scan_ms != INT64_MAX) {
        assert_int_equal(app->model.dialog, DIALOG_NONE);
        next();
        steps++;
        rounds += element_id_equal(app->focus, first);
        assert_true(steps < 100);
    }
    assert_int_equal(rounds, 2); /* the third began and ended with the top of the screen */
    /* It rests, and choosing wakes it: nothing is chosen by that. */
    assert_false(answers_chosen(&app->model.secret->answers, person_item("contact"), 0));
    struct element_id rests = app->focus;
    press();
    assert_true(element_id_equal(app->focus, rests));
    assert_true(app->scan_ms < INT64_MAX);
}

static void the_ring_goes_as_fast_as_it_is_set(void **state)
{
    static const int steps[] = {SCAN_LEAST_MS, SCAN_MOST_MS};

    (void)state;
    for (int i = 0; i < 2; i++) {
        begin_with(ONE_SWITCH);
        app->model.scan.step_ms = steps[i];
        person_touches(ID_TEXT_SIZE, 0); /* a finger stops the ring */
        person_presses(INPUT_KEY_SWITCH_CHOOSE);
        assert_true(app->scan_ms == person.now + 2 * steps[i]); /* time to read */
        next();
        assert_true(app->scan_ms == person.now + steps[i]);
    }
}

static void one_switch_sets_how_fast_the_ring_moves(void **state)
{
    (void)state;
    begin_with(ONE_SWITCH);
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    assert_int_equal(app->model.screen, SCREEN_SWITCHES);
    press_on(ID_SPEED, 1);
    assert_int_equal(app->model.scan.step_ms, 1500);
    assert_focus(ID_SPEED, 1);
    for (int i = 0; i < 5; i++)
        press_on(ID_SPEED, 1);
    assert_int_equal(app->model.scan.step_ms, SCAN_LEAST_MS);
    for (int i = 0; i < 10; i++)
        press_on(ID_SPEED, 0);
    assert_int_equal(app->model.scan.step_ms, SCAN_MOST_MS);
    press_on(ID_CONTINUE, 0);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_focus(ID_BEGIN, -1);
    press();
    assert_int_equal(app->model.screen, SCREEN_ABOUT);
    app_end_session(app);
    assert_int_equal(app->model.scan.step_ms, 2000); /* the next person's is the kiosk's */
}

static void waits_for_question(int64_t patience_ms, int warning_s)
{
    person_waits(patience_ms - 1 - (person.now - app->seen_ms));
    assert_int_equal(app->model.dialog, DIALOG_NONE);
    person_waits(1);
    assert_int_equal(app->model.dialog, DIALOG_STILL_THERE);
    assert_int_equal(app->model.seconds_left, warning_s);
}

static void whoever_needs_keys_gets_more_time_again_and_again(void **state)
{
    (void)state;
    begin_with(KEYPAD);
    person_goes_to(NULL);
    waits_for_question(APP_PATIENCE_MS, APP_WARNING_S);
    person_touches(ID_NO, 0);
    person_presses(INPUT_KEY_DOWN);
    for (int i = 0; i < 25; i++) {
        waits_for_question(APP_LONG_PATIENCE_MS, 60);
        person_waits(59000);
        assert_focus(ID_NO, 0);
        press();
        assert_int_equal(app->model.screen, SCREEN_CHECK);
    }
    waits_for_question(APP_LONG_PATIENCE_MS, 60);
    person_waits(60000);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
}

static void one_switch_answers_whether_somebody_is_there(void **state)
{
    (void)state;
    begin_with(ONE_SWITCH);
    person_goes_to(NULL);
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    while (app->scan_ms != INT64_MAX)
        next();
    waits_for_question(APP_LONG_PATIENCE_MS, 60);
    assert_focus(ID_NO, 0);
    person_waits(40000);
    assert_true(app->scan_ms < INT64_MAX);
    go_to((struct element_id){ID_NO, 0});
    press();
    assert_int_equal(app->model.dialog, DIALOG_NONE);
    assert_true(app->scan_ms < INT64_MAX);
    assert_int_equal(app->model.screen, SCREEN_CHECK);
}

static void switches_that_are_off_do_nothing(void **state)
{
    (void)state;
    app_set_reach(app, &(struct reach){.scan = {SCAN_OFF, 2000}});
    person_presses(INPUT_KEY_SWITCH_NEXT);
    person_presses(INPUT_KEY_SWITCH_CHOOSE);
    assert_int_equal(app->hand, HAND_TOUCH);
    assert_int_equal(app->focus.what, -1);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, person_set_up, person_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_keypad_alone_signs_up),
        TEST(two_switches_alone_sign_up),
        TEST(one_switch_alone_signs_up),
        TEST(every_screen_is_walked_whole_and_round),
        TEST(the_way_up_is_the_way_down_backwards),
        TEST(a_screen_begins_below_its_heading),
        TEST(a_key_keeps_the_focus_and_back_leaves_the_row),
        TEST(an_error_has_the_focus_and_leads_to_its_field),
        TEST(without_a_summary_the_wrong_field_has_the_focus),
        TEST(enter_on_a_keyboard_goes_from_field_to_field_and_on),
        TEST(an_error_of_a_choice_leads_to_the_choices),
        TEST(a_dialog_gives_the_focus_back),
        TEST(tab_goes_from_field_to_button),
        TEST(a_finger_needs_no_ring),
        TEST(help_opens_and_closes),
        TEST(help_speaks_first_where_nobody_has_begun),
        TEST(volume_keys_speak_and_then_turn_it_up_and_down),
        TEST(help_speaks_first_where_nobody_has_begun),
        TEST(volume_keys_speak_and_then_turn_it_up_and_down),
        TEST(a_second_strike_is_not_taken),
        TEST(enter_twice_does_not_go_through_two_pages),
        TEST(the_ring_rests_after_three_rounds),
        TEST(the_ring_goes_as_fast_as_it_is_set),
        TEST(one_switch_sets_how_fast_the_ring_moves),
        TEST(whoever_needs_keys_gets_more_time_again_and_again),
        TEST(one_switch_answers_whether_somebody_is_there),
        TEST(switches_that_are_off_do_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, person_goes);
}
