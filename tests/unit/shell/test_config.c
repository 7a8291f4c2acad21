/* kiosk.ini: what is set, and what is refused with its line and remedy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "shell/config.h"

static void every_key_is_taken(void **state)
{
    struct config config;

    (void)state;
    config_defaults(&config);
    assert_int_equal(
        config_parse(str_of("[screen]\nwidth = 1080\nheight=1920\ndiagonal = 21.5\n"
                            "window = yes\nbright = yes\n; a remark\n[content]\npack = /a/pack\n"
                            "fonts = /a/fonts\ndrafts = yes\nwelcome = neutral\n"
                            "[sight]\ntext = 200\nscheme = yellow-on-black\n"
                            "low_reach = yes\nstill = yes\n[sync]\n"
                            "socket = /a/socket\n"
                            "[keys]\nup = Keypad 8\ndown = Keypad 2\n"
                            "enter = Space\nback = Backspace\nhelp = F2\n"
                            "louder = F3\nsofter = F4\nnext_switch = F5\n"
                            "choose_switch = F6\nstaff = F9\nrepeat_after_ms = 0\n"
                            "repeat_every_ms = 2000\nagain_ms = 500\n"
                            "[switches]\nmode = automatic\nscan_ms = 8000\n[sound]\nspeech = no\n"
                            "volume = 40\nrate = 120\nheadphones = yes\n"),
                     "kiosk.ini", &config, NULL),
        ERR_OK);
    assert_int_equal(config.width_px, 1080);
    assert_int_equal(config.height_px, 1920);
    assert_true(config.diagonal_inch > 21.4 && config.diagonal_inch < 21.6);
    assert_true(config.window && config.site.drafts);
    assert_true(config.site.neutral && config.site.bright);
    assert_int_equal(config.site.comfort.text_percent, 200);
    assert_int_equal(config.site.comfort.scheme, SCHEME_YELLOW_ON_BLACK);
    assert_true(config.site.comfort.low_reach && config.site.comfort.still);
    assert_true(!config.speech && config.headphones);
    assert_int_equal(config.site.volume, 4);
    assert_int_equal(config.words_a_minute, 120);
    assert_string_equal(config.pack, "/a/pack");
    assert_string_equal(config.fonts, "/a/fonts");
    assert_string_equal(config.socket, "/a/socket");
    static const char *const names[INPUT_KEYS_BOUND] = {
        "Keypad 8", "Keypad 2", "Space", "Backspace", "F2", "F3", "F4", "F5", "F6", "F9"};
    for (int i = 0; i < INPUT_KEYS_BOUND; i++) {
        assert_true(bindings_code(names[i]) != 0);
        assert_int_equal(config.keys.codes[i], bindings_code(names[i]));
    }
    assert_int_equal(config.keys.repeat_after_ms, 0);
    assert_int_equal(config.keys.repeat_every_ms, 2000);
    assert_int_equal(config.reach.again_ms, 500);
    assert_int_equal(config.reach.scan.mode, SCAN_AUTOMATIC);
    assert_int_equal(config.reach.scan.step_ms, 8000);
    assert_int_equal(config_parse(str_of(""), "kiosk.ini", &config, NULL), ERR_OK);
    assert_int_equal(config.width_px, 1080);
}

static void a_slip_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text;
        const char *place;
        const char *problem;
    } cases[] = {
        {"[screen]\nwidth = wide\n", "kiosk.ini:2", "width in [screen] can't be \"wide\""},
        {"[screen]\nwidth = 100\n", "kiosk.ini:2", "can't be"},
        {"[screen]\nwidth = -1\n", "kiosk.ini:2", "can't be"},
        {"[screen]\n\ndiagonal = nan\n", "kiosk.ini:3", "can't be"},
        {"[screen]\ndiagonal = 21.5 inch\n", "kiosk.ini:2", "can't be"},
        {"[screen]\nwindow = true\n", "kiosk.ini:2", "can't be"},
        {"[sound]\nvolume = 9\n", "kiosk.ini:2", "volume in [sound] can't be \"9\""},
        {"[sound]\nvolume = 101\n", "kiosk.ini:2", "can't be"},
        {"[sound]\nrate = 79\n", "kiosk.ini:2", "can't be"},
        {"[sound]\nrate = fast\n", "kiosk.ini:2", "can't be"},
        {"[screen]\ncolour = red\n", "kiosk.ini:2", "no setting \"colour\" in [screen]"},
        {"width = 1080\n", "kiosk.ini:1", "no setting \"width\" in []"},
        {"[sync]\nsocket = "
         "/a/path/longer/than/the/107/bytes/that/a/socket/of/the/system/can/have/and/"
         "so/refused/where/it/stands/not/at/start.sock\n",
         "kiosk.ini:2", "can't be"},
        {"[sync]\nsocket =\n", "kiosk.ini:2", "can't be"},
        {"[sync]\nsocket = \xFF\n", "kiosk.ini:2", "can't be"},
        {"[sight]\ntext = 110\n", "kiosk.ini:2", "can't be"},
        {"[sight]\ntext = 150 %\n", "kiosk.ini:2", "can't be"},
        {"[sight]\nscheme = black\n", "kiosk.ini:2", "can't be"},
        {"[sight]\nlow_reach = 1\n", "kiosk.ini:2", "can't be"},
        {"[content]\nwelcome = hidden\n", "kiosk.ini:2", "can't be"},
        {"[screen]\nwidth\n", "kiosk.ini:2", "nor \"key = value\""},
        {"[screen\nwidth = 1080\n", "kiosk.ini:1", "is not"},
        {"[keys]\nup = Arrow\n", "kiosk.ini:2", "up in [keys] can't be \"Arrow\""},
        {"[keys]\nup = Down\n", "kiosk.ini", "up and down in [keys] are one and the same key"},
        {"[keys]\nleft = Left\n", "kiosk.ini:2", "no setting \"left\" in [keys]"},
        {"[keys]\nrepeat_after_ms = 499\n", "kiosk.ini:2", "can't be"},
        {"[keys]\nrepeat_every_ms = 0\n", "kiosk.ini:2", "can't be"},
        {"[keys]\nagain_ms = 2001\n", "kiosk.ini:2", "can't be"},
        {"[switches]\nmode = on\n", "kiosk.ini:2", "can't be"},
        {"[switches]\nscan_ms = 499\n", "kiosk.ini:2", "can't be"},
        {"[switches]\nscan_ms = 8001\n", "kiosk.ini:2", "can't be"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config config;
        struct config before;
        struct refusal refusal = {0};
        config_defaults(&config);
        before = config;
        assert_int_equal(config_parse(str_of(cases[i].text), "kiosk.ini", &config, &refusal),
                         ERR_FORMAT);
        assert_string_equal(refusal.place, cases[i].place);
        if (strstr(refusal.problem, cases[i].problem) == NULL)
            fail_msg("case %zu says \"%s\"", i, refusal.problem);
        assert_true(refusal.remedy[0] != '\0');
        assert_memory_equal(&config, &before, sizeof config);
    }
}

static void two_keys_can_be_swapped(void **state)
{
    struct config config;

    (void)state;
    config_defaults(&config);
    assert_int_equal(
        config_parse(str_of("[keys]\nup = Down\ndown = Up\n"), "kiosk.ini", &config, NULL), ERR_OK);
    assert_int_equal(config.keys.codes[INPUT_KEY_UP], bindings_code("Down"));
}

static void a_missing_file_is_named(void **state)
{
    struct config config;
    struct refusal refusal = {0};

    (void)state;
    config_defaults(&config);
    assert_int_equal(config_read("/no/such/kiosk.ini", &config, &refusal), ERR_NOT_FOUND);
    assert_string_equal(refusal.place, "/no/such/kiosk.ini");
    assert_int_equal(config_parse((struct str){"a\0b", 3}, "kiosk.ini", &config, &refusal),
                     ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_taken),
        cmocka_unit_test(a_slip_is_refused_with_its_line),
        cmocka_unit_test(two_keys_can_be_swapped),
        cmocka_unit_test(a_missing_file_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
