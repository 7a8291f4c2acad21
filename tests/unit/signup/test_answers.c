/* Answers: storing, the way through the form, checking a page, what is shown. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form.h"

struct fixture {
    struct questionnaire *q;
    struct answers a;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    f->q = form_load();
    answers_init(f->q, &f->a);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    questionnaire_destroy(f->q);
    free(f);
    return 0;
}

static void expect_page(const struct fixture *f, int page, const char *link_id)
{
    if (page == QUESTIONNAIRE_NONE)
        fail_msg("no page, expected %s", link_id);
    assert_string_equal(f->q->items[page].link_id, link_id);
}

static void expect_problem(const struct fixture *f, const struct problems *problems, int i,
                           const char *link_id, enum check check, const char *message)
{
    assert_true(i < problems->count);
    assert_string_equal(f->q->items[problems->at[i].item].link_id, link_id);
    assert_string_equal(check_name(problems->at[i].check), check_name(check));
    assert_string_equal(problem_message(f->q, problems->at[i]), message);
}

/* Shorter texts leave nothing behind, and no text moves into another's place. */
static void test_texts_leave_nothing(void **state)
{
    struct fixture *f = *state;
    int first = form_item(f->q, "first-name");
    int last = form_item(f->q, "last-name");

    form_type(f->q, &f->a, "first-name", "CANARY-ONE");
    form_type(f->q, &f->a, "last-name", "Second");
    form_type(f->q, &f->a, "first-name", "x");
    assert_true(str_is(answers_text(&f->a, first), "x"));
    assert_true(str_is(answers_text(&f->a, last), "Second"));
    assert_null(memmem(&f->a, sizeof f->a, "ANARY", 5));
    answers_clear(&f->a, first);
    answers_skip(&f->a, last);
    assert_int_equal(answers_state(f->q, &f->a, last), ANSWER_SKIPPED);
    for (size_t i = 0; i < sizeof f->a.text; i++)
        assert_int_equal(f->a.text[i], 0);
}

static void test_set_text_refuses(void **state)
{
    struct fixture *f = *state;
    static char text[LIMIT_ANSWER + 1];
    int first = form_item(f->q, "first-name");

    form_type(f->q, &f->a, "first-name", "Amina");
    memset(text, 'a', sizeof text);
    assert_int_equal(answers_set_text(f->q, &f->a, first, (struct str){text, sizeof text}),
                     ERR_LIMIT);
    assert_int_equal(answers_set_text(f->q, &f->a, first, STR_LITERAL("\xC3")), ERR_FORMAT);
    assert_int_equal(answers_set_text(f->q, &f->a, form_item(f->q, "diabetes"), STR_LITERAL("yes")),
                     ERR_FORMAT);
    assert_true(str_is(answers_text(&f->a, first), "Amina"));
    /* Its own text, as a view into the arena that moves. */
    assert_int_equal(answers_set_text(f->q, &f->a, first, answers_text(&f->a, first)), ERR_OK);
    assert_true(str_is(answers_text(&f->a, first), "Amina"));
}

static void test_exclusive_option(void **state)
{
    struct fixture *f = *state;
    int formats = form_item(f->q, "formats");
    int none = item_find_option(&f->q->items[formats], STR_LITERAL("none"));

    form_choose(f->q, &f->a, "formats", "audio");
    form_choose(f->q, &f->a, "formats", "bsl");
    answers_toggle(f->q, &f->a, formats, none);
    assert_true(f->a.of[formats].options == (uint64_t)1 << none);
    form_choose(f->q, &f->a, "formats", "audio");
    assert_false(answers_chosen(&f->a, formats, none));
    answers_toggle(f->q, &f->a, formats, answers_option(&f->a, formats));
    assert_int_equal(answers_option(&f->a, formats), QUESTIONNAIRE_NONE);
}

static void test_ways_out(void **state)
{
    struct fixture *f = *state;
    int page = form_item(f->q, "p-diabetes");

    expect_page(f, answers_first_page(f->q, &f->a, SECTION_ABOUT_YOU), "p-diabetes");
    form_choose(f->q, &f->a, "diabetes", "no");
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-not-for-you");
    assert_int_equal(answers_next_page(f->q, &f->a, form_item(f->q, "p-not-for-you")),
                     QUESTIONNAIRE_NONE);
    form_choose(f->q, &f->a, "diabetes", "carer");
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-carer");
    form_choose(f->q, &f->a, "diabetes", "not-sure");
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-not-sure");
    expect_page(f, answers_next_page(f->q, &f->a, form_item(f->q, "p-not-sure")), "p-name");
    form_choose(f->q, &f->a, "diabetes", "yes");
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-name");
    expect_page(f, answers_previous_page(f->q, &f->a, form_item(f->q, "p-name")), "p-diabetes");
}

static void test_under_18_leads_out(void **state)
{
    struct fixture *f = *state;
    struct problems problems;
    int page = form_item(f->q, "p-birth-date");

    form_type(f->q, &f->a, "birth-date", "15/3/2008");
    assert_true(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-under-18");
    form_type(f->q, &f->a, "birth-date", "14/3/2008");
    assert_true(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    expect_page(f, answers_next_page(f->q, &f->a, page), "p-postcode");
}

static void test_over_115_is_asked_once(void **state)
{
    struct fixture *f = *state;
    struct problems problems;
    int page = form_item(f->q, "p-birth-date");
    int birth = form_item(f->q, "birth-date");

    form_type(f->q, &f->a, "birth-date", "1/1/1905");
    assert_false(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    assert_int_equal(problems.at[0].check, CHECK_OVER_115);
    answers_confirm(&f->a, birth);
    assert_true(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    assert_true(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    form_type(f->q, &f->a, "birth-date", "1/1/1906");
    assert_false(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
}

static void test_problems_have_words(void **state)
{
    struct fixture *f = *state;
    struct problems problems;

    answers_check_page(f->q, &f->a, form_item(f->q, "p-name"), &form_demo, &problems);
    assert_int_equal(problems.count, 2);
    expect_problem(f, &problems, 0, "first-name", CHECK_EMPTY, "Enter your first name");
    expect_problem(f, &problems, 1, "last-name", CHECK_EMPTY, "Enter your last name");
    answers_check_page(f->q, &f->a, form_item(f->q, "p-diabetes"), &form_demo, &problems);
    expect_problem(f, &problems, 0, "diabetes", CHECK_EMPTY, "Choose an answer");
    answers_check_page(f->q, &f->a, form_item(f->q, "p-consent"), &form_demo, &problems);
    assert_int_equal(problems.count, 1);
    expect_problem(f, &problems, 0, "agree-account", CHECK_NOT_AGREED,
                   "To sign up, tick Set up my HeLP-Diabetes account");
}

static void test_one_name_only(void **state)
{
    struct fixture *f = *state;
    struct problems problems;
    int page = form_item(f->q, "p-name");

    form_type(f->q, &f->a, "first-name", "Suharto");
    assert_false(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
    answers_skip(&f->a, form_item(f->q, "last-name"));
    assert_true(answers_accept_page(f->q, &f->a, page, &form_demo, &problems));
}

/* What is refused stays as it was typed. */
static void test_refused_text_stays(void **state)
{
    struct fixture *f = *state;
    struct problems problems;

    form_type(f->q, &f->a, "postcode", "nw1 ");
    assert_false(
        answers_accept_page(f->q, &f->a, form_item(f->q, "p-postcode"), &form_demo, &problems));
    assert_true(str_is(answers_text(&f->a, form_item(f->q, "postcode")), "nw1 "));
}

static void test_consent_left_open_is_no(void **state)
{
    struct fixture *f = *state;

    form_fill(f->q, &f->a);
    int research = form_item(f->q, "agree-research");
    assert_int_equal(answers_state(f->q, &f->a, research), ANSWER_GIVEN);
    assert_false(answers_boolean(&f->a, research));
}

static void test_contact_opens_parts(void **state)
{
    struct fixture *f = *state;
    struct progress p;

    form_choose(f->q, &f->a, "contact", "both");
    p = answers_progress(f->q, &f->a, form_item(f->q, "p-mobile"));
    assert_int_equal(p.section, 6);
    assert_int_equal(p.part, 3);
    assert_int_equal(p.parts, 3);
    form_choose(f->q, &f->a, "contact", "neither");
    assert_true(answers_enabled(f->q, &f->a, form_item(f->q, "no-email")));
    assert_false(answers_enabled(f->q, &f->a, form_item(f->q, "email")));
    form_choose(f->q, &f->a, "no-email", "relative");
    assert_true(answers_enabled(f->q, &f->a, form_item(f->q, "email")));
    /* The answer on a page that closed counts no more. */
    form_choose(f->q, &f->a, "contact", "email");
    form_choose(f->q, &f->a, "contact", "both");
    assert_false(answers_enabled(f->q, &f->a, form_item(f->q, "no-email")));
    form_choose(f->q, &f->a, "contact", "text");
    form_choose(f->q, &f->a, "no-email", "not-now");
    expect_page(f, answers_next_page(f->q, &f->a, form_item(f->q, "p-no-email")), "p-not-now");
}

/* Who is promised a call is asked for a number, once. */
static void test_a_call_needs_a_number(void **state)
{
    static const struct {
        const char *contact;
        const char *start_help;
        bool asked;
    } rows[] = {{"neither", "none", true}, {"neither", "phone", true}, {"email", "phone", true},
                {"email", "none", false},  {"text", "phone", false},   {"both", "phone", false}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        form_choose(f->q, &f->a, "contact", rows[i].contact);
        form_choose(f->q, &f->a, "start-help", rows[i].start_help);
        expect_page(f, answers_next_page(f->q, &f->a, form_item(f->q, "p-start")),
                    rows[i].asked ? "p-phone" : "p-mode");
        assert_int_equal(answers_progress(f->q, &f->a, form_item(f->q, "p-consent")).sections,
                         rows[i].asked ? 10 : 9);
    }
}

static void test_check_all(void **state)
{
    struct fixture *f = *state;
    struct problems problems;

    form_fill(f->q, &f->a);
    answers_check_all(f->q, &f->a, &form_demo, &problems);
    assert_int_equal(problems.count, 0);
    form_choose(f->q, &f->a, "diabetes", "no");
    answers_check_all(f->q, &f->a, &form_demo, &problems);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.at[0].check, CHECK_WAY_OUT);
    form_choose(f->q, &f->a, "diabetes", "yes");
    answers_set_boolean(f->q, &f->a, form_item(f->q, "agree-account"), false);
    const struct check_context live = {KIOSK_LIVE, {2026, 3, 14}};
    answers_check_all(f->q, &f->a, &live, &problems);
    assert_int_equal(problems.count, 2);
    expect_problem(f, &problems, 0, "nhs-number", CHECK_TEST_NUMBER,
                   "Numbers that start with 9 are only examples. Enter your own NHS number");
    assert_int_equal(problems.at[1].check, CHECK_NOT_AGREED);
}

static void test_ethnic_code(void **state)
{
    struct fixture *f = *state;
    int code = form_item(f->q, "ethnic-code");

    answers_derive(f->q, &f->a, form_demo.today);
    assert_true(str_is(answers_text(&f->a, code), "99"));
    form_choose(f->q, &f->a, "ethnic-group", "prefer-not-to-say");
    answers_derive(f->q, &f->a, form_demo.today);
    assert_true(str_is(answers_text(&f->a, code), "Z"));
    assert_int_equal(answers_state(f->q, &f->a, form_item(f->q, "ethnic-group")), ANSWER_DECLINED);
    form_choose(f->q, &f->a, "ethnic-group", "asian");
    answers_derive(f->q, &f->a, form_demo.today);
    assert_true(str_is(answers_text(&f->a, code), "99"));
    form_choose(f->q, &f->a, "ethnic-asian", "chinese");
    answers_derive(f->q, &f->a, form_demo.today);
    assert_true(str_is(answers_text(&f->a, code), "R"));
    form_choose(f->q, &f->a, "ethnic-group", "white");
    answers_derive(f->q, &f->a, form_demo.today);
    assert_true(str_is(answers_text(&f->a, code), "99"));
}

/* A language that says the year first, in capitals, and parts lists with the Arabic comma. */
static const char *translated(void *context, const char *msgid)
{
    static const char *const texts[][2] = {
        {"March", "MARCH"}, {"{day} {month} {year}", "{year} {month} {day}"}, {", ", "، "}};

    (void)context;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(msgid, texts[i][0]) == 0)
            return texts[i][1];
    }
    return msgid;
}

/* What was typed keeps its own direction (U+2068 .. U+2069), a name as a whole. */
#define TYPED(text) "\xE2\x81\xA8" text "\xE2\x81\xA9"

static void test_display(void **state)
{
    static const char *const rows[][2] = {
        {"p-diabetes", "Yes"},
        {"p-name", TYPED("Amina O’Neill-Khan")},
        {"p-birth-date", "1958 MARCH 14"},
        {"p-postcode", TYPED("NW1 2BU")},
        {"p-nhs-number", TYPED("999 000 0018")},
        {"p-contact", "Email and text message"},
        {"p-email", TYPED("Amina.K@example.com")},
        {"p-mobile", TYPED("07700 900417")},
        {"p-formats", "Large print، Audio"},
        {"p-consent", "Account، GP record"},
    };
    struct fixture *f = *state;
    int pages[LIMIT_ITEMS];
    char text[600];
    struct buf b;

    form_fill(f->q, &f->a);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_init(&b, text, sizeof text);
        answers_display_page(f->q, &f->a, form_item(f->q, rows[i][0]), translated, NULL, &b);
        assert_string_equal(text, rows[i][1]);
    }
    buf_init(&b, text, sizeof text);
    answers_display(f->q, &f->a, form_item(f->q, "diabetes"), NULL, NULL, &b);
    assert_string_equal(text, "Yes, I have type 2 diabetes");
    assert_int_equal(answers_summary_pages(f->q, &f->a, pages), 12);
    answers_skip(&f->a, form_item(f->q, "postcode"));
    buf_init(&b, text, sizeof text);
    answers_display_page(f->q, &f->a, form_item(f->q, "p-postcode"), NULL, NULL, &b);
    assert_string_equal(text, "No fixed address");
    buf_init(&b, text, sizeof text);
    answers_display(f->q, &f->a, form_item(f->q, "postcode"), NULL, NULL, &b);
    assert_string_equal(text, "No fixed address");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_texts_leave_nothing),
        TEST(test_set_text_refuses),
        TEST(test_exclusive_option),
        TEST(test_ways_out),
        TEST(test_under_18_leads_out),
        TEST(test_over_115_is_asked_once),
        TEST(test_problems_have_words),
        TEST(test_one_name_only),
        TEST(test_refused_text_stays),
        TEST(test_consent_left_open_is_no),
        TEST(test_contact_opens_parts),
        TEST(test_check_all),
        TEST(test_a_call_needs_a_number),
        TEST(test_ethnic_code),
        TEST(test_display),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
