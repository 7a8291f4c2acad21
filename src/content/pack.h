/*
 * A content pack: all that may change without a release. A folder of
 *   pack.json            {"name","version","files":{path: sha256 in hexadecimal, ...}}
 *   questionnaire.json   the form (signup/questionnaire.h)
 *   pages.json           {"address","pages":[...],"champion":{...},"languages":[...]}, as the
 * structs below pictures/NAME.svg    pictures of pages; icons/NAME.svg, icons of lines and options
 *   locale/LANGUAGE.mo   one catalogue for each language other than English
 * Every file of these is named in "files" with its sha256, so that a file which was changed,
 * cut or lost is found at load; a picture or icon that a page or the form names must be one of
 * them. Signed tar archives arrive through here later: whatever unpacks one hands over a folder.
 * All texts are English msgids; look them up in the catalogue.
 */
#ifndef CONTENT_PACK_H
#define CONTENT_PACK_H

#include "base/err.h"
#include "content/catalogue.h"
#include "signup/questionnaire.h"
#include "signup/record.h"

#define PACK_PAGES     32
#define PACK_LINES     8
#define PACK_LANGUAGES 32
#define PACK_FILES     512
#define PACK_FILE      (1024 * 1024) /* bytes of one file */

/* One line of a page: a bullet, a paragraph or a next step. */
struct pack_line {
    const char *icon; /* picture name, or NULL */
    const char *text;
};

/*
 * A page that is read, not answered. Ids that a pack must have: about-1 .. about-4, way-out,
 * privacy, what happens next after a sign-up: done-offline, and those that options of the form name
 * as their done-page.
 */
struct pack_page {
    const char *id;
    const char *title;
    const char *lead;    /* "" where it has none */
    const char *picture; /* picture name, or NULL */
    bool champion;       /* the local champion's words stand on this page */
    struct pack_line lines[PACK_LINES];
    int line_count;
};

/* The local opinion leader of the practice. */
struct pack_champion {
    const char *name;
    const char *role;
    const char *initials;
    const char *quotation;
};

struct pack_language {
    const char *code;    /* BCP 47: "en", "qps-plocm" */
    const char *name;    /* in the language itself */
    const char *english; /* in English */
    bool right_to_left;
    bool draft; /* no speaker has reviewed it: shown only where the settings allow drafts */
    const struct catalogue *catalogue; /* NULL for English */
};

struct pack {
    const char *name;
    const char *version;
    const char *address; /* of the programme: "https://..../", for a phone to go on at */
    struct questionnaire *questionnaire;
    char consent_version[RECORD_CODE_SIZE]; /* see record.h */
    struct pack_page pages[PACK_PAGES];
    int page_count;
    struct pack_champion champion;
    struct pack_language languages[PACK_LANGUAGES]; /* as offered; the first is English */
    int language_count;
};

/*
 * Loads and checks a whole pack: nothing, or all of it. ERR_NOT_FOUND, ERR_IO, ERR_MEMORY,
 * ERR_LIMIT, ERR_FORMAT, ERR_CHECK (a file is not the one pack.json names); the refusal names file,
 * key and remedy.
 */
MUST_USE enum err pack_open(const char *folder, struct pack **out_pack, struct refusal *refusal);
void pack_close(struct pack *pack);

/* NULL where there is no such page, or no such language. */
const struct pack_page *pack_page(const struct pack *pack, const char *id);
const struct pack_language *pack_language(const struct pack *pack, const char *code);
/* The parser of pages.json on its own, for tests and the fuzzer; fills pages, champion, languages.
 */
MUST_USE enum err pack_parse_pages(struct str json, struct pack **out_pack,
                                   struct refusal *refusal);

#endif
