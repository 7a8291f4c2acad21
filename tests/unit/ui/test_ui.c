/* ui: geometry, scenes and their readers, the scale, mirroring, keyboards and the audit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "metrics.h"
#include "ui/audit.h"
#include "ui/blocks.h"
#include "ui/keyboard.h"
#include "ui/parts.h"

enum { BACK = 1, NEXT, ROW, FIELD, KEY };

struct stage {
    struct arena arena;
    struct scene scene;
    struct ui ui;
};

static struct stage stage;
static struct stage other;

static int set_up(void **state)
{
    (void)state;
    return arena_init(&stage.arena, 1 << 20) != ERR_OK ||
           arena_init(&other.arena, 1 << 20) != ERR_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&stage.arena);
    arena_finish(&other.arena);
    return 0;
}

static const struct ui_settings portrait = {
    .width_px = 1080, .height_px = 1920, .text_percent = 100};

static void begin_on(struct stage *on, const struct ui_settings *settings, struct element_id focus,
                     struct element_id pressed)
{
    ui_begin(&on->ui, settings, &even_metrics, &on->arena, &on->scene, focus, pressed, true);
}

static void begin(const struct ui_settings *settings)
{
    begin_on(&stage, settings, UI_NONE, UI_NONE);
}

static const struct button back = {
    .id = {BACK, 0}, .label = "Back", .icon = "back", .look = BUTTON_SECONDARY};
static const struct button next = {
    .id = {NEXT, 0}, .label = "Next", .icon = "next", .icon_after = true, .look = BUTTON_PRIMARY};

static void strips_add_up_to_the_area(void **state)
{
    struct rect area = {10, 20, 100, 200};

    (void)state;
    struct rect top = rect_cut_top(&area, 50);
    struct rect bottom = rect_cut_bottom(&area, 1000);
    assert_int_equal(top.h + bottom.h, 200);
    assert_int_equal(bottom.y, 70);
    assert_int_equal(area.h, 0);
    area = (struct rect){0, 0, 100, 10};
    assert_int_equal(rect_cut_end(&area, 30).x, 70);
    assert_int_equal(rect_cut_start(&area, -5).w, 0);
    assert_true(rect_contains((struct rect){0, 0, 2, 2}, 1, 1));
    assert_false(rect_contains((struct rect){0, 0, 2, 2}, 2, 1));
    assert_false(rect_overlaps((struct rect){0, 0, 2, 2}, (struct rect){2, 0, 2, 2}));
}

static void the_reference_screen_has_one_pixel_a_unit(void **state)
{
    (void)state;
    begin(&portrait);
    assert_int_equal(ui_px(&stage.ui, 88), 88);
    assert_true(stage.ui.portrait);

    struct ui_settings half = portrait;
    half.width_px = 540;
    half.height_px = 960;
    begin(&half);
    assert_int_equal(ui_px(&stage.ui, 88), 44);
    assert_int_equal(stage.ui.w, 1080);
}

static void a_small_panel_keeps_its_millimetres(void **state)
{
    /* 1080 x 1920 on 15 inches: 88 units must still be 20 mm and 28 units 6.5 mm. */
    struct ui_settings small = portrait;
    double px_per_mm;

    (void)state;
    small.diagonal_mm = 15 * 25.4;
    px_per_mm = 2202.9 / small.diagonal_mm;
    begin(&small);
    assert_true(ui_px(&stage.ui, 88) >= (int)(20 * px_per_mm));
    assert_true(ui_px(&stage.ui, 28) >= (int)(6.5 * px_per_mm));
    assert_true(stage.ui.w < 1080);
}

static void text_scales_in_full_and_bars_a_little(void **state)
{
    struct ui_settings large = portrait;

    (void)state;
    large.text_percent = 150;
    begin(&large);
    assert_int_equal(ui_text_px(&stage.ui, 36), 54);
    assert_int_equal(ui_bar_px(&stage.ui, 100), 118);
}

static void a_tap_finds_the_target_on_top(void **state)
{
    (void)state;
    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 128}, &back);
    ui_button(&stage.ui, (struct rect){400, 0, 300, 128}, &next);
    ui_end(&stage.ui);
    assert_int_equal(scene_hit(&stage.scene, 10, 10)->id.what, BACK);
    assert_int_equal(scene_hit(&stage.scene, 699, 127)->id.what, NEXT);
    assert_null(scene_hit(&stage.scene, 350, 10));
    assert_non_null(scene_find_label(&stage.scene, ROLE_BUTTON, "Next"));
    assert_null(scene_find_label(&stage.scene, ROLE_RADIO, "Next"));
}

static void a_dialog_takes_touch_and_focus(void **state)
{
    (void)state;
    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 128}, &back);
    struct rect inner = ui_dialog_begin(&stage.ui, "Start again?", 128);
    ui_button(&stage.ui, inner, &next);
    ui_end(&stage.ui);
    assert_null(scene_hit(&stage.scene, 10, 10));
    assert_int_equal(scene_focus_step(&stage.scene, back.id, 1)->id.what, NEXT);
    assert_int_equal(scene_focus_step(&stage.scene, next.id, 1)->id.what, NEXT);
}

static void focus_walks_the_targets_and_round(void **state)
{
    (void)state;
    begin_on(&stage, &portrait, next.id, UI_NONE);
    struct rect area = {0, 200, 900, 500};
    ui_button(&stage.ui, (struct rect){0, 0, 300, 128}, &back);
    ui_paragraph(&stage.ui, &area, "Words", LOOK_BODY, 0);
    ui_button(&stage.ui, (struct rect){400, 0, 300, 128}, &next);
    ui_end(&stage.ui);
    assert_int_equal(scene_focus_step(&stage.scene, UI_NONE, 1)->id.what, BACK);
    assert_int_equal(scene_focus_step(&stage.scene, back.id, 1)->id.what, NEXT);
    assert_int_equal(scene_focus_step(&stage.scene, next.id, 1)->id.what, BACK);
    assert_int_equal(scene_focus_step(&stage.scene, back.id, -1)->id.what, NEXT);
    assert_true(scene_find(&stage.scene, next.id)->state & STATE_FOCUSED);
    begin(&portrait);
    assert_null(scene_focus_step(&stage.scene, UI_NONE, 1));
}

static void draw_keys(struct stage *on, struct element_id pressed,
                      const struct ui_settings *settings)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    struct keyboard_state state = {.keyboard = KEYBOARD_NAME, .what = KEY, .shift = true};

    begin_on(on, settings, UI_NONE, pressed);
    keyboard_view(&on->ui, (struct rect){0, 1122, 1080, 504}, &state, &words);
    ui_end(&on->ui);
}

static void only_what_changed_is_painted_again(void **state)
{
    struct rect dirty = {0};
    struct element_id s = {KEY, 'S'};

    (void)state;
    draw_keys(&stage, UI_NONE, &portrait);
    draw_keys(&other, UI_NONE, &portrait);
    assert_false(scene_difference(&stage.scene, &other.scene, &dirty));
    draw_keys(&other, s, &portrait);
    assert_true(scene_difference(&stage.scene, &other.scene, &dirty));
    assert_true(rect_holds(dirty, scene_find(&other.scene, s)->rect));
    assert_true(dirty.w < 200 && dirty.h < 200);
}

static void keyboards_keep_their_order_when_mirrored(void **state)
{
    struct ui_settings turned = portrait;

    (void)state;
    turned.rtl = true;
    draw_keys(&stage, UI_NONE, &portrait);
    draw_keys(&other, UI_NONE, &turned);
    for (int i = 0; i < stage.scene.element_count; i++) {
        assert_int_equal(stage.scene.elements[i].rect.x, other.scene.elements[i].rect.x);
        assert_int_equal(stage.scene.elements[i].rect.w, other.scene.elements[i].rect.w);
    }
    for (int i = 0; i < stage.scene.paint_count; i++)
        assert_int_equal(stage.scene.paints[i].rect.x, other.scene.paints[i].rect.x);
}

static void an_ending_starts_with_its_sign_when_mirrored(void **state)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    struct keyboard_state keys = {.keyboard = KEYBOARD_EMAIL, .what = KEY};
    struct ui_settings turned = portrait;

    (void)state;
    turned.rtl = true;
    begin(&turned);
    keyboard_view(&stage.ui, (struct rect){0, 790, 1080, 836}, &keys, &words);
    ui_end(&stage.ui);
    const struct element *key = scene_find(&stage.scene, (struct element_id){KEY, KEY_ENDING});
    for (int i = 0; i < stage.scene.paint_count; i++) {
        const struct paint *paint = &stage.scene.paints[i];
        if (paint->kind == PAINT_TEXT && &stage.scene.elements[paint->element] == key)
            assert_true(str_is(paint->text.run->text, "@gmail.com"));
    }
}

static void a_mirrored_screen_turns_bars_and_arrows(void **state)
{
    struct ui_settings turned = portrait;
    struct rect area;

    (void)state;
    turned.rtl = true;
    begin(&turned);
    area = ui_screen(&stage.ui);
    ui_bottom_bar(&stage.ui, ui_bottom_bar_place(&stage.ui, &area, false),
                  &(struct bottom_bar){.back = back, .forward = next});
    ui_end(&stage.ui);
    assert_true(scene_find(&stage.scene, back.id)->rect.x >
                scene_find(&stage.scene, next.id)->rect.x);
    int turned_icons = 0;
    for (int i = 0; i < stage.scene.paint_count; i++)
        turned_icons += stage.scene.paints[i].kind == PAINT_ICON && stage.scene.paints[i].icon.flip;
    assert_int_equal(turned_icons, 2);
}

static void every_key_types_what_it_shows(void **state)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};

    (void)state;
    for (int k = KEYBOARD_NAME; k <= KEYBOARD_POSTCODE; k++) {
        for (int mode = 0; mode < 2 * KEYBOARD_NAME_PAGES; mode++) {
            struct keyboard_state keys = {
                .keyboard = (enum keyboard)k, .what = KEY, .shift = mode & 1, .accents = mode / 2};
            begin(&portrait);
            int h = keyboard_height_px(&stage.ui, keys.keyboard);
            keyboard_view(&stage.ui, (struct rect){0, 1626 - h, 1080, h}, &keys, &words);
            ui_end(&stage.ui);
            assert_false(stage.scene.overflow);
            assert_true(stage.scene.element_count >= 12);
            for (int i = 0; i < stage.scene.element_count; i++) {
                const struct element *key = &stage.scene.elements[i];
                struct str label = str_of(key->label);
                assert_int_equal(key->role, key->id.which < KEY_ROW ? ROLE_KEY : ROLE_KEYS);
                assert_true(key->group > 0);
                if (key->id.which < KEY_SHIFT && key->id.which > ' ')
                    assert_int_equal(str_next_code_point(&label), key->id.which);
                for (int j = 0; j < i; j++)
                    assert_false(element_id_equal(key->id, stage.scene.elements[j].id));
            }
        }
    }
    assert_string_equal(keyboard_ending(KEY_ENDING), "@gmail.com");
    assert_null(keyboard_ending(KEY_ENDING_LAST));
    assert_null(keyboard_ending('a'));
}

static struct element_id step_from(struct element_id from, int step)
{
    const struct element *element = scene_focus_step(&stage.scene, from, step);

    assert_non_null(element);
    return element->id;
}

static void assert_at(struct element_id id, int what, int which)
{
    assert_int_equal(id.what, what);
    assert_int_equal(id.which, which);
}

static void name_page(bool shift, struct stage *on)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    struct rect row = {0, 100, 1080, 128};

    begin_on(on, &portrait, UI_NONE, UI_NONE);
    ui_button(&on->ui, row, &back);
    keyboard_view(&on->ui, (struct rect){0, 900, 1080, 600},
                  &(struct keyboard_state){.keyboard = KEYBOARD_NAME, .what = KEY, .shift = shift},
                  &words);
    row.y = 1700;
    ui_button(&on->ui, row, &next);
    ui_end(&on->ui);
}

/* A button, four rows of keys, a button: six stops, and the keys of a row inside it. */
static void a_row_of_keys_is_one_stop_until_it_is_gone_into(void **state)
{
    (void)state;
    name_page(true, &stage);
    struct element_id at = step_from(back.id, 1);
    assert_at(at, KEY, KEY_ROW);
    assert_string_equal(scene_find(&stage.scene, at)->label, "Row: Q W E R T Y U I O P");
    assert_at(step_from(at, -1), BACK, 0);
    assert_at(step_from(at, 1), KEY, KEY_ROW + 1);
    assert_at(step_from(step_from(step_from(step_from(at, 1), 1), 1), 1), NEXT, 0);
    assert_at(step_from(next.id, -1), KEY, KEY_ROW + 3);
    assert_at(step_from(next.id, 1), BACK, 0);

    at = scene_focus_into(&stage.scene, scene_find(&stage.scene, at))->id;
    assert_at(at, KEY, 'Q');
    assert_at(step_from(at, -1), KEY, KEY_ROW);
    for (const char *letter = "WERTYUIOP"; *letter != '\0'; letter++) {
        at = step_from(at, 1);
        assert_at(at, KEY, *letter);
        assert_at(scene_focus_out(&stage.scene, at)->id, KEY, KEY_ROW);
    }
    assert_at(step_from(at, 1), KEY, KEY_ROW + 1);
    assert_null(scene_focus_out(&stage.scene, back.id));
    assert_null(scene_focus_out(&stage.scene, (struct element_id){KEY, KEY_ROW}));
    assert_null(scene_focus_into(&stage.scene, scene_find(&stage.scene, back.id)));
}

static void a_key_keeps_its_place_when_its_letter_changes(void **state)
{
    (void)state;
    name_page(true, &stage);
    name_page(false, &other);
    const struct element *same =
        scene_focus_same(&stage.scene, &other.scene, (struct element_id){KEY, 'W'});
    assert_non_null(same);
    assert_at(same->id, KEY, 'w');
    assert_null(scene_focus_same(&stage.scene, &other.scene, back.id));
    begin(&portrait);
    ui_end(&stage.ui);
    assert_null(scene_focus_same(&other.scene, &stage.scene, same->id));
}

static void the_ring_of_a_row_stands_round_its_keys(void **state)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};

    (void)state;
    for (int scheme = SCHEME_STANDARD; scheme < SCHEME_COUNT; scheme++) {
        struct ui_settings settings = portrait;
        int rings = 0;
        settings.scheme = (enum scheme)scheme;
        begin_on(&stage, &settings, (struct element_id){KEY, KEY_ROW + 1}, UI_NONE);
        keyboard_view(&stage.ui, (struct rect){0, 900, 1080, 600},
                      &(struct keyboard_state){.keyboard = KEYBOARD_NAME, .what = KEY}, &words);
        ui_end(&stage.ui);
        const struct element *row = scene_find(&stage.scene, (struct element_id){KEY, KEY_ROW + 1});
        assert_true(row->state & STATE_FOCUSED);
        assert_false(row->target);
        for (int i = 0; i < stage.scene.paint_count; i++) {
            const struct paint *paint = &stage.scene.paints[i];
            rings += paint->kind == PAINT_BOX && paint->fill == stage.ui.theme->focus &&
                     paint->rect.y < row->rect.y && paint->rect.w > row->rect.w;
        }
        assert_int_equal(rings, 1);
    }
}

static bool has_key(int code)
{
    return scene_find(&stage.scene, (struct element_id){KEY, code}) != NULL;
}

static void the_turkish_dot_stays_on_its_letter(void **state)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    static const struct {
        bool dotted;
        enum keyboard keyboard;
        int accents;
        int has;
        int has_not;
    } rows[] = {
        {true, KEYBOARD_NAME, 0, 0x130, 'I'},     {true, KEYBOARD_NAME, 1, 'I', 0x130},
        {false, KEYBOARD_NAME, 0, 'I', 0x130},    {false, KEYBOARD_NAME, 1, 0x130, 'I'},
        {true, KEYBOARD_POSTCODE, 0, 'I', 0x130},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct keyboard_state keys = {.keyboard = rows[i].keyboard,
                                            .what = KEY,
                                            .shift = true,
                                            .accents = rows[i].accents,
                                            .dotted = rows[i].dotted};
        begin(&portrait);
        keyboard_view(&stage.ui, (struct rect){0, 900, 1080, 726}, &keys, &words);
        assert_true(has_key(rows[i].has));
        assert_false(has_key(rows[i].has_not));
    }
}

/* Names of those who come, in small letters and in capitals. */
static void a_name_is_spelled_with_its_own_letters(void **state)
{
    static const char *const letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-' "
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"                /* Polish */
        "çğıöşüÇĞİÖŞÜ"                      /* Turkish */
        "ăâîșțĂÂÎȘȚ"                        /* Romanian: commas below, no cedillas */
        "áéíóúüñÁÉÍÓÚÜÑ"                    /* Spanish */
        "àâãçèêëìîïòôõùûÿœæÀÃÈÊËÌÏÒÔÕÙÛŸŒÆ" /* Portuguese, French, Italian */
        "äößÄåøÅØ"                          /* German, Scandinavian */
        "čďěňřšťůýžČĎĚŇŘŠŤŮÝŽ";             /* Czech */
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    struct str rest = str_of(letters);

    (void)state;
    while (rest.len > 0) {
        const char *from = rest.at;
        int code = (int)str_next_code_point(&rest);
        bool found = false;
        for (int mode = 0; mode < 2 * KEYBOARD_NAME_PAGES && !found; mode++) {
            struct keyboard_state keys = {
                .keyboard = KEYBOARD_NAME, .what = KEY, .shift = mode & 1, .accents = mode / 2};
            begin(&portrait);
            keyboard_view(&stage.ui, (struct rect){0, 1122, 1080, 504}, &keys, &words);
            ui_end(&stage.ui);
            found = has_key(code);
            /* The key that turns the pages stays where it is, and so does the space. */
            assert_true(has_key(KEY_ACCENTS) && has_key(' '));
        }
        if (!found)
            fail_msg("no key for %.*s", (int)(rest.at - from), from);
    }
}

static void a_long_value_shows_its_caret(void **state)
{
    struct rect area = {56, 0, 968, 400};
    struct field field = {.id = {FIELD, 0},
                          .label = "Email address",
                          .value = "a.very.long.name.that.never.seems.to.end@example.com",
                          .active = true};

    (void)state;
    begin(&portrait);
    ui_field(&stage.ui, &area, &field, 0);
    ui_end(&stage.ui);
    struct rect box = scene_find(&stage.scene, field.id)->rect;
    const struct paint *caret = &stage.scene.paints[stage.scene.paint_count - 1];
    assert_int_equal(caret->kind, PAINT_BOX);
    assert_true(rect_holds(box, caret->rect));
    bool clipped = false;
    for (int i = 0; i < stage.scene.paint_count; i++)
        clipped = clipped ||
                  (stage.scene.paints[i].kind == PAINT_TEXT &&
                   stage.scene.paints[i].text.clip.w > 0 && stage.scene.paints[i].text.personal);
    assert_true(clipped);
}

static const struct audit_limits limits = {.target_px = 80, .key_px = 60};

static const struct ui_settings mirrored = {
    .width_px = 1080, .height_px = 1920, .text_percent = 100, .rtl = true};

/* The words of what was painted since `from`, from left to right. */
static const char *painted(int from)
{
    static char memory[400];
    struct buf b;

    buf_init(&b, memory, sizeof memory);
    for (int x = 0; x < 1080; x++) {
        for (int i = from; i < stage.scene.paint_count; i++) {
            const struct paint *paint = &stage.scene.paints[i];
            if (paint->kind == PAINT_TEXT && paint->rect.x == x)
                buf_add_format(&b, "[%.*s]", (int)paint->text.run->text.len,
                               paint->text.run->text.at);
        }
    }
    return memory;
}

static void a_mirrored_field_has_its_caret_behind_the_last_letter(void **state)
{
    static const char *const values[] = {"Mensah", "Mensah ", "0", ""};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct rect area = {56, 0, 968, 400};
        struct field field = {
            .id = {FIELD, 0}, .label = "Name", .value = values[i], .active = true};
        begin(&mirrored);
        ui_field(&stage.ui, &area, &field, 0);
        ui_end(&stage.ui);
        const struct paint *caret = &stage.scene.paints[stage.scene.paint_count - 1];
        const struct paint *text = caret - 1;
        assert_int_equal(caret->kind, PAINT_BOX);
        if (values[i][0] != '\0') {
            assert_int_equal(text->kind, PAINT_TEXT);
            assert_int_equal(caret->rect.x, text->rect.x + (int)strlen(values[i]) * 24);
        }
        assert_true(rect_holds(scene_find(&stage.scene, field.id)->rect, caret->rect));
    }
}

/* Arabic words run right to left, what was typed in Latin or digits left to right among them. */
static void a_summary_reads_in_the_language_shown(void **state)
{
    static const char *const rows[][2] = {
        {"14 مارس 1958", "[1958][ ][مارس][ ][14]"},
        {"14 مارس \xE2\x81\xA8"
         "19__"
         "\xE2\x81\xA9",
         "[19__][ ][مارس][ ][14]"},
        {"\xE2\x81\xA8"
         "07700 900417"
         "\xE2\x81\xA9",
         "[07700 900417]"},
        {"\xE2\x81\xA8"
         "Grace Mensah"
         "\xE2\x81\xA9، \xE2\x81\xA8"
         "N19 5NF"
         "\xE2\x81\xA9",
         "[N19 5NF][ ][،][Grace Mensah]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin(&mirrored);
        struct text_block block = ui_lay_typed(&stage.ui, rows[i][0], LOOK_SECOND, 900);
        assert_false(stage.scene.no_glyph);
        ui_text_at(&stage.ui, &block, (struct rect){0, 0, 900, 100}, ALIGN_START, 0xFF, true);
        ui_end(&stage.ui);
        assert_string_equal(painted(0), rows[i][1]);
    }
}

static void what_can_be_drawn_is_laid_whatever_it_is_joined_to(void **state)
{
    (void)state;
    begin(&portrait);
    assert_true(text_can_draw(&even_metrics, STR_LITERAL("Ann")));
    assert_true(text_can_draw(&even_metrics, STR_LITERAL("e\xD9\x8B"))); /* an Arabic mark */
    assert_int_equal(ui_lay_typed(&stage.ui, "e\xD9\x8B", LOOK_VALUE, UI_WHOLE).run_count, 2);
    assert_false(stage.scene.no_glyph);
    assert_false(text_can_draw(&even_metrics, STR_LITERAL("Ann\xED\x95\x9C")));
    assert_false(text_can_draw(&even_metrics, STR_LITERAL("\xE2\x80\xAE")));
}

static void keys_read_from_left_to_right_when_mirrored(void **state)
{
    static const struct keyboard_words words = {"Space", "Next",    "Done",       "Delete",
                                                "Shift", "Accents", "Row: {keys}"};
    struct keyboard_state keys = {.keyboard = KEYBOARD_EMAIL, .what = KEY};

    (void)state;
    begin(&mirrored);
    keyboard_view(&stage.ui, (struct rect){0, 900, 1080, 726}, &keys, &words);
    ui_end(&stage.ui);
    assert_non_null(strstr(painted(0), "[@gmail.com]"));
    assert_non_null(strstr(painted(0), "[.co.uk]"));
}

static void a_long_label_takes_the_room_of_its_icon(void **state)
{
    static const char *const labels[] = {"Text", "Text size", "Texts and sizes"};

    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct rect area = {0, 0, 1080, 1920};
        struct top_bar bar = {.name = "HeLP-Diabetes", .control_count = 1};
        bar.controls[0] = (struct button){.id = {NEXT, 0}, .label = labels[i], .icon = "clock"};
        begin(&mirrored);
        ui_top_bar(&stage.ui, &area, &bar);
        ui_end(&stage.ui);
        assert_int_equal(audit_scene(&stage.scene, &limits, NULL, 0), 0);
    }
}

static void balancing_parts_no_word(void **state)
{
    struct rect area = {0, 0, 13 * 18, 400}; /* of letters of 18 pixels */

    (void)state;
    begin(&portrait);
    ui_paragraph(&stage.ui, &area, "aa aa aa bbbbbbbbbbbb aa", LOOK_BODY, 0);
    int widest = 0;
    for (int i = 0; i < stage.scene.paint_count; i++)
        if (stage.scene.paints[i].rect.w > widest)
            widest = stage.scene.paints[i].rect.w;
    assert_int_equal(widest, 12 * 18);
}

static void the_welcome_sheet_turns_with_its_words(void **state)
{
    struct ui_settings turned = portrait;

    (void)state;
    turned.rtl = true;
    begin(&turned);
    ui_picture(&stage.ui, (struct rect){0, 0, 100, 50}, "welcome-landscape", 0);
    ui_picture(&stage.ui, (struct rect){0, 50, 100, 50}, "done", 0);
    ui_end(&stage.ui);
    assert_true(stage.scene.paints[0].picture.flip);
    assert_false(stage.scene.paints[1].picture.flip);
}

static int shown_choices(void)
{
    int count = 0;

    for (int i = 0; i < stage.scene.element_count; i++)
        count += stage.scene.elements[i].role == ROLE_RADIO;
    return count;
}

/* Five rows of 140 units with gaps of 20, a heading kept with the first and a picture to please. */
static void view_rows(int height, int sheet)
{
    struct blocks blocks = {.count = 0};

    begin(&portrait);
    struct block *picture = blocks_add(&stage.ui, &blocks, BLOCK_PICTURE, 0);
    picture->icon = "about-1";
    picture->height = 300;
    picture->optional = true;
    struct block *heading =
        blocks_add_text(&stage.ui, &blocks, BLOCK_HEADING, NULL, "Choose one", 20);
    heading->look = LOOK_H2;
    heading->keep = true;
    for (int i = 0; i < 5; i++)
        blocks_add(&stage.ui, &blocks, BLOCK_CHOICE, 20)->choice =
            (struct choice){.id = {ROW, i}, .label = "Row"};
    blocks_view(&stage.ui, (struct rect){56, 0, 968, height}, &blocks, sheet);
    ui_end(&stage.ui);
}

static void what_does_not_fit_goes_to_the_next_sheet(void **state)
{
    (void)state;
    view_rows(1400, 0);
    assert_int_equal(stage.scene.page_count, 1);
    assert_int_equal(shown_choices(), 5);
    assert_int_equal(stage.scene.paints[0].kind, PAINT_PICTURE);

    view_rows(1100, 0); /* without the picture it still fits */
    assert_int_equal(stage.scene.page_count, 1);
    assert_int_equal(shown_choices(), 5);
    assert_int_not_equal(stage.scene.paints[0].kind, PAINT_PICTURE);

    int seen = 0;
    for (int sheet = 0; sheet < 3; sheet++) {
        view_rows(400, sheet);
        assert_int_equal(stage.scene.page_count, 3);
        assert_int_equal(stage.scene.page, sheet);
        seen += shown_choices();
    }
    assert_int_equal(seen, 5);
    view_rows(400, 9);
    assert_int_equal(stage.scene.page, 2);

    view_rows(150, 0); /* the heading is not left alone while its row fits with it */
    assert_true(stage.scene.page_count >= 5);
}

/* Six rows in an area that holds five: three and three, not five and a lonely one. */
static void the_label_of_a_narrow_field_is_not_parted(void **state)
{
    const struct field fields[] = {
        {.id = {FIELD, 0}, .label = "Maalinta", .value = "", .width = 200},
        {.id = {FIELD, 1}, .label = "Bisha", .value = "", .width = 200}};
    struct ui_settings large = portrait;
    struct rect area = {0, 0, 380, 600};

    (void)state;
    large.text_percent = 150;
    begin(&large);
    ui_fields_in_row(&stage.ui, &area, fields, 2, NULL, 0);
    int words = 0;
    for (int i = 0; i < stage.scene.paint_count; i++)
        words += stage.scene.paints[i].kind == PAINT_TEXT;
    assert_int_equal(words, 2);
}

/* A name in another language is set as that language is, and nothing after it. */
static void a_row_in_another_language_is_set_as_that_is(void **state)
{
    static const struct tongue urdu = {true, true};
    struct rect area = {0, 0, 968, 800};
    enum face faces[2];
    int count = 0;

    (void)state;
    begin(&portrait);
    ui_choice(&stage.ui, &area,
              &(struct choice){.id = {ROW, 0}, .label = "اردو", .second = "ار", .tongue = &urdu},
              false, 0);
    for (int i = 0; i < stage.scene.paint_count; i++) {
        if (stage.scene.paints[i].kind == PAINT_TEXT && count < 2)
            faces[count++] = stage.scene.paints[i].text.run->face;
    }
    assert_int_equal(count, 2);
    assert_int_equal(faces[0], FACE_NASTALIQ);
    assert_int_equal(faces[1], FACE_ARABIC);
}

static void rows_side_by_side_are_as_high_as_one_another(void **state)
{
    static struct blocks blocks;

    (void)state;
    begin(&portrait);
    blocks.count = 0;
    struct block *row = blocks_add(&stage.ui, &blocks, BLOCK_PAIR, 0);
    row->choice = (struct choice){.id = {ROW, 0}, .label = "Short"};
    row->beside = (struct choice){
        .id = {ROW, 1}, .label = "Two lines", .second = "and a second line of two lines itself"};
    blocks_view(&stage.ui, (struct rect){0, 0, 968, 1400}, &blocks, 0);
    int h = scene_find(&stage.scene, (struct element_id){ROW, 0})->rect.h;
    assert_int_equal(h, scene_find(&stage.scene, (struct element_id){ROW, 1})->rect.h);
    assert_true(h > 140);
}

static void sheets_are_about_as_high_as_one_another(void **state)
{
    (void)state;
    for (int sheet = 0; sheet < 2; sheet++) {
        struct blocks blocks = {.count = 0};
        begin(&portrait);
        for (int i = 0; i < 6; i++)
            blocks_add(&stage.ui, &blocks, BLOCK_CHOICE, 20)->choice =
                (struct choice){.id = {ROW, i}, .label = "Row"};
        struct block_range shown =
            blocks_view(&stage.ui, (struct rect){56, 0, 968, 800}, &blocks, sheet);
        ui_end(&stage.ui);
        assert_int_equal(stage.scene.page_count, 2);
        assert_int_equal(shown.first, sheet * 3);
        assert_int_equal(shown_choices(), 3);
        assert_int_equal(shown.tallest_px, 3 * 140 + 2 * 20);
    }
}

static void spare_room_stands_above_and_below_a_tip(void **state)
{
    struct blocks blocks = {.count = 0};

    (void)state;
    begin(&portrait);
    blocks_add(&stage.ui, &blocks, BLOCK_CHOICE, 0)->choice =
        (struct choice){.id = {ROW, 0}, .label = "Row"};
    blocks_add(&stage.ui, &blocks, BLOCK_SPACE, 0);
    blocks_add_text(&stage.ui, &blocks, BLOCK_TIP, "help", "Ask at reception.", 0);
    blocks_view(&stage.ui, (struct rect){56, 0, 968, 1000}, &blocks, 0);
    ui_end(&stage.ui);
    const struct element *tip = &stage.scene.elements[stage.scene.element_count - 1];
    int above = tip->rect.y - 140;
    int below = 1000 - tip->rect.y - tip->rect.h;
    assert_in_range(above - below + 2, 0, 4);
}

static bool audit_finds(enum audit_rule rule)
{
    struct audit_finding findings[32];
    int count = audit_scene(&stage.scene, &limits, findings, 32);

    for (int i = 0; i < count && i < 32; i++) {
        if (findings[i].rule == rule)
            return true;
    }
    return false;
}

static void the_audit_finds_what_is_wrong(void **state)
{
    (void)state;
    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 128}, &back);
    ui_end(&stage.ui);
    assert_int_equal(audit_scene(&stage.scene, &limits, NULL, 0), 0);

    ui_button(&stage.ui, (struct rect){200, 0, 300, 128}, &next);
    assert_true(audit_finds(AUDIT_TARGETS_CROSS));

    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 40}, &back);
    assert_true(audit_finds(AUDIT_SMALL_TARGET));
    ui_button(&stage.ui, (struct rect){900, 400, 300, 128}, &next);
    assert_true(audit_finds(AUDIT_OFF_SCREEN));

    begin(&portrait);
    struct rect area = {0, 0, 500, 500};
    struct rect again = area;
    ui_paragraph(&stage.ui, &area, "Words", LOOK_BODY, 0);
    assert_false(audit_finds(AUDIT_TEXT_CROSSES));
    ui_paragraph(&stage.ui, &again, "on words", LOOK_BODY, 0);
    assert_true(audit_finds(AUDIT_TEXT_CROSSES));

    begin(&portrait);
    area = (struct rect){0, 0, 500, 500};
    ui_icon(&stage.ui, (struct rect){20, 0, 50, 50}, "clock", stage.ui.theme->dark);
    ui_paragraph(&stage.ui, &area, "on an icon", LOOK_BODY, 0);
    assert_true(audit_finds(AUDIT_TEXT_CROSSES));

    begin(&portrait);
    struct rect grey = {0, 0, 500, 100};
    struct text_block block = ui_lay(&stage.ui, "Under", LOOK_BODY, 500);
    ui_text_at(&stage.ui, &block, grey, ALIGN_START, 0x000000FF, false);
    assert_false(audit_finds(AUDIT_TEXT_CROSSES));
    ui_box(&stage.ui, grey, stage.ui.theme->blue, 0);
    assert_true(audit_finds(AUDIT_TEXT_CROSSES));

    begin(&portrait);
    struct element *target = ui_element(&stage.ui, back.id, ROLE_BUTTON, "", grey);
    target->target = true;
    assert_true(audit_finds(AUDIT_UNNAMED));
    ui_text_at(&stage.ui, &block, (struct rect){600, 0, 90, 50}, ALIGN_START, 0x000000FF, false);
    assert_true(audit_finds(AUDIT_SPILLS));

    begin(&portrait);
    for (int i = 0; i <= SCENE_ELEMENTS; i++)
        ui_element(&stage.ui, UI_NONE, ROLE_TEXT, "", grey);
    assert_true(audit_finds(AUDIT_OVERFLOW));

    begin(&portrait);
    area = (struct rect){0, 0, 500, 500};
    ui_paragraph(&stage.ui, &area, "\xED\x95\x9C", LOOK_BODY, 0);
    assert_true(audit_finds(AUDIT_NO_GLYPH));
}

static void the_audit_knows_the_largest_text_and_low_reach(void **state)
{
    struct audit_limits strict = limits;
    struct audit_finding finding;
    struct rect area = {0, 300, 500, 500};

    (void)state;
    begin(&portrait);
    ui_paragraph(&stage.ui, &area, "Words", LOOK_BODY, 0);
    ui_button(&stage.ui, (struct rect){0, 600, 300, 128}, &next);
    strict.em_px = 36;
    strict.reach_px = 600;
    assert_int_equal(audit_scene(&stage.scene, &strict, &finding, 1), 0);
    strict.em_px = 37;
    assert_int_equal(audit_scene(&stage.scene, &strict, &finding, 1), 1);
    assert_int_equal(finding.rule, AUDIT_SMALL_TEXT);
    strict.em_px = 36;
    strict.reach_px = 601;
    assert_int_equal(audit_scene(&stage.scene, &strict, &finding, 1), 1);
    assert_int_equal(finding.rule, AUDIT_HIGH_TARGET);
}

/* EN 301 549, 5.1.4: 7.3 mm for a capital H of 0.714 em, on any panel. */
static void no_text_of_the_largest_is_under_its_millimetres(void **state)
{
    static const double inches[] = {15.6, 21.5, 32};
    struct ui_settings largest = portrait;

    (void)state;
    largest.text_percent = 200;
    for (int i = 0; i < 3; i++) {
        largest.diagonal_mm = inches[i] * 25.4;
        begin(&largest);
        struct text_block block = ui_lay_sized(&stage.ui, "H", 10, 12, false, 500);
        assert_true(block.runs[0].size_px * 0.714 >= 7.3 * ui_px_per_mm(&largest));
        assert_true(block.line_px >= block.runs[0].size_px);
    }
    begin(&portrait);
    assert_int_equal(ui_lay_sized(&stage.ui, "H", 30, 36, false, 500).runs[0].size_px, 30);
}

/* Portrait: as drawn, y 760 of 1920. A small or low screen is in reach with less. */
static void the_line_of_low_reach_is_where_an_arm_ends(void **state)
{
    struct ui_settings panel = portrait;

    (void)state;
    assert_in_range(ui_reach_px(&panel), 759, 761);
    panel.diagonal_mm = 32 * 25.4;
    assert_in_range(ui_reach_px(&panel), 759, 761);
    panel.diagonal_mm = 15.6 * 25.4;
    assert_in_range(ui_reach_px(&panel), 300, 320);
    panel.width_px = 1920;
    panel.height_px = 1080;
    assert_int_equal(ui_reach_px(&panel), 0);
}

static void low_controls_stand_below_all_else(void **state)
{
    const struct top_bar bar = {
        .name = "HeLP-Diabetes", .controls = {back, next}, .control_count = 2};
    struct ui_settings low = portrait;

    (void)state;
    low.low_reach = true;
    for (int turned = 0; turned < 2; turned++) {
        low.width_px = turned ? 1920 : 1080;
        low.height_px = turned ? 1080 : 1920;
        begin(&low);
        struct rect area = ui_screen(&stage.ui);
        ui_top_bar(&stage.ui, &area, &bar);
        assert_true(scene_find(&stage.scene, back.id)->rect.y >= area.y + area.h);
        assert_int_equal(area.y > 0, !turned);
    }
}

/* Letters are half an em wide: 16 units a letter of a quiet button. */
static void a_row_of_buttons_gives_up_lines_then_icons(void **state)
{
    const struct button buttons[] = {
        {.id = {BACK, 0}, .label = "Start again", .icon = "restart", .look = BUTTON_QUIET},
        {.id = {NEXT, 0}, .label = "Call me back", .icon = "phone", .look = BUTTON_QUIET}};
    static const struct {
        int width;
        int lines;
        int icons;
    } cases[] = {{700, 1, 2}, {420, 2, 2}, {290, 2, 0}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        int icons = 0;
        int texts = 0;
        begin(&portrait);
        struct rect row = {0, 0, cases[i].width, ui_button_row_height(&stage.ui)};
        assert_int_equal(ui_button_rows(&stage.ui, row.w, buttons, 2), 1);
        ui_button_row(&stage.ui, row, buttons, 2, ROW_PARTS);
        for (int p = 0; p < stage.scene.paint_count; p++) {
            icons += stage.scene.paints[p].kind == PAINT_ICON;
            texts += stage.scene.paints[p].kind == PAINT_TEXT;
        }
        assert_int_equal(icons, cases[i].icons);
        assert_int_equal(texts, 2 * cases[i].lines);
        assert_int_equal(audit_scene(&stage.scene, &limits, NULL, 0), 0);
    }
    begin(&portrait);
    assert_int_equal(ui_button_rows(&stage.ui, 150, buttons, 2), 2);
}

static void a_block_higher_than_a_sheet_is_set_smaller(void **state)
{
    struct ui_settings largest = portrait;
    struct blocks blocks = {.count = 0};

    (void)state;
    largest.text_percent = 200;
    begin(&largest);
    blocks_add_text(&stage.ui, &blocks, BLOCK_TEXT, NULL,
                    "One two three four five six seven eight nine ten eleven twelve", 0);
    int whole = blocks_height(&stage.ui, &blocks, 400);
    blocks_view(&stage.ui, (struct rect){0, 0, 400, whole - 50}, &blocks, 0);
    assert_int_equal(stage.scene.page_count, 1);
    assert_true(blocks.at[0].percent < 200);
    assert_true(blocks_height(&stage.ui, &blocks, 400) <= whole - 50);
    assert_int_equal(stage.ui.text_percent, 200);
}

static void words_keep_seven_to_one(void **state)
{
    (void)state;
    for (int s = 0; s < SCHEME_COUNT; s++) {
        const struct theme *t = theme_of((enum scheme)s);
        const colour pairs[][2] = {
            {t->text, t->page},
            {t->text, t->white},
            {t->text, t->tint},
            {t->text_soft, t->sky},
            {t->text_soft, t->white},
            {t->heading, t->sky},
            {t->dark, t->sky},
            {t->dark, t->tint},
            {t->on_quiet, t->quiet},
            {t->on_dark, t->dark},
            {t->on_button, t->button},
            {t->on_second_press, t->second_press},
            {t->on_press, t->press},
            {t->error_text, t->white},
            {t->error_text, t->page},
            {t->on_note, t->note},
            {t->text, t->key},
            {t->text, t->key_fn},
            {t->dark, t->second},
            {t->on_disc, t->disc},
            {t->on_button_press, t->button_press},
        };
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            if (theme_contrast(pairs[i][0], pairs[i][1]) < 7.0)
                fail_msg("scheme %d pair %zu: %.2f", s, i,
                         theme_contrast(pairs[i][0], pairs[i][1]));
        }
    }
    assert_true(theme_contrast(0xFFFFFFFF, 0x000000FF) > 20.9);
}

/* WCAG 2.2, 1.4.11: where a control is, and what state it is in. */
static void lines_of_controls_keep_three_to_one(void **state)
{
    (void)state;
    for (int s = 0; s < SCHEME_COUNT; s++) {
        const struct theme *t = theme_of((enum scheme)s);
        const colour pairs[][2] = {
            {t->border, t->white}, {t->choice, t->tint},    {t->choice, t->page},
            {t->field, t->white},  {t->blue, t->second},    {t->error, t->page},
            {t->button, t->page},  {t->focus_in, t->focus}, {t->dark, t->white},
            {t->green, t->white},  {t->on_press, t->press}, {t->blue, t->track},
        };
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            if (theme_contrast(pairs[i][0], pairs[i][1]) < 3.0)
                fail_msg("scheme %d pair %zu: %.2f", s, i,
                         theme_contrast(pairs[i][0], pairs[i][1]));
        }
        if (!t->pictures)
            assert_true(theme_contrast(t->quiet_border, t->quiet) > 7.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strips_add_up_to_the_area),
        cmocka_unit_test(the_reference_screen_has_one_pixel_a_unit),
        cmocka_unit_test(a_small_panel_keeps_its_millimetres),
        cmocka_unit_test(text_scales_in_full_and_bars_a_little),
        cmocka_unit_test(a_tap_finds_the_target_on_top),
        cmocka_unit_test(a_dialog_takes_touch_and_focus),
        cmocka_unit_test(focus_walks_the_targets_and_round),
        cmocka_unit_test(only_what_changed_is_painted_again),
        cmocka_unit_test(keyboards_keep_their_order_when_mirrored),
        cmocka_unit_test(an_ending_starts_with_its_sign_when_mirrored),
        cmocka_unit_test(a_mirrored_screen_turns_bars_and_arrows),
        cmocka_unit_test(every_key_types_what_it_shows),
        cmocka_unit_test(a_row_of_keys_is_one_stop_until_it_is_gone_into),
        cmocka_unit_test(a_key_keeps_its_place_when_its_letter_changes),
        cmocka_unit_test(the_ring_of_a_row_stands_round_its_keys),
        cmocka_unit_test(the_turkish_dot_stays_on_its_letter),
        cmocka_unit_test(a_name_is_spelled_with_its_own_letters),
        cmocka_unit_test(a_long_value_shows_its_caret),
        cmocka_unit_test(a_mirrored_field_has_its_caret_behind_the_last_letter),
        cmocka_unit_test(a_summary_reads_in_the_language_shown),
        cmocka_unit_test(what_can_be_drawn_is_laid_whatever_it_is_joined_to),
        cmocka_unit_test(keys_read_from_left_to_right_when_mirrored),
        cmocka_unit_test(a_long_label_takes_the_room_of_its_icon),
        cmocka_unit_test(the_label_of_a_narrow_field_is_not_parted),
        cmocka_unit_test(a_row_in_another_language_is_set_as_that_is),
        cmocka_unit_test(rows_side_by_side_are_as_high_as_one_another),
        cmocka_unit_test(sheets_are_about_as_high_as_one_another),
        cmocka_unit_test(spare_room_stands_above_and_below_a_tip),
        cmocka_unit_test(balancing_parts_no_word),
        cmocka_unit_test(the_welcome_sheet_turns_with_its_words),
        cmocka_unit_test(what_does_not_fit_goes_to_the_next_sheet),
        cmocka_unit_test(the_audit_finds_what_is_wrong),
        cmocka_unit_test(the_audit_knows_the_largest_text_and_low_reach),
        cmocka_unit_test(no_text_of_the_largest_is_under_its_millimetres),
        cmocka_unit_test(the_line_of_low_reach_is_where_an_arm_ends),
        cmocka_unit_test(low_controls_stand_below_all_else),
        cmocka_unit_test(a_row_of_buttons_gives_up_lines_then_icons),
        cmocka_unit_test(a_block_higher_than_a_sheet_is_set_smaller),
        cmocka_unit_test(words_keep_seven_to_one),
        cmocka_unit_test(lines_of_controls_keep_three_to_one),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
