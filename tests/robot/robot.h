/*
 * A robot that uses the kiosk as a person does: it looks at the scene on the glass, finds what it
 * wants by role and words, and touches the middle of it. It runs the real window, painter and
 * courier; only the clock is its own, so that no wait takes real time. What it can't find ends the
 * program with the step, the screen's words and a picture.
 */
#ifndef TESTS_ROBOT_H
#define TESTS_ROBOT_H

#include "shell/kiosk.h"

/* What it acts with. With keys it goes to what it would touch, and presses it. */
enum robot_hand { ROBOT_TOUCHES, ROBOT_HAS_KEYPAD, ROBOT_HAS_SWITCHES };

struct robot {
    struct kiosk kiosk;
    struct env env;
    int64_t clock_ms;
    const char *shots; /* folder for pictures; NULL: none */
    int shot;
    enum robot_hand hand;
    unsigned long long ringed; /* bit n: a picture shows the focus on an element of kind n */
    int touches;               /* or presses, for counting what a sign-up costs */
    int findings;              /* of the audit, on every screen that was seen */
    SDL_Surface *bare;         /* for the audit of pixels (look.c) */
    SDL_Surface *turned;
    struct scene varied;
};

/* Starts the kiosk in a window of that size and waits until it can take sign-ups or says why not.
 */
void robot_start(struct robot *r, const struct config *config, const char *shots);
void robot_finish(struct robot *r);

/* Shows what changed, audits the scene and saves a picture under "<number>-<name>.png". */
void robot_shot(struct robot *r, const char *name);
/* Before the journey: how it goes on from here. */
void robot_take_hand(struct robot *r, enum robot_hand hand);
/* Touches the element with this role and label (English or translated). */
void robot_touch(struct robot *r, enum role role, const char *label);
/* Touches the element with this id: for words that stand more than once. */
void robot_touch_id(struct robot *r, int what, int which);
/* Is an element with this id on the screen? */
bool robot_finds(const struct robot *r, int what, int which);
/* Types one character on the on-screen keyboard, with Shift or accents where it needs them. */
void robot_type_code(struct robot *r, uint32_t code);
/* Types a text, key by key. */
void robot_type(struct robot *r, const char *text);
/* Ends the program unless an element with that role has that label. */
void robot_expect(struct robot *r, enum role role, const char *label);
bool robot_has(const struct robot *r, int what, int which);
bool robot_sees(const struct robot *r, enum role role, const char *label);
/* Prints the screen's words on standard error. */
void robot_say(const struct robot *r);
/* Lets time pass, in steps, as if nobody touched anything. */
void robot_wait_ms(struct robot *r, int64_t ms);
/* Waits in real time for an answer from help-sync, until the screen is `screen`. */
void robot_await(struct robot *r, enum screen_id screen);
/* The words of the language shown. */
const char *robot_word(const struct robot *r, const char *msgid);

#endif
