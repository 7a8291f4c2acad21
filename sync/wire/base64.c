/* Base64 by table: see base64.h. */
#include "sync/wire/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Value of a character plus 1; 0 for a character that is not in the alphabet. */
#define V(c, n) [c] = (n) + 1
static const unsigned char values[256] = {
    V('A', 0),  V('B', 1),  V('C', 2),  V('D', 3),  V('E', 4),  V('F', 5),  V('G', 6),  V('H', 7),
    V('I', 8),  V('J', 9),  V('K', 10), V('L', 11), V('M', 12), V('N', 13), V('O', 14), V('P', 15),
    V('Q', 16), V('R', 17), V('S', 18), V('T', 19), V('U', 20), V('V', 21), V('W', 22), V('X', 23),
    V('Y', 24), V('Z', 25), V('a', 26), V('b', 27), V('c', 28), V('d', 29), V('e', 30), V('f', 31),
    V('g', 32), V('h', 33), V('i', 34), V('j', 35), V('k', 36), V('l', 37), V('m', 38), V('n', 39),
    V('o', 40), V('p', 41), V('q', 42), V('r', 43), V('s', 44), V('t', 45), V('u', 46), V('v', 47),
    V('w', 48), V('x', 49), V('y', 50), V('z', 51), V('0', 52), V('1', 53), V('2', 54), V('3', 55),
    V('4', 56), V('5', 57), V('6', 58), V('7', 59), V('8', 60), V('9', 61), V('+', 62), V('/', 63),
};

void base64_encode(const unsigned char *bytes, size_t size, char *out_text)
{
    for (size_t i = 0; i < size; i += 3) {
        unsigned group = (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2];
        *out_text++ = digits[group >> 18];
        *out_text++ = digits[group >> 12 & 63];
        *out_text++ = digits[group >> 6 & 63];
        *out_text++ = digits[group & 63];
    }
}

enum err base64_decode(struct str text, unsigned char *out_bytes, size_t size)
{
    const unsigned char *at = (const unsigned char *)text.at;
    unsigned wrong = 0;

    if (size % 3 != 0 || text.len != size / 3 * 4)
        return ERR_FORMAT;
    for (size_t i = 0; i < text.len; i += 4) {
        unsigned a = values[at[i]];
        unsigned b = values[at[i + 1]];
        unsigned c = values[at[i + 2]];
        unsigned d = values[at[i + 3]];
        unsigned group = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
        wrong |= (a == 0) | (b == 0) | (c == 0) | (d == 0);
        *out_bytes++ = (unsigned char)(group >> 16);
        *out_bytes++ = (unsigned char)(group >> 8);
        *out_bytes++ = (unsigned char)group;
    }
    return wrong ? ERR_FORMAT : ERR_OK;
}
