/*
 * What can go wrong, as every function of this project says it: one small enum that must be used,
 * and, where a person wrote the input, a refusal that names the place and the remedy.
 * Out parameters come last, are called out_..., and stay untouched when a function fails.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdio.h>

#define MUST_USE              __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, arg) __attribute__((format(printf, fmt, arg)))

enum err {
    ERR_OK = 0,
    ERR_MEMORY,      /* no memory */
    ERR_LIMIT,       /* larger than a limit of base/limits.h or of the caller's buffer */
    ERR_FORMAT,      /* not well-formed: a parser refused it */
    ERR_CHECK,       /* well-formed but not genuine: signature, hash or key does not match */
    ERR_VERSION,     /* made by a newer version than this one understands */
    ERR_NOT_FOUND,   /* no such file, row or element */
    ERR_EXISTS,      /* there already, with other content */
    ERR_REFUSED,     /* understood and not allowed */
    ERR_IO,          /* the system could not read or write */
    ERR_FULL,        /* no space left on the device */
    ERR_READ_ONLY,   /* the file system does not take writes */
    ERR_BUSY,        /* somebody else holds it (a second copy is running) */
    ERR_UNAVAILABLE, /* the other side did not answer, or not in time */
    ERR_COUNT
};

/* A short English name for logs and tests ("no space left"). Never NULL. */
const char *err_name(enum err e);

/* The err that an errno value means; ERR_IO where it means nothing more exact. */
enum err err_from_errno(int number);

/*
 * Why an input was refused, in words for the person who can mend it. The text never holds what a
 * patient typed: parsers of patients' input return a check code instead (signup/check.h).
 */
struct refusal {
    char place[160];   /* file and line, key, linkId or option: "questionnaire.json: name-first" */
    char problem[200]; /* what is wrong: "type 'quantity' is not supported" */
    char remedy[200];  /* what to do: "Use string, or remove the item" */
};

/* Each fills one part; text that does not fit is cut. NULL refusals are ignored. */
void refusal_place(struct refusal *r, const char *format, ...) PRINTF_LIKE(2, 3);
void refusal_problem(struct refusal *r, const char *format, ...) PRINTF_LIKE(2, 3);
void refusal_remedy(struct refusal *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* "program: place: problem. Remedy." and a line end. */
void refusal_print(const struct refusal *r, const char *program, FILE *to);

#endif
