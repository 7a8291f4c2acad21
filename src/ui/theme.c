/* The four schemes, and the contrast formula of WCAG 2.2: see theme.h. */
#include "ui/theme.h"

#include <math.h>

/*
 * A scheme of pure colours: words and lines in `ink` on `ground`, and `strong` for what matters
 * most. What is pressed or on changes places with its ground.
 */
#define PURE(ground, ink, strong, edge)                                                            \
    {                                                                                              \
        .pictures = false, .page = (ground), .white = (ground), .sky = (ground), .tint = (ground), \
        .text = (ink), .text_soft = (ink), .heading = (strong), .dark = (strong),                  \
        .on_dark = (ground), .blue = (strong), .green = (strong), .line = (ink), .border = (ink),  \
        .choice = (strong), .field = (ink), .focus = (strong), .focus_in = (ground),               \
        .press = (strong), .on_press = (ground), .button = (strong), .button_edge = (edge),        \
        .button_press = (ground), .on_button = (ground), .on_button_press = (strong),              \
        .second = (ground), .second_edge = COLOUR_NONE, .second_press = (strong),                  \
        .on_second_press = (ground), .quiet = (ground), .on_quiet = (ink), .quiet_border = (ink),  \
        .error = (ink), .error_text = (ink), .note = (ground), .on_note = (ink),                   \
        .keyboard = (ground), .key = (ground), .key_edge = COLOUR_NONE, .key_fn = (ground),        \
        .key_fn_edge = COLOUR_NONE, .veil = (ground), .track = (ground), .dot = (ground),          \
        .accent = (strong), .disc = (strong), .on_disc = (ground), .median = (ink),                \
        .staff = (strong),                                                                         \
    }

static const struct theme schemes[SCHEME_COUNT] = {
    [SCHEME_STANDARD] =
        {
            .pictures = true,
            .page = 0xF0F4F5FF,
            .white = 0xFFFFFFFF,
            .sky = 0xE3F0FAFF,
            .tint = 0xE8F1FAFF,
            .text = 0x212B32FF,
            .text_soft = 0x3B4D59FF,
            .heading = 0x212B32FF,
            .dark = 0x003087FF,
            .on_dark = 0xFFFFFFFF,
            .blue = 0x005EB8FF,
            .green = 0x007F3BFF,
            .line = 0xD8DDE0FF,
            .border = 0x768692FF,
            .choice = 0x005EB8FF,
            .field = 0x212B32FF,
            .focus = 0xFFEB3BFF,
            .focus_in = 0x212B32FF,
            .press = 0xFFEB3BFF,
            .on_press = 0x212B32FF,
            .button = 0x00662FFF,
            .button_edge = 0x00401EFF,
            .button_press = 0x00401EFF,
            .on_button = 0xFFFFFFFF,
            .on_button_press = 0xFFFFFFFF,
            .second = 0xFFFFFFFF,
            .second_edge = 0xB9D0E6FF,
            .second_press = 0xE8F1FAFF,
            .on_second_press = 0x003087FF,
            .quiet = 0xF0F4F5FF,
            .on_quiet = 0x003087FF,
            .quiet_border = COLOUR_NONE,
            .error = 0xD5281BFF,
            .error_text = 0x98140AFF,
            .note = 0xFFF9C4FF,
            .on_note = 0x212B32FF,
            .keyboard = 0xDCE3E8FF,
            .key = 0xFFFFFFFF,
            .key_edge = 0xAEB7BDFF,
            .key_fn = 0xC3CED6FF,
            .key_fn_edge = 0x93A2ADFF,
            .veil = 0x0A1928B8,
            .track = 0xD8DDE0FF,
            .dot = 0x6F8EA8FF,
            .accent = 0x00A499FF,
            .disc = 0x0B5A55FF,
            .median = 0x8FA3B0FF,
            .staff = 0x1C4795FF,
            .on_disc = 0xFFFFFFFF,
        },
    [SCHEME_BLACK_ON_WHITE] = PURE(0xFFFFFFFF, 0x000000FF, 0x000000FF, COLOUR_NONE),
    [SCHEME_WHITE_ON_BLACK] = PURE(0x000000FF, 0xFFFFFFFF, 0xFFEB3BFF, 0x9C8F00FF),
    [SCHEME_YELLOW_ON_BLACK] = PURE(0x000000FF, 0xFFFF00FF, 0xFFFF00FF, COLOUR_NONE),
};

const char *const scheme_names[SCHEME_COUNT] = {
    [SCHEME_STANDARD] = "standard",
    [SCHEME_BLACK_ON_WHITE] = "black-on-white",
    [SCHEME_WHITE_ON_BLACK] = "white-on-black",
    [SCHEME_YELLOW_ON_BLACK] = "yellow-on-black",
};

const struct theme *theme_of(enum scheme scheme)
{
    return &schemes[scheme];
}

static double channel(unsigned value)
{
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double theme_luminance(colour c)
{
    return 0.2126 * channel(c >> 24) + 0.7152 * channel(c >> 16 & 255) +
           0.0722 * channel(c >> 8 & 255);
}

double theme_contrast(colour a, colour b)
{
    double la = theme_luminance(a);
    double lb = theme_luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
