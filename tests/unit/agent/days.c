/* Where days and weeks begin, in time zones with and without summer time. */
#include "sync/agent/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

/* `date -u -d TIME +%s000` gives these. */
#define UTC(seconds) ((int64_t)(seconds)*1000)

static void days_begin_at_local_midnight(void **state)
{
    static const struct {
        const char *zone;
        int64_t now_ms, monday_ms, today_ms, tomorrow_ms;
    } rows[] = {
        /* Tuesday 2026-11-24 08:00 UTC. */
        {"UTC0", UTC(1795507200), UTC(1795392000), UTC(1795478400), UTC(1795564800)},
        /* Sunday 2026-11-29 23:59:59.999: still that week. */
        {"UTC0", UTC(1795996799) + 999, UTC(1795392000), UTC(1795910400), UTC(1795996800)},
        /* Monday 2026-11-30 00:00. */
        {"UTC0", UTC(1795996800), UTC(1795996800), UTC(1795996800), UTC(1796083200)},
        /* Tuesday 2026-06-30 23:30 UTC is Wednesday in British summer time. */
        {"GMT0BST,M3.5.0/1,M10.5.0", UTC(1782862200), UTC(1782687600), UTC(1782860400),
         UTC(1782946800)},
        /* Sunday 2026-10-25, when it ends: 25 hours. */
        {"GMT0BST,M3.5.0/1,M10.5.0", UTC(1792926000), UTC(1792364400), UTC(1792882800),
         UTC(1792972800)},
        /* Sunday 2026-03-29, when it begins: 23 hours. */
        {"GMT0BST,M3.5.0/1,M10.5.0", UTC(1774778400), UTC(1774224000), UTC(1774742400),
         UTC(1774825200)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(setenv("TZ", rows[i].zone, 1), 0);
        tzset();
        struct days d = days_of(rows[i].now_ms);
        if (d.monday_ms != rows[i].monday_ms || d.today_ms != rows[i].today_ms ||
            d.tomorrow_ms != rows[i].tomorrow_ms)
            fail_msg("row %zu: %lld %lld %lld", i, (long long)d.monday_ms, (long long)d.today_ms,
                     (long long)d.tomorrow_ms);
    }
}

static void a_time_that_is_none_has_no_day(void **state)
{
    (void)state;
    struct days d = days_of(INT64_MAX);

    assert_true(d.monday_ms == d.tomorrow_ms && d.today_ms == d.tomorrow_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_begin_at_local_midnight),
        cmocka_unit_test(a_time_that_is_none_has_no_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
