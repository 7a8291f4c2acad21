/*
 * A status as text for scripts and for the people who look after the device: one fact a line, its
 * name first. A fact that is not known has no line.
 */
#ifndef AGENT_REPORT_H
#define AGENT_REPORT_H

#include <stdio.h>

#include "sync/local/message.h"

/*
 * How carrying by stick ended: what was done to `to`, with whether the stick may be removed, or
 * ERR_REFUSED and why not all of it, with what to do.
 */
MUST_USE enum err report_carry(const struct local_carry *c, FILE *to, struct refusal *refusal);

void report_print(const struct local_status *s, FILE *to);

#endif
