/* The sealed record: see seal.h. */
#include "sync/wire/seal.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SEAL_OVERHEAD == crypto_box_SEALBYTES, "sealed box");

#define MAGIC      "HDR1"
#define MAGIC_SIZE 4
#define HEAD_SIZE  (SEAL_INSIDE_BYTES - LIMIT_RECORD_PADDED)

/* The header as it stands inside the box. */
static void write_head(const struct seal_header *header, unsigned char out_head[HEAD_SIZE])
{
    unsigned char *at = out_head;

    memcpy(at, MAGIC, MAGIC_SIZE);
    at += MAGIC_SIZE;
    memcpy(at, header->record.bytes, ID_BYTES);
    at += ID_BYTES;
    memcpy(at, header->kiosk.bytes, ID_BYTES);
    at += ID_BYTES;
    memcpy(at, header->key.bytes, KEY_ID_BYTES);
}

enum err seal_record(const struct seal_header *header, struct str plaintext,
                     const struct seal_key *key, unsigned char scratch[SEAL_INSIDE_BYTES],
                     unsigned char out_sealed[SEALED_BYTES])
{
    enum err e = ERR_OK;
    size_t padded;

    if (plaintext.len > LIMIT_RECORD)
        return ERR_LIMIT;
    if (!key_id_equal(&header->key, &key->id))
        return ERR_CHECK;
    write_head(header, scratch);
    if (plaintext.len > 0)
        memcpy(scratch + HEAD_SIZE, plaintext.at, plaintext.len);
    if (sodium_pad(&padded, scratch + HEAD_SIZE, plaintext.len, LIMIT_RECORD_PADDED,
                   LIMIT_RECORD_PADDED) != 0 ||
        crypto_box_seal(out_sealed, scratch, SEAL_INSIDE_BYTES, key->public_key) != 0)
        e = ERR_CHECK;
    sodium_memzero(scratch, SEAL_INSIDE_BYTES);
    return e;
}

enum err seal_open(const struct seal_header *header, const unsigned char sealed[SEALED_BYTES],
                   const struct seal_pair *pair, unsigned char out_inside[SEAL_INSIDE_BYTES],
                   struct str *out_plaintext)
{
    unsigned char head[HEAD_SIZE];
    enum err e = ERR_CHECK;
    size_t len = 0;

    if (crypto_box_seal_open(out_inside, sealed, SEALED_BYTES, pair->key.public_key,
                             pair->secret_key) != 0)
        goto out;
    if (memcmp(out_inside, MAGIC, MAGIC_SIZE) != 0) {
        /* Genuinely sealed to us: "HDR" and another digit is a form of a newer kiosk. */
        e = memcmp(out_inside, MAGIC, MAGIC_SIZE - 1) == 0 ? ERR_VERSION : ERR_FORMAT;
        goto out;
    }
    write_head(header, head);
    if (memcmp(out_inside, head, HEAD_SIZE) != 0)
        goto out;
    if (sodium_unpad(&len, out_inside + HEAD_SIZE, LIMIT_RECORD_PADDED, LIMIT_RECORD_PADDED) != 0) {
        e = ERR_FORMAT;
        goto out;
    }
    *out_plaintext = (struct str){(const char *)out_inside + HEAD_SIZE, len};
    e = ERR_OK;
out:
    if (e != ERR_OK)
        sodium_memzero(out_inside, SEAL_INSIDE_BYTES);
    return e;
}
