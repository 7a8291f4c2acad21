/*
 * The framing gate: libmicrohttpd 0.9.75 takes requests that two programs could read in two ways
 * (two Content-Lengths, Content-Length with Transfer-Encoding, two Hosts, NUL or folded lines), so
 * every request is looked at once more before its body is read. Pure: headers in, verdict out.
 * What the parser did not show us is found by place: its parts are views into the bytes received,
 * and must stand there one after the other with nothing between them but the marks of HTTP/1.1.
 */
#ifndef CENTRAL_GATE_H
#define CENTRAL_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define GATE_HEADERS_MAX 64
#define GATE_PATH_MAX    512
#define GATE_HOSTS_MAX   8

struct gate_header {
    struct str name;
    struct str value;
};

struct gate_request {
    struct str method; /* where the bytes received begin */
    struct str uri;    /* as it came, with its query; the one part that may be a copy */
    struct str version;
    size_t header_bytes; /* request line and headers with their line ends and the empty line */
    bool takes_query;    /* the portal's files; never the device API */
    size_t header_count;
    struct gate_header headers[GATE_HEADERS_MAX];
};

/* Host names that we answer to, without a port. */
struct gate_hosts {
    size_t count;
    const char *names[GATE_HOSTS_MAX];
};

enum gate_verdict {
    GATE_OK,
    GATE_PLACES, /* bytes that the parser hid: NUL, folded line, bare line feed, odd spacing */
    GATE_METHOD,
    GATE_VERSION,
    GATE_PATH,
    GATE_HEADER, /* a name or value with a byte it never has, or too many */
    GATE_TWICE,  /* a header that may stand once stands twice */
    GATE_HOST,
    GATE_LENGTH, /* Content-Length is not 1 to 9 digits, or is missing where a body must be */
    GATE_TRANSFER,
    GATE_VERDICTS
};

/* For logs: "places". */
const char *gate_name(enum gate_verdict verdict);
enum gate_verdict gate_check(const struct gate_request *request, const struct gate_hosts *hosts,
                             uint64_t *out_content_length);
/* The first header with this name, compared without case; empty where there is none. */
struct str gate_header_of(const struct gate_request *request, const char *name);
/* The URI without its query. */
struct str gate_path(const struct gate_request *request);

#endif
