/* Seven symbols of the record id and a check symbol over GF(32): see reference.h. */
#include "signup/reference.h"

#include <string.h>

enum { SYMBOLS = 8, DATA = SYMBOLS - 1 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times x in GF(2)[x] modulo x^5 + x^2 + 1. */
static unsigned times_two(unsigned value)
{
    value <<= 1;
    return value & 32u ? (value ^ 0x25u) : value;
}

/* Horner: ((s0 * 2 + s1) * 2 + ...) * 2, so every place has its own factor 2^7 .. 2^1. */
static unsigned check_symbol(const unsigned char values[DATA])
{
    unsigned sum = 0;

    for (int i = 0; i < DATA; i++)
        sum = times_two(sum ^ values[i]);
    return sum;
}

static void write_reference(const unsigned char values[DATA], struct reference *out)
{
    struct buf b;

    buf_init(&b, out->text, sizeof out->text);
    buf_add_text(&b, "HD-");
    for (int i = 0; i < SYMBOLS; i++) {
        if (i == 4)
            buf_add_char(&b, '-');
        buf_add_char(&b, alphabet[i < DATA ? values[i] : check_symbol(values)]);
    }
}

void reference_from_id(const uint8_t record_id[16], struct reference *out_reference)
{
    uint64_t bits = 0;
    unsigned char values[DATA];

    for (int i = 0; i < 5; i++)
        bits = bits << 8 | record_id[i];
    for (int i = 0; i < DATA; i++)
        values[i] = (unsigned char)(bits >> (35 - 5 * i) & 31u);
    write_reference(values, out_reference);
}

/* The value of a symbol as people write it, or -1. */
static int symbol_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const char *found = c == '\0' ? NULL : strchr(alphabet, c);
    return found == NULL ? -1 : (int)(found - alphabet);
}

/* The prefix is only taken off where more than eight symbols are left: a reference may begin HD. */
static size_t prefix_symbols(struct str typed)
{
    size_t symbols = 0;

    for (size_t i = 0; i < typed.len; i++)
        symbols += typed.at[i] != ' ' && typed.at[i] != '-';
    if (symbols <= SYMBOLS || typed.len < 2)
        return 0;
    return (typed.at[0] == 'H' || typed.at[0] == 'h') && (typed.at[1] == 'D' || typed.at[1] == 'd')
               ? 2
               : 0;
}

enum check reference_check(struct str typed, struct reference *out_reference)
{
    unsigned char values[SYMBOLS];
    size_t count = 0;

    typed = str_trim(typed);
    if (typed.len == 0)
        return CHECK_EMPTY;
    for (size_t i = prefix_symbols(typed); i < typed.len; i++) {
        if (typed.at[i] == ' ' || typed.at[i] == '-')
            continue;
        int value = symbol_value(typed.at[i]);
        if (value < 0)
            return CHECK_LETTERS;
        if (count == SYMBOLS)
            return CHECK_TOO_LONG;
        values[count++] = (unsigned char)value;
    }
    if (count < SYMBOLS)
        return count == 0 ? CHECK_EMPTY : CHECK_TOO_SHORT;
    if (check_symbol(values) != values[DATA])
        return CHECK_DIGIT;
    write_reference(values, out_reference);
    return CHECK_OK;
}

void reference_id_bits(const struct reference *reference, uint8_t out_bits[8])
{
    uint64_t bits = 0;
    int at = 0;

    /* "HD-" is no data; the hyphen in the middle is none either. */
    for (int i = 3; reference->text[i] != '\0' && at < DATA; i++) {
        if (reference->text[i] == '-')
            continue;
        bits = bits << 5 | (uint64_t)(unsigned)symbol_value(reference->text[i]);
        at++;
    }
    bits <<= 64 - REFERENCE_ID_BITS;
    for (int i = 0; i < 8; i++)
        out_bits[i] = (uint8_t)(bits >> (56 - 8 * i));
}
