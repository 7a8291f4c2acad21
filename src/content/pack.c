/* The folder as a whole: manifest first, then each file against its hash. See pack.h. */
#include "content/pack.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hex.h"
#include "content/pack_build.h"

enum { ARENA_BYTES = 512 * 1024, PATH_SIZE = 1024, NAME_MOST = 128 };

struct loaded_pack *pack_create(void)
{
    struct loaded_pack *loaded = calloc(1, sizeof *loaded);

    if (loaded != NULL && arena_init(&loaded->arena, ARENA_BYTES) != ERR_OK) {
        free(loaded);
        return NULL;
    }
    return loaded;
}

void pack_close(struct pack *pack)
{
    struct loaded_pack *loaded = (struct loaded_pack *)pack; /* its first member */

    if (loaded == NULL)
        return;
    for (int i = 0; i < PACK_LANGUAGES; i++)
        catalogue_close(loaded->catalogues[i]);
    questionnaire_destroy(loaded->pack.questionnaire);
    arena_finish(&loaded->arena);
    free(loaded);
}

enum err pack_refuse(struct refusal *refusal, const char *place, const char *remedy,
                     const char *problem, ...)
{
    char words[200];
    va_list arguments;

    va_start(arguments, problem);
    vsnprintf(words, sizeof words, problem, arguments);
    va_end(arguments);
    refusal_place(refusal, "%s", place);
    refusal_problem(refusal, "%s", words);
    refusal_remedy(refusal, "%s", remedy);
    return ERR_FORMAT;
}

enum err pack_text(struct loaded_pack *loaded, const json_t *object, const char *key,
                   const char *place, size_t most, const char **out_text, struct refusal *refusal)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);

    if (text == NULL || len == 0 || len > most)
        return pack_refuse(refusal, place, "Write it as a text in quotation marks",
                           "'%s' is missing, empty or longer than %zu bytes", key, most);
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] < 0x20)
            return pack_refuse(refusal, place, "Remove line breaks and tabs",
                               "'%s' holds a control character", key);
    }
    char *copy = arena_copy(&loaded->arena, (struct str){text, len});
    if (copy == NULL) {
        pack_refuse(refusal, place, "Shorten the pages", "the texts are too long together");
        return ERR_LIMIT;
    }
    *out_text = copy;
    return ERR_OK;
}

enum err pack_keys(const json_t *object, const char *const *allowed, const char *place,
                   struct refusal *refusal)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return pack_refuse(refusal, place, "Write it as {...}", "an object is missing here");
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        int i = 0;
        while (allowed[i] != NULL && strcmp(allowed[i], key) != 0)
            i++;
        if (allowed[i] == NULL)
            return pack_refuse(refusal, place, "Remove it, or check its spelling",
                               "the key '%.60s' is not known", key);
    }
    return ERR_OK;
}

enum err pack_json(struct str json, const char *file, json_t **out_root, struct refusal *refusal)
{
    json_error_t error;
    json_t *root =
        json_loadb(json.at == NULL ? "" : json.at, json.len, JSON_REJECT_DUPLICATES, &error);

    if (root == NULL) {
        pack_refuse(refusal, file, "Mend the JSON at that place; any JSON editor shows it",
                    "line %d, column %d: %.120s", error.line, error.column, error.text);
        return ERR_FORMAT;
    }
    *out_root = root;
    return ERR_OK;
}

/* Read, and the same as pack.json says. */
enum err pack_read_file(const char *folder, const char *name, const json_t *files, char **out_bytes,
                        size_t *out_size, struct refusal *refusal)
{
    char path[PATH_SIZE];
    unsigned char hash[crypto_generichash_BYTES];
    unsigned char expected[crypto_generichash_BYTES];
    const char *hex = json_string_value(json_object_get(files, name));
    char *bytes = NULL;
    size_t size;

    if (hex == NULL || hex_decode(str_of(hex), expected, sizeof expected) != ERR_OK)
        return pack_refuse(refusal, name, "Make the pack again",
                           "pack.json does not name this file with its hash");
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return ERR_LIMIT;
    enum err e = file_read(path, PACK_FILE, &bytes, &size);
    if (e != ERR_OK) {
        pack_refuse(refusal, path, "Install the content pack again", "%s", err_name(e));
        return e;
    }
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, size, NULL, 0);
    if (memcmp(hash, expected, sizeof hash) != 0) {
        pack_refuse(refusal, path, "Install the content pack again",
                    "the file is not the one that pack.json names");
        free(bytes);
        return ERR_CHECK;
    }
    *out_bytes = bytes;
    *out_size = size;
    return ERR_OK;
}

/* Small letters, digits, dot, hyphen, underscore and slashes between: no way out of the folder. */
static bool is_file_name(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len <= NAME_MOST && name[0] != '/' && strstr(name, "..") == NULL &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_/") ==
               len;
}

static enum err read_manifest(struct loaded_pack *loaded, const char *folder, json_t **out_files,
                              struct refusal *refusal)
{
    static const char *const keys[] = {"name", "version", "files", NULL};
    char path[PATH_SIZE];
    char *bytes = NULL;
    size_t size;
    json_t *root = NULL;
    const char *name;
    json_t *value;

    if (snprintf(path, sizeof path, "%s/pack.json", folder) >= (int)sizeof path)
        return ERR_LIMIT;
    enum err e = file_read(path, PACK_FILE, &bytes, &size);
    if (e != ERR_OK) {
        pack_refuse(refusal, path, "Install the content pack, or name its folder", "%s",
                    err_name(e));
        return e;
    }
    e = pack_json((struct str){bytes, size}, path, &root, refusal);
    if (e == ERR_OK)
        e = pack_keys(root, keys, path, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, root, "name", path, 120, &loaded->pack.name, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, root, "version", path, 64, &loaded->pack.version, refusal);
    json_t *files = json_object_get(root, "files");
    if (e == ERR_OK && (json_object_size(files) == 0 || json_object_size(files) > PACK_FILES))
        e = pack_refuse(refusal, path, "Make the pack again", "'files' is empty or too long");
    if (e == ERR_OK) {
        json_object_foreach(files, name, value)
        {
            if (!is_file_name(name))
                e = pack_refuse(refusal, path, "Use letters, digits, dots, hyphens and /",
                                "a file name has other signs");
        }
    }
    if (e == ERR_OK)
        *out_files = json_incref(files);
    json_decref(root);
    free(bytes);
    return e;
}

static enum err read_form(struct loaded_pack *loaded, const char *folder, const json_t *files,
                          struct refusal *refusal)
{
    char *bytes = NULL;
    size_t size;
    enum err e = pack_read_file(folder, "questionnaire.json", files, &bytes, &size, refusal);

    if (e == ERR_OK)
        e = questionnaire_parse((struct str){bytes, size}, &loaded->pack.questionnaire, refusal);
    free(bytes);
    return e;
}

static enum err read_pages(struct loaded_pack *loaded, const char *folder, const json_t *files,
                           struct refusal *refusal)
{
    char *bytes = NULL;
    size_t size;
    enum err e = pack_read_file(folder, "pages.json", files, &bytes, &size, refusal);

    if (e == ERR_OK)
        e = pack_read_pages(loaded, (struct str){bytes, size}, refusal);
    free(bytes);
    return e;
}

static enum err check_drawing(const json_t *files, const char *kind, const char *name,
                              const char *place, struct refusal *refusal)
{
    char path[NAME_MOST];

    if (name == NULL)
        return ERR_OK;
    snprintf(path, sizeof path, "%s/%s.svg", kind, name);
    if (json_object_get(files, path) == NULL)
        return pack_refuse(refusal, place, "Add the drawing, or use a name that is there",
                           "there is no %s", path);
    return ERR_OK;
}

/* What happens next, after each way of reaching a patient. */
static enum err check_done_pages(const struct pack *pack, struct refusal *refusal)
{
    const struct questionnaire *q = pack->questionnaire;

    for (int i = 0; i < q->item_count; i++) {
        for (int o = 0; o < q->items[i].option_count; o++) {
            const char *page = q->items[i].options[o].done_page;
            if (page != NULL && pack_page(pack, page) == NULL)
                return pack_refuse(refusal, q->items[i].link_id, "Add the page to pages.json",
                                   "its done-page '%.60s' is missing", page);
        }
    }
    return ERR_OK;
}

void pack_visit_consent(const struct pack *pack, pack_text_visitor *visit, void *context)
{
    const struct questionnaire *q = pack->questionnaire;
    const struct pack_page *privacy = pack_page(pack, "privacy");

    for (int i = 0; i < q->item_count; i++) {
        int page = questionnaire_page_of(q, i);
        if (page == QUESTIONNAIRE_NONE || q->items[page].page_kind != PAGE_CONSENT)
            continue;
        visit(context, q->items[i].text);
        visit(context, q->items[i].second_line);
    }
    visit(context, privacy->title);
    visit(context, privacy->lead);
    for (int i = 0; i < privacy->line_count; i++)
        visit(context, privacy->lines[i].text);
}

static void hash_text(void *context, const char *text)
{
    crypto_hash_sha256_state *state = context;

    if (text != NULL)
        crypto_hash_sha256_update(state, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

/* By all that is agreed to, in the source language. */
static void name_consent(struct pack *pack)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[2 * 4 + 1];
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    pack_visit_consent(pack, hash_text, &state);
    crypto_hash_sha256_final(&state, hash);
    hex_encode(hash, 4, hex);
    snprintf(pack->consent_version, sizeof pack->consent_version, "%.24s-%s",
             pack->questionnaire->version, hex);
}

/* Every drawing that is named is there, and every one that is there is the right one. */
static enum err check_drawings(const struct pack *pack, const char *folder, json_t *files,
                               struct refusal *refusal)
{
    const struct questionnaire *q = pack->questionnaire;
    enum err e = ERR_OK;
    const char *name;
    json_t *value;

    for (int i = 0; e == ERR_OK && i < q->item_count; i++) {
        const struct item *item = &q->items[i];
        e = check_drawing(files, "icons", item->icon, item->link_id, refusal);
        for (int o = 0; e == ERR_OK && o < item->option_count; o++) {
            e = check_drawing(files, "icons", item->options[o].icon, item->link_id, refusal);
            if (e == ERR_OK)
                e = check_drawing(files, "icons", item->options[o].icon2, item->link_id, refusal);
        }
    }
    for (int i = 0; i < pack->page_count; i++) {
        const struct pack_page *page = &pack->pages[i];
        if (e == ERR_OK)
            e = check_drawing(files, "pictures", page->picture, page->id, refusal);
        for (int line = 0; e == ERR_OK && line < page->line_count; line++)
            e = check_drawing(files, "icons", page->lines[line].icon, page->id, refusal);
    }
    json_object_foreach(files, name, value)
    {
        char *bytes = NULL;
        size_t size;
        if (e == ERR_OK && strncmp(name, "locale/", 7) != 0)
            e = pack_read_file(folder, name, files, &bytes, &size, refusal);
        free(bytes);
    }
    return e;
}

enum err pack_open(const char *folder, struct pack **out_pack, struct refusal *refusal)
{
    struct loaded_pack *loaded = pack_create();
    json_t *files = NULL;

    if (loaded == NULL)
        return ERR_MEMORY;
    enum err e = read_manifest(loaded, folder, &files, refusal);
    if (e == ERR_OK)
        e = read_form(loaded, folder, files, refusal);
    if (e == ERR_OK)
        e = read_pages(loaded, folder, files, refusal);
    if (e == ERR_OK)
        e = pack_read_catalogues(loaded, folder, files);
    if (e == ERR_OK)
        e = check_drawings(&loaded->pack, folder, files, refusal);
    if (e == ERR_OK)
        e = check_done_pages(&loaded->pack, refusal);
    if (e == ERR_OK)
        name_consent(&loaded->pack);
    json_decref(files);
    if (e != ERR_OK) {
        pack_close(&loaded->pack);
        return e;
    }
    *out_pack = &loaded->pack;
    return ERR_OK;
}

enum err pack_parse_pages(struct str json, struct pack **out_pack, struct refusal *refusal)
{
    struct loaded_pack *loaded = pack_create();

    if (loaded == NULL)
        return ERR_MEMORY;
    enum err e = pack_read_pages(loaded, json, refusal);
    if (e != ERR_OK) {
        pack_close(&loaded->pack);
        return e;
    }
    *out_pack = &loaded->pack;
    return ERR_OK;
}

const struct pack_page *pack_page(const struct pack *pack, const char *id)
{
    for (int i = 0; i < pack->page_count; i++) {
        if (strcmp(pack->pages[i].id, id) == 0)
            return &pack->pages[i];
    }
    return NULL;
}

const struct pack_language *pack_language(const struct pack *pack, const char *code)
{
    for (int i = 0; i < pack->language_count; i++) {
        if (strcmp(pack->languages[i].code, code) == 0)
            return &pack->languages[i];
    }
    return NULL;
}
