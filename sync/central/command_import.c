/*
 * help-central import: the bundles of a USB stick, through the running server's hatch, and each
 * one's receipt beside it for the way back. Nothing of the stick is removed here: the kiosk does
 * that when it has applied the receipt.
 */
#include <jansson.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/carrier/stick.h"
#include "sync/central/commands.h"
#include "sync/central/hatch.h"

struct import {
    const char *data;
    struct stick stick;
    unsigned taken;
    unsigned failed;
    char bundle[LIMIT_BUNDLE + 1];
    char answer[HATCH_ANSWER_MAX];
};

/* ---- what the server said --------------------------------------------------------------- */

/* In the order in which people want to read it. */
static const struct {
    enum receipt_outcome outcome;
    const char *words;
} said[] = {
    {RECEIPT_ACCEPTED, "accepted"},
    {RECEIPT_DUPLICATE, "had already"},
    {RECEIPT_DEFERRED, "kept for a newer server"},
    {RECEIPT_GONE, "withdrawn before"},
    {RECEIPT_REJECTED, "rejected"},
    {RECEIPT_CONFLICT, "in conflict"},
};

static json_t *records_of(const json_t *receipt)
{
    return json_object_get(receipt, "records");
}

static unsigned count_of(const json_t *receipt, const char *outcome)
{
    unsigned count = 0;

    for (size_t i = 0; i < json_array_size(records_of(receipt)); i++) {
        const json_t *entry = json_array_get(records_of(receipt), i);
        const char *name = json_string_value(json_object_get(entry, "outcome"));
        count += name != NULL && strcmp(name, outcome) == 0;
    }
    return count;
}

/* Each reason once, where the records beside it have the same. */
static void print_reasons(const json_t *receipt)
{
    const char *before = "";

    for (size_t i = 0; i < json_array_size(records_of(receipt)); i++) {
        const json_t *entry = json_array_get(records_of(receipt), i);
        const char *words = json_string_value(json_object_get(entry, "words"));
        if (words != NULL && strcmp(words, before) != 0)
            printf("    %s\n", words);
        if (words != NULL)
            before = words;
    }
}

/* The server's own words came through its own socket; the signature is for the kiosk to check. */
static void print_taken(const char *name, struct str receipt)
{
    struct str line = str_split(receipt, '\n', &(struct str){0});
    json_t *json = json_loadb(line.at, line.len, 0, NULL);
    const char *between = ": ";

    fputs(name, stdout);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        unsigned count = count_of(json, receipt_outcome_name(said[i].outcome));
        if (count == 0)
            continue;
        printf("%s%s %u", between, said[i].words, count);
        between = ", ";
    }
    puts(json_array_size(records_of(json)) == 0 ? ": no sign-ups in it" : "");
    print_reasons(json);
    json_decref(json);
}

static void print_failed(const char *name, const char *why, const char *remedy)
{
    fprintf(stderr, "%s: not taken: %s %s\n", name, why, remedy);
}

static void print_refused(const char *name, struct str body)
{
    json_t *json = json_loadb(body.at, body.len, 0, NULL);
    const char *words =
        json_string_value(json_object_get(json_object_get(json, "error"), "message"));

    print_failed(name, words != NULL ? words : "The server could not take it just now.",
                 words != NULL ? "" : "Do it again later.");
    json_decref(json);
}

/* ---- one file ----------------------------------------------------------------------------- */

/* False, and said why, where there is no receipt for the way back. The others are taken in still.
 */
static bool write_receipt(struct import *im, const struct id *id, const char *name,
                          struct str receipt)
{
    enum err e = stick_write(&im->stick, STICK_RECEIPT, id, receipt);
    const char *why = e == ERR_FULL        ? "the stick is full. Make room on it"
                      : e == ERR_READ_ONLY ? "the stick takes no writes. Move its small switch"
                                           : "the stick does not take it. Put it in again";

    if (e != ERR_OK)
        fprintf(stderr, "%s: no receipt: %s, and do it again: nothing is taken twice.\n", name,
                why);
    return e == ERR_OK;
}

/* An err means that the others need not be tried; then the refusal says why. */
static enum err import_one(struct import *im, const struct id *id, struct refusal *refusal)
{
    char name[STICK_NAME_SIZE];
    struct str bundle;
    struct str body;
    int status = 0;
    enum err e = stick_read(&im->stick, STICK_BUNDLE, id, im->bundle, &bundle);

    stick_name(STICK_BUNDLE, id, name);
    im->failed++; /* until it is known to be otherwise */
    if (e == ERR_REFUSED || e == ERR_LIMIT || e == ERR_NOT_FOUND) {
        print_failed(name, "It is not a file that a kiosk wrote.", "It was left alone.");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return command_refuse(refusal, name, "the stick was pulled out, or it does not work",
                              "Put it in and do it again: what was taken is not taken twice");
    e = hatch_send(im->data, bundle, im->answer, &status, &body);
    if (e == ERR_UNAVAILABLE || e == ERR_NOT_FOUND)
        return command_refuse(
            refusal, im->data, "no server runs on this folder",
            "Start it with \"help-central serve\"; it takes the files in while it runs");
    if (e != ERR_OK)
        return command_refuse(refusal, im->data, "its server can't be spoken to",
                              "Run this as the server's own user, and see the server's log");
    if (status != 200) {
        print_refused(name, body);
        return ERR_OK;
    }
    print_taken(name, body);
    im->taken++;
    if (!write_receipt(im, id, name, body))
        return ERR_OK;
    im->failed--;
    return ERR_OK;
}

/* ---- which files -------------------------------------------------------------------------- */

static enum err import_folder(struct import *im, const char *folder, struct refusal *refusal)
{
    struct id_list bundles = {0};
    enum err e = stick_tidy(&im->stick, STICK_RECEIPT);

    if (e == ERR_OK || e == ERR_READ_ONLY || e == ERR_REFUSED)
        e = stick_list(&im->stick, STICK_BUNDLE, &bundles);
    if (e == ERR_LIMIT)
        return command_refuse(refusal, folder, "there are too many files in this folder",
                              "Move the files help-....bundle to an empty folder, and give that");
    if (e != ERR_OK)
        return command_refuse(refusal, folder, err_name(e), "Put the stick in and do it again");
    if (bundles.count == 0)
        e = command_refuse(refusal, folder, "there is no file help-....bundle in it",
                           "Give the folder of the stick that a kiosk has written");
    for (size_t i = 0; i < bundles.count && e == ERR_OK; i++)
        e = import_one(im, &bundles.ids[i], refusal);
    id_list_free(&bundles);
    return e;
}

/* The operand is a folder, or one file whose name says which bundle it is. */
static enum err import_operand(struct import *im, const char *operand, struct refusal *refusal)
{
    char folder[PATH_MAX];
    char file[PATH_MAX];
    struct stat about;
    struct id id;
    bool whole;
    enum err e;

    if (strlen(operand) >= sizeof folder || lstat(operand, &about) != 0)
        return command_refuse(refusal, operand, "is not there",
                              "Put the stick in, and give its folder");
    strcpy(folder, operand);
    strcpy(file, operand);
    whole = !S_ISREG(about.st_mode);
    if (!whole && !stick_name_read(STICK_BUNDLE, basename(file), &id))
        return command_refuse(refusal, operand, "is not named as a kiosk names it",
                              "Give a file help-....bundle by its own name, or its folder");
    e = stick_open(whole ? operand : dirname(folder), &im->stick);
    if (e != ERR_OK)
        return command_refuse(refusal, operand, "is no folder that can be read",
                              "Give the folder of the stick, as a user who may read it");
    e = whole ? import_folder(im, operand, refusal) : import_one(im, &id, refusal);
    if (stick_settle(&im->stick) != ERR_OK && e == ERR_OK)
        e = command_refuse(refusal, operand, "the stick does not say that all is written",
                           "Do it again: what was taken is not taken twice");
    stick_close(&im->stick);
    return e;
}

int command_import(const struct options *options, void *context)
{
    struct import *im = calloc(1, sizeof *im);
    struct refusal refusal = {0};
    unsigned failed;
    enum err e;

    (void)context;
    if (im == NULL)
        return command_failed(&refusal, ERR_MEMORY);
    im->data = options_get(options, "--data");
    e = import_operand(im, options->operand, &refusal);
    failed = im->failed;
    if (im->taken + failed > 0)
        printf("%u taken in; %u to look at again\n", im->taken, failed);
    free(im);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    if (failed > 0)
        return EXIT_FAILED;
    puts("The stick may be removed. Bring it back to its kiosk: the receipts are on it.");
    return EXIT_OK;
}
