/*
 * The painter on real surfaces with real fonts: smooth corners, ink where the scene says, a part
 * painted again like the whole, and nothing typed kept after painter_forget. Fonts are refused by
 * name, and bidi runs are measured by SDL_ttf itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "sdl/painter.h"
#include "sdl/pixels.h"
#include "ui/parts.h"

static const char *const folders[] = {FONTS_DEBIAN_TRUETYPE, FONTS_DEBIAN_OPENTYPE, NULL};

static struct fonts *fonts;
static struct pictures *pictures;
static struct painter *painter;
static struct arena arena;
static struct scene scene;
static struct ui ui;

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    if (fonts_open(folders, &fonts, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        return 1;
    }
    return pictures_open(SOURCE_DIR "/assets", &pictures) != ERR_OK ||
           painter_create(fonts, pictures, &painter) != ERR_OK ||
           arena_init(&arena, 1 << 20) != ERR_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    painter_destroy(painter);
    pictures_close(pictures);
    fonts_close(fonts);
    return 0;
}

static void begin(bool rtl)
{
    const struct ui_settings settings = {
        .width_px = 540, .height_px = 960, .text_percent = 100, .rtl = rtl};

    ui_begin(&ui, &settings, fonts_metrics(fonts), &arena, &scene, UI_NONE, UI_NONE, true);
}

static SDL_Surface *new_surface(void)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, 540, 960, 32, SDL_PIXELFORMAT_ARGB8888);

    assert_non_null(surface);
    return surface;
}

static uint32_t pixel(const SDL_Surface *surface, int x, int y)
{
    return ((const uint32_t *)surface->pixels)[y * surface->pitch / 4 + x] & 0xFFFFFF;
}

/* One of each kind of paint, and a value that somebody typed. */
static void a_page(void)
{
    struct rect area = rect_inset(ui_screen(&ui), 30, 30);
    struct field field = {.id = {1, 0}, .label = "First name", .value = "Grace", .active = true};

    ui_picture(&ui, rect_cut_top(&area, 100), "low-reach-horizon", 14);
    ui_heading(&ui, &area, "What is your name?", LOOK_H1, 10);
    ui_field(&ui, &area, &field, 10);
    ui_code_card(&ui, &area,
                 &(struct code_card){.title = "Your reference",
                                     .reference = "HD-7K4M-Q2XP",
                                     .text = "Keep this.",
                                     .qr_text = "https://example.com"},
                 10);
    ui_ring(&ui, &area, 667, "20", 10);
    ui_button(&ui, rect_cut_top(&area, 64),
              &(struct button){.id = {2, 0}, .label = "Continue", .icon = "next"});
    ui_end(&ui);
}

static void a_part_is_painted_like_the_whole(void **state)
{
    const struct rect all = {0, 0, 540, 960};
    const struct rect parts[] = {{0, 0, 540, 300}, {100, 200, 37, 411}, {0, 300, 540, 660}};
    SDL_Surface *whole = new_surface();
    SDL_Surface *again = new_surface();

    (void)state;
    begin(false);
    a_page();
    painter_paint(painter, &scene, all, whole);
    painter_paint(painter, &scene, all, again);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        painter_paint(painter, &scene, parts[i], again);
    assert_memory_equal(whole->pixels, again->pixels, (size_t)whole->pitch * 960);
    SDL_FreeSurface(whole);
    SDL_FreeSurface(again);
}

static void corners_are_smooth_and_edges_are_full(void **state)
{
    SDL_Surface *surface = new_surface();
    int between = 0;

    (void)state;
    SDL_FillRect(surface, NULL, 0xFFFFFFFF);
    pixels_round(surface, (struct rect){100, 100, 100, 100}, 0x000000FF, 20);
    assert_int_equal(pixel(surface, 100, 100), 0xFFFFFF);
    assert_int_equal(pixel(surface, 150, 100), 0x000000);
    assert_int_equal(pixel(surface, 150, 150), 0x000000);
    assert_int_equal(pixel(surface, 99, 150), 0xFFFFFF);
    for (int x = 100; x < 120; x++) {
        uint32_t p = pixel(surface, x, 102);
        between += p != 0xFFFFFF && p != 0x000000;
    }
    assert_true(between >= 1 && between <= 6);
    SDL_FreeSurface(surface);
}

static void nothing_typed_is_kept_after_forgetting(void **state)
{
    SDL_Surface *surface = new_surface();

    (void)state;
    begin(false);
    a_page();
    painter_paint(painter, &scene, (struct rect){0, 0, 540, 960}, surface);
    assert_true(painter_personal_count(painter) > 0);
    painter_forget(painter);
    assert_int_equal(painter_personal_count(painter), 0);
    SDL_FreeSurface(surface);
}

static const struct text_run *run_with(const struct text_block *block, const char *text)
{
    for (int i = 0; i < block->run_count; i++) {
        struct str trimmed = str_trim(block->runs[i].text);
        if (str_is(trimmed, text))
            return &block->runs[i];
    }
    return NULL;
}

/* "السؤال 12 من HeLP-Diabetes": read from the right, the number and the name from the left. */
static void numbers_and_latin_stand_right_within_arabic(void **state)
{
    (void)state;
    begin(true);
    struct text_block block = ui_lay(
        &ui, "\xD8\xA7\xD9\x84\xD8\xB3\xD8\xA4\xD8\xA7\xD9\x84 12 \xD9\x85\xD9\x86 HeLP-Diabetes",
        LOOK_BODY, 5000);
    const struct text_run *number = run_with(&block, "12");
    const struct text_run *name = run_with(&block, "HeLP-Diabetes");

    assert_int_equal(block.line_count, 1);
    assert_non_null(number);
    assert_non_null(name);
    assert_false(number->rtl);
    assert_false(name->rtl);
    assert_int_equal(name->face, FACE_LATIN);
    assert_true(name->x_px < number->x_px); /* the sentence runs to the left */
    bool arabic = false;
    for (int i = 0; i < block.run_count; i++)
        arabic = arabic || (block.runs[i].rtl && block.runs[i].face == FACE_ARABIC);
    assert_true(arabic);
}

static void a_missing_font_is_refused_by_name(void **state)
{
    static const char *const wrong[] = {"/no/such/folder", FONTS_DEBIAN_TRUETYPE, NULL};
    struct fonts *none = NULL;
    struct refusal refusal = {0};

    (void)state;
    assert_int_equal(fonts_open(wrong, &none, &refusal), ERR_NOT_FOUND);
    assert_null(none);
    assert_string_equal(refusal.place, "/no/such/folder/NotoSans-Regular.ttf");
    assert_non_null(strstr(refusal.remedy, "fonts-noto-core"));
}

/* Drawn at build time: kept with its palette, and cut where the screen has less room for it. */
static void a_picture_that_is_drawn_already_is_cut_to_size(void **state)
{
    struct pictures *built = NULL;

    (void)state;
    assert_int_equal(pictures_open(BINARY_DIR "/pack", &built), ERR_OK);
    SDL_Surface *lower = pictures_get(built, "welcome-portrait", 1080, 1100, false, 0);
    assert_non_null(lower);
    assert_int_equal(lower->w, 1080);
    assert_int_equal(lower->h, 1100);
    assert_int_equal(lower->format->BitsPerPixel, 8);
    pictures_close(built);
}

static void a_picture_covers_what_it_is_given(void **state)
{
    (void)state;
    SDL_Surface *wide = pictures_get(pictures, "done", 400, 100, false, 0);
    assert_non_null(wide);
    assert_int_equal(wide->w, 400);
    assert_int_equal(wide->h, 100);
    SDL_Surface *high = pictures_get(pictures, "done", 100, 400, false, 0);
    assert_non_null(high);
    assert_int_equal(high->w, 100);
    assert_int_equal(high->h, 400);
    assert_null(pictures_get(pictures, "no-such-picture", 10, 10, false, 0));
    SDL_Surface *icon = pictures_icon(pictures, "back", 48, false);
    assert_non_null(icon);
    assert_int_equal(icon->w, 48);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_painted_like_the_whole),
        cmocka_unit_test(corners_are_smooth_and_edges_are_full),
        cmocka_unit_test(nothing_typed_is_kept_after_forgetting),
        cmocka_unit_test(numbers_and_latin_stand_right_within_arabic),
        cmocka_unit_test(a_missing_font_is_refused_by_name),
        cmocka_unit_test(a_picture_that_is_drawn_already_is_cut_to_size),
        cmocka_unit_test(a_picture_covers_what_it_is_given),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
