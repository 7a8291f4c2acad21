/* Command line: any words, split at line ends, either run nothing or give a whole set of options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int nothing(const struct options *options, void *context)
{
    (void)options;
    (void)context;
    return EXIT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct option_row rows[] = {{"--state", "DIR", "", true},
                                             {"--quiet", NULL, "", false}};
    static const struct command commands[] = {{"kiosk add", "", rows, 2, NULL, nothing},
                                              {"", "", rows, 2, "FILE", nothing}};
    static const struct program program = {"fuzz", "", commands, 2, NULL};
    const char *words[32] = {NULL};
    int count = 1;
    char *text = malloc(size + 1);
    struct options options;
    struct refusal refusal = {0};

    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    words[0] = text;
    for (size_t i = 0; i < size && count < 32; i++) {
        if (text[i] == '\n') {
            text[i] = '\0';
            words[count++] = text + i + 1;
        }
    }
    if (options_parse(&program, count, words, &options, &refusal) == ERR_OK) {
        if (options_get(&options, "--state") == NULL)
            abort();
    } else if (refusal.remedy[0] == '\0') {
        abort();
    }
    free(text);
    return 0;
}
