/*
 * How a person wants the screen to be. A kiosk has its own defaults (kiosk.ini); whoever stands
 * before it may change them, and at the end of a session they are the defaults again.
 */
#ifndef UI_COMFORT_H
#define UI_COMFORT_H

#include <stdbool.h>

#include "ui/theme.h"

struct comfort {
    int text_percent; /* one of comfort_text_sizes */
    enum scheme scheme;
    bool low_reach; /* everything that is touched stands low */
    bool still;     /* nothing blinks */
};

/* As an initializer. */
#define COMFORT_DEFAULT                                \
    {                                                  \
        .text_percent = 100, .scheme = SCHEME_STANDARD \
    }

/*
 * The text sizes in per cent, from small to large. In the largest every text on the screen has a
 * capital H of at least 7.3 mm (EN 301 549, 5.1.4: 0.7 degrees seen from 60 cm).
 */
enum { COMFORT_TEXT_SIZES = 4 };
extern const int comfort_text_sizes[COMFORT_TEXT_SIZES];

/* The next larger size; after the largest the smallest. */
int comfort_next_text(int text_percent);
bool comfort_is_largest(int text_percent);

#endif
