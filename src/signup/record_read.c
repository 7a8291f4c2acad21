/*
 * Reads a record strictly: takes it apart by key, then writes it again and compares, which refuses
 * every other spelling of the same content at once. See record.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "signup/record_value.h"

enum err record_refuse(struct refusal *refusal, const char *place, const char *problem)
{
    refusal_place(refusal, "record: %s", place);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "Keep the record as it came and tell the makers of the kiosk");
    return ERR_FORMAT;
}

enum err record_copy(const json_t *value, const char *key, char *out, size_t size,
                     struct refusal *refusal)
{
    const char *text = json_string_value(value);

    if (text == NULL || json_string_length(value) >= size)
        return record_refuse(refusal, key, "missing, no text or too long");
    memcpy(out, text, json_string_length(value) + 1);
    return ERR_OK;
}

enum err record_mode(const json_t *value, enum filled_in_by *out_mode, struct refusal *refusal)
{
    const char *text = json_string_value(value);

    for (int mode = FILLED_IN_ALONE; text != NULL && mode <= FILLED_IN_FRIEND; mode++) {
        if (strcmp(text, filled_in_by_code((enum filled_in_by)mode)) == 0) {
            *out_mode = (enum filled_in_by)mode;
            return ERR_OK;
        }
    }
    return record_refuse(refusal, "mode", "not one of alone, staff, friend");
}

static enum err set_words(const struct questionnaire *q, struct answers *a, int item,
                          const json_t *value, struct refusal *refusal)
{
    const char *link_id = q->items[item].link_id;

    if (!json_is_string(value) || json_string_length(value) == 0)
        return record_refuse(refusal, link_id, "the answer is not a text");
    struct str text = {json_string_value(value), json_string_length(value)};
    enum err e = answers_set_text(q, a, item, text);
    if (e != ERR_OK)
        record_refuse(refusal, link_id, "the answer is too long or of another type");
    return e;
}

static enum err set_option(const struct questionnaire *q, struct answers *a, int item,
                           const json_t *value, struct refusal *refusal)
{
    const struct item *asked = &q->items[item];

    if (json_is_object(value) && asked->type == ITEM_OPEN_CHOICE && json_object_size(value) == 1)
        return set_words(q, a, item, json_object_get(value, "text"), refusal);
    int option = item_find_option(asked, str_of(json_string_value(value)));
    if (option == QUESTIONNAIRE_NONE)
        return record_refuse(refusal, asked->link_id, "the answer is none of the options");
    a->of[item].options |= (uint64_t)1 << option;
    return ERR_OK;
}

enum err record_set_value(const struct questionnaire *q, struct answers *a, int item,
                          const json_t *value, struct refusal *refusal)
{
    const struct item *asked = &q->items[item];

    if (!item_is_question(asked))
        return record_refuse(refusal, asked->link_id, "this item asks nothing");
    if (json_is_null(value)) {
        answers_skip(a, item);
        return ERR_OK;
    }
    if (asked->type == ITEM_BOOLEAN) {
        if (!json_is_boolean(value))
            return record_refuse(refusal, asked->link_id, "the answer is neither true nor false");
        answers_set_boolean(q, a, item, json_is_true(value));
        return ERR_OK;
    }
    if (asked->option_count == 0)
        return set_words(q, a, item, value, refusal);
    if (!asked->repeats)
        return set_option(q, a, item, value, refusal);
    if (json_array_size(value) == 0)
        return record_refuse(refusal, asked->link_id, "the answer is not a list of options");
    for (size_t i = 0; i < json_array_size(value); i++) {
        enum err e = set_option(q, a, item, json_array_get(value, i), refusal);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static enum err read_answers(const json_t *json, const struct questionnaire *q, struct answers *a,
                             struct refusal *refusal)
{
    size_t found = 0;

    for (int i = 0; i < q->item_count; i++) {
        const json_t *value = json_object_get(json, q->items[i].link_id);
        if (value == NULL)
            continue;
        found++;
        enum err e = record_set_value(q, a, i, value, refusal);
        if (e != ERR_OK)
            return e;
    }
    if (!json_is_object(json) || found != json_object_size(json))
        return record_refuse(refusal, "answers", "an answer to a question this form has not");
    return ERR_OK;
}

/* Newer or other before wrong: a record that can wait for a newer server must not be refused. */
static enum err check_version(const json_t *root, const struct questionnaire *q,
                              struct refusal *refusal)
{
    const json_t *schema = json_object_get(root, "schema");
    const char *type = json_string_value(json_object_get(root, "type"));
    const json_t *form = json_object_get(root, "form");
    const char *url = json_string_value(json_object_get(form, "url"));
    const char *version = json_string_value(json_object_get(form, "version"));

    if (!json_is_integer(schema))
        return record_refuse(refusal, "schema", "missing or not a number");
    if (json_integer_value(schema) > RECORD_SCHEMA) {
        record_refuse(refusal, "schema", "made by a newer kiosk");
        return ERR_VERSION;
    }
    if (type == NULL || strcmp(type, "signup") != 0)
        return record_refuse(refusal, "type", "not a sign-up");
    if (url == NULL || version == NULL)
        return record_refuse(refusal, "form", "url or version is missing");
    if (strcmp(url, q->url) != 0 || strcmp(version, q->version) != 0) {
        record_refuse(refusal, "form", "made with another form or another version of it");
        return ERR_VERSION;
    }
    return ERR_OK;
}

static enum err read_header(const json_t *root, struct record_header *header,
                            struct refusal *refusal)
{
    const json_t *consent = json_object_get(root, "consent");
    const json_t *made_at = json_object_get(root, "made_at");
    enum err e = record_copy(json_object_get(root, "record"), "record", header->id,
                             sizeof header->id, refusal);

    if (e == ERR_OK)
        e = record_copy(json_object_get(root, "kiosk"), "kiosk", header->kiosk,
                        sizeof header->kiosk, refusal);
    if (e == ERR_OK)
        e = record_copy(json_object_get(root, "practice"), "practice", header->practice,
                        sizeof header->practice, refusal);
    if (e == ERR_OK)
        e = record_copy(json_object_get(consent, "version"), "consent version",
                        header->consent.version, sizeof header->consent.version, refusal);
    if (e == ERR_OK)
        e = record_copy(json_object_get(consent, "language"), "consent language",
                        header->consent.language, sizeof header->consent.language, refusal);
    if (e == ERR_OK)
        e = record_mode(json_object_get(root, "mode"), &header->mode, refusal);
    if (e == ERR_OK && !json_is_integer(made_at))
        e = record_refuse(refusal, "made_at", "missing or not a number");
    header->consent.read_aloud = json_is_true(json_object_get(consent, "read_aloud"));
    header->made_at_ms = json_integer_value(made_at);
    return e;
}

static enum err check_canonical(struct str bytes, const struct questionnaire *q,
                                const struct record *record, struct refusal *refusal)
{
    char memory[LIMIT_RECORD + 1];
    struct buf again;

    buf_init(&again, memory, sizeof memory);
    enum err e = record_encode(&record->header, q, &record->answers, &again);
    if (e != ERR_OK || !str_equal(buf_str(&again), bytes))
        e = record_refuse(refusal, "the whole",
                          "not in canonical form, or with an answer that the form does not ask");
    wipe(memory, sizeof memory);
    return e;
}

enum err record_decode(struct str bytes, const struct questionnaire *q, struct record *out_record,
                       struct refusal *refusal)
{
    json_t *root = NULL;
    struct record *record = NULL;
    enum err e = ERR_OK;

    if (bytes.len > LIMIT_RECORD) {
        record_refuse(refusal, "the whole", "larger than a record can be");
        return ERR_LIMIT;
    }
    record = calloc(1, sizeof *record);
    if (record == NULL)
        return ERR_MEMORY;
    root = bytes.len == 0 ? NULL : json_loadb(bytes.at, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    if (root == NULL) {
        e = record_refuse(refusal, "the whole", "not JSON");
        goto out;
    }
    e = check_version(root, q, refusal);
    if (e == ERR_OK)
        e = read_header(root, &record->header, refusal);
    if (e == ERR_OK)
        e = read_answers(json_object_get(root, "answers"), q, &record->answers, refusal);
    if (e == ERR_OK)
        e = check_canonical(bytes, q, record, refusal);
    if (e == ERR_OK)
        *out_record = *record;
out:
    json_decref(root);
    wipe(record, sizeof *record);
    free(record);
    return e;
}

enum err record_form(struct str bytes, char out_url[RECORD_URL_SIZE],
                     char out_version[RECORD_CODE_SIZE])
{
    char url[RECORD_URL_SIZE];
    char version[RECORD_CODE_SIZE];

    if (bytes.len == 0 || bytes.len > LIMIT_RECORD)
        return ERR_FORMAT;
    json_t *root = json_loadb(bytes.at, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *form = json_object_get(root, "form");
    enum err e = record_copy(json_object_get(form, "url"), "form", url, sizeof url, NULL);
    if (e == ERR_OK)
        e = record_copy(json_object_get(form, "version"), "form", version, sizeof version, NULL);
    json_decref(root);
    if (e != ERR_OK)
        return e;
    memcpy(out_url, url, sizeof url);
    memcpy(out_version, version, sizeof version);
    return ERR_OK;
}
