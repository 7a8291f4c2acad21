/* How a page to type on finds room for its words, its fields and the keyboard: see page_typing.h.
 */
#include "screens/page_typing.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "screens/ids.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"

/* Where the patient typed last, when not all fields have room at once. */
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

/* Room above what stands below the heading, in units; the second with low reach. */
#define PAD     40
#define LOW_PAD 8

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

/* What the page has above its keyboard, or beside it. */
struct room {
    int px;
    int above_px;   /* the least that stays above what is touched */
    int touched_px; /* the most that what is touched may take */
};

static bool has_room(struct ui *ui, const struct blocks *blocks, const struct zone *zone,
                     const struct room *room, int pad)
{
    int words = ui_zone_least(ui, zone);
    int touched = typing_height(ui, blocks, pad);

    return touched <= room->touched_px &&
           (words > room->above_px ? words : room->above_px) + touched <= room->px;
}

/* What is left stays as large as it can. */
static void set_smaller(struct ui *ui, const struct blocks *blocks, const struct zone *zone,
                        const struct room *room, int pad)
{
    while (ui->text_percent > UI_LEAST_PERCENT && !has_room(ui, blocks, zone, room, pad))
        ui->text_percent -= UI_PERCENT_STEP;
}

/*
 * A page to type on is never split, since the keyboard stays: what matters least goes first. All
 * fields stay as long as there is room: one that is wrong is easier to mend beside one that is
 * right, and says itself what is wrong with it. Last, the page's text is set smaller, which
 * ui->text_percent keeps. Returns the height wanted below the heading.
 */
static int make_room(const struct model *model, struct ui *ui, struct blocks *blocks,
                     struct zone *zone, const struct room *room, struct button *out_moved)
{
    int pad = ui->settings.low_reach ? LOW_PAD : 32;

    for (int step = 0; step < 10; step++) {
        if (has_room(ui, blocks, zone, room, pad))
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
        case 9:
            set_smaller(ui, blocks, zone, room, pad);
            break;
        }
    }
    return typing_height(ui, blocks, pad);
}

/*
 * The keyboard's height in portrait. With low reach one field at a time stands right above it, and
 * its keys are a little lower where the line demands it.
 */
static int keys_height(struct ui *ui, struct rect area, const struct blocks *blocks,
                       enum keyboard keyboard)
{
    int most = keyboard_height_px(ui, keyboard);
    int least = keyboard_least_px(ui, keyboard);
    int keys = area.y + area.h - ui->reach_px - typing_height(ui, blocks, LOW_PAD);

    if (!ui->portrait)
        return 0;
    if (!ui->settings.low_reach)
        return most;
    if (least < most * 3 / 4)
        least = most * 3 / 4;
    return keys > most ? most : keys < least ? least : keys;
}

static struct room room_of(const struct ui *ui, struct rect area, int keys_px)
{
    struct room room = {.px = area.h - keys_px, .touched_px = INT_MAX};

    if (ui->settings.low_reach && ui->portrait)
        room.touched_px = area.y + area.h - ui->reach_px - keys_px;
    else if (ui->settings.low_reach)
        room.above_px = ui->reach_px - area.y;
    return room;
}

static int lower_keys(struct ui *ui, struct rect area, const struct zone *zone, int touched_px,
                      enum keyboard keyboard)
{
    int least = keyboard_least_px(ui, keyboard);
    int below = area.h - ui_zone_least(ui, zone);
    int reached = area.y + area.h - ui->reach_px;
    int keys = (below < reached ? below : reached) - touched_px;

    return keys > least ? keys : least;
}

static int field_count(const struct blocks *blocks, int until)
{
    int count = 0;

    for (int i = 0; i < blocks->count; i++)
        count += blocks->at[i].kind == BLOCK_FIELD &&
                 (until == QUESTIONNAIRE_NONE || blocks->at[i].fields[0].id.which / 4 < until);
    return count;
}

void page_typing_view(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                      struct blocks *blocks, struct button *out_moved)
{
    enum keyboard keyboard = typing_keyboard(journey_form(model), model->field);
    int fields = field_count(blocks, QUESTIONNAIRE_NONE);
    int before = field_count(blocks, model->field);

    if (!ui->portrait && keyboard == KEYBOARD_PAD && comfort_is_largest(ui->settings.text_percent))
        ui->zone_w = ui->w * 0.58; /* twelve keys leave words more of a wide screen */
    if (ui->settings.low_reach && ui->portrait) {
        keep_active_field(model, blocks);
        close_up(blocks);
    }
    int keys = keys_height(ui, area, blocks, keyboard);
    struct room room = room_of(ui, area, keys);
    int need = make_room(model, ui, blocks, zone, &room, out_moved);
    if (ui->portrait && !has_room(ui, blocks, zone, &room, LOW_PAD)) {
        /* The page can say no less: its keys are lower. */
        need = typing_height(ui, blocks, LOW_PAD);
        keys = lower_keys(ui, area, zone, need, keyboard);
    }
    struct panels panels = ui_zone(ui, area, zone, need, keys);
    struct keyboard_words words = typing_words(model);
    struct rect body = panels.fields;
    int spare = body.h - blocks_height(ui, blocks, body.w);
    int pad = ui_px(ui, ui->portrait ? PAD : 16);

    rect_cut_top(&body, spare < 2 * pad ? spare / 2 : pad);
    blocks_view(ui, body, blocks, 0);
    bool split = field_count(blocks, QUESTIONNAIRE_NONE) < fields;
    ui->scene->page_count = split ? fields : 1;
    ui->scene->page = split ? before : 0;
    keyboard_view(ui, panels.touch,
                  &(struct keyboard_state){.keyboard = keyboard,
                                           .what = ID_KEY,
                                           .shift = model->shift,
                                           .accents = model->accents,
                                           .last = typing_is_last(model),
                                           .dotted = strcmp(model->language->code, "tr") == 0},
                  &words);
}
