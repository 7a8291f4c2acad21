/*
 * A scene is what a screen says, once, for every reader: the painter draws it, the hit-tester and
 * the focus walk it, speech says it, the robot finds elements in it by role and label, the audit
 * measures it. Nothing is drawn that is not in it.
 *
 * Elements stand in reading order and carry meaning; paints stand in drawing order, each belongs to
 * an element, and carry colour and place. Both live until the next scene is built.
 */
#ifndef UI_SCENE_H
#define UI_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/geometry.h"
#include "ui/text.h"
#include "ui/theme.h"

enum role {
    ROLE_HEADING,
    ROLE_TEXT,
    ROLE_PROGRESS,
    ROLE_BUTTON,
    ROLE_RADIO,
    ROLE_CHECKBOX,
    ROLE_FIELD,
    ROLE_KEY,
    ROLE_PICTURE,
    ROLE_ERROR_SUMMARY,
    ROLE_ERROR, /* the message at its field */
    ROLE_ROW,   /* a row of the check-answers list: label and value */
    ROLE_DIALOG,
    ROLE_TIMER,
    ROLE_CODE, /* reference, QR */
    ROLE_KEYS, /* heads a row of keys: the keys follow it */
    ROLE_COUNT
};

/* What an element is (an enum of screens/ids.h) and which one of them (an item, option or key). */
struct element_id {
    int what;
    int which;
};

enum {
    STATE_FOCUSED = 1 << 0,
    STATE_PRESSED = 1 << 1,
    STATE_CHOSEN = 1 << 2, /* radio, checkbox; a control that is on */
    STATE_WRONG = 1 << 3,
    STATE_REPEATS = 1 << 4, /* acts again while it is held: backspace */
};

struct element {
    struct element_id id;
    enum role role;
    unsigned state;
    bool target;       /* can be touched and focused */
    int group;         /* from 1: the row of keys that it heads or stands in; 0: none */
    bool personal;     /* label or value holds what the patient typed */
    const char *label; /* never NULL */
    const char *hint;  /* second line; NULL where there is none */
    const char *value; /* field content; NULL where there is none */
    struct rect rect;
};

enum paint_kind { PAINT_BOX, PAINT_TEXT, PAINT_ICON, PAINT_PICTURE, PAINT_RING, PAINT_QR };

struct paint {
    enum paint_kind kind;
    int element; /* index of the element it belongs to; -1 for the page itself */
    struct rect rect;
    colour fill;
    union {
        struct {
            int radius_px;
            int border_px;
            colour border;
        } box; /* the border lies inside the rect */
        struct {
            const struct text_run *run;
            int baseline_px;  /* from the top of the screen */
            bool personal;    /* its cached picture is overwritten when the session ends */
            bool parted;      /* a word of its text is broken: it had no room */
            struct rect clip; /* w == 0: none */
        } text;
        struct {
            const char *name; /* file name without ".svg", of assets/icons */
            bool flip;        /* mirrored left to right */
        } icon;               /* drawn in `fill` */
        struct {
            const char *name; /* of assets/pictures */
            bool flip;
            int radius_px; /* corners */
        } picture;
        struct {
            int stroke_px;
            int permille; /* of the way round, clockwise from 12 o'clock */
            colour track;
        } ring;
        struct {
            const uint8_t *modules; /* side * side bytes, 1 is dark */
            int side;
        } qr;
    };
};

enum { SCENE_ELEMENTS = 160, SCENE_PAINTS = 900 };

struct scene {
    /* One more than the limit: what overflows is written there, and lost. */
    struct element elements[SCENE_ELEMENTS + 1];
    struct paint paints[SCENE_PAINTS + 1];
    int element_count;
    int paint_count;
    int modal_from; /* first element of the dialog on top; -1 where there is none */
    int group_count;
    int page; /* of `page_count` pages of a screen that did not fit, from 0 */
    int page_count;
    int width_px;
    int height_px;
    colour ground; /* fills the screen first */
    bool overflow; /* something did not fit the tables or the arena: a bug that the audit reports */
    bool no_glyph; /* a text has a character that no installed font can draw */
};

void scene_clear(struct scene *scene, int width_px, int height_px, colour ground);

/* Puts `count` elements from `first` on behind all others: they are read and walked last. */
void scene_put_last(struct scene *scene, int first, int count);

/* The topmost target under a point, or NULL. Only the dialog's while one is up. */
const struct element *scene_hit(const struct scene *scene, int x, int y);
/* The element with that id, or NULL. */
const struct element *scene_find(const struct scene *scene, struct element_id id);
/* The `nth` (from 0) element with that role and label, or NULL: for the robot. */
const struct element *scene_find_label(const struct scene *scene, enum role role,
                                       const char *label);
bool element_id_equal(struct element_id a, struct element_id b);
/* Does an element (index; -1: the page itself) lie behind a dialog's veil, out of reach? */
bool scene_is_veiled(const struct scene *scene, int element);

/*
 * The focus walks stops in reading order, round the end. A stop is a target or, as one, a row of
 * keys: who goes into it walks its keys, and leaves it after the last one or before the first. So
 * a page with a keyboard has a dozen stops, not fifty. NULL where there is nothing to go to.
 */
bool scene_is_stop(const struct element *element);
/* The next stop after `from`; `step` is 1 or -1. Within a row it is the next key. */
const struct element *scene_focus_step(const struct scene *scene, struct element_id from, int step);
/* The first key of a row, given the element that heads it. */
const struct element *scene_focus_into(const struct scene *scene, const struct element *row);
/* The element that heads the row that a key stands in. */
const struct element *scene_focus_out(const struct scene *scene, struct element_id key);
/* The key of `after` that stands where `key` stood in `before`: Shift changes a key's id. */
const struct element *scene_focus_same(const struct scene *before, const struct scene *after,
                                       struct element_id key);

/*
 * Where two scenes of one size differ to the eye: false where nowhere, else *out_dirty holds every
 * changed paint, old and new, and only that needs painting.
 */
bool scene_difference(const struct scene *before, const struct scene *after,
                      struct rect *out_dirty);

/* Name of a role for speech, the robot and the audit: "button". */
const char *role_name(enum role role);

#endif
