/* Check your answers: one row a question, each with its own way back; Hide for people nearby. */
#include <stddef.h>

#include "base/wipe.h"
#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/words.h"
#include "ui/blocks.h"

struct language_shown {
    const struct catalogue *catalogue;
};

static const char *translate(void *context, const char *msgid)
{
    const struct language_shown *shown = context;

    return catalogue_get(shown->catalogue, msgid);
}

static const char *answer_text(const struct model *model, struct ui *ui, int page)
{
    struct language_shown shown = {model->language->catalogue};
    char memory[LIMIT_ANSWER * 2];
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    answers_display_page(journey_form(model), &model->secret->answers, page, translate, &shown,
                         &out);
    const char *text =
        arena_copy(ui->arena, out.len > 0 ? buf_str(&out) : str_of(say(model, N_("Not given"))));
    wipe(memory, sizeof memory);
    if (text == NULL)
        ui->scene->overflow = true;
    return text == NULL ? "" : text;
}

static void add_row(const struct model *model, struct ui *ui, struct blocks *blocks, int page)
{
    const char *label = say(model, journey_form(model)->items[page].short_label);

    blocks_add(ui, blocks, BLOCK_SUMMARY, 0)->summary =
        (struct summary_row){.id = {ID_ROW, page},
                             .change = {ID_CHANGE, page},
                             .key = label,
                             .value = answer_text(model, ui, page),
                             .change_label = say(model, NC_("an answer", "Change")),
                             /* TRANSLATORS: spoken, not shown; {what} is "Name" or "Email". */
                             .change_name = say_with(model, ui, N_("Change {what}"),
                                                     (const char *const[]){"what", label, NULL}),
                             .hidden = model->hidden};
}

/* "Answers 1 to 5 of 9" where the list is split. */
static const char *part_text(const struct model *model, struct ui *ui, struct block_range shown,
                             int rows)
{
    int last = shown.end < rows ? shown.end : rows;

    /* TRANSLATORS: the list is on several screens; this one has answers {first} to {last}. */
    return say_with(model, ui, N_("Answers {first} to {last} of {count}"),
                    (const char *const[]){"first", number_text(ui, shown.first + 1), "last",
                                          number_text(ui, last), "count", number_text(ui, rows),
                                          NULL});
}

/*
 * The list below its heading. The words above it say which part is shown, so it is laid out once
 * to find that out, taken back, and laid out again.
 */
static void list_view(const struct model *model, struct ui *ui, struct rect area,
                      const struct zone *zone, struct blocks *blocks, int rows)
{
    struct zone shown = *zone;
    int elements = ui->scene->element_count;
    int paints = ui->scene->paint_count;
    int pads = ui_px(ui, 28 + 16);
    int need = blocks_height(ui, blocks, ui_zone_field_width(ui));
    for (int pass = 0; pass < 2; pass++) {
        ui->scene->element_count = elements;
        ui->scene->paint_count = paints;
        struct zone fitted = shown;
        ui_zone_fit(ui, &fitted, ui->portrait ? area.h * 4 / 10 : area.h);
        struct panels panels = ui_zone(ui, area, &fitted, ui->portrait ? need + pads : 0, 0);
        struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
        rect_cut_top(&body, ui_px(ui, 28));
        rect_cut_bottom(&body, ui_px(ui, 16));
        struct block_range range = blocks_view(ui, body, blocks, model->sheet);
        if (ui->scene->page_count == 1)
            return;
        need = range.tallest_px;
        shown.progress = part_text(model, ui, range, rows);
        shown.dots = ui->scene->page_count;
        shown.dot_on = ui->scene->page;
    }
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    int pages[LIMIT_ITEMS];
    int count = answers_summary_pages(journey_form(model), &model->secret->answers, pages);
    bool optional = answers_first_page(journey_form(model), &model->secret->answers,
                                       SECTION_EQUALITY) != QUESTIONNAIRE_NONE;
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct button hide = {.id = {ID_HIDE, 0},
                          .label = model->hidden ? say(model, NC_("answers", "Show"))
                                                 : say(model, NC_("answers", "Hide")),
                          .icon = model->hidden ? "eye" : "eyeoff",
                          .look = BUTTON_LINED};
    struct zone zone = {.progress = say(model, N_("Nearly done")),
                        .sun = 9,
                        .sun_of = 9,
                        .heading = say(model, N_("Check your answers")),
                        /* Out of reach up there; Help hides answers too. */
                        .corner = ui->settings.low_reach ? NULL : &hide};

    blocks.count = 0;
    for (int i = 0; i < count; i++)
        add_row(model, ui, &blocks, pages[i]);
    if (count > 0)
        blocks.at[blocks.count - 1].gap = 24;
    if (optional)
        blocks_add_text(ui, &blocks, BLOCK_TIP, "info",
                        say(model, N_("After this come a few questions that you can skip.")), 0)
            ->optional = true;
    list_view(model, ui, area, &zone, &blocks, count);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back = "",
                                       .forward = more ? say(model, N_("More answers"))
                                                       : say(model, N_("Sign me up")),
                                       .forward_icon = more ? "down" : "tick"});
}

static void back(struct model *model, struct effects *effects)
{
    if (model->sheet > 0) {
        model->sheet--;
        return;
    }
    /* To the last page before the list. */
    const struct questionnaire *q = journey_form(model);
    const struct answers *a = &model->secret->answers;
    int page = answers_first_page(q, a, SECTION_ABOUT_YOU);
    for (int next = page; next != QUESTIONNAIRE_NONE; next = answers_next_page(q, a, next))
        page = next;
    journey_show_page(model, page);
    (void)effects;
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets)
            model->sheet++;
        else
            journey_after_check(model, effects);
        break;
    case ID_BACK:
        back(model, effects);
        break;
    case ID_CHANGE:
        journey_change(model, id.which);
        break;
    case ID_HIDE:
        model->hidden = !model->hidden;
        break;
    default:
        break;
    }
}

const struct screen screen_check = {.view = view, .activate = activate, .idle = IDLE_ASKS};
