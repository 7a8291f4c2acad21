/*
 * Rasterises one SVG at build time, so that a kiosk need not when it starts:
 *   rasterise PICTURE.svg WIDTH OUT.png
 * The same library draws it as at run time, so the two look alike.
 */
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    SDL_RWops *file = argc == 4 ? SDL_RWFromFile(argv[1], "rb") : NULL;
    SDL_Surface *picture = NULL;
    int failed = 1;

    if (file != NULL)
        picture = IMG_LoadSizedSVG_RW(file, atoi(argv[2]), 0);
    if (picture != NULL)
        failed = IMG_SavePNG(picture, argv[3]) != 0;
    if (failed)
        fprintf(stderr, "usage: rasterise PICTURE.svg WIDTH OUT.png (%s)\n", SDL_GetError());
    SDL_FreeSurface(picture);
    if (file != NULL)
        SDL_RWclose(file);
    return failed;
}
