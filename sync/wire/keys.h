/*
 * The keys of the carriage. A device signs its bundles and a server signs its receipts with
 * Ed25519; records are sealed to an X25519 key of the server's. Secret halves are wiped by
 * whoever holds them (keys_wipe). keys_init comes first.
 */
#ifndef WIRE_KEYS_H
#define WIRE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/wire/ids.h"

#define SIGN_PUBLIC_BYTES 32
#define SIGN_SECRET_BYTES 64
#define SIGN_SEED_BYTES   32
#define SIGNATURE_BYTES   64
#define SEAL_PUBLIC_BYTES 32
#define SEAL_SECRET_BYTES 32

/* A device's or a server's signing key. */
struct sign_key {
    unsigned char public_key[SIGN_PUBLIC_BYTES];
    unsigned char secret_key[SIGN_SECRET_BYTES];
};

/* What a kiosk needs to seal a record. */
struct seal_key {
    struct key_id id; /* key_id_of(public_key) */
    unsigned char public_key[SEAL_PUBLIC_BYTES];
};

/* What the server keeps to open it. */
struct seal_pair {
    struct seal_key key;
    unsigned char secret_key[SEAL_SECRET_BYTES];
};

/* Prepares libsodium; call once at the start of a program. ERR_UNAVAILABLE where it can't. */
MUST_USE enum err keys_init(void);

/* From the system's randomness. */
void sign_key_make(struct sign_key *out_key);
void seal_pair_make(struct seal_pair *out_pair);
/* From a fixed seed: a device key is stored as its seed; also for examples and tests. */
void sign_key_from_seed(const unsigned char seed[SIGN_SEED_BYTES], struct sign_key *out_key);
void sign_key_seed(const struct sign_key *key, unsigned char out_seed[SIGN_SEED_BYTES]);
void seal_pair_from_seed(const unsigned char seed[32], struct seal_pair *out_pair);
/* From the stored secret half. */
void seal_pair_from_secret(const unsigned char secret[SEAL_SECRET_BYTES],
                           struct seal_pair *out_pair);

/* False where the id is not the key's, or the key is one that nothing can be sealed to. */
bool seal_key_usable(const struct seal_key *key);
/* False where it is not a point of the curve's main group. */
bool sign_public_usable(const unsigned char public_key[SIGN_PUBLIC_BYTES]);

/* Overwrites a secret in a way that the compiler keeps. */
void keys_wipe(void *memory, size_t size);

void sign_bytes(const struct sign_key *key, struct str bytes,
                unsigned char out_signature[SIGNATURE_BYTES]);
/* ERR_CHECK where `bytes` were not signed with the key. */
MUST_USE enum err sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct str bytes,
                             const unsigned char signature[SIGNATURE_BYTES]);

#endif
