/* The data folder as a whole: see store.h. */
#include "sync/central/store.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "sync/central/repo_sqlite.h"
#include "sync/central/tls.h"

static enum err path_of(const char *folder, const char *name, char out_path[PATH_MAX])
{
    return snprintf(out_path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX ? ERR_OK : ERR_LIMIT;
}

static enum err take_lock(const char *folder, struct store *store, struct refusal *refusal)
{
    char path[PATH_MAX];
    int lock = -1;
    enum err e = path_of(folder, "lock", path);

    if (e == ERR_OK)
        e = file_lock(path, &lock);
    if (e == ERR_OK) {
        store->lock = lock;
        return ERR_OK;
    }
    refusal_place(refusal, "%s", folder);
    if (e == ERR_BUSY) {
        refusal_problem(refusal, "another help-central is running on this folder");
        refusal_remedy(refusal, "Stop it first, or give another folder with --data");
    } else {
        refusal_problem(refusal, "can't be used: %s", err_name(e));
        refusal_remedy(refusal,
                       e == ERR_NOT_FOUND
                           ? "Give a server's folder, or run: help-central init --data FOLDER"
                           : "Check who owns the folder and the space on its disk");
    }
    return e;
}

static enum err write_host(const char *folder, const char *host)
{
    char path[PATH_MAX];
    enum err e = path_of(folder, "host", path);

    return e != ERR_OK ? e : file_replace(path, host, strlen(host), 0600);
}

static enum err read_host(const char *folder, char out_host[STORE_HOST + 1])
{
    char path[PATH_MAX];
    char *text = NULL;
    size_t size = 0;
    enum err e = path_of(folder, "host", path);

    if (e == ERR_OK)
        e = file_read(path, STORE_HOST, &text, &size);
    if (e == ERR_OK)
        memcpy(out_host, text, size + 1);
    free(text);
    /* A folder made without a name may have no such file. */
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_make(const char *folder, const char *host, struct store *out_store,
                    struct refusal *refusal)
{
    char database[PATH_MAX];
    struct stat about;
    struct store store = {.lock = -1};
    enum err e = path_of(folder, "central.db", database);

    refusal_place(refusal, "%s", folder);
    if (e == ERR_OK && stat(database, &about) == 0) {
        refusal_problem(refusal, "holds a server already");
        refusal_remedy(refusal, "Choose another folder; nothing was changed");
        return ERR_EXISTS;
    }
    if (e == ERR_OK)
        e = file_make_folder(folder, 0700);
    if (e != ERR_OK) {
        refusal_problem(refusal, "can't be made: %s", err_name(e));
        refusal_remedy(refusal, "Choose a folder that you may write to");
        return e;
    }
    e = take_lock(folder, &store, refusal);
    if (e == ERR_OK)
        e = server_keys_make(folder, &store.keys, refusal);
    if (e == ERR_OK)
        e = tls_make(folder, host, refusal);
    if (e == ERR_OK)
        e = write_host(folder, host);
    /* Last: a folder with a database is a folder that is complete. */
    if (e == ERR_OK)
        e = repo_sqlite_open(database, true, &store.repo, refusal);
    if (e != ERR_OK) {
        store_close(&store);
        return e;
    }
    memcpy(store.host, host, strlen(host) + 1);
    *out_store = store;
    return ERR_OK;
}

enum err store_open(const char *folder, struct store *out_store, struct refusal *refusal)
{
    char database[PATH_MAX];
    struct store store = {.lock = -1};
    enum err e = path_of(folder, "central.db", database);

    if (e == ERR_OK)
        e = take_lock(folder, &store, refusal);
    if (e == ERR_OK)
        e = server_keys_load(folder, &store.keys, refusal);
    if (e == ERR_OK)
        e = read_host(folder, store.host);
    if (e == ERR_OK)
        e = repo_sqlite_open(database, false, &store.repo, refusal);
    if (e != ERR_OK) {
        store_close(&store);
        return e;
    }
    *out_store = store;
    return ERR_OK;
}

void store_close(struct store *store)
{
    if (store->repo != NULL)
        store->repo->verbs->close(store->repo);
    store->repo = NULL;
    keys_wipe(&store->keys, sizeof store->keys);
    if (store->lock > 0)
        close(store->lock);
    store->lock = -1;
}
