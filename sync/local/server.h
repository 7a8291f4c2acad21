/*
 * help-sync's end of the local socket. It never waits: the caller polls the descriptors that it
 * lists, then lets it take a step. A client that does not read its answers, or sends what is no
 * request, is closed; with more clients than places, the one that was silent longest is closed.
 */
#ifndef LOCAL_SERVER_H
#define LOCAL_SERVER_H

#include <poll.h>

#include "base/err.h"
#include "sync/local/message.h"

#define LOCAL_CLIENTS_MAX     8
#define LOCAL_DESCRIPTORS_MAX (LOCAL_CLIENTS_MAX + 1)

struct local_server {
    char path[108];
    int listener; /* -1 while closed */
    struct {
        int descriptor; /* -1: free */
        uint64_t last_used;
    } clients[LOCAL_CLIENTS_MAX];
    uint64_t clock; /* counts requests, to tell who was silent longest */
};

/* Answers one request: fills an event of a kind that is sent. */
typedef void local_handler(void *context, const struct local_request *request,
                           struct local_event *out_event);

/*
 * Listens at `path` with this mode (0600 or 0660). A socket left over by a dead process is
 * replaced; ERR_BUSY where a living one answers there, ERR_EXISTS where something else has that
 * name, ERR_LIMIT where the path is too long.
 */
MUST_USE enum err local_server_init(struct local_server *s, const char *path, unsigned mode);
/* Closes all and removes the path. Accepts a server whose init failed. */
void local_server_finish(struct local_server *s);

/* Writes what to poll for and returns how many. */
size_t local_server_descriptors(const struct local_server *s,
                                struct pollfd out[LOCAL_DESCRIPTORS_MAX]);
/* After poll(2) over these: takes in clients and answers their requests through `handler`. */
void local_server_step(struct local_server *s, const struct pollfd *polled, size_t count,
                       local_handler *handler, void *context);

#endif
