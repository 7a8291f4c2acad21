/* Choose your language: every answer given so far stays. */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct zone zone = {.heading = say(model, N_("Choose your language")),
                        .hint = say(model, N_("Everything on the screen will change to your "
                                              "language. You can change it again at any time."))};

    blocks.count = 0;
    for (int i = 0; i < model->pack->language_count; i++) {
        const struct pack_language *language = &model->pack->languages[i];
        bool chosen = language == model->language;
        if (language->draft && !model->drafts)
            continue;
        blocks_add(ui, &blocks, BLOCK_CHOICE, 20)->choice =
            (struct choice){.id = {ID_LANGUAGE, i},
                            .label = language->name,
                            .second = chosen ? say(model, N_("Selected")) : language->english,
                            .chosen = chosen};
    }
    struct panels panels = ui_zone(
        ui, area, &zone,
        ui->portrait ? blocks_height(ui, &blocks, ui_zone_field_width(ui)) + 2 * ui_px(ui, 40) : 0,
        0);
    struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
    rect_cut_top(&body, ui_px(ui, 40));
    blocks_view(ui, body, &blocks, model->sheet);
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

const struct screen screen_language = {view, activate, IDLE_ASKS};
