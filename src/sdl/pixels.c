/* Smooth edges by distance: see pixels.h. Surfaces are 32 bits a pixel, RGB in the low bytes. */
#include "sdl/pixels.h"

#include <math.h>
#include <string.h>

static struct rect clip_of(const SDL_Surface *to, struct rect r)
{
    int left = r.x > to->clip_rect.x ? r.x : to->clip_rect.x;
    int top = r.y > to->clip_rect.y ? r.y : to->clip_rect.y;
    int right = r.x + r.w;
    int bottom = r.y + r.h;

    if (right > to->clip_rect.x + to->clip_rect.w)
        right = to->clip_rect.x + to->clip_rect.w;
    if (bottom > to->clip_rect.y + to->clip_rect.h)
        bottom = to->clip_rect.y + to->clip_rect.h;
    return (struct rect){left, top, right > left ? right - left : 0,
                         bottom > top ? bottom - top : 0};
}

static uint32_t *row_of(SDL_Surface *to, int y)
{
    return (uint32_t *)(void *)((char *)to->pixels + (size_t)y * (size_t)to->pitch);
}

static uint32_t mix(uint32_t below, uint32_t rgb, unsigned alpha)
{
    /* Red and blue at once, then green; 255 must give the colour itself. */
    unsigned a = alpha + (alpha >> 7);
    uint32_t rb = ((below & 0xFF00FF) * (256 - a) + (rgb & 0xFF00FF) * a) >> 8 & 0xFF00FF;
    uint32_t g = ((below & 0x00FF00) * (256 - a) + (rgb & 0x00FF00) * a) >> 8 & 0x00FF00;

    return 0xFF000000 | rb | g;
}

void pixels_fill(SDL_Surface *to, struct rect rect, colour fill)
{
    unsigned alpha = fill & 0xFF;
    uint32_t rgb = fill >> 8;
    struct rect r = clip_of(to, rect);

    if (alpha == 0 || r.w == 0)
        return;
    if (alpha == 255) {
        SDL_FillRect(to, &(SDL_Rect){r.x, r.y, r.w, r.h}, 0xFF000000 | rgb);
        return;
    }
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = row_of(to, y);
        for (int x = r.x; x < r.x + r.w; x++)
            row[x] = mix(row[x], rgb, alpha);
    }
}

/* 0 to 255: how much of a pixel lies within `radius` of a centre that is `distance` away. */
static unsigned coverage(double distance, double radius)
{
    double c = radius + 0.5 - distance;

    return c <= 0 ? 0 : c >= 1 ? 255 : (unsigned)(c * 255);
}

/* The same for a disc: only along its edge is the distance itself needed. */
static unsigned disc(double dx, double dy, double radius)
{
    double square = dx * dx + dy * dy;

    if (square <= (radius - 0.5) * (radius - 0.5))
        return 255;
    if (square >= (radius + 0.5) * (radius + 0.5))
        return 0;
    return coverage(sqrt(square), radius);
}

static void corner(SDL_Surface *to, struct rect r, double cx, double cy, colour fill, int radius)
{
    uint32_t rgb = fill >> 8;

    r = clip_of(to, r);
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = row_of(to, y);
        for (int x = r.x; x < r.x + r.w; x++) {
            unsigned c = disc(x + 0.5 - cx, y + 0.5 - cy, radius);
            if (c > 0)
                row[x] = mix(row[x], rgb, c * (fill & 0xFF) / 255);
        }
    }
}

void pixels_round(SDL_Surface *to, struct rect rect, colour fill, int radius_px)
{
    int r = radius_px;
    int right = rect.x + rect.w;
    int bottom = rect.y + rect.h;

    if ((fill & 0xFF) == 0 || rect.w <= 0 || rect.h <= 0)
        return;
    if (2 * r > rect.w)
        r = rect.w / 2;
    if (2 * r > rect.h)
        r = rect.h / 2;
    pixels_fill(to, (struct rect){rect.x, rect.y + r, rect.w, rect.h - 2 * r}, fill);
    if (r == 0)
        return;
    pixels_fill(to, (struct rect){rect.x + r, rect.y, rect.w - 2 * r, r}, fill);
    pixels_fill(to, (struct rect){rect.x + r, bottom - r, rect.w - 2 * r, r}, fill);
    corner(to, (struct rect){rect.x, rect.y, r, r}, rect.x + r, rect.y + r, fill, r);
    corner(to, (struct rect){right - r, rect.y, r, r}, right - r, rect.y + r, fill, r);
    corner(to, (struct rect){rect.x, bottom - r, r, r}, rect.x + r, bottom - r, fill, r);
    corner(to, (struct rect){right - r, bottom - r, r, r}, right - r, bottom - r, fill, r);
}

void pixels_ring(SDL_Surface *to, struct rect rect, colour fill, colour track, int stroke_px,
                 int permille)
{
    double cx = rect.x + rect.w / 2.0;
    double cy = rect.y + rect.h / 2.0;
    double half = stroke_px / 2.0;
    double middle = rect.w / 2.0 - half;
    double turn = 2 * acos(-1) * permille / 1000.0;
    double end_x = cx + middle * sin(turn);
    double end_y = cy - middle * cos(turn);
    struct rect r = clip_of(to, rect);

    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = row_of(to, y);
        for (int x = r.x; x < r.x + r.w; x++) {
            double dx = x + 0.5 - cx;
            double dy = y + 0.5 - cy;
            unsigned ring = coverage(fabs(hypot(dx, dy) - middle), half);
            if (ring == 0)
                continue;
            double angle = atan2(dx, -dy);
            if (angle < 0)
                angle += 2 * acos(-1);
            unsigned arc = angle <= turn || permille >= 1000 ? ring : 0;
            if (permille > 0) {
                unsigned start = coverage(hypot(dx, dy + middle), half);
                unsigned end = coverage(hypot(x + 0.5 - end_x, y + 0.5 - end_y), half);
                unsigned ends = start > end ? start : end;
                arc = ends > arc ? ends : arc;
            }
            row[x] = mix(row[x], track >> 8, ring);
            if (arc > 0)
                row[x] = mix(row[x], fill >> 8, arc);
        }
    }
}

void pixels_stamp(SDL_Surface *to, const SDL_Surface *mask, int x, int y, colour fill)
{
    struct rect r = clip_of(to, (struct rect){x, y, mask->w, mask->h});

    for (int i = r.y; i < r.y + r.h; i++) {
        const uint8_t *cover =
            (const uint8_t *)mask->pixels + (size_t)(i - y) * (size_t)mask->pitch;
        uint32_t *row = row_of(to, i);
        for (int j = r.x; j < r.x + r.w; j++) {
            if (cover[j - x] > 0)
                row[j] = mix(row[j], fill >> 8, cover[j - x]);
        }
    }
}

void pixels_trim_corners(SDL_Surface *picture, int radius_px)
{
    int r = radius_px;

    for (int y = 0; y < picture->h; y++) {
        uint32_t *row = row_of(picture, y);
        double dy = y < r ? r - y - 0.5 : y >= picture->h - r ? y + 0.5 - (picture->h - r) : 0;
        if (dy == 0)
            continue;
        for (int x = 0; x < picture->w; x++) {
            double dx = x < r ? r - x - 0.5 : x >= picture->w - r ? x + 0.5 - (picture->w - r) : 0;
            if (dx == 0)
                continue;
            uint32_t alpha = (row[x] >> 24) * disc(dx, dy, r) / 255;
            row[x] = (row[x] & 0xFFFFFF) | alpha << 24;
        }
    }
}

SDL_Surface *pixels_mirrored(SDL_Surface *picture)
{
    SDL_Surface *turned =
        SDL_CreateRGBSurfaceWithFormat(0, picture->w, picture->h, 32, SDL_PIXELFORMAT_ARGB8888);

    if (turned == NULL)
        return NULL;
    for (int y = 0; y < picture->h; y++) {
        const uint32_t *from = row_of(picture, y);
        uint32_t *to = row_of(turned, y);
        for (int x = 0; x < picture->w; x++)
            to[x] = from[picture->w - 1 - x];
    }
    return turned;
}
