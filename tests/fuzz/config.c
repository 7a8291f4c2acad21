/* kiosk.ini: any bytes either change nothing and say why, or give settings within their bounds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shell/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config;
    struct config before;
    struct refusal refusal = {0};

    config_defaults(&config);
    before = config;
    if (config_parse((struct str){(const char *)data, size}, "kiosk.ini", &config, &refusal) ==
        ERR_OK) {
        if (config.width_px < 0 || config.width_px > 8192 || !(config.diagonal_inch <= 100))
            abort();
    } else if (memcmp(&config, &before, sizeof config) != 0 || refusal.problem[0] == '\0') {
        abort();
    }
    return 0;
}
