/* Answers as a person reads them, in the language shown: see answers.h. */
#include <stdio.h>
#include <string.h>

#include "base/wipe.h"
#include "base/words.h"
#include "signup/answers.h"
#include "signup/nhs_number.h"
#include "signup/phone.h"

/* First strong isolate and its end (UAX 9): what is between keeps a direction of its own. */
#define HOLD    "\xE2\x81\xA8"
#define RELEASE "\xE2\x81\xA9"

struct words {
    answers_translate *translate;
    void *context;
};

static const char *tr(const struct words *words, const char *msgid)
{
    return words->translate == NULL ? msgid : words->translate(words->context, msgid);
}

/* "14 March 1958", in the order of the language shown. */
static void show_date(struct str text, const struct words *words, struct buf *out)
{
    struct date d;
    char day[16];
    char year[16];

    if (!date_parse(text, &d)) {
        buf_add(out, text);
        return;
    }
    snprintf(day, sizeof day, "%d", d.day);
    snprintf(year, sizeof year, "%d", d.year);
    /* TRANSLATORS: a date, 14 March 1958; put the places in the order of your language. */
    buf_add_filled(out, tr(words, N_("{day} {month} {year}")),
                   (const char *const[]){"day", day, "month", tr(words, date_month_name(d.month)),
                                         "year", year, NULL});
    wipe(&d, sizeof d);
    wipe(day, sizeof day);
    wipe(year, sizeof year);
}

static void show_text(const struct item *item, struct str text, const struct words *words,
                      struct buf *out)
{
    if (item->type == ITEM_DATE)
        show_date(text, words, out);
    else if (item->field_kind == FIELD_NHS_NUMBER)
        nhs_number_display(text, out);
    else if (item->field_kind == FIELD_PHONE || item->field_kind == FIELD_ANY_PHONE)
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
            /* TRANSLATORS: between two answers in a list: "Email, Text message". */
            buf_add_text(out, tr(words, N_(", ")));
        any = true;
        buf_add_text(out, tr(words, brief && option->short_label != NULL ? option->short_label
                                                                         : option->text));
    }
    if (any && a->of[index].len > 0)
        buf_add_text(out, tr(words, N_(", ")));
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
    if (item->skipped_text != NULL && answers_state(q, a, index) == ANSWER_SKIPPED) {
        buf_add_text(out, tr(words, item->skipped_text));
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

/* Shown as a person wrote it, not in words of the language. */
static bool is_typed(const struct answers *a, int index, const struct item *item)
{
    return a->of[index].len > 0 && item->type != ITEM_BOOLEAN && item->type != ITEM_DATE &&
           item->option_count == 0;
}

/* Does `show` write anything for it? */
static bool has_words(const struct questionnaire *q, const struct answers *a, int index)
{
    const struct item *item = &q->items[index];
    enum answer_state state = answers_state(q, a, index);

    if (item->type == ITEM_BOOLEAN)
        return answers_boolean(a, index);
    return state == ANSWER_SKIPPED ? item->skipped_text != NULL : state != ANSWER_NOT_ASKED;
}

void answers_display_page(const struct questionnaire *q, const struct answers *a, int page,
                          answers_translate *translate, void *context, struct buf *out)
{
    const struct words words = {translate, context};
    size_t before = out->len;
    bool held = false;

    for (int i = page + 1; i < q->items[page].end; i++) {
        const struct item *item = &q->items[i];
        if (!item_is_question(item) || item->hidden || !answers_enabled(q, a, i) ||
            !has_words(q, a, i))
            continue;
        bool name = item->field_kind == FIELD_PERSON_NAME;
        bool typed = is_typed(a, i, item);
        /* A name in two fields is held as one, or it would be read from its end. */
        if (held && !name) {
            buf_add_text(out, RELEASE);
            held = false;
        }
        if (out->len > before)
            buf_add_text(out, name ? " " : tr(&words, N_(", ")));
        if (typed && !held)
            buf_add_text(out, HOLD);
        held = typed;
        show(q, a, i, true, &words, out);
    }
    if (held)
        buf_add_text(out, RELEASE);
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
