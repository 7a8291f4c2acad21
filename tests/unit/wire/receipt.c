/* Receipts: only our server's answer to our bundle says anything. */
#include "sync/wire/receipt.h"

#include "fixture.h"

static char memory[LIMIT_RECEIPT + 1];
static struct receipt receipt;
static struct receipt back;

static void fill(uint32_t entries)
{
    memset(&receipt, 0, sizeof receipt);
    receipt.kiosk = fixture_id(9);
    receipt.bundle = fixture_id(0xb0);
    memset(receipt.bundle_sha256, 0xaa, SHA256_BYTES);
    receipt.incarnation = fixture_id(0xc0);
    receipt.server_time_ms = 1790000000000;
    receipt.next_after_ms = 900000;
    receipt.feedback.known = true;
    receipt.feedback.year = 2026;
    receipt.feedback.month = 9;
    receipt.feedback.own = 7;
    receipt.feedback.practices = 34;
    receipt.feedback.median_x10 = 55;
    receipt.entry_count = entries;
    for (uint32_t i = 0; i < entries; i++) {
        struct receipt_entry *entry = &receipt.entries[i];
        entry->record = fixture_id((unsigned char)(i + 1));
        entry->outcome = (enum receipt_outcome)(i % RECEIPT_OUTCOME_COUNT);
        if (entry->outcome == RECEIPT_REJECTED || entry->outcome == RECEIPT_CONFLICT) {
            strcpy(entry->code, "not-opened");
            strcpy(entry->words, "The record does not open: \"key\" \\ \xc3\xa9");
        }
    }
    receipt.missing_count = 2;
    receipt.missing[0] = (struct receipt_range){3, 4};
    receipt.missing[1] = (struct receipt_range){9, 9};
    receipt.archived_count = 1;
    receipt.archived[0] = fixture_id(0xee);
}

static struct receipt_expected expected(void)
{
    struct receipt_expected e = {receipt.kiosk, receipt.bundle, {0}};
    memcpy(e.bundle_sha256, receipt.bundle_sha256, SHA256_BYTES);
    return e;
}

static struct str encode(void)
{
    struct sign_key server = fixture_sign_key(5);
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    assert_int_equal(receipt_encode(&receipt, &server, &out), ERR_OK);
    return buf_str(&out);
}

static enum err decode(struct str bytes)
{
    struct sign_key server = fixture_sign_key(5);
    struct receipt_expected e = expected();
    return receipt_decode(bytes, server.public_key, &e, &back, NULL);
}

static void receipt_comes_back(void **state)
{
    (void)state;
    fill(LIMIT_BUNDLE_RECORDS);
    memset(&back, 0, sizeof back);
    assert_int_equal(decode(encode()), ERR_OK);
    assert_memory_equal(&back, &receipt, sizeof receipt);
}

static void largest_receipt_fits(void **state)
{
    (void)state;
    fill(LIMIT_BUNDLE_RECORDS);
    for (uint32_t i = 0; i < LIMIT_BUNDLE_RECORDS; i++) {
        struct receipt_entry *entry = &receipt.entries[i];
        entry->outcome = RECEIPT_REJECTED;
        memset(entry->code, 'a', RECEIPT_CODE);
        memset(entry->words, '"', RECEIPT_WORDS);
    }
    receipt.archived_count = RECEIPT_ARCHIVED_MAX;
    receipt.missing_count = RECEIPT_MISSING_MAX;
    for (uint32_t i = 0; i < RECEIPT_MISSING_MAX; i++)
        receipt.missing[i] = (struct receipt_range){SEQ_MAX - 1000 + 3 * i, SEQ_MAX - 999 + 3 * i};
    assert_int_equal(decode(encode()), ERR_OK);
    assert_memory_equal(&back, &receipt, sizeof receipt);
}

static void receipt_refuses_every_truncation_and_change(void **state)
{
    (void)state;
    struct str bytes;

    fill(2);
    bytes = encode();
    memset(&back, 0x55, sizeof back);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_not_equal(decode((struct str){bytes.at, len}), ERR_OK);
    for (size_t at = 0; at < bytes.len; at++) {
        memory[at] ^= 1;
        assert_int_not_equal(decode(bytes), ERR_OK);
        memory[at] ^= 1;
    }
    assert_int_equal(((unsigned char *)&back)[0], 0x55);
    assert_int_equal(decode(bytes), ERR_OK);
}

static void receipt_is_bound_to_its_bundle(void **state)
{
    (void)state;
    struct sign_key server = fixture_sign_key(5);
    struct sign_key stranger = fixture_sign_key(6);
    struct receipt_expected e;
    struct refusal why = {0};
    struct str bytes;

    fill(1);
    bytes = encode();
    e = expected();
    assert_int_equal(receipt_decode(bytes, stranger.public_key, &e, &back, &why), ERR_CHECK);
    assert_non_null(strstr(why.problem, "signature"));
    e.bundle.bytes[0] ^= 1;
    assert_int_equal(receipt_decode(bytes, server.public_key, &e, &back, &why), ERR_CHECK);
    assert_non_null(strstr(why.problem, "another bundle"));
    e = expected();
    e.kiosk.bytes[0] ^= 1;
    assert_int_equal(receipt_decode(bytes, server.public_key, &e, &back, &why), ERR_CHECK);
    e = expected();
    e.bundle_sha256[31] ^= 1;
    assert_int_equal(receipt_decode(bytes, server.public_key, &e, &back, &why), ERR_CHECK);
}

static void page_of_a_hotspot_is_no_receipt(void **state)
{
    (void)state;
    fill(1);
    assert_int_equal(decode(STR_LITERAL("<html><body>Sign in to use the Wi-Fi</body></html>\n")),
                     ERR_FORMAT);
    assert_int_equal(decode(STR_LITERAL("")), ERR_FORMAT);
}

/* Encodes the receipt, changes `from` to `to` in its text, signs that, and decodes it. */
static enum err decode_changed(const char *from, const char *to)
{
    static char changed[LIMIT_RECEIPT + 1];
    struct sign_key server = fixture_sign_key(5);
    unsigned char signature[SIGNATURE_BYTES];
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct str bytes = encode();
    char *place = strstr(memory, from);
    char *end = strchr(memory, '\n');
    struct buf out;

    assert_non_null(place);
    assert_true(end != NULL && place < end && bytes.len > 0);
    buf_init(&out, changed, sizeof changed);
    buf_add(&out, (struct str){memory, (size_t)(place - memory)});
    buf_add_text(&out, to);
    place += strlen(from);
    buf_add(&out, (struct str){place, (size_t)(end + 1 - place)});
    sign_bytes(&server, buf_str(&out), signature);
    buf_add_text(&out, "signature ");
    for (size_t i = 0; i < 63; i += 3) {
        unsigned v = (unsigned)(signature[i] << 16 | signature[i + 1] << 8 | signature[i + 2]);
        for (int shift = 18; shift >= 0; shift -= 6)
            buf_add_char(&out, digits[v >> shift & 63]);
    }
    buf_add_char(&out, digits[signature[63] >> 2]);
    buf_add_char(&out, digits[(signature[63] & 3) << 4]);
    buf_add_text(&out, "==\n");
    return decode(buf_str(&out));
}

static void signed_nonsense_is_refused(void **state)
{
    (void)state;
    fill(2);
    assert_int_equal(decode_changed("\"format\":1", "\"format\":1"), ERR_OK);
    assert_int_equal(decode_changed("\"format\":1", "\"format\":2"), ERR_VERSION);
    assert_int_equal(decode_changed("\"missing\":[[3,4]", "\"missing\":[[4,3]"), ERR_FORMAT);
    assert_int_equal(decode_changed("\"missing\":[[3,4]", "\"missing\":[[3,9]"), ERR_FORMAT);
    assert_int_equal(decode_changed("\"missing\":[[3,4]", "\"missing\":[[3]"), ERR_FORMAT);
    assert_int_equal(decode_changed("\"next_after_ms\":900000", "\"next_after_ms\":-1"),
                     ERR_FORMAT);
    assert_int_equal(decode_changed("\"records\":[", "\"records\":7,\"x\":["), ERR_FORMAT);
    assert_int_equal(decode_changed("{\"id\":\"02020202", "{\"id\":\"01010101"), ERR_OK);
    assert_int_equal(decode_changed("{\"id\":\"02020202-0202-0202-0202-020202020202\"",
                                    "{\"id\":\"01010101-0101-0101-0101-010101010101\""),
                     ERR_FORMAT);
}

/* Before there was feedback, and where too few practices have a kiosk to tell of them. */
static void feedback_may_be_less_or_none(void **state)
{
    (void)state;
    fill(1);
    receipt.feedback.practices = receipt.feedback.median_x10 = 0;
    assert_int_equal(decode(encode()), ERR_OK);
    assert_memory_equal(&back, &receipt, sizeof receipt);
    assert_null(strstr(memory, "practices"));
    assert_null(strstr(memory, "median"));
    memset(&receipt.feedback, 0, sizeof receipt.feedback);
    assert_int_equal(decode(encode()), ERR_OK);
    assert_memory_equal(&back, &receipt, sizeof receipt);
    assert_null(strstr(memory, "feedback"));
}

static void nonsense_as_feedback_is_refused(void **state)
{
    static const struct {
        const char *from;
        const char *to;
    } rows[] = {
        {"\"month\":9", "\"month\":13"},
        {"\"month\":9", "\"month\":0"},
        {"\"own\":7", "\"own\":-1"},
        {"\"own\":7", "\"own\":7.5"},
        {"\"year\":2026", "\"year\":10000"},
        {"\"practices\":34", "\"practices\":4"},
        {"\"practices\":34", "\"x\":34"},
        {"\"median_x10\":55", "\"x\":55"},
        {"\"own\":7", "\"own\":100000001"},
        {"\"feedback\":{", "\"feedback\":7,\"x\":{"},
        {"\"median_x10\":55", "\"median_x10\":1000000001"},
    };

    (void)state;
    fill(1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(decode_changed(rows[i].from, rows[i].to), ERR_FORMAT);
    assert_int_equal(decode_changed("\"own\":7", "\"own\":7,\"trend\":[1]"), ERR_OK);
}

static void newer_server_is_understood(void **state)
{
    (void)state;
    fill(1);
    assert_int_equal(decode_changed("{\"archived\"", "{\"pack\":{\"a\":1},\"archived\""), ERR_OK);
    assert_int_equal(decode_changed("\"outcome\":\"accepted\"", "\"outcome\":\"pondered\""),
                     ERR_OK);
    assert_int_equal(back.entries[0].outcome, RECEIPT_DEFERRED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receipt_comes_back),
        cmocka_unit_test(largest_receipt_fits),
        cmocka_unit_test(receipt_refuses_every_truncation_and_change),
        cmocka_unit_test(receipt_is_bound_to_its_bundle),
        cmocka_unit_test(page_of_a_hotspot_is_no_receipt),
        cmocka_unit_test(signed_nonsense_is_refused),
        cmocka_unit_test(feedback_may_be_less_or_none),
        cmocka_unit_test(nonsense_as_feedback_is_refused),
        cmocka_unit_test(newer_server_is_understood),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
