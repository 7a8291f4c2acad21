/*
 * Ranges of scripts and marks, sorted, searched by halving: see script.h. They are those of the
 * Unicode Character Database, version 14 (Scripts.txt, DerivedGeneralCategory.txt), widened over
 * code points that stand for nothing.
 */
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
    {0x02E0, 0x02E4, SCRIPT_LATIN},
    {0x0370, 0x0373, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x0375, 0x037D, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x037F, 0x0384, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x0386, 0x0386, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x0388, 0x03E1, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x03F0, 0x03FF, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x0400, 0x0484, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x0487, 0x052F, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x0591, 0x05F4, SCRIPT_TAG('H', 'e', 'b', 'r')},
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
    {0x0870, 0x08E1, SCRIPT_ARABIC},
    {0x08E3, 0x08FF, SCRIPT_ARABIC},
    {0x0900, 0x0950, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0x0955, 0x0963, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0x0966, 0x097F, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0x0980, 0x09FE, SCRIPT_BENGALI},
    {0x0A01, 0x0A76, SCRIPT_TAG('G', 'u', 'r', 'u')},
    {0x0A81, 0x0AFF, SCRIPT_TAG('G', 'u', 'j', 'r')},
    {0x0B82, 0x0BFA, SCRIPT_TAG('T', 'a', 'm', 'l')},
    {0x1C80, 0x1C88, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x1D00, 0x1D25, SCRIPT_LATIN},
    {0x1D26, 0x1D2A, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x1D2B, 0x1D2B, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x1D2C, 0x1D5C, SCRIPT_LATIN},
    {0x1D5D, 0x1D61, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x1D62, 0x1D65, SCRIPT_LATIN},
    {0x1D66, 0x1D6A, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x1D6B, 0x1D77, SCRIPT_LATIN},
    {0x1D78, 0x1D78, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x1D79, 0x1DBE, SCRIPT_LATIN},
    {0x1DBF, 0x1DBF, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x1E00, 0x1EFF, SCRIPT_LATIN},
    {0x1F00, 0x1FFE, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x2071, 0x2071, SCRIPT_LATIN},
    {0x207F, 0x207F, SCRIPT_LATIN},
    {0x2090, 0x209C, SCRIPT_LATIN},
    {0x2126, 0x2126, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0x212A, 0x212B, SCRIPT_LATIN},
    {0x2132, 0x2132, SCRIPT_LATIN},
    {0x214E, 0x214E, SCRIPT_LATIN},
    {0x2160, 0x2188, SCRIPT_LATIN},
    {0x2C60, 0x2C7F, SCRIPT_LATIN},
    {0x2DE0, 0x2DFF, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0x2E80, 0x2FD5, SCRIPT_HAN},
    {0x3005, 0x3005, SCRIPT_HAN},
    {0x3007, 0x3007, SCRIPT_HAN},
    {0x3021, 0x3029, SCRIPT_HAN},
    {0x3038, 0x303B, SCRIPT_HAN},
    {0x3400, 0x4DBF, SCRIPT_HAN},
    {0x4E00, 0x9FFF, SCRIPT_HAN},
    {0xA640, 0xA69F, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0xA722, 0xA787, SCRIPT_LATIN},
    {0xA78B, 0xA7FF, SCRIPT_LATIN},
    {0xA8E0, 0xA8FF, SCRIPT_TAG('D', 'e', 'v', 'a')},
    {0xAB30, 0xAB5A, SCRIPT_LATIN},
    {0xAB5C, 0xAB64, SCRIPT_LATIN},
    {0xAB65, 0xAB65, SCRIPT_TAG('G', 'r', 'e', 'k')},
    {0xAB66, 0xAB69, SCRIPT_LATIN},
    {0xF900, 0xFAD9, SCRIPT_HAN},
    {0xFB00, 0xFB06, SCRIPT_LATIN},
    {0xFB1D, 0xFB4F, SCRIPT_TAG('H', 'e', 'b', 'r')},
    {0xFB50, 0xFD3D, SCRIPT_ARABIC},
    {0xFD40, 0xFDFF, SCRIPT_ARABIC},
    {0xFE2E, 0xFE2F, SCRIPT_TAG('C', 'y', 'r', 'l')},
    {0xFE70, 0xFEFC, SCRIPT_ARABIC},
    {0xFF21, 0xFF3A, SCRIPT_LATIN},
    {0xFF41, 0xFF5A, SCRIPT_LATIN},
    {0x20000, 0x323AF, SCRIPT_HAN},
};

/*
 * General categories M of these scripts and of what all share, and the two joiners, which stay with
 * the letter before them.
 */
static const struct range marks[] = {
    {0x0300, 0x036F, 0}, {0x0483, 0x0489, 0}, {0x0591, 0x05BD, 0}, {0x05BF, 0x05BF, 0},
    {0x05C1, 0x05C2, 0}, {0x05C4, 0x05C5, 0}, {0x05C7, 0x05C7, 0}, {0x0610, 0x061A, 0},
    {0x064B, 0x065F, 0}, {0x0670, 0x0670, 0}, {0x06D6, 0x06DC, 0}, {0x06DF, 0x06E4, 0},
    {0x06E7, 0x06E8, 0}, {0x06EA, 0x06ED, 0}, {0x0898, 0x089F, 0}, {0x08CA, 0x08E1, 0},
    {0x08E3, 0x0903, 0}, {0x093A, 0x093C, 0}, {0x093E, 0x094F, 0}, {0x0951, 0x0957, 0},
    {0x0962, 0x0963, 0}, {0x0981, 0x0983, 0}, {0x09BC, 0x09BC, 0}, {0x09BE, 0x09CD, 0},
    {0x09D7, 0x09D7, 0}, {0x09E2, 0x09E3, 0}, {0x09FE, 0x0A03, 0}, {0x0A3C, 0x0A51, 0},
    {0x0A70, 0x0A71, 0}, {0x0A75, 0x0A75, 0}, {0x0A81, 0x0A83, 0}, {0x0ABC, 0x0ABC, 0},
    {0x0ABE, 0x0ACD, 0}, {0x0AE2, 0x0AE3, 0}, {0x0AFA, 0x0AFF, 0}, {0x0B82, 0x0B82, 0},
    {0x0BBE, 0x0BCD, 0}, {0x0BD7, 0x0BD7, 0}, {0x1AB0, 0x1ACE, 0}, {0x1CD0, 0x1CD2, 0},
    {0x1CD4, 0x1CE8, 0}, {0x1CED, 0x1CED, 0}, {0x1CF4, 0x1CF4, 0}, {0x1CF7, 0x1CF9, 0},
    {0x1DC0, 0x1DFF, 0}, {0x200C, 0x200D, 0}, {0x20D0, 0x20F0, 0}, {0x2DE0, 0x2DFF, 0},
    {0x302A, 0x302D, 0}, {0x3099, 0x309A, 0}, {0xA66F, 0xA672, 0}, {0xA674, 0xA67D, 0},
    {0xA69E, 0xA69F, 0}, {0xA8E0, 0xA8F1, 0}, {0xA8FF, 0xA8FF, 0}, {0xFB1E, 0xFB1E, 0},
    {0xFE00, 0xFE0F, 0}, {0xFE20, 0xFE2F, 0},
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

bool script_joins_next(uint32_t code_point)
{
    return code_point == 0x094D || code_point == 0x09CD || code_point == 0x0ACD;
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
