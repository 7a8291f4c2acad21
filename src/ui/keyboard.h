/*
 * On-screen keyboards, drawn by ourselves: no input method learns what is typed. Names (letters
 * as they will be typed, accents behind one key), e-mail (endings, digits, small letters) and a
 * pad of digits. A key's element is {what, code}: `code` is the code point it types or one of enum
 * key_code. Each row is headed by an element {what, KEY_ROW + row}, so that it can be walked as
 * one. Rows are const tables; a layout is a new table.
 */
#ifndef UI_KEYBOARD_H
#define UI_KEYBOARD_H

#include "ui/parts.h"

enum keyboard { KEYBOARD_NAME, KEYBOARD_EMAIL, KEYBOARD_PAD, KEYBOARD_POSTCODE };

/* Above every code point (U+10FFFF). */
enum key_code {
    KEY_SHIFT = 0x110000,
    KEY_BACKSPACE,
    KEY_ACCENTS, /* to the next page of letters: accented ones, more of them, and back */
    KEY_NEXT,    /* to the next field; on the last it says Done and does what Continue does */
    KEY_ENDING,  /* KEY_ENDING + n: the nth e-mail ending */
    KEY_ENDING_LAST = KEY_ENDING + 15,
    KEY_ROW, /* KEY_ROW + n: the nth row, from the top */
};

enum { KEYBOARD_NAME_PAGES = 3 };

struct keyboard_state {
    enum keyboard keyboard;
    int what;    /* element kind of the keys */
    bool shift;  /* capital letters */
    int accents; /* page of letters: 0 is the plain one */
    bool last;   /* the active field is the last: Done, not Next */
    bool dotted; /* as Turkish has it, i and its capital keep the dot, and dotless letters have none
                  */
};

/* Words on keys, translated. */
struct keyboard_words {
    const char *space;
    const char *next;
    const char *done;
    const char *remove;  /* "Delete" on the pad, spoken name of backspace elsewhere */
    const char *shift;   /* spoken */
    const char *accents; /* spoken */
    const char *row;     /* spoken: "Row: {keys}" */
};

/* Height of the panel in portrait, in pixels. */
int keyboard_height_px(const struct ui *ui, enum keyboard keyboard);
/* With the lowest keys there may be, of 15 mm. */
int keyboard_least_px(const struct ui *ui, enum keyboard keyboard);
/* Fills `panel`. */
void keyboard_view(struct ui *ui, struct rect panel, const struct keyboard_state *state,
                   const struct keyboard_words *words);
/* Text of a KEY_ENDING key, such as "@gmail.com" or ".co.uk"; NULL where there is none. */
const char *keyboard_ending(int code);

#endif
