/*
 * HTTP, and the only user of libmicrohttpd: bytes to struct request, struct response to bytes. It
 * adds what that library lacks: the framing gate, a deadline for the headers and one for the whole
 * request that no trickle of bytes can stretch, a ceiling on all bodies in memory, and a thread
 * pool whose threads hold fewer than 128 connections each (one of its epoll loops stalls at 128).
 */
#ifndef CENTRAL_HTTPD_H
#define CENTRAL_HTTPD_H

#include "sync/central/api.h"
#include "sync/central/files.h"
#include "sync/central/gate.h"

struct httpd_config {
    enum listener listener;
    const char *address;         /* "127.0.0.1:8443", "[::1]:8443"; port 0: any that is free */
    const char *certificate_pem; /* NULL: plain HTTP, for a proxy on the same machine */
    const char *key_pem;
    unsigned threads;     /* at least 2 */
    unsigned connections; /* in all; below 128 a thread */
    int64_t headers_ms;   /* from connecting, or the last answer, to the end of the headers */
    int64_t request_ms;   /* from there to the end of the answer */
    size_t bodies_max;    /* bytes of all bodies in memory */
    struct gate_hosts hosts;
    const struct api *api;
    const struct files *files; /* NULL: no files */
};

struct httpd;

/* Starts listening. ERR_BUSY where the port is taken. `config` is copied; what it names stays. */
MUST_USE enum err httpd_start(const struct httpd_config *config, struct httpd **out_httpd,
                              struct refusal *refusal);
unsigned httpd_port(const struct httpd *httpd);
/* Takes no new connection, lets requests that have begun end (at most request_ms), stops. */
void httpd_stop(struct httpd *httpd);

#endif
