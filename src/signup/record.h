/*
 * A sign-up as it is sealed and sent: one canonical JSON text (keys sorted, no white space, one way
 * to write each value), written straight into the caller's locked memory with no copy on the heap:
 *   {"answers":{linkId:value,...},"consent":{"language","read_aloud","version"},
 *    "form":{"url","version"},"kiosk","made_at","mode","practice","record","schema":1,"type":"signup"}
 * A value is a text, true or false, a list of option codes where the item repeats, {"text":...} for
 * the free words of an open-choice, or null for asked and skipped. What was not asked, or stands on
 * a closed item, is left out. Decoding is strict: bytes that would not be written the same again
 * are refused. Texts of a refusal name linkIds, never answers.
 * The consent's version names the words that were agreed to: the form's version, a hyphen and the
 * first 8 hexadecimal digits of a sha256 over the English texts of the consent page and the privacy
 * notice, so that it can't stay the same when a word changes (content/pack.h). Its language is the
 * one shown when the consent page was accepted.
 */
#ifndef SIGNUP_RECORD_H
#define SIGNUP_RECORD_H

#include "signup/answers.h"

#define RECORD_SCHEMA    1
#define RECORD_ID_SIZE   37 /* "6f1c2f0e-....", lower case, and the final 0 */
#define RECORD_CODE_SIZE 65 /* kiosk id, practice code, version, language */
#define RECORD_URL_SIZE  257

enum filled_in_by { FILLED_IN_ALONE, FILLED_IN_STAFF, FILLED_IN_FRIEND };

/* The evidence of what was agreed to: which words, in which language, read aloud or not. */
struct consent {
    char version[RECORD_CODE_SIZE];  /* of the words: see above */
    char language[RECORD_CODE_SIZE]; /* BCP 47, as shown on the consent page: "en" */
    bool read_aloud;
};

struct record_header {
    char id[RECORD_ID_SIZE];         /* random UUID */
    char kiosk[RECORD_CODE_SIZE];    /* kiosk id: letters, digits, hyphens */
    char practice[RECORD_CODE_SIZE]; /* ODS code */
    int64_t made_at_ms;              /* the kiosk's wall clock: a claim */
    enum filled_in_by mode;          /* decode fills it; encode takes the form's answer where it has
                                        a filled-in-by question, and this otherwise */
    struct consent consent;
};

struct record {
    struct record_header header;
    struct answers answers;
};

/* ERR_LIMIT where it does not fit `out` or LIMIT_RECORD; ERR_FORMAT where a header text is empty
   or has a character that such a text never has. */
MUST_USE enum err record_encode(const struct record_header *header, const struct questionnaire *q,
                                const struct answers *answers, struct buf *out);
/*
 * ERR_FORMAT: not canonical, an unknown linkId, a wrong type or option, or an answer on a closed
 * item; ERR_VERSION: a newer schema, or another form or version of it than q; ERR_LIMIT: too large.
 * Does not run the checks: see answers_check_all.
 */
MUST_USE enum err record_decode(struct str bytes, const struct questionnaire *q,
                                struct record *out_record, struct refusal *refusal);
/* The form that a record was made with, read without the form: for choosing the right one. */
MUST_USE enum err record_form(struct str bytes, char out_url[RECORD_URL_SIZE],
                              char out_version[RECORD_CODE_SIZE]);
/* "alone", "staff", "friend". */
const char *filled_in_by_code(enum filled_in_by mode);

/*
 * The same sign-up as FHIR R4 QuestionnaireResponse (JSON, compact) and back: what we add to it
 * stands in extensions under https://help-diabetes.example/fhir/. record -> response -> record is
 * identical.
 */
MUST_USE enum err record_to_questionnaire_response(const struct record *record,
                                                   const struct questionnaire *q, struct buf *out);
MUST_USE enum err record_from_questionnaire_response(struct str json, const struct questionnaire *q,
                                                     struct record *out_record,
                                                     struct refusal *refusal);

#endif
