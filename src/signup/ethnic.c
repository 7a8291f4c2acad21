/* One table from the form's option codes to the 2001 codes: see ethnic.h. */
#include "signup/ethnic.h"

#include <stddef.h>

static const struct {
    const char *option;
    const char *code;
} table[] = {
    /* First step: broad groups say nothing that the 2001 list could hold. */
    {"asian", ""},
    {"black", ""},
    {"mixed", ""},
    {"white", ""},
    {"other", ""},
    {"prefer-not-to-say", ETHNIC_NOT_STATED},
    /* Second step. */
    {"indian", "H"},
    {"pakistani", "J"},
    {"bangladeshi", "K"},
    {"chinese", "R"}, /* under Asian since 2011, a group of its own in 2001 */
    {"asian-other", "L"},
    {"caribbean", "M"},
    {"african", "N"},
    {"black-other", "P"},
    {"white-and-black-caribbean", "D"},
    {"white-and-black-african", "E"},
    {"white-and-asian", "F"},
    {"mixed-other", "G"},
    {"british", "A"},
    {"irish", "B"},
    {"gypsy-or-irish-traveller", "C"}, /* new in 2011; any other White before */
    {"roma", "C"},                     /* new in 2021; any other White before */
    {"white-other", "C"},
    {"arab", "S"}, /* new in 2011; any other group before */
    {"other-other", "S"},
};

const char *ethnic_2001_code(struct str option_code)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (str_is(option_code, table[i].option))
            return table[i].code;
    }
    return NULL;
}
