/* The bars that stand on every screen, with the controls that work on it. */
#ifndef SCREENS_CHROME_H
#define SCREENS_CHROME_H

#include "screens/screen.h"

/* Takes the top bar off *area, and draws it. */
void chrome_top(const struct model *model, struct ui *ui, struct rect *area);
/*
 * Draws the top bar on a whole screen, and leaves in *area the page. Returns the place of the
 * bottom bar, which chrome_end draws after the page because it is read after it.
 */
struct rect chrome_begin(const struct model *model, struct ui *ui, struct rect *area, bool quiet);

/* What the bottom bar says; NULL labels are left out. */
struct chrome_bottom {
    const char *back; /* NULL: no Back; "" : "Back" */
    const char *forward;
    const char *forward_icon;
    struct button back_as; /* instead of Back, where back_as.id.what > 0 */
    struct element_id forward_id;
    bool start_again;
    const struct button *quiet; /* a second quiet button; NULL: none */
    bool even;
};

void chrome_end(const struct model *model, struct ui *ui, struct rect place,
                const struct chrome_bottom *bottom);

/* The page between the bars in portrait and landscape, with its margins. */
struct rect chrome_inset(struct ui *ui, struct rect area);

/* A page without a choice to make: what is so, and what to do. `small` NULL: nothing for staff. */
void notice_view(const struct model *model, struct ui *ui, const char *heading, const char *text,
                 const char *icon, const char *small);

#endif
