/*
 * The carriage by USB stick, beside the one over HTTPS: one visit at a time (visit.h), in a thread
 * of its own, because a stick can be slow or hang, and a save must not wait for it. The thread
 * touches the stick and nothing else; each question about the outbox it puts to the thread of the
 * service, which answers it in carry_step.
 */
#ifndef AGENT_CARRY_H
#define AGENT_CARRY_H

#include <stdbool.h>

#include "sync/agent/engine.h"
#include "sync/agent/packing.h"
#include "sync/local/message.h"

struct carry;

/* Everything is borrowed and must outlive it. `state` is the state folder: what shares its file
 * system is no stick. */
MUST_USE enum err carry_create(const struct packing *packing, const struct engine *engine,
                               const char *state, struct carry **out_carry);
/* Ends a running visit before its next step, and waits for the step that the stick is at. */
void carry_destroy(struct carry *c);

/* Begins a visit of the stick at `folder`, unless it is at work there already. The state is
 * CARRY_BUSY where another one is, and CARRY_DEVICE where there is no memory. */
struct local_carry carry_begin(struct carry *c, const char *folder);
/* Of the last visit. */
struct local_carry carry_progress(struct carry *c);

/* Readable when carry_step has something to do. */
int carry_descriptor(const struct carry *c);
/* Answers the visit. True where records wait again that were received before. */
bool carry_step(struct carry *c);

#endif
