/* Places kept under a code: see places.h. */
#include "app/places.h"

#include <string.h>

enum { KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES };

_Static_assert(PLACES_OPS >= crypto_pwhash_argon2id_OPSLIMIT_MIN,
               "fewer passes than Argon2id takes");

static bool is_taken(const struct place *place)
{
    return place->until_ms > 0;
}

static void wipe_place(struct place *place)
{
    sodium_memzero(place, sizeof *place);
}

int places_count(const struct places *places)
{
    int count = 0;

    for (int i = 0; i < PLACES; i++)
        count += is_taken(&places->at[i]);
    return count;
}

void places_tick(struct places *places, int64_t now_ms)
{
    for (int i = 0; i < PLACES; i++) {
        if (is_taken(&places->at[i]) && now_ms >= places->at[i].until_ms)
            wipe_place(&places->at[i]);
    }
    if (places->paused_ms > 0 && now_ms >= places->paused_ms) {
        places->paused_ms = 0;
        places->wrong = 0;
    }
}

int64_t places_deadline_ms(const struct places *places)
{
    int64_t due = places->paused_ms > 0 ? places->paused_ms : INT64_MAX;

    for (int i = 0; i < PLACES; i++) {
        if (is_taken(&places->at[i]) && places->at[i].until_ms < due)
            due = places->at[i].until_ms;
    }
    return due;
}

int places_tries_left(const struct places *places)
{
    return PLACES_TRIES - places->wrong;
}

int places_pause_minutes(const struct places *places, int64_t now_ms)
{
    int64_t left = places->paused_ms - now_ms;

    return left > 0 ? (int)((left + 59999) / 60000) : 0;
}

static enum err derive(const struct places *places, const char *code, unsigned char out_key[KEY])
{
    return crypto_pwhash(out_key, KEY, code, strlen(code), places->salt, PLACES_OPS, PLACES_MEMORY,
                         crypto_pwhash_ALG_ARGON2ID13) == 0
               ? ERR_OK
               : ERR_MEMORY;
}

/* The place under this key: a seal tells whether it is the right one before it is opened. */
static struct place *find(struct places *places, const unsigned char key[KEY])
{
    for (int i = 0; i < PLACES; i++) {
        struct place *place = &places->at[i];
        if (is_taken(place) && crypto_aead_xchacha20poly1305_ietf_decrypt(
                                   NULL, NULL, NULL, place->sealed, sizeof place->sealed, NULL, 0,
                                   place->nonce, key) == 0)
            return place;
    }
    return NULL;
}

/* Codes that a bystander would try first: one digit six times, or digits in a row. */
static bool is_simple(const char *code)
{
    int step = code[1] - code[0];

    for (int i = 1; i < MODEL_CODE; i++) {
        if (code[i] - code[i - 1] != step)
            return false;
    }
    return step >= -1 && step <= 1;
}

static void draw(const struct env *env, char out_code[MODEL_CODE + 1])
{
    do {
        uint64_t number = env_random_below(env, 1000000);
        for (int i = MODEL_CODE - 1; i >= 0; i--) {
            out_code[i] = (char)('0' + number % 10);
            number /= 10;
        }
        out_code[MODEL_CODE] = '\0';
    } while (is_simple(out_code));
}

enum err places_keep(struct places *places, const struct kept *kept, const struct env *env,
                     int64_t now_ms, char out_code[MODEL_CODE + 1])
{
    struct place *slot = NULL;
    unsigned char key[KEY];
    enum err e;

    places_tick(places, now_ms);
    for (int i = PLACES - 1; i >= 0; i--) {
        if (!is_taken(&places->at[i]))
            slot = &places->at[i];
    }
    if (slot == NULL)
        return ERR_LIMIT;
    if (places_count(places) == 0)
        env_random(env, places->salt, sizeof places->salt);
    /* No two places have one code. */
    do {
        draw(env, out_code);
        e = derive(places, out_code, key);
    } while (e == ERR_OK && find(places, key) != NULL);
    if (e == ERR_OK) {
        env_random(env, slot->nonce, sizeof slot->nonce);
        crypto_aead_xchacha20poly1305_ietf_encrypt(slot->sealed, NULL, (const unsigned char *)kept,
                                                   sizeof *kept, NULL, 0, NULL, slot->nonce, key);
        slot->until_ms = now_ms + PLACES_KEPT_MS;
        slot->wrong = 0;
    }
    sodium_memzero(key, sizeof key);
    return e;
}

static void count_wrong(struct places *places, int64_t now_ms)
{
    for (int i = 0; i < PLACES; i++) {
        if (is_taken(&places->at[i]) && ++places->at[i].wrong >= PLACES_TRIES)
            wipe_place(&places->at[i]);
    }
    if (++places->wrong >= PLACES_TRIES)
        places->paused_ms = now_ms + PLACES_PAUSE_MS;
}

enum err places_open(struct places *places, const char *code, int64_t now_ms, struct kept *out_kept)
{
    unsigned char key[KEY];

    places_tick(places, now_ms);
    if (places->paused_ms > 0)
        return ERR_UNAVAILABLE;
    enum err e = derive(places, code, key);
    if (e != ERR_OK)
        return e;
    struct place *place = find(places, key);
    if (place == NULL || crypto_aead_xchacha20poly1305_ietf_decrypt(
                             (unsigned char *)out_kept, NULL, NULL, place->sealed,
                             sizeof place->sealed, NULL, 0, place->nonce, key) != 0) {
        count_wrong(places, now_ms);
        e = ERR_NOT_FOUND;
    } else {
        wipe_place(place);
        places->wrong = 0;
    }
    sodium_memzero(key, sizeof key);
    return e;
}
