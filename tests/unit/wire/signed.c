/* The signature line: one way to write it, and no byte of it may be another. */
#include "sync/wire/signed.h"

#include "fixture.h"

static void no_byte_of_the_line_may_be_another(void **state)
{
    struct sign_key key = fixture_sign_key(1);
    int slashes = 0;

    (void)state;
    /* Several texts, so that their signatures hold every character of the alphabet. */
    for (int n = 0; n < 8; n++) {
        char memory[200];
        struct buf out;
        struct str body;

        buf_init(&out, memory, sizeof memory);
        buf_add_format(&out, "text %d\n", n);
        size_t start = out.len;
        assert_int_equal(signed_end(&key, &out), ERR_OK);
        assert_int_equal(signed_open(buf_str(&out), key.public_key, &body), ERR_OK);
        assert_int_equal(body.len, start);
        for (size_t at = start; at < out.len; at++) {
            char was = memory[at];
            slashes += was == '/';
            for (int other = 0; other < 256; other++) {
                memory[at] = (char)other;
                if (memory[at] != was)
                    assert_int_not_equal(signed_open(buf_str(&out), key.public_key, &body), ERR_OK);
            }
            memory[at] = was;
        }
    }
    assert_true(slashes > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_byte_of_the_line_may_be_another),
    };

    return keys_init() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
