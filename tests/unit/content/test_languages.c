/*
 * Catalogues that are lost, broken or incomplete: the kiosk starts all the same, without the
 * language or with what is missing in English, and a note says which.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "content/pack.h"

#define CODE "qps-plocm"

static struct pack *pack;

/* The shipped pack, where only the test language is left beside English, after `edit`. */
static void open_with(const char *edit)
{
    char folder[] = "/tmp/help-languages-XXXXXX";
    char command[4096];
    struct refusal refusal = {"", "", ""};

    assert_non_null(mkdtemp(folder));
    /* sign: the pack's manifest names the file as it is now. without TEXT...: msgunfmt, leave these
       entries out, msgfmt. */
    snprintf(command, sizeof command,
             "set -e; cp -r '%s/.' '%s'; cd '%s'; "
             "python3 - <<'E'\n"
             "import json\n"
             "p = json.load(open('pages.json'))\n"
             "p['languages'] = [l for l in p['languages'] if l['code'] in ('en', '" CODE "')]\n"
             "p['offered'] = []\n"
             "json.dump(p, open('pages.json', 'w'))\n"
             "E\n"
             "sign() { h=$(b2sum -l 256 \"$1\" | cut -c1-64); "
             "sed -i \"s,\\\"$1\\\": \\\"[0-9a-f]*,\\\"$1\\\": \\\"$h,\" pack.json; }\n"
             "keep() { msgunfmt locale/" CODE ".mo -o all.po; "
             "msggrep -v -K \"$@\" all.po -o some.po; "
             "msgfmt some.po -o locale/" CODE ".mo; rm all.po some.po; sign locale/" CODE ".mo; }\n"
             "sign pages.json; %s",
             BINARY_DIR "/pack", folder, folder, edit);
    assert_int_equal(system(command), 0);
    enum err e = pack_open(folder, &pack, &refusal);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    assert_string_equal(refusal.problem, "");
    assert_int_equal(e, ERR_OK);
}

static int close_pack(void **state)
{
    (void)state;
    pack_close(pack);
    pack = NULL;
    return 0;
}

static void a_whole_catalogue_needs_no_note(void **state)
{
    (void)state;
    open_with("true");
    assert_non_null(pack_language(pack, CODE));
    assert_int_equal(pack->note_count, 0);
}

static void what_can_not_be_read_is_left_out(void **state)
{
    static const struct {
        const char *edit;
        enum pack_note_kind kind;
    } rows[] = {
        {"sed -i '/qps-plocm.mo/d' pack.json", PACK_NOTE_MISSING},
        {"rm locale/" CODE ".mo", PACK_NOTE_MISSING},
        {"truncate -s 99 locale/" CODE ".mo", PACK_NOTE_BROKEN},
        {"truncate -s 99 locale/" CODE ".mo; sign locale/" CODE ".mo", PACK_NOTE_BROKEN},
        {"truncate -s 0 locale/" CODE ".mo; sign locale/" CODE ".mo", PACK_NOTE_BROKEN},
        {"cp pages.json locale/" CODE ".mo; sign locale/" CODE ".mo", PACK_NOTE_BROKEN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        open_with(rows[i].edit);
        assert_null(pack_language(pack, CODE));
        assert_int_equal(pack->language_count, 1);
        assert_int_equal(pack->note_count, 1);
        assert_string_equal(pack->notes[0].language, CODE);
        assert_true(strlen(pack->notes[0].english) > 0 && pack->notes[0].test);
        assert_int_equal(pack->notes[0].kind, rows[i].kind);
        close_pack(state);
    }
}

static void a_few_missing_texts_are_shown_in_english(void **state)
{
    static const char *const texts[] = {"Touch to begin",     /* of the interface */
                                        "What is your name?", /* of the form */
                                        "What you will find"};

    (void)state;
    open_with("keep -F -e 'Touch to begin' -e 'What is your name?' -e 'What you will find'");
    const struct pack_language *language = pack_language(pack, CODE);
    assert_non_null(language);
    assert_int_equal(pack->note_count, 1);
    assert_int_equal(pack->notes[0].kind, PACK_NOTE_PARTLY_ENGLISH);
    assert_int_equal(pack->notes[0].missing, 3);
    assert_true(pack->notes[0].of > 300);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(catalogue_get(language->catalogue, texts[i]), texts[i]);
    assert_string_not_equal(catalogue_get(language->catalogue, "Language"), "Language");
}

static void one_in_twenty_is_too_few(void **state)
{
    (void)state;
    open_with("keep -e '^[D-F]'");
    assert_null(pack_language(pack, CODE));
    assert_int_equal(pack->notes[0].kind, PACK_NOTE_TOO_FEW);
    assert_true(pack->notes[0].missing * 100 > 5 * pack->notes[0].of);
}

static void every_word_of_the_agreements_must_be_there(void **state)
{
    static const char *const edits[] = {
        "keep -F -e 'About twice a month. Stop at any time.'",
        "keep -F -e 'Saying no will not change your care.'",
    };

    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        open_with(edits[i]);
        assert_null(pack_language(pack, CODE));
        assert_int_equal(pack->notes[0].kind, PACK_NOTE_CONSENT);
        assert_true(pack->notes[0].missing > 0 && pack->notes[0].missing < pack->notes[0].of);
        close_pack(state);
    }
}

static void a_text_that_only_this_pack_has_counts_too(void **state)
{
    (void)state;
    open_with("sed -i 's/What you will find/What we found/' pages.json; sign pages.json");
    assert_non_null(pack_language(pack, CODE));
    assert_int_equal(pack->notes[0].kind, PACK_NOTE_PARTLY_ENGLISH);
    assert_int_equal(pack->notes[0].missing, 1);
}

static void without_the_list_the_pack_is_still_counted(void **state)
{
    (void)state;
    open_with("rm locale/en.mo; keep -F -e 'What is your name?' -e 'Touch to begin'");
    assert_non_null(pack_language(pack, CODE));
    assert_int_equal(pack->note_count, 2);
    assert_string_equal(pack->notes[0].language, "en");
    assert_int_equal(pack->notes[1].missing, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_whole_catalogue_needs_no_note, close_pack),
        cmocka_unit_test_teardown(what_can_not_be_read_is_left_out, close_pack),
        cmocka_unit_test_teardown(a_few_missing_texts_are_shown_in_english, close_pack),
        cmocka_unit_test_teardown(one_in_twenty_is_too_few, close_pack),
        cmocka_unit_test_teardown(every_word_of_the_agreements_must_be_there, close_pack),
        cmocka_unit_test_teardown(a_text_that_only_this_pack_has_counts_too, close_pack),
        cmocka_unit_test_teardown(without_the_list_the_pack_is_still_counted, close_pack),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
