/*
 * Sound and screen: what staff may change for all who come, without IT. It holds until the kiosk is
 * restarted, since help-kiosk writes no file; the page says so. Each change works at once, on this
 * page too. A switch is a row of the table.
 */
#include <stddef.h>
#include <string.h>

#include "screens/chrome.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

static const struct site_switch {
    enum deed_id deed;
    size_t offset; /* in struct site */
    const char *label;
    const char *second;
} switches[] = {
    {DEED_BRIGHT, offsetof(struct site, bright), N_("Keep the screen bright"),
     N_("Else the welcome picture dims when nobody comes.")},
    {DEED_LOW_REACH, offsetof(struct site, comfort.low_reach), N_("Lower the buttons for everyone"),
     N_("For a kiosk that most people use from a chair.")},
    {DEED_NEUTRAL, offsetof(struct site, neutral), N_("Keep the topic off the welcome screen"),
     N_("It does not say that this is about diabetes.")},
};

static bool is_on(const struct model *model, const struct site_switch *row)
{
    bool on;

    memcpy(&on, (const char *)&model->site + row->offset, sizeof on);
    return on;
}

static void add_loudness(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    blocks_add_text(ui, blocks, BLOCK_TEXT, NULL,
                    say_with(model, ui, N_("How loud the kiosk speaks: **{n} of {count}**"),
                             (const char *const[]){"n", number_text(ui, model->site.volume),
                                                   "count", number_text(ui, VOLUME_STEPS), NULL}),
                    16)
        ->keep = true;
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_SOFTER},
                                 .icon = "down",
                                 .label = say(model, N_("Softer"))});
    blocks->at[blocks->count - 1].keep = true; /* both are seen together */
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_LOUDER},
                                 .icon = "up",
                                 .label = say(model, N_("Louder"))});
    blocks->at[blocks->count - 1].keep = false;
    blocks->at[blocks->count - 1].gap = 32;
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    static struct blocks beside;

    blocks.count = 0;
    beside.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Sound and screen")), 28)
        ->look = LOOK_H1;
    if (model->loudspeaker == LOUDSPEAKER_SPEAKS)
        add_loudness(model, ui, &blocks);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        blocks_add(ui, &beside, BLOCK_CHOICE, 20)->choice =
            (struct choice){.id = {ID_DEED, switches[i].deed},
                            .label = say(model, switches[i].label),
                            .second = say(model, switches[i].second),
                            .box = true,
                            .chosen = is_on(model, &switches[i])};
    blocks_add_text(ui, &beside, BLOCK_TIP, "info",
                    say(model, N_("This holds until the kiosk is restarted. Whoever looks after it "
                                  "sets it for good in kiosk.ini.")),
                    0);
    staff_page(model, ui, &blocks, &beside, true);
}

/* Who tries a loudness hears it, and so does everyone who begins from now on. */
static void set_loudness(struct model *model, int step, struct effects *effects)
{
    int to = model->site.volume + step;

    if (to >= 1 && to <= VOLUME_STEPS)
        model->site.volume = to;
    model->listening.volume = model->site.volume;
    effects->say = N_("This is how loud the kiosk speaks.");
}

static void turn(struct model *model, enum deed_id deed)
{
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        bool on = !is_on(model, &switches[i]);
        if (switches[i].deed == deed)
            memcpy((char *)&model->site + switches[i].offset, &on, sizeof on);
    }
    model->comfort.low_reach = model->site.comfort.low_reach;
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (staff_turn(model, id, SCREEN_STAFF_TOOLS))
        return;
    if (id.what == ID_DEED && (id.which == DEED_SOFTER || id.which == DEED_LOUDER))
        set_loudness(model, id.which == DEED_LOUDER ? 1 : -1, effects);
    else if (id.what == ID_DEED)
        turn(model, (enum deed_id)id.which);
}

const struct screen screen_staff_sound = {.view = view, .activate = activate, .idle = IDLE_LOCKS};
