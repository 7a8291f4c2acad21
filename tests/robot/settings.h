/*
 * The kiosk that a robot uses: what kiosk.ini would say of it, from options that all robots share.
 */
#ifndef TESTS_ROBOT_SETTINGS_H
#define TESTS_ROBOT_SETTINGS_H

#include "base/options.h"
#include "shell/config.h"

/* Rows for a program's table of options. --shots and --language are the robot's own to act on. */
#define SETTINGS_OPTIONS                                                                    \
    {"--pack", "DIR", "the content pack", true},                                            \
        {"--size", "WxH", "of the screen, 1080x1920 without it", false},                    \
        {"--diagonal", "INCHES", "of the screen, unknown without it", false},               \
        {"--text", "PERCENT", "100, 125, 150 or 200", false},                               \
        {"--scheme", "NAME", "standard, black-on-white, white-on-black or yellow-on-black", \
         false},                                                                            \
        {"--language", "CODE", "of the pack", false},                                       \
    {                                                                                       \
        "--shots", "DIR", "where the pictures go", false                                    \
    }

/* False where a value is not to be understood; then it was said on standard error. */
bool settings_read(const struct options *options, struct config *out_config);

#endif
