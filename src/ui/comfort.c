/* The text sizes: see comfort.h. */
#include "ui/comfort.h"

const int comfort_text_sizes[COMFORT_TEXT_SIZES] = {100, 125, 150, 200};

int comfort_next_text(int text_percent)
{
    for (int i = 0; i < COMFORT_TEXT_SIZES; i++) {
        if (comfort_text_sizes[i] > text_percent)
            return comfort_text_sizes[i];
    }
    return comfort_text_sizes[0];
}

bool comfort_is_largest(int text_percent)
{
    return text_percent >= comfort_text_sizes[COMFORT_TEXT_SIZES - 1];
}
