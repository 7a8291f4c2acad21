/*
 * Signed text, the outer form of bundles and receipts: lines, and a last line
 *     signature BASE64
 * with an Ed25519 signature over every byte before it. Private to sync/wire.
 */
#ifndef WIRE_SIGNED_H
#define WIRE_SIGNED_H

#include "base/err.h"
#include "base/str.h"
#include "sync/wire/keys.h"

/* Adds the signature line over what `out` holds. ERR_LIMIT where it does not fit. */
MUST_USE enum err signed_end(const struct sign_key *key, struct buf *out);
/* Checks the last line; *out_body is every byte before it. ERR_FORMAT or ERR_CHECK. */
MUST_USE enum err signed_open(struct str bytes, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                              struct str *out_body);

#endif
