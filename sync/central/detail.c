/*
 * One sign-up opened: its answers in English words, from the form that it was made with. Reading
 * it is written into the audit log before anything is shown (repo.h, signup_open).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signup/record.h"
#include "sync/central/worklist.h"

#define SHOWN_BYTES (4 * LIMIT_ANSWER)

static const char *in_english(void *context, const char *msgid)
{
    (void)context;
    return msgid;
}

/* The form's own words for a field: its own, else its page's. */
static const char *label_of(const struct questionnaire *q, int item)
{
    const struct item *field = &q->items[item];
    int page = questionnaire_page_of(q, item);

    if (field->short_label != NULL)
        return field->short_label;
    if (field->text[0] != '\0' || page == QUESTIONNAIRE_NONE)
        return field->text;
    return q->items[page].short_label != NULL ? q->items[page].short_label : q->items[page].text;
}

static const char *section_of(const struct questionnaire *q, int item)
{
    while (q->items[item].parent != QUESTIONNAIRE_NONE)
        item = q->items[item].parent;
    return q->items[item].text;
}

static void add_field(const struct questionnaire *q, const struct answers *a, int item,
                      json_t *answers, json_t *consents)
{
    char shown[SHOWN_BYTES];
    struct buf value;
    const struct item *field = &q->items[item];
    int page = questionnaire_page_of(q, item);

    if (page != QUESTIONNAIRE_NONE && q->items[page].page_kind == PAGE_CONSENT &&
        field->type == ITEM_BOOLEAN) {
        json_array_append_new(consents, json_pack("{sssssb}", "id", field->link_id, "label",
                                                  field->text, "given", answers_boolean(a, item)));
        return;
    }
    buf_init(&value, shown, sizeof shown);
    answers_display(q, a, item, in_english, NULL, &value);
    if (value.len == 0)
        return;
    json_array_append_new(answers, json_pack("{ssssssss}", "link_id", field->link_id, "section",
                                             section_of(q, item), "label", label_of(q, item),
                                             "value", shown));
}

static void add_answers(const struct call *call, const struct signup_detail *detail, json_t *json)
{
    char url[RECORD_URL_SIZE];
    char version[RECORD_CODE_SIZE];
    struct str plaintext = {detail->plaintext, detail->plaintext_bytes};
    json_t *answers = json_array();
    json_t *consents = json_array();
    struct record *record = malloc(sizeof *record);
    const struct questionnaire *q = NULL;

    if (record != NULL && record_form(plaintext, url, version) == ERR_OK)
        q = forms_find(call->api->forms, url, version);
    if (q != NULL && record_decode(plaintext, q, record, NULL) == ERR_OK) {
        for (int i = 0; i < q->item_count; i++) {
            /* Hidden fields hold what the kiosk worked out, as codes. */
            if (item_is_question(&q->items[i]) && !q->items[i].hidden &&
                answers_enabled(q, &record->answers, i))
                add_field(q, &record->answers, i, answers, consents);
        }
    }
    free(record);
    json_object_set_new(json, "answers", answers);
    json_object_set_new(json, "consents", consents);
}

static const char *status_words(const char *status)
{
    return strcmp(status, "not_eligible") == 0 ? "not eligible" : status;
}

static json_t *history_json(const struct history_row *row)
{
    char what[REPO_NAME + 64];

    if (strcmp(row->action, "received") == 0)
        snprintf(what, sizeof what, "Received");
    else if (strcmp(row->action, "opened") == 0)
        snprintf(what, sizeof what, "Opened by %s", row->who);
    else if (strcmp(row->action, "exported") == 0)
        snprintf(what, sizeof what, "Exported by %s", row->who);
    else if (strcmp(row->action, "status") == 0)
        snprintf(what, sizeof what, "Marked %s", status_words(row->detail));
    else if (strcmp(row->action, "conflict") == 0)
        snprintf(what, sizeof what, "Another sign-up arrived under the same number");
    else
        snprintf(what, sizeof what, "Kept unread");
    return json_pack("{sossssss}", "at", json_time(row->at_ms), "who", row->who, "what", what,
                     "note", row->note);
}

static json_t *alike_json(const struct alike_row *row)
{
    char id[ID_TEXT + 1];
    char name[2 * LIMIT_ANSWER + 2];

    id_text(&row->record, id);
    snprintf(name, sizeof name, "%s %s", row->given_name, row->family_name);
    return json_pack("{ssssss}", "id", id, "reference", row->reference, "name", name);
}

static json_t *detail_json(const struct call *call, const struct signup_detail *detail)
{
    json_t *json = worklist_item(&detail->item, call->now_ms);
    json_t *history = json_array();
    json_t *alike = json_array();

    for (size_t i = 0; i < detail->history_count; i++)
        json_array_append_new(history, history_json(&detail->history[i]));
    for (size_t i = 0; i < detail->alike_count; i++)
        json_array_append_new(alike, alike_json(&detail->alike[i]));
    json_object_set_new(json, "made_at", json_time(detail->item.made_ms));
    json_object_set_new(json, "birth_date", json_string(detail->item.birth_date));
    json_object_set_new(json, "consent_version", json_string(detail->item.consent_version));
    add_answers(call, detail, json);
    json_object_set_new(json, "history", history);
    json_object_set_new(json, "possible_duplicates", alike);
    return json;
}

void handle_detail(struct call *call)
{
    struct repo *repo = call->api->repo;
    struct signup_detail *detail = malloc(sizeof *detail);

    if (detail == NULL) {
        reply_err(call, ERR_MEMORY);
        return;
    }
    enum err e = repo->verbs->signup_open(repo, &call->caller, &call->id, detail);
    if (e == ERR_OK)
        reply_json(call, 200, detail_json(call, detail));
    else
        reply_err(call, e);
    free(detail);
}
