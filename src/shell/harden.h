/*
 * What the process gives up before it shows its first screen, so that typed answers can't leave it:
 * no core dump, no tracing by the same user, freed memory overwritten, no new privileges. The unit
 * file does the same from outside (no network, nothing writable, no swap); this holds without it.
 */
#ifndef SHELL_HARDEN_H
#define SHELL_HARDEN_H

#include "base/err.h"

/* ERR_REFUSED where the system denies one of them; the refusal says which. */
MUST_USE enum err harden_process(struct refusal *refusal);

#endif
