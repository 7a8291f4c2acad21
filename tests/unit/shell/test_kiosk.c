/*
 * The loop under SDL's dummy driver, fed with SDL's own events: none is lost in a burst, a key held
 * down acts once, nobody closes a kiosk by keys, and the arrow is there for a mouse alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "screens/ids.h"
#include "sdl/input.h"
#include "shell/kiosk.h"

static struct kiosk kiosk;
static char socket_path[64];

/* A help-sync that takes every question and is slow to answer: no news comes in between. */
static int listen_and_say_nothing(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0);

    snprintf(socket_path, sizeof socket_path, "/tmp/help-test-kiosk-%d.sock", (int)getpid());
    strcpy(address.sun_path, socket_path);
    return listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
                   listen(listener, 16) == 0
               ? listener
               : -1;
}

static void start(bool window)
{
    struct config config;
    struct refusal refusal = {0};
    struct device device = {.readiness = READY_YES, .mode = KIOSK_DEMO};

    config_defaults(&config);
    config.width_px = 540;
    config.height_px = 960;
    config.window = window;
    strcpy(config.pack, BINARY_DIR "/pack");
    strcpy(config.socket, socket_path);
    if (kiosk_init(&kiosk, &config, &env_system, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        fail();
    }
    kiosk.courier.status_wanted = false;
    app_device(&kiosk.app, &device, (struct date){2026, 11, 22}, env_monotonic_ms(&env_system));
    kiosk_show(&kiosk);
    SDL_PumpEvents();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
}

static void push(SDL_Event event)
{
    assert_int_equal(SDL_PushEvent(&event), 1);
}

/* Until nothing is queued: an event that means nothing ends a turn. */
static void turn(void)
{
    do
        kiosk_turn(&kiosk, 0);
    while (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT));
}

static void push_key(SDL_Keycode sym, int repeat)
{
    push((SDL_Event){.key = {.type = SDL_KEYDOWN,
                             .state = SDL_PRESSED,
                             .repeat = (Uint8)repeat,
                             .keysym = {.scancode = SDL_GetScancodeFromKey(sym), .sym = sym}}});
}

static void no_event_is_lost_in_a_burst(void **state)
{
    (void)state;
    start(false);
    const struct element *begin =
        scene_find(kiosk.app.scenes[kiosk.app.shown], (struct element_id){ID_BEGIN, -1});
    assert_non_null(begin);
    int x = begin->rect.x + begin->rect.w / 2;
    int y = begin->rect.y + begin->rect.h / 2;
    for (int i = 0; i < 31; i++)
        push((SDL_Event){
            .motion = {.type = SDL_MOUSEMOTION, .state = SDL_BUTTON_LMASK, .x = x, .y = y}});
    push((SDL_Event){
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = x, .y = y}});
    push((SDL_Event){
        .button = {.type = SDL_MOUSEBUTTONUP, .button = SDL_BUTTON_LEFT, .x = x, .y = y}});
    turn();
    assert_int_equal(kiosk.app.model.screen, SCREEN_ABOUT);
    kiosk_finish(&kiosk);
}

static void a_key_held_down_acts_once(void **state)
{
    (void)state;
    start(false);
    push_key(SDLK_RETURN, 0);
    for (int i = 0; i < 10; i++) {
        push_key(SDLK_RETURN, 1);
        turn();
    }
    assert_int_equal(kiosk.app.model.screen, SCREEN_ABOUT);
    assert_int_equal(kiosk.app.model.about, 0);
    kiosk_finish(&kiosk);
}

static void push_text(const char *text)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};

    strcpy(event.text.text, text);
    push(event);
}

/* A switch on the key A chooses, and writes no A. */
static void a_bound_key_means_that_alone(void **state)
{
    struct bindings bindings;

    (void)state;
    start(false);
    bindings_defaults(&bindings);
    bindings.codes[INPUT_KEY_DOWN] = SDL_SCANCODE_A;
    input_bind(&bindings);
    push_key(SDLK_a, 0);
    push_text("a");
    turn();
    assert_int_equal(kiosk.app.hand, HAND_KEYPAD);
    assert_int_equal(kiosk.app.focus.what, ID_BEGIN);
    push_key(SDLK_b, 0);
    push_text("b");
    turn();
    assert_int_equal(kiosk.app.hand, HAND_KEYBOARD);
    /* What a whole keyboard has stays: the arrow that is bound to nothing any more, too. */
    push_key(SDLK_DOWN, 0);
    turn();
    assert_int_equal(kiosk.app.hand, HAND_KEYPAD);
    kiosk_finish(&kiosk);
}

static void only_a_window_can_be_closed(void **state)
{
    (void)state;
    for (int window = 0; window < 2; window++) {
        start(window != 0);
        push((SDL_Event){.quit = {.type = SDL_QUIT}});
        turn();
        assert_int_equal(kiosk.quit, window != 0);
        kiosk_finish(&kiosk);
    }
}

/* A pipe in place of a sound card. */
static void a_plug_wakes_the_loop(void **state)
{
    const struct input_event in = {.type = EV_SW, .code = SW_HEADPHONE_INSERT, .value = 1};
    int ends[2];

    (void)state;
    start(false);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    jack_close(kiosk.jack); /* of the machine that runs this */
    assert_int_equal(jack_follow(ends, 1, input_wake, &kiosk.jack), ERR_OK);
    assert_int_equal(write(ends[1], &in, sizeof in), sizeof in);
    while (!kiosk.app.model.listening.headphones)
        kiosk_turn(&kiosk, -1);
    assert_true(kiosk.app.model.listening.on || !kiosk.app.model.listening.offered);
    kiosk_finish(&kiosk);
    close(ends[1]);
}

static void the_arrow_is_there_for_a_mouse_alone(void **state)
{
    (void)state;
    start(false);
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    push((SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .x = 5, .y = 5, .xrel = 1}});
    turn();
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_ENABLE);
    push((SDL_Event){.tfinger = {.type = SDL_FINGERDOWN, .x = 0.001f, .y = 0.001f}});
    turn();
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    kiosk_finish(&kiosk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_event_is_lost_in_a_burst),
        cmocka_unit_test(a_key_held_down_acts_once),
        cmocka_unit_test(a_bound_key_means_that_alone),
        cmocka_unit_test(only_a_window_can_be_closed),
        cmocka_unit_test(a_plug_wakes_the_loop),
        cmocka_unit_test(the_arrow_is_there_for_a_mouse_alone),
    };

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    int listener = listen_and_say_nothing();
    if (listener < 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    close(listener);
    unlink(socket_path);
    return failed;
}
