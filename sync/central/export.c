/* The worklist as a CSV file; each person in it has a row in the audit log before it leaves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/central/csv.h"
#include "sync/central/worklist.h"

/* One row with every cell at its largest and every sign doubled. */
#define ROW_BYTES (2 * sizeof(struct signup_item) + 256)

struct sheet {
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

static enum err add_signup(void *context, const struct signup_item *item)
{
    char received[ISO_TIME_SIZE];
    char attention[REPO_ATTENTION + 1];

    iso_time(item->received_ms, received);
    snprintf(attention, sizeof attention, "%s", item->attention);
    for (char *c = attention; *c != '\0'; c++)
        *c = *c == '\n' ? ' ' : *c;
    const char *const cells[] = {
        item->reference,  received,          item->status,        attention,
        item->given_name, item->family_name, item->nhs_number,    item->birth_date,
        item->email,      item->mobile,      item->postcode,      item->language,
        item->mode,       item->kiosk_name,  item->practice.code, item->practice.name};
    return add_row(context, cells, sizeof cells / sizeof cells[0]);
}

void handle_export(struct call *call)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    static const char *const titles[] = {
        "Reference",    "Received",    "Status",        "Needs attention",
        "Given name",   "Family name", "NHS number",    "Date of birth",
        "Email",        "Mobile",      "Postcode",      "Language",
        "Filled in by", "Kiosk",       "Practice code", "Practice"};
    struct repo *repo = call->api->repo;
    struct sheet sheet = {0};
    struct signup_query query;
    char day[ISO_TIME_SIZE];

    if (!worklist_query(call, &query))
        return;
    enum err e = add_row(&sheet, titles, 0);
    if (e == ERR_OK) {
        sheet.len = (size_t)snprintf(sheet.text, sheet.room, "%s", byte_order_mark);
        e = add_row(&sheet, titles, sizeof titles / sizeof titles[0]);
    }
    if (e == ERR_OK)
        e = repo->verbs->signup_export(repo, &call->caller, &query, add_signup, &sheet);
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
