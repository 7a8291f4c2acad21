/* Choose your language: every answer given so far stays. */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

/* The narrowest that a column may get, in units of text. */
#define COLUMN 460

/* "Somali · draft · no speech yet": what one should know before choosing it. */
static const char *second_line(const struct model *model, struct ui *ui,
                               const struct pack_language *language)
{
    bool chosen = language == model->language;
    /* TRANSLATORS: behind the name of a language that no speaker of it has checked yet; narrow. */
    const char *draft = say(model, N_("draft"));
    /* TRANSLATORS: behind the name of a language that the kiosk can't read aloud; narrow. */
    const char *mute = say(model, N_("no speech yet"));
    const char *text = arena_format(
        ui->arena, "%s%s%s%s%s", chosen ? say(model, N_("Selected")) : language->english,
        language->draft ? " · " : "", language->draft ? draft : "",
        language->voice == NULL ? " · " : "", language->voice == NULL ? mute : "");

    if (text == NULL)
        ui->scene->overflow = true;
    return text == NULL ? "" : text;
}

static struct choice language_choice(const struct model *model, struct ui *ui, int index)
{
    const struct pack_language *language = &model->pack->languages[index];

    return (struct choice){.id = {ID_LANGUAGE, index},
                           .label = language->name,
                           .tongue = tongue_of(language),
                           .second = second_line(model, ui, language),
                           .chosen = language == model->language};
}

/* In two columns where there is room for them. */
static void add_languages(const struct model *model, struct ui *ui, struct blocks *blocks,
                          int width_px)
{
    bool pairs = width_px / 2 >= ui_text_px(ui, COLUMN);
    struct block *row = NULL;
    bool drafts = false;

    for (int i = 0; i < model->pack->language_count; i++) {
        const struct pack_language *language = &model->pack->languages[i];
        if (!model_offers(model, language))
            continue;
        drafts = drafts || language->draft;
        if (row != NULL && pairs) {
            row->beside = language_choice(model, ui, i);
            row = NULL;
        } else {
            row = blocks_add(ui, blocks, pairs ? BLOCK_PAIR : BLOCK_CHOICE, 18);
            row->dense = true;
            row->choice = language_choice(model, ui, i);
        }
    }
    if (drafts)
        blocks_add_text(ui, blocks, BLOCK_TIP, "help",
                        say(model, N_("Draft: not yet checked by a speaker of this language")), 0);
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct zone zone = {.sun = 1,
                        .sun_of = 9,
                        .heading = say(model, N_("Choose your language")),
                        .hint = say(model, N_("Everything on the screen will change to your "
                                              "language. You can change it again at any time."))};

    blocks.count = 0;
    add_languages(model, ui, &blocks, ui_zone_touch_width(ui));
    chrome_rows(model, ui, area, &zone, &blocks);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back = "",
                                       .forward = more ? say(model, N_("More languages"))
                                                       : say(model, N_("Continue")),
                                       .forward_icon = more ? "down" : "next"});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    (void)effects;
    switch (id.what) {
    case ID_LANGUAGE:
        model->language = &model->pack->languages[id.which];
        break;
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets) {
            model->sheet++;
            break;
        }
        model->screen = model->under;
        model->sheet = 0;
        break;
    case ID_BACK:
        if (model->sheet > 0) {
            model->sheet--;
            break;
        }
        model->screen = model->under;
        break;
    default:
        break;
    }
}

const struct screen screen_language = {.view = view, .activate = activate, .idle = IDLE_ASKS};
