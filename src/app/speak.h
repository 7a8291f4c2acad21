/*
 * When to say what. While Listen is on: a new screen is read from its heading, a dialog or what is
 * wrong from its beginning; an element that gets the focus or was touched says itself; a key says
 * what it did. Who turns it on hears first how to go on, and at the first field that answers stay
 * unsaid. The name of a language is said by a voice of that language. Whatever a person does stops
 * what is being said at once (EN 301 549, 5.1.3.4 and 5.1.3.5), in the language shown (5.1.3.14).
 *
 * Words leave the app as data, one utterance at a time: the outside asks for the next when the last
 * was heard to its end. The text lies in the locked block, since with headphones it may be an
 * answer. The app looks at what changed where it builds the next scene, so no screen knows that
 * anything is said.
 */
#ifndef APP_SPEAK_H
#define APP_SPEAK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "screens/model.h"
#include "ui/scene.h"

struct app;

/* Of this kiosk; each person begins with it. */
struct speak_settings {
    bool offered;       /* it has sound; how loud at first: struct site */
    int words_a_minute; /* speed step SPEED_USUAL */
    bool headphones;    /* it has nothing but headphones */
    bool plugged;       /* or they are in the jack now, as far as the system tells */
};

enum { SPEED_USUAL = 4 };

struct utterance {
    const char *name;       /* said before the text, in a voice of its own; NULL: none */
    const char *name_voice; /* of the language that it names */
    const char *text;       /* valid until the app changes */
    const char *voice; /* speech/voice.h; NULL: there is none, so a tone stands for the words */
    int words_a_minute;
    int volume; /* 1 .. VOLUME_STEPS */
};

/* What was on the glass when something was said last: another place is read anew. */
struct speak_place {
    enum screen_id screen;
    enum dialog dialog;
    int page;
    int about;
    int sheet;
    bool wrong;
    const struct pack_language *language;
};

enum { SPEAK_NOTES = 2 };

/* The name of a language, and its voice. Both NULL: none. The label is the pack's own. */
struct speak_name {
    const char *label;
    const char *voice;
};

/* The app's own; nobody else looks inside. */
struct speak {
    struct speak_settings settings;
    bool was_on;
    struct speak_place place;
    struct element_id focus; /* at the last look */
    int field;
    int part;
    int seconds;
    bool touched;                   /* an element was activated since: app->acted */
    bool typed;                     /* text of a keyboard came since: it is in the block */
    bool reading;                   /* a screen, element by element */
    bool whole;                     /* from its beginning */
    int element;                    /* being said; -1: none */
    int next;                       /* to be read; -1: none */
    bool waiting;                   /* an utterance in the block */
    const char *notes[SPEAK_NOTES]; /* said before the screen is read: a text marked N_; or NULL */
    bool hinted;                    /* that what is typed stays unsaid */
    struct speak_name name;         /* said before the utterance in the block */
    const char *sample; /* English, for staff who try the sound out; NULL: none is asked for */
    bool sampling;      /* that is what waits, or is being heard */
    bool said;          /* one was handed out and is being heard */
    bool stop;          /* it must not be heard any longer */
};

/* --- for the outside --------------------------------------------------------------------------
 */

/* What this kiosk can do; takes effect at once where nobody is in a session. */
void app_speech(struct app *app, const struct speak_settings *settings);
/*
 * A plug went into the jack, or out of it. In it turns headphones mode on, and Listen too where
 * nobody has begun: whoever can't see the screen looks for the jack first. Out of it turns
 * headphones mode off and silences what is being said, since the room would hear the rest of it.
 */
void app_plug(struct app *app, bool plugged, int64_t now_ms);
/* True, once, where what is being heard must be silenced now. Before app_next_utterance. */
bool app_hushes(struct app *app);
/* The next one to be heard; false where there is none, or the last was not heard to its end. */
bool app_next_utterance(struct app *app, struct utterance *out_utterance);
/* It was heard to its end. */
void app_heard(struct app *app, int64_t now_ms);
/* Are voice and device needed: does somebody listen, or try the sound out? */
bool app_speaks(const struct app *app);
/* Nothing can be said any more; `left` is what can be. Listen is not offered from here on. */
void app_speechless(struct app *app, enum loudspeaker left);

/* --- for the files of the app -----------------------------------------------------------------
 */

void speak_reset(struct app *app);
/* A person did something: silence. */
void speak_hush(struct app *app);
/* One of the controls of speech was touched; false where `id` is none of them. */
bool speak_touch(struct app *app, struct element_id id);
/* An element was activated; text came in from a keyboard. What is said is found at the look. */
void speak_note_touch(struct app *app);
void speak_note_typed(struct app *app, struct str text);
/* Says an English text in the language shown, whether anybody listens or not. */
void speak_sample(struct app *app, const char *text);
/* Before a scene is built: whether Listen is offered. */
void speak_prepare(struct app *app);
/* After it was: what is new, beside the scene before? */
void speak_look(struct app *app, const struct scene *before, const struct scene *after);
/* The element that is being read; -1: none. */
int speak_element(const struct app *app);

#endif
