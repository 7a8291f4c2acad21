/* Loudness in steps, and a queue that can be emptied: with SDL's driver that plays to nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "sdl/sound.h"

static double decibel(int louder, int softer)
{
    return 20 *
           log10((double)sound_scaled(INT16_MAX, louder) / (double)sound_scaled(INT16_MAX, softer));
}

static void test_steps(void **state)
{
    (void)state;
    for (int step = 2; step <= SOUND_STEPS; step++)
        assert_true(fabs(decibel(step, step - 1) - SOUND_STEP_DECIBEL) < 0.1);
    assert_true(decibel(SOUND_STEPS, 1) >= 18); /* EN 301 549, 8.2.1.1 */
    assert_true(decibel(4, 1) >= 11.9);         /* 8.2.1.2: a step of 12 dB above the lowest */
    assert_int_equal(sound_scaled(INT16_MAX, SOUND_STEPS), INT16_MAX);
    assert_int_equal(sound_scaled(INT16_MIN, SOUND_STEPS), INT16_MIN);
    assert_true(sound_scaled(INT16_MAX, 1) > 0);
}

static void test_queue(void **state)
{
    static const int16_t second[22050];
    struct sound *sound = NULL;
    struct refusal refusal = {0};

    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sound_open(22050, &sound, &refusal), ERR_OK);
        assert_true(sound_works(sound));
        assert_int_equal(sound_queue(sound, second, 22050, 7), ERR_OK);
        sound_stop(sound);
        assert_true(sound_works(sound));
        sound_close(sound);
    }
    sound_close(NULL);
}

static void test_no_device(void **state)
{
    struct sound *sound = NULL;
    struct refusal refusal = {0};

    (void)state;
    setenv("SDL_AUDIODRIVER", "none-such", 1);
    assert_int_equal(sound_open(22050, &sound, &refusal), ERR_UNAVAILABLE);
    assert_null(sound);
    assert_true(refusal.problem[0] != '\0' && refusal.remedy[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_queue),
        cmocka_unit_test(test_no_device),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
