/* HTTPS by libcurl: see transport.h. */
#include "sync/agent/transport.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define EXTRA_MAX          16
#define CONNECT_TIMEOUT_MS 10000L
#define TIMEOUT_MS         60000L
#define SLOW_BYTES         50L /* a second, for SLOW_SECONDS: given up */
#define SLOW_SECONDS       20L

/* CURLINFO_SSL_VERIFYRESULT is OpenSSL's: SSL_get_verify_result(3), X509_V_ERR_ of <x509_vfy.h>.
   A chain that does not end in our authority is told before its dates are looked at. */
#define CERT_NOT_YET_VALID 9
#define CERT_HAS_EXPIRED   10

struct transport {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    bool busy;
    bool too_long; /* the answer went over its ceiling */
    char url[300];
    char *body; /* LIMIT_RECEIPT bytes */
    size_t body_size;
};

static size_t take_body(char *bytes, size_t one, size_t size, void *context)
{
    struct transport *t = context;

    (void)one; /* always 1 */
    if (size > LIMIT_RECEIPT - t->body_size) {
        t->too_long = true;
        return 0;
    }
    memcpy(t->body + t->body_size, bytes, size);
    t->body_size += size;
    return size;
}

static bool set_trust(struct transport *t, const char *ca_pem)
{
    struct curl_blob ca = {(void *)(uintptr_t)ca_pem, strlen(ca_pem), CURL_BLOB_COPY};
    CURL *c = t->easy;

    /* Without CAPATH NULL Debian's libcurl goes on trusting every authority of the system. */
    return curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CAPATH, NULL) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CAINFO, NULL) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &ca) == CURLE_OK;
}

static bool set_limits(struct transport *t)
{
    CURL *c = t->easy;

    return curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, NULL) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, TIMEOUT_MS) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS) == CURLE_OK;
}

static bool set_request(struct transport *t)
{
    static const char *const lines[] = {"Content-Type: text/plain; charset=utf-8",
                                        "Accept: text/plain", "Expect:"};
    CURL *c = t->easy;

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct curl_slist *longer = curl_slist_append(t->headers, lines[i]);
        if (longer == NULL)
            return false;
        t->headers = longer;
    }
    return curl_easy_setopt(c, CURLOPT_URL, t->url) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_USERAGENT, "help-sync/" HELP_VERSION) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEDATA, t) == CURLE_OK;
}

enum err transport_create(const char *server_url, const char *ca_pem,
                          struct transport **out_transport)
{
    struct transport *t = NULL;
    enum err e = ERR_MEMORY;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ERR_UNAVAILABLE;
    t = calloc(1, sizeof *t);
    if (t == NULL)
        goto out;
    t->multi = curl_multi_init();
    t->easy = curl_easy_init();
    t->body = malloc(LIMIT_RECEIPT);
    if (t->multi == NULL || t->easy == NULL || t->body == NULL)
        goto out;
    e = ERR_REFUSED;
    if (snprintf(t->url, sizeof t->url, "%s/v1/exchange", server_url) >= (int)sizeof t->url ||
        !set_trust(t, ca_pem) || !set_limits(t) || !set_request(t))
        goto out;
    *out_transport = t;
    e = ERR_OK;
out:
    if (e != ERR_OK) {
        transport_destroy(t);
        if (t == NULL)
            curl_global_cleanup();
    }
    return e;
}

void transport_destroy(struct transport *t)
{
    if (t == NULL)
        return;
    if (t->busy)
        curl_multi_remove_handle(t->multi, t->easy);
    curl_easy_cleanup(t->easy);
    curl_multi_cleanup(t->multi);
    curl_slist_free_all(t->headers);
    free(t->body);
    free(t);
    curl_global_cleanup();
}

enum err transport_begin(struct transport *t, struct str body)
{
    t->body_size = 0;
    t->too_long = false;
    if (curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len) != CURLE_OK ||
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, body.at) != CURLE_OK ||
        curl_multi_add_handle(t->multi, t->easy) != CURLM_OK)
        return ERR_UNAVAILABLE;
    t->busy = true;
    return ERR_OK;
}

static enum transport_state read_refusal(struct transport *t)
{
    long why = 0;

    (void)curl_easy_getinfo(t->easy, CURLINFO_SSL_VERIFYRESULT, &why);
    return why == CERT_NOT_YET_VALID || why == CERT_HAS_EXPIRED ? TRANSPORT_CLOCK
                                                                : TRANSPORT_STRANGER;
}

static enum transport_state read_result(struct transport *t, CURLcode code,
                                        struct transport_answer *out_answer)
{
    struct transport_answer a = {.code = (int)code, .body = {t->body, t->body_size}};
    curl_off_t retry_after = 0;
    long status = 0;

    (void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &retry_after);
    a.status = (int)status;
    a.retry_after_ms = retry_after > 86400 ? 86400000 : (int64_t)retry_after * 1000;
    *out_answer = a;
    switch (code) {
    case CURLE_OK:
        return TRANSPORT_ANSWERED;
    case CURLE_PEER_FAILED_VERIFICATION:
        return read_refusal(t);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return TRANSPORT_STRANGER;
    default:
        return t->too_long ? TRANSPORT_STRANGER : TRANSPORT_NO_ANSWER;
    }
}

enum transport_state transport_step(struct transport *t, struct transport_answer *out_answer)
{
    enum transport_state state;
    int running = 0;
    int left = 0;
    CURLMsg *message;

    if (!t->busy)
        return TRANSPORT_IDLE;
    (void)curl_multi_perform(t->multi, &running);
    message = curl_multi_info_read(t->multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE)
        return TRANSPORT_BUSY;
    state = read_result(t, message->data.result, out_answer);
    curl_multi_remove_handle(t->multi, t->easy);
    /* After anything odd the connection is not used again. */
    (void)curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT,
                           state == TRANSPORT_ANSWERED && out_answer->status == 200 ? 0L : 1L);
    t->busy = false;
    return state;
}

void transport_wait(struct transport *t, struct pollfd *extra, size_t count, int wait_ms)
{
    struct curl_waitfd more[EXTRA_MAX];

    if (t == NULL || !t->busy || count > EXTRA_MAX) {
        (void)poll(extra, (nfds_t)count, wait_ms);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        more[i] = (struct curl_waitfd){.fd = extra[i].fd, .events = CURL_WAIT_POLLIN};
        extra[i].revents = 0;
    }
    if (wait_ms < 0 || wait_ms > 1000)
        wait_ms = 1000;
    if (curl_multi_poll(t->multi, more, (unsigned)count, wait_ms, NULL) != CURLM_OK)
        return;
    for (size_t i = 0; i < count; i++)
        extra[i].revents = (more[i].revents & CURL_WAIT_POLLIN) != 0 ? POLLIN : 0;
}
