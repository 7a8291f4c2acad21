/* A stand-in for help-sync in a child process: enrolled, and it says "saved" to every sign-up. */
#ifndef TESTS_ROBOT_STAND_IN_H
#define TESTS_ROBOT_STAND_IN_H

#include <stdbool.h>

/* Serves `path` until the process that called it ends, or stand_in_stop. */
extern bool
    stand_in_is_unsure; /* the next one can't confirm any save, though it knows its status */
int stand_in_start(const char *path, bool connected);
void stand_in_stop(int process);

#endif
