/*
 * A deterministic simulation of kiosks, their server and everything between (after FoundationDB's
 * and TigerBeetle's). One process, virtual time, one generator: a seed gives the same run on every
 * machine. The product's own code runs in it: outbox, engine and exchange of help-sync, and the
 * api, ingest and store of help-central. What is simulated is the disk below the outbox (sectors
 * that were not synced are lost by chance), the clocks, the network, the patients and the faults.
 *
 * The promise that is checked after every step (invariant.h): every sign-up confirmed on the screen
 * reaches the server at least once and takes effect exactly once, or is visible as waiting or
 * needing attention with its reason; and the numbers made, received and missing add up. Two losses
 * are nobody's promise and are counted as excused: what only a disk had that was set back to an
 * older image, and what only a store had that was restored from a backup.
 *
 * With --control the product is made wrong on purpose; then the run must fail.
 *
 *   sim                     seeds 1 to 200
 *   sim --seed 7            one seed again, with what happened last where it fails
 *   sim --seeds 20000       about 75 minutes of one core with the bench preset
 *   sim --control NAME      exit code 1 and the first seed that finds it
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/options.h"
#include "disk.h"
#include "play.h"
#include "sync/wire/keys.h"

#define DEFAULT_SEEDS 200

static const char *const wrong_names[WRONG_COUNT] = {
    "none",      "answer-first", "strangers-word",  "archived-early",
    "sync-lies", "early-thanks", "new-id-on-retry", "same-incarnation",
};

static bool read_number(const struct options *o, const char *name, uint64_t most,
                        uint64_t *io_value)
{
    const char *text = options_get(o, name);

    if (text == NULL || str_to_u64(str_of(text), most, io_value))
        return true;
    fprintf(stderr, "sim: %s takes a number of at most %" PRIu64 ", not \"%s\"\n", name, most,
            text);
    return false;
}

static bool read_wrong(const struct options *o, enum wrong *out_wrong)
{
    const char *text = options_get(o, "--control");

    *out_wrong = WRONG_NONE;
    for (int i = 0; text != NULL && i < WRONG_COUNT; i++) {
        if (strcmp(text, wrong_names[i]) == 0)
            *out_wrong = (enum wrong)i;
    }
    if (text == NULL || *out_wrong != WRONG_NONE)
        return true;
    fprintf(stderr, "sim: --control is one of");
    for (int i = 1; i < WRONG_COUNT; i++)
        fprintf(stderr, " %s", wrong_names[i]);
    fputc('\n', stderr);
    return false;
}

static enum err load_forms(struct forms *forms)
{
    char *text = NULL;
    size_t size = 0;
    enum err e =
        file_read(SOURCE_DIR "/assets/questionnaire.json", LIMIT_QUESTIONNAIRE, &text, &size);

    if (e == ERR_OK)
        e = forms_add(forms, (struct str){text, size}, NULL);
    free(text);
    return e;
}

/* A seed that gives another run each time could not be looked into. */
static bool is_same_again(struct world *w, uint64_t seed, const struct plan *plan,
                          const struct stage *stage)
{
    struct tally ignored = {0};
    uint64_t digest = 0;

    for (int i = 0; i < 2; i++) {
        digest = w->digest;
        if (!play(w, seed, WRONG_NONE, plan, stage, &ignored))
            return false;
    }
    return digest == w->digest;
}

/* Plays the seeds until one fails. */
static int play_all(uint64_t first, uint64_t seeds, enum wrong wrong, const struct plan *plan,
                    const struct stage *stage)
{
    static struct world world;
    struct tally t = {0};

    for (uint64_t i = 0; i < seeds; i++) {
        if (play(&world, first + i, wrong, plan, stage, &t))
            continue;
        if (wrong == WRONG_NONE)
            world_report(&world, stderr);
        else
            printf("%s is found by seed %" PRIu64 ": %s\n", wrong_names[wrong], first + i,
                   world.failure);
        fprintf(stderr, "again with: sim --seed %" PRIu64 "%s%s\n", first + i,
                wrong == WRONG_NONE ? "" : " --control ",
                wrong == WRONG_NONE ? "" : wrong_names[wrong]);
        return EXIT_FAILED;
    }
    if (seeds > 1 && !is_same_again(&world, first, plan, stage)) {
        fprintf(stderr, "sim: seed %" PRIu64 " gives another run each time\n", first);
        return EXIT_FAILED;
    }
    printf("%" PRIu64 " seeds, %" PRIu64 " steps, %" PRIu64 " faults, %.1f kiosk-years: %" PRIu64
           " confirmed, %" PRIu64 " at the server, %" PRIu64 " withdrawn, %" PRIu64
           " need attention, %" PRIu64 " excused; digest %016" PRIx64 "\n",
           seeds, t.steps, t.faults, (double)t.virtual_ms / (double)(365 * DAY_MS), t.confirmed,
           t.received, t.withdrawn, t.attention, t.excused, t.digest);
    return EXIT_OK;
}

static int run(const struct options *o, void *context)
{
    char folder[64] = "/dev/shm/help-sim-XXXXXX";
    char template[96];
    struct forms forms = {0};
    struct plan plan = {0};
    enum wrong wrong;
    uint64_t kiosks = 0;
    uint64_t days = 0;
    uint64_t seed = 1;
    uint64_t seeds = options_get(o, "--seed") != NULL ? 1 : DEFAULT_SEEDS;
    int code;

    (void)context;
    if (!read_number(o, "--seed", UINT64_MAX, &seed) ||
        !read_number(o, "--seeds", 1000000000, &seeds) ||
        !read_number(o, "--kiosks", 200, &kiosks) || !read_number(o, "--days", 3650, &days) ||
        !read_wrong(o, &wrong))
        return EXIT_USAGE;
    if (mkdtemp(folder) == NULL) {
        snprintf(folder, sizeof folder, "/tmp/help-sim-XXXXXX");
        if (mkdtemp(folder) == NULL)
            return EXIT_FAILED;
    }
    if (keys_init() != ERR_OK || disk_register() != ERR_OK || load_forms(&forms) != ERR_OK)
        return EXIT_FAILED;
    plan = (struct plan){.kiosks = (uint32_t)kiosks, .days = (uint32_t)days};
    code = play_all(seed, seeds, wrong, &plan, &(struct stage){folder, &forms});
    forms_finish(&forms);
    snprintf(template, sizeof template, "%s/template.db", folder);
    unlink(template);
    rmdir(folder);
    return code;
}

int main(int argc, char **argv)
{
    static const struct option_row rows[] = {
        {"--seed", "NUMBER", "the first seed; alone: this one only", false},
        {"--seeds", "COUNT", "so many seeds", false},
        {"--kiosks", "COUNT", "of each run, 1 to 200; by chance where it is not given", false},
        {"--days", "COUNT", "of each run; by chance where it is not given", false},
        {"--control", "NAME", "make the product wrong so; the run must fail", false},
    };
    static const struct command commands[] = {
        {"", "Play seeds until one breaks the promise.", rows, sizeof rows / sizeof rows[0], NULL,
         run},
    };
    const struct program program = {
        .name = "sim",
        .help = "Kiosks, their server and everything that goes wrong between, in virtual time.",
        .commands = commands,
        .command_count = 1,
    };

    return options_main(&program, argc, argv);
}
