/* The finished form: load, give back, look up. See questionnaire.h. */
#include "signup/questionnaire.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "signup/questionnaire_build.h"

/* The form and the memory that all its parts stand in. */
struct loaded {
    struct questionnaire form;
    struct arena arena;
};

enum { ARENA_BASE = 96 * 1024, ARENA_PER_BYTE = 6 };

static const char *const type_names[ITEM_TYPE_COUNT] = {
    [ITEM_GROUP] = "group",     [ITEM_DISPLAY] = "display",
    [ITEM_BOOLEAN] = "boolean", [ITEM_STRING] = "string",
    [ITEM_TEXT] = "text",       [ITEM_INTEGER] = "integer",
    [ITEM_DECIMAL] = "decimal", [ITEM_DATE] = "date",
    [ITEM_CHOICE] = "choice",   [ITEM_OPEN_CHOICE] = "open-choice",
};

const char *item_type_name(enum item_type type)
{
    return type >= ITEM_GROUP && type < ITEM_TYPE_COUNT ? type_names[type] : "unknown";
}

bool item_is_question(const struct item *item)
{
    return item->type != ITEM_GROUP && item->type != ITEM_DISPLAY;
}

enum err build_refuse(struct build *b, const char *link_id, const char *remedy, const char *problem,
                      ...)
{
    char words[sizeof b->refusal->problem];
    va_list arguments;

    va_start(arguments, problem);
    vsnprintf(words, sizeof words, problem, arguments);
    va_end(arguments);
    if (link_id != NULL)
        refusal_place(b->refusal, "linkId %s", link_id);
    else
        refusal_place(b->refusal, "questionnaire");
    refusal_problem(b->refusal, "%s", words);
    refusal_remedy(b->refusal, "%s", remedy);
    return ERR_FORMAT;
}

enum err build_text(struct build *b, const char *link_id, const char *key, const json_t *value,
                    size_t most, const char **out_text)
{
    const char *text = json_string_value(value);

    if (text == NULL)
        return build_refuse(b, link_id, "Write it as a text in quotation marks",
                            "'%s' is not a text", key);
    size_t len = json_string_length(value);
    if (len == 0 || len > most) {
        build_refuse(b, link_id, "Shorten it, or remove the key where it is empty",
                     "'%s' has %zu bytes; 1 to %zu are allowed", key, len, most);
        return len == 0 ? ERR_FORMAT : ERR_LIMIT;
    }
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            return build_refuse(b, link_id, "Remove line breaks, tabs and other controls",
                                "'%s' holds a control character", key);
    }
    char *copy = arena_copy(&b->arena, (struct str){text, len});
    if (copy == NULL)
        return ERR_LIMIT;
    *out_text = copy;
    return ERR_OK;
}

enum err build_keys(struct build *b, const char *link_id, const char *where, const json_t *object,
                    const char *const *allowed)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return build_refuse(b, link_id, "Write it as {...}", "%s is not an object", where);
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        int i = 0;
        while (allowed[i] != NULL && strcmp(allowed[i], key) != 0)
            i++;
        if (allowed[i] == NULL)
            return build_refuse(b, link_id, "Remove it: the kiosk reads a part of FHIR R4 only",
                                "the key '%.60s' of %s is not supported", key, where);
    }
    return ERR_OK;
}

bool build_is_code(const char *text, size_t most)
{
    size_t len = strlen(text);

    if (len == 0 || len > most)
        return false;
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") == len;
}

static enum err read_root(struct build *b, const json_t *root, struct questionnaire *form)
{
    static const char *const keys[] = {
        "resourceType", "id",   "url",      "version",      "name",      "title",       "status",
        "subjectType",  "date", "language", "experimental", "publisher", "description", "purpose",
        "copyright",    "item", NULL};
    const char *status = json_string_value(json_object_get(root, "status"));
    const char *type = json_string_value(json_object_get(root, "resourceType"));

    if (!json_is_object(root) || type == NULL || strcmp(type, "Questionnaire") != 0)
        return build_refuse(b, NULL, "Begin with {\"resourceType\":\"Questionnaire\", ...}",
                            "this is not a FHIR Questionnaire");
    enum err e = build_keys(b, NULL, "the questionnaire", root, keys);
    if (e != ERR_OK)
        return e;
    if (status == NULL || (strcmp(status, "active") != 0 && strcmp(status, "draft") != 0))
        return build_refuse(b, NULL, "Set it to active or draft",
                            "'status' is neither active nor draft");
    e = build_text(b, NULL, "url", json_object_get(root, "url"), 256, &form->url);
    if (e == ERR_OK)
        e = build_text(b, NULL, "version", json_object_get(root, "version"), 64, &form->version);
    if (e == ERR_OK)
        e = build_text(b, NULL, "title", json_object_get(root, "title"), LIMIT_TEXT, &form->title);
    if (e == ERR_OK && !build_is_code(form->version, 64))
        return build_refuse(b, NULL, "Use letters, digits, dots and hyphens, such as 2026-01",
                            "'version' has other signs");
    return e;
}

/* Depth first, parents before children: three levels, so the nesting is written out. */
static enum err read_items(struct build *b, const json_t *list, int parent, int level)
{
    if (list == NULL)
        return ERR_OK;
    const char *owner = parent == QUESTIONNAIRE_NONE ? NULL : b->items[parent].link_id;
    if (!json_is_array(list) || json_array_size(list) == 0)
        return build_refuse(b, owner, "Write it as [{...}, ...], or remove it",
                            "'item' is not a list with items");
    if (level > LEVEL_FIELD)
        return build_refuse(b, owner,
                            "Keep to three levels: section, page, question; move it one level up",
                            "items are nested too deep");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i);
        int item = b->count;
        enum err e = build_item(b, json, parent);
        if (e != ERR_OK)
            return e;
        b->items[item].level = (enum item_level)level;
        e = read_items(b, json_object_get(json, "item"), item, level + 1);
        if (e != ERR_OK)
            return e;
        b->items[item].end = b->count;
    }
    return ERR_OK;
}

static enum err refuse_json(struct build *b, const json_error_t *error)
{
    build_refuse(b, NULL, "Mend the JSON at that place; any JSON editor shows it", "%.160s",
                 error->text);
    refusal_place(b->refusal, "line %d, column %d", error->line, error->column);
    return ERR_FORMAT;
}

enum err questionnaire_parse(struct str json, struct questionnaire **out_questionnaire,
                             struct refusal *refusal)
{
    struct build *b = NULL;
    struct loaded *loaded = NULL;
    json_t *root = NULL;
    json_error_t error;
    struct refusal ignored;
    enum err e = ERR_MEMORY;

    b = calloc(1, sizeof *b);
    loaded = calloc(1, sizeof *loaded);
    if (b == NULL || loaded == NULL)
        goto out;
    b->refusal = refusal != NULL ? refusal : &ignored;
    if (json.len > LIMIT_QUESTIONNAIRE) {
        build_refuse(b, NULL, "Shorten or split the form", "the file is larger than %d bytes",
                     LIMIT_QUESTIONNAIRE);
        e = ERR_LIMIT;
        goto out;
    }
    e = arena_init(&b->arena, ARENA_BASE + ARENA_PER_BYTE * json.len);
    if (e != ERR_OK)
        goto out;
    root = json_loadb(json.at == NULL ? "" : json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        e = refuse_json(b, &error);
        goto out;
    }
    e = ERR_MEMORY;
    b->items = arena_take(&b->arena, LIMIT_ITEMS * sizeof *b->items);
    if (b->items == NULL)
        goto out;
    e = read_root(b, root, &loaded->form);
    if (e == ERR_OK && json_object_get(root, "item") == NULL)
        e = build_refuse(b, NULL, "Add sections, pages and questions", "the form has no items");
    if (e == ERR_OK)
        e = read_items(b, json_object_get(root, "item"), QUESTIONNAIRE_NONE, LEVEL_SECTION);
    if (e == ERR_OK)
        e = build_check_rules(b);
    if (e == ERR_OK)
        e = build_conditions(b);
    if (e != ERR_OK)
        goto out;
    loaded->form.items = b->items;
    loaded->form.item_count = b->count;
    loaded->arena = b->arena;
    b->arena = (struct arena){0};
    *out_questionnaire = &loaded->form;
    loaded = NULL;
out:
    json_decref(root);
    free(loaded);
    if (b != NULL)
        arena_finish(&b->arena);
    free(b);
    return e;
}

void questionnaire_destroy(struct questionnaire *q)
{
    struct loaded *loaded = (struct loaded *)q; /* its first member */

    if (loaded == NULL)
        return;
    arena_finish(&loaded->arena);
    free(loaded);
}

int questionnaire_find_str(const struct questionnaire *q, struct str link_id)
{
    for (int i = 0; i < q->item_count; i++) {
        if (str_is(link_id, q->items[i].link_id))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

int questionnaire_find(const struct questionnaire *q, const char *link_id)
{
    return questionnaire_find_str(q, str_of(link_id));
}

int questionnaire_find_kind(const struct questionnaire *q, enum field_kind kind)
{
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].level == LEVEL_FIELD && q->items[i].field_kind == kind)
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

int item_find_option(const struct item *item, struct str code)
{
    for (int i = 0; i < item->option_count; i++) {
        if (str_is(code, item->options[i].code))
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

int questionnaire_page_of(const struct questionnaire *q, int item)
{
    while (item != QUESTIONNAIRE_NONE && q->items[item].level == LEVEL_FIELD)
        item = q->items[item].parent;
    if (item == QUESTIONNAIRE_NONE || q->items[item].level != LEVEL_PAGE)
        return QUESTIONNAIRE_NONE;
    return item;
}
