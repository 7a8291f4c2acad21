/* See form.h. Names and numbers are made up, from the ranges kept for that. */
#include "form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"

const struct check_context form_demo = {KIOSK_DEMO, {2026, 3, 14}};
const struct record_header form_header = {.id = "6f1c2f0e-8a54-4a3b-9d6f-0a1b2c3d4e5f",
                                          .kiosk = "k-demo-1",
                                          .practice = "Y99999",
                                          .made_at_ms = 1773480000123,
                                          .consent = {"2026-01", "en", true}};

struct questionnaire *form_load(void)
{
    char *bytes;
    size_t size;
    struct questionnaire *q;
    struct refusal refusal = {"", "", ""};

    assert_int_equal(
        file_read(SOURCE_DIR "/assets/questionnaire.json", LIMIT_QUESTIONNAIRE, &bytes, &size),
        ERR_OK);
    enum err e = questionnaire_parse((struct str){bytes, size}, &q, &refusal);
    assert_string_equal(refusal.problem, "");
    assert_int_equal(e, ERR_OK);
    free(bytes);
    return q;
}

int form_item(const struct questionnaire *q, const char *link_id)
{
    int item = questionnaire_find(q, link_id);

    if (item == QUESTIONNAIRE_NONE)
        fail_msg("the form has no item %s", link_id);
    return item;
}

void form_type(const struct questionnaire *q, struct answers *a, const char *link_id,
               const char *text)
{
    assert_int_equal(answers_set_text(q, a, form_item(q, link_id), str_of(text)), ERR_OK);
}

void form_choose(const struct questionnaire *q, struct answers *a, const char *link_id,
                 const char *code)
{
    int item = form_item(q, link_id);
    int option = item_find_option(&q->items[item], str_of(code));

    if (option == QUESTIONNAIRE_NONE)
        fail_msg("%s has no option %s", link_id, code);
    answers_choose(q, a, item, option);
}

static void accept_all(const struct questionnaire *q, struct answers *a)
{
    struct problems problems;
    int page = answers_first_page(q, a, SECTION_ABOUT_YOU);

    while (page != QUESTIONNAIRE_NONE) {
        bool accepted = answers_accept_page(q, a, page, &form_demo, &problems);
        if (!accepted)
            fail_msg("%s: %s", q->items[problems.at[0].item].link_id,
                     check_name(problems.at[0].check));
        page = answers_next_page(q, a, page);
    }
}

void form_fill(const struct questionnaire *q, struct answers *a)
{
    answers_init(q, a);
    form_choose(q, a, "diabetes", "yes");
    form_type(q, a, "first-name", "  Amina ");
    form_type(q, a, "last-name", "O’Neill-Khan");
    form_type(q, a, "birth-date", "14/mar/1958");
    form_type(q, a, "postcode", "nw12bu");
    form_choose(q, a, "nhs-number-known", "yes");
    form_type(q, a, "nhs-number", "999 000 0018");
    form_choose(q, a, "contact", "both");
    form_type(q, a, "email", "Amina.K@Example.COM ");
    form_type(q, a, "mobile", "+44 (0)7700 900417");
    form_choose(q, a, "start-help", "phone");
    form_choose(q, a, "formats", "audio");
    form_choose(q, a, "formats", "large-print");
    form_choose(q, a, "mode", "friend");
    answers_set_boolean(q, a, form_item(q, "agree-account"), true);
    answers_set_boolean(q, a, form_item(q, "agree-record"), true);
    accept_all(q, a);
}
