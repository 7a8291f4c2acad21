/* A new PIN out of a pipe, and out of a real terminal that does not show it. */
#define _XOPEN_SOURCE 700 /* pseudo-terminals */

#include "sync/agent/ask_pin.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static enum err ask_pipe(const char *bytes, size_t size, char out_digits[ASK_PIN_SIZE])
{
    int ends[2];
    enum err e;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, size), size);
    close(ends[1]);
    e = ask_pin(ends[0], out_digits, NULL);
    close(ends[0]);
    return e;
}

static void pipe_gives_one_line(void **state)
{
    (void)state;
    char digits[ASK_PIN_SIZE];

    assert_int_equal(ask_pipe("271828\nmore", 11, digits), ERR_OK);
    assert_string_equal(digits, "271828");
    assert_int_equal(ask_pipe("271828", 6, digits), ERR_OK);
    assert_string_equal(digits, "271828");
    /* Longer than a PIN can be, or with a 0 inside, and seen to be no PIN. */
    assert_int_equal(ask_pipe("27182818284590452", 17, digits), ERR_OK);
    assert_int_equal(strlen(digits), LOCAL_PIN_MOST + 1);
    assert_int_equal(ask_pipe("271828\0001", 8, digits), ERR_OK);
    assert_string_equal(digits, "271828?1");
    assert_int_equal(ask_pipe("\n", 1, digits), ERR_OK);
    assert_string_equal(digits, "");
    assert_int_equal(ask_pipe("", 0, digits), ERR_UNAVAILABLE);
}

static int open_terminal(int *out_slave)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);

    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    *out_slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(*out_slave >= 0);
    return master;
}

/* Types when the terminal has stopped showing, as a person does who waits for the question. */
static pid_t type(int master, int slave, const char *keys)
{
    struct termios t;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child > 0)
        return child;
    while (tcgetattr(slave, &t) == 0 && (t.c_lflag & ECHO) != 0)
        poll(NULL, 0, 1);
    _exit(write(master, keys, strlen(keys)) == (ssize_t)strlen(keys) ? 0 : 1);
}

static enum err ask_terminal(const char *keys, char out_digits[ASK_PIN_SIZE])
{
    char shown[100] = "";
    struct termios t;
    struct refusal why = {0};
    int slave;
    int master = open_terminal(&slave);
    pid_t child = type(master, slave, keys);
    enum err e = ask_pin(slave, out_digits, &why);

    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(tcgetattr(slave, &t), 0);
    assert_true((t.c_lflag & ECHO) != 0);
    assert_int_equal(fcntl(master, F_SETFL, O_NONBLOCK), 0);
    (void)!read(master, shown, sizeof shown - 1);
    assert_null(strpbrk(shown, "0123456789"));
    close(slave);
    close(master);
    return e;
}

static void terminal_asks_twice_and_shows_nothing(void **state)
{
    (void)state;
    char digits[ASK_PIN_SIZE];

    assert_int_equal(ask_terminal("271828\n271828\n", digits), ERR_OK);
    assert_string_equal(digits, "271828");
    assert_int_equal(ask_terminal("271828\n271829\n", digits), ERR_REFUSED);
    assert_string_equal(digits, "");
    /* Ctrl-D: the input ends. */
    assert_int_equal(ask_terminal("271828\n\004", digits), ERR_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipe_gives_one_line),
        cmocka_unit_test(terminal_asks_twice_and_shows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
