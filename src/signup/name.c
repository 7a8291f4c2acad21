/* What no name has, and one way to write the spaces: see name.h. */
#include "signup/name.h"

#include <string.h>

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/*
 * Zero-width joiner and non-joiner (U+200C, U+200D) spell names in Persian and Indic scripts and
 * stay; other invisible marks could make two names look the same or turn a line round.
 */
static bool is_refused(uint32_t c)
{
    if (c < 0x80)
        return c < 0x20 || c == 0x7F || strchr("<>{}[]\\|^~=@#$%*_+!?;:\"", (int)c) != NULL;
    return (c >= 0x80 && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x200B || c == 0x200E ||
           c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xE000 && c <= 0xF8FF) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFF) ||
           c >= 0xE0000;
}

enum check name_check(struct str typed, struct person_name *out_name)
{
    char text[NAME_BYTES + 1];
    struct buf b;
    bool space = false;
    bool letter = false;

    buf_init(&b, text, sizeof text);
    while (typed.len > 0) {
        uint32_t c = str_next_code_point(&typed);
        if (is_space(c)) {
            space = b.len > 0;
            continue;
        }
        if (is_refused(c))
            return CHECK_LETTERS;
        if (space)
            buf_add_char(&b, ' ');
        space = false;
        letter = letter || (c != '-' && c != '.' && c != '\'' && c != ',');
        buf_add_code_point(&b, c);
    }
    if (buf_status(&b) != ERR_OK)
        return CHECK_TOO_LONG;
    if (b.len == 0)
        return CHECK_EMPTY;
    if (!letter)
        return CHECK_LETTERS;
    memcpy(out_name->text, text, b.len + 1);
    return CHECK_OK;
}
