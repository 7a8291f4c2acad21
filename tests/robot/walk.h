/* Steps that more than one robot takes through the form. */
#ifndef TESTS_ROBOT_WALK_H
#define TESTS_ROBOT_WALK_H

#include "robot.h"

/* Goes through the sheets of a page until it shows this element. */
void walk_seek(struct robot *r, int what, int which);
void walk_on(struct robot *r);
/* Touches an option, on whatever sheet it is; `code` NULL: the only one. */
void walk_choose(struct robot *r, const char *link_id, const char *code);
/* From the welcome screen by the shortest way up to and with the last touch, "Sign me up". */
void walk_to_saving(struct robot *r);

/* The same from the cards; `mode`: who fills it in, NULL: as the kiosk has it. */
void walk_from_cards(struct robot *r, const char *mode);

/* Over the list of languages, and back to where it was. Ends the program where the pack lacks it.
 */
void walk_choose_language(struct robot *r, const char *code);

#endif
