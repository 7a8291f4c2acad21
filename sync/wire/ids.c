/* Random ids and names of keys: see ids.h. */
#include "sync/wire/ids.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"

/* Where the hyphens stand, and how many bytes stand between them (RFC 9562, section 4). */
static const size_t groups[] = {4, 2, 2, 2, 6};
#define GROUPS (sizeof groups / sizeof groups[0])

struct id id_make(const struct env *env)
{
    struct id id;

    env_random(env, id.bytes, sizeof id.bytes);
    id.bytes[6] = (unsigned char)((id.bytes[6] & 0x0f) | 0x40);
    id.bytes[8] = (unsigned char)((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

bool id_equal(const struct id *a, const struct id *b)
{
    return memcmp(a->bytes, b->bytes, ID_BYTES) == 0;
}

bool id_is_none(const struct id *id)
{
    static const struct id none;
    return id_equal(id, &none);
}

void id_text(const struct id *id, char out_text[ID_TEXT + 1])
{
    const unsigned char *from = id->bytes;
    char *to = out_text;

    for (size_t i = 0; i < GROUPS; i++) {
        if (i > 0)
            *to++ = '-';
        hex_encode(from, groups[i], to);
        from += groups[i];
        to += 2 * groups[i];
    }
}

enum err id_parse(struct str text, struct id *out_id)
{
    struct id id;
    unsigned char *to = id.bytes;
    const char *from = text.at;

    if (text.len != ID_TEXT)
        return ERR_FORMAT;
    for (size_t i = 0; i < GROUPS; i++) {
        if (i > 0 && *from++ != '-')
            return ERR_FORMAT;
        if (hex_decode((struct str){from, 2 * groups[i]}, to, groups[i]) != ERR_OK)
            return ERR_FORMAT;
        from += 2 * groups[i];
        to += groups[i];
    }
    *out_id = id;
    return ERR_OK;
}

enum err id_list_add(struct id_list *list, const struct id *id)
{
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 64 : 2 * list->size;
        struct id *ids = realloc(list->ids, size * sizeof *ids);
        if (ids == NULL)
            return ERR_MEMORY;
        list->ids = ids;
        list->size = size;
    }
    list->ids[list->count++] = *id;
    return ERR_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, ID_BYTES);
}

void id_list_sort(struct id_list *list)
{
    if (list->count > 0)
        qsort(list->ids, list->count, sizeof *list->ids, by_bytes);
}

bool id_list_has(const struct id_list *list, const struct id *id)
{
    return list->count > 0 &&
           bsearch(id, list->ids, list->count, sizeof *list->ids, by_bytes) != NULL;
}

void id_list_free(struct id_list *list)
{
    free(list->ids);
    *list = (struct id_list){0};
}

struct key_id key_id_of(const unsigned char public_key[32])
{
    unsigned char hash[crypto_generichash_BYTES];
    struct key_id id;

    crypto_generichash(hash, sizeof hash, public_key, 32, NULL, 0);
    memcpy(id.bytes, hash, sizeof id.bytes);
    return id;
}

bool key_id_equal(const struct key_id *a, const struct key_id *b)
{
    return memcmp(a->bytes, b->bytes, KEY_ID_BYTES) == 0;
}

void key_id_text(const struct key_id *id, char out_text[KEY_ID_TEXT + 1])
{
    hex_encode(id->bytes, KEY_ID_BYTES, out_text);
}

enum err key_id_parse(struct str text, struct key_id *out_id)
{
    struct key_id id;

    if (hex_decode(text, id.bytes, KEY_ID_BYTES) != ERR_OK)
        return ERR_FORMAT;
    *out_id = id;
    return ERR_OK;
}
