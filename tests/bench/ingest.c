/*
 * help-central's ingest, from bundle bytes to receipt bytes, beside what no server could beat here:
 * the smaller of (check a signature, open the records, sign an answer) on every core, and bare
 * SQLite commits (WAL, synchronous FULL) of the same bytes in the same batches. The three take
 * turns, and figures are medians. Usage: bench_ingest FOLDER PACK; the folder should lie on the
 * disk that is meant.
 */
#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sync/central/accounts.h"
#include "sync/central/repo_sqlite.h"

enum {
    ROUNDS = 5,
    FULL = LIMIT_BUNDLE_RECORDS, /* records of a full bundle */
    FULL_BUNDLES = 30,           /* of one round */
    SINGLES = 600,               /* bundles of one record, of one round */
    SINGLE_THREADS = 32,
    THREADS_MAX = 64,
};

/* A canonical record (signup/record.h) of a made-up patient; kiosk and record id go in. */
static const char record_text[] =
    "{\"answers\":{\"adult\":true,\"agree-account\":true,\"agree-record\":true,"
    "\"agree-reminders\":false,\"agree-research\":false,\"birth-date\":\"1958-03-14\","
    "\"contact\":\"both\",\"diabetes\":\"yes\",\"email\":\"amina.k@example.com\","
    "\"ethnic-code\":\"99\",\"first-name\":\"Amina\",\"formats\":[\"large-print\",\"audio\"],"
    "\"last-name\":\"O’Neill-Khan\",\"mobile\":\"+447700900417\",\"mode\":\"friend\","
    "\"nhs-number\":\"9990000018\",\"nhs-number-known\":\"yes\",\"postcode\":\"NW1 2BU\","
    "\"start-help\":\"phone\"},\"consent\":{\"language\":\"en\",\"read_aloud\":true,"
    "\"version\":\"2026-01\"},\"form\":{\"url\":"
    "\"https://help-diabetes.example/fhir/Questionnaire/sign-up\",\"version\":\"2026-01\"},"
    "\"kiosk\":\"%s\",\"made_at\":1773480000123,\"mode\":\"friend\",\"practice\":\"Y99999\","
    "\"record\":\"%s\",\"schema\":1,\"type\":\"signup\"}";

static char data_folder[512];
static struct api api;
static struct server_keys keys;
static struct forms forms;
static struct kiosk kiosk = {.name = "Front desk", .practice = {"Y99999", "Elm Grove Surgery"}};
static struct sign_key device;
static uint64_t made;

static void check(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "bench_ingest: %s\n", what);
    exit(1);
}

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

static void set_up(const char *pack)
{
    struct refusal why = {0};
    char path[600];

    check(keys_init() == ERR_OK && mkdtemp(data_folder) != NULL, "no folder could be made");
    snprintf(path, sizeof path, "%s/central.db", data_folder);
    check(repo_sqlite_open(path, true, &api.repo, &why) == ERR_OK, why.problem);
    check(forms_load(&forms, data_folder, pack, &why) == ERR_OK, why.problem);
    sign_key_make(&keys.sign);
    seal_pair_make(&keys.seal);
    sign_key_make(&device);
    kiosk.id = id_make(&env_system);
    memcpy(kiosk.public_key, device.public_key, SIGN_PUBLIC_BYTES);
    check(api.repo->verbs->practice_add(api.repo, &kiosk.practice, 1) == ERR_OK &&
              api.repo->verbs->kiosk_add(api.repo, &kiosk, 1) == ERR_OK,
          "the kiosk could not be added");
    api.env = &env_system;
    api.keys = &keys;
    api.forms = &forms;
}

static void make_envelope(struct envelope *e)
{
    unsigned char scratch[SEAL_INSIDE_BYTES];
    char text[LIMIT_RECORD + 1];
    char kiosk_text[ID_TEXT + 1];
    char record[ID_TEXT + 1];

    e->header = (struct seal_header){id_make(&env_system), kiosk.id, keys.seal.key.id};
    e->seq = ++made;
    id_text(&e->header.kiosk, kiosk_text);
    id_text(&e->header.record, record);
    snprintf(text, sizeof text, record_text, kiosk_text, record);
    check(seal_record(&e->header, str_of(text), &keys.seal.key, scratch, e->sealed) == ERR_OK,
          "a record could not be sealed");
    envelope_hash(e);
}

static struct str make_bundle(uint32_t records)
{
    static struct envelope envelopes[FULL];
    char *memory = malloc(records * (size_t)ENVELOPE_LINE_MAX + BUNDLE_MANIFEST_MAX + 256);
    struct bundle_manifest m = {.kiosk = kiosk.id,
                                .bundle = id_make(&env_system),
                                .records = records,
                                .received = made,
                                .boot = id_make(&env_system),
                                .version = "0.1.0"};
    struct buf b;

    check(memory != NULL, "no memory");
    for (uint32_t i = 0; i < records; i++)
        make_envelope(&envelopes[i]);
    m.made = made;
    buf_init(&b, memory, records * (size_t)ENVELOPE_LINE_MAX + BUNDLE_MANIFEST_MAX + 256);
    enum err e = bundle_begin(&m, &b);
    for (uint32_t i = 0; i < records && e == ERR_OK; i++)
        e = bundle_add(&envelopes[i], &b);
    if (e == ERR_OK)
        e = bundle_end(&device, &b);
    check(e == ERR_OK, "a bundle could not be made");
    return buf_str(&b);
}

/* ---- ours ------------------------------------------------------------------------------ */

struct crowd {
    const struct str *bundles;
    int count;
    atomic_int next;
    atomic_int failed;
};

static void *send_some(void *context)
{
    struct crowd *crowd = context;
    int i;

    while ((i = atomic_fetch_add(&crowd->next, 1)) < crowd->count) {
        struct request request = {.listener = LISTENER_DEVICE,
                                  .method = STR_LITERAL("POST"),
                                  .path = STR_LITERAL("/v1/exchange"),
                                  .body = crowd->bundles[i]};
        struct response response;
        api_handle(&api, &request, &response);
        if (response.status != 200)
            atomic_fetch_add(&crowd->failed, 1);
        response_finish(&response);
    }
    return NULL;
}

/* Bundles a second, taken in by so many threads. */
static double ours(const struct str *bundles, int count, int thread_count)
{
    pthread_t threads[THREADS_MAX];
    struct crowd crowd = {.bundles = bundles, .count = count};
    double start = now_s();

    for (int i = 0; i < thread_count; i++)
        check(pthread_create(&threads[i], NULL, send_some, &crowd) == 0, "no thread");
    for (int i = 0; i < thread_count; i++)
        pthread_join(threads[i], NULL);
    double spent = now_s() - start;
    check(atomic_load(&crowd.failed) == 0, "a bundle was refused");
    return count / spent;
}

/* ---- the two bounds -------------------------------------------------------------------- */

/* Bundles a second on one core: check, decode, open, sign; no store. */
static double arithmetic(const struct str *bundles, int count)
{
    static unsigned char inside[SEAL_INSIDE_BYTES];
    static struct envelope envelope;
    double start = now_s();

    for (int i = 0; i < count; i++) {
        struct bundle_reader reader;
        struct bundle_manifest manifest;
        struct refusal why = {0};
        struct str plaintext;
        unsigned char signature[SIGNATURE_BYTES];
        check(bundle_open(bundles[i], device.public_key, &reader, &manifest, &why) == ERR_OK,
              "a bundle could not be opened");
        while (bundle_next(&reader, &envelope, &why) == ERR_OK)
            check(seal_open(&envelope.header, envelope.sealed, &keys.seal, inside, &plaintext) ==
                      ERR_OK,
                  "a record could not be opened");
        sign_bytes(&keys.sign, (struct str){bundles[i].at, 8000 < bundles[i].len ? 8000 : 1000},
                   signature);
    }
    return count / (now_s() - start);
}

/* Commits a second of `rows` rows of the same bytes. */
static double bare(sqlite3 *db, const struct str *bundles, int count, int rows)
{
    sqlite3_stmt *s = NULL;
    double start = now_s();

    check(sqlite3_prepare_v2(db, "INSERT INTO t (record, envelope) VALUES (?1, ?2)", -1, &s,
                             NULL) == SQLITE_OK,
          "no statement");
    for (int i = 0; i < count; i++) {
        size_t each = bundles[i].len / (size_t)rows;
        check(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, "no BEGIN");
        for (int j = 0; j < rows; j++) {
            struct id id = id_make(&env_system);
            sqlite3_bind_blob(s, 1, id.bytes, ID_BYTES, SQLITE_STATIC);
            sqlite3_bind_blob(s, 2, bundles[i].at + (size_t)j * each, (int)each, SQLITE_STATIC);
            check(sqlite3_step(s) == SQLITE_DONE, "no row");
            sqlite3_reset(s);
        }
        check(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, "no COMMIT");
    }
    double rate = count / (now_s() - start);
    sqlite3_finalize(s);
    return rate;
}

static sqlite3 *open_bare(void)
{
    char path[600];
    sqlite3 *db = NULL;

    snprintf(path, sizeof path, "%s/bare.db", data_folder);
    check(sqlite3_open(path, &db) == SQLITE_OK &&
              sqlite3_exec(db,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                           "PRAGMA wal_autocheckpoint = 4096; PRAGMA cache_size = -65536;"
                           "CREATE TABLE t (id INTEGER PRIMARY KEY, record BLOB UNIQUE, envelope "
                           "BLOB)",
                           NULL, NULL, NULL) == SQLITE_OK,
          "no bare store");
    return db;
}

static void measure(sqlite3 *db, const char *name, int bundle_count, int records, int threads,
                    int cores)
{
    double ours_rate[ROUNDS];
    double bound_rate[ROUNDS];
    struct str *bundles = calloc((size_t)bundle_count, sizeof *bundles);

    check(bundles != NULL, "no memory");
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < bundle_count; i++)
            bundles[i] = make_bundle((uint32_t)records);
        double store = bare(db, bundles, bundle_count, records);
        double sums = arithmetic(bundles, bundle_count) * cores;
        ours_rate[round] = ours(bundles, bundle_count, threads) * records;
        bound_rate[round] = (store < sums ? store : sums) * records;
        for (int i = 0; i < bundle_count; i++)
            free((void *)(uintptr_t)bundles[i].at);
    }
    free(bundles);
    double value = median(ours_rate);
    double reference = median(bound_rate);
    printf("%s %.0f sign-ups/s %.0f %.2f\n", name, value, reference, value / reference);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    char command[600];

    if (argc != 3) {
        fprintf(stderr, "usage: bench_ingest FOLDER PACK\n");
        return 2;
    }
    snprintf(data_folder, sizeof data_folder, "%s/bench-ingest-XXXXXX", argv[1]);
    set_up(argv[2]);
    sqlite3 *db = open_bare();
    measure(db, "ingest_full_bundles", FULL_BUNDLES, FULL, cores < 4 ? 4 : cores, cores);
    measure(db, "ingest_single_bundles", SINGLES, 1, SINGLE_THREADS, cores);
    sqlite3_close(db);
    api.repo->verbs->close(api.repo);
    forms_finish(&forms);
    snprintf(command, sizeof command, "rm -r %s", data_folder);
    return system(command) == 0 ? 0 : 1;
}
