/* The two schemes, and the contrast formula of WCAG 2.2: see theme.h. */
#include "ui/theme.h"

#include <math.h>

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
            .second = 0xFFFFFFFF,
            .second_edge = 0xB9D0E6FF,
            .second_press = 0xE8F1FAFF,
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
        },
    [SCHEME_WHITE_ON_BLACK] =
        {
            .pictures = false,
            .page = 0x000000FF,
            .white = 0x000000FF,
            .sky = 0x000000FF,
            .tint = 0x000000FF,
            .text = 0xFFFFFFFF,
            .text_soft = 0xFFFFFFFF,
            .heading = 0xFFEB3BFF,
            .dark = 0xFFEB3BFF,
            .on_dark = 0x000000FF,
            .blue = 0xFFEB3BFF,
            .green = 0xFFEB3BFF,
            .line = 0xFFFFFFFF,
            .border = 0xFFFFFFFF,
            .choice = 0xFFEB3BFF,
            .field = 0xFFFFFFFF,
            .focus = 0xFFEB3BFF,
            .focus_in = 0x000000FF,
            .press = 0xFFEB3BFF,
            .on_press = 0x000000FF,
            .button = 0xFFEB3BFF,
            .button_edge = 0x9C8F00FF,
            .button_press = 0xFFFFFFFF,
            .on_button = 0x000000FF,
            .second = 0x000000FF,
            .second_edge = COLOUR_NONE,
            .second_press = 0x333333FF,
            .quiet = 0x000000FF,
            .on_quiet = 0xFFFFFFFF,
            .quiet_border = 0xFFFFFFFF,
            .error = 0xFF9C94FF,
            .error_text = 0xFF9C94FF,
            .note = 0x000000FF,
            .on_note = 0xFFFFFFFF,
            .keyboard = 0x000000FF,
            .key = 0x000000FF,
            .key_edge = COLOUR_NONE,
            .key_fn = 0x333333FF,
            .key_fn_edge = COLOUR_NONE,
            .veil = 0x000000D8,
            .track = 0x555555FF,
            .dot = 0x8A8A8AFF,
            .accent = 0xFFEB3BFF,
            .disc = 0x333333FF,
            .median = 0x8A8A8AFF,
            .staff = 0xFFEB3BFF,
        },
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

static double luminance(colour c)
{
    return 0.2126 * channel(c >> 24) + 0.7152 * channel(c >> 16 & 255) +
           0.0722 * channel(c >> 8 & 255);
}

double theme_contrast(colour a, colour b)
{
    double la = luminance(a);
    double lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
