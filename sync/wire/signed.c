/* The signature line: see signed.h. */
#include "sync/wire/signed.h"

#include <sodium.h>
#include <string.h>

#define WORD        "signature "
#define WORD_SIZE   (sizeof WORD - 1)
#define BASE64_TEXT 88 /* 64 bytes with padding */
#define LINE_SIZE   (WORD_SIZE + BASE64_TEXT + 1)

enum err signed_end(const struct sign_key *key, struct buf *out)
{
    unsigned char signature[SIGNATURE_BYTES];
    char text[BASE64_TEXT + 1];
    enum err e = buf_status(out);

    if (e != ERR_OK)
        return e;
    sign_bytes(key, buf_str(out), signature);
    sodium_bin2base64(text, sizeof text, signature, sizeof signature,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_add_format(out, WORD "%s\n", text);
    return buf_status(out);
}

/*
 * Exactly as signed_end writes it: libsodium's decoder also takes bytes from 128 on for a "/", and
 * a text that can be written in two ways has two hashes.
 */
static bool read_signature(const char *text, unsigned char out_signature[SIGNATURE_BYTES])
{
    char again[BASE64_TEXT + 1];
    size_t size = 0;

    if (sodium_base642bin(out_signature, SIGNATURE_BYTES, text, BASE64_TEXT, NULL, &size, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != SIGNATURE_BYTES)
        return false;
    sodium_bin2base64(again, sizeof again, out_signature, SIGNATURE_BYTES,
                      sodium_base64_VARIANT_ORIGINAL);
    return memcmp(again, text, BASE64_TEXT) == 0;
}

enum err signed_open(struct str bytes, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                     struct str *out_body)
{
    unsigned char signature[SIGNATURE_BYTES];
    struct str body;
    struct str line;

    if (bytes.len < LINE_SIZE)
        return ERR_FORMAT;
    body = (struct str){bytes.at, bytes.len - LINE_SIZE};
    line = (struct str){bytes.at + body.len, LINE_SIZE};
    if (body.len > 0 && body.at[body.len - 1] != '\n')
        return ERR_FORMAT;
    if (!str_starts(line, WORD) || line.at[LINE_SIZE - 1] != '\n' ||
        !read_signature(line.at + WORD_SIZE, signature))
        return ERR_FORMAT;
    if (sign_check(public_key, body, signature) != ERR_OK)
        return ERR_CHECK;
    *out_body = body;
    return ERR_OK;
}
