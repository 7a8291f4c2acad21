/*
 * A page of the form, whatever it asks: what question.c says it says, with a keyboard where it is
 * typed on, and with room made where there is little.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/question.h"
#include "screens/typing.h"
#include "screens/words.h"

/* Where the patient typed last, when not all fields have room at once (large text). */
static void keep_active_field(const struct model *model, struct blocks *blocks)
{
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->at[i];
        bool field = block->kind == BLOCK_FIELD;
        if (!field || block->fields[0].id.which / 4 == model->field)
            blocks->at[kept++] = *block;
    }
    blocks->count = kept;
}

/* --- the page around them -----------------------------------------------------------------------
 */

static const char *progress_text(const struct model *model, struct ui *ui, struct progress p)
{
    const struct questionnaire *q = journey_form(model);
    bool optional = q->items[journey_page(model)->parent].section_kind == SECTION_EQUALITY;
    const char *text = optional      ? N_("Optional question {n} of {count}")
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
    struct chrome_bottom bottom = {.back = "", .start_again = !model->confirmed};

    if (more) {
        bottom.forward = say(model, N_("More"));
        bottom.forward_icon = "down";
    } else if (page->page_kind == PAGE_WAY_OUT) {
        bottom.forward = say(model, N_("Finish and clear"));
        bottom.forward_icon = "tick";
        bottom.forward_id = (struct element_id){ID_FINISH, 0};
    } else {
        bottom.forward = last ? say(model, N_("Finish")) : say(model, N_("Continue"));
        bottom.forward_icon = last ? "tick" : "next";
    }
    if (optional && !last && !model->changing)
        bottom.quiet = &skip;
    else
        bottom.quiet = moved;
    chrome_end(model, ui, place, &bottom);
}

/* Room above what stands below the heading. */
#define PAD 40

/* Fields and what belongs to them stand closer together. */
static void close_up(struct blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++) {
        blocks->at[i].gap = 16;
        if (blocks->at[i].kind == BLOCK_BUTTON)
            blocks->at[i].button.look = BUTTON_CHANGE;
    }
}

/* The way on without an answer has its place in the bottom bar, where the page has none. */
static void move_button(struct blocks *blocks, struct button *out_moved)
{
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        if (blocks->at[i].kind != BLOCK_BUTTON)
            blocks->at[kept++] = blocks->at[i];
        else
            *out_moved = blocks->at[i].button;
    }
    out_moved->look = BUTTON_QUIET;
    blocks->count = kept;
}

static int typing_height(struct ui *ui, const struct blocks *blocks, int pad)
{
    return blocks_height(ui, blocks, ui_zone_field_width(ui)) +
           ui_px(ui, ui->portrait ? 2 * pad : pad);
}

/* What is left stays as large as it can. */
static void set_smaller(struct ui *ui, const struct blocks *blocks, const struct zone *zone,
                        int room_px, int pad)
{
    while (ui->text_percent > 100 &&
           ui_zone_least(ui, zone) + typing_height(ui, blocks, pad) > room_px)
        ui->text_percent -= 10;
}

/*
 * A page to type on is never split, since the keyboard stays: what matters least goes first. All
 * fields stay as long as there is room: one that is wrong is easier to mend beside one that is
 * right, and says itself what is wrong with it. Last, the page's text is set smaller, which
 * ui->text_percent keeps. Returns the height wanted below the heading.
 */
static int make_room(const struct model *model, struct ui *ui, struct blocks *blocks,
                     struct zone *zone, int room_px, struct button *out_moved)
{
    int pad = 32;

    for (int step = 0; step < 9; step++) {
        if (step == 8)
            set_smaller(ui, blocks, zone, room_px, pad);
        if (ui_zone_least(ui, zone) + typing_height(ui, blocks, pad) <= room_px)
            break;
        switch (step) {
        case 0:
            zone->hint = NULL;
            break;
        case 1:
            close_up(blocks);
            break;
        case 2:
            zone->problem = NULL;
            break;
        case 3:
            zone->small_heading = true;
            break;
        case 4:
            blocks_leave_out_optional(blocks);
            break;
        case 5:
            keep_active_field(model, blocks);
            break;
        case 6:
            zone->progress = NULL;
            zone->note = NULL;
            break;
        case 7:
            pad = 8;
            break;
        case 8:
            move_button(blocks, out_moved);
            break;
        }
    }
    return typing_height(ui, blocks, pad);
}

static void view_typing(const struct model *model, struct ui *ui, struct rect area,
                        struct zone *zone, struct blocks *blocks, struct button *out_moved)
{
    enum keyboard keyboard = typing_keyboard(journey_form(model), model->field);
    int keys_h = ui->portrait ? keyboard_height_px(ui, keyboard) : 0;
    int need = make_room(model, ui, blocks, zone, area.h - keys_h, out_moved);
    struct panels panels = ui_zone(ui, area, zone, need, keys_h);
    struct keyboard_words words = typing_words(model);
    struct rect body = panels.fields;
    int spare = body.h - blocks_height(ui, blocks, body.w);
    int pad = ui_px(ui, ui->portrait ? PAD : 16);

    rect_cut_top(&body, spare < 2 * pad ? spare / 2 : pad);
    blocks_view(ui, body, blocks, 0);
    ui->scene->page_count = 1;
    keyboard_view(ui, panels.touch,
                  &(struct keyboard_state){.keyboard = keyboard,
                                           .what = ID_KEY,
                                           .shift = model->shift,
                                           .accents = model->accents,
                                           .last = typing_is_last(model)},
                  &words);
}

/* A page that is split gives its rows more than half of the room. */
static int least_rows(int need_px, int room_px)
{
    int most = room_px * 6 / 10;

    return need_px < most ? need_px : most;
}

static void view_rows(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                      struct blocks *blocks)
{
    int pad = ui_px(ui, PAD);
    int height = blocks_height(ui, blocks, ui_zone_field_width(ui));
    /* A full page has less room above and below, so that the sun has its place. */
    int need = ui->portrait ? height + ui_px(ui, 2 * 20) : 0;

    ui_zone_fit(ui, zone, ui->portrait ? area.h - least_rows(need, area.h) : area.h);
    struct panels panels = ui_zone(ui, area, zone, need, 0);
    struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
    int spare = body.h - height;

    if (ui->portrait && spare < 2 * pad)
        pad = spare > 0 ? spare / 2 : ui_px(ui, 20);
    rect_cut_top(&body, pad);
    blocks_view(ui, body, blocks, model->sheet);
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
    struct zone zone = {.progress = progress_text(model, ui, p),
                        .note = can_skip(model) ? say(model, N_("You can skip this")) : NULL,
                        .sun = p.section,
                        .sun_of = p.sections,
                        .heading = say(model, journey_page(model)->text),
                        .hint = hint,
                        .problem = model->problems.count > 0 ? &problem : NULL};
    if (model->field != QUESTIONNAIRE_NONE)
        view_typing(model, ui, area, &zone, &blocks, &moved);
    else
        view_rows(model, ui, area, &zone, &blocks);
    end(model, ui, place, moved.label != NULL ? &moved : NULL);
}

static bool was_read_aloud(const struct model *model)
{
    const struct heard *heard = &model->heard;

    return heard->of == model->sheets && heard->language == model->language &&
           heard->text_percent == model->comfort.text_percent &&
           heard->sheets == (1U << heard->of) - 1;
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
        go_on(model, effects);
        break;
    case ID_BACK:
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
