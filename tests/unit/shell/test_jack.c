/*
 * Plugs that come and go: what events say, and a thread that reads them from a pipe in place of a
 * sound card. No switch of this machine is looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <linux/input.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/jack.h"

static sem_t woken;

static void wake(void)
{
    sem_post(&woken);
}

static struct input_event moved(int code, int value)
{
    return (struct input_event){.type = EV_SW, .code = (uint16_t)code, .value = value};
}

static void the_last_move_counts(void **state)
{
    const struct input_event in_and_out[] = {
        moved(SW_HEADPHONE_INSERT, 1), {.type = EV_SYN}, moved(SW_HEADPHONE_INSERT, 0)};
    const struct input_event others[] = {moved(SW_LINEOUT_INSERT, 1),
                                         moved(SW_MICROPHONE_INSERT, 1),
                                         {.type = EV_KEY, .code = SW_HEADPHONE_INSERT, .value = 1}};
    bool lost;

    (void)state;
    assert_true(jack_after(false, in_and_out, 1, &lost));
    assert_false(jack_after(false, in_and_out, 3, &lost));
    assert_false(jack_after(true, in_and_out, 3, &lost));
    assert_false(jack_after(false, others, 3, &lost));
    assert_true(jack_after(true, others, 3, &lost));
    assert_true(jack_after(true, NULL, 0, &lost));
    assert_false(lost);
}

static void lost_events_are_told(void **state)
{
    const struct input_event events[] = {moved(SW_HEADPHONE_INSERT, 1),
                                         {.type = EV_SYN, .code = SYN_DROPPED},
                                         {.type = EV_SYN, .code = SYN_REPORT}};
    bool lost;

    (void)state;
    assert_true(jack_after(false, events, 3, &lost));
    assert_true(lost);
}

static void plug(int to, int value)
{
    const struct input_event events[] = {moved(SW_HEADPHONE_INSERT, value), {.type = EV_SYN}};

    assert_int_equal(write(to, events, sizeof events), sizeof events);
}

static struct jack *follow(int out_ends[2], int count)
{
    struct jack *jack = NULL;
    int mine[2];

    assert_int_equal(sem_init(&woken, 0, 0), 0);
    for (int i = 0; i < count; i++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
        mine[i] = ends[0];
        out_ends[i] = ends[1];
    }
    assert_int_equal(jack_follow(mine, count, wake, &jack), ERR_OK);
    return jack;
}

static void a_move_wakes_and_is_seen(void **state)
{
    int ends[2];
    struct jack *jack = follow(ends, 1);

    (void)state;
    assert_false(jack_is_plugged(jack));
    plug(ends[0], 1);
    sem_wait(&woken);
    assert_true(jack_is_plugged(jack));
    plug(ends[0], 0);
    sem_wait(&woken);
    assert_false(jack_is_plugged(jack));
    jack_close(jack);
    close(ends[0]);
}

/* Two jacks: the kiosk is on headphones while one of them has a plug. */
static void one_of_two_is_enough(void **state)
{
    int ends[2];
    int waiting;
    struct jack *jack = follow(ends, 2);

    (void)state;
    plug(ends[0], 1);
    sem_wait(&woken);
    plug(ends[1], 1);
    plug(ends[0], 0);
    plug(ends[1], 0);
    sem_wait(&woken);
    assert_false(jack_is_plugged(jack));
    sem_getvalue(&woken, &waiting);
    assert_int_equal(waiting, 0); /* once for the first plug, once for the last */
    jack_close(jack);
    close(ends[0]);
    close(ends[1]);
}

static void a_card_that_is_taken_away_has_no_plug(void **state)
{
    int ends[2];
    struct jack *jack = follow(ends, 1);

    (void)state;
    plug(ends[0], 1);
    sem_wait(&woken);
    close(ends[0]);
    sem_wait(&woken);
    assert_false(jack_is_plugged(jack));
    jack_close(jack);
}

static void where_there_is_none_the_system_does_not_tell(void **state)
{
    char folder[] = "/tmp/help-jack-XXXXXX";
    char path[64];
    struct jack *jack = NULL;

    (void)state;
    assert_int_equal(jack_open("/nowhere", wake, &jack), ERR_NOT_FOUND);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/event0", folder);
    assert_int_equal(mkfifo(path, 0600), 0); /* it opens, and has no switches */
    assert_int_equal(jack_open(folder, wake, &jack), ERR_NOT_FOUND);
    assert_null(jack);
    assert_false(jack_is_plugged(NULL));
    jack_close(NULL);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_move_counts),
        cmocka_unit_test(lost_events_are_told),
        cmocka_unit_test(a_move_wakes_and_is_seen),
        cmocka_unit_test(one_of_two_is_enough),
        cmocka_unit_test(a_card_that_is_taken_away_has_no_plug),
        cmocka_unit_test(where_there_is_none_the_system_does_not_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
