/*
 * A .mo file checked once and then only looked up: see catalogue.h. The format is that of the GNU
 * gettext manual, section "The Format of GNU MO Files": two tables of (length, offset), the
 * originals sorted, so that a look-up halves its way.
 */
#include "content/catalogue.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "content/plural.h"

#define MAGIC        0x950412deu
#define MAGIC_TURNED 0xde120495u
#define LOOK_UP_MAX  2048 /* a context and a msgid together, in bytes */

struct catalogue {
    char *bytes; /* with a final 0 */
    size_t size;
    bool turned; /* the other byte order */
    uint32_t count;
    uint32_t originals; /* offset of the table */
    uint32_t translations;
    struct plural_rule plural;
};

static uint32_t number_at(const struct catalogue *c, size_t at)
{
    uint32_t n;

    memcpy(&n, c->bytes + at, sizeof n);
    return c->turned ? __builtin_bswap32(n) : n;
}

/* The text of row i: 0-terminated, since catalogue_check looked. */
static struct str text_at(const struct catalogue *c, uint32_t table, uint32_t i)
{
    return (struct str){c->bytes + number_at(c, table + 8 * (size_t)i + 4),
                        number_at(c, table + 8 * (size_t)i)};
}

static bool row_is_good(const struct catalogue *c, uint32_t table, uint32_t i)
{
    uint64_t len = number_at(c, table + 8 * (size_t)i);
    uint64_t at = number_at(c, table + 8 * (size_t)i + 4);

    return at + len + 1 <= c->size && c->bytes[at + len] == '\0' &&
           str_is_utf8((struct str){c->bytes + at, (size_t)len});
}

/* As strcmp does: the sort order of msgfmt, up to the first 0 (a plural follows it). */
static int compare(struct str a, struct str b)
{
    return strcmp(a.at, b.at);
}

static const char *check(struct catalogue *c)
{
    uint32_t magic;

    if (c->size < 28)
        return "is shorter than its header";
    memcpy(&magic, c->bytes, sizeof magic);
    if (magic != MAGIC && magic != MAGIC_TURNED)
        return "is not a compiled catalogue";
    c->turned = magic == MAGIC_TURNED;
    if (number_at(c, 4) >> 16 != 0)
        return "is of another revision of the format";
    c->count = number_at(c, 8);
    c->originals = number_at(c, 12);
    c->translations = number_at(c, 16);
    if ((uint64_t)c->originals + 8 * (uint64_t)c->count > c->size ||
        (uint64_t)c->translations + 8 * (uint64_t)c->count > c->size)
        return "has a table that does not fit the file";
    for (uint32_t i = 0; i < c->count; i++) {
        if (!row_is_good(c, c->originals, i) || !row_is_good(c, c->translations, i))
            return "has a text that is cut or not UTF-8";
        if (i > 0 && compare(text_at(c, c->originals, i - 1), text_at(c, c->originals, i)) >= 0)
            return "is not sorted";
    }
    return NULL;
}

/* NULL where it is not there. *out is the whole translation, plural forms parted by 0. */
static const char *find(const struct catalogue *c, const char *original, struct str *out)
{
    uint32_t low = 0;
    uint32_t high = c->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(original, text_at(c, c->originals, middle).at);
        if (order == 0) {
            *out = text_at(c, c->translations, middle);
            return out->len > 0 ? out->at : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const char *read_header(struct catalogue *c)
{
    struct str header;
    const char *forms;

    c->plural = plural_english;
    if (find(c, "", &header) == NULL)
        return NULL;
    if (strstr(header.at, "charset=") != NULL && strstr(header.at, "charset=UTF-8") == NULL)
        return "is not in UTF-8";
    forms = strstr(header.at, "Plural-Forms:");
    if (forms != NULL && plural_parse(forms + strlen("Plural-Forms:"), &c->plural) != ERR_OK)
        return "has plural forms that can't be read";
    return NULL;
}

enum err catalogue_parse(struct str bytes, const char *name, struct catalogue **out_catalogue,
                         struct refusal *refusal)
{
    struct catalogue *c = NULL;
    const char *problem;
    enum err e = ERR_MEMORY;

    if (bytes.len > CATALOGUE_BYTES) {
        refusal_place(refusal, "%s", name);
        refusal_problem(refusal, "is larger than %d bytes", CATALOGUE_BYTES);
        refusal_remedy(refusal, "Compile it again with msgfmt");
        return ERR_LIMIT;
    }
    c = calloc(1, sizeof *c);
    if (c == NULL || (c->bytes = malloc(bytes.len + 1)) == NULL)
        goto out;
    if (bytes.len > 0)
        memcpy(c->bytes, bytes.at, bytes.len);
    c->bytes[bytes.len] = '\0';
    c->size = bytes.len;
    problem = check(c);
    if (problem == NULL)
        problem = read_header(c);
    if (problem != NULL) {
        refusal_place(refusal, "%s", name);
        refusal_problem(refusal, "%s", problem);
        refusal_remedy(refusal, "Compile it again with msgfmt from its .po file in UTF-8");
        e = ERR_FORMAT;
        goto out;
    }
    *out_catalogue = c;
    return ERR_OK;
out:
    catalogue_close(c);
    return e;
}

enum err catalogue_open(const char *path, struct catalogue **out_catalogue, struct refusal *refusal)
{
    char *bytes = NULL;
    size_t size = 0;
    enum err e = file_read(path, CATALOGUE_BYTES, &bytes, &size);

    if (e != ERR_OK) {
        refusal_place(refusal, "%s", path);
        refusal_problem(refusal, "can't be read (%s)", err_name(e));
        refusal_remedy(refusal, "Check that the pack is whole, or leave the language out of it");
        return e;
    }
    e = catalogue_parse((struct str){bytes, size}, path, out_catalogue, refusal);
    free(bytes);
    return e;
}

void catalogue_close(struct catalogue *c)
{
    if (c == NULL)
        return;
    free(c->bytes);
    free(c);
}

const char *catalogue_get(const struct catalogue *c, const char *msgid)
{
    struct str found;
    const char *text = c == NULL || msgid[0] == '\0' ? NULL : find(c, msgid, &found);

    return text == NULL ? msgid : text;
}

const char *catalogue_get_context(const struct catalogue *c, const char *context, const char *msgid)
{
    char key[LOOK_UP_MAX];
    struct str found;
    const char *text = NULL;
    int len = snprintf(key, sizeof key, "%s\004%s", context, msgid);

    if (c != NULL && len > 0 && (size_t)len < sizeof key)
        text = find(c, key, &found);
    return text == NULL ? msgid : text;
}

const char *catalogue_plural(const struct catalogue *c, const char *singular, const char *plural,
                             unsigned long n)
{
    struct str forms = {NULL, 0};

    if (c == NULL || find(c, singular, &forms) == NULL)
        return n == 1 ? singular : plural;
    for (unsigned long form = plural_form(&c->plural, n); form > 0; form--) {
        size_t len = strlen(forms.at);
        if (len >= forms.len) /* fewer forms than the rule has: the last one */
            break;
        forms.at += len + 1;
        forms.len -= len + 1;
    }
    return forms.at;
}

const char *catalogue_translate(void *catalogue, const char *msgid)
{
    return catalogue_get(catalogue, msgid);
}

void catalogue_fill(struct buf *out, const char *text, const char *const *pairs)
{
    while (*text != '\0') {
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        const char *value = NULL;
        for (const char *const *pair = pairs; close != NULL && *pair != NULL; pair += 2) {
            if (str_is((struct str){text + 1, (size_t)(close - text - 1)}, pair[0]))
                value = pair[1];
        }
        if (value != NULL) {
            buf_add_text(out, value);
            text = close + 1;
        } else {
            buf_add_char(out, *text++);
        }
    }
}
