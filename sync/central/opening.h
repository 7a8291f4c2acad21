/*
 * From a sealed record to a row of the worklist: opened with the server's key, decoded and checked
 * again by the same src/signup code that the kiosk ran. Never fails: what can't be read is said in
 * the item's outcome, what does not pass is said in plain words for the practice.
 */
#ifndef CENTRAL_OPENING_H
#define CENTRAL_OPENING_H

#include "sync/central/api.h"
#include "sync/wire/envelope.h"

/* Holds what an item points to; wiped by the caller. */
struct opened {
    struct envelope envelope;
    struct signup_item signup;
    unsigned char inside[SEAL_INSIDE_BYTES];
};

/*
 * Reads opened->envelope. Fills the item's envelope, reading and, where it is a sign-up, signup and
 * plaintext (views of *opened).
 */
void opening_read(const struct api *api, const struct kiosk *kiosk, int64_t now_ms,
                  struct opened *opened, struct ingest_item *item);

#endif
