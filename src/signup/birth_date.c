/* Three parts, one date, one problem at a time: see birth_date.h. */
#include "signup/birth_date.h"

#include <string.h>

#include "base/wipe.h"

enum { ADULT_YEARS = 18, OLDEST_YEARS = 115, NOBODY_YEARS = 130 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "mar", "Sept", "march": three letters or more that begin exactly one month's name. */
static int month_by_name(struct str typed)
{
    if (typed.len < 3)
        return 0;
    for (int month = 1; month <= 12; month++) {
        const char *name = date_month_name(month);
        size_t i = 0;
        while (i < typed.len && name[i] != '\0' && lower(typed.at[i]) == lower(name[i]))
            i++;
        if (i == typed.len)
            return month;
    }
    return 0;
}

static struct str part(const char *text)
{
    struct str trimmed = str_trim(str_of(text));

    /* "Mar." and "14." are written in some countries. */
    if (trimmed.len > 0 && trimmed.at[trimmed.len - 1] == '.')
        trimmed.len--;
    return trimmed;
}

static enum check read_number(struct str text, int *out_value)
{
    uint64_t value;

    if (!str_to_u64(text, 99999, &value))
        return CHECK_LETTERS;
    *out_value = (int)value;
    return CHECK_OK;
}

static enum check read_date(struct str day, struct str month, struct str year,
                            struct date *out_date)
{
    struct date d;

    if (day.len == 0 && month.len == 0 && year.len == 0)
        return CHECK_EMPTY;
    if (day.len == 0)
        return CHECK_DAY_MISSING;
    if (month.len == 0)
        return CHECK_MONTH_MISSING;
    if (year.len == 0)
        return CHECK_YEAR_MISSING;
    d.month = month_by_name(month);
    if (read_number(day, &d.day) != CHECK_OK || read_number(year, &d.year) != CHECK_OK ||
        (d.month == 0 && read_number(month, &d.month) != CHECK_OK))
        return CHECK_LETTERS;
    if (year.len < 4)
        return CHECK_YEAR_SHORT;
    if (!date_is_real(d))
        return CHECK_NOT_A_DATE;
    *out_date = d;
    return CHECK_OK;
}

enum check birth_date_check(const struct birth_date_parts *parts, struct date today,
                            struct date *out_date)
{
    struct date d;
    enum check check = read_date(part(parts->day), part(parts->month), part(parts->year), &d);

    if (check == CHECK_OK && date_compare(d, today) > 0)
        check = CHECK_FUTURE;
    if (check == CHECK_OK && date_age_years(d, today) > NOBODY_YEARS)
        check = CHECK_TOO_SMALL;
    if (check == CHECK_OK) {
        *out_date = d;
        int age = date_age_years(d, today);
        check = age > OLDEST_YEARS ? CHECK_OVER_115 : age < ADULT_YEARS ? CHECK_UNDER_18 : CHECK_OK;
    }
    wipe(&d, sizeof d);
    return check;
}

enum check birth_date_check_text(struct str text, struct date today, struct date *out_date)
{
    struct birth_date_parts parts;

    birth_date_split(text, &parts);
    enum check check = birth_date_check(&parts, today, out_date);
    wipe(&parts, sizeof parts);
    return check;
}

static void copy_part(char out[BIRTH_DATE_PART + 1], struct str text)
{
    while (text.len > BIRTH_DATE_PART)
        text.len = str_last_code_point(text);
    if (text.len > 0)
        memcpy(out, text.at, text.len);
    out[text.len] = '\0';
}

void birth_date_split(struct str text, struct birth_date_parts *out_parts)
{
    struct date d;

    memset(out_parts, 0, sizeof *out_parts);
    if (date_parse(text, &d)) {
        struct buf b;
        buf_init(&b, out_parts->day, sizeof out_parts->day);
        buf_add_format(&b, "%d", d.day);
        buf_init(&b, out_parts->month, sizeof out_parts->month);
        buf_add_format(&b, "%d", d.month);
        buf_init(&b, out_parts->year, sizeof out_parts->year);
        buf_add_format(&b, "%04d", d.year);
        wipe(&d, sizeof d);
        return;
    }
    struct str rest;
    copy_part(out_parts->day, str_split(text, '/', &rest));
    copy_part(out_parts->month, str_split(rest, '/', &rest));
    copy_part(out_parts->year, rest);
}

void birth_date_join(const struct birth_date_parts *parts, char out_text[BIRTH_DATE_TYPED_SIZE])
{
    struct buf b;

    buf_init(&b, out_text, BIRTH_DATE_TYPED_SIZE);
    if (parts->day[0] == '\0' && parts->month[0] == '\0' && parts->year[0] == '\0')
        return;
    buf_add_text(&b, parts->day);
    buf_add_char(&b, '/');
    buf_add_text(&b, parts->month);
    buf_add_char(&b, '/');
    buf_add_text(&b, parts->year);
}
