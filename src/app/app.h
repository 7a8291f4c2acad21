/*
 * The app: input becomes an action, the action changes the model, the model is viewed as a scene.
 * What it wants done outside comes back as data (struct effects and `forget`), so the whole kiosk
 * runs in a test with no window, no clock and no disk. Time is handed in, monotonic, in ms.
 *
 * All that a patient typed, and every copy that a scene makes of it, lies in one locked block
 * (sodium_malloc: not swapped, not dumped). It is zeroed at the end of a session, whatever the end.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/speak.h"
#include "base/env.h"
#include "screens/screen.h"
#include "ui/input.h"
#include "ui/parts.h"

enum {
    APP_PATIENCE_MS = 60000,      /* silence before "Are you still there?" */
    APP_LONG_PATIENCE_MS = 90000, /* with speech, large text, low reach or another language */
    APP_WARNING_S = 30,           /* that it counts down */
    APP_DONE_S = 60,              /* the done screen clears by itself */
    APP_LONG_FACTOR = 2,          /* of both seconds, on a keypad or switches */
    APP_SECOND_TOUCH_MS = 500,    /* a second touch so soon is a slip */
    APP_SECOND_KEY_MS = 120,      /* the same key so soon is a bounce */
    APP_REPEAT_AFTER_MS = 500,    /* backspace, while it is held */
    APP_REPEAT_EVERY_MS = 120,
    APP_SAVING_SHOWN_MS = 300, /* "Saving" only where it takes so long */
    APP_CARET_MS = 500,
    APP_SCAN_ROUNDS = 3, /* of the ring that moves by itself, without a choice */
    APP_DIM_MS = 600000, /* nobody came: the welcome screen's picture dims */
};

#define APP_ARENA_BYTES ((size_t)256 * 1024)

struct app_block;
struct places;

/* What the person acts with; the last of them counts. */
enum app_hand {
    HAND_TOUCH,
    HAND_KEYPAD,
    HAND_KEYBOARD,
    HAND_SWITCH,
};

/* Where the focus was last looked after: where this changes, it begins anew. */
struct app_place {
    enum screen_id screen;
    enum dialog dialog;
    int about;
    int page;
};

struct app {
    struct model model;
    struct app_block *block; /* the locked memory: secret and the arenas of both scenes */
    struct places *places;   /* sealed, in ordinary memory */
    const struct env *env;
    bool unlocked;           /* but the system did not lock it: it may reach a swap file */
    struct scene *scenes[2]; /* what is on the glass, and the next */
    int shown;
    struct arena arenas[2];
    struct ui_settings screen; /* size and diagonal; the rest follows the session */
    const struct text_metrics *metrics;
    struct reach reach;
    struct element_id focus;
    struct element_id behind; /* what had the focus when the dialog came */
    struct app_place place;
    enum app_hand hand;
    int64_t key_ms;  /* last key or character that was taken */
    int64_t scan_ms; /* when the ring moves on by itself; INT64_MAX: it rests */
    int scan_rounds; /* since the last choice */
    struct speak speak;
    struct element_id pressed; /* where the finger came down, while it is down */
    bool inside;               /* and it is still there */
    int64_t repeat_ms;         /* when a held key acts again; INT64_MAX: never */
    int64_t acted_ms;          /* last activation */
    struct element_id acted;
    int64_t seen_ms;    /* last sign of a person */
    int64_t second_ms;  /* when the countdown loses its next second; INT64_MAX: none runs */
    int64_t saving_ms;  /* when the record was handed over */
    enum screen_id was; /* screen at the last look, to notice a change */
    bool forget;        /* a session ended: the shell must forget and flush; it clears this */
};

/*
 * `pack`, `metrics` and `env` are lent. Where memory may not be locked (RLIMIT_MEMLOCK) it says so
 * in `unlocked`; who calls decides what such a kiosk may do.
 */
MUST_USE enum err app_init(struct app *app, const struct pack *pack, const struct site *site,
                           const struct text_metrics *metrics, const struct ui_settings *screen,
                           const struct env *env);
/* Wipes, and accepts an app whose init failed. */
void app_finish(struct app *app);

/* How this kiosk is reached without touch; off where it is never told. */
void app_set_reach(struct app *app, const struct reach *reach);

/* What a person did. */
void app_input(struct app *app, const struct input *input, int64_t now_ms,
               struct effects *out_effects);
/* What is due by the clock: countdowns, the caret, a held key. */
void app_tick(struct app *app, int64_t now_ms, struct effects *out_effects);
/* When app_tick is due; INT64_MAX: nothing ever happens by itself. */
int64_t app_deadline_ms(const struct app *app, int64_t now_ms);

/* What help-sync told. `today` is the wall clock's claim. */
void app_device(struct app *app, const struct device *device, struct date today, int64_t now_ms);
/* The screen changed its size. */
void app_resize(struct app *app, int width_px, int height_px);

/*
 * Asked for by effects.save: writes the record under this id into the locked block and returns it.
 * The caller seals it and calls app_sealed, which wipes all answers.
 */
MUST_USE enum err app_record(struct app *app, const uint8_t id[16], const char *id_text,
                             int64_t wall_ms, int64_t now_ms, struct str *out_record);
/* Did staff help to fill it in? Ask before app_sealed. */
bool app_with_staff(const struct app *app);
void app_sealed(struct app *app);
void app_saved(struct app *app, int64_t now_ms);
void app_not_confirmed(struct app *app, int64_t now_ms);
/* It was refused and can't be kept here: the screen says so, where the patient still waits. */
void app_refused(struct app *app, enum readiness why, int64_t now_ms);

/* A practice run is over: effects.discard. Nothing of it is left but the screen that says so. */
void app_practised(struct app *app, int64_t now_ms);

/* What became of effects.check_pin: the panel opens, or the screen says why not. */
void app_admit(struct app *app, int64_t now_ms);
void app_pin(struct app *app, enum pin_try state, int tries_left, int64_t wait_ms, int64_t now_ms);
/* ... and of effects.look_up. */
void app_looked_up(struct app *app, enum signup_status status);
/* How saving to the USB stick ended, whatever the panel shows now. */
void app_stick(struct app *app, const struct stick *stick);

/* Ends the session at once: everything typed is wiped, the welcome screen shows. */
void app_end_session(struct app *app);

/*
 * Builds the scene of the model as it is now. True where the glass must change: *out_dirty is then
 * what to paint of *out_scene.
 */
bool app_view(struct app *app, int64_t now_ms, const struct scene **out_scene,
              struct rect *out_dirty);
/* The whole of the next view is painted, whatever changed. */
void app_expose(struct app *app);

#endif
