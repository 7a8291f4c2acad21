/* The full privacy notice, from the content pack; Back returns to the agreements. */
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    const struct pack_page *page = pack_page(model->pack, "privacy");
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct zone zone = {.heading = say(model, page->title),
                        .hint = page->lead[0] == '\0' ? NULL : say(model, page->lead)};

    blocks.count = 0;
    for (int i = 0; i < page->line_count; i++)
        blocks_add_text(ui, &blocks, BLOCK_ROW,
                        page->lines[i].icon == NULL ? "info" : page->lines[i].icon,
                        say(model, page->lines[i].text), 24);
    chrome_rows(model, ui, area, &zone, &blocks);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(
        model, ui, place,
        &(struct chrome_bottom){.back = "",
                                .forward = more ? say(model, NC_("of this page", "More")) : NULL,
                                .forward_icon = "down"});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    (void)effects;
    if (id.what == ID_CONTINUE && model->sheet + 1 < model->sheets) {
        model->sheet++;
    } else if (id.what == ID_BACK && model->sheet > 0) {
        model->sheet--;
    } else if (id.what == ID_BACK) {
        model->screen = model->under;
        model->sheet = 0;
    }
}

const struct screen screen_privacy = {.view = view, .activate = activate, .idle = IDLE_ASKS};
