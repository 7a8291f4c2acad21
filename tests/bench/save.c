/*
 * Confirm to durable: from the kiosk's save to help-sync's "saved", over the real socket to a real
 * process, beside one bare SQLite commit (WAL, synchronous FULL) of the same bytes. The two take
 * turns, so that a noisy disk is noisy for both. Figures are medians; the folder should lie on
 * the disk that is meant.
 */
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "sync/agent/service.h"
#include "sync/local/client.h"

#define ROUNDS 400

static char folder[400];
static char path[420];
static struct settings settings;
static double ours_us[ROUNDS];
static double bare_us[ROUNDS];

static void check(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "bench_save: %s\n", what);
    exit(1);
}

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void enrol(void)
{
    static char text[SETTINGS_FILE_MAX + 1];
    char file[440];
    struct seal_pair pair;
    struct sign_key server;
    struct sign_key device;
    struct refusal why = {0};
    struct buf out;

    seal_pair_make(&pair);
    sign_key_make(&server);
    memset(settings.kiosk.bytes, 9, ID_BYTES);
    strcpy(settings.kiosk_name, "bench");
    settings.mode = KIOSK_DEMO;
    strcpy(settings.practice_code, "Y99901");
    strcpy(settings.practice_name, "bench");
    strcpy(settings.server_url, "https://127.0.0.1:1");
    strcpy(settings.ca_pem, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    settings.seal_key = pair.key;
    memcpy(settings.sign_public, server.public_key, SIGN_PUBLIC_BYTES);
    buf_init(&out, text, sizeof text);
    snprintf(file, sizeof file, "%s/given.json", folder);
    check(settings_encode(&settings, &out) == ERR_OK &&
              file_replace(file, text, out.len, 0600) == ERR_OK &&
              identity_init(folder, &device, &why) == ERR_OK &&
              identity_enrol(folder, file, &settings, &why) == ERR_OK,
          "can't enrol");
}

static pid_t start_service(void)
{
    pid_t child = fork();

    check(child >= 0, "can't fork");
    if (child == 0) {
        struct refusal why = {0};
        int stop[2];
        /* Its log is not what is measured. */
        if (pipe(stop) != 0 || freopen("/dev/null", "w", stderr) == NULL)
            _exit(3);
        _exit(service_run(&env_system, folder, path, stop[0], &why) == ERR_OK ? 0 : 1);
    }
    return child;
}

static void fill(struct seal_header *header, unsigned char sealed[SEALED_BYTES])
{
    header->record = id_make(&env_system);
    header->kiosk = settings.kiosk;
    header->key = settings.seal_key.id;
    env_random(&env_system, sealed, SEALED_BYTES);
}

static double save_ours(struct local_client *client)
{
    static unsigned char sealed[SEALED_BYTES];
    struct local_event event;
    struct seal_header header;
    double began;

    fill(&header, sealed);
    began = now_us();
    check(local_client_save_begin(client, &header, sealed, false) == ERR_OK,
          "help-sync is not there");
    local_client_poll(client, 20000, &event);
    check(event.kind == LOCAL_EVENT_SAVED, "help-sync did not save");
    return now_us() - began;
}

static sqlite3_stmt *open_bare(sqlite3 **out_db)
{
    char file[440];
    sqlite3_stmt *insert = NULL;

    snprintf(file, sizeof file, "%s/bare.db", folder);
    check(sqlite3_open(file, out_db) == SQLITE_OK &&
              sqlite3_exec(*out_db,
                           "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                           "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                           "CREATE TABLE bare(id BLOB PRIMARY KEY, sealed BLOB)",
                           NULL, NULL, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(*out_db, "INSERT INTO bare VALUES(?1, ?2)", -1, &insert, NULL) ==
                  SQLITE_OK,
          "can't open the bare file");
    return insert;
}

static double save_bare(sqlite3_stmt *insert)
{
    static unsigned char sealed[SEALED_BYTES];
    struct seal_header header;
    double began;

    fill(&header, sealed);
    began = now_us();
    sqlite3_bind_blob(insert, 1, header.record.bytes, ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, sealed, SEALED_BYTES, SQLITE_STATIC);
    check(sqlite3_step(insert) == SQLITE_DONE, "the bare commit failed");
    sqlite3_reset(insert);
    return now_us() - began;
}

static void print(const char *name, double ours, double bare)
{
    printf("%s %.0f us %.0f %.2f\n", name, ours, bare, ours / bare);
}

static void remove_files(void)
{
    static const char *const names[] = {"outbox.db",  "outbox.db-wal", "device.key",
                                        "given.json", "settings.json", "socket",
                                        "bare.db",    "bare.db-wal"};
    char file[440];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(file, sizeof file, "%s/%s", folder, names[i]);
        unlink(file);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    struct local_client client;
    sqlite3 *db = NULL;
    sqlite3_stmt *insert;
    pid_t child;

    check(argc <= 2 && keys_init() == ERR_OK, "usage: bench_save [FOLDER ON THE DISK]");
    snprintf(folder, sizeof folder, "%s/help-bench-XXXXXX", argc > 1 ? argv[1] : "/tmp");
    check(mkdtemp(folder) != NULL, "can't make a folder there");
    snprintf(path, sizeof path, "%s/socket", folder);
    check(local_client_init(&client, path) == ERR_OK, "the folder's name is too long");
    enrol();
    child = start_service();
    while (local_client_status_begin(&client, NULL) != ERR_OK)
        poll(NULL, 0, 5);
    struct local_event event;
    local_client_poll(&client, 20000, &event);
    insert = open_bare(&db);
    for (int i = 0; i < ROUNDS; i++) {
        bare_us[i] = save_bare(insert);
        ours_us[i] = save_ours(&client);
    }
    qsort(ours_us, ROUNDS, sizeof ours_us[0], by_size);
    qsort(bare_us, ROUNDS, sizeof bare_us[0], by_size);
    print("confirm_to_durable_p50", ours_us[ROUNDS / 2], bare_us[ROUNDS / 2]);
    print("confirm_to_durable_p99", ours_us[ROUNDS * 99 / 100], bare_us[ROUNDS * 99 / 100]);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    local_client_finish(&client);
    remove_files();
    return 0;
}
