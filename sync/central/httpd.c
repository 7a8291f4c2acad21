/* Carrying requests to the API and answers back: see httpd.h. */
#include "sync/central/httpd.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/central/tls.h"

#define POOL_BYTES     ((size_t)32 * 1024) /* request line and headers of one connection */
#define REAP_EVERY_MS  100
#define THREAD_MOST    127
#define LIBRARY_IDLE_S 90u /* libmicrohttpd's own time-out; our deadlines come first */

/* One connection, from accept to close; in the list that the reaper walks. */
struct connection {
    int socket;
    int64_t since_ms; /* connected, or last answer sent, or headers complete */
    bool in_request;
    bool cut;
    struct connection *next, *before;
};

struct httpd {
    struct httpd_config config;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct connection *connections;
    unsigned requests;
    bool stopping;
    bool reaping;
    pthread_t reaper;
    atomic_size_t bodies;
};

/* One request, from its first line to its last byte. */
struct exchange {
    struct httpd *httpd;
    bool begun;
    struct gate_request gate;
    char *uri;
    char *body;
    size_t body_bytes;
    size_t body_room;
};

/* ---- deadlines ------------------------------------------------------------------------- */

static int64_t now_ms(const struct httpd *h)
{
    return env_monotonic_ms(h->config.api->env);
}

static void *reap(void *context)
{
    struct httpd *h = context;

    pthread_mutex_lock(&h->lock);
    while (!h->stopping) {
        struct timespec until;
        int64_t now = now_ms(h);
        for (struct connection *c = h->connections; c != NULL; c = c->next) {
            int64_t limit = c->in_request ? h->config.request_ms : h->config.headers_ms;
            if (!c->cut && now - c->since_ms > limit) {
                /* Only shut, not closed: the descriptor stays the library's. */
                shutdown(c->socket, SHUT_RDWR);
                c->cut = true;
            }
        }
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += REAP_EVERY_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&h->changed, &h->lock, &until);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

static void connection_changed(void *context, struct MHD_Connection *connection,
                               void **socket_context, enum MHD_ConnectionNotificationCode code)
{
    struct httpd *h = context;
    struct connection *c = *socket_context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        c = calloc(1, sizeof *c);
        if (c == NULL || info == NULL) {
            free(c);
            return; /* its requests are refused: they find no connection */
        }
        c->socket = info->connect_fd;
        c->since_ms = now_ms(h);
        pthread_mutex_lock(&h->lock);
        c->next = h->connections;
        if (c->next != NULL)
            c->next->before = c;
        h->connections = c;
        pthread_mutex_unlock(&h->lock);
        *socket_context = c;
    } else if (c != NULL) {
        pthread_mutex_lock(&h->lock);
        if (c->before != NULL)
            c->before->next = c->next;
        else
            h->connections = c->next;
        if (c->next != NULL)
            c->next->before = c->before;
        pthread_mutex_unlock(&h->lock);
        free(c);
        *socket_context = NULL;
    }
}

static bool mark_request(struct httpd *h, struct MHD_Connection *connection, bool in_request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *c = info != NULL ? info->socket_context : NULL;

    if (c == NULL)
        return false;
    pthread_mutex_lock(&h->lock);
    if (c->in_request != in_request) {
        h->requests += in_request ? 1u : -1u;
        c->in_request = in_request;
        c->since_ms = now_ms(h);
        pthread_cond_broadcast(&h->changed);
    }
    pthread_mutex_unlock(&h->lock);
    return true;
}

/* ---- one request ----------------------------------------------------------------------- */

static void *request_line(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);

    (void)connection;
    if (x == NULL)
        return NULL;
    x->httpd = context;
    x->uri = strdup(uri);
    return x;
}

static void request_ended(void *context, struct MHD_Connection *connection, void **request_context,
                          enum MHD_RequestTerminationCode code)
{
    struct httpd *h = context;
    struct exchange *x = *request_context;

    (void)code;
    mark_request(h, connection, false);
    if (x == NULL)
        return;
    if (x->body != NULL)
        sodium_memzero(x->body, x->body_bytes); /* it may hold a password or a name */
    atomic_fetch_sub(&h->bodies, x->body_room);
    free(x->body);
    free(x->uri);
    free(x);
    *request_context = NULL;
}

static enum MHD_Result send_response(struct MHD_Connection *connection, struct response *response,
                                     bool close)
{
    struct api_header headers[API_HEADERS_MAX];
    char retry[16];
    size_t count = api_headers(response, retry, headers);
    bool give = response->owned != NULL && response->body == response->owned;
    struct MHD_Response *out = NULL;
    enum MHD_Result result = MHD_NO;

    /* The library takes a pointer to what it will not change; its interface is older than const. */
    union {
        const char *read;
        void *any;
    } body = {response->body};
    out = MHD_create_response_from_buffer(response->body_bytes, body.any,
                                          give ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (out == NULL) {
        response_finish(response);
        return MHD_NO;
    }
    if (give)
        response->owned = NULL;
    for (size_t i = 0; i < count; i++)
        MHD_add_response_header(out, headers[i].name, headers[i].value);
    if (close)
        MHD_add_response_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
    result = MHD_queue_response(connection, (unsigned)response->status, out);
    MHD_destroy_response(out);
    response_finish(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, int status, const char *words)
{
    struct response response = {.status = status,
                                .content_type = "text/plain; charset=utf-8",
                                .body = words,
                                .body_bytes = strlen(words)};

    if (status == 503)
        response.retry_after_s = 30;
    return send_response(connection, &response, true);
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   size_t name_bytes, const char *value, size_t value_bytes)
{
    struct gate_request *gate = context;

    (void)kind;
    if (gate->header_count < GATE_HEADERS_MAX)
        gate->headers[gate->header_count++] =
            (struct gate_header){{name, name_bytes}, {value != NULL ? value : "", value_bytes}};
    return MHD_YES;
}

static bool under_api(struct str path)
{
    return str_starts(path, "/api/") || str_is(path, "/api") || str_is(path, "/healthz");
}

static enum MHD_Result answer(struct exchange *x, struct MHD_Connection *connection, bool close)
{
    const struct httpd_config *config = &x->httpd->config;
    struct request request = {
        .listener = config->listener,
        .method = x->gate.method,
        .path = gate_path(&x->gate),
        .body = {x->body, x->body_bytes},
        .content_type = gate_header_of(&x->gate, "Content-Type"),
        .cookie = gate_header_of(&x->gate, "Cookie"),
        .csrf = gate_header_of(&x->gate, "X-CSRF-Token"),
        .fetch_site = gate_header_of(&x->gate, "Sec-Fetch-Site"),
        .if_none_match = gate_header_of(&x->gate, "If-None-Match"),
    };
    struct response response;

    if (config->files != NULL && !under_api(request.path))
        files_handle(config->files, &request, &response);
    else
        api_handle(config->api, &request, &response);
    return send_response(connection, &response, close);
}

/* The headers are complete and no byte of the body was read. */
static enum MHD_Result begin(struct exchange *x, struct MHD_Connection *connection,
                             const char *method, const char *version)
{
    const struct httpd_config *config = &x->httpd->config;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    uint64_t length = 0;

    x->begun = true;
    x->gate.method = str_of(method);
    x->gate.uri = str_of(x->uri);
    x->gate.version = str_of(version);
    x->gate.takes_query = config->listener == LISTENER_PORTAL;
    x->gate.header_bytes = info != NULL ? info->header_size : 0;
    if (!mark_request(x->httpd, connection, true))
        return refuse(connection, 503, "The server is busy. Try again in a minute.\n");
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_header, &x->gate);
    enum gate_verdict verdict = gate_check(&x->gate, &config->hosts, &length);
    if (verdict != GATE_OK) {
        log_event(LOG_LEVEL_INFO, "http.refused", "why=%s", gate_name(verdict));
        return refuse(connection, 400, "The request is not well-formed.\n");
    }
    size_t limit = api_body_limit(config->listener, x->gate.method, gate_path(&x->gate));
    if (length > limit)
        return limit == 0 ? answer(x, connection, true)
                          : refuse(connection, 413, "The request is too large.\n");
    return MHD_YES;
}

/* Grows with what arrives, so that a promise of bytes costs nothing. */
static bool add_body(struct exchange *x, const char *bytes, size_t size)
{
    if (x->body_bytes + size > x->body_room) {
        size_t room = x->body_room > 0 ? 2 * x->body_room : 4096;
        while (room < x->body_bytes + size)
            room *= 2;
        size_t more = room - x->body_room;
        if (atomic_fetch_add(&x->httpd->bodies, more) + more > x->httpd->config.bodies_max) {
            atomic_fetch_sub(&x->httpd->bodies, more);
            return false;
        }
        char *fresh = malloc(room);
        if (fresh == NULL) {
            atomic_fetch_sub(&x->httpd->bodies, more);
            return false;
        }
        if (x->body_bytes > 0) {
            memcpy(fresh, x->body, x->body_bytes);
            sodium_memzero(x->body, x->body_bytes);
        }
        free(x->body);
        x->body = fresh;
        x->body_room = room;
    }
    memcpy(x->body + x->body_bytes, bytes, size);
    x->body_bytes += size;
    return true;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_bytes, void **request_context)
{
    struct exchange *x = *request_context;

    (void)context;
    (void)url; /* decoded by the library; we route by what was sent */
    if (x == NULL || x->uri == NULL)
        return MHD_NO;
    if (!x->begun)
        return begin(x, connection, method, version);
    if (*upload_bytes > 0) {
        if (!add_body(x, upload, *upload_bytes))
            return MHD_NO; /* no answer is possible now; the connection is closed */
        *upload_bytes = 0;
        return MHD_YES;
    }
    return answer(x, connection, false);
}

/* ---- starting and stopping ------------------------------------------------------------- */

static enum err resolve(const char *text, struct addrinfo **out_address, struct refusal *refusal)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    size_t len = colon != NULL ? (size_t)(colon - text) : 0;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};

    refusal_place(refusal, "%s", text);
    refusal_remedy(refusal, "Give an address and a port, such as 127.0.0.1:8443");
    if (len >= 2 && text[0] == '[' && text[len - 1] == ']') {
        text++;
        len -= 2;
    }
    if (colon == NULL || len == 0 || len >= sizeof host) {
        refusal_problem(refusal, "is not an address and a port");
        return ERR_FORMAT;
    }
    memcpy(host, text, len);
    host[len] = '\0';
    if (getaddrinfo(host, colon + 1, &hints, out_address) != 0) {
        refusal_problem(refusal, "is not an address and a port");
        return ERR_FORMAT;
    }
    return ERR_OK;
}

/* Our own socket, so that "in use" can be told from other troubles. */
static enum err listen_on(const char *address, int *out_socket, struct refusal *refusal)
{
    struct addrinfo *found = NULL;
    int yes = 1;
    enum err e = resolve(address, &found, refusal);

    if (e != ERR_OK)
        return e;
    int s = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s < 0 || setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(s, found->ai_addr, found->ai_addrlen) != 0 || listen(s, SOMAXCONN) != 0) {
        refusal_problem(refusal, "can't listen there: %s", strerror(errno));
        refusal_remedy(refusal, "Stop the program that listens there, or give another port");
        e = errno == EADDRINUSE ? ERR_BUSY : ERR_UNAVAILABLE;
        if (s >= 0)
            close(s);
    } else {
        *out_socket = s;
    }
    freeaddrinfo(found);
    return e;
}

static enum err start_daemon(struct httpd *h, int listening, struct refusal *refusal)
{
    const struct httpd_config *config = &h->config;
    bool tls = config->certificate_pem != NULL;
    /* The library's options hold keys as char *; it reads them only. */
    union {
        const char *read;
        void *any;
    } certificate = {config->certificate_pem}, key = {config->key_pem}, priority = {TLS_PRIORITY};
    struct MHD_OptionItem tls_options[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, certificate.any},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, key.any},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, priority.any},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL;

    h->daemon = MHD_start_daemon(
        flags | (tls ? MHD_USE_TLS : 0u), 0, NULL, NULL, handle, h, MHD_OPTION_LISTEN_SOCKET,
        listening, MHD_OPTION_THREAD_POOL_SIZE, config->threads, MHD_OPTION_CONNECTION_LIMIT,
        config->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, LIBRARY_IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, request_line, h, MHD_OPTION_NOTIFY_COMPLETED, request_ended, h,
        MHD_OPTION_NOTIFY_CONNECTION, connection_changed, h, MHD_OPTION_ARRAY,
        tls ? tls_options : &tls_options[3], MHD_OPTION_END);
    if (h->daemon == NULL) {
        refusal_problem(refusal, "the listener did not start");
        refusal_remedy(refusal, "Check the certificate and key in the data folder's tls folder");
        return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

enum err httpd_start(const struct httpd_config *config, struct httpd **out_httpd,
                     struct refusal *refusal)
{
    int listening = -1;
    struct httpd *h = NULL;
    enum err e = listen_on(config->address, &listening, refusal);

    if (e != ERR_OK)
        return e;
    h = calloc(1, sizeof *h);
    if (h == NULL || config->threads < 2 ||
        (config->connections + config->threads - 1) / config->threads > THREAD_MOST) {
        free(h);
        close(listening);
        return h == NULL ? ERR_MEMORY : ERR_LIMIT;
    }
    h->config = *config;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->changed, NULL);
    e = start_daemon(h, listening, refusal);
    if (e != ERR_OK) {
        close(listening);
    } else if (pthread_create(&h->reaper, NULL, reap, h) != 0) {
        e = ERR_MEMORY;
    } else {
        h->reaping = true;
    }
    if (e != ERR_OK) {
        httpd_stop(h);
        return e;
    }
    *out_httpd = h;
    return ERR_OK;
}

unsigned httpd_port(const struct httpd *httpd)
{
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    char port[8];
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(httpd->daemon, MHD_DAEMON_INFO_LISTEN_FD);

    if (info == NULL || getsockname(info->listen_fd, (struct sockaddr *)&bound, &size) != 0 ||
        getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port, sizeof port, NI_NUMERICSERV) !=
            0)
        return 0;
    return (unsigned)strtoul(port, NULL, 10);
}

static void drain(struct httpd *h)
{
    struct timespec until;

    int listening = MHD_quiesce_daemon(h->daemon);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += h->config.request_ms / 1000 + 1;
    pthread_mutex_lock(&h->lock);
    while (h->requests > 0 && pthread_cond_timedwait(&h->changed, &h->lock, &until) == 0)
        ;
    h->stopping = true;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
}

void httpd_stop(struct httpd *httpd)
{
    if (httpd == NULL)
        return;
    if (httpd->daemon != NULL)
        drain(httpd);
    if (httpd->reaping)
        pthread_join(httpd->reaper, NULL);
    if (httpd->daemon != NULL)
        MHD_stop_daemon(httpd->daemon);
    pthread_cond_destroy(&httpd->changed);
    pthread_mutex_destroy(&httpd->lock);
    free(httpd);
}
