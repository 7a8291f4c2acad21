/*
 * Any bytes as the body of any call, by somebody signed in: the API answers with a status that the
 * description knows and with JSON where it says so, whatever it was sent. Signing in is left out:
 * it would only measure how long Argon2id takes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/hex.h"
#include "sync/central/accounts.h"
#include "sync/central/repo_sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/help-fuzz-api-XXXXXX";
static char path[64];
static struct server_keys keys;
static struct forms forms;
static struct api api;
static char cookie[96];
static char csrf[ACCOUNTS_CSRF_SIZE];

static void must(bool good)
{
    if (!good)
        abort();
}

static void tear_down(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[80];

    api.repo->verbs->close(api.repo);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    rmdir(folder);
}

static void set_up(void)
{
    unsigned char token[SESSION_TOKEN_BYTES] = {1};
    unsigned char hash[REPO_HASH_BYTES];
    char text[2 * SESSION_TOKEN_BYTES + 1];
    struct practice practice = {"Y99999", "Elm Grove Surgery"};
    struct user user = {.email = "a@example.org", .name = "A", .password = "none"};
    struct refusal refusal = {0};

    must(keys_init() == ERR_OK && mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/central.db", folder);
    must(repo_sqlite_open(path, true, &api.repo, &refusal) == ERR_OK);
    atexit(tear_down);
    sign_key_make(&keys.sign);
    seal_pair_make(&keys.seal);
    api.env = &env_system;
    api.keys = &keys;
    api.forms = &forms;
    struct session_times times = {env_wall_ms(&env_system), ACCOUNTS_IDLE_MS, ACCOUNTS_ABSOLUTE_MS};
    user.practice = practice;
    must(api.repo->verbs->practice_add(api.repo, &practice, 1) == ERR_OK);
    must(api.repo->verbs->user_add(api.repo, &user, 1) == ERR_OK);
    crypto_generichash(hash, sizeof hash, token, sizeof token, NULL, 0);
    must(api.repo->verbs->session_add(api.repo, hash, 1, &times) == ERR_OK);
    hex_encode(token, sizeof token, text);
    snprintf(cookie, sizeof cookie, "__Host-session=%s", text);
    accounts_csrf(token, csrf);
}

/* The route's own path, with an id where it has a place for one. */
static struct str path_of(const struct route *route, char memory[128])
{
    const char *brace = strchr(route->pattern, '{');

    if (brace == NULL)
        return str_of(route->pattern);
    snprintf(memory, 128, "%.*s6f1c2f0e-8a54-4a3b-9d6f-0a1b2c3d4e5f%s",
             (int)(brace - route->pattern), route->pattern, strchr(brace, '}') + 1);
    return str_of(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char memory[128];
    struct response response;

    if (api.repo == NULL)
        set_up();
    if (size == 0)
        return 0;
    const struct route *route = &api_routes[data[0] % api_route_count];
    if (strcmp(route->pattern, "/api/session") == 0)
        return 0;
    struct request request = {.listener = route->listener,
                              .method = str_of(route->method),
                              .path = path_of(route, memory),
                              .body = {(const char *)data + 1, size - 1},
                              .content_type = STR_LITERAL("application/json"),
                              .cookie = str_of(cookie),
                              .csrf = str_of(csrf)};
    api_handle(&api, &request, &response);
    must(response.status >= 200 && response.status <= 503 && response.status != 401);
    if (response.content_type != NULL &&
        strncmp(response.content_type, "application/json", 16) == 0) {
        json_t *json = json_loadb(response.body, response.body_bytes, 0, NULL);
        must(json != NULL);
        json_decref(json);
    }
    response_finish(&response);
    return 0;
}
