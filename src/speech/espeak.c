/*
 * espeak-ng, the one place that knows it: see voice.h. The library is loaded when it is first asked
 * for, after the first picture: so a start costs nothing of it, and a kiosk without it runs.
 */
#include <dlfcn.h>
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "speech/voice.h"

/* What is used of it, by its own names and types. */
#define FUNCTIONS(each)                                                                     \
    each(espeak_ng_InitializePath) each(espeak_Info) each(espeak_Initialize)                \
        each(espeak_SetSynthCallback) each(espeak_SetVoiceByName) each(espeak_SetParameter) \
            each(espeak_Char) each(espeak_Synth)
#define MEMBER(name) __typeof__(name) *name;
#define FIND(name)   found = found && (*(void **)&espeak.name = dlsym(library, #name)) != NULL;

static struct {
    bool loaded;
    FUNCTIONS(MEMBER)
} espeak;

struct voice {
    int rate_hz;
    char name[16]; /* chosen last: choosing reads a dictionary */
    voice_sink *sink;
    void *context;
};

/* The library hands samples to a function without saying for whom. */
static struct voice *speaking;
/* It is started once: espeak-ng 1.51 waits for ever when it is to end a second time. */
static int started_rate_hz;

static enum err load(struct refusal *refusal)
{
    if (espeak.loaded)
        return ERR_OK;
    void *library = dlopen("libespeak-ng.so.1", RTLD_NOW | RTLD_LOCAL);
    bool found = library != NULL;
    FUNCTIONS(FIND)
    espeak.loaded = found;
    if (found)
        return ERR_OK;
    refusal_place(refusal, "speech");
    refusal_problem(refusal, "espeak-ng can't be loaded (%.120s)", dlerror());
    refusal_remedy(refusal, "Install libespeak-ng1, or set speech = no in kiosk.ini");
    return ERR_NOT_FOUND;
}

enum err voice_check(struct refusal *refusal)
{
    const char *folder = NULL;
    char path[512];
    enum err e = load(refusal);

    if (e != ERR_OK)
        return e;
    espeak.espeak_ng_InitializePath(NULL);
    espeak.espeak_Info(&folder);
    snprintf(path, sizeof path, "%s/phontab", folder == NULL ? "" : folder);
    if (access(path, R_OK) == 0)
        return ERR_OK;
    refusal_place(refusal, "speech");
    refusal_problem(refusal, "the voices can't be read (%.120s)", path);
    refusal_remedy(refusal, "Install espeak-ng-data, or set speech = no in kiosk.ini");
    return ERR_NOT_FOUND;
}

static int take(short *samples, int count, espeak_EVENT *events)
{
    (void)events;
    if (samples == NULL || count <= 0)
        return 0;
    return speaking->sink(speaking->context, samples, (size_t)count) ? 0 : 1;
}

enum err voice_open(struct voice **out_voice, struct refusal *refusal)
{
    enum err e = load(refusal);

    if (e != ERR_OK)
        return e;
    if (speaking != NULL)
        return ERR_BUSY;
    struct voice *voice = calloc(1, sizeof *voice);
    if (voice == NULL)
        return ERR_MEMORY;
    if (started_rate_hz <= 0)
        started_rate_hz =
            espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
    voice->rate_hz = started_rate_hz;
    if (voice->rate_hz <= 0) {
        free(voice);
        refusal_place(refusal, "speech");
        refusal_problem(refusal, "espeak-ng does not start");
        refusal_remedy(refusal, "Install libespeak-ng1 and espeak-ng-data again");
        return ERR_UNAVAILABLE;
    }
    espeak.espeak_SetSynthCallback(take);
    speaking = voice;
    *out_voice = voice;
    return ERR_OK;
}

int voice_rate_hz(const struct voice *voice)
{
    return voice->rate_hz;
}

static bool ignore(void *context, const int16_t *samples, size_t count)
{
    (void)context;
    (void)samples;
    (void)count;
    return true;
}

/* The library keeps the last sentence in buffers of its own: another one takes its place there. */
static void say_over(struct voice *voice)
{
    char text[1024];

    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = "la la la "[i % 9];
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 2; i++) {
        enum err e = voice_say(voice, voice->name, VOICE_FASTEST, text, ignore, NULL);
        (void)e; /* what counts is that it was read */
    }
}

void voice_close(struct voice *voice)
{
    if (voice == NULL)
        return;
    if (voice->name[0] != '\0')
        say_over(voice);
    speaking = NULL;
    free(voice);
}

static enum err choose(struct voice *voice, const char *name)
{
    if (strcmp(voice->name, name) == 0)
        return ERR_OK;
    voice->name[0] = '\0';
    if (strlen(name) >= sizeof voice->name || espeak.espeak_SetVoiceByName(name) != EE_OK)
        return ERR_NOT_FOUND;
    strcpy(voice->name, name);
    return ERR_OK;
}

enum err voice_say(struct voice *voice, const char *name, int words_a_minute, const char *text,
                   voice_sink *sink, void *context)
{
    struct str rest = str_of(text);
    uint32_t first = str_next_code_point(&rest);
    enum err e = choose(voice, name);

    if (e != ERR_OK)
        return e;
    espeak.espeak_SetParameter(espeakRATE, words_a_minute, 0);
    voice->sink = sink;
    voice->context = context;
    espeak_ERROR done = rest.len == 0
                            ? espeak.espeak_Char((wchar_t)first)
                            : espeak.espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                                                  espeakCHARS_UTF8, NULL, NULL);
    return done == EE_OK ? ERR_OK : ERR_UNAVAILABLE;
}
