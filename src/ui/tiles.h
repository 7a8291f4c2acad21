/*
 * Parts of the staff panel (visual.md, mock-up 15): numbers on cards, this practice beside the
 * middle one as two bars, and buttons with a second line. Texts are translated already.
 */
#ifndef UI_TILES_H
#define UI_TILES_H

#include "ui/parts.h"

/* A number or state on a white card. */
struct tile {
    const char *label;
    const char *icon; /* before the value; NULL: none */
    const char *value;
    bool large; /* a number that is read from the desk */
    bool good;  /* green where all is well */
    const char *note;
};

int ui_tile_height(struct ui *ui, int width_px, const struct tile *tile);
/* Fills `rect`. */
void ui_tile(struct ui *ui, struct rect rect, const struct tile *tile);

/* Own value and the median, and one sentence that says the same (visual.md, "Bar chart"). */
struct bars {
    const char *title;
    const char *aside; /* at the end of the title's line */
    struct {
        const char *label;
        const char *text; /* of the value */
        int tenths;       /* its length: the value times ten */
    } own, median;
    const char *sentence;
};

int ui_bars_height(struct ui *ui, int width_px, const struct bars *bars);
void ui_bars(struct ui *ui, struct rect rect, const struct bars *bars);

/* A secondary button with an icon before two lines. */
struct deed {
    struct element_id id;
    const char *icon;
    const char *label;
    const char *second; /* NULL: none */
};

int ui_deed_height(struct ui *ui, int width_px, const struct deed *deed);
/* Fills `rect`. */
void ui_deed(struct ui *ui, struct rect rect, const struct deed *deed);

/* A frame around the whole screen, last of a view: this is not a patient alone at the screen. */
void ui_staff_frame(struct ui *ui);

#endif
