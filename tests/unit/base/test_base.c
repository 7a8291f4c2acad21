/* base: views, UTF-8, builders, arena, hexadecimal, durable files and locks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/env.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hex.h"
#include "base/str.h"

static void views_compare_trim_and_split(void **state)
{
    (void)state;
    struct str rest;

    assert_true(str_is(str_trim(str_of(" \t a b\n")), "a b"));
    assert_true(str_is(str_trim(str_of("   ")), ""));
    assert_true(str_is(str_split(str_of("a=b=c"), '=', &rest), "a"));
    assert_true(str_is(rest, "b=c"));
    assert_true(str_is(str_split(str_of("abc"), '=', &rest), "abc"));
    assert_int_equal(rest.len, 0);
    assert_true(str_starts(str_of("horizon-1"), "horizon"));
    assert_false(str_starts(str_of("hor"), "horizon"));
    assert_int_equal(str_of(NULL).len, 0);
}

static void numbers_are_digits_within_the_limit(void **state)
{
    static const struct {
        const char *text;
        uint64_t max;
        int ok;
        uint64_t value;
    } cases[] = {
        {"0", 10, 1, 0},
        {"10", 10, 1, 10},
        {"11", 10, 0, 0},
        {"", 10, 0, 0},
        {"-1", 10, 0, 0},
        {"+1", 10, 0, 0},
        {" 1", 10, 0, 0},
        {"1 ", 10, 0, 0},
        {"5", 4, 0, 0},
        {"007", 10, 1, 7},
        {"18446744073709551615", UINT64_MAX, 1, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, 0, 0},
        {"99999999999999999999", UINT64_MAX, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t value = 0;
        assert_int_equal(str_to_u64(str_of(cases[i].text), cases[i].max, &value), cases[i].ok);
        assert_int_equal(value, cases[i].value);
    }
}

static void utf8_is_what_rfc_3629_says(void **state)
{
    static const char *const good[] = {"",
                                       "abc",
                                       "\xC3\xA9",
                                       "\xE2\x82\xAC",
                                       "\xF0\x9F\x99\x82",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\x80",
                                      "\xC3",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF8\x88\x80\x80\x80",
                                      "a\xFFz",
                                      "\xE2\x82"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(str_is_utf8(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_is_utf8(str_of(bad[i])));
}

static void code_points_come_one_by_one(void **state)
{
    struct str rest = str_of("a\xC3\xA9\xFF\xE2\x82\xAC");

    (void)state;
    assert_int_equal(str_next_code_point(&rest), 'a');
    assert_int_equal(str_next_code_point(&rest), 0xE9);
    assert_int_equal(str_next_code_point(&rest), 0xFFFD);
    assert_int_equal(str_next_code_point(&rest), 0x20AC);
    assert_int_equal(str_next_code_point(&rest), 0);
    assert_int_equal(str_last_code_point(str_of("a\xE2\x82\xAC")), 1);
    assert_int_equal(str_last_code_point(str_of("")), 0);
}

static void a_builder_never_passes_its_ceiling(void **state)
{
    char memory[8];
    struct buf b;

    (void)state;
    buf_init(&b, memory, sizeof memory);
    buf_add_text(&b, "1234567");
    assert_int_equal(buf_status(&b), ERR_OK);
    buf_add_char(&b, '8');
    assert_int_equal(buf_status(&b), ERR_LIMIT);
    assert_string_equal(memory, "1234567");

    buf_init(&b, memory, sizeof memory);
    buf_add_format(&b, "%s", "12345678");
    assert_int_equal(buf_status(&b), ERR_LIMIT);
    assert_string_equal(memory, "");

    static const uint32_t points[] = {'a', 0xE9, 0x20AC, 0x1F642};
    char wide[16];
    buf_init(&b, wide, sizeof wide);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        buf_add_code_point(&b, points[i]);
    assert_string_equal(wide, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82");
}

static void named_places_are_filled(void **state)
{
    static const char *const pairs[] = {"n", "3", "count", "9", NULL};
    static const char *const rows[][2] = {
        {"Question {n} of {count}", "Question 3 of 9"},
        {"{count}{n}", "93"},
        {"{unknown} {n", "{unknown} {n"},
        {"{{n}}", "{3}"},
        {"", ""},
    };
    char text[64];
    struct buf b;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_init(&b, text, sizeof text);
        buf_add_filled(&b, rows[i][0], pairs);
        assert_string_equal(text, rows[i][1]);
    }
}

static void an_arena_hands_out_until_it_is_used_up(void **state)
{
    struct arena a;

    (void)state;
    assert_int_equal(arena_init(&a, 256), ERR_OK);
    char *first = arena_copy(&a, str_of("name"));
    assert_string_equal(first, "name");
    assert_int_equal((uintptr_t)arena_take(&a, 1) % _Alignof(max_align_t), 0);
    assert_string_equal(arena_format(&a, "%d of %d", 3, 9), "3 of 9");
    assert_null(arena_take(&a, 256));
    assert_null(arena_take(&a, SIZE_MAX));
    arena_reset(&a);
    assert_non_null(arena_take(&a, 256));
    arena_finish(&a);
    arena_finish(&a);
}

static void hexadecimal_goes_there_and_back(void **state)
{
    const unsigned char bytes[] = {0x00, 0x0f, 0xf0, 0xff};
    unsigned char back[4] = {0};
    char text[9];

    (void)state;
    hex_encode(bytes, sizeof bytes, text);
    assert_string_equal(text, "000ff0ff");
    assert_int_equal(hex_decode(str_of(text), back, sizeof back), ERR_OK);
    assert_memory_equal(bytes, back, sizeof back);
    assert_int_equal(hex_decode(str_of("000FF0FF"), back, 4), ERR_FORMAT);
    assert_int_equal(hex_decode(str_of("000ff0f"), back, 4), ERR_FORMAT);
    assert_int_equal(hex_decode(str_of("000ff0fg"), back, 4), ERR_FORMAT);
    assert_memory_equal(bytes, back, sizeof back);
}

static int make_folder(void **state)
{
    char *folder = strdup("/tmp/help-base-XXXXXX");

    *state = folder;
    return folder == NULL || mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
    int failed = system(command);
    free(*state);
    return failed;
}

static void a_file_is_replaced_whole(void **state)
{
    char path[128];
    char *bytes = NULL;
    size_t size = 0;
    struct stat about;

    snprintf(path, sizeof path, "%s/sub/key", (char *)*state);
    assert_int_equal(file_replace(path, "x", 1, 0600), ERR_NOT_FOUND);
    char folder[128];
    snprintf(folder, sizeof folder, "%s/sub", (char *)*state);
    assert_int_equal(file_make_folder(folder, 0700), ERR_OK);
    assert_int_equal(file_make_folder(folder, 0700), ERR_OK);
    assert_int_equal(file_replace(path, "first", 5, 0600), ERR_OK);
    assert_int_equal(file_replace(path, "second", 6, 0600), ERR_OK);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(file_read(path, 5, &bytes, &size), ERR_LIMIT);
    assert_null(bytes);
    assert_int_equal(file_read(path, 6, &bytes, &size), ERR_OK);
    assert_int_equal(size, 6);
    assert_string_equal(bytes, "second");
    free(bytes);
    assert_int_equal(file_read(folder, 6, &bytes, &size), ERR_IO);
}

static void a_lock_is_held_by_one_process(void **state)
{
    char path[128];
    int held = -1;
    int status = 0;

    snprintf(path, sizeof path, "%s/lock", (char *)*state);
    assert_int_equal(file_lock(path, &held), ERR_OK);
    pid_t child = fork();
    if (child == 0) {
        int second = -1;
        _exit(file_lock(path, &second) == ERR_BUSY && second == -1 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
    close(held);
    child = fork();
    if (child == 0) {
        int second = -1;
        _exit(file_lock(path, &second) == ERR_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_refusal_says_place_problem_and_remedy(void **state)
{
    struct refusal r = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);

    (void)state;
    refusal_place(&r, "%s:%d", "kiosk.ini", 3);
    refusal_problem(&r, "unknown key");
    refusal_remedy(&r, "Remove it");
    refusal_print(&r, "help-kiosk", to);
    fclose(to);
    assert_string_equal(text, "help-kiosk: kiosk.ini:3: unknown key. Remove it.\n");
    free(text);
    refusal_place(NULL, "nobody asks");
    for (int e = 0; e < ERR_COUNT; e++)
        assert_string_not_equal(err_name((enum err)e), "unknown");
    assert_int_equal(err_from_errno(ENOSPC), ERR_FULL);
    assert_int_equal(err_from_errno(EROFS), ERR_READ_ONLY);
}

static void fixed_random(void *context, void *out_bytes, size_t size)
{
    uint64_t *values = context;
    assert_int_equal(size, sizeof *values);
    memcpy(out_bytes, &values[++values[0]], size);
}

static void chance_is_even(void **state)
{
    /* 2^64 mod 10 is 6: the values 0 .. 5 would favour small remainders and are thrown again. */
    uint64_t values[] = {0, 5, 0, 17};
    struct env env = {values, NULL, NULL, fixed_random};

    (void)state;
    assert_int_equal(env_random_below(&env, 10), 7);
    assert_int_equal(values[0], 3);
    assert_true(env_monotonic_ms(&env_system) > 0);
    assert_true(env_wall_ms(&env_system) > 1700000000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_compare_trim_and_split),
        cmocka_unit_test(numbers_are_digits_within_the_limit),
        cmocka_unit_test(utf8_is_what_rfc_3629_says),
        cmocka_unit_test(code_points_come_one_by_one),
        cmocka_unit_test(a_builder_never_passes_its_ceiling),
        cmocka_unit_test(named_places_are_filled),
        cmocka_unit_test(an_arena_hands_out_until_it_is_used_up),
        cmocka_unit_test(hexadecimal_goes_there_and_back),
        cmocka_unit_test_setup_teardown(a_file_is_replaced_whole, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_lock_is_held_by_one_process, make_folder, remove_folder),
        cmocka_unit_test(a_refusal_says_place_problem_and_remedy),
        cmocka_unit_test(chance_is_even),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
