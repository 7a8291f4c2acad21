/* Both ends of the local socket over a real one, with servers that come, go and misbehave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "sync/local/client.h"
#include "sync/local/server.h"

static char folder[] = "/tmp/help-local-XXXXXX";
static char path[64];
static unsigned char sealed[SEALED_BYTES];
static int handled;

/* Saves everything but the records that begin with 0xff; checks that the bytes came whole. */
static void answer(void *context, const struct local_request *request, struct local_event *out)
{
    (void)context;
    handled++;
    switch (request->kind) {
    case LOCAL_REQUEST_SAVE:
        assert_memory_equal(request->sealed, sealed, SEALED_BYTES);
        out->record = request->header.record;
        out->kind =
            request->header.record.bytes[0] == 0xff ? LOCAL_EVENT_REFUSED : LOCAL_EVENT_SAVED;
        out->reason = LOCAL_FULL;
        break;
    case LOCAL_REQUEST_STATUS:
        out->kind = LOCAL_EVENT_STATUS;
        out->status.made = 5;
        out->status.recent = request->record;
        break;
    case LOCAL_REQUEST_PIN:
        assert_string_equal(request->pin, "271828");
        out->kind = LOCAL_EVENT_PIN;
        out->pin = PIN_RIGHT;
        break;
    case LOCAL_REQUEST_SEND_NOW:
        out->kind = LOCAL_EVENT_SENDING;
        break;
    case LOCAL_REQUEST_CARRY:
        assert_string_equal(request->folder, "/media/stick");
        out->kind = LOCAL_EVENT_CARRY;
        out->carry.state = CARRY_WORKING;
        break;
    case LOCAL_REQUEST_CARRY_STATE:
        out->kind = LOCAL_EVENT_CARRY;
        out->carry.state = CARRY_DONE;
        out->carry.written = 34;
        break;
    default:
        out->kind = LOCAL_EVENT_STATE;
        out->state = RECORD_RECEIVED;
        break;
    }
}

static void step(struct local_server *s)
{
    struct pollfd descriptors[LOCAL_DESCRIPTORS_MAX];
    size_t count;

    /* Twice: the first takes a client in, the second answers it. */
    for (int i = 0; i < 2; i++) {
        count = local_server_descriptors(s, descriptors);
        if (poll(descriptors, (nfds_t)count, 0) > 0)
            local_server_step(s, descriptors, count, answer, NULL);
    }
}

static struct seal_header header_of(unsigned char first)
{
    struct seal_header h = {0};
    h.record.bytes[0] = first;
    return h;
}

static void every_request_is_answered(void **state)
{
    (void)state;
    struct local_server server;
    struct local_client client;
    struct local_event event;
    struct seal_header taken = header_of(1);
    struct seal_header refused = header_of(0xff);
    struct stat about;
    unsigned char prefix[8] = {1};
    char longest[LOCAL_FOLDER_MOST + 2] = "";

    assert_int_equal(local_server_init(&server, path, 0660), ERR_OK);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0660);
    assert_int_equal(local_client_init(&client, path), ERR_OK);
    assert_int_equal(local_client_status_begin(&client, &taken.record), ERR_OK);
    assert_int_equal(local_client_save_begin(&client, &taken, sealed, false), ERR_OK);
    assert_int_equal(local_client_save_begin(&client, &refused, sealed, false), ERR_OK);
    assert_int_equal(local_client_query_begin(&client, &taken.record), ERR_OK);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_NONE);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    assert_true(event.status.made == 5 && id_equal(&event.status.recent, &taken.record));
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_SAVED);
    assert_true(id_equal(&event.record, &taken.record));
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_REFUSED);
    assert_int_equal(event.reason, LOCAL_FULL);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATE);
    assert_int_equal(local_client_look_up_begin(&client, prefix, 65), ERR_LIMIT);
    assert_int_equal(local_client_look_up_begin(&client, prefix, 35), ERR_OK);
    assert_int_equal(local_client_send_now_begin(&client), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.state, RECORD_RECEIVED);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_SENDING);
    assert_int_equal(local_client_pin_begin(&client, "123"), ERR_LIMIT);
    assert_int_equal(local_client_pin_begin(&client, "1234567890123"), ERR_LIMIT);
    assert_int_equal(local_client_pin_begin(&client, "27182x"), ERR_LIMIT);
    assert_int_equal(local_client_pin_begin(&client, "271828"), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_PIN);
    assert_int_equal(event.pin, PIN_RIGHT);
    memset(longest, '/', LOCAL_FOLDER_MOST + 1);
    assert_int_equal(local_client_carry_begin(&client, longest), ERR_LIMIT);
    assert_int_equal(local_client_carry_begin(&client, "media/stick"), ERR_LIMIT);
    assert_int_equal(local_client_carry_begin(&client, "/media/stick"), ERR_OK);
    assert_int_equal(local_client_carry_state_begin(&client), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_CARRY);
    assert_int_equal(event.carry.state, CARRY_WORKING);
    local_client_poll(&client, 0, &event);
    assert_true(event.carry.state == CARRY_DONE && event.carry.written == 34);
    local_client_finish(&client);
    local_server_finish(&server);
    assert_int_equal(access(path, F_OK), -1);
}

static void absent_server_is_told(void **state)
{
    (void)state;
    struct local_client client;
    struct local_event event;

    assert_int_equal(local_client_init(&client, path), ERR_OK);
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_UNAVAILABLE);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_NONE);
    local_client_finish(&client);
}

static void server_that_goes_owing_an_answer_is_told_once(void **state)
{
    (void)state;
    struct local_server server;
    struct local_client client;
    struct local_event event;
    struct seal_header header = header_of(1);

    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    assert_int_equal(local_client_init(&client, path), ERR_OK);
    assert_int_equal(local_client_save_begin(&client, &header, sealed, false), ERR_OK);
    local_server_finish(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_DISCONNECTED);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_NONE);
    assert_int_equal(local_client_save_begin(&client, &header, sealed, false), ERR_UNAVAILABLE);
    /* It comes back: the same save is sent again and answered. */
    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    assert_int_equal(local_client_save_begin(&client, &header, sealed, false), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_SAVED);
    /* Restarted with nothing owed: the next call just works. */
    local_server_finish(&server);
    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    local_client_finish(&client);
    local_server_finish(&server);
}

static void client_that_never_reads_is_closed(void **state)
{
    (void)state;
    struct local_server server;
    struct local_client deaf;
    struct local_client good;
    struct local_event event;
    enum err e = ERR_OK;

    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    assert_int_equal(local_client_init(&deaf, path), ERR_OK);
    assert_int_equal(local_client_init(&good, path), ERR_OK);
    for (int i = 0; i < 100000 && (e == ERR_OK || e == ERR_BUSY); i++) {
        e = local_client_status_begin(&deaf, NULL);
        step(&server);
    }
    assert_int_equal(e, ERR_UNAVAILABLE);
    assert_int_equal(local_client_status_begin(&good, NULL), ERR_OK);
    step(&server);
    local_client_poll(&good, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    local_client_finish(&deaf);
    local_client_finish(&good);
    local_server_finish(&server);
}

static int raw_client(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_SEQPACKET, 0);

    strcpy(address.sun_path, path);
    assert_int_equal(connect(descriptor, (struct sockaddr *)&address, sizeof address), 0);
    return descriptor;
}

static void nonsense_is_closed_and_hurts_nobody(void **state)
{
    (void)state;
    struct local_server server;
    static unsigned char noise[LOCAL_MESSAGE_MAX * 2];
    int before = handled;

    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    for (size_t size = 1; size <= sizeof noise; size = size * 2 + 1) {
        int descriptor = raw_client();
        memset(noise, (int)size, sizeof noise);
        assert_int_equal(send(descriptor, noise, size, 0), (ssize_t)size);
        step(&server);
        assert_int_equal(recv(descriptor, noise, sizeof noise, 0), 0);
        close(descriptor);
    }
    assert_int_equal(handled, before);
    local_server_finish(&server);
}

static void one_client_too_many_takes_the_silent_ones_place(void **state)
{
    (void)state;
    struct local_server server;
    struct local_client client;
    struct local_event event;
    int idle[2 * LOCAL_CLIENTS_MAX];
    unsigned char byte;

    assert_int_equal(local_server_init(&server, path, 0600), ERR_OK);
    for (int i = 0; i < 2 * LOCAL_CLIENTS_MAX; i++) {
        idle[i] = raw_client();
        step(&server);
    }
    assert_int_equal(recv(idle[0], &byte, 1, 0), 0);
    assert_int_equal(local_client_init(&client, path), ERR_OK);
    assert_int_equal(local_client_status_begin(&client, NULL), ERR_OK);
    step(&server);
    local_client_poll(&client, 0, &event);
    assert_int_equal(event.kind, LOCAL_EVENT_STATUS);
    for (int i = 0; i < 2 * LOCAL_CLIENTS_MAX; i++)
        close(idle[i]);
    local_client_finish(&client);
    local_server_finish(&server);
}

static void second_server_is_refused_and_a_dead_ones_socket_replaced(void **state)
{
    (void)state;
    struct local_server first;
    struct local_server second;

    assert_int_equal(local_server_init(&first, path, 0600), ERR_OK);
    assert_int_equal(local_server_init(&second, path, 0600), ERR_BUSY);
    local_server_finish(&second);
    assert_int_equal(access(path, F_OK), 0);
    close(first.listener);
    first.listener = -1;
    assert_int_equal(local_server_init(&second, path, 0600), ERR_OK);
    local_server_finish(&second);
    local_server_finish(&first);
}

/* "--socket settings.json" is a slip of the hand, and no reason to lose a file. */
static void what_is_no_socket_is_left_alone(void **state)
{
    (void)state;
    struct local_server server;
    struct stat about;
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fputs("dear", file) < 0, 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(local_server_init(&server, path, 0600), ERR_EXISTS);
    local_server_finish(&server);
    assert_int_equal(stat(path, &about), 0);
    assert_true(S_ISREG(about.st_mode) && about.st_size == 4);
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_is_answered),
        cmocka_unit_test(absent_server_is_told),
        cmocka_unit_test(server_that_goes_owing_an_answer_is_told_once),
        cmocka_unit_test(client_that_never_reads_is_closed),
        cmocka_unit_test(nonsense_is_closed_and_hurts_nobody),
        cmocka_unit_test(one_client_too_many_takes_the_silent_ones_place),
        cmocka_unit_test(second_server_is_refused_and_a_dead_ones_socket_replaced),
        cmocka_unit_test(what_is_no_socket_is_left_alone),
    };
    int failed;

    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/socket", folder);
    memset(sealed, 0x5a, sizeof sealed);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
