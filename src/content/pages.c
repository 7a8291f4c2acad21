/* pages.json: the pages that are read, the local champion and the languages on offer. */
#include <stdlib.h>
#include <string.h>

#include "content/pack_private.h"

static enum err refuse(struct refusal *refusal, const char *place, const char *problem,
                       const char *remedy)
{
    refusal_place(refusal, "pages.json: %s", place);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "%s", remedy);
    return ERR_FORMAT;
}

/* A text of the object, at most LIMIT_TEXT bytes; NULL where it is missing or of another kind. */
static const char *text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_string(value) || json_string_length(value) > LIMIT_TEXT ||
        strlen(json_string_value(value)) != json_string_length(value))
        return NULL;
    return json_string_value(value);
}

static bool has_only(const json_t *object, const char *const *keys, const char **out_other)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        const char *const *known = keys;
        while (*known != NULL && strcmp(*known, key) != 0)
            known++;
        if (*known == NULL) {
            *out_other = key;
            return false;
        }
    }
    return true;
}

static enum err refuse_other(struct refusal *refusal, const char *place, const char *key)
{
    char problem[120];

    snprintf(problem, sizeof problem, "there is no \"%.60s\" here", key);
    return refuse(refusal, place, problem, "Remove it, or mend its name (see content/pack.h)");
}

static enum err read_line(const json_t *json, const char *page, struct pack_line *out,
                          struct refusal *refusal)
{
    static const char *const keys[] = {"icon", "text", NULL};
    const char *other;

    if (!json_is_object(json))
        return refuse(refusal, page, "a line is not an object", "Write {\"text\": \"...\"}");
    if (!has_only(json, keys, &other))
        return refuse_other(refusal, page, other);
    out->icon = text_of(json, "icon");
    out->text = text_of(json, "text");
    if (out->text == NULL || out->text[0] == '\0')
        return refuse(refusal, page, "a line has no text, or one of over 600 bytes",
                      "Give it a \"text\"");
    return ERR_OK;
}

static enum err read_page(const json_t *json, struct pack_page *out, struct refusal *refusal)
{
    static const char *const keys[] = {"id", "title", "lead", "picture", "champion", "lines", NULL};
    const json_t *lines = json_object_get(json, "lines");
    const char *other;
    enum err e = ERR_OK;

    *out = (struct pack_page){.id = text_of(json, "id"),
                              .title = text_of(json, "title"),
                              .lead = text_of(json, "lead"),
                              .picture = text_of(json, "picture"),
                              .champion = json_is_true(json_object_get(json, "champion"))};
    if (out->id == NULL)
        return refuse(refusal, "a page", "it has no id", "Give it an \"id\" such as about-1");
    if (!has_only(json, keys, &other))
        return refuse_other(refusal, out->id, other);
    if (out->title == NULL || out->title[0] == '\0')
        return refuse(refusal, out->id, "it has no title", "Give it a \"title\"");
    if (out->lead == NULL)
        out->lead = "";
    if (lines != NULL && (!json_is_array(lines) || json_array_size(lines) > PACK_LINES))
        return refuse(refusal, out->id, "lines is not a list of at most 8",
                      "Split the page, or shorten it");
    for (size_t i = 0; e == ERR_OK && i < json_array_size(lines); i++)
        e = read_line(json_array_get(lines, i), out->id, &out->lines[out->line_count++], refusal);
    return e;
}

static enum err read_pages(const json_t *json, struct pack *pack, struct refusal *refusal)
{
    if (!json_is_array(json) || json_array_size(json) > PACK_PAGES)
        return refuse(refusal, "pages", "is not a list of at most 32 pages",
                      "Write \"pages\": [ ... ]");
    for (size_t i = 0; i < json_array_size(json); i++) {
        struct pack_page *page = &pack->pages[pack->page_count];
        enum err e = read_page(json_array_get(json, i), page, refusal);
        if (e != ERR_OK)
            return e;
        for (int k = 0; k < pack->page_count; k++) {
            if (strcmp(pack->pages[k].id, page->id) == 0)
                return refuse(refusal, page->id, "there are two pages with this id",
                              "Rename or remove one");
        }
        pack->page_count++;
    }
    return ERR_OK;
}

static enum err read_champion(const json_t *json, struct pack *pack, struct refusal *refusal)
{
    static const char *const keys[] = {"name", "role", "initials", "quotation", NULL};
    struct pack_champion *c = &pack->champion;
    const char *other;

    if (!json_is_object(json))
        return refuse(refusal, "champion", "is missing", "Add the local champion's words");
    if (!has_only(json, keys, &other))
        return refuse_other(refusal, "champion", other);
    *c = (struct pack_champion){text_of(json, "name"), text_of(json, "role"),
                                text_of(json, "initials"), text_of(json, "quotation")};
    if (c->name == NULL || c->role == NULL || c->initials == NULL || c->quotation == NULL)
        return refuse(refusal, "champion", "name, role, initials or quotation is missing",
                      "Give all four");
    return ERR_OK;
}

static enum err read_language(const json_t *json, struct pack_language *out,
                              struct refusal *refusal)
{
    static const char *const keys[] = {"code", "name", "english", "right_to_left", "draft", NULL};
    const char *other;

    if (json_is_object(json) && !has_only(json, keys, &other))
        return refuse_other(refusal, "languages", other);
    *out = (struct pack_language){.code = text_of(json, "code"),
                                  .name = text_of(json, "name"),
                                  .english = text_of(json, "english"),
                                  .right_to_left =
                                      json_is_true(json_object_get(json, "right_to_left")),
                                  .draft = json_is_true(json_object_get(json, "draft"))};
    if (out->code == NULL || out->name == NULL || out->english == NULL)
        return refuse(refusal, "languages", "code, name or english is missing", "Give all three");
    for (const char *c = out->code; *c != '\0'; c++) {
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') && *c != '-')
            return refuse(refusal, "languages", "a code has other signs than letters and hyphens",
                          "Write it as in BCP 47, such as \"bn\"");
    }
    return ERR_OK;
}

static enum err read_languages(const json_t *json, struct pack *pack, struct refusal *refusal)
{
    if (!json_is_array(json) || json_array_size(json) == 0 ||
        json_array_size(json) > PACK_LANGUAGES)
        return refuse(refusal, "languages", "is not a list of 1 to 32 languages",
                      "Begin it with English, code \"en\"");
    for (size_t i = 0; i < json_array_size(json); i++) {
        enum err e =
            read_language(json_array_get(json, i), &pack->languages[pack->language_count], refusal);
        if (e != ERR_OK)
            return e;
        pack->language_count++;
    }
    if (strcmp(pack->languages[0].code, "en") != 0)
        return refuse(refusal, "languages", "the first is not English", "Put \"en\" first");
    return ERR_OK;
}

enum err pages_read(struct str json, struct pack_owner *owner, struct refusal *refusal)
{
    static const char *const keys[] = {"pages", "champion", "languages", NULL};
    json_error_t error;
    const char *other;
    enum err e;

    owner->pages_json = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    if (owner->pages_json == NULL || !json_is_object(owner->pages_json)) {
        refusal_place(refusal, "pages.json:%d", owner->pages_json == NULL ? error.line : 1);
        refusal_problem(refusal, "%.150s",
                        owner->pages_json == NULL ? error.text : "is not an object");
        refusal_remedy(refusal, "Mend the JSON at this line");
        return ERR_FORMAT;
    }
    if (!has_only(owner->pages_json, keys, &other))
        return refuse_other(refusal, "top", other);
    e = read_pages(json_object_get(owner->pages_json, "pages"), &owner->pack, refusal);
    if (e == ERR_OK)
        e = read_champion(json_object_get(owner->pages_json, "champion"), &owner->pack, refusal);
    if (e == ERR_OK)
        e = read_languages(json_object_get(owner->pages_json, "languages"), &owner->pack, refusal);
    return e;
}

enum err pack_parse_pages(struct str json, struct pack **out_pack, struct refusal *refusal)
{
    struct pack_owner *owner = calloc(1, sizeof *owner);
    enum err e;

    if (owner == NULL)
        return ERR_MEMORY;
    e = pages_read(json, owner, refusal);
    if (e == ERR_OK)
        *out_pack = &owner->pack;
    else
        pack_close(&owner->pack);
    return e;
}
