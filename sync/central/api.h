/*
 * The server as a function: api_handle(request) -> response, over const tables of routes, with no
 * socket, file or global in it. httpd.c carries bytes to it; the tests call it directly. A route
 * says who may call it, what its body may hold and how large that may be; the core checks all of
 * that, the session and the CSRF token before a handler runs.
 */
#ifndef CENTRAL_API_H
#define CENTRAL_API_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/env.h"
#include "base/str.h"
#include "sync/central/feedback.h"
#include "sync/central/forms.h"
#include "sync/central/keys.h"
#include "sync/central/repo.h"

enum listener { LISTENER_DEVICE, LISTENER_PORTAL, LISTENER_HATCH };

/* What one request may use. All of it outlives the request and may be shared by threads. */
struct api {
    struct repo *repo;
    const struct env *env;
    const struct server_keys *keys;
    const struct forms *forms;
    struct accounts *accounts;
    struct feedback *feedback; /* NULL: receipts have none */
    struct id incarnation;
};

/* Views of the caller's bytes; a header that was not sent is empty. */
struct request {
    enum listener listener;
    struct str method;
    struct str path; /* as sent: no query, not decoded */
    struct str body;
    struct str content_type;
    struct str cookie;
    struct str csrf;          /* X-CSRF-Token */
    struct str fetch_site;    /* Sec-Fetch-Site */
    struct str if_none_match; /* for the portal's files */
};

struct response {
    int status;
    const char *content_type; /* NULL: no body */
    const char *body;
    size_t body_bytes;
    char *owned;       /* freed by response_finish; body may point into it */
    int retry_after_s; /* 0: none */
    char cookie[128];
    char disposition[64];
    char etag[72];
    bool cacheable; /* a file of the portal: kept, and asked about again */
};

void response_finish(struct response *response);

/* Always fills *out_response; the caller finishes it. */
void api_handle(const struct api *api, const struct request *request,
                struct response *out_response);

#define API_HEADERS_MAX 20
struct api_header {
    const char *name;
    const char *value;
};
/* The headers of a response, security headers and all; how many. `retry` holds a number's text. */
size_t api_headers(const struct response *response, char retry[16],
                   struct api_header out_headers[API_HEADERS_MAX]);

/* Largest body that the listener's route takes: 0 for a path without one. */
size_t api_body_limit(enum listener listener, struct str method, struct str path);

/* ---- for handlers ---------------------------------------------------------------------- */

enum body_type { BODY_TEXT, BODY_NUMBER };

/* One key of a JSON body; others are refused. */
struct body_field {
    const char *name;
    enum body_type type;
    bool required;
    size_t max; /* bytes of a text, or the largest number; the least is 1 */
};

enum access {
    ACCESS_ANYONE,  /* no session needed */
    ACCESS_SESSION, /* either role; the tenant filter is in the repo */
};

struct call;

struct route {
    enum listener listener;
    const char *method;
    const char *pattern; /* "{id}" stands for the text of an id */
    enum access access;
    size_t body_max;                 /* bytes; 0: no body */
    const struct body_field *fields; /* NULL: the body is not JSON; ends with a NULL name */
    void (*handle)(struct call *call);
};

/* All routes, for the core and for the test that compares them with openapi.yaml. */
extern const struct route api_routes[];
extern const size_t api_route_count;

#define SESSION_TOKEN_BYTES 32

struct call {
    const struct api *api;
    const struct request *request;
    struct response *response;
    struct id id;     /* of "{id}" */
    json_t *body;     /* of a route with fields */
    struct user user; /* of a route with ACCESS_SESSION */
    struct caller caller;
    int64_t now_ms;
    unsigned char token[SESSION_TOKEN_BYTES];
};

/* A key of the body, "" or `otherwise` where it was not sent. */
const char *call_text(const struct call *call, const char *name);
int64_t call_number(const struct call *call, const char *name, int64_t otherwise);

void reply_json(struct call *call, int status, json_t *take); /* NULL take: no memory, 503 */
void reply_empty(struct call *call, int status);
void reply_error(struct call *call, int status, const char *code, const char *message,
                 const char *field);
/* What an err of the repo means to the caller. */
void reply_err(struct call *call, enum err e);

#define ISO_TIME_SIZE 25
/* "2026-11-22T11:28:00Z". */
void iso_time(int64_t wall_ms, char out_text[ISO_TIME_SIZE]);
/* The same as JSON; null for 0. */
json_t *json_time(int64_t wall_ms);
json_t *json_practice(const struct practice *practice);

/* The handlers, by capability. */
void handle_health(struct call *call);
void handle_sign_in(struct call *call);
void handle_session(struct call *call);
void handle_sign_out(struct call *call);
void handle_search(struct call *call);
void handle_detail(struct call *call);
void handle_status(struct call *call);
void handle_export(struct call *call);
void handle_kiosks(struct call *call);
void handle_exchange(struct call *call);

#endif
