/*
 * A receipt is the server's signed answer to one bundle: one JSON line, then a line with the
 * server's Ed25519 signature over every byte before it. It is bound to the bundle by its id and by
 * the SHA-256 of its bytes, so a stranger's answer, an old one or one to somebody else changes
 * nothing. A kiosk changes the state of a record only where a receipt names it.
 */
#ifndef WIRE_RECEIPT_H
#define WIRE_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "sync/wire/envelope.h"
#include "sync/wire/ids.h"
#include "sync/wire/keys.h"

#define RECEIPT_FORMAT          1
#define RECEIPT_CODE            32  /* bytes; lower-case letters, digits, hyphens */
#define RECEIPT_WORDS           160 /* bytes, for staff, never what a patient typed */
#define RECEIPT_ARCHIVED_MAX    500
#define RECEIPT_MISSING_MAX     64
#define RECEIPT_PRACTICES_LEAST 5
#define RECEIPT_FEEDBACK_MAX    100000000       /* ceiling of its counts */
#define RECEIPT_TIME_MAX_MS     253402300799999 /* the last of the year 9999 */
/* Longest pause that a server can ask for. */
#define RECEIPT_NEXT_AFTER_MAX_MS ((int64_t)24 * 3600 * 1000)

enum receipt_outcome {
    RECEIPT_ACCEPTED,  /* durable at the server */
    RECEIPT_DUPLICATE, /* was there already, same hash: as good as accepted */
    RECEIPT_DEFERRED,  /* kept by the server, read later (a newer form than it knows) */
    RECEIPT_REJECTED,  /* will never be taken as it is; code and words say why */
    RECEIPT_CONFLICT,  /* the id is there with another hash; both are kept, staff are told */
    RECEIPT_GONE,      /* withdrawn or erased; stays so */
    RECEIPT_OUTCOME_COUNT
};
const char *receipt_outcome_name(enum receipt_outcome o);

struct receipt_entry {
    struct id record;
    enum receipt_outcome outcome;
    char code[RECEIPT_CODE + 1];   /* rejected and conflict; else "" */
    char words[RECEIPT_WORDS + 1]; /* the same */
};

/* Numbers that the server has never seen, both ends included. */
struct receipt_range {
    uint64_t first;
    uint64_t last;
};

/*
 * How many of the practice's patients signed up in a calendar month (UTC), beside the practices
 * that have a kiosk. Numbers only, and those of others only where none of them shows.
 */
struct receipt_feedback {
    bool known;          /* where false, the rest is 0 */
    uint32_t year;       /* 2026 */
    uint32_t month;      /* 1 to 12 */
    uint32_t own;        /* not withdrawn */
    uint32_t practices;  /* ours with them; 0: fewer than RECEIPT_PRACTICES_LEAST, not told */
    uint32_t median_x10; /* of their numbers, in tenths: 55 is 5.5 */
};

struct receipt {
    struct id kiosk;
    struct id bundle;
    unsigned char bundle_sha256[SHA256_BYTES];
    struct id incarnation;  /* a new one each time the server's store is made or restored */
    int64_t server_time_ms; /* wall clock, for display */
    int64_t next_after_ms;  /* wait about so long before the next heartbeat; 0: as you like */
    struct receipt_feedback feedback;
    uint32_t entry_count;
    uint32_t missing_count;
    uint32_t archived_count;
    struct receipt_entry entries[LIMIT_BUNDLE_RECORDS];
    struct receipt_range missing[RECEIPT_MISSING_MAX]; /* ascending; the first ones if many */
    struct id archived[RECEIPT_ARCHIVED_MAX]; /* in a backup that was restored and checked */
};

/* Adds both lines. ERR_LIMIT where `out` (LIMIT_RECEIPT and one for the 0) is too small. */
MUST_USE enum err receipt_encode(const struct receipt *r, const struct sign_key *server,
                                 struct buf *out);

/* What a kiosk sent and therefore expects to be answered. */
struct receipt_expected {
    struct id kiosk;
    struct id bundle;
    unsigned char bundle_sha256[SHA256_BYTES];
};

/*
 * Checks the signature, then what it is bound to, then decodes. ERR_CHECK where it is not the
 * server's or answers another bundle; ERR_VERSION, ERR_LIMIT, ERR_FORMAT as elsewhere.
 */
MUST_USE enum err receipt_decode(struct str bytes,
                                 const unsigned char server_public[SIGN_PUBLIC_BYTES],
                                 const struct receipt_expected *expected,
                                 struct receipt *out_receipt, struct refusal *refusal);

#endif
