/*
 * The same sign-up as FHIR QuestionnaireResponse and back. Groups are nested as in the form; what
 * FHIR has no place for stands in extensions of our own. See record.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "signup/json_out.h"
#include "signup/record_value.h"

#define OWN "https://help-diabetes.example/fhir/"

static void write_extension(struct buf *out, bool first, const char *name, const char *text)
{
    buf_add_format(out, "%s{\"url\":\"" OWN "%s\",\"valueString\":", first ? "" : ",", name);
    json_out_str(out, str_of(text));
    buf_add_char(out, '}');
}

static void write_authored(struct buf *out, int64_t ms)
{
    struct date d = date_from_unix_ms(ms);
    int64_t day_ms = ((ms % 86400000) + 86400000) % 86400000;
    char text[DATE_TEXT_SIZE];

    date_format(d, text);
    buf_add_format(out, ",\"authored\":\"%sT%02d:%02d:%02d.%03dZ\"", text, (int)(day_ms / 3600000),
                   (int)(day_ms / 60000 % 60), (int)(day_ms / 1000 % 60), (int)(day_ms % 1000));
}

static void write_coding(struct buf *out, const struct item_option *option)
{
    buf_add_text(out, "{\"valueCoding\":{");
    json_out_pair(out, true, "code", option->code);
    json_out_pair(out, false, "display", option->text);
    buf_add_text(out, "}}");
}

static void write_text_answer(struct buf *out, const struct item *item, struct str text)
{
    switch (item->type) {
    case ITEM_INTEGER:
        buf_add_text(out, "{\"valueInteger\":");
        buf_add(out, text);
        break;
    case ITEM_DECIMAL:
        buf_add_text(out, "{\"valueDecimal\":");
        buf_add(out, text);
        break;
    case ITEM_DATE:
        buf_add_text(out, "{\"valueDate\":");
        json_out_str(out, text);
        break;
    default:
        buf_add_text(out, "{\"valueString\":");
        json_out_str(out, text);
        break;
    }
    buf_add_char(out, '}');
}

static void write_answers(const struct questionnaire *q, const struct answers *a, int index,
                          struct buf *out)
{
    const struct item *item = &q->items[index];
    bool any = false;

    if (answers_state(q, a, index) == ANSWER_SKIPPED) {
        buf_add_text(out, ",\"extension\":[{\"url\":\"" OWN "skipped\",\"valueBoolean\":true}]");
        return;
    }
    buf_add_text(out, ",\"answer\":[");
    if (item->type == ITEM_BOOLEAN)
        buf_add_format(out, "{\"valueBoolean\":%s}", answers_boolean(a, index) ? "true" : "false");
    for (int i = 0; i < item->option_count; i++) {
        if (!answers_chosen(a, index, i))
            continue;
        if (any)
            buf_add_char(out, ',');
        write_coding(out, &item->options[i]);
        any = true;
    }
    if (a->of[index].len > 0) {
        if (any)
            buf_add_char(out, ',');
        write_text_answer(out, item, answers_text(a, index));
    }
    buf_add_char(out, ']');
}

static bool is_written(const struct questionnaire *q, const struct answers *a, int index)
{
    return item_is_question(&q->items[index]) && answers_state(q, a, index) != ANSWER_NOT_ASKED &&
           answers_enabled(q, a, index);
}

/* Whether anything below this item is written: FHIR has no empty lists. */
static bool has_content(const struct questionnaire *q, const struct answers *a, int index)
{
    for (int i = index; i < q->items[index].end; i++) {
        if (is_written(q, a, i))
            return true;
    }
    return false;
}

/* Items begin .. end - 1 and what is in them; three levels deep at most. */
static void write_items(const struct questionnaire *q, const struct answers *a, int begin, int end,
                        struct buf *out)
{
    bool any = false;

    buf_add_text(out, ",\"item\":[");
    for (int i = begin; i < end; i = q->items[i].end) {
        if (!has_content(q, a, i))
            continue;
        if (any)
            buf_add_char(out, ',');
        any = true;
        buf_add_char(out, '{');
        json_out_pair(out, true, "linkId", q->items[i].link_id);
        if (q->items[i].type == ITEM_GROUP)
            write_items(q, a, i + 1, q->items[i].end, out);
        else
            write_answers(q, a, i, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

enum err record_to_questionnaire_response(const struct record *record,
                                          const struct questionnaire *q, struct buf *out)
{
    const struct record_header *header = &record->header;
    char made_at[24];
    struct buf b;

    buf_init(&b, made_at, sizeof made_at);
    buf_add_format(&b, "%lld", (long long)header->made_at_ms);
    buf_add_text(out, "{\"resourceType\":\"QuestionnaireResponse\",\"extension\":[");
    write_extension(out, true, "kiosk", header->kiosk);
    write_extension(out, false, "practice", header->practice);
    write_extension(out, false, "mode", filled_in_by_code(header->mode));
    write_extension(out, false, "made-at", made_at);
    write_extension(out, false, "consent-version", header->consent.version);
    write_extension(out, false, "consent-language", header->consent.language);
    write_extension(out, false, "consent-read-aloud",
                    header->consent.read_aloud ? "true" : "false");
    buf_add_text(out, "],\"identifier\":{\"system\":\"" OWN "record\",\"value\":");
    json_out_str(out, str_of(header->id));
    buf_add_text(out, "},\"questionnaire\":");
    buf_add_char(out, '"');
    buf_add_format(out, "%s|%s\"", q->url, q->version);
    buf_add_text(out, ",\"status\":\"completed\"");
    write_authored(out, header->made_at_ms);
    bool any = false;
    for (int i = 0; i < q->item_count; i++)
        any = any || is_written(q, &record->answers, i);
    if (any)
        write_items(q, &record->answers, 0, q->item_count, out);
    buf_add_char(out, '}');
    return buf_status(out);
}

static const json_t *extension(const json_t *owner, const char *name)
{
    const json_t *list = json_object_get(owner, "extension");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *url = json_string_value(json_object_get(one, "url"));
        if (url != NULL && strncmp(url, OWN, strlen(OWN)) == 0 &&
            strcmp(url + strlen(OWN), name) == 0)
            return one;
    }
    return NULL;
}

static const json_t *header_value(const json_t *root, const char *name)
{
    return json_object_get(extension(root, name), "valueString");
}

static enum err read_header(const json_t *root, struct record_header *header,
                            struct refusal *refusal)
{
    const json_t *identifier = json_object_get(root, "identifier");
    const char *made_at = json_string_value(header_value(root, "made-at"));
    const char *aloud = json_string_value(header_value(root, "consent-read-aloud"));
    enum err e = record_copy(json_object_get(identifier, "value"), "identifier", header->id,
                             sizeof header->id, refusal);

    if (e == ERR_OK)
        e = record_copy(header_value(root, "kiosk"), "kiosk", header->kiosk, sizeof header->kiosk,
                        refusal);
    if (e == ERR_OK)
        e = record_copy(header_value(root, "practice"), "practice", header->practice,
                        sizeof header->practice, refusal);
    if (e == ERR_OK)
        e = record_copy(header_value(root, "consent-version"), "consent-version",
                        header->consent.version, sizeof header->consent.version, refusal);
    if (e == ERR_OK)
        e = record_copy(header_value(root, "consent-language"), "consent-language",
                        header->consent.language, sizeof header->consent.language, refusal);
    if (e == ERR_OK)
        e = record_mode(header_value(root, "mode"), &header->mode, refusal);
    if (e != ERR_OK)
        return e;
    if (made_at == NULL || aloud == NULL)
        return record_refuse(refusal, "extension", "made-at or consent-read-aloud is missing");
    char *end;
    header->made_at_ms = strtoll(made_at, &end, 10);
    if (end == made_at || *end != '\0')
        return record_refuse(refusal, "made-at", "not a number");
    header->consent.read_aloud = strcmp(aloud, "true") == 0;
    return ERR_OK;
}

/* One entry of `answer` as the value that a record has for it; the caller releases it. */
static json_t *plain_value(const struct item *item, const json_t *entry)
{
    const json_t *coding = json_object_get(entry, "valueCoding");
    const json_t *decimal = json_object_get(entry, "valueDecimal");
    const json_t *integer = json_object_get(entry, "valueInteger");
    const json_t *boolean = json_object_get(entry, "valueBoolean");
    const json_t *text = json_object_get(entry, "valueString");
    char number[32];
    struct buf b;

    buf_init(&b, number, sizeof number);
    if (coding != NULL)
        return json_incref((json_t *)(uintptr_t)json_object_get(coding, "code"));
    if (boolean != NULL)
        return json_incref((json_t *)(uintptr_t)boolean);
    if (integer != NULL && json_is_integer(integer)) {
        buf_add_format(&b, "%" JSON_INTEGER_FORMAT, json_integer_value(integer));
        return json_string(number);
    }
    if (decimal != NULL && json_is_number(decimal)) {
        buf_add_format(&b, "%.6f", json_number_value(decimal));
        while (b.len > 0 && number[b.len - 1] == '0')
            number[--b.len] = '\0';
        if (b.len > 0 && number[b.len - 1] == '.')
            number[--b.len] = '\0';
        return json_string(number);
    }
    if (text != NULL && item->type == ITEM_OPEN_CHOICE)
        return json_pack("{sO}", "text", text);
    if (text != NULL)
        return json_incref((json_t *)(uintptr_t)text);
    return json_incref((json_t *)(uintptr_t)json_object_get(entry, "valueDate"));
}

static enum err read_field(const json_t *json, const struct questionnaire *q, struct answers *a,
                           int index, struct refusal *refusal)
{
    const struct item *item = &q->items[index];
    const json_t *list = json_object_get(json, "answer");
    enum err e = ERR_OK;

    if (json_is_true(json_object_get(extension(json, "skipped"), "valueBoolean"))) {
        answers_skip(a, index);
        return ERR_OK;
    }
    size_t count = json_array_size(list);
    if (count == 0 || (count > 1 && !item->repeats))
        return record_refuse(refusal, item->link_id, "not one answer");
    json_t *values = json_array();
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        json_t *value = plain_value(item, json_array_get(list, i));
        if (value == NULL || json_array_append_new(values, value) != 0)
            e = record_refuse(refusal, item->link_id, "the answer is of another type");
    }
    if (e == ERR_OK)
        e = record_set_value(q, a, index, item->repeats ? values : json_array_get(values, 0),
                             refusal);
    json_decref(values);
    return e;
}

static enum err read_items(const json_t *list, const struct questionnaire *q, struct answers *a,
                           int parent, struct refusal *refusal)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i);
        int index =
            questionnaire_find_str(q, str_of(json_string_value(json_object_get(json, "linkId"))));
        if (index == QUESTIONNAIRE_NONE || q->items[index].parent != parent)
            return record_refuse(refusal, "item", "a linkId that the form has not at this place");
        enum err e = q->items[index].type == ITEM_GROUP
                         ? read_items(json_object_get(json, "item"), q, a, index, refusal)
                         : read_field(json, q, a, index, refusal);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static bool is_for(const json_t *root, const struct questionnaire *q)
{
    const char *canonical = json_string_value(json_object_get(root, "questionnaire"));
    size_t url = strlen(q->url);

    return canonical != NULL && strncmp(canonical, q->url, url) == 0 && canonical[url] == '|' &&
           strcmp(canonical + url + 1, q->version) == 0;
}

enum err record_from_questionnaire_response(struct str json, const struct questionnaire *q,
                                            struct record *out_record, struct refusal *refusal)
{
    json_t *root = NULL;
    struct record *record = NULL;
    enum err e = ERR_OK;

    if (json.len == 0 || json.len > LIMIT_QUESTIONNAIRE)
        return record_refuse(refusal, "the whole", "empty or too large");
    record = calloc(1, sizeof *record);
    if (record == NULL)
        return ERR_MEMORY;
    root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, NULL);
    const char *type = json_string_value(json_object_get(root, "resourceType"));
    if (type == NULL || strcmp(type, "QuestionnaireResponse") != 0) {
        e = record_refuse(refusal, "the whole", "not a QuestionnaireResponse");
        goto out;
    }
    if (!is_for(root, q)) {
        record_refuse(refusal, "questionnaire", "made with another form or version of it");
        e = ERR_VERSION;
        goto out;
    }
    e = read_header(root, &record->header, refusal);
    if (e == ERR_OK)
        e = read_items(json_object_get(root, "item"), q, &record->answers, QUESTIONNAIRE_NONE,
                       refusal);
    if (e == ERR_OK)
        *out_record = *record;
out:
    json_decref(root);
    wipe(record, sizeof *record);
    free(record);
    return e;
}
