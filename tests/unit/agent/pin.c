/*
 * The staff PIN over real files: counted before it is looked at, whatever dies or fails, and paused
 * by a clock that neither a restart nor a changed wall clock can hurry.
 */
#include "sync/agent/pin.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "sync/wire/keys.h"

#define RIGHT  "271828"
#define WRONG  "314159"
#define MINUTE ((int64_t)60000)

static char folder[64];
static char path[96];
static struct pin pin;
static int64_t now_ms;
static int64_t wall_ms;

/* What the next fdatasync of this process does: the instant between counting and looking. */
static enum { SYNCS, FAILS, DIES } sync_does;

int fdatasync(int descriptor)
{
    if (sync_does == FAILS) {
        errno = EIO;
        return -1;
    }
    int result = fsync(descriptor);
    if (sync_does == DIES)
        raise(SIGKILL);
    return result;
}

static int64_t tell_monotonic(void *context)
{
    (void)context;
    return now_ms;
}

static int64_t tell_wall(void *context)
{
    (void)context;
    return wall_ms;
}

static const struct env env = {.monotonic_ms = tell_monotonic, .wall_ms = tell_wall};

/* As after a start of the system: the monotonic clock begins again. */
static void restart(void)
{
    now_ms = 0;
    pin_init(&pin, &env, folder);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/help-pin-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/pin", folder);
    sync_does = SYNCS;
    wall_ms = 1790000000000;
    now_ms = 5000;
    pin_init(&pin, &env, folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void set(const char *digits)
{
    assert_int_equal(pin_set(folder, digits, NULL), ERR_OK);
}

static struct pin_answer try(const char *digits)
{
    struct pin_answer a;

    pin_try(&pin, digits, &a);
    return a;
}

static void right_and_wrong(void **state)
{
    (void)state;
    struct stat about;

    assert_false(pin_is_set(folder));
    assert_int_equal(try(RIGHT).result, PIN_NONE_SET);
    set(RIGHT);
    assert_true(pin_is_set(folder));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
    for (unsigned left = 4; left >= 2; left--) {
        struct pin_answer a = try(WRONG);
        assert_int_equal(a.result, PIN_WRONG);
        assert_int_equal(a.tries_left, left);
        assert_true(a.wait_ms == 0);
    }
    /* A right one gives all five back. */
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
    assert_int_equal(try("27182").tries_left, 4);
    assert_int_equal(try("2718281").tries_left, 3);
}

static void hash_is_kept_and_no_digit(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;

    set("582047193");
    assert_int_equal(file_read(path, 1000, &text, &size), ERR_OK);
    assert_non_null(strstr(text, "$argon2id$"));
    assert_null(strstr(text, "582047193"));
    free(text);
}

static void pauses_grow_to_an_hour(void **state)
{
    (void)state;
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 60, 60, 60};
    struct pin_answer a;

    set(RIGHT);
    for (int i = 0; i < 4; i++)
        assert_int_equal(try(WRONG).result, PIN_WRONG);
    for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
        a = try(WRONG);
        assert_int_equal(a.result, PIN_WRONG);
        assert_int_equal(a.tries_left, 0);
        assert_true(a.wait_ms == minutes[i] * MINUTE);
        /* Neither a right one nor a jump of the wall clock ends it. */
        now_ms += a.wait_ms - 1;
        wall_ms += (int64_t)10 * 365 * 24 * 60 * MINUTE;
        a = try(RIGHT);
        assert_int_equal(a.result, PIN_LOCKED);
        assert_true(a.wait_ms == 1);
        now_ms++;
    }
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
    assert_int_equal(try(WRONG).tries_left, 4);
}

static void restart_begins_the_pause_anew(void **state)
{
    (void)state;
    struct pin_answer a;

    set(RIGHT);
    for (int i = 0; i < 6; i++) {
        a = try(WRONG);
        now_ms += a.wait_ms;
    }
    now_ms -= 1; /* of the two minutes after the sixth */
    wall_ms -= (int64_t)50 * 365 * 24 * 60 * MINUTE;
    restart();
    a = try(RIGHT);
    assert_int_equal(a.result, PIN_LOCKED);
    assert_true(a.wait_ms == 2 * MINUTE);
    now_ms += 2 * MINUTE;
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
    restart();
    assert_int_equal(try(WRONG).tries_left, 4);
}

/* Killed when the try is on the disk and was not looked at: all that it won is one try less. */
static void killed_between_count_and_look(void **state)
{
    (void)state;
    struct pin_answer a;
    int status;

    set(RIGHT);
    for (int i = 0; i < 6; i++) {
        restart();
        now_ms = 60 * MINUTE; /* it waited for any pause */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            sync_does = DIES;
            (void)try(RIGHT);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }
    restart();
    a = try(RIGHT);
    assert_int_equal(a.result, PIN_LOCKED);
    assert_true(a.wait_ms == 2 * MINUTE);
}

static void try_that_can_not_be_counted_is_not_looked_at(void **state)
{
    (void)state;

    set(RIGHT);
    sync_does = FAILS;
    for (int i = 0; i < 20; i++)
        assert_int_equal(try(RIGHT).result, PIN_FAILING);
    sync_does = SYNCS;
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
}

static void new_pin_has_its_own_tries(void **state)
{
    (void)state;

    set(RIGHT);
    for (int i = 0; i < 5; i++)
        (void)try(WRONG);
    assert_int_equal(try(RIGHT).result, PIN_LOCKED);
    set(WRONG); /* as help-sync pin does, beside the running one */
    assert_int_equal(try(RIGHT).tries_left, 4);
    assert_int_equal(try(WRONG).result, PIN_RIGHT);
}

static void damage_opens_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "tries 00\n", "tries 00\n12345\n", "\n\n\n",
                                        "tries 00\n$argon2id$v=19$m=4096,t=3,p=1$x\n"};
    struct pin_answer a;
    char *text = NULL;
    size_t size = 0;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(file_replace(path, texts[i], strlen(texts[i]), 0600), ERR_OK);
        restart();
        assert_int_equal(try("12345").result, PIN_FAILING);
    }
    /* A count that can't be read is the highest. */
    set(RIGHT);
    assert_int_equal(file_read(path, 1000, &text, &size), ERR_OK);
    memcpy(text, "tries 0x", 8);
    assert_int_equal(file_replace(path, text, size, 0600), ERR_OK);
    free(text);
    restart();
    a = try(RIGHT);
    assert_int_equal(a.result, PIN_LOCKED);
    assert_true(a.wait_ms == 60 * MINUTE);
    now_ms += a.wait_ms;
    assert_int_equal(try(RIGHT).result, PIN_RIGHT);
}

static void guessable_pins_are_refused(void **state)
{
    (void)state;
    static const char *const weak[] = {"",       "1234",   "27182",        "000000", "999999",
                                       "123456", "987654", "0123456789",   "27182x", "271 828",
                                       "-27182", "111111", "2718281828459"};
    static const char *const strong[] = {"271828", "112358", "123465", "271828182845"};
    struct refusal why = {0};

    for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++) {
        if (pin_set(folder, weak[i], &why) != ERR_REFUSED)
            fail_msg("\"%s\" was taken", weak[i]);
        assert_int_not_equal(why.remedy[0], '\0');
    }
    assert_false(pin_is_set(folder));
    for (size_t i = 0; i < sizeof strong / sizeof strong[0]; i++)
        set(strong[i]);
    assert_int_equal(pin_set("/nowhere/at/all", RIGHT, &why), ERR_NOT_FOUND);
    assert_non_null(strstr(why.remedy, "init"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(right_and_wrong),
        TEST(hash_is_kept_and_no_digit),
        TEST(pauses_grow_to_an_hour),
        TEST(restart_begins_the_pause_anew),
        TEST(killed_between_count_and_look),
        TEST(try_that_can_not_be_counted_is_not_looked_at),
        TEST(new_pin_has_its_own_tries),
        TEST(damage_opens_nothing),
        TEST(guessable_pins_are_refused),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
