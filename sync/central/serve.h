/* `help-central serve`: the store, the keys, both listeners, until it is told to stop. */
#ifndef CENTRAL_SERVE_H
#define CENTRAL_SERVE_H

#include "base/err.h"

struct serve_options {
    const char *data;
    const char *device;       /* "127.0.0.1:8443" */
    const char *portal;       /* "127.0.0.1:8080" */
    const char *portal_files; /* folder */
    const char *pack;         /* folder: its form is kept with the earlier ones */
    const char *host;         /* a name under which it is reached beside localhost; NULL: none */
};

/* Prints "ready device=HOST:PORT portal=HOST:PORT" when both take requests; returns when SIGTERM or
   SIGINT came and what had begun was answered. */
MUST_USE enum err serve(const struct serve_options *options, struct refusal *refusal);

#endif
