/* Which voice speaks which language: a new language is a row. See voice.h. */
#include "speech/voice.h"

#include <string.h>

static const struct {
    const char *language; /* as it begins: "pt" is good for "pt-BR" too */
    const char *voice;    /* of espeak-ng */
} voices[] = {
    {"en", "en"}, /* British */
    {"ar", "ar"}, {"bn", "bn"}, {"el", "el"},  {"es", "es"},  {"fa", "fa"},
    {"fr", "fr"}, {"gu", "gu"}, {"hi", "hi"},  {"it", "it"},  {"pa", "pa"},
    {"pl", "pl"}, {"pt", "pt"}, {"ro", "ro"},  {"sq", "sq"},  {"ta", "ta"},
    {"tr", "tr"}, {"ur", "ur"}, {"zh", "cmn"}, {"qps", "en"}, /* the test language is English in
                                                                 disguise */
};

const char *voice_for(const char *language)
{
    size_t len = strcspn(language, "-");

    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++) {
        if (strlen(voices[i].language) == len && strncmp(voices[i].language, language, len) == 0)
            return voices[i].voice;
    }
    return NULL;
}
