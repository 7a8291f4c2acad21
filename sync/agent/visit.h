/*
 * One visit of a USB stick, from top to bottom: takes the server's receipts off it, then writes
 * what still waits onto it, one bundle after the other. It waits for the stick as long as that
 * takes, so it runs in a thread of its own (carry.h); what concerns the outbox it asks of a desk.
 *
 * Nothing is remembered between visits. A bundle on the stick is ours if this device signed it,
 * which also tells what its receipt has to name; what is in such a bundle and still waits is on the
 * stick already. So sticks may come in any order, with any part of their files, any number of
 * times. A receipt and its bundle are removed once the receipt was applied, and nothing else is.
 */
#ifndef AGENT_VISIT_H
#define AGENT_VISIT_H

#include "base/err.h"
#include "base/str.h"
#include "sync/local/message.h"
#include "sync/wire/keys.h"
#include "sync/wire/receipt.h"

struct visit_bundle {
    struct id id;
    struct str bytes; /* the desk's, until the next call */
    uint32_t records; /* 0: nothing waits any more that is not there; it is a heartbeat */
    uint32_t passed;  /* waiting records that were there already */
};

struct visit_desk {
    void *context;
    /*
     * Applies a genuine receipt; `heard` is the incarnation of the server that its bundle names.
     * ERR_REFUSED: it is out of date, and the record waits for a newer one. Otherwise as
     * outbox_apply_receipt.
     */
    enum err (*apply)(void *context, const struct receipt *r, const struct id *heard,
                      uint64_t *out_settled);
    /* The next bundle of what waits and is not there; each record once a visit. `there` is the
       sorted list of the records that are on the stick. */
    enum err (*next)(void *context, const struct id_list *there, struct visit_bundle *out_bundle);
    /* Called after each step. */
    void (*tell)(void *context, const struct local_carry *progress);
};

struct visit {
    const char *folder;
    const char *own_disk; /* a path on this device's disk; NULL: any folder will do */
    struct id kiosk;
    unsigned char device_public[SIGN_PUBLIC_BYTES];
    unsigned char server_public[SIGN_PUBLIC_BYTES];
    struct visit_desk desk;
};

/* Ends in any state but CARRY_WORKING. */
void visit_run(const struct visit *v, struct local_carry *out_end);

#endif
