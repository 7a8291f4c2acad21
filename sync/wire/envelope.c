/* One line of a bundle: see envelope.h. */
#include "sync/wire/envelope.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/hex.h"
#include "sync/wire/base64.h"

#define BASE64_TEXT (SEALED_BYTES / 3 * 4)
_Static_assert(SEALED_BYTES % 3 == 0, "the sealed bytes fill whole groups of base64");
_Static_assert(SHA256_BYTES == crypto_hash_sha256_BYTES, "SHA-256");

void envelope_hash(struct envelope *e)
{
    crypto_hash_sha256(e->sha256, e->sealed, sizeof e->sealed);
}

void envelope_encode(const struct envelope *e, struct buf *out)
{
    char record[ID_TEXT + 1];
    char kiosk[ID_TEXT + 1];
    char key[KEY_ID_TEXT + 1];
    char hash[2 * SHA256_BYTES + 1];
    char sealed[BASE64_TEXT];

    id_text(&e->header.record, record);
    id_text(&e->header.kiosk, kiosk);
    key_id_text(&e->header.key, key);
    hex_encode(e->sha256, SHA256_BYTES, hash);
    base64_encode(e->sealed, SEALED_BYTES, sealed);
    buf_add_format(out, "record %" PRIu64 " %s %s %s %s ", e->seq, record, kiosk, key, hash);
    buf_add(out, (struct str){sealed, BASE64_TEXT});
    buf_add_char(out, '\n');
}

enum err envelope_decode(struct str line, struct envelope *out_envelope)
{
    struct envelope *e = out_envelope;
    unsigned char hash[SHA256_BYTES];
    struct str word[7];

    /* The last word takes what is left, spaces included: base64 refuses those. */
    for (size_t i = 0; i < 6; i++)
        word[i] = str_split(line, ' ', &line);
    word[6] = line;
    if (!str_is(word[0], "record") || !str_to_u64(word[1], SEQ_MAX, &e->seq) || e->seq == 0 ||
        word[1].at[0] == '0')
        return ERR_FORMAT;
    if (id_parse(word[2], &e->header.record) != ERR_OK ||
        id_parse(word[3], &e->header.kiosk) != ERR_OK ||
        key_id_parse(word[4], &e->header.key) != ERR_OK ||
        hex_decode(word[5], e->sha256, SHA256_BYTES) != ERR_OK)
        return ERR_FORMAT;
    if (base64_decode(word[6], e->sealed, SEALED_BYTES) != ERR_OK)
        return ERR_FORMAT;
    crypto_hash_sha256(hash, e->sealed, SEALED_BYTES);
    return sodium_memcmp(hash, e->sha256, SHA256_BYTES) == 0 ? ERR_OK : ERR_CHECK;
}
