/* The kiosk's end of the local socket: see client.h. */
#include "sync/local/client.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/wipe.h"

_Static_assert(sizeof((struct local_client *)0)->path == sizeof((struct sockaddr_un *)0)->sun_path,
               "a path that fits the one fits the other");

enum err local_client_init(struct local_client *c, const char *socket_path)
{
    if (strlen(socket_path) >= sizeof c->path)
        return ERR_LIMIT;
    memset(c, 0, sizeof *c);
    strcpy(c->path, socket_path);
    c->descriptor = -1;
    return ERR_OK;
}

void local_client_finish(struct local_client *c)
{
    if (c->descriptor >= 0)
        close(c->descriptor);
    c->descriptor = -1;
    c->unanswered = 0;
    c->lost = false;
}

/* Closes after the other side went away, and remembers whether an answer was owed. */
static void drop(struct local_client *c)
{
    bool lost = c->lost || c->unanswered > 0;

    local_client_finish(c);
    c->lost = lost;
}

static enum err ensure_connected(struct local_client *c)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor;

    if (c->descriptor >= 0)
        return ERR_OK;
    strcpy(address.sun_path, c->path);
    descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return err_from_errno(errno);
    /* A UNIX socket connects at once, or not at all: EAGAIN says that its queue is full. */
    if (connect(descriptor, (const struct sockaddr *)&address, sizeof address) != 0) {
        enum err e = errno == EAGAIN ? ERR_BUSY : ERR_UNAVAILABLE;
        close(descriptor);
        return e;
    }
    c->descriptor = descriptor;
    return ERR_OK;
}

static enum err send_packet(struct local_client *c, const unsigned char *packet, size_t size)
{
    bool fresh = c->descriptor < 0;
    enum err e = ensure_connected(c);

    if (e != ERR_OK)
        return e;
    if (send(c->descriptor, packet, size, MSG_NOSIGNAL) == (ssize_t)size) {
        c->unanswered++;
        return ERR_OK;
    }
    if (errno == EAGAIN || errno == ENOBUFS || errno == EINTR)
        return ERR_BUSY;
    drop(c);
    /* help-sync was started again since the last call; with nothing owed, nobody need know. */
    if (!fresh && !c->lost)
        return send_packet(c, packet, size);
    return ERR_UNAVAILABLE;
}

static enum err begin(struct local_client *c, const struct local_request *request)
{
    unsigned char packet[LOCAL_MESSAGE_MAX];
    size_t size = local_request_encode(request, packet);
    enum err e = send_packet(c, packet, size);

    wipe(packet, size); /* it may hold a PIN */
    return e;
}

enum err local_client_status_begin(struct local_client *c, const struct id *recent)
{
    struct local_request request = {.kind = LOCAL_REQUEST_STATUS};

    if (recent != NULL)
        request.record = *recent;
    return begin(c, &request);
}

enum err local_client_save_begin(struct local_client *c, const struct seal_header *header,
                                 const unsigned char sealed[SEALED_BYTES], bool assisted)
{
    struct local_request request = {
        .kind = LOCAL_REQUEST_SAVE, .header = *header, .sealed = sealed, .assisted = assisted};

    return begin(c, &request);
}

enum err local_client_query_begin(struct local_client *c, const struct id *record)
{
    struct local_request request = {.kind = LOCAL_REQUEST_QUERY, .record = *record};

    return begin(c, &request);
}

enum err local_client_look_up_begin(struct local_client *c, const unsigned char prefix[8],
                                    unsigned bits)
{
    struct local_request request = {.kind = LOCAL_REQUEST_LOOK_UP, .bits = bits};

    if (bits < 8 || bits > 64)
        return ERR_LIMIT;
    memcpy(request.prefix, prefix, sizeof request.prefix);
    return begin(c, &request);
}

enum err local_client_send_now_begin(struct local_client *c)
{
    struct local_request request = {.kind = LOCAL_REQUEST_SEND_NOW};

    return begin(c, &request);
}

enum err local_client_pin_begin(struct local_client *c, const char *pin)
{
    struct local_request request = {.kind = LOCAL_REQUEST_PIN};
    size_t len = strlen(pin);
    enum err e;

    if (len < LOCAL_PIN_LEAST || len > LOCAL_PIN_MOST || strspn(pin, "0123456789") != len)
        return ERR_LIMIT;
    memcpy(request.pin, pin, len);
    e = begin(c, &request);
    wipe(request.pin, sizeof request.pin);
    return e;
}

enum err local_client_carry_begin(struct local_client *c, const char *folder)
{
    struct local_request request = {.kind = LOCAL_REQUEST_CARRY};

    if (folder[0] != '/' || strlen(folder) > LOCAL_FOLDER_MOST)
        return ERR_LIMIT;
    strcpy(request.folder, folder);
    return begin(c, &request);
}

enum err local_client_carry_state_begin(struct local_client *c)
{
    struct local_request request = {.kind = LOCAL_REQUEST_CARRY_STATE};

    return begin(c, &request);
}

static bool tell_lost(struct local_client *c, struct local_event *out_event)
{
    if (!c->lost)
        return false;
    c->lost = false;
    out_event->kind = LOCAL_EVENT_DISCONNECTED;
    return true;
}

void local_client_poll(struct local_client *c, int wait_ms, struct local_event *out_event)
{
    unsigned char packet[LOCAL_MESSAGE_MAX];
    struct pollfd wait = {.fd = c->descriptor, .events = POLLIN}; /* -1 only waits */
    ssize_t size;

    memset(out_event, 0, sizeof *out_event);
    if (tell_lost(c, out_event))
        return;
    if (poll(&wait, 1, wait_ms) <= 0)
        return;
    size = recv(c->descriptor, packet, sizeof packet, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0 || local_event_decode(packet, (size_t)size, out_event) != ERR_OK) {
        drop(c);
        (void)tell_lost(c, out_event);
        return;
    }
    if (c->unanswered > 0)
        c->unanswered--;
}
