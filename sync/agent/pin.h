/*
 * The staff PIN: it opens the staff panel, which shows no person's data, and guards nothing else.
 * What is kept is an Argon2id hash (RFC 9106) in the state folder's file "pin", 0600, beside the
 * number of tries since the last right one. A try is counted on the disk before it is looked at,
 * so killing help-sync at any instruction wins nothing. After 5 tries each next one comes after a
 * pause of 1, 2, 4 ... 60 minutes; pauses are measured by the monotonic clock, and a restart begins
 * the pause anew, so neither a restart nor a changed clock shortens one.
 *
 * A try costs one small Argon2id and one sync, and help-sync does nothing else meanwhile: the
 * parameters are such that a save behind it waits under 100 ms on a slow device.
 */
#ifndef AGENT_PIN_H
#define AGENT_PIN_H

#include <stdbool.h>

#include "base/env.h"
#include "base/err.h"
#include "sync/local/message.h"

/* A new PIN has so many digits at least. */
#define PIN_DIGITS_LEAST 6
/* So many tries, then the pauses. */
#define PIN_TRIES         5
#define PIN_PAUSE_MS      ((int64_t)60 * 1000)
#define PIN_PAUSE_MOST_MS ((int64_t)60 * 60 * 1000)

#define PIN_HASH_SIZE 128 /* with the final 0; libsodium's crypto_pwhash_STRBYTES */

struct pin {
    const struct env *env;
    const char *state;        /* the state folder; borrowed */
    char hash[PIN_HASH_SIZE]; /* whose tries these are; "" while no PIN was read */
    unsigned tries;           /* since the last right one, as on the disk */
    int64_t until_ms;         /* monotonic: no try is looked at before */
};

struct pin_answer {
    enum pin_result result;
    unsigned tries_left;
    int64_t wait_ms;
};

/* Takes over the count that the last process left, and begins the pause that belongs to it. */
void pin_init(struct pin *p, const struct env *env, const char *state);

bool pin_is_set(const char *state);

/* One try. A PIN that was set since the last one has its full number of tries. */
void pin_try(struct pin *p, const char *digits, struct pin_answer *out_answer);

/*
 * Sets a new PIN, also while a help-sync runs there. ERR_REFUSED where it is one that people guess
 * first, has other characters than digits, or fewer than 6 or more than 12 of them.
 */
MUST_USE enum err pin_set(const char *state, const char *digits, struct refusal *refusal);

#endif
