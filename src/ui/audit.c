/* Measures a scene against the rules of audit.h. */
#include "ui/audit.h"

#include <stddef.h>

#include "ui/audit_find.h"

static const char *const rule_names[AUDIT_RULE_COUNT] = {
    [AUDIT_OVERFLOW] = "does not fit the scene's tables",
    [AUDIT_NO_GLYPH] = "no font for a character",
    [AUDIT_OFF_SCREEN] = "off the screen",
    [AUDIT_SPILLS] = "text out of its element",
    [AUDIT_SMALL_TARGET] = "target too small",
    [AUDIT_TARGETS_CROSS] = "targets overlap",
    [AUDIT_TEXT_CROSSES] = "text on text or an icon, or under something",
    [AUDIT_CONTRAST] = "contrast below 7:1",
    [AUDIT_MARK_CONTRAST] = "contrast of a mark below 3:1",
    [AUDIT_EDGE] = "contrast of an edge below 3:1",
    [AUDIT_NO_INK] = "can't be seen",
    [AUDIT_UNNAMED] = "target without a name",
    [AUDIT_BROKEN_WORD] = "broken word",
    [AUDIT_SMALL_TEXT] = "text too small",
    [AUDIT_HIGH_TARGET] = "target out of reach",
    [AUDIT_FOCUS_ORDER] = "focus order is not reading order",
};

const char *audit_rule_name(enum audit_rule rule)
{
    return rule_names[rule];
}

/* The part of a line's box that ink fills in every script: accents may touch the line above. */
static struct rect ink_rect(const struct paint *paint)
{
    struct rect r = rect_inset(paint->rect, 0, paint->rect.h / 5);

    if (paint->kind == PAINT_TEXT && paint->text.clip.w > 0) {
        int left = r.x > paint->text.clip.x ? r.x : paint->text.clip.x;
        int end = paint->text.clip.x + paint->text.clip.w;
        int right = r.x + r.w < end ? r.x + r.w : end;
        r.x = left;
        r.w = right > left ? right - left : 0;
    }
    return r;
}

static void check_elements(const struct scene *scene, const struct audit_limits *limits,
                           struct audit_report *report)
{
    struct rect screen = {0, 0, scene->width_px, scene->height_px};
    int first = scene->modal_from >= 0 ? scene->modal_from : 0;

    for (int i = first; i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        int least = element->role == ROLE_KEY ? limits->key_px : limits->target_px;
        if (!rect_holds(screen, element->rect))
            audit_find(report, AUDIT_OFF_SCREEN, i, element->rect);
        if (!element->target)
            continue;
        if (element->label[0] == '\0')
            audit_find(report, AUDIT_UNNAMED, i, element->rect);
        if (element->rect.y < limits->reach_px)
            audit_find(report, AUDIT_HIGH_TARGET, i, element->rect);
        if (element->rect.h < least)
            audit_find(report, AUDIT_SMALL_TARGET, i, element->rect);
        for (int k = i + 1; k < scene->element_count; k++) {
            if (scene->elements[k].target && rect_overlaps(element->rect, scene->elements[k].rect))
                audit_find(report, AUDIT_TARGETS_CROSS, i, element->rect);
        }
    }
}

/* Do words (paint `text`) suffer where the paint `other` meets them? */
static bool spoils(const struct scene *scene, int text, int other)
{
    const struct paint *paint = &scene->paints[other];

    switch (paint->kind) {
    case PAINT_ICON:
        return true;
    case PAINT_TEXT:
    case PAINT_PICTURE:
        return other > text;
    case PAINT_BOX:
        return other > text && (paint->fill & 0xFF) == 0xFF;
    default:
        return false;
    }
}

static void check_places(const struct scene *scene, const struct audit_limits *limits,
                         struct audit_report *report)
{
    struct rect screen = {0, 0, scene->width_px, scene->height_px};

    for (int i = 0; i < scene->paint_count; i++) {
        const struct paint *paint = &scene->paints[i];
        if (paint->kind != PAINT_TEXT || scene_is_veiled(scene, paint->element))
            continue;
        struct rect ink = ink_rect(paint);
        int least_px = limits->em_px * font_families[paint->text.run->face].least_percent / 100;
        if (paint->text.run->size_px < least_px)
            audit_find(report, AUDIT_SMALL_TEXT, paint->element, paint->rect);
        if (paint->text.parted && !paint->text.personal)
            audit_find(report, AUDIT_BROKEN_WORD, paint->element, paint->rect);
        if (!rect_holds(screen, ink))
            audit_find(report, AUDIT_OFF_SCREEN, paint->element, paint->rect);
        if (paint->element >= 0 && !rect_holds(scene->elements[paint->element].rect, ink))
            audit_find(report, AUDIT_SPILLS, paint->element, paint->rect);
        for (int k = 0; k < scene->paint_count; k++) {
            const struct paint *other = &scene->paints[k];
            if (spoils(scene, i, k) && !scene_is_veiled(scene, other->element) &&
                rect_overlaps(rect_inset(ink, 1, 0), rect_inset(ink_rect(other), 1, 0)))
                audit_find(report, AUDIT_TEXT_CROSSES, paint->element, paint->rect);
        }
    }
}

/* --- order of the focus -----------------------------------------------------------------------
 */

/* Do more than half of the lower one's pixels stand beside the other? */
static bool on_a_line(struct rect a, struct rect b)
{
    int top = a.y > b.y ? a.y : b.y;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    int least = a.h < b.h ? a.h : b.h;

    return 2 * (bottom - top) > least;
}

/* Is `later` wholly past the end of `former`, in the direction of reading? */
static bool is_past(struct rect former, struct rect later, bool rtl)
{
    return rtl ? later.x + later.w <= former.x : later.x >= former.x + former.w;
}

static bool is_in_order(const struct element *former, const struct element *later, bool rtl)
{
    bool keys = former->group > 0 && former->group == later->group;

    if (is_past(former->rect, later->rect, keys ? false : rtl))
        return true;
    return !keys && !on_a_line(former->rect, later->rect) && later->rect.y > former->rect.y;
}

/* Does the focus go from one to the other, with or without stops between them? */
static bool are_walked(const struct element *former, const struct element *later)
{
    bool keys = former->target && later->target && former->group > 0;

    return keys ? former->group == later->group : scene_is_stop(former) && scene_is_stop(later);
}

static void check_focus_order(const struct scene *scene, const struct audit_limits *limits,
                              struct audit_report *report)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *later = &scene->elements[i];
        bool in_order = true;
        for (int k = 0; k < i && in_order; k++) {
            const struct element *former = &scene->elements[k];
            in_order = scene_is_veiled(scene, k) || !are_walked(former, later) ||
                       is_in_order(former, later, limits->rtl);
        }
        if (!in_order)
            audit_find(report, AUDIT_FOCUS_ORDER, i, later->rect);
    }
}

int audit_scene(const struct scene *scene, const struct audit_limits *limits,
                struct audit_finding *out_findings, int max)
{
    struct audit_report report = {out_findings, max, 0};
    struct rect screen = {0, 0, scene->width_px, scene->height_px};

    if (scene->overflow)
        audit_find(&report, AUDIT_OVERFLOW, -1, screen);
    if (scene->no_glyph)
        audit_find(&report, AUDIT_NO_GLYPH, -1, screen);
    check_elements(scene, limits, &report);
    check_places(scene, limits, &report);
    check_focus_order(scene, limits, &report);
    return report.count;
}
