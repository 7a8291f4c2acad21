/* The commands that change a server's store while it does not serve: init and the adding ones. */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/env.h"
#include "base/file.h"
#include "base/hex.h"
#include "sync/central/accounts.h"
#include "sync/central/commands.h"
#include "sync/central/fold.h"
#include "sync/central/store.h"
#include "sync/central/tls.h"
#include "sync/wire/settings.h"

int command_failed(const struct refusal *refusal, enum err e)
{
    if (refusal->problem[0] != '\0')
        refusal_print(refusal, "help-central", stderr);
    else
        fprintf(stderr, "help-central: %s\n", err_name(e));
    return EXIT_FAILED;
}

enum err command_refuse(struct refusal *refusal, const char *place, const char *problem,
                        const char *remedy)
{
    refusal_place(refusal, "%s", place);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "%s", remedy);
    return ERR_REFUSED;
}

static enum err copy_name(struct refusal *refusal, const char *place, const char *value,
                          char out_name[REPO_NAME + 1])
{
    struct str text = str_trim(str_of(value));

    if (text.len == 0 || text.len > REPO_NAME || !str_is_utf8(text) ||
        memchr(text.at, '\n', text.len) != NULL)
        return command_refuse(refusal, place, "is empty, too long or not text",
                              "Give a name of 1 to 80 bytes");
    memcpy(out_name, text.at, text.len);
    out_name[text.len] = '\0';
    return ERR_OK;
}

static enum err copy_code(struct refusal *refusal, const char *place, const char *value,
                          char out_code[REPO_PRACTICE_CODE + 1])
{
    size_t len = strlen(value);
    bool good = len > 0 && len <= REPO_PRACTICE_CODE;

    for (size_t i = 0; i < len && good; i++)
        good = (value[i] >= 'A' && value[i] <= 'Z') || (value[i] >= '0' && value[i] <= '9');
    if (!good)
        return command_refuse(refusal, place, "is not an ODS code",
                              "Give up to 9 capital letters and digits, such as Y99999");
    memcpy(out_code, value, len + 1);
    return ERR_OK;
}

int command_init(const struct options *options, void *context)
{
    const char *host = options_get(options, "--host");
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    enum err e = ERR_OK;

    (void)context;
    host = host != NULL ? host : "";
    for (const char *c = host; *c != '\0'; c++) {
        if (!isalnum((unsigned char)*c) && *c != '-' && *c != '.' && *c != ':')
            e = ERR_FORMAT;
    }
    if (e != ERR_OK || strlen(host) > STORE_HOST)
        e = command_refuse(&refusal, "--host", "is not a host name",
                           "Give a name such as central.example.org");
    if (e == ERR_OK)
        e = store_make(options_get(options, "--data"), host, &store, &refusal);
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("made %s\nBack up its keys folder: without seal.key no sign-up can be read.\n",
           options_get(options, "--data"));
    return EXIT_OK;
}

int command_practice_add(const struct options *options, void *context)
{
    struct practice practice = {0};
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    enum err e = copy_code(&refusal, "--code", options_get(options, "--code"), practice.code);

    (void)context;
    if (e == ERR_OK)
        e = copy_name(&refusal, "--name", options_get(options, "--name"), practice.name);
    if (e == ERR_OK)
        e = store_open(options_get(options, "--data"), &store, &refusal);
    if (e == ERR_OK) {
        e = store.repo->verbs->practice_add(store.repo, &practice, env_wall_ms(&env_system));
        if (e == ERR_EXISTS)
            e = command_refuse(&refusal, practice.code, "is there already", "Nothing was changed");
    }
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("added practice %s\n", practice.code);
    return EXIT_OK;
}

/* One line from standard input, without its line end. */
static enum err read_password(struct refusal *refusal, char out_password[ACCOUNTS_PASSWORD_MAX + 1])
{
    char line[ACCOUNTS_PASSWORD_MAX + 3];
    size_t len = 0;
    enum err e = ERR_OK;

    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    len = strcspn(line, "\r\n");
    line[len] = '\0';
    if (len < ACCOUNTS_PASSWORD_MIN || len > ACCOUNTS_PASSWORD_MAX ||
        !str_is_utf8((struct str){line, len}))
        e = command_refuse(refusal, "password", "is too short, too long or not text",
                           "Give one line of at least 12 characters on standard input");
    else
        memcpy(out_password, line, len + 1);
    keys_wipe(line, sizeof line);
    return e;
}

/* The same at a terminal: what is typed is not shown. */
static enum err ask_password(const char *name, struct refusal *refusal,
                             char out_password[ACCOUNTS_PASSWORD_MAX + 1])
{
    struct termios before;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;

    if (terminal) {
        struct termios quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    fprintf(stderr, "Password for %s (one line, 12 characters or more): ", name);
    enum err e = read_password(refusal, out_password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    return e;
}

static enum err fill_user(const struct options *options, struct user *user, struct refusal *refusal)
{
    const char *role = options_get(options, "--role");
    const char *practice = options_get(options, "--practice");
    enum err e = fold_email(str_of(options_get(options, "--email")), user->email);

    if (e != ERR_OK || strchr(user->email, '@') == NULL || !str_is_utf8(str_of(user->email)))
        return command_refuse(refusal, "--email", "is not an e-mail address",
                              "Give an address such as name@example.org");
    if (strcmp(role, "practice") != 0 && strcmp(role, "programme") != 0)
        return command_refuse(refusal, "--role", "is not a role", "Give practice or programme");
    if ((strcmp(role, "practice") == 0) != (practice != NULL))
        return command_refuse(refusal, "--practice", "does not go with this role",
                              "Give it with --role practice, and only then");
    e = copy_name(refusal, "--name", options_get(options, "--name"), user->name);
    if (e == ERR_OK && practice != NULL)
        e = copy_code(refusal, "--practice", practice, user->practice.code);
    return e;
}

int command_user_add(const struct options *options, void *context)
{
    char password[ACCOUNTS_PASSWORD_MAX + 1] = "";
    struct user user = {0};
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    enum err e = fill_user(options, &user, &refusal);

    (void)context;
    if (e == ERR_OK && options_get(options, "--password-stdin") != NULL)
        e = read_password(&refusal, password);
    else if (e == ERR_OK)
        e = ask_password(user.name, &refusal, password);
    if (e == ERR_OK)
        e = accounts_hash(password, user.password);
    keys_wipe(password, sizeof password);
    if (e == ERR_OK)
        e = store_open(options_get(options, "--data"), &store, &refusal);
    if (e == ERR_OK) {
        e = store.repo->verbs->user_add(store.repo, &user, env_wall_ms(&env_system));
        if (e == ERR_EXISTS)
            e = command_refuse(&refusal, "--email", "has an account already",
                               "Nothing was changed");
        else if (e == ERR_NOT_FOUND)
            e = command_refuse(&refusal, "--practice", "is not a practice of this server",
                               "Add it first: help-central practice add");
    }
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("added user\n");
    return EXIT_OK;
}

/* ---- kiosks ---------------------------------------------------------------------------- */

static enum err fill_kiosk(const struct options *options, struct kiosk *kiosk,
                           struct refusal *refusal)
{
    const char *mode = options_get(options, "--mode");
    struct str key = str_of(options_get(options, "--public-key"));
    enum err e =
        copy_code(refusal, "--practice", options_get(options, "--practice"), kiosk->practice.code);

    if (e == ERR_OK)
        e = copy_name(refusal, "--name", options_get(options, "--name"), kiosk->name);
    if (e != ERR_OK)
        return e;
    if (hex_decode(key, kiosk->public_key, sizeof kiosk->public_key) != ERR_OK ||
        !sign_public_usable(kiosk->public_key))
        return command_refuse(refusal, "--public-key",
                              "is not the key that \"help-sync init\" prints",
                              "Copy its 64 hexadecimal digits");
    if (strcmp(mode, "demo") != 0 && strcmp(mode, "live") != 0)
        return command_refuse(refusal, "--mode", "is not a mode", "Give demo or live");
    kiosk->live = strcmp(mode, "live") == 0;
    kiosk->id = id_make(&env_system);
    return ERR_OK;
}

static enum err fill_settings(const struct options *options, const struct store *store,
                              const struct kiosk *kiosk, struct settings *settings,
                              struct refusal *refusal)
{
    const char *url = options_get(options, "--server");
    char *authority = NULL;

    if (strncmp(url, "https://", 8) != 0 || strlen(url) > SETTINGS_URL)
        return command_refuse(refusal, "--server", "is not an https address",
                              "Give an address such as https://central.example.org:8443");
    enum err e = tls_load_authority(options_get(options, "--data"), &authority, refusal);
    if (e == ERR_OK && strlen(authority) > SETTINGS_CA_PEM)
        e = ERR_LIMIT;
    if (e == ERR_OK) {
        settings->kiosk = kiosk->id;
        strcpy(settings->kiosk_name, kiosk->name);
        settings->mode = kiosk->live ? KIOSK_LIVE : KIOSK_DEMO;
        strcpy(settings->practice_code, kiosk->practice.code);
        strcpy(settings->practice_name, kiosk->practice.name);
        strcpy(settings->server_url, url);
        strcpy(settings->ca_pem, authority);
        settings->seal_key = store->keys.seal.key;
        memcpy(settings->sign_public, store->keys.sign.public_key, SIGN_PUBLIC_BYTES);
    }
    free(authority);
    return e;
}

/* The file first, checked by the reader that will read it; then the row that makes it count. */
static enum err add_kiosk(const struct options *options, const struct store *store,
                          struct kiosk *kiosk, struct refusal *refusal)
{
    struct repo *repo = store->repo;
    struct settings *settings = calloc(2, sizeof *settings);
    char *text = malloc(SETTINGS_FILE_MAX + 1);
    struct buf out;
    enum err e = settings != NULL && text != NULL ? ERR_OK : ERR_MEMORY;

    if (e == ERR_OK) {
        e = repo->verbs->practice_find(repo, kiosk->practice.code, &kiosk->practice);
        if (e == ERR_NOT_FOUND)
            e = command_refuse(refusal, "--practice", "is not a practice of this server",
                               "Add it first: help-central practice add");
    }
    if (e == ERR_OK)
        e = fill_settings(options, store, kiosk, &settings[0], refusal);
    if (e == ERR_OK) {
        buf_init(&out, text, SETTINGS_FILE_MAX + 1);
        e = settings_encode(&settings[0], &out);
    }
    if (e == ERR_OK)
        e = settings_decode(buf_str(&out), &settings[1], refusal);
    if (e == ERR_OK) {
        e = file_replace(options_get(options, "--out"), out.at, out.len, 0644);
        if (e != ERR_OK) {
            refusal_place(refusal, "%s", options_get(options, "--out"));
            refusal_problem(refusal, "can't be written: %s", err_name(e));
            refusal_remedy(refusal, "Give a file in a folder that you may write to");
        }
    }
    if (e == ERR_OK)
        e = repo->verbs->kiosk_add(repo, kiosk, env_wall_ms(&env_system));
    free(text);
    free(settings);
    return e;
}

int command_kiosk_add(const struct options *options, void *context)
{
    struct kiosk kiosk = {0};
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    char id[ID_TEXT + 1];
    enum err e = fill_kiosk(options, &kiosk, &refusal);

    (void)context;
    if (e == ERR_OK)
        e = store_open(options_get(options, "--data"), &store, &refusal);
    if (e == ERR_OK)
        e = add_kiosk(options, &store, &kiosk, &refusal);
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    id_text(&kiosk.id, id);
    printf("added kiosk %s\nwrote %s: copy it to the kiosk\n", id, options_get(options, "--out"));
    return EXIT_OK;
}

int command_kiosk_revoke(const struct options *options, void *context)
{
    struct id id;
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    enum err e = id_parse(str_of(options_get(options, "--id")), &id);

    (void)context;
    if (e != ERR_OK)
        e = command_refuse(&refusal, "--id", "is not a kiosk's id",
                           "Copy it from the portal or the log");
    if (e == ERR_OK)
        e = store_open(options_get(options, "--data"), &store, &refusal);
    if (e == ERR_OK) {
        e = store.repo->verbs->kiosk_revoke(store.repo, &id, env_wall_ms(&env_system));
        if (e == ERR_NOT_FOUND)
            e = command_refuse(&refusal, "--id", "is not a kiosk of this server",
                               "Nothing was changed");
    }
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("revoked: nothing is taken from this kiosk any more\n");
    return EXIT_OK;
}

int command_audit_check(const struct options *options, void *context)
{
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    int64_t n = 0;
    enum err e = store_open(options_get(options, "--data"), &store, &refusal);

    (void)context;
    if (e == ERR_OK)
        e = store.repo->verbs->audit_check(store.repo, &n);
    store_close(&store);
    if (e == ERR_CHECK) {
        refusal_place(&refusal, "audit log");
        refusal_problem(&refusal, "row %lld does not fit the row before it", (long long)n);
        refusal_remedy(&refusal, "It was changed: compare it with the last backup");
    }
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("the audit log is whole\n");
    return EXIT_OK;
}
