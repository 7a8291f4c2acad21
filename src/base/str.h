/*
 * Text: a view to read (pointer and length, not owned, not 0-terminated) and a builder with a
 * ceiling to write (caller's memory, always 0-terminated). Truncation is an error, never a result.
 * Text is valid UTF-8 from the edge inward: what comes from outside passes str_is_utf8 first.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct str {
    const char *at;
    size_t len; /* bytes */
};

#define STR_LITERAL(text) ((struct str){(text), sizeof(text) - 1})

/* A view of a 0-terminated text; NULL gives the empty view. */
struct str str_of(const char *text);
bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *text);
bool str_starts(struct str a, const char *prefix);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str a);
/* The part before the first `separator`, and the rest after it (empty where there is none). */
struct str str_split(struct str a, char separator, struct str *out_rest);
/* Decimal digits only, no sign; false where it is empty, not digits or over `max`. */
bool str_to_u64(struct str a, uint64_t max, uint64_t *out_value);

/* UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing over U+10FFFF. */
bool str_is_utf8(struct str a);
/*
 * Takes the first code point off `rest`. Returns 0xFFFD and takes one byte where the text is not
 * valid; returns 0 where `rest` is empty (a 0 byte in the text also gives 0, with a byte taken).
 */
uint32_t str_next_code_point(struct str *rest);
/* The byte where the last code point of `a` begins; 0 where `a` is empty. */
size_t str_last_code_point(struct str a);

/* A builder over the caller's `size` bytes. Once it overflowed it stays so and adds nothing. */
struct buf {
    char *at;
    size_t len;
    size_t size;
    bool overflow;
};

void buf_init(struct buf *b, char *memory, size_t size);
void buf_add(struct buf *b, struct str text);
void buf_add_text(struct buf *b, const char *text);
void buf_add_char(struct buf *b, char c);
void buf_add_format(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
/* Appends a code point as UTF-8. */
void buf_add_code_point(struct buf *b, uint32_t code_point);
/*
 * A text with named places, such as "Question {n} of {count}", with their values. `pairs` is name,
 * value, name, value ..., NULL. An unknown place stays as it is; "{{" is not special.
 */
void buf_add_filled(struct buf *b, const char *text, const char *const *pairs);
/* ERR_LIMIT where something did not fit. */
MUST_USE enum err buf_status(const struct buf *b);
struct str buf_str(const struct buf *b);

#endif
