/* The worklist: search, and the status of one sign-up. */
#include "sync/central/worklist.h"

#include <stdlib.h>
#include <string.h>

#include "signup/date.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)

bool worklist_query(struct call *call, struct signup_query *out_query)
{
    const char *status = call_text(call, "status");
    bool known = status[0] == '\0' || strcmp(status, "all") == 0;

    out_query->folder = NULL;
    out_query->words = str_of(call_text(call, "q"));
    out_query->page = call_number(call, "page", 1);
    for (int i = 0; i < FOLDER_COUNT && !known; i++) {
        if (strcmp(status, folder_names[i]) == 0) {
            out_query->folder = folder_names[i];
            known = true;
        }
    }
    if (!known)
        reply_error(call, 422, "status", "Choose one of the statuses of the worklist.", "status");
    return known;
}

int worklist_age(const char *birth_date, int64_t now_ms)
{
    struct date birth;
    struct date today = date_from_unix_ms(now_ms);

    if (!date_parse(str_of(birth_date), &birth) || date_compare(birth, today) > 0)
        return -1;
    return date_age_years(birth, today);
}

static json_t *text_or_null(const char *text)
{
    return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *lines(const char *text)
{
    json_t *array = json_array();
    struct str rest = str_of(text);

    while (rest.len > 0) {
        struct str line = str_split(rest, '\n', &rest);
        if (line.len > 0)
            json_array_append_new(array, json_stringn(line.at, line.len));
    }
    return array;
}

json_t *worklist_item(const struct signup_item *item, int64_t now_ms)
{
    char id[ID_TEXT + 1];
    int age = worklist_age(item->birth_date, now_ms);
    json_t *json = json_object();

    id_text(&item->record, id);
    json_object_set_new(json, "id", json_string(id));
    json_object_set_new(json, "reference", json_string(item->reference));
    json_object_set_new(json, "received_at", json_time(item->received_ms));
    json_object_set_new(json, "given_name", json_string(item->given_name));
    json_object_set_new(json, "family_name", json_string(item->family_name));
    json_object_set_new(json, "nhs_number", text_or_null(item->nhs_number));
    json_object_set_new(json, "age", age >= 0 ? json_integer(age) : json_null());
    json_object_set_new(json, "language", json_string(item->language));
    json_object_set_new(json, "mode", json_string(item->mode));
    json_object_set_new(json, "status", json_string(item->status));
    json_object_set_new(json, "attention", lines(item->attention));
    json_object_set_new(json, "kiosk", json_string(item->kiosk_name));
    json_object_set_new(json, "practice", json_practice(&item->practice));
    return json;
}

static json_t *page_json(const struct call *call, const struct signup_query *query,
                         const struct signup_page *page)
{
    json_t *counts = json_object();
    json_t *items = json_array();
    int64_t all = 0;
    int64_t total = 0;

    for (int i = 0; i < FOLDER_COUNT; i++) {
        bool wanted = query->folder == NULL || query->folder == folder_names[i];
        all += page->counts[i];
        total += wanted ? page->counts[i] : 0;
        json_object_set_new(counts, folder_names[i], json_integer(page->counts[i]));
    }
    json_object_set_new(counts, "all", json_integer(all));
    for (size_t i = 0; i < page->row_count; i++)
        json_array_append_new(items, worklist_item(&page->rows[i], call->now_ms));
    return json_pack("{sIsIsisosIsoso}", "total", (json_int_t)total, "page",
                     (json_int_t)query->page, "page_size", REPO_PAGE_ROWS, "counts", counts,
                     "arrived_today", (json_int_t)page->arrived_since, "last_contact",
                     json_time(page->last_contact_ms), "items", items);
}

void handle_search(struct call *call)
{
    struct repo *repo = call->api->repo;
    struct signup_query query;
    struct signup_page *page = NULL;

    if (!worklist_query(call, &query))
        return;
    page = malloc(sizeof *page);
    if (page == NULL) {
        reply_err(call, ERR_MEMORY);
        return;
    }
    int64_t day_start_ms = call->now_ms - call->now_ms % DAY_MS;
    enum err e = repo->verbs->signups(repo, &call->caller, &query, day_start_ms, page);
    if (e == ERR_OK)
        reply_json(call, 200, page_json(call, &query, page));
    else
        reply_err(call, e);
    free(page);
}

void handle_status(struct call *call)
{
    static const char *const statuses[] = {"received",  "welcomed",     "activated",
                                           "duplicate", "not_eligible", "withdrawn"};
    struct repo *repo = call->api->repo;
    const char *status = call_text(call, "status");
    bool known = false;

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        known = known || strcmp(status, statuses[i]) == 0;
    if (!known) {
        reply_error(call, 422, "status", "Choose one of the statuses.", "status");
        return;
    }
    enum err e =
        repo->verbs->signup_status(repo, &call->caller, &call->id, status, call_text(call, "note"));
    if (e == ERR_OK)
        handle_detail(call);
    else if (e == ERR_REFUSED)
        reply_error(call, 422, "withdrawn", "This sign-up was withdrawn. That is final.", "status");
    else
        reply_err(call, e);
}
