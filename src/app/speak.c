/* Changes of the glass put into utterances: see speak.h. */
#include "app/speak.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/block.h"
#include "app/update.h"
#include "base/words.h"
#include "screens/journey.h"
#include "speech/say.h"
#include "speech/voice.h"
#include "ui/keyboard.h"

/* Of the usual speed: half to twice of it in 8 steps (VVSG 2.0, 7.1: 6 to 8 of them). */
static const int speed_percent[SPEED_STEPS] = {50, 65, 80, 100, 120, 145, 170, 200};

static bool is_on(const struct model *m)
{
    return m->listening.offered && m->listening.on;
}

static bool has_headphones(const struct speak_settings *settings)
{
    return settings->headphones || settings->plugged;
}

static const char *words(void *context, const char *one, const char *many, int n)
{
    const struct model *m = context;
    const struct catalogue *catalogue = m->language->catalogue;

    return many == NULL ? catalogue_get(catalogue, one)
                        : catalogue_plural(catalogue, one, many, (unsigned long)n);
}

static struct speech speech_of(struct app *app)
{
    return (struct speech){
        .words = words, .context = &app->model, .alone = app->model.listening.headphones};
}

/* The label of an element that stands for a language, where that has a voice of its own. */
static struct speak_name name_of(const struct model *m, const struct element *element)
{
    const struct element_id id = element->id;

    if ((id.what != ID_LANGUAGE && id.what != ID_BEGIN) || id.which < 0)
        return (struct speak_name){0};
    const struct pack_language *language = &m->pack->languages[id.which];
    if (language == m->language || language->voice == NULL)
        return (struct speak_name){0};
    return (struct speak_name){element->label, language->voice};
}

/* --- saying ------------------------------------------------------------------------------------
 */

void speak_hush(struct app *app)
{
    struct speak *s = &app->speak;

    if (s->said)
        s->stop = true;
    s->said = false;
    s->waiting = false;
    s->sampling = false;
    s->reading = false;
    s->name = (struct speak_name){0};
    memset(s->notes, 0, sizeof s->notes);
    s->element = -1;
    sodium_memzero(app->block->utterance, sizeof app->block->utterance);
}

static void read_screen(struct app *app, const struct scene *scene)
{
    struct speak *s = &app->speak;

    speak_hush(app);
    s->next = speech_first(scene);
    s->reading = s->next >= 0;
    s->whole = app->model.problems.count == 0;
}

/* An utterance of its own, begun with begin_words and ended with say_words. */
static struct buf begin_words(struct app *app)
{
    struct buf out;

    buf_init(&out, app->block->next_words, sizeof app->block->next_words);
    return out;
}

static void say_words(struct app *app, const struct buf *out, struct speak_name name)
{
    if (out->len == 0)
        return;
    speak_hush(app);
    app->speak.name = name;
    /* What does not fit is cut: a voice that breaks off says that there is more. */
    memcpy(app->block->utterance, app->block->next_words, sizeof app->block->utterance);
    app->speak.waiting = true;
}

static void add_sentence(struct buf *out, const char *text)
{
    if (text[0] == '\0')
        return;
    if (out->len > 0)
        buf_add_text(out, ". ");
    buf_add_text(out, text);
}

static void add_counted(struct buf *out, const char *text, int n, int count)
{
    char digits[2][12];

    snprintf(digits[0], sizeof digits[0], "%d", n);
    snprintf(digits[1], sizeof digits[1], "%d", count);
    buf_add_filled(out, text, (const char *const[]){"n", digits[0], "count", digits[1], NULL});
}

/* Where it is the first that is said, the name of a language is left to *io_name. */
static void add_element(struct app *app, const struct scene *scene, struct element_id id,
                        struct buf *out, struct speak_name *io_name)
{
    const struct element *element = scene_find(scene, id);
    struct buf said;
    char *memory = app->block->one_element;

    if (element == NULL)
        return;
    struct speech speech = speech_of(app);
    if (out->len == 0)
        *io_name = name_of(&app->model, element);
    speech.unnamed = out->len == 0 && io_name->label != NULL;
    buf_init(&said, memory, sizeof app->block->one_element);
    speech_of_element(scene, (int)(element - scene->elements), &speech, &said);
    add_sentence(out, memory);
    sodium_memzero(memory, sizeof app->block->one_element);
}

/* --- a sample ----------------------------------------------------------------------------------
 */

void speak_sample(struct app *app, const char *text)
{
    app->speak.sample = text;
}

/* English where nothing speaks the language shown; NULL where nothing speaks at all. */
static const char *sample_voice(const struct model *m)
{
    const char *voice = voice_for(m->language->code);

    if (m->loudspeaker == LOUDSPEAKER_BEEPS)
        return NULL;
    return voice != NULL ? voice : voice_for("en");
}

/* Before whatever else is new: a screen that is read goes on behind it. */
static void say_sample(struct app *app)
{
    struct speak *s = &app->speak;
    bool translated = voice_for(app->model.language->code) != NULL;
    struct buf out;

    buf_init(&out, app->block->utterance, sizeof app->block->utterance);
    buf_add_text(&out, translated ? words(&app->model, s->sample, NULL, 0) : s->sample);
    s->sample = NULL;
    s->name = (struct speak_name){0};
    s->waiting = true;
    s->sampling = true;
}

/* --- controls ---------------------------------------------------------------------------------
 */

static void step(int *at, int by, int most)
{
    int to = *at + by;

    if (to >= 1 && to <= most)
        *at = to;
}

bool speak_touch(struct app *app, struct element_id id)
{
    struct listening *listening = &app->model.listening;

    switch (id.what) {
    case ID_LISTEN:
        listening->on = !listening->on;
        return true;
    case ID_SLOWER:
        step(&listening->speed, -1, SPEED_STEPS);
        return true;
    case ID_FASTER:
        step(&listening->speed, 1, SPEED_STEPS);
        return true;
    case ID_SOFTER:
        step(&listening->volume, -1, VOLUME_STEPS);
        return true;
    case ID_LOUDER:
        step(&listening->volume, 1, VOLUME_STEPS);
        return true;
    case ID_HEADPHONES:
        listening->headphones = !listening->headphones;
        return true;
    case ID_REPEAT:
        return true;
    default:
        return false;
    }
}

/* What a control of speech says once it was touched: in its new loudness and speed. */
static void add_control(struct app *app, struct element_id id, struct buf *out)
{
    const struct listening *listening = &app->model.listening;

    switch (id.what) {
    case ID_SLOWER:
    case ID_FASTER:
        add_counted(out, words(&app->model, N_("Speed {n} of {count}"), NULL, 0), listening->speed,
                    SPEED_STEPS);
        break;
    case ID_SOFTER:
    case ID_LOUDER:
        add_counted(out, words(&app->model, N_("Volume {n} of {count}"), NULL, 0),
                    listening->volume, VOLUME_STEPS);
        break;
    case ID_HEADPHONES:
        buf_add_text(
            out, listening->headphones
                     ? words(&app->model, N_("What you type is read out from now on."), NULL, 0)
                     : words(&app->model, N_("What you type is not read out any more."), NULL, 0));
        break;
    default:
        break;
    }
}

void speak_note_touch(struct app *app)
{
    app->speak.touched = true;
}

void speak_note_typed(struct app *app, struct str text)
{
    struct buf typed;

    buf_init(&typed, app->block->typed, sizeof app->block->typed);
    buf_add(&typed, text);
    app->speak.typed = true;
}

/* --- the look ----------------------------------------------------------------------------------
 */

static struct speak_place place_of(const struct model *m)
{
    return (struct speak_place){.screen = m->screen,
                                .dialog = m->dialog,
                                .page = m->page,
                                .about = m->about,
                                .sheet = m->sheet,
                                .wrong = m->problems.count > 0,
                                .language = m->language};
}

/* What was wrong and is not any more changes no place: somebody is mending it. */
static bool same_place(const struct speak_place *now, const struct speak_place *before)
{
    return now->screen == before->screen && now->dialog == before->dialog &&
           now->page == before->page && now->about == before->about &&
           now->sheet == before->sheet && now->language == before->language &&
           (before->wrong || !now->wrong);
}

static const char *value_of(const struct scene *scene, int field, int part)
{
    const struct element *element =
        scene_find(scene, (struct element_id){ID_FIELD, field * 4 + part});

    return element == NULL || element->value == NULL ? "" : element->value;
}

static bool is_typing_key(struct element_id id)
{
    return id.what == ID_KEY && (id.which < KEY_SHIFT || id.which >= KEY_ENDING);
}

/* What a key or a keyboard did to the field that had the caret. */
static void add_typed(struct app *app, const struct scene *before, const struct scene *after,
                      struct buf *out)
{
    struct speak *s = &app->speak;
    struct speech speech = speech_of(app);
    const char *was = value_of(before, s->field, s->part);
    const char *is = value_of(after, s->field, s->part);
    const struct element *key = scene_find(before, app->acted);
    bool key_typed = s->touched && is_typing_key(app->acted);

    if (s->field == QUESTIONNAIRE_NONE) {
        /* A code or PIN is no answer, and no more for others to hear. */
        if (key_typed && key != NULL)
            speech_of_pressed(key, &speech, out);
        return;
    }
    if (strlen(is) < strlen(was))
        buf_add_text(out, words(&app->model, N_("Deleted"), NULL, 0));
    else if (strcmp(is, was) == 0 && (s->typed || key_typed))
        buf_add_text(out, words(&app->model, N_("Not entered"), NULL, 0));
    else if (s->typed)
        speech_of_typed(str_of(app->block->typed), &speech, out);
    else if (key_typed && key != NULL)
        speech_of_pressed(key, &speech, out);
}

static void add_seconds(struct app *app, struct buf *out)
{
    int seconds = app->model.seconds_left;

    if (seconds == app->speak.seconds || (seconds != 30 && seconds != 10))
        return;
    buf_add_filled(out, words(&app->model, NP_("{n} second left", "{n} seconds left"), seconds),
                   (const char *const[]){"n", seconds == 10 ? "10" : "30", NULL});
}

/* The same place as before: what became of it? */
static void say_change(struct app *app, const struct scene *before, const struct scene *after)
{
    struct speak *s = &app->speak;
    const struct model *m = &app->model;
    struct buf out = begin_words(app);
    struct speak_name name = {0};
    bool moved = m->field != s->field || m->part != s->part;

    add_typed(app, before, after, &out);
    if (s->touched && out.len == 0) {
        add_control(app, app->acted, &out);
        if (out.len == 0 && !moved)
            add_element(app, after, app->acted, &out, &name);
    }
    if (moved && m->field != QUESTIONNAIRE_NONE)
        add_element(app, after, (struct element_id){ID_FIELD, m->field * 4 + m->part}, &out, &name);
    else if (app->focus.what >= 0 && !element_id_equal(app->focus, s->focus))
        add_element(app, after, app->focus, &out, &name);
    if (out.len == 0)
        add_seconds(app, &out);
    say_words(app, &out, name);
    sodium_memzero(app->block->next_words, sizeof app->block->next_words);
}

/* "Continue" that did not continue says again why; "Repeat" says it all again. */
static bool reads_again(const struct app *app)
{
    int what = app->acted.what;

    return app->speak.touched &&
           (what == ID_REPEAT || (what == ID_CONTINUE && app->model.problems.count > 0));
}

/* How to go on, with what they hold: EN 301 549, 5.1.3.1 asks that nobody needs to see for it. */
static const char *const ways_on[] = {
    [HAND_TOUCH] = NULL,
    [HAND_KEYPAD] = N_("Go on with Down and back with Up. Choose with Enter."),
    [HAND_KEYBOARD] = N_("Go on with the Tab key. Choose with Enter. Type with the letters."),
    [HAND_SWITCH] = N_("Press Next to go on. Press Choose to choose."),
};

/* What is said once, where it is needed first. */
static void note_first(struct app *app)
{
    struct speak *s = &app->speak;

    if (!s->was_on)
        s->notes[0] = app->hand == HAND_SWITCH && app->model.scan.mode == SCAN_AUTOMATIC
                          ? N_("Press when you hear what you want.")
                          : ways_on[app->hand];
    if (s->hinted || app->model.field == QUESTIONNAIRE_NONE || app->model.listening.headphones)
        return;
    s->hinted = true;
    s->notes[1] =
        N_("What you type is not read out. With headphones, choose Headphones to hear it.");
}

void speak_look(struct app *app, const struct scene *before, const struct scene *after)
{
    struct speak *s = &app->speak;
    const struct model *m = &app->model;
    struct speak_place place = place_of(m);

    if (!is_on(m)) {
        if (s->was_on)
            speak_hush(app);
    } else if (!s->was_on || !same_place(&place, &s->place) || reads_again(app)) {
        read_screen(app, after);
        note_first(app);
    } else {
        say_change(app, before, after);
    }
    if (s->sample != NULL)
        say_sample(app);
    s->was_on = is_on(m);
    s->place = place;
    s->focus = app->focus;
    s->field = m->field;
    s->part = m->part;
    s->seconds = m->seconds_left;
    s->touched = false;
    s->typed = false;
    sodium_memzero(app->block->typed, sizeof app->block->typed);
}

void speak_prepare(struct app *app)
{
    struct model *m = &app->model;

    m->listening.offered = app->speak.settings.offered && voice_for(m->language->code) != NULL;
}

int speak_element(const struct app *app)
{
    return app->speak.element;
}

void speak_reset(struct app *app)
{
    struct speak *s = &app->speak;
    struct speak_settings settings = s->settings;
    bool stop = s->stop || s->said;

    *s = (struct speak){.settings = settings,
                        .element = -1,
                        .next = -1,
                        .focus = UI_NONE,
                        .field = QUESTIONNAIRE_NONE,
                        .stop = stop};
    app->model.listening = (struct listening){.headphones = has_headphones(&settings),
                                              .volume = app->model.site.volume,
                                              .speed = SPEED_USUAL};
}

/* --- for the outside --------------------------------------------------------------------------
 */

void app_speech(struct app *app, const struct speak_settings *settings)
{
    app->speak.settings = *settings;
    app->model.loudspeaker = settings->offered ? LOUDSPEAKER_SPEAKS : LOUDSPEAKER_OFF;
    if (!app->model.listening.on)
        speak_reset(app);
}

bool app_speaks(const struct app *app)
{
    return app->model.listening.on || app->speak.sampling;
}

void app_speechless(struct app *app, enum loudspeaker left)
{
    app->speak.settings.offered = false;
    app->model.loudspeaker = left;
    speak_hush(app);
}

void app_plug(struct app *app, bool plugged, int64_t now_ms)
{
    struct speak *s = &app->speak;
    struct model *m = &app->model;

    if (plugged == s->settings.plugged)
        return;
    s->settings.plugged = plugged;
    m->listening.headphones = has_headphones(&s->settings);
    if (!plugged)
        speak_hush(app);
    if (model_is_home(m->screen))
        m->listening.on = plugged && m->listening.offered;
    /* Whoever plugs in again is told where they are. */
    if (plugged)
        s->was_on = false;
    m->dimmed = false;
    if (m->dialog != DIALOG_STILL_THERE)
        app->seen_ms = now_ms;
}

bool app_hushes(struct app *app)
{
    bool stop = app->speak.stop;

    app->speak.stop = false;
    return stop;
}

/* Before the screen is read. */
static bool take_note(struct app *app)
{
    struct speak *s = &app->speak;

    for (int i = 0; i < SPEAK_NOTES; i++) {
        if (s->notes[i] == NULL)
            continue;
        snprintf(app->block->utterance, sizeof app->block->utterance, "%s",
                 words(&app->model, s->notes[i], NULL, 0));
        s->notes[i] = NULL;
        s->name = (struct speak_name){0};
        s->element = -1;
        return true;
    }
    return false;
}

/* Composes what the next element says; one that says nothing is passed over. */
static bool compose(struct app *app)
{
    struct speak *s = &app->speak;
    const struct scene *scene = app_glass(app);
    struct buf out;

    while (s->next >= 0 && s->next < scene->element_count) {
        s->element = s->next;
        s->next = speech_next(scene, s->next);
        struct speech speech = speech_of(app);
        s->name = name_of(&app->model, &scene->elements[s->element]);
        speech.unnamed = s->name.label != NULL;
        buf_init(&out, app->block->utterance, sizeof app->block->utterance);
        speech_of_element(scene, s->element, &speech, &out);
        if (out.len > 0)
            return true;
    }
    s->reading = false;
    s->element = -1;
    return false;
}

bool app_next_utterance(struct app *app, struct utterance *out_utterance)
{
    struct speak *s = &app->speak;
    const struct model *m = &app->model;

    if (s->said || !(is_on(m) || s->sampling) ||
        !(s->waiting || (s->reading && (take_note(app) || compose(app)))))
        return false;
    int rate = s->settings.words_a_minute * speed_percent[m->listening.speed - 1] / 100;
    s->waiting = false;
    s->said = true;
    *out_utterance =
        (struct utterance){.name = s->name.label,
                           .name_voice = s->name.voice,
                           .text = app->block->utterance,
                           .voice = s->sampling ? sample_voice(m) : voice_for(m->language->code),
                           .words_a_minute = rate < VOICE_SLOWEST   ? VOICE_SLOWEST
                                             : rate > VOICE_FASTEST ? VOICE_FASTEST
                                                                    : rate,
                           .volume = m->listening.volume};
    return true;
}

/* The agreements were read to their end on this sheet: evidence, where all sheets were. */
static void note_agreements(struct app *app)
{
    struct model *m = &app->model;
    struct heard *heard = &m->heard;

    if (m->screen != SCREEN_PAGE || m->dialog != DIALOG_NONE ||
        journey_page(m)->page_kind != PAGE_CONSENT)
        return;
    if (heard->of != m->sheets || heard->language != m->language ||
        heard->text_percent != m->comfort.text_percent)
        *heard = (struct heard){
            .of = m->sheets, .language = m->language, .text_percent = m->comfort.text_percent};
    heard->sheets |= 1U << m->sheet;
}

void app_heard(struct app *app, int64_t now_ms)
{
    struct speak *s = &app->speak;

    s->said = false;
    s->sampling = false;
    if (s->reading && s->whole && s->element >= 0 &&
        s->element == speech_last_words(app_glass(app)))
        note_agreements(app);
    if (!s->reading || s->next < 0)
        s->element = -1;
    if (s->next < 0)
        s->reading = false;
    /* No clock runs while something is being said: who listens can't act yet. */
    if (app->model.dialog != DIALOG_STILL_THERE)
        app->seen_ms = now_ms;
    if (app->second_ms != INT64_MAX)
        app->second_ms = now_ms + 1000;
}
