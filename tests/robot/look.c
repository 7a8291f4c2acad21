/* Measures, listens and looks for the way out: see look.h. */
#include "look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "speech/say.h"
#include "ui/audit.h"
#include "ui/audit_pixels.h"

enum { FINDINGS_SHOWN = 8 };

static const struct scene *glass(const struct robot *r)
{
    return r->kiosk.app.scenes[r->kiosk.app.shown];
}

static void tell(struct robot *r, const char *name, const char *rule, int element, struct rect at)
{
    r->findings++;
    fprintf(stderr, "audit: %s: %s: %s \"%s\" at %d,%d %dx%d\n", name, rule,
            element < 0 ? "screen" : role_name(glass(r)->elements[element].role),
            element < 0 ? "" : glass(r)->elements[element].label, at.x, at.y, at.w, at.h);
}

static void tell_element(struct robot *r, const char *name, const char *rule, int element)
{
    tell(r, name, rule, element, glass(r)->elements[element].rect);
}

static void tell_all(struct robot *r, const char *name, const struct audit_finding *findings,
                     int count)
{
    for (int i = 0; i < count && i < FINDINGS_SHOWN; i++)
        tell(r, name, audit_rule_name(findings[i].rule), findings[i].element, findings[i].rect);
    if (count > FINDINGS_SHOWN)
        r->findings += count - FINDINGS_SHOWN;
}

static void measure(struct robot *r, const char *name)
{
    struct audit_finding findings[FINDINGS_SHOWN];
    const struct comfort *comfort = &r->kiosk.app.model.comfort;
    struct ui_settings screen = r->kiosk.app.screen;
    double px_per_mm = ui_px_per_mm(&screen);
    const struct audit_limits limits = {
        .target_px = (int)(20 * px_per_mm),
        .key_px = (int)(15 * px_per_mm),
        .em_px = comfort_is_largest(comfort->text_percent) ? (int)(7.3 / 0.714 * px_per_mm) : 0,
        .reach_px = comfort->low_reach ? ui_reach_px(&screen) : 0,
        .rtl = r->kiosk.app.model.language->right_to_left,
    };

    tell_all(r, name, findings, audit_scene(glass(r), &limits, findings, FINDINGS_SHOWN));
}

/* --- pixels -------------------------------------------------------------------------------------
 */

static struct audit_view view_of(const SDL_Surface *surface)
{
    return (struct audit_view){surface->pixels, surface->pitch / 4, surface->w, surface->h};
}

/* The scene that `vary` makes of the one on the glass, painted on a surface of the robot's own. */
static struct audit_view paint(struct robot *r, SDL_Surface **surface,
                               void (*vary)(const struct scene *scene, struct scene *out))
{
    const SDL_Surface *window = window_surface(r->kiosk.window);

    if (*surface == NULL)
        *surface =
            SDL_CreateRGBSurfaceWithFormat(0, window->w, window->h, 32, window->format->format);
    if (*surface == NULL) {
        fprintf(stderr, "robot: no memory for another picture\n");
        exit(1);
    }
    vary(glass(r), &r->varied);
    painter_paint(r->kiosk.painter, &r->varied, (struct rect){0, 0, window->w, window->h},
                  *surface);
    return view_of(*surface);
}

static void measure_pixels(struct robot *r, const char *name)
{
    struct audit_finding findings[FINDINGS_SHOWN];
    const struct audit_views views = {view_of(window_surface(r->kiosk.window)),
                                      paint(r, &r->bare, audit_bare_scene),
                                      paint(r, &r->turned, audit_turned_scene)};

    tell_all(r, name, findings, audit_pixels(glass(r), &views, findings, FINDINGS_SHOWN));
}

/* --- speech -------------------------------------------------------------------------------------
 */

static const char *words(void *context, const char *one, const char *many, int n)
{
    const struct catalogue *catalogue =
        ((struct robot *)context)->kiosk.app.model.language->catalogue;

    return many == NULL ? catalogue_get(catalogue, one)
                        : catalogue_plural(catalogue, one, many, (unsigned long)n);
}

static void say(struct robot *r, int element, char said[SPEECH_BYTES])
{
    const struct speech speech = {.words = words, .context = r};
    struct buf out;

    buf_init(&out, said, SPEECH_BYTES);
    speech_of_element(glass(r), element, &speech, &out);
}

/* Whatever can have the focus says what it is. */
static void listen_to_stops(struct robot *r, const char *name)
{
    char said[SPEECH_BYTES];

    for (int i = 0; i < glass(r)->element_count; i++) {
        const struct element *element = &glass(r)->elements[i];
        if (!element->target && !scene_is_stop(element))
            continue;
        say(r, i, said);
        if (!speech_names(element, said))
            tell_element(r, name, "missing speech", i);
    }
}

static bool is_words(const struct element *element)
{
    return element->role == ROLE_HEADING || element->role == ROLE_TEXT ||
           element->role == ROLE_PROGRESS || element->role == ROLE_ERROR;
}

/*
 * Where reading must begin at the latest: the bar's name stands first on every screen and is not
 * said on each; and where something is wrong, what stands above it was read before it was.
 */
static int first_to_hear(const struct scene *scene)
{
    int first = speech_first(scene);

    if (first >= 0 && (scene->elements[first].role == ROLE_ERROR_SUMMARY ||
                       scene->elements[first].role == ROLE_ERROR))
        return first;
    return scene->modal_from >= 0 ? scene->modal_from : 1;
}

/* Whoever has the screen read to them hears all its words: each by itself, or as a field's. */
static void listen_to_words(struct robot *r, const char *name)
{
    const struct scene *scene = glass(r);
    bool heard[SCENE_ELEMENTS] = {false};
    char said[SPEECH_BYTES];

    for (int at = speech_first(scene); at >= 0; at = speech_next(scene, at)) {
        say(r, at, said);
        for (int i = 0; i < scene->element_count; i++)
            heard[i] = heard[i] ||
                       (is_words(&scene->elements[i]) && speech_names(&scene->elements[i], said));
    }
    for (int i = first_to_hear(scene); i < scene->element_count; i++) {
        if (is_words(&scene->elements[i]) && !heard[i])
            tell_element(r, name, "not read aloud", i);
    }
}

/* --- the way out --------------------------------------------------------------------------------
 */

/* Whoever wants to go finds on every screen of a session the one control that clears it. */
static void look_for_way_out(struct robot *r, const char *name)
{
    const struct model *m = &r->kiosk.app.model;
    /* While it is saved nothing is left to clear; who was signed up is done after these. */
    bool waits = m->screen == SCREEN_SAVING;
    bool finishes = m->confirmed && (robot_has(r, ID_SKIP, 0) || robot_has(r, ID_CONTINUE, 0));

    /* Nothing of a patient's is there before a code opens it, nor on the staff panel. */
    bool nobody = m->screen == SCREEN_CODE || m->screen >= SCREEN_STAFF_PIN;

    if (!model_in_session(m) || nobody || m->dialog != DIALOG_NONE || waits || finishes ||
        robot_has(r, ID_START_AGAIN, 0) || robot_has(r, ID_FINISH, 0))
        return;
    tell(r, name, "nothing finishes and clears", -1,
         (struct rect){0, 0, glass(r)->width_px, glass(r)->height_px});
}

void look_at(struct robot *r, const char *name)
{
    measure(r, name);
    measure_pixels(r, name);
    listen_to_stops(r, name);
    listen_to_words(r, name);
    look_for_way_out(r, name);
}
