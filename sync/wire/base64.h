/*
 * Base64 (RFC 4648, section 4) for sealed bytes. libsodium's takes the same time whatever the
 * bytes are, which secrets need and sealed bytes do not; this one is eight times as fast, and
 * a server decodes every record that a country's kiosks send. Private to sync/wire.
 */
#ifndef WIRE_BASE64_H
#define WIRE_BASE64_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* `size` must be a multiple of 3, so that there is no padding: writes size / 3 * 4 characters. */
void base64_encode(const unsigned char *bytes, size_t size, char *out_text);
/* Exactly size / 3 * 4 characters of the alphabet, else ERR_FORMAT; out_bytes is undefined then. */
MUST_USE enum err base64_decode(struct str text, unsigned char *out_bytes, size_t size);

#endif
