/*
 * robot_canary: marked answers are typed into every field, and after each way out of a session the
 * process's whole memory is searched for them (R5: nothing typed is in memory after a session). The
 * marks stand here in a coded form only, so that this program never holds one itself; before each
 * way out the same search must find them, or it could not be trusted to find nothing after it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/options.h"
#include "robot.h"
#include "shell/harden.h"
#include "ui/keyboard.h"

#define CODE 0x2A

/* Each character exclusive-or CODE. Names, e-mail, and digits that no code or picture has. */
static const char *const marks[] = {
    "pA\\]BRG",                                     /* first name */
    "sAP\\RBG",                                     /* last name */
    "RA\\]P@DGO",                                   /* e-mail, before the "@" */
    "\032\035\035\032\032\023\032\032\036\033\035", /* 07700900417 */
};
enum { FIRST, LAST, EMAIL, MOBILE, MARKS };

static unsigned char page[1 << 16];

/* Characters that stand `step` bytes apart: 1 as typed, 4 as the code points that shaping makes. */
static bool holds_at(const unsigned char *bytes, size_t size, const char *mark, size_t step)
{
    size_t len = strlen(mark);

    for (size_t i = 0; i + len * step <= size; i++) {
        size_t k = 0;
        while (k < len && (bytes[i + k * step] ^ CODE) == (unsigned char)mark[k])
            k++;
        if (k == len)
            return true;
    }
    return false;
}

static bool holds(const unsigned char *bytes, size_t size, const char *mark)
{
    return holds_at(bytes, size, mark, 1) || holds_at(bytes, size, mark, 2) ||
           holds_at(bytes, size, mark, 4) || holds_at(bytes, size, mark, 20);
}

static bool overlaps_page(unsigned long from, unsigned long to)
{
    unsigned long own = (unsigned long)(uintptr_t)page;

    return from < own + sizeof page && own < to;
}

/* Counts regions of memory that hold a mark; names them where `say`. */
static int search(const char *when, bool say)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    char line[512];
    int found = 0;

    if (maps == NULL || memory < 0) {
        fprintf(stderr, "canary: can't read its own memory\n");
        exit(1);
    }
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from;
        unsigned long to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r')
            continue;
        for (unsigned long at = from; at < to; at += sizeof page - 512) {
            size_t size = to - at < sizeof page ? to - at : sizeof page;
            if (overlaps_page(at, at + size))
                continue;
            ssize_t got = pread(memory, page, size, (off_t)at);
            for (int m = 0; got > 0 && m < MARKS; m++) {
                if (holds(page, (size_t)got, marks[m])) {
                    found++;
                    if (say)
                        fprintf(stderr, "canary: %s: mark %d at %lx in %s", when, m, at, line);
                }
            }
        }
    }
    memset(page, 0, sizeof page);
    close(memory);
    fclose(maps);
    return found;
}

static void type_mark(struct robot *r, const char *mark)
{
    for (; *mark != '\0'; mark++)
        robot_type_code(r, (uint32_t)((unsigned char)*mark ^ CODE));
}

static void go_on(struct robot *r)
{
    robot_touch_id(r, ID_CONTINUE, 0);
}

static void choose(struct robot *r, const char *link_id, const char *code)
{
    const struct questionnaire *q = r->kiosk.pack->questionnaire;
    int item = questionnaire_find(q, link_id);

    robot_touch_id(r, ID_OPTION,
                   item * LIMIT_OPTIONS +
                       (code == NULL ? 0 : item_find_option(&q->items[item], str_of(code))));
}

/* From the welcome screen to the check list, with every mark typed. */
static void fill_in(struct robot *r)
{
    robot_touch_id(r, ID_BEGIN, -1);
    robot_touch_id(r, ID_SKIP, 0);
    choose(r, "diabetes", "yes");
    go_on(r);
    type_mark(r, marks[FIRST]);
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    type_mark(r, marks[LAST]);
    go_on(r);
    robot_type(r, "14031958");
    go_on(r);
    robot_type(r, "N195NF");
    go_on(r);
    choose(r, "nhs-number-known", "no");
    go_on(r);
    choose(r, "contact", "both");
    go_on(r);
    type_mark(r, marks[EMAIL]);
    robot_touch_id(r, ID_KEY, KEY_ENDING);
    go_on(r);
    type_mark(r, marks[MOBILE]);
    go_on(r);
    choose(r, "start-help", "none");
    go_on(r);
    choose(r, "formats", "none");
    go_on(r);
    choose(r, "mode", "alone");
    go_on(r);
    choose(r, "agree-account", NULL);
    go_on(r);
}

static void out_by_start_again(struct robot *r)
{
    robot_touch_id(r, ID_START_AGAIN, 0);
    robot_touch_id(r, ID_YES, 0);
}

static void out_by_silence(struct robot *r)
{
    robot_wait_ms(r, APP_PATIENCE_MS + (APP_WARNING_S + 5) * 1000);
}

static void out_by_no_clear_it(struct robot *r)
{
    robot_wait_ms(r, APP_PATIENCE_MS + 2000);
    robot_touch_id(r, ID_YES, 0);
}

static void to_done(struct robot *r)
{
    while (r->kiosk.app.model.screen == SCREEN_CHECK)
        go_on(r);
    robot_touch_id(r, ID_SKIP, 0);
    robot_await(r, SCREEN_DONE);
}

static void out_by_finish(struct robot *r)
{
    to_done(r);
    robot_touch_id(r, ID_FINISH, 0);
}

static void out_by_waiting_on_done(struct robot *r)
{
    to_done(r);
    robot_wait_ms(r, (APP_DONE_S + 5) * 1000);
}

/* help-sync is where the courier does not look for it. */
static void out_by_not_confirmed(struct robot *r)
{
    struct local_client *client = &r->kiosk.courier.client;
    char path[sizeof client->path];

    memcpy(path, client->path, sizeof path);
    local_client_finish(client);
    strcpy(client->path, "/nowhere");
    while (r->kiosk.app.model.screen == SCREEN_CHECK)
        go_on(r);
    robot_touch_id(r, ID_SKIP, 0);
    robot_wait_ms(r, COURIER_PATIENCE_MS + 1000);
    robot_expect(r, ROLE_HEADING, "We could not confirm that your sign-up was saved.");
    robot_touch_id(r, ID_FINISH, 0);
    memcpy(client->path, path, sizeof path);
    robot_await(r, SCREEN_WELCOME);
}

static void out_by_change_of_mind(struct robot *r)
{
    robot_touch_id(r, ID_CHANGE, questionnaire_find(r->kiosk.pack->questionnaire, "p-diabetes"));
    choose(r, "diabetes", "no");
    go_on(r);
    robot_touch_id(r, ID_FINISH, 0);
}

static const struct way_out {
    const char *name;
    void (*leave)(struct robot *r);
} ways_out[] = {
    {"start again", out_by_start_again},
    {"silence", out_by_silence},
    {"no, clear my answers", out_by_no_clear_it},
    {"finish and clear", out_by_finish},
    {"the done screen's clock", out_by_waiting_on_done},
    {"not confirmed", out_by_not_confirmed},
    {"a way out of the form", out_by_change_of_mind},
};

static int run(const struct options *options, void *context)
{
    static struct robot robot;
    struct config config;
    struct refusal refusal = {0};
    int bad = 0;

    (void)context;
    config_defaults(&config);
    config.width_px = 540;
    config.height_px = 960;
    snprintf(config.pack, sizeof config.pack, "%s", options_get(options, "--pack"));
    snprintf(config.socket, sizeof config.socket, "%s", options_get(options, "--socket"));
    if (harden_process(&refusal) != ERR_OK)
        return EXIT_FAILED;
    robot_start(&robot, &config, NULL);
    for (size_t i = 0; i < sizeof ways_out / sizeof *ways_out; i++) {
        fill_in(&robot);
        int before = search(ways_out[i].name, false);
        ways_out[i].leave(&robot);
        robot_expect(&robot, ROLE_BUTTON, "Touch to begin");
        int after = search(ways_out[i].name, true);
        printf("%s: found %d times before, %d after\n", ways_out[i].name, before, after);
        bad += before == 0 || after > 0;
    }
    robot_finish(&robot);
    printf("%zu passed, %d failed\n", sizeof ways_out / sizeof *ways_out - (size_t)bad, bad);
    return bad > 0 ? EXIT_FAILED : EXIT_OK;
}

static const struct option_row rows[] = {
    {"--pack", "DIR", "the content pack", true},
    {"--socket", "PATH", "of a help-sync", true},
};

static const struct command commands[] = {
    {"", "Searches this process's memory for typed answers after each way out.", rows,
     sizeof rows / sizeof *rows, NULL, run},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        "robot_canary", "Nothing typed is in memory after a session.", commands, 1, NULL};

    return options_main(&program, argc, argv);
}
