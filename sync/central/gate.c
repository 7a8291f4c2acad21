/* One more look at a request before its body: see gate.h. */
#include "sync/central/gate.h"

#include <string.h>
#include <strings.h>

#define CONTENT_LENGTH_DIGITS 9

const char *gate_name(enum gate_verdict verdict)
{
    static const char *const names[GATE_VERDICTS] = {"ok",     "places",  "method", "version",
                                                     "path",   "header",  "twice",  "host",
                                                     "length", "transfer"};
    return names[verdict];
}

static bool is_named(struct str name, const char *wanted)
{
    return name.len == strlen(wanted) && strncasecmp(name.at, wanted, name.len) == 0;
}

static size_t count_of(const struct gate_request *request, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < request->header_count; i++)
        count += is_named(request->headers[i].name, name);
    return count;
}

struct str gate_header_of(const struct gate_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (is_named(request->headers[i].name, name))
            return request->headers[i].value;
    }
    return (struct str){"", 0};
}

struct str gate_path(const struct gate_request *request)
{
    struct str rest;

    return str_split(request->uri, '?', &rest);
}

static bool follows(struct str first, struct str second, size_t gap)
{
    return (uintptr_t)second.at == (uintptr_t)first.at + first.len + gap;
}

/*
 * "METHOD URI HTTP/1.1", then "Name: value" for each header, parted by exactly two bytes and ended
 * by four. A sum of lengths would not do: a hidden byte here is made up for by a missing one there.
 */
static bool places_fit(const struct gate_request *request)
{
    struct str before = request->version;

    if (!follows(request->method, request->version, 1 + request->uri.len + 1))
        return false;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct gate_header *header = &request->headers[i];
        if (!follows(before, header->name, 2) || !follows(header->name, header->value, 2))
            return false;
        before = header->value;
    }
    return (uintptr_t)request->method.at + request->header_bytes ==
           (uintptr_t)before.at + before.len + 4;
}

static bool path_fits(const struct gate_request *request)
{
    struct str path = gate_path(request);

    if (path.len == 0 || path.len > GATE_PATH_MAX || request->uri.len > 2 * GATE_PATH_MAX ||
        path.at[0] != '/' || (path.len != request->uri.len && !request->takes_query))
        return false;
    for (size_t i = 0; i < request->uri.len; i++) {
        unsigned char c = (unsigned char)request->uri.at[i];
        if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#')
            return false;
    }
    for (size_t i = 0; i < path.len; i++) {
        bool pair = i + 1 < path.len;
        /* Our own paths need no escape, so none is ever decoded. */
        if (path.at[i] == '%' || (pair && path.at[i] == '/' && path.at[i + 1] == '/') ||
            (pair && path.at[i] == '.' && path.at[i + 1] == '.'))
            return false;
    }
    return true;
}

static bool header_fits(const struct gate_header *header)
{
    static const char token[] = "!#$%&'*+-.^_`|~";

    if (header->name.len == 0)
        return false;
    for (size_t i = 0; i < header->name.len; i++) {
        char c = header->name.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr(token, c) == NULL))
            return false;
    }
    for (size_t i = 0; i < header->value.len; i++) {
        unsigned char c = (unsigned char)header->value.at[i];
        if (c < ' ' || c == 0x7f)
            return false;
    }
    return true;
}

static bool host_fits(struct str host, const struct gate_hosts *hosts)
{
    for (size_t i = 0; i < hosts->count; i++) {
        size_t len = strlen(hosts->names[i]);
        uint64_t number;
        if (host.len < len || strncasecmp(host.at, hosts->names[i], len) != 0)
            continue;
        if (host.len == len)
            return true;
        struct str port = {host.at + len + 1, host.len - len - 1};
        if (host.at[len] == ':' && str_to_u64(port, 65535, &number))
            return true;
    }
    return false;
}

static enum gate_verdict check_length(const struct gate_request *request, uint64_t *out_length)
{
    size_t count = count_of(request, "Content-Length");
    struct str text = gate_header_of(request, "Content-Length");
    uint64_t length = 0;

    if (count > 1)
        return GATE_TWICE;
    if (count == 0 && str_is(request->method, "POST"))
        return GATE_LENGTH;
    if (count == 1 && (text.len > CONTENT_LENGTH_DIGITS || !str_to_u64(text, UINT64_MAX, &length)))
        return GATE_LENGTH;
    *out_length = length;
    return GATE_OK;
}

enum gate_verdict gate_check(const struct gate_request *request, const struct gate_hosts *hosts,
                             uint64_t *out_content_length)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "DELETE"};
    static const char *const once[] = {"Host",          "Content-Type", "Authorization",
                                       "Cookie",        "X-CSRF-Token", "Sec-Fetch-Site",
                                       "If-None-Match", "Expect",       "Connection"};
    bool method_known = false;

    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        method_known = method_known || str_is(request->method, methods[i]);
    if (!method_known)
        return GATE_METHOD;
    if (!str_is(request->version, "HTTP/1.1"))
        return GATE_VERSION;
    if (!path_fits(request))
        return GATE_PATH;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!header_fits(&request->headers[i]))
            return GATE_HEADER;
    }
    if (count_of(request, "Transfer-Encoding") > 0)
        return GATE_TRANSFER;
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
        if (count_of(request, once[i]) > 1)
            return GATE_TWICE;
    }
    if (!host_fits(gate_header_of(request, "Host"), hosts))
        return GATE_HOST;
    if (!places_fit(request))
        return GATE_PLACES;
    return check_length(request, out_content_length);
}
