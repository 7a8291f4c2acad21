/* Character by character: see letters.h. */
#include "app/letters.h"

#include "base/str.h"
#include "ui/script.h"

_Static_assert(PACK_LANGUAGES <= 32, "each language has its bit");

static bool is_drawn(const struct text_metrics *metrics, const char *text)
{
    struct str rest = str_of(text);

    while (rest.len > 0) {
        const char *at = rest.at;
        uint32_t point = str_next_code_point(&rest);
        /* Marks of direction are obeyed, not drawn. */
        if (!script_is_direction(point) &&
            !text_can_draw(metrics, (struct str){at, (size_t)(rest.at - at)}))
            return false;
    }
    return true;
}

static bool language_is_drawn(const struct text_metrics *metrics,
                              const struct pack_language *language)
{
    const struct catalogue *catalogue = language->catalogue;
    size_t count = catalogue == NULL ? 0 : catalogue_count(catalogue);

    for (size_t i = 0; i < count; i++) {
        if (!is_drawn(metrics, catalogue_get(catalogue, catalogue_key(catalogue, i))))
            return false;
    }
    return is_drawn(metrics, language->name);
}

uint32_t letters_undrawn(const struct pack *pack, const struct text_metrics *metrics)
{
    uint32_t undrawn = 0;

    for (int i = 0; i < pack->language_count; i++) {
        if (!language_is_drawn(metrics, &pack->languages[i]))
            undrawn |= (uint32_t)1 << i;
    }
    return undrawn;
}
