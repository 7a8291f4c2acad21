/*
 * The part of the audit that looks at what was painted. A screen is painted three times: as it is,
 * bare of its ink (words, icons, codes), and with its ink turned to black or white, whichever is
 * further off. Where the first and the last differ there is ink, whatever it lies on; and what the
 * bare one shows there is its ground. So both are known exactly, on a plain colour as on a picture,
 * and the soft edge of a letter is never taken for either.
 *
 * What is demanded, of the colours that were painted:
 *
 * - words: 7:1 (WCAG 2.2, 1.4.6) between the ink, where it covers most, and its ground, on all but
 *   1 in 100 of the pixels that have ink. That lets a thread of a picture pass under a letter; one
 *   letter of a line that lies on a busy part of it is found, and so are letters that run into the
 *   frame of their own button.
 * - icons and codes: 3:1 in the same way (WCAG 2.2, 1.4.11).
 * - the edge of a field, choice or tick box, and of whatever has the focus: 3:1 between two colours
 *   across each of its sides (WCAG 2.2, 1.4.11, 2.4.7).
 * - words and icons leave ink: what leaves none was painted over.
 *
 * What lies behind a dialog's veil can't be read and is not judged.
 */
#ifndef UI_AUDIT_PIXELS_H
#define UI_AUDIT_PIXELS_H

#include "ui/audit.h"

/* Lent: pixels 0x??RRGGBB, the next row `stride` pixels on. */
struct audit_view {
    const uint32_t *pixels;
    int stride;
    int width_px;
    int height_px;
};

struct audit_views {
    struct audit_view painted;
    struct audit_view bare;
    struct audit_view turned;
};

/* What to paint for the other two views; they share what `scene` points to. */
void audit_bare_scene(const struct scene *scene, struct scene *out_bare);
void audit_turned_scene(const struct scene *scene, struct scene *out_turned);

/* Each view has the size of the scene. Writes at most `max` findings and returns how many there are
   in all. */
int audit_pixels(const struct scene *scene, const struct audit_views *views,
                 struct audit_finding *out_findings, int max);

#endif
