/* What elements say, in which order a screen is read, and that no answer is said aloud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "speech/say.h"

static struct scene scene;
static char memory[SPEECH_BYTES];

/* English, as the sources have it; what stands before \004 is context (base/words.h). */
static const char *english(void *context, const char *one, const char *many, int n)
{
    const char *text = many != NULL && n != 1 ? many : one;
    const char *mark = strchr(text, '\004');

    (void)context;
    return mark == NULL ? text : mark + 1;
}

static const struct speech aloud = {.words = english};
static const struct speech headphones = {.words = english, .alone = true};

static int set_up(void **state)
{
    (void)state;
    scene_clear(&scene, 1080, 1920, 0);
    return 0;
}

static int add(enum role role, const char *label)
{
    scene.elements[scene.element_count] =
        (struct element){.id = {-1, -1}, .role = role, .label = label};
    return scene.element_count++;
}

static struct element *at(int element)
{
    return &scene.elements[element];
}

static const char *say_at(int element, const struct speech *speech)
{
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    speech_of_element(&scene, element, speech, &out);
    assert_int_equal(buf_status(&out), ERR_OK);
    return memory;
}

static const char *pressed(const char *label, const struct speech *speech)
{
    const struct element key = {.role = ROLE_KEY, .label = label};
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    speech_of_pressed(&key, speech, &out);
    return memory;
}

static const char *typed(const char *text, const struct speech *speech)
{
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    speech_of_typed(str_of(text), speech, &out);
    return memory;
}

static void test_words(void **state)
{
    (void)state;
    int heading = add(ROLE_HEADING, "Do you have type 2 diabetes?");
    int text = add(ROLE_TEXT, "HeLP-Diabetes is **free**.");
    int picture = add(ROLE_PICTURE, "");
    int quotation = add(ROLE_TEXT, "Do give it a try.");
    at(quotation)->value = "Dr Samira Ahmed";

    assert_string_equal(say_at(heading, &aloud), "Do you have type 2 diabetes?");
    assert_string_equal(say_at(text, &aloud), "Help-Diabetes is free.");
    assert_string_equal(say_at(picture, &aloud), "");
    assert_string_equal(say_at(quotation, &aloud), "Do give it a try. Dr Samira Ahmed");
}

static void test_controls(void **state)
{
    (void)state;
    int button = add(ROLE_BUTTON, "Continue");
    int change = add(ROLE_BUTTON, "Change");
    int contrast = add(ROLE_BUTTON, "Contrast");
    int tick = add(ROLE_CHECKBOX, "Send me reminders");
    at(change)->hint = "Change date of birth";
    at(contrast)->state = STATE_CHOSEN;
    at(tick)->hint = "About twice a month.";

    assert_string_equal(say_at(button, &aloud), "Continue, button");
    assert_string_equal(say_at(change, &aloud), "Change date of birth, button");
    assert_string_equal(say_at(contrast, &aloud), "Contrast, button, on");
    assert_string_equal(say_at(tick, &aloud),
                        "Send me reminders, About twice a month. tick box, not ticked");
    at(tick)->state = STATE_CHOSEN;
    assert_string_equal(say_at(tick, &aloud),
                        "Send me reminders, About twice a month. tick box, ticked");
}

static void test_choices_count_within_their_question(void **state)
{
    (void)state;
    add(ROLE_RADIO, "Another question's");
    add(ROLE_TEXT, "Between");
    int first = add(ROLE_RADIO, "Yes, I have type 2 diabetes");
    int second = add(ROLE_RADIO, "No");
    at(second)->state = STATE_CHOSEN;

    assert_string_equal(say_at(first, &aloud),
                        "Yes, I have type 2 diabetes, choice, 1 of 2, not chosen");
    assert_string_equal(say_at(second, &aloud), "No, choice, 2 of 2, chosen");
}

static void test_values_are_for_headphones(void **state)
{
    (void)state;
    int name = add(ROLE_FIELD, "First name");
    int day = add(ROLE_FIELD, "Day");
    int empty = add(ROLE_FIELD, "Year");
    int row = add(ROLE_ROW, "Name");
    at(name)->value = "Ann";
    at(day)->value = "14";
    at(empty)->value = "";
    at(row)->value = "Ann Lee";
    at(row)->personal = true;

    assert_string_equal(say_at(name, &aloud), "First name, field, 3 letters entered");
    assert_string_equal(say_at(name, &headphones), "First name, field, Ann");
    assert_string_equal(say_at(day, &aloud), "Day, field, 2 digits entered");
    assert_string_equal(say_at(day, &headphones), "Day, field, 1, 4");
    assert_string_equal(say_at(empty, &aloud), "Year, field, empty");
    assert_string_equal(say_at(row, &aloud), "Name, your answer is on the screen");
    assert_string_equal(say_at(row, &headphones), "Name, Ann Lee");
    at(row)->value = NULL;
    assert_string_equal(say_at(row, &headphones), "Name, hidden");
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *said;
    } keys[] = {
        {"a", "a"},
        {"A", "capital A"},
        {"\xC3\x81", "capital \xC3\x81"}, /* Á */
        {"\xC5\x81", "capital \xC5\x81"}, /* Ł */
        {"\xC5\x9F", "\xC5\x9F"},         /* ş */
        {"\xC5\x9E", "capital \xC5\x9E"}, /* Ş */
        {"\xC5\xBC", "\xC5\xBC"},         /* ż */
        {"\xC5\xBB", "capital \xC5\xBB"}, /* Ż */
        {"\xC5\x82", "\xC5\x82"},         /* ł */
        {"-", "dash"},
        {"@", "at"},
        {".com", "dot com"},
        {"@gmail.com", "at gmail dot com"},
        {".co.uk", "dot co dot uk"},
        {"Delete", "Delete"},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_string_equal(say_at(add(ROLE_KEY, keys[i].label), &aloud), keys[i].said);
    int accents = add(ROLE_KEY, "\xC3\xA1\xC3\xA9\xC3\xB1");
    at(accents)->hint = "Letters with accents";
    assert_string_equal(say_at(accents, &aloud), "Letters with accents");
}

static void test_what_is_typed_stays_private(void **state)
{
    (void)state;
    assert_string_equal(pressed("a", &aloud), "Letter entered");
    assert_string_equal(pressed("7", &aloud), "Digit entered");
    assert_string_equal(pressed("@gmail.com", &aloud), "Ending entered");
    assert_string_equal(pressed("Space", &aloud), "Space");
    assert_string_equal(pressed("a", &headphones), "a");
    assert_string_equal(pressed("@gmail.com", &headphones), "at gmail dot com");
    assert_string_equal(typed("K", &aloud), "Letter entered");
    assert_string_equal(typed("4", &aloud), "Digit entered");
    assert_string_equal(typed("K", &headphones), "capital K");
    assert_string_equal(typed("\xC3\xA9", &headphones), "\xC3\xA9");
}

static void test_codes(void **state)
{
    (void)state;
    int code = add(ROLE_CODE, "Your reference");
    int address = add(ROLE_CODE, "Take it home");
    at(code)->value = "HD-7K4M-Q2XP";
    at(address)->value = "help.example/start";

    assert_string_equal(say_at(code, &aloud),
                        "Your reference, H, D, dash, 7, K, 4, M, dash, Q, 2, X, P");
    assert_string_equal(say_at(address, &aloud), "Take it home, help dot example slash start");
}

/* Reads the screen and joins the labels of what is read. */
static const char *order(void)
{
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    for (int i = speech_first(&scene); i >= 0; i = speech_next(&scene, i))
        buf_add_format(&out, "%s;", scene.elements[i].label);
    return memory;
}

/* A page that was split goes on in the middle of its words. */
static void test_order_of_a_later_sheet(void **state)
{
    (void)state;
    add(ROLE_TEXT, "HeLP-Diabetes");
    add(ROLE_BUTTON, "Language");
    add(ROLE_TEXT, "The kiosk says something.");
    add(ROLE_HEADING, "Did you hear it?");
    add(ROLE_BUTTON, "Yes");
    assert_string_equal(order(), "The kiosk says something.;Did you hear it?;Yes;");
}

static void test_order_of_a_page(void **state)
{
    (void)state;
    add(ROLE_TEXT, "HeLP-Diabetes");
    add(ROLE_BUTTON, "Language");
    add(ROLE_PROGRESS, "Question 2 of 9");
    add(ROLE_HEADING, "What is your name?");
    add(ROLE_TEXT, "First name");
    int last = add(ROLE_FIELD, "First name");
    add(ROLE_KEY, "q");
    add(ROLE_BUTTON, "Continue");

    assert_string_equal(order(), "Question 2 of 9;What is your name?;First name;Continue;");
    assert_int_equal(speech_last_words(&scene), last);
}

static void test_what_is_wrong_comes_first(void **state)
{
    (void)state;
    add(ROLE_BUTTON, "Language");
    add(ROLE_PROGRESS, "Question 2 of 9");
    int summary = add(ROLE_ERROR_SUMMARY, "There is a problem");
    at(summary)->hint = "Enter your first name";
    add(ROLE_HEADING, "What is your name?");

    assert_string_equal(order(), "There is a problem;What is your name?;");
    assert_string_equal(say_at(summary, &aloud),
                        "There is a problem, Enter your first name, button");
}

static void test_only_the_dialog_is_read(void **state)
{
    (void)state;
    add(ROLE_HEADING, "What is your name?");
    scene.modal_from = scene.element_count;
    add(ROLE_DIALOG, "Are you still there?");
    add(ROLE_TIMER, "20");
    add(ROLE_HEADING, "Are you still there?");
    add(ROLE_TEXT, "This screen will clear in **20 seconds**.");
    add(ROLE_BUTTON, "Yes, I need more time");

    assert_string_equal(order(), "Are you still there?;This screen will clear in **20 seconds**.;"
                                 "Yes, I need more time;");
}

static void test_nothing_to_read(void **state)
{
    (void)state;
    assert_int_equal(speech_first(&scene), -1);
    assert_int_equal(speech_last_words(&scene), -1);
    add(ROLE_KEY, "q");
    assert_int_equal(speech_first(&scene), -1);
}

static void test_names(void **state)
{
    (void)state;
    const struct element change = {.label = "Change", .hint = "Change your name"};
    const struct element bold = {.label = "In **10 seconds**"};
    const struct element dash = {.label = "-"};

    assert_true(speech_names(&change, "Change your name, button"));
    assert_false(speech_names(&change, "your name, button"));
    assert_true(speech_names(&bold, "In 10 seconds"));
    assert_false(speech_names(&bold, "In 9 seconds"));
    assert_true(speech_names(&dash, "dash"));
    assert_false(speech_names(&dash, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_words, set_up),
        cmocka_unit_test_setup(test_controls, set_up),
        cmocka_unit_test_setup(test_choices_count_within_their_question, set_up),
        cmocka_unit_test_setup(test_values_are_for_headphones, set_up),
        cmocka_unit_test_setup(test_keys, set_up),
        cmocka_unit_test_setup(test_what_is_typed_stays_private, set_up),
        cmocka_unit_test_setup(test_codes, set_up),
        cmocka_unit_test_setup(test_order_of_a_later_sheet, set_up),
        cmocka_unit_test_setup(test_order_of_a_page, set_up),
        cmocka_unit_test_setup(test_what_is_wrong_comes_first, set_up),
        cmocka_unit_test_setup(test_only_the_dialog_is_read, set_up),
        cmocka_unit_test_setup(test_nothing_to_read, set_up),
        cmocka_unit_test_setup(test_names, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
