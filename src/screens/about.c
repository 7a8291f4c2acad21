/* The about cards: what the programme is, in four, with the local champion's words. */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/words.h"
#include "ui/blocks.h"

enum { CARDS = 4 };

static const struct pack_page *card_of(const struct model *model)
{
    static const char *const ids[CARDS] = {"about-1", "about-2", "about-3", "about-4"};

    return pack_page(model->pack, ids[model->about]);
}

static void add_lines(const struct model *model, struct ui *ui, struct blocks *blocks,
                      const struct pack_page *card)
{
    /* Beside a picture there is room to set the lines apart. */
    double gap = ui->portrait || ui->settings.text_percent > 100 ? 24 : 48;

    if (card->lead[0] != '\0')
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, say(model, card->lead), gap);
    for (int i = 0; i < card->line_count; i++)
        blocks_add_text(ui, blocks, BLOCK_ROW,
                        card->lines[i].icon == NULL ? "tick" : card->lines[i].icon,
                        say(model, card->lines[i].text), gap);
}

static const char *quotation(const struct model *model, struct ui *ui)
{
    return say_with(
        model, ui,
        /* TRANSLATORS: the quotation marks of your language around {words}; nothing else. */
        N_("“{words}”"),
        (const char *const[]){"words", say(model, model->pack->champion.quotation), NULL});
}

static void add_champion(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct pack_champion *champion = &model->pack->champion;

    if (comfort_is_largest(ui->settings.text_percent)) {
        /* Without the card, so that its words have the whole width and can be parted. */
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, quotation(model, ui), 16);
        const char *who =
            arena_format(ui->arena, "**%s**, %s", champion->name, say(model, champion->role));
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, who == NULL ? champion->name : who, 16)
            ->look = LOOK_SECOND;
        return;
    }
    struct block *block = blocks_add(ui, blocks, BLOCK_CHAMPION, 16);

    block->champion.initials = champion->initials;
    block->champion.quotation = quotation(model, ui);
    block->champion.name = champion->name;
    block->champion.role = say(model, champion->role);
}

static void add_picture(struct ui *ui, struct blocks *blocks, const char *name, int width_px)
{
    struct block *block = blocks_add(ui, blocks, BLOCK_PICTURE, 36);

    block->icon = name;
    /* The pictures of cards are drawn 968 by 446. */
    block->height = width_px / ui->scale * 446 / 968;
    block->optional = true;
}

static void heading_view(const struct model *model, struct ui *ui, struct rect *area,
                         const struct pack_page *card)
{
    int page = ui->text_percent;

    /* What the card says has more than half of the room. */
    while (ui->text_percent > UI_LEAST_PERCENT &&
           ui_text_height(ui, say(model, card->title), LOOK_H1, area->w) > area->h * 3 / 10)
        ui->text_percent -= UI_PERCENT_STEP;
    ui_progress(ui, area,
                /* TRANSLATORS: {n} is the number of this card, {count} how many there are. */
                say_with(model, ui, N_("About the programme: {n} of {count}"),
                         (const char *const[]){"n", number_text(ui, model->about + 1), "count",
                                               number_text(ui, CARDS), NULL}),
                CARDS, model->about);
    ui_heading(ui, area, say(model, card->title), LOOK_H1, 28);
    ui->text_percent = page;
}

static void portrait_view(const struct model *model, struct ui *ui, struct rect area,
                          const struct pack_page *card)
{
    static struct blocks blocks;
    struct rect inner = chrome_inset(ui, area);

    blocks.count = 0;
    rect_cut_top(&inner, ui_px(ui, 40));
    rect_cut_bottom(&inner, ui_px(ui, 16));
    heading_view(model, ui, &inner, card);
    if (card->picture != NULL && ui->theme->pictures)
        add_picture(ui, &blocks, card->picture, inner.w);
    add_lines(model, ui, &blocks, card);
    if (card->champion) {
        blocks_add(ui, &blocks, BLOCK_SPACE, 0)->optional = true;
        add_champion(model, ui, &blocks);
    }
    blocks_view(ui, inner, &blocks, model->sheet);
}

/* Picture and champion at the left, words at the right, which are read first. */
static void landscape_view(const struct model *model, struct ui *ui, struct rect area,
                           const struct pack_page *card)
{
    static struct blocks blocks;
    struct rect inner = chrome_inset(ui, area);
    const struct pack_champion *c = &model->pack->champion;
    bool picture = card->picture != NULL && ui->theme->pictures && ui->settings.text_percent == 100;
    struct rect beside = {0};

    rect_cut_top(&inner, ui_px(ui, 40));
    if (picture) {
        struct rect left = rect_cut_start(&inner, ui_px(ui, 880.0 * ui->w / 1920.0));
        int champion_h = 0;
        rect_cut_start(&inner, ui_px(ui, 56));
        if (card->champion)
            champion_h =
                ui_champion_height(ui, left.w, quotation(model, ui), c->name, say(model, c->role)) +
                ui_px(ui, 28 + 36);
        /* As high as the champion's words allow; whole where there are none. */
        int h = left.w * 446 / (card->champion ? 860 : 968);
        if (h > left.h - champion_h)
            h = left.h - champion_h;
        /* A strip of a picture pleases nobody. */
        if (h >= left.w / 4) {
            ui_picture(ui, rect_cut_top(&left, h), card->picture, ui_px(ui, 28));
            rect_cut_top(&left, ui_px(ui, 28));
        }
        beside = left;
    }
    blocks.count = 0;
    heading_view(model, ui, &inner, card);
    rect_cut_top(&inner, ui_px(ui, picture ? 20 : 0));
    add_lines(model, ui, &blocks, card);
    if (card->champion && !picture)
        add_champion(model, ui, &blocks);
    blocks_view(ui, inner, &blocks, model->sheet);
    if (card->champion && picture)
        ui_champion(ui, &beside, c->initials, quotation(model, ui), c->name, say(model, c->role));
}

static void view(const struct model *model, struct ui *ui)
{
    const struct pack_page *card = card_of(model);
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct button skip = {.id = {ID_SKIP, 0},
                          .label = say(model, N_("Skip to sign-up")),
                          .icon = "chevron",
                          .icon_after = true,
                          .look = BUTTON_QUIET};

    if (ui->portrait)
        portrait_view(model, ui, area, card);
    else
        landscape_view(model, ui, area, card);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    bool last = model->about == CARDS - 1 && !more;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back = "",
                                       .forward = more   ? say(model, NC_("of this page", "More"))
                                                  : last ? say(model, N_("Sign up"))
                                                         : say(model, NC_("page", "Next")),
                                       .forward_icon = more ? "down" : "next",
                                       .quiet = last ? NULL : &skip});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets)
            model->sheet++;
        else if (model->about + 1 < CARDS) {
            model->about++;
            model->sheet = 0;
        } else
            journey_first_page(model);
        break;
    case ID_SKIP:
        journey_first_page(model);
        break;
    case ID_BACK:
        if (model->sheet > 0)
            model->sheet--;
        else if (model->about > 0)
            model->about--;
        else
            effects->end_session = true; /* nothing was typed yet that is worth a question */
        break;
    default:
        break;
    }
}

const struct screen screen_about = {.view = view, .activate = activate, .idle = IDLE_ASKS};
