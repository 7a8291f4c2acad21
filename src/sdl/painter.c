/* One loop over the paints, and a cache of text masks: see painter.h. */
#include "sdl/painter.h"

#include <stdlib.h>
#include <string.h>

#include "sdl/pixels.h"

/* Sets of a few masks each; within a set the one unused longest makes room. */
enum { SETS = 128, WAYS = 4 };

struct mask {
    SDL_Surface *surface; /* NULL: free */
    char *text;
    size_t len;
    uint32_t script;
    int size_px;
    int ascent_px;
    enum face face;
    bool bold;
    bool rtl;
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

static void wipe(void *bytes, size_t size)
{
    volatile unsigned char *at = bytes;

    while (size-- > 0)
        *at++ = 0;
}

static void drop(struct mask *mask)
{
    if (mask->surface == NULL)
        return;
    wipe(mask->surface->pixels, (size_t)mask->surface->pitch * (size_t)mask->surface->h);
    SDL_FreeSurface(mask->surface);
    wipe(mask->text, mask->len);
    free(mask->text);
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

static bool is_of(const struct mask *mask, const struct text_run *run)
{
    return mask->surface != NULL && mask->len == run->text.len && mask->face == run->face &&
           mask->bold == run->bold && mask->rtl == run->rtl && mask->size_px == run->size_px &&
           mask->script == run->script && memcmp(mask->text, run->text.at, mask->len) == 0;
}

static unsigned set_of(const struct text_run *run)
{
    unsigned hash = 2166136261u ^ (unsigned)run->size_px ^ (unsigned)run->bold << 8;

    for (size_t i = 0; i < run->text.len; i++)
        hash = (hash ^ (unsigned char)run->text.at[i]) * 16777619u;
    return hash % SETS;
}

/* The mask of a run, made where it is not there. NULL for a run without ink. */
static struct mask *mask_of(struct painter *painter, const struct text_run *run, bool personal)
{
    struct mask *ways = painter->masks[set_of(run)];
    struct mask *oldest = &ways[0];

    for (int way = 0; way < WAYS; way++) {
        if (is_of(&ways[way], run)) {
            ways[way].used = ++painter->tick;
            ways[way].personal = ways[way].personal || personal;
            return &ways[way];
        }
        if (ways[way].used < oldest->used)
            oldest = &ways[way];
    }
    struct mask fresh = {.len = run->text.len,
                         .script = run->script,
                         .size_px = run->size_px,
                         .face = run->face,
                         .bold = run->bold,
                         .rtl = run->rtl,
                         .personal = personal,
                         .used = ++painter->tick};
    fresh.surface = fonts_render(painter->fonts, run, &fresh.ascent_px);
    fresh.text = fresh.surface == NULL ? NULL : malloc(run->text.len);
    if (fresh.text == NULL) {
        SDL_FreeSurface(fresh.surface);
        return NULL;
    }
    memcpy(fresh.text, run->text.at, run->text.len);
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
