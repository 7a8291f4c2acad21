/* What the screens of the staff panel share. */
#ifndef SCREENS_STAFF_PANEL_H
#define SCREENS_STAFF_PANEL_H

#include "screens/screen.h"
#include "ui/blocks.h"

/* The `which` of ID_DEED. */
enum deed_id {
    DEED_HELP_PATIENT,
    DEED_SEND_NOW,
    DEED_STICK,
    DEED_SAVE_TO_STICK,
    DEED_LOOK_UP,
    DEED_CLEANING,
    DEED_TOOLS,
    DEED_PRACTICE,
    DEED_PAUSE,
    DEED_SOUND,
    DEED_SELF_TEST,
    DEED_TOUCH_TEST,
    DEED_SOFTER,
    DEED_LOUDER,
    DEED_BRIGHT,
    DEED_LOW_REACH,
    DEED_NEUTRAL,
    DEED_SOUND_TEST,
    DEED_PLAY_AGAIN,
    DEED_HEARD,
    DEED_NOT_HEARD,
};

enum { STAFF_PROBLEMS = 8 };

/* One thing that needs somebody, in plain words with what to do. */
struct staff_problem {
    const char *text;
    const char *remedy;
};

/* Writes at most STAFF_PROBLEMS, the gravest first, and returns how many. */
int staff_problems(const struct model *model, struct ui *ui,
                   struct staff_problem out_problems[STAFF_PROBLEMS]);

/* How many languages this kiosk would offer, were their translations whole. */
int staff_languages_lost(const struct model *model);
/* Adds what is wrong with translations, and what to do; nothing where all is well. */
void staff_add_languages(const struct model *model, struct ui *ui, struct blocks *blocks);

/* "3 minutes", "2 hours", "5 days": how long something lasts. */
const char *duration_text(const struct model *model, struct ui *ui, int64_t ms);
/* "11:40" */
const char *time_text(struct ui *ui, const struct moment *moment);
/* "Tuesday 11 March, 11:40" */
const char *moment_text(const struct model *model, struct ui *ui, const struct moment *moment);

/* Shows `screen` of the panel from its first sheet. */
void staff_show(struct model *model, enum screen_id screen);
/* Shows the sound test and plays its sample. */
void staff_begin_sound_test(struct model *model, struct effects *effects);
/* Adds one deed, beside the last one where that stands alone in its row. */
void staff_add_deed(struct ui *ui, struct blocks *blocks, struct deed deed);
/*
 * Shows the blocks between the bars; `back`: a Back button, else Leave staff panel. `beside` stand
 * at their end side in landscape where both have room, else below them; NULL: none.
 */
void staff_page(const struct model *model, struct ui *ui, struct blocks *blocks,
                struct blocks *beside, bool back);
/* Leads from sheet to sheet of such a page, and from the first one back to `before`. False where it
   was something else that was touched. */
bool staff_turn(struct model *model, struct element_id id, enum screen_id before);

#endif
