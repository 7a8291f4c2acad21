/* Utterances become sound: see speaker.h. */
#include "shell/speaker.h"

#include "base/log.h"

/* Between two utterances, so that they do not run into each other. */
#define PAUSE_MS 150
/* Where no voice says which. */
#define TONE_RATE_HZ 22050

void speaker_init(struct speaker *speaker, const struct config *config, bool plugged,
                  struct app *app)
{
    const struct speak_settings settings = {.offered = config->speech,
                                            .words_a_minute = config->words_a_minute,
                                            .headphones = config->headphones,
                                            .plugged = plugged};

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

static void give_up(struct speaker *speaker, struct app *app, enum loudspeaker left,
                    const struct refusal *refusal)
{
    log_event(LOG_LEVEL_WARNING, "kiosk.no_speech", "problem=\"%s\" remedy=\"%s\"",
              refusal->problem, refusal->remedy);
    speaker_forget(speaker);
    app_speechless(app, left);
}

/* A device that was unplugged is looked for anew. */
static enum err open_sound(struct speaker *speaker, int rate_hz, struct refusal *refusal)
{
    if (speaker->sound != NULL && !sound_works(speaker->sound)) {
        sound_close(speaker->sound);
        speaker->sound = NULL;
    }
    return speaker->sound != NULL ? ERR_OK : sound_open(rate_hz, &speaker->sound, refusal);
}

/* After the first picture: is there all that it takes? */
static void check(struct speaker *speaker, struct app *app)
{
    struct refusal no_voice = {0};
    struct refusal no_sound = {0};

    speaker->checked = true;
    enum err voice = voice_check(&no_voice);
    enum err sound = open_sound(speaker, TONE_RATE_HZ, &no_sound);
    if (sound != ERR_OK)
        give_up(speaker, app, LOUDSPEAKER_NONE, &no_sound);
    else if (voice != ERR_OK)
        give_up(speaker, app, LOUDSPEAKER_BEEPS, &no_voice);
    else
        speaker_forget(speaker);
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

/* Half a second of 441 Hz, a triangle, where there is no voice to try a loudspeaker with. */
static void beep(struct saying *saying)
{
    enum { PERIOD = TONE_RATE_HZ / 441, HIGH = 16000 };
    int16_t wave[PERIOD];

    for (int i = 0; i < PERIOD; i++) {
        int rise = i * 4 * HIGH / PERIOD; /* up, down through nothing, and up again */
        wave[i] = (int16_t)(rise < HIGH       ? rise
                            : rise < 3 * HIGH ? 2 * HIGH - rise
                                              : rise - 4 * HIGH);
    }
    for (int i = 0; i < TONE_RATE_HZ / PERIOD / 2; i++)
        take(saying, wave, PERIOD);
}

/* Opens what is not open and queues the samples; what can still be heard where it fails. */
static enum loudspeaker queue(struct saying *saying, const struct utterance *utterance,
                              int *out_rate_hz, struct refusal *refusal)
{
    struct speaker *speaker = saying->speaker;

    *out_rate_hz = TONE_RATE_HZ;
    if (utterance->voice != NULL) {
        if (speaker->voice == NULL && voice_open(&speaker->voice, refusal) != ERR_OK)
            return LOUDSPEAKER_BEEPS;
        *out_rate_hz = voice_rate_hz(speaker->voice);
    }
    if (open_sound(speaker, *out_rate_hz, refusal) != ERR_OK)
        return LOUDSPEAKER_NONE;
    if (utterance->voice == NULL) {
        beep(saying);
    } else if (say_in(saying, utterance, utterance->name_voice, utterance->name) != ERR_OK ||
               say_in(saying, utterance, utterance->voice, utterance->text) != ERR_OK) {
        refusal_problem(refusal, "the voice \"%s\" does not speak", utterance->voice);
        refusal_remedy(refusal, "Install espeak-ng-data again");
        return LOUDSPEAKER_BEEPS;
    }
    return LOUDSPEAKER_SPEAKS;
}

static void say(struct speaker *speaker, struct app *app, const struct utterance *utterance,
                int64_t now_ms)
{
    struct saying saying = {speaker, utterance->volume, 0};
    struct refusal refusal = {0};
    int rate_hz;
    enum loudspeaker left = queue(&saying, utterance, &rate_hz, &refusal);

    if (left == LOUDSPEAKER_SPEAKS)
        speaker->ends_ms = now_ms + PAUSE_MS + (int64_t)saying.samples * 1000 / rate_hz;
    else
        give_up(speaker, app, left, &refusal);
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
    if (speaker->sound != NULL && !app_speaks(app))
        speaker_forget(speaker);
    return changed;
}

int64_t speaker_deadline_ms(const struct speaker *speaker)
{
    return speaker->ends_ms;
}
