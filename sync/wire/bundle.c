/* Bundles, written and read: see bundle.h. */
#include "sync/wire/bundle.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/hex.h"
#include "sync/wire/fields.h"
#include "sync/wire/signed.h"

#define KIND "help-bundle"

static const char *const storage_names[STORAGE_COUNT] = {
    [STORAGE_OK] = "ok",
    [STORAGE_FULL] = "full",
    [STORAGE_FAILING] = "failing",
    [STORAGE_READ_ONLY] = "read-only",
};

const char *storage_state_name(enum storage_state s)
{
    return (unsigned)s < STORAGE_COUNT ? storage_names[s] : "unknown";
}

enum err bundle_begin(const struct bundle_manifest *m, struct buf *out)
{
    char kiosk[ID_TEXT + 1];
    char bundle[ID_TEXT + 1];
    char incarnation[ID_TEXT + 1];
    char boot[ID_TEXT + 1];

    id_text(&m->kiosk, kiosk);
    id_text(&m->bundle, bundle);
    id_text(&m->incarnation, incarnation);
    id_text(&m->boot, boot);
    /* Keys in the order of their bytes, so that one manifest has one form. */
    buf_add_format(out, "{\"attention\":%" PRIu64 ",\"bundle\":\"%s\"", m->attention, bundle);
    buf_add_format(
        out, ",\"clock\":{\"boot\":\"%s\",\"monotonic_ms\":%" PRId64 ",\"wall_ms\":%" PRId64 "}",
        boot, m->monotonic_ms, m->wall_ms);
    buf_add_format(out, ",\"format\":%d,\"health\":{\"free_bytes\":%" PRIu64 ",\"storage\":\"%s\"}",
                   BUNDLE_FORMAT, m->free_bytes, storage_state_name(m->storage));
    buf_add_format(out, ",\"incarnation\":\"%s\",\"kind\":\"" KIND "\",\"kiosk\":\"%s\"",
                   incarnation, kiosk);
    buf_add_format(out, ",\"made\":%" PRIu64 ",\"received\":%" PRIu64 ",\"records\":%" PRIu32,
                   m->made, m->received, m->records);
    buf_add_text(out, ",\"version\":");
    fields_add_text(out, str_of(m->version));
    buf_add_text(out, "}\n");
    return buf_status(out);
}

enum err bundle_add(const struct envelope *e, struct buf *out)
{
    envelope_encode(e, out);
    return buf_status(out);
}

enum err bundle_end(const struct sign_key *device, struct buf *out)
{
    return signed_end(device, out);
}

void bundle_sha256(struct str bytes, unsigned char out_sha256[SHA256_BYTES])
{
    crypto_hash_sha256(out_sha256, (const unsigned char *)bytes.at, bytes.len);
}

static enum err refuse(struct refusal *r, const char *problem, enum err e)
{
    refusal_place(r, "bundle");
    refusal_problem(r, "%s", problem);
    refusal_remedy(r, "Send the file as help-sync made it");
    return e;
}

/* Parses the manifest line; the caller calls json_decref on *out_object. */
static enum err open_manifest(struct str bytes, struct str *out_rest, json_t **out_object,
                              struct refusal *refusal)
{
    struct str rest;
    struct str line = str_split(bytes, '\n', &rest);

    if (line.len > BUNDLE_MANIFEST_MAX)
        return refuse(refusal, "the first line is too long for a manifest", ERR_LIMIT);
    *out_rest = rest;
    return fields_open(line, "bundle", KIND, BUNDLE_FORMAT, out_object, refusal);
}

enum err bundle_peek(struct str bytes, struct id *out_kiosk, struct refusal *refusal)
{
    json_t *object = NULL;
    struct str rest;
    enum err e = open_manifest(bytes, &rest, &object, refusal);

    if (e == ERR_OK)
        e = fields_id(object, "kiosk", out_kiosk, refusal);
    json_decref(object);
    return e;
}

static enum err read_clock(const json_t *object, struct bundle_manifest *m, struct refusal *refusal)
{
    json_t *clock = NULL;
    enum err e = fields_object(object, "clock", &clock, refusal);

    if (e == ERR_OK)
        e = fields_id(clock, "boot", &m->boot, refusal);
    if (e == ERR_OK)
        e = fields_integer(clock, "monotonic_ms", INT64_MIN, INT64_MAX, &m->monotonic_ms, refusal);
    if (e == ERR_OK)
        e = fields_integer(clock, "wall_ms", INT64_MIN, INT64_MAX, &m->wall_ms, refusal);
    return e;
}

static enum err read_health(const json_t *object, struct bundle_manifest *m,
                            struct refusal *refusal)
{
    json_t *health = NULL;
    char name[16];
    int64_t free_bytes = 0;
    enum err e = fields_object(object, "health", &health, refusal);

    if (e == ERR_OK)
        e = fields_integer(health, "free_bytes", 0, INT64_MAX, &free_bytes, refusal);
    if (e == ERR_OK)
        e = fields_text(health, "storage", 1, sizeof name - 1, name, refusal);
    if (e != ERR_OK)
        return e;
    m->free_bytes = (uint64_t)free_bytes;
    /* A state that a newer kiosk may report is not a reason to lose its sign-ups. */
    m->storage = STORAGE_FAILING;
    for (int i = 0; i < STORAGE_COUNT; i++) {
        if (strcmp(name, storage_names[i]) == 0)
            m->storage = (enum storage_state)i;
    }
    return ERR_OK;
}

static enum err read_counts(const json_t *object, struct bundle_manifest *m,
                            struct refusal *refusal)
{
    int64_t made = 0;
    int64_t received = 0;
    int64_t attention = 0;
    int64_t records = 0;
    enum err e = fields_integer(object, "made", 0, INT64_MAX, &made, refusal);

    if (e == ERR_OK)
        e = fields_integer(object, "received", 0, INT64_MAX, &received, refusal);
    if (e == ERR_OK)
        e = fields_integer(object, "attention", 0, INT64_MAX, &attention, refusal);
    if (e == ERR_OK)
        e = fields_integer(object, "records", 0, LIMIT_BUNDLE_RECORDS, &records, refusal);
    if (e != ERR_OK)
        return e;
    m->made = (uint64_t)made;
    m->received = (uint64_t)received;
    m->attention = (uint64_t)attention;
    m->records = (uint32_t)records;
    return ERR_OK;
}

static enum err read_manifest(const json_t *object, struct bundle_manifest *m,
                              struct refusal *refusal)
{
    enum err e = fields_id(object, "kiosk", &m->kiosk, refusal);

    if (e == ERR_OK)
        e = fields_id(object, "bundle", &m->bundle, refusal);
    if (e == ERR_OK)
        e = fields_id(object, "incarnation", &m->incarnation, refusal);
    if (e == ERR_OK)
        e = fields_text(object, "version", 1, BUNDLE_VERSION_TEXT, m->version, refusal);
    if (e == ERR_OK)
        e = read_clock(object, m, refusal);
    if (e == ERR_OK)
        e = read_health(object, m, refusal);
    if (e == ERR_OK)
        e = read_counts(object, m, refusal);
    return e;
}

enum err bundle_open(struct str bytes, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                     struct bundle_reader *out_reader, struct bundle_manifest *out_manifest,
                     struct refusal *refusal)
{
    struct bundle_manifest manifest = {0};
    json_t *object = NULL;
    struct str body;
    struct str rest;
    enum err e;

    if (bytes.len > LIMIT_BUNDLE)
        return refuse(refusal, "it is larger than a bundle may be", ERR_LIMIT);
    e = signed_open(bytes, public_key, &body);
    if (e == ERR_FORMAT)
        return refuse(refusal, "it does not end in a signature line; it may be cut short", e);
    if (e != ERR_OK)
        return refuse(refusal, "the signature is not this kiosk's", e);
    e = open_manifest(body, &rest, &object, refusal);
    if (e == ERR_OK)
        e = read_manifest(object, &manifest, refusal);
    json_decref(object);
    if (e != ERR_OK)
        return e;
    *out_manifest = manifest;
    *out_reader = (struct bundle_reader){rest, manifest.kiosk, manifest.records};
    return ERR_OK;
}

enum err bundle_next(struct bundle_reader *r, struct envelope *out_envelope,
                     struct refusal *refusal)
{
    struct str line;
    enum err e;

    if (r->left == 0 && r->rest.len == 0)
        return ERR_NOT_FOUND;
    if (r->left == 0 || r->rest.len == 0)
        return refuse(refusal, "the manifest counts other records than there are", ERR_FORMAT);
    line = str_split(r->rest, '\n', &r->rest);
    r->left--;
    e = envelope_decode(line, out_envelope);
    if (e == ERR_CHECK)
        return refuse(refusal, "the hash of a record is wrong", e);
    if (e != ERR_OK)
        return refuse(refusal, "a line is not a record", e);
    if (!id_equal(&out_envelope->header.kiosk, &r->kiosk))
        return refuse(refusal, "a record belongs to another kiosk", ERR_CHECK);
    return ERR_OK;
}
