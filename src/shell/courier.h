/*
 * The courier carries one sealed sign-up at a time to help-sync and brings back what became of it.
 * It asks again by the same id until it knows: after a lost connection, after "unconfirmed", after
 * help-sync was restarted. Once an answer was lost the sign-up may be stored, and no refusal by the
 * storage says otherwise. When 20 s have passed it says "not confirmed", never "not saved", and
 * goes on asking, because the answer may still come (quality.md section 4).
 * The plaintext is sealed at once in courier_save; what it keeps is sealed.
 *
 * Beside it the courier runs one errand of the staff at a time: a PIN to check, a reference to look
 * up, "Send now", a USB stick. An errand is never repeated by itself: each PIN is a try that
 * counts. A stick takes as long as it takes: the courier asks how far it has come until it has
 * ended.
 */
#ifndef SHELL_COURIER_H
#define SHELL_COURIER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/local/client.h"
#include "sync/wire/seal.h"

#define COURIER_PATIENCE_MS        20000 /* then the patient is told: it could not be confirmed */
#define COURIER_STATUS_PATIENCE_MS 5000  /* then a help-sync that takes questions counts as away */

enum courier_news {
    COURIER_NOTHING,
    COURIER_STATUS,      /* status is fresh */
    COURIER_AWAY,        /* help-sync does not answer: no status to be had */
    COURIER_SAVED,       /* durable: the done screen may appear */
    COURIER_UNCONFIRMED, /* no answer for 20 s; said once */
    COURIER_REFUSED,     /* it was not taken, for `reason`, and asking again would not help */
    COURIER_ERRAND,      /* what `errand` asked is answered in `answer` */
    COURIER_NO_ERRAND,   /* and this was not: help-sync is silent or gone */
};

enum courier_errand { ERRAND_NONE, ERRAND_PIN, ERRAND_LOOK_UP, ERRAND_SEND_NOW, ERRAND_STICK };

struct courier {
    struct local_client client;
    struct local_status status; /* as last heard */
    bool status_wanted;
    int64_t status_again_ms; /* when to ask again while help-sync is away; INT64_MAX: asked */
    int64_t status_late_ms; /* when it counts as away; 0: not asked yet; INT64_MAX: that was said */
    /* The sign-up on its way. */
    bool carrying;
    bool asked; /* sent, and no answer yet */
    bool doubt; /* an answer was lost: it may be stored */
    bool told;  /* COURIER_UNCONFIRMED was said */
    bool assisted;
    struct seal_header header;
    unsigned char sealed[SEALED_BYTES];
    int64_t begun_ms;
    int64_t again_ms; /* when to ask again */
    int pause_ms;     /* before the next question: doubles up to a limit */
    enum local_reason reason;
    /* The staff's errand. */
    enum courier_errand errand; /* the last one that was begun */
    bool on_errand;
    int64_t errand_late_ms;
    int64_t stick_again_ms; /* when to ask how far the stick has come; INT64_MAX: not now */
    struct local_event answer;
};

MUST_USE enum err courier_init(struct courier *c, const char *socket_path);
void courier_finish(struct courier *c);

/* Asks for a status; COURIER_STATUS or COURIER_AWAY follows. */
void courier_ask_status(struct courier *c);

/*
 * Seals `plaintext` under `record` to the key of the last status and begins to carry it. `scratch`
 * is the caller's locked memory; it is wiped. `assisted`: it was filled in with staff.
 * ERR_UNAVAILABLE where no key is known, ERR_BUSY where another sign-up is still on its way and its
 * outcome unknown, ERR_LIMIT where it is too large.
 */
MUST_USE enum err courier_save(struct courier *c, const struct id *record, struct str plaintext,
                               unsigned char scratch[SEAL_INSIDE_BYTES], bool assisted,
                               int64_t now_ms);

/*
 * Each begins an errand and ends one that is still under way; COURIER_ERRAND or COURIER_NO_ERRAND
 * follows. `pin` is digits, and no copy of it is kept; `bits` is what reference_id_bits gave.
 */
void courier_check_pin(struct courier *c, const char *pin, int64_t now_ms);
void courier_look_up(struct courier *c, const uint8_t bits[8], unsigned count, int64_t now_ms);
/* The answer's `carry` tells how it ended. `folder`: an absolute path, where a stick is mounted. */
void courier_save_to_stick(struct courier *c, const char *folder, int64_t now_ms);
void courier_send_now(struct courier *c, int64_t now_ms);

/* Does what is due, waits at most wait_ms for an answer, and says what is new. */
enum courier_news courier_step(struct courier *c, int64_t now_ms, int wait_ms);

/* Is an answer expected, so that courier_step must be called often? */
bool courier_is_waiting(const struct courier *c);
/* When courier_step has something to do by the clock (monotonic); INT64_MAX: never. */
int64_t courier_deadline_ms(const struct courier *c);

#endif
