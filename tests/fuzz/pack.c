/* Any bytes as pages.json, as a catalogue and as a plural rule. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "content/pack.h"
#include "content/plural.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * The pack's half megabyte is kept from one input to the next: mapping it anew each time took
 * nearly all of the time. The linker's --wrap puts these in the place of arena.c's; inputs that
 * need a second arena at once still get one of their own.
 */
enum err __real_arena_init(struct arena *a, size_t size_bytes);
void __real_arena_finish(struct arena *a);
MUST_USE enum err __wrap_arena_init(struct arena *a, size_t size_bytes);
void __wrap_arena_finish(struct arena *a);

static struct arena kept;
static bool lent;

enum err __wrap_arena_init(struct arena *a, size_t size_bytes)
{
    if (lent || (kept.memory != NULL && kept.size != size_bytes) ||
        (kept.memory == NULL && __real_arena_init(&kept, size_bytes) != ERR_OK))
        return __real_arena_init(a, size_bytes);
    lent = true;
    *a = kept;
    return ERR_OK;
}

void __wrap_arena_finish(struct arena *a)
{
    if (a->memory == NULL || a->memory != kept.memory) {
        __real_arena_finish(a);
        return;
    }
    lent = false;
    *a = (struct arena){0};
}

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
