/* Each check against a table of what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "signup/birth_date.h"
#include "signup/email.h"
#include "signup/ethnic.h"
#include "signup/name.h"
#include "signup/nhs_number.h"
#include "signup/pattern.h"
#include "signup/phone.h"
#include "signup/postcode.h"
#include "signup/reference.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

struct row {
    const char *typed;
    enum check check;
    const char *canonical; /* for CHECK_OK */
};

static void expect(const struct row *row, enum check check, const char *canonical)
{
    if (check != row->check)
        fail_msg("'%s': %s, expected %s", row->typed, check_name(check), check_name(row->check));
    if (check == CHECK_OK)
        assert_string_equal(canonical, row->canonical);
    else
        assert_string_equal(canonical, "untouched");
}

static void test_nhs_number(void **state)
{
    static const struct row demo[] = {
        {"9990000018", CHECK_OK, "9990000018"},
        {" 999 000 0026 ", CHECK_OK, "9990000026"},
        {"999-000-0034", CHECK_OK, "9990000034"},
        {"999\xC2\xA0"
         "000\xC2\xA0"
         "0042",
         CHECK_OK, "9990000042"},
        {"999.000.0050", CHECK_OK, "9990000050"},
        {"", CHECK_EMPTY, NULL},
        {"  - ", CHECK_EMPTY, NULL},
        {"9991234567", CHECK_DIGIT, NULL}, /* often printed as an example; its digit would be 10 */
        {"9876543210", CHECK_OK, "9876543210"},
        {"9990000019", CHECK_DIGIT, NULL},
        {"999000001", CHECK_TOO_SHORT, NULL},
        {"99900000181", CHECK_TOO_LONG, NULL},
        {"99900000189990000018999", CHECK_TOO_LONG, NULL},
        {"999000oo18", CHECK_LETTERS, NULL},
        {"QQ 12 34 56 C", CHECK_NI_NUMBER, NULL},
        {"qq123456", CHECK_NI_NUMBER, NULL},
        {"9999999999", CHECK_REPEATED, NULL},
        {"0000000000", CHECK_REPEATED, NULL},
        {"4010232137", CHECK_LIVE_NUMBER, NULL},
        {"\xFF\xFF", CHECK_LETTERS, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(demo); i++) {
        struct nhs_number n = {"untouched"};
        expect(&demo[i], nhs_number_check(str_of(demo[i].typed), KIOSK_DEMO, &n), n.text);
    }
    static const struct row live[] = {
        {"401 023 2137", CHECK_OK, "4010232137"},
        {"999 000 0018", CHECK_TEST_NUMBER, NULL},
    };
    for (size_t i = 0; i < COUNT(live); i++) {
        struct nhs_number n = {"untouched"};
        expect(&live[i], nhs_number_check(str_of(live[i].typed), KIOSK_LIVE, &n), n.text);
    }
}

/* One wrong digit, or two neighbours exchanged, is always found. */
static void test_nhs_number_finds_slips(void **state)
{
    static const char good[] = "9990000018";
    struct nhs_number n;
    (void)state;
    for (int place = 0; place < 10; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char typed[] = "9990000018";
            typed[place] = digit;
            enum check check = nhs_number_check(str_of(typed), KIOSK_DEMO, &n);
            assert_int_equal(check == CHECK_OK, digit == good[place]);
        }
    }
    for (int place = 0; place < 9; place++) {
        char typed[] = "9990000018";
        typed[place] = good[place + 1];
        typed[place + 1] = good[place];
        assert_int_equal(nhs_number_check(str_of(typed), KIOSK_DEMO, &n) == CHECK_OK,
                         strcmp(typed, good) == 0);
    }
}

static void test_postcode(void **state)
{
    static const struct row rows[] = {
        {"M1 1AA", CHECK_OK, "M1 1AA"},
        {"m60 1nw", CHECK_OK, "M60 1NW"},
        {"CR2 6XH", CHECK_OK, "CR2 6XH"},
        {"dn551pt", CHECK_OK, "DN55 1PT"},
        {" w1a 1hq. ", CHECK_OK, "W1A 1HQ"},
        {"EC1A-1BB", CHECK_OK, "EC1A 1BB"},
        {"N W 1 2 B U", CHECK_OK, "NW1 2BU"},
        {"gir 0aa", CHECK_OK, "GIR 0AA"},
        {"", CHECK_EMPTY, NULL},
        {"NW1", CHECK_TOO_SHORT, NULL},
        {"EC1A", CHECK_TOO_SHORT, NULL},
        {"NW1 2B", CHECK_FORM, NULL},
        {"NW1 2BUX", CHECK_FORM, NULL},
        {"NW11 12BUX", CHECK_TOO_LONG, NULL},
        {"QW1 2BU", CHECK_FORM, NULL},
        {"NI1 2BU", CHECK_FORM, NULL},
        {"NW1 2CU", CHECK_FORM, NULL},
        {"NW1 BBU", CHECK_FORM, NULL},
        {"12345", CHECK_FORM, NULL},
        {"NW1 2BU!", CHECK_FORM, NULL},
        {"W1I 1AA", CHECK_FORM, NULL},
        {"EC1Z 1BB", CHECK_FORM, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct postcode p = {""};
        enum check check = postcode_check(str_of(rows[i].typed), &p);
        expect(&rows[i], check, check == CHECK_OK ? p.text : "untouched");
    }
}

static void test_phone(void **state)
{
    static const struct row rows[] = {
        {"07700 900417", CHECK_OK, "+447700900417"},
        {"+44 7700 900417", CHECK_OK, "+447700900417"},
        {"0044 7700 900417", CHECK_OK, "+447700900417"},
        {"+44 (0)7700 900417", CHECK_OK, "+447700900417"},
        {"44 7700 900 417", CHECK_OK, "+447700900417"},
        {"(07700) 900-417", CHECK_OK, "+447700900417"},
        {"07624 123456", CHECK_OK, "+447624123456"},
        {"", CHECK_EMPTY, NULL},
        {"+", CHECK_TOO_SHORT, NULL},
        {"07700 90041", CHECK_TOO_SHORT, NULL},
        {"07700 9004177", CHECK_TOO_LONG, NULL},
        {"077009004170770090041707700", CHECK_TOO_LONG, NULL},
        {"020 7946 0018", CHECK_NOT_MOBILE, NULL},
        {"07000 123456", CHECK_NOT_MOBILE, NULL},
        {"07640 123456", CHECK_NOT_MOBILE, NULL},
        {"+1 212 555 0100", CHECK_FORM, NULL},
        {"7700 900417", CHECK_FORM, NULL},
        {"07700 9oo417", CHECK_LETTERS, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct phone p = {"untouched"};
        expect(&rows[i], phone_check(str_of(rows[i].typed), &p), p.text);
    }
    char text[32];
    struct buf b;
    buf_init(&b, text, sizeof text);
    phone_display(STR_LITERAL("+447700900417"), &b);
    assert_string_equal(text, "07700 900417");
}

static void test_any_phone(void **state)
{
    static const struct row rows[] = {
        {"020 7946 0018", CHECK_OK, "+442079460018"},
        {"(01632) 960123", CHECK_OK, "+441632960123"},
        {"+44 (0)1632 960 123", CHECK_OK, "+441632960123"},
        {"016977 3555", CHECK_OK, "+44169773555"},
        {"0300 123 4567", CHECK_OK, "+443001234567"},
        {"07700 900417", CHECK_OK, "+447700900417"},
        {"", CHECK_EMPTY, NULL},
        {"01632 96012", CHECK_OK, "+44163296012"},
        {"020 7946 001", CHECK_TOO_SHORT, NULL},
        {"01632 9601234", CHECK_TOO_LONG, NULL},
        {"0906 123 4567", CHECK_FORM, NULL},
        {"07640 123456", CHECK_FORM, NULL},
        {"999", CHECK_FORM, NULL},
        {"01632 96o123", CHECK_LETTERS, NULL},
    };
    static const char *const shown[][2] = {
        {"+442079460018", "020 7946 0018"}, {"+441632960123", "01632 960123"},
        {"+441214960123", "0121 496 0123"}, {"+441134960123", "0113 496 0123"},
        {"+443001234567", "0300 123 4567"}, {"+44169773555", "01697 73555"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct phone p = {"untouched"};
        expect(&rows[i], phone_check_any(str_of(rows[i].typed), &p), p.text);
    }
    for (size_t i = 0; i < COUNT(shown); i++) {
        char text[32];
        struct buf b;
        buf_init(&b, text, sizeof text);
        phone_display(str_of(shown[i][0]), &b);
        assert_string_equal(text, shown[i][1]);
    }
}

static void test_email(void **state)
{
    static const struct row rows[] = {
        {"name@example.com", CHECK_OK, "name@example.com"},
        {" First.Last+tag@Mail.EXAMPLE.co.uk ", CHECK_OK, "First.Last+tag@mail.example.co.uk"},
        {"o'neill@example.com", CHECK_OK, "o'neill@example.com"},
        {"имя@пример.рф", CHECK_OK, "имя@пример.рф"},
        {"", CHECK_EMPTY, NULL},
        {"name", CHECK_FORM, NULL},
        {"name@", CHECK_FORM, NULL},
        {"@example.com", CHECK_FORM, NULL},
        {"name@example", CHECK_FORM, NULL},
        {"name@example.", CHECK_FORM, NULL},
        {"name@example..com", CHECK_FORM, NULL},
        {"na..me@example.com", CHECK_FORM, NULL},
        {".name@example.com", CHECK_FORM, NULL},
        {"name@-example.com", CHECK_FORM, NULL},
        {"name@example.c", CHECK_FORM, NULL},
        {"name@192.168.0.1", CHECK_FORM, NULL},
        {"a@b@example.com", CHECK_FORM, NULL},
        {"my name@example.com", CHECK_LETTERS, NULL},
        {"name@example.com\r\nBcc: x@y.zz", CHECK_LETTERS, NULL},
        {"\"name\"@example.com", CHECK_LETTERS, NULL},
        {"name,other@example.com", CHECK_LETTERS, NULL},
        {"na\xE2\x80\x8Bme@example.com", CHECK_LETTERS, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct email e = {"untouched"};
        expect(&rows[i], email_check(str_of(rows[i].typed), &e), e.text);
    }
    char longest[300];
    struct email e;
    memset(longest, 'a', sizeof longest);
    longest[64] = '@';
    for (size_t i = 128; i < 254; i += 64)
        longest[i] = '.';
    assert_int_equal(email_check((struct str){longest, 254}, &e), CHECK_OK);
    assert_int_equal(email_check((struct str){longest, 255}, &e), CHECK_TOO_LONG);
}

static void test_birth_date(void **state)
{
    static const struct row rows[] = {
        {"14/3/1958", CHECK_OK, "1958-03-14"},
        {"14/March/1958", CHECK_OK, "1958-03-14"},
        {"14/ mar. /1958", CHECK_OK, "1958-03-14"},
        {"07/SEPT/1958", CHECK_OK, "1958-09-07"},
        {"1958-03-14", CHECK_OK, "1958-03-14"},
        {"29/2/2000", CHECK_OK, "2000-02-29"},
        {"14/3/2008", CHECK_OK, "2008-03-14"},
        {"", CHECK_EMPTY, NULL},
        {"//", CHECK_EMPTY, NULL},
        {"/3/1958", CHECK_DAY_MISSING, NULL},
        {"14//1958", CHECK_MONTH_MISSING, NULL},
        {"14/3/", CHECK_YEAR_MISSING, NULL},
        {"14", CHECK_MONTH_MISSING, NULL},
        {"14/3/58", CHECK_YEAR_SHORT, NULL},
        {"14/ma/1958", CHECK_LETTERS, NULL},
        {"14/x/1958", CHECK_LETTERS, NULL},
        {"1a/3/1958", CHECK_LETTERS, NULL},
        {"31/2/1958", CHECK_NOT_A_DATE, NULL},
        {"29/2/1900", CHECK_NOT_A_DATE, NULL},
        {"14/13/1958", CHECK_NOT_A_DATE, NULL},
        {"0/3/1958", CHECK_NOT_A_DATE, NULL},
        {"14/3/19588", CHECK_NOT_A_DATE, NULL},
        {"15/3/2026", CHECK_FUTURE, NULL},
        {"15/3/1910", CHECK_OK, "1910-03-15"},
        {"14/3/1895", CHECK_TOO_SMALL, NULL},
        {"5/11/1062", CHECK_TOO_SMALL, NULL},
        {"5/11/0062", CHECK_TOO_SMALL, NULL},
    };
    const struct date today = {2026, 3, 14};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date d;
        char text[DATE_TEXT_SIZE] = "";
        enum check check = birth_date_check_text(str_of(rows[i].typed), today, &d);
        if (check == CHECK_OK)
            date_format(d, text);
        expect(&rows[i], check, check == CHECK_OK ? text : "untouched");
    }
    struct date d;
    assert_int_equal(birth_date_check_text(STR_LITERAL("15/3/2008"), today, &d), CHECK_UNDER_18);
    assert_int_equal(birth_date_check_text(STR_LITERAL("14/3/2026"), today, &d), CHECK_UNDER_18);
    assert_int_equal(birth_date_check_text(STR_LITERAL("14/3/1910"), today, &d), CHECK_OVER_115);
    assert_int_equal(d.year, 1910);
    assert_int_equal(birth_date_check_text(STR_LITERAL("15/3/1895"), today, &d), CHECK_OVER_115);
}

static void test_birth_date_parts(void **state)
{
    struct birth_date_parts parts;
    char text[BIRTH_DATE_TYPED_SIZE];
    (void)state;
    birth_date_split(STR_LITERAL("1958-03-14"), &parts);
    birth_date_join(&parts, text);
    assert_string_equal(text, "14/3/1958");
    birth_date_split(STR_LITERAL("14/ma"), &parts);
    assert_string_equal(parts.month, "ma");
    assert_string_equal(parts.year, "");
    birth_date_split(STR_LITERAL("/мартмартмарт/"), &parts);
    assert_true(str_is_utf8(str_of(parts.month)));
    assert_int_equal(strlen(parts.month), 14);
}

static void test_name(void **state)
{
    static const struct row rows[] = {
        {"Amina", CHECK_OK, "Amina"},
        {"  Jean-Luc   O'Neill ", CHECK_OK, "Jean-Luc O'Neill"},
        {"María José", CHECK_OK, "María José"},
        {"محمد", CHECK_OK, "محمد"},
        {"নাসরিন", CHECK_OK, "নাসরিন"},
        {"John 2nd", CHECK_OK, "John 2nd"},
        {"X", CHECK_OK, "X"},
        {"St. John", CHECK_OK, "St. John"},
        {"", CHECK_EMPTY, NULL},
        {"  \xC2\xA0 ", CHECK_EMPTY, NULL},
        {"-", CHECK_LETTERS, NULL},
        {"<b>Amina", CHECK_LETTERS, NULL},
        {"=1+1", CHECK_LETTERS, NULL},
        {"Amina\xE2\x80\xAE", CHECK_LETTERS, NULL},
        {"A\nB", CHECK_OK, "A B"},
        {"زهره\xE2\x80\x8Cسادات", CHECK_OK, "زهره\xE2\x80\x8Cسادات"},
        {"\xE2\x80\x8C", CHECK_LETTERS, NULL}, /* a joiner and nothing to join */
        {"’", CHECK_LETTERS, NULL},
        {"\xE3\x85\xA4", CHECK_LETTERS, NULL},     /* U+3164 Hangul filler */
        {"Ann\xE1\x85\x9F", CHECK_LETTERS, NULL},  /* U+115F Hangul filler */
        {"\xEF\xBE\xA0", CHECK_LETTERS, NULL},     /* U+FFA0 half-width filler */
        {"\xE2\xA0\x80", CHECK_LETTERS, NULL},     /* U+2800 empty Braille cell */
        {"Ann\xE2\x80\x8B", CHECK_LETTERS, NULL},  /* U+200B zero-width space */
        {"Ann\xCD\x8F", CHECK_LETTERS, NULL},      /* U+034F grapheme joiner */
        {"Ann\xE1\xA0\x8E", CHECK_LETTERS, NULL},  /* U+180E Mongolian separator */
        {"Ann\xEF\xB8\x8F", CHECK_LETTERS, NULL},  /* U+FE0F variation selector */
        {"\xF0\x9F\x98\x80", CHECK_LETTERS, NULL}, /* U+1F600 smiling face */
        {"Ann \xE2\x9D\xA4", CHECK_LETTERS, NULL}, /* U+2764 heart */
        {"\xE2\x98\xBA", CHECK_LETTERS, NULL},     /* U+263A white smiling face */
        {"A\x01", CHECK_LETTERS, NULL},
        {"\xFF", CHECK_LETTERS, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct person_name n = {"untouched"};
        expect(&rows[i], name_check(str_of(rows[i].typed), &n), n.text);
    }
    char text[NAME_BYTES + 1];
    struct person_name n;
    memset(text, 'a', sizeof text);
    assert_int_equal(name_check((struct str){text, NAME_BYTES}, &n), CHECK_OK);
    assert_int_equal(name_check((struct str){text, NAME_BYTES + 1}, &n), CHECK_TOO_LONG);
}

static void test_reference(void **state)
{
    struct reference made;
    struct reference read;
    uint8_t id[16];
    (void)state;
    for (int i = 0; i < 16; i++)
        id[i] = (uint8_t)(i * 37 + 11);
    reference_from_id(id, &made);
    assert_int_equal(strlen(made.text), 12);
    assert_int_equal(reference_check(str_of(made.text), &read), CHECK_OK);
    /* Its bits are the id's first 35, and no more. */
    uint8_t bits[8];
    reference_id_bits(&made, bits);
    assert_memory_equal(bits, id, REFERENCE_ID_BITS / 8);
    assert_int_equal(bits[4], id[4] & 0xE0);
    assert_int_equal(bits[5] | bits[6] | bits[7], 0);
    assert_string_equal(read.text, made.text);
    memset(id, 0, sizeof id);
    reference_from_id(id, &made);
    assert_string_equal(made.text, "HD-0000-0000");
    static const char *const same[] = {"hd0000oooo", "OOOO-0000", "00000000", " HD 0000 0000 "};
    for (size_t i = 0; i < COUNT(same); i++) {
        assert_int_equal(reference_check(str_of(same[i]), &read), CHECK_OK);
        assert_string_equal(read.text, made.text);
    }
    assert_int_equal(reference_check(STR_LITERAL(""), &read), CHECK_EMPTY);
    assert_int_equal(reference_check(STR_LITERAL("HD-7K4M"), &read), CHECK_TOO_SHORT);
    assert_int_equal(reference_check(STR_LITERAL("HD-7K4M-Q2XPZ"), &read), CHECK_TOO_LONG);
    assert_int_equal(reference_check(STR_LITERAL("HD-7K4M-U2XP"), &read), CHECK_LETTERS);
}

/* Every single wrong symbol and every swap of two different ones is found. */
static void test_reference_finds_slips(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static const int places[] = {3, 4, 5, 6, 8, 9, 10, 11};
    const uint8_t id[16] = {0x3A, 0x91, 0x5C, 0x07, 0xE2};
    struct reference good;
    struct reference read;
    (void)state;
    reference_from_id(id, &good);
    for (size_t p = 0; p < COUNT(places); p++) {
        for (const char *symbol = alphabet; *symbol != '\0'; symbol++) {
            struct reference typed = good;
            typed.text[places[p]] = *symbol;
            assert_int_equal(reference_check(str_of(typed.text), &read) == CHECK_OK,
                             *symbol == good.text[places[p]]);
        }
        for (size_t other = 0; other < p; other++) {
            struct reference typed = good;
            typed.text[places[p]] = good.text[places[other]];
            typed.text[places[other]] = good.text[places[p]];
            assert_int_equal(reference_check(str_of(typed.text), &read) == CHECK_OK,
                             strcmp(typed.text, good.text) == 0);
        }
    }
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        struct date date;
    } rows[] = {
        {0, {1970, 1, 1}},
        {-1, {1969, 12, 31}},
        {951782400000, {2000, 2, 29}},
        {951868800000, {2000, 3, 1}},
        {4102444800000, {2100, 1, 1}},
        {INT64_MIN, {1, 1, 1}},
        {INT64_MAX, {9999, 12, 31}},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(date_compare(date_from_unix_ms(rows[i].ms), rows[i].date), 0);
    const struct date leap = {2008, 2, 29};
    assert_int_equal(date_age_years(leap, (struct date){2026, 2, 28}), 17);
    assert_int_equal(date_age_years(leap, (struct date){2026, 3, 1}), 18);
    struct date d;
    assert_false(date_parse(STR_LITERAL("2026-02-30"), &d));
    assert_false(date_parse(STR_LITERAL("2026-2-03"), &d));
    assert_null(date_month_name(0));
}

/* R9: a clock without a battery says 1970; nobody is turned away as under 18 for that. */
static void today_is_not_before_this_was_written(void **state)
{
    const struct date birth = {1958, 3, 14};

    (void)state;
    assert_true(date_age_years(birth, date_today(0)) >= 68);
    assert_true(date_age_years(birth, date_today(INT64_MIN)) >= 68);
    assert_int_equal(date_today(4102444800000).year, 2100);
}

static void test_ethnic(void **state)
{
    (void)state;
    assert_string_equal(ethnic_2001_code(STR_LITERAL("roma")), "C");
    assert_string_equal(ethnic_2001_code(STR_LITERAL("chinese")), "R");
    assert_string_equal(ethnic_2001_code(STR_LITERAL("arab")), "S");
    assert_string_equal(ethnic_2001_code(STR_LITERAL("prefer-not-to-say")), "Z");
    assert_string_equal(ethnic_2001_code(STR_LITERAL("asian")), "");
    assert_null(ethnic_2001_code(STR_LITERAL("martian")));
}

static void test_pattern(void **state)
{
    static const struct {
        const char *pattern;
        const char *text;
        bool matches;
    } rows[] = {
        {"[A-Z][0-9]{5}", "F83004", true},
        {"[A-Z][0-9]{5}", "F8300", false},
        {"^\\d{2,3}$", "12", true},
        {"\\d{2,3}", "1234", false},
        {"a*b", "aaab", true},
        {"a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaa", false},
        {"[^ ]+", "a b", false},
        {".é.", "xéy", true},
        {"a?b?", "", true},
        {"\\(\\w+\\)", "(x_1)", true},
        {"[a\\-z]+", "-az", true},
        {"[a\\-z]+", "b", false},
    };
    static const char *const refused[] = {"",     "(a)",    "a|b",  "[",      "[]",  "a**", "\\q",
                                          "a{0}", "a{3,2}", "a{x}", "a{300}", "{2}", "\\",  "[[a]"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_null(pattern_problem(str_of(rows[i].pattern)));
        if (pattern_matches(str_of(rows[i].pattern), str_of(rows[i].text)) != rows[i].matches)
            fail_msg("%s against '%s'", rows[i].pattern, rows[i].text);
    }
    for (size_t i = 0; i < COUNT(refused); i++) {
        if (pattern_problem(str_of(refused[i])) == NULL)
            fail_msg("'%s' should be refused", refused[i]);
    }
}

/* Words for each kind and code, and none of the words that blame. */
static void test_messages(void **state)
{
    static const char *const banned[] = {"lease", "orry", "nvalid", "alid ", "orbidden", "!"};
    (void)state;
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++) {
        for (int code = CHECK_OK + 1; code < CHECK_COUNT; code++) {
            const char *text = check_message((enum field_kind)kind, (enum check)code);
            assert_true(strlen(text) > 8);
            for (size_t i = 0; i < COUNT(banned); i++)
                assert_null(strstr(text, banned[i]));
        }
        const char *name = field_kind_name((enum field_kind)kind);
        assert_int_equal(field_kind_parse(str_of(name)), kind);
    }
    assert_string_equal(check_message(FIELD_BIRTH_DATE, CHECK_FUTURE),
                        "Date of birth must be in the past");
    assert_int_equal(field_kind_parse(STR_LITERAL("shoe-size")), FIELD_KIND_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nhs_number),
        cmocka_unit_test(today_is_not_before_this_was_written),
        cmocka_unit_test(test_nhs_number_finds_slips),
        cmocka_unit_test(test_postcode),
        cmocka_unit_test(test_phone),
        cmocka_unit_test(test_any_phone),
        cmocka_unit_test(test_email),
        cmocka_unit_test(test_birth_date),
        cmocka_unit_test(test_birth_date_parts),
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_reference_finds_slips),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_ethnic),
        cmocka_unit_test(test_pattern),
        cmocka_unit_test(test_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
