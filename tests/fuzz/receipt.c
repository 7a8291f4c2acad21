/* Receipts, from a stranger and from a server that signs nonsense; good ones encode to the same. */
#include <stdlib.h>
#include <string.h>

#include "sync/wire/bundle.h"
#include "sync/wire/receipt.h"
#include "unsigned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the corpus answers: the ids of bytes 9 and 0xb0, the hash of bytes 0xaa. */
static struct receipt_expected expected(void)
{
    struct receipt_expected e;

    memset(e.kiosk.bytes, 9, ID_BYTES);
    memset(e.bundle.bytes, 0xb0, ID_BYTES);
    memset(e.bundle_sha256, 0xaa, SHA256_BYTES);
    return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[LIMIT_RECEIPT * 2];
    static const unsigned char seed[SIGN_SEED_BYTES] = {1};
    static struct sign_key key;
    static struct receipt first;
    static struct receipt second;
    struct receipt_expected e = expected();
    struct refusal why = {0};
    struct buf out;

    if (key.public_key[0] == 0) {
        if (keys_init() != ERR_OK)
            abort();
        sign_key_from_seed(seed, &key);
    }
    if (receipt_decode((struct str){(const char *)data, size}, key.public_key, &e, &first, &why) ==
        ERR_OK)
        return 0;
    buf_init(&out, memory, sizeof memory);
    buf_add(&out, (struct str){(const char *)data, size});
    if (bundle_end(&key, &out) != ERR_OK ||
        receipt_decode(buf_str(&out), key.public_key, &e, &first, &why) != ERR_OK)
        return 0;
    buf_init(&out, memory, sizeof memory);
    if (receipt_encode(&first, &key, &out) != ERR_OK ||
        receipt_decode(buf_str(&out), key.public_key, &e, &second, &why) != ERR_OK ||
        memcmp(&first, &second, sizeof first) != 0)
        abort();
    return 0;
}
