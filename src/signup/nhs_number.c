/* Modulus 11 and the ways a number is mistyped: see nhs_number.h. */
#include "signup/nhs_number.h"

#include <string.h>

#include "base/wipe.h"

enum { DIGITS = 10 };

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What people put between groups: space, no-break space, hyphen, dash, dot. */
static bool is_separator(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == '-' || c == '.' || (c >= 0x2010 && c <= 0x2015);
}

/* Two letters, six digits, a letter A to D that some leave out; separators are gone already. */
static bool is_ni_number(const char *text, size_t len)
{
    if (len != 8 && len != 9)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool letter_place = i < 2 || i == 8;
        if (letter_place ? !is_letter(text[i]) : !is_digit(text[i]))
            return false;
    }
    return true;
}

/* The digit that the first nine ask for; 10 where no digit fits. */
static int check_digit(const char *digits)
{
    int sum = 0;

    for (int i = 0; i < DIGITS - 1; i++)
        sum += (digits[i] - '0') * (DIGITS - i);
    return (11 - sum % 11) % 11;
}

enum { PLAIN = 16 };

/* What is typed without separators; of what is too long, only the length. */
static size_t squeeze(struct str typed, char out[PLAIN], bool *out_letters)
{
    size_t len = 0;

    *out_letters = false;
    while (typed.len > 0) {
        uint32_t c = str_next_code_point(&typed);
        if (is_separator(c))
            continue;
        if (c < '0' || c > '9')
            *out_letters = true;
        if (len < PLAIN)
            out[len] = c < 0x80 ? (char)c : '?';
        len++;
    }
    return len;
}

static enum check check_plain(const char *plain, size_t len, bool letters, enum kiosk_mode mode,
                              struct nhs_number *out_number)
{
    if (len == 0)
        return CHECK_EMPTY;
    if (is_ni_number(plain, len))
        return CHECK_NI_NUMBER;
    if (letters)
        return CHECK_LETTERS;
    if (len != DIGITS)
        return len < DIGITS ? CHECK_TOO_SHORT : CHECK_TOO_LONG;
    if (memcmp(plain, plain + 1, DIGITS - 1) == 0)
        return CHECK_REPEATED;
    if (check_digit(plain) != plain[DIGITS - 1] - '0')
        return CHECK_DIGIT;
    if (mode == KIOSK_LIVE && plain[0] == '9')
        return CHECK_TEST_NUMBER;
    if (mode == KIOSK_DEMO && plain[0] != '9')
        return CHECK_LIVE_NUMBER;
    memcpy(out_number->text, plain, DIGITS);
    out_number->text[DIGITS] = '\0';
    return CHECK_OK;
}

enum check nhs_number_check(struct str typed, enum kiosk_mode mode, struct nhs_number *out_number)
{
    char plain[PLAIN];
    bool letters;
    size_t len = squeeze(str_trim(typed), plain, &letters);
    enum check check = check_plain(plain, len, letters, mode, out_number);

    wipe(plain, sizeof plain);
    return check;
}

void nhs_number_display(struct str digits, struct buf *out)
{
    size_t shown = 0;

    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.at[i]))
            continue;
        if (shown == 3 || shown == 6)
            buf_add_char(out, ' ');
        buf_add_char(out, digits.at[i]);
        shown++;
    }
}
