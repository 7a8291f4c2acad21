/*
 * The kiosk's end of the local socket. It never blocks, never allocates and needs no thread: a
 * ..._begin sends one message (and connects first, where needed), local_client_poll hands back what
 * came. help-sync may be away, slow or restarted at any moment: a begin then says ERR_UNAVAILABLE,
 * or the next poll says LOCAL_EVENT_DISCONNECTED, and the kiosk begins again when it likes. Saving
 * is idempotent by record id, so after a disconnect the same save is simply sent again.
 */
#ifndef LOCAL_CLIENT_H
#define LOCAL_CLIENT_H

#include "base/err.h"
#include "sync/local/message.h"

struct local_client {
    char path[108];      /* sun_path; longer paths are refused */
    int descriptor;      /* -1 while not connected */
    unsigned unanswered; /* begun and not answered on this connection */
    bool lost;           /* some of these were lost with it: the next poll says so */
};

/* Opens nothing yet. ERR_LIMIT where the path is too long for a UNIX socket. */
MUST_USE enum err local_client_init(struct local_client *c, const char *socket_path);
/* Closes; the client may be used again. */
void local_client_finish(struct local_client *c);

/*
 * Each sends one request. ERR_UNAVAILABLE: help-sync is not there. ERR_BUSY: it is there and its
 * queue is full, try again shortly. Nothing is kept in the client: repeat the call to repeat it.
 */
/* Answer: STATUS. `recent` may be NULL. */
MUST_USE enum err local_client_status_begin(struct local_client *c, const struct id *recent);
/* Answer: SAVED or REFUSED with the record's id. `assisted`: it was filled in with staff. */
MUST_USE enum err local_client_save_begin(struct local_client *c, const struct seal_header *header,
                                          const unsigned char sealed[SEALED_BYTES], bool assisted);
/* Answer: STATE, with code and words for RECORD_ATTENTION; RECORD_UNKNOWN where the record is not
 * here. */
MUST_USE enum err local_client_query_begin(struct local_client *c, const struct id *record);
/* The newest record whose id begins with the first `bits` (8 to 64) of `prefix`. Answer: STATE. */
MUST_USE enum err local_client_look_up_begin(struct local_client *c, const unsigned char prefix[8],
                                             unsigned bits);
/* Answer: SENDING. */
MUST_USE enum err local_client_send_now_begin(struct local_client *c);
/*
 * Answer: PIN. `pin` is 4 to 12 digits, else ERR_LIMIT; no copy of it is kept. Each call is a try,
 * so it is not repeated after a disconnect: the person is asked again.
 */
MUST_USE enum err local_client_pin_begin(struct local_client *c, const char *pin);
/*
 * Carries by the USB stick that is mounted at `folder`: takes the receipts off it, then writes what
 * waits onto it. Answer: CARRY, at once; ask for its state until that is no longer CARRY_WORKING.
 * One stick at a time: with another at work the answer is CARRY_BUSY. ERR_LIMIT where the path is
 * not absolute or too long.
 */
MUST_USE enum err local_client_carry_begin(struct local_client *c, const char *folder);
/* Answer: CARRY. */
MUST_USE enum err local_client_carry_state_begin(struct local_client *c);

/* Waits at most wait_ms (0: not at all) for the next answer. */
void local_client_poll(struct local_client *c, int wait_ms, struct local_event *out_event);

#endif
