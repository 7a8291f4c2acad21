/*
 * The way through the form: from the about cards over the pages to "Check your answers", then the
 * optional questions, then the sign-up. Which pages are open is the form's business (enableWhen);
 * this only walks them, forward and back, and home to the check list after a change. "Sign me up"
 * is touched on the check list: whoever is called away from the optional questions is signed up.
 */
#ifndef SCREENS_JOURNEY_H
#define SCREENS_JOURNEY_H

#include "screens/model.h"

/* Starts a session: of a patient alone, of one whom staff help, or staff's own practice run. */
void journey_begin(struct model *model, bool practice, bool assisted);
/* Does a member of staff fill it in, by the form's question? */
bool journey_is_assisted(const struct model *model);
/* Starts typing in the first field of the page that has one. */
void journey_show_page(struct model *model, int page);
void journey_first_page(struct model *model);
/* Continue on a page: checks it and moves on, or fills model->problems. */
void journey_forward(struct model *model, struct effects *effects);
void journey_back(struct model *model, struct effects *effects);
/* "Sign me up": the optional questions, or the sign-up where there are none. */
void journey_after_check(struct model *model, struct effects *effects);
/* Leaves out this optional question and those still to come. */
void journey_skip_optional(struct model *model, struct effects *effects);
void journey_change(struct model *model, int page);
/* Is this the last of the optional pages? */
bool journey_is_last(const struct model *model, int page);

struct check_context journey_context(const struct model *model);
static inline const struct questionnaire *journey_form(const struct model *model)
{
    return model->pack->questionnaire;
}
/* The page that is shown. */
static inline const struct item *journey_page(const struct model *model)
{
    return &journey_form(model)->items[model->page];
}
/* Is this item of the form one that the patient sees now? */
static inline bool journey_is_open(const struct model *model, int item)
{
    return !journey_form(model)->items[item].hidden &&
           answers_enabled(journey_form(model), &model->secret->answers, item);
}

#endif
