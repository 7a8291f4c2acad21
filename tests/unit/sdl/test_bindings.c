/* Keys by name, and what a key that is held does: see sdl/bindings.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sdl/bindings.h"

static void each_default_is_a_key_of_its_own(void **state)
{
    struct bindings bindings;
    enum input_key key;

    (void)state;
    bindings_defaults(&bindings);
    for (int i = 0; i < INPUT_KEYS_BOUND; i++) {
        assert_true(bindings_find(&bindings, bindings.codes[i], &key));
        assert_int_equal(key, i);
    }
    assert_false(bindings_find(&bindings, bindings_code("A"), &key));
    assert_int_equal(bindings_code("Arrow"), 0);
    assert_int_equal(bindings_code(""), 0);
}

/* How often a key acts that the system repeats every 30 ms for `held_ms`. */
static int acts(const struct bindings *bindings, enum input_key key, int held_ms)
{
    struct held held = {0};
    int count = 0;

    for (int ms = 0; ms <= held_ms; ms += 30)
        count += bindings_acts(bindings, &held, 7, key, ms > 0, 1000 + ms);
    return count;
}

static void what_is_held_acts_once_except_moves_and_deletions(void **state)
{
    static const enum input_key once[] = {INPUT_KEY_ENTER,         INPUT_KEY_CANCEL, INPUT_KEY_HELP,
                                          INPUT_KEY_SWITCH_NEXT,   INPUT_KEY_SPACE,  INPUT_KEY_NEXT,
                                          INPUT_KEY_SWITCH_CHOOSE, INPUT_KEY_STAFF};
    struct bindings bindings;

    (void)state;
    bindings_defaults(&bindings);
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        assert_int_equal(acts(&bindings, once[i], 20000), 1);
    assert_int_equal(acts(&bindings, INPUT_KEY_DOWN, bindings.repeat_after_ms - 30), 1);
    assert_int_equal(acts(&bindings, INPUT_KEY_DOWN, bindings.repeat_after_ms + 30), 2);
    assert_true(acts(&bindings, INPUT_KEY_DELETE, 5000) > 4);
}

/* EN 301 549, 5.7: two seconds, one in two seconds, or never. */
static void the_repeat_can_be_slow_or_off(void **state)
{
    struct bindings bindings;

    (void)state;
    bindings_defaults(&bindings);
    bindings.repeat_after_ms = 4000;
    bindings.repeat_every_ms = 2000;
    assert_int_equal(acts(&bindings, INPUT_KEY_UP, 3990), 1);
    assert_int_equal(acts(&bindings, INPUT_KEY_UP, 8200), 4);
    bindings.repeat_after_ms = 0;
    assert_int_equal(acts(&bindings, INPUT_KEY_UP, 60000), 1);
}

static void another_key_begins_anew(void **state)
{
    struct bindings bindings;
    struct held held = {0};

    (void)state;
    bindings_defaults(&bindings);
    assert_true(bindings_acts(&bindings, &held, 7, INPUT_KEY_DOWN, false, 0));
    assert_true(bindings_acts(&bindings, &held, 8, INPUT_KEY_UP, false, 1900));
    assert_false(bindings_acts(&bindings, &held, 8, INPUT_KEY_UP, true, 2100));
    assert_false(bindings_acts(&bindings, &held, 7, INPUT_KEY_DOWN, true, 9000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_default_is_a_key_of_its_own),
        cmocka_unit_test(what_is_held_acts_once_except_moves_and_deletions),
        cmocka_unit_test(the_repeat_can_be_slow_or_off),
        cmocka_unit_test(another_key_begins_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
