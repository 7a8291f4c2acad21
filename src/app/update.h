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

/* keys.c */
void app_key(struct app *app, enum input_key key, int64_t now_ms, struct effects *effects);
/* Does a character that comes in go into a field? */
bool app_can_type(const struct app *app);

/* idle.c: nobody is there any more, or another screen shows than at the last look. */
void app_leave(struct app *app, struct effects *effects);
void app_note_screen(struct app *app, int64_t now_ms);

#endif
