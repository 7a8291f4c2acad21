/*
 * How a person wants the screen to be. A kiosk has its own defaults (kiosk.ini); whoever stands
 * before it may change them, and at the end of a session they are the defaults again.
 */
#ifndef UI_COMFORT_H
#define UI_COMFORT_H

#include <stdbool.h>

#include "ui/theme.h"

struct comfort {
    int text_percent; /* 100, 125, 150 or 200 */
    enum scheme scheme;
    bool low_reach; /* everything that is touched stands low */
    bool still;     /* nothing blinks and no bar creeps */
};

/* As an initializer. */
#define COMFORT_DEFAULT                                \
    {                                                  \
        .text_percent = 100, .scheme = SCHEME_STANDARD \
    }

#endif
