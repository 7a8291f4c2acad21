/*
 * The audit measures a scene and says what a patient could not read, reach or touch: text off the
 * screen or out of its element, targets that are too small or overlap, words on words, too little
 * contrast, a character no font has. It reads the same scene the painter draws, so a test walks
 * every screen in every language, size and scheme and demands no finding.
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
    AUDIT_TEXT_CROSSES,  /* words on other words or on an icon */
    AUDIT_CONTRAST,      /* less than 7:1 (WCAG 2.2, 1.4.6) */
    AUDIT_UNNAMED,       /* a target that says nothing */
    AUDIT_BROKEN_WORD,   /* a word of ours, parted without a hyphen for want of room */
    AUDIT_SMALL_TEXT,    /* text smaller than the limit */
    AUDIT_HIGH_TARGET,   /* a target above the line of low reach */
    AUDIT_RULE_COUNT
};

struct audit_limits {
    int target_px; /* least height of a button or choice: 20 mm */
    int key_px;    /* least height of a key: 15 mm (visual.md: 88 x 100 units with its edge) */
    int em_px;     /* least size of a text: 10.2 mm in the largest (EN 301 549, 5.1.4); 0: any */
    int reach_px;  /* no target begins above this line; 0: no such line */
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
