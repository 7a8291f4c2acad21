/* ui: the audit's order of the focus, and what it finds in painted pixels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "stage.h"
#include "ui/audit_pixels.h"

enum { WIDTH = 600, HEIGHT = 400 };

static struct scene varied;
static uint32_t painted_pixels[WIDTH * HEIGHT];
static uint32_t bare_pixels[WIDTH * HEIGHT];
static uint32_t turned_pixels[WIDTH * HEIGHT];

static void begin_small(void)
{
    static const struct ui_settings small = {
        .width_px = WIDTH, .height_px = HEIGHT, .diagonal_mm = 180, .text_percent = 100};

    begin(&small);
    stage.scene.ground = 0xFFFFFFFF;
}

/* --- a painter of its own -----------------------------------------------------------------------
 */

static uint32_t mixed(uint32_t below, uint32_t above, unsigned percent)
{
    uint32_t out = 0;

    for (int shift = 0; shift < 24; shift += 8)
        out |= ((below >> shift & 255) * (100 - percent) + (above >> shift & 255) * percent) / 100
               << shift;
    return out;
}

/* Black at the left to white at the right, and one black thread down the light part. */
static uint32_t picture_at(int x)
{
    return x == 449 ? 0 : (uint32_t)(x * 255 / WIDTH) * 0x010101;
}

static uint32_t pixel_of(const struct paint *paint, uint32_t below, int x, int y)
{
    struct rect inner = rect_inset(paint->rect, paint->box.border_px, paint->box.border_px);

    switch (paint->kind) {
    case PAINT_BOX:
        return (rect_contains(inner, x, y) ? paint->fill : paint->box.border) >> 8;
    case PAINT_PICTURE:
        return picture_at(x);
    case PAINT_TEXT: /* strokes of two pixels with a soft edge on each side */
        return x % 8 > 3 ? below
                         : mixed(below, paint->fill >> 8, x % 8 == 1 || x % 8 == 2 ? 100 : 30);
    default:
        return paint->fill >> 8;
    }
}

static void paint_scene(const struct scene *from, uint32_t *pixels)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = from->ground >> 8;
    for (int i = 0; i < from->paint_count; i++) {
        const struct rect r = from->paints[i].rect;
        for (int y = r.y; y < r.y + r.h; y++)
            for (int x = r.x; x < r.x + r.w; x++)
                if (x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT)
                    pixels[y * WIDTH + x] = pixel_of(&from->paints[i], pixels[y * WIDTH + x], x, y);
    }
}

/* The rules that were broken, a bit each. */
static unsigned found_in_pixels(void)
{
    const struct audit_views views = {{painted_pixels, WIDTH, WIDTH, HEIGHT},
                                      {bare_pixels, WIDTH, WIDTH, HEIGHT},
                                      {turned_pixels, WIDTH, WIDTH, HEIGHT}};
    struct audit_finding findings[8];
    unsigned rules = 0;

    paint_scene(&stage.scene, painted_pixels);
    audit_bare_scene(&stage.scene, &varied);
    paint_scene(&varied, bare_pixels);
    audit_turned_scene(&stage.scene, &varied);
    paint_scene(&varied, turned_pixels);
    int count = audit_pixels(&stage.scene, &views, findings, 8);
    for (int i = 0; i < count && i < 8; i++)
        rules |= 1u << findings[i].rule;
    return rules;
}

static void write_words(const char *words, int x, colour fill)
{
    struct text_block block = ui_lay(&stage.ui, words, LOOK_BODY, WIDTH);

    ui_text_at(&stage.ui, &block, (struct rect){x, 100, block.width_px, 60}, ALIGN_START, fill,
               false);
}

/* --- words --------------------------------------------------------------------------------------
 */

static void words_that_stand_out_pass(void **state)
{
    (void)state;
    begin_small();
    write_words("Words", 50, 0x000000FF);
    assert_int_equal(found_in_pixels(), 0);
    begin_small();
    ui_box(&stage.ui, (struct rect){0, 50, WIDTH, 200}, 0x003087FF, 0);
    write_words("Words", 50, 0xFFFFFFFF);
    assert_int_equal(found_in_pixels(), 0);
}

/* 4.5:1 is enough elsewhere, and not here; soft edges of letters that pass are no finding. */
static void pale_words_are_found(void **state)
{
    (void)state;
    begin_small();
    write_words("Words", 50, 0x767676FF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
    begin_small();
    ui_box(&stage.ui, (struct rect){0, 50, WIDTH, 200}, 0x005EB8FF, 0);
    write_words("Words", 50, 0xFFFFFFFF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
    begin_small();
    write_words("Words", 50, 0x595959FF); /* 7.0:1 on white */
    assert_int_equal(found_in_pixels(), 0);
}

/* The scene knows no colour there: only the pixels do. A thread under a long line is no matter. */
static void words_on_a_picture_are_measured_on_its_worst(void **state)
{
    (void)state;
    begin_small();
    ui_picture(&stage.ui, (struct rect){0, 0, WIDTH, HEIGHT}, "gradient", 0);
    write_words("Words so long", 380, 0x000000FF);
    assert_int_equal(found_in_pixels(), 0);
    begin_small();
    ui_picture(&stage.ui, (struct rect){0, 0, WIDTH, HEIGHT}, "gradient", 0);
    write_words("W", 440, 0x000000FF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
    begin_small();
    ui_picture(&stage.ui, (struct rect){0, 0, WIDTH, HEIGHT}, "gradient", 0);
    write_words("Words", 250, 0x000000FF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
}

/* Also where the ground has the very colour of the ink. */
static void one_letter_on_a_bad_ground_is_found(void **state)
{
    static const colour grounds[] = {0x777777FF, 0x000000FF};

    (void)state;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        begin_small();
        write_words("Words that go on and on", 50, 0x000000FF);
        int end = stage.scene.paints[0].rect.x + stage.scene.paints[0].rect.w;
        begin_small();
        ui_box(&stage.ui, (struct rect){end - 16, 50, 16, 200}, grounds[i], 0);
        write_words("Words that go on and on", 50, 0x000000FF);
        assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
    }
}

static void words_without_ink_are_found(void **state)
{
    (void)state;
    begin_small();
    write_words("Words", 50, 0x000000FF);
    ui_box(&stage.ui, (struct rect){0, 50, WIDTH, 200}, 0xF0F4F5FF, 0);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_NO_INK);
    begin_small();
    write_words("Words", 50, 0xFFFFFFFF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_CONTRAST);
    begin_small();
    write_words("\xC2\xA0", 50, 0xFFFFFFFF);
    assert_int_equal(found_in_pixels(), 0);
    begin_small();
    write_words("Words", 50, 0x000000FF);
    stage.scene.paints[0].text.clip =
        (struct rect){300, 0, 10, HEIGHT}; /* scrolled out of its field */
    assert_int_equal(found_in_pixels(), 0);
}

static void what_lies_behind_the_veil_is_not_judged(void **state)
{
    (void)state;
    begin_small();
    write_words("Words", 50, 0x767676FF);
    stage.scene.modal_from = 0;
    assert_int_equal(found_in_pixels(), 0);
}

/* --- marks and edges ----------------------------------------------------------------------------
 */

static void icons_keep_three_to_one(void **state)
{
    (void)state;
    begin_small();
    ui_icon(&stage.ui, (struct rect){50, 50, 40, 40}, "clock", 0x767676FF);
    assert_int_equal(found_in_pixels(), 0);
    begin_small();
    ui_icon(&stage.ui, (struct rect){50, 50, 40, 40}, "clock", 0xAAAAAAFF);
    assert_int_equal(found_in_pixels(), 1u << AUDIT_MARK_CONTRAST);
}

static unsigned found_with_edge(enum role role, unsigned role_state, colour edge)
{
    const struct rect place = {50, 50, 300, 100};

    begin_small();
    ui_element(&stage.ui, (struct element_id){1, 0}, role, "Name", place)->state = role_state;
    ui_frame(&stage.ui, place, 0xFFFFFFFF, 0, edge, 4);
    return found_in_pixels();
}

static void the_edge_of_a_control_shows(void **state)
{
    (void)state;
    assert_int_equal(found_with_edge(ROLE_FIELD, 0, 0x768692FF), 0);
    assert_int_equal(found_with_edge(ROLE_FIELD, 0, 0xD8DDE0FF), 1u << AUDIT_EDGE);
    assert_int_equal(found_with_edge(ROLE_BUTTON, 0, 0xD8DDE0FF), 0);
    assert_int_equal(found_with_edge(ROLE_BUTTON, STATE_FOCUSED, 0xFFEB3BFF), 1u << AUDIT_EDGE);
    assert_int_equal(found_with_edge(ROLE_BUTTON, STATE_FOCUSED, 0x212B32FF), 0);
}

/* --- the order of the focus ---------------------------------------------------------------------
 */

static void add_stop(struct rect place)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    int n = stage.scene.element_count;

    ui_element(&stage.ui, (struct element_id){1, n}, ROLE_BUTTON, names[n], place)->target = true;
}

/* The element that stands in the wrong place; -1: none does. */
static int out_of_order(bool rtl)
{
    const struct audit_limits order_limits = {.rtl = rtl};
    struct audit_finding findings[8];
    int count = audit_scene(&stage.scene, &order_limits, findings, 8);

    for (int i = 0; i < count; i++)
        if (findings[i].rule == AUDIT_FOCUS_ORDER)
            return findings[i].element;
    return -1;
}

static const struct rect top = {0, 0, 100, 50};
static const struct rect top_end = {110, 5, 100, 50};
static const struct rect below = {0, 100, 100, 50};
static const struct rect below_end = {110, 100, 100, 200};

static void rows_are_walked_from_start_to_end(void **state)
{
    (void)state;
    begin_small();
    add_stop(top);
    add_stop(top_end);
    add_stop(below);
    add_stop(below_end);
    assert_int_equal(out_of_order(false), -1);
    assert_int_equal(out_of_order(true), 1);
    begin_small();
    add_stop(top_end);
    add_stop(top);
    add_stop(below_end);
    add_stop(below);
    assert_int_equal(out_of_order(true), -1);
    assert_int_equal(out_of_order(false), 1);
}

static void columns_are_walked_one_by_one(void **state)
{
    (void)state;
    begin_small();
    add_stop(top);
    add_stop(below);
    add_stop(top_end);
    add_stop(below_end);
    assert_int_equal(out_of_order(false), -1);
    begin_small();
    add_stop(below);
    add_stop(top);
    assert_int_equal(out_of_order(false), 1);
}

/* Past the end of the last one is not enough: what comes back is above one that was walked. */
static void the_focus_never_comes_back(void **state)
{
    (void)state;
    begin_small();
    add_stop(top);
    add_stop((struct rect){0, 100, WIDTH, 50});
    add_stop((struct rect){0, 200, 100, 50});
    add_stop(top_end);
    assert_int_equal(out_of_order(false), 3);
    stage.scene.modal_from = 2;
    assert_int_equal(out_of_order(false), -1);
}

static void add_row(int from, int step)
{
    ui_row_begin(&stage.ui, (struct element_id){2, from}, "Row", (struct rect){0, 100, 400, 50});
    add_stop((struct rect){from, 100, 50, 50});
    add_stop((struct rect){from + step, 100, 50, 50});
    ui_row_end(&stage.ui);
}

static void keys_run_from_left_to_right_in_every_language(void **state)
{
    (void)state;
    begin_small();
    add_row(0, 60);
    assert_int_equal(out_of_order(false), -1);
    assert_int_equal(out_of_order(true), -1);
    begin_small();
    add_row(60, -60);
    assert_int_equal(out_of_order(false), 2);
    assert_int_equal(out_of_order(true), 2);
}

static void what_is_put_last_keeps_its_paints(void **state)
{
    (void)state;
    begin_small();
    add_stop(below);
    ui_box(&stage.ui, below, 0x000001FF, 0);
    add_stop(below_end);
    ui_box(&stage.ui, below_end, 0x000002FF, 0);
    add_stop(top);
    ui_box(&stage.ui, top, 0x000003FF, 0);
    assert_int_equal(out_of_order(false), 2);
    scene_put_last(&stage.scene, 0, 2);
    assert_int_equal(out_of_order(false), -1);
    for (int i = 0; i < 3; i++) {
        const struct element *owner = &stage.scene.elements[stage.scene.paints[i].element];
        assert_memory_equal(&owner->rect, &stage.scene.paints[i].rect, sizeof owner->rect);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_stand_out_pass),
        cmocka_unit_test(pale_words_are_found),
        cmocka_unit_test(words_on_a_picture_are_measured_on_its_worst),
        cmocka_unit_test(one_letter_on_a_bad_ground_is_found),
        cmocka_unit_test(words_without_ink_are_found),
        cmocka_unit_test(what_lies_behind_the_veil_is_not_judged),
        cmocka_unit_test(icons_keep_three_to_one),
        cmocka_unit_test(the_edge_of_a_control_shows),
        cmocka_unit_test(rows_are_walked_from_start_to_end),
        cmocka_unit_test(columns_are_walked_one_by_one),
        cmocka_unit_test(the_focus_never_comes_back),
        cmocka_unit_test(keys_run_from_left_to_right_in_every_language),
        cmocka_unit_test(what_is_put_last_keeps_its_paints),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
