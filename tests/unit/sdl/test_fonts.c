/*
 * The real fonts: each script is shaped by its own, a wrong file is refused by name before it is
 * opened, and no text of the twelve languages asks for a sign that no font has.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sdl/fonts.h"
#include "sdl/sfnt.h"
#include "ui/script.h"

#define HAN_FILE FONTS_DEBIAN_OPENTYPE "/NotoSansCJK-Regular.ttc"

static const char *const folders[] = {FONTS_DEBIAN_TRUETYPE, FONTS_DEBIAN_OPENTYPE, NULL};
static struct fonts *fonts;
static struct arena arena;

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    if (fonts_open(folders, &fonts, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        return 1;
    }
    return arena_init(&arena, 1 << 20) != ERR_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    fonts_close(fonts);
    return 0;
}

static struct text_block lay(const char *text, bool rtl, bool nastaliq)
{
    struct text_block block = {0};
    const struct text_style style = {.size_px = 40, .line_px = 50, .tongue = {rtl, nastaliq}};

    arena_reset(&arena);
    assert_int_equal(text_layout(&arena, fonts_metrics(fonts), str_of(text), &style, 5000, &block),
                     ERR_OK);
    return block;
}

static void a_conjunct_is_narrower_than_its_parts(void **state)
{
    (void)state;
    int joined = lay("ক্ষ", false, false).width_px;
    int parts = lay("ক", false, false).width_px + lay("ষ", false, false).width_px;
    assert_true(joined > 0 && joined < parts);
}

static void arabic_letters_join_and_urdu_hangs(void **state)
{
    (void)state;
    int joined = lay("بيت", true, false).width_px;
    int parts = lay("ب", true, false).width_px + lay("ي", true, false).width_px +
                lay("ت", true, false).width_px;
    assert_true(joined > 0 && joined < parts);
    struct text_block urdu = lay("ذیابیطس", true, true);
    assert_int_equal(urdu.runs[0].face, FACE_NASTALIQ);
    assert_int_not_equal(urdu.width_px, lay("ذیابیطس", true, false).width_px);
}

/* In Simplified Chinese, not in the Japanese shapes that stand first in the file. */
static void chinese_takes_its_own_font_of_the_collection(void **state)
{
    (void)state;
    FILE *file = fopen(HAN_FILE, "rb");
    assert_non_null(file);
    int index = sfnt_find(file, "Noto Sans CJK SC");
    assert_true(index > 0);
    assert_int_equal(sfnt_find(file, "Noto Sans CJK XX"), -1);
    assert_true(sfnt_has_glyph(file, index, 0x4E2D));
    assert_true(sfnt_has_glyph(file, index, 0x2000B));
    assert_false(sfnt_has_glyph(file, index, 0x0995));
    fclose(file);
    TTF_Font *font = TTF_OpenFontIndex(HAN_FILE, 20, index);
    assert_non_null(font);
    assert_string_equal(TTF_FontFaceFamilyName(font), "Noto Sans CJK SC");
    TTF_CloseFont(font);
    assert_int_equal(lay("您患有2型糖尿病吗？", false, false).runs[0].face, FACE_HAN);
}

/* Chinese has one open font for all its sizes: each text is measured in its own all the same. */
static void chinese_keeps_its_sizes_apart(void **state)
{
    const struct text_metrics *metrics = fonts_metrics(fonts);
    struct text_run run = {.text = STR_LITERAL("隐私声明"), .script = SCRIPT_HAN, .face = FACE_HAN};
    int ascent[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        run.size_px = i == 1 ? 64 : 32;
        assert_int_equal(metrics->width_px(metrics->context, &run), 4 * run.size_px);
        SDL_Surface *mask = fonts_render(fonts, &run, &ascent[i]);
        assert_non_null(mask);
        assert_true(mask->w <= 4 * run.size_px && mask->w > 3 * run.size_px);
        SDL_FreeSurface(mask);
    }
    assert_int_equal(ascent[0], ascent[2]);
    assert_true(ascent[1] > ascent[0]);
}

static void every_language_is_drawn_without_an_empty_box(void **state)
{
    static const char *const texts[] = {
        "“I’ve been called in” – £5, 50% … · €",
        "আপনার ইমেইল বা নম্বর আমরা কখনও অন্য কাউকে দিই না। “ডায়াবেটিস” — ৳, (HeLP-Diabetes)!",
        "Taabo si aad u bilowdo: ma qabtaa cudurka macaanka nooca 2-aad?",
        "Türkçe: İĞÜŞÖÇ ığüşöç, şeker hastalığı",
        "هل لديك السكّري من النوع 2؟ «لا»، ٪؛ …",
        "¿Cómo podemos contactarle? ¡Año!",
        "Não, à frente: ções",
        "您患有2型糖尿病吗？“不是”，（可以）；《隐私》……——、：！",
        "Êtes-vous né(e) à l’œuvre ? « Oui »",
        "Perché? È così: più, città",
        "Zażółć gęślą jaźń „tak”",
        "کیا آپ کو ٹائپ 2 ذیابیطس ہے؟ ’نہیں‘، اِس لیے۔ ہم آپ کے ساتھ ہیں — ٪",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text_block block = lay(texts[i], i == 4 || i == 11, i == 11);
        for (int r = 0; r < block.run_count; r++) {
            int ascent = 0;
            SDL_Surface *mask = fonts_render(fonts, &block.runs[r], &ascent);
            assert_true(mask != NULL || str_trim(block.runs[r].text).len == 0);
            SDL_FreeSurface(mask);
        }
    }
}

/* The lowest ink of the first letter is where it is, however high the word climbs behind it. */
static void a_word_that_climbs_stands_on_the_line(void **state)
{
    static const char *const texts[] = {"ر", "ر کیجیے"};
    int below[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct text_block block = lay(texts[i], true, true);
        int ascent = 0;
        SDL_Surface *mask = fonts_render(fonts, &block.runs[0], &ascent);
        assert_non_null(mask);
        /* The first letter is the rightmost: its lowest row, counted from the line. */
        int lowest = 0;
        for (int y = 0; y < mask->h; y++) {
            for (int x = mask->w - 12; x < mask->w; x++) {
                if (((const uint8_t *)mask->pixels)[y * mask->pitch + x] > 128)
                    lowest = y;
            }
        }
        below[i] = lowest - ascent;
        SDL_FreeSurface(mask);
    }
    assert_in_range(below[0] - below[1] + 1, 0, 2);
}

static void a_wrong_font_file_is_refused_by_name(void **state)
{
    static const struct {
        const char *name;
        const char *holds;
        const char *problem;
        const char *package;
    } rows[] = {
        {"NotoSansBengali-Bold.ttf", FONTS_DEBIAN_TRUETYPE "/NotoSans-Bold.ttf",
         "lacks the letters", "fonts-noto-core"},
        {"NotoNastaliqUrdu-Regular.ttf", FONTS_DEBIAN_TRUETYPE "/NotoSansBengali-Regular.ttf",
         "lacks the letters", "fonts-noto-core"},
        {"NotoSansArabic-Regular.ttf", "/etc/passwd", "not a font file", "fonts-noto-core"},
        {"NotoSansCJK-Regular.ttc", FONTS_DEBIAN_TRUETYPE "/NotoSans-Bold.ttf",
         "simplified Chinese", "fonts-noto-cjk"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char folder[] = "/tmp/help-fonts-XXXXXX";
        char command[600];
        struct refusal refusal = {0};
        struct fonts *none = NULL;
        assert_non_null(mkdtemp(folder));
        snprintf(command, sizeof command,
                 "ln -s " FONTS_DEBIAN_TRUETYPE "/NotoSans-*.ttf %s && "
                 "ln -s %s %s/%s",
                 folder, rows[i].holds, folder, rows[i].name);
        assert_int_equal(system(command), 0);
        const char *const first[] = {folder, FONTS_DEBIAN_TRUETYPE, FONTS_DEBIAN_OPENTYPE, NULL};
        assert_int_equal(fonts_open(first, &none, &refusal), ERR_NOT_FOUND);
        assert_non_null(strstr(refusal.place, rows[i].name));
        assert_non_null(strstr(refusal.problem, rows[i].problem));
        assert_non_null(strstr(refusal.remedy, rows[i].package));
        snprintf(command, sizeof command, "rm -r %s", folder);
        assert_int_equal(system(command), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conjunct_is_narrower_than_its_parts),
        cmocka_unit_test(arabic_letters_join_and_urdu_hangs),
        cmocka_unit_test(chinese_takes_its_own_font_of_the_collection),
        cmocka_unit_test(chinese_keeps_its_sizes_apart),
        cmocka_unit_test(every_language_is_drawn_without_an_empty_box),
        cmocka_unit_test(a_word_that_climbs_stands_on_the_line),
        cmocka_unit_test(a_wrong_font_file_is_refused_by_name),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
