/*
 * Colours by role. Text on its ground is 7:1 or better in every scheme (WCAG 2.2, 1.4.6): where a
 * brand colour misses that it keeps its role as a line or a fill and a darker sibling carries
 * words. Lines that show where a control is, and marks that show its state, are 3:1 (1.4.11).
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t colour; /* 0xRRGGBBAA */

#define COLOUR_NONE ((colour)0)

enum scheme {
    SCHEME_STANDARD,
    /* Pure colours, no pictures, every control with a line around it. */
    SCHEME_BLACK_ON_WHITE,
    SCHEME_WHITE_ON_BLACK, /* with yellow for what matters: headings, Continue, what is chosen */
    SCHEME_YELLOW_ON_BLACK,
    SCHEME_COUNT
};

struct theme {
    bool pictures; /* the schemes of pure colours show none, and draw lines where this one fills */
    colour page;
    colour white;     /* cards, rows, bars */
    colour sky;       /* question zone */
    colour tint;      /* chosen row, Change, language chips */
    colour text;      /* body */
    colour text_soft; /* hints */
    colour heading;   /* h1 inside pages */
    colour dark;      /* progress words, button text, marks, discs */
    colour on_dark;   /* words and icons on dark */
    colour blue;      /* borders, icons, carets: never words */
    colour green;     /* small icons */
    colour line;      /* hairlines */
    colour border;    /* unchosen row */
    colour choice;    /* border of a chosen row */
    colour field;     /* border of a field */
    colour focus;     /* ring */
    colour focus_in;  /* line inside the ring */
    colour press;     /* a pressed key, row or quiet button */
    colour on_press;
    colour button;
    colour button_edge;
    colour button_press;
    colour on_button;
    colour on_button_press;
    colour second; /* face of a secondary button */
    colour second_edge;
    colour second_press;
    colour on_second_press;
    colour quiet;
    colour on_quiet;
    colour quiet_border; /* COLOUR_NONE where it has none */
    colour error;
    colour error_text;
    colour note;
    colour on_note;
    colour keyboard;
    colour key;
    colour key_edge;
    colour key_fn;
    colour key_fn_edge;
    colour veil;
    colour track;  /* the empty part of a ring or bar */
    colour dot;    /* paging dots that are not current */
    colour accent; /* champion's bar */
    colour disc;   /* champion's disc */
    colour median; /* the middle practice's bar */
    colour staff;  /* face of a control on the staff panel's dark bar */
    colour on_disc;
};

const struct theme *theme_of(enum scheme scheme);

/* As kiosk.ini and the robot call them: "standard", "black-on-white" ... */
extern const char *const scheme_names[SCHEME_COUNT];

/* WCAG 2.2 relative luminance of an opaque colour, 0.0 to 1.0. */
double theme_luminance(colour c);
/* WCAG 2.2 contrast ratio of two opaque colours, 1.0 to 21.0. */
double theme_contrast(colour a, colour b);

#endif
