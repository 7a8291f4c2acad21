/* Two texts in whatever font is there: see trouble.h. */
#include "sdl/trouble.h"

#include <SDL_ttf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sdl/window.h"

static const char words[] = "This screen can’t start. Please ask at the desk.";

static TTF_Font *any_font(const char *folder, int size_px)
{
    static const char *const others[] = {
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/freefont/FreeSans.ttf",
    };
    char path[512];

    snprintf(path, sizeof path, "%s/NotoSans-Regular.ttf", folder);
    TTF_Font *font = TTF_OpenFont(path, size_px);
    for (size_t i = 0; font == NULL && i < sizeof others / sizeof *others; i++)
        font = TTF_OpenFont(others[i], size_px);
    return font;
}

/* Writes below `y` and returns where the text ends; -1 where there is no font. */
static int write_at(SDL_Surface *to, const char *fonts, const char *text, int size_px, int y)
{
    const SDL_Color dark = {33, 43, 50, 255};
    int margin = to->w / 12;
    TTF_Font *font = any_font(fonts, size_px);
    SDL_Surface *ink = NULL;

    if (font != NULL)
        ink = TTF_RenderUTF8_Blended_Wrapped(font, text, dark, (Uint32)(to->w - 2 * margin));
    if (ink != NULL) {
        SDL_BlitSurface(ink, NULL, to, &(SDL_Rect){margin, y, 0, 0});
        y += ink->h;
    }
    bool written = ink != NULL;
    SDL_FreeSurface(ink);
    if (font != NULL)
        TTF_CloseFont(font);
    return written ? y : -1;
}

static bool paint(struct window *window, const char *fonts, const char *detail)
{
    SDL_Surface *to = window_surface(window);
    int size_px;
    int y;

    if (to == NULL)
        return false;
    size_px = (to->w < to->h ? to->w : to->h) / 18;
    SDL_FillRect(to, NULL, SDL_MapRGB(to->format, 255, 255, 255));
    y = write_at(to, fonts, words, size_px, to->h / 6);
    if (y < 0)
        return false;
    write_at(to, fonts, detail, size_px / 2, y + size_px);
    window_present(window, (struct rect){0, 0, to->w, to->h});
    return true;
}

/* A patient's touch does not end it; a key does, as those have who look after the kiosk. */
static void wait_for_key(struct window *window, const char *fonts, const char *detail)
{
    const Uint64 end = SDL_GetTicks64() + TROUBLE_SHOWN_S * 1000;
    SDL_Event event;

    for (Uint64 now; (now = SDL_GetTicks64()) < end;) {
        if (SDL_WaitEventTimeout(&event, (int)(end - now)) == 0)
            continue;
        if (event.type == SDL_KEYDOWN || event.type == SDL_QUIT)
            return;
        if (event.type == SDL_WINDOWEVENT && (event.window.event == SDL_WINDOWEVENT_EXPOSED ||
                                              event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED))
            paint(window, fonts, detail);
    }
}

static bool is_seen(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();

    return driver != NULL && strcmp(driver, "dummy") != 0 && strcmp(driver, "offscreen") != 0;
}

void trouble_show(const struct refusal *refusal, const char *fonts, bool framed)
{
    struct window *window = NULL;
    struct refusal ignored;
    char detail[sizeof *refusal + 8];

    if (window_open(framed ? 540 : 0, framed ? 960 : 0, framed, &window, &ignored) != ERR_OK)
        return;
    snprintf(detail, sizeof detail, "%s: %s.\n%s.", refusal->place, refusal->problem,
             refusal->remedy);
    if (is_seen() && TTF_Init() == 0) {
        if (paint(window, fonts, detail))
            wait_for_key(window, fonts, detail);
        TTF_Quit();
    }
    window_close(window);
}
