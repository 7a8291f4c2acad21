/*
 * The languages of a pack, their catalogues, and what these lack: see pack.h for the rule. The
 * texts of the interface are those of locale/en.mo, which the build makes from the template without
 * what only staff read; those of the form and the pages are asked for one by one, since a practice
 * may change them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/pack_build.h"

/* --- pages.json ------------------------------------------------------------------------------- */

static enum err read_script(struct loaded_pack *loaded, const json_t *json,
                            struct pack_language *language, struct refusal *refusal)
{
    static const struct {
        const char *name;
        bool latin;
        bool right_to_left;
        bool nastaliq;
    } scripts[] = {
        {"Latn", true, false, false},  {"Arab", false, true, false},  {"Aran", false, true, true},
        {"Beng", false, false, false}, {"Hans", false, false, false},
    };
    const char *name = scripts[0].name;

    if (json_object_get(json, "script") != NULL) {
        enum err e = pack_text(loaded, json, "script", language->code, 4, &name, refusal);
        if (e != ERR_OK)
            return e;
    }
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (strcmp(scripts[i].name, name) == 0) {
            language->latin = scripts[i].latin;
            language->right_to_left = scripts[i].right_to_left;
            language->nastaliq = scripts[i].nastaliq;
            return ERR_OK;
        }
    }
    return pack_refuse(refusal, language->code, "Use Latn, Arab, Aran, Beng or Hans",
                       "this kiosk can't write the script '%s'", name);
}

enum err pack_read_language(struct loaded_pack *loaded, const json_t *json, struct refusal *refusal)
{
    static const char *const keys[] = {"code",  "name",  "english", "script",
                                       "voice", "draft", "test",    NULL};
    struct pack *pack = &loaded->pack;
    struct pack_language l = {0};
    enum err e = pack_keys(json, keys, "languages", refusal);

    if (e == ERR_OK && pack->language_count == PACK_LANGUAGES)
        e = pack_refuse(refusal, "languages", "Remove some", "more than %d", PACK_LANGUAGES);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "code", "languages", 16, &l.code, refusal);
    if (e == ERR_OK && strspn(l.code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789-") != strlen(l.code))
        e = pack_refuse(refusal, "languages", "Use a BCP 47 code, such as en or pt-BR",
                        "a code has other signs");
    if (e == ERR_OK && pack_language(pack, l.code) != NULL)
        e = pack_refuse(refusal, l.code, "Keep one", "this language stands twice");
    if (e == ERR_OK)
        e = pack_text(loaded, json, "name", l.code, 60, &l.name, refusal);
    if (e == ERR_OK)
        e = pack_text(loaded, json, "english", l.code, 60, &l.english, refusal);
    if (e == ERR_OK)
        e = read_script(loaded, json, &l, refusal);
    if (e == ERR_OK && json_object_get(json, "voice") != NULL)
        e = pack_text(loaded, json, "voice", l.code, 32, &l.voice, refusal);
    if (e == ERR_OK)
        e = pack_flag(json, "draft", l.code, &l.draft, refusal);
    if (e == ERR_OK)
        e = pack_flag(json, "test", l.code, &l.test, refusal);
    if (e == ERR_OK)
        pack->languages[pack->language_count++] = l;
    return e;
}

/* The first ones of the list where a practice did not choose. */
static void offer_first(struct pack *pack)
{
    for (int i = 1; i < pack->language_count && pack->offered_count < PACK_OFFERED; i++) {
        if (!pack->languages[i].test)
            pack->offered[pack->offered_count++] = pack->languages[i].code;
    }
}

enum err pack_read_offered(struct loaded_pack *loaded, const json_t *list, struct refusal *refusal)
{
    struct pack *pack = &loaded->pack;

    if (list == NULL) {
        offer_first(pack);
        return ERR_OK;
    }
    if (!json_is_array(list) || json_array_size(list) > PACK_OFFERED)
        return pack_refuse(refusal, "offered", "Write it as [\"bn\", ...]",
                           "it is no list of at most %d codes", PACK_OFFERED);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));
        const struct pack_language *language = code == NULL ? NULL : pack_language(pack, code);
        if (language == NULL || language->test)
            return pack_refuse(refusal, "offered", "Use codes that stand under languages",
                               "'%.20s' is no language of this pack", code == NULL ? "" : code);
        pack->offered[pack->offered_count++] = language->code;
    }
    return ERR_OK;
}

/* --- what a catalogue lacks ------------------------------------------------------------------- */

struct count {
    const struct catalogue *catalogue;
    const struct catalogue *already; /* texts that are counted elsewhere; or NULL */
    int of;
    int missing;
};

static void count_text(void *context, const char *text)
{
    struct count *count = context;

    if (text == NULL || text[0] == '\0' || catalogue_has(count->already, text))
        return;
    count->of++;
    count->missing += !catalogue_has(count->catalogue, text);
}

static void visit_form(const struct questionnaire *q, pack_text_visitor *visit, void *context)
{
    for (int i = 0; i < q->item_count; i++) {
        const struct item *item = &q->items[i];
        visit(context, item->text);
        visit(context, item->second_line);
        visit(context, item->short_label);
        visit(context, item->skip_label);
        visit(context, item->skipped_text);
        visit(context, item->empty_message);
        for (int o = 0; o < item->option_count; o++) {
            visit(context, item->options[o].text);
            visit(context, item->options[o].second_line);
            visit(context, item->options[o].short_label);
        }
    }
}

static void visit_pages(const struct pack *pack, pack_text_visitor *visit, void *context)
{
    for (int i = 0; i < pack->page_count; i++) {
        visit(context, pack->pages[i].title);
        visit(context, pack->pages[i].lead);
        for (int line = 0; line < pack->pages[i].line_count; line++)
            visit(context, pack->pages[i].lines[line].text);
    }
    visit(context, pack->champion.role);
    visit(context, pack->champion.quotation);
}

static struct count count_all(const struct pack *pack, const struct catalogue *list,
                              const struct catalogue *catalogue)
{
    struct count count = {.catalogue = catalogue};

    for (size_t i = 0; list != NULL && i < catalogue_count(list); i++)
        count_text(&count, catalogue_key(list, i));
    count.already = list;
    visit_form(pack->questionnaire, count_text, &count);
    visit_pages(pack, count_text, &count);
    return count;
}

static void add_note(struct pack *pack, const struct pack_language *language,
                     enum pack_note_kind kind, const struct count *count)
{
    pack->notes[pack->note_count++] = (struct pack_note){.language = language->code,
                                                         .english = language->english,
                                                         .draft = language->draft,
                                                         .test = language->test,
                                                         .kind = kind,
                                                         .missing = count->missing,
                                                         .of = count->of};
}

/* True where the language can be shown. */
static bool judge(struct pack *pack, const struct pack_language *language,
                  const struct catalogue *list)
{
    struct count consent = {.catalogue = language->catalogue};
    struct count all = count_all(pack, list, language->catalogue);

    pack_visit_consent(pack, count_text, &consent);
    if (consent.missing > 0) {
        add_note(pack, language, PACK_NOTE_CONSENT, &consent);
        return false;
    }
    if (100 * (all.of - all.missing) < PACK_LEAST_PERCENT * all.of) {
        add_note(pack, language, PACK_NOTE_TOO_FEW, &all);
        return false;
    }
    if (all.missing > 0)
        add_note(pack, language, PACK_NOTE_PARTLY_ENGLISH, &all);
    return true;
}

/* --- catalogues ------------------------------------------------------------------------------- */

static enum err read_catalogue(const char *folder, const char *code, const json_t *files,
                               struct catalogue **out_catalogue)
{
    char name[64];
    char *bytes = NULL;
    size_t size;
    struct refusal refusal; /* a note says it shorter */

    snprintf(name, sizeof name, "locale/%s.mo", code);
    if (json_object_get(files, name) == NULL)
        return ERR_NOT_FOUND;
    enum err e = pack_read_file(folder, name, files, &bytes, &size, &refusal);
    if (e == ERR_OK)
        e = catalogue_parse((struct str){bytes, size}, name, out_catalogue, &refusal);
    free(bytes);
    return e;
}

/* ERR_MEMORY, or else either the catalogue or a note of why there is none. */
static enum err read_or_note(struct pack *pack, const char *folder,
                             const struct pack_language *language, const json_t *files,
                             struct catalogue **out_catalogue)
{
    const struct count none = {0};
    enum err e = read_catalogue(folder, language->code, files, out_catalogue);

    if (e == ERR_OK || e == ERR_MEMORY)
        return e;
    add_note(pack, language, e == ERR_NOT_FOUND ? PACK_NOTE_MISSING : PACK_NOTE_BROKEN, &none);
    return ERR_OK;
}

/* The welcome screen offers what is left. */
static void forget_lost_offers(struct pack *pack)
{
    int kept = 0;

    for (int i = 0; i < pack->offered_count; i++) {
        if (pack_language(pack, pack->offered[i]) != NULL)
            pack->offered[kept++] = pack->offered[i];
    }
    pack->offered_count = kept;
}

enum err pack_read_catalogues(struct loaded_pack *loaded, const char *folder, const json_t *files)
{
    struct pack *pack = &loaded->pack;
    struct catalogue *list = NULL;
    int kept = 1; /* English needs none */
    enum err e = read_or_note(pack, folder, &pack->languages[0], files, &list);

    for (int i = 1; i < pack->language_count && e == ERR_OK; i++) {
        struct pack_language language = pack->languages[i];
        struct catalogue *catalogue = NULL;
        e = read_or_note(pack, folder, &language, files, &catalogue);
        language.catalogue = catalogue;
        if (catalogue != NULL && judge(pack, &language, list)) {
            loaded->catalogues[kept] = catalogue;
            pack->languages[kept++] = language;
        } else {
            catalogue_close(catalogue);
        }
    }
    pack->language_count = kept;
    catalogue_close(list);
    forget_lost_offers(pack);
    return e;
}

const char *pack_note_name(enum pack_note_kind kind)
{
    static const char *const names[] = {
        [PACK_NOTE_MISSING] = "missing",
        [PACK_NOTE_BROKEN] = "broken",
        [PACK_NOTE_TOO_FEW] = "too_few",
        [PACK_NOTE_CONSENT] = "consent_incomplete",
        [PACK_NOTE_PARTLY_ENGLISH] = "partly_english",
    };

    return names[kind];
}
