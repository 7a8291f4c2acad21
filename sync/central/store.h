/*
 * The data folder of a server: lock, keys, certificates, host name and database together, as init
 * makes them and every other command opens them. One program at a time holds the folder, because
 * only one connection may write the database.
 *     lock  host  keys/  tls/  forms/  central.db
 */
#ifndef CENTRAL_STORE_H
#define CENTRAL_STORE_H

#include "sync/central/keys.h"
#include "sync/central/repo.h"

#define STORE_HOST 253 /* longest DNS name */

struct store {
    int lock;
    char host[STORE_HOST + 1]; /* "" where none was given */
    struct server_keys keys;
    struct repo *repo;
};

/* ERR_EXISTS where the folder holds a server already; nothing is changed then. */
MUST_USE enum err store_make(const char *folder, const char *host, struct store *out_store,
                             struct refusal *refusal);
/* ERR_BUSY where another help-central has the folder. */
MUST_USE enum err store_open(const char *folder, struct store *out_store, struct refusal *refusal);
/* Accepts a zeroed store. */
void store_close(struct store *store);

#endif
