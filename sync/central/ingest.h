/*
 * Bundle in, receipt out; the one way in for a sign-up. Checking the signature, opening and
 * decoding run in the caller's thread, outside every transaction; the repo then commits what many
 * threads have gathered. A sign-up that a patient was told is saved is never refused for what is
 * in it: what does not pass the checks here is taken and flagged for people.
 */
#ifndef CENTRAL_INGEST_H
#define CENTRAL_INGEST_H

#include "sync/central/api.h"

/* Kiosks are asked for a heartbeat about this often. */
#define INGEST_NEXT_AFTER_MS ((int64_t)15 * 60 * 1000)

/*
 * Tries again what was kept unread (a newer form, a key that was missing): once, at start.
 * *out_read counts what could be read now.
 */
MUST_USE enum err ingest_read_again(const struct api *api, uint64_t *out_read);

#endif
