/* A line read byte by byte, so that no copy of it stays in a buffer: see ask_pin.h. */
#include "sync/agent/ask_pin.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/wipe.h"

static enum err refuse(struct refusal *r, enum err e, const char *problem)
{
    refusal_place(r, "PIN");
    refusal_problem(r, "%s", problem);
    refusal_remedy(r, "Nothing was changed; try again");
    return e;
}

/* False where nothing came before the end or a signal did. */
static bool read_line(int descriptor, char out_line[ASK_PIN_SIZE])
{
    size_t len = 0;
    ssize_t got;
    char c = '\0';

    memset(out_line, 0, ASK_PIN_SIZE);
    while ((got = read(descriptor, &c, 1)) == 1 && c != '\n') {
        if (len + 1 < ASK_PIN_SIZE)
            out_line[len++] = c != '\0' ? c : '?';
    }
    wipe(&c, 1);
    return got >= 0 && (got == 1 || len > 0);
}

static bool prompt(int descriptor, const char *words, char out_line[ASK_PIN_SIZE])
{
    bool read;

    (void)!write(STDERR_FILENO, words, strlen(words));
    read = read_line(descriptor, out_line);
    (void)!write(STDERR_FILENO, "\n", 1);
    return read;
}

static enum err ask_terminal(int descriptor, const struct termios *shown, char out[ASK_PIN_SIZE],
                             struct refusal *refusal)
{
    struct termios hidden = *shown;
    char again[ASK_PIN_SIZE] = "";
    enum err e = ERR_OK;

    hidden.c_lflag &= ~(tcflag_t)ECHO;
    if (tcsetattr(descriptor, TCSANOW, &hidden) != 0)
        return refuse(refusal, ERR_IO, "the terminal does not hide what is typed");
    if (!prompt(descriptor, "New staff PIN (6 to 12 digits): ", out) ||
        !prompt(descriptor, "The same again: ", again))
        e = refuse(refusal, ERR_UNAVAILABLE, "it was stopped");
    else if (strcmp(out, again) != 0)
        e = refuse(refusal, ERR_REFUSED, "the two are not the same");
    (void)tcsetattr(descriptor, TCSANOW, shown);
    wipe(again, sizeof again);
    return e;
}

enum err ask_pin(int descriptor, char out_digits[ASK_PIN_SIZE], struct refusal *refusal)
{
    struct termios shown;
    enum err e = ERR_OK;

    if (tcgetattr(descriptor, &shown) == 0)
        e = ask_terminal(descriptor, &shown, out_digits, refusal);
    else if (!read_line(descriptor, out_digits))
        e = refuse(refusal, ERR_UNAVAILABLE, "none came on standard input");
    if (e != ERR_OK)
        wipe(out_digits, ASK_PIN_SIZE);
    return e;
}
