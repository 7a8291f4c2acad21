/* An SDL window with a software surface: see window.h. */
#include "sdl/window.h"

#include <SDL_image.h>
#include <stdlib.h>
#include <string.h>

struct window {
    SDL_Window *window;
};

static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    /* A signal to end just ends it. */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    /* No input method, which would see what is typed and keep words of it: neither the X server's,
       nor fcitx, nor ibus, for which SDL looks by itself. Keyboard layouts need none. */
    setenv("XMODIFIERS", "@im=none", 1);
    setenv("SDL_IM_MODULE", "none", 1);
    setenv("IBUS_ADDRESS", "/dev/null", 1);
}

/*
 * X11 has no full screen to ask for without a window manager, and SDL waits 100 ms for the answer
 * of one. Each takes a borderless window of the display's size for what it is.
 */
static Uint32 cover_display(SDL_Rect *size)
{
    if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0 && SDL_GetDisplayBounds(0, size) == 0)
        return SDL_WINDOW_ALWAYS_ON_TOP;
    return SDL_WINDOW_FULLSCREEN_DESKTOP;
}

enum err window_open(int width_px, int height_px, bool framed, struct window **out_window,
                     struct refusal *refusal)
{
    struct window *window = calloc(1, sizeof *window);
    bool whole = width_px == 0 || height_px == 0;
    SDL_Rect size = {0, 0, whole ? 1080 : width_px, whole ? 1920 : height_px};
    Uint32 flags = framed ? 0 : SDL_WINDOW_BORDERLESS;

    if (window == NULL)
        return ERR_MEMORY;
    set_hints();
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        goto failed;
    if (whole && !framed)
        flags |= cover_display(&size);
    window->window = SDL_CreateWindow("HeLP-Diabetes", SDL_WINDOWPOS_UNDEFINED,
                                      SDL_WINDOWPOS_UNDEFINED, size.w, size.h, flags);
    if (window->window == NULL)
        goto failed;
    /* Touch needs no arrow in the way; a mouse that moves brings it back (input.c). */
    SDL_ShowCursor(framed ? SDL_ENABLE : SDL_DISABLE);
    /* The text of a keyboard, without SDL_StartTextInput, which would ask for an input method. */
    SDL_EventState(SDL_TEXTINPUT, SDL_ENABLE);
    *out_window = window;
    return ERR_OK;
failed:
    refusal_place(refusal, "screen");
    refusal_problem(refusal, "no window can be opened (%.120s)", SDL_GetError());
    refusal_remedy(refusal, "Start it in a graphical session, or set DISPLAY");
    SDL_Quit();
    free(window);
    return ERR_UNAVAILABLE;
}

void window_close(struct window *window)
{
    if (window == NULL)
        return;
    SDL_DestroyWindow(window->window);
    SDL_Quit();
    free(window);
}

SDL_Surface *window_surface(struct window *window)
{
    return SDL_GetWindowSurface(window->window);
}

void window_present(struct window *window, struct rect dirty)
{
    const SDL_Rect part = {dirty.x, dirty.y, dirty.w, dirty.h};

    SDL_UpdateWindowSurfaceRects(window->window, &part, 1);
}

enum err window_screenshot(struct window *window, const char *path)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);

    if (surface == NULL)
        return ERR_UNAVAILABLE;
    return IMG_SavePNG(surface, path) == 0 ? ERR_OK : ERR_IO;
}
