/*
 * The server's own secrets, as files of its data folder that only its user can read:
 *   keys/sign.key   the seed of the Ed25519 key that signs receipts, in hexadecimal
 *   keys/seal.key   the secret half of the X25519 key that opens records, in hexadecimal
 * A server that lost seal.key can never read what was sealed to it: it belongs into the backup.
 */
#ifndef CENTRAL_KEYS_H
#define CENTRAL_KEYS_H

#include "base/err.h"
#include "sync/wire/keys.h"

struct server_keys {
    struct sign_key sign;
    struct seal_pair seal;
};

/* Makes both and writes them. The folder must not hold keys yet: ERR_EXISTS. */
MUST_USE enum err server_keys_make(const char *data_folder, struct server_keys *out_keys,
                                   struct refusal *refusal);
MUST_USE enum err server_keys_load(const char *data_folder, struct server_keys *out_keys,
                                   struct refusal *refusal);

#endif
