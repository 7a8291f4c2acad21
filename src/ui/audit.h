/*
 * The audit measures a scene and says what a patient could not read, reach or touch: text off the
 * screen or out of its element, targets that are too small or overlap, words on words, a focus that
 * goes against reading, a character no font has. It reads the same scene the painter draws, so a
 * test walks every screen in every language, size and scheme and demands no finding. What only the
 * painted picture shows, such as contrast, is audit_pixels.h.
 *
 * Order of the focus (WCAG 2.2, 2.4.3 and 1.3.2): it goes as a sighted person reads. What comes
 * later lies lower than all that came before it, or wholly past its end; and on a line with it,
 * always past it. So rows are walked from start to end and from top to bottom, and what stands in
 * columns, such as the zone and the panel beside it in landscape, column by column. Two stops are
 * on a line when more than half of the lower one is. A row of keys is one stop; its keys stand in
 * one line and run from left to right in every language, as keyboards do.
 */
#ifndef UI_AUDIT_H
#define UI_AUDIT_H

#include "ui/scene.h"

enum audit_rule {
    AUDIT_OVERFLOW,      /* the scene's tables or arena were used up */
    AUDIT_NO_GLYPH,      /* a character that no installed font can draw */
    AUDIT_OFF_SCREEN,    /* an element or its text stands out of the screen */
    AUDIT_SPILLS,        /* text stands out of the element it belongs to: it was cut off */
    AUDIT_SMALL_TARGET,  /* lower or narrower than the limits */
    AUDIT_TARGETS_CROSS, /* two targets share a place */
    AUDIT_TEXT_CROSSES,  /* words on other words, on an icon, or in part under something */
    AUDIT_CONTRAST,      /* words with less than 7:1 (WCAG 2.2, 1.4.6); this and the next three
                            are found by audit_pixels */
    AUDIT_MARK_CONTRAST, /* an icon or code with less than 3:1 (1.4.11) */
    AUDIT_EDGE,          /* no edge shows where a control is, or which one has the focus */
    AUDIT_NO_INK,        /* words or an icon that are in the scene and can't be seen */
    AUDIT_UNNAMED,       /* a target that says nothing */
    AUDIT_BROKEN_WORD,   /* a word of ours, parted without a hyphen for want of room */
    AUDIT_SMALL_TEXT,    /* text smaller than the limit */
    AUDIT_HIGH_TARGET,   /* a target above the line of low reach */
    AUDIT_FOCUS_ORDER,   /* the focus comes back to something that was passed by */
    AUDIT_RULE_COUNT
};

struct audit_limits {
    int target_px; /* least height of a button or choice: 20 mm */
    int key_px;    /* least height of a key: 15 mm (visual.md: 88 x 100 units with its edge) */
    int em_px;     /* least size of a text: 10.2 mm in the largest (EN 301 549, 5.1.4); 0: any */
    int reach_px;  /* no target begins above this line; 0: no such line */
    bool rtl;      /* the screen is read from right to left */
};

struct audit_finding {
    enum audit_rule rule;
    int element; /* index in the scene; -1: none */
    struct rect rect;
};

/* Writes at most `max` findings and returns how many there are in all. */
int audit_scene(const struct scene *scene, const struct audit_limits *limits,
                struct audit_finding *out_findings, int max);

/* "text out of its element" */
const char *audit_rule_name(enum audit_rule rule);

#endif
