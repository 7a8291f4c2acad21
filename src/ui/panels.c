/* Dialogs, countdowns, the reference card and the champion's words: parts with a shape of their
 * own. */
#include "ui/parts.h"

#include <qrencode.h>
#include <stddef.h>
#include <string.h>

#define WIDE (1 << 20) /* one line, however long */

#define DIALOG_PAD 64

int ui_dialog_width(const struct ui *ui)
{
    /* Large text has a wider one where the screen is wide. */
    int most = ui_px(ui, ui->portrait || ui->settings.text_percent == 100 ? 936 : 1300);
    int room = ui->settings.width_px - ui_px(ui, 56);

    return (most < room ? most : room) - 2 * ui_px(ui, DIALOG_PAD);
}

int ui_dialog_room(const struct ui *ui)
{
    return ui->settings.height_px - 2 * ui_px(ui, DIALOG_PAD);
}

struct rect ui_dialog_begin(struct ui *ui, const char *name, int height_px)
{
    struct rect screen = ui_screen(ui);
    int pad = ui_px(ui, DIALOG_PAD);
    int h = height_px + 2 * pad;
    struct rect box =
        rect_centre(screen, ui_dialog_width(ui) + 2 * pad, h < screen.h ? h : screen.h);

    if (ui->settings.low_reach)
        box.y = screen.h - box.h - (screen.h - box.h < pad ? 0 : pad / 2);
    else if (ui->portrait && ui_px(ui, 660) + box.h <= screen.h)
        box.y = ui_px(ui, 660);
    ui->scene->modal_from = ui->scene->element_count;
    ui_element(ui, UI_NONE, ROLE_DIALOG, name, box);
    ui_box(ui, screen, ui->theme->veil, 0);
    ui_frame(ui, box, ui->theme->white, ui_px(ui, 32), ui->theme->line,
             ui->theme->pictures ? 0 : ui_px(ui, 4));
    return rect_inset(box, pad, pad);
}

void ui_ring(struct ui *ui, struct rect *area, int permille, const char *inside, double gap)
{
    int side = ui_px(ui, 208);
    struct rect rect = rect_cut_top(area, side);
    struct rect ring = rect_centre(rect, side, side);
    struct text_block digits = ui_lay_sized(ui, inside, ui_px(ui, 76), ui_px(ui, 90), true, side);

    ui_element(ui, UI_NONE, ROLE_TIMER, inside, ring);
    struct paint *paint = ui_box(ui, ring, ui->theme->blue, 0);
    paint->kind = PAINT_RING;
    paint->ring.stroke_px = ui_px(ui, 18);
    paint->ring.permille = permille;
    paint->ring.track = ui->theme->track;
    ui_text_at(ui, &digits, rect_centre(ring, ring.w, digits.height_px), ALIGN_CENTRE,
               ui->theme->dark, false);
    rect_cut_top(area, ui_px(ui, gap));
}

void ui_countdown(struct ui *ui, struct rect *area, struct element_id id, const char *text,
                  int permille)
{
    int bar = ui_px(ui, 16);
    struct text_block words = ui_lay(ui, text, LOOK_SECOND, area->w);
    struct rect rect = rect_cut_top(area, words.height_px + ui_px(ui, 12) + bar);

    ui_element(ui, id, ROLE_TIMER, text, rect);
    ui_text_at(ui, &words, rect, ALIGN_START, ui->theme->text, false);
    struct rect track = rect_cut_bottom(&rect, bar);
    ui_track(ui, track, ui->theme->track, bar / 2);
    track.w = (int)((long long)track.w * permille / 1000);
    if (track.w >= bar)
        ui_box(ui, track, ui->theme->blue, bar / 2);
}

/* The QR code's modules, copied into the frame's arena; side 0 where it could not be made. */
static const uint8_t *qr_modules(struct ui *ui, const char *text, int *out_side)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    uint8_t *modules = NULL;

    *out_side = 0;
    if (code == NULL)
        return NULL;
    modules = arena_take(ui->arena, (size_t)(code->width * code->width));
    if (modules != NULL) {
        for (int i = 0; i < code->width * code->width; i++)
            modules[i] = code->data[i] & 1;
        *out_side = code->width;
    } else {
        ui->scene->overflow = true;
    }
    QRcode_free(code);
    return modules;
}

static void qr_view(struct ui *ui, struct rect square, const char *text)
{
    int side = 0;
    const uint8_t *modules = qr_modules(ui, text, &side);

    if (side == 0)
        return;
    /* Dark on white in every scheme, whole pixels a module, four modules of quiet around
       (ISO/IEC 18004 section 6.3.8): phones read it. */
    int quiet = side + 8;
    int module = square.w / quiet > 0 ? square.w / quiet : 1;
    struct rect code = rect_centre(square, side * module, side * module);
    ui_box(ui, rect_inset(code, -4 * module, -4 * module), 0xFFFFFFFF, ui_px(ui, 8));
    struct paint *paint = ui_box(ui, code, 0x212B32FF, 0);
    paint->kind = PAINT_QR;
    paint->qr.modules = modules;
    paint->qr.side = side;
}

struct code_shape {
    struct text_block title;
    struct text_block code;
    struct text_block text;
    int words_w;
    int words_h;
    int square_px;
    int height_px;
};

#define CODE_PAD     44
#define LEAST_SQUARE 180 /* 45 mm: phones read it from half a metre */

static int code_words_width(const struct ui *ui, int width_px, int square_px)
{
    return width_px - ui_px(ui, CODE_PAD) -
           (square_px > 0 ? square_px + ui_px(ui, 24) : ui_px(ui, CODE_PAD));
}

static struct code_shape code_shape(struct ui *ui, int width_px, const struct code_card *card)
{
    int size = ui_text_px(ui, 76);
    struct code_shape shape = {.square_px = card->qr_text == NULL ? 0 : ui_px(ui, 292)};

    shape.code = ui_lay_latin(ui, card->reference, size, size * 6 / 5, true, WIDE);
    shape.words_w = code_words_width(ui, width_px, shape.square_px);
    /* A reference is never broken: it shrinks until it stands on one line, then the square does. */
    while (shape.code.width_px > shape.words_w && size > ui->least_em_px) {
        size = size * 15 / 16;
        shape.code = ui_lay_latin(ui, card->reference, size, size * 6 / 5, true, WIDE);
    }
    while (shape.code.width_px > shape.words_w && shape.square_px > ui_px(ui, LEAST_SQUARE)) {
        shape.square_px -= ui_px(ui, 8);
        shape.words_w = code_words_width(ui, width_px, shape.square_px);
    }
    shape.title = ui_lay(ui, card->title, LOOK_HINT, shape.words_w);
    shape.text = ui_lay(ui, card->text, LOOK_SECOND, shape.words_w);
    shape.words_h =
        shape.title.height_px + shape.code.height_px + shape.text.height_px + ui_px(ui, 8);
    shape.height_px =
        (shape.words_h > shape.square_px ? shape.words_h : shape.square_px) + 2 * ui_px(ui, 22);
    return shape;
}

int ui_code_card_height(struct ui *ui, int width_px, const struct code_card *card)
{
    return code_shape(ui, width_px, card).height_px;
}

void ui_code_card(struct ui *ui, struct rect *area, const struct code_card *card, double gap)
{
    const struct theme *t = ui->theme;
    struct code_shape shape = code_shape(ui, area->w, card);
    struct rect rect = rect_cut_top(area, shape.height_px);
    struct rect words = {rect.x + ui_px(ui, CODE_PAD), rect.y + (rect.h - shape.words_h) / 2,
                         shape.words_w, shape.words_h};

    struct element *element = ui_element(ui, card->id, ROLE_CODE, card->title, rect);
    element->value = card->reference;
    ui_frame(ui, rect, t->white, ui_px(ui, 24), t->line, ui_px(ui, 2));
    ui_text_at(ui, &shape.title, rect_cut_top(&words, shape.title.height_px), ALIGN_START,
               t->text_soft, false);
    struct rect line = rect_cut_top(&words, shape.code.height_px);
    line.w = shape.code.width_px;
    ui_hold(ui);
    ui_text_at(ui, &shape.code, line, ALIGN_START, t->dark, false);
    ui_release(ui, line);
    rect_cut_top(&words, ui_px(ui, 8));
    ui_text_at(ui, &shape.text, words, ALIGN_START, t->text, false);
    if (shape.square_px > 0)
        qr_view(ui,
                (struct rect){rect.x + rect.w - shape.square_px - ui_px(ui, 22),
                              rect.y + (rect.h - shape.square_px) / 2, shape.square_px,
                              shape.square_px},
                card->qr_text);
    rect_cut_top(area, ui_px(ui, gap));
}

#define CARD_PAD 28

static struct text_block card_line(struct ui *ui, const char *text, int width_px)
{
    return ui_lay(ui, text, LOOK_SECOND, width_px - 2 * ui_px(ui, 40) - ui_px(ui, 46 + 28));
}

int ui_card_height(struct ui *ui, int width_px, const struct info_card *card)
{
    int h = 2 * ui_px(ui, CARD_PAD);

    for (int i = 0; i < card->count; i++)
        h += card_line(ui, card->lines[i], width_px).height_px + ui_px(ui, 24);
    if (card->button.label != NULL)
        h += ui_bar_px(ui, 88);
    else
        h -= ui_px(ui, 24);
    return h;
}

void ui_card(struct ui *ui, struct rect *area, const struct info_card *card, double gap)
{
    struct rect rect = rect_cut_top(area, ui_card_height(ui, area->w, card));
    struct rect inner = rect_inset(rect, ui_px(ui, 40), ui_px(ui, CARD_PAD));
    int icon = ui_px(ui, 46);

    ui_frame(ui, rect, ui->theme->white, ui_px(ui, 24), ui->theme->line,
             ui_px(ui, ui->theme->pictures ? 2 : 3));
    for (int i = 0; i < card->count; i++) {
        struct text_block line = card_line(ui, card->lines[i], rect.w);
        struct rect row = rect_cut_top(&inner, line.height_px);
        struct rect words = row;
        ui_element(ui, UI_NONE, ROLE_TEXT, card->lines[i], row);
        struct rect mark = rect_cut_start(&words, icon);
        ui_icon(ui, (struct rect){mark.x, mark.y + (line.line_px - icon) / 2, icon, icon},
                card->icons[i], ui->theme->blue);
        rect_cut_start(&words, ui_px(ui, 28));
        ui_text_at(ui, &line, words, ALIGN_START, ui->theme->text, false);
        rect_cut_top(&inner, ui_px(ui, 24));
    }
    if (card->button.label != NULL) {
        int w = ui_button_width(ui, &card->button);
        struct rect place = rect_cut_top(&inner, ui_bar_px(ui, 88));
        place.w = w < place.w ? w : place.w;
        ui_button(ui, place, &card->button);
    }
    rect_cut_top(area, ui_px(ui, gap));
}

#define CHAMPION_END 28

struct champion_shape {
    struct text_block quotation;
    struct text_block who;
    int words_x;
    int height_px;
};

static struct champion_shape champion_shape(struct ui *ui, int width_px, const char *quotation,
                                            const char *name, const char *role)
{
    struct champion_shape shape = {.words_x = ui_px(ui, 46 + 104 + 28)};
    int words_w = width_px - shape.words_x - ui_px(ui, CHAMPION_END);
    const char *who = arena_format(ui->arena, "**%s**, %s", name, role);

    shape.quotation = ui_lay(ui, quotation, LOOK_SECOND, words_w);
    shape.who = ui_lay(ui, who == NULL ? name : who, LOOK_BYLINE, words_w);
    shape.height_px =
        shape.quotation.height_px + shape.who.height_px + ui_px(ui, 6) + 2 * ui_px(ui, 32);
    return shape;
}

int ui_champion_height(struct ui *ui, int width_px, const char *quotation, const char *name,
                       const char *role)
{
    return champion_shape(ui, width_px, quotation, name, role).height_px;
}

void ui_champion(struct ui *ui, struct rect *area, const char *initials, const char *quotation,
                 const char *name, const char *role)
{
    const struct theme *t = ui->theme;
    struct champion_shape shape = champion_shape(ui, area->w, quotation, name, role);
    struct rect rect = rect_cut_top(area, shape.height_px);
    int bar = ui_px(ui, 10);
    int disc = ui_px(ui, 104);

    struct element *element = ui_element(ui, UI_NONE, ROLE_TEXT, quotation, rect);
    element->value = name;
    ui_box(ui, (struct rect){rect.x, rect.y, rect.w / 2, rect.h}, t->accent, ui_px(ui, 4));
    /* Square where it meets the bar. */
    int border = t->pictures ? 0 : ui_px(ui, 3);
    struct rect card = {rect.x + bar, rect.y, rect.w - bar, rect.h};
    ui_frame(ui, card, t->white, ui_px(ui, 16), t->line, border);
    card.w = ui_px(ui, 30);
    ui_box(ui, card, border > 0 ? t->line : t->white, 0);
    ui_box(ui, rect_inset(card, 0, border), t->white, 0);
    struct rect circle = {rect.x + ui_px(ui, 46), rect.y + (rect.h - disc) / 2, disc, disc};
    struct text_block letters =
        ui_lay_sized(ui, initials, ui_px(ui, 38), ui_px(ui, 48), true, disc);
    ui_box(ui, circle, t->disc, disc / 2);
    ui_text_at(ui, &letters, rect_centre(circle, disc, letters.height_px), ALIGN_CENTRE, t->on_disc,
               false);
    struct rect words = {rect.x + shape.words_x, rect.y + ui_px(ui, 32),
                         rect.w - shape.words_x - ui_px(ui, CHAMPION_END), rect.h};
    ui_text_at(ui, &shape.quotation, rect_cut_top(&words, shape.quotation.height_px), ALIGN_START,
               t->text, false);
    rect_cut_top(&words, ui_px(ui, 6));
    ui_text_at(ui, &shape.who, words, ALIGN_START, t->text, false);
}
