/*
 * robot_journey: a patient signs up, every screen is looked at, measured and photographed. It is a
 * test (any finding of the audit fails it) and the demonstration that packaging/run plays where
 * there is no display.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/block.h"
#include "base/options.h"
#include "robot.h"
#include "settings.h"
#include "stand_in.h"
#include "ui/keyboard.h"
#include "walk.h"

/* A page that was split is read to its end. */
static void through_sheets(struct robot *r, const char *name)
{
    robot_shot(r, name);
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets) {
        walk_on(r);
        robot_shot(r, name);
    }
}

static void answer(struct robot *r, const char *link_id, const char *code, const char *name)
{
    through_sheets(r, name);
    walk_choose(r, link_id, code);
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
}

static void look_around(struct robot *r)
{
    robot_shot(r, "welcome");
    r->clock_ms += APP_DIM_MS;
    robot_wait_ms(r, 100);
    robot_shot(r, "welcome-resting");
    robot_touch_id(r, ID_HELP, 0);
    through_sheets(r, "help");
    robot_touch_id(r, ID_HELP, 0);
    robot_touch_id(r, ID_LANGUAGE_MENU, 0);
    through_sheets(r, "language");
    robot_touch_id(r, ID_LANGUAGE_MENU, 0);
    robot_touch_id(r, ID_BEGIN, -1);
    for (int card = 0; card < 4; card++) {
        through_sheets(r, "about");
        walk_on(r);
    }
}

/* The ways out, each looked at and gone back from. */
static void look_at_ways_out(struct robot *r)
{
    static const char *const codes[] = {"no", "carer", "not-sure"};

    through_sheets(r, "eligibility");
    walk_on(r);
    robot_shot(r, "eligibility-error");
    for (size_t i = 0; i < 3; i++) {
        walk_choose(r, "diabetes", codes[i]);
        while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
            walk_on(r);
        walk_on(r);
        robot_shot(r, "after-eligibility");
        robot_touch_id(r, ID_BACK, 0);
    }
    answer(r, "diabetes", "yes", "eligibility-answered");
}

static void give_name(struct robot *r)
{
    robot_shot(r, "name");
    robot_type(r, "Grace");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    walk_on(r);
    robot_shot(r, "name-error");
    for (int page = 1; page < KEYBOARD_NAME_PAGES; page++) {
        robot_touch_id(r, ID_KEY, KEY_ACCENTS);
        robot_shot(r, "name-accents");
    }
    robot_touch_id(r, ID_KEY, KEY_ACCENTS);
    robot_type(r, "Mensah");
    robot_shot(r, "name-typed");
    walk_on(r);
}

static void give_birth_date(struct robot *r)
{
    robot_shot(r, "birth-date");
    robot_type(r, "31");
    robot_type(r, "02");
    robot_type(r, "1958");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_shot(r, "birth-date-error");
    robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    robot_type(r, "14");
    robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    robot_type(r, "3");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_shot(r, "birth-date-typed");
    walk_on(r);
}

/* Called in, and back: the code is on the screen, and is all that is needed. The welcome screen has
   the kiosk's own language in between. */
static void go_and_come_back(struct robot *r, const char *language)
{
    char code[MODEL_CODE + 1];
    char wrong[MODEL_CODE + 1];

    /* Where a small panel has no room for it, Help has. */
    if (!robot_has(r, ID_CALLED_IN, 0))
        robot_touch_id(r, ID_HELP, 0);
    robot_touch_id(r, ID_CALLED_IN, 0);
    through_sheets(r, "called-in");
    memcpy(code, r->kiosk.app.block->secret.code, sizeof code);
    memcpy(wrong, code, sizeof wrong);
    wrong[0] = code[0] == '9' ? '0' : (char)(code[0] + 1);
    robot_touch_id(r, ID_FINISH, 0);
    robot_shot(r, "welcome-with-places");
    if (language != NULL)
        walk_choose_language(r, language);
    robot_touch_id(r, ID_HAVE_CODE, 0);
    robot_type(r, wrong);
    robot_shot(r, "code");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_shot(r, "code-wrong");
    robot_type(r, code);
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_shot(r, "came-back");
}

static void give_numbers(struct robot *r)
{
    robot_shot(r, "postcode");
    robot_type(r, "N19 5NF");
    walk_on(r);
    answer(r, "nhs-number-known", "yes", "nhs-number-known");
    robot_type(r, "9990001");
    robot_shot(r, "nhs-number");
    walk_on(r);
    robot_shot(r, "nhs-number-error");
    for (int i = 0; i < 7; i++)
        robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    robot_type(r, "9990000018");
    walk_on(r);
}

static void give_contact(struct robot *r)
{
    int contact = questionnaire_find(r->kiosk.pack->questionnaire, "p-contact");

    /* No e-mail and no text message: a call, which needs a number. */
    answer(r, "contact", "neither", "contact");
    answer(r, "no-email", "leaflet", "no-email");
    answer(r, "formats", "none", "formats-first");
    answer(r, "start-help", "none", "start-help-first");
    robot_type(r, "016329601");
    walk_on(r);
    robot_shot(r, "phone-error");
    while (r->kiosk.app.model.page != contact)
        robot_touch_id(r, ID_BACK, 0);
    answer(r, "contact", "both", "contact-chosen");
    robot_type(r, "grace.mensah");
    robot_shot(r, "email");
    robot_type(r, "@example");
    robot_touch_id(r, ID_KEY, KEY_ENDING + 6);
    walk_on(r);
    robot_shot(r, "mobile");
    robot_type(r, "07700900417");
    walk_on(r);
}

static void give_the_rest(struct robot *r)
{
    answer(r, "formats", "large-print", "formats");
    answer(r, "start-help", "phone", "start-help");
    answer(r, "mode", "alone", "mode");
    through_sheets(r, "consent");
    while (r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
    walk_seek(r, ID_PRIVACY, 0);
    robot_touch_id(r, ID_PRIVACY, 0);
    through_sheets(r, "privacy");
    while (r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
    robot_touch_id(r, ID_BACK, 0);
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
    through_sheets(r, "consent-error");
    walk_choose(r, "agree-account", NULL);
    walk_choose(r, "agree-record", NULL);
    walk_choose(r, "agree-reminders", NULL);
    robot_shot(r, "consent-ticked");
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
}

static void check_answers(struct robot *r)
{
    through_sheets(r, "check");
    while (r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
    if (robot_has(r, ID_HIDE, 0)) {
        robot_touch_id(r, ID_HIDE, 0);
        robot_shot(r, "check-hidden");
        /* "Show" may be longer and have no room; Help has it too. */
        if (robot_has(r, ID_HIDE, 0))
            robot_touch_id(r, ID_HIDE, 0);
    }
    robot_touch_id(r, ID_START_AGAIN, 0);
    robot_shot(r, "start-again");
    robot_touch_id(r, ID_NO, 0);
    while (r->kiosk.app.model.dialog != DIALOG_STILL_THERE)
        robot_wait_ms(r, 1000);
    robot_wait_ms(r, 10000);
    robot_shot(r, "still-there");
    robot_touch_id(r, ID_NO, 0);
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
}

static void give_optional(struct robot *r)
{
    answer(r, "ethnic-group", "black", "ethnic-group");
    answer(r, "ethnic-black", "african", "ethnic-detail");
    answer(r, "education", "16", "education");
    answer(r, "computer", "basic", "computer");
    through_sheets(r, "since");
    walk_choose(r, "since", "1-4");
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
}

static void whole_journey(struct robot *r, const char *language)
{
    int touches;

    if (language != NULL)
        walk_choose_language(r, language);
    look_around(r);
    look_at_ways_out(r);
    give_name(r);
    give_birth_date(r);
    go_and_come_back(r, language);
    give_numbers(r);
    give_contact(r);
    give_the_rest(r);
    check_answers(r);
    give_optional(r);
    touches = r->touches;
    walk_on(r);
    robot_await(r, SCREEN_DONE);
    through_sheets(r, "done");
    printf("signed up reference=%s %s touches=%d\n", r->kiosk.app.model.receipt.reference,
           r->kiosk.app.model.receipt.saved_offline ? "saved here, not connected" : "connected",
           touches);
    robot_touch_id(r, ID_FINISH, 0);
    robot_shot(r, "welcome-again");
}

/* The shortest way that signs somebody up: what it costs in touches. */
static void shortest_journey(struct robot *r)
{
    int before = r->touches;

    walk_to_saving(r);
    robot_await(r, SCREEN_DONE);
    printf("shortest sign-up: %d touches\n", r->touches - before);
    printf("signed up reference=%s\n", r->kiosk.app.model.receipt.reference);
    fflush(stdout); /* whoever kills this process must know what was confirmed before */
    robot_touch_id(r, ID_FINISH, 0);
}

static int run(const struct options *options, void *context)
{
    static struct robot robot;
    const char *shots = options_get(options, "--shots");
    const char *socket = options_get(options, "--socket");
    struct config config;
    char own_socket[64] = "";
    int stand_in = -1;

    (void)context;
    if (!settings_read(options, &config))
        return EXIT_USAGE;
    if (socket == NULL) {
        snprintf(own_socket, sizeof own_socket, "/tmp/help-robot-%d.sock", (int)getpid());
        stand_in = stand_in_start(own_socket, options_get(options, "--offline") == NULL
                                                  ? STAND_IN_SAVES
                                                  : STAND_IN_SAVES_OFFLINE);
        socket = own_socket;
    }
    snprintf(config.socket, sizeof config.socket, "%s", socket);
    robot_start(&robot, &config, shots);
    if (robot.kiosk.app.model.screen == SCREEN_NOT_READY) {
        robot_shot(&robot, "not-ready");
        robot_say(&robot);
        return EXIT_FAILED;
    }
    if (options_get(options, "--listen") != NULL)
        robot_touch_id(&robot, ID_LISTEN, 0);
    if (options_get(options, "--keypad") != NULL)
        robot_take_hand(&robot, ROBOT_HAS_KEYPAD);
    else if (options_get(options, "--switches") != NULL)
        robot_take_hand(&robot, ROBOT_HAS_SWITCHES);
    int count = options_get(options, "--count") == NULL ? 1 : atoi(options_get(options, "--count"));
    if (options_get(options, "--short") != NULL)
        for (int i = 0; i < count; i++)
            shortest_journey(&robot);
    else
        whole_journey(&robot, options_get(options, "--language"));
    int findings = robot.findings;
    robot_finish(&robot);
    if (stand_in >= 0) {
        stand_in_stop(stand_in);
        unlink(own_socket);
    }
    if (findings > 0)
        fprintf(stderr, "robot: %d findings of the audit\n", findings);
    return findings > 0 ? EXIT_FAILED : EXIT_OK;
}

static const struct option_row rows[] = {
    SETTINGS_OPTIONS,
    {"--socket", "PATH", "of a help-sync; without it a stand-in answers", false},
    {"--offline", NULL, "the stand-in is not connected", false},
    {"--low-reach", NULL, "everything that is touched stands low", false},
    {"--neutral", NULL, "the welcome screen does not say what the programme is about", false},
    {"--keypad", NULL, "with a keypad's keys alone", false},
    {"--switches", NULL, "with two switches alone", false},
    {"--listen", NULL, "while it is read aloud", false},
    {"--short", NULL, "only the shortest way to a sign-up", false},
    {"--count", "N", "with --short: so many sign-ups, one after the other", false},
};

static const struct command commands[] = {
    {"", "Plays a patient's journey through every screen.", rows, sizeof rows / sizeof *rows, NULL,
     run},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        "robot_journey", "A patient signs up; every screen is measured and photographed.", commands,
        1, NULL};

    return options_main(&program, argc, argv);
}
