/* Which items are open, which page is next, and how far the patient has come: see answers.h. */
#include <string.h>

#include "signup/answers.h"

static bool holds(const struct questionnaire *q, const struct answers *a, const struct condition *c)
{
    const struct answer *answer = &a->of[c->item];
    bool given = answers_enabled(q, a, c->item) && (answer->options != 0 || answer->len > 0);

    if (c->operator== CONDITION_EXISTS)
        return given == (c->option == 1);
    bool equal = given && (c->text != NULL ? str_is(answers_text(a, c->item), c->text)
                                           : answers_chosen(a, c->item, c->option));
    return c->operator== CONDITION_EQUAL ? equal : !equal;
}

static bool own_conditions_hold(const struct questionnaire *q, const struct answers *a,
                                const struct item *item)
{
    for (int i = 0; i < item->condition_count; i++) {
        if (holds(q, a, &item->conditions[i]) == item->any_condition)
            return item->any_condition;
    }
    return item->condition_count == 0 || !item->any_condition;
}

bool answers_enabled(const struct questionnaire *q, const struct answers *a, int item)
{
    /* Conditions look only at earlier items, so this ends. */
    for (; item != QUESTIONNAIRE_NONE; item = q->items[item].parent) {
        if (!own_conditions_hold(q, a, &q->items[item]))
            return false;
    }
    return true;
}

static enum section_kind kind_of(const struct questionnaire *q, int page)
{
    return q->items[q->items[page].parent].section_kind;
}

static bool is_open_page(const struct questionnaire *q, const struct answers *a, int item,
                         enum section_kind kind)
{
    return q->items[item].level == LEVEL_PAGE && kind_of(q, item) == kind &&
           answers_enabled(q, a, item);
}

int answers_first_page(const struct questionnaire *q, const struct answers *a,
                       enum section_kind kind)
{
    for (int i = 0; i < q->item_count; i++) {
        if (is_open_page(q, a, i, kind))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

int answers_next_page(const struct questionnaire *q, const struct answers *a, int page)
{
    if (q->items[page].page_kind == PAGE_WAY_OUT)
        return QUESTIONNAIRE_NONE;
    for (int i = page + 1; i < q->item_count; i++) {
        if (is_open_page(q, a, i, kind_of(q, page)))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

int answers_previous_page(const struct questionnaire *q, const struct answers *a, int page)
{
    for (int i = page - 1; i >= 0; i--) {
        if (is_open_page(q, a, i, kind_of(q, page)) && q->items[i].page_kind != PAGE_WAY_OUT)
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

static bool is_part(const struct questionnaire *q, int page)
{
    return q->items[page].page_kind == PAGE_QUESTION || q->items[page].page_kind == PAGE_CONSENT;
}

/* A section counts as a question where something in it asks. */
static bool has_part(const struct questionnaire *q, const struct answers *a, int section)
{
    for (int i = section + 1; i < q->items[section].end; i++) {
        if (q->items[i].level == LEVEL_PAGE && is_part(q, i) && answers_enabled(q, a, i))
            return true;
    }
    return false;
}

struct progress answers_progress(const struct questionnaire *q, const struct answers *a, int page)
{
    int section = q->items[page].parent;
    struct progress p = {0};

    for (int s = 0; s < q->item_count; s = q->items[s].end) {
        if (q->items[s].section_kind != q->items[section].section_kind || !has_part(q, a, s))
            continue;
        p.sections++;
        if (s <= section)
            p.section++;
    }
    for (int i = section + 1; i < q->items[section].end; i++) {
        if (q->items[i].level != LEVEL_PAGE || !is_part(q, i) || !answers_enabled(q, a, i))
            continue;
        p.parts++;
        if (i <= page)
            p.part++;
    }
    return p;
}
