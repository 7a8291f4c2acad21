/*
 * The real listeners on loopback, on ports the kernel chose: hostile requests over raw sockets,
 * clients that trickle, the portal's files, and TLS that speaks 1.3 and nothing older.
 */
#include "fixture.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>
#include <gnutls/gnutls.h>

#include "base/file.h"
#include "sync/central/httpd.h"
#include "sync/central/tls.h"

static struct fixture f;
static struct files *files;
static struct httpd *portal;
static struct httpd *device;
static char *certificate;
static char *key;
static char portal_folder[96];

static void write_file(const char *name, const char *text)
{
    char path[192];

    snprintf(path, sizeof path, "%s/%s", portal_folder, name);
    assert_int_equal(file_replace(path, text, strlen(text), 0644), ERR_OK);
}

static int set_up(void **state)
{
    struct refusal refusal = {0};
    struct httpd_config config = {.listener = LISTENER_PORTAL,
                                  .address = "127.0.0.1:0",
                                  .threads = 2,
                                  .connections = 64,
                                  .headers_ms = 400,
                                  .request_ms = 5000,
                                  .bodies_max = 8 * 1024 * 1024,
                                  .hosts = {2, {"localhost", "127.0.0.1"}},
                                  .api = &f.api};

    (void)state;
    fixture_init(&f);
    f.env = env_system; /* deadlines need a clock that goes */
    snprintf(portal_folder, sizeof portal_folder, "%s/portal", f.folder);
    assert_int_equal(file_make_folder(portal_folder, 0700), ERR_OK);
    write_file("index.html", "<!doctype html><title>Sign-ups</title>");
    write_file("app.js", "export {}\n");
    write_file(".hidden", "secret");
    assert_int_equal(files_load(portal_folder, &files, &refusal), ERR_OK);
    assert_int_equal(tls_make(f.folder, "", &refusal), ERR_OK);
    assert_int_equal(tls_load(f.folder, &certificate, &key, &refusal), ERR_OK);
    config.files = files;
    assert_int_equal(httpd_start(&config, &portal, &refusal), ERR_OK);
    config.listener = LISTENER_DEVICE;
    config.files = NULL;
    config.certificate_pem = certificate;
    config.key_pem = key;
    assert_int_equal(httpd_start(&config, &device, &refusal), ERR_OK);
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"portal/index.html", "portal/app.js", "portal/.hidden",
                                        "tls/ca.pem",        "tls/ca.key",    "tls/server.pem",
                                        "tls/server.key"};
    char path[192];

    (void)state;
    httpd_stop(device);
    httpd_stop(portal);
    files_destroy(files);
    free(certificate);
    free(key);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", f.folder, names[i]);
        unlink(path);
    }
    rmdir(portal_folder);
    snprintf(path, sizeof path, "%s/tls", f.folder);
    rmdir(path);
    fixture_finish(&f);
    return 0;
}

static int dial(unsigned port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(s >= 0);
    assert_int_equal(connect(s, (struct sockaddr *)&to, sizeof to), 0);
    return s;
}

static void put(int s, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = send(s, bytes, size, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* it was refused while we wrote */
        bytes += n;
        size -= (size_t)n;
    }
}

/* Everything until the other side closes. */
static size_t take_all(int s, char *out_text, size_t size)
{
    size_t len = 0;

    for (;;) {
        ssize_t n = recv(s, out_text + len, size - 1 - len, 0);
        if (n <= 0 || len + (size_t)n >= size - 1)
            break;
        len += (size_t)n;
    }
    out_text[len] = '\0';
    return len;
}

/* The status of the first answer; 0 where the connection was closed without one. */
static int ask(const char *request, size_t size, char *answer, size_t answer_size)
{
    int s = dial(httpd_port(portal));
    int status = 0;

    put(s, request, size);
    take_all(s, answer, answer_size);
    close(s);
    if (strncmp(answer, "HTTP/1.1 ", 9) == 0)
        status = atoi(answer + 9);
    return status;
}

#define HOSTILE(bytes)           \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define LINE  "POST /api/session HTTP/1.1\r\n"
#define HOST  "Host: localhost\r\n"
#define TYPE  "Content-Type: application/json\r\n"
#define GET   "GET /healthz HTTP/1.1\r\n"
#define INNER "GET /healthz HTTP/1.1\r\n" HOST "\r\n"

/* Ways to make two programs read one request differently. None may ever be answered with success,
   and what hides inside must never be answered at all. */
static void test_hostile(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } cases[] = {
        HOSTILE(LINE HOST TYPE "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" INNER),
        HOSTILE(LINE HOST TYPE "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" INNER),
        HOSTILE(LINE HOST TYPE "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        HOSTILE(LINE HOST TYPE "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n"),
        HOSTILE(GET HOST "Host: evil.example\r\n\r\n"),
        HOSTILE(GET "\r\n"),
        HOSTILE(GET "Host: evil.example\r\n\r\n"),
        HOSTILE(GET "Host: localhost.evil.example\r\n\r\n"),
        HOSTILE(GET HOST "X-A: a\0b\r\n\r\n"),
        HOSTILE(GET HOST "X-A: a\r\n folded\r\n\r\n"),
        HOSTILE("GET /healthz HTTP/1.1\nHost: localhost\n\n"),
        HOSTILE(GET "Host:  localhost\r\nX-A: a\n\r\n"), /* one byte more, one less */
        HOSTILE("GET  /healthz HTTP/1.1\r\n" HOST "X-A: a\n\r\n"),
        HOSTILE(GET HOST "X-A: a\0b\r\nX-B: b\nX-C: c\n\r\n"),
        HOSTILE(GET HOST "X-A: a\x01\r\n\r\n"),
        HOSTILE(GET HOST "X A: a\r\n\r\n"),
        HOSTILE(GET HOST ": a\r\n\r\n"),
        HOSTILE(LINE HOST TYPE "Content-Length: +2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Content-Length: -2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Content-Length: 2,2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Content-Length: 0x2\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "Content-Length: 18446744073709551618\r\n\r\n{}"),
        HOSTILE(LINE HOST TYPE "\r\n{}"),
        HOSTILE("GET /healthz HTTP/1.0\r\n" HOST "\r\n"),
        HOSTILE("GET /../etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE("GET /%2e%2e/etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE("GET //healthz HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE("GET /healthz%00 HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE("TRACE /healthz HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE("CONNECT evil.example:443 HTTP/1.1\r\n" HOST "\r\n"),
        HOSTILE(GET HOST "Cookie: a=b\r\nCookie: c=d\r\n\r\n"),
        HOSTILE("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    };
    char answer[4096];
    size_t number = sizeof cases / sizeof cases[0];

    (void)state;
    for (size_t i = 0; i < number; i++) {
        int status = ask(cases[i].bytes, cases[i].size, answer, sizeof answer);
        if (status != 0 && (status < 400 || status > 505))
            fail_msg("hostile request %zu was answered %d", i, status);
        if (strstr(answer, "\"ok\"") != NULL)
            fail_msg("what hid in hostile request %zu was answered", i);
    }
    print_message("%zu hostile requests\n", number);
    /* The positive control: the same, well-formed. */
    static const char good[] = GET HOST "Connection: close\r\n\r\n";
    assert_int_equal(ask(good, sizeof good - 1, answer, sizeof answer), 200);
    assert_non_null(strstr(answer, "{\"status\":\"ok\"}"));
}

static void test_sizes(void **state)
{
    char *big = calloc(1, 70000);
    char answer[4096];

    (void)state;
    assert_non_null(big);
    int len = snprintf(big, 70000, "GET /healthz HTTP/1.1\r\n" HOST "X-A: %040000d\r\n\r\n", 0);
    assert_in_range(ask(big, (size_t)len, answer, sizeof answer), 400, 431);
    len = snprintf(big, 70000, "GET /%040000d HTTP/1.1\r\n" HOST "\r\n", 0);
    assert_in_range(ask(big, (size_t)len, answer, sizeof answer), 400, 414);
    static const char too_large[] = LINE HOST TYPE "Content-Length: 999999\r\n\r\n{";
    assert_int_equal(ask(too_large, sizeof too_large - 1, answer, sizeof answer), 413);
    static const char no_body[] =
        "POST /nothing.txt HTTP/1.1\r\n" HOST "Content-Length: 999999\r\n\r\n{";
    assert_int_equal(ask(no_body, sizeof no_body - 1, answer, sizeof answer), 405);
    free(big);
}

/* A byte now and then keeps no connection open: the deadline is absolute. */
static void test_trickle(void **state)
{
    static const char slow[] = GET HOST "X-Slow: ";
    char answer[1024];
    int s = dial(httpd_port(portal));
    struct timeval pause = {.tv_usec = 50000};
    int rounds = 0;

    (void)state;
    put(s, slow, sizeof slow - 1);
    assert_int_equal(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &pause, sizeof pause), 0);
    /* Each round waits for an answer a little while, then sends one byte more. */
    while (rounds < 1000) {
        ssize_t n = recv(s, answer, sizeof answer, 0);
        if (n >= 0)
            break;
        if (send(s, "a", 1, MSG_NOSIGNAL) != 1)
            break;
        rounds++;
    }
    close(s);
    assert_in_range(rounds, 1, 999);
}

static void test_files(void **state)
{
    static const char index[] = "GET /signups/page HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    static const char script[] = "GET /app.js?v=1 HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    static const char hidden[] = "GET /.hidden HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    static const char missing[] = "GET /no.png HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    char answer[4096];
    char again[512];

    (void)state;
    assert_int_equal(ask(index, sizeof index - 1, answer, sizeof answer), 200);
    assert_non_null(strstr(answer, "Sign-ups"));
    assert_non_null(strstr(answer, "Content-Type: text/html; charset=utf-8"));
    assert_non_null(strstr(answer, "frame-ancestors 'none'"));
    assert_int_equal(ask(script, sizeof script - 1, answer, sizeof answer), 200);
    assert_non_null(strstr(answer, "Content-Type: text/javascript; charset=utf-8"));
    const char *etag = strstr(answer, "ETag: ");
    assert_non_null(etag);
    int len = snprintf(again, sizeof again,
                       "GET /app.js HTTP/1.1\r\n" HOST "If-None-Match: %.34s\r\n"
                       "Connection: close\r\n\r\n",
                       etag + 6);
    assert_int_equal(ask(again, (size_t)len, answer, sizeof answer), 304);
    assert_int_equal(ask(hidden, sizeof hidden - 1, answer, sizeof answer), 404);
    assert_null(strstr(answer, "secret"));
    assert_int_equal(ask(missing, sizeof missing - 1, answer, sizeof answer), 404);
}

/* A handshake with the given versions, our authority and host name; then one request. */
static bool tls_healthy(const char *priority, const char *host)
{
    static const char request[] = GET HOST "Connection: close\r\n\r\n";
    gnutls_certificate_credentials_t trust = NULL;
    gnutls_session_t session = NULL;
    char answer[2048] = "";
    char *authority = NULL;
    struct refusal refusal = {0};
    bool healthy = false;
    int s = dial(httpd_port(device));

    assert_int_equal(tls_load_authority(f.folder, &authority, &refusal), ERR_OK);
    gnutls_datum_t pem = {(unsigned char *)authority, (unsigned)strlen(authority)};
    assert_int_equal(gnutls_certificate_allocate_credentials(&trust), 0);
    assert_int_equal(gnutls_certificate_set_x509_trust_mem(trust, &pem, GNUTLS_X509_FMT_PEM), 1);
    assert_int_equal(gnutls_init(&session, GNUTLS_CLIENT), 0);
    assert_int_equal(gnutls_priority_set_direct(session, priority, NULL), 0);
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, trust);
    gnutls_server_name_set(session, GNUTLS_NAME_DNS, host, strlen(host));
    gnutls_session_set_verify_cert(session, host, 0);
    gnutls_transport_set_int(session, s);
    if (gnutls_handshake(session) == 0 &&
        gnutls_record_send(session, request, sizeof request - 1) > 0) {
        size_t len = 0;
        ssize_t n;
        while ((n = gnutls_record_recv(session, answer + len, sizeof answer - 1 - len)) > 0)
            len += (size_t)n;
        healthy = strstr(answer, "{\"status\":\"ok\"}") != NULL;
    }
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(trust);
    free(authority);
    close(s);
    return healthy;
}

static void test_tls(void **state)
{
    (void)state;
    assert_true(tls_healthy("NORMAL:-VERS-ALL:+VERS-TLS1.3", "localhost"));
    assert_true(tls_healthy("NORMAL", "127.0.0.1"));
    assert_false(tls_healthy("NORMAL", "central.example.org"));
    assert_false(tls_healthy("NORMAL:-VERS-ALL:+VERS-TLS1.2", "localhost"));
    assert_false(tls_healthy("NORMAL:-VERS-ALL:+VERS-TLS1.1", "localhost"));
    assert_false(tls_healthy("NORMAL:-VERS-ALL:+VERS-TLS1.0", "localhost"));
}

static void test_ports(void **state)
{
    struct httpd_config config = {.listener = LISTENER_PORTAL, .threads = 2, .connections = 8};
    struct refusal refusal = {0};
    struct httpd *second = NULL;
    char taken[32];

    (void)state;
    snprintf(taken, sizeof taken, "127.0.0.1:%u", httpd_port(portal));
    config.address = taken;
    config.api = &f.api;
    assert_int_equal(httpd_start(&config, &second, &refusal), ERR_BUSY);
    assert_string_equal(refusal.place, taken);
    config.address = "localhost";
    assert_int_equal(httpd_start(&config, &second, &refusal), ERR_FORMAT);
    config.address = "127.0.0.1:http";
    assert_int_equal(httpd_start(&config, &second, &refusal), ERR_FORMAT);
    /* 128 ready connections stall one of the library's threads: so many are never allowed. */
    config.address = "127.0.0.1:0";
    config.connections = 256;
    assert_int_equal(httpd_start(&config, &second, &refusal), ERR_LIMIT);
    assert_null(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_trickle), cmocka_unit_test(test_files),
        cmocka_unit_test(test_tls),     cmocka_unit_test(test_ports),
    };
    return cmocka_run_group_tests_name("central_http", tests, set_up, tear_down);
}
