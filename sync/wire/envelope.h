/*
 * The envelope is what travels: the sealed record with its name, its number and its hash. It is one
 * line of text of a bundle:
 *     record SEQ RECORD-ID KIOSK-ID KEY-ID SHA256 BASE64
 * Words are parted by exactly one space; the sealed bytes have one constant size, so a decoder
 * allocates nothing. seq only proves that nothing is missing; nothing is ordered or refused by it.
 */
#ifndef WIRE_ENVELOPE_H
#define WIRE_ENVELOPE_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/wire/seal.h"

#define SHA256_BYTES 32
#define SEQ_MAX      ((uint64_t)INT64_MAX - 1) /* so that the one after it is a number too */
/* An encoded envelope with its line end: never longer than this. */
#define ENVELOPE_LINE_MAX (256 + (SEALED_BYTES + 2) / 3 * 4)

struct envelope {
    struct seal_header header;
    uint64_t seq;                       /* 1 for a kiosk's first record, then one more each */
    unsigned char sha256[SHA256_BYTES]; /* of sealed */
    unsigned char sealed[SEALED_BYTES];
};

/* Fills sha256 from sealed. */
void envelope_hash(struct envelope *e);
/* Adds the line with its line end. */
void envelope_encode(const struct envelope *e, struct buf *out);
/*
 * Reads a line without its line end. ERR_FORMAT where it is not an envelope; ERR_CHECK where the
 * hash is not that of the sealed bytes. *out_envelope is undefined on failure.
 */
MUST_USE enum err envelope_decode(struct str line, struct envelope *out_envelope);

#endif
