/* SDL's audio queue: see sound.h. */
#include "sdl/sound.h"

#include <SDL.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"

/* A touch is not heard later than this after it: 512 samples are 23 ms. */
#define DEVICE_SAMPLES 512
#define BLOCK_SAMPLES  512

struct sound {
    SDL_AudioDeviceID device;
};

/* 10 ^ ((step - 10) * 4 / 20) in parts of 32768. */
static const int gains[SOUND_STEPS] = {519, 823, 1304, 2067, 3277, 5193, 8231, 13045, 20675, 32768};

/*
 * Is there something to play on? Asked for a device where there is none, ALSA writes pages into the
 * log. Whoever names a driver or a server knows better.
 */
static bool has_device(void)
{
    bool found = getenv("SDL_AUDIODRIVER") != NULL || getenv("PULSE_SERVER") != NULL;
    DIR *folder = opendir("/dev/snd");

    if (folder == NULL)
        return found;
    for (const struct dirent *entry; !found && (entry = readdir(folder)) != NULL;) {
        size_t len = strlen(entry->d_name);
        /* pcmC0D0p: card 0, device 0, playback */
        found = strncmp(entry->d_name, "pcm", 3) == 0 && entry->d_name[len - 1] == 'p';
    }
    closedir(folder);
    return found;
}

static enum err open_device(int rate_hz, SDL_AudioDeviceID *out_device)
{
    const SDL_AudioSpec wanted = {
        .freq = rate_hz, .format = AUDIO_S16SYS, .channels = 1, .samples = DEVICE_SAMPLES};

    SDL_SetError("there is none");
    if (!has_device() || SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return ERR_UNAVAILABLE;
    SDL_AudioDeviceID device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (device == 0) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return ERR_UNAVAILABLE;
    }
    SDL_PauseAudioDevice(device, 0);
    *out_device = device;
    return ERR_OK;
}

enum err sound_open(int rate_hz, struct sound **out_sound, struct refusal *refusal)
{
    struct sound *sound = calloc(1, sizeof *sound);

    if (sound == NULL)
        return ERR_MEMORY;
    if (open_device(rate_hz, &sound->device) == ERR_OK) {
        *out_sound = sound;
        return ERR_OK;
    }
    refusal_place(refusal, "sound");
    refusal_problem(refusal, "no loudspeaker or headphones can be used (%.120s)", SDL_GetError());
    refusal_remedy(refusal,
                   "Connect one and start the kiosk anew, or set speech = no in kiosk.ini");
    free(sound);
    return ERR_UNAVAILABLE;
}

void sound_close(struct sound *sound)
{
    if (sound == NULL)
        return;
    /* Its queue is freed with it: freed memory is overwritten in this process (shell/harden.h). */
    SDL_CloseAudioDevice(sound->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sound);
}

bool sound_works(const struct sound *sound)
{
    return SDL_GetAudioDeviceStatus(sound->device) == SDL_AUDIO_PLAYING;
}

int16_t sound_scaled(int16_t sample, int step)
{
    return (int16_t)(sample * gains[step - 1] / 32768);
}

enum err sound_queue(struct sound *sound, const int16_t *samples, size_t count, int step)
{
    int16_t block[BLOCK_SAMPLES];
    enum err e = ERR_OK;

    while (count > 0 && e == ERR_OK) {
        size_t n = count < BLOCK_SAMPLES ? count : BLOCK_SAMPLES;
        for (size_t i = 0; i < n; i++)
            block[i] = sound_scaled(samples[i], step);
        if (SDL_QueueAudio(sound->device, block, (Uint32)(n * sizeof *block)) != 0)
            e = ERR_MEMORY;
        samples += n;
        count -= n;
    }
    wipe(block, sizeof block);
    return e;
}

void sound_stop(struct sound *sound)
{
    SDL_ClearQueuedAudio(sound->device);
}
