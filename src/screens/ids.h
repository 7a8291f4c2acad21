/* What an element is, on every screen: the `what` of its id. `which` is said beside each. */
#ifndef SCREENS_IDS_H
#define SCREENS_IDS_H

enum element_what {
    ID_LANGUAGE_MENU = 1, /* bars */
    ID_TEXT_SIZE,
    ID_CONTRAST,
    ID_LISTEN,
    ID_BACK,
    ID_CONTINUE,
    ID_START_AGAIN,
    ID_HELP,
    ID_BEGIN,     /* welcome; which: language offered there, 0 the one shown */
    ID_SKIP,      /* about cards: straight to the questions; equality: leave them all out */
    ID_LANGUAGE,  /* which: index in the pack */
    ID_OPTION,    /* which: item * LIMIT_OPTIONS + option */
    ID_FIELD,     /* which: item * 4 + part of a date */
    ID_DONT_KNOW, /* which: item */
    ID_KEY,       /* which: see ui/keyboard.h */
    ID_PROBLEM,   /* the error summary */
    ID_PRIVACY,
    ID_ROW,    /* check answers; which: page */
    ID_CHANGE, /* which: page */
    ID_HIDE,
    ID_REFERENCE,
    ID_TIMER,
    ID_MORE_TIME,
    ID_FINISH,  /* finish and clear */
    ID_SETTING, /* of the help screen; which: row * HELP_CHOICES + choice */
    ID_YES,     /* of a dialog */
    ID_NO,
    ID_STAFF, /* the way to the staff panel */
    ID_STAFF_LEAVE,
    ID_DEED,   /* which: enum deed_id of screens/staff_panel.h */
    ID_TYPED,  /* what staff type: a PIN or a reference */
    ID_SPOT,   /* which: a place of the touch test */
    ID_REPEAT, /* while listening */
    ID_SLOWER,
    ID_FASTER,
    ID_SOFTER,
    ID_LOUDER,
    ID_HEADPHONES,
    ID_CALLED_IN,
    ID_HAVE_CODE,
    ID_CODE,  /* of a place: shown, or typed */
    ID_SPEED, /* of the ring; which: 0 slower, 1 faster */
};

#endif
