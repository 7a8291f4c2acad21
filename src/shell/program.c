/* Command line, one instance, and the loop: see program.h. */
#include "shell/program.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "sdl/trouble.h"
#include "shell/harden.h"
#include "shell/kiosk.h"

static const struct option_row rows[] = {
    {"--config", "FILE", "settings of this device (shell/config.h lists them)", false},
    {"--window", NULL, "in a window, for trying it out", false},
    {"--size", "WxH", "of the window, in pixels", false},
    {"--pack", "DIR", "the content pack", false},
    {"--socket", "PATH", "where help-sync listens", false},
    {"--drafts", NULL, "offer languages that no speaker has reviewed", false},
};

static enum err take_size(struct config *config, const char *size, struct refusal *refusal)
{
    struct str high;
    struct str wide = str_split(str_of(size), 'x', &high);
    char width[16] = "";
    char height[16] = "";
    enum err e = ERR_FORMAT;

    if (wide.len < sizeof width && high.len < sizeof height && high.len > 0) {
        memcpy(width, wide.at, wide.len);
        memcpy(height, high.at, high.len);
        e = config_set(config, "screen", "width", width, refusal);
        if (e == ERR_OK)
            e = config_set(config, "screen", "height", height, refusal);
    }
    if (e != ERR_OK) {
        refusal_problem(refusal, "\"%.40s\" is not a size", size);
        refusal_remedy(refusal, "Give it as 1080x1920");
    }
    return e;
}

static enum err read_options(const struct options *options, struct config *config,
                             struct refusal *refusal)
{
    const char *file = options_get(options, "--config");
    const char *size = options_get(options, "--size");
    const char *pack = options_get(options, "--pack");
    const char *socket = options_get(options, "--socket");
    enum err e = ERR_OK;

    config_defaults(config);
    if (file != NULL)
        e = config_read(file, config, refusal);
    if (e != ERR_OK)
        return e;
    refusal_place(refusal, "command line");
    if (options_get(options, "--window") != NULL)
        config->window = true;
    if (options_get(options, "--drafts") != NULL)
        config->site.drafts = true;
    if (size != NULL)
        e = take_size(config, size, refusal);
    if (e == ERR_OK && pack != NULL)
        e = config_set(config, "content", "pack", pack, refusal);
    if (e == ERR_OK && socket != NULL)
        e = config_set(config, "sync", "socket", socket, refusal);
    return e;
}

/* A second one would take the first one's place on the screen. */
static enum err lock_instance(int *out_lock, struct refusal *refusal)
{
    char path[CONFIG_PATH];
    const char *folder = getenv("XDG_RUNTIME_DIR");
    enum err e;

    snprintf(path, sizeof path, "%s/help-kiosk.lock", folder != NULL ? folder : "/tmp");
    e = file_lock(path, out_lock);
    if (e == ERR_BUSY) {
        refusal_place(refusal, "start");
        refusal_problem(refusal, "another help-kiosk is running");
        refusal_remedy(refusal, "Close that one first");
    }
    /* A screen in the waiting room matters more than the lock: two copies harm no sign-up, as
       help-sync takes those of both. */
    if (e != ERR_OK && e != ERR_BUSY)
        log_event(LOG_LEVEL_WARNING, "kiosk.no_lock",
                  "path=%s reason=\"%s\": a second copy would not be noticed", path, err_name(e));
    return e == ERR_BUSY ? e : ERR_OK;
}

static int run(const struct options *options, void *context)
{
    static struct kiosk kiosk; /* too large for the stack */
    struct config config;
    struct refusal refusal = {0};
    int lock = -1;
    int code = EXIT_FAILED;

    (void)context;
    if (read_options(options, &config, &refusal) != ERR_OK) {
        refusal_print(&refusal, "help-kiosk", stderr);
        trouble_show(&refusal, config.fonts, config.window);
        return EXIT_USAGE;
    }
    if (lock_instance(&lock, &refusal) != ERR_OK) {
        /* The screen is the other one's. */
        refusal_print(&refusal, "help-kiosk", stderr);
        return EXIT_FAILED;
    }
    bool refused = harden_process(&refusal) != ERR_OK ||
                   kiosk_init(&kiosk, &config, &env_system, &refusal) != ERR_OK;
    if (refused) {
        refusal_print(&refusal, "help-kiosk", stderr);
    } else {
        /* A signal to end it just ends it, as a power cut would: what is confirmed is stored
           already, and what is typed is in memory that the system clears. */
        signal(SIGPIPE, SIG_IGN);
        log_event(LOG_LEVEL_INFO, "kiosk.start", "width=%d height=%d", kiosk.app.screen.width_px,
                  kiosk.app.screen.height_px);
        kiosk_run(&kiosk);
        code = EXIT_OK;
    }
    kiosk_finish(&kiosk);
    if (refused)
        trouble_show(&refusal, config.fonts, config.window);
    if (lock >= 0)
        close(lock);
    return code;
}

static const struct command commands[] = {
    {"", "Shows the kiosk on the whole screen.", rows, sizeof rows / sizeof *rows, NULL, run},
};

const struct program kiosk_program = {
    "help-kiosk", "The HeLP-Diabetes kiosk: introduces the programme and signs patients up.",
    commands, 1, NULL};
