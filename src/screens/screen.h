/*
 * A screen as a const table: how it looks and what a touch on it does. `view` is pure: the same
 * model gives the same scene. The table of all screens is screens_of.
 */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include "screens/ids.h"
#include "screens/model.h"
#include "ui/parts.h"

enum idle_class {
    IDLE_NEVER,  /* nothing to clear: the screen may stand for days */
    IDLE_ASKS,   /* "Are you still there?", then it clears */
    IDLE_CLEARS, /* counts down to clearing on the screen itself */
    IDLE_WAITS,  /* an answer comes from outside; then another screen shows */
    IDLE_LOCKS,  /* the staff panel: after a while it locks by itself */
    IDLE_COUNTS, /* counts down, and nothing that is touched stops it: cleaning */
};

struct screen {
    void (*view)(const struct model *model, struct ui *ui);
    /* A touch on an element; bars and dialogs are handled before. */
    void (*activate)(struct model *model, struct element_id id, struct effects *effects);
    enum idle_class idle;
    /* Characters of a hardware keyboard, where the screen takes them; NULL: it takes none. */
    void (*text)(struct model *model, struct str text);
    bool wants_status; /* shows what help-sync tells: it is asked again and again */
};

const struct screen *screen_of(enum screen_id id);

extern const struct screen screen_welcome;
extern const struct screen screen_language;
extern const struct screen screen_help;
extern const struct screen screen_about;
extern const struct screen screen_page;
extern const struct screen screen_privacy;
extern const struct screen screen_check;
extern const struct screen screen_saving;
extern const struct screen screen_done;
extern const struct screen screen_not_confirmed;
extern const struct screen screen_not_ready;
extern const struct screen screen_paused;
extern const struct screen screen_staff_pin;
extern const struct screen screen_staff;
extern const struct screen screen_look_up;
extern const struct screen screen_staff_tools;
extern const struct screen screen_staff_sound;
extern const struct screen screen_staff_stick;
extern const struct screen screen_self_test;
extern const struct screen screen_touch_test;
extern const struct screen screen_sound_test;
extern const struct screen screen_cleaning;
extern const struct screen screen_called_in;
extern const struct screen screen_code;
extern const struct screen screen_switches;

/* The dialog on top of any screen, drawn after its view. */
void dialog_view(const struct model *model, struct ui *ui);

#endif
