/*
 * The model: all that the kiosk knows while it runs. Screens read it and draw; actions change it.
 * What a patient typed lives in one struct secret, a plain block with no pointers that the app
 * keeps in locked memory and wipes when the session ends, whatever the way it ended. A screen never
 * copies from it to anywhere but the scene of the moment.
 */
#ifndef SCREENS_MODEL_H
#define SCREENS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/kiosk_mode.h"
#include "content/pack.h"
#include "screens/staff.h"
#include "signup/answers.h"
#include "signup/record.h"
#include "ui/comfort.h"
#include "ui/reach.h"

enum screen_id {
    SCREEN_WELCOME,
    SCREEN_LANGUAGE,
    SCREEN_HELP,
    SCREEN_ABOUT,
    SCREEN_PAGE, /* a page of the form: question, consent, notice or way out */
    SCREEN_PRIVACY,
    SCREEN_CHECK,
    SCREEN_SAVING,
    SCREEN_DONE,
    SCREEN_NOT_CONFIRMED,
    SCREEN_NOT_READY,
    SCREEN_CALLED_IN,
    SCREEN_CODE,     /* whoever was called in comes back */
    SCREEN_SWITCHES, /* how fast the ring moves */
    SCREEN_PAUSED,
    SCREEN_STAFF_PIN,
    SCREEN_STAFF,
    SCREEN_LOOK_UP,
    SCREEN_STAFF_TOOLS,
    SCREEN_STAFF_SOUND,
    SCREEN_STAFF_STICK,
    SCREEN_SELF_TEST,
    SCREEN_TOUCH_TEST,
    SCREEN_SOUND_TEST,
    SCREEN_CLEANING,
    SCREEN_COUNT
};

/* Steps of volume of 4 dB and 10 % each; steps of speed from half to twice the usual. */
enum { VOLUME_STEPS = 10, SPEED_STEPS = 8 };

enum dialog {
    DIALOG_NONE,
    DIALOG_START_AGAIN,
    DIALOG_STILL_THERE,
    DIALOG_NO_PLACE, /* to be kept for whoever is called in */
};

enum { MODEL_CODE = 6 }; /* digits of the code of a place */

/* Why no sign-up can be taken just now; what the staff can do is told apart on the screen. */
enum readiness {
    READY_WAITING, /* help-sync has not answered yet */
    READY_YES,
    READY_NOT_SET_UP, /* no practice yet */
    READY_AWAY,       /* help-sync does not run */
    READY_FULL,       /* no space for a sign-up */
    READY_FAILING,    /* the storage returns errors or takes no writes */
    READY_UNLOCKED,   /* what is typed could reach a swap file */
};

/* What help-sync last told. */
struct device {
    enum readiness readiness;
    enum kiosk_mode mode;
    bool connected;
    char kiosk[RECORD_CODE_SIZE];
    char practice[RECORD_CODE_SIZE];
    char practice_name[81];
    struct report report;
};

struct secret {
    struct answers answers;
    struct answers before; /* while an answer is being changed: what Back goes back to */
    char record[LIMIT_RECORD + 1];
    char typed[STAFF_TYPED_SIZE]; /* by staff: a PIN or a reference */
    char code[MODEL_CODE + 1];    /* of a place: while it is shown, or as far as it is typed */
};

/* What the done screen needs of a sign-up that is saved and wiped: nothing about the person. */
struct receipt_note {
    char reference[16];
    const char *next_page; /* pack page with what happens next: "done-email" */
    bool saved_offline;
    bool practice; /* nothing was saved: it was a practice run */
};

/*
 * Speech, as this person set it; each begins with the kiosk's own settings (EN 301 549, 5.1.3.13;
 * 36 CFR 1194, 402.3.2).
 */
struct listening {
    bool offered;    /* there is sound, and a voice for the language shown */
    bool on;         /* only where it is offered is anything said */
    bool headphones; /* nobody else hears it: what was typed may be said */
    int volume;      /* 1 .. VOLUME_STEPS */
    int speed;       /* 1 .. SPEED_STEPS */
};

/* What of the consent page was read aloud to its end: kept with the agreements as evidence. */
struct heard {
    unsigned sheets; /* bit n: sheet n, of `of`, in this language and text size */
    int of;
    int text_percent;
    const struct pack_language *language;
};

/*
 * What was decided for this kiosk: by kiosk.ini, and by staff until it is restarted (the page
 * "Sound and screen"). It outlives each session.
 */
struct site {
    bool drafts;            /* languages that no speaker has reviewed are offered */
    bool tests;             /* and those that are made for tests: only a test sets this */
    bool neutral;           /* the welcome screen does not say what the programme is about */
    bool bright;            /* the welcome picture does not dim where nobody comes */
    int volume;             /* 1 .. VOLUME_STEPS: of speech, for each person at first */
    struct comfort comfort; /* what each session begins with */
};

/* What can be heard from this kiosk, as far as it is known. */
enum loudspeaker {
    LOUDSPEAKER_SPEAKS,
    LOUDSPEAKER_BEEPS, /* there is a device, and no voice */
    LOUDSPEAKER_NONE,  /* there is no device */
    LOUDSPEAKER_OFF,   /* speech is turned off in kiosk.ini */
};

/* How the code of a place was taken. */
enum code_news {
    CODE_NONE,
    CODE_SHORT, /* not all of its digits are there */
    CODE_WRONG,
    CODE_PAUSED, /* too many were wrong: none is taken for a while */
    CODE_FAILED, /* it could not be tried */
};

struct model {
    /* The same for the whole run. */
    const struct pack *pack;
    struct secret *secret;
    struct site site;
    bool paused; /* by staff: no patient may begin */
    enum loudspeaker loudspeaker;

    struct device device;
    struct date today; /* by the wall clock's claim, at the start of the session */
    int places;        /* kept for people who were called in */

    /* The session. */
    const struct pack_language *language;
    const struct pack_language *agreed_in; /* shown when the agreements were accepted; or NULL */
    struct comfort comfort;
    bool read_aloud; /* all of them had been read aloud in that language before */
    struct scan scan;
    struct listening listening;
    struct heard heard;
    enum screen_id screen;
    enum screen_id under;  /* what Language and the privacy notice go back to */
    enum screen_id helped; /* what Help goes back to */
    enum dialog dialog;
    int about;      /* card, from 0 */
    int page;       /* item of the form */
    int sheet;      /* of a page that was split */
    int sheets;     /* as the last scene had it */
    bool changing;  /* came from "Check your answers" and goes back there */
    bool confirmed; /* "Sign me up" was touched; what is asked now is optional */
    bool hidden;    /* answers are shown as dots, and so is what is being typed */
    bool dimmed;    /* nobody has touched the welcome screen for long */
    struct problems problems;
    int field; /* item being typed in; QUESTIONNAIRE_NONE: none */
    int part;  /* of a date: 0 day, 1 month, 2 year */
    bool shift;
    int accents; /* page of letters on the keyboard */
    struct receipt_note receipt;
    struct staff staff;
    bool assisted; /* staff help this patient */
    bool practice; /* staff try it out: nothing may reach the outbox */

    /* A place that is kept, and coming back to it. */
    int until_minute; /* it is kept until then, in minutes of the day; -1: the clock is wrong */
    bool until_tomorrow;
    enum code_news code_news;
    int code_left; /* tries, or minutes of the pause */

    /* What the idle clock shows. */
    int seconds_left;
    int seconds_of;
};

/* What a screen asks of the app; the app hands it to the outside. */
struct effects {
    bool save;       /* seal and store secret.record */
    bool discard;    /* a practice run is over: wiped like a sign-up, stored nowhere */
    bool ask_status; /* of help-sync */
    bool check_pin;  /* secret.typed; app_pin tells the outcome */
    bool look_up;    /* secret.typed, a reference; app_looked_up tells the outcome */
    bool send_now;
    bool save_to_stick; /* app_stick tells how it goes on */
    bool end_session;   /* wipe and show the welcome screen */
    bool open_place;    /* the one whose code is in the secret */
    bool check_letters; /* whether those of each language have glyphs: staff.undrawn */
    const char *say;    /* an English text: said in the language shown, whoever listens; or NULL */
};

/* Where the kiosk stands while nobody uses it. */
static inline enum screen_id model_home(const struct model *m)
{
    if (m->device.readiness != READY_YES)
        return SCREEN_NOT_READY;
    return m->paused ? SCREEN_PAUSED : SCREEN_WELCOME;
}

static inline bool model_is_home(enum screen_id screen)
{
    return screen == SCREEN_WELCOME || screen == SCREEN_NOT_READY || screen == SCREEN_PAUSED;
}

/* May a person choose this language? */
static inline bool model_offers(const struct model *m, const struct pack_language *language)
{
    return (!language->draft || m->site.drafts) && (!language->test || m->site.tests);
}

/* The screen that shows once Help and Language are closed: of the model itself. */
static inline enum screen_id *model_beneath(struct model *m)
{
    enum screen_id *at = m->screen == SCREEN_HELP ? &m->helped : &m->screen;

    return *at == SCREEN_LANGUAGE ? &m->under : at;
}

/* Is anything on this screen, or behind it, a patient's own, or the staff's? */
static inline bool model_in_session(const struct model *m)
{
    return !model_is_home(m->screen);
}

/* Must a bystander see that this is not a patient alone at the screen? */
static inline bool model_is_staff(const struct model *m)
{
    return m->practice || m->assisted ||
           (m->screen >= SCREEN_STAFF_PIN && m->screen < SCREEN_COUNT);
}

/* May somebody go from here and come back? Once "Sign me up" was touched it goes on by itself, and
   a way out is an end. */
static inline bool model_has_place(const struct model *m)
{
    enum screen_id screen = m->screen == SCREEN_HELP ? m->helped : m->screen;

    if (screen == SCREEN_LANGUAGE || screen == SCREEN_PRIVACY)
        screen = m->under;

    if (screen == SCREEN_PAGE)
        return !m->confirmed && m->pack->questionnaire->items[m->page].page_kind != PAGE_WAY_OUT;
    return screen == SCREEN_ABOUT || screen == SCREEN_CHECK;
}

#endif
