/*
 * help-central: the server for an area. It takes sealed sign-ups in from kiosks and shows them to
 * their practices. Here only the table of commands; exit codes are those of base/options.h: 0 done,
 * 1 could not be done, 2 the command line was refused.
 */
#include <sys/prctl.h>
#include <sys/resource.h>

#include "sync/central/commands.h"
#include "sync/wire/keys.h"

#define DATA                                                 \
    {                                                        \
        "--data", "FOLDER", "the server's data folder", true \
    }
#define ROWS(r) r, sizeof(r) / sizeof((r)[0])

static const struct option_row init_rows[] = {
    DATA,
    {"--host", "NAME", "the name that kiosks will call it by, beside localhost", false},
};
static const struct option_row practice_rows[] = {
    DATA,
    {"--code", "CODE", "its ODS code, such as Y99999", true},
    {"--name", "NAME", "its name, such as \"Elm Grove Surgery\"", true},
};
static const struct option_row user_rows[] = {
    DATA,
    {"--email", "ADDRESS", "what the person signs in with", true},
    {"--name", "NAME", "how the portal names the person", true},
    {"--role", "ROLE", "practice (sees one practice) or programme (sees all)", true},
    {"--practice", "CODE", "the practice, for the role practice", false},
    {"--password-stdin", NULL, "read the password from standard input without asking", false},
};
static const struct option_row kiosk_rows[] = {
    DATA,
    {"--practice", "CODE", "where it stands", true},
    {"--name", "NAME", "what staff call it, such as \"Front desk\"", true},
    {"--public-key", "HEX", "what help-sync printed on the kiosk", true},
    {"--server", "URL", "where kiosks reach this server: https://host:port", true},
    {"--mode", "MODE", "demo or live", true},
    {"--out", "FILE", "the settings file to write, for the kiosk", true},
};
static const struct option_row revoke_rows[] = {
    DATA,
    {"--id", "ID", "the kiosk's id", true},
};
static const struct option_row import_rows[] = {DATA};
static const struct option_row audit_rows[] = {DATA};
static const struct option_row restored_rows[] = {DATA};
static const struct option_row serve_rows[] = {
    DATA,
    {"--device", "ADDRESS:PORT", "where kiosks reach it (HTTPS); port 0 takes a free one", true},
    {"--portal", "ADDRESS:PORT", "where the portal is (HTTP, behind a proxy)", true},
    {"--portal-files", "FOLDER", "the portal as it was built", true},
    {"--pack", "FOLDER", "the content pack whose form the kiosks use", true},
};

static const struct command commands[] = {
    {"init", "Make a new server's data folder: keys, certificates, database.", ROWS(init_rows),
     NULL, command_init},
    {"practice add", "Add a practice.", ROWS(practice_rows), NULL, command_practice_add},
    {"user add", "Add a person who may sign in to the portal.", ROWS(user_rows), NULL,
     command_user_add},
    {"kiosk add", "Add a kiosk and write its settings file.", ROWS(kiosk_rows), NULL,
     command_kiosk_add},
    {"kiosk revoke", "Take nothing from a kiosk any more.", ROWS(revoke_rows), NULL,
     command_kiosk_revoke},
    {"import", "Take in what kiosks wrote to a USB stick, and write the receipts beside it.",
     ROWS(import_rows), "FILE-OR-FOLDER", command_import},
    {"audit check", "Check that no row of the audit log was changed.", ROWS(audit_rows), NULL,
     command_audit_check},
    {"restored", "Say that this folder came out of a backup: kiosks send again what they have.",
     ROWS(restored_rows), NULL, command_restored},
    {"serve", "Take sign-ups in and serve the portal, until SIGTERM.", ROWS(serve_rows), NULL,
     command_serve},
};

int main(int argc, char **argv)
{
    const struct program program = {
        .name = "help-central",
        .help = "The server of HeLP-Diabetes kiosks. Exit codes: 0 done, 1 could not be done, 2 "
                "the command line was refused.",
        .commands = commands,
        .command_count = sizeof commands / sizeof commands[0],
    };
    struct rlimit none = {0, 0};

    /* Memory holds keys and names: it must never become a file. */
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        keys_init() != ERR_OK)
        return EXIT_FAILED;
    return options_main(&program, argc, argv);
}
