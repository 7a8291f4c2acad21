/* The carriage against real servers on loopback: ours, and everybody else's. */
#include "sync/agent/transport.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "tls_server.h"

#define TLS13 "NORMAL:-VERS-ALL:+VERS-TLS1.3"
#define TLS12 "NORMAL:-VERS-ALL:+VERS-TLS1.2"

static struct tls_server server;
static struct tls_answer next; /* its body is a static text or NULL here */
static int asked;

static struct tls_answer give_next(void *context, const char *body, size_t size)
{
    struct tls_answer a = next;

    (void)context;
    asked++;
    if (a.size == 0) { /* echo */
        a.body = malloc(size > 0 ? size : 1);
        if (size > 0)
            memcpy(a.body, body, size);
        a.size = size;
    } else {
        a.body = malloc(a.size);
        memset(a.body, 'x', a.size);
    }
    return a;
}

static enum transport_state ask_url(const char *url, const char *ca_pem,
                                    struct transport_answer *out)
{
    static char body[LIMIT_RECEIPT + 1];
    struct transport *t = NULL;
    enum transport_state state = TRANSPORT_BUSY;

    memset(out, 0, sizeof *out);
    assert_int_equal(transport_create(url, ca_pem, &t), ERR_OK);
    assert_int_equal(transport_begin(t, STR_LITERAL("a bundle")), ERR_OK);
    while (state == TRANSPORT_BUSY) {
        transport_wait(t, NULL, 0, 1000);
        state = transport_step(t, out);
    }
    assert_int_equal(transport_step(t, out), TRANSPORT_IDLE); /* told once */
    memcpy(body, out->body.at, out->body.len);
    out->body.at = body;
    transport_destroy(t);
    return state;
}

static enum transport_state ask(const char *ca_pem, struct transport_answer *out)
{
    char url[64];

    snprintf(url, sizeof url, "https://localhost:%u", server.port);
    return ask_url(url, ca_pem, out);
}

static void start(const char *host, int days_from, int days_to, const char *priorities)
{
    memset(&server, 0, sizeof server);
    memset(&next, 0, sizeof next);
    next.status = 200;
    asked = 0;
    tls_make_certificate(&server, host, days_from, days_to);
    assert_true(tls_server_start(&server, true, priorities, give_next, NULL));
}

static int tear_down(void **state)
{
    (void)state;
    tls_server_stop(&server);
    return 0;
}

static void our_server_answers(void **state)
{
    (void)state;
    struct transport_answer a;

    start("localhost", -1, 1, TLS13);
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_ANSWERED);
    assert_int_equal(a.status, 200);
    assert_true(str_is(a.body, "a bundle"));
    next.status = 503;
    next.retry_after = "120";
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_ANSWERED);
    assert_int_equal(a.status, 503);
    assert_true(a.retry_after_ms == 120000);
}

/* Environment variables that would lead curl through a proxy are not read. */
static void proxy_of_the_environment_is_ignored(void **state)
{
    (void)state;
    struct transport_answer a;

    start("localhost", -1, 1, TLS13);
    assert_int_equal(setenv("https_proxy", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_ANSWERED);
    unsetenv("https_proxy");
    unsetenv("ALL_PROXY");
}

static void redirects_are_not_followed(void **state)
{
    (void)state;
    struct transport_answer a;

    start("localhost", -1, 1, TLS13);
    next.status = 302;
    next.location = "https://localhost/elsewhere";
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_ANSWERED);
    assert_int_equal(a.status, 302);
    assert_int_equal(asked, 1);
}

static void endless_answer_is_cut_off(void **state)
{
    (void)state;
    struct transport_answer a;

    start("localhost", -1, 1, TLS13);
    next.size = LIMIT_RECEIPT;
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_ANSWERED);
    assert_int_equal(a.body.len, LIMIT_RECEIPT);
    next.size = LIMIT_RECEIPT + 1;
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_STRANGER);
    next.size = (size_t)32 * 1024 * 1024;
    assert_int_equal(ask(server.ca_pem, &a), TRANSPORT_STRANGER);
}

/* None of these sees a single byte of a bundle. */
static void strangers_are_refused_before_anything_is_sent(void **state)
{
    static const struct {
        const char *host;
        int from;
        int to;
        const char *priorities;
        enum transport_state seen_as;
    } rows[] = {
        {"elsewhere.example", -1, 1, TLS13, TRANSPORT_STRANGER},
        {"localhost", -1, 1, TLS12, TRANSPORT_STRANGER},
        /* Ours, by a device whose clock is years behind or ahead. */
        {"localhost", 3650, 7300, TLS13, TRANSPORT_CLOCK},
        {"localhost", -7300, -3650, TLS13, TRANSPORT_CLOCK},
        {"localhost", 1, 3, TLS13, TRANSPORT_CLOCK},
        {"localhost", -3, -1, TLS13, TRANSPORT_CLOCK},
    };
    struct transport_answer a;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(rows[i].host, rows[i].from, rows[i].to, rows[i].priorities);
        if (ask(server.ca_pem, &a) != rows[i].seen_as)
            fail_msg("row %zu: code %d status %d", i, a.code, a.status);
        assert_int_equal(asked, 0);
        tls_server_stop(&server);
    }
}

static void another_authority_is_refused(void **state)
{
    (void)state;
    static struct tls_server other;
    struct transport_answer a;

    start("localhost", -1, 1, TLS13);
    tls_make_certificate(&other, "localhost", -1, 1);
    assert_int_equal(ask(other.ca_pem, &a), TRANSPORT_STRANGER);
    assert_int_equal(asked, 0);
    tls_server_stop(&server);
    /* Its dates say nothing about our clock. */
    start("localhost", -7300, -3650, TLS13);
    assert_int_equal(ask(other.ca_pem, &a), TRANSPORT_STRANGER);
    assert_int_equal(asked, 0);
}

static void plain_http_and_nobody(void **state)
{
    (void)state;
    struct transport_answer a;
    static struct tls_server any;
    char url[64];

    tls_make_certificate(&any, "localhost", -1, 1);
    memset(&server, 0, sizeof server);
    asked = 0;
    assert_true(tls_server_start(&server, false, NULL, give_next, NULL));
    assert_int_equal(ask(any.ca_pem, &a), TRANSPORT_STRANGER);
    snprintf(url, sizeof url, "http://localhost:%u", server.port);
    assert_int_equal(ask_url(url, any.ca_pem, &a), TRANSPORT_STRANGER);
    assert_int_equal(asked, 0);
    tls_server_stop(&server);
    assert_int_equal(ask_url("https://127.0.0.1:1", any.ca_pem, &a), TRANSPORT_NO_ANSWER);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(our_server_answers),
        TEST(proxy_of_the_environment_is_ignored),
        TEST(redirects_are_not_followed),
        TEST(endless_answer_is_cut_off),
        TEST(strangers_are_refused_before_anything_is_sent),
        TEST(another_authority_is_refused),
        TEST(plain_http_and_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
