/*
 * The true program, killed (SIGKILL) again and again while kiosks send to it over TLS: at a random
 * byte of a bundle on its way in, or a random moment after the last. R1: what a receipt called
 * accepted is there after every restart. R2: and it is there once, however often it was sent.
 */
#include "fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <gnutls/gnutls.h>
#include <sqlite3.h>

#include "base/file.h"
#include "base/hex.h"

enum { ROUNDS = 20, LINES = 3, PER_BUNDLE = 4, RECORDS = ROUNDS * LINES * PER_BUNDLE };

#define PROGRAM BINARY_DIR "/help-central"

static struct fixture f;
static struct settings settings;
static char folder[64];
static char data[96];
static pid_t server;
static unsigned device_port;

struct sent {
    struct envelope *envelope;
    bool acknowledged;
};
static struct sent sent[RECORDS];
static size_t made;

/* Runs the program to its end, `out` its standard output; fails the test where it fails. */
static pid_t start(char *const *argv, int *out_pipe)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(ends[1], 1);
        dup2(nowhere, 2);
        close(ends[0]);
        execv(PROGRAM, argv);
        _exit(127);
    }
    close(ends[1]);
    *out_pipe = ends[0];
    return child;
}

static void run(char *const *argv)
{
    int out = -1;
    int status = 0;
    pid_t child = start(argv, &out);

    assert_int_equal(waitpid(child, &status, 0), child);
    close(out);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("help-central %s failed", argv[1]);
}

/* argv of execv is not const, for history's sake. */
#define ARGS(...) ((char *[]){(char[]){"help-central"}, __VA_ARGS__, NULL})
#define A(text)   ((char[]){text})

static void make_server(void)
{
    struct sign_key device;
    struct refusal refusal = {0};
    char key[2 * SIGN_PUBLIC_BYTES + 1];
    char file[96];
    char *text = NULL;
    size_t size = 0;

    assert_int_equal(keys_init(), ERR_OK);
    snprintf(folder, sizeof folder, "/tmp/help-kill-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(data, sizeof data, "%s/data", folder);
    snprintf(file, sizeof file, "%s/settings.json", folder);
    sign_key_make(&device);
    hex_encode(device.public_key, sizeof device.public_key, key);
    run(ARGS(A("init"), A("--data"), data));
    run(ARGS(A("practice"), A("add"), A("--data"), data, A("--code"), A("Y99999"), A("--name"),
             A("Elm Grove")));
    run(ARGS(A("kiosk"), A("add"), A("--data"), data, A("--practice"), A("Y99999"), A("--name"),
             A("Front desk"), A("--public-key"), key, A("--server"), A("https://localhost:8443"),
             A("--mode"), A("demo"), A("--out"), file));
    assert_int_equal(file_read(file, SETTINGS_FILE_MAX, &text, &size), ERR_OK);
    assert_int_equal(settings_decode((struct str){text, size}, &settings, &refusal), ERR_OK);
    free(text);
    snprintf(file, sizeof file, "%s/index.html", folder);
    assert_int_equal(file_replace(file, "<!doctype html>", 15, 0644), ERR_OK);
    fixture_client(&f, &settings, &device);
}

static void start_server(void)
{
    int out = -1;
    char line[128] = "";
    size_t len = 0;

    server = start(ARGS(A("serve"), A("--data"), data, A("--device"), A("127.0.0.1:0"),
                        A("--portal"), A("127.0.0.1:0"), A("--portal-files"), folder, A("--pack"),
                        A(SOURCE_DIR "/assets")),
                   &out);
    while (len < sizeof line - 1 && strchr(line, '\n') == NULL) {
        ssize_t n = read(out, line + len, sizeof line - 1 - len);
        if (n <= 0)
            break;
        len += (size_t)n;
        line[len] = '\0';
    }
    close(out);
    const char *port = strstr(line, "device=127.0.0.1:");
    if (port == NULL)
        fail_msg("the server did not get ready");
    device_port = (unsigned)atoi(port + 17);
}

static void kill_server(int number)
{
    int status = 0;

    assert_int_equal(kill(server, number), 0);
    assert_int_equal(waitpid(server, &status, 0), server);
    if (number == SIGTERM && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        fail_msg("the server did not stop cleanly");
}

/* ---- one connection of a kiosk --------------------------------------------------------- */

struct line {
    int socket;
    gnutls_session_t session;
    gnutls_certificate_credentials_t trust;
    char *memory;
    struct str bundle;
    struct receipt_expected expected;
    size_t first; /* among `sent` */
    uint32_t count;
};

static bool line_open(struct line *l)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)device_port)};
    gnutls_datum_t pem = {(unsigned char *)settings.ca_pem, (unsigned)strlen(settings.ca_pem)};

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    l->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(l->socket, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(gnutls_certificate_allocate_credentials(&l->trust), 0);
    assert_int_equal(gnutls_certificate_set_x509_trust_mem(l->trust, &pem, GNUTLS_X509_FMT_PEM), 1);
    assert_int_equal(gnutls_init(&l->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL | GNUTLS_NO_TICKETS),
                     0);
    assert_int_equal(gnutls_set_default_priority(l->session), 0);
    gnutls_credentials_set(l->session, GNUTLS_CRD_CERTIFICATE, l->trust);
    gnutls_session_set_verify_cert(l->session, "localhost", 0);
    gnutls_transport_set_int(l->session, l->socket);
    return gnutls_handshake(l->session) == 0;
}

static void line_close(struct line *l)
{
    gnutls_deinit(l->session);
    gnutls_certificate_free_credentials(l->trust);
    close(l->socket);
    free(l->memory);
}

static void line_load(struct line *l, size_t first, uint32_t count)
{
    const struct envelope *envelopes[LIMIT_BUNDLE_RECORDS];

    l->first = first;
    l->count = count;
    l->memory = malloc(FIXTURE_BUNDLE);
    assert_non_null(l->memory);
    for (uint32_t i = 0; i < count; i++)
        envelopes[i] = sent[first + i].envelope;
    l->bundle = fixture_bundle(&f, ELM, envelopes, count, l->memory, &l->expected);
}

/* Sends the head and the first `limit` bytes of the bundle. */
static void line_send(struct line *l, size_t limit)
{
    char head[160];
    size_t done = 0;
    int len = snprintf(head, sizeof head,
                       "POST /v1/exchange HTTP/1.1\r\nHost: localhost\r\n"
                       "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                       l->bundle.len);

    if (gnutls_record_send(l->session, head, (size_t)len) != len)
        return;
    while (done < limit) {
        ssize_t n = gnutls_record_send(l->session, l->bundle.at + done, limit - done);
        if (n <= 0)
            return;
        done += (size_t)n;
    }
}

/* Reads an answer to its end, as far as it comes, and notes what a good receipt names. */
static uint32_t line_take(struct line *l)
{
    static char answer[64 * 1024];
    struct receipt *r = malloc(sizeof *r);
    struct refusal refusal = {0};
    size_t len = 0;
    uint32_t good = 0;
    ssize_t n;

    assert_non_null(r);
    while (len < sizeof answer - 1 &&
           (n = gnutls_record_recv(l->session, answer + len, sizeof answer - 1 - len)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    const char *body = strstr(answer, "\r\n\r\n");
    if (body != NULL && receipt_decode(str_of(body + 4), f.keys.sign.public_key, &l->expected, r,
                                       &refusal) == ERR_OK) {
        assert_int_equal(r->entry_count, l->count);
        for (; good < l->count; good++) {
            if (r->entries[good].outcome > RECEIPT_DUPLICATE)
                fail_msg("outcome %s", receipt_outcome_name(r->entries[good].outcome));
            sent[l->first + good].acknowledged = true;
        }
    }
    free(r);
    return good;
}

/* ---- the rounds ------------------------------------------------------------------------ */

static int64_t ask_store(const char *sql, const struct id *record)
{
    char path[128];
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;

    snprintf(path, sizeof path, "%s/central.db", data);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    if (record != NULL)
        sqlite3_bind_blob(s, 1, record->bytes, ID_BYTES, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return number;
}

static void check_store(void)
{
    for (size_t i = 0; i < made; i++) {
        int64_t rows = ask_store("SELECT count(*) FROM signup WHERE record = ?1",
                                 &sent[i].envelope->header.record);
        if (rows > 1 || (rows == 0 && sent[i].acknowledged))
            fail_msg("R1/R2: sign-up %zu is there %lld times", i, (long long)rows);
    }
    assert_int_equal(ask_store("SELECT count(*) FROM inbox", NULL),
                     ask_store("SELECT count(*) FROM signup", NULL));
    assert_int_equal(ask_store("SELECT count(*) FROM audit WHERE action = 'received'", NULL),
                     ask_store("SELECT count(*) FROM signup", NULL));
}

static uint32_t one_round(unsigned int *dice)
{
    struct line lines[LINES] = {0};
    uint32_t acknowledged = 0;

    start_server();
    for (int i = 0; i < LINES; i++) {
        size_t first = made;
        for (int j = 0; j < PER_BUNDLE; j++) {
            sent[made].envelope = calloc(1, sizeof *sent[made].envelope);
            assert_non_null(sent[made].envelope);
            fixture_sign_up(&f, ELM, &fixture_grace, sent[made].envelope);
            made++;
        }
        line_load(&lines[i], first, PER_BUNDLE);
        assert_true(line_open(&lines[i]));
    }
    for (int i = 0; i < LINES; i++) {
        bool cut = i == LINES - 1 && rand_r(dice) % 2 == 0;
        line_send(&lines[i],
                  cut ? (size_t)rand_r(dice) % lines[i].bundle.len : lines[i].bundle.len);
    }
    /* After none or some of the answers, at a random moment before the next one. */
    int answers = rand_r(dice) % LINES;
    for (int i = 0; i < answers; i++)
        acknowledged += line_take(&lines[i]);
    struct pollfd waiting = {lines[answers % LINES].socket, POLLIN, 0};
    poll(&waiting, 1, rand_r(dice) % 40);
    kill_server(SIGKILL);
    for (int i = 0; i < LINES; i++) {
        acknowledged += i < answers ? 0 : line_take(&lines[i]);
        line_close(&lines[i]);
    }
    check_store();
    return acknowledged;
}

static void test_kill(void **state)
{
    uint64_t seed = env_random_below(&env_system, UINT32_MAX);
    unsigned int dice = (unsigned int)seed;
    uint32_t acknowledged = 0;

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    make_server();
    for (int i = 0; i < ROUNDS; i++)
        acknowledged += one_round(&dice);
    print_message("%d kills, %u of %zu sign-ups acknowledged before one\n", ROUNDS, acknowledged,
                  made);
    /* Then everything once more, as a kiosk does that had no answer. */
    start_server();
    for (size_t first = 0; first < made; first += LIMIT_BUNDLE_RECORDS) {
        struct line l = {0};
        size_t left = made - first;
        line_load(&l, first, (uint32_t)(left < LIMIT_BUNDLE_RECORDS ? left : LIMIT_BUNDLE_RECORDS));
        assert_true(line_open(&l));
        line_send(&l, l.bundle.len);
        assert_int_equal(line_take(&l), l.count);
        line_close(&l);
    }
    kill_server(SIGTERM);
    check_store();
    assert_int_equal(ask_store("SELECT count(*) FROM signup", NULL), RECORDS);
    run(ARGS(A("audit"), A("check"), A("--data"), data));
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    for (size_t i = 0; i < made; i++)
        free(sent[i].envelope);
    forms_finish(&f.forms);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kill)};

    return cmocka_run_group_tests_name("central_kill", tests, NULL, tear_down);
}
