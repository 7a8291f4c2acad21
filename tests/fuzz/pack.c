/* Any bytes as pages.json, as a catalogue and as a plural rule. */
#include <stdint.h>
#include <stdlib.h>

#include "content/pack.h"
#include "content/plural.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct refusal refusal;
    struct catalogue *catalogue = NULL;
    struct pack *pack = NULL;
    struct plural plural;

    if (catalogue_parse(bytes, "fuzz", &catalogue, &refusal) == ERR_OK) {
        for (unsigned long n = 0; n < 8; n++) {
            if (catalogue_plural(catalogue, "1 day", "{n} days", n) == NULL)
                abort();
        }
        catalogue_close(catalogue);
    }
    if (pack_parse_pages(bytes, &pack, &refusal) == ERR_OK) {
        if (pack_page(pack, "privacy") == NULL)
            abort();
        pack_close(pack);
    }
    if (plural_parse(bytes, &plural) && plural_form(&plural, size) >= plural.forms)
        abort();
    return 0;
}
