/* One answer at a time, texts packed in an arena that is kept tight: see answers.h. */
#include "signup/answers.h"

#include <string.h>

#include "base/wipe.h"

enum { FALSE_BIT = 1, TRUE_BIT = 2 };

static bool takes_text(const struct item *item)
{
    switch (item->type) {
    case ITEM_STRING:
    case ITEM_TEXT:
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
    case ITEM_DATE:
    case ITEM_OPEN_CHOICE:
        return true;
    default:
        return false;
    }
}

/* Takes the text out of the arena, moves up what stands behind it and zeroes the rest. */
static void drop_text(struct answers *a, int item)
{
    struct answer *gone = &a->of[item];
    size_t behind = (size_t)gone->at + gone->len;
    uint16_t len = gone->len;

    if (len == 0)
        return;
    memmove(a->text + gone->at, a->text + behind, a->text_used - behind);
    a->text_used = (uint16_t)(a->text_used - len);
    memset(a->text + a->text_used, 0, len);
    for (int i = 0; i < LIMIT_ITEMS; i++) {
        if (a->of[i].len > 0 && a->of[i].at > gone->at)
            a->of[i].at = (uint16_t)(a->of[i].at - len);
    }
    gone->at = 0;
    gone->len = 0;
}

enum err answers_set_text(const struct questionnaire *q, struct answers *a, int item,
                          struct str text)
{
    struct answer *answer = &a->of[item];

    if (!takes_text(&q->items[item]) || !str_is_utf8(text))
        return ERR_FORMAT;
    if (text.len > LIMIT_ANSWER || a->text_used - answer->len + text.len > ANSWERS_TEXT_BYTES)
        return ERR_LIMIT;
    /* The new text may be a view into the arena, which is about to move. */
    char copy[LIMIT_ANSWER];
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    drop_text(a, item);
    if (text.len > 0) {
        answer->at = a->text_used;
        answer->len = (uint16_t)text.len;
        memcpy(a->text + answer->at, copy, text.len);
        a->text_used = (uint16_t)(a->text_used + text.len);
        if (!q->items[item].repeats)
            answer->options = 0;
    }
    answer->skipped = 0;
    answer->confirmed = 0;
    wipe(copy, sizeof copy);
    return ERR_OK;
}

struct str answers_text(const struct answers *a, int item)
{
    return (struct str){a->text + a->of[item].at, a->of[item].len};
}

void answers_choose(const struct questionnaire *q, struct answers *a, int item, int option)
{
    const struct item *asked = &q->items[item];
    struct answer *answer = &a->of[item];

    if (option < 0 || option >= asked->option_count)
        return;
    uint64_t bit = (uint64_t)1 << option;
    if (!asked->repeats) {
        drop_text(a, item);
        answer->options = bit;
    } else if (asked->options[option].exclusive) {
        drop_text(a, item);
        answer->options = bit;
    } else {
        for (int i = 0; i < asked->option_count; i++) {
            if (asked->options[i].exclusive)
                answer->options &= ~((uint64_t)1 << i);
        }
        answer->options |= bit;
    }
    answer->skipped = 0;
}

void answers_toggle(const struct questionnaire *q, struct answers *a, int item, int option)
{
    if (q->items[item].repeats && answers_chosen(a, item, option))
        a->of[item].options &= ~((uint64_t)1 << option);
    else
        answers_choose(q, a, item, option);
}

bool answers_chosen(const struct answers *a, int item, int option)
{
    return option >= 0 && option < LIMIT_OPTIONS && (a->of[item].options >> option & 1u) != 0;
}

int answers_option(const struct answers *a, int item)
{
    for (int i = 0; i < LIMIT_OPTIONS; i++) {
        if (answers_chosen(a, item, i))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

void answers_set_boolean(const struct questionnaire *q, struct answers *a, int item, bool value)
{
    if (q->items[item].type != ITEM_BOOLEAN)
        return;
    a->of[item].options = value ? TRUE_BIT : FALSE_BIT;
    a->of[item].skipped = 0;
}

bool answers_boolean(const struct answers *a, int item)
{
    return a->of[item].options == TRUE_BIT;
}

void answers_clear(struct answers *a, int item)
{
    drop_text(a, item);
    a->of[item] = (struct answer){0};
}

void answers_skip(struct answers *a, int item)
{
    answers_clear(a, item);
    a->of[item].skipped = 1;
}

void answers_confirm(struct answers *a, int item)
{
    a->of[item].confirmed = 1;
}

enum answer_state answers_state(const struct questionnaire *q, const struct answers *a, int item)
{
    const struct item *asked = &q->items[item];
    const struct answer *answer = &a->of[item];

    if (answer->options == 0 && answer->len == 0)
        return answer->skipped ? ANSWER_SKIPPED : ANSWER_NOT_ASKED;
    if (asked->option_count > 0 && answer->options != 0 &&
        strcmp(asked->options[answers_option(a, item)].code, "prefer-not-to-say") == 0)
        return ANSWER_DECLINED;
    return ANSWER_GIVEN;
}

static void set_initial(const struct questionnaire *q, struct answers *a, int item)
{
    const struct item *asked = &q->items[item];

    for (int i = 0; i < asked->option_count; i++) {
        if (asked->options[i].initial)
            answers_choose(q, a, item, i);
    }
    if (asked->initial == NULL)
        return;
    if (asked->type == ITEM_BOOLEAN)
        answers_set_boolean(q, a, item, strcmp(asked->initial, "true") == 0);
    else if (answers_set_text(q, a, item, str_of(asked->initial)) != ERR_OK)
        answers_clear(a, item); /* initials larger than the arena: the form then starts empty */
}

void answers_init(const struct questionnaire *q, struct answers *a)
{
    wipe(a, sizeof *a);
    for (int i = 0; i < q->item_count; i++)
        set_initial(q, a, i);
}
