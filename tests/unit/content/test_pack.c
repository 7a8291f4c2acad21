/* The pack that the build made loads whole; a changed, lost or strange one is refused by place. */
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

#include "base/file.h"
#include "content/pack.h"

#define PACK BINARY_DIR "/pack"

static char *pages;
static size_t pages_size;

static void test_shipped_pack(void **state)
{
    struct pack *pack = NULL;
    struct refusal refusal = {"", "", ""};
    (void)state;
    enum err e = pack_open(PACK, &pack, &refusal);
    assert_string_equal(refusal.problem, "");
    assert_int_equal(e, ERR_OK);
    assert_true(questionnaire_find(pack->questionnaire, "first-name") >= 0);
    assert_true(pack_page(pack, "about-1")->champion);
    assert_string_equal(pack_page(pack, "about-1")->picture, "about-1");
    assert_null(pack_page(pack, "about-9"));
    assert_string_equal(pack->address, "https://start.help-diabetes.example/");
    assert_string_equal(pack->languages[0].code, "en");
    assert_null(pack->languages[0].catalogue);
    const struct pack_language *pseudo = pack_language(pack, "qps-plocm");
    assert_true(pseudo->right_to_left && pseudo->draft && pseudo->test && !pseudo->latin);
    assert_true(pack->languages[0].latin);
    assert_string_equal(pack->languages[0].voice, "en-gb");
    assert_non_null(pseudo->catalogue);
    /* Every word of the form and the pages is in the catalogue of every language. */
    for (int i = 0; i < pack->questionnaire->item_count; i++) {
        const char *text = pack->questionnaire->items[i].text;
        if (text[0] != '\0')
            assert_ptr_not_equal(catalogue_get(pseudo->catalogue, text), text);
    }
    pack_close(pack);
    pack_close(NULL);
}

/* A folder with one file of the pack changed by `edit`, and what pack_open makes of it. */
static enum err open_edited(const char *file, const char *edit, struct pack **out_pack,
                            struct refusal *refusal)
{
    char folder[] = "/tmp/help-pack-XXXXXX";
    char command[2048];

    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp -r '%s/.' '%s' && cd '%s' && %s '%s'", PACK, folder,
             folder, edit, file);
    assert_int_equal(system(command), 0);
    enum err e = pack_open(folder, out_pack, refusal);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    return e;
}

static enum err open_changed(const char *file, const char *edit, struct refusal *refusal)
{
    struct pack *pack = NULL;
    enum err e = open_edited(file, edit, &pack, refusal);

    pack_close(pack);
    return e;
}

/* Edits a file and puts its new hash into pack.json. */
#define SIGNED(sed)                                                                                \
    "edit() { sed -i '" sed "' \"$1\"; "                                                           \
    "sed -i \"s/\\\"$1\\\": \\\"[0-9a-f]*/\\\"$1\\\": \\\"$(b2sum -l 256 \"$1\" | cut -c1-64)/\" " \
    "pack.json; }; edit"

static void test_changed_packs(void **state)
{
    static const struct {
        const char *file;
        const char *edit;
        enum err err;
        const char *place;
    } rows[] = {
        {"pack.json", "rm", ERR_NOT_FOUND, "pack.json"},
        {"questionnaire.json", "rm", ERR_NOT_FOUND, "questionnaire.json"},
        {"questionnaire.json", "sed -i s/Postcode/postcode/", ERR_CHECK, "questionnaire.json"},
        {"pages.json", "truncate -s -1", ERR_CHECK, "pages.json"},
        {"pictures/about-1.svg", "rm", ERR_NOT_FOUND, "pictures/about-1.svg"},
        {"icons/mail.svg", "truncate -s 0", ERR_CHECK, "icons/mail.svg"},
        {"pack.json", "sed -i s/mail.svg/nail.svg/", ERR_FORMAT, "contact"},
        {"pack.json", "sed -i s,icons/mail,../icons/mail,", ERR_FORMAT, "pack.json"},
        {"pack.json", "sed -i s/version/vision/", ERR_FORMAT, "pack.json"},
        {"pack.json", "truncate -s 20", ERR_FORMAT, "pack.json"},
        {"pages.json", SIGNED("s/\"done-course/\"done-coarse/"), ERR_FORMAT, "no-email"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal refusal = {"", "", ""};
        enum err e = open_changed(rows[i].file, rows[i].edit, &refusal);
        if (e != rows[i].err || strstr(refusal.place, rows[i].place) == NULL ||
            refusal.remedy[0] == '\0')
            fail_msg("row %zu: %s: %s: %s", i, err_name(e), refusal.place, refusal.problem);
    }
}

/* The consent's version names its words, and no other words. */
static void test_consent_version(void **state)
{
    static const struct {
        const char *file;
        const char *edit;
        bool other;
    } rows[] = {
        {"pages.json", SIGNED("s/Saying no will not change your care/&, now or later/"), true},
        {"questionnaire.json", SIGNED("s/About twice a month/About once a day/"), true},
        {"questionnaire.json", SIGNED("s/Tell me about a face/Tell me of a face/"), false},
    };
    char versions[2][RECORD_CODE_SIZE];
    (void)state;
    struct refusal refusal = {"", "", ""};
    struct pack *pack = NULL;
    assert_int_equal(pack_open(PACK, &pack, &refusal), ERR_OK);
    assert_int_equal(strncmp(pack->consent_version, "2026-01-", 8), 0);
    assert_int_equal(strlen(pack->consent_version), 16);
    memcpy(versions[0], pack->consent_version, sizeof versions[0]);
    pack_close(pack);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(open_edited(rows[i].file, rows[i].edit, &pack, &refusal), ERR_OK);
        memcpy(versions[1], pack->consent_version, sizeof versions[1]);
        assert_int_equal(strcmp(versions[0], versions[1]) != 0, rows[i].other);
        pack_close(pack);
    }
}

/* pages.json with the first `from` replaced. */
static enum err parse_changed(const char *from, const char *to, struct refusal *refusal)
{
    char *json = malloc(pages_size + strlen(to) + 1);
    struct pack *pack = NULL;
    struct buf b;
    char *at = strstr(pages, from);

    assert_non_null(at);
    buf_init(&b, json, pages_size + strlen(to) + 1);
    buf_add(&b, (struct str){pages, (size_t)(at - pages)});
    buf_add_text(&b, to);
    buf_add_text(&b, at + strlen(from));
    enum err e = pack_parse_pages(buf_str(&b), &pack, refusal);
    pack_close(pack);
    free(json);
    return e;
}

static void test_pages_refusals(void **state)
{
    static const struct {
        const char *from;
        const char *to;
        const char *problem;
    } rows[] = {
        {"\"about-1\"", "\"about-7\"", "this page is missing"},
        {"\"about-2\"", "\"about-1\"", "two pages have this id"},
        {"\"champion\": true", "\"champion\": 1", "'champion'"},
        {"\"lines\"", "\"liens\"", "'liens' is not known"},
        {"\"title\"", "\"titel\"", "'titel' is not known"},
        {"\"initials\": \"SA\"", "\"initials\": \"\"", "'initials'"},
        {"\"code\": \"en\"", "\"code\": \"de\"", "the first language is not en"},
        {"\"code\": \"qps-plocm\"", "\"code\": \"../etc\"", "other signs"},
        {"\"code\": \"qps-plocm\"", "\"code\": \"en\"", "stands twice"},
        {"\"script\": \"Arab\"", "\"script\": \"Deva\"", "the script 'Deva'"},
        {"\"test\": true", "\"test\": 1", "'test'"},
        {"    \"bn\",", "    \"xx\",", "'xx' is no language"},
        {"    \"bn\",", "    \"qps-plocm\",", "'qps-plocm' is no language"},
        {"\"offered\": [", "\"offered\": [\"bn\",", "at most 5"},
        {"\"languages\"", "\"pages\"", "duplicate"},
        {"\"address\"", "\"adress\"", "'adress'"},
        {"https://start", "http://start", "no plain https address"},
        {".example/\"", ".example\"", "no plain https address"},
        {".example/\"", ".example/?q=/\"", "no plain https address"},
        {"\"text\": \"", "\"text\": \"\\n", "control character"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal refusal = {"", "", ""};
        assert_int_equal(parse_changed(rows[i].from, rows[i].to, &refusal), ERR_FORMAT);
        if (strstr(refusal.problem, rows[i].problem) == NULL)
            fail_msg("row %zu: %s: %s", i, refusal.place, refusal.problem);
    }
}

static int set_up(void **state)
{
    (void)state;
    return file_read(SOURCE_DIR "/assets/pages.json", PACK_FILE, &pages, &pages_size) == ERR_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(pages);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_pack),
        cmocka_unit_test(test_changed_packs),
        cmocka_unit_test(test_consent_version),
        cmocka_unit_test(test_pages_refusals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
