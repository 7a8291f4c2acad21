/*
 * Live or demo: the one fact about a kiosk that the form's checks, the wire and the screens all
 * need. A live kiosk refuses the test range of NHS numbers (9...), a demo kiosk takes nothing else.
 */
#ifndef BASE_KIOSK_MODE_H
#define BASE_KIOSK_MODE_H

enum kiosk_mode { KIOSK_LIVE, KIOSK_DEMO };

#endif
