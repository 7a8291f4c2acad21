/*
 * What the process gives up before it shows its first screen, so that typed answers can't leave it:
 * no core dump, no tracing by the same user, freed memory overwritten, no new privileges. A unit
 * may do the same from outside (no network, nothing writable, no swap); this holds without one.
 */
#ifndef SHELL_HARDEN_H
#define SHELL_HARDEN_H

#include "base/err.h"

/*
 * First of all in main: starts the program anew, once, without the thread caches of malloc, which
 * would keep freed memory as it was (glibc is told so by the environment, at its start only).
 * Returns where that is so already, or can't be done: harden_process then says so.
 */
void harden_restart(char **argv);

/* ERR_REFUSED where the system denies one of them; the refusal says which. */
MUST_USE enum err harden_process(struct refusal *refusal);

#endif
