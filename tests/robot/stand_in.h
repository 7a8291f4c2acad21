/*
 * A stand-in for help-sync in a child process: enrolled, and it answers to every
 * sign-up the same.
 */
#ifndef TESTS_ROBOT_STAND_IN_H
#define TESTS_ROBOT_STAND_IN_H

enum stand_in {
    STAND_IN_SAVES = 1,
    STAND_IN_SAVES_OFFLINE,
    STAND_IN_REFUSES,  /* its disk is full */
    STAND_IN_UNSURE,   /* it can't confirm any save, though it knows its status */
    STAND_IN_TROUBLED, /* it saves; the panel has much to say of network, clock and server */
};

/* The staff PIN it takes; anything else is wrong. */
#define STAND_IN_PIN "271828"

/* Serves `path` until the process that called it ends, or stand_in_stop. */
int stand_in_start(const char *path, enum stand_in kind);
void stand_in_stop(int process);

#endif
