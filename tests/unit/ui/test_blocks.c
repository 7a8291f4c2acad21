/* ui: a page as a list of blocks: what does not fit goes to sheets, evenly, or is set smaller. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "stage.h"
#include "ui/blocks.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_side_by_side_are_as_high_as_one_another),
        cmocka_unit_test(sheets_are_about_as_high_as_one_another),
        cmocka_unit_test(spare_room_stands_above_and_below_a_tip),
        cmocka_unit_test(what_does_not_fit_goes_to_the_next_sheet),
        cmocka_unit_test(a_block_higher_than_a_sheet_is_set_smaller),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
