/*
 * Places for people who were called in: kept under a code, opened by it alone, gone in time; and
 * the whole way there and back through the screens. Nothing typed stays in the clear.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/person.h"
#include "app/places.h"
#include "ui/keyboard.h"

static struct app *const app = &person.app;
static struct places places;
static struct kept kept;
static struct kept opened;
static int64_t now;

static int set_up(void **state)
{
    (void)state;
    memset(&places, 0, sizeof places);
    memset(&kept, 0x5A, sizeof kept);
    memset(&opened, 0, sizeof opened);
    now = 5000;
    return sodium_init() < 0;
}

static void keep(char mark, char out_code[MODEL_CODE + 1])
{
    memset(&kept.answers, mark, sizeof kept.answers);
    assert_int_equal(places_keep(&places, &kept, &env_system, now, out_code), ERR_OK);
}

/* A code that is none of those given. */
static const char *wrong_code(const char *right)
{
    static char code[MODEL_CODE + 1];

    strcpy(code, right);
    code[0] = code[0] == '9' ? '0' : (char)(code[0] + 1);
    return code;
}

static bool holds(const void *memory, size_t size, const void *bytes, size_t len)
{
    const unsigned char *at = memory;

    for (size_t i = 0; i + len <= size; i++) {
        if (memcmp(at + i, bytes, len) == 0)
            return true;
    }
    return false;
}

static void a_place_opens_once_with_its_code(void **state)
{
    char code[MODEL_CODE + 1];

    (void)state;
    keep('a', code);
    assert_int_equal(strlen(code), MODEL_CODE);
    assert_int_equal(strspn(code, "0123456789"), MODEL_CODE);
    assert_int_equal(places_count(&places), 1);
    assert_int_equal(places_open(&places, code, now, &opened), ERR_OK);
    assert_memory_equal(&opened, &kept, sizeof kept);
    assert_int_equal(places_count(&places), 0);
    assert_int_equal(places_open(&places, code, now, &opened), ERR_NOT_FOUND);
}

static void neither_answers_nor_code_lie_in_the_clear(void **state)
{
    char code[MODEL_CODE + 1];

    (void)state;
    keep('a', code);
    assert_false(holds(&places, sizeof places, "aaaaaaaa", 8));
    assert_false(holds(&places, sizeof places, "\x5A\x5A\x5A\x5A\x5A\x5A\x5A\x5A", 8));
    assert_false(holds(&places, sizeof places, code, MODEL_CODE));
}

static void a_wrong_code_opens_nothing_and_counts_against_all(void **state)
{
    char first[MODEL_CODE + 1];
    char second[MODEL_CODE + 1];

    (void)state;
    keep('a', first);
    for (int i = 0; i < 3; i++)
        assert_int_equal(places_open(&places, wrong_code(first), now, &opened), ERR_NOT_FOUND);
    assert_int_equal(places_tries_left(&places), 2);
    keep('b', second);
    assert_int_equal(places_open(&places, wrong_code(second), now, &opened), ERR_NOT_FOUND);
    assert_int_equal(places_count(&places), 2);
    /* The fifth: the first place is gone, the second had two, and for a while nothing is taken. */
    assert_int_equal(places_open(&places, wrong_code(second), now, &opened), ERR_NOT_FOUND);
    assert_int_equal(places_count(&places), 1);
    assert_int_equal(places_pause_minutes(&places, now), 10);
    assert_int_equal(places_open(&places, second, now, &opened), ERR_UNAVAILABLE);
    now += PLACES_PAUSE_MS - 1;
    assert_int_equal(places_pause_minutes(&places, now), 1);
    assert_int_equal(places_open(&places, second, now, &opened), ERR_UNAVAILABLE);
    now += 1;
    assert_int_equal(places_open(&places, first, now, &opened), ERR_NOT_FOUND);
    assert_int_equal(places_open(&places, second, now, &opened), ERR_OK);
    assert_int_equal(((const char *)&opened.answers)[0], 'b');
}

static void a_place_is_gone_after_two_hours(void **state)
{
    static const struct place empty;
    char first[MODEL_CODE + 1];
    char second[MODEL_CODE + 1];

    (void)state;
    assert_true(places_deadline_ms(&places) == INT64_MAX);
    keep('a', first);
    now += 60000;
    keep('b', second);
    assert_true(places_deadline_ms(&places) == now - 60000 + PLACES_KEPT_MS);
    now += PLACES_KEPT_MS - 60000 - 1;
    places_tick(&places, now);
    assert_int_equal(places_count(&places), 2);
    now += 1;
    places_tick(&places, now);
    assert_int_equal(places_count(&places), 1);
    assert_memory_equal(&places.at[0], &empty, sizeof empty);
    assert_int_equal(places_open(&places, second, now, &opened), ERR_OK);
    assert_int_equal(((const char *)&opened.answers)[0], 'b');
}

static void eight_are_kept_and_the_ninth_is_told(void **state)
{
    char codes[PLACES][MODEL_CODE + 1];
    char none[MODEL_CODE + 1];

    (void)state;
    for (int i = 0; i < PLACES; i++) {
        keep((char)('a' + i), codes[i]);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(codes[i], codes[k]);
    }
    assert_int_equal(places_keep(&places, &kept, &env_system, now, none), ERR_LIMIT);
    for (int i = PLACES - 1; i >= 0; i -= PLACES - 1) {
        assert_int_equal(places_open(&places, codes[i], now, &opened), ERR_OK);
        assert_int_equal(((const char *)&opened.answers)[0], 'a' + i);
    }
}

/* Dice that throw these numbers, one after the other, and then chance. */
static uint64_t thrown[8];
static int throws;

static void loaded_dice(void *context, void *out_bytes, size_t size)
{
    (void)context;
    if (size == sizeof thrown[0] && throws < 8)
        memcpy(out_bytes, &thrown[throws++], size);
    else
        env_random(&env_system, out_bytes, size);
}

static void simple_codes_are_drawn_again_and_so_is_one_in_use(void **state)
{
    struct env env = env_system;
    char code[MODEL_CODE + 1];

    (void)state;
    env.random = loaded_dice;
    /* Small numbers are thrown away before: see env_random_below. */
    const uint64_t base = 1000000ull * 1000000ull;
    const uint64_t numbers[] = {0, 777777, 123456, 987654, 418302, 418302, 7};
    for (int i = 0; i < 7; i++)
        thrown[i] = base + numbers[i];
    throws = 0;
    assert_int_equal(places_keep(&places, &kept, &env, now, code), ERR_OK);
    assert_string_equal(code, "418302");
    assert_int_equal(places_keep(&places, &kept, &env, now, code), ERR_OK);
    assert_string_equal(code, "000007");
    throws = 8;
}

static void a_changed_seal_is_not_opened(void **state)
{
    char code[MODEL_CODE + 1];

    (void)state;
    keep('a', code);
    places.at[0].sealed[100] ^= 1;
    assert_int_equal(places_open(&places, code, now, &opened), ERR_NOT_FOUND);
}

/* --- through the screens -----------------------------------------------------------------------
 */

static int go(void **state)
{
    setenv("TZ", "Europe/London", 1);
    tzset();
    return person_set_up(state);
}

static char shown_code[MODEL_CODE + 1];

static void go_called_in(void)
{
    person_touches(ID_CALLED_IN, 0);
    assert_int_equal(app->model.screen, SCREEN_CALLED_IN);
    strcpy(shown_code, app->block->secret.code);
}

static void enter(const char *code)
{
    for (; *code != '\0'; code++)
        person_touches(ID_KEY, *code);
    person_touches(ID_KEY, KEY_NEXT);
}

static bool says(const char *text)
{
    const struct scene *scene = app->scenes[app->shown];

    for (int i = 0; i < scene->element_count; i++) {
        if (strstr(scene->elements[i].label, text) != NULL)
            return true;
    }
    return false;
}

static void assert_nothing_typed(void)
{
    struct answers fresh;

    memset(&fresh, 0, sizeof fresh);
    answers_init(person.pack->questionnaire, &fresh);
    assert_memory_equal(&app->block->secret.answers, &fresh, sizeof fresh);
    assert_false(holds(app->block, sizeof *app->block, "ann.lee", 7));
    assert_false(holds(app->places, sizeof *app->places, "ann.lee", 7));
}

/* From the list of languages, on however many sheets, back to where it was opened. */
static void leave_languages(void)
{
    while (app->model.screen == SCREEN_LANGUAGE)
        person_touches(ID_CONTINUE, 0);
}

static void choose_language(const char *code)
{
    int which = (int)(pack_language(person.pack, code) - person.pack->languages);

    while (person_finds(ID_LANGUAGE, which) == NULL)
        person_touches(ID_CONTINUE, 0);
    person_touches(ID_LANGUAGE, which);
}

static void a_person_goes_and_comes_back(void **state)
{
    (void)state;
    person_touches(ID_LANGUAGE_MENU, 0);
    leave_languages();
    person_goes_to("p-formats");
    person_touches(ID_TEXT_SIZE, 0);
    person_touches(ID_CONTRAST, 0);
    person_touches(ID_LANGUAGE_MENU, 0);
    choose_language("ar");
    leave_languages();
    go_called_in();
    assert_true(app->forget);
    assert_nothing_typed();
    assert_non_null(person_finds(ID_CODE, 0));
    assert_int_equal(person_finds(ID_CODE, 0)->value[3], ' ');
    person_touches(ID_FINISH, 0);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_false(app->model.language->right_to_left);
    assert_int_equal(app->model.places, 1);
    assert_false(holds(app->block, sizeof *app->block, shown_code, MODEL_CODE));

    person_touches(ID_HAVE_CODE, 0);
    enter(shown_code);
    assert_int_equal(app->model.screen, SCREEN_PAGE);
    assert_int_equal(app->model.page, person_item("p-formats"));
    assert_true(app->model.language->right_to_left);
    assert_int_equal(app->model.comfort.text_percent, 125);
    assert_int_equal(app->model.comfort.scheme, SCHEME_BLACK_ON_WHITE);
    assert_true(person_said("email", "ann.lee@example.com"));
    assert_int_equal(app->model.places, 0);
    assert_int_equal(app->block->secret.code[0], 0);
    person_answers("formats", "none");
    assert_int_equal(app->model.page, person_item("p-start"));
}

static void a_change_that_was_begun_can_be_taken_back_afterwards(void **state)
{
    (void)state;
    person_goes_to(NULL);
    person_touches(ID_CHANGE, person_item("p-name"));
    person_types("e");
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_touches(ID_HAVE_CODE, 0);
    enter(shown_code);
    assert_true(person_said("first-name", "Anne"));
    person_touches(ID_BACK, 0);
    assert_int_equal(app->model.screen, SCREEN_CHECK);
    assert_true(person_said("first-name", "Ann"));
}

static void who_did_not_go_carries_on(void **state)
{
    (void)state;
    person_goes_to(NULL);
    go_called_in();
    person_touches(ID_BACK, 0);
    assert_int_equal(app->model.screen, SCREEN_CHECK);
    assert_true(person_said("email", "ann.lee@example.com"));
    assert_int_equal(app->model.places, 0);
}

static void the_screen_clears_itself_and_the_place_stays(void **state)
{
    (void)state;
    person_goes_to("p-contact");
    go_called_in();
    person_waits(APP_DONE_S * 1000 - 1);
    assert_int_equal(app->model.screen, SCREEN_CALLED_IN);
    person_waits(1001);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_non_null(person_finds(ID_HAVE_CODE, 0));
    person_waits(PLACES_KEPT_MS);
    assert_null(person_finds(ID_HAVE_CODE, 0));
    assert_true(app_deadline_ms(app, person.now) == INT64_MAX);
}

static void it_says_until_when(void **state)
{
    static const struct {
        int64_t wall_ms;
        const char *words;
    } cases[] = {
        {1795435200000, "**2 pm today**"},     /* 12:00 on 23 November 2026 */
        {1795449600000, "**6 pm today**"},     /* 16:00 */
        {1795449899000, "**6 pm today**"},     /* 16:04:59 */
        {1795449900000, "**6:05 pm today**"},  /* 16:05 */
        {1795474800000, "**1 am**"},           /* 23:00 */
        {1795425300000, "**11:15 am today**"}, /* 09:15 */
        {1784109600000, "**1 pm today**"},     /* 11:00 on 15 July 2026, summer time */
        {60000, "**2 hours**"},                /* the clock was never set */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        person.wall_ms = cases[i].wall_ms;
        person_goes_to("p-diabetes");
        go_called_in();
        if (!says(cases[i].words))
            fail_msg("case %zu does not say %s", i, cases[i].words);
        person_touches(ID_FINISH, 0);
    }
}

static void nobody_goes_from_where_there_is_no_place(void **state)
{
    (void)state;
    assert_null(person_finds(ID_CALLED_IN, 0));
    person_touches(ID_LANGUAGE_MENU, 0);
    assert_null(person_finds(ID_CALLED_IN, 0));
    leave_languages();
    person_touches(ID_BEGIN, -1);
    assert_non_null(person_finds(ID_CALLED_IN, 0));
    person_touches(ID_LANGUAGE_MENU, 0);
    assert_non_null(person_finds(ID_CALLED_IN, 0));
    leave_languages();
    person_touches(ID_SKIP, 0);
    person_goes_to(NULL);
    assert_non_null(person_finds(ID_CALLED_IN, 0));
    person_touches(ID_CHANGE, person_item("p-diabetes"));
    person_answers("diabetes", "no");
    assert_non_null(person_finds(ID_FINISH, 0));
    assert_null(person_finds(ID_CALLED_IN, 0));
    person_touches(ID_BACK, 0);
    person_touches(ID_BACK, 0);
    person_touches(ID_CONTINUE, 0); /* "Sign me up" */
    assert_true(app->model.confirmed);
    assert_null(person_finds(ID_CALLED_IN, 0));
}

static void a_wrong_code_is_said_with_the_tries_that_are_left(void **state)
{
    (void)state;
    person_goes_to("p-contact");
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_touches(ID_HAVE_CODE, 0);
    person_touches(ID_KEY, '1');
    person_touches(ID_KEY, KEY_NEXT);
    assert_true(says("Enter all 6 digits"));
    person_touches(ID_KEY, KEY_BACKSPACE);
    for (int left = 4; left > 0; left--) {
        enter(wrong_code(shown_code));
        assert_true(says("That code does not match."));
        assert_int_equal(app->model.code_left, left);
        assert_int_equal(strlen(app->block->secret.code), 0);
    }
    assert_true(says("**1 try left.**"));
    /* Leaving and coming back gives no new tries. */
    person_touches(ID_BACK, 0);
    person_touches(ID_HAVE_CODE, 0);
    enter(wrong_code(shown_code));
    assert_true(says("all saved answers are deleted now"));
    assert_null(person_finds(ID_KEY, '1'));
    person_touches(ID_BACK, 0);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_null(person_finds(ID_HAVE_CODE, 0));
}

static void a_pause_keeps_out_who_comes_next_and_ends(void **state)
{
    (void)state;
    person_goes_to("p-contact");
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_touches(ID_HAVE_CODE, 0);
    for (int i = 0; i < 4; i++)
        enter(wrong_code(shown_code));
    person_touches(ID_BACK, 0);
    person_goes_to("p-name");
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_touches(ID_HAVE_CODE, 0);
    enter(wrong_code(shown_code));
    assert_true(says("in **10 minutes**"));
    assert_int_equal(app->model.places, 1);
    person_touches(ID_BACK, 0);
    person_touches(ID_HAVE_CODE, 0);
    assert_true(says("You can enter a code again"));
    person_touches(ID_BACK, 0);
    person_waits(PLACES_PAUSE_MS);
    person_touches(ID_HAVE_CODE, 0);
    enter(shown_code);
    assert_int_equal(app->model.page, person_item("p-name"));
}

/* On a small panel the largest text has room for it only there. */
static void who_goes_from_help_comes_back_to_the_question(void **state)
{
    (void)state;
    person_goes_to("p-contact");
    person_touches(ID_HELP, 0);
    assert_int_equal(app->model.screen, SCREEN_HELP);
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_touches(ID_HAVE_CODE, 0);
    enter(shown_code);
    assert_int_equal(app->model.screen, SCREEN_PAGE);
    assert_int_equal(app->model.page, person_item("p-contact"));
}

static void a_full_table_says_so_and_goes_on(void **state)
{
    (void)state;
    for (int i = 0; i < PLACES; i++)
        app->places->at[i].until_ms = INT64_MAX;
    person_waits(1);
    person_goes_to("p-contact");
    person_touches(ID_CALLED_IN, 0);
    assert_int_equal(app->model.dialog, DIALOG_NO_PLACE);
    assert_false(holds(&app->block->kept, sizeof app->block->kept, "Ann", 3));
    person_touches(ID_NO, 0);
    assert_int_equal(app->model.page, person_item("p-contact"));
    assert_true(person_said("first-name", "Ann"));
    person_touches(ID_CALLED_IN, 0);
    person_touches(ID_YES, 0);
    assert_int_equal(app->model.screen, SCREEN_WELCOME);
    assert_nothing_typed();
}

static void keys_and_switches_come_back_too(void **state)
{
    (void)state;
    person_goes_to("p-contact");
    go_called_in();
    person_touches(ID_FINISH, 0);
    person_presses(INPUT_KEY_DOWN);
    while (app->focus.what != ID_HAVE_CODE)
        person_presses(INPUT_KEY_DOWN);
    person_presses(INPUT_KEY_ENTER);
    assert_int_equal(app->focus.what, ID_CODE);
    person_presses(INPUT_KEY_ENTER);
    assert_int_equal(app->focus.which, KEY_ROW);
    person_types("12 a");
    assert_string_equal(app->block->secret.code, "12");
    person_presses(INPUT_KEY_DELETE);
    person_presses(INPUT_KEY_DELETE);
    person_types(shown_code);
    person_presses(INPUT_KEY_ENTER);
    assert_int_equal(app->model.page, person_item("p-contact"));
}

#define ALONE(name) cmocka_unit_test_setup(name, set_up)
#define TEST(name)  cmocka_unit_test_setup_teardown(name, go, person_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ALONE(a_place_opens_once_with_its_code),
        ALONE(neither_answers_nor_code_lie_in_the_clear),
        ALONE(a_wrong_code_opens_nothing_and_counts_against_all),
        ALONE(a_place_is_gone_after_two_hours),
        ALONE(eight_are_kept_and_the_ninth_is_told),
        ALONE(simple_codes_are_drawn_again_and_so_is_one_in_use),
        ALONE(a_changed_seal_is_not_opened),
        TEST(a_person_goes_and_comes_back),
        TEST(a_change_that_was_begun_can_be_taken_back_afterwards),
        TEST(who_did_not_go_carries_on),
        TEST(the_screen_clears_itself_and_the_place_stays),
        TEST(it_says_until_when),
        TEST(nobody_goes_from_where_there_is_no_place),
        TEST(a_wrong_code_is_said_with_the_tries_that_are_left),
        TEST(a_pause_keeps_out_who_comes_next_and_ends),
        TEST(who_goes_from_help_comes_back_to_the_question),
        TEST(a_full_table_says_so_and_goes_on),
        TEST(keys_and_switches_come_back_too),
    };

    return cmocka_run_group_tests(tests, NULL, person_goes);
}
