/*
 * Done: the reference, what happens next, and a clock that clears the screen. It shows nothing of
 * the person: the answers are wiped before it appears. Two more of its kind: saved but not
 * connected, and "we could not confirm".
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

static const char *countdown_text(const struct model *model, struct ui *ui)
{
    /* TRANSLATORS: {n} counts down; ** around it sets it in bold, keep both. */
    return say_number(model, ui,
                      NP_("This screen will clear in **{n} second**",
                          "This screen will clear in **{n} seconds**"),
                      model->seconds_left);
}

static void add_reference(const struct model *model, struct ui *ui, struct blocks *blocks,
                          const char *text)
{
    const char *address =
        arena_format(ui->arena, "%s%s", model->pack->address, model->receipt.reference);

    blocks_add(ui, blocks, BLOCK_CODE, 32)->code =
        (struct code_card){.id = {ID_REFERENCE, 0},
                           .title = say(model, N_("Your reference")),
                           .reference = model->receipt.reference,
                           .text = text,
                           .qr_text = address};
}

static void add_next_steps(const struct model *model, struct ui *ui, struct blocks *blocks,
                           const char *id)
{
    const struct pack_page *page = pack_page(model->pack, id);

    if (page == NULL)
        return;
    if (!model->receipt.saved_offline) {
        struct block *heading =
            blocks_add_text(ui, blocks, BLOCK_HEADING, NULL, say(model, page->title), 20);
        heading->look = LOOK_H2;
        heading->keep = true;
    }
    for (int i = 0; i < page->line_count; i++)
        blocks_add_text(ui, blocks, BLOCK_ROW, NULL, say(model, page->lines[i].text), 22)->number =
            i + 1;
}

/* `quiet`: with the row for what a page of more sheets needs. */
static void bars(const struct model *model, struct ui *ui, struct rect place, bool quiet)
{
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    struct button finish = {.id = {ID_FINISH, 0},
                            .label = say(model, N_("Finish and clear")),
                            .icon = "tick",
                            .look = BUTTON_QUIET};

    chrome_end(model, ui, place,
               &(struct chrome_bottom){
                   .back_as = {.id = {ID_MORE_TIME, 0},
                               .label = say(model, N_("I need more time")),
                               .icon = "clock",
                               .look = BUTTON_SECONDARY},
                   .forward = more ? say(model, NC_("of this page", "More")) : finish.label,
                   .forward_icon = more ? "down" : "tick",
                   .forward_id = more ? (struct element_id){ID_CONTINUE, 0} : finish.id,
                   .quiet = more ? &finish : NULL,
                   .finished = true,
                   .one_row = !quiet,
                   .even = true});
}

/* The reference out of the list: it stands under the picture. */
static struct code_card take_reference(struct blocks *blocks)
{
    struct code_card card = {0};
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        if (blocks->at[i].kind == BLOCK_CODE)
            card = blocks->at[i].code;
        else
            blocks->at[kept++] = blocks->at[i];
    }
    blocks->count = kept;
    return card;
}

/* The clock's words are large, but leave what is said most of the room. */
static int foot_percent(const struct ui *ui)
{
    return ui->text_percent < 150 || ui->h > 1000 ? ui->text_percent : 100;
}

static int foot_height(const struct model *model, struct ui *ui, int width_px)
{
    int page = ui->text_percent;

    ui->text_percent = foot_percent(ui);
    int words = ui_text_height(ui, countdown_text(model, ui), LOOK_SECOND, width_px);
    ui->text_percent = page;
    return words + ui_px(ui, 12 + 16 + 28);
}

/* A card that is higher than a sheet gives up its words, which stand below it. */
static void part_card(struct ui *ui, struct blocks *blocks, struct rect area)
{
    int page = ui->text_percent;
    int at = 0;

    while (at < blocks->count && blocks->at[at].kind != BLOCK_CODE)
        at++;
    ui->text_percent = page < UI_LEAST_PERCENT ? page : UI_LEAST_PERCENT;
    bool high =
        at < blocks->count && ui_code_card_height(ui, area.w, &blocks->at[at].code) > area.h;
    ui->text_percent = page;
    if (!high)
        return;
    blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, blocks->at[at].code.text, 28);
    blocks->at[at].code.text = "";
    blocks_move_to(blocks, at + 1);
}

/* What is said, from top to bottom, and the clock at the bottom. */
static void words_view(const struct model *model, struct ui *ui, struct rect inner, int foot_h,
                       struct blocks *blocks)
{
    struct rect foot = rect_cut_bottom(&inner, foot_h);
    int page = ui->text_percent;

    part_card(ui, blocks, inner);

    blocks_view(ui, inner, blocks, model->sheet);
    ui->text_percent = foot_percent(ui);
    ui_countdown(ui, &foot, (struct element_id){ID_TIMER, 0}, countdown_text(model, ui),
                 model->seconds_of > 0 ? model->seconds_left * 1000 / model->seconds_of : 0);
    ui->text_percent = page;
}

#define PAD 40

static bool fits(const struct model *model, struct ui *ui, struct rect area,
                 const struct blocks *blocks)
{
    int width = ui_zone_field_width(ui);

    return blocks_height(ui, blocks, width) + ui_px(ui, PAD) + foot_height(model, ui, width) <=
           area.h;
}

/* Picture above the words, as far as they leave room for it. */
static void portrait_view(const struct model *model, struct ui *ui, struct rect area,
                          const char *picture, struct blocks *blocks)
{
    int pad = ui_px(ui, PAD);
    int width = ui_zone_field_width(ui);
    int foot_h = foot_height(model, ui, width);
    int high = ui_px(ui, 470);
    int room = area.h - blocks_height(ui, blocks, width) - pad - foot_h - ui_px(ui, 24);

    if (ui->theme->pictures && ui->settings.text_percent == 100 && room >= ui_px(ui, 300))
        ui_picture(ui, rect_cut_top(&area, room < high ? room : high), picture, 0);
    area = chrome_inset(ui, area);
    rect_cut_top(&area, pad);
    words_view(model, ui, area, foot_h, blocks);
}

/* Picture and reference at the left, words at the right: all on one sheet. */
static void landscape_view(const struct model *model, struct ui *ui, struct rect area,
                           const char *picture, struct blocks *blocks)
{
    bool shown = ui->theme->pictures && ui->settings.text_percent == 100;
    struct rect inner = chrome_inset(ui, area);
    struct rect left = {0};

    rect_cut_top(&inner, ui_px(ui, 40));
    if (shown) {
        left = rect_cut_start(&inner, ui_px(ui, 880.0 * ui->w / 1920.0));
        rect_cut_start(&inner, ui_px(ui, 56));
        rect_cut_bottom(&left, ui_px(ui, 28));
    }
    struct code_card card = shown ? take_reference(blocks) : (struct code_card){0};
    words_view(model, ui, inner, foot_height(model, ui, inner.w), blocks);
    if (shown) {
        /* A practice run has no reference. */
        bool has_card = card.title != NULL;
        int card_h = has_card ? ui_code_card_height(ui, left.w, &card) + ui_px(ui, 28) : 0;
        int high = left.h - card_h;
        if (high >= left.w / 4) {
            ui_picture(ui, rect_cut_top(&left, high), picture, ui_px(ui, 28));
            rect_cut_top(&left, ui_px(ui, 28));
        }
        if (has_card)
            ui_code_card(ui, &left, &card, 0);
    }
}

static void outcome_view(const struct model *model, struct ui *ui, const char *picture,
                         struct blocks *blocks)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);

    bool quiet = !ui->portrait || !fits(model, ui, area, blocks);
    if (ui->portrait && quiet)
        place = chrome_add_quiet(ui, &area, place);
    if (ui->portrait)
        portrait_view(model, ui, area, picture, blocks);
    else
        landscape_view(model, ui, area, picture, blocks);
    bars(model, ui, place, quiet);
}

/* A practice run ends here: nobody may take it for a sign-up. */
static void view_practised(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("That was the practice run.")),
                    28)
        ->look = LOOK_H1;
    blocks_add_text(ui, &blocks, BLOCK_NOTE, "info",
                    say(model, N_("Nothing was stored and nobody was signed up. A patient sees "
                                  "their reference here, and what happens next.")),
                    28);
    outcome_view(model, ui, "done", &blocks);
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    if (model->practice) {
        view_practised(model, ui);
        return;
    }
    bool offline = model->receipt.saved_offline;
    struct block *heading;

    blocks.count = 0;
    heading = blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL,
                              offline ? say(model, N_("Thank you. Your sign-up is saved safely."))
                                      : say(model, N_("Thank you. You’ve signed up.")),
                              28);
    heading->look = LOOK_H1;
    if (offline)
        blocks_add_text(ui, &blocks, BLOCK_NOTE, "nowifi",
                        say(model, N_("This kiosk is not connected right now. We will send your "
                                      "sign-up as soon as the connection is back. **You don’t "
                                      "need to do anything.**")),
                        28);
    add_reference(model, ui, &blocks,
                  offline ? say(model, N_("Keep this. Take a photo, or ask reception to write "
                                          "it down."))
                          : say(model, N_("Want to start now? Point your phone’s camera at the "
                                          "square.")));
    add_next_steps(model, ui, &blocks, offline ? "done-offline" : model->receipt.next_page);
    outcome_view(model, ui, offline ? "done-offline" : "done", &blocks);
}

static void view_not_confirmed(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct block *heading;

    blocks.count = 0;
    heading =
        blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL,
                        say(model, N_("We could not confirm that your sign-up was saved.")), 28);
    heading->look = LOOK_H1;
    blocks_add_text(ui, &blocks, BLOCK_NOTE, "alert",
                    say(model, N_("Show this code at the desk. You don’t need to type your "
                                  "answers again.")),
                    28);
    blocks_add(ui, &blocks, BLOCK_CODE, 32)->code =
        (struct code_card){.id = {ID_REFERENCE, 0},
                           .title = say(model, N_("Your reference")),
                           .reference = model->receipt.reference,
                           .text = say(model, N_("Keep this. Take a photo, or ask reception to "
                                                 "write it down."))};
    outcome_view(model, ui, "done-offline", &blocks);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_FINISH:
        effects->end_session = true;
        break;
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets)
            model->sheet++;
        break;
    case ID_MORE_TIME:
        /* As often as it is wanted: WCAG 2.2, 2.2.1. */
        model->seconds_left += 60;
        model->seconds_of = model->seconds_left;
        break;
    default:
        break;
    }
}

const struct screen screen_done = {.view = view, .activate = activate, .idle = IDLE_CLEARS};
const struct screen screen_not_confirmed = {
    .view = view_not_confirmed, .activate = activate, .idle = IDLE_CLEARS};
