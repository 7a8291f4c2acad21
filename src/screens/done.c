/*
 * Done: the reference, what happens next, and a clock that clears the screen. It shows nothing of
 * the person: the answers are wiped before it appears. Two more of its kind: saved but not
 * connected, and "we could not confirm".
 */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

/* Where a phone goes on with the sign-up; the programme's own address comes with its pack. */
#define CONTINUE_AT "https://start.help-diabetes.example/"

static const char *countdown_text(const struct model *model, struct ui *ui)
{
    return say_number(model, ui,
                      NP_("This screen will clear in **{n} second**",
                          "This screen will clear in **{n} seconds**"),
                      model->seconds_left);
}

static void add_reference(const struct model *model, struct ui *ui, struct blocks *blocks,
                          const char *text)
{
    const char *address = arena_format(ui->arena, CONTINUE_AT "%s", model->receipt.reference);

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

static void bars(const struct model *model, struct ui *ui, struct rect place)
{
    bool more = ui->scene->page + 1 < ui->scene->page_count;

    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back_as = {.id = {ID_MORE_TIME, 0},
                                                   .label = say(model, N_("I need more time")),
                                                   .icon = "clock",
                                                   .look = BUTTON_SECONDARY},
                                       .forward = more ? say(model, N_("More"))
                                                       : say(model, N_("Finish and clear")),
                                       .forward_icon = more ? "down" : "tick",
                                       .forward_id = more ? (struct element_id){ID_CONTINUE, 0}
                                                          : (struct element_id){ID_FINISH, 0},
                                       .even = true});
}

/* Picture above in portrait and at the left in landscape; returns where the words go. */
static struct rect picture_view(struct ui *ui, struct rect area, const char *picture, int need_px)
{
    bool shown = ui->theme->pictures && ui->settings.text_percent == 100;

    if (ui->portrait) {
        int high = ui_px(ui, 470);
        int room = area.h - need_px;
        int h = room < high ? room : high;
        if (shown && h >= ui_px(ui, 300))
            ui_picture(ui, rect_cut_top(&area, h), picture, 0);
    } else if (shown) {
        ui_picture(ui, rect_cut_start(&area, ui_px(ui, 760.0 * ui->w / 1920.0)), picture, 0);
    }
    return chrome_inset(ui, area);
}

static void outcome_view(const struct model *model, struct ui *ui, const char *picture,
                         struct blocks *blocks)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);
    int pad = ui_px(ui, 40);
    int width = ui_zone_field_width(ui); /* the narrowest that the words may get */
    int count_h =
        ui_text_height(ui, countdown_text(model, ui), LOOK_SECOND, width) + ui_px(ui, 12 + 16 + 28);
    int need = ui->portrait ? blocks_height(ui, blocks, width) + pad + count_h + ui_px(ui, 24) : 0;
    struct rect inner = picture_view(ui, area, picture, need);

    rect_cut_top(&inner, pad);
    struct rect foot = rect_cut_bottom(&inner, count_h);
    blocks_view(ui, inner, blocks, model->sheet);
    ui_countdown(ui, &foot, (struct element_id){ID_TIMER, 0}, countdown_text(model, ui),
                 model->seconds_of > 0 ? model->seconds_left * 1000 / model->seconds_of : 0);
    bars(model, ui, place);
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
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
        if (model->more_time < 5) {
            model->more_time++;
            model->seconds_left += 60;
            model->seconds_of = model->seconds_left;
        }
        break;
    default:
        break;
    }
}

const struct screen screen_done = {view, activate, IDLE_CLEARS};
const struct screen screen_not_confirmed = {view_not_confirmed, activate, IDLE_CLEARS};
