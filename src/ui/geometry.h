/*
 * Rectangles in pixels, and cutting them up: a layout takes a strip off an area and what is left
 * is the area for the next part. All coordinates are laid out left to right; scene_mirror turns a
 * whole scene round for right-to-left languages, so no screen thinks about direction.
 */
#ifndef UI_GEOMETRY_H
#define UI_GEOMETRY_H

#include <stdbool.h>

struct rect {
    int x;
    int y;
    int w;
    int h;
};

/* Each takes `size` pixels (or what there is) off that edge of *area and returns the strip. */
struct rect rect_cut_top(struct rect *area, int size);
struct rect rect_cut_bottom(struct rect *area, int size);
struct rect rect_cut_start(struct rect *area, int size);
struct rect rect_cut_end(struct rect *area, int size);
/* Smaller by dx at the left and right and by dy at the top and bottom. */
struct rect rect_inset(struct rect r, int dx, int dy);
/* w x h in the middle of r. */
struct rect rect_centre(struct rect r, int w, int h);
bool rect_contains(struct rect r, int x, int y);
bool rect_overlaps(struct rect a, struct rect b);
/* Is `inner` wholly within `outer`? */
bool rect_holds(struct rect outer, struct rect inner);

#endif
