/*
 * The sign-up form: a strict subset of FHIR R4 Questionnaire (JSON), read once and never changed.
 * All items stand in one flat array in document order; an index into it names an item everywhere.
 * Anything outside the subset is refused by name and linkId with a remedy, never dropped.
 *
 * Our shape of a form, checked at load:
 *   level 0  group            = SECTION    section-kind about-you (numbered) or equality (optional)
 *   level 1  group            = PAGE       one screen; page-kind question, consent, notice,
 * way-out; its text is the heading level 2  question         = FIELD      boolean string text
 * integer decimal date choice open-choice display          = WORDS      itemControl "help": hint
 * under the heading; "prompt": tip below the fields; none: a paragraph Extensions of HL7 read:
 * minLength, regex, minValue, maxValue, questionnaire-hidden, questionnaire-itemControl,
 * questionnaire-choiceOrientation, questionnaire-optionExclusive. Ours, under
 * https://help-diabetes.example/fhir/ :
 *   section-kind (code), page-kind (code), field-kind (code, check.h), derived (code: adult,
 *   ethnic-2001; a hidden field that answers_derive fills),
 *   short-label (string; on a page: it has a row in "Check your answers"; on a field or option:
 * what that row says for it), skip-label (string; the field offers this button and wants an answer
 * or a touch on it), empty-message (string; what a patient reads when it has no answer), icon
 * (code, on WORDS and on an answerOption, where it may be two: "mail phone"), on an answerOption
 * second-line (string; also on a boolean) and done-page (code: the page of the pack that says what
 * happens next; the last one chosen counts). skipped-text (string): how a field that was left with
 * its skip button reads ("No fixed address").
 */
#ifndef SIGNUP_QUESTIONNAIRE_H
#define SIGNUP_QUESTIONNAIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "signup/check.h"

#define QUESTIONNAIRE_NONE (-1) /* no such item */

enum item_type {
    ITEM_GROUP,
    ITEM_DISPLAY,
    ITEM_BOOLEAN,
    ITEM_STRING,
    ITEM_TEXT,
    ITEM_INTEGER,
    ITEM_DECIMAL,
    ITEM_DATE,
    ITEM_CHOICE,
    ITEM_OPEN_CHOICE,
    ITEM_TYPE_COUNT
};

enum item_level { LEVEL_SECTION, LEVEL_PAGE, LEVEL_FIELD };

enum section_kind { SECTION_ABOUT_YOU, SECTION_EQUALITY };

enum page_kind {
    PAGE_QUESTION,
    PAGE_CONSENT, /* booleans, none ticked at first; a required one must be ticked to sign up */
    PAGE_NOTICE,  /* something to read, then on */
    PAGE_WAY_OUT, /* something to read; the journey ends here, kindly */
};

enum item_control {
    CONTROL_NONE,
    CONTROL_HELP,
    CONTROL_PROMPT,
    CONTROL_RADIO_BUTTON,
    CONTROL_CHECK_BOX,
};

enum derived_kind { DERIVED_NONE, DERIVED_ADULT, DERIVED_ETHNIC_2001 };

enum condition_operator { CONDITION_EQUAL, CONDITION_NOT_EQUAL, CONDITION_EXISTS };

/* One answer a patient may choose. Texts are English msgids. */
struct item_option {
    const char *code;
    const char *text;
    const char *second_line; /* NULL where it has none */
    const char *icon;        /* name of a picture in the pack, or NULL */
    const char *icon2;       /* of a second one, drawn before it, or NULL */
    const char *short_label; /* NULL: use text */
    const char *done_page;   /* id of a page of the pack, or NULL */
    bool exclusive;          /* chosen, it clears the others ("None of these") */
    bool initial;
};

/* One row of enableWhen. */
struct condition {
    int item; /* index of the question it looks at; always an earlier one */
    enum condition_operator operator;
    int option;       /* index in that item's options; for a boolean or exists 1 true, 0 false */
    const char *text; /* the answer it compares with where the question has no options */
};

/* Lowest or highest value, by the item's type; `set` false: no bound. */
struct bound {
    bool set;
    double number;
    struct date date;
};

struct item {
    const char *link_id;
    const char *text;   /* English msgid; "" where it has none */
    const char *prefix; /* or NULL */
    enum item_type type;
    enum item_level level;
    int parent; /* index or QUESTIONNAIRE_NONE */
    int end;    /* index just after its last descendant: children are parent + 1 .. end - 1 */
    bool required;
    bool repeats; /* choice, open-choice: several options may be chosen */
    bool hidden;
    bool horizontal; /* choiceOrientation */
    int min_length;  /* code points; 0: no bound */
    int max_length;
    struct bound min_value;
    struct bound max_value;
    const char *pattern; /* see signup/pattern.h; NULL: none */
    const char *initial; /* text, number, date, "true" or "false"; NULL: none */
    const struct item_option *options;
    int option_count;
    const struct condition *conditions;
    int condition_count;
    bool any_condition; /* enableBehavior any; all otherwise */
    enum section_kind section_kind;
    enum page_kind page_kind;
    enum field_kind field_kind;
    enum derived_kind derived;
    enum item_control control;
    const char *second_line; /* an agreement's smaller line below its text; NULL: none */
    const char *icon;        /* of a display's words; NULL: the page's usual one */
    const char *short_label;
    const char *skip_label;
    const char *skipped_text; /* only beside a skip-label; NULL: nothing */
    const char *empty_message;
};

struct questionnaire {
    const char *url;
    const char *version;
    const char *title;
    const struct item *items;
    int item_count;
};

/*
 * Reads a form. ERR_FORMAT (not JSON, or not this subset), ERR_LIMIT (over base/limits.h) or
 * ERR_MEMORY; *refusal names the linkId and the remedy.
 */
MUST_USE enum err questionnaire_parse(struct str json, struct questionnaire **out_questionnaire,
                                      struct refusal *refusal);
void questionnaire_destroy(struct questionnaire *q);

/* The item with this linkId, or QUESTIONNAIRE_NONE. */
int questionnaire_find(const struct questionnaire *q, const char *link_id);
int questionnaire_find_str(const struct questionnaire *q, struct str link_id);
/* The first field of this kind, or QUESTIONNAIRE_NONE. */
int questionnaire_find_kind(const struct questionnaire *q, enum field_kind kind);
/* The option with this code, or QUESTIONNAIRE_NONE. */
int item_find_option(const struct item *item, struct str code);
/* The page an item stands on (itself, for a page), or QUESTIONNAIRE_NONE for a section. */
int questionnaire_page_of(const struct questionnaire *q, int item);
/* The FHIR name: "open-choice". Never NULL. */
const char *item_type_name(enum item_type type);
bool item_is_question(const struct item *item); /* neither group nor display */

#endif
