/* Catalogues: the pseudo-locale that the build made, damaged files and plural rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "content/catalogue.h"
#include "content/plural.h"

#define MO BINARY_DIR "/pack/locale/qps-plocm.mo"

static void test_pseudo_locale(void **state)
{
    struct catalogue *c = NULL;
    struct refusal refusal;
    (void)state;
    assert_int_equal(catalogue_open(MO, &c, &refusal), ERR_OK);
    const char *text = catalogue_get(c, "Set up my HeLP-Diabetes account");
    assert_string_not_equal(text, "Set up my HeLP-Diabetes account");
    assert_non_null(strstr(text, "HeLP-Diabetes"));
    assert_null(strstr(text, "Set"));
    assert_string_equal(catalogue_get(c, "not in it"), "not in it");
    assert_string_equal(catalogue_get(c, ""), "");
    assert_string_equal(catalogue_get(c, NC_("verb", "not in it")), "not in it");
    catalogue_close(c);
}

/* The texts that count down are counted by the language's own rule, not by English's. */
static void test_pseudo_locale_plurals(void **state)
{
    static const char *const texts[][2] = {
        {"This screen will clear in **{n} second**", "This screen will clear in **{n} seconds**"},
        {"To keep your answers private, this screen will clear in **{n} second**.",
         "To keep your answers private, this screen will clear in **{n} seconds**."},
    };
    struct catalogue *c = NULL;
    struct refusal refusal;
    (void)state;
    assert_int_equal(catalogue_open(MO, &c, &refusal), ERR_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *one = catalogue_plural(c, texts[i][0], texts[i][1], 1);
        const char *many = catalogue_plural(c, texts[i][0], texts[i][1], 30);
        assert_string_not_equal(one, texts[i][0]);
        assert_string_not_equal(many, texts[i][1]);
        assert_string_not_equal(one, many);
    }
    catalogue_close(c);
}

static void test_english_is_null(void **state)
{
    (void)state;
    assert_string_equal(catalogue_get(NULL, "Back"), "Back");
    assert_string_equal(catalogue_get(NULL, NC_("way", "Back")), "Back");
    assert_string_equal(catalogue_plural(NULL, "1 day", "{n} days", 1), "1 day");
    assert_string_equal(catalogue_plural(NULL, "1 day", "{n} days", 0), "{n} days");
    catalogue_close(NULL);
}

/* A little-endian .mo of four entries: header, a plural, one without and one with a context. */
static size_t make_mo(char *out)
{
    static const char head[] = "Content-Type: text/plain; charset=UTF-8\n"
                               "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n<5 ? 1 : 2;\n";
    static const struct {
        const char *key;
        size_t key_len;
        const char *text;
        size_t text_len;
    } rows[] = {
        {"", 0, head, sizeof head - 1},
        {"1 day\0{n} days", 14, "ein\0zwei\0viele", 14},
        {"Back", 4, "hinten", 6},
        {"verb\4Open", 9, "auf", 3},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    uint32_t words[7 + 4 * ROWS] = {0x950412de, 0, ROWS, 28, 28 + 8 * ROWS, 0, 28 + 16 * ROWS};
    size_t at = sizeof words;
    for (size_t i = 0; i < ROWS; i++) {
        words[7 + 2 * i] = (uint32_t)rows[i].key_len;
        words[8 + 2 * i] = (uint32_t)at;
        memcpy(out + at, rows[i].key, rows[i].key_len + 1);
        at += rows[i].key_len + 1;
        words[7 + 2 * (ROWS + i)] = (uint32_t)rows[i].text_len;
        words[8 + 2 * (ROWS + i)] = (uint32_t)at;
        memcpy(out + at, rows[i].text, rows[i].text_len + 1);
        at += rows[i].text_len + 1;
    }
    memcpy(out, words, sizeof words);
    return at;
}

static void test_context_and_plural(void **state)
{
    char bytes[1024];
    struct catalogue *c = NULL;
    struct refusal refusal = {"", "", ""};
    (void)state;
    size_t size = make_mo(bytes);
    enum err e = catalogue_parse((struct str){bytes, size}, "test.mo", &c, &refusal);
    assert_string_equal(refusal.problem, "");
    assert_int_equal(e, ERR_OK);
    assert_string_equal(catalogue_get(c, NC_("verb", "Open")), "auf");
    assert_string_equal(catalogue_get(c, "Open"), "Open");
    assert_string_equal(catalogue_get(c, NC_("way", "Back")), "hinten");
    assert_true(catalogue_has(c, NC_("way", "Back")));
    assert_false(catalogue_has(c, "Open"));
    assert_int_equal(catalogue_count(c), 3);
    assert_string_equal(catalogue_key(c, 2), NC_("verb", "Open"));
    assert_string_equal(catalogue_plural(c, "1 day", "{n} days", 1), "ein");
    assert_string_equal(catalogue_plural(c, "1 day", "{n} days", 4), "zwei");
    assert_string_equal(catalogue_plural(c, "1 day", "{n} days", 5), "viele");
    catalogue_close(c);
}

/* Every byte changed in turn, and every length: refused, or still readable within bounds. */
static void test_damage(void **state)
{
    char bytes[1024];
    struct refusal refusal;
    (void)state;
    size_t size = make_mo(bytes);
    for (size_t i = 0; i < size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct catalogue *c = NULL;
            bytes[i] = (char)(bytes[i] ^ (1 << bit));
            if (catalogue_parse((struct str){bytes, size}, "x", &c, &refusal) == ERR_OK)
                assert_non_null(catalogue_plural(c, "1 day", "{n} days", 7));
            catalogue_close(c);
            bytes[i] = (char)(bytes[i] ^ (1 << bit));
        }
        struct catalogue *c = NULL;
        assert_int_equal(catalogue_parse((struct str){bytes, i}, "x.mo", &c, &refusal), ERR_FORMAT);
        assert_string_equal(refusal.place, "x.mo");
    }
    struct catalogue *c = NULL;
    assert_int_equal(catalogue_open(BINARY_DIR "/pack/locale/none.mo", &c, &refusal),
                     ERR_NOT_FOUND);
}

static void test_plural_rules(void **state)
{
    static const struct {
        const char *rule;
        unsigned long n;
        unsigned long form;
    } rows[] = {
        {"nplurals=1; plural=0;", 7, 0},
        {"nplurals=2; plural=n > 1", 1, 0},
        {"nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
         22, 1},
        {"nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
         12, 2},
        {"nplurals=2; plural=!(n == 1);", 1, 0},
        {"nplurals=2; plural=(n-1)*0+1", 5, 1},
    };
    static const char *const refused[] = {
        "",
        "plural=0;",
        "nplurals=0; plural=0;",
        "nplurals=9; plural=0;",
        "nplurals=2; plural=n;",
        "nplurals=2; plural=n%0;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=system(1);",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!n;",
    };
    struct plural plural;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(plural_parse(str_of(rows[i].rule), &plural));
        assert_int_equal(plural_form(&plural, rows[i].n), rows[i].form);
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(plural_parse(str_of(refused[i]), &plural));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pseudo_locale),   cmocka_unit_test(test_pseudo_locale_plurals),
        cmocka_unit_test(test_english_is_null), cmocka_unit_test(test_context_and_plural),
        cmocka_unit_test(test_damage),          cmocka_unit_test(test_plural_rules),

    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
