/* Measures painted pixels against the promises of audit_pixels.h. */
#include "ui/audit_pixels.h"

#include <stdlib.h>

#include "ui/audit_find.h"

#define WORDS_CONTRAST 7.0
#define MARK_CONTRAST  3.0

/* Of the pixels with ink, one in so many may lie on a worse ground. */
enum { SPARED_SHARE = 100 };

static bool is_ink(const struct paint *paint)
{
    return paint->kind == PAINT_TEXT || paint->kind == PAINT_ICON || paint->kind == PAINT_QR;
}

void audit_bare_scene(const struct scene *scene, struct scene *out_bare)
{
    *out_bare = *scene;
    out_bare->paint_count = 0;
    for (int i = 0; i < scene->paint_count; i++) {
        if (!is_ink(&scene->paints[i]))
            out_bare->paints[out_bare->paint_count++] = scene->paints[i];
    }
}

void audit_turned_scene(const struct scene *scene, struct scene *out_turned)
{
    *out_turned = *scene;
    for (int i = 0; i < scene->paint_count; i++) {
        struct paint *paint = &out_turned->paints[i];
        /* As far from white as from black: a luminance of 0.18. */
        if (is_ink(paint))
            paint->fill = theme_luminance(paint->fill) > 0.18 ? 0x000000FF : 0xFFFFFFFF;
    }
}

/* --- pixels ----------------------------------------------------------------------------------- */

static const uint32_t *row_of(const struct audit_view *view, int y)
{
    return view->pixels + (ptrdiff_t)y * view->stride;
}

/* The luminance of a pixel; neighbours are mostly of one colour, so the last one is remembered. */
struct meter {
    uint32_t pixel;
    double luminance;
};

static double luminance_at(struct meter *meter, uint32_t pixel)
{
    pixel &= 0xFFFFFF;
    if (pixel != meter->pixel) {
        meter->pixel = pixel;
        meter->luminance = theme_luminance(pixel << 8 | 0xFF);
    }
    return meter->luminance;
}

static double ratio(double a, double b)
{
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static struct rect common(struct rect a, struct rect b)
{
    int left = a.x > b.x ? a.x : b.x;
    int top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;

    return (struct rect){left, top, right > left ? right - left : 0,
                         bottom > top ? bottom - top : 0};
}

/* --- ink -------------------------------------------------------------------------------------- */

/* How much of a pixel is ink, in no unit; 0: none. */
static int coverage(uint32_t painted, uint32_t turned)
{
    int sum = 0;

    for (int shift = 0; shift < 24; shift += 8)
        sum += abs((int)(painted >> shift & 255) - (int)(turned >> shift & 255));
    return sum;
}

struct ink {
    uint32_t pixel; /* where it covers most */
    int pixels;
};

static struct ink ink_in(const struct audit_views *views, struct rect rect)
{
    struct ink ink = {0};
    int most = 0;

    for (int y = rect.y; y < rect.y + rect.h; y++) {
        const uint32_t *painted = row_of(&views->painted, y);
        const uint32_t *turned = row_of(&views->turned, y);
        for (int x = rect.x; x < rect.x + rect.w; x++) {
            if (painted[x] == turned[x])
                continue;
            int here = coverage(painted[x], turned[x]);
            ink.pixels += here > 0;
            if (here > most) {
                most = here;
                ink.pixel = painted[x];
            }
        }
    }
    return ink;
}

/* How many pixels of ink lie on a ground that it stands out from by less than `promise`. */
static int pale_pixels(const struct audit_views *views, struct rect rect, uint32_t ink,
                       double promise)
{
    double luminance = luminance_at(&(struct meter){0}, ink);
    struct meter ground = {0};
    int count = 0;

    for (int y = rect.y; y < rect.y + rect.h; y++) {
        const uint32_t *painted = row_of(&views->painted, y);
        const uint32_t *turned = row_of(&views->turned, y);
        const uint32_t *bare = row_of(&views->bare, y);
        for (int x = rect.x; x < rect.x + rect.w; x++) {
            if (painted[x] != turned[x])
                count += ratio(luminance, luminance_at(&ground, bare[x])) < promise;
        }
    }
    return count;
}

/* Spaces, and marks that only steer direction and joining, leave none. */
static bool leaves_ink(const struct paint *paint)
{
    if (paint->kind != PAINT_TEXT)
        return true;
    for (struct str rest = paint->text.run->text; rest.len > 0;) {
        uint32_t c = str_next_code_point(&rest);
        if (c > ' ' && c != 0xA0 && (c < 0x2000 || c > 0x200F) && (c < 0x2028 || c > 0x202F) &&
            (c < 0x2060 || c > 0x206F))
            return true;
    }
    return false;
}

static void check_ink(const struct scene *scene, const struct audit_views *views,
                      struct audit_report *report)
{
    const struct rect screen = {0, 0, scene->width_px, scene->height_px};

    for (int i = 0; i < scene->paint_count; i++) {
        const struct paint *paint = &scene->paints[i];
        bool words = paint->kind == PAINT_TEXT;
        if (!is_ink(paint) || !leaves_ink(paint) || scene_is_veiled(scene, paint->element))
            continue;
        struct rect rect = common(paint->rect, screen);
        if (words && paint->text.clip.w > 0)
            rect = common(rect, paint->text.clip);
        if (rect.w == 0 || rect.h == 0)
            continue;
        struct ink ink = ink_in(views, rect);
        double promise = words ? WORDS_CONTRAST : MARK_CONTRAST;
        if (ink.pixels == 0)
            audit_find(report, AUDIT_NO_INK, paint->element, paint->rect);
        else if (pale_pixels(views, rect, ink.pixel, promise) * SPARED_SHARE > ink.pixels)
            audit_find(report, words ? AUDIT_CONTRAST : AUDIT_MARK_CONTRAST, paint->element,
                       paint->rect);
    }
}

/* --- edges ------------------------------------------------------------------------------------ */

/* Do two colours on the line of `count` pixels from x, y on differ by enough? */
static bool line_shows(const struct audit_view *view, int x, int y, int dx, int dy, int count)
{
    struct meter meter = {0};
    double least = 1;
    double most = 0;

    for (; count > 0; count--, x += dx, y += dy) {
        if (x < 0 || y < 0 || x >= view->width_px || y >= view->height_px)
            continue;
        double luminance = luminance_at(&meter, row_of(view, y)[x]);
        least = luminance < least ? luminance : least;
        most = luminance > most ? luminance : most;
    }
    return ratio(most, least) >= MARK_CONTRAST;
}

/*
 * Across each side, as far out as in: its sides in the middle, above and below at a quarter, since
 * the field of a code is a row of boxes with a gap in its middle.
 */
static bool edge_shows(const struct audit_view *view, struct rect r)
{
    int reach = (r.w < r.h ? r.w : r.h) / 8;
    int x = r.x + r.w / 4;
    int y = r.y + r.h / 2;

    return line_shows(view, r.x - reach, y, 1, 0, 2 * reach) &&
           line_shows(view, r.x + r.w - reach, y, 1, 0, 2 * reach) &&
           line_shows(view, x, r.y - reach, 0, 1, 2 * reach) &&
           line_shows(view, x, r.y + r.h - reach, 0, 1, 2 * reach);
}

static bool needs_edge(const struct element *element)
{
    return element->role == ROLE_FIELD || element->role == ROLE_RADIO ||
           element->role == ROLE_CHECKBOX || (element->state & STATE_FOCUSED) != 0;
}

static void check_edges(const struct scene *scene, const struct audit_view *painted,
                        struct audit_report *report)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        if (needs_edge(element) && !scene_is_veiled(scene, i) &&
            !edge_shows(painted, element->rect))
            audit_find(report, AUDIT_EDGE, i, element->rect);
    }
}

int audit_pixels(const struct scene *scene, const struct audit_views *views,
                 struct audit_finding *out_findings, int max)
{
    struct audit_report report = {out_findings, max, 0};

    check_ink(scene, views, &report);
    check_edges(scene, &views->painted, &report);
    return report.count;
}
