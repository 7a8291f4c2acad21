/*
 * Command lines as const tables: "program command --option VALUE operand". The table gives the
 * parser, the help text and the refusals, so that every program of this project is asked for help
 * in the same way and answers a slip with what to type instead.
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"

enum { OPTIONS_MAX = 16 };

/* Exit codes of every program. */
enum {
    EXIT_OK = 0,
    EXIT_FAILED = 1, /* understood, and could not be done; the message says why */
    EXIT_USAGE = 2,  /* the command line was refused */
};

struct option_row {
    const char *name;  /* "--state" */
    const char *value; /* "DIR": what stands after it; NULL for a switch */
    const char *help;
    bool required;
};

struct command;

/* What was given, parallel to the command's rows. */
struct options {
    const struct command *command;
    const char *values[OPTIONS_MAX]; /* NULL: not given; "" for a switch that was */
    const char *operand;             /* NULL: none */
};

struct command {
    const char *name; /* "kiosk add"; "" where the program has one thing to do */
    const char *help; /* one line */
    const struct option_row *rows;
    int row_count;
    const char *operand; /* "SETTINGS.json": one is required; NULL: none is taken */
    int (*run)(const struct options *options, void *context); /* returns an exit code */
};

struct program {
    const char *name;
    const char *help; /* one or two lines */
    const struct command *commands;
    int command_count;
    void *context; /* handed to run */
};

/* The value of an option of the command's table; NULL where it was not given. */
const char *options_get(const struct options *options, const char *name);

/*
 * Finds the command and reads its options. ERR_REFUSED with the place and the remedy where the
 * command line is not understood. Values are views of argv.
 */
MUST_USE enum err options_parse(const struct program *program, int argc, const char *const *argv,
                                struct options *out_options, struct refusal *refusal);

/* The help of the program (command NULL) or of one command. */
void options_help(const struct program *program, const struct command *command, FILE *to);

/* The whole of main: --help, --version, parse, refuse or run. Returns the exit code. */
int options_main(const struct program *program, int argc, char **argv);

#endif
