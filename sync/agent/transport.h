/*
 * The carriage over HTTPS, and libcurl's one home. One request at a time, never waiting: the caller
 * waits in transport_wait, together with the local socket, so a slow server never delays a save.
 * Only our server is spoken to: https alone, TLS 1.3, the enrolled certificate authority and no
 * other, no redirects, no proxy from the environment, deadlines, and a ceiling on every answer.
 */
#ifndef AGENT_TRANSPORT_H
#define AGENT_TRANSPORT_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct transport;

enum transport_state {
    TRANSPORT_IDLE,
    TRANSPORT_BUSY,
    TRANSPORT_ANSWERED,  /* status, body and retry_after hold */
    TRANSPORT_NO_ANSWER, /* no network, no such host, refused, timed out, cut off */
    TRANSPORT_CLOCK,     /* our authority's certificate, and not valid at this device's time */
    TRANSPORT_STRANGER,  /* the other side could not show that it is our server, or said too much */
};

struct transport_answer {
    int status;             /* HTTP */
    int64_t retry_after_ms; /* 0: none */
    struct str body;        /* the transport's, until the next request */
    int code;               /* libcurl's number, for the log */
};

/* `server_url` and `ca_pem` as in settings; `ca_pem` must outlive it. ERR_REFUSED: an option of
 * libcurl could not be set, so it is not used at all. */
MUST_USE enum err transport_create(const char *server_url, const char *ca_pem,
                                   struct transport **out_transport);
void transport_destroy(struct transport *t);

/* Begins POST server_url/v1/exchange. `body` must stay until it ended. */
MUST_USE enum err transport_begin(struct transport *t, struct str body);
/* Moves it on. An ended state is told once; then it is idle. */
enum transport_state transport_step(struct transport *t, struct transport_answer *out_answer);

/* poll(2) over `extra` and the request's own sockets, at most wait_ms. Fills revents of extra. */
void transport_wait(struct transport *t, struct pollfd *extra, size_t count, int wait_ms);

#endif
