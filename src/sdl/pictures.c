/* A small table of rasterised pictures, the oldest dropped first: see pictures.h. */
#include "sdl/pictures.h"

#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdl/pixels.h"

/* Room for the largest screen's picture and the icons of a few screens. */
#define BUDGET_BYTES (20L * 1024 * 1024)
enum { KEPT = 96, NAME = 48 };

struct kept {
    SDL_Surface *surface; /* NULL: free */
    char name[NAME];
    int w;
    int h;
    int radius_px;
    bool flip;
    bool icon;
    unsigned long used; /* tick of the last use */
};

struct pictures {
    char folder[256];
    struct kept kept[KEPT];
    unsigned long tick;
    long bytes;
};

enum err pictures_open(const char *folder, struct pictures **out_pictures)
{
    struct pictures *pictures = calloc(1, sizeof *pictures);

    if (pictures == NULL)
        return ERR_MEMORY;
    if ((size_t)snprintf(pictures->folder, sizeof pictures->folder, "%s", folder) >=
        sizeof pictures->folder) {
        free(pictures);
        return ERR_LIMIT;
    }
    *out_pictures = pictures;
    return ERR_OK;
}

static long bytes_of(const SDL_Surface *surface)
{
    return (long)surface->pitch * surface->h;
}

static void drop(struct pictures *pictures, struct kept *kept)
{
    pictures->bytes -= bytes_of(kept->surface);
    SDL_FreeSurface(kept->surface);
    *kept = (struct kept){0};
}

void pictures_close(struct pictures *pictures)
{
    if (pictures == NULL)
        return;
    for (int i = 0; i < KEPT; i++) {
        if (pictures->kept[i].surface != NULL)
            drop(pictures, &pictures->kept[i]);
    }
    free(pictures);
}

static struct kept *oldest(struct pictures *pictures)
{
    struct kept *found = NULL;

    for (int i = 0; i < KEPT; i++) {
        struct kept *kept = &pictures->kept[i];
        if (kept->surface != NULL && (found == NULL || kept->used < found->used))
            found = kept;
    }
    return found;
}

static struct kept *free_slot(struct pictures *pictures, long bytes)
{
    while (pictures->bytes > 0 && pictures->bytes + bytes > BUDGET_BYTES)
        drop(pictures, oldest(pictures));
    for (int i = 0; i < KEPT; i++) {
        if (pictures->kept[i].surface == NULL)
            return &pictures->kept[i];
    }
    struct kept *kept = oldest(pictures);
    drop(pictures, kept);
    return kept;
}

static SDL_Surface *as_argb(SDL_Surface *surface)
{
    SDL_Surface *converted = NULL;

    if (surface == NULL || surface->format->format == SDL_PIXELFORMAT_ARGB8888)
        return surface;
    converted = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(surface);
    return converted;
}

static SDL_Surface *rasterise(const struct pictures *pictures, const char *folder, const char *name,
                              int w, int h)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s/%s.svg", pictures->folder, folder, name);
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    SDL_Surface *surface = file == NULL ? NULL : IMG_LoadSizedSVG_RW(file, w, h);
    if (file != NULL)
        SDL_RWclose(file);
    return as_argb(surface);
}

/* What of a picture of another shape is shown: the middle, and the bottom. */
static SDL_Surface *cut(SDL_Surface *surface, int w, int h)
{
    SDL_Rect part;
    SDL_Surface *result;

    if (surface == NULL || (surface->w == w && surface->h == h))
        return surface;
    part = (SDL_Rect){(surface->w - w) / 2, surface->h - h, w, h};
    result = SDL_CreateRGBSurfaceWithFormat(0, w, h, surface->format->BitsPerPixel,
                                            surface->format->format);
    if (result != NULL) {
        if (surface->format->palette != NULL)
            SDL_SetSurfacePalette(result, surface->format->palette);
        SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_NONE);
        SDL_BlitSurface(surface, &part, result, NULL);
    }
    SDL_FreeSurface(surface);
    return result;
}

static SDL_Surface *load_picture(const struct pictures *pictures, const char *name, int w, int h)
{
    char path[400];

    /* Drawn at build time at this width, and as high as the picture is. */
    snprintf(path, sizeof path, "%s/pictures/%s@%d.png", pictures->folder, name, w);
    SDL_Surface *surface = access(path, R_OK) == 0 ? IMG_Load(path) : NULL;
    if (surface != NULL && surface->w == w && surface->h >= h)
        return cut(surface, w, h);
    SDL_FreeSurface(surface);
    /* As wide as wanted, or as high where that leaves no gap. */
    surface = rasterise(pictures, "pictures", name, w, 0);
    if (surface != NULL && surface->h < h) {
        SDL_FreeSurface(surface);
        surface = rasterise(pictures, "pictures", name, 0, h);
    }
    if (surface != NULL && (surface->w < w || surface->h < h)) {
        int wide = surface->w < w ? w : surface->w;
        int high = surface->h < h ? h : surface->h;
        return cut(surface, wide < w ? wide : w, high < h ? high : h);
    }
    return cut(surface, w, h);
}

/* Of an icon only the alpha counts. */
static SDL_Surface *as_mask(SDL_Surface *icon)
{
    SDL_Surface *mask =
        SDL_CreateRGBSurfaceWithFormat(0, icon->w, icon->h, 8, SDL_PIXELFORMAT_INDEX8);

    for (int y = 0; mask != NULL && y < icon->h; y++) {
        const uint32_t *from = (const uint32_t *)(const void *)((const char *)icon->pixels +
                                                                (size_t)y * (size_t)icon->pitch);
        uint8_t *to = (uint8_t *)mask->pixels + (size_t)y * (size_t)mask->pitch;
        for (int x = 0; x < icon->w; x++)
            to[x] = (uint8_t)(from[x] >> 24);
    }
    SDL_FreeSurface(icon);
    return mask;
}

/* The picture or icon as it is kept. */
static SDL_Surface *load(const struct pictures *pictures, const struct kept *wanted)
{
    SDL_Surface *surface = wanted->icon
                               ? rasterise(pictures, "icons", wanted->name, wanted->w, wanted->h)
                               : load_picture(pictures, wanted->name, wanted->w, wanted->h);

    /* A palette stays where nothing needs the colours themselves. */
    if (surface != NULL &&
        (surface->format->BitsPerPixel != 8 || wanted->flip || wanted->radius_px > 0))
        surface = as_argb(surface);
    if (surface != NULL && wanted->flip) {
        SDL_Surface *turned = pixels_mirrored(surface);
        SDL_FreeSurface(surface);
        surface = turned;
    }
    if (surface != NULL && wanted->radius_px > 0)
        pixels_trim_corners(surface, wanted->radius_px);
    return surface != NULL && wanted->icon ? as_mask(surface) : surface;
}

static SDL_Surface *get(struct pictures *pictures, const struct kept *wanted)
{
    SDL_Surface *surface;

    for (int i = 0; i < KEPT; i++) {
        struct kept *kept = &pictures->kept[i];
        if (kept->surface != NULL && kept->icon == wanted->icon && kept->w == wanted->w &&
            kept->h == wanted->h && kept->flip == wanted->flip &&
            kept->radius_px == wanted->radius_px && strcmp(kept->name, wanted->name) == 0) {
            kept->used = ++pictures->tick;
            return kept->surface;
        }
    }
    surface = load(pictures, wanted);
    if (surface == NULL)
        return NULL;
    SDL_SetSurfaceBlendMode(surface, SDL_ISPIXELFORMAT_ALPHA(surface->format->format)
                                         ? SDL_BLENDMODE_BLEND
                                         : SDL_BLENDMODE_NONE);
    struct kept *slot = free_slot(pictures, bytes_of(surface));
    *slot = *wanted;
    slot->surface = surface;
    slot->used = ++pictures->tick;
    pictures->bytes += bytes_of(surface);
    return surface;
}

SDL_Surface *pictures_get(struct pictures *pictures, const char *name, int w, int h, bool flip,
                          int radius_px)
{
    struct kept wanted = {.w = w, .h = h, .radius_px = radius_px, .flip = flip};

    if (w <= 0 || h <= 0)
        return NULL;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    return get(pictures, &wanted);
}

SDL_Surface *pictures_icon(struct pictures *pictures, const char *name, int side, bool flip)
{
    struct kept wanted = {.w = side, .h = side, .flip = flip, .icon = true};

    if (side <= 0)
        return NULL;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    return get(pictures, &wanted);
}
