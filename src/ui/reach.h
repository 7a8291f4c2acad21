/*
 * How a person reaches what is on the glass without touching it: a keypad of raised keys, a whole
 * keyboard, or two switches. With switches a ring walks over what can be chosen: with switch 1, or
 * by itself every `step_ms`; switch 2 chooses.
 */
#ifndef UI_REACH_H
#define UI_REACH_H

enum scan_mode {
    SCAN_OFF,       /* switches do nothing */
    SCAN_MANUAL,    /* switch 1 moves the ring */
    SCAN_AUTOMATIC, /* the ring moves by itself */
};

enum {
    SCAN_LEAST_MS = 500,
    SCAN_MOST_MS = 8000,
    SCAN_USUAL_MS = 2000,
    /* EN 301 549, 5.8: an identical keystroke so soon is not accepted; up to 0.5 s and more. */
    AGAIN_MOST_MS = 2000,
    AGAIN_USUAL_MS = 80, /* a bounce, and no fast typist */
};

struct scan {
    enum scan_mode mode;
    int step_ms;
};

/* What was decided for this kiosk (kiosk.ini). */
struct reach {
    struct scan scan; /* what each session begins with */
    int again_ms;
};

#endif
