/* The examples of sync/PROTOCOL.md are what this code reads: taken out of the file and decoded. */
#include <stdio.h>

#include "base/file.h"
#include "fixture.h"
#include "sync/wire/bundle.h"
#include "sync/wire/receipt.h"
#include "sync/wire/settings.h"

static char *text;
static size_t size;

static int read_protocol(void **state)
{
    (void)state;
    return file_read(SOURCE_DIR "/sync/PROTOCOL.md", 256 * 1024, &text, &size) == ERR_OK ? 0 : -1;
}

static int free_protocol(void **state)
{
    (void)state;
    free(text);
    return 0;
}

/* The block that begins with ```name, without its fences. */
static struct str block(const char *name)
{
    char fence[40];
    char *begin;
    char *end;

    snprintf(fence, sizeof fence, "\n```%s\n", name);
    begin = strstr(text, fence);
    assert_non_null(begin);
    begin += strlen(fence);
    end = strstr(begin, "\n```");
    assert_non_null(end);
    return (struct str){begin, (size_t)(end + 1 - begin)};
}

static void example_bundle_opens(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    struct seal_pair pair = fixture_seal_pair(3);
    static struct envelope e;
    static unsigned char inside[SEAL_INSIDE_BYTES];
    struct bundle_reader reader;
    struct bundle_manifest m;
    struct str record;

    assert_int_equal(bundle_open(block("help-bundle"), device.public_key, &reader, &m, NULL),
                     ERR_OK);
    assert_true(m.made == 12 && m.received == 11 && m.records == 1);
    assert_string_equal(m.version, "0.1.0");
    assert_int_equal(bundle_next(&reader, &e, NULL), ERR_OK);
    assert_true(e.seq == 12);
    assert_int_equal(seal_open(&e.header, e.sealed, &pair, inside, &record), ERR_OK);
    assert_true(str_is(record, "{\"type\":\"signup\"}"));
    assert_int_equal(bundle_next(&reader, &e, NULL), ERR_NOT_FOUND);
}

static void example_receipt_answers_the_example_bundle(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    struct sign_key server = fixture_sign_key(2);
    struct receipt_expected expected;
    struct bundle_reader reader;
    struct bundle_manifest m;
    static struct receipt r;

    assert_int_equal(bundle_open(block("help-bundle"), device.public_key, &reader, &m, NULL),
                     ERR_OK);
    expected.kiosk = m.kiosk;
    expected.bundle = m.bundle;
    bundle_sha256(block("help-bundle"), expected.bundle_sha256);
    assert_int_equal(receipt_decode(block("help-receipt"), server.public_key, &expected, &r, NULL),
                     ERR_OK);
    assert_int_equal(r.entry_count, 1);
    assert_int_equal(r.entries[0].outcome, RECEIPT_ACCEPTED);
    assert_true(r.next_after_ms == 900000);
    assert_true(r.feedback.known && r.feedback.year == 2026 && r.feedback.month == 9);
    assert_true(r.feedback.own == 7 && r.feedback.practices == 34);
    assert_int_equal(r.feedback.median_x10, 55);
}

static void example_settings_are_read(void **state)
{
    (void)state;
    struct refusal why = {0};
    static struct settings s;

    if (settings_decode(block("help-settings"), &s, &why) != ERR_OK)
        fail_msg("%s: %s", why.place, why.problem);
    assert_string_equal(s.practice_code, "Y99901");
    struct seal_pair pair = fixture_seal_pair(3);
    assert_true(key_id_equal(&s.seal_key.id, &pair.key.id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_bundle_opens),
        cmocka_unit_test(example_receipt_answers_the_example_bundle),
        cmocka_unit_test(example_settings_are_read),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, read_protocol, free_protocol);
}
