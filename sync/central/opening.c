/* Opening, decoding and checking one record: see opening.h. */
#include "sync/central/opening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signup/record.h"
#include "signup/reference.h"

static void outcome(struct ingest_item *item, enum receipt_outcome outcome, const char *code,
                    const char *words)
{
    item->reading.outcome = outcome;
    snprintf(item->reading.code, sizeof item->reading.code, "%s", code);
    snprintf(item->reading.words, sizeof item->reading.words, "%s", words);
}

static void add_attention(struct signup_item *row, const char *format, const char *what)
{
    /* Goes on behind what stands there. */
    struct buf b = {
        .at = row->attention, .len = strlen(row->attention), .size = sizeof row->attention};

    if (b.len + strlen(format) + strlen(what) + 2 > sizeof row->attention)
        return; /* there is more than enough to look into already */
    if (b.len > 0)
        buf_add_char(&b, '\n');
    for (; *format != '\0'; format++) {
        if (*format == '*')
            buf_add_text(&b, what);
        else
            buf_add_char(&b, *format);
    }
}

static void copy_answer(const struct answers *a, int item, char *out_text, size_t size)
{
    struct str text = item != QUESTIONNAIRE_NONE ? answers_text(a, item) : (struct str){0};

    if (text.len >= size)
        text.len = 0; /* no canonical form is so long */
    if (text.len > 0)
        memcpy(out_text, text.at, text.len);
    out_text[text.len] = '\0';
}

static void copy_names(const struct questionnaire *q, const struct answers *a,
                       struct signup_item *row)
{
    int seen = 0;

    for (int i = 0; i < q->item_count && seen < 2; i++) {
        if (q->items[i].field_kind != FIELD_PERSON_NAME)
            continue;
        if (seen++ == 0)
            copy_answer(a, i, row->given_name, sizeof row->given_name);
        else
            copy_answer(a, i, row->family_name, sizeof row->family_name);
    }
}

static const char *label_of(const struct questionnaire *q, int item)
{
    const struct item *field = &q->items[item];
    int page = questionnaire_page_of(q, item);

    if (field->short_label != NULL)
        return field->short_label;
    return field->text[0] != '\0' || page == QUESTIONNAIRE_NONE ? field->text : q->items[page].text;
}

static void run_checks(const struct questionnaire *q, const struct record *record,
                       const struct kiosk *kiosk, int64_t now_ms, struct signup_item *row)
{
    struct check_context context = {.mode = kiosk->live ? KIOSK_LIVE : KIOSK_DEMO,
                                    .today = date_today(now_ms)};
    struct problems problems = {0};

    answers_check_all(q, &record->answers, &context, &problems);
    for (int i = 0; i < problems.count; i++)
        add_attention(row, "Check \"*\": it did not pass the server's checks.",
                      label_of(q, problems.at[i].item));
}

static void fill_row(const struct questionnaire *q, const struct record *record,
                     struct signup_item *row)
{
    const struct answers *a = &record->answers;

    copy_names(q, a, row);
    copy_answer(a, questionnaire_find_kind(q, FIELD_NHS_NUMBER), row->nhs_number,
                sizeof row->nhs_number);
    copy_answer(a, questionnaire_find_kind(q, FIELD_BIRTH_DATE), row->birth_date,
                sizeof row->birth_date);
    copy_answer(a, questionnaire_find_kind(q, FIELD_EMAIL), row->email, sizeof row->email);
    copy_answer(a, questionnaire_find_kind(q, FIELD_PHONE), row->mobile, sizeof row->mobile);
    copy_answer(a, questionnaire_find_kind(q, FIELD_POSTCODE), row->postcode, sizeof row->postcode);
    row->made_ms = record->header.made_at_ms;
    snprintf(row->language, sizeof row->language, "%.35s", record->header.consent.language);
    snprintf(row->mode, sizeof row->mode, "%s", filled_in_by_code(record->header.mode));
    snprintf(row->consent_version, sizeof row->consent_version, "%.35s",
             record->header.consent.version);
}

/* The record says again whose it is; the envelope was signed, so it is believed, and people told.
 */
static void compare_header(const struct record *record, const struct kiosk *kiosk,
                           const struct ingest_item *item, struct signup_item *row)
{
    char id[ID_TEXT + 1];

    id_text(&item->envelope->header.record, id);
    if (strcmp(id, record->header.id) != 0)
        add_attention(row, "The sign-up inside has another number than its envelope.", "");
    id_text(&kiosk->id, id);
    if (strcmp(id, record->header.kiosk) != 0)
        add_attention(row, "The sign-up names another kiosk than the one that sent it.", "");
    if (strcmp(kiosk->practice.code, record->header.practice) != 0)
        add_attention(row, "The kiosk was set up for practice * when this was made.",
                      record->header.practice);
}

/* With the form that it was made with. ERR_VERSION where the server does not know that (yet). */
static enum err decode(const struct forms *forms, struct str plaintext, struct record *record,
                       const struct questionnaire **out_form)
{
    enum err e = ERR_VERSION;

    for (int i = 0; i < forms->count && e == ERR_VERSION; i++) {
        e = record_decode(plaintext, forms->all[i], record, NULL);
        *out_form = forms->all[i];
    }
    return e;
}

static void read_plaintext(const struct api *api, const struct kiosk *kiosk, int64_t now_ms,
                           struct signup_item *row, struct ingest_item *item)
{
    struct record *record = malloc(sizeof *record);
    const struct questionnaire *q = NULL;
    enum err e = record != NULL ? decode(api->forms, item->plaintext, record, &q) : ERR_MEMORY;

    if (e == ERR_OK) {
        fill_row(q, record, row);
        compare_header(record, kiosk, item, row);
        run_checks(q, record, kiosk, now_ms, row);
    } else if (e == ERR_VERSION || e == ERR_MEMORY) {
        outcome(item, RECEIPT_DEFERRED, "", "");
    } else {
        snprintf(row->language, sizeof row->language, "en");
        snprintf(row->mode, sizeof row->mode, "alone");
        add_attention(row,
                      "The details of this sign-up can't be read. It is kept. Tell the programme "
                      "team its reference.",
                      "");
    }
    if (record != NULL)
        keys_wipe(record, sizeof *record);
    free(record);
}

void opening_read(const struct api *api, const struct kiosk *kiosk, int64_t now_ms,
                  struct opened *opened, struct ingest_item *item)
{
    const struct envelope *envelope = &opened->envelope;
    struct signup_item *row = &opened->signup;
    struct reference reference;

    memset(row, 0, sizeof *row);
    item->envelope = envelope;
    outcome(item, RECEIPT_ACCEPTED, "", "");
    enum err e = seal_open(&envelope->header, envelope->sealed, &api->keys->seal, opened->inside,
                           &item->plaintext);
    if (e == ERR_VERSION) {
        outcome(item, RECEIPT_DEFERRED, "", "");
        return;
    }
    if (e != ERR_OK) {
        outcome(item, RECEIPT_REJECTED, "cannot-open",
                "The server can't open this sign-up. It is kept there and here. Tell the "
                "programme team.");
        return;
    }
    row->record = envelope->header.record;
    row->received_ms = now_ms;
    reference_from_id(envelope->header.record.bytes, &reference);
    snprintf(row->reference, sizeof row->reference, "%s", reference.text);
    read_plaintext(api, kiosk, now_ms, row, item);
    if (item->reading.outcome == RECEIPT_ACCEPTED)
        item->signup = row;
}
