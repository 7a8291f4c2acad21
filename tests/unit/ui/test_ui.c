/* ui: geometry, scenes and their readers, the scale, mirroring, parts and the audit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "stage.h"
#include "ui/blocks.h"
#include "ui/keyboard.h"

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

static void the_audit_finds_what_is_wrong(void **state)
{
    (void)state;
    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 128}, &back);
    ui_end(&stage.ui);
    assert_int_equal(audit_scene(&stage.scene, &limits, NULL, 0), 0);

    ui_button(&stage.ui, (struct rect){200, 0, 300, 128}, &next);
    assert_true(findings(AUDIT_TARGETS_CROSS) > 0);

    begin(&portrait);
    ui_button(&stage.ui, (struct rect){0, 0, 300, 40}, &back);
    assert_true(findings(AUDIT_SMALL_TARGET) > 0);
    ui_button(&stage.ui, (struct rect){900, 400, 300, 128}, &next);
    assert_true(findings(AUDIT_OFF_SCREEN) > 0);

    begin(&portrait);
    struct rect area = {0, 0, 500, 500};
    struct rect again = area;
    ui_paragraph(&stage.ui, &area, "Words", LOOK_BODY, 0);
    assert_int_equal(findings(AUDIT_TEXT_CROSSES), 0);
    ui_paragraph(&stage.ui, &again, "on words", LOOK_BODY, 0);
    assert_true(findings(AUDIT_TEXT_CROSSES) > 0);

    begin(&portrait);
    area = (struct rect){0, 0, 500, 500};
    ui_icon(&stage.ui, (struct rect){20, 0, 50, 50}, "clock", stage.ui.theme->dark);
    ui_paragraph(&stage.ui, &area, "on an icon", LOOK_BODY, 0);
    assert_true(findings(AUDIT_TEXT_CROSSES) > 0);

    begin(&portrait);
    struct rect grey = {0, 0, 500, 100};
    struct text_block block = ui_lay(&stage.ui, "Under", LOOK_BODY, 500);
    ui_text_at(&stage.ui, &block, grey, ALIGN_START, 0x000000FF, false);
    assert_int_equal(findings(AUDIT_TEXT_CROSSES), 0);
    ui_box(&stage.ui, grey, stage.ui.theme->blue, 0);
    assert_true(findings(AUDIT_TEXT_CROSSES) > 0);

    begin(&portrait);
    struct element *target = ui_element(&stage.ui, back.id, ROLE_BUTTON, "", grey);
    target->target = true;
    assert_true(findings(AUDIT_UNNAMED) > 0);
    ui_text_at(&stage.ui, &block, (struct rect){600, 0, 90, 50}, ALIGN_START, 0x000000FF, false);
    assert_true(findings(AUDIT_SPILLS) > 0);

    begin(&portrait);
    for (int i = 0; i <= SCENE_ELEMENTS; i++)
        ui_element(&stage.ui, UI_NONE, ROLE_TEXT, "", grey);
    assert_true(findings(AUDIT_OVERFLOW) > 0);

    begin(&portrait);
    area = (struct rect){0, 0, 500, 500};
    ui_paragraph(&stage.ui, &area, "\xED\x95\x9C", LOOK_BODY, 0);
    assert_true(findings(AUDIT_NO_GLYPH) > 0);
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
        cmocka_unit_test(a_mirrored_screen_turns_bars_and_arrows),
        cmocka_unit_test(a_long_value_shows_its_caret),
        cmocka_unit_test(a_mirrored_field_has_its_caret_behind_the_last_letter),
        cmocka_unit_test(a_summary_reads_in_the_language_shown),
        cmocka_unit_test(what_can_be_drawn_is_laid_whatever_it_is_joined_to),
        cmocka_unit_test(a_long_label_takes_the_room_of_its_icon),
        cmocka_unit_test(the_label_of_a_narrow_field_is_not_parted),
        cmocka_unit_test(a_row_in_another_language_is_set_as_that_is),
        cmocka_unit_test(balancing_parts_no_word),
        cmocka_unit_test(the_welcome_sheet_turns_with_its_words),
        cmocka_unit_test(the_audit_finds_what_is_wrong),
        cmocka_unit_test(the_audit_knows_the_largest_text_and_low_reach),
        cmocka_unit_test(no_text_of_the_largest_is_under_its_millimetres),
        cmocka_unit_test(the_line_of_low_reach_is_where_an_arm_ends),
        cmocka_unit_test(low_controls_stand_below_all_else),
        cmocka_unit_test(a_row_of_buttons_gives_up_lines_then_icons),
        cmocka_unit_test(words_keep_seven_to_one),
        cmocka_unit_test(lines_of_controls_keep_three_to_one),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
