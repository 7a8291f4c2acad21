/* The extensions of an item and of an option: one row of a table each, by url. */
#include <string.h>

#include "signup/pattern.h"
#include "signup/questionnaire_build.h"

#define HL7 "http://hl7.org/fhir/StructureDefinition/"
#define OWN "https://help-diabetes.example/fhir/"

/* Position of `name` in a NULL-ended list; -1 where it is not there. */
static int position(const char *name, const char *const *list)
{
    for (int i = 0; name != NULL && list[i] != NULL; i++) {
        if (strcmp(name, list[i]) == 0)
            return i;
    }
    return -1;
}

static enum err refuse_code(struct build *b, const struct item *item, const char *name,
                            const char *remedy)
{
    return build_refuse(b, item->link_id, remedy, "the value of extension %s is not known", name);
}

static enum err read_section_kind(struct build *b, const json_t *value, struct item *item)
{
    static const char *const codes[] = {"about-you", "equality", NULL};
    int at = position(json_string_value(value), codes);

    if (at < 0)
        return refuse_code(b, item, "section-kind", "Use about-you or equality");
    item->section_kind = (enum section_kind)at;
    return ERR_OK;
}

static enum err read_page_kind(struct build *b, const json_t *value, struct item *item)
{
    static const char *const codes[] = {"question", "consent", "notice", "way-out", NULL};
    int at = position(json_string_value(value), codes);

    if (at < 0)
        return refuse_code(b, item, "page-kind", "Use question, consent, notice or way-out");
    item->page_kind = (enum page_kind)at;
    return ERR_OK;
}

static enum err read_field_kind(struct build *b, const json_t *value, struct item *item)
{
    enum field_kind kind = field_kind_parse(str_of(json_string_value(value)));

    if (kind == FIELD_KIND_COUNT)
        return refuse_code(b, item, "field-kind",
                           "Use nhs-number, postcode, phone, any-phone, email, birth-date, "
                           "person-name, ethnic-group or filled-in-by");
    item->field_kind = kind;
    return ERR_OK;
}

static enum err read_derived(struct build *b, const json_t *value, struct item *item)
{
    static const char *const codes[] = {"", "adult", "ethnic-2001", NULL};
    int at = position(json_string_value(value), codes);

    if (at < 1)
        return refuse_code(b, item, "derived", "Use adult or ethnic-2001");
    item->derived = (enum derived_kind)at;
    return ERR_OK;
}

static enum err read_short_label(struct build *b, const json_t *value, struct item *item)
{
    return build_text(b, item->link_id, "short-label", value, LIMIT_TEXT, &item->short_label);
}

static enum err read_second_line(struct build *b, const json_t *value, struct item *item)
{
    return build_text(b, item->link_id, "second-line", value, LIMIT_TEXT, &item->second_line);
}

static enum err read_icon(struct build *b, const json_t *value, struct item *item)
{
    enum err e = build_text(b, item->link_id, "icon", value, LIMIT_LINK_ID, &item->icon);

    if (e == ERR_OK && !build_is_code(item->icon, LIMIT_LINK_ID))
        e = build_refuse(b, item->link_id, "Use the name of a picture of the pack",
                         "an icon has signs that no picture name has");
    return e;
}

static enum err read_skip_label(struct build *b, const json_t *value, struct item *item)
{
    return build_text(b, item->link_id, "skip-label", value, LIMIT_TEXT, &item->skip_label);
}

static enum err read_skipped_text(struct build *b, const json_t *value, struct item *item)
{
    return build_text(b, item->link_id, "skipped-text", value, LIMIT_TEXT, &item->skipped_text);
}

static enum err read_empty_message(struct build *b, const json_t *value, struct item *item)
{
    return build_text(b, item->link_id, "empty-message", value, LIMIT_TEXT, &item->empty_message);
}

static enum err read_control(struct build *b, const json_t *value, struct item *item)
{
    static const char *const codes[] = {"", "help", "prompt", "radio-button", "check-box", NULL};
    const json_t *coding = json_array_get(json_object_get(value, "coding"), 0);
    int at = position(json_string_value(json_object_get(coding, "code")), codes);

    if (at < 1 || json_array_size(json_object_get(value, "coding")) != 1)
        return refuse_code(
            b, item, "questionnaire-itemControl",
            "Use help or prompt on a display, radio-button or check-box on a choice");
    item->control = (enum item_control)at;
    return ERR_OK;
}

static enum err read_orientation(struct build *b, const json_t *value, struct item *item)
{
    static const char *const codes[] = {"vertical", "horizontal", NULL};
    int at = position(json_string_value(value), codes);

    if (at < 0)
        return refuse_code(b, item, "choiceOrientation", "Use vertical or horizontal");
    item->horizontal = at == 1;
    return ERR_OK;
}

static enum err read_hidden(struct build *b, const json_t *value, struct item *item)
{
    (void)b;
    item->hidden = json_is_true(value);
    return ERR_OK;
}

static enum err read_min_length(struct build *b, const json_t *value, struct item *item)
{
    json_int_t least = json_integer_value(value);

    if (least < 1 || least > LIMIT_ANSWER)
        return build_refuse(b, item->link_id, "Write a whole number from 1 to 512",
                            "'minLength' is out of range");
    item->min_length = (int)least;
    return ERR_OK;
}

static enum err read_regex(struct build *b, const json_t *value, struct item *item)
{
    enum err e = build_text(b, item->link_id, "regex", value, PATTERN_BYTES, &item->pattern);

    if (e != ERR_OK)
        return e;
    const char *problem = pattern_problem(str_of(item->pattern));
    if (problem != NULL)
        return build_refuse(b, item->link_id,
                            "Use characters, classes [A-Z] and \\d with ? * + {2,5}", "regex: %s",
                            problem);
    return ERR_OK;
}

static enum err read_bound(struct build *b, const json_t *value, const struct item *item,
                           const char *name, struct bound *out_bound)
{
    struct bound bound = {.set = true};

    bool fits =
        item->type == ITEM_DATE
            ? date_parse(str_of(json_string_value(value)), &bound.date)
            : json_is_number(value) && (item->type == ITEM_DECIMAL ||
                                        (item->type == ITEM_INTEGER && json_is_integer(value)));
    if (!fits)
        return build_refuse(b, item->link_id, "Give a value of the item's own type",
                            "'%s' does not fit a %s", name, item_type_name(item->type));
    bound.number = json_number_value(value);
    *out_bound = bound;
    return ERR_OK;
}

static enum err read_min_value(struct build *b, const json_t *value, struct item *item)
{
    return read_bound(b, value, item, "minValue", &item->min_value);
}

static enum err read_max_value(struct build *b, const json_t *value, struct item *item)
{
    return read_bound(b, value, item, "maxValue", &item->max_value);
}

/* The keys a value may stand under, by kind of value. */
static const char *const as_code[] = {"valueCode", NULL};
static const char *const as_string[] = {"valueString", NULL};
static const char *const as_boolean[] = {"valueBoolean", NULL};
static const char *const as_integer[] = {"valueInteger", NULL};
static const char *const as_concept[] = {"valueCodeableConcept", NULL};
static const char *const as_bound[] = {"valueInteger", "valueDecimal", "valueDate", NULL};

static const struct row {
    const char *url;
    const char *const *value_keys;
    enum extension bit;
    enum err (*read)(struct build *b, const json_t *value, struct item *item);
} rows[] = {
    {OWN "section-kind", as_code, EXT_SECTION_KIND, read_section_kind},
    {OWN "page-kind", as_code, EXT_PAGE_KIND, read_page_kind},
    {OWN "field-kind", as_code, EXT_FIELD_KIND, read_field_kind},
    {OWN "derived", as_code, EXT_DERIVED, read_derived},
    {OWN "short-label", as_string, EXT_SHORT_LABEL, read_short_label},
    {OWN "second-line", as_string, EXT_SECOND_LINE, read_second_line},
    {OWN "icon", as_code, EXT_ICON, read_icon},
    {OWN "skip-label", as_string, EXT_SKIP_LABEL, read_skip_label},
    {OWN "skipped-text", as_string, EXT_SKIPPED_TEXT, read_skipped_text},
    {OWN "empty-message", as_string, EXT_EMPTY_MESSAGE, read_empty_message},
    {HL7 "questionnaire-itemControl", as_concept, EXT_CONTROL, read_control},
    {HL7 "questionnaire-choiceOrientation", as_code, EXT_ORIENTATION, read_orientation},
    {HL7 "questionnaire-hidden", as_boolean, EXT_HIDDEN, read_hidden},
    {HL7 "minLength", as_integer, EXT_MIN_LENGTH, read_min_length},
    {HL7 "regex", as_string, EXT_REGEX, read_regex},
    {HL7 "minValue", as_bound, EXT_MIN_VALUE, read_min_value},
    {HL7 "maxValue", as_bound, EXT_MAX_VALUE, read_max_value},
};

/* The url and the one value of an extension; refuses any other shape. */
static enum err take(struct build *b, const char *link_id, const json_t *json, const char **out_url,
                     const char **out_key, const json_t **out_value)
{
    const char *url = json_string_value(json_object_get(json, "url"));
    const char *key;
    json_t *value;

    if (url == NULL || json_object_size(json) != 2)
        return build_refuse(b, link_id, "Write it as {\"url\":..., \"value...\":...}",
                            "an extension is not a url with one value");
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        if (strcmp(key, "url") != 0) {
            *out_key = key;
            *out_value = value;
        }
    }
    *out_url = url;
    return ERR_OK;
}

static enum err refuse_url(struct build *b, const char *link_id, const char *url)
{
    return build_refuse(b, link_id, "Remove it", "the extension %.120s is not supported", url);
}

static enum err refuse_value(struct build *b, const char *link_id, const char *url, const char *key)
{
    return build_refuse(b, link_id, "Use the value key that this extension has",
                        "the extension %.90s can't hold %.30s", url, key);
}

static bool fits(const char *key, const json_t *value)
{
    if (strcmp(key, "valueBoolean") == 0)
        return json_is_boolean(value);
    if (strcmp(key, "valueInteger") == 0)
        return json_is_integer(value);
    if (strcmp(key, "valueDecimal") == 0)
        return json_is_number(value);
    if (strcmp(key, "valueCodeableConcept") == 0)
        return json_is_object(value);
    return json_is_string(value);
}

static enum err read_one(struct build *b, const json_t *json, int item)
{
    const char *link_id = b->items[item].link_id;
    const char *url;
    const char *key;
    const json_t *value;
    enum err e = take(b, link_id, json, &url, &key, &value);

    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(url, rows[i].url) != 0)
            continue;
        if (position(key, rows[i].value_keys) < 0 || !fits(key, value))
            return refuse_value(b, link_id, url, key);
        if (b->extensions[item] & rows[i].bit)
            return build_refuse(b, link_id, "Keep one", "the extension %.120s stands twice", url);
        b->extensions[item] |= rows[i].bit;
        return rows[i].read(b, value, &b->items[item]);
    }
    return refuse_url(b, link_id, url);
}

enum err build_item_extensions(struct build *b, const json_t *list, int item)
{
    if (list != NULL && !json_is_array(list))
        return build_refuse(b, b->items[item].link_id, "Write it as [{...}, ...]",
                            "'extension' is not a list");
    for (size_t i = 0; i < json_array_size(list); i++) {
        enum err e = read_one(b, json_array_get(list, i), item);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

/* One name, or two with a space between: the first is drawn before the second. */
static enum err part_icons(struct build *b, const char *link_id, struct item_option *option)
{
    struct str second;
    struct str first = str_split(str_of(option->icon), ' ', &second);

    if (second.len > 0) {
        option->icon2 = arena_copy(&b->arena, first);
        option->icon = second.at;
        if (option->icon2 == NULL)
            return ERR_LIMIT;
    }
    if (!build_is_code(option->icon, LIMIT_LINK_ID) ||
        (option->icon2 != NULL && !build_is_code(option->icon2, LIMIT_LINK_ID)))
        return build_refuse(b, link_id, "Use the name of a picture of the pack",
                            "an option's icon has signs that no picture name has");
    return ERR_OK;
}

static enum err read_option_extension(struct build *b, const json_t *json, const char *link_id,
                                      struct item_option *option)
{
    const char *url;
    const char *key;
    const json_t *value;
    enum err e = take(b, link_id, json, &url, &key, &value);

    if (e != ERR_OK)
        return e;
    if (strcmp(url, HL7 "questionnaire-optionExclusive") == 0) {
        if (position(key, as_boolean) < 0 || !fits(key, value))
            return refuse_value(b, link_id, url, key);
        option->exclusive = json_is_true(value);
        return ERR_OK;
    }
    const char **text = NULL;
    const char *const *keys = as_string;
    if (strcmp(url, OWN "icon") == 0) {
        text = &option->icon;
        keys = as_code;
    } else if (strcmp(url, OWN "done-page") == 0) {
        text = &option->done_page;
        keys = as_code;
    } else if (strcmp(url, OWN "second-line") == 0) {
        text = &option->second_line;
    } else if (strcmp(url, OWN "short-label") == 0) {
        text = &option->short_label;
    }
    if (text == NULL)
        return refuse_url(b, link_id, url);
    if (position(key, keys) < 0)
        return refuse_value(b, link_id, url, key);
    if (*text != NULL)
        return build_refuse(b, link_id, "Keep one", "the extension %.120s stands twice", url);
    e = build_text(b, link_id, url, value, LIMIT_TEXT, text);
    if (e == ERR_OK && text == &option->icon)
        e = part_icons(b, link_id, option);
    else if (e == ERR_OK && keys == as_code && !build_is_code(*text, LIMIT_LINK_ID))
        e = build_refuse(b, link_id, "Use the name of a page of the pack",
                         "an option's done-page has signs that no name has");
    return e;
}

enum err build_option_extensions(struct build *b, const json_t *list, const char *link_id,
                                 struct item_option *option)
{
    if (list != NULL && !json_is_array(list))
        return build_refuse(b, link_id, "Write it as [{...}, ...]",
                            "'extension' of an option is not a list");
    for (size_t i = 0; i < json_array_size(list); i++) {
        enum err e = read_option_extension(b, json_array_get(list, i), link_id, option);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}
