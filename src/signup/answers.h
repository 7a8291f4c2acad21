/*
 * What one patient has answered so far: a plain block of fixed size with no pointers, so that it
 * can live in one locked piece of memory, be copied with = and be wiped with one call. Texts stand
 * packed in its own arena; bytes that a shorter text leaves behind are zeroed at once.
 * While a field is being edited its text is as typed; answers_accept_page checks a page and stores
 * the canonical forms. A zeroed struct answers is empty and ready to use.
 */
#ifndef SIGNUP_ANSWERS_H
#define SIGNUP_ANSWERS_H

#include "signup/questionnaire.h"

#define ANSWERS_TEXT_BYTES 3072 /* all texts together; a record holds less than 4,096 bytes */
#define ANSWERS_PROBLEMS   32

enum answer_state {
    ANSWER_NOT_ASKED = 0, /* its page was never accepted and nothing is entered */
    ANSWER_SKIPPED,       /* asked, and left without an answer */
    ANSWER_DECLINED,      /* asked, and "Prefer not to say" chosen (option prefer-not-to-say) */
    ANSWER_GIVEN,
};

struct answer {
    uint64_t options; /* bit i: option i is chosen; booleans: bit 0 = false, bit 1 = true */
    uint16_t at;      /* text: place in the arena */
    uint16_t len;
    uint8_t skipped;
    uint8_t confirmed; /* the patient confirmed an unlikely answer (over 115) */
};

struct answers {
    struct answer of[LIMIT_ITEMS]; /* by item index */
    uint16_t text_used;
    char text[ANSWERS_TEXT_BYTES];
};

/* One thing to mend: the field and what is wrong. */
struct problem {
    int item;
    enum check check;
};

struct problems {
    int count;
    struct problem at[ANSWERS_PROBLEMS]; /* in the order of the form; further ones are not kept */
};

/* Empties everything and fills in the form's initial values. */
void answers_init(const struct questionnaire *q, struct answers *a);

/* --- one answer ------------------------------------------------------------------------- */

/*
 * Stores text as typed. ERR_LIMIT over LIMIT_ANSWER or when the arena is full, ERR_FORMAT where it
 * is not UTF-8 or the item takes no text; then nothing changed. On an open-choice it clears the
 * chosen option, unless the item repeats.
 */
MUST_USE enum err answers_set_text(const struct questionnaire *q, struct answers *a, int item,
                                   struct str text);
/* The text, valid until the next change of any answer. Empty where there is none. */
struct str answers_text(const struct answers *a, int item);
/* Chooses an option; clears others unless the item repeats; exclusive options as the form says. */
void answers_choose(const struct questionnaire *q, struct answers *a, int item, int option);
/* A touch on an option: repeats -> switches it; otherwise chooses it. */
void answers_toggle(const struct questionnaire *q, struct answers *a, int item, int option);
bool answers_chosen(const struct answers *a, int item, int option);
/* The only or first option chosen, or QUESTIONNAIRE_NONE. */
int answers_option(const struct answers *a, int item);
void answers_set_boolean(const struct questionnaire *q, struct answers *a, int item, bool value);
/* False where it is not answered. */
bool answers_boolean(const struct answers *a, int item);
/* A touch on the field's skip button: empties it and marks it skipped. */
void answers_skip(struct answers *a, int item);
/* "Yes, that is right" to CHECK_OVER_115. Any change of the text takes it back. */
void answers_confirm(struct answers *a, int item);
/* Empties it and forgets that it was skipped. */
void answers_clear(struct answers *a, int item);
enum answer_state answers_state(const struct questionnaire *q, const struct answers *a, int item);

/* --- the way through the form ----------------------------------------------------------- */

/*
 * Whether enableWhen of the item and of everything above it lets it be shown. An answer that is
 * itself on a closed item counts as not given.
 */
bool answers_enabled(const struct questionnaire *q, const struct answers *a, int item);
/* Open pages in order within sections of one kind; QUESTIONNAIRE_NONE at the end. A way-out page
   that is open is returned like any other: the journey ends on it, it has no next page. */
int answers_first_page(const struct questionnaire *q, const struct answers *a,
                       enum section_kind kind);
int answers_next_page(const struct questionnaire *q, const struct answers *a, int page);
int answers_previous_page(const struct questionnaire *q, const struct answers *a, int page);

/* "Question 5 of 9, part 1 of 2". Notices and ways out are no part: they count as the last one. */
struct progress {
    int section;
    int sections;
    int part;
    int parts;
};
struct progress answers_progress(const struct questionnaire *q, const struct answers *a, int page);

/* --- checking --------------------------------------------------------------------------- */

/* What is wrong on one open page; changes nothing. Closed and hidden fields are not looked at. */
void answers_check_page(const struct questionnaire *q, const struct answers *a, int page,
                        const struct check_context *context, struct problems *out_problems);
/*
 * Continue was touched. No problem: stores canonical forms, marks what was left empty as skipped
 * (an agreement: as no), derives, and returns true. Otherwise it only fills *out_problems.
 */
bool answers_accept_page(const struct questionnaire *q, struct answers *a, int page,
                         const struct check_context *context, struct problems *out_problems);
/*
 * All open pages of the form, and that no way out is open; the server runs it again on what
 * arrives. Equality pages that were never asked are fine.
 */
void answers_check_all(const struct questionnaire *q, const struct answers *a,
                       const struct check_context *context, struct problems *out_problems);
/* Fills the hidden derived fields: adult (by birth date) and the 2001 ethnic code. */
void answers_derive(const struct questionnaire *q, struct answers *a, struct date today);
/* The words for one problem: the field's own empty-message or check_message. A msgid. */
const char *problem_message(const struct questionnaire *q, struct problem problem);

/* --- showing ---------------------------------------------------------------------------- */

/* Looks up a msgid in the language shown (content/catalogue.h). */
typedef const char *answers_translate(void *context, const char *msgid);

/*
 * One field as a person reads it: option texts joined with ", ", "14 March 1958", "999 000 0018",
 * "07700 900417", a ticked agreement's label, a skipped field's skipped-text. Nothing is written
 * where there is no answer.
 */
void answers_display(const struct questionnaire *q, const struct answers *a, int item,
                     answers_translate *translate, void *context, struct buf *out);
/* A row of "Check your answers": the open fields of a page, names joined with a space, others
   with ", ". Short labels are used where there are any. What was typed stands in U+2068 .. U+2069,
   so that it keeps its own direction among words that run the other way. */
void answers_display_page(const struct questionnaire *q, const struct answers *a, int page,
                          answers_translate *translate, void *context, struct buf *out);
/* Open question and consent pages with a short-label, for "Check your answers"; returns how many.
 */
int answers_summary_pages(const struct questionnaire *q, const struct answers *a,
                          int out_pages[LIMIT_ITEMS]);

#endif
