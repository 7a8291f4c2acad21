/* The API without a socket: who is let in, what is refused, and what openapi.yaml says of it. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"

static struct fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_finish(&f);
    return 0;
}

static const char *error_code(void)
{
    return json_string_value(json_object_get(json_object_get(f.json, "error"), "code"));
}

static int sign_in(const char *email, const char *password)
{
    char body[512];

    snprintf(body, sizeof body, "{\"email\":\"%s\",\"password\":\"%s\"}", email, password);
    return fixture_call(&f, PERSON_NOBODY, "POST", "/api/session", body);
}

static void test_health(void **state)
{
    (void)state;
    assert_int_equal(fixture_call(&f, PERSON_NOBODY, "GET", "/healthz", NULL), 200);
    assert_string_equal(f.response.body, "{\"status\":\"ok\"}");
    assert_int_equal(fixture_call(&f, PERSON_NOBODY, "GET", "/api/nothing", NULL), 404);
    assert_int_equal(fixture_call(&f, PERSON_NOBODY, "PUT", "/api/session", NULL), 405);
}

static void test_sign_in(void **state)
{
    struct visitor visitor = {0};

    (void)state;
    assert_int_equal(sign_in("Priya@Example.org ", fixture_password), 200);
    assert_string_equal(json_string_value(json_object_get(json_object_get(f.json, "user"), "role")),
                        "practice");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(f.json, "practice"), "code")), "Y99999");
    assert_int_equal(json_integer_value(json_object_get(f.json, "idle_s")), 30 * 60);
    assert_non_null(strstr(f.response.cookie, "; Path=/; Secure; HttpOnly; SameSite=Strict"));
    snprintf(visitor.cookie, sizeof visitor.cookie, "%.*s", (int)strcspn(f.response.cookie, ";"),
             f.response.cookie);
    snprintf(visitor.csrf, sizeof visitor.csrf, "%s",
             json_string_value(json_object_get(f.json, "csrf")));
    f.visitors[PERSON_OAK] = visitor;
    assert_int_equal(fixture_call(&f, PERSON_OAK, "GET", "/api/session", NULL), 200);
    assert_string_equal(json_string_value(json_object_get(f.json, "csrf")), visitor.csrf);
    assert_int_equal(fixture_call(&f, PERSON_OAK, "DELETE", "/api/session", NULL), 204);
    assert_non_null(strstr(f.response.cookie, "Max-Age=0"));
    assert_int_equal(fixture_call(&f, PERSON_OAK, "GET", "/api/session", NULL), 401);

    assert_int_equal(sign_in("jo@example.org", fixture_password), 200);
    assert_true(json_is_null(json_object_get(f.json, "practice")));
}

/* Unknown person and wrong password: not one byte differs. */
static void test_same_refusal(void **state)
{
    char first[512];

    (void)state;
    assert_int_equal(sign_in("priya@example.org", "not the password"), 401);
    assert_string_equal(error_code(), "sign-in");
    snprintf(first, sizeof first, "%s", f.response.body);
    assert_int_equal(sign_in("stranger@example.org", "not the password"), 401);
    assert_string_equal(f.response.body, first);
}

static void test_throttle(void **state)
{
    (void)state;
    for (int i = 0; i < ACCOUNTS_TRIES; i++)
        assert_int_equal(sign_in("priya@example.org", "not the password"), 401);
    /* The right password is throttled too, and so is one who does not exist. */
    assert_int_equal(sign_in("priya@example.org", fixture_password), 429);
    assert_true(f.response.retry_after_s > 0);
    assert_int_equal(sign_in("sam@example.org", fixture_password), 200);
    f.now_ms += ACCOUNTS_TRY_WINDOW_MS + 1;
    assert_int_equal(sign_in("priya@example.org", fixture_password), 200);
    assert_int_equal(sign_in("priya@example.org", "not the password"), 401);
}

/* A whole country signs in on Monday morning: only tries that fail count against everybody. */
static void test_throttle_of_all(void **state)
{
    static const unsigned char everybody[REPO_HASH_BYTES];
    int64_t tries = 0;

    (void)state;
    for (int i = 1; i < ACCOUNTS_TRIES_ALL; i++)
        assert_int_equal(
            f.repo->verbs->sign_in_try(f.repo, everybody, f.now_ms, ACCOUNTS_TRY_WINDOW_MS, &tries),
            ERR_OK);
    assert_int_equal(sign_in("priya@example.org", fixture_password), 200);
    assert_int_equal(sign_in("sam@example.org", fixture_password), 200);
    assert_int_equal(sign_in("jo@example.org", "not the password"), 401);
    assert_int_equal(sign_in("jo@example.org", "not the password"), 429);
    assert_non_null(strstr(f.response.body, "Wait 15 minutes"));
}

static void test_session_ends(void **state)
{
    (void)state;
    f.now_ms += ACCOUNTS_IDLE_MS - 1;
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 200);
    f.now_ms += ACCOUNTS_IDLE_MS - 1;
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 200);
    f.now_ms += ACCOUNTS_IDLE_MS;
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 401);
    assert_string_equal(error_code(), "session");
}

static void test_session_ends_for_good(void **state)
{
    int64_t until = f.now_ms + ACCOUNTS_ABSOLUTE_MS;

    (void)state;
    while (f.now_ms + ACCOUNTS_IDLE_MS / 2 < until) {
        f.now_ms += ACCOUNTS_IDLE_MS / 2;
        assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 200);
    }
    f.now_ms = until;
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 401);
}

static void test_cookie(void **state)
{
    struct request request = {.listener = LISTENER_PORTAL,
                              .method = STR_LITERAL("GET"),
                              .path = STR_LITERAL("/api/session")};
    char cookies[256];
    const char *good = f.visitors[PERSON_ELM].cookie;

    (void)state;
    snprintf(cookies, sizeof cookies, "theme=dark; %s ; x=y", good);
    request.cookie = str_of(cookies);
    assert_int_equal(fixture_send(&f, &request), 200);
    snprintf(cookies, sizeof cookies, "%s; %s", good, good);
    request.cookie = str_of(cookies);
    assert_int_equal(fixture_send(&f, &request), 401);
    snprintf(cookies, sizeof cookies, "%.*s", (int)strlen(good) - 1, good);
    request.cookie = str_of(cookies);
    assert_int_equal(fixture_send(&f, &request), 401);
}

/* Every call that changes or searches: no token, another's token, another site. */
static void test_csrf(void **state)
{
    static const char *const calls[][2] = {
        {"DELETE", "/api/session"},
        {"POST", "/api/signups/search"},
        {"POST", "/api/signups/export"},
        {"POST", "/api/signups/6f1c2f0e-8a54-4a3b-9d6f-0a1b2c3d4e5f/status"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct request request = {.listener = LISTENER_PORTAL,
                                  .method = str_of(calls[i][0]),
                                  .path = str_of(calls[i][1]),
                                  .cookie = str_of(f.visitors[PERSON_ELM].cookie),
                                  .content_type = STR_LITERAL("application/json"),
                                  .body = STR_LITERAL("{}")};
        assert_int_equal(fixture_send(&f, &request), 403);
        assert_string_equal(error_code(), "csrf");
        request.csrf = str_of(f.visitors[PERSON_OAK].csrf);
        assert_int_equal(fixture_send(&f, &request), 403);
        request.csrf = str_of(f.visitors[PERSON_ELM].csrf);
        request.fetch_site = STR_LITERAL("cross-site");
        assert_int_equal(fixture_send(&f, &request), 403);
        assert_string_equal(error_code(), "origin");
        request.fetch_site = STR_LITERAL("same-site");
        assert_int_equal(fixture_send(&f, &request), 403);
    }
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL), 200);
}

static void test_needs_session(void **state)
{
    (void)state;
    for (size_t i = 0; i < api_route_count; i++) {
        const struct route *route = &api_routes[i];
        char path[128];
        const char *brace = strchr(route->pattern, '{');
        if (route->listener != LISTENER_PORTAL || route->access == ACCESS_ANYONE)
            continue;
        snprintf(path, sizeof path, "%s", route->pattern);
        if (brace != NULL)
            snprintf(path, sizeof path, "%.*s6f1c2f0e-8a54-4a3b-9d6f-0a1b2c3d4e5f%s",
                     (int)(brace - route->pattern), route->pattern, strchr(brace, '}') + 1);
        assert_int_equal(fixture_call(&f, PERSON_NOBODY, route->method, path,
                                      route->fields != NULL ? "{}" : NULL),
                         401);
    }
}

/* R10, closed on doubt: somebody of a practice whose code can't be read is not of the programme. */
static void test_practice_unread(void **state)
{
    sqlite3 *db = NULL;

    (void)state;
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE user SET practice = '' WHERE name = 'Priya Nair'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 503);
    assert_int_equal(sign_in("priya@example.org", fixture_password), 503);
    assert_int_equal(fixture_call(&f, PERSON_PROGRAMME, "GET", "/api/kiosks", NULL), 200);
}

static void test_bodies(void **state)
{
    static const struct {
        const char *json;
        int status;
        const char *code;
    } cases[] = {
        {"", 400, "json"},
        {"[]", 400, "json"},
        {"{\"q\":", 400, "json"},
        {"{\"q\":\"a\",\"q\":\"b\"}", 400, "json"},
        {"{\"q\":\"\\u0000\"}", 400, "json"},
        {"{\"q\":\"\xff\"}", 400, "json"},
        {"{\"who\":1}", 422, "unknown-field"},
        {"{\"q\":7}", 422, "field"},
        {"{\"q\":null}", 422, "field"},
        {"{\"page\":0}", 422, "field"},
        {"{\"page\":-1}", 422, "field"},
        {"{\"page\":1.5}", 422, "field"},
        {"{\"page\":99999999999999999999}", 400, "json"},
        {"{\"page\":1001}", 422, "field"},
        {"{\"status\":\"welcomed\\u0027 OR 1=1\"}", 422, "status"},
        {"{}", 200, NULL},
        {"{\"q\":\"\\\" OR name : x* NEAR(\",\"page\":1000}", 200, NULL},
    };
    char *long_text = malloc(20000);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", cases[i].json),
                         cases[i].status);
        if (cases[i].code != NULL)
            assert_string_equal(error_code(), cases[i].code);
    }
    assert_non_null(long_text);
    memset(long_text, ' ', 19999);
    long_text[19999] = '\0';
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", long_text), 413);
    snprintf(long_text, 20000, "{\"q\":\"%0600d\"}", 0);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", long_text), 422);
    free(long_text);
    struct request request = {.listener = LISTENER_PORTAL,
                              .method = STR_LITERAL("POST"),
                              .path = STR_LITERAL("/api/signups/search"),
                              .cookie = str_of(f.visitors[PERSON_ELM].cookie),
                              .csrf = str_of(f.visitors[PERSON_ELM].csrf),
                              .content_type = STR_LITERAL("text/plain"),
                              .body = STR_LITERAL("{}")};
    assert_int_equal(fixture_send(&f, &request), 415);
}

static const char *header_of(const struct api_header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(headers[i].name, name) == 0)
            return headers[i].value;
    }
    return "";
}

static void test_headers(void **state)
{
    struct api_header headers[API_HEADERS_MAX];
    char retry[16];

    (void)state;
    fixture_call(&f, PERSON_ELM, "GET", "/api/session", NULL);
    size_t count = api_headers(&f.response, retry, headers);
    assert_string_equal(header_of(headers, count, "Content-Security-Policy"),
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                        "data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action "
                        "'none'; frame-ancestors 'none'");
    assert_string_equal(header_of(headers, count, "X-Content-Type-Options"), "nosniff");
    assert_string_equal(header_of(headers, count, "Referrer-Policy"), "no-referrer");
    assert_string_equal(header_of(headers, count, "Cross-Origin-Opener-Policy"), "same-origin");
    assert_string_equal(header_of(headers, count, "Cross-Origin-Resource-Policy"), "same-origin");
    assert_string_equal(header_of(headers, count, "Cache-Control"), "no-store");
}

/* "  /path:" and "    get:" lines of the description against the table of routes, both ways. */
static void test_openapi(void **state)
{
    char *text = NULL;
    size_t size = 0;
    char path[128] = "";
    size_t described = 0;

    (void)state;
    assert_int_equal(file_read(SOURCE_DIR "/sync/central/openapi.yaml", 256 * 1024, &text, &size),
                     ERR_OK);
    struct str rest = {text, size};
    bool in_paths = false;
    while (rest.len > 0) {
        struct str line = str_split(rest, '\n', &rest);
        if (line.len > 0 && line.at[0] != ' ')
            in_paths = str_is(line, "paths:");
        if (!in_paths)
            continue;
        if (str_starts(line, "  /") && line.at[line.len - 1] == ':') {
            snprintf(path, sizeof path, "%.*s", (int)line.len - 3, line.at + 2);
        } else if (str_starts(line, "    ") && line.len > 5 && line.at[4] != ' ' &&
                   line.at[line.len - 1] == ':') {
            char method[16];
            bool found = false;
            snprintf(method, sizeof method, "%.*s", (int)line.len - 5, line.at + 4);
            for (char *c = method; *c != '\0'; c++)
                *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
            for (size_t i = 0; i < api_route_count; i++)
                found = found || (strcmp(api_routes[i].pattern, path) == 0 &&
                                  strcmp(api_routes[i].method, method) == 0);
            if (!found)
                fail_msg("openapi.yaml describes %s %s, and there is no such route", method, path);
            described++;
        }
    }
    free(text);
    /* Both listeners answer GET /healthz, and the hatch takes an exchange too: described once. */
    assert_int_equal(described, api_route_count - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_health, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sign_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_refusal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_throttle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_throttle_of_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_session_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_session_ends_for_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cookie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csrf, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_needs_session, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_practice_unread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_headers, set_up, tear_down),
        cmocka_unit_test(test_openapi),
    };
    return cmocka_run_group_tests_name("central_api", tests, NULL, NULL);
}
