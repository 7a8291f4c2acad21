/* Days are counted from 1970-01-01 with years that begin in March: see date.h. */
#include "signup/date.h"

#include <stddef.h>

#include "base/wipe.h"
#include "base/words.h"

static const char *const month_names[12] = {
    /* TRANSLATORS: months stand only in a date, "14 March 1958": the form that they have there. */
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December"),
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_is_real(struct date d)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1)
        return false;
    int length = lengths[d.month - 1] + (d.month == 2 && is_leap(d.year) ? 1 : 0);
    return d.day <= length;
}

struct date date_today(int64_t wall_ms)
{
    const struct date written = {2026, 11, 1};
    struct date claim = date_from_unix_ms(wall_ms);

    return date_compare(claim, written) < 0 ? written : claim;
}

struct date date_from_unix_ms(int64_t wall_ms)
{
    const int64_t day_ms = 86400000;
    int64_t days = wall_ms / day_ms - (wall_ms % day_ms < 0 ? 1 : 0);

    /* Outside the years this type holds, the nearest end is the most honest answer. */
    if (days < -719162)
        return (struct date){1, 1, 1};
    if (days > 2932896)
        return (struct date){9999, 12, 31};
    int64_t shifted = days + 719468; /* days since 0000-03-01 */
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    struct date d = {
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
        .month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9),
        .year = (int)(year_of_era + era * 400 + (month_from_march >= 10 ? 1 : 0)),
    };
    return d;
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

int date_age_years(struct date birth, struct date on)
{
    bool before_birthday =
        on.month < birth.month || (on.month == birth.month && on.day < birth.day);
    return on.year - birth.year - (before_birthday ? 1 : 0);
}

static bool read_digits(struct str text, size_t at, size_t count, int *out_value)
{
    uint64_t value;

    if (!str_to_u64((struct str){text.at + at, count}, 9999, &value))
        return false;
    *out_value = (int)value;
    return true;
}

bool date_parse(struct str text, struct date *out_date)
{
    struct date d;

    if (text.len != DATE_TEXT_SIZE - 1 || text.at[4] != '-' || text.at[7] != '-')
        return false;
    if (!read_digits(text, 0, 4, &d.year) || !read_digits(text, 5, 2, &d.month) ||
        !read_digits(text, 8, 2, &d.day) || !date_is_real(d))
        return false;
    *out_date = d;
    wipe(&d, sizeof d);
    return true;
}

static void put_digits(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format(struct date d, char out_text[DATE_TEXT_SIZE])
{
    put_digits(out_text, d.year, 4);
    out_text[4] = '-';
    put_digits(out_text + 5, d.month, 2);
    out_text[7] = '-';
    put_digits(out_text + 8, d.day, 2);
    out_text[10] = '\0';
}

const char *date_month_name(int month)
{
    return month < 1 || month > 12 ? NULL : month_names[month - 1];
}
