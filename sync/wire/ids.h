/*
 * Names of things on the wire. Records, kiosks, bundles and a server's incarnation are named by 16
 * random bytes made before the first write (a UUID of version 4, RFC 9562), so nothing depends on
 * a position or a clock. A key is named by the first 8 bytes of the BLAKE2b of its public half.
 */
#ifndef WIRE_IDS_H
#define WIRE_IDS_H

#include <stdbool.h>

#include "base/env.h"
#include "base/err.h"
#include "base/str.h"

#define ID_BYTES     16
#define ID_TEXT      36 /* 8-4-4-4-12 lower-case hexadecimal digits */
#define KEY_ID_BYTES 8
#define KEY_ID_TEXT  16

struct id {
    unsigned char bytes[ID_BYTES];
};

struct key_id {
    unsigned char bytes[KEY_ID_BYTES];
};

/* A new random id, with the version and variant bits of a UUIDv4. */
struct id id_make(const struct env *env);
bool id_equal(const struct id *a, const struct id *b);
/* All bytes 0: "none". */
bool id_is_none(const struct id *id);
void id_text(const struct id *id, char out_text[ID_TEXT + 1]);
/* Exactly the form that id_text writes, else ERR_FORMAT. */
MUST_USE enum err id_parse(struct str text, struct id *out_id);

/* A list that grows; zeroed it is empty. */
struct id_list {
    struct id *ids;
    size_t count;
    size_t size; /* room for so many */
};

/* ERR_MEMORY; then the list is as it was. */
MUST_USE enum err id_list_add(struct id_list *list, const struct id *id);
/* By their bytes. */
void id_list_sort(struct id_list *list);
/* Of a sorted list. */
bool id_list_has(const struct id_list *list, const struct id *id);
void id_list_free(struct id_list *list);

/* The name of a public key of 32 bytes (Ed25519 or X25519). */
struct key_id key_id_of(const unsigned char public_key[32]);
bool key_id_equal(const struct key_id *a, const struct key_id *b);
void key_id_text(const struct key_id *id, char out_text[KEY_ID_TEXT + 1]);
MUST_USE enum err key_id_parse(struct str text, struct key_id *out_id);

#endif
