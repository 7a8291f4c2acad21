/*
 * Civil dates of the proleptic Gregorian calendar, as plain values. No clock is read here: "today"
 * is handed in, made from a wall-clock claim. Day arithmetic after Howard Hinnant's description of
 * days_from_civil (public).
 */
#ifndef SIGNUP_DATE_H
#define SIGNUP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct date {
    int year;  /* 1 .. 9999 */
    int month; /* 1 .. 12 */
    int day;   /* 1 .. 31 */
};

#define DATE_TEXT_SIZE 11 /* "1958-03-14" and the final 0 */

/* A real day of a real month, leap years counted. */
bool date_is_real(struct date d);
/* The UTC day of a wall-clock claim, in ms since 1970-01-01T00:00:00Z. */
struct date date_from_unix_ms(int64_t wall_ms);
/*
 * The same as "today", which is not before the day that this was written: a device whose clock has
 * lost its battery says 1970, and would find everybody unborn or under 18.
 */
struct date date_today(int64_t wall_ms);
/* Negative, 0 or positive, as a stands before, on or after b. */
int date_compare(struct date a, struct date b);
/* Whole years from birth to `on`; born on 29 February has a birthday on 1 March in other years. */
int date_age_years(struct date birth, struct date on);
/* Exactly "YYYY-MM-DD" and a real date; false otherwise. */
bool date_parse(struct str text, struct date *out_date);
/* Writes "YYYY-MM-DD". */
void date_format(struct date d, char out_text[DATE_TEXT_SIZE]);
/* The English month name, 1 .. 12; a msgid. NULL otherwise. */
const char *date_month_name(int month);

#endif
