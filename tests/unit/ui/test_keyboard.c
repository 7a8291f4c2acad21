/* ui: keyboards: what their keys type and say, their order, and how the focus walks their rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "stage.h"
#include "ui/keyboard.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_changed_is_painted_again),
        cmocka_unit_test(keyboards_keep_their_order_when_mirrored),
        cmocka_unit_test(an_ending_starts_with_its_sign_when_mirrored),
        cmocka_unit_test(every_key_types_what_it_shows),
        cmocka_unit_test(a_row_of_keys_is_one_stop_until_it_is_gone_into),
        cmocka_unit_test(a_key_keeps_its_place_when_its_letter_changes),
        cmocka_unit_test(the_ring_of_a_row_stands_round_its_keys),
        cmocka_unit_test(the_turkish_dot_stays_on_its_letter),
        cmocka_unit_test(a_name_is_spelled_with_its_own_letters),
        cmocka_unit_test(keys_read_from_left_to_right_when_mirrored),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
