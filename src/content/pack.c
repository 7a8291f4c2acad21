/* A pack folder, read whole and checked against its manifest before anything of it is shown. */
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hex.h"
#include "content/pack_private.h"

#define FILE_BYTES (4u * 1024 * 1024)

static struct pack_owner *owner_of(struct pack *pack)
{
    return (struct pack_owner *)(void *)((char *)pack - offsetof(struct pack_owner, pack));
}

static enum err refuse(struct refusal *refusal, const char *file, const char *problem, enum err e)
{
    refusal_place(refusal, "%s", file);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "Install the content pack again");
    return e;
}

/* No way out of the folder: relative, no "..", nothing hidden. */
static bool is_inside(const char *name)
{
    return name[0] != '/' && name[0] != '\0' && strstr(name, "..") == NULL && name[0] != '.' &&
           strstr(name, "/.") == NULL && strlen(name) < 128;
}

/* Reads a file that the manifest names and compares its hash. The caller frees *out_bytes. */
static enum err read_named(const struct pack_owner *owner, const char *name, size_t limit,
                           char **out_bytes, size_t *out_size, struct refusal *refusal)
{
    const char *wanted =
        json_string_value(json_object_get(json_object_get(owner->manifest, "files"), name));
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[2 * sizeof hash + 1];
    char path[700];
    char *bytes = NULL;
    size_t size = 0;
    enum err e;

    snprintf(path, sizeof path, "%s/%s", owner->folder, name);
    if (wanted == NULL)
        return refuse(refusal, path, "is not named in pack.json", ERR_NOT_FOUND);
    e = file_read(path, limit, &bytes, &size);
    if (e != ERR_OK)
        return refuse(refusal, path, err_name(e), e);
    crypto_hash_sha256(hash, (const unsigned char *)bytes, size);
    hex_encode(hash, sizeof hash, text);
    if (strcmp(text, wanted) != 0) {
        free(bytes);
        return refuse(refusal, path, "is not the file that pack.json names (sha256 differs)",
                      ERR_CHECK);
    }
    *out_bytes = bytes;
    *out_size = size;
    return ERR_OK;
}

static enum err read_manifest(struct pack_owner *owner, struct refusal *refusal)
{
    char path[700];
    char *bytes = NULL;
    size_t size = 0;
    json_error_t error;
    const json_t *files;
    const char *name;
    json_t *hash;
    enum err e;

    snprintf(path, sizeof path, "%s/pack.json", owner->folder);
    e = file_read(path, FILE_BYTES, &bytes, &size);
    if (e != ERR_OK)
        return refuse(refusal, path, "the content pack is missing or can't be read", e);
    owner->manifest = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    free(bytes);
    owner->pack.name = json_string_value(json_object_get(owner->manifest, "name"));
    owner->pack.version = json_string_value(json_object_get(owner->manifest, "version"));
    files = json_object_get(owner->manifest, "files");
    if (owner->pack.name == NULL || owner->pack.version == NULL || !json_is_object(files))
        return refuse(refusal, path, "name, version or files is missing", ERR_FORMAT);
    json_object_foreach((json_t *)(uintptr_t)files, name, hash)
    {
        if (!is_inside(name) || !json_is_string(hash) || json_string_length(hash) != 64)
            return refuse(refusal, path, "names a file outside the pack, or one without its hash",
                          ERR_FORMAT);
    }
    return ERR_OK;
}

static enum err read_questionnaire(struct pack_owner *owner, struct refusal *refusal)
{
    char *bytes = NULL;
    size_t size = 0;
    enum err e =
        read_named(owner, "questionnaire.json", LIMIT_QUESTIONNAIRE, &bytes, &size, refusal);

    if (e != ERR_OK)
        return e;
    e = questionnaire_parse((struct str){bytes, size}, &owner->pack.questionnaire, refusal);
    free(bytes);
    return e;
}

static enum err read_pages(struct pack_owner *owner, struct refusal *refusal)
{
    static const char *const needed[] = {"about-1", "about-2", "about-3", "about-4", "privacy"};
    char *bytes = NULL;
    size_t size = 0;
    enum err e = read_named(owner, "pages.json", FILE_BYTES, &bytes, &size, refusal);

    if (e != ERR_OK)
        return e;
    e = pages_read((struct str){bytes, size}, owner, refusal);
    free(bytes);
    for (size_t i = 0; e == ERR_OK && i < sizeof needed / sizeof *needed; i++) {
        if (pack_page(&owner->pack, needed[i]) == NULL)
            e = refuse(refusal, needed[i], "this page is missing in pages.json", ERR_FORMAT);
    }
    return e;
}

static enum err read_catalogues(struct pack_owner *owner, struct refusal *refusal)
{
    for (int i = 1; i < owner->pack.language_count; i++) {
        struct pack_language *language = &owner->pack.languages[i];
        char name[80];
        char *bytes = NULL;
        size_t size = 0;
        enum err e;

        snprintf(name, sizeof name, "locale/%.40s.mo", language->code);
        e = read_named(owner, name, CATALOGUE_BYTES, &bytes, &size, refusal);
        if (e == ERR_OK)
            e = catalogue_parse((struct str){bytes, size}, name, &owner->catalogues[i], refusal);
        free(bytes);
        if (e != ERR_OK)
            return e;
        language->catalogue = owner->catalogues[i];
    }
    return ERR_OK;
}

/* "pictures/done.svg" -> "done", kept in the manifest's own key. */
static void list_pictures(struct pack_owner *owner)
{
    const char *name;
    json_t *hash;

    json_object_foreach(json_object_get(owner->manifest, "files"), name, hash)
    {
        if (strncmp(name, "pictures/", 9) == 0 && owner->pack.picture_count < PACK_PICTURES)
            owner->pack.pictures[owner->pack.picture_count++] = name + 9;
    }
}

enum err pack_open(const char *folder, struct pack **out_pack, struct refusal *refusal)
{
    struct pack_owner *owner = calloc(1, sizeof *owner);
    enum err e = ERR_LIMIT;

    if (owner == NULL)
        return ERR_MEMORY;
    if (sodium_init() < 0)
        e = ERR_UNAVAILABLE;
    else if ((size_t)snprintf(owner->folder, sizeof owner->folder, "%s", folder) <
             sizeof owner->folder)
        e = read_manifest(owner, refusal);
    if (e == ERR_OK)
        e = read_questionnaire(owner, refusal);
    if (e == ERR_OK)
        e = read_pages(owner, refusal);
    if (e == ERR_OK)
        e = read_catalogues(owner, refusal);
    if (e != ERR_OK) {
        pack_close(&owner->pack);
        return e;
    }
    list_pictures(owner);
    *out_pack = &owner->pack;
    return ERR_OK;
}

void pack_close(struct pack *pack)
{
    struct pack_owner *owner;

    if (pack == NULL)
        return;
    owner = owner_of(pack);
    questionnaire_destroy(pack->questionnaire);
    for (int i = 0; i < PACK_LANGUAGES; i++)
        catalogue_close(owner->catalogues[i]);
    json_decref(owner->pages_json);
    json_decref(owner->manifest);
    free(owner);
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
