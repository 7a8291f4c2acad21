/* Ids, keys, sealed records and envelopes: what goes in comes out, and nothing else passes. */
#include "fixture.h"

static void ids_have_one_form(void **state)
{
    (void)state;
    struct id id = id_make(&env_system);
    struct id back;
    char text[ID_TEXT + 1];
    static const char *const bad[] = {
        "",
        "3f2b8c1e-0d4a-4f6b-9c7d-5e8a1b2c3d4",
        "3F2B8C1E-0d4a-4f6b-9c7d-5e8a1b2c3d4e",
        "3f2b8c1e00d4a-4f6b-9c7d-5e8a1b2c3d4e",
        "3f2b8c1e-0d4a-4f6b-9c7d-5e8a1b2c3d4g",
        "3f2b8c1e-0d4a-4f6b-9c7d-5e8a1b2c3d4e0",
    };

    id_text(&id, text);
    assert_int_equal(text[14], '4');
    assert_non_null(strchr("89ab", text[19]));
    assert_int_equal(id_parse(str_of(text), &back), ERR_OK);
    assert_true(id_equal(&id, &back));
    assert_false(id_is_none(&id));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(id_parse(str_of(bad[i]), &back), ERR_FORMAT);
    assert_true(id_equal(&id, &back));
}

static void signatures_hold_for_the_bytes_only(void **state)
{
    (void)state;
    struct sign_key key = fixture_sign_key(1);
    struct sign_key other = fixture_sign_key(2);
    unsigned char signature[SIGNATURE_BYTES];
    unsigned char seed[SIGN_SEED_BYTES];

    sign_bytes(&key, STR_LITERAL("bundle"), signature);
    assert_int_equal(sign_check(key.public_key, STR_LITERAL("bundle"), signature), ERR_OK);
    assert_int_equal(sign_check(key.public_key, STR_LITERAL("bundlf"), signature), ERR_CHECK);
    assert_int_equal(sign_check(other.public_key, STR_LITERAL("bundle"), signature), ERR_CHECK);
    sign_key_seed(&key, seed);
    assert_int_equal(seed[0], 1);
    assert_int_equal(seed[31], 1);
    assert_true(sign_public_usable(key.public_key));
    memset(seed, 0, sizeof seed);
    assert_false(sign_public_usable(seed));
}

static void seal_pair_comes_back_from_its_secret(void **state)
{
    (void)state;
    struct seal_pair made;
    struct seal_pair back;
    struct seal_key none = {0};

    seal_pair_make(&made);
    seal_pair_from_secret(made.secret_key, &back);
    assert_memory_equal(made.key.public_key, back.key.public_key, SEAL_PUBLIC_BYTES);
    assert_true(key_id_equal(&made.key.id, &back.key.id));
    assert_true(seal_key_usable(&made.key));
    none.id = key_id_of(none.public_key);
    assert_false(seal_key_usable(&none));
    made.key.id.bytes[0] ^= 1;
    assert_false(seal_key_usable(&made.key));
}

static void sealed_record_opens_to_the_same(void **state)
{
    (void)state;
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    static unsigned char inside[SEAL_INSIDE_BYTES];
    static unsigned char sealed[SEALED_BYTES];
    static char text[LIMIT_RECORD + 1];
    struct seal_pair pair = fixture_seal_pair(3);
    struct seal_header header = {fixture_id(1), fixture_id(2), pair.key.id};
    static const size_t sizes[] = {0, 1, 2000, LIMIT_RECORD};
    struct str opened;

    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_int_equal(
            seal_record(&header, (struct str){text, sizes[i]}, &pair.key, scratch, sealed), ERR_OK);
        for (size_t k = 0; k < sizeof scratch; k++)
            assert_int_equal(scratch[k], 0);
        assert_int_equal(seal_open(&header, sealed, &pair, inside, &opened), ERR_OK);
        assert_int_equal(opened.len, sizes[i]);
        assert_memory_equal(opened.at, text, sizes[i]);
    }
    assert_int_equal(
        seal_record(&header, (struct str){text, LIMIT_RECORD + 1}, &pair.key, scratch, sealed),
        ERR_LIMIT);
}

static void sealed_record_opens_under_its_own_name_only(void **state)
{
    (void)state;
    static unsigned char inside[SEAL_INSIDE_BYTES];
    struct seal_pair pair = fixture_seal_pair(3);
    struct seal_pair other = fixture_seal_pair(4);
    static struct envelope e;
    struct seal_header lie;
    struct str opened;

    fixture_envelope(1, &e);
    lie = e.header;
    lie.record.bytes[15] ^= 1;
    assert_int_equal(seal_open(&lie, e.sealed, &pair, inside, &opened), ERR_CHECK);
    lie = e.header;
    lie.kiosk.bytes[0] ^= 1;
    assert_int_equal(seal_open(&lie, e.sealed, &pair, inside, &opened), ERR_CHECK);
    lie = e.header;
    lie.key.bytes[7] ^= 1;
    assert_int_equal(seal_open(&lie, e.sealed, &pair, inside, &opened), ERR_CHECK);
    assert_int_equal(seal_open(&e.header, e.sealed, &other, inside, &opened), ERR_CHECK);
    for (size_t i = 0; i < sizeof inside; i++)
        assert_int_equal(inside[i], 0);
    for (size_t at = 0; at < SEALED_BYTES; at += 97) {
        e.sealed[at] ^= 0x10;
        assert_int_equal(seal_open(&e.header, e.sealed, &pair, inside, &opened), ERR_CHECK);
        e.sealed[at] ^= 0x10;
    }
    assert_int_equal(seal_open(&e.header, e.sealed, &pair, inside, &opened), ERR_OK);
}

static void seal_refuses_a_key_under_another_name(void **state)
{
    (void)state;
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    static unsigned char sealed[SEALED_BYTES];
    struct seal_pair pair = fixture_seal_pair(3);
    struct seal_header header = {fixture_id(1), fixture_id(2), fixture_seal_pair(4).key.id};

    assert_int_equal(seal_record(&header, STR_LITERAL("{}"), &pair.key, scratch, sealed),
                     ERR_CHECK);
}

static void envelope_is_one_line_and_comes_back(void **state)
{
    (void)state;
    static struct envelope e;
    static struct envelope back;
    static char memory[ENVELOPE_LINE_MAX + 1];
    struct buf line;

    fixture_envelope(7, &e);
    e.seq = SEQ_MAX;
    buf_init(&line, memory, sizeof memory);
    envelope_encode(&e, &line);
    assert_int_equal(buf_status(&line), ERR_OK);
    assert_ptr_equal(strchr(memory, '\n'), memory + line.len - 1);
    assert_int_equal(envelope_decode((struct str){memory, line.len - 1}, &back), ERR_OK);
    assert_memory_equal(&e.header, &back.header, sizeof e.header);
    assert_true(e.seq == back.seq);
    assert_memory_equal(e.sealed, back.sealed, SEALED_BYTES);
    assert_memory_equal(e.sha256, back.sha256, SHA256_BYTES);
}

/* Every byte of the line counts: a change anywhere is noticed, or changes only an id or the seq. */
static void envelope_refuses_damage(void **state)
{
    (void)state;
    static struct envelope e;
    static struct envelope back;
    static char memory[ENVELOPE_LINE_MAX + 1];
    struct buf line;
    size_t body;

    fixture_envelope(7, &e);
    buf_init(&line, memory, sizeof memory);
    envelope_encode(&e, &line);
    body = line.len - 1 - SEALED_BYTES / 3 * 4;
    for (size_t len = 0; len < line.len - 1; len++)
        assert_int_equal(envelope_decode((struct str){memory, len}, &back), ERR_FORMAT);
    for (size_t at = body - 65; at < line.len - 1; at++) {
        char kept = memory[at];
        memory[at] = kept == 'a' ? 'b' : 'a';
        assert_int_not_equal(envelope_decode((struct str){memory, line.len - 1}, &back), ERR_OK);
        memory[at] = kept;
    }
    /* The seq has one form: no sign, no leading 0, never 0. */
    memory[7] = '0';
    assert_int_equal(envelope_decode((struct str){memory, line.len - 1}, &back), ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_have_one_form),
        cmocka_unit_test(signatures_hold_for_the_bytes_only),
        cmocka_unit_test(seal_pair_comes_back_from_its_secret),
        cmocka_unit_test(sealed_record_opens_to_the_same),
        cmocka_unit_test(sealed_record_opens_under_its_own_name_only),
        cmocka_unit_test(seal_refuses_a_key_under_another_name),
        cmocka_unit_test(envelope_is_one_line_and_comes_back),
        cmocka_unit_test(envelope_refuses_damage),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
