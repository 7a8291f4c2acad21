/* The server's secrets in their files: see keys.h. */
#include "sync/central/keys.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hex.h"

#define SECRET_BYTES 32

static enum err key_path(const char *folder, const char *name, char out_path[PATH_MAX],
                         struct refusal *refusal)
{
    if (snprintf(out_path, PATH_MAX, "%s/keys/%s", folder, name) >= PATH_MAX)
        return ERR_LIMIT;
    refusal_place(refusal, "%s", out_path);
    return ERR_OK;
}

static enum err check_absent(const char *folder, const char *name, struct refusal *refusal)
{
    char path[PATH_MAX];
    struct stat about;
    enum err e = key_path(folder, name, path, refusal);

    if (e != ERR_OK || stat(path, &about) != 0)
        return e;
    refusal_problem(refusal, "is there already");
    refusal_remedy(refusal, "Choose another folder; nothing was changed");
    return ERR_EXISTS;
}

static enum err write_secret(const char *folder, const char *name,
                             const unsigned char secret[SECRET_BYTES], struct refusal *refusal)
{
    char path[PATH_MAX];
    char text[2 * SECRET_BYTES + 2];
    enum err e = key_path(folder, name, path, refusal);

    if (e != ERR_OK)
        return e;
    hex_encode(secret, SECRET_BYTES, text);
    text[sizeof text - 2] = '\n';
    e = file_replace(path, text, sizeof text - 1, 0600);
    keys_wipe(text, sizeof text);
    if (e != ERR_OK) {
        refusal_problem(refusal, "can't be written: %s", err_name(e));
        refusal_remedy(refusal, "Check the folder's owner and the space on its disk");
    }
    return e;
}

static enum err read_secret(const char *folder, const char *name,
                            unsigned char out_secret[SECRET_BYTES], struct refusal *refusal)
{
    char path[PATH_MAX];
    char *text = NULL;
    size_t size = 0;
    enum err e = key_path(folder, name, path, refusal);

    if (e == ERR_OK)
        e = file_read(path, 2 * SECRET_BYTES + 1, &text, &size);
    if (e == ERR_OK)
        e = hex_decode(str_trim((struct str){text, size}), out_secret, SECRET_BYTES);
    if (e == ERR_NOT_FOUND) {
        refusal_problem(refusal, "is not there");
        refusal_remedy(refusal, "Restore it from the backup: a new one does not fit the kiosks. "
                                "For a new server run: help-central init --data FOLDER");
    } else if (e != ERR_OK) {
        refusal_problem(refusal, "can't be read as a key: %s", err_name(e));
        refusal_remedy(refusal, "Restore it from the backup");
    }
    if (text != NULL)
        keys_wipe(text, size);
    free(text);
    return e;
}

enum err server_keys_make(const char *data_folder, struct server_keys *out_keys,
                          struct refusal *refusal)
{
    struct server_keys keys;
    unsigned char seed[SIGN_SEED_BYTES];
    char path[PATH_MAX];
    enum err e = check_absent(data_folder, "sign.key", refusal);

    if (e == ERR_OK)
        e = check_absent(data_folder, "seal.key", refusal);
    if (e != ERR_OK)
        return e;
    e = ERR_LIMIT;
    refusal_place(refusal, "%s/keys", data_folder);
    if (snprintf(path, sizeof path, "%s/keys", data_folder) < (int)sizeof path)
        e = file_make_folder(path, 0700);
    if (e != ERR_OK)
        return e;
    sign_key_make(&keys.sign);
    seal_pair_make(&keys.seal);
    sign_key_seed(&keys.sign, seed);
    e = write_secret(data_folder, "sign.key", seed, refusal);
    if (e == ERR_OK)
        e = write_secret(data_folder, "seal.key", keys.seal.secret_key, refusal);
    if (e == ERR_OK)
        *out_keys = keys;
    keys_wipe(seed, sizeof seed);
    keys_wipe(&keys, sizeof keys);
    return e;
}

enum err server_keys_load(const char *data_folder, struct server_keys *out_keys,
                          struct refusal *refusal)
{
    unsigned char seed[SECRET_BYTES];
    unsigned char secret[SECRET_BYTES];
    enum err e = read_secret(data_folder, "sign.key", seed, refusal);

    if (e == ERR_OK)
        e = read_secret(data_folder, "seal.key", secret, refusal);
    if (e == ERR_OK) {
        sign_key_from_seed(seed, &out_keys->sign);
        seal_pair_from_secret(secret, &out_keys->seal);
    }
    keys_wipe(seed, sizeof seed);
    keys_wipe(secret, sizeof secret);
    return e;
}
