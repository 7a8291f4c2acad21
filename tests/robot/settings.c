/* The kiosk that a robot uses: see settings.h. */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool settings_read(const struct options *options, struct config *out_config)
{
    static const struct {
        const char *option;
        const char *section;
        const char *key;
        const char *set; /* what the option stands for; NULL: its own value */
    } settings[] = {
        {"--text", "sight", "text", NULL},
        {"--scheme", "sight", "scheme", NULL},
        {"--low-reach", "sight", "low_reach", "yes"},
        {"--neutral", "content", "welcome", "neutral"},
    };
    const char *size = options_get(options, "--size");
    const char *diagonal = options_get(options, "--diagonal");
    struct refusal refusal = {0};

    config_defaults(out_config);
    out_config->site.drafts = true;
    out_config->width_px = 1080;
    out_config->height_px = 1920;
    if (size != NULL && sscanf(size, "%dx%d", &out_config->width_px, &out_config->height_px) != 2) {
        fprintf(stderr, "robot: \"%s\" is no size such as 1080x1920\n", size);
        return false;
    }
    if (diagonal != NULL)
        out_config->diagonal_inch = atof(diagonal);
    snprintf(out_config->pack, sizeof out_config->pack, "%s", options_get(options, "--pack"));
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const char *value = options_get(options, settings[i].option);
        if (value == NULL)
            continue;
        if (settings[i].set != NULL)
            value = settings[i].set;
        if (config_set(out_config, settings[i].section, settings[i].key, value, &refusal) !=
            ERR_OK) {
            refusal_print(&refusal, "robot", stderr);
            return false;
        }
    }
    return true;
}
