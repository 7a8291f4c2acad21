/*
 * A person for tests: the whole app with the real form, no window, no clock and no disk; they
 * touch, press keys or switches, and look. `person.presses` counts what it cost them.
 */
#ifndef TESTS_APP_PERSON_H
#define TESTS_APP_PERSON_H

#include "app/app.h"
#include "app/block.h"

struct person {
    struct pack *pack;
    struct app app;
    int64_t now;
    struct env env; /* its clocks and dice are set by the test */
    int64_t wall_ms;
    struct effects effects;
    int presses;
};

extern struct person person;

/* For cmocka: opens the pack once, and a kiosk that can take sign-ups for each test. */
int person_set_up(void **state);
int person_tear_down(void **state);
int person_goes(void **state);

void person_look(void);
/* Lets time pass in steps, as long as nothing is done. */
void person_waits(int64_t ms);
const struct element *person_finds(int what, int which);
void person_touches(int what, int which);
void person_presses(enum input_key key);
void person_types(const char *text);
int person_item(const char *link_id);
/* `code` NULL: the only option, of an agreement. */
int person_option(const char *link_id, const char *code);
void person_chooses(const char *link_id, const char *code);
void person_answers(const char *link_id, const char *code);
/* With touches: to the page of this link id, or to the check list where it is NULL. */
void person_goes_to(const char *page);
bool person_said(const char *link_id, const char *text);

#endif
