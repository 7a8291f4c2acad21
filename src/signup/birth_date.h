/*
 * A birth date in three parts as a patient types them: day, month as a number or an English name
 * or its beginning ("3", "March", "mar"), year in 4 digits. While it is typed the three parts
 * travel as one text "14/3/1958"; when it is accepted, as "1958-03-14". Under 18 is no error: it
 * leads to its own page. One problem is told at a time, the one to mend first.
 */
#ifndef SIGNUP_BIRTH_DATE_H
#define SIGNUP_BIRTH_DATE_H

#include "signup/check.h"

#define BIRTH_DATE_PART 15 /* bytes of one part; longer is cut at a code point when it is typed */

struct birth_date_parts {
    char day[BIRTH_DATE_PART + 1];
    char month[BIRTH_DATE_PART + 1];
    char year[BIRTH_DATE_PART + 1];
};

#define BIRTH_DATE_TYPED_SIZE (3 * BIRTH_DATE_PART + 3)

/*
 * CHECK_OK, EMPTY, DAY_MISSING, MONTH_MISSING, YEAR_MISSING, YEAR_SHORT, LETTERS, NOT_A_DATE,
 * FUTURE, OVER_115 or UNDER_18. *out_date is set for the last two as well.
 */
enum check birth_date_check(const struct birth_date_parts *parts, struct date today,
                            struct date *out_date);
/* The same for one text, typed ("14/3/1958") or canonical ("1958-03-14"). */
enum check birth_date_check_text(struct str text, struct date today, struct date *out_date);
/* Splits either form into the parts shown in the three fields; what is missing is "". */
void birth_date_split(struct str text, struct birth_date_parts *out_parts);
/* Joins the parts as "14/3/1958"; "" where all three are empty. */
void birth_date_join(const struct birth_date_parts *parts, char out_text[BIRTH_DATE_TYPED_SIZE]);

#endif
