/* Midnights of the device's time zone: see days.h. */
#include "sync/agent/days.h"

#include <time.h>

#define YEAR_MOST (9999 - 1900)

/* The midnight that began the day `offset` days after that of `day`. */
static int64_t midnight_ms(const struct tm *day, int offset)
{
    struct tm at = {.tm_year = day->tm_year,
                    .tm_mon = day->tm_mon,
                    .tm_mday = day->tm_mday + offset,
                    .tm_isdst = -1};

    return (int64_t)mktime(&at) * 1000;
}

struct days days_of(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm now;

    if (localtime_r(&seconds, &now) == NULL || now.tm_year < 0 || now.tm_year > YEAR_MOST)
        return (struct days){wall_ms, wall_ms, wall_ms};
    return (struct days){
        .monday_ms = midnight_ms(&now, -((now.tm_wday + 6) % 7)),
        .today_ms = midnight_ms(&now, 0),
        .tomorrow_ms = midnight_ms(&now, 1),
    };
}
