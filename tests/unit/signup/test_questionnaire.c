/* The form that ships loads; each thing outside the subset is refused by name and linkId. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form.h"

#define OWN "https://help-diabetes.example/fhir/"
#define HL7 "http://hl7.org/fhir/StructureDefinition/"

static enum err parse(const char *json, struct refusal *refusal)
{
    struct questionnaire *q = NULL;
    enum err e = questionnaire_parse(str_of(json), &q, refusal);

    assert_int_equal(e == ERR_OK, q != NULL);
    questionnaire_destroy(q);
    return e;
}

#define Q(id, type, more)     "{\"linkId\":\"" id "\",\"type\":\"" type "\",\"text\":\"T\"" more "}"
#define OPTION(code)          "{\"valueCoding\":{\"code\":\"" code "\",\"display\":\"D\"}}"
#define OPTIONS(list)         ",\"answerOption\":[" list "]"
#define EXTENSION(url, value) ",\"extension\":[{\"url\":\"" url "\"," value "}]"
#define WHEN(question, operator, answer) \
    ",\"enableWhen\":[{\"question\":\"" question "\",\"operator\":\"" operator"\"," answer "}]"

#define CONSENT_PAGE(more, items)                                                                \
    "{\"linkId\":\"c\",\"type\":\"group\",\"text\":\"C\"" more ",\"extension\":[{\"url\":\"" OWN \
    "page-kind\",\"valueCode\":\"consent\"}],\"item\":[" items "]}"
#define AGREEMENT(more) "{\"linkId\":\"agree\",\"type\":\"boolean\",\"text\":\"A\"" more "}"
#define CONSENT         CONSENT_PAGE("", AGREEMENT(",\"required\":true"))

/* A form of one section with a page that holds `fields`, and a consent page. */
static const char *form_of(const char *fields)
{
    static char json[65 * 1024];

    snprintf(json, sizeof json,
             "{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"version\":\"1\",\"title\":\"t\","
             "\"status\":\"active\",\"item\":[{\"linkId\":\"s\",\"type\":\"group\",\"text\":\"S\","
             "\"item\":[{\"linkId\":\"p\",\"type\":\"group\",\"text\":\"P\",\"item\":[%s]}," CONSENT
             "]}]}",
             fields);
    return json;
}

#define ICON(name)                                                           \
    "{\"extension\":[{\"url\":\"" OWN "icon\",\"valueCode\":\"" name "\"}]," \
    "\"valueCoding\":{\"code\":\"x\",\"display\":\"D\"}}"

static void test_shipped_form(void **state)
{
    struct questionnaire *q = form_load();
    struct answers *a = calloc(1, sizeof *a);
    (void)state;
    assert_string_equal(q->items[form_item(q, "nhs-number")].skip_label, "I don’t know it");
    assert_int_equal(q->items[form_item(q, "p-consent")].page_kind, PAGE_CONSENT);
    const struct item_option *both = &q->items[form_item(q, "contact")].options[2];
    assert_string_equal(both->icon2, "mail");
    assert_string_equal(both->icon, "phone");
    assert_string_equal(q->items[form_item(q, "p-contact.tip")].icon, "shield");
    assert_int_equal(questionnaire_page_of(q, form_item(q, "email")), form_item(q, "p-email"));
    assert_int_equal(questionnaire_page_of(q, form_item(q, "s-name")), QUESTIONNAIRE_NONE);
    assert_int_equal(questionnaire_find_kind(q, FIELD_PHONE), form_item(q, "mobile"));
    answers_init(q, a);
    struct progress p = answers_progress(q, a, form_item(q, "p-consent"));
    assert_int_equal(p.section, 9);
    assert_int_equal(p.sections, 9);
    free(a);
    questionnaire_destroy(q);
}

static void test_minimal_form(void **state)
{
    struct refusal refusal = {"", "", ""};
    (void)state;
    enum err e = parse(form_of(Q("a", "string", "")), &refusal);
    assert_string_equal(refusal.problem, "");
    assert_int_equal(e, ERR_OK);
}

static void test_refusals(void **state)
{
    static const struct {
        const char *fields;
        const char *place;
        const char *problem;
    } rows[] = {
        {Q("a", "quantity", ""), "linkId a", "'quantity' is not supported"},
        {Q("a", "string", ",\"readOnly\":true"), "linkId a", "'readOnly'"},
        {Q("a", "string", ",\"text\":\"again\""), "line 1", "duplicate"},
        {Q("a", "string", "") "," Q("a", "string", ""), "linkId a", "two items"},
        {"{\"type\":\"string\"}", "linkId p", "no linkId"},
        {Q("a b", "string", ""), "linkId p", "other signs"},
        {"{\"linkId\":\"a\",\"type\":\"string\"}", "linkId a", "no text"},
        {Q("a", "group", ",\"item\":[]"), "linkId a", "not a list with items"},
        {Q("a", "group", ""), "linkId a", "stands where a question"},
        {Q("a", "string", ",\"item\":[" Q("b", "string", "") "]"), "linkId a", "too deep"},
        {Q("a", "string", ",\"required\":\"yes\""), "linkId a", "'required'"},
        {Q("a", "string", ",\"repeats\":true"), "linkId a", "can't repeat"},
        {Q("a", "boolean", ",\"maxLength\":3"), "linkId a", "no maxLength"},
        {Q("a", "string", ",\"maxLength\":513"), "linkId a", "out of range"},
        {Q("a", "choice", ""), "linkId a", "nothing to choose"},
        {Q("a", "string", OPTIONS(OPTION("x"))), "linkId a", "no options"},
        {Q("a", "choice", OPTIONS(OPTION("x") "," OPTION("x"))), "linkId a", "two options"},
        {Q("a", "choice", OPTIONS("{\"valueString\":\"x\"}")), "linkId a", "valueString"},
        {Q("a", "choice", OPTIONS(ICON("mail mail phone"))), "linkId a", "icon"},
        {Q("a", "choice", OPTIONS(ICON("../mail"))), "linkId a", "icon"},
        {Q("a", "display", EXTENSION(OWN "icon", "\"valueCode\":\"a b\"")), "linkId a", "icon"},
        {Q("a", "string", EXTENSION(OWN "icon", "\"valueCode\":\"mail\"")), "linkId a",
         "can't stand on"},
        {Q("a", "choice", OPTIONS(OPTION("x")) ",\"initial\":[{\"valueCoding\":{}}]"), "linkId a",
         "takes no initial"},
        {Q("a", "boolean", ",\"initial\":[{\"valueString\":\"x\"}]"), "linkId a", "valueBoolean"},
        {Q("a", "string", EXTENSION("http://x", "\"valueCode\":\"x\"")), "linkId a", "http://x"},
        {Q("a", "string", EXTENSION(OWN "field-kind", "\"valueCode\":\"shoe\"")), "linkId a",
         "field-kind"},
        {Q("a", "string", EXTENSION(OWN "field-kind", "\"valueString\":\"email\"")), "linkId a",
         "can't hold"},
        {Q("a", "text", EXTENSION(OWN "field-kind", "\"valueCode\":\"email\"")), "linkId a",
         "needs one string"},
        {Q("a", "string", EXTENSION(OWN "page-kind", "\"valueCode\":\"notice\"")), "linkId a",
         "can't stand on"},
        {Q("a", "string", EXTENSION(HL7 "regex", "\"valueString\":\"(a+)+\"")), "linkId a",
         "groups"},
        {Q("a", "string",
           ",\"required\":true" EXTENSION(OWN "skip-label", "\"valueString\":\"x\"")),
         "linkId a", "skip-label"},
        {Q("a", "choice",
           OPTIONS(OPTION("x")) EXTENSION(OWN "field-kind", "\"valueCode\":\"ethnic-group\"")),
         "linkId a", "no 2001 code"},
        {Q("a", "boolean", EXTENSION(OWN "derived", "\"valueCode\":\"adult\"")), "linkId a",
         "not hidden"},
        {Q("a", "string", WHEN("zz", "exists", "\"answerBoolean\":true")), "linkId a",
         "no item 'zz'"},
        {Q("a", "string", WHEN("a", "exists", "\"answerBoolean\":true")), "linkId a", "itself"},
        {Q("a", "string", WHEN("b", "exists", "\"answerBoolean\":true")) "," Q("b", "string", ""),
         "linkId a", "comes later"},
        {Q("b", "string", "") "," Q("a", "string", WHEN("b", ">", "\"answerString\":\"x\"")),
         "linkId a", "operator '>'"},
        {Q("b", "string", "") "," Q("a", "string", WHEN("b", "=", "\"answerBoolean\":true")),
         "linkId a", "does not fit 'b'"},
        {Q("b", "choice", OPTIONS(OPTION("x"))) "," Q(
             "a", "string", WHEN("b", "=", "\"answerCoding\":{\"code\":\"y\"}")),
         "linkId a", "no option 'y'"},
        {Q("a", "string", WHEN("p", "exists", "\"answerBoolean\":true")), "linkId a",
         "not a question"},
        {Q("a", "string", EXTENSION(OWN "skipped-text", "\"valueString\":\"x\"")), "linkId a",
         "no skip-label"},
        {"", "linkId p", "not a list with items"},
        {Q("a", "display", ""), "linkId p", "asks nothing"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal refusal = {"", "", ""};
        enum err e = parse(form_of(rows[i].fields), &refusal);
        if (e != ERR_FORMAT || strstr(refusal.place, rows[i].place) == NULL ||
            strstr(refusal.problem, rows[i].problem) == NULL || refusal.remedy[0] == '\0')
            fail_msg("row %zu (%s): %s: %s", i, rows[i].problem, refusal.place, refusal.problem);
    }
}

/* Nobody may sign up without an agreement: the evidence must be there. */
static void test_consent_is_asked(void **state)
{
    static const char *const rows[][2] = {
        {CONSENT_PAGE("", AGREEMENT("")), "nothing on the consent page is required"},
        {CONSENT_PAGE(WHEN("q", "exists", "\"answerBoolean\":true"),
                      AGREEMENT(",\"required\":true")),
         "can be closed"},
        {"{\"linkId\":\"n\",\"type\":\"group\",\"text\":\"N\",\"item\":[" Q("m", "string", "") "]}",
         "no agreement"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static char json[8192];
        struct refusal refusal = {"", "", ""};
        snprintf(json, sizeof json,
                 "{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"version\":\"1\",\"title\":"
                 "\"t\",\"status\":\"active\",\"item\":[{\"linkId\":\"s\",\"type\":\"group\","
                 "\"text\":\"S\",\"item\":[{\"linkId\":\"p\",\"type\":\"group\",\"text\":\"P\","
                 "\"item\":[" Q("q", "string", "") "]},%s]}]}",
                 rows[i][0]);
        assert_int_equal(parse(json, &refusal), ERR_FORMAT);
        if (strstr(refusal.problem, rows[i][1]) == NULL)
            fail_msg("row %zu: %s: %s", i, refusal.place, refusal.problem);
    }
}

static void test_root_refusals(void **state)
{
    static const char *const rows[][2] = {
        {"", "expected"},
        {"[]", "not a FHIR Questionnaire"},
        {"{\"resourceType\":\"Patient\"}", "not a FHIR Questionnaire"},
        {"{\"resourceType\":\"Questionnaire\",\"status\":\"retired\"}", "status"},
        {"{\"resourceType\":\"Questionnaire\",\"contained\":[]}", "contained"},
        {"{\"resourceType\":\"Questionnaire\",\"status\":\"active\"}", "'url'"},
        {"{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\"url\":\"u\",\"version\":\"1 "
         "2\",\"title\":\"t\"}",
         "version"},
        {"{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\"url\":\"u\",\"version\":"
         "\"1\","
         "\"title\":\"t\"}",
         "no items"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal refusal = {"", "", ""};
        assert_int_equal(parse(rows[i][0], &refusal), ERR_FORMAT);
        if (strstr(refusal.problem, rows[i][1]) == NULL)
            fail_msg("row %zu: %s", i, refusal.problem);
    }
}

static void test_limits(void **state)
{
    static char fields[LIMIT_ITEMS * 64];
    struct refusal refusal = {"", "", ""};
    size_t len = 0;
    (void)state;
    for (int i = 0; i < LIMIT_ITEMS - 1; i++)
        len += (size_t)snprintf(fields + len, sizeof fields - len,
                                "%s{\"linkId\":\"a%d\",\"type\":\"string\",\"text\":\"T\"}",
                                i > 0 ? "," : "", i);
    assert_int_equal(parse(form_of(fields), &refusal), ERR_LIMIT);
    assert_non_null(strstr(refusal.problem, "128 items"));
    char *large = malloc(LIMIT_QUESTIONNAIRE + 1);
    struct questionnaire *q = NULL;
    memset(large, ' ', LIMIT_QUESTIONNAIRE + 1);
    assert_int_equal(
        questionnaire_parse((struct str){large, LIMIT_QUESTIONNAIRE + 1}, &q, &refusal), ERR_LIMIT);
    free(large);
}

/* Each question depends eight times on the one before: 8^40 looks, were it let through. */
static void test_conditions_upon_conditions(void **state)
{
    static char fields[64 * 1024];
    struct refusal refusal = {"", "", ""};
    struct buf b;
    (void)state;
    buf_init(&b, fields, sizeof fields);
    buf_add_text(&b, "{\"linkId\":\"a0\",\"type\":\"string\",\"text\":\"T\"}");
    for (int i = 1; i < 40; i++) {
        buf_add_format(&b,
                       ",{\"linkId\":\"a%d\",\"type\":\"string\",\"text\":\"T\","
                       "\"enableBehavior\":\"any\",\"enableWhen\":[",
                       i);
        for (int row = 0; row < LIMIT_CONDITIONS; row++)
            buf_add_format(&b,
                           "%s{\"question\":\"a%d\",\"operator\":\"exists\","
                           "\"answerBoolean\":false}",
                           row > 0 ? "," : "", i - 1);
        buf_add_text(&b, "]}");
    }
    assert_int_equal(buf_status(&b), ERR_OK);
    assert_int_equal(parse(form_of(fields), &refusal), ERR_LIMIT);
    assert_string_equal(refusal.place, "linkId a3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_form),
        cmocka_unit_test(test_consent_is_asked),
        cmocka_unit_test(test_minimal_form),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_root_refusals),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_conditions_upon_conditions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
