/*
 * The storage fails at each of its calls in turn, once or from then on, by an own VFS under
 * SQLite. Whatever happens: nothing that was acknowledged is lost (R1), nothing is there twice
 * (R2), no answer claims what is not so (R4), and when the fault ends it works again by itself
 * (R7).
 */
#include "fixture.h"

#include <sqlite3.h>

/* What fails: the calls that matter for durability, counted together. */
static struct {
    long count;
    long fail_at; /* 0: never */
    bool sticky;
    int code;
} fault;

struct file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;

static bool fails(void)
{
    fault.count++;
    return fault.fail_at > 0 &&
           (fault.count == fault.fail_at || (fault.sticky && fault.count > fault.fail_at));
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

static int f_close(sqlite3_file *f)
{
    int code = real_of(f)->pMethods->xClose(real_of(f));
    sqlite3_free(real_of(f));
    return code;
}

static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    if (fails())
        return fault.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (fails())
        return SQLITE_IOERR_TRUNCATE;
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int f_sync(sqlite3_file *f, int flags)
{
    if (fails())
        return SQLITE_IOERR_FSYNC;
    return real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int f_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int f_reserved(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int f_control(sqlite3_file *f, int op, void *argument)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, argument);
}

static int f_sector(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int f_characteristics(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = f_close,
    .xRead = f_read,
    .xWrite = f_write,
    .xTruncate = f_truncate,
    .xSync = f_sync,
    .xFileSize = f_size,
    .xLock = f_lock,
    .xUnlock = f_unlock,
    .xCheckReservedLock = f_reserved,
    .xFileControl = f_control,
    .xSectorSize = f_sector,
    .xDeviceCharacteristics = f_characteristics,
};

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct file *own = (struct file *)f;
    int code;

    (void)v;
    own->base.pMethods = NULL;
    if (fails())
        return SQLITE_CANTOPEN;
    own->real = sqlite3_malloc(real_vfs->szOsFile);
    code = real_vfs->xOpen(real_vfs, name, own->real, flags, out);
    if (code == SQLITE_OK)
        own->base.pMethods = &methods;
    else
        sqlite3_free(own->real);
    return code;
}

static void install(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.pNext = NULL;
    vfs.zName = "faulty";
    vfs.szOsFile = (int)sizeof(struct file);
    vfs.xOpen = v_open;
    assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

#define RECORDS 6

static int64_t now_ms;

static int64_t test_clock(void *context)
{
    (void)context;
    return now_ms += 2000; /* a failed open may be tried again at each call */
}

static void test_random(void *context, void *out, size_t size)
{
    (void)context;
    memset(out, 4, size);
}

static const struct env test_env = {NULL, test_clock, test_clock, test_random};

/* Appends, takes a receipt, idles; keeps what was acknowledged. */
static void work(bool acknowledged[RECORDS + 1])
{
    static struct receipt r;

    if (outbox == NULL)
        return;
    for (uint32_t n = 1; n <= RECORDS; n++) {
        enum err e = fixture_append(n, 0);
        assert_int_not_equal(e, ERR_EXISTS);
        if (e == ERR_OK)
            acknowledged[n] = true;
        if (n != RECORDS / 2)
            continue;
        memset(&r, 0, sizeof r);
        r.entry_count = 1;
        r.entries[0].record = fixture_header(1).record;
        r.archived_count = 1;
        r.archived[0] = fixture_header(1).record;
        (void)!outbox_apply_receipt(outbox, &r);
        outbox_idle(outbox);
    }
}

static void start(void)
{
    enum err e = outbox_create(folder, &test_env, &outbox, NULL);

    if (e != ERR_OK) {
        assert_int_equal(e, ERR_MEMORY);
        outbox = NULL;
    }
}

/* The same with the fault away: everything acknowledged is there, and the rest can be saved. */
static void check(const bool acknowledged[RECORDS + 1], long point)
{
    struct outbox_counts c;
    enum outbox_state s;
    uint64_t space;

    fault.fail_at = 0;
    if (outbox == NULL)
        start();
    for (uint32_t n = 1; n <= RECORDS; n++) {
        struct seal_header h = fixture_header(n);
        enum err e = outbox_find(outbox, &h.record, &s);
        if (acknowledged[n] && e != ERR_OK)
            fail_msg("R1 durable: point %ld: record %u was acknowledged and is gone (%s)", point, n,
                     err_name(e));
    }
    for (uint32_t n = 1; n <= RECORDS; n++) {
        if (fixture_append(n, 0) != ERR_OK)
            fail_msg("R7 recovers: point %ld: record %u", point, n);
    }
    c = outbox_counts(outbox);
    if (c.made != RECORDS || c.waiting + c.received != RECORDS)
        fail_msg("R2 once: point %ld: made %d", point, (int)c.made);
    assert_int_equal(outbox_storage(outbox, &space), STORAGE_OK);
}

static long every_point(bool sticky, int code)
{
    long point = 0;
    bool fired = true;

    while (fired) {
        bool acknowledged[RECORDS + 1] = {false};
        point++;
        fault.count = 0;
        fault.fail_at = point;
        fault.sticky = sticky;
        fault.code = code;
        assert_int_equal(fixture_tear_down(NULL), 0);
        strcpy(folder, "/tmp/help-outbox-XXXXXX");
        assert_non_null(mkdtemp(folder));
        start();
        work(acknowledged);
        fired = fault.count >= point;
        check(acknowledged, point);
        /* And again from the file alone. */
        outbox_destroy(outbox);
        outbox = NULL;
        check(acknowledged, point);
    }
    return point;
}

static void storage_fails_at_every_call(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool sticky;
        int code;
    } rows[] = {
        {"error once", false, SQLITE_IOERR},
        {"error from then on", true, SQLITE_IOERR},
        {"full once", false, SQLITE_FULL},
        {"full from then on", true, SQLITE_FULL},
    };
    long points = 0;

    install();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        long n = every_point(rows[i].sticky, rows[i].code);
        print_message("R1 R2 R4 R7: %s: %ld points\n", rows[i].name, n);
        points += n;
    }
    assert_true(points > 150);
}

/* A commit that failed is "could not confirm", and the file says the truth when asked again. */
static void failed_sync_is_unconfirmed_then_answered(void **state)
{
    (void)state;
    struct seal_header h = fixture_header(2);
    enum outbox_state s;
    struct outbox_counts c;

    outbox_destroy(outbox);
    start();
    assert_int_equal(fixture_append(1, 0), ERR_OK);
    fault.count = 0;
    fault.sticky = false;
    fault.code = SQLITE_IOERR;
    /* The last call of a commit in WAL is its sync. */
    assert_int_equal(fixture_append(9, 0), ERR_OK);
    fault.fail_at = fault.count;
    fault.count = 0;
    assert_int_equal(fixture_append(2, 0), ERR_UNAVAILABLE);
    fault.fail_at = 0;
    assert_int_equal(fixture_append(2, 0), ERR_OK);
    assert_int_equal(outbox_find(outbox, &h.record, &s), ERR_OK);
    c = outbox_counts(outbox);
    assert_true(c.made == 3 && c.waiting == 3);
}

static void full_disk_is_told_as_full(void **state)
{
    (void)state;
    uint64_t space;

    outbox_destroy(outbox);
    start();
    fault.count = 0;
    fault.fail_at = 1;
    fault.sticky = true;
    fault.code = SQLITE_FULL;
    assert_int_equal(fixture_append(1, 0), ERR_FULL);
    assert_int_not_equal(outbox_storage(outbox, &space), STORAGE_OK);
    assert_int_not_equal(fixture_append(1, 0), ERR_OK);
    fault.fail_at = 0;
    assert_int_equal(outbox_storage(outbox, &space), STORAGE_OK);
    assert_int_equal(fixture_append(1, 0), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(storage_fails_at_every_call, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(failed_sync_is_unconfirmed_then_answered, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(full_disk_is_told_as_full, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
