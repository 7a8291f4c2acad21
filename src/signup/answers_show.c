/* Answers as a person reads them, in the language shown: see answers.h. */
#include <string.h>

#include "signup/answers.h"
#include "signup/nhs_number.h"
#include "signup/phone.h"

struct words {
    answers_translate *translate;
    void *context;
};

static const char *tr(const struct words *words, const char *msgid)
{
    return words->translate == NULL ? msgid : words->translate(words->context, msgid);
}

/* Day, month name, year: "14 March 1958". */
static void show_date(struct str text, const struct words *words, struct buf *out)
{
    struct date d;

    if (!date_parse(text, &d))
        buf_add(out, text);
    else
        buf_add_format(out, "%d %s %d", d.day, tr(words, date_month_name(d.month)), d.year);
}

static void show_text(const struct item *item, struct str text, const struct words *words,
                      struct buf *out)
{
    if (item->type == ITEM_DATE)
        show_date(text, words, out);
    else if (item->field_kind == FIELD_NHS_NUMBER)
        nhs_number_display(text, out);
    else if (item->field_kind == FIELD_PHONE)
        phone_display(text, out);
    else
        buf_add(out, text);
}

static void show_options(const struct item *item, const struct answers *a, int index, bool brief,
                         const struct words *words, struct buf *out)
{
    bool any = false;

    for (int i = 0; i < item->option_count; i++) {
        const struct item_option *option = &item->options[i];
        if (!answers_chosen(a, index, i))
            continue;
        if (any)
            buf_add_text(out, ", ");
        any = true;
        buf_add_text(out, tr(words, brief && option->short_label != NULL ? option->short_label
                                                                         : option->text));
    }
    if (any && a->of[index].len > 0)
        buf_add_text(out, ", ");
}

static void show(const struct questionnaire *q, const struct answers *a, int index, bool brief,
                 const struct words *words, struct buf *out)
{
    const struct item *item = &q->items[index];

    if (item->type == ITEM_BOOLEAN) {
        if (answers_boolean(a, index))
            buf_add_text(out, tr(words, brief && item->short_label != NULL ? item->short_label
                                                                           : item->text));
        return;
    }
    show_options(item, a, index, brief, words, out);
    show_text(item, answers_text(a, index), words, out);
}

void answers_display(const struct questionnaire *q, const struct answers *a, int item,
                     answers_translate *translate, void *context, struct buf *out)
{
    const struct words words = {translate, context};

    show(q, a, item, false, &words, out);
}

void answers_display_page(const struct questionnaire *q, const struct answers *a, int page,
                          answers_translate *translate, void *context, struct buf *out)
{
    const struct words words = {translate, context};
    size_t before = out->len;

    for (int i = page + 1; i < q->items[page].end; i++) {
        const struct item *item = &q->items[i];
        bool empty = a->of[i].options == 0 && a->of[i].len == 0;
        if (!item_is_question(item) || item->hidden || empty || !answers_enabled(q, a, i) ||
            (item->type == ITEM_BOOLEAN && !answers_boolean(a, i)))
            continue;
        if (out->len > before)
            buf_add_text(out, item->field_kind == FIELD_PERSON_NAME ? " " : ", ");
        show(q, a, i, true, &words, out);
    }
}

int answers_summary_pages(const struct questionnaire *q, const struct answers *a,
                          int out_pages[LIMIT_ITEMS])
{
    int count = 0;

    for (int i = 0; i < q->item_count; i++) {
        const struct item *item = &q->items[i];
        if (item->level == LEVEL_PAGE && item->short_label != NULL &&
            q->items[item->parent].section_kind == SECTION_ABOUT_YOU && answers_enabled(q, a, i))
            out_pages[count++] = i;
    }
    return count;
}
