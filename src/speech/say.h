/*
 * What to say for a scene: the same elements that the painter draws, put into words in reading
 * order, each with the element it belongs to, so that voice and picture keep together. Pure; it
 * knows no voice and no sound.
 *
 * An element says its label, what it is, its state and its value (WCAG 2.2, 4.1.2, for a screen
 * that no screen reader can look into). What a patient typed is said only to somebody who listens
 * alone (EN 301 549, 5.1.3.8 and 5.1.3.9); otherwise only how much is there.
 */
#ifndef SPEECH_SAY_H
#define SPEECH_SAY_H

#include "base/str.h"
#include "ui/scene.h"

/* One utterance with its end; the longest paragraph of a pack fits. */
enum { SPEECH_BYTES = 4096 };

struct speech {
    /* The words of the language shown, for a text marked N_ (`many` is NULL) or NP_. */
    const char *(*words)(void *context, const char *one, const char *many, int n);
    void *context;
    bool alone;   /* headphones: nobody else hears it */
    bool unnamed; /* a label is left out: the voice of its own language says it */
};

/* --- a screen: a list of elements ------------------------------------------------------------ */

/*
 * Where reading begins: at what is wrong, else at the progress or heading of the page, behind the
 * bar that is the same on every screen; in a dialog at its own beginning. -1: nothing to read.
 */
int speech_first(const struct scene *scene);
/* The next element after `element` that is read; -1 at the end. Keys are left to the focus. */
int speech_next(const struct scene *scene, int element);
/* The last element of the page itself, before the buttons of the bar below it; -1: none. */
int speech_last_words(const struct scene *scene);

/* --- utterances --------------------------------------------------------------------------------
 */

/* Appends what `element` (an index of the scene) says; nothing for a picture. */
void speech_of_element(const struct scene *scene, int element, const struct speech *speech,
                       struct buf *out);
/* Appends what a key says once it was pressed: itself to somebody alone, else only its kind. */
void speech_of_pressed(const struct element *key, const struct speech *speech, struct buf *out);
/* The same for text that came from a keyboard of the person's own. */
void speech_of_typed(struct str text, const struct speech *speech, struct buf *out);

/*
 * Does `text` name the element: is every word and number of its label (or of its fuller name)
 * there, in their order? For the test that voice and picture agree.
 */
bool speech_names(const struct element *element, const char *text);

#endif
