/* The layout of the locked block. Only the app's own files see it. */
#ifndef APP_BLOCK_H
#define APP_BLOCK_H

#include "app/app.h"

struct app_block {
    struct secret secret;
    char arenas[2][APP_ARENA_BYTES];
};

#endif
