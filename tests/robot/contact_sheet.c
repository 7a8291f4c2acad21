/*
 * contact_sheet: one picture of all pictures of a folder, each a quarter of its size with its name
 * below, eight side by side, for people to look at what no rule finds: ugly gaps, a word left in
 * another language, a line that breaks in an odd place.
 */
#include <SDL_image.h>
#include <SDL_ttf.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "sdl/fonts.h"

enum { COLUMNS = 8, SHRINK = 4, GAP_PX = 16, NAME_PX = 28, NAME_SIZE_PX = 18 };

static const SDL_Color black = {0, 0, 0, 255};

static void fail(const char *what)
{
    fprintf(stderr, "contact_sheet: %s: %s\n", what, SDL_GetError());
    exit(EXIT_FAILED);
}

static SDL_Surface *read_picture(const char *folder, const char *name)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    SDL_Surface *read = IMG_Load(path);
    SDL_Surface *picture =
        read == NULL ? NULL : SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_ARGB8888, 0);
    if (picture == NULL)
        fail(path);
    SDL_FreeSurface(read);
    return picture;
}

/* As large as `count` pictures and names of one size need. */
static SDL_Surface *new_sheet(int w, int h, int count)
{
    int rows = (count + COLUMNS - 1) / COLUMNS;
    SDL_Surface *sheet = SDL_CreateRGBSurfaceWithFormat(0, COLUMNS * w + GAP_PX, rows * h + GAP_PX,
                                                        32, SDL_PIXELFORMAT_ARGB8888);

    if (sheet == NULL)
        fail("memory");
    SDL_FillRect(sheet, NULL, 0xFFB0B0B0);
    return sheet;
}

/* Each pixel is the mean of SHRINK x SHRINK: thin strokes grow pale, and none is lost. */
static void draw_small(const SDL_Surface *from, SDL_Surface *to, int left, int top)
{
    for (int y = 0; y < from->h / SHRINK; y++) {
        Uint8 *row = (Uint8 *)to->pixels + (top + y) * to->pitch + 4 * left;
        for (int x = 0; x < 4 * (from->w / SHRINK); x++) {
            const Uint8 *block =
                (const Uint8 *)from->pixels + y * SHRINK * from->pitch + x / 4 * 4 * SHRINK + x % 4;
            int sum = 0;
            for (int i = 0; i < SHRINK * SHRINK; i++)
                sum += block[i / SHRINK * from->pitch + i % SHRINK * 4];
            row[x] = (Uint8)(sum / (SHRINK * SHRINK));
        }
    }
}

static void draw_name(TTF_Font *font, const char *file, SDL_Surface *to, int left, int top)
{
    char name[64];

    snprintf(name, sizeof name, "%.*s", (int)strcspn(file, "."), file);
    SDL_Surface *words = TTF_RenderUTF8_Blended(font, name, black);
    if (words == NULL)
        fail(name);
    SDL_BlitSurface(words, NULL, to, &(SDL_Rect){left, top, 0, 0});
    SDL_FreeSurface(words);
}

static int is_picture(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 4 && strcmp(entry->d_name + len - 4, ".png") == 0;
}

static int run(const struct options *options, void *context)
{
    const char *folder = options_get(options, "--shots");
    const char *out = options_get(options, "--out");
    struct dirent **files = NULL;
    int count = scandir(folder, &files, is_picture, alphasort);
    SDL_Surface *sheet = NULL;

    (void)context;
    if (count <= 0) {
        fprintf(stderr, "contact_sheet: no pictures in %s\n", folder);
        return EXIT_FAILED;
    }
    TTF_Init();
    TTF_Font *font = TTF_OpenFont(FONTS_DEBIAN_TRUETYPE "/NotoSans-Regular.ttf", NAME_SIZE_PX);
    if (font == NULL)
        fail("font");
    for (int i = 0; i < count; i++) {
        SDL_Surface *picture = read_picture(folder, files[i]->d_name);
        int w = picture->w / SHRINK + GAP_PX; /* the robot's window keeps its size */
        int h = picture->h / SHRINK + GAP_PX + NAME_PX;
        if (sheet == NULL)
            sheet = new_sheet(w, h, count);
        int left = GAP_PX + i % COLUMNS * w;
        int top = GAP_PX + i / COLUMNS * h;
        draw_small(picture, sheet, left, top);
        draw_name(font, files[i]->d_name, sheet, left, top + h - GAP_PX - NAME_PX);
        SDL_FreeSurface(picture);
        free(files[i]);
    }
    free(files);
    if (IMG_SavePNG(sheet, out) != 0)
        fail(out);
    SDL_FreeSurface(sheet);
    TTF_CloseFont(font);
    TTF_Quit();
    return EXIT_OK;
}

static const struct option_row rows[] = {
    {"--shots", "DIR", "the pictures that a robot took in one window", true},
    {"--out", "FILE", "the PNG to write", true},
};

static const struct command commands[] = {
    {"", "Writes one picture of many.", rows, sizeof rows / sizeof *rows, NULL, run},
};

int main(int argc, char **argv)
{
    static const struct program program = {
        "contact_sheet", "All pictures of a robot's way side by side.", commands, 1, NULL};

    return options_main(&program, argc, argv);
}
