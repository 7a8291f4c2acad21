/* help-sync's end of the local socket: see server.h. */
#include "sync/local/server.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/wipe.h"

/* Requests of one client answered in one step, so that a chatty one does not starve the others. */
#define PER_STEP 4

/* ERR_OK where nothing is at the path, or a socket that a dead process left, which is removed. */
static enum err clear_path(const char *path)
{
    struct stat about;

    if (lstat(path, &about) != 0)
        return errno == ENOENT ? ERR_OK : err_from_errno(errno);
    if (!S_ISSOCK(about.st_mode))
        return ERR_EXISTS;
    return unlink(path) == 0 || errno == ENOENT ? ERR_OK : err_from_errno(errno);
}

/* Somebody listens at the address. */
static bool answers(const struct sockaddr_un *address)
{
    int descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool yes;

    if (descriptor < 0)
        return false;
    yes = connect(descriptor, (const struct sockaddr *)address, sizeof *address) == 0 ||
          errno == EAGAIN;
    close(descriptor);
    return yes;
}

enum err local_server_init(struct local_server *s, const char *path, unsigned mode)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    enum err e = ERR_OK;

    memset(s, 0, sizeof *s);
    s->listener = -1;
    for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++)
        s->clients[i].descriptor = -1;
    if (strlen(path) >= sizeof s->path)
        return ERR_LIMIT;
    strcpy(address.sun_path, path);
    if (answers(&address))
        return ERR_BUSY;
    e = clear_path(path);
    if (e != ERR_OK)
        return e;
    s->listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s->listener < 0)
        return err_from_errno(errno);
    /* Nobody can connect before listen, so the mode is right before it matters. */
    if (bind(s->listener, (const struct sockaddr *)&address, sizeof address) != 0)
        e = err_from_errno(errno);
    else
        strcpy(s->path, path);
    if (e == ERR_OK && (chmod(path, (mode_t)mode) != 0 || listen(s->listener, 8) != 0))
        e = err_from_errno(errno);
    if (e != ERR_OK)
        local_server_finish(s);
    return e;
}

static void close_client(struct local_server *s, size_t i)
{
    close(s->clients[i].descriptor);
    s->clients[i].descriptor = -1;
}

void local_server_finish(struct local_server *s)
{
    for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++) {
        if (s->clients[i].descriptor >= 0)
            close_client(s, i);
    }
    if (s->listener >= 0)
        close(s->listener);
    s->listener = -1;
    if (s->path[0] != '\0')
        unlink(s->path);
    s->path[0] = '\0';
}

size_t local_server_descriptors(const struct local_server *s,
                                struct pollfd out[LOCAL_DESCRIPTORS_MAX])
{
    size_t count = 0;

    out[count++] = (struct pollfd){.fd = s->listener, .events = POLLIN};
    for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++) {
        if (s->clients[i].descriptor >= 0)
            out[count++] = (struct pollfd){.fd = s->clients[i].descriptor, .events = POLLIN};
    }
    return count;
}

static void take_in(struct local_server *s)
{
    int descriptor = accept(s->listener, NULL, NULL);
    size_t place = 0;

    if (descriptor < 0)
        return;
    for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++) {
        if (s->clients[i].descriptor < 0) {
            place = i;
            break;
        }
        if (s->clients[i].last_used < s->clients[place].last_used)
            place = i;
    }
    if (s->clients[place].descriptor >= 0)
        close_client(s, place);
    s->clients[place].descriptor = descriptor;
    s->clients[place].last_used = ++s->clock;
}

/* Answers the request in `packet` and leaves what is sent there. 0 where it is no request. */
static size_t answer_packet(unsigned char packet[LOCAL_MESSAGE_MAX + 1], size_t size,
                            local_handler *handler, void *context)
{
    struct local_request request;
    struct local_event event = {0};

    if (local_request_decode(packet, size, &request) != ERR_OK)
        return 0;
    handler(context, &request, &event);
    wipe(request.pin, sizeof request.pin);
    return local_event_encode(&event, packet);
}

/* Answers one request. False where there is none waiting, or the client was closed. */
static bool answer_one(struct local_server *s, size_t i, local_handler *handler, void *context)
{
    unsigned char packet[LOCAL_MESSAGE_MAX + 1]; /* one more, so that a longer one is seen */
    int descriptor = s->clients[i].descriptor;
    ssize_t got = recv(descriptor, packet, sizeof packet, MSG_DONTWAIT);
    size_t size = 0;

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    s->clients[i].last_used = ++s->clock;
    if (got > 0)
        size = answer_packet(packet, (size_t)got, handler, context);
    if (size == 0 || send(descriptor, packet, size, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)size)
        close_client(s, i);
    if (got > 0)
        wipe(packet, (size_t)got); /* it may have held a PIN */
    return s->clients[i].descriptor >= 0;
}

void local_server_step(struct local_server *s, const struct pollfd *polled, size_t count,
                       local_handler *handler, void *context)
{
    for (size_t k = 0; k < count; k++) {
        if (polled[k].revents == 0 || polled[k].fd < 0 || polled[k].fd == s->listener)
            continue;
        for (size_t i = 0; i < LOCAL_CLIENTS_MAX; i++) {
            if (s->clients[i].descriptor != polled[k].fd)
                continue;
            for (int n = 0; n < PER_STEP && answer_one(s, i, handler, context); n++)
                continue;
            break;
        }
    }
    /* Last, so that a place that is given to a newcomer is not taken for the one polled above. */
    for (size_t k = 0; k < count; k++) {
        if (polled[k].fd == s->listener && polled[k].revents != 0)
            take_in(s);
    }
}
