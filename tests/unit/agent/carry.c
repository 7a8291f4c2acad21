/*
 * Sign-ups by USB stick, out of a real outbox and back: any stick, in any order, with any part of
 * its files, any number of times; damaged, forged, a stranger's, or from before the server was
 * restored. In the end the server has every one, and what a kiosk calls received was there.
 */
#include "sync/agent/carry.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "sync/agent/report.h"
#include "sync/carrier/stick.h"
#include "sync/wire/bundle.h"

#define STICKS      3
#define RECORDS_MAX 2000

static char root[64];
static char state_folder[96];
static char folders[STICKS][96];
static struct settings settings;
static struct sign_key device;
static struct sign_key server;
static struct sign_key stranger;
static struct outbox *outbox;
static struct engine engine;
static struct carry *carry;
static char text[LIMIT_RECEIPT + 1];
static char bundle_text[LIMIT_BUNDLE + 1];
static unsigned made;

/* The server: which records it has, and a backup of that. */
static bool kept[RECORDS_MAX];
static bool backup[RECORDS_MAX];
static unsigned char incarnation;

static struct sign_key key_of(unsigned char n)
{
    unsigned char seed[SIGN_SEED_BYTES];
    struct sign_key key;

    memset(seed, n, sizeof seed);
    sign_key_from_seed(seed, &key);
    return key;
}

static struct id record_of(unsigned n)
{
    struct id id = {{(unsigned char)(n >> 8), (unsigned char)n}};

    id.bytes[15] = 1;
    return id;
}

static void save(void)
{
    static unsigned char sealed[SEALED_BYTES];
    struct seal_header h = {.kiosk = settings.kiosk, .record = record_of(made)};
    uint64_t seq;

    assert_true(made < RECORDS_MAX);
    assert_int_equal(outbox_append(outbox, &h, sealed, false, &seq), ERR_OK);
    made++;
}

static enum outbox_state state_of(unsigned n)
{
    struct id id = record_of(n);
    enum outbox_state state;

    assert_int_equal(outbox_find(outbox, &id, &state), ERR_OK);
    return state;
}

static void make_carry(const char *own_disk)
{
    struct packing packing = {&env_system, &settings, &device, outbox, {{0}}};

    assert_int_equal(carry_create(&packing, &engine, own_disk, &carry), ERR_OK);
}

static int set_up(void **state)
{
    (void)state;
    /* In memory where there is such a place: syncing a whole disk for each visit takes long. */
    strcpy(root,
           access("/dev/shm", W_OK) == 0 ? "/dev/shm/help-carry-XXXXXX" : "/tmp/help-carry-XXXXXX");
    if (mkdtemp(root) == NULL)
        return -1;
    for (int i = 0; i < STICKS; i++) {
        snprintf(folders[i], sizeof folders[i], "%s/stick-%d", root, i);
        mkdir(folders[i], 0700);
    }
    snprintf(state_folder, sizeof state_folder, "%s/state", root);
    mkdir(state_folder, 0700);
    memset(&settings, 0, sizeof settings);
    memset(settings.kiosk.bytes, 9, ID_BYTES);
    device = key_of(1);
    server = key_of(5);
    stranger = key_of(6);
    memcpy(settings.sign_public, server.public_key, SIGN_PUBLIC_BYTES);
    made = 0;
    incarnation = 7;
    memset(kept, 0, sizeof kept);
    assert_int_equal(outbox_create(state_folder, &env_system, &outbox, NULL), ERR_OK);
    engine_init(&engine, &env_system, true);
    make_carry("/proc"); /* any other file system: a folder here is a stick */
    return 0;
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    carry_destroy(carry);
    outbox_destroy(outbox);
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command);
}

/* As the service does, until the visit has ended. */
static struct local_carry visit_at(const char *folder)
{
    struct local_carry c = carry_begin(carry, folder);

    while (c.state == CARRY_WORKING) {
        struct pollfd p = {.fd = carry_descriptor(carry), .events = POLLIN};
        assert_int_equal(poll(&p, 1, 60000), 1);
        (void)carry_step(carry);
        c = carry_progress(carry);
    }
    return c;
}

/* A visit where nothing goes wrong. */
static struct local_carry visit(int stick)
{
    struct local_carry c = visit_at(folders[stick]);

    assert_int_equal(c.state, CARRY_DONE);
    return c;
}

static uint64_t dice;

static unsigned roll(unsigned below)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(dice >> 33) % below;
}

/* ---- the server, as far as it matters here ------------------------------------------------ */

static void answer(struct str bundle, struct receipt *out)
{
    static struct envelope e;
    struct bundle_reader reader;
    struct bundle_manifest m;

    memset(out, 0, sizeof *out);
    if (bundle_open(bundle, device.public_key, &reader, &m, NULL) != ERR_OK)
        return;
    out->kiosk = m.kiosk;
    out->bundle = m.bundle;
    bundle_sha256(bundle, out->bundle_sha256);
    memset(out->incarnation.bytes, incarnation, ID_BYTES);
    while (bundle_next(&reader, &e, NULL) == ERR_OK) {
        struct receipt_entry *entry = &out->entries[out->entry_count++];
        unsigned n = (unsigned)e.header.record.bytes[0] << 8 | e.header.record.bytes[1];
        entry->record = e.header.record;
        entry->outcome = kept[n] ? RECEIPT_DUPLICATE : RECEIPT_ACCEPTED;
        kept[n] = true;
    }
}

static void put_receipt(const struct stick *s, const struct id *id, const struct receipt *r,
                        const struct sign_key *key)
{
    struct buf out;

    buf_init(&out, text, sizeof text);
    assert_int_equal(receipt_encode(r, key, &out), ERR_OK);
    assert_int_equal(stick_write(s, STICK_RECEIPT, id, buf_str(&out)), ERR_OK);
}

/* Takes in every bundle on the stick, or each with a chance of one half. */
static unsigned import(int stick, bool all)
{
    static struct receipt r;
    struct stick s;
    struct id_list list = {0};
    struct str bytes;
    unsigned taken = 0;

    assert_int_equal(stick_open(folders[stick], &s), ERR_OK);
    assert_int_equal(stick_list(&s, STICK_BUNDLE, &list), ERR_OK);
    for (size_t i = 0; i < list.count; i++) {
        if (!all && roll(2) == 0)
            continue;
        if (stick_read(&s, STICK_BUNDLE, &list.ids[i], bundle_text, &bytes) != ERR_OK)
            continue;
        answer(bytes, &r);
        if (id_is_none(&r.bundle))
            continue;
        put_receipt(&s, &list.ids[i], &r, &server);
        taken++;
    }
    id_list_free(&list);
    stick_close(&s);
    return taken;
}

static size_t files(int stick, const char *end)
{
    DIR *d = opendir(folders[stick]);
    const struct dirent *entry;
    size_t count = 0;

    while ((entry = readdir(d)) != NULL) {
        size_t len = strlen(entry->d_name);
        count += len > strlen(end) && strcmp(entry->d_name + len - strlen(end), end) == 0;
    }
    closedir(d);
    return count;
}

/* The only bundle on the stick. */
static struct id only_bundle(int stick, struct str *out_bytes)
{
    struct stick s;
    struct id_list list = {0};
    struct id id;

    assert_int_equal(stick_open(folders[stick], &s), ERR_OK);
    assert_int_equal(stick_list(&s, STICK_BUNDLE, &list), ERR_OK);
    assert_int_equal(list.count, 1);
    id = list.ids[0];
    assert_int_equal(stick_read(&s, STICK_BUNDLE, &id, bundle_text, out_bytes), ERR_OK);
    id_list_free(&list);
    stick_close(&s);
    return id;
}

static void give(int stick, const struct id *id, const struct receipt *r,
                 const struct sign_key *key)
{
    struct stick s;

    assert_int_equal(stick_open(folders[stick], &s), ERR_OK);
    put_receipt(&s, id, r, key);
    stick_close(&s);
}

/* ---- tests -------------------------------------------------------------------------------- */

static void there_and_back(void **state)
{
    struct local_carry c;

    (void)state;
    for (int i = 0; i < 230; i++)
        save();
    c = visit(0);
    assert_true(c.written == 230 && c.there == 0 && c.receipts == 0);
    assert_int_equal(files(0, ".bundle"), 3);
    assert_int_equal(outbox_counts(outbox).waiting, 230); /* being on a stick settles nothing */
    /* Again: it is all there already. */
    save();
    c = visit(0);
    assert_true(c.written == 1 && c.there == 230);
    assert_int_equal(files(0, ".bundle"), 4);
    assert_int_equal(import(0, true), 4);
    assert_int_equal(files(0, ".receipt"), 4);
    c = visit(0);
    assert_true(c.receipts == 4 && c.settled == 231 && c.written == 0 && c.there == 0);
    assert_int_equal(outbox_counts(outbox).received, 231);
    assert_int_equal(outbox_counts(outbox).waiting, 0);
    /* Used files are gone; a heartbeat is there in their place, and one is enough. */
    assert_int_equal(files(0, ".receipt"), 0);
    assert_int_equal(files(0, ".bundle"), 1);
    visit(0);
    assert_int_equal(files(0, ".bundle"), 1);
}

/* A receipt that is not for this very bundle, by our server, changes nothing and stays there. */
static void strangers_settle_nothing(void **state)
{
    static struct receipt good;
    static struct receipt r;
    struct local_carry c;
    struct str bytes;
    struct id id;

    (void)state;
    save();
    visit(0);
    id = only_bundle(0, &bytes);
    answer(bytes, &good);
    give(0, &id, &good, &stranger);
    c = visit(0);
    assert_true(c.strange == 1 && c.receipts == 0 && c.there == 1);
    r = good;
    r.bundle_sha256[0] ^= 1;
    give(0, &id, &r, &server);
    assert_int_equal(visit(0).strange, 1);
    r = good;
    r.bundle.bytes[3] ^= 1;
    give(0, &id, &r, &server);
    assert_int_equal(visit(0).strange, 1);
    r = good;
    r.kiosk.bytes[3] ^= 1;
    give(0, &id, &r, &server);
    assert_int_equal(visit(0).strange, 1);
    assert_int_equal(state_of(0), OUTBOX_WAITING);
    assert_int_equal(files(0, ".receipt"), 1);
    /* Beside no bundle, or beside another kiosk's, it is not even looked at. */
    assert_int_equal(visit(1).written, 1);
    id.bytes[0] ^= 1;
    give(1, &id, &good, &server);
    assert_true(visit(1).receipts == 0);
    device = key_of(2);
    carry_destroy(carry);
    make_carry("/proc");
    c = visit(0);
    assert_true(c.receipts == 0 && c.strange == 0 && c.there == 0 && c.written == 1);
    assert_int_equal(files(0, ".bundle"), 2);
    assert_int_equal(state_of(0), OUTBOX_WAITING);
    /* Nor is what this device signed when it was enrolled as another kiosk. */
    import(0, true);
    settings.kiosk.bytes[0] ^= 1;
    c = visit(0);
    assert_true(c.receipts == 0 && c.strange == 0 && c.there == 0);
}

/* The server was restored: what comes from before that is not believed any more. */
static void old_receipts_of_a_restored_server(void **state)
{
    static struct receipt old;
    struct local_carry c;
    struct str bytes;
    struct id id;

    (void)state;
    save();
    visit(0);
    id = only_bundle(0, &bytes);
    answer(bytes, &old);
    give(0, &id, &old, &server); /* stick 0 lies in a drawer */
    kept[0] = false;
    incarnation = 8;
    visit(1);
    save();
    visit(1);
    import(1, true);
    c = visit(1);
    assert_true(c.receipts == 2 && c.settled == 2);
    assert_int_equal(state_of(0), OUTBOX_RECEIVED);
    kept[0] = kept[1] = false;
    incarnation = 9;
    import(1, true); /* the heartbeat */
    c = visit(1);
    assert_int_equal(c.receipts, 1);
    assert_int_equal(state_of(0), OUTBOX_WAITING);
    assert_int_equal(c.written, 2);
    /* Out of the drawer. */
    c = visit(0);
    assert_true(c.receipts == 0 && c.strange == 0);
    assert_int_equal(state_of(0), OUTBOX_WAITING);
    assert_int_equal(outbox_contact(outbox).incarnation.bytes[0], 9);
    import(0, true);
    c = visit(0);
    assert_int_equal(state_of(0), OUTBOX_RECEIVED);
    assert_true(kept[0]);
    /* Newer than this kiosk has heard, beside a bundle from before: of no use, and not needed. */
    assert_true(c.receipts > 0);
}

static void aside_goes_alone(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        save();
    engine.aside[0] = 3;
    engine.aside_count = 1;
    assert_int_equal(visit(0).written, 5);
    assert_int_equal(files(0, ".bundle"), 3); /* 1 2, 3, 4 5 */
}

static void what_is_no_stick_is_told(void **state)
{
    struct local_carry c;
    char path[256];

    (void)state;
    save();
    assert_int_equal(carry_progress(carry).state, CARRY_NONE);
    assert_int_equal(visit_at("/tmp/help-no-such-stick").state, CARRY_NO_FOLDER);
    for (int i = 0; i <= STICK_ENTRIES_MAX; i++) {
        snprintf(path, sizeof path, "%s/%d", folders[0], i);
        close(open(path, O_WRONLY | O_CREAT, 0600));
    }
    assert_int_equal(visit_at(folders[0]).state, CARRY_CROWDED);
    assert_int_equal(files(0, ".bundle"), 0);
    /* One at a time; the one at work is told of, another is not begun. */
    c = carry_begin(carry, folders[1]);
    assert_int_equal(c.state, CARRY_WORKING);
    assert_int_equal(carry_begin(carry, folders[2]).state, CARRY_BUSY);
    assert_int_equal(carry_begin(carry, folders[1]).state, CARRY_WORKING);
    assert_int_equal(visit_at(folders[1]).state, CARRY_DONE);
    assert_int_equal(files(2, ".bundle"), 0);
    /* Nothing is mounted there: it is the device's own disk, and would leave nothing to carry. */
    carry_destroy(carry);
    make_carry(state_folder);
    assert_int_equal(visit_at(folders[2]).state, CARRY_OWN_DISK);
    assert_int_equal(files(2, ".bundle"), 0);
}

static void full_and_locked(void **state)
{
    char command[256];
    struct local_carry c;

    (void)state;
    snprintf(command, sizeof command, "mount -t tmpfs -o size=1m none %s 2>/dev/null", folders[0]);
    if (geteuid() != 0 || system(command) != 0) {
        print_message("not tried: no mounting here\n");
        skip();
    }
    for (int i = 0; i < 230; i++)
        save();
    c = visit_at(folders[0]);
    assert_int_equal(c.state, CARRY_FULL);
    assert_int_equal(c.written, 100);
    assert_int_equal(files(0, ".bundle"), 1);
    assert_int_equal(files(0, ".new"), 0);
    import(0, true);
    snprintf(command, sizeof command, "mount -o remount,ro %s", folders[0]);
    assert_int_equal(system(command), 0);
    /* Its receipt counts all the same, now and whenever it comes again. */
    for (int i = 0; i < 2; i++) {
        c = visit_at(folders[0]);
        assert_int_equal(c.state, CARRY_READ_ONLY);
        assert_int_equal(c.receipts, 1);
        assert_int_equal(c.settled, i == 0 ? 100 : 0);
        assert_int_equal(outbox_counts(outbox).waiting, 130);
    }
    snprintf(command, sizeof command, "umount %s", folders[0]);
    assert_int_equal(system(command), 0);
}

/* help-sync is stopped while a stick is at work: it ends, and what was written is whole. */
static void stopped_in_between(void **state)
{
    struct local_carry c;

    (void)state;
    for (int i = 0; i < 230; i++)
        save();
    for (int steps = 0; steps < 4; steps++) {
        struct pollfd p = {.events = POLLIN};
        assert_int_equal(carry_begin(carry, folders[0]).state, CARRY_WORKING);
        for (int i = 0; i < steps && carry_progress(carry).state == CARRY_WORKING; i++) {
            p.fd = carry_descriptor(carry);
            assert_int_equal(poll(&p, 1, 60000), 1);
            (void)carry_step(carry);
        }
        carry_destroy(carry);
        make_carry("/proc");
        assert_int_equal(files(0, ".new"), 0);
    }
    c = visit(0);
    assert_int_equal(c.written + c.there, 230); /* each once, whichever visit wrote it */
    assert_int_equal(visit(0).there, 230);
    assert_int_equal(import(0, true), 3);
}

/* Whoever stands there with a stick is told in every case whether to pull it out, and what to do.
 */
static void every_end_has_words(void **state)
{
    (void)state;
    for (int s = 0; s < CARRY_STATE_COUNT; s++) {
        struct local_carry c = {.state = (enum carry_state)s, .written = 34, .there = 3};
        struct refusal why = {0};
        char said[256] = "";
        FILE *to = fmemopen(said, sizeof said, "w");
        enum err e = report_carry(&c, to, &why);
        bool good = s == CARRY_DONE || s == CARRY_WORKING;

        assert_int_equal(fclose(to), 0);
        assert_int_equal(e, good ? ERR_OK : ERR_REFUSED);
        assert_int_equal(why.problem[0] == '\0', good);
        assert_int_equal(why.remedy[0] == '\0', good);
        assert_non_null(strstr(said, "written 34\nthere_already 3\n"));
        assert_int_equal(strstr(said, "may be removed") != NULL, s != CARRY_WORKING);
    }
}

/* ---- any order, any part, any number of times ---------------------------------------------- */

/* A random file of the stick; false where there is none. */
static bool pick_file(int stick, char out_name[256])
{
    size_t count = files(stick, "e") + files(stick, "t");
    DIR *d = opendir(folders[stick]);
    const struct dirent *entry;
    bool found = false;
    unsigned n = count > 0 ? roll((unsigned)count) : 0;

    while (count > 0 && (entry = readdir(d)) != NULL) {
        if (entry->d_name[0] == '.' || n-- != 0)
            continue;
        snprintf(out_name, 256, "%s", entry->d_name);
        found = true;
        break;
    }
    closedir(d);
    return found;
}

static void harm(int stick)
{
    char name[256];
    char path[512];
    char other[512];
    char command[1200];
    struct stat about;
    int file;

    if (!pick_file(stick, name))
        return;
    snprintf(path, sizeof path, "%s/%s", folders[stick], name);
    snprintf(other, sizeof other, "%s/%s", folders[roll(STICKS)], name);
    switch (roll(4)) {
    case 0:
        unlink(path);
        break;
    case 1:
        if (stat(path, &about) == 0)
            assert_int_equal(truncate(path, about.st_size > 0 ? roll((unsigned)about.st_size) : 0),
                             0);
        break;
    case 2:
        file = open(path, O_WRONLY);
        if (file >= 0 && fstat(file, &about) == 0 && about.st_size > 0)
            assert_int_equal(pwrite(file, "#", 1, roll((unsigned)about.st_size)), 1);
        close(file);
        break;
    default: /* copied to another stick, or onto itself */
        snprintf(command, sizeof command, "cp %s %s 2>/dev/null", path, other);
        (void)!system(command);
        break;
    }
}

static void check_received(bool restored)
{
    for (unsigned n = 0; n < made; n++) {
        enum outbox_state now = state_of(n);
        assert_true(now == OUTBOX_WAITING || now == OUTBOX_RECEIVED);
        if (!restored && now == OUTBOX_RECEIVED)
            assert_true(kept[n]);
    }
}

static void play(bool restores)
{
    bool restored = false;

    for (int step = 0; step < 150; step++) {
        int stick = (int)roll(STICKS);
        switch (roll(restores ? 8 : 7)) {
        case 0:
            for (unsigned i = roll(60); i > 0; i--)
                save();
            break;
        case 1:
        case 2:
            visit(stick);
            break;
        case 3:
        case 4:
            import(stick, roll(2) == 0);
            break;
        case 5:
        case 6:
            harm(stick);
            break;
        default: /* a backup is taken, or the last one is brought back */
            if (roll(3) > 0) {
                memcpy(backup, kept, sizeof backup);
                break;
            }
            memcpy(kept, backup, sizeof kept);
            incarnation++;
            restored = true;
            break;
        }
        check_received(restored);
    }
    for (int round = 0; round < 4; round++) {
        visit(0);
        import(0, true);
    }
    visit(0);
    assert_int_equal(outbox_counts(outbox).received, made);
    for (unsigned n = 0; n < made; n++)
        assert_true(kept[n]);
}

static void begin_dice(void)
{
    const char *given = getenv("HELP_SEED");

    env_random(&env_system, &dice, sizeof dice);
    if (given != NULL)
        dice = strtoull(given, NULL, 10);
    print_message("again: HELP_SEED=%llu\n", (unsigned long long)dice);
}

static void any_order_any_part_any_times(void **state)
{
    (void)state;
    begin_dice();
    play(false);
}

static void the_same_with_a_server_that_is_restored(void **state)
{
    (void)state;
    begin_dice();
    memset(backup, 0, sizeof backup);
    play(true);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(there_and_back),
        TEST(strangers_settle_nothing),
        TEST(old_receipts_of_a_restored_server),
        TEST(aside_goes_alone),
        TEST(what_is_no_stick_is_told),
        TEST(full_and_locked),
        TEST(stopped_in_between),
        cmocka_unit_test(every_end_has_words),
        TEST(any_order_any_part_any_times),
        TEST(the_same_with_a_server_that_is_restored),
    };
    if (keys_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
