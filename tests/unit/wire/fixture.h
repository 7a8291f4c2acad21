/* Fixed keys and a fixed envelope for the tests of the wire; nothing here is secret. */
#ifndef TEST_WIRE_FIXTURE_H
#define TEST_WIRE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sync/wire/envelope.h"
#include "sync/wire/keys.h"
#include "sync/wire/seal.h"

static inline struct sign_key fixture_sign_key(unsigned char n)
{
    unsigned char seed[SIGN_SEED_BYTES];
    struct sign_key key;

    memset(seed, n, sizeof seed);
    sign_key_from_seed(seed, &key);
    return key;
}

static inline struct seal_pair fixture_seal_pair(unsigned char n)
{
    unsigned char seed[32];
    struct seal_pair pair;

    memset(seed, n, sizeof seed);
    seal_pair_from_seed(seed, &pair);
    return pair;
}

static inline struct id fixture_id(unsigned char n)
{
    struct id id;

    memset(id.bytes, n, sizeof id.bytes);
    return id;
}

/* A record of kiosk 9, named by its seq, sealed to pair 3. */
static inline void fixture_envelope(unsigned char seq, struct envelope *out)
{
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    struct seal_pair pair = fixture_seal_pair(3);

    memset(out, 0, sizeof *out);
    out->seq = seq;
    out->header = (struct seal_header){fixture_id(seq), fixture_id(9), pair.key.id};
    assert_int_equal(seal_record(&out->header, STR_LITERAL("{\"type\":\"signup\"}"), &pair.key,
                                 scratch, out->sealed),
                     ERR_OK);
    envelope_hash(out);
}

#endif
