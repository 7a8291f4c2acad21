/* What the screens of the staff panel share: see staff_panel.h. */
#include <inttypes.h>
#include <stddef.h>

#include "base/wipe.h"
#include "screens/chrome.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

static const char *const weekdays[7] = {N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
                                        N_("Thursday"), N_("Friday"),  N_("Saturday"),
                                        N_("Sunday")};

const char *time_text(struct ui *ui, const struct moment *moment)
{
    const char *text = arena_format(ui->arena, "%02d:%02d", moment->hour, moment->minute);

    if (text == NULL)
        ui->scene->overflow = true;
    return text == NULL ? "" : text;
}

const char *moment_text(const struct model *model, struct ui *ui, const struct moment *moment)
{
    return say_with(model, ui, N_("{weekday} {day} {month}, {time}"),
                    (const char *const[]){"weekday", say(model, weekdays[moment->weekday % 7]),
                                          "day", number_text(ui, moment->date.day), "month",
                                          say(model, date_month_name(moment->date.month)), "time",
                                          time_text(ui, moment), NULL});
}

const char *duration_text(const struct model *model, struct ui *ui, int64_t ms)
{
    int64_t minutes = ms > 0 ? ms / 60000 : 0;

    if (minutes < 1)
        return say(model, N_("less than a minute"));
    if (minutes < 120)
        return say_number(model, ui, NP_("{n} minute", "{n} minutes"), (int)minutes);
    if (minutes < 48 * 60)
        return say_number(model, ui, NP_("{n} hour", "{n} hours"), (int)(minutes / 60));
    return say_number(model, ui, NP_("{n} day", "{n} days"), (int)(minutes / 1440 % 100000));
}

void staff_show(struct model *model, enum screen_id screen)
{
    model->screen = screen;
    model->sheet = 0;
    wipe(model->secret->typed, sizeof model->secret->typed);
}

void staff_add_deed(struct ui *ui, struct blocks *blocks, struct deed deed)
{
    struct block *last = blocks->count > 0 ? &blocks->at[blocks->count - 1] : NULL;

    if (last != NULL && last->kind == BLOCK_DEEDS && last->deeds[1].label == NULL &&
        ui->settings.text_percent <= 125)
        last->deeds[1] = deed;
    else
        blocks_add(ui, blocks, BLOCK_DEEDS, 16)->deeds[0] = deed;
}

static void append(struct ui *ui, struct blocks *blocks, const struct blocks *more)
{
    for (int i = 0; i < more->count; i++) {
        struct block *block = blocks_add(ui, blocks, more->at[i].kind, more->at[i].gap);
        *block = more->at[i];
    }
}

static bool fits(struct ui *ui, struct rect column, struct blocks *blocks)
{
    if (blocks_height(ui, blocks, column.w) > column.h)
        blocks_leave_out_optional(blocks);
    return blocks_height(ui, blocks, column.w) <= column.h;
}

static void body_view(const struct model *model, struct ui *ui, struct rect body,
                      struct blocks *blocks, struct blocks *beside)
{
    struct rect end = body;
    struct rect start = rect_cut_start(&end, (body.w - ui_px(ui, 40)) / 2);

    rect_cut_start(&end, ui_px(ui, 40));
    if (beside != NULL && !ui->portrait && fits(ui, start, blocks) && fits(ui, end, beside)) {
        blocks_view(ui, start, blocks, 0);
        blocks_view(ui, end, beside, 0);
        return;
    }
    if (beside != NULL)
        append(ui, blocks, beside);
    blocks_view(ui, body, blocks, model->sheet);
}

void staff_page(const struct model *model, struct ui *ui, struct blocks *blocks,
                struct blocks *beside, bool back)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);
    struct rect body = chrome_inset(ui, area);

    /* With low reach the deeds stand where they can be reached: so does all of the page. */
    int above = ui->reach_px - body.y;
    rect_cut_top(&body, above > ui_px(ui, 36) ? above : ui_px(ui, 36));
    rect_cut_bottom(&body, ui_px(ui, 16));
    body_view(model, ui, body, blocks, beside);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    struct chrome_bottom bottom = {.forward = more ? say(model, NC_("of this page", "More")) : NULL,
                                   .forward_icon = "down",
                                   .even = true,
                                   .one_row = true};
    if (back || ui->scene->page > 0)
        bottom.back = "";
    else
        bottom.back_as = (struct button){.id = {ID_STAFF_LEAVE, 0},
                                         .label = say(model, N_("Leave staff panel")),
                                         .icon = "home",
                                         .look = BUTTON_SECONDARY};
    chrome_end(model, ui, place, &bottom);
}

bool staff_turn(struct model *model, struct element_id id, enum screen_id before)
{
    if (id.what == ID_CONTINUE)
        model->sheet++;
    else if (id.what == ID_BACK && model->sheet > 0)
        model->sheet--;
    else if (id.what == ID_BACK)
        staff_show(model, before);
    else
        return false;
    return true;
}
