/*
 * kiosk.ini: what IT sets on one device. An unknown section or key, a value out of bounds or a
 * line that can't be read is refused with file, line and remedy; nothing is guessed.
 *
 *   [screen]
 *   width = 1080          pixels; 0 (default): the whole display
 *   height = 1920
 *   diagonal = 21.5       inches of the visible screen; 0 (default): unknown
 *   window = no           yes: in a window, for trying it out
 *   bright = no           yes: the welcome picture does not dim where nobody comes
 *   [sound]
 *   speech = yes          no: Listen is not offered
 *   volume = 70           10 to 100: how loud speech is for each person at first (sdl/sound.h)
 *   rate = 150            80 to 450 words a minute, at first
 *   headphones = no       yes: there is no loudspeaker, so answers may be said to whoever listens;
 *                         else a person says so, or the jack does (shell/jack.h)
 *   [content]
 *   pack = /usr/share/help-diabetes/pack
 *   fonts = /usr/share/fonts/truetype/noto   where Latin's must be; others may be where Debian
 *                         puts them
 *   drafts = no           yes: offers languages that no speaker has reviewed
 *   welcome = plain       neutral: the welcome screen does not say what the programme is about
 *   [sight]               what each session begins with
 *   text = 100            per cent: 100, 125, 150 or 200
 *   scheme = standard     or black-on-white, white-on-black, yellow-on-black
 *   low_reach = no        yes: everything that is touched stands low
 *   still = no            yes: nothing blinks
 *   [sync]
 *   socket = /run/help-sync/kiosk.sock
 *   stick = /media/help-stick         where the system mounts a USB stick
 *   [keys]                SDL's names of the keys of a keypad and of two switches
 *   up = Up               the defaults stand here
 *   down = Down
 *   enter = Return
 *   back = Escape
 *   help = F1
 *   louder = VolumeUp
 *   softer = VolumeDown
 *   next_switch = F7
 *   choose_switch = F8
 *   staff = F10           asks for the staff PIN where nobody has begun
 *   repeat_after_ms = 2000  a held key repeats moves and deletions; 500 to 8000, 0: never
 *   repeat_every_ms = 500   100 to 8000
 *   again_ms = 80           the same key so soon is a slip; 0 to 2000
 *   [switches]
 *   mode = off            manual: switch 1 moves the ring, switch 2 chooses; automatic: it moves
 *   scan_ms = 2000        by itself every so many ms, from 500 to 8000
 */
#ifndef SHELL_CONFIG_H
#define SHELL_CONFIG_H

#include <stdbool.h>

#include "app/app.h"
#include "base/err.h"
#include "base/str.h"
#include "sdl/bindings.h"
#include "ui/reach.h"

#define CONFIG_PATH   256
#define CONFIG_BYTES  (64 * 1024)
#define CONFIG_SOCKET 108 /* sun_path */

struct config {
    int width_px;
    int height_px;
    double diagonal_inch;
    bool window;
    bool speech;
    int words_a_minute;
    bool headphones;
    struct site site;
    char pack[CONFIG_PATH];
    char fonts[CONFIG_PATH];
    char socket[CONFIG_SOCKET];
    char stick[CONFIG_PATH]; /* where the system mounts a USB stick */
    struct bindings keys;
    struct reach reach;
};

void config_defaults(struct config *config);
/* Reads over what *config holds. `name` stands in the refusal. *config is untouched on failure. */
MUST_USE enum err config_parse(struct str text, const char *name, struct config *config,
                               struct refusal *refusal);
/* One "section.key" with its value, as a line of the file or a command-line option gives it. */
MUST_USE enum err config_set(struct config *config, const char *section, const char *key,
                             const char *value, struct refusal *refusal);
/* The same from a file. ERR_NOT_FOUND, ERR_IO, ERR_LIMIT, ERR_FORMAT. */
MUST_USE enum err config_read(const char *path, struct config *config, struct refusal *refusal);

#endif
