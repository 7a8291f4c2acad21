/* Bundles: only the kiosk's own bytes open, whole and unchanged. */
#include "sync/wire/bundle.h"

#include "fixture.h"

static char memory[LIMIT_BUNDLE + 1];

static struct bundle_manifest manifest_of(uint32_t records)
{
    struct bundle_manifest m = {
        .kiosk = fixture_id(9),
        .bundle = fixture_id(0xb0),
        .incarnation = fixture_id(0xc0),
        .made = 412,
        .received = 400,
        .attention = 2,
        .records = records,
        .wall_ms = -5, /* a clock before 1970 is a claim like any other */
        .monotonic_ms = 123456789,
        .boot = fixture_id(0xd0),
        .version = "0.1.0",
        .storage = STORAGE_FULL,
        .free_bytes = 12345678,
    };
    return m;
}

static struct str make_bundle(uint32_t records, uint32_t claimed)
{
    static struct envelope e;
    struct bundle_manifest m = manifest_of(claimed);
    struct sign_key device = fixture_sign_key(1);
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    assert_int_equal(bundle_begin(&m, &out), ERR_OK);
    for (uint32_t i = 0; i < records; i++) {
        fixture_envelope((unsigned char)(i + 1), &e);
        assert_int_equal(bundle_add(&e, &out), ERR_OK);
    }
    assert_int_equal(bundle_end(&device, &out), ERR_OK);
    return buf_str(&out);
}

static void bundle_comes_back(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    struct bundle_manifest want = manifest_of(LIMIT_BUNDLE_RECORDS);
    struct bundle_manifest m = {0};
    struct str bytes = make_bundle(LIMIT_BUNDLE_RECORDS, LIMIT_BUNDLE_RECORDS);
    static struct envelope e;
    struct bundle_reader reader;
    struct id kiosk;

    assert_int_equal(bundle_peek(bytes, &kiosk, NULL), ERR_OK);
    assert_true(id_equal(&kiosk, &want.kiosk));
    assert_int_equal(bundle_open(bytes, device.public_key, &reader, &m, NULL), ERR_OK);
    assert_true(id_equal(&m.bundle, &want.bundle) && id_equal(&m.boot, &want.boot));
    assert_true(id_equal(&m.incarnation, &want.incarnation));
    assert_true(m.made == want.made && m.received == want.received);
    assert_true(m.attention == want.attention && m.free_bytes == want.free_bytes);
    assert_true(m.wall_ms == want.wall_ms && m.monotonic_ms == want.monotonic_ms);
    assert_int_equal(m.storage, STORAGE_FULL);
    assert_string_equal(m.version, "0.1.0");
    for (uint64_t seq = 1; seq <= LIMIT_BUNDLE_RECORDS; seq++) {
        assert_int_equal(bundle_next(&reader, &e, NULL), ERR_OK);
        assert_true(e.seq == seq);
    }
    assert_int_equal(bundle_next(&reader, &e, NULL), ERR_NOT_FOUND);
}

static void heartbeat_has_no_records(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest m;

    assert_int_equal(bundle_open(make_bundle(0, 0), device.public_key, &reader, &m, NULL), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, NULL), ERR_NOT_FOUND);
}

static void bundle_refuses_every_truncation_and_change(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    struct sign_key stranger = fixture_sign_key(2);
    struct str bytes = make_bundle(0, 0);
    struct bundle_reader reader;
    struct bundle_manifest m;

    for (size_t len = 0; len < bytes.len; len++)
        assert_int_not_equal(
            bundle_open((struct str){bytes.at, len}, device.public_key, &reader, &m, NULL), ERR_OK);
    for (size_t at = 0; at < bytes.len; at++) {
        memory[at] ^= 1;
        assert_int_not_equal(bundle_open(bytes, device.public_key, &reader, &m, NULL), ERR_OK);
        memory[at] ^= 1;
    }
    assert_int_equal(bundle_open(bytes, stranger.public_key, &reader, &m, NULL), ERR_CHECK);
    assert_int_equal(bundle_open(bytes, device.public_key, &reader, &m, NULL), ERR_OK);
}

static void bundle_refuses_a_wrong_count(void **state)
{
    (void)state;
    struct sign_key device = fixture_sign_key(1);
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest m;
    struct refusal why = {0};

    assert_int_equal(bundle_open(make_bundle(2, 3), device.public_key, &reader, &m, NULL), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, &why), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, &why), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, &why), ERR_FORMAT);
    assert_non_null(strstr(why.problem, "counts"));
    assert_int_equal(bundle_open(make_bundle(2, 1), device.public_key, &reader, &m, NULL), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, &why), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, &why), ERR_FORMAT);
}

/* Signs any text as a bundle, as a faulty kiosk would. */
static enum err open_signed(const char *manifest, struct refusal *why)
{
    static char text[BUNDLE_MANIFEST_MAX * 2];
    struct sign_key device = fixture_sign_key(1);
    struct bundle_reader reader;
    struct bundle_manifest m;
    struct buf out;

    buf_init(&out, text, sizeof text);
    buf_add_text(&out, manifest);
    buf_add_char(&out, '\n');
    assert_int_equal(bundle_end(&device, &out), ERR_OK);
    return bundle_open(buf_str(&out), device.public_key, &reader, &m, why);
}

static void bundle_names_what_is_wrong_in_a_manifest(void **state)
{
    (void)state;
    static char manifest[BUNDLE_MANIFEST_MAX];
    static char changed[BUNDLE_MANIFEST_MAX + 64];
    struct refusal why = {0};
    struct str bytes = make_bundle(0, 0);
    size_t len = (size_t)(strchr(bytes.at, '\n') - bytes.at);

    memcpy(manifest, bytes.at, len);
    manifest[len] = '\0';
    assert_int_equal(open_signed(manifest, &why), ERR_OK);
    assert_int_equal(open_signed("{}", &why), ERR_FORMAT);
    assert_int_equal(open_signed("[1]", &why), ERR_FORMAT);
    assert_int_equal(open_signed("{\"format\":2,\"kind\":\"help-bundle\"}", &why), ERR_VERSION);
    assert_int_equal(open_signed("{\"format\":1,\"kind\":\"help-receipt\"}", &why), ERR_FORMAT);
    /* A field that this version doesn't know is ignored. */
    snprintf(changed, sizeof changed, "{\"colour\":{\"a\":[1]},%s", manifest + 1);
    assert_int_equal(open_signed(changed, &why), ERR_OK);
    /* One that it knows must be right: "made" is broken here. */
    char *made = strstr(manifest, "\"made\":4");
    assert_non_null(made);
    made[7] = '-';
    assert_int_equal(open_signed(manifest, &why), ERR_FORMAT);
    assert_non_null(strstr(why.place, "made"));
    assert_non_null(strstr(why.remedy, "whole number"));
}

static void bundle_refuses_another_kiosks_record(void **state)
{
    (void)state;
    static struct envelope e;
    struct bundle_manifest m = manifest_of(1);
    struct sign_key device = fixture_sign_key(1);
    struct bundle_reader reader;
    struct buf out;

    m.kiosk = fixture_id(8);
    buf_init(&out, memory, sizeof memory);
    fixture_envelope(1, &e);
    assert_int_equal(bundle_begin(&m, &out), ERR_OK);
    assert_int_equal(bundle_add(&e, &out), ERR_OK);
    assert_int_equal(bundle_end(&device, &out), ERR_OK);
    assert_int_equal(bundle_open(buf_str(&out), device.public_key, &reader, &m, NULL), ERR_OK);
    assert_int_equal(bundle_next(&reader, &e, NULL), ERR_CHECK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bundle_comes_back),
        cmocka_unit_test(heartbeat_has_no_records),
        cmocka_unit_test(bundle_refuses_every_truncation_and_change),
        cmocka_unit_test(bundle_refuses_a_wrong_count),
        cmocka_unit_test(bundle_names_what_is_wrong_in_a_manifest),
        cmocka_unit_test(bundle_refuses_another_kiosks_record),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
