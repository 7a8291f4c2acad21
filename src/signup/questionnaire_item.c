/* One item of the form from its JSON: keys, type, options, initial value. */
#include <string.h>

#include "signup/questionnaire_build.h"

static enum err read_flag(struct build *b, const struct item *item, const json_t *json,
                          const char *key, bool *out_flag)
{
    const json_t *value = json_object_get(json, key);

    if (value == NULL)
        return ERR_OK;
    if (!json_is_boolean(value))
        return build_refuse(b, item->link_id, "Write true or false, without quotation marks",
                            "'%s' is neither true nor false", key);
    *out_flag = json_is_true(value);
    return ERR_OK;
}

static enum err read_link_id(struct build *b, const json_t *json, int parent, struct item *item)
{
    const char *owner = parent == QUESTIONNAIRE_NONE ? NULL : b->items[parent].link_id;
    const char *link_id = json_string_value(json_object_get(json, "linkId"));

    if (link_id == NULL || !build_is_code(link_id, LIMIT_LINK_ID))
        return build_refuse(b, owner,
                            "Give it a linkId of letters, digits, dots and hyphens, at most 64",
                            "an item in it has no linkId, or one with other signs");
    for (int i = 0; i < b->count; i++) {
        if (strcmp(b->items[i].link_id, link_id) == 0)
            return build_refuse(b, link_id, "Give each item its own linkId",
                                "two items have this linkId");
    }
    item->link_id = arena_copy(&b->arena, str_of(link_id));
    return item->link_id == NULL ? ERR_LIMIT : ERR_OK;
}

static enum err read_type(struct build *b, const json_t *json, struct item *item)
{
    const char *name = json_string_value(json_object_get(json, "type"));

    for (int type = 0; name != NULL && type < ITEM_TYPE_COUNT; type++) {
        if (strcmp(name, item_type_name((enum item_type)type)) == 0) {
            item->type = (enum item_type)type;
            return ERR_OK;
        }
    }
    return build_refuse(b, item->link_id,
                        "Use group, display, boolean, string, text, integer, decimal, date, "
                        "choice or open-choice",
                        "the type '%.40s' is not supported", name == NULL ? "" : name);
}

static enum err read_coding(struct build *b, const json_t *json, const char *link_id,
                            struct item_option *option)
{
    static const char *const keys[] = {"system", "code", "display", NULL};
    const json_t *coding = json_object_get(json, "valueCoding");

    if (coding == NULL)
        return build_refuse(b, link_id, "Write it as {\"valueCoding\":{\"code\",\"display\"}}",
                            "an answerOption has no valueCoding");
    enum err e = build_keys(b, link_id, "valueCoding", coding, keys);
    if (e == ERR_OK)
        e = build_text(b, link_id, "code", json_object_get(coding, "code"), LIMIT_LINK_ID,
                       &option->code);
    if (e == ERR_OK && !build_is_code(option->code, LIMIT_LINK_ID))
        e = build_refuse(b, link_id, "Use letters, digits, dots and hyphens",
                         "the option code '%s' has other signs", option->code);
    if (e == ERR_OK)
        e = build_text(b, link_id, "display", json_object_get(coding, "display"), LIMIT_TEXT,
                       &option->text);
    return e;
}

static enum err read_option(struct build *b, const json_t *json, struct item *item, int index,
                            struct item_option *option)
{
    static const char *const keys[] = {"valueCoding", "initialSelected", "extension", NULL};
    enum err e = build_keys(b, item->link_id, "answerOption", json, keys);

    if (e == ERR_OK)
        e = read_coding(b, json, item->link_id, option);
    if (e == ERR_OK)
        e = read_flag(b, item, json, "initialSelected", &option->initial);
    if (e == ERR_OK)
        e = build_option_extensions(b, json_object_get(json, "extension"), item->link_id, option);
    for (int i = 0; e == ERR_OK && i < index; i++) {
        if (strcmp(item->options[i].code, option->code) == 0)
            e = build_refuse(b, item->link_id, "Give each option its own code",
                             "two options have the code '%s'", option->code);
    }
    return e;
}

static enum err read_options(struct build *b, const json_t *json, struct item *item)
{
    const json_t *list = json_object_get(json, "answerOption");
    bool takes_options = item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;

    if (list == NULL && !takes_options)
        return ERR_OK;
    if (!takes_options)
        return build_refuse(b, item->link_id, "Make it a choice, or remove answerOption",
                            "a %s has no options to choose", item_type_name(item->type));
    size_t count = json_array_size(list);
    if (count == 0)
        return build_refuse(b, item->link_id, "Add an answerOption list with its options",
                            "a %s has nothing to choose", item_type_name(item->type));
    if (count > LIMIT_OPTIONS) {
        build_refuse(b, item->link_id, "Remove or group some", "%zu options; at most %d fit", count,
                     LIMIT_OPTIONS);
        return ERR_LIMIT;
    }
    struct item_option *options = arena_take(&b->arena, count * sizeof *options);
    if (options == NULL)
        return ERR_LIMIT;
    item->options = options;
    for (size_t i = 0; i < count; i++) {
        enum err e = read_option(b, json_array_get(list, i), item, (int)i, &options[i]);
        if (e != ERR_OK)
            return e;
        item->option_count = (int)i + 1;
    }
    return ERR_OK;
}

/* The value of initial as text, where its key fits the item's type. */
static enum err read_initial(struct build *b, const json_t *json, struct item *item)
{
    static const char *const keys[ITEM_TYPE_COUNT] = {
        [ITEM_BOOLEAN] = "valueBoolean", [ITEM_STRING] = "valueString",
        [ITEM_TEXT] = "valueString",     [ITEM_INTEGER] = "valueInteger",
        [ITEM_DECIMAL] = "valueDecimal", [ITEM_DATE] = "valueDate",
    };
    const json_t *list = json_object_get(json, "initial");

    if (list == NULL)
        return ERR_OK;
    const char *key = keys[item->type];
    if (key == NULL)
        return build_refuse(b, item->link_id, "Use initialSelected on an answerOption instead",
                            "a %s takes no initial", item_type_name(item->type));
    const json_t *value = json_object_get(json_array_get(list, 0), key);
    if (json_array_size(list) != 1 || json_object_size(json_array_get(list, 0)) != 1 ||
        value == NULL)
        return build_refuse(b, item->link_id, "Give one value of the item's own type",
                            "'initial' is not one %s", key);
    if (json_is_string(value))
        return build_text(b, item->link_id, "initial", value, LIMIT_ANSWER, &item->initial);
    if (json_is_boolean(value))
        item->initial = json_is_true(value) ? "true" : "false";
    else if (json_is_integer(value))
        item->initial = arena_format(&b->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else
        return build_refuse(b, item->link_id, "Write a whole number, a text, true or false",
                            "'initial' can't be read");
    return item->initial == NULL ? ERR_LIMIT : ERR_OK;
}

static enum err read_max_length(struct build *b, const json_t *json, struct item *item)
{
    const json_t *value = json_object_get(json, "maxLength");

    if (value == NULL)
        return ERR_OK;
    if (item->type != ITEM_STRING && item->type != ITEM_TEXT && item->type != ITEM_OPEN_CHOICE)
        return build_refuse(b, item->link_id, "Remove it", "a %s takes no maxLength",
                            item_type_name(item->type));
    json_int_t most = json_integer_value(value);
    if (!json_is_integer(value) || most < 1 || most > LIMIT_ANSWER)
        return build_refuse(b, item->link_id, "Write a whole number from 1 to 512",
                            "'maxLength' is out of range");
    item->max_length = (int)most;
    return ERR_OK;
}

static enum err read_behavior(struct build *b, const json_t *json, struct item *item)
{
    const json_t *value = json_object_get(json, "enableBehavior");
    const char *text = json_string_value(value);

    if (value == NULL)
        return ERR_OK;
    if (text == NULL || (strcmp(text, "all") != 0 && strcmp(text, "any") != 0))
        return build_refuse(b, item->link_id, "Write all or any",
                            "'enableBehavior' is neither all nor any");
    item->any_condition = strcmp(text, "any") == 0;
    return ERR_OK;
}

static enum err read_parts(struct build *b, const json_t *json, struct item *item)
{
    const json_t *text = json_object_get(json, "text");
    const json_t *prefix = json_object_get(json, "prefix");
    enum err e = ERR_OK;

    item->text = "";
    if (text != NULL)
        e = build_text(b, item->link_id, "text", text, LIMIT_TEXT, &item->text);
    if (e == ERR_OK && prefix != NULL)
        e = build_text(b, item->link_id, "prefix", prefix, LIMIT_LINK_ID, &item->prefix);
    if (e == ERR_OK)
        e = read_flag(b, item, json, "required", &item->required);
    if (e == ERR_OK)
        e = read_flag(b, item, json, "repeats", &item->repeats);
    if (e == ERR_OK)
        e = read_max_length(b, json, item);
    if (e == ERR_OK)
        e = read_options(b, json, item);
    if (e == ERR_OK)
        e = read_initial(b, json, item);
    if (e == ERR_OK)
        e = read_behavior(b, json, item);
    return e;
}

enum err build_item(struct build *b, const json_t *json, int parent)
{
    static const char *const keys[] = {"linkId",       "text",       "prefix",         "type",
                                       "required",     "repeats",    "maxLength",      "initial",
                                       "answerOption", "enableWhen", "enableBehavior", "extension",
                                       "item",         NULL};
    const char *owner = parent == QUESTIONNAIRE_NONE ? NULL : b->items[parent].link_id;

    if (b->count == LIMIT_ITEMS) {
        build_refuse(b, owner, "Shorten the form", "the form has more than %d items", LIMIT_ITEMS);
        return ERR_LIMIT;
    }
    if (!json_is_object(json))
        return build_refuse(b, owner, "Write each item as {...}", "an item in it is not an object");
    struct item *item = &b->items[b->count];
    item->parent = parent;
    enum err e = read_link_id(b, json, parent, item);
    if (e == ERR_OK)
        e = build_keys(b, item->link_id, "this item", json, keys);
    if (e == ERR_OK)
        e = read_type(b, json, item);
    if (e == ERR_OK)
        e = read_parts(b, json, item);
    if (e == ERR_OK)
        e = build_item_extensions(b, json_object_get(json, "extension"), b->count);
    if (e != ERR_OK)
        return e;
    b->enable_when[b->count] = json_object_get(json, "enableWhen");
    b->count++;
    return ERR_OK;
}
