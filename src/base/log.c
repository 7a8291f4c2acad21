/* One line an event, with the journal's priority prefix (sd-daemon(3)): see log.h. */
#include "base/log.h"

#include <stdarg.h>
#include <stdlib.h>

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    static const int priority[] = {6, 4, 3};
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    /* The prefix is for the journal only; a person at a terminal reads plain lines. */
    if (getenv("JOURNAL_STREAM") != NULL)
        fprintf(stderr, "<%d>%s %s\n", priority[level], event, line);
    else
        fprintf(stderr, "%s %s\n", event, line);
}
