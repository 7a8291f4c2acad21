/*
 * A voice: words in, sound out. One small interface, so that what stands behind it can change;
 * espeak.c is the one home of espeak-ng, chosen because it speaks every language we show but one,
 * in 10 ms for 10 s of speech, from 12 MB on the disk, with no network.
 *
 * It is opened when somebody first listens and closed when their session ends, since it keeps
 * words of what it said. There is one at a time: the library is a single one.
 */
#ifndef SPEECH_VOICE_H
#define SPEECH_VOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct voice;

/* Words a minute that it can speak. */
enum { VOICE_SLOWEST = 80, VOICE_FASTEST = 450 };

/* The name of the voice for a language of a pack (BCP 47: "en", "pt-BR"); NULL: there is none. */
const char *voice_for(const char *language);

/* Is what it needs installed? Loads the library, no voice. ERR_NOT_FOUND with a remedy. */
MUST_USE enum err voice_check(struct refusal *refusal);
/* ERR_NOT_FOUND, ERR_UNAVAILABLE, ERR_BUSY (one is open), ERR_MEMORY. */
MUST_USE enum err voice_open(struct voice **out_voice, struct refusal *refusal);
/* Overwrites what it kept of the words it said; accepts NULL. The dictionaries stay loaded. */
void voice_close(struct voice *voice);

/* Samples a second, one channel, 16 bits, as long as it is open. */
int voice_rate_hz(const struct voice *voice);

/* Takes the next `count` samples; false: no more of them are wanted. */
typedef bool voice_sink(void *context, const int16_t *samples, size_t count);

/*
 * Says `text` (UTF-8; one letter alone is called by its name) and returns when the sink has all of
 * it: long before it is heard. ERR_NOT_FOUND where the voice `name` is not installed.
 */
MUST_USE enum err voice_say(struct voice *voice, const char *name, int words_a_minute,
                            const char *text, voice_sink *sink, void *context);

#endif
