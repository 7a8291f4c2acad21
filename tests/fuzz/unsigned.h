/*
 * For the fuzzers of signed texts: signatures cost nothing. A signature is 64 zeros and any other
 * is refused, so that a million inputs reach what lies behind the check; the check itself is tested
 * with real keys in tests/unit/wire. The linker's --wrap puts these in the place of keys.c's.
 */
#ifndef FUZZ_UNSIGNED_H
#define FUZZ_UNSIGNED_H

#include <string.h>

#include "sync/wire/keys.h"

void __wrap_sign_bytes(const struct sign_key *key, struct str bytes,
                       unsigned char out_signature[SIGNATURE_BYTES]);
enum err __wrap_sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct str bytes,
                           const unsigned char signature[SIGNATURE_BYTES]);

void __wrap_sign_bytes(const struct sign_key *key, struct str bytes,
                       unsigned char out_signature[SIGNATURE_BYTES])
{
    (void)key;
    (void)bytes;
    memset(out_signature, 0, SIGNATURE_BYTES);
}

enum err __wrap_sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct str bytes,
                           const unsigned char signature[SIGNATURE_BYTES])
{
    static const unsigned char zeros[SIGNATURE_BYTES];

    (void)public_key;
    (void)bytes;
    return memcmp(signature, zeros, sizeof zeros) == 0 ? ERR_OK : ERR_CHECK;
}

#endif
