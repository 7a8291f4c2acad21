/* The canonical record: there and back, what is refused, and random answers by the thousand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form.h"

enum { RANDOM_ROUNDS = 2000, RESPONSE_BYTES = 64 * 1024 };

static struct questionnaire *form;
static struct answers answers;
static struct record record;
static char text[LIMIT_RECORD + 1];

static int set_up(void **state)
{
    (void)state;
    form = form_load();
    form_fill(form, &answers);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    questionnaire_destroy(form);
    return 0;
}

static struct str encode(const struct answers *a, char *memory)
{
    struct buf b;

    buf_init(&b, memory, LIMIT_RECORD + 1);
    assert_int_equal(record_encode(&form_header, form, a, &b), ERR_OK);
    return buf_str(&b);
}

static void test_example(void **state)
{
    static const char expected[] =
        "{\"answers\":{\"adult\":true,\"agree-account\":true,\"agree-record\":true,"
        "\"agree-reminders\":false,\"agree-research\":false,\"birth-date\":\"1958-03-14\","
        "\"contact\":\"both\",\"diabetes\":\"yes\",\"elsewhere\":null,\"email\":\"Amina.K@example."
        "com\","
        "\"ethnic-code\":\"99\",\"first-name\":\"Amina\",\"formats\":[\"large-print\",\"audio\"],"
        "\"last-name\":\"O’Neill-Khan\",\"mobile\":\"+447700900417\",\"mode\":\"friend\","
        "\"nhs-number\":\"9990000018\",\"nhs-number-known\":\"yes\",\"postcode\":\"NW1 2BU\","
        "\"start-help\":\"phone\"},\"consent\":{\"language\":\"en\",\"read_aloud\":true,"
        "\"version\":\"2026-01\"},\"form\":{\"url\":"
        "\"https://help-diabetes.example/fhir/Questionnaire/sign-up\",\"version\":\"2026-01\"},"
        "\"kiosk\":\"k-demo-1\",\"made_at\":1773480000123,\"mode\":\"friend\",\"practice\":"
        "\"Y99999\",\"record\":\"6f1c2f0e-8a54-4a3b-9d6f-0a1b2c3d4e5f\",\"schema\":1,"
        "\"type\":\"signup\"}";
    (void)state;
    encode(&answers, text);
    assert_string_equal(text, expected);
    char url[RECORD_URL_SIZE];
    char version[RECORD_CODE_SIZE];
    assert_int_equal(record_form(str_of(text), url, version), ERR_OK);
    assert_string_equal(url, form->url);
    assert_string_equal(version, "2026-01");
}

static void test_there_and_back(void **state)
{
    char again[LIMIT_RECORD + 1];
    struct refusal refusal;
    (void)state;
    struct str bytes = encode(&answers, text);
    assert_int_equal(record_decode(bytes, form, &record, &refusal), ERR_OK);
    assert_int_equal(record.header.mode, FILLED_IN_FRIEND);
    assert_true(record.header.consent.read_aloud);
    encode(&record.answers, again);
    assert_string_equal(again, text);
}

/* The text with the first `from` replaced by `to`. */
static struct str changed(const char *from, const char *to)
{
    static char out[2 * LIMIT_RECORD];
    struct buf b;

    encode(&answers, text);
    char *at = strstr(text, from);
    if (at == NULL)
        fail_msg("no '%s' in the record", from);
    buf_init(&b, out, sizeof out);
    buf_add(&b, (struct str){text, (size_t)(at - text)});
    buf_add_text(&b, to);
    buf_add_text(&b, at + strlen(from));
    return buf_str(&b);
}

static void test_refusals(void **state)
{
    static const struct {
        const char *from;
        const char *to;
        enum err err;
    } rows[] = {
        {"\"adult\"", "\"unknown\"", ERR_FORMAT},
        {"\"adult\":true", "\"adult\":\"true\"", ERR_FORMAT},
        {"\"contact\":\"both\"", "\"contact\":\"pigeon\"", ERR_FORMAT},
        {"\"contact\":\"both\"", "\"contact\":[\"both\"]", ERR_FORMAT},
        {"\"contact\":\"both\"", "\"contact\":\"email\"", ERR_FORMAT}, /* mobile is closed then */
        {"\"large-print\",\"audio\"", "\"audio\",\"large-print\"", ERR_FORMAT},
        {"[\"large-print\",\"audio\"]", "[]", ERR_FORMAT},
        {"\"first-name\":\"Amina\"", "\"first-name\":\"\"", ERR_FORMAT},
        {"\"first-name\":\"Amina\"", "\"first-name\":7", ERR_FORMAT},
        {"\"first-name\":\"Amina\"", "\"first-name\":\"\\u0041mina\"", ERR_FORMAT},
        {"\"kiosk\":", " \"kiosk\":", ERR_FORMAT},
        {"\"kiosk\":\"k-demo-1\"", "\"kiosk\":\"\"", ERR_FORMAT},
        {"\"mode\":\"friend\",\"practice\"", "\"mode\":\"alone\",\"practice\"", ERR_FORMAT},
        {"\"made_at\":1773480000123", "\"made_at\":\"now\"", ERR_FORMAT},
        {"\"made_at\":1773480000123", "\"made_at\":1.5", ERR_FORMAT},
        {"6f1c2f0e", "6F1C2F0E", ERR_FORMAT},
        {"\"read_aloud\":true", "\"read_aloud\":1", ERR_FORMAT},
        {"\"type\":\"signup\"", "\"type\":\"other\"", ERR_FORMAT},
        {"\"type\":\"signup\"", "\"type\":\"signup\",\"x\":1", ERR_FORMAT},
        {"\"schema\":1", "\"schema\":2", ERR_VERSION},
        {"\"version\":\"2026-01\"},\"kiosk\"", "\"version\":\"2027-01\"},\"kiosk\"", ERR_VERSION},
        {"sign-up\",\"version\"", "other\",\"version\"", ERR_VERSION},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal refusal = {"", "", ""};
        enum err e = record_decode(changed(rows[i].from, rows[i].to), form, &record, &refusal);
        if (e != rows[i].err)
            fail_msg("row %zu: %s: %s", i, err_name(e), refusal.problem);
        assert_null(strstr(refusal.problem, "Amina"));
        assert_null(strstr(refusal.place, "Amina"));
    }
}

static void test_cut_anywhere(void **state)
{
    struct refusal refusal;
    (void)state;
    struct str whole = encode(&answers, text);
    for (size_t len = 0; len < whole.len; len++)
        assert_int_equal(record_decode((struct str){text, len}, form, &record, &refusal),
                         ERR_FORMAT);
}

static void test_encode_refuses(void **state)
{
    char small[100];
    struct buf b;
    struct record_header header = form_header;
    (void)state;
    buf_init(&b, small, sizeof small);
    assert_int_equal(record_encode(&header, form, &answers, &b), ERR_LIMIT);
    buf_init(&b, text, sizeof text);
    header.kiosk[0] = '"';
    assert_int_equal(record_encode(&header, form, &answers, &b), ERR_FORMAT);
    header = form_header;
    header.id[8] = 'x';
    assert_int_equal(record_encode(&header, form, &answers, &b), ERR_FORMAT);
}

static uint64_t seed = 20260314;

static unsigned dice(unsigned sides)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % sides;
}

static void random_text(int item)
{
    static const char *const parts[] = {"a", "é", "\"", "\\", "\n", "محمد", " ", "{", "\x7F", "z9"};
    char typed[64];
    struct buf b;

    buf_init(&b, typed, sizeof typed);
    for (unsigned i = 0; i <= dice(8); i++)
        buf_add_text(&b, parts[dice(10)]);
    assert_int_equal(answers_set_text(form, &answers, item, buf_str(&b)), ERR_OK);
}

static void random_answers(void)
{
    answers_init(form, &answers);
    for (int i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (!item_is_question(item) || dice(3) == 0)
            continue;
        if (dice(5) == 0)
            answers_skip(&answers, i);
        else if (item->type == ITEM_BOOLEAN)
            answers_set_boolean(form, &answers, i, dice(2) == 1);
        else if (item->option_count == 0)
            random_text(i);
        else
            for (unsigned n = 0; n <= dice(3); n++)
                answers_toggle(form, &answers, i, (int)dice((unsigned)item->option_count));
    }
}

/* encode -> decode -> encode is identical, and so is the way through FHIR, whatever is answered. */
static void test_random_answers(void **state)
{
    static char again[LIMIT_RECORD + 1];
    static char response[RESPONSE_BYTES];
    static struct record from;
    struct refusal refusal = {"", "", ""};
    struct buf b;
    (void)state;
    for (int round = 0; round < RANDOM_ROUNDS; round++) {
        random_answers();
        struct str bytes = encode(&answers, text);
        if (record_decode(bytes, form, &record, &refusal) != ERR_OK)
            fail_msg("round %d: %s: %s", round, refusal.place, refusal.problem);
        encode(&record.answers, again);
        assert_string_equal(again, text);
        buf_init(&b, response, sizeof response);
        assert_int_equal(record_to_questionnaire_response(&record, form, &b), ERR_OK);
        if (record_from_questionnaire_response(buf_str(&b), form, &from, &refusal) != ERR_OK)
            fail_msg("round %d: %s: %s", round, refusal.place, refusal.problem);
        buf_init(&b, again, sizeof again);
        assert_int_equal(record_encode(&from.header, form, &from.answers, &b), ERR_OK);
        assert_string_equal(again, text);
    }
}

static void test_response_refuses(void **state)
{
    static char response[RESPONSE_BYTES];
    struct refusal refusal = {"", "", ""};
    struct buf b;
    (void)state;
    form_fill(form, &answers);
    assert_int_equal(record_decode(encode(&answers, text), form, &record, &refusal), ERR_OK);
    buf_init(&b, response, sizeof response);
    assert_int_equal(record_to_questionnaire_response(&record, form, &b), ERR_OK);
    assert_non_null(strstr(response, "\"authored\":\"2026-03-14T09:20:00.123Z\""));
    for (size_t len = 0; len < b.len; len += 7)
        assert_int_equal(record_from_questionnaire_response((struct str){response, len}, form,
                                                            &record, &refusal),
                         ERR_FORMAT);
    char *link_id = strstr(response, "\"first-name\"");
    memcpy(link_id, "\"worst-name\"", 12);
    assert_int_equal(record_from_questionnaire_response(buf_str(&b), form, &record, &refusal),
                     ERR_FORMAT);
    char *version = strstr(response, "|2026-01");
    version[7] = '2';
    assert_int_equal(record_from_questionnaire_response(buf_str(&b), form, &record, &refusal),
                     ERR_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),          cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_refusals),         cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_encode_refuses),   cmocka_unit_test(test_random_answers),
        cmocka_unit_test(test_response_refuses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
