/* Bundles through a UNIX socket, one after the other: see hatch.h. */
#include "sync/central/hatch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"

#define SOCKET_NAME "import.sock"
/* Both ends run on one machine: whoever is silent so long is not at work any more. */
#define SILENCE_S   20
#define STATUS_SIZE 16

struct hatch {
    const struct api *api;
    int folder;
    int listener;
    int stop[2];
    pthread_t thread;
    char memory[LIMIT_BUNDLE + 1];
};

/* By the open folder, so that a long path fits into an address too. */
static struct sockaddr_un address_in(int folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/" SOCKET_NAME, folder);
    return address;
}

static void limit_silence(int line)
{
    const struct timeval silence = {.tv_sec = SILENCE_S};

    (void)setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    (void)setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence);
}

/* Until the other side ends, at most `size`; false where it did not end properly. */
static bool receive_all(int line, char *memory, size_t size, size_t *out_got)
{
    size_t got = 0;

    while (got < size) {
        ssize_t n = recv(line, memory + got, size - got, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    *out_got = got;
    return true;
}

static bool send_all(int line, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = send(line, bytes, size, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

/* ---- the server's side ------------------------------------------------------------------ */

static void answer_one(struct hatch *h, int line)
{
    struct request request = {.listener = LISTENER_HATCH,
                              .method = STR_LITERAL("POST"),
                              .path = STR_LITERAL("/v1/exchange")};
    struct response response;
    char status[STATUS_SIZE];
    size_t got = 0;

    limit_silence(line);
    /* One byte more than a bundle may have shows that it is too large. */
    if (!receive_all(line, h->memory, sizeof h->memory, &got))
        return;
    request.body = (struct str){h->memory, got};
    api_handle(h->api, &request, &response);
    snprintf(status, sizeof status, "%d\n", response.status);
    if (send_all(line, status, strlen(status)))
        (void)send_all(line, response.body, response.body_bytes);
    response_finish(&response);
}

static void *serve(void *context)
{
    struct hatch *h = context;

    for (;;) {
        struct pollfd polled[] = {{.fd = h->listener, .events = POLLIN},
                                  {.fd = h->stop[0], .events = POLLIN}};
        if (poll(polled, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (polled[1].revents != 0)
            return NULL;
        int line = polled[0].revents != 0 ? accept(h->listener, NULL, NULL) : -1;
        if (line < 0)
            continue;
        answer_one(h, line);
        close(line);
    }
}

static void release(struct hatch *h)
{
    if (h->listener >= 0) {
        close(h->listener);
        (void)unlinkat(h->folder, SOCKET_NAME, 0);
    }
    if (h->folder >= 0)
        close(h->folder);
    for (int i = 0; i < 2; i++) {
        if (h->stop[i] >= 0)
            close(h->stop[i]);
    }
    free(h);
}

static enum err listen_at(struct hatch *h, const char *data_folder)
{
    struct sockaddr_un address;

    h->folder = open(data_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (h->folder < 0)
        return err_from_errno(errno);
    /* A server that was killed left it; who holds the lock is the only one. */
    if (unlinkat(h->folder, SOCKET_NAME, 0) != 0 && errno != ENOENT)
        return err_from_errno(errno);
    address = address_in(h->folder);
    h->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (h->listener < 0 ||
        bind(h->listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        fchmodat(h->folder, SOCKET_NAME, 0600, 0) != 0 || listen(h->listener, 8) != 0 ||
        pipe(h->stop) != 0)
        return err_from_errno(errno);
    return pthread_create(&h->thread, NULL, serve, h) == 0 ? ERR_OK : ERR_MEMORY;
}

enum err hatch_open(const char *data_folder, const struct api *api, struct hatch **out_hatch,
                    struct refusal *refusal)
{
    struct hatch *h = calloc(1, sizeof *h);
    enum err e;

    if (h == NULL)
        return ERR_MEMORY;
    h->api = api;
    h->folder = h->listener = h->stop[0] = h->stop[1] = -1;
    e = listen_at(h, data_folder);
    if (e != ERR_OK) {
        release(h);
        refusal_place(refusal, "%s/" SOCKET_NAME, data_folder);
        refusal_problem(refusal, "can't listen there: %s", err_name(e));
        refusal_remedy(refusal, "Run as the user who owns the folder, on a disk of this machine");
        return e;
    }
    *out_hatch = h;
    return ERR_OK;
}

void hatch_close(struct hatch *h)
{
    if (h == NULL)
        return;
    close(h->stop[1]); /* its other end becomes readable */
    h->stop[1] = -1;
    pthread_join(h->thread, NULL);
    release(h);
}

/* ---- the sender's side ------------------------------------------------------------------ */

static enum err reach(const char *data_folder, int *out_line)
{
    int folder = open(data_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct sockaddr_un address;
    int line;
    enum err e = ERR_OK;

    if (folder < 0)
        return err_from_errno(errno);
    address = address_in(folder);
    line = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (line < 0)
        e = err_from_errno(errno);
    else if (connect(line, (const struct sockaddr *)&address, sizeof address) != 0)
        e = errno == EACCES ? ERR_REFUSED : ERR_UNAVAILABLE;
    close(folder);
    if (e == ERR_OK)
        *out_line = line;
    else if (line >= 0)
        close(line);
    return e;
}

enum err hatch_send(const char *data_folder, struct str bundle, char *memory, int *out_status,
                    struct str *out_body)
{
    struct str rest;
    struct str first;
    uint64_t status = 0;
    size_t got = 0;
    int line = -1;
    enum err e = reach(data_folder, &line);

    if (e != ERR_OK)
        return e;
    limit_silence(line);
    if (!send_all(line, bundle.at, bundle.len) || shutdown(line, SHUT_WR) != 0 ||
        !receive_all(line, memory, HATCH_ANSWER_MAX, &got))
        e = ERR_IO;
    close(line);
    first = str_split((struct str){memory, e == ERR_OK ? got : 0}, '\n', &rest);
    if (e == ERR_OK && (!str_to_u64(first, 999, &status) || status < 100))
        e = ERR_IO;
    if (e != ERR_OK)
        return e;
    *out_status = (int)status;
    *out_body = rest;
    return ERR_OK;
}
