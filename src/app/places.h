/*
 * Places that are kept for people who were called in. What a person has answered, and where they
 * were, is sealed under a code of six digits that only they have; the plain answers are wiped. It
 * lies in memory alone: it is gone after two hours, after five wrong codes, and with the power.
 *
 * The key is Argon2id of the code and a salt, the seal XChaCha20-Poly1305 (libsodium). A million
 * codes are few: what protects a place is that it lies in the memory of a running kiosk, for two
 * hours, behind five tries; and that each guess costs PLACES_OPS passes over PLACES_MEMORY bytes.
 * All that lie there at once have one salt, drawn when the first comes: a code is tried once, not
 * eight times, so that a small computer answers within a second. Measured on one core of a virtual
 * machine (AMD EPYC): 0.13 s and 32 MiB a code, so 36 hours of a core for all of them.
 *
 * Nobody says whose code it is: a wrong one counts against every place.
 */
#ifndef APP_PLACES_H
#define APP_PLACES_H

#include <sodium.h>

#include "base/env.h"
#include "base/err.h"
#include "screens/model.h"

enum {
    PLACES = 8,
    PLACES_KEPT_MS = 2 * 60 * 60 * 1000,
    PLACES_TRIES = 5,                 /* wrong codes until a place is gone, and until a pause */
    PLACES_PAUSE_MS = 10 * 60 * 1000, /* in which no code is taken */
    PLACES_OPS = 3,
    PLACES_MEMORY = 32 * 1024 * 1024,
};

/* What comes back: all of the session. In the clear it is only ever in the locked block. */
struct kept {
    struct model model; /* its pointers hold: they are checked by the seal, and live as long */
    struct answers answers;
    struct answers before;
};

struct place {
    int64_t until_ms; /* 0: free */
    int wrong;        /* codes since it was sealed */
    unsigned char nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    unsigned char sealed[sizeof(struct kept) + crypto_aead_xchacha20poly1305_ietf_ABYTES];
};

/* Zeroed, it is empty and ready. */
struct places {
    struct place at[PLACES];
    unsigned char salt[crypto_pwhash_SALTBYTES];
    int wrong;         /* codes in a row */
    int64_t paused_ms; /* until then no code is taken */
};

/*
 * Seals *kept, which stays as it is, and writes the code ("418302"). ERR_LIMIT where all are taken,
 * ERR_MEMORY where there is not enough to make the key.
 */
MUST_USE enum err places_keep(struct places *places, const struct kept *kept, const struct env *env,
                              int64_t now_ms, char out_code[MODEL_CODE + 1]);
/*
 * Opens the place with that code and frees it. ERR_NOT_FOUND: the code is wrong, which counts;
 * ERR_UNAVAILABLE: no code is taken now; ERR_MEMORY: nothing was tried.
 */
MUST_USE enum err places_open(struct places *places, const char *code, int64_t now_ms,
                              struct kept *out_kept);
/* Wipes what is over. */
void places_tick(struct places *places, int64_t now_ms);
/* When places_tick has something to do; INT64_MAX: never. */
int64_t places_deadline_ms(const struct places *places);
int places_count(const struct places *places);
/* Wrong codes that are still allowed before the pause. */
int places_tries_left(const struct places *places);
/* Whole minutes of the pause that are left, counting the one that runs; 0: none. */
int places_pause_minutes(const struct places *places, int64_t now_ms);

#endif
