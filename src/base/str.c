/* Views, UTF-8 and bounded builders: see str.h. */
#include "base/str.h"

#include <stdarg.h>
#include <string.h>

struct str str_of(const char *text)
{
    return (struct str){text, text == NULL ? 0 : strlen(text)};
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_equal(a, str_of(text));
}

bool str_starts(struct str a, const char *prefix)
{
    size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.at, prefix, len) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str a)
{
    while (a.len > 0 && is_space(a.at[0])) {
        a.at++;
        a.len--;
    }
    while (a.len > 0 && is_space(a.at[a.len - 1]))
        a.len--;
    return a;
}

struct str str_split(struct str a, char separator, struct str *out_rest)
{
    for (size_t i = 0; i < a.len; i++) {
        if (a.at[i] == separator) {
            *out_rest = (struct str){a.at + i + 1, a.len - i - 1};
            return (struct str){a.at, i};
        }
    }
    *out_rest = (struct str){NULL, 0};
    return a;
}

bool str_to_u64(struct str a, uint64_t max, uint64_t *out_value)
{
    uint64_t value = 0;

    if (a.len == 0)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (a.at[i] < '0' || a.at[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(a.at[i] - '0');
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out_value = value;
    return true;
}

/* Decodes one code point; returns its length in bytes, or 0 where it is not valid UTF-8. */
static size_t decode(struct str a, uint32_t *out_code_point)
{
    const unsigned char *p = (const unsigned char *)a.at;
    size_t len;
    uint32_t value;
    uint32_t least;

    if (a.len == 0)
        return 0;
    if (p[0] < 0x80) {
        *out_code_point = p[0];
        return 1;
    } else if ((p[0] & 0xE0) == 0xC0) {
        len = 2;
        value = p[0] & 0x1Fu;
        least = 0x80;
    } else if ((p[0] & 0xF0) == 0xE0) {
        len = 3;
        value = p[0] & 0x0Fu;
        least = 0x800;
    } else if ((p[0] & 0xF8) == 0xF0) {
        len = 4;
        value = p[0] & 0x07u;
        least = 0x10000;
    } else {
        return 0;
    }
    if (a.len < len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *out_code_point = value;
    return len;
}

bool str_is_utf8(struct str a)
{
    while (a.len > 0) {
        uint32_t ignored;
        size_t len = decode(a, &ignored);
        if (len == 0)
            return false;
        a.at += len;
        a.len -= len;
    }
    return true;
}

uint32_t str_next_code_point(struct str *rest)
{
    uint32_t code_point = 0xFFFD;

    if (rest->len == 0)
        return 0;
    size_t len = decode(*rest, &code_point);
    if (len == 0)
        len = 1;
    rest->at += len;
    rest->len -= len;
    return code_point;
}

size_t str_last_code_point(struct str a)
{
    size_t at = a.len;

    while (at > 0) {
        at--;
        if (((unsigned char)a.at[at] & 0xC0) != 0x80)
            break;
    }
    return at;
}

void buf_init(struct buf *b, char *memory, size_t size)
{
    *b = (struct buf){.at = memory, .size = size, .overflow = size == 0};
    if (size > 0)
        memory[0] = '\0';
}

void buf_add(struct buf *b, struct str text)
{
    if (b->overflow || text.len >= b->size - b->len) {
        b->overflow = true;
        return;
    }
    if (text.len > 0)
        memcpy(b->at + b->len, text.at, text.len);
    b->len += text.len;
    b->at[b->len] = '\0';
}

void buf_add_text(struct buf *b, const char *text)
{
    buf_add(b, str_of(text));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, (struct str){&c, 1});
}

void buf_add_format(struct buf *b, const char *format, ...)
{
    va_list arguments;

    if (b->overflow)
        return;
    va_start(arguments, format);
    int len = vsnprintf(b->at + b->len, b->size - b->len, format, arguments);
    va_end(arguments);
    if (len < 0 || (size_t)len >= b->size - b->len) {
        b->at[b->len] = '\0';
        b->overflow = true;
        return;
    }
    b->len += (size_t)len;
}

void buf_add_code_point(struct buf *b, uint32_t c)
{
    char bytes[4];
    size_t len;

    if (c < 0x80) {
        bytes[0] = (char)c;
        len = 1;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        len = 2;
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        len = 3;
    } else {
        bytes[0] = (char)(0xF0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (c & 0x3F));
        len = 4;
    }
    buf_add(b, (struct str){bytes, len});
}

/* The value of the place that `text` begins with ("{n}..."); NULL where it is none of the pairs. */
static const char *value_of(const char *text, const char *const *pairs, size_t *out_len)
{
    for (; pairs[0] != NULL; pairs += 2) {
        size_t len = strlen(pairs[0]);
        if (strncmp(text + 1, pairs[0], len) == 0 && text[1 + len] == '}') {
            *out_len = len + 2;
            return pairs[1];
        }
    }
    return NULL;
}

void buf_add_filled(struct buf *b, const char *text, const char *const *pairs)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "{");
        buf_add(b, (struct str){text, len});
        text += len;
        if (*text == '\0')
            return;
        const char *value = value_of(text, pairs, &len);
        if (value == NULL) {
            buf_add_char(b, *text++);
            continue;
        }
        buf_add_text(b, value);
        text += len;
    }
}

enum err buf_status(const struct buf *b)
{
    return b->overflow ? ERR_LIMIT : ERR_OK;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->at, b->len};
}
