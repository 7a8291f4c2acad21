/* Cutting rectangles: see geometry.h. */
#include "ui/geometry.h"

static int at_most(int size, int limit)
{
    if (size < 0)
        return 0;
    return size < limit ? size : limit;
}

struct rect rect_cut_top(struct rect *area, int size)
{
    int h = at_most(size, area->h);
    struct rect strip = {area->x, area->y, area->w, h};

    area->y += h;
    area->h -= h;
    return strip;
}

struct rect rect_cut_bottom(struct rect *area, int size)
{
    int h = at_most(size, area->h);

    area->h -= h;
    return (struct rect){area->x, area->y + area->h, area->w, h};
}

struct rect rect_cut_start(struct rect *area, int size)
{
    int w = at_most(size, area->w);
    struct rect strip = {area->x, area->y, w, area->h};

    area->x += w;
    area->w -= w;
    return strip;
}

struct rect rect_cut_end(struct rect *area, int size)
{
    int w = at_most(size, area->w);

    area->w -= w;
    return (struct rect){area->x + area->w, area->y, w, area->h};
}

struct rect rect_inset(struct rect r, int dx, int dy)
{
    return (struct rect){r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};
}

struct rect rect_centre(struct rect r, int w, int h)
{
    return (struct rect){r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

bool rect_contains(struct rect r, int x, int y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

bool rect_overlaps(struct rect a, struct rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

bool rect_holds(struct rect outer, struct rect inner)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}
