/* One loop over the paints, and a cache of text masks: see painter.h. */
#include "sdl/painter.h"

#include <stdlib.h>

#include "base/wipe.h"
#include "sdl/pixels.h"

/* Sets of a few masks each; within a set the one unused longest makes room. */
enum { SETS = 128, WAYS = 4 };

struct mask {
    SDL_Surface *surface; /* NULL: free */
    uint64_t key;         /* of the run; its text is kept nowhere */
    int ascent_px;
    bool personal;
    unsigned long used;
};

struct painter {
    struct fonts *fonts;
    struct pictures *pictures;
    struct mask masks[SETS][WAYS];
    unsigned long tick;
};

enum err painter_create(struct fonts *fonts, struct pictures *pictures,
                        struct painter **out_painter)
{
    struct painter *painter = calloc(1, sizeof *painter);

    if (painter == NULL)
        return ERR_MEMORY;
    painter->fonts = fonts;
    painter->pictures = pictures;
    *out_painter = painter;
    return ERR_OK;
}

static void drop(struct mask *mask)
{
    if (mask->surface == NULL)
        return;
    wipe(mask->surface->pixels, (size_t)mask->surface->pitch * (size_t)mask->surface->h);
    SDL_FreeSurface(mask->surface);
    *mask = (struct mask){0};
}

void painter_forget(struct painter *painter)
{
    for (int set = 0; set < SETS; set++) {
        for (int way = 0; way < WAYS; way++)
            drop(&painter->masks[set][way]);
    }
    fonts_forget(painter->fonts);
}

void painter_destroy(struct painter *painter)
{
    if (painter == NULL)
        return;
    painter_forget(painter);
    free(painter);
}

int painter_personal_count(const struct painter *painter)
{
    int count = 0;

    for (int set = 0; set < SETS; set++) {
        for (int way = 0; way < WAYS; way++)
            count += painter->masks[set][way].surface != NULL && painter->masks[set][way].personal;
    }
    return count;
}

/* The mask of a run, made where it is not there. NULL for a run without ink. */
static struct mask *mask_of(struct painter *painter, const struct text_run *run, bool personal)
{
    uint64_t key = fonts_key(painter->fonts, run);
    struct mask *ways = painter->masks[key % SETS];
    struct mask *oldest = &ways[0];

    for (int way = 0; way < WAYS; way++) {
        if (ways[way].surface != NULL && ways[way].key == key) {
            ways[way].used = ++painter->tick;
            ways[way].personal = ways[way].personal || personal;
            return &ways[way];
        }
        if (ways[way].used < oldest->used)
            oldest = &ways[way];
    }
    struct mask fresh = {.key = key, .personal = personal, .used = ++painter->tick};
    fresh.surface = fonts_render(painter->fonts, run, &fresh.ascent_px);
    if (fresh.surface == NULL)
        return NULL;
    drop(oldest);
    *oldest = fresh;
    return oldest;
}

static void paint_text(struct painter *painter, const struct paint *paint, SDL_Surface *to)
{
    struct mask *mask = mask_of(painter, paint->text.run, paint->text.personal);
    SDL_Rect before = to->clip_rect;
    SDL_Rect clip = before;

    if (mask == NULL)
        return;
    if (paint->text.clip.w > 0) {
        const SDL_Rect own = {paint->text.clip.x, paint->text.clip.y, paint->text.clip.w,
                              paint->text.clip.h};
        if (!SDL_IntersectRect(&before, &own, &clip))
            return;
    }
    SDL_SetClipRect(to, &clip);
    pixels_stamp(to, mask->surface, paint->rect.x, paint->text.baseline_px - mask->ascent_px,
                 paint->fill);
    SDL_SetClipRect(to, &before);
}

static void paint_box(const struct paint *paint, SDL_Surface *to)
{
    struct rect r = paint->rect;
    int radius = paint->box.radius_px;
    int border = paint->box.border_px;

    if (border > 0 && (paint->box.border & 0xFF) != 0) {
        pixels_round(to, r, paint->box.border, radius);
        r = rect_inset(r, border, border);
        radius = radius > border ? radius - border : 0;
    }
    pixels_round(to, r, paint->fill, radius);
}

static void paint_qr(const struct paint *paint, SDL_Surface *to)
{
    int module = paint->rect.w / paint->qr.side;

    for (int y = 0; y < paint->qr.side; y++) {
        for (int x = 0; x < paint->qr.side; x++) {
            if (paint->qr.modules[y * paint->qr.side + x])
                pixels_fill(to,
                            (struct rect){paint->rect.x + x * module, paint->rect.y + y * module,
                                          module, module},
                            paint->fill);
        }
    }
}

static void paint_picture(struct painter *painter, const struct paint *paint, SDL_Surface *to)
{
    SDL_Surface *picture =
        pictures_get(painter->pictures, paint->picture.name, paint->rect.w, paint->rect.h,
                     paint->picture.flip, paint->picture.radius_px);

    if (picture != NULL)
        SDL_BlitSurface(picture, NULL, to, &(SDL_Rect){paint->rect.x, paint->rect.y, 0, 0});
}

static void paint_icon(struct painter *painter, const struct paint *paint, SDL_Surface *to)
{
    SDL_Surface *icon =
        pictures_icon(painter->pictures, paint->icon.name, paint->rect.w, paint->icon.flip);

    if (icon != NULL)
        pixels_stamp(to, icon, paint->rect.x, paint->rect.y, paint->fill);
}

static void paint_one(struct painter *painter, const struct paint *paint, SDL_Surface *to)
{
    switch (paint->kind) {
    case PAINT_BOX:
        paint_box(paint, to);
        break;
    case PAINT_TEXT:
        paint_text(painter, paint, to);
        break;
    case PAINT_ICON:
        paint_icon(painter, paint, to);
        break;
    case PAINT_PICTURE:
        paint_picture(painter, paint, to);
        break;
    case PAINT_RING:
        pixels_ring(to, paint->rect, paint->fill, paint->ring.track, paint->ring.stroke_px,
                    paint->ring.permille);
        break;
    case PAINT_QR:
        paint_qr(paint, to);
        break;
    }
}

void painter_paint(struct painter *painter, const struct scene *scene, struct rect dirty,
                   SDL_Surface *to)
{
    const SDL_Rect clip = {dirty.x, dirty.y, dirty.w, dirty.h};

    SDL_SetClipRect(to, &clip);
    pixels_fill(to, dirty, scene->ground);
    for (int i = 0; i < scene->paint_count; i++) {
        const struct paint *paint = &scene->paints[i];
        /* Ink may stand out of a text's line box. */
        int spare = paint->kind == PAINT_TEXT ? paint->rect.h / 2 : 0;
        if (rect_overlaps(rect_inset(paint->rect, -spare, -spare), dirty))
            paint_one(painter, paint, to);
    }
    SDL_SetClipRect(to, NULL);
}
