/*
 * What can be wrong with something a patient typed, as a code: a code can be counted, translated
 * and tested, and it can't leak the answer. One table turns (kind, code) into the words a patient
 * reads; they say what to do, and never say please, sorry, valid or invalid.
 * Every check is pure: typed text and context in, code and one canonical form out. The canonical
 * form checks as OK again and stays as it is, so the server runs the same checks over it.
 */
#ifndef SIGNUP_CHECK_H
#define SIGNUP_CHECK_H

#include "base/kiosk_mode.h"
#include "base/str.h"
#include "signup/date.h"

enum check {
    CHECK_OK = 0,
    CHECK_EMPTY,       /* nothing typed or chosen, and an answer is needed */
    CHECK_TOO_LONG,    /* more characters than the kind of answer can have */
    CHECK_TOO_SHORT,   /* fewer */
    CHECK_LETTERS,     /* a character that this kind of answer has not */
    CHECK_DIGIT,       /* NHS number: the tenth digit does not fit the other nine */
    CHECK_REPEATED,    /* NHS number: one digit ten times */
    CHECK_TEST_NUMBER, /* NHS number: begins with 9, on a live kiosk */
    CHECK_LIVE_NUMBER, /* NHS number: does not begin with 9, on a demo kiosk */
    CHECK_NI_NUMBER,   /* NHS number: this is a National Insurance number */
    CHECK_FORM,        /* not in the form of a postcode, e-mail address, phone number */
    CHECK_NOT_MOBILE,  /* a UK phone number that takes no text messages */
    CHECK_DAY_MISSING, /* birth date: the other parts are there */
    CHECK_MONTH_MISSING,
    CHECK_YEAR_MISSING,
    CHECK_YEAR_SHORT, /* birth date: year with fewer than 4 digits */
    CHECK_NOT_A_DATE, /* 31 February, month 13 */
    CHECK_FUTURE,     /* birth date after today */
    CHECK_OVER_115,   /* birth date: likely a slip; asked once, accepted when confirmed */
    CHECK_UNDER_18,   /* no error: opens the page for people under 18 */
    CHECK_TOO_SMALL,  /* number or date below the form's minValue; birth date nobody alive has */
    CHECK_TOO_LARGE,  /* above its maxValue */
    CHECK_PATTERN,    /* does not match the form's regex */
    CHECK_NOT_AGREED, /* the agreement without which nobody can sign up */
    CHECK_FULL,       /* the answers together are larger than a record may be */
    CHECK_WAY_OUT,    /* the answers lead to a way out, not to a sign-up */
    CHECK_COUNT
};

/* What a question of the form asks for, beyond its FHIR type: extension field-kind. */
enum field_kind {
    FIELD_PLAIN = 0,
    FIELD_NHS_NUMBER,
    FIELD_POSTCODE,
    FIELD_PHONE,     /* a UK mobile number */
    FIELD_ANY_PHONE, /* a UK number that a person can be phoned on, landline or mobile */
    FIELD_EMAIL,
    FIELD_BIRTH_DATE,
    FIELD_PERSON_NAME,
    FIELD_ETHNIC_GROUP, /* a choice whose option codes signup/ethnic.h knows */
    FIELD_FILLED_IN_BY, /* a choice of alone, staff, friend */
    FIELD_KIND_COUNT
};

struct check_context {
    enum kiosk_mode mode;
    struct date today;
};

/*
 * The words for the patient, an English msgid; never NULL and never empty for a code other than
 * CHECK_OK. `kind` FIELD_PLAIN gives words that fit any question.
 */
const char *check_message(enum field_kind kind, enum check code);
/* The name for tests and logs: "digit". Never NULL. */
const char *check_name(enum check code);
/* "nhs-number"; and back, FIELD_KIND_COUNT where unknown. */
const char *field_kind_name(enum field_kind kind);
enum field_kind field_kind_parse(struct str name);

#endif
