/*
 * The pair: the real help-sync over TLS on loopback, with a server that checks each
 * bundle as the real one does and keeps what it is given. It lies, fails and dies in between; in
 * the end every sign-up that was saved is at the server, and each once.
 */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
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
#include "sync/agent/identity.h"
#include "sync/local/client.h"
#include "sync/wire/receipt.h"
#include "tls_server.h"

#define KEPT_MAX 2000
#define WAIT_MS  20000
#define HOUR_MS  3600000

/* What the server does with the next bundles. */
enum mood { GOOD, FORGED, TORN, REFUSES_2, UNWELL, MOODS, REJECTS_2 };

static char folder[64];
static char path[96];
static pid_t child = -1;
static struct tls_server server;
static struct settings settings;
static struct sign_key device;
static struct sign_key server_key;
static struct sign_key forger;
static struct local_client client;
static unsigned char sealed[SEALED_BYTES];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum mood mood;
static struct id kept[KEPT_MAX];
static size_t kept_count;
static unsigned bundles;

static bool keep(const struct id *record)
{
    for (size_t i = 0; i < kept_count; i++) {
        if (id_equal(&kept[i], record))
            return false;
    }
    if (kept_count < KEPT_MAX)
        kept[kept_count++] = *record;
    return true;
}

static struct tls_answer refuse(unsigned status)
{
    struct tls_answer a = {.status = status, .body = calloc(1, 8), .size = 1};
    return a;
}

/* Record 2 is the one that REFUSES_2 and REJECTS_2 can't bear. */
static bool is_bad(const struct id *record)
{
    return record->bytes[0] == 0 && record->bytes[1] == 2;
}

static struct tls_answer take_bundle(struct str body)
{
    static struct receipt r;
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest m;
    struct tls_answer a = {.status = 200};
    struct buf out;
    bool bad = false;

    if (bundle_open(body, device.public_key, &reader, &m, NULL) != ERR_OK)
        return refuse(403);
    memset(&r, 0, sizeof r);
    r.kiosk = m.kiosk;
    r.bundle = m.bundle;
    bundle_sha256(body, r.bundle_sha256);
    memset(r.incarnation.bytes, 7, ID_BYTES);
    r.server_time_ms = env_wall_ms(&env_system) - HOUR_MS;
    r.feedback = (struct receipt_feedback){true, 2026, 11, 7, 34, 55};
    while (bundle_next(&reader, &e, NULL) == ERR_OK) {
        r.entries[r.entry_count++].record = e.header.record;
        bad = bad || is_bad(&e.header.record);
    }
    if (mood == REFUSES_2 && bad)
        return refuse(422);
    for (uint32_t i = 0; mood != FORGED && i < r.entry_count; i++) {
        struct receipt_entry *entry = &r.entries[i];
        if (mood == REJECTS_2 && is_bad(&entry->record)) {
            entry->outcome = RECEIPT_REJECTED;
            strcpy(entry->code, "not-opened");
            strcpy(entry->words, "It does not open.");
        } else if (!keep(&entry->record)) {
            entry->outcome = RECEIPT_DUPLICATE;
        }
    }
    a.body = malloc(LIMIT_RECEIPT + 1);
    buf_init(&out, a.body, LIMIT_RECEIPT + 1);
    if (receipt_encode(&r, mood == FORGED ? &forger : &server_key, &out) != ERR_OK)
        return refuse(500);
    a.size = mood == TORN ? out.len / 2 : out.len;
    return a;
}

static struct tls_answer serve(void *context, const char *body, size_t size)
{
    struct tls_answer a;

    (void)context;
    pthread_mutex_lock(&lock);
    bundles++;
    a = mood == UNWELL ? refuse(503) : take_bundle((struct str){body, size});
    pthread_mutex_unlock(&lock);
    return a;
}

static void set_mood(enum mood now)
{
    pthread_mutex_lock(&lock);
    mood = now;
    pthread_mutex_unlock(&lock);
}

static void enrol(void)
{
    static char text[SETTINGS_FILE_MAX + 1];
    struct refusal why = {0};
    struct seal_pair pair;
    char file[96];
    struct buf out;

    seal_pair_make(&pair);
    memset(&settings, 0, sizeof settings);
    memset(settings.kiosk.bytes, 9, ID_BYTES);
    strcpy(settings.kiosk_name, "Waiting room");
    strcpy(settings.practice_code, "Y99901");
    strcpy(settings.practice_name, "Mill Lane Surgery");
    snprintf(settings.server_url, sizeof settings.server_url, "https://localhost:%u", server.port);
    strcpy(settings.ca_pem, server.ca_pem);
    settings.seal_key = pair.key;
    memcpy(settings.sign_public, server_key.public_key, SIGN_PUBLIC_BYTES);
    buf_init(&out, text, sizeof text);
    snprintf(file, sizeof file, "%s/given.json", folder);
    assert_int_equal(settings_encode(&settings, &out), ERR_OK);
    assert_int_equal(file_replace(file, text, out.len, 0600), ERR_OK);
    assert_int_equal(identity_enrol(folder, file, &settings, &why), ERR_OK);
}

static void start_sync(void)
{
    struct local_event event;

    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0)
            dup2(nowhere, STDERR_FILENO);
        execl(BINARY_DIR "/help-sync", "help-sync", "run", "--state", folder, "--socket", path,
              (char *)NULL);
        _exit(3);
    }
    while (local_client_status_begin(&client, NULL) != ERR_OK) {
        assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
        poll(NULL, 0, 2);
    }
    local_client_poll(&client, WAIT_MS, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
}

static void kill_sync(void)
{
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    child = -1;
    local_client_finish(&client);
    unlink(path);
}

static void save(unsigned n)
{
    struct seal_header h = {.kiosk = settings.kiosk, .key = settings.seal_key.id};
    struct local_event event;

    h.record.bytes[0] = (unsigned char)(n >> 8);
    h.record.bytes[1] = (unsigned char)n;
    h.record.bytes[15] = 1;
    assert_int_equal(local_client_save_begin(&client, &h, sealed, false), ERR_OK);
    local_client_poll(&client, WAIT_MS, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_SAVED);
}

static struct local_status status_now(void)
{
    struct local_event event;

    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    local_client_poll(&client, WAIT_MS, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    return event.status;
}

static void send_now(void)
{
    struct local_event event;

    assert_int_equal(local_client_send_now_begin(&client), ERR_OK);
    local_client_poll(&client, WAIT_MS, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_SENDING);
}

/* Asks to send until so many have been received, or for as long as a person would wait. */
static struct local_status until_received(uint64_t count)
{
    struct local_status s = status_now();

    for (int i = 0; s.received < count && i < 4000; i++) {
        if (i % 20 == 0)
            send_now();
        poll(NULL, 0, 5);
        s = status_now();
    }
    assert_true(s.received == count);
    return s;
}

/* Waits until the server was asked `more` times from now on. */
static void until_asked(unsigned more)
{
    unsigned first = bundles;

    for (int i = 0; bundles < first + more && i < 4000; i++) {
        if (i % 20 == 0)
            send_now();
        poll(NULL, 0, 5);
    }
    assert_true(bundles >= first + more);
}

static int set_up(void **state)
{
    struct refusal why = {0};

    (void)state;
    strcpy(folder, "/tmp/help-pair-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/socket", folder);
    memset(&server, 0, sizeof server);
    mood = GOOD;
    kept_count = 0;
    bundles = 0;
    sign_key_make(&server_key);
    sign_key_make(&forger);
    assert_int_equal(identity_init(folder, &device, &why), ERR_OK);
    tls_make_certificate(&server, "localhost", -1, 1);
    assert_int_equal(local_client_init(&client, path), ERR_OK);
    assert_true(tls_server_start(&server, true, "NORMAL:-VERS-ALL:+VERS-TLS1.3", serve, NULL));
    enrol();
    start_sync();
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"outbox.db",  "outbox.db-wal", "device.key",
                                        "given.json", "settings.json", "socket",
                                        "lock"};
    char file[128];

    (void)state;
    if (child > 0)
        kill_sync();
    tls_server_stop(&server);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(file, sizeof file, "%s/%s", folder, names[i]);
        unlink(file);
    }
    return rmdir(folder);
}

static void save_is_received_by_itself(void **state)
{
    (void)state;
    struct local_status s;

    save(1);
    do {
        poll(NULL, 0, 5);
        s = status_now();
    } while (s.received == 0);
    assert_true(s.made == 1 && s.waiting == 0 && s.connected && s.last_contact_wall_ms > 0);
    assert_int_equal(s.contact, CONTACT_GOOD);
    /* What the staff panel shows of it. */
    assert_true(s.last_sent_count == 1 && s.last_sent_wall_ms > 0);
    assert_true(s.next_exchange_ms >= 0);
    assert_true(s.clock_known && s.clock_offset_ms >= HOUR_MS / 2);
    assert_true(s.feedback.known && s.feedback.own == 7 && s.feedback.median_x10 == 55);
    kill_sync();
    set_mood(UNWELL);
    start_sync();
    s = status_now();
    assert_true(s.last_sent_count == 1 && s.feedback.known && !s.clock_known);
}

static void rejected_record_says_why(void **state)
{
    (void)state;
    static const unsigned char prefix[8] = {0, 2};
    struct local_status s;
    struct local_event event;

    set_mood(REJECTS_2);
    for (unsigned n = 1; n <= 3; n++)
        save(n);
    s = until_received(2);
    assert_true(s.attention == 1);
    assert_string_equal(s.attention_code, "not-opened");
    assert_string_equal(s.attention_words, "It does not open.");
    assert_int_equal(local_client_look_up_begin(&client, prefix, 16), ERR_OK);
    local_client_poll(&client, WAIT_MS, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATE);
    assert_int_equal(event.state, RECORD_ATTENTION);
    assert_string_equal(event.code, "not-opened");
    assert_string_equal(event.words, "It does not open.");
    assert_int_equal(local_client_query_begin(&client, &event.record), ERR_OK);
    local_client_poll(&client, WAIT_MS, &event);
    assert_string_equal(event.code, "not-opened");
}

static void many_waiting_all_arrive_once(void **state)
{
    (void)state;
    set_mood(UNWELL);
    for (unsigned n = 1; n <= 350; n++)
        save(n);
    assert_true(status_now().received == 0);
    set_mood(GOOD);
    (void)until_received(350);
    assert_int_equal(kept_count, 350);
}

static void lies_change_nothing(void **state)
{
    (void)state;
    struct local_status s;

    set_mood(FORGED);
    for (unsigned n = 1; n <= 5; n++)
        save(n);
    until_asked(3);
    s = status_now();
    assert_true(s.received == 0 && s.waiting == 5 && !s.connected);
    set_mood(TORN); /* the server keeps them, and half of its receipt arrives */
    until_asked(3);
    s = status_now();
    assert_true(s.received == 0 && s.waiting == 5);
    assert_int_equal(s.contact, CONTACT_STRANGER);
    set_mood(GOOD);
    s = until_received(5);
    assert_true(s.waiting == 0);
    assert_int_equal(kept_count, 5);
}

static void bad_record_is_set_aside(void **state)
{
    (void)state;
    struct local_status s;

    set_mood(UNWELL);
    for (unsigned n = 1; n <= 20; n++)
        save(n);
    set_mood(REFUSES_2);
    s = until_received(19);
    for (int i = 0; s.attention == 0 && i < 4000; i++) {
        poll(NULL, 0, 5);
        s = status_now();
    }
    assert_true(s.made == 20 && s.attention == 1);
    assert_string_equal(s.attention_code, "not-taken");
    assert_int_equal(kept_count, 19);
}

/* help-sync is killed while bundles fly; both sides agree in the end. */
static void killed_between_sending_and_receipt(void **state)
{
    (void)state;
    unsigned n = 0;

    for (int round = 0; round < 20; round++) {
        set_mood((enum mood)(round % MOODS));
        for (int i = 0; i < 5; i++)
            save(++n);
        send_now();
        poll(NULL, 0, round);
        kill_sync();
        start_sync();
    }
    set_mood(GOOD);
    (void)until_received(n);
    assert_int_equal(kept_count, n);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(save_is_received_by_itself),   TEST(rejected_record_says_why),
        TEST(many_waiting_all_arrive_once), TEST(lies_change_nothing),
        TEST(bad_record_is_set_aside),      TEST(killed_between_sending_and_receipt),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
