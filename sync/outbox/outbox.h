/*
 * The outbox: the kiosk's one file of sealed records, and sqlite3's one home there. What
 * outbox_append said ERR_OK to is on the disk and survives a power cut. One connection, locked for
 * itself, in WAL mode with a sync at every commit and checkpoints only where outbox_idle makes
 * them, because SQLite before 3.51.3 can corrupt a WAL that two connections checkpoint.
 *
 * After an error at a commit nobody knows whether the row is there: the answer is "could not
 * confirm", nothing is retried on that connection, and the next call opens the file anew, checks it
 * and writes it through before it believes anything it reads.
 */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/env.h"
#include "base/err.h"
#include "sync/wire/bundle.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"

/* Less free space than this and no sign-up is taken: a checkpoint needs space as well. */
#define OUTBOX_FREE_FLOOR_BYTES ((uint64_t)16 * 1024 * 1024)

/* Stored as these numbers; never renumber. */
enum outbox_state {
    OUTBOX_WAITING = 0,
    OUTBOX_RECEIVED = 1,
    OUTBOX_ATTENTION = 2, /* rejected, conflict or damaged: code and words say why */
    OUTBOX_DEFERRED = 3,  /* the server keeps it and reads it later */
    OUTBOX_WITHDRAWN = 4,
};

struct outbox_counts {
    uint64_t made;     /* highest seq */
    uint64_t received; /* with deferred */
    uint64_t waiting;
    uint64_t attention;
    uint64_t withdrawn;
};

struct outbox_contact {
    struct id incarnation;            /* the server's, as last heard */
    int64_t last_contact_wall_ms;     /* of the last receipt applied; 0: never */
    int64_t last_sent_wall_ms;        /* of the last one after which fewer waited; 0: never */
    uint64_t last_sent_count;         /* fewer by so many */
    struct receipt_feedback feedback; /* as last heard */
};

/* Why a record needs attention, in the server's words or our own; never a patient's. */
struct outbox_reason {
    char code[RECEIPT_CODE + 1];
    char words[RECEIPT_WORDS + 1];
};

struct outbox;

/*
 * Opens or makes the file `folder`/outbox.db. `env` must outlive it. ERR_VERSION (a newer version
 * made it) and ERR_BUSY (a second copy has it) are final and explained in `refusal`. For any other
 * error of the storage the outbox is made all the same: it refuses appends, tells its state and
 * tries to open the file again when it is next used.
 */
MUST_USE enum err outbox_create(const char *folder, const struct env *env,
                                struct outbox **out_outbox, struct refusal *refusal);
/* Checkpoints and closes; accepts NULL. */
void outbox_destroy(struct outbox *o);

/*
 * Stores a sealed record under the next seq; `assisted` says that staff helped, is kept here for
 * the day's counts and is never sent. ERR_OK: it is durable (also where it was there with
 * the same bytes). ERR_EXISTS: the id is there with other bytes. ERR_FULL, ERR_READ_ONLY: not
 * enough space, no writes. ERR_UNAVAILABLE: could not be confirmed, ask again with the same id.
 * ERR_IO: the storage does not open.
 */
MUST_USE enum err outbox_append(struct outbox *o, const struct seal_header *header,
                                const unsigned char sealed[SEALED_BYTES], bool assisted,
                                uint64_t *out_seq);

/*
 * The first waiting record with a seq above `after`; ERR_NOT_FOUND where there is none. A record
 * whose bytes are no longer those that were stored is marked and passed over.
 */
MUST_USE enum err outbox_next_waiting(struct outbox *o, uint64_t after,
                                      struct envelope *out_envelope);

/*
 * Applies a genuine receipt in one transaction, to the records that it names and to no other. A new
 * incarnation of the server makes everything wait again that it may have lost.
 */
MUST_USE enum err outbox_apply_receipt(struct outbox *o, const struct receipt *r);

/* ERR_NOT_FOUND where the record is not here. */
MUST_USE enum err outbox_find(struct outbox *o, const struct id *record,
                              enum outbox_state *out_state);
/* The newest record whose id begins with the first `bits` (1 to 64) of `prefix`. */
MUST_USE enum err outbox_look_up(struct outbox *o, const unsigned char prefix[8], unsigned bits,
                                 struct id *out_record, enum outbox_state *out_state);

/* ERR_NOT_FOUND where it is not here or needs no attention. */
MUST_USE enum err outbox_reason(struct outbox *o, const struct id *record,
                                struct outbox_reason *out_reason);
/* Of the newest that needs attention; ERR_NOT_FOUND where none does. */
MUST_USE enum err outbox_newest_attention(struct outbox *o, struct outbox_reason *out_reason);

/* As of the last time that the file could be read. */
struct outbox_counts outbox_counts(const struct outbox *o);
struct outbox_contact outbox_contact(const struct outbox *o);
/* The wall clock's claim when the oldest waiting record was stored; ERR_NOT_FOUND: none waits. */
MUST_USE enum err outbox_oldest_waiting(struct outbox *o, int64_t *out_wall_ms);

/* Records stored while the wall clock claimed from_ms or later and less than to_ms. */
MUST_USE enum err outbox_made_between(struct outbox *o, int64_t from_ms, int64_t to_ms,
                                      uint64_t *out_made, uint64_t *out_assisted);

/* Whether a sign-up would be taken now, and how much space there is. Tries to heal a suspect file.
 */
enum storage_state outbox_storage(struct outbox *o, uint64_t *out_free_bytes);

/*
 * Work for a quiet moment, bounded: a checkpoint where the WAL has grown, bodies purged that the
 * server has archived, and the bytes of the next few records compared with their hashes.
 */
void outbox_idle(struct outbox *o);

#endif
