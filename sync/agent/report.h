/*
 * A status as text for scripts and for the people who look after the device: one fact a line, its
 * name first. A fact that is not known has no line.
 */
#ifndef AGENT_REPORT_H
#define AGENT_REPORT_H

#include <stdio.h>

#include "sync/local/message.h"

void report_print(const struct local_status *s, FILE *to);

#endif
