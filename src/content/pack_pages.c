/* pages.json: address, pages and champion: see pack.h. */
#include <string.h>

#include "content/pack_build.h"

static const char *const needed[] = {"about-1", "about-2", "about-3",      "about-4",
                                     "way-out", "privacy", "done-offline", NULL};

enum err pack_flag(const json_t *object, const char *key, const char *place, bool *out_flag,
                   struct refusal *refusal)
{
    const json_t *value = json_object_get(object, key);

    if (value != NULL && !json_is_boolean(value))
        return pack_refuse(refusal, place, "Write true or false", "'%s' is neither", key);
    *out_flag = json_is_true(value);
    return ERR_OK;
}

static enum err read_optional(struct loaded_pack *loaded, const json_t *object, const char *key,
                              const char *place, size_t most, const char **out_text,
                              struct refusal *refusal)
{
    if (json_object_get(object, key) == NULL)
        return ERR_OK;
    return pack_text(loaded, object, key, place, most, out_text, refusal);
}

static enum err read_lines(struct loaded_pack *loaded, const json_t *list, struct pack_page *page,
                           struct refusal *refusal)
{
    static const char *const keys[] = {"icon", "text", NULL};
    size_t count = json_array_size(list);

    if (list != NULL && !json_is_array(list))
        return pack_refuse(refusal, page->id, "Write it as [{...}, ...]", "'lines' is not a list");
    if (count > PACK_LINES)
        return pack_refuse(refusal, page->id, "Shorten the page", "more than %d lines", PACK_LINES);
    for (size_t i = 0; i < count; i++) {
        const json_t *json = json_array_get(list, i);
        struct pack_line *line = &page->lines[i];
        enum err e = pack_keys(json, keys, page->id, refusal);
        if (e == ERR_OK)
            e = pack_text(loaded, json, "text", page->id, LIMIT_TEXT, &line->text, refusal);
        if (e == ERR_OK)
            e = read_optional(loaded, json, "icon", page->id, LIMIT_LINK_ID, &line->icon, refusal);
        if (e != ERR_OK)
            return e;
        page->line_count++;
    }
    return ERR_OK;
}

static enum err read_page(struct loaded_pack *loaded, const json_t *json, struct refusal *refusal)
{
    static const char *const keys[] = {"id", "title", "lead", "picture", "champion", "lines", NULL};
    struct pack *pack = &loaded->pack;
    struct pack_page page = {.lead = ""};
    enum err e = pack_keys(json, keys, "pages", refusal);

    if (e == ERR_OK && pack->page_count == PACK_PAGES)
        e = pack_refuse(refusal, "pages", "Remove some", "more than %d pages", PACK_PAGES);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "id", "pages", LIMIT_LINK_ID, &page.id, refusal);
    if (e == ERR_OK && pack_page(pack, page.id) != NULL)
        e = pack_refuse(refusal, page.id, "Give each page its own id", "two pages have this id");
    if (e == ERR_OK)
        e = pack_text(loaded, json, "title", page.id, LIMIT_TEXT, &page.title, refusal);
    if (e == ERR_OK)
        e = read_optional(loaded, json, "lead", page.id, LIMIT_TEXT, &page.lead, refusal);
    if (e == ERR_OK)
        e = read_optional(loaded, json, "picture", page.id, LIMIT_LINK_ID, &page.picture, refusal);
    if (e == ERR_OK)
        e = pack_flag(json, "champion", page.id, &page.champion, refusal);
    if (e == ERR_OK)
        e = read_lines(loaded, json_object_get(json, "lines"), &page, refusal);
    if (e == ERR_OK)
        pack->pages[pack->page_count++] = page;
    return e;
}

static enum err read_champion(struct loaded_pack *loaded, const json_t *json,
                              struct refusal *refusal)
{
    static const char *const keys[] = {"name", "role", "initials", "quotation", NULL};
    struct pack_champion *c = &loaded->pack.champion;
    enum err e = pack_keys(json, keys, "champion", refusal);

    if (e == ERR_OK)
        e = pack_text(loaded, json, "name", "champion", 80, &c->name, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "role", "champion", 120, &c->role, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "initials", "champion", 8, &c->initials, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "quotation", "champion", 300, &c->quotation, refusal);
    return e;
}

/* A reference is put behind it, and both go into a square that a phone reads. */
static enum err read_address(struct loaded_pack *loaded, const json_t *root,
                             struct refusal *refusal)
{
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789.-/";
    static const char scheme[] = "https://";
    const char **address = &loaded->pack.address;
    enum err e = pack_text(loaded, root, "address", "pages.json", 60, address, refusal);

    if (e != ERR_OK)
        return e;
    size_t len = strlen(*address);
    if (strncmp(*address, scheme, sizeof scheme - 1) != 0 || len == sizeof scheme - 1 ||
        (*address)[len - 1] != '/' ||
        strspn(*address + sizeof scheme - 1, signs) != len - (sizeof scheme - 1))
        return pack_refuse(refusal, "pages.json", "Write it like https://start.example.org/",
                           "'address' is no plain https address that ends with /");
    return ERR_OK;
}

static enum err read_list(struct loaded_pack *loaded, const json_t *root, const char *key,
                          enum err (*read)(struct loaded_pack *, const json_t *, struct refusal *),
                          struct refusal *refusal)
{
    const json_t *list = json_object_get(root, key);
    enum err e = ERR_OK;

    if (json_array_size(list) == 0)
        return pack_refuse(refusal, "pages.json", "Add it as [{...}, ...]",
                           "'%s' is missing or empty", key);
    for (size_t i = 0; e == ERR_OK && i < json_array_size(list); i++)
        e = read(loaded, json_array_get(list, i), refusal);
    return e;
}

enum err pack_read_pages(struct loaded_pack *loaded, struct str json, struct refusal *refusal)
{
    static const char *const keys[] = {"address",   "pages",   "champion",
                                       "languages", "offered", NULL};
    json_t *root = NULL;
    enum err e = pack_json(json, "pages.json", &root, refusal);

    if (e == ERR_OK)
        e = pack_keys(root, keys, "pages.json", refusal);
    if (e == ERR_OK)
        e = read_address(loaded, root, refusal);
    if (e == ERR_OK)
        e = read_list(loaded, root, "pages", read_page, refusal);
    for (int i = 0; e == ERR_OK && needed[i] != NULL; i++) {
        if (pack_page(&loaded->pack, needed[i]) == NULL)
            e = pack_refuse(refusal, needed[i], "Add it to pages.json", "this page is missing");
    }
    if (e == ERR_OK)
        e = read_champion(loaded, json_object_get(root, "champion"), refusal);
    if (e == ERR_OK)
        e = read_list(loaded, root, "languages", pack_read_language, refusal);
    if (e == ERR_OK && strcmp(loaded->pack.languages[0].code, "en") != 0)
        e = pack_refuse(refusal, "languages", "Put en first: the texts of a pack are English",
                        "the first language is not en");
    if (e == ERR_OK)
        e = pack_read_offered(loaded, json_object_get(root, "offered"), refusal);
    json_decref(root);
    return e;
}
