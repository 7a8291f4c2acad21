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
#include "sync/wire/receipt.h"
#include "sync/wire/seal.h"
#include "sync/wire/settings.h"

#define LOCAL_VERSION     2
#define LOCAL_MESSAGE_MAX (SEALED_BYTES + 128)
/* A staff PIN: decimal digits. */
#define LOCAL_PIN_LEAST 4
#define LOCAL_PIN_MOST  12
/* Bytes of the path of a folder. */
#define LOCAL_FOLDER_MOST 255

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
    CONTACT_CLOCK,      /* by this device's clock the server's certificate is not valid now */
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

/* What became of a staff PIN that was typed. */
enum pin_result {
    PIN_RIGHT,
    PIN_WRONG,    /* tries_left more, then wait_ms before the next */
    PIN_LOCKED,   /* not looked at: too many were wrong; wait_ms until the next try */
    PIN_NONE_SET, /* this device has no PIN yet: "help-sync pin" sets one */
    PIN_FAILING,  /* not looked at: the storage does not let the try be counted */
    PIN_RESULT_COUNT
};

/* How far carrying by USB stick has come, or how it ended. In every state but WORKING the stick may
 * be removed; what is counted as written or there was read back from it. */
enum carry_state {
    CARRY_NONE,         /* nothing was begun since help-sync was started */
    CARRY_WORKING,      /* not yet: leave it in */
    CARRY_DONE,         /* all that waits is on it */
    CARRY_FULL,         /* it has no room for the rest */
    CARRY_READ_ONLY,    /* it takes no writes */
    CARRY_NOT_ALLOWED,  /* help-sync's user may not write there */
    CARRY_GONE,         /* pulled out, or it does not work */
    CARRY_NO_FOLDER,    /* no such folder */
    CARRY_OWN_DISK,     /* the folder is on this device's own disk: no stick is mounted there */
    CARRY_CROWDED,      /* more files in the folder than are looked through */
    CARRY_DEVICE,       /* this device's own storage or memory can't just now */
    CARRY_NOT_ENROLLED, /* no settings yet */
    CARRY_BUSY,         /* not begun: another stick is at work; this one may be removed */
    CARRY_STATE_COUNT
};

struct local_carry {
    enum carry_state state;
    uint64_t written;  /* records written to the stick now */
    uint64_t there;    /* records that wait and were on it already */
    uint64_t receipts; /* receipts taken from it */
    uint64_t settled;  /* records that wait no longer because of these */
    uint64_t strange;  /* receipts for bundles of ours that are not our server's; left there */
};

struct local_status {
    bool enrolled; /* where false, only storage and pin_set are filled */
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
    /* By the device's clock and time zone; a week begins on Monday. */
    uint64_t made_today;
    uint64_t assisted_today; /* of these: filled in with staff */
    uint64_t made_week;
    int64_t last_contact_wall_ms; /* last good exchange; 0: never */
    int64_t last_sent_wall_ms;    /* the last in which the server settled records; 0: never */
    uint64_t last_sent_count;     /* how many it settled */
    int64_t next_exchange_ms;  /* until the next; 0: now, or one is under way; -1: none planned */
    int64_t oldest_waiting_ms; /* age of the oldest that waits; 0: none waits */
    bool clock_known;          /* the server told its time since help-sync was started */
    int64_t clock_offset_ms;   /* the device's wall clock is ahead by so much; < 0: behind */
    struct receipt_feedback feedback; /* as last heard */
    /* Of the newest record that needs attention; "" where none does. No person's data. */
    char attention_code[RECEIPT_CODE + 1];
    char attention_words[RECEIPT_WORDS + 1];
    bool pin_set;
    struct id recent; /* the record that was asked about; none if none was */
    enum record_state recent_state;
};

/* What comes back to the kiosk. */
enum local_event_kind {
    LOCAL_EVENT_NONE,         /* nothing came within wait_ms */
    LOCAL_EVENT_STATUS,       /* status is filled */
    LOCAL_EVENT_SAVED,        /* record is durable: the done screen may appear */
    LOCAL_EVENT_REFUSED,      /* record was not taken, for `reason` */
    LOCAL_EVENT_STATE,        /* answer to query or look-up: record, state, code and words */
    LOCAL_EVENT_SENDING,      /* answer to send_now: an exchange was started, or is running */
    LOCAL_EVENT_PIN,          /* answer to a PIN: pin, tries_left and wait_ms */
    LOCAL_EVENT_CARRY,        /* answer to both requests of that name: carry */
    LOCAL_EVENT_DISCONNECTED, /* what was begun and not answered will not be answered */
    LOCAL_EVENT_COUNT
};

struct local_event {
    enum local_event_kind kind;
    struct id record;
    enum local_reason reason;
    enum record_state state;
    char code[RECEIPT_CODE + 1]; /* STATE: why it needs attention; else "" */
    char words[RECEIPT_WORDS + 1];
    enum pin_result pin;
    unsigned tries_left;
    int64_t wait_ms;
    struct local_carry carry;
    struct local_status status;
};

/* What the kiosk asks. */
enum local_request_kind {
    LOCAL_REQUEST_STATUS,
    LOCAL_REQUEST_SAVE,
    LOCAL_REQUEST_QUERY,
    LOCAL_REQUEST_LOOK_UP,
    LOCAL_REQUEST_SEND_NOW,
    LOCAL_REQUEST_PIN,
    LOCAL_REQUEST_CARRY,       /* begin with the stick in `folder`, or none while one is at work */
    LOCAL_REQUEST_CARRY_STATE, /* how far it has come */
    LOCAL_REQUEST_COUNT
};

struct local_request {
    enum local_request_kind kind;
    struct id record;            /* STATUS (or none), QUERY */
    struct seal_header header;   /* SAVE */
    const unsigned char *sealed; /* SAVE: SEALED_BYTES, in the caller's or the packet's memory */
    bool assisted;               /* SAVE: filled in with staff */
    unsigned char prefix[8];     /* LOOK_UP: its first `bits` count */
    unsigned bits;
    char pin[LOCAL_PIN_MOST + 1];       /* PIN: both ends wipe it, and the packet, after use */
    char folder[LOCAL_FOLDER_MOST + 1]; /* CARRY: an absolute path */
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
