/* The worklist as a CSV file; each person in it has a row in the audit log before it leaves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signup/record.h"
#include "sync/central/csv.h"
#include "sync/central/worklist.h"

/* One row with every cell at its largest and every sign doubled. */
#define ROW_BYTES (2 * sizeof(struct signup_item) + 2 * WISHES * WISH_BYTES + 256)

/* What only the record tells, by the form it was made with, in the order of the columns. */
enum { WISHES = 5, WISH_BYTES = 400 };

struct wishes {
    struct record record;
    char text[WISHES][WISH_BYTES];
};

struct sheet {
    const struct forms *forms;
    struct wishes *wishes; /* of the row being written */
    char *text;
    size_t len;
    size_t room;
};

static enum err add_row(struct sheet *sheet, const char *const *cells, size_t count)
{
    struct buf row;

    if (sheet->len + ROW_BYTES > sheet->room) {
        size_t room = 2 * sheet->room + 4 * ROW_BYTES;
        char *fresh = realloc(sheet->text, room);
        if (fresh == NULL)
            return ERR_MEMORY;
        sheet->text = fresh;
        sheet->room = room;
    }
    buf_init(&row, sheet->text + sheet->len, sheet->room - sheet->len);
    for (size_t i = 0; i < count; i++)
        csv_cell(&row, str_of(cells[i]), i == 0);
    csv_end_row(&row);
    sheet->len += row.len;
    return buf_status(&row);
}

static void show(const struct wishes *wishes, const struct questionnaire *q, int item,
                 char out_text[WISH_BYTES])
{
    struct buf out;

    buf_init(&out, out_text, WISH_BYTES);
    if (item == QUESTIONNAIRE_NONE || !answers_enabled(q, &wishes->record.answers, item))
        return;
    if (q->items[item].level == LEVEL_PAGE)
        answers_display_page(q, &wishes->record.answers, item, NULL, NULL, &out);
    else
        answers_display(q, &wishes->record.answers, item, NULL, NULL, &out);
}

static int consent_page(const struct questionnaire *q)
{
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].level == LEVEL_PAGE && q->items[i].page_kind == PAGE_CONSENT)
            return i;
    }
    return QUESTIONNAIRE_NONE;
}

/* Phone, how to reach them, help wanted, help instead of e-mail, what they agreed to. */
static void read_wishes(const struct forms *forms, struct str plaintext, struct wishes *wishes)
{
    char url[RECORD_URL_SIZE];
    char version[RECORD_CODE_SIZE];

    memset(wishes, 0, sizeof *wishes);
    if (record_form(plaintext, url, version) != ERR_OK)
        return;
    const struct questionnaire *q = forms_find(forms, url, version);
    if (q == NULL || record_decode(plaintext, q, &wishes->record, NULL) != ERR_OK)
        return;
    show(wishes, q, questionnaire_find_kind(q, FIELD_ANY_PHONE), wishes->text[0]);
    show(wishes, q, questionnaire_find(q, "contact"), wishes->text[1]);
    show(wishes, q, questionnaire_find(q, "start-help"), wishes->text[2]);
    show(wishes, q, questionnaire_find(q, "no-email"), wishes->text[3]);
    show(wishes, q, consent_page(q), wishes->text[4]);
}

static enum err add_signup(void *context, const struct signup_item *item, struct str plaintext)
{
    struct sheet *sheet = context;
    char received[ISO_TIME_SIZE];
    char attention[REPO_ATTENTION + 1];

    iso_time(item->received_ms, received);
    snprintf(attention, sizeof attention, "%s", item->attention);
    for (char *c = attention; *c != '\0'; c++)
        *c = *c == '\n' ? ' ' : *c;
    read_wishes(sheet->forms, plaintext, sheet->wishes);
    const struct wishes *w = sheet->wishes;
    const char *const cells[] = {item->reference,     received,
                                 item->status,        attention,
                                 item->given_name,    item->family_name,
                                 item->nhs_number,    item->birth_date,
                                 item->email,         item->mobile,
                                 item->postcode,      item->language,
                                 item->mode,          item->kiosk_name,
                                 item->practice.code, item->practice.name,
                                 w->text[0],          w->text[1],
                                 w->text[2],          w->text[3],
                                 w->text[4],          item->consent_version};
    return add_row(sheet, cells, sizeof cells / sizeof cells[0]);
}

void handle_export(struct call *call)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    static const char *const titles[] = {
        "Reference",   "Received",       "Status",        "Needs attention", "Given name",
        "Family name", "NHS number",     "Date of birth", "Email",           "Mobile",
        "Postcode",    "Language",       "Filled in by",  "Kiosk",           "Practice code",
        "Practice",    "Phone",          "Contact by",    "Help to start",   "Without email",
        "Agreed to",   "Consent version"};
    struct repo *repo = call->api->repo;
    struct sheet sheet = {.forms = call->api->forms};
    struct signup_query query;
    char day[ISO_TIME_SIZE];

    if (!worklist_query(call, &query))
        return;
    sheet.wishes = malloc(sizeof *sheet.wishes);
    enum err e = sheet.wishes == NULL ? ERR_MEMORY : add_row(&sheet, titles, 0);
    if (e == ERR_OK) {
        sheet.len = (size_t)snprintf(sheet.text, sheet.room, "%s", byte_order_mark);
        e = add_row(&sheet, titles, sizeof titles / sizeof titles[0]);
    }
    if (e == ERR_OK)
        e = repo->verbs->signup_export(repo, &call->caller, &query, add_signup, &sheet);
    free(sheet.wishes);
    if (e != ERR_OK) {
        free(sheet.text);
        if (e == ERR_LIMIT)
            reply_error(call, 422, "too-many",
                        "These are more than 10,000 sign-ups. Choose a status or search first.",
                        NULL);
        else
            reply_err(call, e);
        return;
    }
    iso_time(call->now_ms, day);
    snprintf(call->response->disposition, sizeof call->response->disposition,
             "attachment; filename=\"sign-ups-%.10s.csv\"", day);
    call->response->status = 200;
    call->response->content_type = "text/csv; charset=utf-8";
    call->response->owned = sheet.text;
    call->response->body = sheet.text;
    call->response->body_bytes = sheet.len;
}
