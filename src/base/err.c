/* Names of errors, and refusals: see err.h. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>

static const char *const names[ERR_COUNT] = {
    [ERR_OK] = "ok",
    [ERR_MEMORY] = "no memory",
    [ERR_LIMIT] = "too large",
    [ERR_FORMAT] = "not well-formed",
    [ERR_CHECK] = "not genuine",
    [ERR_VERSION] = "made by a newer version",
    [ERR_NOT_FOUND] = "not found",
    [ERR_EXISTS] = "exists already",
    [ERR_REFUSED] = "refused",
    [ERR_IO] = "input or output failed",
    [ERR_FULL] = "no space left",
    [ERR_READ_ONLY] = "read-only",
    [ERR_BUSY] = "in use by another program",
    [ERR_UNAVAILABLE] = "no answer",
};

const char *err_name(enum err e)
{
    return (unsigned)e < ERR_COUNT ? names[e] : "unknown";
}

enum err err_from_errno(int number)
{
    switch (number) {
    case ENOMEM:
        return ERR_MEMORY;
    case ENOSPC:
    case EDQUOT:
        return ERR_FULL;
    case EROFS:
        return ERR_READ_ONLY;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case EEXIST:
        return ERR_EXISTS;
    case EACCES:
    case EPERM:
        return ERR_REFUSED;
    case EBUSY:
    case EADDRINUSE:
    case EAGAIN:
        return ERR_BUSY;
    case ECONNREFUSED:
    case ECONNRESET:
    case EPIPE:
    case ETIMEDOUT:
        return ERR_UNAVAILABLE;
    default:
        return ERR_IO;
    }
}

#define FILL(part)                                                 \
    do {                                                           \
        if (r != NULL) {                                           \
            va_list arguments;                                     \
            va_start(arguments, format);                           \
            vsnprintf(r->part, sizeof r->part, format, arguments); \
            va_end(arguments);                                     \
        }                                                          \
    } while (0)

void refusal_place(struct refusal *r, const char *format, ...)
{
    FILL(place);
}

void refusal_problem(struct refusal *r, const char *format, ...)
{
    FILL(problem);
}

void refusal_remedy(struct refusal *r, const char *format, ...)
{
    FILL(remedy);
}

void refusal_print(const struct refusal *r, const char *program, FILE *to)
{
    fprintf(to, "%s: ", program);
    if (r->place[0] != '\0')
        fprintf(to, "%s: ", r->place);
    fprintf(to, "%s.", r->problem);
    if (r->remedy[0] != '\0')
        fprintf(to, " %s.", r->remedy);
    fputc('\n', to);
}
