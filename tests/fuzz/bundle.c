/*
 * Bundles, from a stranger and from a kiosk that signs nonsense: the input is opened as it is, and
 * once more with a good signature, so that what lies behind the signature is reached as well.
 */
#include <stdlib.h>
#include <string.h>

#include "sync/wire/bundle.h"
#include "unsigned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct str bytes, const struct sign_key *key)
{
    static struct envelope e;
    struct bundle_manifest m = {0};
    struct bundle_reader reader;
    struct refusal why = {0};
    uint32_t count = 0;
    struct id kiosk;
    enum err e1 = bundle_peek(bytes, &kiosk, &why);

    if (bundle_open(bytes, key->public_key, &reader, &m, &why) != ERR_OK)
        return;
    if (e1 != ERR_OK || !id_equal(&kiosk, &m.kiosk) || m.records > LIMIT_BUNDLE_RECORDS)
        abort();
    while (bundle_next(&reader, &e, &why) == ERR_OK)
        count++;
    if (count > m.records)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[LIMIT_BUNDLE + 1];
    static const unsigned char seed[SIGN_SEED_BYTES] = {1};
    static struct sign_key key;
    struct buf out;

    if (key.public_key[0] == 0) {
        if (keys_init() != ERR_OK)
            abort();
        sign_key_from_seed(seed, &key);
    }
    read_all((struct str){(const char *)data, size}, &key);
    buf_init(&out, memory, sizeof memory);
    buf_add(&out, (struct str){(const char *)data, size});
    if (bundle_end(&key, &out) == ERR_OK)
        read_all(buf_str(&out), &key);
    return 0;
}
