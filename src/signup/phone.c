/* One canonical form for the ways a UK phone number is typed: see phone.h. */
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

/* What follows +44, as typed: more or fewer digits than a number has, too. The caller wipes it. */
static enum check read_national(struct str typed, char national[MOST + 1])
{
    size_t len = 0;
    bool plus = false;

    typed = str_trim(typed);
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
        national[len++] = (char)c;
    }
    national[len] = '\0';
    if (len == 0)
        return plus ? CHECK_TOO_SHORT : CHECK_EMPTY;

    const char *from = national;
    if (!plus && strncmp(from, "0044", 4) == 0)
        from += 4;
    else if (strncmp(from, "44", 2) == 0)
        from += 2;
    else if (plus || from[0] != '0')
        return CHECK_FORM;
    /* The trunk 0, alone or as in +44 (0)7. */
    if (from[0] == '0')
        from++;
    memmove(national, from, strlen(from) + 1);
    return CHECK_OK;
}

static enum check check_length(const char *national, size_t least)
{
    size_t len = strlen(national);

    return len < least ? CHECK_TOO_SHORT : len > NATIONAL ? CHECK_TOO_LONG : CHECK_OK;
}

static void put(const char *national, struct phone *out_phone)
{
    memcpy(out_phone->text, "+44", 3);
    memcpy(out_phone->text + 3, national, strlen(national) + 1);
}

enum check phone_check(struct str typed, struct phone *out_phone)
{
    char national[MOST + 1];
    enum check check = read_national(typed, national);

    if (check == CHECK_OK && national[0] != '\0' && national[0] != '7')
        check = CHECK_NOT_MOBILE;
    if (check == CHECK_OK)
        check = check_length(national, NATIONAL);
    if (check == CHECK_OK && !takes_texts(national))
        check = CHECK_NOT_MOBILE;
    if (check == CHECK_OK)
        put(national, out_phone);
    wipe(national, sizeof national);
    return check;
}

enum check phone_check_any(struct str typed, struct phone *out_phone)
{
    char national[MOST + 1];
    enum check check = read_national(typed, national);

    if (check == CHECK_OK && national[0] != '\0' && strchr("123578", national[0]) == NULL)
        check = CHECK_FORM;
    if (check == CHECK_OK)
        check = check_length(national, national[0] == '1' ? NATIONAL - 1 : NATIONAL);
    if (check == CHECK_OK && national[0] == '7' && !takes_texts(national))
        check = CHECK_FORM;
    if (check == CHECK_OK)
        put(national, out_phone);
    wipe(national, sizeof national);
    return check;
}

/* How many digits of a number stand together at its start, after the 0, as people write it. */
static size_t area_digits(const char *national)
{
    if (national[0] == '2')
        return 2; /* 020 7946 0123 */
    if (national[0] == '3' || national[0] == '8' ||
        (national[0] == '1' && (national[1] == '1' || national[2] == '1')))
        return 3; /* 0300 123 4567, 0121 496 0123 */
    return 4;     /* 01632 960123, 07700 900417 */
}

void phone_display(struct str canonical, struct buf *out)
{
    if ((canonical.len != 13 && canonical.len != 12) || !str_starts(canonical, "+44")) {
        buf_add(out, canonical);
        return;
    }
    const char *national = canonical.at + 3;
    size_t len = canonical.len - 3;
    size_t area = area_digits(national);

    buf_add_char(out, '0');
    buf_add(out, (struct str){national, area});
    buf_add_char(out, ' ');
    if (area < 4) {
        buf_add(out, (struct str){national + area, len - area - 4});
        buf_add_char(out, ' ');
        area = len - 4;
    }
    buf_add(out, (struct str){national + area, len - area});
}
