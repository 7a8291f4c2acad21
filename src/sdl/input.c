/* SDL's events put into the words of ui/input.h. */
#include "sdl/input.h"

#include <string.h>

#include "base/str.h"
#include "base/wipe.h"

/* The finger that counts while it is down. */
static SDL_FingerID finger;
static bool finger_down;
static struct bindings bindings;
static struct held held;
/* The key that went down last types: it is not held, and not bound to something else. */
static bool types = true;

static void at_finger(struct window *window, const SDL_TouchFingerEvent *touch,
                      enum input_kind kind, struct input *out)
{
    SDL_Surface *surface = window_surface(window);

    if (surface == NULL)
        return;
    out->kind = kind;
    out->x = (int)(touch->x * (float)surface->w);
    out->y = (int)(touch->y * (float)surface->h);
}

static void take_touch(struct window *window, const SDL_Event *event, struct input *out)
{
    const SDL_TouchFingerEvent *touch = &event->tfinger;

    if (event->type == SDL_FINGERDOWN && !finger_down) {
        finger = touch->fingerId;
        finger_down = true;
        at_finger(window, touch, INPUT_PRESS, out);
    } else if (finger_down && touch->fingerId == finger) {
        if (event->type == SDL_FINGERMOTION)
            at_finger(window, touch, INPUT_MOVE, out);
        if (event->type == SDL_FINGERUP) {
            finger_down = false;
            at_finger(window, touch, INPUT_RELEASE, out);
        }
    }
}

/* Keys of a whole keyboard, whatever the keypad's are: only a key that is bound means that alone.
 */
static bool fixed_key(const SDL_Keysym *keysym, enum input_key *out_key)
{
    switch (keysym->sym) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        *out_key = INPUT_KEY_ENTER;
        return true;
    case SDLK_TAB:
        *out_key = keysym->mod & KMOD_SHIFT ? INPUT_KEY_BACK : INPUT_KEY_NEXT;
        return true;
    case SDLK_DOWN:
    case SDLK_RIGHT:
        *out_key = INPUT_KEY_DOWN;
        return true;
    case SDLK_UP:
    case SDLK_LEFT:
        *out_key = INPUT_KEY_UP;
        return true;
    case SDLK_BACKSPACE:
    case SDLK_DELETE:
        *out_key = INPUT_KEY_DELETE;
        return true;
    case SDLK_ESCAPE:
        *out_key = INPUT_KEY_CANCEL;
        return true;
    case SDLK_SPACE:
        *out_key = INPUT_KEY_SPACE;
        return true;
    default:
        return false;
    }
}

static void take_key(const SDL_KeyboardEvent *event, struct input *out)
{
    int code = (int)event->keysym.scancode;
    bool again = event->repeat != 0;
    enum input_key key;
    bool is_bound = bindings_find(&bindings, code, &key);

    types = !again && !is_bound;
    if ((is_bound || fixed_key(&event->keysym, &key)) &&
        bindings_acts(&bindings, &held, code, key, again, event->timestamp)) {
        out->kind = INPUT_KEY;
        out->key = key;
    }
}

/* The arrow is there for whoever moves a mouse, and for nobody else. */
static void show_arrow(const SDL_Event *event)
{
    switch (event->type) {
    case SDL_MOUSEMOTION:
        if (event->motion.which != SDL_TOUCH_MOUSEID &&
            (event->motion.xrel != 0 || event->motion.yrel != 0))
            SDL_ShowCursor(SDL_ENABLE);
        break;
    case SDL_FINGERDOWN:
    case SDL_KEYDOWN:
        SDL_ShowCursor(SDL_DISABLE);
        break;
    default:
        break;
    }
}

static void take_window_event(const SDL_WindowEvent *event, struct input *out)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        out->kind = INPUT_RESIZE;
        out->x = event->data1;
        out->y = event->data2;
    } else if (event->event == SDL_WINDOWEVENT_EXPOSED) {
        out->kind = INPUT_EXPOSE;
    }
}

static void at_mouse(enum input_kind kind, int x, int y, struct input *out)
{
    *out = (struct input){.kind = kind, .x = x, .y = y};
}

static void translate(struct window *window, const SDL_Event *event, struct input *out)
{
    *out = (struct input){.kind = INPUT_NONE};
    show_arrow(event);
    switch (event->type) {
    case SDL_QUIT:
        out->kind = INPUT_QUIT;
        break;
    case SDL_WINDOWEVENT:
        take_window_event(&event->window, out);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        take_touch(window, event, out);
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT)
            at_mouse(INPUT_PRESS, event->button.x, event->button.y, out);
        break;
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT)
            at_mouse(INPUT_RELEASE, event->button.x, event->button.y, out);
        break;
    case SDL_MOUSEMOTION:
        if (event->motion.state & SDL_BUTTON_LMASK)
            at_mouse(INPUT_MOVE, event->motion.x, event->motion.y, out);
        break;
    case SDL_KEYDOWN:
        take_key(&event->key, out);
        break;
    case SDL_TEXTINPUT:
        /* A space is a key: it presses what has the focus. */
        if (types && strcmp(event->text.text, " ") != 0 && str_is_utf8(str_of(event->text.text))) {
            out->kind = INPUT_TEXT;
            memcpy(out->text, event->text.text, sizeof event->text.text);
        }
        break;
    default:
        break;
    }
}

void input_bind(const struct bindings *to)
{
    bindings = *to;
}

void input_wait(struct window *window, int timeout_ms, struct input *out_input)
{
    SDL_Event event;
    int got = timeout_ms < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout_ms);

    *out_input = (struct input){.kind = INPUT_NONE};
    if (got != 0)
        translate(window, &event, out_input);
    /* What was typed does not stay in the copy. */
    wipe(&event, sizeof event);
}

void input_wake(void)
{
    SDL_Event event = {.type = SDL_USEREVENT};

    SDL_PushEvent(&event);
}

void input_flush(void)
{
    SDL_PumpEvents();
    SDL_FlushEvents(SDL_FINGERDOWN, SDL_MULTIGESTURE);
    SDL_FlushEvents(SDL_KEYDOWN, SDL_MOUSEWHEEL);
    finger_down = false;
}
