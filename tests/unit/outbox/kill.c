/*
 * A real process appends to a real file and is killed at a random moment, again and again on the
 * same file. Each id that it got an answer for comes out of a pipe, written after the answer; every
 * one of them must be in the outbox, once. The seed is printed: run with it to see the same again.
 */
#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define ROUNDS   60
#define ACKS_MAX 100000

static uint32_t seed;
static uint32_t acks[ACKS_MAX];
static uint32_t ack_count;

static uint32_t next_random(void)
{
    /* xorshift32 (Marsaglia 2003) */
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

/* The child: appends from `first` on until it is killed; every third goes in twice. */
static void append_for_ever(uint32_t first, int out)
{
    static struct receipt r;

    if (outbox_create(folder, &env_system, &outbox, NULL) != ERR_OK)
        _exit(2);
    for (uint32_t n = first;; n++) {
        if (fixture_append(n, 0) != ERR_OK || (n % 3 == 0 && fixture_append(n, 0) != ERR_OK))
            _exit(3);
        if (write(out, &n, sizeof n) != sizeof n)
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

/* Reads at most `most` acknowledgements; fewer where the child has died. */
static void read_acks(int in, uint32_t most)
{
    for (uint32_t i = 0; i < most && ack_count < ACKS_MAX; i++) {
        if (read(in, &acks[ack_count], sizeof *acks) != sizeof *acks)
            return;
        ack_count++;
    }
}

static void check_acks(void)
{
    for (uint32_t i = 0; i < ack_count; i++) {
        struct seal_header h = fixture_header(acks[i]);
        enum outbox_state s;
        if (outbox_find(outbox, &h.record, &s) != ERR_OK)
            fail_msg("R1 durable: record %u was acknowledged and is gone", acks[i]);
    }
}

/* Lets the child append a few, and kills it a little later, wherever it then is. */
static void kill_one(uint32_t first)
{
    volatile uint32_t spin = 0;
    int ends[2];
    pid_t child;
    int status;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        append_for_ever(first, ends[1]);
    }
    close(ends[1]);
    read_acks(ends[0], next_random() % 8);
    for (uint32_t most = next_random() % 1000000; spin < most;)
        spin++;
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status))
        fail_msg("the child failed with %d", WEXITSTATUS(status));
    read_acks(ends[0], ACKS_MAX);
    close(ends[0]);
}

static void killed_at_random_nothing_is_lost(void **state)
{
    uint32_t first = 1;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct outbox_counts c;

        outbox_destroy(outbox);
        outbox = NULL;
        kill_one(first);
        fixture_open();
        check_acks();
        c = outbox_counts(outbox);
        /* Numbers have no gap and nothing is there twice: the highest is the count of all. */
        assert_true(c.made == c.waiting + c.received);
        assert_true(c.made >= ack_count);
        first = (uint32_t)c.made + 1;
    }
    print_message("R1 R2: %d kills, %u acknowledged, none lost\n", ROUNDS, ack_count);
    assert_true(ack_count >= ROUNDS);
    /* Could it fail? An acknowledgement that the file never gave is missed. */
    struct seal_header h = fixture_header(first);
    enum outbox_state s;
    assert_int_equal(outbox_find(outbox, &h.record, &s), ERR_NOT_FOUND);
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
