/* Ranges of scripts and marks, sorted, searched by halving: see script.h. */
#include "ui/script.h"

#include <stddef.h>

static const struct range {
    uint32_t first;
    uint32_t last;
    uint32_t script;
} scripts[] = {
    {0x0041, 0x005A, SCRIPT_LATIN},
    {0x0061, 0x007A, SCRIPT_LATIN},
    {0x00AA, 0x00AA, SCRIPT_LATIN},
    {0x00BA, 0x00BA, SCRIPT_LATIN},
    {0x00C0, 0x00D6, SCRIPT_LATIN},
    {0x00D8, 0x00F6, SCRIPT_LATIN},
    {0x00F8, 0x02B8, SCRIPT_LATIN},
    {0x0370, 0x03FF, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x0400, 0x052F, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x0590, 0x05FF, SCRIPT_TAG('H', 'e', 'b', 'r')},
    {0x0600, 0x0604, SCRIPT_ARABIC},
    {0x0606, 0x060B, SCRIPT_ARABIC},
    {0x060D, 0x061A, SCRIPT_ARABIC},
    {0x061C, 0x061E, SCRIPT_ARABIC},
    {0x0620, 0x063F, SCRIPT_ARABIC},
    {0x0641, 0x064A, SCRIPT_ARABIC},
    {0x0656, 0x066F, SCRIPT_ARABIC},
    {0x0671, 0x06DC, SCRIPT_ARABIC},
    {0x06DE, 0x06FF, SCRIPT_ARABIC},
    {0x0750, 0x077F, SCRIPT_ARABIC},
    {0x08A0, 0x08FF, SCRIPT_ARABIC},
    {0x0900, 0x0963, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0x0966, 0x097F, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0x0980, 0x09FE, SCRIPT_TAG('B', 'e', 'n', 'g')},
    {0x0A00, 0x0A76, SCRIPT_TAG('G', 'u', 'r', 'u')},
    {0x0A80, 0x0AFF, SCRIPT_TAG('G', 'u', 'j', 'r')},
    {0x0B80, 0x0BFA, SCRIPT_TAG('T', 'a', 'm', 'l')},
    {0x1E00, 0x1EFF, SCRIPT_LATIN},
    {0x1F00, 0x1FFF, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x2C60, 0x2C7F, SCRIPT_LATIN},
    {0x2E80, 0x2FD5, SCRIPT_TAG('H', 'a', 'n', 'i')},
    {0x3400, 0x4DBF, SCRIPT_TAG('H', 'a', 'n', 'i')},
    {0x4E00, 0x9FFF, SCRIPT_TAG('H', 'a', 'n', 'i')},
    {0xA720, 0xA7FF, SCRIPT_LATIN},
    {0xF900, 0xFAFF, SCRIPT_TAG('H', 'a', 'n', 'i')},
    {0xFB50, 0xFDFF, SCRIPT_ARABIC},
    {0xFE70, 0xFEFC, SCRIPT_ARABIC},
    {0x20000, 0x3134F, SCRIPT_TAG('H', 'a', 'n', 'i')},
};

/* General categories Mn and Mc of the scripts above (Unicode 15). */
static const struct range marks[] = {
    {0x0300, 0x036F, 0}, {0x0483, 0x0489, 0}, {0x0591, 0x05BD, 0}, {0x05BF, 0x05BF, 0},
    {0x05C1, 0x05C2, 0}, {0x05C4, 0x05C5, 0}, {0x05C7, 0x05C7, 0}, {0x0610, 0x061A, 0},
    {0x064B, 0x065F, 0}, {0x0670, 0x0670, 0}, {0x06D6, 0x06DC, 0}, {0x06DF, 0x06E4, 0},
    {0x06E7, 0x06E8, 0}, {0x06EA, 0x06ED, 0}, {0x08D3, 0x0903, 0}, {0x093A, 0x093C, 0},
    {0x093E, 0x094F, 0}, {0x0951, 0x0957, 0}, {0x0962, 0x0963, 0}, {0x0981, 0x0983, 0},
    {0x09BC, 0x09BC, 0}, {0x09BE, 0x09CD, 0}, {0x09D7, 0x09D7, 0}, {0x09E2, 0x09E3, 0},
    {0x09FE, 0x09FE, 0}, {0x0A01, 0x0A03, 0}, {0x0A3C, 0x0A51, 0}, {0x0A70, 0x0A71, 0},
    {0x0A75, 0x0A75, 0}, {0x0A81, 0x0A83, 0}, {0x0ABC, 0x0ABC, 0}, {0x0ABE, 0x0ACD, 0},
    {0x0AE2, 0x0AE3, 0}, {0x0AFA, 0x0AFF, 0}, {0x0B82, 0x0B82, 0}, {0x0BBE, 0x0BCD, 0},
    {0x0BD7, 0x0BD7, 0}, {0x1AB0, 0x1AFF, 0}, {0x1DC0, 0x1DFF, 0}, {0x200C, 0x200D, 0},
    {0x20D0, 0x20FF, 0}, {0xFE00, 0xFE0F, 0}, {0xFE20, 0xFE2F, 0},
};

static const struct range *find(const struct range *ranges, size_t count, uint32_t code_point)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code_point < ranges[middle].first)
            high = middle;
        else if (code_point > ranges[middle].last)
            low = middle + 1;
        else
            return &ranges[middle];
    }
    return NULL;
}

uint32_t script_of(uint32_t code_point)
{
    const struct range *range = find(scripts, sizeof scripts / sizeof *scripts, code_point);

    return range == NULL || script_is_mark(code_point) ? SCRIPT_COMMON : range->script;
}

bool script_is_mark(uint32_t code_point)
{
    return find(marks, sizeof marks / sizeof *marks, code_point) != NULL;
}

bool script_is_direction(uint32_t code_point)
{
    return code_point == 0x200E || code_point == 0x200F || code_point == 0x061C ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

bool script_is_invisible(uint32_t code_point)
{
    return script_is_direction(code_point) || (code_point >= 0x200B && code_point <= 0x200D) ||
           (code_point >= 0x2060 && code_point <= 0x2065) || code_point == 0x00AD ||
           code_point == 0xFEFF || (code_point >= 0xFE00 && code_point <= 0xFE0F);
}
