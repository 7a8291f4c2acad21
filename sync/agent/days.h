/*
 * Where the day and the week of a moment begin and end, as the people in the waiting room count
 * them: by the device's time zone (TZ or /etc/localtime, POSIX tzset), a week from Monday
 * (ISO 8601). For counts that are shown; nothing is decided by them.
 */
#ifndef AGENT_DAYS_H
#define AGENT_DAYS_H

#include <stdint.h>

/* Wall times, ms. A day that begins or ends summer time is 23 or 25 hours long. */
struct days {
    int64_t monday_ms; /* the week's begin */
    int64_t today_ms;
    int64_t tomorrow_ms;
};

/* All three are `wall_ms` before 1900, after 9999 and where the system can't tell: no time lies
 * between. */
struct days days_of(int64_t wall_ms);

#endif
