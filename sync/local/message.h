/*
 * What kiosk and help-sync say to each other on one machine: small binary messages over a UNIX
 * SOCK_SEQPACKET socket, one packet a message, bounded, versioned. Sealed bytes pass; an answer
 * in plain text never does. Both ends encode and decode with the functions here.
 */
#ifndef LOCAL_MESSAGE_H
#define LOCAL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/wire/bundle.h"
#include "sync/wire/ids.h"
#include "sync/wire/keys.h"
#include "sync/wire/seal.h"
#include "sync/wire/settings.h"

#define LOCAL_VERSION     1
#define LOCAL_MESSAGE_MAX (SEALED_BYTES + 128)

/* The status of a sign-up, in the words of product.md. */
enum record_state {
    RECORD_UNKNOWN,   /* not here */
    RECORD_WAITING,   /* "Saved here" / "Waiting to send" */
    RECORD_RECEIVED,  /* "Received" */
    RECORD_ATTENTION, /* "Needs attention" */
    RECORD_WITHDRAWN, /* "Withdrawn" */
    RECORD_STATE_COUNT
};

/* How the last exchange with the server ended: what the staff panel says about the connection. */
enum contact_state {
    CONTACT_NEVER,      /* none was tried yet */
    CONTACT_GOOD,       /* a genuine receipt */
    CONTACT_NO_NETWORK, /* no answer at all */
    CONTACT_STRANGER,   /* something answered that is not our server: a sign-in page or a filter */
    CONTACT_TROUBLE,    /* our server answered and could not help just now */
    CONTACT_REFUSED,    /* our server does not take this kiosk: set it up again */
    CONTACT_STATE_COUNT
};

/* Why a save was refused. Except for CONFLICT the same id may be sent again. */
enum local_reason {
    LOCAL_UNCONFIRMED,  /* storage did not answer: it may be saved or not; ask again, same id */
    LOCAL_FULL,         /* no space: 16 MiB are needed to take a sign-up */
    LOCAL_FAILING,      /* the storage returns errors */
    LOCAL_READ_ONLY,    /* the storage takes no writes */
    LOCAL_NOT_ENROLLED, /* no settings, or sealed for another kiosk id than ours */
    LOCAL_CONFLICT,     /* this id was saved before with other bytes */
    LOCAL_REASON_COUNT
};

struct local_status {
    bool enrolled; /* where false, only storage is filled */
    struct id kiosk;
    char kiosk_name[SETTINGS_NAME + 1];
    enum kiosk_mode mode;
    char practice_code[SETTINGS_PRACTICE_CODE + 1];
    char practice_name[SETTINGS_NAME + 1];
    struct seal_key seal_key;   /* what to seal to */
    enum storage_state storage; /* anything but STORAGE_OK: take no sign-ups */
    uint64_t free_bytes;
    enum contact_state contact;
    bool connected; /* the last exchange was good and is not long ago */
    uint64_t made;
    uint64_t received;
    uint64_t waiting;
    uint64_t attention;
    uint64_t withdrawn;
    int64_t last_contact_wall_ms; /* last good exchange; 0: never */
    int64_t oldest_waiting_ms;    /* age of the oldest that waits; 0: none waits */
    struct id recent;             /* the record that was asked about; none if none was */
    enum record_state recent_state;
};

/* What comes back to the kiosk. */
enum local_event_kind {
    LOCAL_EVENT_NONE,         /* nothing came within wait_ms */
    LOCAL_EVENT_STATUS,       /* status is filled */
    LOCAL_EVENT_SAVED,        /* record is durable: the done screen may appear */
    LOCAL_EVENT_REFUSED,      /* record was not taken, for `reason` */
    LOCAL_EVENT_STATE,        /* answer to query or look-up: record and state */
    LOCAL_EVENT_SENDING,      /* answer to send_now: an exchange was started, or is running */
    LOCAL_EVENT_DISCONNECTED, /* what was begun and not answered will not be answered */
    LOCAL_EVENT_COUNT
};

struct local_event {
    enum local_event_kind kind;
    struct id record;
    enum local_reason reason;
    enum record_state state;
    struct local_status status;
};

/* What the kiosk asks. */
enum local_request_kind {
    LOCAL_REQUEST_STATUS,
    LOCAL_REQUEST_SAVE,
    LOCAL_REQUEST_QUERY,
    LOCAL_REQUEST_LOOK_UP,
    LOCAL_REQUEST_SEND_NOW,
    LOCAL_REQUEST_COUNT
};

struct local_request {
    enum local_request_kind kind;
    struct id record;            /* STATUS (or none), QUERY */
    struct seal_header header;   /* SAVE */
    const unsigned char *sealed; /* SAVE: SEALED_BYTES, in the caller's or the packet's memory */
    unsigned char prefix[8];     /* LOOK_UP: its first `bits` count */
    unsigned bits;
};

/* Writes one packet and returns its size, at most LOCAL_MESSAGE_MAX. */
size_t local_request_encode(const struct local_request *r, unsigned char out[LOCAL_MESSAGE_MAX]);
size_t local_event_encode(const struct local_event *e, unsigned char out[LOCAL_MESSAGE_MAX]);
/*
 * Reads one packet. ERR_VERSION where another version made it, ERR_FORMAT where it is not a packet
 * of this kind. A SAVE's sealed bytes are a view into `packet`.
 */
MUST_USE enum err local_request_decode(const unsigned char *packet, size_t size,
                                       struct local_request *out_request);
MUST_USE enum err local_event_decode(const unsigned char *packet, size_t size,
                                     struct local_event *out_event);

#endif
