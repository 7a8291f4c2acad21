/*
 * Puts what waits into a signed bundle: the same one whether it goes over HTTPS or on a stick. The
 * outbox is read and nothing in it changes.
 */
#ifndef AGENT_PACKING_H
#define AGENT_PACKING_H

#include "base/env.h"
#include "base/err.h"
#include "sync/outbox/outbox.h"
#include "sync/wire/receipt.h"
#include "sync/wire/settings.h"

/* Who packs; all borrowed. */
struct packing {
    const struct env *env;
    const struct settings *settings;
    const struct sign_key *device;
    struct outbox *outbox;
    struct id boot; /* packing_boot_id() */
};

enum pack_choice {
    PACK_TAKE,
    PACK_PASS, /* leave it out and go on */
    PACK_END,  /* leave it out and let the bundle end before it */
};
/* A bundle and what it was made of. Its pages are touched only as far as the bundle goes. */
struct packed {
    struct receipt_expected expected; /* what a receipt for it has to name */
    struct str bytes;                 /* of `text` */
    uint32_t count;                   /* records in it */
    uint32_t passed;                  /* waiting records that were left out on the way */
    uint64_t looked_at;               /* seq of the last record that was taken or passed */
    struct envelope envelopes[LIMIT_BUNDLE_RECORDS];
    char text[LIMIT_BUNDLE + 1];
};

/* What to do with a waiting record, by what is taken already. */
typedef enum pack_choice pack_choose(const void *context, const struct packed *so_far,
                                     const struct envelope *e);

/* None where the system does not tell. */
struct id packing_boot_id(void);

/*
 * At most `limit` of the waiting records with a seq above `after`; without one it is a heartbeat.
 * An err of the outbox, or ERR_LIMIT.
 */
MUST_USE enum err packing_make(const struct packing *p, uint64_t after, uint32_t limit,
                               pack_choose *choose, const void *context, struct packed *out_packed);

#endif
