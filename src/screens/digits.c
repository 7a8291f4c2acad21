/* The page of a PIN or code: see digits.h. */
#include "screens/digits.h"

#include <string.h>

#include "screens/chrome.h"
#include "screens/typing.h"

#define BOX_W   112
#define BOX_H   128
#define BOX_GAP 20

bool digits_key(char *typed, int count, int code)
{
    size_t len = strlen(typed);

    if (code == KEY_NEXT)
        return true;
    if (code == KEY_BACKSPACE && len > 0)
        typed[len - 1] = '\0';
    if (code >= '0' && code <= '9' && len < (size_t)count) {
        typed[len] = (char)code;
        typed[len + 1] = '\0';
    }
    return false;
}

static void box_view(struct ui *ui, struct rect box, const struct digits *d, int at)
{
    const struct theme *t = ui->theme;
    int len = (int)strlen(d->typed);
    bool active = at == len;
    int radius = ui_px(ui, 12);

    if (active)
        ui_focus_ring(ui, box, radius);
    ui_frame(ui, box, t->white, radius, at <= len ? t->field : t->border,
             ui_px(ui, at <= len ? 5 : 3));
    if (active && ui->caret) {
        ui_box(ui, rect_centre(box, ui_px(ui, 5), ui_px(ui, 56)), t->blue, 0);
    } else if (at < len && d->masked) {
        int dot = ui_px(ui, 36);
        ui_box(ui, rect_centre(box, dot, dot), t->text, dot / 2);
    } else if (at < len) {
        const char digit[2] = {d->typed[at], '\0'};
        struct text_block block =
            ui_lay_latin(ui, digit, ui_px(ui, 60), ui_px(ui, 76), false, box.w);
        ui_text_at(ui, &block, rect_centre(box, box.w, block.height_px), ALIGN_CENTRE, t->text,
                   true);
    }
}

static void boxes_view(struct ui *ui, struct rect *area, const struct digits *d)
{
    int gap = ui_px(ui, BOX_GAP);
    int w = ui_px(ui, BOX_W);
    int most = (area->w - (d->count - 1) * gap - 2 * ui_px(ui, 16)) / d->count;
    struct rect row = rect_cut_top(area, ui_px(ui, BOX_H));

    w = w < most ? w : most;
    row = rect_centre(row, d->count * w + (d->count - 1) * gap, row.h);
    struct element *element = ui_element(ui, d->id, ROLE_FIELD, d->heading, row);
    /* There is no other field: nobody needs to touch it where they can't reach it. */
    element->target = row.y >= ui->reach_px;
    element->personal = true;
    if (d->problem != NULL)
        element->state |= STATE_WRONG;
    element->value = d->typed;
    ui_hold(ui);
    struct rect block = row;
    for (int i = 0; i < d->count; i++) {
        box_view(ui, rect_cut_start(&row, w), d, i);
        rect_cut_start(&row, gap);
    }
    ui_release(ui, block);
}

/* Icon and text centred together. */
static void note_view(struct ui *ui, struct rect *area, const char *icon, const char *text,
                      colour ink, colour sign)
{
    int mark = ui_px(ui, 52);
    int gap = ui_px(ui, 28);
    struct text_block block = ui_lay(ui, text, LOOK_BODY, area->w - mark - gap);
    struct rect rect = rect_cut_top(area, block.height_px > mark ? block.height_px : mark);

    rect = rect_centre(rect, block.width_px + mark + gap, rect.h);
    ui_element(ui, UI_NONE, ROLE_TEXT, text, rect);
    ui_icon(ui, rect_centre(rect_cut_start(&rect, mark), mark, mark), icon, sign);
    rect_cut_start(&rect, gap);
    ui_text_at(ui, &block, rect_centre(rect, rect.w, block.height_px), ALIGN_START, ink, false);
}

static int note_height(struct ui *ui, const char *text, int width_px)
{
    int h = ui_text_height(ui, text, LOOK_BODY, width_px - ui_px(ui, 52 + 28));

    return h > ui_px(ui, 52) ? h : ui_px(ui, 52);
}

/* What stands on the page beside its boxes; what matters least goes first. */
struct digits_room {
    bool disc;
    bool lead;
    bool tip;
    int height_px;
};

#define DISC 148
#define GAP  32

static int words_height(struct ui *ui, const struct digits *d, const struct digits_room *room,
                        int width_px)
{
    int gap = ui_px(ui, GAP);
    int h = ui_text_height(ui, d->heading, LOOK_H1, width_px) + ui_px(ui, 20 + BOX_H);

    if (room->disc)
        h += ui_px(ui, DISC) + gap;
    if (room->lead)
        h += ui_text_height(ui, d->lead, LOOK_HINT, width_px) + gap;
    if (d->problem != NULL)
        h += note_height(ui, d->problem, width_px) + gap;
    if (room->tip)
        h += note_height(ui, d->tip, width_px) + gap;
    return h;
}

static struct digits_room find_room(struct ui *ui, const struct digits *d, struct rect area)
{
    struct digits_room room = {true, true, d->tip != NULL, 0};
    size_t used = ui->arena->used; /* what is only measured is given back */

    if (words_height(ui, d, &room, area.w) > area.h)
        room.disc = false;
    if (words_height(ui, d, &room, area.w) > area.h)
        room.tip = false;
    while (ui->text_percent > UI_LEAST_PERCENT && words_height(ui, d, &room, area.w) > area.h)
        ui->text_percent -= UI_PERCENT_STEP;
    if (words_height(ui, d, &room, area.w) > area.h)
        room.lead = false;
    room.height_px = words_height(ui, d, &room, area.w);
    ui->arena->used = used;
    return room;
}

static void words_view(struct ui *ui, struct rect area, const struct digits *d)
{
    const struct theme *t = ui->theme;
    int page = ui->text_percent;
    int gap = ui_px(ui, GAP);
    struct digits_room room = find_room(ui, d, area);
    int spare = area.h - room.height_px;

    rect_cut_top(&area, spare > 0 ? spare / 3 : 0);
    if (room.disc) {
        int disc = ui_px(ui, DISC);
        struct rect place = rect_centre(rect_cut_top(&area, disc), disc, disc);
        ui_box(ui, place, t->white, disc / 2);
        ui_icon(ui, rect_centre(place, ui_px(ui, 72), ui_px(ui, 72)), d->icon, t->dark);
        rect_cut_top(&area, gap);
    }
    ui_paragraph_centred(ui, &area, d->heading, LOOK_H1, 20);
    if (room.lead)
        ui_paragraph_centred(ui, &area, d->lead, LOOK_HINT, GAP);
    boxes_view(ui, &area, d);
    rect_cut_top(&area, gap);
    if (d->problem != NULL) {
        note_view(ui, &area, "error", d->problem, t->error_text, t->error);
        rect_cut_top(&area, gap);
    }
    if (room.tip)
        note_view(ui, &area, "info", d->tip, t->text, t->blue);
    ui->text_percent = page;
}

/* With low reach lower keys leave the words more of the screen (page_typing.c does the same). */
static int pad_height(const struct ui *ui)
{
    int most = keyboard_height_px(ui, KEYBOARD_PAD);
    int least = keyboard_least_px(ui, KEYBOARD_PAD);
    int low = most * 3 / 4 > least ? most * 3 / 4 : least;

    return comfort_is_largest(ui->settings.text_percent) && low < most ? low : most;
}

void digits_view(const struct model *model, struct ui *ui, const struct digits *d)
{
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, false);
    struct rect pad;
    struct keyboard_state state = {.keyboard = KEYBOARD_PAD, .what = ID_KEY, .last = true};
    struct keyboard_words words = typing_words(model);

    words.done = d->enter;
    if (ui->portrait)
        pad = rect_cut_bottom(&area, pad_height(ui));
    else
        pad = rect_cut_end(&area, comfort_is_largest(ui->settings.text_percent)
                                      ? area.w * 42 /
                                            100 /* twelve keys leave words more of a wide screen */
                                      : area.w * 1160 / 1920);
    if (pad.y < ui->reach_px)
        rect_cut_top(&pad, ui->reach_px - pad.y);
    words_view(ui, chrome_inset(ui, area), d);
    keyboard_view(ui, pad, &state, &words);
    chrome_end(model, ui, place, &(struct chrome_bottom){.back = "", .one_row = true});
}
