/* Making text comparable: see fold.h. */
#include "sync/central/fold.h"

#include <locale.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <wctype.h>

static locale_t unicode;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_locale(void)
{
    /* Part of the C library's own package; without it only ASCII folds. */
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static uint32_t fold_code_point(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return unicode != (locale_t)0 ? (uint32_t)towlower_l((wint_t)c, unicode) : c;
}

static void add_name(struct buf *b, struct str name)
{
    bool space = false;

    name = str_trim(name);
    while (name.len > 0) {
        uint32_t c = str_next_code_point(&name);
        if (c == ' ' || c == 0xa0) {
            space = true;
            continue;
        }
        if (space)
            buf_add_char(b, ' ');
        space = false;
        buf_add_code_point(b, fold_code_point(c));
    }
}

void fold_name(struct str given, struct str family, char out_key[FOLD_NAME_SIZE])
{
    struct buf b;

    pthread_once(&once, find_locale);
    buf_init(&b, out_key, FOLD_NAME_SIZE);
    add_name(&b, given);
    buf_add_char(&b, '\n');
    add_name(&b, family);
}

void fold_reference(struct str typed, char *out_text, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < typed.len && used + 1 < size; i++) {
        char c = typed.at[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 32);
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            out_text[used++] = c;
    }
    out_text[used] = '\0';
}

enum err fold_email(struct str typed, char out_text[LIMIT_EMAIL + 1])
{
    typed = str_trim(typed);
    if (typed.len > LIMIT_EMAIL)
        return ERR_LIMIT;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];
        out_text[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out_text[typed.len] = '\0';
    return ERR_OK;
}

/* Digits with spaces or hyphens, or something that begins like "HD-7K". */
static bool looks_like_number(struct str typed)
{
    bool only_digits = true;
    size_t digits = 0;

    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];
        if (c >= '0' && c <= '9')
            digits++;
        else if (c != ' ' && c != '-')
            only_digits = false;
    }
    if (only_digits && digits > 0)
        return true;
    return typed.len >= 3 && (typed.at[0] | 32) == 'h' && (typed.at[1] | 32) == 'd' &&
           (typed.at[2] == '-' || typed.at[2] == ' ' || digits > 0);
}

static void add_quoted(struct buf *out, struct str word)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] == '"')
            buf_add_char(out, '"');
        /* A control character ends no quote, but it has no business in a name either. */
        buf_add_char(out, (unsigned char)word.at[i] < ' ' ? ' ' : word.at[i]);
    }
    buf_add_char(out, '"');
}

/* FTS5 has no way to ask for nothing: a word needs something that its tokenizer keeps. */
static bool has_letter(struct str word)
{
    pthread_once(&once, find_locale);
    while (word.len > 0) {
        uint32_t c = str_next_code_point(&word);
        if (c < 0x80 ? (c | 32) - 'a' < 26 || c - '0' < 10
                     : unicode == (locale_t)0 || iswalnum_l((wint_t)c, unicode))
            return true;
    }
    return false;
}

enum err fold_query(struct str typed, const char *practice, struct buf *out)
{
    bool found = false;

    typed = str_trim(typed);
    if (practice[0] != '\0') {
        buf_add_text(out, "practice : ");
        add_quoted(out, str_of(practice));
        buf_add_text(out, " AND ");
    }
    if (looks_like_number(typed)) {
        char number[LIMIT_ANSWER + 1];
        fold_reference(typed, number, sizeof number);
        buf_add_text(out, "number : ");
        add_quoted(out, str_of(number));
        buf_add_char(out, '*');
        return buf_status(out);
    }
    while (typed.len > 0) {
        struct str word = str_split(typed, ' ', &typed);
        if (!has_letter(word))
            continue;
        if (found)
            buf_add_text(out, " AND ");
        found = true;
        buf_add_text(out, "name : ");
        add_quoted(out, word);
        buf_add_text(out, " *");
    }
    if (!found)
        return ERR_FORMAT;
    return buf_status(out);
}
