/* Measures a scene against the rules of audit.h. */
#include "ui/audit.h"

#include <stddef.h>

static const char *const rule_names[AUDIT_RULE_COUNT] = {
    [AUDIT_OVERFLOW] = "does not fit the scene's tables",
    [AUDIT_NO_GLYPH] = "no font for a character",
    [AUDIT_OFF_SCREEN] = "off the screen",
    [AUDIT_SPILLS] = "text out of its element",
    [AUDIT_SMALL_TARGET] = "target too small",
    [AUDIT_TARGETS_CROSS] = "targets overlap",
    [AUDIT_TEXT_CROSSES] = "text on text or an icon",
    [AUDIT_CONTRAST] = "contrast below 7:1",
    [AUDIT_UNNAMED] = "target without a name",
    [AUDIT_BROKEN_WORD] = "broken word",
    [AUDIT_SMALL_TEXT] = "text too small",
    [AUDIT_HIGH_TARGET] = "target out of reach",
};

const char *audit_rule_name(enum audit_rule rule)
{
    return rule_names[rule];
}

struct report {
    struct audit_finding *findings;
    int max;
    int count;
};

static void find(struct report *report, enum audit_rule rule, int element, struct rect rect)
{
    if (report->count < report->max)
        report->findings[report->count] = (struct audit_finding){rule, element, rect};
    report->count++;
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
                           struct report *report)
{
    struct rect screen = {0, 0, scene->width_px, scene->height_px};
    int first = scene->modal_from >= 0 ? scene->modal_from : 0;

    for (int i = first; i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        int least = element->role == ROLE_KEY ? limits->key_px : limits->target_px;
        if (!rect_holds(screen, element->rect))
            find(report, AUDIT_OFF_SCREEN, i, element->rect);
        if (!element->target)
            continue;
        if (element->label[0] == '\0')
            find(report, AUDIT_UNNAMED, i, element->rect);
        if (element->rect.y < limits->reach_px)
            find(report, AUDIT_HIGH_TARGET, i, element->rect);
        if (element->rect.h < least)
            find(report, AUDIT_SMALL_TARGET, i, element->rect);
        for (int k = i + 1; k < scene->element_count; k++) {
            if (scene->elements[k].target && rect_overlaps(element->rect, scene->elements[k].rect))
                find(report, AUDIT_TARGETS_CROSS, i, element->rect);
        }
    }
}

/* Is `paint` behind a dialog's veil, or in the dialog? Only what can be read is judged. */
static bool is_readable(const struct scene *scene, const struct paint *paint)
{
    return scene->modal_from < 0 || paint->element >= scene->modal_from;
}

static void check_places(const struct scene *scene, const struct audit_limits *limits,
                         struct report *report)
{
    struct rect screen = {0, 0, scene->width_px, scene->height_px};

    for (int i = 0; i < scene->paint_count; i++) {
        const struct paint *paint = &scene->paints[i];
        if (paint->kind != PAINT_TEXT || !is_readable(scene, paint))
            continue;
        struct rect ink = ink_rect(paint);
        if (paint->text.run->size_px < limits->em_px)
            find(report, AUDIT_SMALL_TEXT, paint->element, paint->rect);
        if (paint->text.parted && !paint->text.personal)
            find(report, AUDIT_BROKEN_WORD, paint->element, paint->rect);
        if (!rect_holds(screen, ink))
            find(report, AUDIT_OFF_SCREEN, paint->element, paint->rect);
        if (paint->element >= 0 && !rect_holds(scene->elements[paint->element].rect, ink))
            find(report, AUDIT_SPILLS, paint->element, paint->rect);
        for (int k = 0; k < scene->paint_count; k++) {
            const struct paint *other = &scene->paints[k];
            bool meets = other->kind == PAINT_ICON || (other->kind == PAINT_TEXT && k > i);
            if (meets && is_readable(scene, other) &&
                rect_overlaps(rect_inset(ink, 1, 0), rect_inset(ink_rect(other), 1, 0)))
                find(report, AUDIT_TEXT_CROSSES, paint->element, paint->rect);
        }
    }
}

/*
 * What lies behind the middle of a text: the last opaque box before it. False where a picture does,
 * whose quiet sky was chosen for it and is looked at by people.
 */
static bool ground_of(const struct scene *scene, int text, colour *out_ground)
{
    const struct paint *paint = &scene->paints[text];
    int x = paint->rect.x + paint->rect.w / 2;
    int y = paint->rect.y + paint->rect.h / 2;

    for (int i = text - 1; i >= 0; i--) {
        const struct paint *behind = &scene->paints[i];
        if (!rect_contains(behind->rect, x, y))
            continue;
        if (behind->kind == PAINT_PICTURE)
            return false;
        if (behind->kind == PAINT_BOX && (behind->fill & 0xFF) == 0xFF) {
            *out_ground = behind->fill;
            return true;
        }
    }
    *out_ground = scene->ground;
    return true;
}

static void check_contrast(const struct scene *scene, struct report *report)
{
    for (int i = 0; i < scene->paint_count; i++) {
        colour ground;
        if (scene->paints[i].kind != PAINT_TEXT || !is_readable(scene, &scene->paints[i]))
            continue;
        if (ground_of(scene, i, &ground) && theme_contrast(scene->paints[i].fill, ground) < 7.0)
            find(report, AUDIT_CONTRAST, scene->paints[i].element, scene->paints[i].rect);
    }
}

int audit_scene(const struct scene *scene, const struct audit_limits *limits,
                struct audit_finding *out_findings, int max)
{
    struct report report = {out_findings, max, 0};
    struct rect screen = {0, 0, scene->width_px, scene->height_px};

    if (scene->overflow)
        find(&report, AUDIT_OVERFLOW, -1, screen);
    if (scene->no_glyph)
        find(&report, AUDIT_NO_GLYPH, -1, screen);
    check_elements(scene, limits, &report);
    check_places(scene, limits, &report);
    check_contrast(scene, &report);
    return report.count;
}
