/*
 * A bundle is what a kiosk sends, over HTTPS or on a USB stick: a text file of one manifest line
 * (JSON), one line per envelope, and a last line with the kiosk's Ed25519 signature over every byte
 * before it. Without envelopes it is a heartbeat. A reader looks up the kiosk's key by
 * bundle_peek, and trusts nothing else before bundle_open has checked the signature.
 */
#ifndef WIRE_BUNDLE_H
#define WIRE_BUNDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "sync/wire/envelope.h"
#include "sync/wire/ids.h"
#include "sync/wire/keys.h"

#define BUNDLE_FORMAT       1
#define BUNDLE_VERSION_TEXT 32 /* a program's version, in bytes */
#define BUNDLE_MANIFEST_MAX 4096

/* Storage as the kiosk sees it; the same words in status and manifest. */
enum storage_state { STORAGE_OK, STORAGE_FULL, STORAGE_FAILING, STORAGE_READ_ONLY, STORAGE_COUNT };
const char *storage_state_name(enum storage_state s);

struct bundle_manifest {
    struct id kiosk;
    struct id bundle;      /* new for every bundle that is made, kept when it is sent again */
    struct id incarnation; /* the server's, as last heard; none at first */
    uint64_t made;         /* highest seq given out so far; 0 for none */
    uint64_t received;     /* of these: acknowledged by a receipt */
    uint64_t attention;    /* of these: rejected or conflicting */
    uint32_t records;      /* envelopes in this bundle, <= LIMIT_BUNDLE_RECORDS */
    /* Claims of the device's clocks, written down and never used to order or refuse. */
    int64_t wall_ms;
    int64_t monotonic_ms;
    struct id boot;
    char version[BUNDLE_VERSION_TEXT + 1];
    enum storage_state storage;
    uint64_t free_bytes;
};

/*
 * Writing: begin with the manifest, add exactly manifest.records envelopes, end with the signature.
 * `out` is over the caller's memory; LIMIT_BUNDLE bytes and one for the final 0 hold every bundle.
 * ERR_LIMIT where it does not fit.
 */
MUST_USE enum err bundle_begin(const struct bundle_manifest *m, struct buf *out);
MUST_USE enum err bundle_add(const struct envelope *e, struct buf *out);
MUST_USE enum err bundle_end(const struct sign_key *device, struct buf *out);

/* SHA-256 over all bytes of a bundle or of anything else that a receipt names. */
void bundle_sha256(struct str bytes, unsigned char out_sha256[SHA256_BYTES]);

/* Who claims to have made it: unchecked, only good for finding the public key. */
MUST_USE enum err bundle_peek(struct str bytes, struct id *out_kiosk, struct refusal *refusal);

struct bundle_reader {
    struct str rest; /* envelope lines not read yet */
    struct id kiosk;
    uint32_t left;
};

/*
 * Checks the signature first, then the manifest. ERR_LIMIT over LIMIT_BUNDLE bytes, ERR_CHECK where
 * the signature is wrong, ERR_VERSION where a newer kiosk made it, ERR_FORMAT otherwise. The reader
 * looks into `bytes`, which must stay.
 */
MUST_USE enum err bundle_open(struct str bytes, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                              struct bundle_reader *out_reader,
                              struct bundle_manifest *out_manifest, struct refusal *refusal);

/*
 * The next envelope; ERR_NOT_FOUND after the last. ERR_FORMAT or ERR_CHECK where a line is not an
 * envelope, has a wrong hash or names another kiosk: the rest can't be relied on then.
 */
MUST_USE enum err bundle_next(struct bundle_reader *r, struct envelope *out_envelope,
                              struct refusal *refusal);

#endif
