/* The files of the state folder: see identity.h. */
#include "sync/agent/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"

#define KEY_FILE      "device.key"
#define SETTINGS_FILE "settings.json"
#define LOCK_FILE     "lock"
#define PATH_SIZE     512

static enum err refuse(struct refusal *r, const char *place, enum err e, const char *remedy)
{
    refusal_place(r, "%s", place);
    refusal_problem(r, "%s", err_name(e));
    refusal_remedy(r, "%s", remedy);
    return e;
}

static enum err path_of(const char *state, const char *name, char out_path[PATH_SIZE],
                        struct refusal *refusal)
{
    if (snprintf(out_path, PATH_SIZE, "%s/%s", state, name) >= PATH_SIZE)
        return refuse(refusal, "--state", ERR_LIMIT, "Give a shorter path");
    return ERR_OK;
}

enum err identity_lock(const char *state, int *out_descriptor, struct refusal *refusal)
{
    char path[PATH_SIZE];
    enum err e = path_of(state, LOCK_FILE, path, refusal);

    if (e != ERR_OK)
        return e;
    e = file_lock(path, out_descriptor);
    if (e == ERR_BUSY)
        return refuse(refusal, path, e, "Stop the help-sync that runs there");
    if (e == ERR_NOT_FOUND)
        return refuse(refusal, state, e, "Run \"help-sync init\" first");
    if (e == ERR_READ_ONLY || e == ERR_FULL)
        return refuse(refusal, path, e, "Give a folder on a disk that takes writes");
    if (e != ERR_OK)
        return refuse(refusal, path, e, "Run as the user who owns the folder");
    return ERR_OK;
}

enum err identity_load_key(const char *state, struct sign_key *out_key, struct refusal *refusal)
{
    unsigned char seed[SIGN_SEED_BYTES];
    char path[PATH_SIZE];
    char *text = NULL;
    size_t size = 0;
    enum err e = path_of(state, KEY_FILE, path, refusal);

    if (e != ERR_OK)
        return e;
    e = file_read(path, 2 * SIGN_SEED_BYTES + 1, &text, &size);
    if (e == ERR_NOT_FOUND)
        return refuse(refusal, path, e, "Run \"help-sync init\" first");
    if (e != ERR_OK)
        return refuse(refusal, path, e, "Run as the user who owns the folder");
    e = hex_decode(str_trim((struct str){text, size}), seed, sizeof seed);
    if (e == ERR_OK)
        sign_key_from_seed(seed, out_key);
    else
        (void)refuse(
            refusal, path, e,
            "The key is damaged: move the file away, run init, and enrol the device again");
    keys_wipe(seed, sizeof seed);
    keys_wipe(text, size);
    free(text);
    return e;
}

enum err identity_init(const char *state, struct sign_key *out_key, struct refusal *refusal)
{
    char text[2 * SIGN_SEED_BYTES + 2];
    unsigned char seed[SIGN_SEED_BYTES];
    char path[PATH_SIZE];
    struct sign_key key;
    enum err e = file_make_folder(state, 0700);

    if (e != ERR_OK)
        return refuse(refusal, state, e, "Give a folder that this user can make and write");
    e = path_of(state, KEY_FILE, path, refusal);
    if (e != ERR_OK)
        return e;
    if (access(path, F_OK) == 0)
        return identity_load_key(state, out_key, refusal);
    sign_key_make(&key);
    sign_key_seed(&key, seed);
    hex_encode(seed, sizeof seed, text);
    strcat(text, "\n");
    e = file_replace(path, text, strlen(text), 0600);
    if (e == ERR_OK)
        *out_key = key;
    else
        (void)refuse(refusal, path, e, "Give a folder that this user can write");
    keys_wipe(&key, sizeof key);
    keys_wipe(seed, sizeof seed);
    keys_wipe(text, sizeof text);
    return e;
}

enum err identity_read(const char *file, struct settings *out_settings, struct refusal *refusal)
{
    char inner[sizeof refusal->place];
    char *text = NULL;
    size_t size = 0;
    enum err e = file_read(file, SETTINGS_FILE_MAX, &text, &size);

    if (e != ERR_OK)
        return refuse(refusal, file, e, "Give the file that \"help-central kiosk add\" wrote");
    e = settings_decode((struct str){text, size}, out_settings, refusal);
    free(text);
    if (e != ERR_OK) {
        snprintf(inner, sizeof inner, "%s", refusal->place);
        refusal_place(refusal, "%.90s: %.60s", file, inner);
    }
    return e;
}

enum err identity_load_settings(const char *state, struct settings *out_settings,
                                struct refusal *refusal)
{
    char path[PATH_SIZE];
    enum err e = path_of(state, SETTINGS_FILE, path, refusal);

    if (e != ERR_OK)
        return e;
    if (access(path, F_OK) != 0)
        return ERR_NOT_FOUND;
    return identity_read(path, out_settings, refusal);
}

enum err identity_enrol(const char *state, const char *file, struct settings *out_settings,
                        struct refusal *refusal)
{
    char path[PATH_SIZE];
    char *text = NULL;
    struct buf out;
    enum err e = path_of(state, SETTINGS_FILE, path, refusal);

    if (e == ERR_OK)
        e = identity_read(file, out_settings, refusal);
    if (e != ERR_OK)
        return e;
    text = malloc(SETTINGS_FILE_MAX + 1);
    if (text == NULL)
        return refuse(refusal, path, ERR_MEMORY, "Try again");
    buf_init(&out, text, SETTINGS_FILE_MAX + 1);
    e = settings_encode(out_settings, &out);
    if (e == ERR_OK)
        e = file_replace(path, text, out.len, 0600);
    if (e != ERR_OK)
        (void)refuse(refusal, path, e, "Run as the user who owns the folder");
    free(text);
    return e;
}
