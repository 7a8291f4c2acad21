/* The enrolment settings, written and read: see settings.h. */
#include "sync/wire/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "sync/wire/fields.h"

#define KIND         "help-settings"
#define FROM_CENTRAL "Use the file that \"help-central kiosk add\" wrote, unchanged"

static const char *const mode_names[] = {[KIOSK_DEMO] = "demo", [KIOSK_LIVE] = "live"};

const char *kiosk_mode_name(enum kiosk_mode m)
{
    return m == KIOSK_LIVE ? mode_names[KIOSK_LIVE] : mode_names[KIOSK_DEMO];
}

static void add_member(struct buf *out, const char *before, const char *text)
{
    buf_add_text(out, before);
    fields_add_text(out, str_of(text));
}

enum err settings_encode(const struct settings *s, struct buf *out)
{
    char kiosk[ID_TEXT + 1];
    char key[KEY_ID_TEXT + 1];
    char seal_public[2 * SEAL_PUBLIC_BYTES + 1];
    char sign_public[2 * SIGN_PUBLIC_BYTES + 1];

    id_text(&s->kiosk, kiosk);
    key_id_text(&s->seal_key.id, key);
    hex_encode(s->seal_key.public_key, SEAL_PUBLIC_BYTES, seal_public);
    hex_encode(s->sign_public, SIGN_PUBLIC_BYTES, sign_public);
    buf_add_format(out, "{\n  \"kind\": \"" KIND "\",\n  \"format\": %d,\n", SETTINGS_FORMAT);
    add_member(out, "  \"kiosk\": {\n    \"id\": ", kiosk);
    add_member(out, ",\n    \"name\": ", s->kiosk_name);
    add_member(out, ",\n    \"mode\": ", kiosk_mode_name(s->mode));
    add_member(out, "\n  },\n  \"practice\": {\n    \"code\": ", s->practice_code);
    add_member(out, ",\n    \"name\": ", s->practice_name);
    add_member(out, "\n  },\n  \"server\": {\n    \"url\": ", s->server_url);
    add_member(out, ",\n    \"ca_pem\": ", s->ca_pem);
    add_member(out, ",\n    \"seal_key\": {\n      \"id\": ", key);
    add_member(out, ",\n      \"public\": ", seal_public);
    add_member(out, "\n    },\n    \"sign_public\": ", sign_public);
    buf_add_text(out, "\n  }\n}\n");
    return buf_status(out);
}

static enum err refuse(struct refusal *r, const char *place, const char *problem,
                       const char *remedy)
{
    refusal_place(r, "%s", place);
    refusal_problem(r, "%s", problem);
    refusal_remedy(r, "%s", remedy);
    return ERR_FORMAT;
}

/* Refuses a key that is not in the 0-terminated list: a typing mistake must not pass in silence. */
static enum err only_keys(json_t *object, const char *const *known, struct refusal *refusal)
{
    void *item = json_object_iter(object);

    for (; item != NULL; item = json_object_iter_next(object, item)) {
        const char *key = json_object_iter_key(item);
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0)
            i++;
        if (known[i] == NULL) {
            refusal_place(refusal, "\"%.64s\"", key);
            refusal_problem(refusal, "this key is not known");
            refusal_remedy(refusal, "Remove it, or install the version of help-sync that knows it");
            return ERR_FORMAT;
        }
    }
    return ERR_OK;
}

static enum err read_kiosk(const json_t *object, struct settings *s, struct refusal *refusal)
{
    static const char *const known[] = {"id", "name", "mode", NULL};
    json_t *kiosk = NULL;
    char mode[8];
    enum err e = fields_object(object, "kiosk", &kiosk, refusal);

    if (e == ERR_OK)
        e = only_keys(kiosk, known, refusal);
    if (e == ERR_OK)
        e = fields_id(kiosk, "id", &s->kiosk, refusal);
    if (e == ERR_OK)
        e = fields_text(kiosk, "name", 1, SETTINGS_NAME, s->kiosk_name, refusal);
    if (e == ERR_OK)
        e = fields_text(kiosk, "mode", 1, sizeof mode - 1, mode, refusal);
    if (e != ERR_OK)
        return e;
    if (id_is_none(&s->kiosk))
        return refuse(refusal, "\"kiosk\", \"id\"", "it is the empty id", FROM_CENTRAL);
    if (strcmp(mode, "demo") != 0 && strcmp(mode, "live") != 0)
        return refuse(refusal, "\"mode\"", "it is neither \"demo\" nor \"live\"",
                      "Write demo or live");
    s->mode = strcmp(mode, "live") == 0 ? KIOSK_LIVE : KIOSK_DEMO;
    return ERR_OK;
}

static enum err read_practice(const json_t *object, struct settings *s, struct refusal *refusal)
{
    static const char *const known[] = {"code", "name", NULL};
    json_t *practice = NULL;
    enum err e = fields_object(object, "practice", &practice, refusal);

    if (e == ERR_OK)
        e = only_keys(practice, known, refusal);
    if (e == ERR_OK)
        e = fields_text(practice, "code", 1, SETTINGS_PRACTICE_CODE, s->practice_code, refusal);
    if (e == ERR_OK)
        e = fields_text(practice, "name", 1, SETTINGS_NAME, s->practice_name, refusal);
    if (e != ERR_OK)
        return e;
    if (strspn(s->practice_code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") !=
        strlen(s->practice_code))
        return refuse(refusal, "\"practice\", \"code\"",
                      "it has other characters than capital letters and digits",
                      "Give the practice's ODS code, such as F83004");
    return ERR_OK;
}

/* "https://", a host, and then only characters that belong into a host, a port or a plain path. */
static bool is_server_url(const char *url)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~:/[]";
    const char *host = url + strlen("https://");

    return str_starts(str_of(url), "https://") && *host != '\0' && *host != '/' && *host != ':' &&
           strspn(host, allowed) == strlen(host) && url[strlen(url) - 1] != '/';
}

/* Text with line ends, so fields_text does not fit it. */
static enum err read_ca(const json_t *server, struct settings *s, struct refusal *refusal)
{
    const json_t *member = json_object_get(server, "ca_pem");
    struct str text = {json_string_value(member), json_string_length(member)};

    if (!json_is_string(member) || text.len > SETTINGS_CA_PEM)
        return refuse(refusal, "\"ca_pem\"", "it is missing or too long", FROM_CENTRAL);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c != '\n' && c != '\r' && (c < 0x20 || c > 0x7e))
            return refuse(refusal, "\"ca_pem\"", "it is not PEM text", FROM_CENTRAL);
    }
    memcpy(s->ca_pem, text.at, text.len);
    s->ca_pem[text.len] = '\0';
    if (strstr(s->ca_pem, "-----BEGIN CERTIFICATE-----") == NULL)
        return refuse(refusal, "\"ca_pem\"", "there is no certificate in it", FROM_CENTRAL);
    return ERR_OK;
}

static enum err read_seal_key(const json_t *server, struct settings *s, struct refusal *refusal)
{
    static const char *const known[] = {"id", "public", NULL};
    json_t *seal = NULL;
    enum err e = fields_object(server, "seal_key", &seal, refusal);

    if (e == ERR_OK)
        e = only_keys(seal, known, refusal);
    if (e == ERR_OK)
        e = fields_hex(seal, "id", s->seal_key.id.bytes, KEY_ID_BYTES, refusal);
    if (e == ERR_OK)
        e = fields_hex(seal, "public", s->seal_key.public_key, SEAL_PUBLIC_BYTES, refusal);
    if (e == ERR_OK && !seal_key_usable(&s->seal_key))
        e = refuse(refusal, "\"seal_key\"", "the id is not the key's, or it is no key",
                   FROM_CENTRAL);
    return e;
}

static enum err read_server(const json_t *object, struct settings *s, struct refusal *refusal)
{
    static const char *const known[] = {"url", "ca_pem", "seal_key", "sign_public", NULL};
    json_t *server = NULL;
    enum err e = fields_object(object, "server", &server, refusal);

    if (e == ERR_OK)
        e = only_keys(server, known, refusal);
    if (e == ERR_OK)
        e = fields_text(server, "url", 1, SETTINGS_URL, s->server_url, refusal);
    if (e == ERR_OK && !is_server_url(s->server_url))
        e = refuse(refusal, "\"url\"", "it is not an https address of a server",
                   "Write it like https://central.example:8443, without a slash at the end");
    if (e == ERR_OK)
        e = read_ca(server, s, refusal);
    if (e == ERR_OK)
        e = read_seal_key(server, s, refusal);
    if (e == ERR_OK)
        e = fields_hex(server, "sign_public", s->sign_public, SIGN_PUBLIC_BYTES, refusal);
    if (e == ERR_OK && !sign_public_usable(s->sign_public))
        e = refuse(refusal, "\"sign_public\"", "it is not a signing key", FROM_CENTRAL);
    return e;
}

enum err settings_decode(struct str bytes, struct settings *out_settings, struct refusal *refusal)
{
    static const char *const known[] = {"kind", "format", "kiosk", "practice", "server", NULL};
    struct settings *s = NULL;
    json_t *object = NULL;
    enum err e;

    if (bytes.len > SETTINGS_FILE_MAX) {
        (void)refuse(refusal, "settings", "the file is too large", FROM_CENTRAL);
        return ERR_LIMIT;
    }
    e = fields_open(bytes, "settings", KIND, SETTINGS_FORMAT, &object, refusal);
    if (e != ERR_OK)
        return e;
    s = calloc(1, sizeof *s);
    if (s == NULL) {
        e = ERR_MEMORY;
        goto out;
    }
    e = only_keys(object, known, refusal);
    if (e == ERR_OK)
        e = read_kiosk(object, s, refusal);
    if (e == ERR_OK)
        e = read_practice(object, s, refusal);
    if (e == ERR_OK)
        e = read_server(object, s, refusal);
    if (e == ERR_OK)
        *out_settings = *s;
out:
    json_decref(object);
    free(s);
    return e;
}
