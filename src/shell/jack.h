/*
 * Headphones in their jack, as far as the system tells: Linux tells it as a switch of an input
 * device (SW_HEADPHONE_INSERT), which a sound card has where its jack can feel a plug. Whoever
 * can't see plugs headphones in and expects to be spoken to (VVSG 2.0, 7.1; EN 301 549, 5.1.3.1
 * and 5.1.3.8); whoever pulls them out must not be overheard.
 *
 * A thread sleeps in poll() on those devices and wakes the loop where a plug moved: nothing wakes
 * an idle kiosk, and none of the loop's clocks has to look. It knows nothing else of the program.
 *
 * Only devices with that switch stay open, so no keyboard is listened to. The kiosk's user must be
 * allowed to read them: a udev rule for that one device, or SupplementaryGroups=input in its unit.
 * Where there is none, or it may not be read, the system does not tell: then the person says so.
 */
#ifndef SHELL_JACK_H
#define SHELL_JACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define JACK_FOLDER "/dev/input"

struct jack;
struct input_event; /* <linux/input.h>, whose KEY_ are not those of ui/keyboard.h */

/*
 * Looks for the jacks among the devices of `folder`. `wake` is called from another thread whenever
 * jack_is_plugged changed. ERR_NOT_FOUND where the system does not tell; ERR_LIMIT, ERR_MEMORY,
 * ERR_UNAVAILABLE.
 */
MUST_USE enum err jack_open(const char *folder, void (*wake)(void), struct jack **out_jack);
/* The same with descriptors of one's own, non-blocking; closes them, also where it fails. */
MUST_USE enum err jack_follow(const int *descriptors, int count, void (*wake)(void),
                              struct jack **out_jack);
/* Accepts NULL. */
void jack_close(struct jack *jack);

/* In one of the jacks; false where `jack` is NULL. */
bool jack_is_plugged(const struct jack *jack);

/*
 * Whether it is plugged after these events, where it was `plugged` before. *out_lost: the system
 * lost some (SYN_DROPPED), so that the device must be asked.
 */
bool jack_after(bool plugged, const struct input_event *events, size_t count, bool *out_lost);

#endif
