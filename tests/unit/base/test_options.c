/* Command lines: each slip is refused by name with what to type instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"

static int ran(const struct options *options, void *context)
{
    *(const char **)context = options_get(options, "--state");
    return EXIT_OK;
}

static const struct option_row add_rows[] = {
    {"--state", "DIR", "where it is kept", true},
    {"--quiet", NULL, "say nothing", false},
};

static const char *seen;

static const struct command commands[] = {
    {"kiosk add", "Adds a kiosk.", add_rows, 2, NULL, ran},
    {"enrol", "Takes the settings in.", add_rows, 1, "SETTINGS.json", ran},
};

static const struct program program = {"help-test", "A test.", commands, 2, &seen};

static void what_is_given_is_found(void **state)
{
    const char *const lines[][6] = {{"help-test", "kiosk", "add", "--state", "dir", "--quiet"},
                                    {"help-test", "kiosk", "add", "--quiet", "--state=dir", NULL},
                                    {"help-test", "enrol", "--state", "dir", "file", NULL},
                                    {"help-test", "enrol", "file", "--state", "dir", NULL}};
    const int counts[] = {6, 5, 5, 5};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct options options;
        assert_int_equal(options_parse(&program, counts[i], lines[i], &options, NULL), ERR_OK);
        assert_string_equal(options_get(&options, "--state"), "dir");
        if (i < 2)
            assert_non_null(options_get(&options, "--quiet"));
        else
            assert_string_equal(options.operand, "file");
    }
    char *line[] = {strdup("help-test"), strdup("enrol"), strdup("--state=dir"), strdup("file")};
    assert_int_equal(options_main(&program, 4, line), EXIT_OK);
    assert_string_equal(seen, "dir");
    for (size_t i = 0; i < 4; i++)
        free(line[i]);
}

static void a_slip_is_refused_by_name(void **state)
{
    static const struct {
        int count;
        const char *line[7];
        const char *place;
    } cases[] = {
        {1, {"help-test"}, "command line"},
        {2, {"help-test", "kiosk"}, "kiosk"},
        {3, {"help-test", "kiosk", "add"}, "--state"},
        {4, {"help-test", "kiosk", "add", "--state"}, "--state"},
        {5, {"help-test", "kiosk", "add", "--state", ""}, "--state"},
        {4, {"help-test", "kiosk", "add", "--state="}, "--state="},
        {5, {"help-test", "kiosk", "add", "--stat", "x"}, "--stat"},
        {6, {"help-test", "kiosk", "add", "--state", "x", "y"}, "y"},
        {7, {"help-test", "kiosk", "add", "--state", "x", "--state", "y"}, "--state"},
        {6, {"help-test", "kiosk", "add", "--state", "x", "--quiet=1"}, "--quiet=1"},
        {4, {"help-test", "enrol", "--state", "x"}, "SETTINGS.json"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        struct refusal refusal = {0};
        assert_int_equal(options_parse(&program, cases[i].count, cases[i].line, &options, &refusal),
                         ERR_REFUSED);
        assert_string_equal(refusal.place, cases[i].place);
        assert_non_null(strstr(refusal.remedy, "--help"));
    }
}

static void help_names_every_option(void **state)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);

    (void)state;
    options_help(&program, NULL, to);
    options_help(&program, &commands[0], to);
    fclose(to);
    assert_non_null(strstr(text, "help-test kiosk add --state DIR [--quiet]"));
    assert_non_null(strstr(text, "help-test enrol --state DIR SETTINGS.json"));
    assert_non_null(strstr(text, "where it is kept"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_is_found),
        cmocka_unit_test(a_slip_is_refused_by_name),
        cmocka_unit_test(help_names_every_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
