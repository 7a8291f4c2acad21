/*
 * Sound test: the kiosk says a sentence, and whoever stands before it says whether it was heard: no
 * program can know that a loudspeaker is switched on. Where no voice is installed it plays a tone.
 */
#include <stddef.h>

#include "screens/staff_panel.h"
#include "screens/words.h"

static void play(struct effects *effects)
{
    effects->say = N_("This is a test of the sound.");
}

void staff_begin_sound_test(struct model *model, struct effects *effects)
{
    model->staff.heard = HEARD_NOT_ASKED;
    staff_show(model, SCREEN_SOUND_TEST);
    play(effects);
}

static void add_question(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    struct block *block =
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL,
                        model->loudspeaker == LOUDSPEAKER_BEEPS
                            ? say(model, N_("The kiosk plays a tone."))
                            : say(model, N_("The kiosk says: “This is a test of the sound.”")),
                        24);

    block->keep = true;
    block =
        blocks_add_text(ui, blocks, BLOCK_HEADING, NULL, say(model, N_("Did you hear it?")), 16);
    block->look = LOOK_H2;
    block->keep = true;
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_HEARD},
                                 .icon = "tick",
                                 .label = say(model, N_("Yes, I heard it"))});
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_NOT_HEARD},
                                 .icon = "close",
                                 .label = say(model, N_("No, I heard nothing"))});
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_PLAY_AGAIN},
                                 .icon = "restart",
                                 .label = say(model, N_("Play it again"))});
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;

    blocks.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Sound test")), 28)->look =
        LOOK_H1;
    /* It was unplugged just now. */
    if (model->loudspeaker == LOUDSPEAKER_NONE)
        blocks_add_text(ui, &blocks, BLOCK_NOTE, "alert",
                        say(model, N_("**Sound:** no loudspeaker was found. Plug it in and restart "
                                      "the kiosk.")),
                        0);
    else
        add_question(model, ui, &blocks);
    staff_page(model, ui, &blocks, NULL, true);
}

static void answer(struct model *model, enum heard_answer heard)
{
    model->staff.heard = heard;
    staff_show(model, SCREEN_SELF_TEST);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (staff_turn(model, id, SCREEN_SELF_TEST))
        return;
    if (id.what == ID_DEED && id.which == DEED_PLAY_AGAIN)
        play(effects);
    else if (id.what == ID_DEED)
        answer(model, id.which == DEED_HEARD ? HEARD_IT : HEARD_NOTHING);
}

const struct screen screen_sound_test = {.view = view, .activate = activate, .idle = IDLE_LOCKS};
