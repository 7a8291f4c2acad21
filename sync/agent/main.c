/* help-sync: reads its command line, keeps its memory out of core files, and hands over. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/options.h"
#include "base/wipe.h"
#include "sync/agent/ask_pin.h"
#include "sync/agent/identity.h"
#include "sync/agent/pin.h"
#include "sync/agent/report.h"
#include "sync/agent/service.h"
#include "sync/local/client.h"
#include "sync/outbox/outbox.h"

#define PROGRAM        "help-sync"
#define ANSWER_WAIT_MS 5000
#define STICK_PAUSE_MS 100
#define STICK_HELP     "Takes receipts off the USB stick at FOLDER, and writes onto it what waits"
#define SETTINGS_HELP  "Reads SETTINGS.json of help-central and becomes that kiosk"

static int stop_pipe[2] = {-1, -1};

static void on_stop(int number)
{
    int kept = errno;

    (void)number;
    (void)!write(stop_pipe[1], "x", 1);
    errno = kept;
}

static int refuse(const struct refusal *why)
{
    refusal_print(why, PROGRAM, stderr);
    return EXIT_FAILED;
}

static int run_init(const struct options *options, void *context)
{
    char text[2 * SIGN_PUBLIC_BYTES + 1];
    struct refusal why = {0};
    struct sign_key key;

    (void)context;
    if (identity_init(options_get(options, "--state"), &key, &why) != ERR_OK)
        return refuse(&why);
    hex_encode(key.public_key, SIGN_PUBLIC_BYTES, text);
    keys_wipe(&key, sizeof key);
    puts(text);
    return EXIT_OK;
}

/* Sign-ups are sealed and numbered under a kiosk's id: a device that has some keeps its id. */
static enum err check_same_kiosk(const char *state, const struct settings *now,
                                 const struct settings *wanted, struct refusal *why)
{
    const struct id none = {{0}};
    struct outbox *outbox = NULL;
    enum outbox_state unused;
    uint64_t made = 0;
    enum err e;
    bool read;

    if (id_equal(&now->kiosk, &wanted->kiosk))
        return ERR_OK;
    e = outbox_create(state, &env_system, &outbox, why);
    if (e != ERR_OK)
        return e;
    read = outbox_find(outbox, &none, &unused) == ERR_NOT_FOUND;
    made = outbox_counts(outbox).made;
    outbox_destroy(outbox);
    if (read && made == 0)
        return ERR_OK;
    refusal_place(why, "%s", state);
    refusal_problem(why,
                    read ? "it holds sign-ups of the kiosk \"%s\""
                         : "its outbox can't be read, and may hold sign-ups of the kiosk \"%s\"",
                    now->kiosk_name);
    refusal_remedy(why,
                   "Enrol with a new folder for --state, and keep this one until all are sent");
    return ERR_REFUSED;
}

static int run_enrol(const struct options *options, void *context)
{
    static struct settings now;
    static struct settings wanted;
    const char *state = options_get(options, "--state");
    struct refusal why = {0};
    int lock = -1;
    enum err e = identity_lock(state, &lock, &why);

    (void)context;
    if (e == ERR_OK && identity_load_settings(state, &now, &why) == ERR_OK) {
        e = identity_read(options->operand, &wanted, &why);
        if (e == ERR_OK)
            e = check_same_kiosk(state, &now, &wanted, &why);
    }
    if (e == ERR_OK)
        e = identity_enrol(state, options->operand, &wanted, &why);
    if (lock >= 0)
        close(lock);
    if (e != ERR_OK)
        return refuse(&why);
    printf("Enrolled as \"%s\" at %s, %s (%s).\n", wanted.kiosk_name, wanted.practice_name,
           wanted.practice_code, kiosk_mode_name(wanted.mode));
    if (!pin_is_set(state))
        puts("Next, set the PIN of the staff panel: help-sync pin --state DIR");
    return EXIT_OK;
}

static bool catch_signals(void)
{
    struct sigaction stop = {.sa_handler = on_stop};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    if (pipe(stop_pipe) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        if (fcntl(stop_pipe[i], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(stop_pipe[i], F_SETFL, O_NONBLOCK) != 0)
            return false;
    }
    return sigaction(SIGTERM, &stop, NULL) == 0 && sigaction(SIGINT, &stop, NULL) == 0 &&
           sigaction(SIGPIPE, &ignore, NULL) == 0;
}

static int run_pin(const struct options *options, void *context)
{
    char digits[ASK_PIN_SIZE] = "";
    struct refusal why = {0};
    enum err e;

    (void)context;
    (void)catch_signals(); /* one ends the question, with the terminal put back */
    e = ask_pin(STDIN_FILENO, digits, &why);
    if (e == ERR_OK)
        e = pin_set(options_get(options, "--state"), digits, &why);
    wipe(digits, sizeof digits);
    if (e != ERR_OK)
        return refuse(&why);
    puts("The staff PIN is set.");
    return EXIT_OK;
}

static int run_run(const struct options *options, void *context)
{
    const char *state = options_get(options, "--state");
    struct refusal why = {0};
    int lock = -1;
    enum err e = identity_lock(state, &lock, &why);

    (void)context;
    if (e == ERR_OK && !catch_signals()) {
        refusal_problem(&why, "signals can't be caught: %s", strerror(errno));
        e = ERR_IO;
    }
    if (e == ERR_OK)
        e = service_run(&env_system, state, options_get(options, "--socket"), stop_pipe[0], &why);
    if (lock >= 0)
        close(lock);
    return e == ERR_OK ? EXIT_OK : refuse(&why);
}

/* Asks the running help-sync; `begin` has sent the question where it returned ERR_OK. */
static enum err ask(const char *path, enum err (*begin)(struct local_client *c),
                    enum local_event_kind wanted, struct local_event *out_event)
{
    struct local_client client;
    struct refusal why = {0};
    enum err e = local_client_init(&client, path);

    if (e == ERR_OK)
        e = begin(&client);
    if (e == ERR_OK) {
        local_client_poll(&client, ANSWER_WAIT_MS, out_event);
        if (out_event->kind != wanted)
            e = ERR_UNAVAILABLE;
        local_client_finish(&client);
    }
    if (e != ERR_OK) {
        refusal_place(&why, "%s", path);
        refusal_problem(&why, "help-sync does not answer there: %s", err_name(e));
        refusal_remedy(&why, "Start it with \"help-sync run\", or give its --socket");
        refusal_print(&why, PROGRAM, stderr);
    }
    return e;
}

static enum err begin_status(struct local_client *c)
{
    return local_client_status_begin(c, NULL);
}

static int run_status(const struct options *options, void *context)
{
    struct local_event event = {0};

    (void)context;
    if (ask(options_get(options, "--socket"), begin_status, LOCAL_EVENT_STATUS, &event) != ERR_OK)
        return EXIT_FAILED;
    report_print(&event.status, stdout);
    return EXIT_OK;
}

static int run_send(const struct options *options, void *context)
{
    struct local_event event = {0};

    (void)context;
    if (ask(options_get(options, "--socket"), local_client_send_now_begin, LOCAL_EVENT_SENDING,
            &event) != ERR_OK)
        return EXIT_FAILED;
    return EXIT_OK;
}

static char stick_folder[PATH_MAX];

static enum err begin_stick(struct local_client *c)
{
    return local_client_carry_begin(c, stick_folder);
}

/* However long the stick takes; stopping this command does not stop help-sync's work. */
static int run_stick(const struct options *options, void *context)
{
    const char *socket = options_get(options, "--socket");
    struct local_event event = {0};
    struct refusal why = {0};
    enum err e = ERR_OK;

    (void)context;
    refusal_place(&why, "%s", options->operand);
    if (realpath(options->operand, stick_folder) == NULL)
        event.carry.state = CARRY_NO_FOLDER;
    else if (strlen(stick_folder) > LOCAL_FOLDER_MOST) {
        refusal_problem(&why, "its path is too long");
        refusal_remedy(&why, "Mount the stick at a shorter path");
        return refuse(&why);
    } else
        e = ask(socket, begin_stick, LOCAL_EVENT_CARRY, &event);
    while (e == ERR_OK && event.carry.state == CARRY_WORKING) {
        (void)poll(NULL, 0, STICK_PAUSE_MS);
        e = ask(socket, local_client_carry_state_begin, LOCAL_EVENT_CARRY, &event);
    }
    if (e != ERR_OK)
        return EXIT_FAILED;
    return report_carry(&event.carry, stdout, &why) == ERR_OK ? EXIT_OK : refuse(&why);
}

static const struct option_row state_rows[] = {
    {"--state", "DIR", "The folder of the device's key, settings and outbox", true},
};
static const struct option_row run_rows[] = {
    {"--state", "DIR", "The folder of the device's key, settings and outbox", true},
    {"--socket", "PATH", "Where the kiosk speaks to it", true},
};
static const struct option_row ask_rows[] = {
    {"--socket", "PATH", "Where the kiosk speaks to it", true},
};
static const struct command commands[] = {
    {"init", "Makes the device's key where there is none, and prints its public half", state_rows,
     1, NULL, run_init},
    {"enrol", SETTINGS_HELP, state_rows, 1, "SETTINGS.json", run_enrol},
    {"pin", "Sets the PIN of the staff panel: asks twice, or reads one line that is piped in",
     state_rows, 1, NULL, run_pin},
    {"run", "Keeps sign-ups and carries them to the server, until it is stopped", run_rows, 2, NULL,
     run_run},
    {"status", "Prints what the running help-sync knows, one fact a line", ask_rows, 1, NULL,
     run_status},
    {"send", "Has the running help-sync send now what waits", ask_rows, 1, NULL, run_send},
    {"stick", STICK_HELP, ask_rows, 1, "FOLDER", run_stick},
};
static const struct program program = {
    .name = PROGRAM,
    .help =
        "Keeps sealed sign-ups safe on this device and carries them to the programme's server.\n"
        "It can read none of them.",
    .commands = commands,
    .command_count = sizeof commands / sizeof commands[0],
};

int main(int argc, char **argv)
{
    static const struct rlimit none = {0, 0};

    /* Its memory holds the device's key: no core file, no look from another process. */
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        keys_init() != ERR_OK) {
        fputs(PROGRAM ": the system refuses to protect this process. Use a current kernel.\n",
              stderr);
        return EXIT_FAILED;
    }
    umask(0077);
    return options_main(&program, argc, argv);
}
