/* The forms that are known: see forms.h. */
#include "sync/central/forms.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hex.h"

#define HASH_BYTES 16

enum err forms_add(struct forms *forms, struct str json, struct refusal *refusal)
{
    struct questionnaire *q = NULL;

    if (forms->count == FORMS_MAX) {
        refusal_problem(refusal, "there are more than %d forms", FORMS_MAX);
        refusal_remedy(refusal, "Move those that no sign-up was made with out of the folder");
        return ERR_LIMIT;
    }
    enum err e = questionnaire_parse(json, &q, refusal);
    if (e == ERR_OK)
        forms->all[forms->count++] = q;
    return e;
}

static enum err read_form(const char *path, char **out_text, size_t *out_size,
                          struct refusal *refusal)
{
    enum err e = file_read(path, LIMIT_QUESTIONNAIRE, out_text, out_size);

    refusal_place(refusal, "%s", path);
    if (e != ERR_OK) {
        refusal_problem(refusal, "can't be read: %s", err_name(e));
        refusal_remedy(refusal, "Give the folder of a content pack with --pack");
    }
    return e;
}

static enum err keep_form(const char *folder, const char *pack_folder, struct refusal *refusal)
{
    char path[PATH_MAX];
    unsigned char hash[HASH_BYTES];
    char name[2 * HASH_BYTES + 1];
    char *text = NULL;
    size_t size = 0;
    struct questionnaire *q = NULL;
    enum err e = ERR_LIMIT;

    if (snprintf(path, sizeof path, "%s/questionnaire.json", pack_folder) >= (int)sizeof path)
        return e;
    e = read_form(path, &text, &size, refusal);
    if (e == ERR_OK)
        e = questionnaire_parse((struct str){text, size}, &q, refusal);
    if (e != ERR_OK)
        goto out;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, size, NULL, 0);
    hex_encode(hash, sizeof hash, name);
    refusal_place(refusal, "%s", folder);
    if (snprintf(path, sizeof path, "%s/%s.json", folder, name) >= (int)sizeof path)
        e = ERR_LIMIT;
    if (e == ERR_OK)
        e = file_make_folder(folder, 0700);
    if (e == ERR_OK)
        e = file_replace(path, text, size, 0600);
    if (e != ERR_OK) {
        refusal_problem(refusal, "the form can't be kept: %s", err_name(e));
        refusal_remedy(refusal, "Check the folder's owner and the space on its disk");
    }
out:
    questionnaire_destroy(q);
    free(text);
    return e;
}

static enum err load_kept(struct forms *forms, const char *folder, const char *name,
                          struct refusal *refusal)
{
    char path[PATH_MAX];
    char *text = NULL;
    size_t size = 0;

    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return ERR_LIMIT;
    enum err e = read_form(path, &text, &size, refusal);
    if (e == ERR_OK)
        e = forms_add(forms, (struct str){text, size}, refusal);
    free(text);
    return e;
}

enum err forms_load(struct forms *forms, const char *data_folder, const char *pack_folder,
                    struct refusal *refusal)
{
    char folder[PATH_MAX];
    DIR *entries = NULL;

    if (snprintf(folder, sizeof folder, "%s/forms", data_folder) >= (int)sizeof folder)
        return ERR_LIMIT;
    enum err e = keep_form(folder, pack_folder, refusal);
    if (e != ERR_OK)
        return e;
    entries = opendir(folder);
    if (entries == NULL)
        return ERR_IO;
    for (struct dirent *entry = readdir(entries); entry != NULL && e == ERR_OK;
         entry = readdir(entries)) {
        size_t len = strlen(entry->d_name);
        if (len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0)
            e = load_kept(forms, folder, entry->d_name, refusal);
    }
    closedir(entries);
    if (e != ERR_OK)
        forms_finish(forms);
    return e;
}

void forms_finish(struct forms *forms)
{
    for (int i = 0; i < forms->count; i++)
        questionnaire_destroy(forms->all[i]);
    forms->count = 0;
}

const struct questionnaire *forms_find(const struct forms *forms, const char *url,
                                       const char *version)
{
    for (int i = 0; i < forms->count; i++) {
        const struct questionnaire *q = forms->all[i];
        if (strcmp(q->url, url) == 0 && strcmp(q->version, version) == 0)
            return q;
    }
    return NULL;
}
