/* One canonical form for the ways a UK mobile number is typed: see phone.h. */
#include "signup/phone.h"

#include <string.h>

#include "base/wipe.h"

enum { NATIONAL = 10, MOST = 20 };

static bool is_ignored(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == '-' || c == '.' || c == '/' || c == '(' ||
           c == ')' || (c >= 0x2010 && c <= 0x2015);
}

static bool takes_texts(const char *national)
{
    if (national[0] != '7' || national[1] == '0')
        return false;
    return national[1] != '6' || memcmp(national, "7624", 4) == 0;
}

/* The digits that are typed, and whether a plus stands before them. */
static enum check read_digits(struct str typed, char digits[MOST + 1], bool *out_plus)
{
    size_t len = 0;
    bool plus = false;

    while (typed.len > 0) {
        uint32_t c = str_next_code_point(&typed);
        if (is_ignored(c))
            continue;
        if (c == '+' && len == 0 && !plus) {
            plus = true;
            continue;
        }
        if (c < '0' || c > '9')
            return CHECK_LETTERS;
        if (len == MOST)
            return CHECK_TOO_LONG;
        digits[len++] = (char)c;
    }
    digits[len] = '\0';
    *out_plus = plus;
    if (len == 0)
        return plus ? CHECK_TOO_SHORT : CHECK_EMPTY;
    return CHECK_OK;
}

static enum check check_digits(const char *digits, bool plus, struct phone *out_phone)
{
    const char *national = digits;
    if (!plus && strncmp(digits, "0044", 4) == 0)
        national += 4;
    else if (strncmp(digits, "44", 2) == 0)
        national += 2;
    else if (plus || digits[0] != '0')
        return CHECK_FORM;
    /* The trunk 0, alone or as in +44 (0)7. */
    if (national[0] == '0')
        national++;
    size_t rest = strlen(national);
    if (rest > 0 && national[0] != '7')
        return CHECK_NOT_MOBILE;
    if (rest != NATIONAL)
        return rest < NATIONAL ? CHECK_TOO_SHORT : CHECK_TOO_LONG;
    if (!takes_texts(national))
        return CHECK_NOT_MOBILE;
    memcpy(out_phone->text, "+44", 3);
    memcpy(out_phone->text + 3, national, NATIONAL + 1);
    return CHECK_OK;
}

enum check phone_check(struct str typed, struct phone *out_phone)
{
    char digits[MOST + 1];
    bool plus;
    enum check check = read_digits(str_trim(typed), digits, &plus);

    if (check == CHECK_OK)
        check = check_digits(digits, plus, out_phone);
    wipe(digits, sizeof digits);
    return check;
}

void phone_display(struct str canonical, struct buf *out)
{
    if (canonical.len != 13 || !str_starts(canonical, "+44")) {
        buf_add(out, canonical);
        return;
    }
    buf_add_char(out, '0');
    buf_add(out, (struct str){canonical.at + 3, 4});
    buf_add_char(out, ' ');
    buf_add(out, (struct str){canonical.at + 7, 6});
}
