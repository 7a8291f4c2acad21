/* Strict members of JSON objects: see fields.h. */
#include "sync/wire/fields.h"

#include <inttypes.h>
#include <string.h>

#include "base/hex.h"

static enum err refuse(struct refusal *r, const char *key, const char *remedy)
{
    refusal_place(r, "\"%s\"", key);
    refusal_problem(r, "it is missing or not what it should be");
    refusal_remedy(r, "%s", remedy);
    return ERR_FORMAT;
}

static struct str text_of(const json_t *member)
{
    return (struct str){json_string_value(member), json_string_length(member)};
}

enum err fields_open(struct str text, const char *what, const char *kind, int format,
                     json_t **out_object, struct refusal *refusal)
{
    json_error_t error;
    json_t *object = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
    int64_t found = 0;
    enum err e = ERR_FORMAT;

    if (!json_is_object(object)) {
        refusal_place(refusal, "%s, line %d", what, object == NULL ? error.line : 1);
        refusal_problem(refusal, "it is not a JSON object");
        refusal_remedy(refusal, "Make it again with the program it came from");
        goto out;
    }
    if (!str_is(text_of(json_object_get(object, "kind")), kind)) {
        refusal_place(refusal, "%s, \"kind\"", what);
        refusal_problem(refusal, "it does not say \"%s\"", kind);
        refusal_remedy(refusal, "Give the right file");
        goto out;
    }
    e = fields_integer(object, "format", 1, INT32_MAX, &found, refusal);
    if (e == ERR_OK && found > format) {
        refusal_place(refusal, "%s, \"format\"", what);
        refusal_problem(refusal, "format %" PRId64 " is newer than this program, which knows %d",
                        found, format);
        refusal_remedy(refusal, "Install the newer version");
        e = ERR_VERSION;
    }
out:
    if (e == ERR_OK)
        *out_object = object;
    else
        json_decref(object);
    return e;
}

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f)
            return false;
    }
    return str_is_utf8(text);
}

enum err fields_text(const json_t *object, const char *key, size_t least, size_t most,
                     char *out_text, struct refusal *refusal)
{
    const json_t *member = json_object_get(object, key);
    struct str text = text_of(member);
    char remedy[80];

    if (!json_is_string(member) || text.len < least || text.len > most || !is_plain(text)) {
        snprintf(remedy, sizeof remedy, "Give a text of %zu to %zu bytes on one line", least, most);
        return refuse(refusal, key, remedy);
    }
    memcpy(out_text, text.at, text.len);
    out_text[text.len] = '\0';
    return ERR_OK;
}

enum err fields_integer(const json_t *object, const char *key, int64_t least, int64_t most,
                        int64_t *out_value, struct refusal *refusal)
{
    const json_t *member = json_object_get(object, key);
    int64_t value = json_integer_value(member);
    char remedy[100];

    if (!json_is_integer(member) || value < least || value > most) {
        snprintf(remedy, sizeof remedy, "Give a whole number from %" PRId64 " to %" PRId64, least,
                 most);
        return refuse(refusal, key, remedy);
    }
    *out_value = value;
    return ERR_OK;
}

enum err fields_id(const json_t *object, const char *key, struct id *out_id,
                   struct refusal *refusal)
{
    const json_t *member = json_object_get(object, key);

    if (!json_is_string(member) || id_parse(text_of(member), out_id) != ERR_OK)
        return refuse(refusal, key, "Give an id such as 3f2b8c1e-0d4a-4f6b-9c7d-5e8a1b2c3d4e");
    return ERR_OK;
}

enum err fields_hex(const json_t *object, const char *key, void *out_bytes, size_t size,
                    struct refusal *refusal)
{
    const json_t *member = json_object_get(object, key);
    char remedy[80];

    if (!json_is_string(member) || hex_decode(text_of(member), out_bytes, size) != ERR_OK) {
        snprintf(remedy, sizeof remedy, "Give %zu lower-case hexadecimal digits", 2 * size);
        return refuse(refusal, key, remedy);
    }
    return ERR_OK;
}

enum err fields_object(const json_t *object, const char *key, json_t **out_member,
                       struct refusal *refusal)
{
    json_t *member = json_object_get(object, key);

    if (!json_is_object(member))
        return refuse(refusal, key, "Give an object in braces");
    *out_member = member;
    return ERR_OK;
}

enum err fields_array(const json_t *object, const char *key, size_t most, json_t **out_member,
                      struct refusal *refusal)
{
    json_t *member = json_object_get(object, key);
    char remedy[80];

    if (!json_is_array(member) || json_array_size(member) > most) {
        snprintf(remedy, sizeof remedy, "Give a list of at most %zu elements", most);
        return refuse(refusal, key, remedy);
    }
    *out_member = member;
    return ERR_OK;
}

void fields_add_text(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20)
            buf_add_format(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buf_add_format(out, "\\%c", c);
        else
            buf_add_char(out, text.at[i]);
    }
    buf_add_char(out, '"');
}
