/* The real voice: every language of the table speaks, and it can be cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "speech/voice.h"

struct heard {
    size_t samples;
    size_t most; /* then no more is wanted */
    bool sound;  /* not silence alone */
};

static bool hear(void *context, const int16_t *samples, size_t count)
{
    struct heard *heard = context;

    heard->samples += count;
    for (size_t i = 0; i < count; i++)
        heard->sound = heard->sound || samples[i] != 0;
    return heard->samples < heard->most;
}

static struct voice *opened(void)
{
    struct voice *voice = NULL;
    struct refusal refusal = {0};

    assert_int_equal(voice_check(&refusal), ERR_OK);
    assert_int_equal(voice_open(&voice, &refusal), ERR_OK);
    return voice;
}

static void test_every_language(void **state)
{
    static const struct {
        const char *language;
        const char *text;
    } said[] = {
        {"en", "Continue, button"},
        {"ar", "\xD8\xA7\xD8\xB3\xD9\x85\xD9\x83"},         /* اسمك */
        {"bn", "\xE0\xA6\xA8\xE0\xA6\xBE\xE0\xA6\xAE"},     /* নাম */
        {"el", "\xCF\x8C\xCE\xBD\xCE\xBF\xCE\xBC\xCE\xB1"}, /* όνομα */
        {"es", "nombre"},
        {"fa", "\xD9\x86\xD8\xA7\xD9\x85"}, /* نام */
        {"fr", "nom"},
        {"gu", "\xE0\xAA\xA8\xE0\xAA\xBE\xE0\xAA\xAE"}, /* નામ */
        {"hi", "\xE0\xA4\xA8\xE0\xA4\xBE\xE0\xA4\xAE"}, /* नाम */
        {"it", "nome"},
        {"pa", "\xE0\xA8\xA8\xE0\xA8\xBE\xE0\xA8\x82"}, /* ਨਾਂ */
        {"pl", "imi\xC4\x99"},
        {"pt-BR", "nome"},
        {"ro", "nume"},
        {"sq", "emri"},
        {"ta", "\xE0\xAE\xAA\xE0\xAF\x86\xE0\xAE\xAF\xE0\xAE\xB0\xE0\xAF\x8D"}, /* பெயர் */
        {"tr", "isim"},
        {"ur", "\xD9\x86\xD8\xA7\xD9\x85"},
        {"zh", "\xE5\x90\x8D\xE5\xAD\x97"}, /* 名字 */
        {"qps-plocm", "Continue"},
    };
    struct voice *voice = opened();

    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct heard heard = {.most = SIZE_MAX};
        const char *name = voice_for(said[i].language);
        assert_non_null(name);
        assert_int_equal(voice_say(voice, name, 150, said[i].text, hear, &heard), ERR_OK);
        assert_true(heard.sound);
    }
    voice_close(voice);
}

static void test_no_voice(void **state)
{
    struct voice *voice = opened();
    struct heard heard = {.most = SIZE_MAX};

    (void)state;
    assert_null(voice_for("so"));
    assert_null(voice_for("e"));
    assert_null(voice_for("eng"));
    assert_int_equal(voice_say(voice, "xx-none", 150, "word", hear, &heard), ERR_NOT_FOUND);
    assert_int_equal(heard.samples, 0);
    voice_close(voice);
}

static void test_rate(void **state)
{
    struct voice *voice = opened();
    struct heard slow = {.most = SIZE_MAX};
    struct heard fast = {.most = SIZE_MAX};

    (void)state;
    assert_true(voice_rate_hz(voice) >= 8000);
    assert_int_equal(voice_say(voice, "en", 80, "What is your name?", hear, &slow), ERR_OK);
    assert_int_equal(voice_say(voice, "en", 240, "What is your name?", hear, &fast), ERR_OK);
    assert_true(slow.samples > fast.samples * 2);
    voice_close(voice);
}

static void test_cut_short(void **state)
{
    struct voice *voice = opened();
    struct heard whole = {.most = SIZE_MAX};
    struct heard cut = {.most = 1};

    (void)state;
    assert_int_equal(voice_say(voice, "en", 150, "What is your name?", hear, &whole), ERR_OK);
    assert_int_equal(voice_say(voice, "en", 150, "What is your name?", hear, &cut), ERR_OK);
    assert_true(cut.samples < whole.samples / 2);
    voice_close(voice);
}

static void test_a_letter_has_a_name(void **state)
{
    struct voice *voice = opened();
    struct heard plain = {.most = SIZE_MAX};
    struct heard accent = {.most = SIZE_MAX};
    struct heard comma = {.most = SIZE_MAX};

    (void)state;
    assert_int_equal(voice_say(voice, "en", 150, "a", hear, &plain), ERR_OK);
    assert_int_equal(voice_say(voice, "en", 150, "\xC3\xA1", hear, &accent), ERR_OK);
    assert_int_equal(voice_say(voice, "en", 150, ",", hear, &comma), ERR_OK);
    assert_true(plain.sound);
    assert_true(accent.samples > plain.samples); /* "a acute" */
    assert_true(comma.sound);
    voice_close(voice);
}

static void test_one_at_a_time(void **state)
{
    struct voice *voice = opened();
    struct voice *second = NULL;

    (void)state;
    assert_int_equal(voice_open(&second, NULL), ERR_BUSY);
    assert_null(second);
    voice_close(voice);
    voice_close(NULL);
    voice_close(opened());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_language),
        cmocka_unit_test(test_no_voice),
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_a_letter_has_a_name),
        cmocka_unit_test(test_one_at_a_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
