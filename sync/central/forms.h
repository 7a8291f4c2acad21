/*
 * The forms that sign-ups were made with. A kiosk may be offline for months and send what it took
 * with an older form, and a sign-up of last year must still show its labels: so every form the
 * server was ever started with is kept in its data folder (forms/<hash>.json) and stays known.
 */
#ifndef CENTRAL_FORMS_H
#define CENTRAL_FORMS_H

#include "base/err.h"
#include "base/str.h"
#include "signup/questionnaire.h"

#define FORMS_MAX 64

struct forms {
    int count;
    struct questionnaire *all[FORMS_MAX];
};

/* Adds one form. ERR_LIMIT over FORMS_MAX; otherwise as questionnaire_parse. */
MUST_USE enum err forms_add(struct forms *forms, struct str json, struct refusal *refusal);
/*
 * Keeps "<pack>/questionnaire.json" in the data folder, then reads every form kept there. Start
 * with a zeroed struct.
 */
MUST_USE enum err forms_load(struct forms *forms, const char *data_folder, const char *pack_folder,
                             struct refusal *refusal);
void forms_finish(struct forms *forms);

/* The form with this address and version, or NULL. */
const struct questionnaire *forms_find(const struct forms *forms, const char *url,
                                       const char *version);

#endif
