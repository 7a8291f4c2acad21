/* The settings file: what help-central writes is read; anything else is refused by name. */
#include "sync/wire/settings.h"

#include "fixture.h"

static char memory[SETTINGS_FILE_MAX + 1];
static char changed[2 * SETTINGS_FILE_MAX];
static struct settings settings;
static struct settings back;

static void fill(void)
{
    memset(&settings, 0, sizeof settings);
    settings.kiosk = fixture_id(9);
    strcpy(settings.kiosk_name, "Waiting room \"B\"");
    settings.mode = KIOSK_DEMO;
    strcpy(settings.practice_code, "Y99901");
    strcpy(settings.practice_name, "Mill Lane Surgery (made up)");
    strcpy(settings.server_url, "https://localhost:8443");
    strcpy(settings.ca_pem, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    settings.seal_key = fixture_seal_pair(3).key;
    memcpy(settings.sign_public, fixture_sign_key(5).public_key, SIGN_PUBLIC_BYTES);
}

static struct str encode(void)
{
    struct buf out;

    fill();
    buf_init(&out, memory, sizeof memory);
    assert_int_equal(settings_encode(&settings, &out), ERR_OK);
    return buf_str(&out);
}

static void settings_come_back(void **state)
{
    (void)state;
    memset(&back, 0, sizeof back);
    assert_int_equal(settings_decode(encode(), &back, NULL), ERR_OK);
    assert_memory_equal(&back, &settings, sizeof back);
    assert_string_equal(kiosk_mode_name(back.mode), "demo");
}

static void settings_refuse_by_name(void **state)
{
    static const struct {
        const char *from;
        const char *to;
        const char *place;
    } rows[] = {
        {"\"format\": 1", "\"format\": \"1\"", "format"},
        {"\"help-settings\"", "\"help-receipt\"", "kind"},
        {"\"demo\"", "\"test\"", "mode"},
        {"\"demo\"", "7", "mode"},
        {"\"name\": \"Mill", "\"nmae\": \"Mill", "nmae"},
        {"\"name\": \"Mill", "\"name\": \"\\n", "name"},
        {"Y99901", "y99901", "code"},
        {"Y99901", "Y999011111", "code"},
        {"https://localhost", "http://localhost", "url"},
        {"localhost:8443", "localhost:8443/", "url"},
        {"localhost:8443", "user@localhost:8443", "url"},
        {"localhost:8443", "", "url"},
        {"BEGIN CERT", "BEGIN CERD", "ca_pem"},
        {"MIIB", "\\u0001", "ca_pem"},
        {"\"seal_key\": {\n      \"id\": \"", "\"seal_key\": {\n      \"id\": \"0", "id"},
        {"\"server\": {", "\"server\": {\"port\": 1,", "port"},
        {"\"server\": {", "\"server\": 1, \"x\": {", "x"},
        {"\"09090909-", "\"0909090g-", "id"},
        {"\"kiosk\": {", "\"kiosk\": {", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct refusal why = {0};
        struct str bytes = encode();
        char *place = strstr(memory, rows[i].from);
        int len;

        assert_non_null(place);
        len = snprintf(changed, sizeof changed, "%.*s%s%s", (int)(place - memory), memory,
                       rows[i].to, place + strlen(rows[i].from));
        memset(&back, 0x55, sizeof back);
        assert_true(bytes.len > 0 && len > 0);
        enum err e = settings_decode((struct str){changed, (size_t)len}, &back, &why);
        if (rows[i].place == NULL) {
            assert_int_equal(e, ERR_OK);
            continue;
        }
        assert_int_not_equal(e, ERR_OK);
        if (strstr(why.place, rows[i].place) == NULL)
            fail_msg("row %zu: refused at %s (%s)", i, why.place, why.problem);
        assert_true(strlen(why.problem) > 0 && strlen(why.remedy) > 0);
        assert_int_equal(((unsigned char *)&back)[0], 0x55);
    }
}

static void settings_refuse_keys_that_do_not_match(void **state)
{
    (void)state;
    struct refusal why = {0};
    struct buf out;

    fill();
    settings.seal_key.id.bytes[0] ^= 1;
    buf_init(&out, memory, sizeof memory);
    assert_int_equal(settings_encode(&settings, &out), ERR_OK);
    assert_int_equal(settings_decode(buf_str(&out), &back, &why), ERR_FORMAT);
    assert_non_null(strstr(why.place, "seal_key"));
    fill();
    memset(settings.sign_public, 0, SIGN_PUBLIC_BYTES);
    buf_init(&out, memory, sizeof memory);
    assert_int_equal(settings_encode(&settings, &out), ERR_OK);
    assert_int_equal(settings_decode(buf_str(&out), &back, &why), ERR_FORMAT);
    assert_non_null(strstr(why.place, "sign_public"));
}

static void newer_settings_say_so(void **state)
{
    (void)state;
    struct refusal why = {0};

    assert_int_equal(
        settings_decode(STR_LITERAL("{\"kind\":\"help-settings\",\"format\":2}"), &back, &why),
        ERR_VERSION);
    assert_non_null(strstr(why.remedy, "newer"));
}

static void truncated_settings_are_refused(void **state)
{
    (void)state;
    struct str bytes = encode();

    for (size_t len = 0; len + 2 < bytes.len; len++)
        assert_int_not_equal(settings_decode((struct str){bytes.at, len}, &back, NULL), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_come_back),
        cmocka_unit_test(settings_refuse_by_name),
        cmocka_unit_test(settings_refuse_keys_that_do_not_match),
        cmocka_unit_test(newer_settings_say_so),
        cmocka_unit_test(truncated_settings_are_refused),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
