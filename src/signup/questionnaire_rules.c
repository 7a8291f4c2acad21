/*
 * What must be true of a whole form: the three levels, what each key and extension may stand on,
 * and that kinds and types fit. Each rule is a row or a short function that names the linkId it
 * refuses.
 */
#include <string.h>

#include "signup/ethnic.h"
#include "signup/questionnaire_build.h"

/* Which levels or types an extension may stand on. */
enum place {
    ON_SECTION = 1,
    ON_PAGE = 2,
    ON_QUESTION = 4,
    ON_DISPLAY = 8,
    ON_CHOICE = 16,
    ON_TEXT = 32,
    ON_NUMBER_OR_DATE = 64,
    ON_BOOLEAN = 128,
};

static const struct {
    enum extension bit;
    unsigned places;
    const char *name;
} placements[] = {
    {EXT_SECTION_KIND, ON_SECTION, "section-kind"},
    {EXT_PAGE_KIND, ON_PAGE, "page-kind"},
    {EXT_FIELD_KIND, ON_QUESTION, "field-kind"},
    {EXT_DERIVED, ON_QUESTION, "derived"},
    {EXT_SHORT_LABEL, ON_PAGE | ON_QUESTION, "short-label"},
    {EXT_SECOND_LINE, ON_BOOLEAN, "second-line"},
    {EXT_ICON, ON_DISPLAY, "icon"},
    {EXT_SKIP_LABEL, ON_QUESTION, "skip-label"},
    {EXT_SKIPPED_TEXT, ON_QUESTION, "skipped-text"},
    {EXT_EMPTY_MESSAGE, ON_QUESTION, "empty-message"},
    {EXT_CONTROL, ON_DISPLAY | ON_CHOICE, "questionnaire-itemControl"},
    {EXT_ORIENTATION, ON_CHOICE, "questionnaire-choiceOrientation"},
    {EXT_HIDDEN, ON_QUESTION, "questionnaire-hidden"},
    {EXT_MIN_LENGTH, ON_TEXT, "minLength"},
    {EXT_REGEX, ON_TEXT, "regex"},
    {EXT_MIN_VALUE, ON_NUMBER_OR_DATE, "minValue"},
    {EXT_MAX_VALUE, ON_NUMBER_OR_DATE, "maxValue"},
};

static unsigned place_of(const struct item *item)
{
    if (item->level == LEVEL_SECTION)
        return ON_SECTION;
    if (item->level == LEVEL_PAGE)
        return ON_PAGE;
    switch (item->type) {
    case ITEM_DISPLAY:
        return ON_DISPLAY;
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return ON_QUESTION | ON_CHOICE;
    case ITEM_STRING:
    case ITEM_TEXT:
        return ON_QUESTION | ON_TEXT;
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
    case ITEM_DATE:
        return ON_QUESTION | ON_NUMBER_OR_DATE;
    case ITEM_BOOLEAN:
        return ON_QUESTION | ON_BOOLEAN;
    default:
        return ON_QUESTION;
    }
}

static enum err check_level(struct build *b, const struct item *item)
{
    static const char *const expected[] = {"section", "page", "question"};
    bool group = item->type == ITEM_GROUP;

    if (group != (item->level != LEVEL_FIELD))
        return build_refuse(b, item->link_id,
                            "Put questions into a page (group) of a section (group)",
                            "a %s stands where a %s is expected", item_type_name(item->type),
                            expected[item->level]);
    if (item->text[0] == '\0' && !item->hidden)
        return build_refuse(b, item->link_id, "Add the words that a patient reads",
                            "it has no text");
    if (group && item->end == (int)(item - b->items) + 1 && item->level == LEVEL_SECTION)
        return build_refuse(b, item->link_id, "Add a page, or remove the section",
                            "the section has no page");
    return ERR_OK;
}

static enum err check_placements(struct build *b, int i)
{
    const struct item *item = &b->items[i];

    for (size_t row = 0; row < sizeof placements / sizeof placements[0]; row++) {
        if ((b->extensions[i] & placements[row].bit) != 0 &&
            (place_of(item) & placements[row].places) == 0)
            return build_refuse(b, item->link_id, "Remove it, or move it where it belongs",
                                "the extension %s can't stand on this %s", placements[row].name,
                                item_type_name(item->type));
    }
    return ERR_OK;
}

static enum err check_keys(struct build *b, const struct item *item)
{
    bool choice = item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;
    bool words = item->control == CONTROL_HELP || item->control == CONTROL_PROMPT;

    if (item->repeats && !choice)
        return build_refuse(b, item->link_id, "Make it a choice, or remove repeats",
                            "a %s can't repeat", item_type_name(item->type));
    if (item->required && !item_is_question(item))
        return build_refuse(b, item->link_id, "Put required on the questions in it",
                            "a %s can't be required", item_type_name(item->type));
    if (item->required && item->skip_label != NULL)
        return build_refuse(b, item->link_id, "Remove one of them",
                            "it is required and has a skip-label");
    if (item->skipped_text != NULL && item->skip_label == NULL)
        return build_refuse(b, item->link_id, "Add a skip-label, or remove it",
                            "it has a skipped-text and no skip-label");
    if (item->required && item->hidden)
        return build_refuse(b, item->link_id, "Remove one of them", "it is required and hidden");
    if (item->control != CONTROL_NONE && words != (item->type == ITEM_DISPLAY))
        return build_refuse(
            b, item->link_id,
            "Use help or prompt on a display, radio-button or check-box on a choice",
            "the itemControl does not fit a %s", item_type_name(item->type));
    if (item->max_length != 0 && item->min_length > item->max_length)
        return build_refuse(b, item->link_id, "Exchange or correct them",
                            "minLength is larger than maxLength");
    if (item->min_value.set && item->max_value.set &&
        (item->type == ITEM_DATE ? date_compare(item->min_value.date, item->max_value.date) > 0
                                 : item->min_value.number > item->max_value.number))
        return build_refuse(b, item->link_id, "Exchange or correct them",
                            "minValue is larger than maxValue");
    return ERR_OK;
}

static enum err check_initial(struct build *b, const struct item *item)
{
    int chosen = 0;

    for (int i = 0; i < item->option_count; i++)
        chosen += item->options[i].initial;
    if (chosen > 1 && !item->repeats)
        return build_refuse(b, item->link_id, "Leave initialSelected on one option",
                            "two options are chosen at first, and only one can be");
    if (item->initial != NULL && item->type == ITEM_DATE) {
        struct date ignored;
        if (!date_parse(str_of(item->initial), &ignored))
            return build_refuse(b, item->link_id, "Write it as 2026-03-14",
                                "'initial' is not a date");
    }
    return ERR_OK;
}

static enum err check_option_codes(struct build *b, const struct item *item)
{
    static const char filled_in_by[] = "alone staff friend";

    for (int i = 0; i < item->option_count; i++) {
        const char *code = item->options[i].code;
        if (item->field_kind == FIELD_ETHNIC_GROUP && ethnic_2001_code(str_of(code)) == NULL)
            return build_refuse(b, item->link_id, "Use a code that signup/ethnic.c lists",
                                "the ethnic group '%s' has no 2001 code", code);
        if (item->field_kind == FIELD_FILLED_IN_BY &&
            (strstr(filled_in_by, code) == NULL || strlen(code) < 5))
            return build_refuse(b, item->link_id, "Use the codes alone, staff and friend",
                                "the code '%s' is no way to fill in the form", code);
    }
    return ERR_OK;
}

/* The FHIR type that a field-kind stands on. */
static enum err check_kind(struct build *b, const struct item *item)
{
    enum item_type wanted = item->field_kind == FIELD_BIRTH_DATE     ? ITEM_DATE
                            : item->field_kind >= FIELD_ETHNIC_GROUP ? ITEM_CHOICE
                                                                     : ITEM_STRING;

    if (item->field_kind != FIELD_PLAIN && (item->type != wanted || item->repeats))
        return build_refuse(b, item->link_id, "Change the type, or remove the field-kind",
                            "field-kind %s needs one %s", field_kind_name(item->field_kind),
                            item_type_name(wanted));
    if (item->derived != DERIVED_NONE &&
        (!item->hidden ||
         item->type != (item->derived == DERIVED_ADULT ? ITEM_BOOLEAN : ITEM_STRING)))
        return build_refuse(b, item->link_id,
                            "Make it hidden; adult is a boolean, ethnic-2001 a string",
                            "a derived value has another type, or is not hidden");
    return check_option_codes(b, item);
}

/* What may stand on a page of each kind. */
static enum err check_page(struct build *b, int page)
{
    const struct item *item = &b->items[page];
    int fields = 0;
    bool agreement = false;

    for (int i = page + 1; i < item->end; i++) {
        if (!item_is_question(&b->items[i]) || b->items[i].hidden)
            continue;
        fields++;
        agreement |= b->items[i].required;
        if (item->page_kind == PAGE_CONSENT && b->items[i].type != ITEM_BOOLEAN)
            return build_refuse(b, b->items[i].link_id, "Make it a boolean, or move it",
                                "a consent page holds booleans only");
        if (item->page_kind == PAGE_CONSENT && b->items[i].initial != NULL)
            return build_refuse(b, b->items[i].link_id, "Remove initial",
                                "an agreement can't be ticked at first");
    }
    if (item->page_kind == PAGE_CONSENT && !agreement)
        return build_refuse(b, item->link_id, "Make the agreement to sign up required",
                            "nothing on the consent page is required");
    if (item->page_kind == PAGE_CONSENT &&
        (b->enable_when[page] != NULL || b->enable_when[item->parent] != NULL))
        return build_refuse(b, item->link_id, "Remove enableWhen from the page and its section",
                            "the consent page can be closed, and nobody may sign up without it");
    bool asks = item->page_kind == PAGE_QUESTION || item->page_kind == PAGE_CONSENT;
    if (asks && fields == 0)
        return build_refuse(b, item->link_id, "Add a question, or make it a notice",
                            "the page asks nothing");
    if (!asks && fields > 0)
        return build_refuse(b, item->link_id, "Move the question to a page of kind question",
                            "a notice or way out can't ask");
    return ERR_OK;
}

/* One consent page, one place for each kind that has a meaning of its own, sections in order. */
static enum err check_form(struct build *b)
{
    int consents = 0;
    unsigned kinds = 0;
    bool equality = false;

    for (int i = 0; i < b->count; i++) {
        const struct item *item = &b->items[i];
        bool single = item->field_kind == FIELD_BIRTH_DATE ||
                      item->field_kind == FIELD_FILLED_IN_BY ||
                      item->field_kind == FIELD_NHS_NUMBER;
        if (single && (kinds >> item->field_kind & 1u))
            return build_refuse(b, item->link_id, "Keep one", "a second question of kind %s",
                                field_kind_name(item->field_kind));
        kinds |= 1u << item->field_kind;
        if (item->derived == DERIVED_ADULT && !(kinds >> FIELD_BIRTH_DATE & 1u))
            return build_refuse(b, item->link_id, "Put it after the date of birth",
                                "adult is derived from a birth-date, and none stands before it");
        consents += item->level == LEVEL_PAGE && item->page_kind == PAGE_CONSENT;
        if (consents > 1)
            return build_refuse(b, item->link_id, "Put all agreements on one page",
                                "a second consent page");
        if (item->level != LEVEL_SECTION)
            continue;
        if (equality && item->section_kind == SECTION_ABOUT_YOU)
            return build_refuse(b, item->link_id, "Move equality sections to the end",
                                "an about-you section stands after an equality section");
        equality = item->section_kind == SECTION_EQUALITY;
    }
    if (consents == 0)
        return build_refuse(b, NULL, "Add a page of kind consent with a required boolean",
                            "it asks for no agreement");
    return ERR_OK;
}

enum err build_check_rules(struct build *b)
{
    enum err e = ERR_OK;

    for (int i = 0; e == ERR_OK && i < b->count; i++) {
        const struct item *item = &b->items[i];
        e = check_level(b, item);
        if (e == ERR_OK)
            e = check_placements(b, i);
        if (e == ERR_OK)
            e = check_keys(b, item);
        if (e == ERR_OK)
            e = check_initial(b, item);
        if (e == ERR_OK)
            e = check_kind(b, item);
    }
    for (int i = 0; e == ERR_OK && i < b->count; i++) {
        if (b->items[i].level == LEVEL_PAGE)
            e = check_page(b, i);
    }
    return e == ERR_OK ? check_form(b) : e;
}
