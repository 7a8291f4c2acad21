/*
 * A real process appends to a real file and is killed at a random moment, again and again on the
 * same file. Each id it got an answer for stands in a second file, written after the answer; every
 * one of them must be in the outbox, once. The seed is printed: run with it to see the same again.
 */
#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define ROUNDS 60

static uint32_t seed;

static uint32_t next_random(void)
{
    /* xorshift32 (Marsaglia 2003) */
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static int open_acks(void)
{
    char path[128];

    snprintf(path, sizeof path, "%s/acks", folder);
    return open(path, O_RDWR | O_CREAT | O_APPEND, 0600);
}

/* The child: appends from `first` on until it is killed; every third goes in twice. */
static void append_for_ever(uint32_t first)
{
    int acks = open_acks();
    static struct receipt r;

    if (outbox_create(folder, &env_system, &outbox, NULL) != ERR_OK)
        _exit(2);
    for (uint32_t n = first;; n++) {
        if (fixture_append(n, 0) != ERR_OK || (n % 3 == 0 && fixture_append(n, 0) != ERR_OK))
            _exit(3);
        if (write(acks, &n, sizeof n) != sizeof n)
            _exit(4);
        if (n % 5 == 0) {
            r.entry_count = 1;
            r.entries[0].record = fixture_header(n).record;
            if (outbox_apply_receipt(outbox, &r) != ERR_OK)
                _exit(5);
        }
        if (n % 7 == 0)
            outbox_idle(outbox);
    }
}

static uint32_t check_acks(void)
{
    int acks = open_acks();
    uint32_t n = 0;
    uint32_t count = 0;

    while (read(acks, &n, sizeof n) == sizeof n) {
        struct seal_header h = fixture_header(n);
        enum outbox_state s;
        if (outbox_find(outbox, &h.record, &s) != ERR_OK)
            fail_msg("R1 durable: record %u was acknowledged and is gone", n);
        count++;
    }
    close(acks);
    return count;
}

static void killed_at_random_nothing_is_lost(void **state)
{
    uint32_t first = 1;
    uint32_t acknowledged = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct timespec pause = {0, (long)(next_random() % 40000) * 1000};
        struct outbox_counts c;
        pid_t child;
        int status;

        outbox_destroy(outbox);
        outbox = NULL;
        child = fork();
        assert_true(child >= 0);
        if (child == 0)
            append_for_ever(first);
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status))
            fail_msg("round %d: the child failed with %d", round, WEXITSTATUS(status));
        fixture_open();
        acknowledged = check_acks();
        c = outbox_counts(outbox);
        /* Numbers have no gap and nothing is there twice: the highest is the count of all. */
        assert_true(c.made == c.waiting + c.received);
        assert_true(c.made >= acknowledged);
        first = (uint32_t)c.made + 1;
    }
    print_message("R1 R2: %d kills, %u acknowledged, none lost\n", ROUNDS, acknowledged);
    assert_true(acknowledged > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_random_nothing_is_lost, fixture_set_up,
                                        fixture_tear_down),
    };

    seed = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : (uint32_t)time(NULL) | 1;
    printf("seed=%u replay: %s %u\n", seed, argv[0], seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
