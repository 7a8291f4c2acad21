/* Signing and sealing keys over libsodium: see keys.h. */
#include "sync/wire/keys.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
_Static_assert(SIGN_SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "Ed25519 secret key");
_Static_assert(SIGN_SEED_BYTES == crypto_sign_SEEDBYTES, "Ed25519 seed");
_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "Ed25519 signature");
_Static_assert(SEAL_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES, "X25519 public key");
_Static_assert(SEAL_SECRET_BYTES == crypto_box_SECRETKEYBYTES, "X25519 secret key");

enum err keys_init(void)
{
    return sodium_init() < 0 ? ERR_UNAVAILABLE : ERR_OK;
}

void sign_key_make(struct sign_key *out_key)
{
    crypto_sign_keypair(out_key->public_key, out_key->secret_key);
}

void seal_pair_make(struct seal_pair *out_pair)
{
    crypto_box_keypair(out_pair->key.public_key, out_pair->secret_key);
    out_pair->key.id = key_id_of(out_pair->key.public_key);
}

void sign_key_from_seed(const unsigned char seed[SIGN_SEED_BYTES], struct sign_key *out_key)
{
    crypto_sign_seed_keypair(out_key->public_key, out_key->secret_key, seed);
}

void sign_key_seed(const struct sign_key *key, unsigned char out_seed[SIGN_SEED_BYTES])
{
    crypto_sign_ed25519_sk_to_seed(out_seed, key->secret_key);
}

void seal_pair_from_seed(const unsigned char seed[32], struct seal_pair *out_pair)
{
    crypto_box_seed_keypair(out_pair->key.public_key, out_pair->secret_key, seed);
    out_pair->key.id = key_id_of(out_pair->key.public_key);
}

void seal_pair_from_secret(const unsigned char secret[SEAL_SECRET_BYTES],
                           struct seal_pair *out_pair)
{
    memcpy(out_pair->secret_key, secret, SEAL_SECRET_BYTES);
    crypto_scalarmult_base(out_pair->key.public_key, secret);
    out_pair->key.id = key_id_of(out_pair->key.public_key);
}

bool seal_key_usable(const struct seal_key *key)
{
    unsigned char sealed[crypto_box_SEALBYTES];
    struct key_id id = key_id_of(key->public_key);

    return key_id_equal(&id, &key->id) && crypto_box_seal(sealed, NULL, 0, key->public_key) == 0;
}

bool sign_public_usable(const unsigned char public_key[SIGN_PUBLIC_BYTES])
{
    return crypto_core_ed25519_is_valid_point(public_key) == 1;
}

void keys_wipe(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}

void sign_bytes(const struct sign_key *key, struct str bytes,
                unsigned char out_signature[SIGNATURE_BYTES])
{
    crypto_sign_detached(out_signature, NULL, (const unsigned char *)bytes.at, bytes.len,
                         key->secret_key);
}

enum err sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct str bytes,
                    const unsigned char signature[SIGNATURE_BYTES])
{
    if (crypto_sign_verify_detached(signature, (const unsigned char *)bytes.at, bytes.len,
                                    public_key) != 0)
        return ERR_CHECK;
    return ERR_OK;
}
