/* A .mo file, checked once from end to end, then searched by halves: see catalogue.h. */
#include "content/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "content/plural.h"

enum { HEADER_BYTES = 28, ENTRY_BYTES = 8 };

struct entry {
    const char *key; /* "msgid", or "context\4msgid"; a plural's second msgid stands behind its 0 */
    const char *text; /* forms of a plural stand one behind the other, each with its 0 */
    size_t text_len;
};

struct catalogue {
    char *bytes;
    size_t size;
    struct entry *entries; /* sorted by key */
    uint32_t count;
    struct plural plural;
};

static uint32_t read_u32(const char *at, bool swapped)
{
    unsigned char b[4];

    memcpy(b, at, sizeof b);
    return swapped ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                   : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static enum err refuse(struct refusal *refusal, const char *name, const char *problem)
{
    refusal_place(refusal, "%s", name);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "Make it again with msgfmt --check from the .po file, in UTF-8");
    return ERR_FORMAT;
}

/* The text that one row of a table names, with its final 0 inside the file; NULL otherwise. */
static const char *read_text(const struct catalogue *c, uint64_t row, bool swapped, size_t *out_len)
{
    if (row + ENTRY_BYTES > c->size)
        return NULL;
    uint64_t len = read_u32(c->bytes + row, swapped);
    uint64_t at = read_u32(c->bytes + row + 4, swapped);
    if (at + len >= c->size || c->bytes[at + len] != '\0')
        return NULL;
    *out_len = (size_t)len;
    return c->bytes + at;
}

static const char *read_entries(struct catalogue *c)
{
    if (c->size < HEADER_BYTES)
        return "the file is cut off";
    bool swapped = memcmp(c->bytes, "\x95\x04\x12\xde", 4) == 0;
    if (!swapped && memcmp(c->bytes, "\xde\x12\x04\x95", 4) != 0)
        return "this is not a compiled catalogue (.mo)";
    if (read_u32(c->bytes + 4, swapped) >> 16 != 0)
        return "a newer kind of .mo file";
    uint32_t count = read_u32(c->bytes + 8, swapped);
    uint32_t keys = read_u32(c->bytes + 12, swapped);
    uint32_t texts = read_u32(c->bytes + 16, swapped);
    if (count == 0 || count > c->size / ENTRY_BYTES)
        return "the number of texts does not fit the file";
    c->entries = calloc(count, sizeof *c->entries);
    if (c->entries == NULL)
        return "no memory";
    for (uint32_t i = 0; i < count; i++) {
        struct entry *e = &c->entries[i];
        size_t key_len;
        e->key = read_text(c, keys + (uint64_t)i * ENTRY_BYTES, swapped, &key_len);
        e->text = read_text(c, texts + (uint64_t)i * ENTRY_BYTES, swapped, &e->text_len);
        if (e->key == NULL || e->text == NULL)
            return "a text lies outside the file";
        if (!str_is_utf8((struct str){e->key, key_len}) ||
            !str_is_utf8((struct str){e->text, e->text_len}))
            return "a text is not UTF-8";
        if (i > 0 && strcmp(e[-1].key, e->key) >= 0)
            return "the texts are not sorted";
        c->count = i + 1;
    }
    return NULL;
}

/* The value of one line of the catalogue's own header, which is the translation of "". */
static struct str header_line(const struct catalogue *c, const char *name)
{
    const struct entry *header = &c->entries[0]; /* "" sorts before all others */
    struct str rest = str_of(header->key[0] == '\0' ? header->text : "");

    while (rest.len > 0) {
        struct str line = str_split(rest, '\n', &rest);
        if (str_starts(line, name))
            return str_trim((struct str){line.at + strlen(name), line.len - strlen(name)});
    }
    return (struct str){NULL, 0};
}

static const char *read_header(struct catalogue *c)
{
    struct str type = header_line(c, "Content-Type:");
    struct str rule = header_line(c, "Plural-Forms:");

    if (!str_is(type, "text/plain; charset=UTF-8"))
        return "the header does not say charset=UTF-8";
    if (!plural_parse(rule.len > 0 ? rule : STR_LITERAL("nplurals=2; plural=(n != 1);"),
                      &c->plural))
        return "Plural-Forms of the header can't be read";
    return NULL;
}

static enum err check(struct catalogue *c, const char *name, struct catalogue **out_catalogue,
                      struct refusal *refusal)
{
    const char *problem = read_entries(c);

    if (problem == NULL)
        problem = read_header(c);
    if (problem != NULL) {
        catalogue_close(c);
        return refuse(refusal, name, problem);
    }
    *out_catalogue = c;
    return ERR_OK;
}

enum err catalogue_parse(struct str bytes, const char *name, struct catalogue **out_catalogue,
                         struct refusal *refusal)
{
    if (bytes.len > CATALOGUE_BYTES)
        return ERR_LIMIT;
    struct catalogue *c = calloc(1, sizeof *c);
    char *copy = malloc(bytes.len + 1);
    if (c == NULL || copy == NULL) {
        free(c);
        free(copy);
        return ERR_MEMORY;
    }
    if (bytes.len > 0)
        memcpy(copy, bytes.at, bytes.len);
    c->bytes = copy;
    c->size = bytes.len;
    return check(c, name, out_catalogue, refusal);
}

enum err catalogue_open(const char *path, struct catalogue **out_catalogue, struct refusal *refusal)
{
    char *bytes = NULL;
    size_t size;
    enum err e = file_read(path, CATALOGUE_BYTES, &bytes, &size);

    if (e != ERR_OK) {
        refuse(refusal, path, err_name(e));
        return e;
    }
    struct catalogue *c = calloc(1, sizeof *c);
    if (c == NULL) {
        free(bytes);
        return ERR_MEMORY;
    }
    c->bytes = bytes;
    c->size = size;
    return check(c, path, out_catalogue, refusal);
}

void catalogue_close(struct catalogue *c)
{
    if (c == NULL)
        return;
    free(c->entries);
    free(c->bytes);
    free(c);
}

static const struct entry *find(const struct catalogue *c, const char *key)
{
    uint32_t low = 0;
    uint32_t high = c == NULL ? 0 : c->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(key, c->entries[middle].key);
        if (order == 0)
            return &c->entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The header's key "" sorts before all others. */
static size_t header_count(const struct catalogue *c)
{
    return c->entries[0].key[0] == '\0' ? 1 : 0;
}

size_t catalogue_count(const struct catalogue *c)
{
    return c->count - header_count(c);
}

const char *catalogue_key(const struct catalogue *c, size_t index)
{
    return c->entries[index + header_count(c)].key;
}

/* What is behind the context; the whole key where it has none. */
static const char *without_context(const char *key)
{
    const char *end = strchr(key, '\4');

    return end == NULL ? key : end + 1;
}

/* NULL where there is no translation. */
static const struct entry *find_filled(const struct catalogue *c, const char *key)
{
    const struct entry *e = key[0] == '\0' ? NULL : find(c, key);

    if (e == NULL && without_context(key) != key)
        e = find(c, without_context(key));
    return e == NULL || e->text[0] == '\0' ? NULL : e;
}

bool catalogue_has(const struct catalogue *c, const char *key)
{
    return find_filled(c, key) != NULL;
}

const char *catalogue_get(const struct catalogue *c, const char *msgid)
{
    const struct entry *e = find_filled(c, msgid);

    return e == NULL ? without_context(msgid) : e->text;
}

const char *catalogue_plural(const struct catalogue *c, const char *singular, const char *plural,
                             unsigned long n)
{
    const struct entry *e = find(c, singular);

    if (e == NULL || e->text[0] == '\0')
        return n == 1 ? singular : plural;
    const char *text = e->text;
    for (unsigned long form = plural_form(&c->plural, n); form > 0; form--) {
        const char *next = text + strlen(text) + 1;
        if (next > e->text + e->text_len)
            return e->text; /* fewer forms than the header promises: the first is still right */
        text = next;
    }
    return text;
}
