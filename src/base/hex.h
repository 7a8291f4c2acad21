/* Bytes as lower-case hexadecimal, the one form in which ids, hashes and keys are written. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Writes 2 * size digits and a final 0 to `out_text`. */
void hex_encode(const void *bytes, size_t size, char *out_text);
/* Exactly 2 * size lower-case digits, else ERR_FORMAT. */
MUST_USE enum err hex_decode(struct str text, void *out_bytes, size_t size);

#endif
