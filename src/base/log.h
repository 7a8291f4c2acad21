/*
 * Logs hold an event code, random ids and numbers, never text that came from a person: so there
 * is nothing in them to forget. One line an event on standard error, for the journal:
 *     outbox.append seq=12 bytes=4301
 * Only programs log; libraries return errors.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

/* `event` is "area.what"; `format` gives "key=number ..." or "". */
void log_event(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
