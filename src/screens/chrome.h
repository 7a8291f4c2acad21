/* The bars that stand on every screen, with the controls that work on it. */
#ifndef SCREENS_CHROME_H
#define SCREENS_CHROME_H

#include "screens/screen.h"
#include "ui/blocks.h"

/* Does the screen keep to itself what the programme is about? Anybody in the room sees it. */
bool chrome_is_neutral(const struct model *model);

/* Takes the top bar off *area, and draws it. */
void chrome_top(const struct model *model, struct ui *ui, struct rect *area);
/*
 * Draws the top bar on a whole screen, and leaves in *area the page. Returns the place of the
 * bottom bar, which chrome_end draws after the page because it is read after it.
 */
struct rect chrome_begin(const struct model *model, struct ui *ui, struct rect *area, bool quiet);

/*
 * When the page is done: with low reach the controls of the top bar stand below it, so they are
 * read and walked after it.
 */
void chrome_order(struct ui *ui);

/* Gives a bottom bar that was taken without it a row of quiet buttons. */
struct rect chrome_add_quiet(struct ui *ui, struct rect *area, struct rect place);

/* The button that opens "Help and settings", and closes it. */
struct button chrome_help(const struct model *model);

/* What the bottom bar says; NULL labels are left out. */
struct chrome_bottom {
    const char *back; /* NULL: no Back; "" : "Back" */
    const char *forward;
    const char *forward_icon;
    struct button back_as; /* instead of Back, where back_as.id.what > 0 */
    struct element_id forward_id;
    bool finished; /* nothing is left that Start again would clear, or the bar finishes itself */
    const struct button *quiet; /* a way on of the page's own; NULL: none */
    bool even;
    bool one_row; /* no quiet buttons: the place was taken without a row for them */
};

void chrome_end(const struct model *model, struct ui *ui, struct rect place,
                const struct chrome_bottom *bottom);

/*
 * A page of rows: its zone, made to fit, and its blocks below or beside it, split where they must.
 */
void chrome_rows(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                 struct blocks *blocks);

/* The page between the bars in portrait and landscape, with its margins. */
struct rect chrome_inset(struct ui *ui, struct rect area);

/* A page without a choice to make: what is so, and what to do. `small` NULL: nothing for staff. */
void notice_view(const struct model *model, struct ui *ui, const char *heading, const char *text,
                 const char *icon, const char *small);

#endif
