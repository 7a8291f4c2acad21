/* The layout of the locked block. Only the app's own files see it. */
#ifndef APP_BLOCK_H
#define APP_BLOCK_H

#include <stdalign.h>
#include <stddef.h>

#include "app/app.h"
#include "app/places.h"
#include "speech/say.h"

struct app_block {
    struct secret secret;
    struct input key; /* the last key or character, to know a second strike by */
    struct kept kept; /* a session on its way into a sealed place, or out of it */
    alignas(max_align_t) char arenas[2][APP_ARENA_BYTES];
    /* What is being said, and what that is made of. */
    char utterance[SPEECH_BYTES];
    char next_words[SPEECH_BYTES];
    char one_element[SPEECH_BYTES];
    char typed[40];
};

#endif
