/*
 * Joins what the app wants said, the voice and the sound: each utterance is turned into samples at
 * once (10 ms for 10 s) and counts as heard when its time has passed by the clock, so that no lost
 * device can hold the countdowns of the app. Voice and device are open only while somebody listens.
 * Where one of them is missing the kiosk runs on without: the log says so once, with the remedy,
 * and Listen is not offered.
 */
#ifndef SHELL_SPEAKER_H
#define SHELL_SPEAKER_H

#include "app/app.h"
#include "sdl/sound.h"
#include "shell/config.h"
#include "speech/voice.h"

struct speaker {
    bool checked; /* whether there are voices and a device */
    struct voice *voice;
    struct sound *sound;
    int64_t ends_ms; /* of what is being heard; INT64_MAX: silence */
};

/* `plugged`: headphones are in the jack already. */
void speaker_init(struct speaker *speaker, const struct config *config, bool plugged,
                  struct app *app);
/* Accepts a zeroed one. */
void speaker_finish(struct speaker *speaker);

/*
 * Does what is due; after the picture was shown, which it never delays. True where the app changed:
 * another element is being read.
 */
bool speaker_step(struct speaker *speaker, struct app *app, int64_t now_ms);
/* When it has something to do by the clock (monotonic); INT64_MAX: never. */
int64_t speaker_deadline_ms(const struct speaker *speaker);
/* A session ended: nothing of what was said stays. */
void speaker_forget(struct speaker *speaker);

#endif
