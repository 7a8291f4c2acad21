/* What a person does with the screen, the keys or the keyboard, as data. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

enum input_kind {
    INPUT_NONE,
    INPUT_PRESS,   /* x, y: a finger came down */
    INPUT_MOVE,    /* x, y: it moved while down */
    INPUT_RELEASE, /* x, y: it went up */
    INPUT_KEY,     /* key */
    INPUT_TEXT,    /* text: characters of a hardware keyboard */
    INPUT_RESIZE,  /* x, y: the new size */
    INPUT_EXPOSE,  /* the screen lost its picture: paint it whole */
    INPUT_QUIT,
};

enum input_key {
    /* Of a keypad, two switches, and staff: which keys they are is set for each kiosk. */
    INPUT_KEY_UP,
    INPUT_KEY_DOWN,
    INPUT_KEY_ENTER,
    INPUT_KEY_CANCEL, /* "Back" on a keypad, Escape on a keyboard */
    INPUT_KEY_HELP,
    INPUT_KEY_LOUDER,
    INPUT_KEY_SOFTER,
    INPUT_KEY_SWITCH_NEXT,
    INPUT_KEY_SWITCH_CHOOSE,
    INPUT_KEY_STAFF, /* the way to the staff panel, where nobody has begun */
    INPUT_KEYS_BOUND,
    /* Those that only a whole keyboard has. */
    INPUT_KEY_NEXT = INPUT_KEYS_BOUND, /* Tab */
    INPUT_KEY_BACK,                    /* Shift and Tab */
    INPUT_KEY_DELETE,
    INPUT_KEY_SPACE,
};

struct input {
    enum input_kind kind;
    int x; /* pixels */
    int y;
    enum input_key key;
    char text[33]; /* valid UTF-8 */
};

#endif
