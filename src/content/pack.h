/*
 * A content pack: all that may change without a release. A folder of
 *   pack.json            {"name","version","files":{path: BLAKE2b-256 in hexadecimal, ...}}
 *   questionnaire.json   the form (signup/questionnaire.h)
 *   pages.json           {"address","pages":[...],"champion":{...},"languages":[...],
 *                        "offered":[...]}, as the structs below
 *   pictures/NAME.svg    pictures of pages; icons/NAME.svg, icons of lines and options
 *   locale/LANGUAGE.mo   one catalogue for each language other than English
 *   locale/en.mo         every text of the interface, so that it is known what a catalogue lacks
 * Every file of these is named in "files" with its BLAKE2b hash (RFC 7693, three times
 * as fast as SHA-256: a kiosk reads all of them at its start), so that a file which was changed,
 * cut or lost is found at load; a picture or icon that a page or the form names must be one of
 * them. Signed tar archives arrive through here later: whatever unpacks one hands over a folder.
 * All texts are English msgids; look them up in the catalogue.
 *
 * Bad translations never keep a kiosk from its work. A language is left out where its catalogue is
 * missing or broken, where it has fewer than PACK_LEAST_PERCENT of the texts, or where one text of
 * the agreements and the privacy notice is not in it: nobody agrees to half a sentence of their
 * own. Otherwise what it lacks is shown in English, text by text. Each of these is a note in the
 * pack, for the log and for staff.
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
#define PACK_OFFERED   5
#define PACK_FILES     512
#define PACK_FILE      (1024 * 1024) /* bytes of one file */
/* A screen has about 20 texts: from here on it is one in English on a screen, not a mixture. */
#define PACK_LEAST_PERCENT 95

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
    const char *code;    /* BCP 47: "en", "zh-Hans" */
    const char *name;    /* in the language itself */
    const char *english; /* in English */
    const char *voice;   /* its name in espeak-ng; NULL: nothing speaks it yet */
    /* By "script" (ISO 15924): Latn where it is not given, Arab, Aran, Beng or Hans. */
    bool latin;
    bool right_to_left;
    bool nastaliq; /* Aran: Arabic letters as Urdu writes them */
    bool draft;    /* no speaker has reviewed it: shown only where the settings allow drafts */
    bool test;     /* made for tests: never offered to a patient */
    const struct catalogue *catalogue; /* NULL for English */
};

enum pack_note_kind {
    PACK_NOTE_MISSING,        /* left out: there is no catalogue */
    PACK_NOTE_BROKEN,         /* left out: the catalogue is not the pack's, or can't be read */
    PACK_NOTE_TOO_FEW,        /* left out: `missing` of `of` texts have no translation */
    PACK_NOTE_CONSENT,        /* left out: `missing` of `of` texts that are agreed to have none */
    PACK_NOTE_PARTLY_ENGLISH, /* shown: `missing` of `of` texts are in English */
};

struct pack_note {
    const char *language; /* code; "en": the list of texts, so the interface was not counted */
    const char *english;  /* the language's name */
    bool draft;           /* as of struct pack_language, which is gone where it was left out */
    bool test;
    enum pack_note_kind kind;
    int missing;
    int of;
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
    struct pack_language languages[PACK_LANGUAGES]; /* those that can be shown; English first */
    int language_count;
    const char *offered[PACK_OFFERED]; /* codes of the languages on the welcome screen */
    int offered_count;
    struct pack_note notes[PACK_LANGUAGES];
    int note_count;
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
/* "broken": for the log. */
const char *pack_note_name(enum pack_note_kind kind);
/* The parser of pages.json on its own, for tests and the fuzzer; fills pages, champion, languages.
 */
MUST_USE enum err pack_parse_pages(struct str json, struct pack **out_pack,
                                   struct refusal *refusal);

#endif
