/*
 * The last words of a kiosk that can't start, on the screen that it should have filled: a patient
 * reads whom to ask, and whoever can mend it reads what is missing. Standard error says the same.
 */
#ifndef SDL_TROUBLE_H
#define SDL_TROUBLE_H

#include <stdbool.h>

#include "base/err.h"

#define TROUBLE_SHOWN_S 60 /* then whatever started the kiosk may try again */

/*
 * Shows it until a key is pressed or the time is over. Returns at once where there is no display.
 * `fonts` is where a font is looked for first; any common one will do.
 */
void trouble_show(const struct refusal *refusal, const char *fonts, bool framed);

#endif
