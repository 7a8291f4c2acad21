/*
 * A text becomes lines of runs: bidi levels (FriBidi, Unicode UAX 9), then runs of one script, then
 * the face of that script, or else the first that has every glyph of the run, then line breaks
 * (libunibreak, UAX 14), balanced. A run is what SDL_ttf can shape at one go: one face, one script,
 * one direction. Nothing here knows SDL: whoever owns the fonts lends its measures (struct
 * text_metrics).
 */
#ifndef UI_TEXT_H
#define UI_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Rows of font_families, in the order in which they are asked for a glyph that the face of the
   text's own script lacks. */
enum face { FACE_LATIN, FACE_ARABIC, FACE_BENGALI, FACE_NASTALIQ, FACE_HAN, FACE_COUNT };

struct font_family {
    const char *regular; /* file names, looked for in the font folders of sdl/fonts.h */
    const char *bold;
    const char *package; /* the Debian package that holds them: named when a file is missing */
    const char *member;  /* family name of the font to take of a collection (.ttc); NULL: no .ttc */
    uint32_t letter;     /* of its script: a file that lacks it is not the font it should be */
    int size_percent;    /* of the size asked for */
    /* Of a least size, in which its letters are as high as Latin's capital H: the alef of Nastaliq
       is 0.768 of its em, H 0.714 (EN 301 549, 5.1.4 measures by H). */
    int least_percent;
    /* Least line height in hundredths of the size asked for: where lines are set tightly (headings,
       buttons) and where they are not. 0: Latin's, which a text_style names. */
    int tight_percent;
    int loose_percent;
};

extern const struct font_family font_families[FACE_COUNT];

/* One stretch of a line, in visual order; text is a view of the block's own copy, logical order. */
struct text_run {
    struct str text;
    uint32_t script; /* ISO 15924 as four bytes, as HarfBuzz writes it: 'L','a','t','n' */
    enum face face;
    bool bold;
    bool rtl;
    int size_px;
    int x_px; /* from the start of its line's box (left) */
    int width_px;
};

struct text_line {
    int first_run;
    int run_count;
    int width_px;
};

struct text_block {
    struct text_run *runs;
    struct text_line *lines;
    int run_count;
    int line_count;
    int line_px;     /* distance of the lines' tops: the style's, or what its faces need */
    int baseline_px; /* from a line's top to its baseline */
    int width_px;    /* widest line */
    int height_px;
    bool parted; /* a word is wider than the lines, and broken elsewhere than at a hyphen or "@" */
};

/* How a language is set, beside what its letters say. */
struct tongue {
    bool rtl;      /* direction of a paragraph: where neutral text and the order of runs go */
    bool nastaliq; /* Arabic letters hang, as Urdu is written, instead of standing on the line */
};

struct text_style {
    int size_px; /* em size */
    int line_px; /* of a text in Latin letters */
    bool bold;
    struct tongue tongue;
    bool rich;   /* "**" turns bold on and off; only for our own messages, never for typed text */
    bool whole;  /* one line, never broken, spaces at its end and all */
    bool ragged; /* do not balance the lines */
};

/* Lent by the owner of the fonts. Widths are shaped advances in pixels. */
struct text_metrics {
    void *context;
    bool (*has_glyph)(void *context, enum face face, uint32_t code_point);
    int (*width_px)(void *context, const struct text_run *run);
    /* Ascent of the Latin face at that size: the baseline every face of a line shares. */
    int (*ascent_px)(void *context, bool bold, int size_px);
    int (*descent_px)(void *context, bool bold, int size_px);
};

/*
 * Lays `text` (valid UTF-8) out in at most `max_width_px`. A word wider than that is broken
 * between grapheme clusters, never clipped. ERR_MEMORY when the arena is used up; ERR_NOT_FOUND
 * when no face has a glyph of the text (a missing font is said by its name, not drawn as boxes).
 */
MUST_USE enum err text_layout(struct arena *arena, const struct text_metrics *metrics,
                              struct str text, const struct text_style *style, int max_width_px,
                              struct text_block *out_block);
/*
 * Has each character a glyph in some face? Then text_layout finds a face for all of it, whatever
 * it is joined to. No for marks of direction: nobody sees them.
 */
bool text_can_draw(const struct text_metrics *metrics, struct str text);

#endif
