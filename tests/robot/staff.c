/*
 * robot_staff: a receptionist with a queue. PIN, wrong and right; what the panel says when all is
 * well and when it is not; a patient helped, a practice run that reaches no outbox, a reference
 * looked up, cleaning, pause and self-test; and the panel locks by itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/options.h"
#include "robot.h"
#include "screens/staff_panel.h"
#include "settings.h"
#include "stand_in.h"
#include "ui/keyboard.h"
#include "walk.h"

static char path[64];
static const char *language;   /* of the panel; NULL: English */
static int text_percent = 100; /* of the panel; patients have the usual size */

static void set_text(struct robot *r, int percent)
{
    while (r->kiosk.app.model.comfort.text_percent != percent)
        robot_touch_id(r, ID_TEXT_SIZE, 0);
}

static void type_pin(struct robot *r, const char *pin)
{
    robot_type(r, pin);
    robot_touch_id(r, ID_KEY, KEY_NEXT);
}

/* Until help-sync has answered what was asked. */
static void await_try(struct robot *r)
{
    for (int i = 0; i < 500 && r->kiosk.app.model.screen == SCREEN_STAFF_PIN &&
                    r->kiosk.app.model.staff.pin == TRY_CHECKING;
         i++)
        kiosk_turn(&r->kiosk, 10);
    kiosk_show(&r->kiosk);
}

static void open_panel(struct robot *r)
{
    if (language != NULL)
        walk_choose_language(r, language);
    robot_touch_id(r, ID_STAFF, 0);
    type_pin(r, STAND_IN_PIN);
    robot_await(r, SCREEN_STAFF);
    set_text(r, text_percent);
    robot_wait_ms(r, 200); /* a fresh status */
}

static void sheets(struct robot *r, const char *name)
{
    robot_shot(r, name);
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets) {
        walk_on(r);
        robot_shot(r, name);
    }
}

static void expect_on_a_sheet(struct robot *r, const char *text)
{
    while (r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
    while (!robot_sees(r, ROLE_TEXT, robot_word(r, text)) &&
           r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    robot_expect(r, ROLE_TEXT, robot_word(r, text));
}

static void show_deed(struct robot *r, int deed)
{
    const struct element_id id = {ID_DEED, deed};

    while (r->kiosk.app.model.sheet > 0 &&
           scene_find(r->kiosk.app.scenes[r->kiosk.app.shown], id) == NULL)
        robot_touch_id(r, ID_BACK, 0);
    while (scene_find(r->kiosk.app.scenes[r->kiosk.app.shown], id) == NULL)
        walk_on(r);
}

static void do_deed(struct robot *r, int deed)
{
    show_deed(r, deed);
    robot_touch_id(r, ID_DEED, deed);
}

static void back_to_panel(struct robot *r)
{
    while (r->kiosk.app.model.screen != SCREEN_STAFF || r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
}

static void wrong_pin(struct robot *r)
{
    robot_touch_id(r, ID_STAFF, 0);
    robot_shot(r, "pin");
    robot_type(r, "314");
    robot_shot(r, "pin-half");
    type_pin(r, "159");
    await_try(r);
    robot_expect(r, ROLE_TEXT, "That PIN does not match. 4 tries left.");
    robot_shot(r, "pin-wrong");
    if (strlen(r->kiosk.app.model.secret->typed) > 0) {
        fprintf(stderr, "robot: the PIN is still there\n");
        exit(1);
    }
    robot_touch_id(r, ID_BACK, 0);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Staff"));
}

static void help_a_patient(struct robot *r)
{
    do_deed(r, DEED_HELP_PATIENT);
    set_text(r, 100);
    /* A small panel may have no room for it beside the controls: the frame says it too. */
    if (r->kiosk.app.screen.diagonal_mm == 0)
        robot_expect(r, ROLE_TEXT, robot_word(r, "With staff"));
    robot_shot(r, "with-staff");
    walk_from_cards(r, NULL);
    robot_await(r, SCREEN_DONE);
    robot_shot(r, "with-staff-done");
}

static void look_up(struct robot *r, const char *reference)
{
    open_panel(r);
    do_deed(r, DEED_LOOK_UP);
    robot_shot(r, "look-up");
    robot_type(r, "7K4M");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_shot(r, "look-up-spelling");
    for (int i = 0; i < 4; i++)
        robot_touch_id(r, ID_KEY, KEY_BACKSPACE);
    for (const char *c = reference + 3; *c != '\0'; c++)
        if (*c != '-')
            robot_type_code(r, (uint32_t)*c);
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    for (int i = 0; i < 500 && r->kiosk.app.model.staff.look_up == LOOK_UP_ASKED; i++)
        kiosk_turn(&r->kiosk, 10);
    robot_shot(r, "look-up-received");
    if (r->kiosk.app.model.staff.found != STATUS_RECEIVED) {
        fprintf(stderr, "robot: %s was not found\n", reference);
        exit(1);
    }
    robot_touch_id(r, ID_BACK, 0);
}

/* Shows how saving to the stick ends. */
static void save_to_stick(struct robot *r, enum stick_state end, const char *name)
{
    do_deed(r, DEED_STICK);
    sheets(r, "stick");
    do_deed(r, DEED_SAVE_TO_STICK);
    robot_shot(r, "stick-working");
    for (int i = 0; i < 500 && r->kiosk.app.model.staff.stick.state == STICK_WORKING; i++) {
        r->clock_ms += 100;
        kiosk_turn(&r->kiosk, 10);
    }
    sheets(r, name);
    if (r->kiosk.app.model.staff.stick.state != end) {
        fprintf(stderr, "robot: the stick ended otherwise\n");
        exit(1);
    }
    back_to_panel(r);
}

static void practise(struct robot *r)
{
    do_deed(r, DEED_TOOLS);
    sheets(r, "settings");
    do_deed(r, DEED_PRACTICE);
    set_text(r, 100);
    robot_shot(r, "practice");
    walk_from_cards(r, "staff");
    robot_expect(r, ROLE_HEADING, robot_word(r, "That was the practice run."));
    robot_shot(r, "practice-done");
    if (r->kiosk.courier.carrying || r->kiosk.app.model.receipt.reference[0] != '\0') {
        fprintf(stderr, "robot: a practice run was carried away\n");
        exit(1);
    }
    robot_touch_id(r, ID_FINISH, 0);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Staff"));
}

/* What is chosen here is there for the next person, and then put back. */
static void sound_and_screen(struct robot *r)
{
    open_panel(r);
    do_deed(r, DEED_TOOLS);
    do_deed(r, DEED_SOUND);
    sheets(r, "sound");
    do_deed(r, DEED_LOUDER);
    do_deed(r, DEED_BRIGHT);
    robot_shot(r, "sound-changed");
    do_deed(r, DEED_LOW_REACH);
    back_to_panel(r);
    robot_touch_id(r, ID_STAFF_LEAVE, 0);
    robot_shot(r, "welcome-low-reach");
    if (!r->kiosk.app.model.comfort.low_reach || r->kiosk.app.model.listening.volume != 8) {
        fprintf(stderr, "robot: what staff chose did not reach the next person\n");
        exit(1);
    }
    open_panel(r);
    do_deed(r, DEED_TOOLS);
    do_deed(r, DEED_SOUND);
    do_deed(r, DEED_LOW_REACH);
    robot_take_hand(r, ROBOT_HAS_KEYPAD);
    do_deed(r, DEED_SOFTER);
    robot_shot(r, "sound-keypad");
    robot_take_hand(r, ROBOT_TOUCHES);
    back_to_panel(r);
    robot_touch_id(r, ID_STAFF_LEAVE, 0);
}

static void test_itself(struct robot *r)
{
    open_panel(r);
    do_deed(r, DEED_TOOLS);
    do_deed(r, DEED_SELF_TEST);
    sheets(r, "self-test");
    expect_on_a_sheet(r, "**Letters:** every language on offer has its words and letters.");
    do_deed(r, DEED_SOUND_TEST);
    sheets(r, "sound-test");
    do_deed(r, DEED_NOT_HEARD);
    sheets(r, "self-test-silent");
    do_deed(r, DEED_TOUCH_TEST);
    robot_shot(r, "touch-test");
    for (int spot = 0; spot < 5; spot++)
        robot_touch_id(r, ID_SPOT, spot);
    robot_expect(r, ROLE_HEADING, robot_word(r, "The touch screen works in every corner."));
    robot_shot(r, "touch-test-done");
    back_to_panel(r);
}

static void clean(struct robot *r)
{
    do_deed(r, DEED_CLEANING);
    robot_shot(r, "cleaning");
    robot_wait_ms(r, (STAFF_CLEANING_S - 2) * 1000);
    robot_expect(r, ROLE_HEADING, robot_word(r, "Cleaning mode"));
    robot_wait_ms(r, 4000);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Staff"));
}

static void pause_it(struct robot *r)
{
    open_panel(r);
    do_deed(r, DEED_TOOLS);
    do_deed(r, DEED_PAUSE);
    robot_expect(r, ROLE_HEADING, robot_word(r, "This screen is paused"));
    robot_shot(r, "paused");
    open_panel(r);
    do_deed(r, DEED_TOOLS);
    robot_shot(r, "settings-paused");
    do_deed(r, DEED_PAUSE);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Touch to begin"));
}

static void lock_by_itself(struct robot *r)
{
    open_panel(r);
    robot_wait_ms(r, STAFF_PATIENCE_MS - 5000);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Leave staff panel"));
    robot_wait_ms(r, 8000);
    robot_expect(r, ROLE_BUTTON, robot_word(r, "Touch to begin"));
}

static void all_is_well(struct robot *r)
{
    char reference[16];

    robot_shot(r, "welcome");
    wrong_pin(r);
    open_panel(r);
    sheets(r, "panel");
    help_a_patient(r);
    strcpy(reference, r->kiosk.app.model.receipt.reference);
    robot_touch_id(r, ID_FINISH, 0);
    look_up(r, reference);
    save_to_stick(r, STICK_DONE, "stick-done");
    practise(r);
    sound_and_screen(r);
    test_itself(r);
    clean(r);
    pause_it(r);
    lock_by_itself(r);
}

/* As if the pack had come with a catalogue cut off, and another with a text that is new. */
static void spoil_languages(struct pack *pack)
{
    pack->notes[pack->note_count++] = (struct pack_note){.language = "bn",
                                                         .english = "Bengali",
                                                         .kind = PACK_NOTE_TOO_FEW,
                                                         .missing = 52,
                                                         .of = 480};
    pack->notes[pack->note_count++] = (struct pack_note){.language = "pl",
                                                         .english = "Polish",
                                                         .kind = PACK_NOTE_PARTLY_ENGLISH,
                                                         .missing = 3,
                                                         .of = 480};
}

static void trouble(struct robot *r)
{
    spoil_languages(r->kiosk.pack);
    open_panel(r);
    sheets(r, "panel-trouble");
    save_to_stick(r, STICK_FULL, "stick-full");
    do_deed(r, DEED_TOOLS);
    sheets(r, "settings-trouble");
    do_deed(r, DEED_SELF_TEST);
    sheets(r, "self-test-trouble");
}

static int play(const struct options *options, enum stand_in kind, void (*part)(struct robot *))
{
    static struct robot robot;
    struct config config;

    if (!settings_read(options, &config))
        exit(EXIT_USAGE);
    /* Patients have the usual size; the panel's is chosen on it. */
    text_percent = config.site.comfort.text_percent;
    config.site.comfort.text_percent = 100;
    snprintf(path, sizeof path, "/tmp/help-staff-%d.sock", (int)getpid());
    snprintf(config.socket, sizeof config.socket, "%s", path);
    int process = stand_in_start(path, kind);
    int shot = robot.shot;
    robot_start(&robot, &config, options_get(options, "--shots"));
    robot.shot = shot;
    part(&robot);
    int findings = robot.findings;
    robot_finish(&robot);
    stand_in_stop(process);
    unlink(path);
    return findings;
}

static int run(const struct options *options, void *context)
{
    int findings;

    (void)context;
    language = options_get(options, "--language");
    findings = play(options, STAND_IN_SAVES, all_is_well);
    findings += play(options, STAND_IN_TROUBLED, trouble);
    printf("staff panel: %d findings of the audit\n", findings);
    return findings > 0 ? EXIT_FAILED : EXIT_OK;
}

static const struct option_row rows[] = {
    SETTINGS_OPTIONS,
};

static const struct command commands[] = {
    {"", "Uses the staff panel; every screen is measured and photographed.", rows,
     sizeof rows / sizeof *rows, NULL, run},
};

int main(int argc, char **argv)
{
    static const struct program program = {"robot_staff", "A receptionist uses the staff panel.",
                                           commands, 1, NULL};

    return options_main(&program, argc, argv);
}
