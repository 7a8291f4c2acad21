/* Big-endian tables, read where they stand: see sfnt.h. A read past the end gives zeros. */
#include "sdl/sfnt.h"

#include <string.h>

enum { MOST_FONTS = 64, MOST_TABLES = 64, MOST_NAMES = 512, MOST_MAPS = 64, MOST_GROUPS = 65536 };

#define TAG(a, b, c, d) \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static uint32_t read_bytes(FILE *file, uint64_t at, int count)
{
    unsigned char bytes[4] = {0};
    uint32_t value = 0;

    if (fseek(file, (long)at, SEEK_SET) != 0 ||
        fread(bytes, 1, (size_t)count, file) != (size_t)count)
        return 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

static uint32_t u16(FILE *file, uint64_t at)
{
    return read_bytes(file, at, 2);
}

static uint32_t u32(FILE *file, uint64_t at)
{
    return read_bytes(file, at, 4);
}

/* How many fonts the file holds; 0: it is no font file. */
static int font_count(FILE *file)
{
    switch (u32(file, 0)) {
    case TAG('t', 't', 'c', 'f'):
        return u32(file, 8) > MOST_FONTS ? 0 : (int)u32(file, 8);
    case 0x00010000:
    case TAG('O', 'T', 'T', 'O'):
    case TAG('t', 'r', 'u', 'e'):
        return 1;
    default:
        return 0;
    }
}

/* Where a table of one font begins; 0: it has none. */
static uint64_t table(FILE *file, int index, uint32_t tag)
{
    bool collection = u32(file, 0) == TAG('t', 't', 'c', 'f');
    uint64_t font = collection ? u32(file, 12 + 4 * (uint64_t)index) : 0;
    uint32_t count = u16(file, font + 4);

    for (uint32_t i = 0; i < count && i < MOST_TABLES; i++) {
        uint64_t record = font + 12 + 16 * (uint64_t)i;
        if (u32(file, record) == tag)
            return u32(file, record + 8);
    }
    return 0;
}

/* ASCII in UTF-16 on one side, as every family name of ours is. */
static bool is_named(FILE *file, int index, const char *family)
{
    uint64_t names = table(file, index, TAG('n', 'a', 'm', 'e'));
    uint32_t count = names == 0 ? 0 : u16(file, names + 2);
    uint64_t texts = names + u16(file, names + 4);
    size_t len = strlen(family);

    for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
        uint64_t record = names + 6 + 12 * (uint64_t)i;
        size_t at = 0;
        if (u32(file, record) != (3u << 16 | 1) || u16(file, record + 6) != 1 ||
            u16(file, record + 8) != 2 * len)
            continue;
        uint64_t text = texts + u16(file, record + 10);
        while (at < len && u16(file, text + 2 * at) == (unsigned char)family[at])
            at++;
        if (at == len)
            return true;
    }
    return false;
}

int sfnt_find(FILE *file, const char *family)
{
    int count = font_count(file);

    if (family == NULL)
        return count > 0 ? 0 : -1;
    for (int i = 0; i < count; i++) {
        if (is_named(file, i, family))
            return i;
    }
    return -1;
}

/* Segments of 16-bit characters: arrays of ends, starts, deltas and ways into the glyphs. */
static bool has_in_segments(FILE *file, uint64_t map, uint32_t code_point)
{
    uint32_t count = u16(file, map + 6) / 2;
    uint64_t ends = map + 14;
    uint64_t starts = ends + 2 * (uint64_t)count + 2;
    uint32_t low = 0;
    uint32_t high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (u16(file, ends + 2 * (uint64_t)middle) < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t start_at = starts + 2 * (uint64_t)low;
    uint32_t start = u16(file, start_at);
    if (low == count || code_point < start)
        return false;
    uint32_t delta = u16(file, start_at + 2 * (uint64_t)count);
    uint64_t way_at = start_at + 4 * (uint64_t)count;
    uint32_t way = u16(file, way_at);
    if (way == 0)
        return ((code_point + delta) & 0xFFFF) != 0;
    return u16(file, way_at + way + 2 * (uint64_t)(code_point - start)) != 0;
}

/* Groups of characters with glyphs that follow one another. */
static bool has_in_groups(FILE *file, uint64_t map, uint32_t code_point)
{
    uint32_t low = 0;
    uint32_t high = u32(file, map + 12);

    if (high > MOST_GROUPS)
        return false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t group = map + 16 + 12 * (uint64_t)middle;
        if (code_point < u32(file, group))
            high = middle;
        else if (code_point > u32(file, group + 4))
            low = middle + 1;
        else
            return u32(file, group + 8) + (code_point - u32(file, group)) != 0;
    }
    return false;
}

bool sfnt_has_glyph(FILE *file, int index, uint32_t code_point)
{
    uint64_t maps = table(file, index, TAG('c', 'm', 'a', 'p'));
    uint32_t count = maps == 0 ? 0 : u16(file, maps + 2);

    for (uint32_t i = 0; i < count && i < MOST_MAPS; i++) {
        uint64_t map = maps + u32(file, maps + 4 + 8 * (uint64_t)i + 4);
        uint32_t format = u16(file, map);
        if ((format == 4 && has_in_segments(file, map, code_point)) ||
            (format == 12 && has_in_groups(file, map, code_point)))
            return true;
    }
    return false;
}
