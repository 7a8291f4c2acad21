/* Any bytes as a form: refused with words, or a form that can be walked from end to end. */
#include <stdint.h>
#include <stdlib.h>

#include "signup/answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct questionnaire *q)
{
    static struct answers a;
    struct check_context context = {KIOSK_DEMO, {2026, 3, 14}};
    struct problems problems;
    char text[4096];
    struct buf b;

    answers_init(q, &a);
    for (int i = 0; i < q->item_count; i++) {
        const struct item *item = &q->items[i];
        if (item->end <= i || item->end > q->item_count || item->parent >= i)
            abort();
        answers_toggle(q, &a, i, item->option_count - 1);
        if (item->type == ITEM_STRING && answers_set_text(q, &a, i, STR_LITERAL("1/2/1960")))
            abort();
    }
    int page = answers_first_page(q, &a, SECTION_ABOUT_YOU);
    for (int steps = 0; page != QUESTIONNAIRE_NONE; steps++) {
        if (steps > q->item_count)
            abort();
        answers_accept_page(q, &a, page, &context, &problems);
        answers_progress(q, &a, page);
        buf_init(&b, text, sizeof text);
        answers_display_page(q, &a, page, NULL, NULL, &b);
        page = answers_next_page(q, &a, page);
    }
    answers_check_all(q, &a, &context, &problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct questionnaire *q = NULL;
    struct refusal refusal = {"", "", ""};
    struct str json = {(const char *)data, size};

    if (questionnaire_parse(json, &q, &refusal) == ERR_OK) {
        walk(q);
        questionnaire_destroy(q);
    } else if (refusal.problem[0] == '\0' && size < 4096) {
        abort();
    }
    return 0;
}
