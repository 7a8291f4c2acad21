/*
 * The floor under the kiosk: SDL2 and SDL_ttf, a window, one line of text, and a colour that
 * changes at a touch. Whatever the kiosk costs more than this, it costs by itself.
 */
#include <SDL.h>
#include <SDL_ttf.h>
#include <stdio.h>

static void draw(SDL_Window *window, SDL_Surface *text, int on)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window);

    SDL_FillRect(surface, NULL, on ? 0x00662F : 0xF0F4F5);
    SDL_BlitSurface(text, NULL, surface, &(SDL_Rect){56, 200, 0, 0});
    SDL_UpdateWindowSurface(window);
}

int main(int argc, char **argv)
{
    int w = 1080;
    int h = 1920;
    int on = 0;
    SDL_Event event;

    if (argc > 1 && sscanf(argv[1], "%dx%d", &w, &h) != 2)
        return 2;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0)
        return 1;
    SDL_Window *window = SDL_CreateWindow("bare", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                          w, h, SDL_WINDOW_BORDERLESS);
    TTF_Font *font = TTF_OpenFont("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", 64);
    if (window == NULL || font == NULL)
        return 1;
    SDL_Surface *text =
        TTF_RenderUTF8_Blended(font, "Living well with diabetes", (SDL_Color){0, 48, 135, 255});
    draw(window, text, on);
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT) {
        if (event.type == SDL_MOUSEBUTTONUP)
            draw(window, text, on = !on);
    }
    return 0;
}
