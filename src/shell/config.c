/* kiosk.ini against a table of keys: see config.h. inih splits the lines. */
#include "shell/config.h"

#include <ini.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum kind {
    KIND_PIXELS,
    KIND_INCHES,
    KIND_VOLUME,
    KIND_RATE,
    KIND_SWITCH,
    KIND_PATH,
    KIND_SOCKET,
    KIND_KEY,
    KIND_REPEAT_AFTER,
    KIND_REPEAT_EVERY,
    KIND_AGAIN,
    KIND_SCAN_MODE,
    KIND_SCAN_STEP,
    KIND_WELCOME,
    KIND_TEXT,
    KIND_SCHEME,
};

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
    {"screen", "bright", KIND_SWITCH, offsetof(struct config, site.bright)},
    {"sound", "speech", KIND_SWITCH, offsetof(struct config, speech)},
    {"sound", "volume", KIND_VOLUME, offsetof(struct config, site.volume)},
    {"sound", "rate", KIND_RATE, offsetof(struct config, words_a_minute)},
    {"sound", "headphones", KIND_SWITCH, offsetof(struct config, headphones)},
    {"content", "pack", KIND_PATH, offsetof(struct config, pack)},
    {"content", "fonts", KIND_PATH, offsetof(struct config, fonts)},
    {"content", "drafts", KIND_SWITCH, offsetof(struct config, site.drafts)},
    {"content", "welcome", KIND_WELCOME, offsetof(struct config, site.neutral)},
    {"sight", "text", KIND_TEXT, offsetof(struct config, site.comfort.text_percent)},
    {"sight", "scheme", KIND_SCHEME, offsetof(struct config, site.comfort.scheme)},
    {"sight", "low_reach", KIND_SWITCH, offsetof(struct config, site.comfort.low_reach)},
    {"sight", "still", KIND_SWITCH, offsetof(struct config, site.comfort.still)},
    {"sync", "socket", KIND_SOCKET, offsetof(struct config, socket)},
    {"sync", "stick", KIND_PATH, offsetof(struct config, stick)},
    {"keys", "up", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_UP])},
    {"keys", "down", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_DOWN])},
    {"keys", "enter", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_ENTER])},
    {"keys", "back", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_CANCEL])},
    {"keys", "help", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_HELP])},
    {"keys", "louder", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_LOUDER])},
    {"keys", "softer", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_SOFTER])},
    {"keys", "next_switch", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_SWITCH_NEXT])},
    {"keys", "choose_switch", KIND_KEY,
     offsetof(struct config, keys.codes[INPUT_KEY_SWITCH_CHOOSE])},
    {"keys", "staff", KIND_KEY, offsetof(struct config, keys.codes[INPUT_KEY_STAFF])},
    {"keys", "repeat_after_ms", KIND_REPEAT_AFTER, offsetof(struct config, keys.repeat_after_ms)},
    {"keys", "repeat_every_ms", KIND_REPEAT_EVERY, offsetof(struct config, keys.repeat_every_ms)},
    {"keys", "again_ms", KIND_AGAIN, offsetof(struct config, reach.again_ms)},
    {"switches", "mode", KIND_SCAN_MODE, offsetof(struct config, reach.scan.mode)},
    {"switches", "scan_ms", KIND_SCAN_STEP, offsetof(struct config, reach.scan.step_ms)},
};

static const char *const remedies[] = {
    [KIND_PIXELS] = "Give a whole number of pixels from 480 to 8192, or 0 for the whole display",
    [KIND_INCHES] = "Give the visible diagonal in inches, such as 21.5, from 7 to 100, or 0",
    [KIND_VOLUME] = "Give a whole number from 10 to 100",
    [KIND_RATE] = "Give a whole number of words a minute from 80 to 450",
    [KIND_SWITCH] = "Give yes or no",
    [KIND_PATH] = "Give a path of at most 255 bytes",
    [KIND_SOCKET] = "Give a path of at most 107 bytes: no socket's can be longer",
    [KIND_KEY] = "Give SDL's name of the key, such as Up, Return, Space, F1 or Keypad 8",
    [KIND_REPEAT_AFTER] = "Give milliseconds from 500 to 8000, or 0 so that no held key repeats",
    [KIND_REPEAT_EVERY] = "Give milliseconds from 100 to 8000",
    [KIND_AGAIN] = "Give milliseconds from 0 to 2000",
    [KIND_SCAN_MODE] = "Give off, manual or automatic",
    [KIND_SCAN_STEP] = "Give milliseconds from 500 to 8000",
    [KIND_WELCOME] = "Give plain or neutral",
    [KIND_TEXT] = "Give 100, 125, 150 or 200",
    [KIND_SCHEME] = "Give standard, black-on-white, white-on-black or yellow-on-black",
};

void config_defaults(struct config *config)
{
    *config =
        (struct config){.site = {.volume = 7, .comfort = COMFORT_DEFAULT},
                        .speech = true,
                        .words_a_minute = 150,
                        .pack = "/usr/share/help-diabetes/pack",
                        .fonts = "/usr/share/fonts/truetype/noto",
                        .socket = "/run/help-sync/kiosk.sock",
                        .stick = "/media/help-stick",
                        .reach = {.scan = {SCAN_OFF, SCAN_USUAL_MS}, .again_ms = AGAIN_USUAL_MS}};
    bindings_defaults(&config->keys);
}

/* From `least` to `most`; 0 too, where `zero`. */
static bool set_number(int *at, const char *value, int least, int most, bool zero)
{
    uint64_t number;

    if (!str_to_u64(str_of(value), (uint64_t)most, &number) ||
        (number < (uint64_t)least && !(zero && number == 0)))
        return false;
    *at = (int)number;
    return true;
}

/* Per cent, as the nearest step. */
static bool set_volume(int *step, const char *value)
{
    int percent;

    if (!set_number(&percent, value, 10, 100, false))
        return false;
    *step = (percent * VOLUME_STEPS + 50) / 100;
    return true;
}

static bool set_key(int *at, const char *value)
{
    int code = bindings_code(value);

    if (code != 0)
        *at = code;
    return code != 0;
}

static bool set_scan_mode(enum scan_mode *at, const char *value)
{
    static const char *const names[] = {
        [SCAN_OFF] = "off", [SCAN_MANUAL] = "manual", [SCAN_AUTOMATIC] = "automatic"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], value) == 0) {
            *at = (enum scan_mode)i;
            return true;
        }
    }
    return false;
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

static bool set_welcome(bool *neutral, const char *value)
{
    if (strcmp(value, "plain") != 0 && strcmp(value, "neutral") != 0)
        return false;
    *neutral = value[0] == 'n';
    return true;
}

static bool set_text(int *text_percent, const char *value)
{
    uint64_t number;

    if (!str_to_u64(str_of(value), 1000, &number))
        return false;
    for (int i = 0; i < COMFORT_TEXT_SIZES; i++) {
        if (comfort_text_sizes[i] == (int)number) {
            *text_percent = (int)number;
            return true;
        }
    }
    return false;
}

static bool set_scheme(enum scheme *scheme, const char *value)
{
    for (int i = 0; i < SCHEME_COUNT; i++) {
        if (strcmp(scheme_names[i], value) == 0) {
            *scheme = (enum scheme)i;
            return true;
        }
    }
    return false;
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
        return set_number(at, value, 480, 8192, true);
    case KIND_INCHES:
        return set_inches(at, value);
    case KIND_VOLUME:
        return set_volume(at, value);
    case KIND_RATE:
        return set_number(at, value, 80, 450, false);
    case KIND_SWITCH:
        return set_switch(at, value);
    case KIND_PATH:
        return set_path(at, CONFIG_PATH, value);
    case KIND_SOCKET:
        return set_path(at, CONFIG_SOCKET, value);
    case KIND_KEY:
        return set_key(at, value);
    case KIND_REPEAT_AFTER:
        return set_number(at, value, 500, 8000, true);
    case KIND_REPEAT_EVERY:
        return set_number(at, value, 100, 8000, false);
    case KIND_AGAIN:
        return set_number(at, value, 0, AGAIN_MOST_MS, false);
    case KIND_SCAN_MODE:
        return set_scan_mode(at, value);
    case KIND_SCAN_STEP:
        return set_number(at, value, SCAN_LEAST_MS, SCAN_MOST_MS, false);
    case KIND_WELCOME:
        return set_welcome(at, value);
    case KIND_TEXT:
        return set_text(at, value);
    case KIND_SCHEME:
        return set_scheme(at, value);
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

static bool is_same_key(const struct config *config, const struct key *a, const struct key *b)
{
    const char *at = (const char *)config;

    return a->kind == KIND_KEY && b->kind == KIND_KEY &&
           memcmp(at + a->offset, at + b->offset, sizeof config->keys.codes[0]) == 0;
}

/* Only when all is read: who swaps two keys names one of them twice on the way. */
static bool keys_differ(const struct config *config, struct refusal *refusal)
{
    const char *first = NULL;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        for (size_t k = 0; k < i; k++) {
            if (is_same_key(config, &keys[k], &keys[i]))
                first = keys[k].name;
        }
        if (first == NULL)
            continue;
        refusal_problem(refusal, "%s and %s in [keys] are one and the same key", first,
                        keys[i].name);
        refusal_remedy(refusal, "Give each a key of its own");
        return false;
    }
    return true;
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
    if (line == 0 && !keys_differ(&parse.config, &parse.refusal)) {
        if (refusal != NULL)
            *refusal = parse.refusal;
        refusal_place(refusal, "%s", name);
        return ERR_FORMAT;
    }
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
