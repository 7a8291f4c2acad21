/*
 * A page of the form, whatever it asks: what question.c says it says, as rows, or with a keyboard
 * where it is typed on (page_typing.c).
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/page_typing.h"
#include "screens/question.h"
#include "screens/typing.h"
#include "screens/words.h"

static const char *progress_text(const struct model *model, struct ui *ui, struct progress p)
{
    const struct questionnaire *q = journey_form(model);
    bool optional = q->items[journey_page(model)->parent].section_kind == SECTION_EQUALITY;
    /* TRANSLATORS: {n} is the number of this question, {count} how many there are. Narrow. */
    const char *text = optional ? N_("Optional question {n} of {count}")
                       /* TRANSLATORS: {part} is one of {parts} pages that this question has. */
                       : p.parts > 1 ? N_("Question {n} of {count}, part {part} of {parts}")
                                     : N_("Question {n} of {count}");

    return say_with(model, ui, text,
                    (const char *const[]){
                        "n", number_text(ui, p.section), "count", number_text(ui, p.sections),
                        "part", number_text(ui, p.part), "parts", number_text(ui, p.parts), NULL});
}

static bool can_skip(const struct model *model)
{
    const struct questionnaire *q = journey_form(model);
    bool asks = false;

    for (int i = model->page + 1; i < q->items[model->page].end; i++) {
        if (!item_is_question(&q->items[i]) || !journey_is_open(model, i))
            continue;
        if (q->items[i].required || q->items[i].type == ITEM_BOOLEAN)
            return false;
        asks = true;
    }
    return asks;
}

static struct error_summary problem_of(const struct model *model)
{
    struct error_summary problem = {.id = {ID_PROBLEM, 0},
                                    .title = say(model, N_("There is a problem"))};

    for (int i = 0; i < model->problems.count && i < 4; i++)
        problem.messages[problem.message_count++] =
            say(model, problem_message(journey_form(model), model->problems.at[i]));
    return problem;
}

/* `moved`: a button of the page that found room only here, or NULL. */
static void end(const struct model *model, struct ui *ui, struct rect place,
                const struct button *moved)
{
    const struct item *page = journey_page(model);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    bool last = journey_is_last(model, model->page);
    bool optional = journey_form(model)->items[page->parent].section_kind == SECTION_EQUALITY;
    struct button skip = {.id = {ID_SKIP, 0},
                          .label = say(model, N_("Skip these questions")),
                          .icon = "chevron",
                          .icon_after = true,
                          .look = BUTTON_QUIET};
    struct chrome_bottom bottom = {.back = "", .finished = model->confirmed};

    if (more) {
        bool typed = model->field != QUESTIONNAIRE_NONE;
        bottom.forward =
            typed ? say(model, NC_("key", "Next")) : say(model, NC_("of this page", "More"));
        bottom.forward_icon = typed ? "next" : "down";
    } else if (page->page_kind == PAGE_WAY_OUT) {
        bottom.forward = say(model, N_("Finish and clear"));
        bottom.forward_icon = "tick";
        bottom.forward_id = (struct element_id){ID_FINISH, 0};
    } else {
        bottom.forward = last ? say(model, N_("Finish")) : say(model, N_("Continue"));
        bottom.forward_icon = last ? "tick" : "next";
    }
    if (optional && (!last || more) && !model->changing)
        bottom.quiet = &skip;
    else
        bottom.quiet = moved;
    chrome_end(model, ui, place, &bottom);
}

/* Names and addresses are sent in Latin letters, whatever the language. */
static void add_letters_tip(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    if (model->field == QUESTIONNAIRE_NONE || model->language->latin ||
        typing_keyboard(journey_form(model), model->field) == KEYBOARD_PAD)
        return;
    /* TRANSLATORS: beside the keyboard for names, email and postcode. Leave A B C as it is. */
    const char *text = say(model, N_("Use Latin letters: A B C"));
    blocks_add_text(ui, blocks, BLOCK_TIP, "language", text, 0)->optional = true;
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks; /* too large for the stack; filled anew each time */
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct progress p = answers_progress(journey_form(model), &model->secret->answers, model->page);
    struct error_summary problem = problem_of(model);
    struct button moved = {.label = NULL};

    blocks.count = 0;
    const char *hint = question_blocks(model, ui, &blocks);
    add_letters_tip(model, ui, &blocks);
    struct zone zone = {.progress = progress_text(model, ui, p),
                        .note = can_skip(model) ? say(model, N_("You can skip this")) : NULL,
                        .sun = p.section,
                        .sun_of = p.sections,
                        .heading = say(model, journey_page(model)->text),
                        .hint = hint,
                        .problem = model->problems.count > 0 ? &problem : NULL};
    if (model->field != QUESTIONNAIRE_NONE)
        page_typing_view(model, ui, area, &zone, &blocks, &moved);
    else
        chrome_rows(model, ui, area, &zone, &blocks);
    end(model, ui, place, moved.label != NULL ? &moved : NULL);
}

static bool was_read_aloud(const struct model *model)
{
    const struct heard *heard = &model->heard;

    return heard->of == model->sheets && heard->language == model->language &&
           heard->text_percent == model->comfort.text_percent &&
           heard->sheets == (1U << heard->of) - 1;
}

/* Where only one field at a time has room, each is a sheet. True where there was one to go to. */
static bool turn_field(struct model *model, int step)
{
    bool typed = model->field != QUESTIONNAIRE_NONE;
    int sheet = model->sheet + step;

    return typed && sheet >= 0 && sheet < model->sheets && typing_to_neighbour(model, step);
}

/* What was on the screen when the agreements were accepted is part of their evidence. */
static void go_on(struct model *model, struct effects *effects)
{
    int page = model->page;
    bool agreements = journey_page(model)->page_kind == PAGE_CONSENT;
    bool read_aloud = was_read_aloud(model);

    journey_forward(model, effects);
    if (agreements && (model->screen != SCREEN_PAGE || model->page != page)) {
        model->agreed_in = model->language;
        model->read_aloud = read_aloud;
    }
}

static void touch_option(struct model *model, int which)
{
    const struct questionnaire *q = journey_form(model);
    struct answers *a = &model->secret->answers;
    int item = which / LIMIT_OPTIONS;

    if (q->items[item].type == ITEM_BOOLEAN)
        answers_set_boolean(q, a, item, !answers_boolean(a, item));
    else
        answers_toggle(q, a, item, which % LIMIT_OPTIONS);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_CONTINUE:
        if (!turn_field(model, 1))
            go_on(model, effects);
        break;
    case ID_BACK:
        if (!turn_field(model, -1))
            journey_back(model, effects);
        break;
    case ID_OPTION:
        touch_option(model, id.which);
        break;
    case ID_FIELD:
        typing_to_part(model, id.which / 4, id.which % 4);
        break;
    case ID_KEY:
        if (typing_key(model, id.which) == TYPED_DONE)
            journey_forward(model, effects);
        break;
    case ID_DONT_KNOW:
        answers_skip(&model->secret->answers, id.which);
        journey_forward(model, effects);
        break;
    case ID_PROBLEM:
        model->sheet = 0;
        if (model->problems.count > 0)
            typing_to_problem(model, model->problems.at[0]);
        break;
    case ID_PRIVACY:
        model->under = model->screen;
        model->screen = SCREEN_PRIVACY;
        model->sheet = 0;
        break;
    case ID_SKIP:
        journey_skip_optional(model, effects);
        break;
    case ID_FINISH:
        effects->end_session = true;
        break;
    default:
        break;
    }
}

const struct screen screen_page = {.view = view, .activate = activate, .idle = IDLE_ASKS};
