/* Keys change answers: see typing.h. */
#include "screens/typing.h"

#include <string.h>

#include "base/wipe.h"
#include "screens/words.h"
#include "signup/birth_date.h"

bool typing_is_field(const struct questionnaire *q, int item)
{
    const struct item *i = &q->items[item];

    return item_is_question(i) && !i->hidden && i->option_count == 0 && i->type != ITEM_BOOLEAN;
}

enum keyboard typing_keyboard(const struct questionnaire *q, int item)
{
    switch (q->items[item].field_kind) {
    case FIELD_EMAIL:
        return KEYBOARD_EMAIL;
    case FIELD_POSTCODE:
        return KEYBOARD_POSTCODE;
    case FIELD_NHS_NUMBER:
    case FIELD_PHONE:
    case FIELD_ANY_PHONE:
    case FIELD_BIRTH_DATE:
        return KEYBOARD_PAD;
    default:
        break;
    }
    if (q->items[item].type == ITEM_INTEGER || q->items[item].type == ITEM_DATE)
        return KEYBOARD_PAD;
    return KEYBOARD_NAME;
}

struct keyboard_words typing_words(const struct model *model)
{
    /* TRANSLATORS: on the keys of the keyboard on the screen; the shortest words there are. */
    return (struct keyboard_words){.space = say(model, NC_("key", "Space")),
                                   .next = say(model, NC_("key", "Next")),
                                   .done = say(model, NC_("key", "Done")),
                                   .remove = say(model, NC_("key", "Delete")),
                                   .shift = say(model, N_("Capital letters")),
                                   .accents = say(model, N_("Letters with accents")),
                                   .row = say(model, N_("Row: {keys}"))};
}

static bool is_date(const struct questionnaire *q, int item)
{
    return q->items[item].field_kind == FIELD_BIRTH_DATE || q->items[item].type == ITEM_DATE;
}

static const struct questionnaire *form(const struct model *model)
{
    return model->pack->questionnaire;
}

static int next_field(const struct model *model, int after)
{
    const struct questionnaire *q = form(model);

    for (int i = after + 1; i < q->items[model->page].end; i++) {
        if (typing_is_field(q, i) && answers_enabled(q, &model->secret->answers, i))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

/* --- the text of the active field or date part --------------------------------------------- */

static char *part_of(struct birth_date_parts *parts, int part)
{
    return part == 0 ? parts->day : part == 1 ? parts->month : parts->year;
}

static void get_text(const struct model *model, char *out, size_t size)
{
    struct str text = answers_text(&model->secret->answers, model->field);
    struct buf b;

    buf_init(&b, out, size);
    if (is_date(form(model), model->field)) {
        struct birth_date_parts parts;
        birth_date_split(text, &parts);
        buf_add_text(&b, part_of(&parts, model->part));
        wipe(&parts, sizeof parts);
    } else {
        buf_add(&b, text);
    }
}

/* What was asked about was the text as it was: after a change, Continue confirms nothing. */
static void forget_unlikely(struct model *model)
{
    struct problems *problems = &model->problems;
    int kept = 0;

    for (int i = 0; i < problems->count; i++) {
        if (problems->at[i].item != model->field || problems->at[i].check != CHECK_OVER_115)
            problems->at[kept++] = problems->at[i];
    }
    problems->count = kept;
}

/* Text that is too long for the answer is not taken: the key then does nothing. */
static void set_text(struct model *model, struct str text)
{
    struct answers *a = &model->secret->answers;
    enum err e;

    forget_unlikely(model);
    if (is_date(form(model), model->field)) {
        struct birth_date_parts parts;
        char joined[BIRTH_DATE_TYPED_SIZE];
        birth_date_split(answers_text(a, model->field), &parts);
        if (text.len > BIRTH_DATE_PART)
            return;
        char *part = part_of(&parts, model->part);
        memset(part, 0, BIRTH_DATE_PART + 1);
        if (text.len > 0)
            memcpy(part, text.at, text.len);
        birth_date_join(&parts, joined);
        e = answers_set_text(form(model), a, model->field, str_of(joined));
        wipe(&parts, sizeof parts);
        wipe(joined, sizeof joined);
    } else {
        e = answers_set_text(form(model), a, model->field, text);
    }
    (void)e;
}

/* --- the caret -------------------------------------------------------------------------------- */

/* Capital letters begin a name, and each part of it after a space or hyphen. */
static void set_shift(struct model *model)
{
    char text[LIMIT_ANSWER + 1];

    model->shift = false;
    if (model->field == QUESTIONNAIRE_NONE ||
        typing_keyboard(form(model), model->field) != KEYBOARD_NAME)
        return;
    get_text(model, text, sizeof text);
    size_t len = strlen(text);
    model->shift = len == 0 || text[len - 1] == ' ' || text[len - 1] == '-';
    wipe(text, sizeof text);
}

void typing_to_part(struct model *model, int item, int part)
{
    if (!typing_is_field(form(model), item))
        return;
    model->field = item;
    model->part = part;
    set_shift(model);
}

void typing_to_problem(struct model *model, struct problem problem)
{
    switch (problem.check) {
    case CHECK_MONTH_MISSING:
        typing_to_part(model, problem.item, 1);
        break;
    case CHECK_YEAR_MISSING:
    case CHECK_YEAR_SHORT:
    case CHECK_FUTURE:
    case CHECK_OVER_115:
    case CHECK_TOO_SMALL:
        typing_to_part(model, problem.item, is_date(form(model), problem.item) ? 2 : 0);
        break;
    default:
        typing_to_part(model, problem.item, 0);
        break;
    }
}

void typing_begin(struct model *model)
{
    model->field = QUESTIONNAIRE_NONE;
    model->accents = 0;
    model->shift = false;
    int field = next_field(model, model->page);
    if (field != QUESTIONNAIRE_NONE)
        typing_to_part(model, field, 0);
}

bool typing_is_last(const struct model *model)
{
    if (is_date(form(model), model->field) && model->part < 2)
        return false;
    return next_field(model, model->field) == QUESTIONNAIRE_NONE;
}

/* To the next part or field; false where there is none. */
static bool move_caret(struct model *model)
{
    if (is_date(form(model), model->field) && model->part < 2) {
        model->part++;
        return true;
    }
    int next = next_field(model, model->field);
    if (next == QUESTIONNAIRE_NONE)
        return false;
    typing_to_part(model, next, 0);
    return true;
}

bool typing_to_neighbour(struct model *model, int step)
{
    int before = QUESTIONNAIRE_NONE;
    int field = next_field(model, model->page);

    while (field != QUESTIONNAIRE_NONE && field != model->field) {
        before = field;
        field = next_field(model, field);
    }
    field = step > 0 ? next_field(model, model->field) : before;
    if (field == QUESTIONNAIRE_NONE)
        return false;
    typing_to_part(model, field, 0);
    return true;
}

/* --- keys ------------------------------------------------------------------------------------- */

static void erase(struct model *model)
{
    char text[LIMIT_ANSWER + 1];

    get_text(model, text, sizeof text);
    if (text[0] == '\0' && is_date(form(model), model->field) && model->part > 0)
        model->part--;
    else
        set_text(model, (struct str){text, str_last_code_point(str_of(text))});
    wipe(text, sizeof text);
}

/* How many characters a part of a date, or a number of fixed length, can have: 0 for no limit. */
static size_t places(const struct model *model)
{
    const struct questionnaire *q = form(model);

    if (is_date(q, model->field))
        return model->part == 2 ? 4 : 2;
    if (q->items[model->field].field_kind == FIELD_NHS_NUMBER)
        return 10;
    return 0;
}

static void append(struct model *model, struct str more)
{
    char text[LIMIT_ANSWER + 8];
    struct buf b;

    get_text(model, text, sizeof text);
    size_t limit = places(model);
    size_t len = strlen(text);
    /* Month names may be typed by those who have a keyboard. */
    bool number = !is_date(form(model), model->field) || (text[0] >= '0' && text[0] <= '9');
    if (limit > 0 && len >= limit && number) {
        wipe(text, sizeof text);
        return;
    }
    b = (struct buf){.at = text, .len = len, .size = sizeof text};
    buf_add(&b, more);
    if (buf_status(&b) == ERR_OK)
        set_text(model, buf_str(&b));
    /* Two digits of a day or month are complete: on to the next part. */
    if (is_date(form(model), model->field) && model->part < 2 && b.len == 2 && text[0] >= '0' &&
        text[0] <= '9')
        model->part++;
    wipe(text, sizeof text);
    set_shift(model);
}

/* An ending with "@" takes the place of whatever follows an "@" that is there. */
static void append_ending(struct model *model, const char *ending)
{
    char text[LIMIT_ANSWER + 1];

    get_text(model, text, sizeof text);
    if (ending[0] == '@') {
        char *sign = strchr(text, '@');
        if (sign != NULL)
            *sign = '\0';
        set_text(model, str_of(text));
    }
    wipe(text, sizeof text);
    append(model, str_of(ending));
}

enum typed typing_key(struct model *model, int code)
{
    char bytes[8];
    struct buf b;

    if (model->field == QUESTIONNAIRE_NONE)
        return TYPED;
    switch (code) {
    case KEY_SHIFT:
        model->shift = !model->shift;
        return TYPED;
    case KEY_ACCENTS:
        model->accents = (model->accents + 1) % KEYBOARD_NAME_PAGES;
        return TYPED;
    case KEY_BACKSPACE:
        erase(model);
        set_shift(model);
        return TYPED;
    case KEY_NEXT:
        return move_caret(model) ? TYPED : TYPED_DONE;
    default:
        break;
    }
    if (keyboard_ending(code) != NULL) {
        append_ending(model, keyboard_ending(code));
        return TYPED;
    }
    buf_init(&b, bytes, sizeof bytes);
    buf_add_code_point(&b, (uint32_t)code);
    append(model, buf_str(&b));
    wipe(bytes, sizeof bytes);
    return TYPED;
}

/*
 * A number with a box for each sign takes what can stand in one. Letters, too: whoever types a
 * National Insurance number is told that it is one.
 */
static void append_boxes(struct model *model, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            append(model, (struct str){&text.at[i], 1});
    }
}

void typing_text(struct model *model, const struct text_metrics *metrics, struct str text)
{
    if (model->field == QUESTIONNAIRE_NONE || text.len == 0 || !text_can_draw(metrics, text))
        return;
    if (form(model)->items[model->field].field_kind == FIELD_NHS_NUMBER)
        append_boxes(model, text);
    else
        append(model, text);
}
