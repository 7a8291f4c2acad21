/*
 * The promise, as code: every sign-up confirmed on the screen reaches the server at least once and
 * takes effect exactly once, or is visible as waiting or needing attention with its reason; and
 * the numbers made, received and missing add up. Each check calls world_fail where it is broken.
 */
#ifndef SIM_INVARIANT_H
#define SIM_INVARIANT_H

#include "kiosk.h"
#include "server.h"

/* Each record of this disk is in exactly one state, the states give the counts, and what it holds
 * as received was received. */
void check_device(struct device *d);
/* What the store took in since the last look: once each, and only what was made. */
void check_server(struct server *s);
/* The server's row about this kiosk: received and missing make up made. */
void check_proof(struct server *s, uint32_t identity);
/* Faults are over, and time enough has passed. */
void check_end(struct world *w);

#endif
