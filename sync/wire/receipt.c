/* Receipts, written and read: see receipt.h. */
#include "sync/wire/receipt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "sync/wire/fields.h"
#include "sync/wire/signed.h"

#define KIND "help-receipt"

static const char *const outcome_names[RECEIPT_OUTCOME_COUNT] = {
    [RECEIPT_ACCEPTED] = "accepted", [RECEIPT_DUPLICATE] = "duplicate",
    [RECEIPT_DEFERRED] = "deferred", [RECEIPT_REJECTED] = "rejected",
    [RECEIPT_CONFLICT] = "conflict", [RECEIPT_GONE] = "gone",
};

const char *receipt_outcome_name(enum receipt_outcome o)
{
    return (unsigned)o < RECEIPT_OUTCOME_COUNT ? outcome_names[o] : "unknown";
}

static void add_id(struct buf *out, const char *before, const struct id *id)
{
    char text[ID_TEXT + 1];

    id_text(id, text);
    buf_add_format(out, "%s\"%s\"", before, text);
}

static void add_entry(struct buf *out, const struct receipt_entry *entry)
{
    bool says_why = entry->outcome == RECEIPT_REJECTED || entry->outcome == RECEIPT_CONFLICT;

    buf_add_char(out, '{');
    if (says_why) {
        buf_add_text(out, "\"code\":");
        fields_add_text(out, str_of(entry->code));
        buf_add_char(out, ',');
    }
    add_id(out, "\"id\":", &entry->record);
    buf_add_format(out, ",\"outcome\":\"%s\"", receipt_outcome_name(entry->outcome));
    if (says_why) {
        buf_add_text(out, ",\"words\":");
        fields_add_text(out, str_of(entry->words));
    }
    buf_add_char(out, '}');
}

static void add_feedback(struct buf *out, const struct receipt_feedback *f)
{
    if (!f->known)
        return;
    buf_add_text(out, ",\"feedback\":{");
    if (f->practices > 0)
        buf_add_format(out, "\"median_x10\":%" PRIu32 ",", f->median_x10);
    buf_add_format(out, "\"month\":%" PRIu32 ",\"own\":%" PRIu32, f->month, f->own);
    if (f->practices > 0)
        buf_add_format(out, ",\"practices\":%" PRIu32, f->practices);
    buf_add_format(out, ",\"year\":%" PRIu32 "}", f->year);
}

enum err receipt_encode(const struct receipt *r, const struct sign_key *server, struct buf *out)
{
    char hash[2 * SHA256_BYTES + 1];

    hex_encode(r->bundle_sha256, SHA256_BYTES, hash);
    buf_add_text(out, "{\"archived\":[");
    for (uint32_t i = 0; i < r->archived_count; i++)
        add_id(out, i > 0 ? "," : "", &r->archived[i]);
    add_id(out, "],\"bundle\":", &r->bundle);
    buf_add_format(out, ",\"bundle_sha256\":\"%s\"", hash);
    add_feedback(out, &r->feedback);
    buf_add_format(out, ",\"format\":%d", RECEIPT_FORMAT);
    add_id(out, ",\"incarnation\":", &r->incarnation);
    add_id(out, ",\"kind\":\"" KIND "\",\"kiosk\":", &r->kiosk);
    buf_add_text(out, ",\"missing\":[");
    for (uint32_t i = 0; i < r->missing_count; i++)
        buf_add_format(out, "%s[%" PRIu64 ",%" PRIu64 "]", i > 0 ? "," : "", r->missing[i].first,
                       r->missing[i].last);
    buf_add_format(out, "],\"next_after_ms\":%" PRId64 ",\"records\":[", r->next_after_ms);
    for (uint32_t i = 0; i < r->entry_count; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        add_entry(out, &r->entries[i]);
    }
    buf_add_format(out, "],\"server_time_ms\":%" PRId64 "}\n", r->server_time_ms);
    return signed_end(server, out);
}

static enum err refuse(struct refusal *r, const char *problem, enum err e)
{
    refusal_place(r, "receipt");
    refusal_problem(r, "%s", problem);
    refusal_remedy(r, "Nothing was changed; the exchange is tried again");
    return e;
}

static enum err read_binding(const json_t *object, const struct receipt_expected *expected,
                             struct receipt *r, struct refusal *refusal)
{
    enum err e = fields_id(object, "kiosk", &r->kiosk, refusal);

    if (e == ERR_OK)
        e = fields_id(object, "bundle", &r->bundle, refusal);
    if (e == ERR_OK)
        e = fields_hex(object, "bundle_sha256", r->bundle_sha256, SHA256_BYTES, refusal);
    if (e != ERR_OK)
        return e;
    if (!id_equal(&r->kiosk, &expected->kiosk) || !id_equal(&r->bundle, &expected->bundle) ||
        memcmp(r->bundle_sha256, expected->bundle_sha256, SHA256_BYTES) != 0)
        return refuse(refusal, "it answers another bundle", ERR_CHECK);
    return ERR_OK;
}

static enum err read_code(const json_t *object, struct receipt_entry *entry,
                          struct refusal *refusal)
{
    enum err e = fields_text(object, "code", 1, RECEIPT_CODE, entry->code, refusal);

    if (e == ERR_OK)
        e = fields_text(object, "words", 1, RECEIPT_WORDS, entry->words, refusal);
    if (e != ERR_OK)
        return e;
    if (strspn(entry->code, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(entry->code))
        return refuse(refusal, "a code has other characters than letters, digits, hyphens",
                      ERR_FORMAT);
    return ERR_OK;
}

static enum err read_entry(const json_t *object, struct receipt_entry *entry,
                           struct refusal *refusal)
{
    char name[32];
    enum err e = fields_id(object, "id", &entry->record, refusal);

    if (e == ERR_OK)
        e = fields_text(object, "outcome", 1, sizeof name - 1, name, refusal);
    if (e != ERR_OK)
        return e;
    /* An outcome of a newer server: keep the record, as for deferred. */
    entry->outcome = RECEIPT_DEFERRED;
    for (int i = 0; i < RECEIPT_OUTCOME_COUNT; i++) {
        if (strcmp(name, outcome_names[i]) == 0)
            entry->outcome = (enum receipt_outcome)i;
    }
    if (entry->outcome == RECEIPT_REJECTED || entry->outcome == RECEIPT_CONFLICT)
        e = read_code(object, entry, refusal);
    return e;
}

static enum err read_entries(const json_t *object, struct receipt *r, struct refusal *refusal)
{
    json_t *list = NULL;
    enum err e = fields_array(object, "records", LIMIT_BUNDLE_RECORDS, &list, refusal);

    for (size_t i = 0; e == ERR_OK && i < json_array_size(list); i++) {
        struct receipt_entry *entry = &r->entries[i];
        e = read_entry(json_array_get(list, i), entry, refusal);
        for (size_t k = 0; e == ERR_OK && k < i; k++) {
            if (id_equal(&r->entries[k].record, &entry->record))
                e = refuse(refusal, "it names a record twice", ERR_FORMAT);
        }
    }
    if (e == ERR_OK)
        r->entry_count = (uint32_t)json_array_size(list);
    return e;
}

static enum err read_missing(const json_t *object, struct receipt *r, struct refusal *refusal)
{
    json_t *list = NULL;
    uint64_t after = 0;
    enum err e = fields_array(object, "missing", RECEIPT_MISSING_MAX, &list, refusal);

    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i);
        const json_t *first = json_array_get(pair, 0);
        const json_t *last = json_array_get(pair, 1);
        if (json_array_size(pair) != 2 || !json_is_integer(first) || !json_is_integer(last) ||
            json_integer_value(first) < 1 || json_integer_value(last) < json_integer_value(first) ||
            (uint64_t)json_integer_value(first) <= after)
            return refuse(refusal, "\"missing\" is not a list of ascending [first,last]",
                          ERR_FORMAT);
        r->missing[i] = (struct receipt_range){(uint64_t)json_integer_value(first),
                                               (uint64_t)json_integer_value(last)};
        after = r->missing[i].last;
    }
    r->missing_count = (uint32_t)json_array_size(list);
    return ERR_OK;
}

static enum err read_archived(const json_t *object, struct receipt *r, struct refusal *refusal)
{
    json_t *list = NULL;
    enum err e = fields_array(object, "archived", RECEIPT_ARCHIVED_MAX, &list, refusal);

    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        struct str text = {json_string_value(item), json_string_length(item)};
        if (!json_is_string(item) || id_parse(text, &r->archived[i]) != ERR_OK)
            return refuse(refusal, "\"archived\" is not a list of ids", ERR_FORMAT);
    }
    r->archived_count = (uint32_t)json_array_size(list);
    return ERR_OK;
}

static enum err read_count(const json_t *object, const char *key, int64_t least, int64_t most,
                           uint32_t *out_count, struct refusal *refusal)
{
    int64_t value = 0;
    enum err e = fields_integer(object, key, least, most, &value, refusal);

    if (e == ERR_OK)
        *out_count = (uint32_t)value;
    return e;
}

/* It may be left out, and so may what it says of others: both of these or none. */
static enum err read_feedback(const json_t *receipt, struct receipt_feedback *f,
                              struct refusal *refusal)
{
    json_t *object = NULL;
    enum err e;

    if (json_object_get(receipt, "feedback") == NULL)
        return ERR_OK;
    e = fields_object(receipt, "feedback", &object, refusal);
    if (e == ERR_OK)
        e = read_count(object, "year", 1970, 9999, &f->year, refusal);
    if (e == ERR_OK)
        e = read_count(object, "month", 1, 12, &f->month, refusal);
    if (e == ERR_OK)
        e = read_count(object, "own", 0, RECEIPT_FEEDBACK_MAX, &f->own, refusal);
    if (e == ERR_OK && (json_object_get(object, "practices") != NULL ||
                        json_object_get(object, "median_x10") != NULL)) {
        e = read_count(object, "practices", RECEIPT_PRACTICES_LEAST, RECEIPT_FEEDBACK_MAX,
                       &f->practices, refusal);
        if (e == ERR_OK)
            e = read_count(object, "median_x10", 0, 10 * (int64_t)RECEIPT_FEEDBACK_MAX,
                           &f->median_x10, refusal);
    }
    f->known = e == ERR_OK;
    return e;
}

static enum err read_receipt(const json_t *object, const struct receipt_expected *expected,
                             struct receipt *r, struct refusal *refusal)
{
    enum err e = read_binding(object, expected, r, refusal);

    if (e == ERR_OK)
        e = fields_id(object, "incarnation", &r->incarnation, refusal);
    if (e == ERR_OK)
        e = fields_integer(object, "server_time_ms", 0, RECEIPT_TIME_MAX_MS, &r->server_time_ms,
                           refusal);
    if (e == ERR_OK)
        e = fields_integer(object, "next_after_ms", 0, RECEIPT_NEXT_AFTER_MAX_MS, &r->next_after_ms,
                           refusal);
    if (e == ERR_OK)
        e = read_feedback(object, &r->feedback, refusal);
    if (e == ERR_OK)
        e = read_entries(object, r, refusal);
    if (e == ERR_OK)
        e = read_missing(object, r, refusal);
    if (e == ERR_OK)
        e = read_archived(object, r, refusal);
    return e;
}

enum err receipt_decode(struct str bytes, const unsigned char server_public[SIGN_PUBLIC_BYTES],
                        const struct receipt_expected *expected, struct receipt *out_receipt,
                        struct refusal *refusal)
{
    struct receipt *receipt = NULL;
    json_t *object = NULL;
    struct str body;
    struct str rest;
    enum err e;

    if (bytes.len > LIMIT_RECEIPT)
        return refuse(refusal, "it is larger than a receipt may be", ERR_LIMIT);
    e = signed_open(bytes, server_public, &body);
    if (e == ERR_FORMAT)
        return refuse(refusal, "it does not end in a signature line", e);
    if (e != ERR_OK)
        return refuse(refusal, "the signature is not our server's", e);
    receipt = calloc(1, sizeof *receipt);
    if (receipt == NULL)
        return ERR_MEMORY;
    e = fields_open(str_split(body, '\n', &rest), "receipt", KIND, RECEIPT_FORMAT, &object,
                    refusal);
    if (e == ERR_OK && rest.len > 0)
        e = refuse(refusal, "it has more than one line before the signature", ERR_FORMAT);
    if (e == ERR_OK)
        e = read_receipt(object, expected, receipt, refusal);
    if (e == ERR_OK)
        *out_receipt = *receipt;
    json_decref(object);
    free(receipt);
    return e;
}
