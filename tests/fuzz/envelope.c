/* Envelope lines: what decodes is written back as the very same line. */
#include <stdlib.h>
#include <string.h>

#include "sync/wire/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct envelope e;
    static char memory[ENVELOPE_LINE_MAX + 1];
    struct buf out;

    if (envelope_decode((struct str){(const char *)data, size}, &e) != ERR_OK)
        return 0;
    buf_init(&out, memory, sizeof memory);
    envelope_encode(&e, &out);
    if (buf_status(&out) != ERR_OK || out.len != size + 1 || memcmp(memory, data, size) != 0)
        abort();
    return 0;
}
