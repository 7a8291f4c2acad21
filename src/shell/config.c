/* kiosk.ini against a table of keys: see config.h. inih splits the lines. */
#include "shell/config.h"

#include <ini.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum kind { KIND_PIXELS, KIND_INCHES, KIND_SWITCH, KIND_PATH, KIND_SOCKET };

static const struct key {
    const char *section;
    const char *name;
    enum kind kind;
    size_t offset;
} keys[] = {
    {"screen", "width", KIND_PIXELS, offsetof(struct config, width_px)},
    {"screen", "height", KIND_PIXELS, offsetof(struct config, height_px)},
    {"screen", "diagonal", KIND_INCHES, offsetof(struct config, diagonal_inch)},
    {"screen", "window", KIND_SWITCH, offsetof(struct config, window)},
    {"content", "pack", KIND_PATH, offsetof(struct config, pack)},
    {"content", "fonts", KIND_PATH, offsetof(struct config, fonts)},
    {"content", "drafts", KIND_SWITCH, offsetof(struct config, drafts)},
    {"sync", "socket", KIND_SOCKET, offsetof(struct config, socket)},
};

static const char *const remedies[] = {
    [KIND_PIXELS] = "Give a whole number of pixels from 480 to 8192, or 0 for the whole display",
    [KIND_INCHES] = "Give the visible diagonal in inches, such as 21.5, from 7 to 100, or 0",
    [KIND_SWITCH] = "Give yes or no",
    [KIND_PATH] = "Give a path of at most 255 bytes",
    [KIND_SOCKET] = "Give a path of at most 107 bytes: no socket's can be longer",
};

void config_defaults(struct config *config)
{
    *config = (struct config){.pack = "/usr/share/help-diabetes/pack",
                              .fonts = "/usr/share/fonts/truetype/noto",
                              .socket = "/run/help-sync/kiosk.sock"};
}

static bool set_pixels(int *at, const char *value)
{
    uint64_t number;

    if (!str_to_u64(str_of(value), 8192, &number) || (number != 0 && number < 480))
        return false;
    *at = (int)number;
    return true;
}

static bool set_inches(double *at, const char *value)
{
    char *end = NULL;
    double number = strtod(value, &end);

    /* Written so that "nan" fails too. */
    if (end == value || *end != '\0' || !(number == 0 || (number >= 7 && number <= 100)))
        return false;
    *at = number;
    return true;
}

static bool set_switch(bool *at, const char *value)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        return false;
    *at = value[0] == 'y';
    return true;
}

static bool set_path(char *at, size_t size, const char *value)
{
    size_t len = strlen(value);

    if (len == 0 || len >= size || !str_is_utf8(str_of(value)))
        return false;
    memcpy(at, value, len + 1);
    return true;
}

static bool set_value(struct config *config, const struct key *key, const char *value)
{
    void *at = (char *)config + key->offset;

    switch (key->kind) {
    case KIND_PIXELS:
        return set_pixels(at, value);
    case KIND_INCHES:
        return set_inches(at, value);
    case KIND_SWITCH:
        return set_switch(at, value);
    case KIND_PATH:
        return set_path(at, CONFIG_PATH, value);
    case KIND_SOCKET:
        return set_path(at, CONFIG_SOCKET, value);
    }
    return false;
}

enum err config_set(struct config *config, const char *section, const char *key, const char *value,
                    struct refusal *refusal)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, key) != 0)
            continue;
        if (set_value(config, &keys[i], value))
            return ERR_OK;
        refusal_problem(refusal, "%.40s in [%.40s] can't be \"%.60s\"", key, section, value);
        refusal_remedy(refusal, "%s", remedies[keys[i].kind]);
        return ERR_FORMAT;
    }
    refusal_problem(refusal, "there is no setting \"%.40s\" in [%.40s]", key, section);
    refusal_remedy(refusal, "Remove the line, or compare it with the list in shell/config.h");
    return ERR_FORMAT;
}

struct parse {
    struct config config;
    struct refusal refusal;
    bool refused;
};

static int take_line(void *context, const char *section, const char *name, const char *value)
{
    struct parse *parse = context;

    if (!parse->refused &&
        config_set(&parse->config, section, name, value, &parse->refusal) != ERR_OK)
        parse->refused = true;
    return !parse->refused;
}

/* First pass: only whether inih can split every line. */
static int accept_line(void *context, const char *section, const char *name, const char *value)
{
    (void)context;
    (void)section;
    (void)name;
    return value != NULL;
}

enum err config_parse(struct str text, const char *name, struct config *config,
                      struct refusal *refusal)
{
    struct parse parse = {.config = *config};
    char *copy = NULL;

    if (text.len > CONFIG_BYTES || (text.len > 0 && memchr(text.at, '\0', text.len) != NULL)) {
        refusal_place(refusal, "%s", name);
        refusal_problem(refusal, "is not a text of at most %d bytes", CONFIG_BYTES);
        refusal_remedy(refusal, "Write it again from the example in shell/config.h");
        return ERR_FORMAT;
    }
    copy = malloc(text.len + 1);
    if (copy == NULL)
        return ERR_MEMORY;
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    int line = ini_parse_string(copy, accept_line, NULL);
    if (line != 0) {
        refusal_problem(&parse.refusal, "is not \"[section]\" nor \"key = value\"");
        refusal_remedy(&parse.refusal, "Mend or remove the line");
    } else {
        line = ini_parse_string(copy, take_line, &parse);
    }
    free(copy);
    if (line == 0) {
        *config = parse.config;
        return ERR_OK;
    }
    if (refusal != NULL)
        *refusal = parse.refusal;
    refusal_place(refusal, "%s:%d", name, line);
    return line < 0 ? ERR_MEMORY : ERR_FORMAT;
}

enum err config_read(const char *path, struct config *config, struct refusal *refusal)
{
    char *text = NULL;
    size_t size = 0;
    enum err e = file_read(path, CONFIG_BYTES, &text, &size);

    if (e != ERR_OK) {
        refusal_place(refusal, "%s", path);
        refusal_problem(refusal, "can't be read (%s)", err_name(e));
        refusal_remedy(refusal, "Check the path and that this user may read it");
        return e;
    }
    e = config_parse((struct str){text, size}, path, config, refusal);
    free(text);
    return e;
}
