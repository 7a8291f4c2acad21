/*
 * The file is two lines, "tries 03" and the hash. Setting a PIN replaces the file; counting a try
 * overwrites the two digits in place, which needs no free space and leaves a file that was replaced
 * meanwhile as it is. See pin.h.
 */
#include "sync/agent/pin.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

#define PIN_FILE  "pin"
#define PATH_SIZE 512

/* 6 ms on a server's core, 60 ms on one ten times slower. RFC 9106 section 4 wants more where a
   hash guards data; this one does not. */
#define HASH_PASSES       3
#define HASH_MEMORY_BYTES ((size_t)4 * 1024 * 1024)

#define TRIES_WORD "tries "
#define TRIES_SIZE (sizeof TRIES_WORD - 1 + 3) /* two digits and the line end */
/* More tries than this make no pause longer. */
#define TRIES_MOST 11

_Static_assert(PIN_HASH_SIZE == crypto_pwhash_STRBYTES, "a hash fits");
_Static_assert((PIN_PAUSE_MS << (TRIES_MOST - PIN_TRIES)) >= PIN_PAUSE_MOST_MS, "the longest");

static bool path_of(const char *state, char out_path[PATH_SIZE])
{
    return snprintf(out_path, PATH_SIZE, "%s/" PIN_FILE, state) < PATH_SIZE;
}

static void write_tries(unsigned tries, char out_line[TRIES_SIZE + 1])
{
    snprintf(out_line, TRIES_SIZE + 1, TRIES_WORD "%02u\n", tries % 100);
}

/* What stands there, or the most where that is no number: damage must not open a door. */
static unsigned read_tries(struct str line)
{
    uint64_t tries = TRIES_MOST;

    if (!str_starts(line, TRIES_WORD) ||
        !str_to_u64((struct str){line.at + strlen(TRIES_WORD), line.len - strlen(TRIES_WORD)},
                    TRIES_MOST, &tries))
        return TRIES_MOST;
    return (unsigned)tries;
}

/* Opens and reads the file. ERR_NOT_FOUND: no PIN is set; ERR_FORMAT: what is there is no PIN. */
static enum err open_file(const char *state, int *out_descriptor, char out_hash[PIN_HASH_SIZE],
                          unsigned *out_tries)
{
    char text[TRIES_SIZE + PIN_HASH_SIZE];
    char path[PATH_SIZE];
    struct str line;
    struct str hash;
    ssize_t got;
    int descriptor;

    if (!path_of(state, path))
        return ERR_LIMIT;
    descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return err_from_errno(errno);
    got = pread(descriptor, text, sizeof text, 0);
    line = str_split((struct str){text, got > 0 ? (size_t)got : 0}, '\n', &hash);
    hash = str_trim(hash);
    if (line.len != TRIES_SIZE - 1 || hash.len == 0 || hash.len >= PIN_HASH_SIZE ||
        memchr(hash.at, '\0', hash.len) != NULL) {
        close(descriptor);
        return got < 0 ? ERR_IO : ERR_FORMAT;
    }
    memcpy(out_hash, hash.at, hash.len);
    memset(out_hash + hash.len, 0, PIN_HASH_SIZE - hash.len);
    *out_tries = read_tries(line);
    *out_descriptor = descriptor;
    return ERR_OK;
}

static int64_t pause_ms(unsigned tries)
{
    int64_t pause;

    if (tries < PIN_TRIES)
        return 0;
    pause = PIN_PAUSE_MS << (tries - PIN_TRIES);
    return pause < PIN_PAUSE_MOST_MS ? pause : PIN_PAUSE_MOST_MS;
}

static void begin_pause(struct pin *p)
{
    p->until_ms = env_monotonic_ms(p->env) + pause_ms(p->tries);
}

/* Opens the file; a hash that is another than before brings its own count and pause. */
static enum err take_over(struct pin *p, int *out_descriptor)
{
    char hash[PIN_HASH_SIZE];
    unsigned tries = 0;
    enum err e = open_file(p->state, out_descriptor, hash, &tries);

    if (e != ERR_OK || strcmp(hash, p->hash) == 0)
        return e;
    strcpy(p->hash, hash);
    p->tries = tries;
    begin_pause(p);
    return ERR_OK;
}

/* Durable before it returns ERR_OK. */
static enum err count(struct pin *p, int descriptor, unsigned tries)
{
    char line[TRIES_SIZE + 1];

    write_tries(tries, line);
    if (pwrite(descriptor, line, TRIES_SIZE, 0) != (ssize_t)TRIES_SIZE ||
        fdatasync(descriptor) != 0)
        return ERR_IO;
    p->tries = tries;
    return ERR_OK;
}

void pin_init(struct pin *p, const struct env *env, const char *state)
{
    int descriptor = -1;

    *p = (struct pin){.env = env, .state = state};
    if (take_over(p, &descriptor) == ERR_OK)
        close(descriptor);
}

bool pin_is_set(const char *state)
{
    char path[PATH_SIZE];

    return path_of(state, path) && access(path, F_OK) == 0;
}

static bool is_right(const struct pin *p, const char *digits)
{
    return crypto_pwhash_str_verify(p->hash, digits, strlen(digits)) == 0;
}

/* Looks at the PIN, once the try is counted. */
static void look(struct pin *p, int descriptor, const char *digits, struct pin_answer *out)
{
    begin_pause(p);
    if (!is_right(p, digits)) {
        out->result = PIN_WRONG;
        out->tries_left = p->tries < PIN_TRIES ? PIN_TRIES - p->tries : 0;
        out->wait_ms = pause_ms(p->tries);
        return;
    }
    out->result = PIN_RIGHT;
    out->tries_left = PIN_TRIES;
    /* Where this fails the old count comes back with the next start: too many, never too few. */
    if (count(p, descriptor, 0) != ERR_OK)
        p->tries = 0;
    begin_pause(p);
}

void pin_try(struct pin *p, const char *digits, struct pin_answer *out_answer)
{
    int descriptor = -1;
    enum err e = take_over(p, &descriptor);
    int64_t wait;

    *out_answer = (struct pin_answer){.result = e == ERR_NOT_FOUND ? PIN_NONE_SET : PIN_FAILING};
    if (e != ERR_OK || crypto_pwhash_str_needs_rehash(p->hash, HASH_PASSES, HASH_MEMORY_BYTES) < 0)
        goto out;
    wait = p->until_ms - env_monotonic_ms(p->env);
    if (wait > 0) {
        out_answer->result = PIN_LOCKED;
        out_answer->wait_ms = wait;
    } else if (count(p, descriptor, p->tries < TRIES_MOST ? p->tries + 1 : TRIES_MOST) == ERR_OK) {
        look(p, descriptor, digits, out_answer);
    }
out:
    if (descriptor >= 0)
        close(descriptor);
}

/* Each digit follows the one before by the same step of -1, 0 or 1: 000000, 123456, 987654. */
static bool is_run(const char *digits)
{
    int step = digits[1] - digits[0];

    for (size_t i = 1; digits[i] != '\0'; i++) {
        if (digits[i] - digits[i - 1] != step)
            return false;
    }
    return step >= -1 && step <= 1;
}

static enum err refuse(struct refusal *r, enum err e, const char *problem, const char *remedy)
{
    refusal_place(r, "PIN");
    refusal_problem(r, "%s", problem);
    refusal_remedy(r, "%s", remedy);
    return e;
}

static enum err check_new(const char *digits, struct refusal *refusal)
{
    size_t len = strlen(digits);

    if (len < PIN_DIGITS_LEAST || len > LOCAL_PIN_MOST || strspn(digits, "0123456789") != len)
        return refuse(refusal, ERR_REFUSED, "a PIN is 6 to 12 digits", "Choose another");
    if (is_run(digits))
        return refuse(refusal, ERR_REFUSED, "that is one of the first that people try",
                      "Choose one whose digits are not in a row");
    return ERR_OK;
}

enum err pin_set(const char *state, const char *digits, struct refusal *refusal)
{
    char text[TRIES_SIZE + PIN_HASH_SIZE + 1];
    char hash[PIN_HASH_SIZE];
    char path[PATH_SIZE];
    enum err e = check_new(digits, refusal);

    if (e != ERR_OK)
        return e;
    if (!path_of(state, path))
        return refuse(refusal, ERR_LIMIT, "the path of --state is too long", "Give a shorter one");
    if (crypto_pwhash_str(hash, digits, strlen(digits), HASH_PASSES, HASH_MEMORY_BYTES) != 0)
        return refuse(refusal, ERR_MEMORY, err_name(ERR_MEMORY), "Try again");
    write_tries(0, text);
    snprintf(text + TRIES_SIZE, sizeof text - TRIES_SIZE, "%s\n", hash);
    e = file_replace(path, text, strlen(text), 0600);
    if (e == ERR_NOT_FOUND)
        return refuse(refusal, e, "the folder of --state is not there",
                      "Run \"help-sync init\" first");
    if (e != ERR_OK)
        return refuse(refusal, e, err_name(e), "Run as the user who owns the folder");
    return ERR_OK;
}
