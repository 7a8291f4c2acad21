/* The six forms as rows of a table, each place with the letters it may have: see postcode.h. */
#include "signup/postcode.h"

#include <string.h>

#include "base/wipe.h"

/*
 * Classes of a place. The first letter has no Q V X, the second no I J Z; a letter in third place
 * (A9A) and in fourth place (AA9A) is one of those used in central London; the inward
 * letters leave out C I K M O V, which look like others by hand.
 */
static const char first[] = "ABCDEFGHIJKLMNOPRSTUWYZ";
static const char second[] = "ABCDEFGHKLMNOPQRSTUVWXY";
static const char third[] = "ABCDEFGHJKPSTUW";
static const char fourth[] = "ABEHMNPRVWXY";
static const char inward[] = "ABDEFGHJLNPQRSTUWXYZ";
static const char digit[] = "0123456789";

enum { OUTWARD_MOST = 4, INWARD = 3, MOST = OUTWARD_MOST + INWARD };

static const char *const forms[][OUTWARD_MOST] = {
    {first, digit, NULL, NULL},    {first, digit, digit, NULL}, {first, second, digit, NULL},
    {first, second, digit, digit}, {first, digit, third, NULL}, {first, second, digit, fourth},
};

static bool is_outward(const char *text, size_t len)
{
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        size_t i = 0;
        while (i < len && i < OUTWARD_MOST && forms[f][i] != NULL &&
               strchr(forms[f][i], text[i]) != NULL)
            i++;
        if (i == len && (i == OUTWARD_MOST || forms[f][i] == NULL))
            return true;
    }
    return false;
}

static bool is_inward(const char *text)
{
    return strchr(digit, text[0]) != NULL && strchr(inward, text[1]) != NULL &&
           strchr(inward, text[2]) != NULL;
}

/* Spaces of any kind and the marks that people put in or after a postcode. */
static bool is_ignored(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == '-' || c == '.' || c == ',' || c == '(' ||
           c == ')' || (c >= 0x2010 && c <= 0x2015);
}

/* Capitals without ignored marks; false where a character is none of a postcode's. */
static bool squeeze(struct str typed, char out[MOST], size_t *out_len)
{
    size_t len = 0;

    while (typed.len > 0) {
        uint32_t c = str_next_code_point(&typed);
        if (is_ignored(c))
            continue;
        if (c >= 'a' && c <= 'z')
            c -= 'a' - 'A';
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
        if (len < MOST)
            out[len] = (char)c;
        len++;
    }
    *out_len = len;
    return true;
}

static enum check check_squeezed(const char *text, size_t len, struct postcode *out_postcode)
{
    if (len == 0)
        return CHECK_EMPTY;
    if (len > MOST)
        return CHECK_TOO_LONG;
    if (len <= OUTWARD_MOST && is_outward(text, len))
        return CHECK_TOO_SHORT;
    if (len < 2 + INWARD)
        return CHECK_FORM;
    size_t outward = len - INWARD;
    bool girobank = len == 6 && memcmp(text, "GIR0AA", 6) == 0;
    if (!girobank && (!is_outward(text, outward) || !is_inward(text + outward)))
        return CHECK_FORM;
    memcpy(out_postcode->text, text, outward);
    out_postcode->text[outward] = ' ';
    memcpy(out_postcode->text + outward + 1, text + outward, INWARD);
    out_postcode->text[len + 1] = '\0';
    return CHECK_OK;
}

enum check postcode_check(struct str typed, struct postcode *out_postcode)
{
    char text[MOST];
    size_t len;
    enum check check = CHECK_FORM;

    if (squeeze(str_trim(typed), text, &len))
        check = check_squeezed(text, len, out_postcode);
    wipe(text, sizeof text);
    return check;
}
