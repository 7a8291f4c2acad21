/* What the files of the app share: app.h is for everyone else. */
#ifndef APP_UPDATE_H
#define APP_UPDATE_H

#include "app/app.h"

/* What the person sees while they act. */
static inline const struct scene *app_glass(const struct app *app)
{
    return app->scenes[app->shown];
}

/* update.c: an element was touched, or chosen by key. */
void app_activate(struct app *app, struct element_id id, int64_t now_ms, struct effects *effects);
void app_answer_dialog(struct app *app, struct element_id id, int64_t now_ms,
                       struct effects *effects);

/* Is it too soon after the last act to be meant? */
bool app_is_slip(const struct app *app, const struct element *element, int64_t now_ms);

/* app.c: all that was typed is gone from the locked block. */
void app_wipe(struct app *app);

/* called_in.c */
/* Keeps the place under a code and wipes the answers; a dialog says so where there is no room. */
void app_call_in(struct app *app, int64_t now_ms);
/* Opens the place with the code in the secret, or says on the screen for it why not. */
void app_open_place(struct app *app, int64_t now_ms);
/* How many places there are, and whether a code is taken, for the screens. */
void app_note_code(struct app *app, int64_t now_ms);

/* keys.c */
void app_key(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects);
/* Does a character that comes in go into a field? */
bool app_can_type(const struct app *app);
/* Characters of a whole keyboard. */
void app_text(struct app *app, const char *text);
/* EN 301 549, 5.8. Remembers what it did not refuse. */
bool app_is_second_strike(struct app *app, const struct input *input, int64_t now_ms);
void app_take_hand(struct app *app, enum app_hand hand);
/* A keypad or switches: such a person gets more time. */
bool app_is_assisted(const struct app *app);
void app_move_focus(struct app *app, int step);
void app_press_focus(struct app *app, int64_t now_ms, struct effects *effects);
/* Another page or dialog than at the last look: the focus begins anew. */
void app_note_place(struct app *app, int64_t now_ms);
/* Puts a focus that `after` does not have where it belongs. True where it moved: build it again. */
bool app_refocus(struct app *app, const struct scene *before, const struct scene *after);

/* scan.c */
void app_switch(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects);
void app_scan_tick(struct app *app, int64_t now_ms);
/* Something new shows, or a choice was made: where the ring moves by itself, it begins to. */
void app_scan_anew(struct app *app, int64_t now_ms);

/* idle.c: nobody is there any more, or another screen shows than at the last look. */
void app_leave(struct app *app, struct effects *effects);
void app_note_screen(struct app *app, int64_t now_ms);

#endif
