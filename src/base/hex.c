/* Lower-case hexadecimal: see hex.h. */
#include "base/hex.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

void hex_encode(const void *bytes, size_t size, char *out_text)
{
    const unsigned char *from = bytes;

    for (size_t i = 0; i < size; i++) {
        *out_text++ = digits[from[i] >> 4];
        *out_text++ = digits[from[i] & 15];
    }
    *out_text = '\0';
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

enum err hex_decode(struct str text, void *out_bytes, size_t size)
{
    unsigned char *to = out_bytes;

    if (text.len != 2 * size)
        return ERR_FORMAT;
    for (size_t i = 0; i < text.len; i++) {
        if (digit_value(text.at[i]) < 0)
            return ERR_FORMAT;
    }
    for (size_t i = 0; i < size; i++)
        to[i] = (unsigned char)(digit_value(text.at[2 * i]) << 4 | digit_value(text.at[2 * i + 1]));
    return ERR_OK;
}
