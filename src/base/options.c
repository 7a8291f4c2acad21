/* Reads a command line against a table and writes its help from the same table: see options.h. */
#include "base/options.h"

#include <string.h>

#include "base/str.h"

/* How many words of argv (from 1) make up the command's name; 0 where they do not. */
static int words_of_name(const char *name, int argc, const char *const *argv)
{
    struct str rest = str_of(name);
    int words = 0;

    while (rest.len > 0) {
        struct str word = str_split(rest, ' ', &rest);
        words++;
        if (words >= argc || !str_is(word, argv[words]))
            return 0;
    }
    return words;
}

static const struct command *find_command(const struct program *program, int argc,
                                          const char *const *argv, int *out_words)
{
    for (int i = 0; i < program->command_count; i++) {
        const struct command *command = &program->commands[i];
        int words = words_of_name(command->name, argc, argv);
        if (words > 0 || command->name[0] == '\0') {
            *out_words = words;
            return command;
        }
    }
    return NULL;
}

static int find_row(const struct command *command, struct str name)
{
    for (int i = 0; i < command->row_count; i++) {
        if (str_is(name, command->rows[i].name))
            return i;
    }
    return -1;
}

const char *options_get(const struct options *options, const char *name)
{
    int row = find_row(options->command, str_of(name));

    return row < 0 ? NULL : options->values[row];
}

static enum err refuse(struct refusal *refusal, const struct program *program, const char *command,
                       const char *place, const char *problem)
{
    refusal_place(refusal, "%s", place);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "Type \"%s%s%s --help\"", program->name, command[0] == '\0' ? "" : " ",
                   command);
    return ERR_REFUSED;
}

/* Reads argv[*at]; moves *at past what it took. */
static enum err read_argument(const struct program *program, int argc, const char *const *argv,
                              int *at, struct options *options, struct refusal *refusal)
{
    const struct command *command = options->command;
    const char *argument = argv[*at];
    struct str value;
    struct str name = str_split(str_of(argument), '=', &value);
    bool joined = value.at != NULL;

    (*at)++;
    if (argument[0] != '-') {
        if (command->operand == NULL || options->operand != NULL)
            return refuse(refusal, program, command->name, argument, "is one word too many");
        options->operand = argument;
        return ERR_OK;
    }
    int row = find_row(command, name);
    if (row < 0)
        return refuse(refusal, program, command->name, argument, "is not an option here");
    if (options->values[row] != NULL)
        return refuse(refusal, program, command->name, argument, "was given twice");
    if (command->rows[row].value == NULL) {
        if (joined)
            return refuse(refusal, program, command->name, argument, "takes no value");
        options->values[row] = "";
    } else if (joined) {
        options->values[row] = value.at;
    } else if (*at < argc) {
        options->values[row] = argv[(*at)++];
    } else {
        return refuse(refusal, program, command->name, argument, "needs a value after it");
    }
    if (command->rows[row].value != NULL && options->values[row][0] == '\0')
        return refuse(refusal, program, command->name, argument, "was given an empty value");
    return ERR_OK;
}

enum err options_parse(const struct program *program, int argc, const char *const *argv,
                       struct options *out_options, struct refusal *refusal)
{
    struct options options = {0};
    int words = 0;

    options.command = find_command(program, argc, argv, &words);
    if (options.command == NULL)
        return refuse(refusal, program, "", argc > 1 ? argv[1] : "command line",
                      argc > 1 ? "is not a command" : "a command is missing");
    for (int at = words + 1; at < argc;) {
        enum err e = read_argument(program, argc, argv, &at, &options, refusal);
        if (e != ERR_OK)
            return e;
    }
    for (int i = 0; i < options.command->row_count; i++) {
        if (options.command->rows[i].required && options.values[i] == NULL)
            return refuse(refusal, program, options.command->name, options.command->rows[i].name,
                          "is missing");
    }
    if (options.command->operand != NULL && options.operand == NULL)
        return refuse(refusal, program, options.command->name, options.command->operand,
                      "is missing");
    *out_options = options;
    return ERR_OK;
}

static void usage_line(const struct program *program, const struct command *command, FILE *to)
{
    fprintf(to, "  %s", program->name);
    if (command->name[0] != '\0')
        fprintf(to, " %s", command->name);
    for (int i = 0; i < command->row_count; i++) {
        const struct option_row *row = &command->rows[i];
        fprintf(to, row->required ? " %s" : " [%s", row->name);
        if (row->value != NULL)
            fprintf(to, " %s", row->value);
        if (!row->required)
            fputc(']', to);
    }
    if (command->operand != NULL)
        fprintf(to, " %s", command->operand);
    fputc('\n', to);
}

void options_help(const struct program *program, const struct command *command, FILE *to)
{
    if (command != NULL) {
        fprintf(to, "%s\n\n", command->help);
        usage_line(program, command, to);
        fputc('\n', to);
        for (int i = 0; i < command->row_count; i++)
            fprintf(to, "  %-12s %-12s %s\n", command->rows[i].name,
                    command->rows[i].value == NULL ? "" : command->rows[i].value,
                    command->rows[i].help);
    } else {
        fprintf(to, "%s\n\n", program->help);
        for (int i = 0; i < program->command_count; i++) {
            usage_line(program, &program->commands[i], to);
            fprintf(to, "      %s\n", program->commands[i].help);
        }
    }
    fprintf(to, "\nExit codes: %d done, %d could not be done, %d command line refused.\n", EXIT_OK,
            EXIT_FAILED, EXIT_USAGE);
}

int options_main(const struct program *program, int argc, char **argv)
{
    struct options options;
    struct refusal refusal = {0};
    int words = 0;
    const char *const *given = (const char *const *)argv;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            options_help(program, i == 1 ? NULL : find_command(program, argc, given, &words),
                         stdout);
            return EXIT_OK;
        }
        if (strcmp(argv[i], "--version") == 0) {
            printf("%s %s\n", program->name, HELP_VERSION);
            return EXIT_OK;
        }
    }
    if (options_parse(program, argc, given, &options, &refusal) != ERR_OK) {
        refusal_print(&refusal, program->name, stderr);
        return EXIT_USAGE;
    }
    return options.command->run(&options, program->context);
}
