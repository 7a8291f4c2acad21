/*
 * The true "help-central import" at a stick, and a server behind the hatch: what kiosks wrote is
 * taken in once, however often it comes; each good file has its receipt; and what is no bundle
 * is said in words, opened no further, and spoils no other.
 */
#include "fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sync/carrier/stick.h"
#include "sync/central/hatch.h"

static struct fixture f;
static struct hatch *hatch;
static char folder[] = "/tmp/help-import-XXXXXX";
static struct stick stick;
static char memory[FIXTURE_BUNDLE];
static char out[16384];
static struct receipt receipt;

static int set_up(void **state)
{
    struct refusal refusal = {0};

    (void)state;
    fixture_init(&f);
    strcpy(folder, "/tmp/help-import-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(stick_open(folder, &stick), ERR_OK);
    assert_int_equal(hatch_open(f.folder, &f.api, &hatch, &refusal), ERR_OK);
    return 0;
}

static int tear_down(void **state)
{
    char command[256];

    (void)state;
    hatch_close(hatch);
    stick_close(&stick);
    snprintf(command, sizeof command, "umount %s 2>/dev/null; rm -rf %s", folder, folder);
    (void)!system(command);
    fixture_finish(&f);
    return 0;
}

/* A bundle of `count` new sign-ups, on the stick. */
static struct receipt_expected put(int kiosk, uint32_t count)
{
    static struct envelope made[4];
    const struct envelope *all[4];
    struct receipt_expected expected;
    struct str bundle;

    for (uint32_t i = 0; i < count; i++) {
        fixture_sign_up(&f, kiosk, &fixture_grace, &made[i]);
        all[i] = &made[i];
    }
    bundle = fixture_bundle(&f, kiosk, all, count, memory, &expected);
    assert_int_equal(stick_write(&stick, STICK_BUNDLE, &expected.bundle, bundle), ERR_OK);
    return expected;
}

/* "help-central import" at the path; fills `out` with all it said and returns its exit code. */
static int import(const char *path)
{
    char command[512];
    size_t len = 0;
    FILE *said;

    snprintf(command, sizeof command, BINARY_DIR "/help-central import --data %s %s 2>&1", f.folder,
             path);
    said = popen(command, "r");
    assert_non_null(said);
    len = fread(out, 1, sizeof out - 1, said);
    out[len] = '\0';
    return WEXITSTATUS(pclose(said));
}

static void said(const char *words)
{
    if (strstr(out, words) == NULL)
        fail_msg("\"%s\" is not in:\n%s", words, out);
}

static const char *path_of(enum stick_kind kind, const struct id *id)
{
    static char path[256];
    char name[STICK_NAME_SIZE];

    stick_name(kind, id, name);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool has_receipt(const struct receipt_expected *expected)
{
    struct str bytes;

    return stick_read(&stick, STICK_RECEIPT, &expected->bundle, memory, &bytes) == ERR_OK &&
           receipt_decode(bytes, f.keys.sign.public_key, expected, &receipt, NULL) == ERR_OK;
}

static int64_t number(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int64_t n;

    assert_int_equal(sqlite3_open_v2(f.path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static void test_folder(void **state)
{
    struct receipt_expected e[3];

    (void)state;
    e[0] = put(ELM, 3);
    e[1] = put(ELM, 0);
    e[2] = put(OAK, 2);
    assert_int_equal(import(folder), 0);
    said(": accepted 3\n");
    said(": accepted 2\n");
    said(": no sign-ups in it\n");
    said("3 taken in; 0 to look at again\n");
    for (int i = 0; i < 3; i++)
        assert_true(has_receipt(&e[i]));
    assert_int_equal(receipt.entry_count, 2);
    assert_int_equal(receipt.entries[1].outcome, RECEIPT_ACCEPTED);
    assert_int_equal(number("SELECT count(*) FROM inbox WHERE via = 'usb'"), 5);
    /* Again, and one of them alone: nothing is taken twice, and the receipt is a new one. */
    assert_int_equal(import(folder), 0);
    said(": had already 3\n");
    assert_int_equal(import(path_of(STICK_BUNDLE, &e[2].bundle)), 0);
    said(": had already 2\n");
    assert_true(has_receipt(&e[2]));
    assert_int_equal(receipt.entries[1].outcome, RECEIPT_DUPLICATE);
    assert_int_equal(number("SELECT count(*) FROM inbox"), 5);
    assert_int_equal(number("SELECT count(*) FROM signup"), 5);
}

static void write_raw(unsigned n, const char *text, off_t size)
{
    struct id id = {{(unsigned char)n}};
    int file = open(path_of(STICK_BUNDLE, &id), O_WRONLY | O_CREAT, 0600);

    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    assert_int_equal(size > 0 ? ftruncate(file, size) : 0, 0);
    close(file);
}

static void test_hostile(void **state)
{
    struct receipt_expected cut;
    struct receipt_expected good;
    struct id ids[8];
    struct stat about;
    struct str bytes;

    (void)state;
    for (unsigned n = 0; n < 8; n++)
        ids[n] = (struct id){{(unsigned char)n}};
    assert_int_equal(symlink("/etc/passwd", path_of(STICK_BUNDLE, &ids[1])), 0);
    assert_int_equal(mkfifo(path_of(STICK_BUNDLE, &ids[2]), 0600), 0);
    assert_int_equal(mkdir(path_of(STICK_BUNDLE, &ids[3]), 0700), 0);
    write_raw(4, "", (off_t)1 << 40);
    write_raw(5, "\x1b[2J{\"kind\":\"help-bundle\"}\nrubbish\n", 0);
    write_raw(6, "", 0);
    cut = put(ELM, 2);
    assert_int_equal(stat(path_of(STICK_BUNDLE, &cut.bundle), &about), 0);
    assert_int_equal(truncate(path_of(STICK_BUNDLE, &cut.bundle), about.st_size / 2), 0);
    good = put(OAK, 2);
    assert_int_equal(import(folder), 1);
    said("It is not a file that a kiosk wrote.");
    said("This is not a bundle from a kiosk.");
    said(": accepted 2\n");
    said("1 taken in; 7 to look at again\n");
    assert_null(strchr(out, '\x1b'));
    assert_true(has_receipt(&good));
    for (unsigned n = 1; n < 7; n++)
        assert_int_equal(stick_read(&stick, STICK_RECEIPT, &ids[n], memory, &bytes), ERR_NOT_FOUND);
    assert_false(has_receipt(&cut));
    assert_int_equal(number("SELECT count(*) FROM inbox"), 2);
}

static void test_strangers(void **state)
{
    struct receipt_expected e;

    (void)state;
    f.kiosks[ELM].key.secret_key[0] ^= 1;
    e = put(ELM, 1);
    assert_int_equal(import(folder), 1);
    said("The bundle was not signed by this kiosk.");
    assert_false(has_receipt(&e));
    f.kiosks[OAK].row.id.bytes[0] ^= 1;
    e = put(OAK, 1);
    assert_int_equal(import(folder), 1);
    said("The server does not know this kiosk.");
    assert_int_equal(number("SELECT count(*) FROM inbox"), 0);
}

static void test_nobody_there(void **state)
{
    char path[128];

    (void)state;
    assert_int_equal(import(folder), 1);
    said("there is no file help-....bundle in it");
    assert_int_equal(import("/tmp/help-no-such-stick"), 1);
    said("is not there");
    snprintf(path, sizeof path, "%s/letter.txt", folder);
    close(open(path, O_WRONLY | O_CREAT, 0600));
    assert_int_equal(import(path), 1);
    said("is not named as a kiosk names it");
    put(ELM, 1);
    hatch_close(hatch);
    hatch = NULL;
    assert_int_equal(import(folder), 1);
    said("no server runs on this folder");
    said("help-central serve");
    /* What a killed server leaves is no server, and does not keep the next one out. */
    snprintf(path, sizeof path, "%s/import.sock", f.folder);
    close(open(path, O_WRONLY | O_CREAT, 0600));
    assert_int_equal(import(folder), 1);
    said("no server runs on this folder");
    assert_int_equal(hatch_open(f.folder, &f.api, &hatch, NULL), ERR_OK);
    assert_int_equal(import(folder), 0);
}

/* Taken in all the same: the receipts can be fetched another time. */
static void test_no_receipts(void **state)
{
    char command[256];

    (void)state;
    stick_close(&stick);
    snprintf(command, sizeof command, "mount -t tmpfs none %s 2>/dev/null", folder);
    if (geteuid() != 0 || system(command) != 0) {
        assert_int_equal(stick_open(folder, &stick), ERR_OK);
        print_message("not tried: no mounting here\n");
        skip();
    }
    assert_int_equal(stick_open(folder, &stick), ERR_OK);
    put(ELM, 2);
    put(ELM, 1);
    snprintf(command, sizeof command, "mount -o remount,ro %s", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(import(folder), 1);
    said("the stick takes no writes");
    said("2 taken in; 2 to look at again\n");
    assert_int_equal(number("SELECT count(*) FROM inbox"), 3);
}

static void test_hatch_sizes(void **state)
{
    static char answer[HATCH_ANSWER_MAX];
    static char large[LIMIT_BUNDLE + 100];
    struct str body;
    struct stat about;
    int status = 0;
    char path[128];

    (void)state;
    snprintf(path, sizeof path, "%s/import.sock", f.folder);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(hatch_send(f.folder, (struct str){large, 0}, answer, &status, &body), ERR_OK);
    assert_int_equal(status, 400);
    assert_int_equal(
        hatch_send(f.folder, (struct str){large, LIMIT_BUNDLE + 1}, answer, &status, &body),
        ERR_OK);
    assert_int_equal(status, 413);
}

/* An old stick tells nothing new of what waits at the kiosk, and what is here waits nowhere. */
static void test_waiting(void **state)
{
    static struct envelope made[3];
    const struct envelope *all[] = {&made[0], &made[1], &made[2]};
    struct receipt_expected old;
    struct str bundle;

    (void)state;
    fixture_sign_up(&f, ELM, &fixture_grace, &made[0]);
    bundle = fixture_bundle(&f, ELM, all, 1, memory, &old); /* of the time when 1 was made */
    assert_int_equal(stick_write(&stick, STICK_BUNDLE, &old.bundle, bundle), ERR_OK);
    fixture_sign_up(&f, ELM, &fixture_grace, &made[1]);
    fixture_sign_up(&f, ELM, &fixture_grace, &made[2]);
    assert_int_equal(fixture_exchange(&f, ELM, &all[1], 1, &receipt), 200);
    assert_int_equal(number("SELECT waiting FROM kiosk WHERE made = 3"), 2);
    assert_int_equal(import(folder), 0);
    assert_int_equal(number("SELECT waiting FROM kiosk WHERE made = 3"), 1);
    assert_int_equal(import(folder), 0);
    assert_int_equal(number("SELECT waiting FROM kiosk WHERE made = 3"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_strangers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nobody_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_receipts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hatch_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_waiting, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
