/*
 * A record is sealed in memory to the server's public key, and from then on nothing on the device
 * can read it. Every record has the same sealed size, so its length tells nothing. A sealed box has
 * no associated data: the header is repeated inside and compared when it is opened, so that nobody
 * can hand in one record under the name of another. Layout: PROTOCOL.md, "Record".
 */
#ifndef WIRE_SEAL_H
#define WIRE_SEAL_H

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "sync/wire/ids.h"
#include "sync/wire/keys.h"

/* "HDR1", record id, kiosk id, key id, then the padded plaintext. */
#define SEAL_INSIDE_BYTES (4 + ID_BYTES + ID_BYTES + KEY_ID_BYTES + LIMIT_RECORD_PADDED)
#define SEAL_OVERHEAD     48 /* crypto_box_SEALBYTES: ephemeral public key and tag */
#define SEALED_BYTES      (SEAL_INSIDE_BYTES + SEAL_OVERHEAD)

struct seal_header {
    struct id record;
    struct id kiosk;
    struct key_id key;
};

/*
 * Seals at most LIMIT_RECORD bytes (ERR_LIMIT where there are more). header.key must be key.id,
 * else ERR_CHECK. `scratch` is the caller's (locked, if what it holds is worth that); it holds
 * plaintext for a moment and is wiped before the function returns, whatever it returns.
 */
MUST_USE enum err seal_record(const struct seal_header *header, struct str plaintext,
                              const struct seal_key *key, unsigned char scratch[SEAL_INSIDE_BYTES],
                              unsigned char out_sealed[SEALED_BYTES]);

/*
 * Opens it. The plaintext is written to `out_inside` and *out_plaintext is a view of it there; the
 * caller wipes out_inside when done. ERR_CHECK where it was not sealed to this key, was changed, or
 * the header inside is not `header`; ERR_FORMAT or ERR_VERSION where what was inside is not ours.
 * out_inside is wiped on failure.
 */
MUST_USE enum err seal_open(const struct seal_header *header,
                            const unsigned char sealed[SEALED_BYTES], const struct seal_pair *pair,
                            unsigned char out_inside[SEAL_INSIDE_BYTES], struct str *out_plaintext);

#endif
