/*
 * robot_doubt: help-sync is silent (SIGSTOP), absent or killed while a patient confirms. The screen
 * says "could not confirm" after 20 s and never anything that it can't keep; nobody is invited to
 * type what can't be carried; and when help-sync is back, so is the truth.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/options.h"
#include "robot.h"
#include "stand_in.h"
#include "walk.h"

#define NOT_CONFIRMED "We could not confirm that your sign-up was saved."

static char path[64];
static int store = -1;

/* Stops it, and returns when it has stopped. */
static void silence(void)
{
    int status;

    kill(store, SIGSTOP);
    if (waitpid(store, &status, WUNTRACED) != store)
        exit(1);
}

/* 20 s of the robot's clock; until they are over the screen promises nothing. */
static void wait_in_vain(struct robot *r)
{
    robot_wait_ms(r, COURIER_PATIENCE_MS - 1000);
    robot_expect(r, ROLE_HEADING, "Saving your sign-up");
    robot_wait_ms(r, 2000);
    robot_expect(r, ROLE_HEADING, NOT_CONFIRMED);
    robot_expect(r, ROLE_CODE, "Your reference");
}

static void take_no_more(struct robot *r)
{
    robot_touch_id(r, ID_FINISH, 0);
    robot_expect(r, ROLE_HEADING, "This screen is not taking sign-ups today");
}

static void sign_up(struct robot *r)
{
    walk_to_saving(r);
    robot_await(r, SCREEN_DONE);
    robot_touch_id(r, ID_FINISH, 0);
    robot_expect(r, ROLE_BUTTON, "Touch to begin");
}

static void silent_at_confirm(struct robot *r)
{
    silence();
    walk_to_saving(r);
    wait_in_vain(r);
    take_no_more(r);
    robot_wait_ms(r, 120 * 1000);
    robot_expect(r, ROLE_HEADING, "This screen is not taking sign-ups today");
    kill(store, SIGCONT);
    robot_await(r, SCREEN_WELCOME);
    sign_up(r);
}

static void silent_until_the_screen_says_so(struct robot *r)
{
    silence();
    walk_to_saving(r);
    wait_in_vain(r);
    kill(store, SIGCONT);
    robot_await(r, SCREEN_DONE);
    robot_touch_id(r, ID_FINISH, 0);
    robot_await(r, SCREEN_WELCOME);
    sign_up(r);
}

static void absent_at_confirm(struct robot *r)
{
    char reference[16];

    stand_in_stop(store);
    walk_to_saving(r);
    wait_in_vain(r);
    strcpy(reference, r->kiosk.app.model.receipt.reference);
    store = stand_in_start(path, STAND_IN_SAVES);
    robot_await(r, SCREEN_DONE);
    robot_expect(r, ROLE_CODE, "Your reference");
    if (strcmp(reference, r->kiosk.app.model.receipt.reference) != 0) {
        fprintf(stderr, "doubt: another reference than before\n");
        exit(1);
    }
    robot_touch_id(r, ID_FINISH, 0);
    robot_await(r, SCREEN_WELCOME);
    sign_up(r);
}

static void killed_with_the_save_in_its_hands(struct robot *r)
{
    silence();
    walk_to_saving(r);
    robot_wait_ms(r, 5000);
    stand_in_stop(store);
    robot_wait_ms(r, 5000);
    robot_expect(r, ROLE_HEADING, "Saving your sign-up");
    store = stand_in_start(path, STAND_IN_SAVES);
    robot_await(r, SCREEN_DONE);
    robot_touch_id(r, ID_FINISH, 0);
    robot_await(r, SCREEN_WELCOME);
}

/* It says that all is well, and yet can't tell whether this one was saved. */
static void unsure_at_confirm(struct robot *r)
{
    stand_in_stop(store);
    store = stand_in_start(path, STAND_IN_UNSURE);
    walk_to_saving(r);
    wait_in_vain(r);
    take_no_more(r);
    for (int i = 0; i < 20; i++) {
        robot_wait_ms(r, 1000);
        robot_expect(r, ROLE_HEADING, "This screen is not taking sign-ups today");
    }
    stand_in_stop(store);
    store = stand_in_start(path, STAND_IN_SAVES);
    robot_await(r, SCREEN_WELCOME);
    sign_up(r);
}

static void silent_on_the_welcome_screen(struct robot *r)
{
    /* What it still had to say is heard first. */
    while (r->kiosk.courier.status_wanted)
        robot_wait_ms(r, 100);
    silence();
    robot_touch_id(r, ID_BEGIN, -1);
    robot_wait_ms(r, COURIER_STATUS_PATIENCE_MS + 1000);
    robot_expect(r, ROLE_HEADING, "This screen is not taking sign-ups today");
    kill(store, SIGCONT);
    robot_await(r, SCREEN_WELCOME);
    sign_up(r);
}

static const struct row {
    const char *name;
    void (*play)(struct robot *r);
} rows[] = {
    {"silent at Confirm", silent_at_confirm},
    {"silent, then it answers", silent_until_the_screen_says_so},
    {"absent at Confirm", absent_at_confirm},
    {"killed with the save in its hands", killed_with_the_save_in_its_hands},
    {"silent on the welcome screen", silent_on_the_welcome_screen},
    {"unsure at Confirm", unsure_at_confirm},
};

static int run(const struct options *options, void *context)
{
    static struct robot robot;
    struct config config;

    (void)context;
    config_defaults(&config);
    config.width_px = 540;
    config.height_px = 960;
    snprintf(config.pack, sizeof config.pack, "%s", options_get(options, "--pack"));
    snprintf(path, sizeof path, "/tmp/help-doubt-%d.sock", (int)getpid());
    snprintf(config.socket, sizeof config.socket, "%s", path);
    store = stand_in_start(path, STAND_IN_SAVES);
    robot_start(&robot, &config, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rows[i].play(&robot);
        printf("R4 honest, R7 recovers: %s\n", rows[i].name);
        fflush(stdout);
    }
    robot_finish(&robot);
    stand_in_stop(store);
    unlink(path);
    printf("%zu passed, 0 failed\n", sizeof rows / sizeof *rows);
    return EXIT_OK;
}

static const struct option_row option_rows[] = {
    {"--pack", "DIR", "the content pack", true},
};

static const struct command commands[] = {
    {"", "Confirms while help-sync is silent, absent or killed.", option_rows,
     sizeof option_rows / sizeof *option_rows, NULL, run},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        "robot_doubt", "What the screen says when nobody answers.", commands, 1, NULL};

    return options_main(&program, argc, argv);
}
