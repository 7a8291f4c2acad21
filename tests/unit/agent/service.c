/*
 * help-sync as it runs: a real process, a real socket, a real file, killed and started again, with
 * no server to be had. What it said "saved" to is saved; what it can't do it says.
 */
#include "sync/agent/service.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "sync/agent/pin.h"
#include "sync/local/client.h"

#define WAIT_MS 10000

static char folder[64];
static char path[96];
static char log_path[96];
static pid_t child = -1;
static struct settings settings;
static struct local_client client;
static unsigned char sealed[SEALED_BYTES];

static void fill_settings(void)
{
    static const unsigned char seed[32] = {3};
    struct seal_pair pair;
    struct sign_key server;

    seal_pair_from_seed(seed, &pair);
    sign_key_from_seed(seed, &server);
    memset(&settings, 0, sizeof settings);
    memset(settings.kiosk.bytes, 9, ID_BYTES);
    strcpy(settings.kiosk_name, "Waiting room");
    settings.mode = KIOSK_DEMO;
    strcpy(settings.practice_code, "Y99901");
    strcpy(settings.practice_name, "Mill Lane Surgery");
    strcpy(settings.server_url, "https://127.0.0.1:1"); /* nobody listens there */
    strcpy(settings.ca_pem, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    settings.seal_key = pair.key;
    memcpy(settings.sign_public, server.public_key, SIGN_PUBLIC_BYTES);
}

static void enrol(void)
{
    static char text[SETTINGS_FILE_MAX + 1];
    static struct settings back;
    char file[96];
    struct refusal why = {0};
    struct buf out;

    fill_settings();
    buf_init(&out, text, sizeof text);
    assert_int_equal(settings_encode(&settings, &out), ERR_OK);
    snprintf(file, sizeof file, "%s/given.json", folder);
    assert_int_equal(file_replace(file, text, out.len, 0600), ERR_OK);
    assert_int_equal(identity_enrol(folder, file, &back, &why), ERR_OK);
    assert_memory_equal(&back, &settings, sizeof back);
}

static bool answers(void)
{
    struct local_client c;
    bool yes;

    assert_int_equal(local_client_init(&c, path), ERR_OK);
    yes = local_client_status_begin(&c, NULL) == ERR_OK;
    local_client_finish(&c);
    return yes;
}

static void start(void)
{
    int ready[2];

    assert_int_equal(pipe(ready), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        /* The service stops by its own death only: the pipe's other end is kept open. */
        struct refusal why = {0};
        int stop[2];
        if (pipe(stop) != 0)
            _exit(3);
        close(ready[0]);
        int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (log < 0 || dup2(log, STDERR_FILENO) < 0)
            _exit(4);
        enum err e = service_run(&env_system, folder, path, stop[0], &why);
        refusal_print(&why, "service", stderr);
        _exit(e == ERR_OK ? 0 : 1);
    }
    close(ready[1]);
    /* Nothing is ever written: the end of this pipe would mean that the child has died. */
    while (!answers()) {
        struct pollfd p = {.fd = ready[0], .events = POLLIN};
        assert_int_equal(poll(&p, 1, 5), 0);
    }
    close(ready[0]);
}

static void stop_hard(void)
{
    int status;

    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    child = -1;
    unlink(path);
}

static int set_up(void **state)
{
    struct sign_key key;
    struct refusal why = {0};

    (void)state;
    strcpy(folder, "/tmp/help-service-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/socket", folder);
    snprintf(log_path, sizeof log_path, "%s/log", folder);
    assert_int_equal(identity_init(folder, &key, &why), ERR_OK);
    return local_client_init(&client, path) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    static const char *const names[] = {
        "outbox.db",     "outbox.db-wal", "device.key", "given.json",
        "settings.json", "socket",        "pin",        "log"};
    char file[128];

    (void)state;
    local_client_finish(&client);
    if (child > 0)
        stop_hard();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(file, sizeof file, "%s/%s", folder, names[i]);
        unlink(file);
    }
    return rmdir(folder);
}

static struct local_event wait_event(void)
{
    struct local_event event;

    local_client_poll(&client, WAIT_MS, &event);
    return event;
}

static struct seal_header header_of(unsigned char n)
{
    struct seal_header h = {.kiosk = settings.kiosk, .key = settings.seal_key.id};

    memset(h.record.bytes, n, ID_BYTES);
    return h;
}

static void not_enrolled_says_so_and_takes_nothing(void **state)
{
    (void)state;
    struct local_event event;
    struct seal_header h;

    fill_settings();
    h = header_of(1);
    start();
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    event = wait_event();
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    assert_false(event.status.enrolled);
    assert_int_equal(event.status.storage, STORAGE_OK);
    assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
    event = wait_event();
    assert_int_equal(event.kind, LOCAL_EVENT_REFUSED);
    assert_int_equal(event.reason, LOCAL_NOT_ENROLLED);
    assert_int_equal(local_client_carry_begin(&client, "/media/stick"), ERR_OK);
    event = wait_event();
    assert_int_equal(event.kind, LOCAL_EVENT_CARRY);
    assert_int_equal(event.carry.state, CARRY_NOT_ENROLLED);
}

static struct local_carry carry_at(const char *at)
{
    struct local_event event;

    assert_int_equal(local_client_carry_begin(&client, at), ERR_OK);
    event = wait_event();
    while (event.kind == LOCAL_EVENT_CARRY && event.carry.state == CARRY_WORKING) {
        assert_int_equal(local_client_carry_state_begin(&client), ERR_OK);
        event = wait_event();
    }
    assert_int_equal(event.kind, LOCAL_EVENT_CARRY);
    return event.carry;
}

/* The state folder's own disk is no stick; another file system is one. */
static void stick_is_written(void **state)
{
    (void)state;
    char stick[] = "/dev/shm/help-service-XXXXXX";
    char command[64];
    struct seal_header h;
    struct local_carry c;

    enrol();
    start();
    h = header_of(1);
    assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
    assert_int_equal(wait_event().kind, LOCAL_EVENT_SAVED);
    assert_int_equal(local_client_carry_state_begin(&client), ERR_OK);
    assert_int_equal(wait_event().carry.state, CARRY_NONE);
    assert_int_equal(carry_at("/tmp/help-no-such-stick").state, CARRY_NO_FOLDER);
    assert_int_equal(carry_at(folder).state, CARRY_OWN_DISK);
    if (mkdtemp(stick) == NULL) {
        print_message("not tried: no /dev/shm here\n");
        return;
    }
    c = carry_at(stick);
    assert_true(c.state == CARRY_DONE && c.written == 1);
    c = carry_at(stick);
    assert_true(c.state == CARRY_DONE && c.written == 0 && c.there == 1);
    snprintf(command, sizeof command, "rm -r %s", stick);
    assert_int_equal(system(command), 0);
}

static void saved_is_saved_across_kills(void **state)
{
    (void)state;
    struct local_event event;

    enrol();
    for (unsigned char n = 1; n <= 10; n++) {
        struct seal_header h = header_of(n);
        start();
        /* Sent, answered, killed, and sent again to the next process: still one record. */
        assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
        event = wait_event();
        assert_int_equal(event.kind, LOCAL_EVENT_SAVED);
        assert_true(id_equal(&event.record, &h.record));
        stop_hard();
        start();
        assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
        assert_int_equal(wait_event().kind, LOCAL_EVENT_SAVED);
        assert_int_equal(local_client_status_begin(&client, &h.record), ERR_OK);
        event = wait_event();
        assert_true(event.status.made == n && event.status.waiting == n);
        assert_int_equal(event.status.recent_state, RECORD_WAITING);
        stop_hard();
    }
}

static void each_request_has_its_answer(void **state)
{
    (void)state;
    struct local_event event;
    struct seal_header h;
    struct seal_header foreign;
    unsigned char prefix[8] = {1, 1, 1, 1, 1, 1, 1, 1};

    enrol();
    h = header_of(1);
    foreign = header_of(2);
    foreign.kiosk.bytes[0] ^= 1;
    start();
    assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
    assert_int_equal(wait_event().kind, LOCAL_EVENT_SAVED);
    sealed[0] ^= 1;
    assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
    event = wait_event();
    assert_int_equal(event.kind, LOCAL_EVENT_REFUSED);
    assert_int_equal(event.reason, LOCAL_CONFLICT);
    sealed[0] ^= 1;
    assert_int_equal(local_client_save_begin(&client, &foreign, sealed, false), ERR_OK);
    event = wait_event();
    assert_int_equal(event.reason, LOCAL_NOT_ENROLLED);
    assert_int_equal(local_client_query_begin(&client, &h.record), ERR_OK);
    assert_int_equal(wait_event().state, RECORD_WAITING);
    assert_int_equal(local_client_query_begin(&client, &foreign.record), ERR_OK);
    assert_int_equal(wait_event().state, RECORD_UNKNOWN);
    assert_int_equal(local_client_look_up_begin(&client, prefix, 35), ERR_OK);
    event = wait_event();
    assert_true(id_equal(&event.record, &h.record));
    assert_int_equal(event.state, RECORD_WAITING);
    assert_int_equal(local_client_send_now_begin(&client), ERR_OK);
    assert_int_equal(wait_event().kind, LOCAL_EVENT_SENDING);
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    event = wait_event();
    assert_true(event.status.enrolled && !event.status.connected);
    assert_string_equal(event.status.kiosk_name, "Waiting room");
    assert_int_equal(event.status.mode, KIOSK_DEMO);
    assert_memory_equal(&event.status.seal_key, &settings.seal_key, sizeof settings.seal_key);
}

static struct local_event try_pin(const char *digits)
{
    struct local_event event;

    assert_int_equal(local_client_pin_begin(&client, digits), ERR_OK);
    event = wait_event();
    assert_int_equal(event.kind, LOCAL_EVENT_PIN);
    return event;
}

/* Not enrolled too: who sets the kiosk up needs the panel. No digit reaches the log. */
static void pin_is_counted_across_kills(void **state)
{
    (void)state;
    struct local_event event;
    char *log = NULL;
    size_t size = 0;

    start();
    assert_int_equal(try_pin("3141592").pin, PIN_NONE_SET);
    assert_int_equal(pin_set(folder, "271828", NULL), ERR_OK);
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    assert_true(wait_event().status.pin_set);
    assert_int_equal(try_pin("271828").pin, PIN_RIGHT);
    for (unsigned left = 4; left > 0; left--) {
        event = try_pin("3141592");
        assert_int_equal(event.pin, PIN_WRONG);
        assert_int_equal(event.tries_left, left);
        stop_hard();
        start();
    }
    event = try_pin("3141592");
    assert_int_equal(event.pin, PIN_WRONG);
    assert_true(event.tries_left == 0 && event.wait_ms == PIN_PAUSE_MS);
    stop_hard();
    start();
    event = try_pin("271828");
    assert_int_equal(event.pin, PIN_LOCKED);
    assert_true(event.wait_ms > 0 && event.wait_ms <= PIN_PAUSE_MS);
    assert_int_equal(file_read(log_path, 100000, &log, &size), ERR_OK);
    assert_non_null(strstr(log, "pin.tried"));
    assert_null(strstr(log, "271828"));
    assert_null(strstr(log, "3141592"));
    free(log);
}

static void day_is_counted(void **state)
{
    (void)state;
    struct local_event event;
    struct seal_header h;

    enrol();
    start();
    for (unsigned char n = 1; n <= 3; n++) {
        h = header_of(n);
        assert_int_equal(local_client_save_begin(&client, &h, sealed, n == 2), ERR_OK);
        assert_int_equal(wait_event().kind, LOCAL_EVENT_SAVED);
    }
    stop_hard();
    start();
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    event = wait_event();
    /* At midnight in between there would be fewer; never more. */
    assert_true(event.status.made_today <= 3 && event.status.assisted_today <= 1);
    assert_true(event.status.made_week >= event.status.made_today && event.status.made_week <= 3);
    assert_true(event.status.last_sent_wall_ms == 0 && event.status.next_exchange_ms >= 0);
    assert_false(event.status.clock_known || event.status.feedback.known || event.status.pin_set);
    assert_string_equal(event.status.attention_code, "");
}

static void damaged_key_and_settings_are_named(void **state)
{
    (void)state;
    char file[96];
    struct refusal why = {0};
    static struct settings back;
    struct sign_key key;

    snprintf(file, sizeof file, "%s/device.key", folder);
    assert_int_equal(file_replace(file, "12345\n", 6, 0600), ERR_OK);
    assert_int_equal(identity_load_key(folder, &key, &why), ERR_FORMAT);
    assert_non_null(strstr(why.place, "device.key"));
    assert_int_equal(identity_init(folder, &key, &why), ERR_FORMAT); /* never replaced in silence */
    snprintf(file, sizeof file, "%s/settings.json", folder);
    assert_int_equal(file_replace(file, "{}", 2, 0600), ERR_OK);
    assert_int_equal(identity_load_settings(folder, &back, &why), ERR_FORMAT);
    assert_non_null(strstr(why.place, "settings.json"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(not_enrolled_says_so_and_takes_nothing),
        TEST(stick_is_written),
        TEST(saved_is_saved_across_kills),
        TEST(each_request_has_its_answer),
        TEST(pin_is_counted_across_kills),
        TEST(day_is_counted),
        TEST(damaged_key_and_settings_are_named),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
