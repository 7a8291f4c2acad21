/*
 * What help-sync tells the kiosk about itself and about one record, put together out of the parts
 * that know it. Counts of a storage that does not answer stay 0; `storage` says how that is.
 */
#ifndef AGENT_STATUS_H
#define AGENT_STATUS_H

#include "base/env.h"
#include "sync/agent/engine.h"
#include "sync/agent/exchange.h"
#include "sync/local/message.h"
#include "sync/outbox/outbox.h"

/* Who knows; all borrowed. */
struct status_sources {
    const struct env *env;
    struct outbox *outbox;
    const char *state;               /* the state folder */
    const struct settings *settings; /* NULL: not enrolled, and the next two are not asked */
    const struct engine *engine;
    const struct exchange *exchange;
};

/* `recent` is the record whose state is wanted as well, or none. */
void status_fill(const struct status_sources *from, const struct id *recent,
                 struct local_status *out_status);

/* Makes the STATE event of a record; RECORD_UNKNOWN where it is not here. */
void status_of_record(const struct status_sources *from, const struct id *record,
                      struct local_event *out_event);
/* The same for the newest whose id begins so. */
void status_of_prefix(const struct status_sources *from, const unsigned char prefix[8],
                      unsigned bits, struct local_event *out_event);

#endif
