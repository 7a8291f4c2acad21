/*
 * What a robot demands of every screen that it sees: the audit of its scene and of its pixels, a
 * voice that says all that the picture shows, and a way out. What is wrong is said on standard
 * error, a line each: "audit: screen: rule: element at x,y wxh".
 */
#ifndef TESTS_ROBOT_LOOK_H
#define TESTS_ROBOT_LOOK_H

#include "robot.h"

/* Adds to r->findings. `name` is the screen's, for the line. */
void look_at(struct robot *r, const char *name);

#endif
