/*
 * Texts of the twelve languages: which face draws them, how high their lines are, where a line may
 * end, and in which order what is foreign to them is read. Faces are even, so widths are by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "metrics.h"

enum { SIZE = 20, LETTER = SIZE / 2, LOOSE = 28, TIGHT = 24 };

static struct arena arena;
static struct text_block block;

static int set_up(void **state)
{
    (void)state;
    return arena_init(&arena, 1 << 20) != ERR_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void lay(const char *text, struct text_style style, int letters)
{
    style.size_px = SIZE;
    if (style.line_px == 0)
        style.line_px = LOOSE;
    arena_reset(&arena);
    assert_int_equal(
        text_layout(&arena, &even_metrics, str_of(text), &style, letters * LETTER, &block), ERR_OK);
}

/* The words of a line from left to right: [run][run]. */
static const char *line_words(int line)
{
    static char memory[400];
    struct buf b;

    buf_init(&b, memory, sizeof memory);
    for (int i = 0; i < block.lines[line].run_count; i++) {
        const struct text_run *run = &block.runs[block.lines[line].first_run + i];
        buf_add_format(&b, "[%.*s]", (int)run->text.len, run->text.at);
    }
    return memory;
}

static void each_script_has_its_face(void **state)
{
    static const struct {
        const char *text;
        bool nastaliq;
        enum face face;
    } rows[] = {
        {"Türkçe", false, FACE_LATIN},   {"বাংলা", false, FACE_BENGALI},
        {"العربية", false, FACE_ARABIC}, {"اردو", true, FACE_NASTALIQ},
        {"中文。", false, FACE_HAN},     {"ＡＢ", false, FACE_HAN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lay(rows[i].text, (struct text_style){.tongue.nastaliq = rows[i].nastaliq}, 100);
        assert_int_equal(block.run_count, 1);
        assert_int_equal(block.runs[0].face, rows[i].face);
    }
}

static void lines_are_as_high_as_their_script_needs(void **state)
{
    static const struct {
        const char *text;
        bool nastaliq;
        int tight;
        int loose;
    } rows[] = {
        {"Soomaali", false, TIGHT, LOOSE}, {"বাংলা", false, 26, 29},
        {"العربية", false, 26, 30},        {"اردو", true, 32, 32},
        {"HeLP বাংলা", false, 26, 29},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_style style = {.tongue.nastaliq = rows[i].nastaliq, .line_px = TIGHT};
        lay(rows[i].text, style, 100);
        assert_int_equal(block.line_px, rows[i].tight);
        style.line_px = LOOSE;
        lay(rows[i].text, style, 100);
        assert_int_equal(block.line_px, rows[i].loose);
    }
}

static void urdu_is_set_smaller_and_latin_beside_it_is_not(void **state)
{
    (void)state;
    lay("اردو HeLP", (struct text_style){.tongue = {true, true}}, 100);
    assert_string_equal(line_words(0), "[HeLP][ ][اردو]");
    assert_int_equal(block.runs[0].size_px, SIZE);
    assert_int_equal(block.runs[2].size_px, SIZE * 85 / 100);
}

static void marks_and_the_danda_stay_in_their_run(void **state)
{
    (void)state;
    lay("নয়। কী", (struct text_style){0}, 100);
    for (int i = 0; i < block.run_count; i++)
        assert_int_equal(block.runs[i].script, SCRIPT_BENGALI);
    assert_int_equal(script_of(0x0964), SCRIPT_COMMON);
    assert_int_equal(script_of(0x09CD), SCRIPT_COMMON);
    assert_int_equal(script_of(0x3002), SCRIPT_COMMON);
    assert_int_equal(script_of(0x2F00), SCRIPT_HAN);
    assert_int_equal(script_of(0x0130), SCRIPT_LATIN);
    assert_int_equal(script_of(0x06D2), SCRIPT_ARABIC);
}

static void chinese_wraps_without_spaces_and_begins_no_line_with_a_sign(void **state)
{
    static const char text[] = "我们只用您的资料，帮助您使用HeLP-Diabetes。没有广告（永远没有）！";

    (void)state;
    for (int letters = 14; letters < 36; letters++) {
        lay(text, (struct text_style){.ragged = true}, letters);
        assert_true(block.line_count > 1);
        bool whole = false;
        for (int i = 0; i < block.line_count; i++) {
            const char *words = line_words(i);
            static const char *const never[] = {"[，", "[。", "[）", "[！"};
            for (size_t n = 0; n < sizeof never / sizeof *never; n++)
                assert_int_not_equal(strncmp(words, never[n], 4), 0);
            assert_true(block.lines[i].width_px <= letters * LETTER);
            whole = whole || strstr(words, "HeLP-Diabetes") != NULL;
        }
        assert_true(whole);
    }
}

static void chinese_lines_end_with_a_clause_where_they_can(void **state)
{
    (void)state;
    lay("按您自己的节奏，得到2型糖尿病的帮助", (struct text_style){0}, 13);
    assert_int_equal(block.line_count, 2);
    assert_string_equal(line_words(0), "[按您自己的节奏，]");
    /* Not where half of the line would be empty. */
    lay("您好，我们只用您的资料帮助您", (struct text_style){.ragged = true}, 10);
    assert_string_equal(line_words(0), "[您好，我们只用您的资]");
}

/* ক্ষ্ম is one sign of five letters and marks: in the narrowest column it stands alone. */
static void a_conjunct_is_never_parted(void **state)
{
    (void)state;
    lay("কক্ষ্মক", (struct text_style){.ragged = true}, 1);
    assert_int_equal(block.line_count, 3);
    assert_string_equal(line_words(1), "[ক্ষ্ম]");
    /* A word may end in a virama: the space behind it is no part of it. */
    lay("দফ্ কা", (struct text_style){.ragged = true}, 4);
    assert_int_equal(block.line_count, 2);
}

static void what_is_foreign_is_read_in_its_own_order(void **state)
{
    static const struct {
        const char *text;
        bool rtl;
        const char *words;
    } rows[] = {
        {"السؤال 12 من 20", true, "[20][ ][من][ ][12][ ][السؤال]"},
        {"في HeLP-Diabetes مجانا", true, "[مجانا][ ][HeLP-Diabetes][ ][في]"},
        {"رقم \u206807700 900417\u2069 لك", true, "[لك][ ][07700 900417][ ][رقم]"},
        {"بريد grace.m-1@example.com هنا", true, "[هنا][ ][grace.m-1@example.com][ ][بريد]"},
        {"শুধু HeLP-Diabetes-এ", false, "[শুধু][ ][HeLP-Diabetes-][এ]"},
        {"9টি", false, "[9][টি]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lay(rows[i].text, (struct text_style){.tongue.rtl = rows[i].rtl}, 100);
        assert_int_equal(block.line_count, 1);
        assert_string_equal(line_words(0), rows[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_script_has_its_face),
        cmocka_unit_test(lines_are_as_high_as_their_script_needs),
        cmocka_unit_test(urdu_is_set_smaller_and_latin_beside_it_is_not),
        cmocka_unit_test(marks_and_the_danda_stay_in_their_run),
        cmocka_unit_test(chinese_wraps_without_spaces_and_begins_no_line_with_a_sign),
        cmocka_unit_test(chinese_lines_end_with_a_clause_where_they_can),
        cmocka_unit_test(a_conjunct_is_never_parted),
        cmocka_unit_test(what_is_foreign_is_read_in_its_own_order),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
