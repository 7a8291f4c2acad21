/* Signing in and out: see accounts.h. */
#include "sync/central/accounts.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "sync/central/fold.h"

#define COOKIE_NAME    "__Host-session="
#define HASHES_RUNNING 2
#define HASHES_WAITING 4
#define PASSES         2
#define MEMORY_BYTES   ((size_t)64 * 1024 * 1024)

struct accounts {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int running;
    int waiting;
    char nobody[REPO_PASSWORD_HASH + 1]; /* the hash of a password that nobody has */
};

enum err accounts_hash(const char *password, char out_hash[REPO_PASSWORD_HASH + 1])
{
    char hash[crypto_pwhash_STRBYTES];

    _Static_assert(crypto_pwhash_STRBYTES <= REPO_PASSWORD_HASH + 1, "room for a hash");
    if (crypto_pwhash_str(hash, password, strlen(password), PASSES, MEMORY_BYTES) != 0)
        return ERR_MEMORY;
    memcpy(out_hash, hash, sizeof hash);
    return ERR_OK;
}

struct accounts *accounts_create(void)
{
    unsigned char random[SESSION_TOKEN_BYTES];
    char password[2 * sizeof random + 1];
    struct accounts *a = calloc(1, sizeof *a);

    if (a == NULL)
        return NULL;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    randombytes_buf(random, sizeof random);
    hex_encode(random, sizeof random, password);
    if (accounts_hash(password, a->nobody) != ERR_OK) {
        accounts_destroy(a);
        return NULL;
    }
    return a;
}

void accounts_destroy(struct accounts *a)
{
    if (a == NULL)
        return;
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    free(a);
}

/* Checks in turn, a few at once. ERR_BUSY where too many wait already. */
static enum err check_password(struct accounts *a, const char *hash, const char *password)
{
    pthread_mutex_lock(&a->lock);
    if (a->running == HASHES_RUNNING && a->waiting == HASHES_WAITING) {
        pthread_mutex_unlock(&a->lock);
        return ERR_BUSY;
    }
    a->waiting++;
    while (a->running == HASHES_RUNNING)
        pthread_cond_wait(&a->changed, &a->lock);
    a->waiting--;
    a->running++;
    pthread_mutex_unlock(&a->lock);

    int differs = crypto_pwhash_str_verify(hash, password, strlen(password));

    pthread_mutex_lock(&a->lock);
    a->running--;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    return differs == 0 ? ERR_OK : ERR_CHECK;
}

/* ---- sessions -------------------------------------------------------------------------- */

static void hash_token(const unsigned char token[SESSION_TOKEN_BYTES],
                       unsigned char out_hash[REPO_HASH_BYTES])
{
    crypto_generichash(out_hash, REPO_HASH_BYTES, token, SESSION_TOKEN_BYTES, NULL, 0);
}

void accounts_csrf(const unsigned char token[SESSION_TOKEN_BYTES],
                   char out_csrf[ACCOUNTS_CSRF_SIZE])
{
    static const unsigned char what[] = "csrf";
    unsigned char derived[32];

    crypto_generichash(derived, sizeof derived, what, sizeof what, token, SESSION_TOKEN_BYTES);
    hex_encode(derived, sizeof derived, out_csrf);
}

/* Exactly one session cookie, or none counts. */
static enum err find_token(struct str cookies, unsigned char out_token[SESSION_TOKEN_BYTES])
{
    enum err e = ERR_NOT_FOUND;
    int seen = 0;

    while (cookies.len > 0) {
        struct str pair = str_trim(str_split(cookies, ';', &cookies));
        if (!str_starts(pair, COOKIE_NAME))
            continue;
        pair.at += sizeof COOKIE_NAME - 1;
        pair.len -= sizeof COOKIE_NAME - 1;
        if (++seen == 1 && hex_decode(pair, out_token, SESSION_TOKEN_BYTES) == ERR_OK)
            e = ERR_OK;
    }
    return seen == 1 ? e : ERR_NOT_FOUND;
}

static struct session_times times_of(const struct call *call)
{
    return (struct session_times){call->now_ms, ACCOUNTS_IDLE_MS, ACCOUNTS_ABSOLUTE_MS};
}

enum err accounts_session(struct call *call)
{
    struct repo *repo = call->api->repo;
    unsigned char hash[REPO_HASH_BYTES];
    struct session_times times = times_of(call);
    enum err e = find_token(call->request->cookie, call->token);

    if (e != ERR_OK)
        return e;
    hash_token(call->token, hash);
    e = repo->verbs->session_find(repo, hash, &times, &call->user);
    if (e != ERR_OK)
        return e;
    call->caller.user = call->user.id;
    call->caller.now_ms = call->now_ms;
    memcpy(call->caller.practice, call->user.practice.code, sizeof call->caller.practice);
    return ERR_OK;
}

static void reply_session(struct call *call)
{
    bool programme = call->user.practice.code[0] == '\0';
    char csrf[ACCOUNTS_CSRF_SIZE];

    accounts_csrf(call->token, csrf);
    reply_json(call, 200,
               json_pack("{s{ssssss}sosssI}", "user", "name", call->user.name, "email",
                         call->user.email, "role", programme ? "programme" : "practice", "practice",
                         programme ? json_null() : json_practice(&call->user.practice), "csrf",
                         csrf, "idle_s", (json_int_t)(ACCOUNTS_IDLE_MS / 1000)));
}

void handle_session(struct call *call)
{
    reply_session(call);
}

static void set_cookie(struct call *call, const char *value, const char *more)
{
    snprintf(call->response->cookie, sizeof call->response->cookie,
             COOKIE_NAME "%s; Path=/; Secure; HttpOnly; SameSite=Strict%s", value, more);
}

void handle_sign_out(struct call *call)
{
    struct repo *repo = call->api->repo;
    unsigned char hash[REPO_HASH_BYTES];

    hash_token(call->token, hash);
    enum err e = repo->verbs->session_end(repo, hash, call->now_ms);
    if (e != ERR_OK && e != ERR_NOT_FOUND) {
        reply_err(call, e);
        return;
    }
    set_cookie(call, "", "; Max-Age=0");
    reply_empty(call, 204);
}

/* ---- signing in ------------------------------------------------------------------------ */

/* The key under which the tries of all together are counted: no hash is all zeros. */
static const unsigned char everybody[REPO_HASH_BYTES];

static void reply_later(struct call *call, int seconds, const char *code, const char *message)
{
    call->response->retry_after_s = seconds;
    reply_error(call, 429, code, message, NULL);
}

/* Counts first, so that a try that is cut short counts too; a right one is forgiven. */
static enum err count_tries(struct call *call, const unsigned char key[REPO_HASH_BYTES],
                            bool *out_enough)
{
    struct repo *repo = call->api->repo;
    int64_t mine = 0;
    int64_t all = 0;
    enum err e = repo->verbs->sign_in_try(repo, key, call->now_ms, ACCOUNTS_TRY_WINDOW_MS, &mine);

    if (e == ERR_OK)
        e = repo->verbs->sign_in_try(repo, everybody, call->now_ms, ACCOUNTS_TRY_WINDOW_MS, &all);
    if (e == ERR_OK)
        *out_enough = mine > ACCOUNTS_TRIES || all > ACCOUNTS_TRIES_ALL;
    return e;
}

static void open_session(struct call *call, const unsigned char key[REPO_HASH_BYTES])
{
    struct repo *repo = call->api->repo;
    struct session_times times = times_of(call);
    unsigned char old[SESSION_TOKEN_BYTES];
    unsigned char hash[REPO_HASH_BYTES];
    char text[2 * SESSION_TOKEN_BYTES + 1];
    enum err e = ERR_OK;

    if (find_token(call->request->cookie, old) == ERR_OK) {
        hash_token(old, hash);
        e = repo->verbs->session_end(repo, hash, call->now_ms);
    }
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        e = repo->verbs->sign_in_forgive(repo, key, everybody);
    env_random(call->api->env, call->token, sizeof call->token);
    hash_token(call->token, hash);
    if (e == ERR_OK)
        e = repo->verbs->session_add(repo, hash, call->user.id, &times);
    if (e != ERR_OK) {
        reply_err(call, e);
        return;
    }
    hex_encode(call->token, sizeof call->token, text);
    set_cookie(call, text, "");
    sodium_memzero(text, sizeof text);
    reply_session(call);
}

void handle_sign_in(struct call *call)
{
    struct repo *repo = call->api->repo;
    struct accounts *accounts = call->api->accounts;
    char email[LIMIT_EMAIL + 1];
    unsigned char key[REPO_HASH_BYTES];
    bool enough = false;
    enum err e = fold_email(str_of(call_text(call, "email")), email);

    if (e == ERR_OK) {
        crypto_generichash(key, sizeof key, (const unsigned char *)email, strlen(email), NULL, 0);
        e = count_tries(call, key, &enough);
    }
    if (e == ERR_OK && enough) {
        reply_later(call, (int)(ACCOUNTS_TRY_WINDOW_MS / 1000), "too-many",
                    "There were too many tries to sign in. Wait 15 minutes, then try again.");
        return;
    }
    if (e == ERR_OK)
        e = repo->verbs->user_find(repo, email, &call->user);
    if (e != ERR_OK && e != ERR_NOT_FOUND) {
        reply_err(call, e);
        return;
    }
    bool known = e == ERR_OK;
    e = check_password(accounts, known ? call->user.password : accounts->nobody,
                       call_text(call, "password"));
    if (e == ERR_BUSY)
        reply_later(call, 2, "busy",
                    "Many people are signing in just now. Wait a few seconds, then try again.");
    else if (e != ERR_OK || !known)
        reply_error(call, 401, "sign-in",
                    "The e-mail address or the password is not right. Check both and try again.",
                    NULL);
    else
        open_session(call, key);
}
