/*
 * "I've been called in": the place is kept under a code, and the answers are wiped already. The
 * screen shows the code and clears itself; who did not go after all carries on.
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

/* "6 pm", "6:05 pm". A language that counts hours to 24 takes {hour24}. */
static const char *time_text(const struct model *model, struct ui *ui)
{
    static const char *const texts[2][2] = {{N_("{hour} am"), N_("{hour} pm")},
                                            {N_("{hour}:{minute} am"), N_("{hour}:{minute} pm")}};
    int hour = model->until_minute / 60;
    int minute = model->until_minute % 60;
    const char *two = arena_format(ui->arena, "%02d", minute);

    if (two == NULL)
        ui->scene->overflow = true;
    return say_with(model, ui, texts[minute > 0][hour >= 12],
                    (const char *const[]){"hour", number_text(ui, (hour + 11) % 12 + 1), "hour24",
                                          number_text(ui, hour), "minute", two == NULL ? "" : two,
                                          NULL});
}

static const char *until_text(const struct model *model, struct ui *ui)
{
    if (model->until_minute < 0)
        return say(model, N_("It works for **2 hours**. Then your answers are deleted."));
    return say_with(model, ui,
                    model->until_tomorrow
                        ? N_("It works until **{time}**. Then your answers are deleted.")
                        : N_("It works until **{time} today**. Then your answers are deleted."),
                    (const char *const[]){"time", time_text(model, ui), NULL});
}

/* In two groups, as it is read out: "418 302". */
static const char *code_text_of(const struct model *model, struct ui *ui)
{
    const char *code = model->secret->code;
    const char *text = arena_format(ui->arena, "%.3s %s", code, code + MODEL_CODE / 2);

    if (text == NULL)
        ui->scene->overflow = true;
    return text == NULL ? "" : text;
}

/* The card with the code: as large as can be, for a camera across the table. */
struct card {
    const char *label;
    const char *code;
    struct text_block words;
    struct text_block digits;
    bool stacked;
    int height_px;
};

static struct card card_of(const struct model *model, struct ui *ui, int width_px)
{
    struct card card = {.label = say(model, N_("Your code")), .code = code_text_of(model, ui)};
    int inner = width_px - 2 * ui_px(ui, 48);
    int size = ui_px(ui, ui->text_percent < 100 ? 1.28 * ui->text_percent : 128);

    card.digits = ui_lay_latin(ui, card.code, size, size, true, inner);
    while (card.digits.line_count > 1 && size > ui_px(ui, 64)) {
        size = size * 7 / 8;
        card.digits = ui_lay_latin(ui, card.code, size, size, true, inner);
    }
    card.words = ui_lay(ui, card.label, LOOK_BODY, inner);
    card.stacked = card.words.width_px + ui_px(ui, 40) + card.digits.width_px > inner;
    card.height_px = card.digits.height_px + ui_px(ui, 2 * 38) +
                     (card.stacked ? card.words.height_px + ui_px(ui, 8) : 0);
    return card;
}

static void card_view(struct ui *ui, struct rect rect, const struct card *card)
{
    struct element *element =
        ui_element(ui, (struct element_id){ID_CODE, 0}, ROLE_CODE, card->label, rect);
    struct rect inner = rect_inset(rect, ui_px(ui, 48), ui_px(ui, 38));

    element->value = card->code;
    element->personal = true;
    ui_frame(ui, rect, ui->theme->white, ui_px(ui, 24), ui->theme->blue, ui_px(ui, 4));
    if (card->stacked) {
        ui_text_at(ui, &card->words, rect_cut_top(&inner, card->words.height_px), ALIGN_START,
                   ui->theme->text_soft, false);
        rect_cut_top(&inner, ui_px(ui, 8));
    } else {
        ui_text_at(ui, &card->words,
                   rect_centre(rect_cut_start(&inner, card->words.width_px), card->words.width_px,
                               card->words.height_px),
                   ALIGN_START, ui->theme->text_soft, false);
    }
    ui_hold(ui);
    ui_text_at(ui, &card->digits, inner,
               ui->settings.rtl == card->stacked ? ALIGN_END : ALIGN_START, ui->theme->dark, true);
    ui_release(ui, inner);
}

static void add_steps(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const char *const steps[] = {
        say(model, N_("Take a photo of this code or write it down.")),
        say(model, N_("After your appointment, come back here and touch **I have a code**.")),
        until_text(model, ui),
    };

    for (int i = 0; i < 3; i++)
        blocks_add_text(ui, blocks, BLOCK_ROW, NULL, steps[i], 24)->number = i + 1;
}

static const char *countdown_text(const struct model *model, struct ui *ui)
{
    return say_number(model, ui,
                      NP_("This screen will clear in **{n} second**",
                          "This screen will clear in **{n} seconds**"),
                      model->seconds_left);
}

static const char *heading_text(const struct model *model)
{
    return say(model, N_("Off you go.\nWe’ve saved your place."));
}

static void heading_view(const struct model *model, struct ui *ui, struct rect *area)
{
    ui_heading(ui, area, heading_text(model), LOOK_H1, 28);
}

static int foot_height(const struct model *model, struct ui *ui, int width_px)
{
    return ui_text_height(ui, countdown_text(model, ui), LOOK_SECOND, width_px) +
           ui_px(ui, 12 + 16 + 28);
}

static bool shows_picture(const struct ui *ui)
{
    return ui->theme->pictures && ui->settings.text_percent == 100;
}

/* Where the heading stands: over all of the page, over the words beside the card, or as the first
   of these words, where large text leaves it no room of its own. */
enum heading_place { HEADING_ABOVE, HEADING_BESIDE, HEADING_IN_WORDS };

static enum heading_place heading_place(const struct ui *ui)
{
    return ui->portrait || !shows_picture(ui) ? HEADING_ABOVE : HEADING_BESIDE;
}

/* Heading, what to do with the code, and the clock at the bottom. `card` NULL: it stands beside. */
static void words_view(const struct model *model, struct ui *ui, struct rect area,
                       const struct card *card, enum heading_place heading)
{
    static struct blocks blocks;
    const char *clock = countdown_text(model, ui);
    struct rect foot = rect_cut_bottom(&area, foot_height(model, ui, area.w));

    if (heading == HEADING_BESIDE)
        heading_view(model, ui, &area);
    if (card != NULL) {
        card_view(ui, rect_cut_top(&area, card->height_px), card);
        rect_cut_top(&area, ui_px(ui, 40));
    }
    blocks.count = 0;
    if (heading == HEADING_IN_WORDS)
        blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, heading_text(model), 24)->look =
            LOOK_H1_SMALL;
    add_steps(model, ui, &blocks);
    blocks_view(ui, area, &blocks, model->sheet);
    ui_countdown(ui, &foot, (struct element_id){ID_TIMER, 0}, clock,
                 model->seconds_of > 0 ? model->seconds_left * 1000 / model->seconds_of : 0);
}

/* The picture is drawn 968 by 372: off the top of *area, as high as its width asks for. */
static void picture_view(struct ui *ui, struct rect *area, int most_px)
{
    int high = area->w * 400 / 968;

    high = high < most_px ? high : most_px;
    if (!shows_picture(ui) || high < area->w / 4)
        return; /* a strip of a picture pleases nobody */
    ui_picture(ui, rect_cut_top(area, high), "called-in", ui_px(ui, 28));
    rect_cut_top(area, ui_px(ui, 40));
}

/* What the code's card takes beside the words. */
static int left_width(const struct ui *ui, int width_px)
{
    return width_px * (shows_picture(ui) ? 50 : 34) / 100 - ui_px(ui, 28);
}

/* Picture and code at the left, words at the right; large words have their heading above both. */
static void landscape_view(const struct model *model, struct ui *ui, struct rect area,
                           enum heading_place heading)
{
    if (heading == HEADING_ABOVE)
        heading_view(model, ui, &area);
    struct rect left = rect_cut_start(&area, left_width(ui, area.w));
    const struct card card = card_of(model, ui, left.w);

    picture_view(ui, &left, left.h - card.height_px - ui_px(ui, 40 + 28));
    card_view(ui, rect_cut_top(&left, card.height_px), &card);
    rect_cut_start(&area, ui_px(ui, 56));
    words_view(model, ui, area, NULL, heading);
}

/* What the page needs at least: heading, code, the tallest of the steps and the clock. */
static int least_height(const struct model *model, struct ui *ui, int width_px)
{
    static struct blocks blocks;
    size_t used = ui->arena->used; /* what is only measured is given back */
    bool beside = !ui->portrait;
    bool above = heading_place(ui) == HEADING_ABOVE;
    int left = beside ? left_width(ui, width_px) : width_px;
    int right = beside ? width_px - left - ui_px(ui, 56) : width_px;
    int heading =
        ui_text_height(ui, heading_text(model), LOOK_H1, above ? width_px : right) + ui_px(ui, 28);
    int card = card_of(model, ui, left).height_px;
    int step = 0;
    blocks.count = 0;
    add_steps(model, ui, &blocks);
    for (int i = 0; i < blocks.count; i++) {
        int h = ui_list_row_height(ui, right, blocks.at[i].text);
        step = h > step ? h : step;
    }
    step += foot_height(model, ui, right);
    ui->arena->used = used;
    if (!beside)
        return heading + card + ui_px(ui, 40) + step;
    if (!above)
        step += heading;
    return (above ? heading : 0) + (card > step ? card : step);
}

static void portrait_view(const struct model *model, struct ui *ui, struct rect area)
{
    const struct card card = card_of(model, ui, area.w);

    int spare = area.h - least_height(model, ui, area.w) - ui_px(ui, 40);
    picture_view(ui, &area, spare < area.h / 3 ? spare : area.h / 3);
    heading_view(model, ui, &area);
    words_view(model, ui, area, &card, HEADING_ABOVE);
}

/* All of it is set smaller before any of it has no room. */
static void page_view(const struct model *model, struct ui *ui, struct rect area)
{
    int page = ui->text_percent;

    area = chrome_inset(ui, area);
    rect_cut_top(&area, ui_px(ui, 40) < area.h / 20 ? ui_px(ui, 40) : area.h / 20);
    while (ui->text_percent > UI_LEAST_PERCENT && least_height(model, ui, area.w) > area.h)
        ui->text_percent -= UI_PERCENT_STEP;
    if (ui->portrait)
        portrait_view(model, ui, area);
    else
        landscape_view(model, ui, area,
                       least_height(model, ui, area.w) > area.h ? HEADING_IN_WORDS
                                                                : heading_place(ui));
    ui->text_percent = page;
}

static void view(const struct model *model, struct ui *ui)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);
    const struct button finish = {.id = {ID_FINISH, 0},
                                  .label = say(model, N_("Clear the screen")),
                                  .icon = "tick",
                                  .look = BUTTON_QUIET};
    int elements = ui->scene->element_count;
    int paints = ui->scene->paint_count;

    page_view(model, ui, area);
    bool split = ui->scene->page_count > 1;
    if (split) {
        /* Once more, with a row for what clears the screen on every sheet. */
        ui->scene->element_count = elements;
        ui->scene->paint_count = paints;
        place = chrome_add_quiet(ui, &area, place);
        page_view(model, ui, area);
    }
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){
                   .back_as = {.id = {ID_BACK, 0},
                               .label = say(model, N_("Carry on here")),
                               .icon = "back",
                               .look = BUTTON_SECONDARY},
                   .forward = more ? say(model, NC_("of this page", "More")) : finish.label,
                   .forward_icon = more ? "down" : "tick",
                   .forward_id = more ? (struct element_id){ID_CONTINUE, 0} : finish.id,
                   .quiet = more ? &finish : NULL,
                   .finished = true,
                   .one_row = !split,
                   .even = true});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_BACK:
        effects->open_place = true;
        break;
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets)
            model->sheet++;
        break;
    case ID_FINISH:
        effects->end_session = true;
        break;
    default:
        break;
    }
}

const struct screen screen_called_in = {.view = view, .activate = activate, .idle = IDLE_CLEARS};
