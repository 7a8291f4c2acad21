/*
 * Save to USB stick: what waits goes onto it as locked files, and receipts that it brings back are
 * taken off it. The page says when the stick may be taken out, and what to do where that failed;
 * nothing on the kiosk is lost by any of it.
 */
#include <stddef.h>

#include "screens/staff_panel.h"
#include "screens/words.h"

static const struct {
    const char *icon;
    const char *text;
} outcomes[STICK_STATE_COUNT] = {
    [STICK_NOT_ASKED] = {"info",
                         N_("Plug the stick in. What waits is written onto it, locked: only "
                            "the server can open it. It stays on this kiosk too.")},
    [STICK_WORKING] = {"clock", N_("**Leave the stick in.** It is written and read back.")},
    [STICK_FULL] = {"alert", N_("**The stick is full.** Make room on it, or use another one.")},
    [STICK_READ_ONLY] = {"alert", N_("**The stick takes no files.** Look for a small switch on its "
                                     "side, or use another one.")},
    [STICK_NOT_ALLOWED] = {"alert", N_("**This kiosk may not write on the stick.** Call whoever "
                                       "looks after this kiosk.")},
    [STICK_GONE] = {"alert", N_("**The stick was pulled out or does not work.** Nothing is lost. "
                                "Plug it in again, or use another one.")},
    [STICK_MISSING] = {"alert", N_("**No stick was found.** Plug it in, count to ten and try "
                                   "again.")},
    [STICK_CROWDED] = {"alert", N_("**Too many files are on the stick.** Use an empty one.")},
    [STICK_DEVICE] = {"alert", N_("**The kiosk could not read its own sign-ups.** Try again. If "
                                  "this stays, call whoever looks after it.")},
    [STICK_NOT_SET_UP] = {"alert", N_("**This kiosk is not set up yet.** Nothing waits on it.")},
    [STICK_BUSY] = {"alert", N_("**Another stick is being written.** Wait until that is done.")},
    [STICK_SILENT] = {"alert",
                      N_("**The part of this kiosk that stores sign-ups does not answer.** "
                         "Restart the kiosk and try again.")},
};

static int counted(uint64_t n)
{
    return n > 1000000 ? 1000000 : (int)n;
}

static void add_done(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct stick *stick = &model->staff.stick;

    if (stick->settled > 0)
        blocks_add_text(
            ui, blocks, BLOCK_NOTE, "info",
            say_number(model, ui,
                       NP_("The stick brought the server’s receipt for **{n} sign-up**.",
                           "The stick brought the server’s receipts for **{n} sign-ups**."),
                       counted(stick->settled)),
            20);
    if (stick->on_it == 0) {
        blocks_add_text(ui, blocks, BLOCK_NOTE, "tick",
                        say(model, N_("**Nothing waits to be sent.** You may take the stick out.")),
                        20);
        return;
    }
    blocks_add_text(ui, blocks, BLOCK_NOTE, "tick",
                    say_number(model, ui,
                               NP_("**{n} sign-up is on the stick.** You may take it out.",
                                   "**{n} sign-ups are on the stick.** You may take it out."),
                               counted(stick->on_it)),
                    20);
    blocks_add_text(ui, blocks, BLOCK_TIP, "usb",
                    say(model, N_("Give it to whoever looks after this kiosk. Bring it back here "
                                  "afterwards, with the server’s receipts.")),
                    20);
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    static struct blocks beside;
    enum stick_state state = model->staff.stick.state;

    blocks.count = 0;
    beside.count = 0;
    blocks_add_text(ui, &blocks, BLOCK_HEADING, NULL, say(model, N_("Save to USB stick")), 28)
        ->look = LOOK_H1;
    if (state == STICK_DONE)
        add_done(model, ui, &blocks);
    else
        blocks_add_text(ui, &blocks, BLOCK_NOTE, outcomes[state].icon,
                        say(model, outcomes[state].text), 20);
    if (state != STICK_WORKING)
        blocks_add(ui, &beside, BLOCK_BUTTON, 20)->button = (struct button){
            .id = {ID_DEED, DEED_SAVE_TO_STICK},
            .label = state == STICK_NOT_ASKED ? say(model, N_("Save to the stick now"))
                     : state == STICK_DONE    ? say(model, N_("Save to another stick"))
                                              : say(model, N_("Try again")),
            .icon = "usb",
            .look = BUTTON_PRIMARY};
    staff_page(model, ui, &blocks, &beside, true);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    if (staff_turn(model, id, SCREEN_STAFF))
        return;
    if (id.what == ID_DEED && id.which == DEED_SAVE_TO_STICK) {
        model->staff.stick = (struct stick){STICK_WORKING, 0, 0};
        model->sheet = 0;
        effects->save_to_stick = true;
    }
}

const struct screen screen_staff_stick = {.view = view, .activate = activate, .idle = IDLE_LOCKS};
