/*
 * The shell around the app: window, fonts, pack and courier, and the loop that joins them. One
 * thread; it sleeps until a person, help-sync or the clock has something for it, or until another
 * thread, which knows nothing else, saw headphones plugged in (jack.h).
 */
#ifndef SHELL_KIOSK_H
#define SHELL_KIOSK_H

#include "app/app.h"
#include "sdl/painter.h"
#include "sdl/window.h"
#include "shell/config.h"
#include "shell/courier.h"
#include "shell/jack.h"
#include "shell/speaker.h"

struct kiosk {
    struct window *window;
    struct fonts *fonts;
    struct pictures *pictures;
    struct painter *painter;
    struct pack *pack;
    struct app app;
    bool app_runs;
    struct courier courier;
    struct speaker speaker;
    char stick[CONFIG_PATH]; /* where the system mounts a USB stick */
    struct jack *jack;       /* NULL: the system does not tell of headphones */
    unsigned char *scratch;  /* locked: plaintext passes through it while it is sealed */
    bool unlocked;           /* the system locks no memory: no sign-up of a real patient here */
    bool may_quit;           /* it is tried out in a window: whoever closes it means it */
    const struct env *env;
    bool quit;
};

/*
 * Acquires everything in order. On failure *refusal says what is missing and who can mend it, and
 * kiosk_finish may be called all the same.
 */
MUST_USE enum err kiosk_init(struct kiosk *kiosk, const struct config *config,
                             const struct env *env, struct refusal *refusal);
void kiosk_finish(struct kiosk *kiosk);

/* Runs until asked to quit. */
void kiosk_run(struct kiosk *kiosk);
/* One turn of the loop: waits at most `most_ms` (negative: as long as nothing is due). */
void kiosk_turn(struct kiosk *kiosk, int most_ms);
/* Does what a person did. */
void kiosk_take(struct kiosk *kiosk, const struct input *input);
/* Paints what changed; called by kiosk_turn. */
void kiosk_show(struct kiosk *kiosk);

#endif
