/* From a request to its handler, and every check on the way: see api.h. */
#include "sync/central/api.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sync/central/accounts.h"

static const struct body_field sign_in_fields[] = {
    {"email", BODY_TEXT, true, LIMIT_EMAIL},
    {"password", BODY_TEXT, true, ACCOUNTS_PASSWORD_MAX},
    {0},
};
static const struct body_field search_fields[] = {
    {"q", BODY_TEXT, false, LIMIT_ANSWER},
    {"status", BODY_TEXT, false, 32},
    {"page", BODY_NUMBER, false, REPO_PAGES_MAX},
    {0},
};
static const struct body_field export_fields[] = {
    {"q", BODY_TEXT, false, LIMIT_ANSWER},
    {"status", BODY_TEXT, false, 32},
    {0},
};
static const struct body_field status_fields[] = {
    {"status", BODY_TEXT, true, 32},
    {"note", BODY_TEXT, false, REPO_NOTE},
    {0},
};

#define JSON_BODY_MAX (16 * 1024)

const struct route api_routes[] = {
    {LISTENER_DEVICE, "GET", "/healthz", ACCESS_ANYONE, 0, NULL, handle_health},
    {LISTENER_DEVICE, "POST", "/v1/exchange", ACCESS_ANYONE, LIMIT_BUNDLE, NULL, handle_exchange},
    {LISTENER_HATCH, "POST", "/v1/exchange", ACCESS_ANYONE, LIMIT_BUNDLE, NULL, handle_exchange},
    {LISTENER_PORTAL, "GET", "/healthz", ACCESS_ANYONE, 0, NULL, handle_health},
    {LISTENER_PORTAL, "POST", "/api/session", ACCESS_ANYONE, JSON_BODY_MAX, sign_in_fields,
     handle_sign_in},
    {LISTENER_PORTAL, "GET", "/api/session", ACCESS_SESSION, 0, NULL, handle_session},
    {LISTENER_PORTAL, "DELETE", "/api/session", ACCESS_SESSION, 0, NULL, handle_sign_out},
    {LISTENER_PORTAL, "POST", "/api/signups/search", ACCESS_SESSION, JSON_BODY_MAX, search_fields,
     handle_search},
    {LISTENER_PORTAL, "POST", "/api/signups/export", ACCESS_SESSION, JSON_BODY_MAX, export_fields,
     handle_export},
    {LISTENER_PORTAL, "GET", "/api/signups/{id}", ACCESS_SESSION, 0, NULL, handle_detail},
    {LISTENER_PORTAL, "POST", "/api/signups/{id}/status", ACCESS_SESSION, JSON_BODY_MAX,
     status_fields, handle_status},
    {LISTENER_PORTAL, "GET", "/api/kiosks", ACCESS_SESSION, 0, NULL, handle_kiosks},
};
const size_t api_route_count = sizeof api_routes / sizeof api_routes[0];

void response_finish(struct response *response)
{
    free(response->owned);
    response->owned = NULL;
}

/* ---- replies --------------------------------------------------------------------------- */

void reply_json(struct call *call, int status, json_t *take)
{
    char *text = take != NULL ? json_dumps(take, JSON_COMPACT) : NULL;

    json_decref(take);
    if (text == NULL) {
        reply_err(call, ERR_MEMORY);
        return;
    }
    call->response->status = status;
    call->response->content_type = "application/json; charset=utf-8";
    call->response->owned = text;
    call->response->body = text;
    call->response->body_bytes = strlen(text);
}

void reply_empty(struct call *call, int status)
{
    call->response->status = status;
}

void reply_error(struct call *call, int status, const char *code, const char *message,
                 const char *field)
{
    static const char no_memory[] = "{\"error\":{\"code\":\"memory\",\"message\":\"The server is "
                                    "busy. Try again in a minute.\"}}";
    json_t *error =
        json_pack("{s{ssssss*}}", "error", "code", code, "message", message, "field", field);
    char *text = error != NULL ? json_dumps(error, JSON_COMPACT) : NULL;

    json_decref(error);
    response_finish(call->response);
    call->response->status = status;
    call->response->content_type = "application/json; charset=utf-8";
    call->response->owned = text;
    call->response->body = text != NULL ? text : no_memory;
    call->response->body_bytes = strlen(call->response->body);
}

void reply_err(struct call *call, enum err e)
{
    switch (e) {
    case ERR_NOT_FOUND:
        reply_error(call, 404, "not-found", "There is nothing here that you can see.", NULL);
        return;
    case ERR_LIMIT:
        reply_error(call, 422, "limit", "That is too much at once. Ask for less.", NULL);
        return;
    default:
        call->response->retry_after_s = 30;
        reply_error(call, 503, "storage",
                    "The server could not do this just now. Nothing is lost. Try again in a "
                    "minute; if it stays so, tell the people who run the server.",
                    NULL);
    }
}

void iso_time(int64_t wall_ms, char out_text[ISO_TIME_SIZE])
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm utc = {0};

    /* A kiosk may claim any year; what is no time shows as the beginning of time. */
    if (gmtime_r(&seconds, &utc) == NULL || utc.tm_year < 0 || utc.tm_year > 8099) {
        seconds = 0;
        gmtime_r(&seconds, &utc);
    }
    strftime(out_text, ISO_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

json_t *json_time(int64_t wall_ms)
{
    char text[ISO_TIME_SIZE];

    if (wall_ms == 0)
        return json_null();
    iso_time(wall_ms, text);
    return json_string(text);
}

json_t *json_practice(const struct practice *practice)
{
    return json_pack("{ssss}", "code", practice->code, "name", practice->name);
}

/* ---- routing --------------------------------------------------------------------------- */

static bool match(const char *pattern, struct str path, struct id *out_id)
{
    const char *brace = strchr(pattern, '{');

    if (brace == NULL)
        return str_is(path, pattern);
    size_t before = (size_t)(brace - pattern);
    const char *after = strchr(brace, '}') + 1;
    if (path.len != before + ID_TEXT + strlen(after) || memcmp(path.at, pattern, before) != 0 ||
        memcmp(path.at + before + ID_TEXT, after, strlen(after)) != 0)
        return false;
    return id_parse((struct str){path.at + before, ID_TEXT}, out_id) == ERR_OK;
}

static const struct route *find_route(enum listener listener, struct str method, struct str path,
                                      struct id *out_id, bool *out_path_known)
{
    *out_path_known = false;
    for (size_t i = 0; i < api_route_count; i++) {
        const struct route *route = &api_routes[i];
        if (route->listener != listener || !match(route->pattern, path, out_id))
            continue;
        *out_path_known = true;
        if (str_is(method, route->method))
            return route;
    }
    return NULL;
}

size_t api_body_limit(enum listener listener, struct str method, struct str path)
{
    struct id id;
    bool known;
    const struct route *route = find_route(listener, method, path, &id, &known);

    return route != NULL ? route->body_max : 0;
}

/* ---- the body -------------------------------------------------------------------------- */

static const struct body_field *find_field(const struct body_field *fields, const char *name)
{
    for (; fields->name != NULL; fields++) {
        if (strcmp(fields->name, name) == 0)
            return fields;
    }
    return NULL;
}

static bool value_fits(const struct body_field *field, const json_t *value)
{
    if (field->type == BODY_TEXT)
        return json_is_string(value) && json_string_length(value) <= field->max;
    return json_is_integer(value) && json_integer_value(value) >= 1 &&
           (uint64_t)json_integer_value(value) <= field->max;
}

static bool check_fields(struct call *call, const struct body_field *fields)
{
    const char *name;
    json_t *value;

    json_object_foreach(call->body, name, value)
    {
        const struct body_field *field = find_field(fields, name);
        if (field == NULL) {
            /* The name is the caller's text: it is not repeated. */
            reply_error(call, 422, "unknown-field",
                        "The request has a field that this call does not take.", NULL);
            return false;
        }
        if (!value_fits(field, value)) {
            reply_error(call, 422, "field",
                        field->type == BODY_TEXT ? "Enter a shorter text."
                                                 : "Enter a whole number from 1.",
                        field->name);
            return false;
        }
    }
    for (; fields->name != NULL; fields++) {
        if (fields->required && call_text(call, fields->name)[0] == '\0') {
            reply_error(call, 422, "missing", "Fill this in.", fields->name);
            return false;
        }
    }
    return true;
}

static bool read_body(struct call *call, const struct route *route)
{
    struct str body = call->request->body;
    struct str type = str_trim(str_split(call->request->content_type, ';', &(struct str){0}));

    if (body.len > route->body_max) {
        reply_error(call, 413, "too-large", "The request is larger than this call takes.", NULL);
        return false;
    }
    if (route->fields == NULL)
        return true;
    if (!str_is(type, "application/json")) {
        reply_error(call, 415, "content-type", "Send the request as application/json.", NULL);
        return false;
    }
    call->body = json_loadb(body.at != NULL ? body.at : "", body.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(call->body)) {
        reply_error(call, 400, "json", "The request is not a JSON object.", NULL);
        return false;
    }
    return check_fields(call, route->fields);
}

const char *call_text(const struct call *call, const char *name)
{
    const char *text = json_string_value(json_object_get(call->body, name));

    return text != NULL ? text : "";
}

int64_t call_number(const struct call *call, const char *name, int64_t otherwise)
{
    const json_t *value = json_object_get(call->body, name);

    return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

/* ---- who asks -------------------------------------------------------------------------- */

static bool same_origin(const struct request *request)
{
    return request->fetch_site.len == 0 || str_is(request->fetch_site, "same-origin");
}

static bool check_session(struct call *call, bool changes_state)
{
    char csrf[ACCOUNTS_CSRF_SIZE];
    enum err e = accounts_session(call);

    if (e == ERR_NOT_FOUND) {
        reply_error(call, 401, "session", "Sign in first.", NULL);
        return false;
    }
    if (e != ERR_OK) {
        reply_err(call, e);
        return false;
    }
    if (!changes_state)
        return true;
    accounts_csrf(call->token, csrf);
    if (call->request->csrf.len != sizeof csrf - 1 ||
        sodium_memcmp(call->request->csrf.at, csrf, sizeof csrf - 1) != 0) {
        reply_error(call, 403, "csrf", "This page is out of date. Load it again.", NULL);
        return false;
    }
    return true;
}

static bool check_caller(struct call *call, const struct route *route)
{
    bool changes_state = strcmp(route->method, "GET") != 0;

    if (route->listener != LISTENER_PORTAL)
        return true;
    if (changes_state && !same_origin(call->request)) {
        reply_error(call, 403, "origin", "This request came from another site.", NULL);
        return false;
    }
    return route->access == ACCESS_ANYONE || check_session(call, changes_state);
}

void api_handle(const struct api *api, const struct request *request, struct response *out_response)
{
    struct call call = {.api = api, .request = request, .response = out_response};
    bool path_known = false;

    memset(out_response, 0, sizeof *out_response);
    call.now_ms = env_wall_ms(api->env);
    const struct route *route =
        find_route(request->listener, request->method, request->path, &call.id, &path_known);
    if (route == NULL && path_known)
        reply_error(&call, 405, "method", "This address does not take that method.", NULL);
    else if (route == NULL)
        reply_error(&call, 404, "not-found", "There is nothing at this address.", NULL);
    else if (check_caller(&call, route) && read_body(&call, route))
        route->handle(&call);
    json_decref(call.body);
    sodium_memzero(call.token, sizeof call.token);
}

void handle_health(struct call *call)
{
    reply_json(call, 200, json_pack("{ss}", "status", "ok"));
}

/* ---- headers --------------------------------------------------------------------------- */

size_t api_headers(const struct response *response, char retry[16],
                   struct api_header out_headers[API_HEADERS_MAX])
{
    static const struct api_header always[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };
    const struct api_header maybe[] = {
        {"Content-Type", response->content_type},
        {"Cache-Control", response->cacheable ? "no-cache" : "no-store"},
        {"ETag", response->etag[0] != '\0' ? response->etag : NULL},
        {"Set-Cookie", response->cookie[0] != '\0' ? response->cookie : NULL},
        {"Content-Disposition", response->disposition[0] != '\0' ? response->disposition : NULL},
        {"Retry-After", response->retry_after_s > 0 ? retry : NULL},
    };
    size_t count = 0;

    snprintf(retry, 16, "%d", response->retry_after_s);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        out_headers[count++] = always[i];
    for (size_t i = 0; i < sizeof maybe / sizeof maybe[0]; i++) {
        if (maybe[i].value != NULL)
            out_headers[count++] = maybe[i];
    }
    return count;
}
