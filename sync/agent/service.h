/*
 * help-sync at work: one thread that answers the kiosk over the local socket, keeps the outbox and
 * exchanges with the server. A save is answered when it is durable and not before; an exchange
 * that is slow, stuck or lied to never delays one.
 */
#ifndef AGENT_SERVICE_H
#define AGENT_SERVICE_H

#include "base/env.h"
#include "base/err.h"
#include "sync/agent/identity.h"

/*
 * Serves until a byte can be read from `stop_descriptor`. The caller holds the state folder's lock.
 * Not enrolled, it serves all the same, and says so.
 */
MUST_USE enum err service_run(const struct env *env, const char *state, const char *socket_path,
                              int stop_descriptor, struct refusal *refusal);

#endif
