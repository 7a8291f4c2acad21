/*
 * help-central: makes a server's data folder, adds practices, people and kiosks to it, and serves.
 * Every command but serve may run while the server does not; the folder's lock sees to it.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "base/options.h"
#include "sync/central/accounts.h"
#include "sync/central/keys.h"
#include "sync/central/repo_sqlite.h"
#include "sync/central/serve.h"
#include "sync/central/tls.h"
#include "sync/wire/settings.h"

#define PROGRAM "help-central"

/* The store, opened for one command. */
struct desk {
    const char *data;
    int lock;
    struct repo *repo;
};

static int finish(enum err e, struct refusal *why, const char *what)
{
    if (e == ERR_OK)
        return EXIT_OK;
    if (why->problem[0] == '\0') {
        refusal_place(why, "%s", what);
        refusal_problem(why, "%s", err_name(e));
        refusal_remedy(why, e == ERR_EXISTS ? "It is there already: give another one"
                                            : "Check the folder, its rights and the disk");
    }
    refusal_print(why, PROGRAM, stderr);
    return EXIT_FAILED;
}

static enum err desk_open(struct desk *desk, const struct options *options, struct refusal *why)
{
    char path[512];
    enum err e;

    *desk = (struct desk){.data = options_get(options, "--data"), .lock = -1};
    snprintf(path, sizeof path, "%s/lock", desk->data);
    e = file_lock(path, &desk->lock);
    if (e != ERR_OK) {
        refusal_place(why, "%s", desk->data);
        refusal_problem(why, "%s", e == ERR_BUSY ? "the server is running" : err_name(e));
        refusal_remedy(why, e == ERR_BUSY ? "Stop it, run this again, and start it"
                                          : "Make the folder with \"help-central init\"");
        return e;
    }
    snprintf(path, sizeof path, "%s/central.db", desk->data);
    return repo_sqlite_open(path, false, &desk->repo, why);
}

static void desk_close(struct desk *desk)
{
    if (desk->repo != NULL)
        desk->repo->verbs->close(desk->repo);
    if (desk->lock >= 0)
        close(desk->lock);
}

/* A text that fits its field; refused by the option's name. */
static enum err take_text(const struct options *options, const char *name, char *out, size_t size,
                          struct refusal *why)
{
    const char *text = options_get(options, name);

    if (text == NULL || text[0] == '\0' || strlen(text) >= size || !str_is_utf8(str_of(text))) {
        refusal_place(why, "%s", name);
        refusal_problem(why, "is empty, longer than %zu bytes or not UTF-8", size - 1);
        refusal_remedy(why, "Give another one");
        return ERR_FORMAT;
    }
    memcpy(out, text, strlen(text) + 1);
    return ERR_OK;
}

/* An ODS code: up to nine capital letters and digits. */
static enum err take_practice_code(const struct options *options, const char *name,
                                   char out[REPO_PRACTICE_CODE + 1], struct refusal *why)
{
    enum err e = take_text(options, name, out, REPO_PRACTICE_CODE + 1, why);

    for (const char *c = out; e == ERR_OK && *c != '\0'; c++) {
        if (!isupper((unsigned char)*c) && !isdigit((unsigned char)*c)) {
            refusal_place(why, "%s", name);
            refusal_problem(why, "\"%s\" has other signs than capital letters and digits", out);
            refusal_remedy(why, "Give the practice's ODS code, such as F83004");
            e = ERR_FORMAT;
        }
    }
    return e;
}

static enum err find_practice(struct desk *desk, const char *code, struct practice *out,
                              struct refusal *why)
{
    enum err e = desk->repo->verbs->practice_find(desk->repo, code, out);

    if (e == ERR_NOT_FOUND) {
        refusal_place(why, "--practice");
        refusal_problem(why, "there is no practice \"%s\" here", code);
        refusal_remedy(why, "Add it first with \"help-central practice add\"");
    }
    return e;
}

/* --- init ---------------------------------------------------------------------------------------
 */

static int run_init(const struct options *options, void *context)
{
    const char *data = options_get(options, "--data");
    const char *host = options_get(options, "--host");
    struct refusal why = {0};
    struct server_keys keys;
    struct repo *repo = NULL;
    char path[512];
    enum err e;

    (void)context;
    e = file_make_folder(data, 0700);
    if (e == ERR_OK)
        e = server_keys_make(data, &keys, &why);
    if (e == ERR_OK)
        e = tls_make(data, host == NULL ? "" : host, &why);
    snprintf(path, sizeof path, "%s/central.db", data);
    if (e == ERR_OK)
        e = repo_sqlite_open(path, true, &repo, &why);
    if (repo != NULL)
        repo->verbs->close(repo);
    keys_wipe(&keys, sizeof keys);
    if (e == ERR_OK)
        printf("%s is ready. Keep %s/keys in your backup: without it nothing can be read.\n", data,
               data);
    return finish(e, &why, data);
}

/* --- practice add, user add ---------------------------------------------------------------------
 */

static int run_practice_add(const struct options *options, void *context)
{
    struct practice practice = {0};
    struct refusal why = {0};
    struct desk desk;
    enum err e = desk_open(&desk, options, &why);

    (void)context;
    if (e == ERR_OK)
        e = take_practice_code(options, "--code", practice.code, &why);
    if (e == ERR_OK)
        e = take_text(options, "--name", practice.name, sizeof practice.name, &why);
    if (e == ERR_OK)
        e = desk.repo->verbs->practice_add(desk.repo, &practice, env_wall_ms(&env_system));
    desk_close(&desk);
    return finish(e, &why, "--code");
}

/* The first line of standard input; a terminal is asked for it. */
static enum err read_password(char out[ACCOUNTS_PASSWORD_MAX + 2], struct refusal *why)
{
    if (isatty(STDIN_FILENO)) {
        fputs("Password: ", stderr);
        fflush(stderr);
    }
    if (fgets(out, ACCOUNTS_PASSWORD_MAX + 2, stdin) == NULL)
        out[0] = '\0';
    out[strcspn(out, "\r\n")] = '\0';
    if (strlen(out) < ACCOUNTS_PASSWORD_MIN || strlen(out) > ACCOUNTS_PASSWORD_MAX) {
        refusal_place(why, "password");
        refusal_problem(why, "has fewer than %d or more than %d bytes", ACCOUNTS_PASSWORD_MIN,
                        ACCOUNTS_PASSWORD_MAX);
        refusal_remedy(why, "Give a longer one on the first line of standard input");
        return ERR_FORMAT;
    }
    return ERR_OK;
}

static enum err take_role(const struct options *options, struct desk *desk, struct user *user,
                          struct refusal *why)
{
    const char *role = options_get(options, "--role");
    const char *code = options_get(options, "--practice");

    if (strcmp(role, "programme") == 0 && code == NULL)
        return ERR_OK;
    if (strcmp(role, "practice") == 0 && code != NULL)
        return find_practice(desk, code, &user->practice, why);
    refusal_place(why, "--role");
    refusal_problem(why, "\"%.40s\" does not fit with --practice", role);
    refusal_remedy(why, "Give \"practice\" with --practice CODE, or \"programme\" without it");
    return ERR_FORMAT;
}

static int run_user_add(const struct options *options, void *context)
{
    char password[ACCOUNTS_PASSWORD_MAX + 2] = "";
    struct user user = {0};
    struct refusal why = {0};
    struct desk desk;
    enum err e = desk_open(&desk, options, &why);

    (void)context;
    if (e == ERR_OK)
        e = take_text(options, "--email", user.email, sizeof user.email, &why);
    if (e == ERR_OK)
        e = take_text(options, "--name", user.name, sizeof user.name, &why);
    if (e == ERR_OK)
        e = take_role(options, &desk, &user, &why);
    if (e == ERR_OK)
        e = read_password(password, &why);
    if (e == ERR_OK)
        e = accounts_hash(password, user.password);
    if (e == ERR_OK)
        e = desk.repo->verbs->user_add(desk.repo, &user, env_wall_ms(&env_system));
    keys_wipe(password, sizeof password);
    desk_close(&desk);
    return finish(e, &why, "--email");
}

/* --- kiosk add ----------------------------------------------------------------------------------
 */

static enum err take_kiosk(const struct options *options, struct desk *desk, struct kiosk *kiosk,
                           struct refusal *why)
{
    const char *mode = options_get(options, "--mode");
    enum err e = take_text(options, "--name", kiosk->name, sizeof kiosk->name, why);

    if (e == ERR_OK)
        e = find_practice(desk, options_get(options, "--practice"), &kiosk->practice, why);
    if (e == ERR_OK && strcmp(mode, "demo") != 0 && strcmp(mode, "live") != 0) {
        refusal_place(why, "--mode");
        refusal_problem(why, "is neither demo nor live");
        refusal_remedy(why, "A demo kiosk takes test NHS numbers only, a live one refuses them");
        e = ERR_FORMAT;
    }
    if (e == ERR_OK && (hex_decode(str_of(options_get(options, "--public-key")), kiosk->public_key,
                                   SIGN_PUBLIC_BYTES) != ERR_OK ||
                        !sign_public_usable(kiosk->public_key))) {
        refusal_place(why, "--public-key");
        refusal_problem(why, "is not the key that \"help-sync init\" prints");
        refusal_remedy(why, "Copy its 64 hexadecimal digits");
        e = ERR_FORMAT;
    }
    kiosk->live = strcmp(mode, "live") == 0;
    kiosk->id = id_make(&env_system);
    return e;
}

static enum err write_settings(const struct options *options, const struct desk *desk,
                               const struct kiosk *kiosk, struct refusal *why)
{
    struct settings *settings = calloc(1, sizeof *settings);
    char *bytes = malloc(SETTINGS_FILE_MAX);
    char *authority = NULL;
    struct server_keys keys;
    struct buf out;
    enum err e = settings == NULL || bytes == NULL ? ERR_MEMORY : ERR_OK;

    if (e == ERR_OK)
        e = server_keys_load(desk->data, &keys, why);
    if (e == ERR_OK)
        e = tls_load_authority(desk->data, &authority, why);
    if (e == ERR_OK)
        e = take_text(options, "--server", settings->server_url, sizeof settings->server_url, why);
    if (e == ERR_OK && strlen(authority) >= sizeof settings->ca_pem)
        e = ERR_LIMIT;
    if (e == ERR_OK) {
        settings->kiosk = kiosk->id;
        strcpy(settings->kiosk_name, kiosk->name);
        settings->mode = kiosk->live ? KIOSK_LIVE : KIOSK_DEMO;
        strcpy(settings->practice_code, kiosk->practice.code);
        strcpy(settings->practice_name, kiosk->practice.name);
        strcpy(settings->ca_pem, authority);
        settings->seal_key = keys.seal.key;
        memcpy(settings->sign_public, keys.sign.public_key, SIGN_PUBLIC_BYTES);
        buf_init(&out, bytes, SETTINGS_FILE_MAX);
        e = settings_encode(settings, &out);
    }
    /* Read back: what a kiosk would refuse is not handed out. */
    if (e == ERR_OK)
        e = settings_decode(buf_str(&out), settings, why);
    if (e == ERR_OK)
        e = file_replace(options_get(options, "--out"), out.at, out.len, 0600);
    keys_wipe(&keys, sizeof keys);
    free(authority);
    free(bytes);
    free(settings);
    return e;
}

static int run_kiosk_add(const struct options *options, void *context)
{
    struct kiosk kiosk = {0};
    struct refusal why = {0};
    struct desk desk;
    enum err e = desk_open(&desk, options, &why);

    (void)context;
    if (e == ERR_OK)
        e = take_kiosk(options, &desk, &kiosk, &why);
    /* The file first: a kiosk in the store without its settings would be nobody's. */
    if (e == ERR_OK)
        e = write_settings(options, &desk, &kiosk, &why);
    if (e == ERR_OK)
        e = desk.repo->verbs->kiosk_add(desk.repo, &kiosk, env_wall_ms(&env_system));
    desk_close(&desk);
    return finish(e, &why, "--out");
}

/* --- serve --------------------------------------------------------------------------------------
 */

static int run_serve(const struct options *options, void *context)
{
    struct serve_options serve_options = {.data = options_get(options, "--data"),
                                          .device = options_get(options, "--device"),
                                          .portal = options_get(options, "--portal"),
                                          .portal_files = options_get(options, "--portal-files"),
                                          .pack = options_get(options, "--pack"),
                                          .host = options_get(options, "--host")};
    struct refusal why = {0};

    (void)context;
    return finish(serve(&serve_options, &why), &why, serve_options.data);
}

static const struct option_row init_rows[] = {
    {"--data", "DIR", "folder to make: keys, certificate and store", true},
    {"--host", "NAME", "a name that kiosks reach it by, beside localhost", false},
};
static const struct option_row practice_rows[] = {
    {"--data", "DIR", "the server's folder", true},
    {"--code", "CODE", "ODS code of the practice", true},
    {"--name", "NAME", "as its patients know it", true},
};
static const struct option_row user_rows[] = {
    {"--data", "DIR", "the server's folder", true},
    {"--email", "ADDRESS", "to sign in with", true},
    {"--name", "NAME", "as colleagues know them", true},
    {"--role", "ROLE", "practice: sees its own; programme: sees all", true},
    {"--practice", "CODE", "for the role practice", false},
    {"--password-stdin", NULL, "the password is the first line of standard input", false},
};
static const struct option_row kiosk_rows[] = {
    {"--data", "DIR", "the server's folder", true},
    {"--practice", "CODE", "where it stands", true},
    {"--name", "NAME", "to tell it from others: Front desk", true},
    {"--public-key", "HEX", "as \"help-sync init\" prints it", true},
    {"--server", "URL", "https address that the kiosk reaches it by", true},
    {"--mode", "MODE", "demo or live", true},
    {"--out", "FILE", "settings for \"help-sync enrol\"", true},
};
static const struct option_row serve_rows[] = {
    {"--data", "DIR", "the server's folder", true},
    {"--device", "ADDRESS", "for kiosks, HTTPS: 127.0.0.1:8443", true},
    {"--portal", "ADDRESS", "for browsers, HTTP behind a proxy or on loopback", true},
    {"--portal-files", "DIR", "the portal's pages", true},
    {"--pack", "DIR", "the content pack: its form", true},
    {"--host", "NAME", "a further name that it answers to", false},
};

#define ROWS(rows) rows, sizeof(rows) / sizeof *(rows)

static const struct command commands[] = {
    {"init", "Makes a new server.", ROWS(init_rows), NULL, run_init},
    {"practice add", "Adds a practice.", ROWS(practice_rows), NULL, run_practice_add},
    {"user add", "Adds a person who may sign in.", ROWS(user_rows), NULL, run_user_add},
    {"kiosk add", "Adds a kiosk and writes its settings.", ROWS(kiosk_rows), NULL, run_kiosk_add},
    {"serve", "Serves kiosks and the portal.", ROWS(serve_rows), NULL, run_serve},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        PROGRAM,
        "The server of the HeLP-Diabetes kiosks: takes sign-ups in, shows them to practices.",
        commands, sizeof commands / sizeof *commands, NULL};
    const struct rlimit none = {0, 0};

    /* It holds the keys that open records: no core, no tracing by the same user. */
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        keys_init() != ERR_OK) {
        fprintf(stderr, "%s: the system denies a safe start\n", PROGRAM);
        return EXIT_FAILED;
    }
    return options_main(&program, argc, argv);
}
