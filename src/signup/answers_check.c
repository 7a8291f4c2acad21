/*
 * Checks one field by its kind and type, pages and the whole form. The same function finds the
 * problem and makes the canonical form, so what is stored is what was checked. See answers.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "base/words.h"
#include "signup/answers.h"
#include "signup/birth_date.h"
#include "signup/email.h"
#include "signup/ethnic.h"
#include "signup/name.h"
#include "signup/nhs_number.h"
#include "signup/pattern.h"
#include "signup/phone.h"
#include "signup/postcode.h"

/* Largest canonical form of all kinds. */
struct canonical {
    char text[LIMIT_ANSWER + 1];
};

static void put(struct canonical *out, const char *text)
{
    struct buf b;

    buf_init(&b, out->text, sizeof out->text);
    buf_add_text(&b, text);
}

static void put_date(struct canonical *out, struct date d)
{
    date_format(d, out->text);
}

static enum check check_birth_date(struct str typed, bool confirmed,
                                   const struct check_context *context, struct canonical *out)
{
    struct date d;
    enum check check = birth_date_check_text(typed, context->today, &d);

    if (check == CHECK_UNDER_18 || (check == CHECK_OVER_115 && confirmed))
        check = CHECK_OK;
    if (check == CHECK_OK)
        put_date(out, d);
    wipe(&d, sizeof d);
    return check;
}

static enum check check_kind(enum field_kind kind, struct str typed, bool confirmed,
                             const struct check_context *context, struct canonical *out)
{
    union {
        struct nhs_number nhs_number;
        struct postcode postcode;
        struct phone phone;
        struct email email;
        struct person_name name;
        char text[LIMIT_ANSWER];
    } value = {.text = ""};
    enum check check = CHECK_OK;

    switch (kind) {
    case FIELD_NHS_NUMBER:
        check = nhs_number_check(typed, context->mode, &value.nhs_number);
        break;
    case FIELD_POSTCODE:
        check = postcode_check(typed, &value.postcode);
        break;
    case FIELD_PHONE:
        check = phone_check(typed, &value.phone);
        break;
    case FIELD_ANY_PHONE:
        check = phone_check_any(typed, &value.phone);
        break;
    case FIELD_EMAIL:
        check = email_check(typed, &value.email);
        break;
    case FIELD_PERSON_NAME:
        check = name_check(typed, &value.name);
        break;
    case FIELD_BIRTH_DATE:
        return check_birth_date(typed, confirmed, context, out);
    default:
        break;
    }
    if (check == CHECK_OK)
        put(out, value.text);
    wipe(&value, sizeof value);
    return check;
}

/* "007" -> "7", "-0" -> "0"; up to 9 digits, for decimals up to 6 behind the point. */
static enum check check_number(const struct item *item, struct str typed, struct canonical *out)
{
    struct buf b;
    struct str digits = typed;
    struct str fraction = {NULL, 0};
    uint64_t whole;
    bool negative = str_starts(typed, "-");

    if (negative)
        digits = (struct str){typed.at + 1, typed.len - 1};
    if (item->type == ITEM_DECIMAL)
        digits = str_split(digits, '.', &fraction);
    while (fraction.len > 0 && fraction.at[fraction.len - 1] == '0')
        fraction.len--;
    uint64_t ignored;
    if (!str_to_u64(digits, 999999999, &whole) || fraction.len > 6 ||
        (fraction.len > 0 && !str_to_u64(fraction, 999999, &ignored)))
        return CHECK_LETTERS;
    buf_init(&b, out->text, sizeof out->text);
    if (negative && (whole != 0 || fraction.len > 0))
        buf_add_char(&b, '-');
    buf_add_format(&b, "%llu", (unsigned long long)whole);
    if (fraction.len > 0) {
        buf_add_char(&b, '.');
        buf_add(&b, fraction);
    }
    double value = strtod(out->text, NULL);
    if (item->min_value.set && value < item->min_value.number)
        return CHECK_TOO_SMALL;
    if (item->max_value.set && value > item->max_value.number)
        return CHECK_TOO_LARGE;
    return CHECK_OK;
}

/* Any date, typed in three parts as a birth date is. */
static enum check check_date(const struct item *item, struct str typed, struct canonical *out)
{
    const struct date last = {9999, 12, 31};
    struct date d;
    enum check check = birth_date_check_text(typed, last, &d);

    /* Age means nothing here: both ages stand for "a real date". */
    if (check == CHECK_OVER_115 || check == CHECK_UNDER_18)
        check = CHECK_OK;
    if (check == CHECK_OK && item->min_value.set && date_compare(d, item->min_value.date) < 0)
        check = CHECK_TOO_SMALL;
    if (check == CHECK_OK && item->max_value.set && date_compare(d, item->max_value.date) > 0)
        check = CHECK_TOO_LARGE;
    if (check == CHECK_OK)
        put_date(out, d);
    wipe(&d, sizeof d);
    return check;
}

static enum check check_line(const struct item *item, struct str typed, struct canonical *out)
{
    struct buf b;
    struct str rest = typed;
    int length = 0;

    while (rest.len > 0) {
        uint32_t c = str_next_code_point(&rest);
        if (c < 0x20 || c == 0x7F)
            return CHECK_LETTERS;
        length++;
    }
    if (item->max_length != 0 && length > item->max_length)
        return CHECK_TOO_LONG;
    if (length < item->min_length)
        return CHECK_TOO_SHORT;
    if (item->pattern != NULL && !pattern_matches(str_of(item->pattern), typed))
        return CHECK_PATTERN;
    buf_init(&b, out->text, sizeof out->text);
    buf_add(&b, typed);
    return buf_status(&b) == ERR_OK ? CHECK_OK : CHECK_TOO_LONG;
}

static enum check check_text(const struct item *item, struct str typed, bool confirmed,
                             const struct check_context *context, struct canonical *out)
{
    typed = str_trim(typed);
    if (item->field_kind != FIELD_PLAIN) {
        enum check check = check_kind(item->field_kind, typed, confirmed, context, out);
        struct canonical same;
        if (check == CHECK_OK && item->type == ITEM_STRING) {
            check = check_line(item, str_of(out->text), &same);
            wipe(&same, sizeof same);
        }
        return check;
    }
    if (item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL)
        return check_number(item, typed, out);
    if (item->type == ITEM_DATE)
        return check_date(item, typed, out);
    return check_line(item, typed, out);
}

static bool is_consent(const struct questionnaire *q, int item)
{
    return q->items[q->items[item].parent].page_kind == PAGE_CONSENT;
}

/* One open, visible question; the canonical text where it has one and is right. */
static enum check check_field(const struct questionnaire *q, const struct answers *a, int item,
                              const struct check_context *context, struct canonical *out)
{
    const struct item *asked = &q->items[item];
    const struct answer *answer = &a->of[item];
    struct str typed = str_trim(answers_text(a, item));

    out->text[0] = '\0';
    if (asked->type == ITEM_BOOLEAN && is_consent(q, item))
        return asked->required && !answers_boolean(a, item) ? CHECK_NOT_AGREED : CHECK_OK;
    if (answer->options != 0)
        return typed.len == 0 ? CHECK_OK : check_line(asked, typed, out);
    if (typed.len == 0) {
        bool needed = asked->required || (asked->skip_label != NULL && !answer->skipped);
        return needed ? CHECK_EMPTY : CHECK_OK;
    }
    return check_text(asked, typed, answer->confirmed != 0, context, out);
}

static void add_problem(struct problems *problems, int item, enum check check)
{
    if (check != CHECK_OK && problems->count < ANSWERS_PROBLEMS)
        problems->at[problems->count++] = (struct problem){item, check};
}

static bool is_asked(const struct questionnaire *q, const struct answers *a, int item)
{
    return item_is_question(&q->items[item]) && !q->items[item].hidden &&
           answers_enabled(q, a, item);
}

static void add_page(const struct questionnaire *q, const struct answers *a, int page,
                     const struct check_context *context, struct problems *problems)
{
    struct canonical canonical;

    for (int i = page + 1; i < q->items[page].end; i++) {
        if (is_asked(q, a, i))
            add_problem(problems, i, check_field(q, a, i, context, &canonical));
    }
    wipe(&canonical, sizeof canonical);
}

void answers_check_page(const struct questionnaire *q, const struct answers *a, int page,
                        const struct check_context *context, struct problems *out_problems)
{
    out_problems->count = 0;
    add_page(q, a, page, context, out_problems);
}

/* Stores the canonical form; what was left empty becomes skipped, an agreement no. */
static enum err settle(const struct questionnaire *q, struct answers *a, int item,
                       const struct check_context *context)
{
    struct canonical canonical;
    uint8_t confirmed = a->of[item].confirmed;
    enum err e = ERR_OK;

    enum check check = check_field(q, a, item, context, &canonical);
    if (check == CHECK_OK && canonical.text[0] != '\0') {
        e = answers_set_text(q, a, item, str_of(canonical.text));
        a->of[item].confirmed = confirmed;
    } else if (a->of[item].options == 0 && is_consent(q, item)) {
        answers_set_boolean(q, a, item, false);
    } else if (a->of[item].options == 0) {
        answers_skip(a, item);
    }
    wipe(&canonical, sizeof canonical);
    return e;
}

bool answers_accept_page(const struct questionnaire *q, struct answers *a, int page,
                         const struct check_context *context, struct problems *out_problems)
{
    answers_check_page(q, a, page, context, out_problems);
    if (out_problems->count > 0)
        return false;
    for (int i = page + 1; i < q->items[page].end; i++) {
        if (is_asked(q, a, i) && settle(q, a, i, context) != ERR_OK)
            add_problem(out_problems, i, CHECK_FULL);
    }
    answers_derive(q, a, context->today);
    return out_problems->count == 0;
}

/* An equality page that nobody was asked has nothing in it. */
static bool was_asked(const struct questionnaire *q, const struct answers *a, int page)
{
    if (q->items[q->items[page].parent].section_kind != SECTION_EQUALITY)
        return true;
    for (int i = page + 1; i < q->items[page].end; i++) {
        if (is_asked(q, a, i) && answers_state(q, a, i) != ANSWER_NOT_ASKED)
            return true;
    }
    return false;
}

void answers_check_all(const struct questionnaire *q, const struct answers *a,
                       const struct check_context *context, struct problems *out_problems)
{
    out_problems->count = 0;
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].level != LEVEL_PAGE || !answers_enabled(q, a, i))
            continue;
        if (q->items[i].page_kind == PAGE_WAY_OUT)
            add_problem(out_problems, i, CHECK_WAY_OUT);
        else if (was_asked(q, a, i))
            add_page(q, a, i, context, out_problems);
    }
}

/* The 2001 code of the last ethnic group given: the second step where there is one. */
static const char *ethnic_code(const struct questionnaire *q, const struct answers *a)
{
    const char *code = ETHNIC_NOT_KNOWN;

    for (int i = 0; i < q->item_count; i++) {
        int option = answers_option(a, i);
        if (q->items[i].level != LEVEL_FIELD || q->items[i].field_kind != FIELD_ETHNIC_GROUP ||
            option == QUESTIONNAIRE_NONE || !answers_enabled(q, a, i))
            continue;
        const char *found = ethnic_2001_code(str_of(q->items[i].options[option].code));
        if (found != NULL && found[0] != '\0')
            code = found;
    }
    return code;
}

static void derive_adult(const struct questionnaire *q, struct answers *a, int item,
                         struct date today)
{
    int birth = questionnaire_find_kind(q, FIELD_BIRTH_DATE);
    struct date d;

    if (birth == QUESTIONNAIRE_NONE || !answers_enabled(q, a, birth) ||
        !date_parse(answers_text(a, birth), &d))
        answers_clear(a, item);
    else
        answers_set_boolean(q, a, item, date_age_years(d, today) >= 18);
    wipe(&d, sizeof d);
}

void answers_derive(const struct questionnaire *q, struct answers *a, struct date today)
{
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].derived == DERIVED_ADULT)
            derive_adult(q, a, i, today);
        else if (q->items[i].derived == DERIVED_ETHNIC_2001 &&
                 answers_set_text(q, a, i, str_of(ethnic_code(q, a))) != ERR_OK)
            answers_clear(a, i);
    }
}

const char *problem_message(const struct questionnaire *q, struct problem problem)
{
    const struct item *item = &q->items[problem.item];

    if ((problem.check == CHECK_EMPTY || problem.check == CHECK_NOT_AGREED) &&
        item->empty_message != NULL)
        return item->empty_message;
    if (problem.check == CHECK_EMPTY && item->field_kind == FIELD_PLAIN &&
        item->option_count == 0 && item->type != ITEM_BOOLEAN)
        return N_("Type an answer");
    return check_message(item->field_kind, problem.check);
}
