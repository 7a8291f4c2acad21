/*
 * What help-sync tells, in the words of the staff panel: app and screens know nothing of sync/.
 */
#ifndef SHELL_REPORT_H
#define SHELL_REPORT_H

#include "app/app.h"
#include "sync/local/message.h"

/* `wall_ms` is the device's own clock; moments are in its time zone. */
void report_fill(const struct local_status *status, int64_t wall_ms, struct report *out_report);
enum signup_status report_status(enum record_state state);
struct stick report_stick(const struct local_carry *carry);

#endif
