/* What a screen shows while it is read aloud: the strip of controls, and what is being read. */
#ifndef UI_LISTENING_H
#define UI_LISTENING_H

#include "ui/parts.h"

/*
 * A strip of small buttons off the top of *area: in one row, or in two where one is too short.
 * `one_row`: there is no room for two; the last that do not fit are left out.
 */
void ui_listening_strip(struct ui *ui, struct rect *area, const struct button *buttons, int count,
                        bool one_row);

/*
 * Draws a yellow line under the words of an element (an index of the scene). After ui_end, so that
 * it lies on top and in a mirrored scene at the right place.
 */
void ui_underline(struct ui *ui, int element);

#endif
