/* ui: what has no room gives way in a set order, and no word of ours is ever broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stage.h"
#include "ui/blocks.h"
#include "ui/keyboard.h"

enum { START_AGAIN = 20, HELP, OWN, CALLED_IN, KEYS };

static void begin_sized(int width_px, int height_px, int text_percent)
{
    begin(&(struct ui_settings){
        .width_px = width_px, .height_px = height_px, .text_percent = text_percent});
}

static int size_of_text(void)
{
    for (int i = 0; i < stage.scene.paint_count; i++) {
        if (stage.scene.paints[i].kind == PAINT_TEXT)
            return stage.scene.paints[i].text.run->size_px;
    }
    return 0;
}

/* --- words -------------------------------------------------------------------------------------
 */

static void a_word_that_is_too_wide_is_set_smaller(void **state)
{
    struct rect area = {0, 0, 400, 400};

    (void)state;
    begin_sized(1080, 1920, 200);
    int asked = ui_text_px(&stage.ui, 36);
    ui_paragraph(&stage.ui, &area, "a isdiiwaangelin", LOOK_BODY, 0); /* 14 letters of half an em */
    assert_true(size_of_text() < asked);
    assert_true(14 * size_of_text() / 2 <= 400);
    assert_int_equal(findings(AUDIT_BROKEN_WORD), 0);

    begin_sized(1080, 1920, 200);
    area = (struct rect){0, 0, 400, 400};
    ui_paragraph(&stage.ui, &area, "short words only", LOOK_BODY, 0);
    assert_int_equal(size_of_text(), asked);
}

/* Below the least size nothing is set: then the word is broken, and the audit says so. */
static void a_broken_word_is_found(void **state)
{
    struct rect area = {0, 0, 100, 400};

    (void)state;
    begin_sized(1080, 1920, 100);
    ui_paragraph(&stage.ui, &area, "isdiiwaangelinta", LOOK_BODY, 0);
    assert_true(findings(AUDIT_BROKEN_WORD) > 0);
}

/* A double name, or the programme's own, is read as two words anyway. */
static void a_line_may_end_behind_a_hyphen(void **state)
{
    struct rect area = {0, 0, 150, 400};

    (void)state;
    begin_sized(1080, 1920, 100);
    ui_paragraph(&stage.ui, &area, "HeLP-Diabetes", LOOK_BODY,
                 0); /* 8 letters of 18 pixels are 144 */
    assert_true(stage.scene.paint_count == 2);
    assert_int_equal(size_of_text(), 36);
    assert_int_equal(findings(AUDIT_BROKEN_WORD), 0);
}

/* What a person typed is theirs: it keeps its size and may be parted. */
static void a_typed_word_keeps_its_size(void **state)
{
    (void)state;
    begin_sized(1080, 1920, 100);
    struct text_block block = ui_lay_typed(&stage.ui, "Wolfeschlegelstein", LOOK_BODY, 200);
    assert_true(block.parted);
    ui_text_at(&stage.ui, &block, (struct rect){0, 0, 200, 400}, ALIGN_START, stage.ui.theme->text,
               true);
    assert_int_equal(size_of_text(), ui_text_px(&stage.ui, 36));
    assert_int_equal(findings(AUDIT_BROKEN_WORD), 0);
}

/* A choice must not move what is below it when its label turns bold, nor spill while it is not. */
static void a_choice_is_high_enough_bold_or_not(void **state)
{
    struct choice choice = {.id = {NEXT, 0}, .label = "aaaa aaaa isdiiwaangelinta"};

    (void)state;
    for (int width = 300; width < 700; width += 10) {
        int heights[2];
        for (int chosen = 0; chosen < 2; chosen++) {
            struct rect area = {0, 0, width, 1920};
            choice.chosen = chosen != 0;
            begin_sized(1080, 1920, 200);
            heights[chosen] = ui_choice_height(&stage.ui, width, &choice, false);
            ui_choice(&stage.ui, &area, &choice, false, 0);
            assert_int_equal(findings(AUDIT_SPILLS), 0);
        }
        assert_int_equal(heights[0], heights[1]);
    }
}

/* --- buttons ------------------------------------------------------------------------------------
 */

static struct bottom_bar bar_with(const char *own)
{
    return (struct bottom_bar){
        .back = {.id = {BACK, 0}, .label = "Back", .icon = "back", .look = BUTTON_SECONDARY},
        .forward = {.id = {NEXT, 0}, .label = "Continue", .icon = "next", .look = BUTTON_PRIMARY},
        .quiet = {{.id = {START_AGAIN, 0}, .label = "Start again", .look = BUTTON_QUIET},
                  {.id = {HELP, 0}, .label = "Help", .look = BUTTON_QUIET},
                  {.id = {OWN, 0}, .label = own, .look = BUTTON_QUIET},
                  {.id = {CALLED_IN, 0}, .label = "I’ve been called in", .look = BUTTON_QUIET}},
        .quiet_count = 4,
        .gives_way = {2, 4}};
}

static bool shows(int what)
{
    return scene_find(&stage.scene, (struct element_id){what, 0}) != NULL;
}

static void view_bar(int width_px, const char *own)
{
    const struct bottom_bar bar = bar_with(own);

    begin_sized(width_px, 1920, 100);
    struct rect area = ui_screen(&stage.ui);
    ui_bottom_bar(&stage.ui, ui_bottom_bar_place(&stage.ui, &area, true), &bar);
}

/* Letters of 16 pixels; the buttons have 968 in all. */
static void help_gives_way_first_then_called_in(void **state)
{
    (void)state;
    view_bar(1080, "Skip");
    assert_true(shows(HELP) && shows(OWN) && shows(CALLED_IN));

    view_bar(1080, "abc abc abc abc abc abc abc abc abc "
                   "abc abc abc abc abc abc abc abc abc");
    assert_false(shows(HELP));
    assert_true(shows(START_AGAIN) && shows(OWN) && shows(CALLED_IN));

    /* Help has it: one of the two is always there. */
    view_bar(1080, "abc abc abc abc abc abc abc abc abc abc abc "
                   "abc abc abc abc abc abc abc abc abc abc");
    assert_true(shows(HELP));
    assert_false(shows(CALLED_IN));
    assert_true(shows(START_AGAIN) && shows(OWN));
    assert_int_equal(findings(AUDIT_SPILLS), 0);
    assert_int_equal(findings(AUDIT_OFF_SCREEN), 0);
}

/* As on the thank-you page beside a long "I need more time": the arrows go, not the last of them.
 */
static void a_lone_help_does_not_give_way(void **state)
{
    struct bottom_bar bar = bar_with("");

    (void)state;
    bar.quiet[0] = bar.quiet[1];
    bar.quiet_count = 1;
    bar.gives_way[0] = 1;
    bar.gives_way[1] = 0;
    bar.back.label = "I need much more time for all of this";
    bar.forward.label = "Finish and clear everything that is here";
    for (int width = 1920; width > 1500; width -= 10) {
        begin_sized(1920, 1080, 100);
        stage.ui.settings.width_px = width;
        struct rect area = {0, 0, width, 1080};
        ui_bottom_bar(&stage.ui, ui_bottom_bar_place(&stage.ui, &area, true), &bar);
        assert_true(shows(HELP));
    }
}

static int icons(void)
{
    int count = 0;

    for (int i = 0; i < stage.scene.paint_count; i++)
        count += stage.scene.paints[i].kind == PAINT_ICON;
    return count;
}

static void a_key_without_room_for_its_word_shows_its_sign(void **state)
{
    struct keyboard_state keys = {.keyboard = KEYBOARD_PAD, .what = KEYS, .last = false};
    struct keyboard_words words = {
        .space = "Space", .next = "Next", .done = "Done", .remove = "Delete", .row = "Row: {keys}"};

    (void)state;
    begin_sized(1080, 1920, 100);
    keyboard_view(&stage.ui, (struct rect){0, 900, 420, 700}, &keys, &words);
    const struct element *key = scene_find(&stage.scene, (struct element_id){KEYS, KEY_NEXT});
    int with_word = icons();
    words.next = "Siguientemente";
    begin_sized(1080, 1920, 100);
    keyboard_view(&stage.ui, (struct rect){0, 900, 420, 700}, &keys, &words);
    key = scene_find(&stage.scene, (struct element_id){KEYS, KEY_NEXT});
    assert_string_equal(key->label, "Siguientemente"); /* it is said all the same */
    assert_true(icons() >= with_word);
    assert_int_equal(findings(AUDIT_SPILLS), 0);
}

/* --- pages --------------------------------------------------------------------------------------
 */

static void the_last_block_can_move_before_the_others(void **state)
{
    struct blocks blocks = {.count = 0};

    (void)state;
    begin_sized(1080, 1920, 100);
    blocks_add_text(&stage.ui, &blocks, BLOCK_TEXT, NULL, "first", 0);
    blocks_add_text(&stage.ui, &blocks, BLOCK_TEXT, NULL, "second", 0);
    blocks_add_text(&stage.ui, &blocks, BLOCK_TEXT, NULL, "last", 0);
    blocks_move_to(&blocks, 0);
    assert_int_equal(blocks.count, 3);
    assert_string_equal(blocks.at[0].text, "last");
    assert_string_equal(blocks.at[1].text, "first");
    assert_string_equal(blocks.at[2].text, "second");
}

static void words_beside_a_corner_stay_whole(void **state)
{
    const struct button hide = {
        .id = {OWN, 0}, .label = "Hide my answers", .icon = "eyeoff", .look = BUTTON_LINED};
    const struct zone zone = {
        .progress = "Respuestas 4 a 4 de 12", .heading = "Revise sus respuestas", .corner = &hide};

    (void)state;
    for (int width = 500; width < 1080; width += 20) {
        begin_sized(1080, 1920, 200);
        struct rect area = {0, 0, width, 1500};
        stage.ui.settings.width_px = width;
        ui_zone(&stage.ui, area, &zone, 200, 0);
        assert_int_equal(findings(AUDIT_BROKEN_WORD), 0);
        assert_int_equal(findings(AUDIT_TEXT_CROSSES), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_is_too_wide_is_set_smaller),
        cmocka_unit_test(a_broken_word_is_found),
        cmocka_unit_test(a_line_may_end_behind_a_hyphen),
        cmocka_unit_test(a_typed_word_keeps_its_size),
        cmocka_unit_test(a_choice_is_high_enough_bold_or_not),
        cmocka_unit_test(help_gives_way_first_then_called_in),
        cmocka_unit_test(a_lone_help_does_not_give_way),
        cmocka_unit_test(a_key_without_room_for_its_word_shows_its_sign),
        cmocka_unit_test(the_last_block_can_move_before_the_others),
        cmocka_unit_test(words_beside_a_corner_stay_whole),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
