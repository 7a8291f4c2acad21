/* The keys of a keypad and of switches: see bindings.h. */
#include "sdl/bindings.h"

#include <SDL.h>

void bindings_defaults(struct bindings *bindings)
{
    *bindings = (struct bindings){
        .codes = {[INPUT_KEY_UP] = SDL_SCANCODE_UP,
                  [INPUT_KEY_DOWN] = SDL_SCANCODE_DOWN,
                  [INPUT_KEY_ENTER] = SDL_SCANCODE_RETURN,
                  [INPUT_KEY_CANCEL] = SDL_SCANCODE_ESCAPE,
                  [INPUT_KEY_HELP] = SDL_SCANCODE_F1,
                  [INPUT_KEY_LOUDER] = SDL_SCANCODE_VOLUMEUP,
                  [INPUT_KEY_SOFTER] = SDL_SCANCODE_VOLUMEDOWN,
                  [INPUT_KEY_SWITCH_NEXT] = SDL_SCANCODE_F7,
                  [INPUT_KEY_SWITCH_CHOOSE] = SDL_SCANCODE_F8,
                  [INPUT_KEY_STAFF] = SDL_SCANCODE_F10},
        .repeat_after_ms = 2000,
        .repeat_every_ms = 500,
    };
}

int bindings_code(const char *name)
{
    return SDL_GetScancodeFromName(name);
}

bool bindings_find(const struct bindings *bindings, int code, enum input_key *out_key)
{
    for (int i = 0; i < INPUT_KEYS_BOUND; i++) {
        if (bindings->codes[i] == code) {
            *out_key = (enum input_key)i;
            return true;
        }
    }
    return false;
}

/* Held, any other acts once: else a heavy hand on Enter goes through the whole form. */
static bool may_repeat(enum input_key key)
{
    return key == INPUT_KEY_UP || key == INPUT_KEY_DOWN || key == INPUT_KEY_DELETE;
}

bool bindings_acts(const struct bindings *bindings, struct held *held, int code, enum input_key key,
                   bool again, int64_t now_ms)
{
    if (!again) {
        *held = (struct held){code, now_ms, now_ms};
        return true;
    }
    if (!may_repeat(key) || bindings->repeat_after_ms == 0 || held->code != code ||
        now_ms - held->since_ms < bindings->repeat_after_ms ||
        now_ms - held->acted_ms < bindings->repeat_every_ms)
        return false;
    held->acted_ms = now_ms;
    return true;
}
