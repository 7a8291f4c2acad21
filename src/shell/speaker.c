/* Utterances become sound: see speaker.h. */
#include "shell/speaker.h"

#include "base/log.h"

/* Between two utterances, so that they do not run into each other. */
#define PAUSE_MS 150

void speaker_init(struct speaker *speaker, const struct config *config, struct app *app)
{
    const struct speak_settings settings = {.offered = config->speech,
                                            .volume =
                                                (config->volume_percent + 5) * SOUND_STEPS / 100,
                                            .words_a_minute = config->words_a_minute,
                                            .headphones = config->headphones};

    _Static_assert((int)VOLUME_STEPS == (int)SOUND_STEPS,
                   "each step on the screen is one of the sound");
    *speaker = (struct speaker){.checked = !config->speech, .ends_ms = INT64_MAX};
    app_speech(app, &settings);
}

void speaker_forget(struct speaker *speaker)
{
    sound_close(speaker->sound);
    voice_close(speaker->voice);
    speaker->sound = NULL;
    speaker->voice = NULL;
    speaker->ends_ms = INT64_MAX;
}

void speaker_finish(struct speaker *speaker)
{
    speaker_forget(speaker);
}

static void give_up(struct speaker *speaker, struct app *app, const struct refusal *refusal)
{
    log_event(LOG_LEVEL_WARNING, "kiosk.no_speech", "problem=\"%s\" remedy=\"%s\"",
              refusal->problem, refusal->remedy);
    speaker_forget(speaker);
    app_speechless(app);
}

/* Opens what is not open; a device that was unplugged is looked for anew. */
static bool make_ready(struct speaker *speaker, struct refusal *refusal)
{
    if (speaker->voice == NULL && voice_open(&speaker->voice, refusal) != ERR_OK)
        return false;
    if (speaker->sound != NULL && !sound_works(speaker->sound)) {
        sound_close(speaker->sound);
        speaker->sound = NULL;
    }
    return speaker->sound != NULL ||
           sound_open(voice_rate_hz(speaker->voice), &speaker->sound, refusal) == ERR_OK;
}

/* After the first picture: is there all that it takes? */
static void check(struct speaker *speaker, struct app *app)
{
    struct refusal refusal = {0};
    struct sound *sound = NULL;
    enum { ANY_RATE_HZ = 22050 };

    speaker->checked = true;
    if (voice_check(&refusal) == ERR_OK && sound_open(ANY_RATE_HZ, &sound, &refusal) == ERR_OK)
        sound_close(sound);
    else
        give_up(speaker, app, &refusal);
}

struct saying {
    struct speaker *speaker;
    int volume;
    size_t samples;
};

static bool take(void *context, const int16_t *samples, size_t count)
{
    struct saying *saying = context;

    saying->samples += count;
    return sound_queue(saying->speaker->sound, samples, count, saying->volume) == ERR_OK;
}

static enum err say_in(struct saying *saying, const struct utterance *utterance, const char *voice,
                       const char *text)
{
    return text == NULL ? ERR_OK
                        : voice_say(saying->speaker->voice, voice, utterance->words_a_minute, text,
                                    take, saying);
}

static void say(struct speaker *speaker, struct app *app, const struct utterance *utterance,
                int64_t now_ms)
{
    struct saying saying = {speaker, utterance->volume, 0};
    struct refusal refusal = {0};
    bool ready = make_ready(speaker, &refusal);

    if (ready && say_in(&saying, utterance, utterance->name_voice, utterance->name) == ERR_OK &&
        say_in(&saying, utterance, utterance->voice, utterance->text) == ERR_OK) {
        speaker->ends_ms =
            now_ms + PAUSE_MS + (int64_t)saying.samples * 1000 / voice_rate_hz(speaker->voice);
        return;
    }
    if (ready) {
        refusal_problem(&refusal, "the voice \"%s\" does not speak", utterance->voice);
        refusal_remedy(&refusal, "Install espeak-ng-data again");
    }
    give_up(speaker, app, &refusal);
}

bool speaker_step(struct speaker *speaker, struct app *app, int64_t now_ms)
{
    struct utterance utterance;
    bool changed = false;

    if (!speaker->checked) {
        check(speaker, app);
        changed = true;
    }
    if (app_hushes(app)) {
        if (speaker->sound != NULL)
            sound_stop(speaker->sound);
        speaker->ends_ms = INT64_MAX;
    }
    if (now_ms >= speaker->ends_ms) {
        speaker->ends_ms = INT64_MAX;
        app_heard(app, now_ms);
        changed = true;
    }
    if (speaker->ends_ms == INT64_MAX && app_next_utterance(app, &utterance)) {
        say(speaker, app, &utterance, now_ms);
        changed = true;
    }
    if (speaker->sound != NULL && !app->model.listening.on)
        speaker_forget(speaker);
    return changed;
}

int64_t speaker_deadline_ms(const struct speaker *speaker)
{
    return speaker->ends_ms;
}
