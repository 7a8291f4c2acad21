/*
 * Which keys of the system are those of the keypad, the two switches and staff. A tactile keypad on
 * USB is a keyboard to the system, and what its keys send differs from maker to maker: kiosk.ini
 * names them. Keys that only a whole keyboard has (Tab, letters) are not bound.
 *
 * EN 301 549, 5.7: keys that are held repeat only moves and deletions, after a delay of up to
 * 8 s, down to one in 8 s, or never.
 */
#ifndef SDL_BINDINGS_H
#define SDL_BINDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/input.h"

struct bindings {
    int codes[INPUT_KEYS_BOUND]; /* SDL scancodes, by enum input_key */
    int repeat_after_ms;         /* 0: never */
    int repeat_every_ms;
};

/* Arrows, Return, Escape, F1, the volume keys; F7 and F8 for the switches, F10 for
   staff. */
void bindings_defaults(struct bindings *bindings);
/* The code of the key with SDL's name, such as "Up", "Return" or "F1"; 0 where there is none. */
int bindings_code(const char *name);
/* The key that a code is bound to. */
bool bindings_find(const struct bindings *bindings, int code, enum input_key *out_key);

/* The key that is down. */
struct held {
    int code;
    int64_t since_ms;
    int64_t acted_ms;
};

/* Does a key act now? `again`: the system repeats it because it is held. */
bool bindings_acts(const struct bindings *bindings, struct held *held, int code, enum input_key key,
                   bool again, int64_t now_ms);

#endif
