/* The form that ships, and a record's header, for the tests of src/signup. */
#ifndef TESTS_SIGNUP_FORM_H
#define TESTS_SIGNUP_FORM_H

#include "signup/record.h"

/* assets/questionnaire.json; fails the test where it does not load. */
struct questionnaire *form_load(void);
/* The index of a linkId; fails the test where there is none. */
int form_item(const struct questionnaire *q, const char *link_id);
/* Types into a text field, or chooses the option of this code. */
void form_type(const struct questionnaire *q, struct answers *a, const char *link_id,
               const char *text);
void form_choose(const struct questionnaire *q, struct answers *a, const char *link_id,
                 const char *code);
/* A whole sign-up as far as Confirm, typed the way a patient would, every page accepted. */
void form_fill(const struct questionnaire *q, struct answers *a);

extern const struct check_context form_demo;
extern const struct record_header form_header;

#endif
