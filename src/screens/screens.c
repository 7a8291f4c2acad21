/* The table of all screens: a new screen is a file and a row here. */
#include "screens/screen.h"

static const struct screen *const screens[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = &screen_welcome,
    [SCREEN_LANGUAGE] = &screen_language,
    [SCREEN_HELP] = &screen_help,
    [SCREEN_ABOUT] = &screen_about,
    [SCREEN_PAGE] = &screen_page,
    [SCREEN_PRIVACY] = &screen_privacy,
    [SCREEN_CHECK] = &screen_check,
    [SCREEN_SAVING] = &screen_saving,
    [SCREEN_DONE] = &screen_done,
    [SCREEN_NOT_CONFIRMED] = &screen_not_confirmed,
    [SCREEN_NOT_READY] = &screen_not_ready,
    [SCREEN_PAUSED] = &screen_paused,
    [SCREEN_STAFF_PIN] = &screen_staff_pin,
    [SCREEN_STAFF] = &screen_staff,
    [SCREEN_LOOK_UP] = &screen_look_up,
    [SCREEN_STAFF_TOOLS] = &screen_staff_tools,
    [SCREEN_SELF_TEST] = &screen_self_test,
    [SCREEN_TOUCH_TEST] = &screen_touch_test,
    [SCREEN_CLEANING] = &screen_cleaning,
    [SCREEN_CALLED_IN] = &screen_called_in,
    [SCREEN_CODE] = &screen_code,
    [SCREEN_SWITCHES] = &screen_switches,
    [SCREEN_STAFF_SOUND] = &screen_staff_sound,
    [SCREEN_STAFF_STICK] = &screen_staff_stick,
    [SCREEN_SOUND_TEST] = &screen_sound_test,
};

const struct screen *screen_of(enum screen_id id)
{
    return screens[id];
}
