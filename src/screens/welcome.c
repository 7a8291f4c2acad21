/*
 * Welcome: the screen that stands in the waiting room. It says what this is in one line, and one
 * large button starts. The languages on offer say "touch to begin" in their own words.
 */
#include <limits.h>
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/words.h"

/* A language that has a button of its own here; NULL: it is the one shown, or may not be. */
static const struct pack_language *offered(const struct model *model, int index)
{
    const struct pack_language *language = pack_language(model->pack, model->pack->offered[index]);

    return language != model->language && model_offers(model, language) ? language : NULL;
}

static struct button language_button(const struct model *model,
                                     const struct pack_language *language)
{
    return (struct button){
        .id = {ID_BEGIN, (int)(language - model->pack->languages)},
        .tongue = tongue_of(language),
        /* TRANSLATORS: on the largest button, and on a small one beside other languages. */
        .label = catalogue_get(language->catalogue, N_("Touch to begin")),
        .look = BUTTON_CHIP,
    };
}

static bool shows_picture(const struct ui *ui)
{
    return ui->theme->pictures && ui->settings.text_percent == 100;
}

static int columns(const struct ui *ui)
{
    return ui->portrait || shows_picture(ui) ? 2 : 3;
}

/* Two columns, or three where no picture stands beside them: as many other languages as `rows` have
   room for, and the way to all of them. */
static void languages_view(const struct model *model, struct ui *ui, struct rect *area, int rows)
{
    struct button buttons[PACK_OFFERED + 1];
    int count = 0;
    int gap = ui_px(ui, 16);
    int most = columns(ui) * rows - 1;

    for (int i = 0; i < model->pack->offered_count && count < most; i++) {
        const struct pack_language *language = offered(model, i);
        if (language != NULL)
            buttons[count++] = language_button(model, language);
    }
    if (count == 0)
        return;
    buttons[count++] = (struct button){.id = {ID_LANGUAGE_MENU, 1},
                                       .label = say(model, N_("More languages")),
                                       .icon = "language",
                                       .look = BUTTON_CHIP,
                                       .on = true};
    for (int i = 0; i < count; i += columns(ui)) {
        struct rect row = rect_cut_top(area, ui_bar_px(ui, 92));
        int wide = (row.w - (columns(ui) - 1) * gap) / columns(ui);
        for (int k = i; k < i + columns(ui) && k < count; k++) {
            ui_button(ui, rect_cut_start(&row, wide), &buttons[k]);
            rect_cut_start(&row, gap);
        }
        rect_cut_top(area, gap);
    }
}

/* The large button: a touch anywhere on the welcome screen would do, but this one says so. */
static void begin_view(const struct model *model, struct ui *ui, struct rect rect)
{
    struct button begin = {.id = {ID_BEGIN, -1},
                           .label = say(model, N_("Touch to begin")),
                           .icon = "touch",
                           .look = BUTTON_PRIMARY};

    ui_large_button(ui, rect, &begin);
}

/* Takes about 3 minutes - Free - Your details stay private, in one row or one below the other. */
static int promises_view(const struct model *model, struct ui *ui, struct rect area, bool draw)
{
    const struct {
        const char *icon;
        const char *text;
    } promises[] = {{"clock", say(model, N_("Takes about 3 minutes"))},
                    {"heart", say(model, NC_("costs nothing", "Free"))},
                    {"shield", say(model, N_("Your details stay private"))}};
    int icon = ui_bar_px(ui, 40);
    int size = ui_bar_px(ui, ui->portrait ? 30 : 32);
    int between = ui_px(ui, ui->portrait ? 28 : 56);
    struct text_block texts[3];
    int total = 2 * between;
    int x = area.x;
    int y = area.y;

    for (int i = 0; i < 3; i++) {
        texts[i] = ui_lay_sized(ui, promises[i].text, size, ui_bar_px(ui, 48), false,
                                area.w - icon - ui_px(ui, 16));
        total += icon + ui_px(ui, 16) + texts[i].width_px;
    }
    bool stacked = total > area.w;
    for (int i = 0; i < 3; i++) {
        struct rect rect = {x, y, icon + ui_px(ui, 16) + texts[i].width_px, texts[i].height_px};
        if (draw) {
            ui_element(ui, UI_NONE, ROLE_TEXT, promises[i].text, rect);
            ui_icon(ui, (struct rect){x, y + (texts[i].line_px - icon) / 2, icon, icon},
                    promises[i].icon, ui->theme->green);
            ui_text_at(ui, &texts[i],
                       (struct rect){x + icon + ui_px(ui, 16), y, texts[i].width_px, rect.h},
                       ALIGN_START, ui->theme->text, false);
        }
        if (stacked)
            y += rect.h;
        else
            x += rect.w + between + (ui->portrait ? (area.w - total) / 2 : 0);
    }
    return stacked ? y - area.y : texts[0].line_px;
}

static struct button staff_button(const struct model *model)
{
    return (struct button){.id = {ID_STAFF, 0},
                           .label = say(model, N_("Staff")),
                           .icon = "lock",
                           .look = BUTTON_QUIET};
}

/* For whoever was called in and comes back; only while there is a place to come back to. */
static struct button code_button(const struct model *model)
{
    return (struct button){.id = {ID_HAVE_CODE, 0},
                           .label = say(model, N_("I have a code")),
                           .icon = "key",
                           .look = BUTTON_QUIET};
}

static const char *name_text(const struct model *model)
{
    return chrome_is_neutral(model) ? say(model, N_("A free programme from your GP surgery"))
                                    : say(model, N_("Living well with type 2 diabetes"));
}

static const char *lede_text(const struct model *model)
{
    return chrome_is_neutral(model)
               ? say(model, N_("Touch to find out more."))
               : say(model, N_("HeLP-Diabetes is a free online programme to help you look after "
                               "your diabetes."));
}

#define NAME_GAP 16
#define EDGE     36

static int words_height(const struct model *model, struct ui *ui, int width_px)
{
    return ui_text_height(ui, name_text(model), LOOK_DISPLAY, width_px) + ui_px(ui, NAME_GAP) +
           ui_text_height(ui, lede_text(model), LOOK_LEDE, width_px);
}

/* The words in the middle of `room`, as large as it allows; the name alone where it allows no more.
 */
static void words_view(const struct model *model, struct ui *ui, struct rect room)
{
    int page = ui->text_percent;
    int edge = ui_px(ui, EDGE);

    while (ui->text_percent > UI_LEAST_PERCENT &&
           words_height(model, ui, room.w) + 2 * edge > room.h)
        ui->text_percent -= UI_PERCENT_STEP;
    int spare = room.h - words_height(model, ui, room.w);
    rect_cut_top(&room, spare > 2 * edge ? spare / 2 : spare >= 0 ? edge / 2 : ui_px(ui, 8));
    ui_heading(ui, &room, name_text(model), LOOK_DISPLAY, NAME_GAP);
    if (spare >= 0)
        ui_paragraph(ui, &room, lede_text(model), LOOK_LEDE, 0);
    ui->text_percent = page;
}

/* A row of languages with the gap below it. */
static int row_height(const struct ui *ui)
{
    return ui_bar_px(ui, 92) + ui_px(ui, 16);
}

/* Rows of languages in `room_px`: at least one where there are any. */
static int language_rows(const struct model *model, const struct ui *ui, int room_px)
{
    int count = 1;
    int most = room_px / row_height(ui);

    for (int i = 0; i < model->pack->offered_count; i++)
        count += offered(model, i) != NULL;
    int rows = count == 1 ? 0 : (count + columns(ui) - 1) / columns(ui);
    return rows <= most ? rows : most > 1 ? most : 1;
}

enum { FOOT_BUTTONS = 3 };

/* What few look for: back with a code, where one was given out; help; staff. */
static int foot_buttons(const struct model *model, struct button out_buttons[FOOT_BUTTONS])
{
    int count = 0;

    if (model->places > 0)
        out_buttons[count++] = code_button(model);
    out_buttons[count++] = chrome_help(model);
    out_buttons[count++] = staff_button(model);
    return count;
}

static void foot_view(const struct model *model, struct ui *ui, struct rect rect)
{
    struct button buttons[FOOT_BUTTONS];
    int count = foot_buttons(model, buttons);

    ui_button_row(ui, rect, buttons, count, ROW_PACKS);
}

static int foot_width(const struct model *model, struct ui *ui)
{
    struct button buttons[FOOT_BUTTONS];
    int count = foot_buttons(model, buttons);
    int w = (count - 1) * ui_px(ui, 24);

    for (int i = 0; i < count; i++)
        w += ui_button_width(ui, &buttons[i]);
    return w;
}

#define DIM_STEPS 16

/*
 * Nobody came for long: the picture dims by 40 %, from nothing at the words, which stay as they
 * are, over the first `fade_px` of `rect`.
 */
static void dim_view(struct ui *ui, struct rect rect, int fade_px, bool down)
{
    for (int i = 1; i <= DIM_STEPS; i++) {
        int strip = i < DIM_STEPS ? fade_px / DIM_STEPS : INT_MAX;
        ui_box(ui, down ? rect_cut_top(&rect, strip) : rect_cut_start(&rect, strip),
               (colour)(0x66 * i / DIM_STEPS), 0);
    }
}

static void portrait_view(const struct model *model, struct ui *ui, struct rect area)
{
    struct rect inner = rect_inset(area, ui_px(ui, 56), 0);
    int begin_h = ui_bar_px(ui, 176);
    int promises_h = promises_view(model, ui, inner, false);
    int foot_h = ui_button_row_height(ui);
    /* Above the sun, in the middle of what the picture leaves of the sky. */
    int sun_h = shows_picture(ui) ? area.w * 660 / 1080 : 0;
    int name_h = ui_px(ui, EDGE) + ui_text_height(ui, name_text(model), LOOK_DISPLAY, inner.w);
    int below = ui_px(ui, 32) + begin_h + ui_px(ui, 24 + 12) + promises_h + ui_px(ui, 20) + foot_h +
                ui_px(ui, 24);
    /* With low reach "Touch to begin" stands below the line. */
    int above = sun_h + name_h;
    if (above < ui->reach_px - area.y)
        above = ui->reach_px - area.y - ui_px(ui, 32);
    int rows = language_rows(model, ui, area.h - below - above);
    below += rows * row_height(ui);
    struct rect touch = rect_cut_bottom(&area, below);
    struct rect words = rect_inset(area, ui_px(ui, 56), 0);

    bool fits = words.h - sun_h >= name_h;

    ui_box(ui, area, ui->theme->sky, 0);
    if (shows_picture(ui) && fits) {
        /* Whole in width, standing on the bottom edge; its own sky goes on above it. */
        struct rect sky = area;
        ui_picture(ui, rect_cut_bottom(&sky, area.w * 1130 / 1080), "welcome-portrait", 0);
        struct rect drawn = rect_cut_bottom(&words, sun_h);
        if (model->dimmed)
            dim_view(ui, (struct rect){area.x, drawn.y, area.w, drawn.h}, ui_px(ui, 160), true);
    }
    words_view(model, ui, words);

    ui_box(ui, touch, ui->theme->white, 0);
    touch = rect_inset(touch, ui_px(ui, 56), 0);
    rect_cut_top(&touch, ui_px(ui, 32));
    begin_view(model, ui, rect_cut_top(&touch, begin_h));
    rect_cut_top(&touch, ui_px(ui, 24));
    languages_view(model, ui, &touch, rows);
    rect_cut_top(&touch, ui_px(ui, 12));
    promises_view(model, ui, rect_cut_top(&touch, promises_h), true);
    rect_cut_top(&touch, ui_px(ui, 20));
    foot_view(model, ui, rect_cut_top(&touch, foot_h));
}

static void landscape_view(const struct model *model, struct ui *ui, struct rect area)
{
    int foot_h = ui_button_row_height(ui);
    struct rect strip = rect_cut_bottom(&area, foot_h + ui_px(ui, 24));
    struct rect sheet = area;
    int line = ui_px(ui, 2);

    /* Words and buttons on the white sheet at the picture's left; on all of it in large text. */
    if (shows_picture(ui)) {
        ui_picture(ui, area, "welcome-landscape", 0);
        sheet.w = ui_px(ui, 856.0 * ui->w / 1920.0);
        if (model->dimmed) {
            struct rect drawn = area;
            rect_cut_start(&drawn, sheet.w + ui_px(ui, 32));
            dim_view(ui, drawn, ui_px(ui, 200), false);
        }
        rect_cut_start(&sheet, ui_px(ui, 56));
    } else {
        ui_box(ui, area, ui->theme->white, 0);
        sheet = rect_inset(sheet, ui_px(ui, 56), 0);
    }
    int begin_h = ui_px(ui, 152 + 16);
    int name_h = ui_px(ui, EDGE) + ui_text_height(ui, name_text(model), LOOK_DISPLAY, sheet.w);
    int rows = language_rows(model, ui, sheet.h - begin_h - name_h - ui_px(ui, 8));
    struct rect languages = rect_cut_bottom(&sheet, rows * row_height(ui) + ui_px(ui, 8));
    struct rect begin = rect_cut_bottom(&sheet, begin_h);
    words_view(model, ui, sheet);
    begin_view(model, ui, rect_cut_top(&begin, ui_px(ui, 152)));
    languages_view(model, ui, &languages, rows);

    ui_box(ui, strip, ui->theme->white, 0);
    ui_box(ui, (struct rect){strip.x, strip.y, strip.w, line}, ui->theme->line, 0);
    strip = rect_inset(strip, ui_px(ui, 56), (strip.h - foot_h) / 2);
    struct rect foot = rect_cut_end(&strip, foot_width(model, ui));
    rect_cut_end(&strip, ui_px(ui, 24));
    int promises_h = promises_view(model, ui, strip, false);
    if (promises_h <= strip.h)
        promises_view(model, ui, rect_centre(strip, strip.w, promises_h), true);
    foot_view(model, ui, foot);
}

static void view(const struct model *model, struct ui *ui)
{
    struct rect area = ui_screen(ui);

    chrome_top(model, ui, &area);
    if (ui->portrait)
        portrait_view(model, ui, area);
    else
        landscape_view(model, ui, area);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (id.what == ID_HAVE_CODE)
        model->screen = SCREEN_CODE;
    if (id.what != ID_BEGIN)
        return;
    if (id.which >= 0)
        model->language = &model->pack->languages[id.which];
    journey_begin(model, false, false);
    effects->ask_status = true;
}

const struct screen screen_welcome = {.view = view, .activate = activate, .idle = IDLE_NEVER};
