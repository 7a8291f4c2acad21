/* Settings files: what is read is written and read again to the same; what is not says why. */
#include <stdlib.h>
#include <string.h>

#include "sync/wire/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[8 * SETTINGS_FILE_MAX];
    static struct settings first;
    static struct settings second;
    static bool ready;
    struct refusal why = {0};
    struct buf out;
    enum err e;

    if (!ready && keys_init() != ERR_OK)
        abort();
    ready = true;
    memset(&first, 0, sizeof first);
    memset(&second, 0, sizeof second);
    e = settings_decode((struct str){(const char *)data, size}, &first, &why);
    if (e != ERR_OK) {
        if (e != ERR_MEMORY &&
            (why.place[0] == '\0' || why.problem[0] == '\0' || why.remedy[0] == '\0'))
            abort();
        return 0;
    }
    buf_init(&out, memory, sizeof memory);
    if (settings_encode(&first, &out) != ERR_OK)
        abort();
    /* Escapes may make it longer than a file may be; then it is refused, and rightly. */
    if (out.len <= SETTINGS_FILE_MAX && (settings_decode(buf_str(&out), &second, &why) != ERR_OK ||
                                         memcmp(&first, &second, sizeof first) != 0))
        abort();
    return 0;
}
