/* What no name has, and one way to write the spaces: see name.h. */
#include "signup/name.h"

#include <string.h>

#include "base/wipe.h"

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/*
 * Zero-width joiner and non-joiner (U+200C, U+200D) spell names in Persian and Indic scripts and
 * stay; what else nobody sees could make two names look the same, turn a line round or pass for a
 * name that is none. The last four are frames around signs, signs, and pictures.
 */
static const struct {
    uint32_t first;
    uint32_t last;
} refused[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200B},   {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0x2800, 0x2800}, {0x3164, 0x3164},   {0xE000, 0xF8FF},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFF},   {0xE0000, 0x10FFFF},
    {0x20D0, 0x20FF}, {0x2190, 0x27FF}, {0x2900, 0x2BFF}, {0x1F000, 0x1FAFF},
};

static bool is_refused(uint32_t c)
{
    if (c < 0x80 && c >= 0x20 && strchr("<>{}[]\\|^~=@#$%*_+!?;:\"", (int)c) != NULL)
        return true;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (c >= refused[i].first && c <= refused[i].last)
            return true;
    }
    return false;
}

/* What stands between or joins letters makes no name of its own. */
static bool is_letter(uint32_t c)
{
    return c != '-' && c != '.' && c != '\'' && c != ',' && c != 0x200C && c != 0x200D &&
           !(c >= 0x2010 && c <= 0x2015) && c != 0x2018 && c != 0x2019;
}

/* Writes the name with single spaces to `b`. */
static enum check squeeze(struct str typed, struct buf *b)
{
    bool space = false;
    bool letter = false;

    while (typed.len > 0) {
        uint32_t c = str_next_code_point(&typed);
        if (is_space(c)) {
            space = b->len > 0;
            continue;
        }
        if (is_refused(c))
            return CHECK_LETTERS;
        if (space)
            buf_add_char(b, ' ');
        space = false;
        letter = letter || is_letter(c);
        buf_add_code_point(b, c);
    }
    if (buf_status(b) != ERR_OK)
        return CHECK_TOO_LONG;
    if (b->len == 0)
        return CHECK_EMPTY;
    return letter ? CHECK_OK : CHECK_LETTERS;
}

enum check name_check(struct str typed, struct person_name *out_name)
{
    char text[NAME_BYTES + 1];
    struct buf b;

    buf_init(&b, text, sizeof text);
    enum check check = squeeze(typed, &b);
    if (check == CHECK_OK)
        memcpy(out_name->text, text, b.len + 1);
    wipe(text, sizeof text);
    return check;
}
