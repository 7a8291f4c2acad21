/*
 * robot_canary: marked answers are typed into every field, and after each way out of a session the
 * process's whole memory is searched for them (R5: nothing typed is in memory after a session), as
 * typed, as stored, as shown, in UTF-8, UTF-16 and UTF-32. The marks stand here in a coded form
 * only, so that this program never holds one itself; before each way out the same search must find
 * every one, or it could not be trusted to find nothing after it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/block.h"
#include "base/options.h"
#include "robot.h"
#include "shell/harden.h"
#include "stand_in.h"
#include "ui/keyboard.h"
#include "walk.h"

#define CODE 0x2A

enum { FIRST, LAST, EMAIL, MOBILE, BIRTH, POSTCODE, NHS_NUMBER, MARKS };

/* Each byte exclusive-or CODE. Of one answer all forms that it takes; the first one is typed. */
static const struct form {
    int mark;
    int len;
    const char *bytes;
} forms[] = {
#define FORM(mark, bytes)              \
    {                                  \
        mark, sizeof(bytes) - 1, bytes \
    }
    FORM(FIRST, "pA\134]BRG"),
    FORM(LAST, "sAP\134RBG"),
    FORM(EMAIL, "RA\134]P@DGO"), /* before the "@" */
    FORM(MOBILE, "\032\035\035\032\032\023\032\032\036\033\035"),
    FORM(MOBILE, "\035\035\032\032\023\032\032\036\033\035"),         /* after +44 */
    FORM(MOBILE, "\032\035\035\032\032\012\023\032\032\036\033\035"), /* in groups */
    FORM(BIRTH, "\030\035\033\033\033\023\036\031"),
    FORM(BIRTH, "\030\035\005\033\033\005\033\023\036\031"),    /* with slashes */
    FORM(BIRTH, "\033\023\036\031\007\033\033\007\030\035"),    /* ISO 8601 */
    FORM(BIRTH, "\030\035\012dE\134OGHOX\012\033\023\036\031"), /* in words */
    FORM(BIRTH, "\275-**!***1***"),                             /* struct date */
    FORM(POSTCODE, "po\030\023{r"),
    FORM(POSTCODE, "po\030\012\023{r"),
    FORM(NHS_NUMBER, "\023\036\031\022\034\032\033\035\032\022"),
    FORM(NHS_NUMBER, "\023\036\031\012\022\034\032\012\033\035\032\022"), /* in groups */
};
enum { FORMS = sizeof forms / sizeof *forms };

static unsigned char page[1 << 16];

/* The form at a place, its characters `step` bytes apart. */
static bool stands_at(const unsigned char *at, size_t left, const struct form *form, size_t step)
{
    if (left < (size_t)form->len * step)
        return false;
    for (size_t i = 0; i < (size_t)form->len; i++) {
        if ((at[i * step] ^ CODE) != (unsigned char)form->bytes[i])
            return false;
    }
    return true;
}

/* The form that begins at `at`, or -1. */
static int form_at(const unsigned char *at, size_t left)
{
    static unsigned char begins[256]; /* 1 + first form; forms are few */
    static bool known;
    /* As typed, as wide characters, and as the code points that shaping makes. */
    static const size_t steps[] = {1, 2, 4, 20};

    for (int f = 0; !known && f < FORMS; f++)
        begins[(unsigned char)forms[f].bytes[0] ^ CODE] = 1;
    known = true;
    if (begins[*at] == 0)
        return -1;
    for (int f = 0; f < FORMS; f++) {
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
            if (stands_at(at, left, &forms[f], steps[s]))
                return f;
        }
    }
    return -1;
}

static bool overlaps_page(unsigned long from, unsigned long to)
{
    unsigned long own = (unsigned long)(uintptr_t)page;

    return from < own + sizeof page && own < to;
}

/* Counts the places that hold each mark, and returns how many lie outside of the locked block;
   those are named. */
static int search(const struct robot *r, const char *when, int out_found[MARKS])
{
    const unsigned long block = (unsigned long)(uintptr_t)r->kiosk.app.block;
    int outside = 0;

    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    char line[512];

    memset(out_found, 0, MARKS * sizeof *out_found);
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
            /* What begins in the last 64 bytes is seen whole in the next window. */
            for (ssize_t i = 0; i < got && (i < got - 64 || got < (ssize_t)sizeof page); i++) {
                int f = form_at(page + i, (size_t)(got - i));
                if (f < 0)
                    continue;
                out_found[forms[f].mark]++;
                if (at + (unsigned long)i - block < sizeof *r->kiosk.app.block)
                    continue;
                outside++;
                fprintf(stderr, "canary: %s: form %d at %lx in %s", when, f, at + (unsigned long)i,
                        line);
            }
        }
    }
    memset(page, 0, sizeof page);
    close(memory);
    fclose(maps);
    return outside;
}

static void type_mark(struct robot *r, int mark)
{
    const struct form *form = forms;

    while (form->mark != mark)
        form++;
    for (int i = 0; i < form->len; i++)
        robot_type_code(r, (uint32_t)((unsigned char)form->bytes[i] ^ CODE));
    /* Said, where somebody listens. */
    robot_touch_id(r, ID_FIELD, r->kiosk.app.model.field * 4);
    robot_wait_ms(r, 200);
}

static void go_on(struct robot *r)
{
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
}

static void choose(struct robot *r, const char *link_id, const char *code)
{
    walk_choose(r, link_id, code);
}

/* With headphones on every answer is said: each while it is typed, and all on the check list. */
static void listen(struct robot *r)
{
    robot_touch_id(r, ID_LISTEN, 0);
    robot_touch_id(r, ID_HEADPHONES, 0);
}

static void hear_all(struct robot *r)
{
    const struct speak *speak = &r->kiosk.app.speak;

    for (;;) {
        robot_wait_ms(r, 200);
        while (speak->said || speak->reading)
            robot_wait_ms(r, 1000);
        if (r->kiosk.app.model.sheet + 1 == r->kiosk.app.model.sheets)
            break;
        walk_on(r);
    }
    while (r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
}

/* From the welcome screen to the check list, with every mark typed. */
static void fill_in(struct robot *r, bool listens)
{
    if (listens)
        listen(r);
    robot_touch_id(r, ID_BEGIN, -1);
    robot_touch_id(r, ID_SKIP, 0);
    choose(r, "diabetes", "yes");
    go_on(r);
    type_mark(r, FIRST);
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    type_mark(r, LAST);
    go_on(r);
    type_mark(r, BIRTH);
    go_on(r);
    type_mark(r, POSTCODE);
    go_on(r);
    choose(r, "nhs-number-known", "yes");
    go_on(r);
    type_mark(r, NHS_NUMBER);
    go_on(r);
    choose(r, "contact", "both");
    go_on(r);
    type_mark(r, EMAIL);
    robot_touch_id(r, ID_KEY, KEY_ENDING);
    go_on(r);
    type_mark(r, MOBILE);
    go_on(r);
    choose(r, "formats", "none");
    go_on(r);
    choose(r, "start-help", "none");
    go_on(r);
    choose(r, "mode", "alone");
    go_on(r);
    choose(r, "agree-account", NULL);
    go_on(r);
    if (listens)
        hear_all(r);
}

static void out_by_start_again(struct robot *r)
{
    robot_touch_id(r, ID_START_AGAIN, 0);
    robot_touch_id(r, ID_YES, 0);
}

static void out_by_silence(struct robot *r)
{
    while (r->kiosk.app.model.screen != SCREEN_WELCOME)
        robot_wait_ms(r, 1000);
}

static void out_by_no_clear_it(struct robot *r)
{
    while (r->kiosk.app.model.dialog != DIALOG_STILL_THERE)
        robot_wait_ms(r, 1000);
    robot_touch_id(r, ID_YES, 0);
}

/* Nothing is left in the clear from the moment that the code is shown. */
static void out_by_called_in(struct robot *r)
{
    int found[MARKS];

    robot_touch_id(r, ID_CALLED_IN, 0);
    search(r, "the code is shown", found);
    for (int m = 0; m < MARKS; m++) {
        if (found[m] == 0)
            continue;
        fprintf(stderr, "canary: answer %d is in memory while the code is shown\n", m);
        exit(1);
    }
    robot_touch_id(r, ID_FINISH, 0);
}

static void leave_form(struct robot *r)
{
    while (r->kiosk.app.model.screen == SCREEN_CHECK)
        go_on(r);
    robot_touch_id(r, ID_SKIP, 0);
}

static void to_done(struct robot *r)
{
    leave_form(r);
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
    while (r->kiosk.app.model.screen != SCREEN_WELCOME)
        robot_wait_ms(r, 1000);
}

static void out_by_change_of_mind(struct robot *r)
{
    robot_touch_id(r, ID_CHANGE, questionnaire_find(r->kiosk.pack->questionnaire, "p-diabetes"));
    choose(r, "diabetes", "no");
    go_on(r);
    robot_touch_id(r, ID_FINISH, 0);
}

static void out_by_going_back(struct robot *r)
{
    while (r->kiosk.app.model.screen != SCREEN_WELCOME)
        robot_touch_id(r, ID_BACK, 0);
}

static char stand_in_path[64];
static int stand_in = -1;

/* Nobody answers at Confirm; the search after it finds the kiosk while it still asks. */
static void out_by_not_confirmed(struct robot *r)
{
    stand_in_stop(stand_in);
    leave_form(r);
    robot_wait_ms(r, COURIER_PATIENCE_MS + 1000);
    robot_touch_id(r, ID_FINISH, 0);
}

static void out_by_refusal(struct robot *r)
{
    leave_form(r);
    robot_await(r, SCREEN_NOT_READY);
}

static const struct way_out {
    const char *name;
    enum stand_in store; /* 0: the real help-sync */
    void (*leave)(struct robot *r);
} ways_out[] = {
    {"start again", 0, out_by_start_again},
    {"silence", 0, out_by_silence},
    {"no, clear my answers", 0, out_by_no_clear_it},
    {"finish and clear", 0, out_by_finish},
    {"the done screen's clock", 0, out_by_waiting_on_done},
    {"a way out of the form", 0, out_by_change_of_mind},
    {"back to the welcome screen", 0, out_by_going_back},
    {"called in", 0, out_by_called_in},
    {"help-sync is killed at Confirm", STAND_IN_SAVES, out_by_not_confirmed},
    {"help-sync refuses", STAND_IN_REFUSES, out_by_refusal},
};

/* Types all, sees that all is found, leaves, and searches again. */
static bool is_clean(struct robot *r, const struct way_out *way, bool listens)
{
    int before[MARKS];
    int after[MARKS];
    int missed = 0;
    int left = 0;

    fill_in(r, listens);
    int outside = search(r, "typed", before);
    way->leave(r);
    kiosk_show(&r->kiosk);
    outside += search(r, way->name, after);
    for (int m = 0; m < MARKS; m++) {
        missed += before[m] == 0;
        left += after[m];
    }
    printf("%s: %d of %d answers found before, %d copies after, %d outside the locked block\n",
           way->name, MARKS - missed, MARKS, left, outside);
    fflush(stdout);
    return missed == 0 && left == 0 && outside == 0;
}

static int run(const struct options *options, void *context)
{
    static struct robot robot;
    struct config config;
    struct refusal refusal = {0};
    const size_t count = sizeof ways_out / sizeof *ways_out;
    bool listens = options_get(options, "--listen") != NULL;
    int bad = 0;

    (void)context;
    config_defaults(&config);
    config.width_px = 540;
    config.height_px = 960;
    snprintf(config.pack, sizeof config.pack, "%s", options_get(options, "--pack"));
    snprintf(stand_in_path, sizeof stand_in_path, "/tmp/help-canary-%d.sock", (int)getpid());
    if (harden_process(&refusal) != ERR_OK) {
        refusal_print(&refusal, "canary", stderr);
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < count; i++) {
        const struct way_out *way = &ways_out[i];
        bool real = way->store == 0;
        if (!real)
            stand_in = stand_in_start(stand_in_path, way->store);
        if (i == 0 || way->store != ways_out[i - 1].store) {
            if (i > 0)
                robot_finish(&robot);
            snprintf(config.socket, sizeof config.socket, "%s",
                     real ? options_get(options, "--socket") : stand_in_path);
            robot_start(&robot, &config, NULL);
        }
        bad += !is_clean(&robot, way, listens);
        if (real)
            robot_expect(&robot, ROLE_BUTTON, "Touch to begin");
        else
            robot_expect(&robot, ROLE_HEADING, "This screen is not taking sign-ups today");
        if (way->store == STAND_IN_REFUSES)
            stand_in_stop(stand_in);
    }
    robot_finish(&robot);
    unlink(stand_in_path);
    printf("%zu passed, %d failed\n", count - (size_t)bad, bad);
    return bad > 0 ? EXIT_FAILED : EXIT_OK;
}

static const struct option_row rows[] = {
    {"--pack", "DIR", "the content pack", true},
    {"--socket", "PATH", "of a help-sync", true},
    {"--listen", NULL, "with headphones on, which say what is typed", false},
};

static const struct command commands[] = {
    {"", "Searches this process's memory for typed answers after each way out.", rows,
     sizeof rows / sizeof *rows, NULL, run},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        "robot_canary", "Nothing typed is in memory after a session.", commands, 1, NULL};

    harden_restart(argv);
    return options_main(&program, argc, argv);
}
