/* Walking the form: see journey.h. */
#include "screens/journey.h"

#include <string.h>

#include "base/wipe.h"
#include "screens/typing.h"

struct check_context journey_context(const struct model *model)
{
    return (struct check_context){.mode = model->device.mode, .today = model->today};
}

/* The form's question who fills it in, and its answer "staff"; false where it does not ask. */
static bool find_assisted(const struct questionnaire *q, int *out_item, int *out_option)
{
    for (int i = 0; i < q->item_count; i++) {
        if (q->items[i].field_kind != FIELD_FILLED_IN_BY)
            continue;
        for (int k = 0; k < q->items[i].option_count; k++) {
            if (strcmp(q->items[i].options[k].code, filled_in_by_code(FILLED_IN_STAFF)) == 0) {
                *out_item = i;
                *out_option = k;
                return true;
            }
        }
    }
    return false;
}

bool journey_is_assisted(const struct model *model)
{
    int item;
    int option;

    if (!find_assisted(journey_form(model), &item, &option))
        return model->assisted;
    return answers_option(&model->secret->answers, item) == option;
}

void journey_begin(struct model *model, bool practice, bool assisted)
{
    model->practice = practice;
    model->assisted = assisted;
    model->about = 0;
    model->sheet = 0;
    model->screen = SCREEN_ABOUT;
    /* Who helps has said so already: the question has that answer when it is shown. */
    int item;
    int option;
    if (assisted && find_assisted(journey_form(model), &item, &option))
        answers_choose(journey_form(model), &model->secret->answers, item, option);
}

void journey_show_page(struct model *model, int page)
{
    model->screen = SCREEN_PAGE;
    model->page = page;
    model->sheet = 0;
    model->problems.count = 0;
    typing_begin(model);
}

void journey_first_page(struct model *model)
{
    int page = answers_first_page(journey_form(model), &model->secret->answers, SECTION_ABOUT_YOU);

    if (page != QUESTIONNAIRE_NONE)
        journey_show_page(model, page);
}

static enum section_kind section_of(const struct model *model, int page)
{
    const struct questionnaire *q = journey_form(model);

    return q->items[q->items[page].parent].section_kind;
}

static void show_check(struct model *model)
{
    model->screen = SCREEN_CHECK;
    model->sheet = 0;
    model->changing = false;
    model->confirmed = false;
    model->problems.count = 0;
    wipe(&model->secret->before, sizeof model->secret->before);
}

/*
 * Does the whole form hold? If not, the page that doesn't is shown with what is wrong. Each page
 * was accepted on the way here; this is the gate that no way round them passes.
 */
static bool holds(struct model *model)
{
    const struct questionnaire *q = journey_form(model);
    const struct answers *a = &model->secret->answers;
    struct check_context context = journey_context(model);
    struct problems problems;

    answers_check_all(q, a, &context, &problems);
    if (problems.count == 0)
        return true;
    struct problem first = problems.at[0];
    if (first.check == CHECK_WAY_OUT) {
        journey_change(model, first.item);
        return false;
    }
    journey_change(model, questionnaire_page_of(q, first.item));
    answers_check_page(q, a, model->page, &context, &model->problems);
    typing_to_problem(model, first);
    return false;
}

/* Everything is answered: the app makes the record, seals it and stores it. */
static void sign_up(struct model *model, struct effects *effects)
{
    if (!holds(model))
        return;
    model->screen = SCREEN_SAVING;
    model->dialog = DIALOG_NONE;
    model->problems.count = 0;
    if (model->practice)
        effects->discard = true;
    else
        effects->save = true;
}

void journey_after_check(struct model *model, struct effects *effects)
{
    int page = answers_first_page(journey_form(model), &model->secret->answers, SECTION_EQUALITY);

    if (page == QUESTIONNAIRE_NONE) {
        sign_up(model, effects);
    } else if (holds(model)) {
        model->confirmed = true;
        journey_show_page(model, page);
    }
}

void journey_skip_optional(struct model *model, struct effects *effects)
{
    const struct questionnaire *q = journey_form(model);

    /* What stands on this page was not handed in. */
    for (int i = model->page + 1; i < q->items[model->page].end; i++)
        answers_clear(&model->secret->answers, i);
    sign_up(model, effects);
}

bool journey_is_last(const struct model *model, int page)
{
    const struct answers *a = &model->secret->answers;

    return section_of(model, page) == SECTION_EQUALITY && !model->changing &&
           answers_next_page(journey_form(model), a, page) == QUESTIONNAIRE_NONE;
}

/* After a change: does this page still want the patient? */
static bool is_settled(const struct model *model, int page)
{
    const struct questionnaire *q = journey_form(model);
    const struct answers *a = &model->secret->answers;
    struct check_context context = journey_context(model);
    struct problems problems;

    if (q->items[page].page_kind == PAGE_WAY_OUT)
        return false;
    answers_check_page(q, a, page, &context, &problems);
    if (problems.count > 0)
        return false;
    for (int i = page + 1; i < q->items[page].end; i++) {
        if (item_is_question(&q->items[i]) && !q->items[i].hidden && answers_enabled(q, a, i) &&
            answers_state(q, a, i) == ANSWER_NOT_ASKED)
            return false;
    }
    return true;
}

static void move_on(struct model *model, struct effects *effects)
{
    const struct questionnaire *q = journey_form(model);
    const struct answers *a = &model->secret->answers;
    enum section_kind section = section_of(model, model->page);
    int page = answers_next_page(q, a, model->page);

    while (model->changing && page != QUESTIONNAIRE_NONE && is_settled(model, page))
        page = answers_next_page(q, a, page);
    if (page != QUESTIONNAIRE_NONE)
        journey_show_page(model, page);
    else if (section == SECTION_ABOUT_YOU)
        show_check(model);
    else
        sign_up(model, effects);
}

/* An unlikely date of birth is asked about once; Continue again says that it is right. */
static void confirm_unlikely(struct model *model)
{
    for (int i = 0; i < model->problems.count; i++) {
        if (model->problems.at[i].check == CHECK_OVER_115)
            answers_confirm(&model->secret->answers, model->problems.at[i].item);
    }
}

void journey_forward(struct model *model, struct effects *effects)
{
    const struct questionnaire *q = journey_form(model);
    struct check_context context = journey_context(model);
    struct problems problems = {0};

    if (model->sheet + 1 < model->sheets) {
        model->sheet++;
        return;
    }
    confirm_unlikely(model);
    if (answers_accept_page(q, &model->secret->answers, model->page, &context, &problems)) {
        move_on(model, effects);
        return;
    }
    model->problems = problems;
    model->sheet = 0;
    typing_to_problem(model, problems.at[0]);
}

void journey_back(struct model *model, struct effects *effects)
{
    const struct answers *a = &model->secret->answers;
    int page = answers_previous_page(journey_form(model), a, model->page);

    if (model->sheet > 0) {
        model->sheet--;
        return;
    }
    if (model->changing && journey_form(model)->items[model->page].page_kind != PAGE_WAY_OUT) {
        /* Back from a change takes it back. */
        model->secret->answers = model->secret->before;
        show_check(model);
        return;
    }
    if (page != QUESTIONNAIRE_NONE) {
        journey_show_page(model, page);
    } else if (section_of(model, model->page) == SECTION_EQUALITY) {
        show_check(model);
    } else {
        model->screen = SCREEN_ABOUT;
        model->sheet = 0;
    }
    (void)effects;
}

void journey_change(struct model *model, int page)
{
    model->secret->before = model->secret->answers;
    journey_show_page(model, page);
    model->changing = true;
}
