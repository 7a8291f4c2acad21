/*
 * A small HTTPS server for tests: libmicrohttpd on a free port of loopback, with a certificate made
 * on the spot by an authority made on the spot. What it answers is the test's to say.
 */
#ifndef TEST_TLS_SERVER_H
#define TEST_TLS_SERVER_H

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct tls_answer {
    unsigned status;
    const char *location;    /* NULL: none */
    const char *retry_after; /* NULL: none */
    char *body;              /* from malloc; the server frees it */
    size_t size;
};

typedef struct tls_answer tls_handler(void *context, const char *body, size_t size);

struct tls_server {
    struct MHD_Daemon *daemon;
    gnutls_x509_privkey_t key;
    char ca_pem[4096];
    char cert_pem[4096];
    char key_pem[8192];
    unsigned port;
    tls_handler *handler;
    void *context;
};

struct tls_request {
    char *body;
    size_t size;
};

/* A certificate for `host`, valid from `days_from` to `days_to` days from now, signed by itself. */
static inline void tls_make_certificate(struct tls_server *s, const char *host, int days_from,
                                        int days_to)
{
    gnutls_x509_crt_t crt;
    const unsigned char serial[] = {1};
    size_t size;

    gnutls_x509_privkey_init(&s->key);
    gnutls_x509_privkey_generate(s->key, GNUTLS_PK_ECDSA, 256, 0);
    gnutls_x509_crt_init(&crt);
    gnutls_x509_crt_set_version(crt, 3);
    gnutls_x509_crt_set_serial(crt, serial, sizeof serial);
    gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, "test", 4);
    gnutls_x509_crt_set_activation_time(crt, time(NULL) + (time_t)days_from * 86400);
    gnutls_x509_crt_set_expiration_time(crt, time(NULL) + (time_t)days_to * 86400);
    gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, host, (unsigned)strlen(host), 0);
    gnutls_x509_crt_set_basic_constraints(crt, 1, -1);
    gnutls_x509_crt_set_key(crt, s->key);
    gnutls_x509_crt_sign2(crt, crt, s->key, GNUTLS_DIG_SHA256, 0);
    size = sizeof s->cert_pem;
    gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_PEM, s->cert_pem, &size);
    strcpy(s->ca_pem, s->cert_pem);
    size = sizeof s->key_pem;
    gnutls_x509_privkey_export(s->key, GNUTLS_X509_FMT_PEM, s->key_pem, &size);
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_privkey_deinit(s->key);
}

static enum MHD_Result tls_answer_request(void *context, struct MHD_Connection *connection,
                                          const char *url, const char *method, const char *version,
                                          const char *bytes, size_t *size, void **own)
{
    struct tls_server *s = context;
    struct tls_request *request = *own;
    struct MHD_Response *response;
    struct tls_answer a;
    enum MHD_Result result;

    (void)url;
    (void)method;
    (void)version;
    if (request == NULL) {
        *own = calloc(1, sizeof *request);
        return *own != NULL ? MHD_YES : MHD_NO;
    }
    if (*size > 0) {
        char *longer = realloc(request->body, request->size + *size);
        if (longer == NULL)
            return MHD_NO;
        memcpy(longer + request->size, bytes, *size);
        request->body = longer;
        request->size += *size;
        *size = 0;
        return MHD_YES;
    }
    a = s->handler(s->context, request->body, request->size);
    response = MHD_create_response_from_buffer(a.size, a.body, MHD_RESPMEM_MUST_FREE);
    if (a.location != NULL)
        MHD_add_response_header(response, "Location", a.location);
    if (a.retry_after != NULL)
        MHD_add_response_header(response, "Retry-After", a.retry_after);
    result = MHD_queue_response(connection, a.status, response);
    MHD_destroy_response(response);
    return result;
}

static inline void tls_forget_request(void *context, struct MHD_Connection *connection, void **own,
                                      enum MHD_RequestTerminationCode how)
{
    struct tls_request *request = *own;

    (void)context;
    (void)connection;
    (void)how;
    if (request != NULL)
        free(request->body);
    free(request);
    *own = NULL;
}

/* `tls` false: plain HTTP on that port. `priorities` as GnuTLS writes them. */
static inline bool tls_server_start(struct tls_server *s, bool tls, const char *priorities,
                                    tls_handler *handler, void *context)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | (tls ? MHD_USE_TLS : 0);
    const union MHD_DaemonInfo *info;

    s->handler = handler;
    s->context = context;
    if (tls)
        s->daemon = MHD_start_daemon(
            flags, 0, NULL, NULL, tls_answer_request, s, MHD_OPTION_HTTPS_MEM_KEY, s->key_pem,
            MHD_OPTION_HTTPS_MEM_CERT, s->cert_pem, MHD_OPTION_HTTPS_PRIORITIES, priorities,
            MHD_OPTION_NOTIFY_COMPLETED, tls_forget_request, NULL, MHD_OPTION_END);
    else
        s->daemon =
            MHD_start_daemon(flags, 0, NULL, NULL, tls_answer_request, s,
                             MHD_OPTION_NOTIFY_COMPLETED, tls_forget_request, NULL, MHD_OPTION_END);
    if (s->daemon == NULL)
        return false;
    info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    s->port = info->port;
    return true;
}

static inline void tls_server_stop(struct tls_server *s)
{
    if (s->daemon != NULL)
        MHD_stop_daemon(s->daemon);
    s->daemon = NULL;
}

#endif
