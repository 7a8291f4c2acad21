/* Sizes of faces on demand, and a table of widths, since layouts measure the same words often. */
#include "sdl/fonts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/wipe.h"
#include "sdl/sfnt.h"

enum { OPEN_SIZES = 64, WIDTHS = 4096, PATH_SIZE = 512 };

/* One file of a face, and which font of it. */
struct source {
    char path[PATH_SIZE];
    int index;
};

struct sized {
    TTF_Font *font;
    enum face face;
    bool bold;
    int size_px;
};

struct width {
    uint64_t hash; /* 0: empty */
    int px;
};

struct fonts {
    struct source sources[FACE_COUNT][2]; /* regular and bold */
    struct sized sizes[OPEN_SIZES];
    int size_count;
    struct width widths[WIDTHS];
    uint64_t secret; /* of the session: keys say nothing once it is gone */
    struct text_metrics metrics;
};

static void close_sizes(struct fonts *fonts)
{
    for (int i = 0; i < fonts->size_count; i++)
        TTF_CloseFont(fonts->sizes[i].font);
    fonts->size_count = 0;
}

/*
 * Each size is opened once, and keeps its glyphs. But a font with the glyphs of all Chinese would
 * take 3 MiB and 10 ms for each: that one is opened once, and changes its size.
 */
static TTF_Font *open_already(struct fonts *fonts, enum face face, bool bold, int size_px)
{
    for (int i = 0; i < fonts->size_count; i++) {
        struct sized *sized = &fonts->sizes[i];
        if (sized->face != face || sized->bold != bold)
            continue;
        if (sized->size_px != size_px && face == FACE_HAN &&
            TTF_SetFontSize(sized->font, size_px) == 0)
            sized->size_px = size_px;
        if (sized->size_px == size_px)
            return sized->font;
    }
    return NULL;
}

/* The open font, or NULL where memory or the file gave out since the start. */
static TTF_Font *font_of(struct fonts *fonts, enum face face, bool bold, int size_px)
{
    const struct source *source = &fonts->sources[face][bold];
    TTF_Font *font = open_already(fonts, face, bold, size_px);

    if (font != NULL)
        return font;
    if (fonts->size_count == OPEN_SIZES)
        close_sizes(fonts);
    font = TTF_OpenFontIndex(source->path, size_px, source->index);
    if (font == NULL)
        return NULL;
    /* Letters here are 28 pixels and more: hinting would gain nothing and costs the automatic
       hinter 20 ms a size when it first looks at a face. */
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    fonts->sizes[fonts->size_count++] = (struct sized){font, face, bold, size_px};
    return font;
}

static TTF_Font *font_for_run(struct fonts *fonts, const struct text_run *run)
{
    TTF_Font *font = font_of(fonts, run->face, run->bold, run->size_px);
    char script[5] = {(char)(run->script >> 24), (char)(run->script >> 16),
                      (char)(run->script >> 8), (char)run->script, '\0'};

    if (font == NULL)
        return NULL;
    TTF_SetFontDirection(font, run->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
    return font;
}

static bool has_glyph(void *context, enum face face, uint32_t code_point)
{
    struct fonts *fonts = context;
    TTF_Font *font = NULL;

    /* Any size tells; the one that is opened is the body's on the reference screen. */
    for (int i = 0; i < fonts->size_count && font == NULL; i++) {
        if (fonts->sizes[i].face == face && !fonts->sizes[i].bold)
            font = fonts->sizes[i].font;
    }
    if (font == NULL)
        font = font_of(fonts, face, false, 36);

    return font != NULL && TTF_GlyphIsProvided32(font, code_point) != 0;
}

uint64_t fonts_key(const struct fonts *fonts, const struct text_run *run)
{
    const uint64_t about[] = {run->face, run->bold, run->rtl, (uint64_t)run->size_px, run->script};
    uint64_t hash = fonts->secret; /* FNV-1a, 64 bits, from a start that nobody knows */

    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        hash = (hash ^ about[i]) * 1099511628211u;
    for (size_t i = 0; i < run->text.len; i++)
        hash = (hash ^ (unsigned char)run->text.at[i]) * 1099511628211u;
    return hash == 0 ? 1 : hash;
}

static void renew_secret(struct fonts *fonts)
{
    /* Without entropy keys are still as good as any for telling runs apart. */
    if (getrandom(&fonts->secret, sizeof fonts->secret, 0) != (ssize_t)sizeof fonts->secret)
        fonts->secret = 14695981039346656037u;
}

static char *terminated(const struct text_run *run)
{
    char *text = malloc(run->text.len + 1);

    if (text != NULL) {
        memcpy(text, run->text.at, run->text.len);
        text[run->text.len] = '\0';
    }
    return text;
}

static void wipe_and_free(char *text, size_t len)
{
    wipe(text, len);
    free(text);
}

static int width_px(void *context, const struct text_run *run)
{
    struct fonts *fonts = context;
    uint64_t hash = fonts_key(fonts, run);
    struct width *slot = &fonts->widths[hash % WIDTHS];
    int w = 0;

    if (slot->hash == hash)
        return slot->px;
    TTF_Font *font = font_for_run(fonts, run);
    char *text = terminated(run);
    if (font != NULL && text != NULL)
        TTF_SizeUTF8(font, text, &w, NULL);
    if (text != NULL)
        wipe_and_free(text, run->text.len);
    *slot = (struct width){hash, w};
    return w;
}

static int ascent_px(void *context, bool bold, int size_px)
{
    TTF_Font *font = font_of(context, FACE_LATIN, bold, size_px);

    return font == NULL ? size_px : TTF_FontAscent(font);
}

static int descent_px(void *context, bool bold, int size_px)
{
    TTF_Font *font = font_of(context, FACE_LATIN, bold, size_px);

    return font == NULL ? size_px / 4 : -TTF_FontDescent(font);
}

static enum err refuse_font(struct refusal *refusal, const struct source *source,
                            const struct font_family *family, const char *problem)
{
    refusal_place(refusal, "%s", source->path);
    refusal_problem(refusal, "%s", problem);
    refusal_remedy(refusal, "Install the package %s, or set [content] fonts", family->package);
    return ERR_NOT_FOUND;
}

static enum err check_font(FILE *file, const struct font_family *family, struct source *source,
                           struct refusal *refusal)
{
    source->index = sfnt_find(file, family->member);
    if (source->index < 0)
        return refuse_font(refusal, source, family,
                           family->member == NULL ? "this is not a font file"
                                                  : "the simplified Chinese font is not in it");
    if (!sfnt_has_glyph(file, source->index, family->letter))
        return refuse_font(refusal, source, family,
                           "this font lacks the letters it is installed for");
    return ERR_OK;
}

/* In the first folder that has it; where none has, the first is named. */
static enum err find_font(const char *const *folders, const struct font_family *family,
                          const char *name, struct source *source, struct refusal *refusal)
{
    FILE *file = NULL;

    for (int i = 0; i < FONTS_FOLDERS && folders[i] != NULL && file == NULL; i++) {
        if (snprintf(source->path, sizeof source->path, "%s/%s", folders[i], name) >=
            (int)sizeof source->path)
            return ERR_LIMIT;
        file = fopen(source->path, "rb");
    }
    if (file == NULL) {
        snprintf(source->path, sizeof source->path, "%s/%s", folders[0], name);
        return refuse_font(refusal, source, family, "this font is missing or can't be read");
    }
    enum err e = check_font(file, family, source, refusal);
    fclose(file);
    return e;
}

static enum err find_fonts(struct fonts *fonts, const char *const *folders, struct refusal *refusal)
{
    const char *const first[] = {folders[0], NULL};
    enum err e = ERR_OK;

    for (int face = 0; face < FACE_COUNT && e == ERR_OK; face++) {
        const struct font_family *family = &font_families[face];
        const char *const *where = face == FACE_LATIN ? first : folders;
        e = find_font(where, family, family->regular, &fonts->sources[face][0], refusal);
        if (e == ERR_OK)
            e = find_font(where, family, family->bold, &fonts->sources[face][1], refusal);
    }
    return e;
}

enum err fonts_open(const char *const *folders, struct fonts **out_fonts, struct refusal *refusal)
{
    struct fonts *fonts = calloc(1, sizeof *fonts);
    int major = 0;

    if (fonts == NULL)
        return ERR_MEMORY;
    enum err e = find_fonts(fonts, folders, refusal);
    if (e != ERR_OK)
        goto out;
    if (TTF_Init() != 0) {
        refusal_place(refusal, "SDL_ttf");
        refusal_problem(refusal, "it does not start (%.120s)", TTF_GetError());
        refusal_remedy(refusal, "Install libsdl2-ttf-2.0-0 and libfreetype6 again");
        e = ERR_UNAVAILABLE;
        goto out;
    }
    TTF_GetHarfBuzzVersion(&major, NULL, NULL);
    if (major == 0) {
        refusal_place(refusal, "SDL_ttf");
        refusal_problem(refusal, "this build can't shape Arabic and Bengali (no HarfBuzz)");
        refusal_remedy(refusal, "Install libsdl2-ttf-2.0-0 of Debian 12 or later");
        TTF_Quit();
        e = ERR_UNAVAILABLE;
        goto out;
    }
    renew_secret(fonts);
    fonts->metrics = (struct text_metrics){fonts, has_glyph, width_px, ascent_px, descent_px};
    *out_fonts = fonts;
    fonts = NULL;
out:
    free(fonts);
    return e;
}

void fonts_close(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    close_sizes(fonts);
    TTF_Quit();
    free(fonts);
}

const struct text_metrics *fonts_metrics(struct fonts *fonts)
{
    return &fonts->metrics;
}

/*
 * SDL_ttf makes a mask higher than the font where ink stands out of it (words in Nastaliq climb),
 * and does not tell on which side: it was above where the first row has ink.
 */
static int ascent_of(const SDL_Surface *mask, const TTF_Font *font)
{
    const uint8_t *first_row = mask->pixels;
    int above_px = 0;

    for (int x = 0; x < mask->w && above_px == 0; x++) {
        if (first_row[x] != 0)
            above_px = mask->h - TTF_FontHeight(font);
    }
    return TTF_FontAscent(font) + above_px;
}

SDL_Surface *fonts_render(struct fonts *fonts, const struct text_run *run, int *out_ascent)
{
    const SDL_Color white = {255, 255, 255, 255};
    const SDL_Color black = {0, 0, 0, 255};
    TTF_Font *font = font_for_run(fonts, run);
    char *text = terminated(run);
    SDL_Surface *surface = NULL;

    if (font != NULL && text != NULL && run->text.len > 0)
        surface = TTF_RenderUTF8_Shaded(font, text, white, black);
    if (surface != NULL)
        *out_ascent = ascent_of(surface, font);
    if (text != NULL)
        wipe_and_free(text, run->text.len);
    return surface;
}

void fonts_forget(struct fonts *fonts)
{
    close_sizes(fonts);
    wipe(fonts->widths, sizeof fonts->widths);
    renew_secret(fonts);
}
