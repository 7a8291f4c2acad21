/* Finds, touches, types, looks: see robot.h. */
#include "robot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/update.h"
#include "base/log.h"
#include "look.h"
#include "sdl/input.h"
#include "ui/keyboard.h"

static int64_t robot_monotonic(void *context)
{
    struct robot *r = context;

    return ++r->clock_ms;
}

static int64_t robot_wall(void *context)
{
    (void)context;
    return env_wall_ms(&env_system);
}

static void robot_random(void *context, void *out_bytes, size_t size)
{
    (void)context;
    env_random(&env_system, out_bytes, size);
}

static const struct scene *glass(const struct robot *r)
{
    return r->kiosk.app.scenes[r->kiosk.app.shown];
}

void robot_say(const struct robot *r)
{
    for (int i = 0; i < glass(r)->element_count; i++) {
        const struct element *element = &glass(r)->elements[i];
        if (element->role != ROLE_KEY)
            fprintf(stderr, "  %s: %s\n", role_name(element->role), element->label);
    }
}

static void fail(struct robot *r, const char *what, const char *words)
{
    fprintf(stderr, "robot: %s \"%s\"; the screen says:\n", what, words);
    robot_say(r);
    if (r->shots != NULL)
        robot_shot(r, "failed");
    exit(1);
}

void robot_start(struct robot *r, const struct config *config, const char *shots)
{
    struct refusal refusal = {0};

    /* Nobody has to hear it. */
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    *r = (struct robot){.shots = shots, .clock_ms = 1000000};
    r->env = (struct env){r, robot_monotonic, robot_wall, robot_random};
    if (kiosk_init(&r->kiosk, config, &r->env, &refusal) != ERR_OK) {
        refusal_print(&refusal, "robot", stderr);
        exit(1);
    }
    for (int i = 0; i < 100 && r->kiosk.app.model.device.readiness == READY_WAITING; i++)
        kiosk_turn(&r->kiosk, 20);
    kiosk_show(&r->kiosk);
}

void robot_finish(struct robot *r)
{
    SDL_FreeSurface(r->bare);
    SDL_FreeSurface(r->turned);
    kiosk_finish(&r->kiosk);
}

/* Where the robot listens, the picture shows the second thing that is read. Without its hand, which
   would take the focus elsewhere. */
static void read_aloud(struct robot *r)
{
    struct app *app = &r->kiosk.app;
    struct utterance utterance;
    struct effects effects = {0};

    if (glass(r)->modal_from >= 0 ||
        scene_find(glass(r), (struct element_id){ID_REPEAT, 0}) == NULL)
        return;
    app_activate(app, (struct element_id){ID_REPEAT, 0}, r->clock_ms, &effects);
    kiosk_show(&r->kiosk);
    for (int i = 0; i < 2 && app_next_utterance(app, &utterance); i++)
        if (i == 0)
            app_heard(app, r->clock_ms);
    kiosk_show(&r->kiosk);
}

void robot_shot(struct robot *r, const char *name)
{
    char path[512];

    kiosk_show(&r->kiosk);
    read_aloud(r);
    look_at(r, name);
    if (r->shots == NULL)
        return;
    snprintf(path, sizeof path, "%s/%02d-%s.png", r->shots, ++r->shot, name);
    if (window_screenshot(r->kiosk.window, path) != ERR_OK) {
        fprintf(stderr, "robot: can't write %s\n", path);
        exit(1);
    }
}

/* --- what it acts with --------------------------------------------------------------------------
 */

static void press_key(struct robot *r, enum input_key key)
{
    struct input input = {.kind = INPUT_KEY, .key = key};

    r->clock_ms += 600;
    r->touches++;
    kiosk_take(&r->kiosk, &input);
    kiosk_show(&r->kiosk);
}

static void press_enter(struct robot *r)
{
    press_key(r, r->hand == ROBOT_HAS_KEYPAD ? INPUT_KEY_ENTER : INPUT_KEY_SWITCH_CHOOSE);
}

/* The first time that something of a kind has the focus, it is photographed. */
static void look_at_ring(struct robot *r)
{
    const struct element *element = scene_find(glass(r), r->kiosk.app.focus);
    char name[64];

    if (element == NULL) {
        fail(r, "lost", "the focus");
        return;
    }
    unsigned long long bit = 1ull << (element->role == ROLE_KEYS ? 0 : element->id.what);
    if ((r->ringed & bit) != 0)
        return;
    r->ringed |= bit;
    snprintf(name, sizeof name, "focus-%d-%s", element->id.what, role_name(element->role));
    for (char *c = name; *c != '\0'; c++)
        *c = *c == ' ' ? '-' : *c;
    robot_shot(r, name);
}

static void walk_to(struct robot *r, struct element_id id)
{
    for (int i = 0; !element_id_equal(r->kiosk.app.focus, id); i++) {
        if (i == 300)
            fail(r, "can't go to", scene_find(glass(r), id)->label);
        press_key(r, r->hand == ROBOT_HAS_KEYPAD ? INPUT_KEY_DOWN : INPUT_KEY_SWITCH_NEXT);
        look_at_ring(r);
    }
}

/* Goes there, into a row of keys where it stands in one, and presses it. */
static void reach(struct robot *r, struct element_id id)
{
    const struct element *row = scene_focus_out(glass(r), id);
    const struct element *in = scene_focus_out(glass(r), r->kiosk.app.focus);

    if (row != NULL &&
        (row != in || scene_find(glass(r), id) < scene_find(glass(r), r->kiosk.app.focus))) {
        struct element_id head = row->id;
        if (in != NULL && r->hand == ROBOT_HAS_KEYPAD)
            press_key(r, INPUT_KEY_CANCEL);
        walk_to(r, head);
        press_enter(r);
    }
    walk_to(r, id);
    press_enter(r);
}

static void set_scan(struct robot *r, enum scan_mode mode)
{
    app_set_reach(&r->kiosk.app, &(struct reach){.scan = {mode, SCAN_USUAL_MS}});
}

void robot_take_hand(struct robot *r, enum robot_hand hand)
{
    r->hand = hand;
    if (hand != ROBOT_HAS_SWITCHES)
        return;
    /* What one switch is shown first; then on with two, for this clock stands still. */
    set_scan(r, SCAN_AUTOMATIC);
    press_enter(r);
    robot_shot(r, "switches");
    set_scan(r, SCAN_MANUAL);
    reach(r, (struct element_id){ID_CONTINUE, 0});
}

static void tap(struct robot *r, struct rect rect)
{
    struct input input = {.kind = INPUT_PRESS, .x = rect.x + rect.w / 2, .y = rect.y + rect.h / 2};

    r->clock_ms += 600; /* a second touch within half a second would be taken for a slip */
    r->touches++;
    kiosk_take(&r->kiosk, &input);
    kiosk_show(&r->kiosk);
    input.kind = INPUT_RELEASE;
    kiosk_take(&r->kiosk, &input);
    kiosk_show(&r->kiosk);
}

static void use(struct robot *r, const struct element *element)
{
    if (r->hand == ROBOT_TOUCHES)
        tap(r, element->rect);
    else
        reach(r, element->id);
}

void robot_touch(struct robot *r, enum role role, const char *label)
{
    const struct element *element = scene_find_label(glass(r), role, label);

    if (element == NULL)
        fail(r, "can't find", label);
    else
        use(r, element);
}

void robot_touch_id(struct robot *r, int what, int which)
{
    const struct element *element = scene_find(glass(r), (struct element_id){what, which});

    if (element == NULL)
        fail(r, "can't find", "an id");
    else
        use(r, element);
}

bool robot_finds(const struct robot *r, int what, int which)
{
    return scene_find(glass(r), (struct element_id){what, which}) != NULL;
}

bool robot_has(const struct robot *r, int what, int which)
{
    return scene_find(glass(r), (struct element_id){what, which}) != NULL;
}

static bool has_key(const struct robot *r, uint32_t code)
{
    return robot_has(r, ID_KEY, (int)code);
}

static uint32_t other_case(uint32_t code)
{
    if (code >= 'a' && code <= 'z')
        return code - 32;
    if (code >= 'A' && code <= 'Z')
        return code + 32;
    if (code >= 0xC0 && code <= 0xDE)
        return code + 32;
    return code >= 0xE0 && code <= 0xFE ? code - 32 : code;
}

void robot_type_code(struct robot *r, uint32_t code)
{
    for (int page = 1; page < KEYBOARD_NAME_PAGES; page++) {
        if (!has_key(r, code) && !has_key(r, other_case(code)))
            robot_touch_id(r, ID_KEY, KEY_ACCENTS);
    }
    if (!has_key(r, code) && has_key(r, other_case(code)))
        robot_touch_id(r, ID_KEY, KEY_SHIFT);
    robot_touch_id(r, ID_KEY, (int)code);
}

void robot_type(struct robot *r, const char *text)
{
    struct str rest = str_of(text);

    while (rest.len > 0)
        robot_type_code(r, str_next_code_point(&rest));
}

bool robot_sees(const struct robot *r, enum role role, const char *label)
{
    return scene_find_label(glass(r), role, label) != NULL;
}

void robot_expect(struct robot *r, enum role role, const char *label)
{
    if (!robot_sees(r, role, label))
        fail(r, "expected", label);
}

void robot_wait_ms(struct robot *r, int64_t ms)
{
    for (int64_t end = r->clock_ms + ms; r->clock_ms < end; r->clock_ms += 100)
        kiosk_turn(&r->kiosk, 0);
}

void robot_await(struct robot *r, enum screen_id screen)
{
    for (int i = 0; i < 1500 && r->kiosk.app.model.screen != screen; i++, r->clock_ms += 20)
        kiosk_turn(&r->kiosk, 20);
    if (r->kiosk.app.model.screen != screen)
        fail(r, "waited in vain for", "the next screen");
    kiosk_show(&r->kiosk);
}

const char *robot_word(const struct robot *r, const char *msgid)
{
    return catalogue_get(r->kiosk.app.model.language->catalogue, msgid);
}
