/*
 * A way in beside the network: "import.sock" in the server's data folder, open to the user who owns
 * that folder and to nobody else. "help-central import" hands the bundles of a USB stick through it
 * to the running server, because one program alone may write the store. A connection carries one
 * bundle: the sender writes it and ends its side; the answer is the status of the same call over
 * HTTPS, a line end, and the body.
 */
#ifndef CENTRAL_HATCH_H
#define CENTRAL_HATCH_H

#include "sync/central/api.h"

/* Bytes of an answer: a receipt behind its status line. */
#define HATCH_ANSWER_MAX (LIMIT_RECEIPT + 16)

struct hatch;

/* The caller holds the folder's lock. `api` is borrowed and must outlive it. */
MUST_USE enum err hatch_open(const char *data_folder, const struct api *api,
                             struct hatch **out_hatch, struct refusal *refusal);
/* Accepts NULL. A bundle that is being taken in is taken in first. */
void hatch_close(struct hatch *h);

/*
 * The sender's side: `memory` is HATCH_ANSWER_MAX bytes, *out_body points into it. ERR_UNAVAILABLE
 * where no server runs on the folder, ERR_IO where it broke off.
 */
MUST_USE enum err hatch_send(const char *data_folder, struct str bundle, char *memory,
                             int *out_status, struct str *out_body);

#endif
