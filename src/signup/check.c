/* Codes, their names and the words for patients, as tables: see check.h. */
#include "signup/check.h"

#include <stddef.h>

#include "base/words.h"

static const char *const names[CHECK_COUNT] = {
    [CHECK_OK] = "ok",
    [CHECK_EMPTY] = "empty",
    [CHECK_TOO_LONG] = "too-long",
    [CHECK_TOO_SHORT] = "too-short",
    [CHECK_LETTERS] = "letters",
    [CHECK_DIGIT] = "digit",
    [CHECK_REPEATED] = "repeated",
    [CHECK_TEST_NUMBER] = "test-number",
    [CHECK_LIVE_NUMBER] = "live-number",
    [CHECK_NI_NUMBER] = "ni-number",
    [CHECK_FORM] = "form",
    [CHECK_NOT_MOBILE] = "not-mobile",
    [CHECK_DAY_MISSING] = "day-missing",
    [CHECK_MONTH_MISSING] = "month-missing",
    [CHECK_YEAR_MISSING] = "year-missing",
    [CHECK_YEAR_SHORT] = "year-short",
    [CHECK_NOT_A_DATE] = "not-a-date",
    [CHECK_FUTURE] = "future",
    [CHECK_OVER_115] = "over-115",
    [CHECK_UNDER_18] = "under-18",
    [CHECK_TOO_SMALL] = "too-small",
    [CHECK_TOO_LARGE] = "too-large",
    [CHECK_PATTERN] = "pattern",
    [CHECK_NOT_AGREED] = "not-agreed",
    [CHECK_FULL] = "full",
    [CHECK_WAY_OUT] = "way-out",
};

static const char *const kind_names[FIELD_KIND_COUNT] = {
    [FIELD_PLAIN] = "plain",
    [FIELD_NHS_NUMBER] = "nhs-number",
    [FIELD_POSTCODE] = "postcode",
    [FIELD_PHONE] = "phone",
    [FIELD_ANY_PHONE] = "any-phone",
    [FIELD_EMAIL] = "email",
    [FIELD_BIRTH_DATE] = "birth-date",
    [FIELD_PERSON_NAME] = "person-name",
    [FIELD_ETHNIC_GROUP] = "ethnic-group",
    [FIELD_FILLED_IN_BY] = "filled-in-by",
};

/* For any question; a kind’s own table goes first. */
static const char *const plain_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Choose an answer"),
    [CHECK_TOO_LONG] = N_("Your answer is too long. Use fewer letters"),
    [CHECK_TOO_SHORT] = N_("Your answer is too short. Type a little more"),
    [CHECK_LETTERS] = N_("Use only letters and numbers"),
    [CHECK_DIGIT] = N_("Check the number, one digit may be wrong"),
    [CHECK_REPEATED] = N_("Check the number, one digit may be wrong"),
    [CHECK_TEST_NUMBER] = N_("Check the number, one digit may be wrong"),
    [CHECK_LIVE_NUMBER] = N_("This is a demonstration. Use a made-up number that starts with 9"),
    [CHECK_NI_NUMBER] = N_("This looks like a National Insurance number"),
    [CHECK_FORM] = N_("Check what you typed"),
    [CHECK_NOT_MOBILE] = N_("Enter a mobile number with 11 digits that starts with 07"),
    [CHECK_DAY_MISSING] = N_("Enter a day"),
    [CHECK_MONTH_MISSING] = N_("Enter a month"),
    [CHECK_YEAR_MISSING] = N_("Enter a year"),
    [CHECK_YEAR_SHORT] = N_("Enter all 4 numbers of the year"),
    [CHECK_NOT_A_DATE] = N_("Enter a real date, like 5 11 1962"),
    [CHECK_FUTURE] = N_("Enter a date in the past"),
    [CHECK_OVER_115] = N_("Check the year"),
    [CHECK_UNDER_18] = N_("You must be 18 or over to sign up"),
    [CHECK_TOO_SMALL] = N_("Enter a larger number"),
    [CHECK_TOO_LARGE] = N_("Enter a smaller number"),
    [CHECK_PATTERN] = N_("Check what you typed"),
    [CHECK_NOT_AGREED] = N_("To sign up, tick Set up my HeLP-Diabetes account"),
    [CHECK_FULL] = N_("Your answers are too long to keep. Use fewer letters here"),
    [CHECK_WAY_OUT] = N_("Go back and check this answer to sign up"),
};

static const char *const nhs_number_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Enter your NHS number, or touch I don’t know it"),
    [CHECK_TOO_LONG] = N_("NHS number must have 10 digits"),
    [CHECK_TOO_SHORT] = N_("NHS number must have 10 digits"),
    [CHECK_LETTERS] = N_("NHS number must have 10 digits"),
    [CHECK_DIGIT] = N_("Check your NHS number, or touch I don’t know it"),
    [CHECK_REPEATED] = N_("Check your NHS number, or touch I don’t know it"),
    [CHECK_TEST_NUMBER] =
        N_("Numbers that start with 9 are only examples. Enter your own NHS number"),
    [CHECK_LIVE_NUMBER] = N_("This is a demonstration. Use a made-up number, like 999 000 0018"),
    [CHECK_NI_NUMBER] =
        N_("That is a National Insurance number. An NHS number has 10 digits and no letters"),
};

static const char *const postcode_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Enter your postcode"),
    [CHECK_TOO_LONG] = N_("Enter a full UK postcode, like NW1 2BU"),
    [CHECK_TOO_SHORT] = N_("Enter a full UK postcode, like NW1 2BU"),
    [CHECK_FORM] = N_("Enter a full UK postcode, like NW1 2BU"),
};

static const char mobile_words[] = N_("Enter a mobile number with 11 digits that starts with 07");

static const char *const phone_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = mobile_words,     [CHECK_TOO_LONG] = mobile_words,
    [CHECK_TOO_SHORT] = mobile_words, [CHECK_LETTERS] = mobile_words,
    [CHECK_FORM] = mobile_words,      [CHECK_NOT_MOBILE] = mobile_words,
};

static const char phone_words[] = N_("Enter a UK phone number, like 01632 960123");

static const char *const any_phone_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = phone_words,   [CHECK_TOO_LONG] = phone_words, [CHECK_TOO_SHORT] = phone_words,
    [CHECK_LETTERS] = phone_words, [CHECK_FORM] = phone_words,
};

static const char *const email_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Enter an email address, like name@example.com"),
    [CHECK_TOO_LONG] = N_("Email address must have 254 letters or fewer"),
    [CHECK_LETTERS] = N_("Enter an email address, like name@example.com"),
    [CHECK_FORM] = N_("Enter an email address, like name@example.com"),
};

static const char *const birth_date_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Enter your date of birth, for example 5 11 1962"),
    [CHECK_DAY_MISSING] = N_("Date of birth must have a day"),
    [CHECK_MONTH_MISSING] = N_("Date of birth must have a month"),
    [CHECK_YEAR_MISSING] = N_("Date of birth must have a year"),
    [CHECK_YEAR_SHORT] = N_("Year must have 4 numbers, like 1962"),
    [CHECK_LETTERS] = N_("Date of birth must be a real date, like 5 11 1962"),
    [CHECK_NOT_A_DATE] = N_("Date of birth must be a real date, like 5 11 1962"),
    [CHECK_FUTURE] = N_("Date of birth must be in the past"),
    [CHECK_TOO_SMALL] = N_("Check the year of your date of birth, for example 1962"),
    [CHECK_OVER_115] = N_("Check the year. If it is right, touch Continue"),
};

static const char *const person_name_messages[CHECK_COUNT] = {
    [CHECK_EMPTY] = N_("Enter your name"),
    [CHECK_TOO_LONG] = N_("This name is too long for our form. Use a shorter form of it"),
    [CHECK_LETTERS] = N_("Use letters, spaces, hyphens and apostrophes for your name"),
};

static const char *const *const by_kind[FIELD_KIND_COUNT] = {
    [FIELD_NHS_NUMBER] = nhs_number_messages,
    [FIELD_POSTCODE] = postcode_messages,
    [FIELD_PHONE] = phone_messages,
    [FIELD_ANY_PHONE] = any_phone_messages,
    [FIELD_EMAIL] = email_messages,
    [FIELD_BIRTH_DATE] = birth_date_messages,
    [FIELD_PERSON_NAME] = person_name_messages,
};

const char *check_message(enum field_kind kind, enum check code)
{
    if (code < CHECK_OK || code >= CHECK_COUNT)
        code = CHECK_FORM;
    if (code == CHECK_OK)
        return "";
    if (kind >= FIELD_PLAIN && kind < FIELD_KIND_COUNT && by_kind[kind] != NULL &&
        by_kind[kind][code] != NULL)
        return by_kind[kind][code];
    return plain_messages[code];
}

const char *check_name(enum check code)
{
    return code >= CHECK_OK && code < CHECK_COUNT ? names[code] : "unknown";
}

const char *field_kind_name(enum field_kind kind)
{
    return kind >= FIELD_PLAIN && kind < FIELD_KIND_COUNT ? kind_names[kind] : "unknown";
}

enum field_kind field_kind_parse(struct str name)
{
    int kind = 0;

    while (kind < FIELD_KIND_COUNT && !str_is(name, kind_names[kind]))
        kind++;
    return (enum field_kind)kind;
}
