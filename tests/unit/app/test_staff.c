/* The staff panel with no window and no help-sync: what it opens to, and what it never does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "app/app.h"
#include "screens/staff_panel.h"
#include "signup/reference.h"
#include "ui/keyboard.h"
#include "ui/metrics.h"
#include "ui/script.h"

static struct pack *pack;
static struct app app;
static int64_t now;
static struct effects effects;

static const struct site site = {.drafts = true, .volume = 7, .comfort = COMFORT_DEFAULT};

static const struct ui_settings screen = {.width_px = 1080, .height_px = 1920, .text_percent = 100};

static void show(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&app, now, &scene, &dirty);
}

static void become(enum readiness readiness)
{
    struct device device = {.readiness = readiness, .mode = KIOSK_DEMO, .connected = true};

    strcpy(device.kiosk, "6f1c2f0e-0000-4000-8000-000000000001");
    strcpy(device.practice, "Y99999");
    if (readiness != READY_AWAY)
        device.report = (struct report){.known = true,
                                        .made_today = 7,
                                        .now_ms = 1,
                                        .next_send_ms = 1,
                                        .now = {.date = {2026, 11, 24}, .weekday = 1}};
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
}

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    now = 1000000;
    if (pack == NULL && pack_open(BINARY_DIR "/pack", &pack, &refusal) != ERR_OK)
        return 1;
    if (app_init(&app, pack, &site, &even_metrics, &screen, &env_system) != ERR_OK)
        return 1;
    become(READY_YES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    app_finish(&app);
    return 0;
}

static int close_pack(void **state)
{
    (void)state;
    pack_close(pack);
    return 0;
}

static const struct element *find(int what, int which)
{
    return scene_find(app.scenes[app.shown], (struct element_id){what, which});
}

static void touch(int what, int which)
{
    const struct element *element = find(what, which);

    assert_non_null(element);
    struct input input = {.kind = INPUT_PRESS,
                          .x = element->rect.x + element->rect.w / 2,
                          .y = element->rect.y + element->rect.h / 2};
    now += 1000;
    app_input(&app, &input, now, &effects);
    show();
    input.kind = INPUT_RELEASE;
    app_input(&app, &input, now, &effects);
    show();
}

static void wait_s(int seconds)
{
    for (int i = 0; i < seconds; i++) {
        now += 1000;
        app_tick(&app, now, &effects);
    }
    show();
}

static void type_pin(const char *pin)
{
    for (; *pin != '\0'; pin++)
        touch(ID_KEY, *pin);
    touch(ID_KEY, KEY_NEXT);
}

static void open_panel(void)
{
    touch(ID_STAFF, 0);
    type_pin("271828");
    assert_true(effects.check_pin);
    app_admit(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_STAFF);
}

/* On whichever sheet it stands. */
static void do_deed(enum deed_id deed)
{
    while (app.model.sheet > 0)
        touch(ID_BACK, 0);
    while (find(ID_DEED, deed) == NULL)
        touch(ID_CONTINUE, 0);
    touch(ID_DEED, deed);
}

static const char *text_of(enum role role, const char *label)
{
    const struct element *element = scene_find_label(app.scenes[app.shown], role, label);

    return element == NULL ? NULL : element->label;
}

/* --- PIN ----------------------------------------------------------------------------------------
 */

static void a_pin_opens_the_panel_and_is_wiped(void **state)
{
    (void)state;
    open_panel();
    assert_int_equal(app.model.secret->typed[0], 0);
    assert_true(find(ID_DEED, DEED_HELP_PATIENT)->target);
    touch(ID_STAFF_LEAVE, 0);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

static void digits_of_a_pin_are_not_in_the_scene(void **state)
{
    (void)state;
    touch(ID_STAFF, 0);
    touch(ID_KEY, '2');
    touch(ID_KEY, '7');
    for (int i = 0; i < app.scenes[app.shown]->paint_count; i++) {
        const struct paint *paint = &app.scenes[app.shown]->paints[i];
        if (paint->kind == PAINT_TEXT)
            assert_false(paint->text.personal);
    }
    assert_true(find(ID_TYPED, 0)->personal);
}

static void too_few_digits_are_not_checked(void **state)
{
    (void)state;
    touch(ID_STAFF, 0);
    type_pin("2718");
    assert_false(effects.check_pin);
    assert_int_equal(app.model.staff.pin, TRY_ASKED);
}

static void a_hardware_keyboard_types_a_pin_too(void **state)
{
    struct input input = {.kind = INPUT_TEXT, .text = "2"};

    (void)state;
    touch(ID_STAFF, 0);
    app_input(&app, &input, now, &effects);
    strcpy(input.text, "x");
    app_input(&app, &input, now, &effects);
    assert_string_equal(app.model.secret->typed, "2");
}

static void press(enum input_key key)
{
    now += 1000;
    app_input(&app, &(struct input){.kind = INPUT_KEY, .key = key}, now, &effects);
    show();
}

static void a_key_leads_to_the_panel_where_nobody_has_begun(void **state)
{
    (void)state;
    press(INPUT_KEY_STAFF);
    assert_int_equal(app.model.screen, SCREEN_STAFF_PIN);
    app_end_session(&app);
    become(READY_AWAY);
    press(INPUT_KEY_STAFF);
    assert_int_equal(app.model.screen, SCREEN_STAFF_PIN);
}

static void a_pin_is_typed_and_entered_without_touch(void **state)
{
    struct input input = {.kind = INPUT_TEXT};

    (void)state;
    press(INPUT_KEY_STAFF);
    for (const char *c = "271828"; *c != '\0'; c++) {
        now += 1000;
        input.text[0] = *c;
        app_input(&app, &input, now, &effects);
        show();
    }
    press(INPUT_KEY_ENTER);
    assert_true(effects.check_pin);
    app_admit(&app, now);
    show();
    /* On a keypad key by key: to the row of Enter, into it, and on it. */
    do_deed(DEED_LOOK_UP);
    app.focus = (struct element_id){ID_KEY, KEY_NEXT};
    press(INPUT_KEY_DOWN);
    app.focus = (struct element_id){ID_KEY, KEY_NEXT};
    press(INPUT_KEY_ENTER);
    assert_int_equal(app.model.staff.look_up, LOOK_UP_SPELLING);
}

static void a_key_takes_no_patient_away(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    press(INPUT_KEY_STAFF);
    assert_int_equal(app.model.screen, SCREEN_ABOUT);
    touch(ID_HELP, 0);
    press(INPUT_KEY_STAFF);
    assert_int_equal(app.model.screen, SCREEN_HELP);
    touch(ID_LANGUAGE_MENU, 0);
    press(INPUT_KEY_STAFF);
    assert_int_equal(app.model.screen, SCREEN_LANGUAGE);
}

static void a_wrong_pin_says_how_many_tries_are_left(void **state)
{
    (void)state;
    touch(ID_STAFF, 0);
    type_pin("314159");
    app_pin(&app, TRY_WRONG, 4, 0, now);
    show();
    assert_non_null(text_of(ROLE_TEXT, "That PIN does not match. 4 tries left."));
    assert_int_equal(app.model.secret->typed[0], 0);
    app_pin(&app, TRY_LOCKED, 0, 61000, now);
    show();
    assert_non_null(text_of(ROLE_TEXT, "Too many tries. Try again in 2 minutes."));
}

/* Whoever typed it has left: the next person must not find the panel open. */
static void a_late_answer_opens_nothing(void **state)
{
    (void)state;
    touch(ID_STAFF, 0);
    type_pin("271828");
    touch(ID_BACK, 0);
    app_admit(&app, now);
    show();
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
    touch(ID_STAFF, 0);
    app_admit(&app, now);
    assert_int_equal(app.model.screen, SCREEN_STAFF_PIN);
}

static void the_panel_locks_by_itself(void **state)
{
    (void)state;
    open_panel();
    wait_s(STAFF_PATIENCE_MS / 1000 - 2);
    assert_int_equal(app.model.screen, SCREEN_STAFF);
    assert_true(app_deadline_ms(&app, now) <= now + 3000);
    wait_s(4);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

/* --- sessions that staff begin ------------------------------------------------------------------
 */

static int item_of(const char *link_id)
{
    return questionnaire_find(pack->questionnaire, link_id);
}

static void helping_is_recorded(void **state)
{
    int mode = item_of("mode");

    (void)state;
    open_panel();
    touch(ID_DEED, DEED_HELP_PATIENT);
    assert_int_equal(app.model.screen, SCREEN_ABOUT);
    assert_true(app_with_staff(&app));
    assert_int_equal(answers_option(&app.model.secret->answers, mode),
                     item_find_option(&pack->questionnaire->items[mode], STR_LITERAL("staff")));
    assert_non_null(text_of(ROLE_TEXT, "With staff"));
    app_end_session(&app);
    assert_false(app_with_staff(&app));
}

static void answer_for_real(const char *link_id, const char *text)
{
    assert_int_equal(answers_set_text(pack->questionnaire, &app.model.secret->answers,
                                      item_of(link_id), str_of(text)),
                     ERR_OK);
}

static void choose(const char *link_id, const char *code)
{
    int item = item_of(link_id);

    answers_choose(pack->questionnaire, &app.model.secret->answers, item,
                   item_find_option(&pack->questionnaire->items[item], str_of(code)));
}

/* All that the form asks for, without the way through its pages. */
static void fill_in(void)
{
    choose("diabetes", "yes");
    answer_for_real("first-name", "Ann");
    answer_for_real("last-name", "Lee");
    answer_for_real("birth-date", "14/3/1958");
    answer_for_real("postcode", "N19 5NF");
    choose("nhs-number-known", "no");
    choose("contact", "email");
    answer_for_real("email", "ann.lee@example.com");
    choose("formats", "none");
    choose("start-help", "none");
    choose("mode", "alone");
    answers_set_boolean(pack->questionnaire, &app.model.secret->answers, item_of("agree-account"),
                        true);
}

static void sign_up(void)
{
    fill_in();
    app.model.screen = SCREEN_CHECK;
    show();
    while (app.model.screen == SCREEN_CHECK)
        touch(ID_CONTINUE, 0);
    assert_true(app.model.confirmed);
    touch(ID_SKIP, 0);
}

static void a_practice_run_is_never_saved(void **state)
{
    struct str record;
    const uint8_t id[16] = {1};

    (void)state;
    open_panel();
    touch(ID_DEED, DEED_TOOLS);
    touch(ID_DEED, DEED_PRACTICE);
    assert_non_null(text_of(ROLE_TEXT, "Practice run"));
    sign_up();
    assert_false(effects.save);
    assert_int_equal(app.model.screen, SCREEN_DONE);
    assert_non_null(text_of(ROLE_HEADING, "That was the practice run."));
    assert_null(text_of(ROLE_CODE, "Your reference"));
    assert_int_equal(answers_text(&app.model.secret->answers, item_of("first-name")).len, 0);
    /* And whatever asked for one would get none. */
    assert_int_not_equal(
        app_record(&app, id, "01000000-0000-4000-8000-000000000000", 0, now, &record), ERR_OK);
    touch(ID_FINISH, 0);
    assert_false(app.model.practice);
}

/* The same touches, and nobody practises: the way above would save if it could. */
static void a_patient_is_saved_by_the_same_touches(void **state)
{
    (void)state;
    touch(ID_BEGIN, -1);
    sign_up();
    assert_true(effects.save);
}

/* --- pause, cleaning ----------------------------------------------------------------------------
 */

static void a_pause_stays_until_staff_end_it(void **state)
{
    (void)state;
    open_panel();
    touch(ID_DEED, DEED_TOOLS);
    touch(ID_DEED, DEED_PAUSE);
    assert_int_equal(app.model.screen, SCREEN_PAUSED);
    become(READY_YES);
    app_end_session(&app);
    show();
    assert_int_equal(app.model.screen, SCREEN_PAUSED);
    assert_null(find(ID_BEGIN, -1));
    open_panel();
    touch(ID_DEED, DEED_TOOLS);
    touch(ID_DEED, DEED_PAUSE);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

static void touches_do_nothing_while_it_is_cleaned(void **state)
{
    struct input input = {.kind = INPUT_PRESS, .x = 540, .y = 1800};

    (void)state;
    open_panel();
    touch(ID_DEED, DEED_CLEANING);
    wait_s(STAFF_CLEANING_S - 3);
    app_input(&app, &input, now, &effects);
    input = (struct input){.kind = INPUT_KEY, .key = INPUT_KEY_CANCEL};
    app_input(&app, &input, now, &effects);
    assert_int_equal(app.model.screen, SCREEN_CLEANING);
    wait_s(4);
    assert_int_equal(app.model.screen, SCREEN_WELCOME);
}

/* --- sound and screen ---------------------------------------------------------------------------
 */

static void open_sound_and_screen(void)
{
    open_panel();
    do_deed(DEED_TOOLS);
    do_deed(DEED_SOUND);
    assert_int_equal(app.model.screen, SCREEN_STAFF_SOUND);
}

static void what_staff_choose_holds_for_the_next_person(void **state)
{
    (void)state;
    open_sound_and_screen();
    assert_non_null(text_of(ROLE_TEXT, "How loud the kiosk speaks: **7 of 10**"));
    do_deed(DEED_LOUDER);
    do_deed(DEED_LOUDER);
    do_deed(DEED_SOFTER);
    assert_non_null(text_of(ROLE_TEXT, "How loud the kiosk speaks: **8 of 10**"));
    assert_string_equal(effects.say, "This is how loud the kiosk speaks.");
    do_deed(DEED_LOW_REACH);
    assert_true(app.model.comfort.low_reach);
    do_deed(DEED_NEUTRAL);
    do_deed(DEED_BRIGHT);
    for (int i = 0; i < 2; i++) {
        app_end_session(&app);
        show();
        assert_int_equal(app.model.listening.volume, 8);
        assert_true(app.model.comfort.low_reach);
        assert_true(app.model.site.neutral);
        assert_int_equal(app_deadline_ms(&app, now), INT64_MAX); /* nothing will dim */
    }
    open_sound_and_screen();
    do_deed(DEED_LOW_REACH);
    do_deed(DEED_BRIGHT);
    app_end_session(&app);
    assert_false(app.model.comfort.low_reach);
    assert_int_not_equal(app_deadline_ms(&app, now), INT64_MAX);
}

static void loudness_has_an_end(void **state)
{
    (void)state;
    open_sound_and_screen();
    for (int i = 0; i < VOLUME_STEPS + 1; i++)
        touch(ID_DEED, DEED_SOFTER);
    assert_int_equal(app.model.site.volume, 1);
    for (int i = 0; i < VOLUME_STEPS + 1; i++)
        touch(ID_DEED, DEED_LOUDER);
    assert_int_equal(app.model.site.volume, VOLUME_STEPS);
}

static void no_loudness_is_asked_of_a_kiosk_that_can_not_speak(void **state)
{
    (void)state;
    app_speechless(&app, LOUDSPEAKER_NONE);
    open_sound_and_screen();
    assert_null(find(ID_DEED, DEED_LOUDER));
    assert_non_null(find(ID_DEED, DEED_BRIGHT));
}

/* --- self-test ----------------------------------------------------------------------------------
 */

static void open_self_test(void)
{
    open_panel();
    do_deed(DEED_TOOLS);
    do_deed(DEED_SELF_TEST);
}

static void whoever_hears_it_says_so(void **state)
{
    (void)state;
    open_self_test();
    assert_non_null(text_of(ROLE_TEXT, "**Sound:** not tested yet."));
    do_deed(DEED_SOUND_TEST);
    assert_string_equal(effects.say, "This is a test of the sound.");
    do_deed(DEED_PLAY_AGAIN);
    assert_string_equal(effects.say, "This is a test of the sound.");
    do_deed(DEED_NOT_HEARD);
    assert_null(effects.say);
    assert_non_null(text_of(ROLE_TEXT, "**Sound:** you did not hear it. Check that the loudspeaker "
                                       "is on and plugged in."));
    do_deed(DEED_SOUND_TEST);
    do_deed(DEED_HEARD);
    assert_non_null(text_of(ROLE_TEXT, "**Sound:** you heard it."));
    app_end_session(&app);
    show();
    open_self_test();
    assert_non_null(text_of(ROLE_TEXT, "**Sound:** not tested yet."));
}

static void what_can_not_sound_is_said_at_once(void **state)
{
    static const struct {
        enum loudspeaker left;
        const char *says;
        bool plays;
    } rows[] = {
        {LOUDSPEAKER_NONE, "**Sound:** no loudspeaker was found. Plug it in and restart the kiosk.",
         false},
        {LOUDSPEAKER_OFF, "**Sound:** reading aloud is turned off in kiosk.ini.", false},
        {LOUDSPEAKER_BEEPS,
         "**Sound:** no voice is installed to read aloud. Call whoever looks after this kiosk.",
         true},
    };

    (void)state;
    open_self_test();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        app_speechless(&app, rows[i].left);
        show();
        assert_non_null(text_of(ROLE_TEXT, rows[i].says));
        assert_int_equal(find(ID_DEED, DEED_SOUND_TEST) != NULL, rows[i].plays);
    }
    /* Unplugged while it is tested: nobody is asked what they heard. */
    do_deed(DEED_SOUND_TEST);
    assert_non_null(find(ID_DEED, DEED_HEARD));
    app_speechless(&app, LOUDSPEAKER_NONE);
    show();
    assert_null(find(ID_DEED, DEED_HEARD));
}

static bool has_no_bengali(void *context, enum face face, uint32_t code_point)
{
    (void)context;
    (void)face;
    return script_of(code_point) != SCRIPT_BENGALI;
}

static void letters_without_a_glyph_name_the_language(void **state)
{
    struct text_metrics metrics = even_metrics;

    (void)state;
    open_self_test();
    assert_non_null(
        text_of(ROLE_TEXT, "**Letters:** every language on offer has its words and letters."));
    touch(ID_BACK, 0);
    metrics.has_glyph = has_no_bengali;
    app.metrics = &metrics;
    do_deed(DEED_SELF_TEST);
    assert_non_null(text_of(ROLE_TEXT, "**Letters:** some letters of Bengali can’t be drawn. Call "
                                       "whoever looks after this kiosk."));
    /* Who may not choose it is not told of it. */
    app.model.site.drafts = false;
    show();
    assert_non_null(
        text_of(ROLE_TEXT, "**Letters:** every language on offer has its words and letters."));
}

/* --- look up ------------------------------------------------------------------------------------
 */

static void a_reference_is_spelled_right_before_it_is_looked_up(void **state)
{
    const uint8_t id[16] = {0x3f, 0x2b, 0x8c, 0x1e, 0x0d};
    struct reference reference;

    (void)state;
    reference_from_id(id, &reference);
    open_panel();
    touch(ID_DEED, DEED_LOOK_UP);
    touch(ID_KEY, 'A');
    touch(ID_KEY, KEY_NEXT);
    assert_false(effects.look_up);
    assert_int_equal(app.model.staff.look_up, LOOK_UP_SPELLING);
    touch(ID_KEY, KEY_BACKSPACE);
    for (const char *c = reference.text + 3; *c != '\0'; c++)
        if (*c != '-')
            touch(ID_KEY, *c);
    touch(ID_KEY, KEY_NEXT);
    assert_true(effects.look_up);
    assert_string_equal(app.model.secret->typed, reference.text);
    app_looked_up(&app, STATUS_RECEIVED);
    show();
    assert_int_equal(app.model.staff.found, STATUS_RECEIVED);
    touch(ID_BACK, 0);
    assert_int_equal(app.model.secret->typed[0], 0);
}

/* Does an element of the screen say that, or these words in it? */
static bool says(const char *text)
{
    const struct scene *scene = app.scenes[app.shown];

    for (int i = 0; i < scene->element_count; i++) {
        if (strstr(scene->elements[i].label, text) != NULL)
            return true;
    }
    return false;
}

static void a_stick_is_saved_to_and_says_when_it_may_go(void **state)
{
    (void)state;
    open_panel();
    do_deed(DEED_STICK);
    assert_true(says("Plug the stick in."));
    assert_false(effects.save_to_stick);
    do_deed(DEED_SAVE_TO_STICK);
    assert_true(effects.save_to_stick);
    assert_true(says("Leave the stick in."));
    assert_null(find(ID_DEED, DEED_SAVE_TO_STICK)); /* one at a time */
    app_stick(&app, &(struct stick){STICK_DONE, 8, 2});
    show();
    assert_true(says("8 sign-ups are on the stick."));
    assert_true(says("receipts for **2 sign-ups**"));
    assert_false(says("Leave the stick in."));
}

static void a_stick_that_fails_says_what_to_do(void **state)
{
    static const struct {
        enum stick_state state;
        const char *remedy;
    } rows[] = {
        {STICK_FULL, "Make room on it"},      {STICK_READ_ONLY, "small switch on its side"},
        {STICK_GONE, "Nothing is lost."},     {STICK_MISSING, "count to ten"},
        {STICK_CROWDED, "Use an empty one."}, {STICK_SILENT, "Restart the kiosk"},
        {STICK_NOT_ALLOWED, "Call whoever"},  {STICK_BUSY, "Wait until that is done."},
        {STICK_DEVICE, "Try again."},         {STICK_NOT_SET_UP, "Nothing waits on it."},
    };

    (void)state;
    open_panel();
    do_deed(DEED_STICK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        app_stick(&app, &(struct stick){rows[i].state, 0, 0});
        show();
        assert_true(says(rows[i].remedy));
        assert_non_null(find(ID_DEED, DEED_SAVE_TO_STICK));
    }
}

/* Staff may leave the page while the stick is at work: it is still the one at work. */
static void a_stick_at_work_is_not_forgotten(void **state)
{
    (void)state;
    open_panel();
    do_deed(DEED_STICK);
    do_deed(DEED_SAVE_TO_STICK);
    touch(ID_BACK, 0);
    do_deed(DEED_STICK);
    assert_true(says("Leave the stick in."));
}

static void trouble_is_said_with_its_remedy(void **state)
{
    struct device device = app.model.device;

    (void)state;
    open_panel();
    device.connected = false;
    device.report.link = LINK_STRANGER;
    device.report.attention = 1;
    strcpy(device.report.attention_words, "date of birth in the future");
    app_device(&app, &device, (struct date){2026, 11, 22}, now);
    show();
    assert_non_null(text_of(ROLE_TEXT,
                            "**The server did not accept 1 sign-up. It is kept here. It says: date "
                            "of birth in the future.** Call whoever looks after this kiosk."));
    assert_non_null(text_of(ROLE_TEXT, "**The network answered with something that is not our "
                                       "server (a sign-in page or filter).** Ask your IT to let "
                                       "this kiosk reach its server. Patients can go on signing "
                                       "up."));
}

static void a_language_that_was_left_out_is_named(void **state)
{
    static const struct pack_note notes[] = {
        {.language = "bn",
         .english = "Bengali",
         .draft = true,
         .kind = PACK_NOTE_TOO_FEW,
         .missing = 52,
         .of = 480},
        {.language = "ur", .english = "Urdu", .kind = PACK_NOTE_BROKEN},
        {.language = "pl",
         .english = "Polish",
         .kind = PACK_NOTE_PARTLY_ENGLISH,
         .missing = 3,
         .of = 480},
        {.language = "qps", .english = "Test", .test = true, .kind = PACK_NOTE_MISSING},
    };

    (void)state;
    assert_int_equal(pack->note_count, 0);
    memcpy(pack->notes, notes, sizeof notes);
    pack->note_count = 4;
    open_panel();
    assert_non_null(text_of(ROLE_TEXT, "**2 languages can’t be offered.** Settings says which. "
                                       "Patients can go on signing up."));
    do_deed(DEED_TOOLS);
    assert_non_null(text_of(ROLE_TEXT, "**Bengali** is not offered: 52 of 480 texts are missing."));
    assert_non_null(text_of(ROLE_TEXT, "**Urdu** is not offered: its translation can’t be read."));
    assert_non_null(text_of(ROLE_TEXT, "**Polish** is partly shown in English, 3 of 480 texts."));
    assert_null(text_of(ROLE_TEXT, "**Test** is not offered: its translation is not installed."));
    assert_non_null(text_of(ROLE_TEXT, "Call whoever looks after this kiosk."));
    /* A kiosk that offers no drafts misses none. */
    app.model.site.drafts = false;
    show();
    assert_null(text_of(ROLE_TEXT, "**Bengali** is not offered: 52 of 480 texts are missing."));
    pack->note_count = 0;
    show();
    assert_null(text_of(ROLE_TEXT, "Call whoever looks after this kiosk."));
}

static void without_help_sync_no_number_is_made_up(void **state)
{
    (void)state;
    open_panel();
    assert_non_null(text_of(ROLE_TEXT, "Sign-ups today"));
    become(READY_AWAY);
    assert_int_equal(app.model.screen, SCREEN_STAFF);
    assert_null(text_of(ROLE_TEXT, "Sign-ups today"));
    assert_null(find(ID_DEED, DEED_HELP_PATIENT));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pin_opens_the_panel_and_is_wiped),
        TEST(digits_of_a_pin_are_not_in_the_scene),
        TEST(too_few_digits_are_not_checked),
        TEST(a_hardware_keyboard_types_a_pin_too),
        TEST(a_key_leads_to_the_panel_where_nobody_has_begun),
        TEST(a_pin_is_typed_and_entered_without_touch),
        TEST(a_key_takes_no_patient_away),
        TEST(a_wrong_pin_says_how_many_tries_are_left),
        TEST(a_late_answer_opens_nothing),
        TEST(the_panel_locks_by_itself),
        TEST(helping_is_recorded),
        TEST(a_practice_run_is_never_saved),
        TEST(a_patient_is_saved_by_the_same_touches),
        TEST(a_pause_stays_until_staff_end_it),
        TEST(touches_do_nothing_while_it_is_cleaned),
        TEST(what_staff_choose_holds_for_the_next_person),
        TEST(loudness_has_an_end),
        TEST(no_loudness_is_asked_of_a_kiosk_that_can_not_speak),
        TEST(whoever_hears_it_says_so),
        TEST(what_can_not_sound_is_said_at_once),
        TEST(letters_without_a_glyph_name_the_language),
        TEST(a_reference_is_spelled_right_before_it_is_looked_up),
        TEST(a_stick_is_saved_to_and_says_when_it_may_go),
        TEST(a_stick_that_fails_says_what_to_do),
        TEST(a_stick_at_work_is_not_forgotten),
        TEST(trouble_is_said_with_its_remedy),
        TEST(a_language_that_was_left_out_is_named),
        TEST(without_help_sync_no_number_is_made_up),
    };

    return cmocka_run_group_tests(tests, NULL, close_pack);
}
