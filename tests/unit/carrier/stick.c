/*
 * Files on a stick: what is there is whole, and a stick that is full, locked, pulled out or hostile
 * gets no link followed, no file opened that is none, and no half of one left under our names.
 * With root a real FAT or ext4 image is mounted; what can't be had here is said.
 */
#include "sync/carrier/stick.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

static char root[64];
static char folder[96];
static struct stick stick;
static char bytes[LIMIT_BUNDLE + 1];
static char back[LIMIT_BUNDLE + 1];
static char command[512];

static struct id id_of(unsigned n)
{
    struct id id = {{(unsigned char)(n >> 8), (unsigned char)n}};
    return id;
}

static const char *path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *file_of(enum stick_kind kind, unsigned n, const char *end)
{
    char name[STICK_NAME_SIZE + 8];
    struct id id = id_of(n);

    stick_name(kind, &id, name);
    strcat(name, end);
    return path_of(name);
}

static enum err write_one(enum stick_kind kind, unsigned n, size_t size)
{
    struct id id = id_of(n);

    memset(bytes, 'a' + (int)(n % 26), size);
    return stick_write(&stick, kind, &id, (struct str){bytes, size});
}

static enum err read_one(enum stick_kind kind, unsigned n, struct str *out)
{
    struct id id = id_of(n);

    return stick_read(&stick, kind, &id, back, out);
}

static bool holds(enum stick_kind kind, unsigned n, size_t size)
{
    struct str got;

    if (read_one(kind, n, &got) != ERR_OK || got.len != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (got.at[i] != (char)('a' + (int)(n % 26)))
            return false;
    }
    return true;
}

static size_t count_of(enum stick_kind kind)
{
    struct id_list list = {0};

    assert_int_equal(stick_list(&stick, kind, &list), ERR_OK);
    size_t count = list.count;
    id_list_free(&list);
    return count;
}

/* By the shell, quietly: "what path". */
static bool run(const char *what, const char *path)
{
    snprintf(command, sizeof command, "%s %s >/dev/null 2>&1", what, path);
    return system(command) == 0;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(root, "/tmp/help-stick-XXXXXX");
    if (mkdtemp(root) == NULL)
        return -1;
    snprintf(folder, sizeof folder, "%s/stick", root);
    if (mkdir(folder, 0700) != 0)
        return -1;
    return stick_open(folder, &stick) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    stick_close(&stick);
    (void)run("umount", folder);
    return run("rm -rf", root) ? 0 : -1;
}

static void names_are_exact(void **state)
{
    static const char *const wrong[] = {
        "",
        "help-.bundle",
        "help-01020000-0000-0000-0000-000000000000.bundle.new",
        "help-01020000-0000-0000-0000-000000000000.receipt",
        "help-01020000-0000-0000-0000-00000000000.bundle",
        "help-0102000000000-0000-0000-000000000000.bundle",
        "HELP-01020000-0000-0000-0000-000000000000.bundle",
        "help-01020000-0000-0000-0000-00000000000F.bundle",
        "help-01020000-0000-0000-0000-000000000000.bundle ",
        "xhelp-01020000-0000-0000-0000-00000000000.bundle",
        "\xff\xfe\x01",
    };
    char name[STICK_NAME_SIZE];
    struct id id = id_of(0x0102);
    struct id got;

    (void)state;
    stick_name(STICK_BUNDLE, &id, name);
    assert_string_equal(name, "help-01020000-0000-0000-0000-000000000000.bundle");
    assert_true(stick_name_read(STICK_BUNDLE, name, &got));
    assert_true(id_equal(&id, &got));
    stick_name(STICK_RECEIPT, &id, name);
    assert_true(stick_name_read(STICK_RECEIPT, name, &got));
    assert_false(stick_name_read(STICK_BUNDLE, name, &got));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(stick_name_read(STICK_BUNDLE, wrong[i], &got));
}

static void comes_back_whole(void **state)
{
    static const size_t sizes[] = {0, 1, 511, 4096, 65535, 65536, 65537, LIMIT_BUNDLE};
    struct id_list list = {0};

    (void)state;
    for (unsigned n = 0; n < sizeof sizes / sizeof sizes[0]; n++) {
        assert_int_equal(write_one(STICK_BUNDLE, 100 - n, sizes[n]), ERR_OK);
        assert_true(holds(STICK_BUNDLE, 100 - n, sizes[n]));
        assert_int_not_equal(access(file_of(STICK_BUNDLE, 100 - n, ".new"), F_OK), 0);
    }
    assert_int_equal(write_one(STICK_BUNDLE, 1, LIMIT_BUNDLE + 1), ERR_LIMIT);
    assert_int_equal(write_one(STICK_RECEIPT, 100, 10), ERR_OK);
    assert_int_equal(stick_list(&stick, STICK_BUNDLE, &list), ERR_OK);
    assert_int_equal(list.count, sizeof sizes / sizeof sizes[0]);
    for (size_t i = 1; i < list.count; i++)
        assert_true(memcmp(&list.ids[i - 1], &list.ids[i], sizeof list.ids[i]) < 0);
    id_list_free(&list);
    assert_int_equal(count_of(STICK_RECEIPT), 1);
    /* Written again: replaced, shorter too. */
    assert_int_equal(write_one(STICK_BUNDLE, 93, 5), ERR_OK);
    assert_true(holds(STICK_BUNDLE, 93, 5));
    assert_int_equal(stick_settle(&stick), ERR_OK);
    struct id id = id_of(93);
    assert_int_equal(stick_remove(&stick, STICK_BUNDLE, &id), ERR_OK);
    assert_int_equal(stick_remove(&stick, STICK_BUNDLE, &id), ERR_OK);
    struct str unused;
    assert_int_equal(read_one(STICK_BUNDLE, 93, &unused), ERR_NOT_FOUND);
}

static void no_stick(void **state)
{
    struct stick other;

    (void)state;
    assert_int_equal(stick_open("/tmp/help-no-such-folder", &other), ERR_NOT_FOUND);
    assert_int_equal(stick_open("/etc/hostname", &other), ERR_NOT_FOUND);
    assert_true(stick_shares_disk(&stick, root));
    assert_false(stick_shares_disk(&stick, "/proc"));
    assert_true(stick_shares_disk(&stick, "/tmp/help-no-such-folder"));
}

/* Under our names stands what is no file of ours: nothing of it is opened, followed or kept. */
static void hostile_names(void **state)
{
    char outside[96];
    struct str unused;
    struct stat about;
    char target[16] = "";

    (void)state;
    snprintf(outside, sizeof outside, "%s/outside", root);
    int file = open(outside, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(file, "secret", 6), 6);
    close(file);
    assert_int_equal(symlink(outside, file_of(STICK_BUNDLE, 1, "")), 0);
    assert_int_equal(mkfifo(file_of(STICK_BUNDLE, 2, ""), 0600), 0);
    assert_int_equal(mkdir(file_of(STICK_BUNDLE, 3, ""), 0700), 0);
    file = open(file_of(STICK_BUNDLE, 4, ""), O_WRONLY | O_CREAT, 0600);
    assert_int_equal(ftruncate(file, (off_t)1 << 40), 0);
    close(file);
    assert_int_equal(symlink("/dev/zero", file_of(STICK_BUNDLE, 5, "")), 0);
    file = open(path_of("help-\xff\n\x1b[2J.bundle"), O_WRONLY | O_CREAT, 0600);
    close(file);
    assert_int_equal(count_of(STICK_BUNDLE), 5);
    assert_int_equal(read_one(STICK_BUNDLE, 1, &unused), ERR_REFUSED);
    assert_int_equal(read_one(STICK_BUNDLE, 2, &unused), ERR_REFUSED);
    assert_int_equal(read_one(STICK_BUNDLE, 3, &unused), ERR_REFUSED);
    assert_int_equal(read_one(STICK_BUNDLE, 4, &unused), ERR_LIMIT);
    assert_int_equal(read_one(STICK_BUNDLE, 5, &unused), ERR_REFUSED);

    /* Written over them: links and FIFOs give way, folders stay, and nothing outside is touched. */
    assert_int_equal(symlink(outside, file_of(STICK_BUNDLE, 1, ".new")), 0);
    assert_int_equal(write_one(STICK_BUNDLE, 1, 100), ERR_OK);
    assert_true(holds(STICK_BUNDLE, 1, 100));
    assert_int_equal(mkfifo(file_of(STICK_BUNDLE, 2, ".new"), 0600), 0);
    assert_int_equal(write_one(STICK_BUNDLE, 2, 100), ERR_OK);
    assert_true(holds(STICK_BUNDLE, 2, 100));
    assert_int_not_equal(write_one(STICK_BUNDLE, 3, 100), ERR_OK);
    assert_int_equal(stat(file_of(STICK_BUNDLE, 3, ""), &about), 0);
    assert_true(S_ISDIR(about.st_mode));
    assert_int_not_equal(access(file_of(STICK_BUNDLE, 3, ".new"), F_OK), 0);
    file = open(outside, O_RDONLY);
    assert_int_equal(read(file, target, sizeof target), 6);
    close(file);
    assert_string_equal(target, "secret");
}

static void parts_are_tidied(void **state)
{
    (void)state;
    assert_int_equal(write_one(STICK_BUNDLE, 1, 10), ERR_OK);
    close(open(file_of(STICK_BUNDLE, 2, ".new"), O_WRONLY | O_CREAT, 0600));
    close(open(file_of(STICK_RECEIPT, 3, ".new"), O_WRONLY | O_CREAT, 0600));
    close(open(path_of("holiday.new"), O_WRONLY | O_CREAT, 0600));
    assert_int_equal(mkdir(file_of(STICK_BUNDLE, 4, ".new"), 0700), 0);
    assert_int_equal(count_of(STICK_BUNDLE), 1);
    assert_int_equal(stick_tidy(&stick, STICK_BUNDLE), ERR_OK);
    assert_int_not_equal(access(file_of(STICK_BUNDLE, 2, ".new"), F_OK), 0);
    assert_int_equal(access(file_of(STICK_RECEIPT, 3, ".new"), F_OK), 0);
    assert_int_equal(access(file_of(STICK_BUNDLE, 4, ".new"), F_OK), 0);
    assert_int_equal(access(path_of("holiday.new"), F_OK), 0);
    assert_true(holds(STICK_BUNDLE, 1, 10));
}

static void crowds_are_refused(void **state)
{
    struct id_list list = {0};
    char name[32];

    (void)state;
    for (unsigned n = 0; n < STICK_ENTRIES_MAX; n++) {
        snprintf(name, sizeof name, "picture-%u.jpg", n);
        close(open(path_of(name), O_WRONLY | O_CREAT, 0600));
    }
    assert_int_equal(count_of(STICK_BUNDLE), 0);
    close(open(path_of("one more"), O_WRONLY | O_CREAT, 0600));
    assert_int_equal(stick_list(&stick, STICK_BUNDLE, &list), ERR_LIMIT);
    assert_null(list.ids);
}

static void pulled_out(void **state)
{
    (void)state;
    assert_int_equal(rmdir(folder), 0);
    assert_int_not_equal(write_one(STICK_BUNDLE, 1, 10), ERR_OK);
    assert_int_equal(mkdir(folder, 0700), 0);
    /* Something else stands there now: nothing goes into it. */
    assert_int_not_equal(write_one(STICK_BUNDLE, 1, 10), ERR_OK);
    assert_int_not_equal(access(file_of(STICK_BUNDLE, 1, ""), F_OK), 0);
}

/* ---- real file systems -------------------------------------------------------------------- */

/* Mounts the image anew, as after a way in somebody's pocket. */
static bool mount_image(const char *options)
{
    stick_close(&stick);
    (void)run("umount", folder);
    snprintf(command, sizeof command, "mount -o loop%s %s/image %s >/dev/null 2>&1", options, root,
             folder);
    if (system(command) != 0)
        return false;
    return stick_open(folder, &stick) == ERR_OK;
}

static bool make_image(const char *maker)
{
    char image[96];

    snprintf(image, sizeof image, "%s/image", root);
    return geteuid() == 0 && run("truncate -s 8M", image) && run(maker, image) && mount_image("");
}

/* Written until it is full; what was said to be there is there after it was mounted anew. */
static void on_file_system(const char *maker)
{
    unsigned written = 0;
    enum err e;
    struct id id;

    if (!make_image(maker)) {
        print_message("not tried: %s, or no mounting of images here\n", maker);
        skip();
    }
    assert_false(stick_shares_disk(&stick, root));
    while ((e = write_one(STICK_BUNDLE, written, 500 * 1000)) == ERR_OK)
        written++;
    assert_int_equal(e, ERR_FULL);
    assert_true(written >= 5);
    assert_int_not_equal(access(file_of(STICK_BUNDLE, written, ""), F_OK), 0);
    assert_int_not_equal(access(file_of(STICK_BUNDLE, written, ".new"), F_OK), 0);
    assert_int_equal(stick_settle(&stick), ERR_OK);
    assert_true(mount_image(",ro"));
    assert_int_equal(count_of(STICK_BUNDLE), written);
    for (unsigned n = 0; n < written; n++)
        assert_true(holds(STICK_BUNDLE, n, 500 * 1000));
    assert_int_equal(write_one(STICK_BUNDLE, 1, 10), ERR_READ_ONLY);
    id = id_of(1);
    assert_int_equal(stick_remove(&stick, STICK_BUNDLE, &id), ERR_READ_ONLY);
    assert_true(holds(STICK_BUNDLE, 1, 500 * 1000));
    assert_true(mount_image(""));
    assert_int_equal(stick_remove(&stick, STICK_BUNDLE, &id), ERR_OK);
    assert_int_equal(write_one(STICK_BUNDLE, written, 500 * 1000), ERR_OK);
}

static void on_fat(void **state)
{
    (void)state;
    on_file_system("mkfs.vfat");
}

static void on_ext4(void **state)
{
    (void)state;
    on_file_system("mkfs.ext4 -F -m 0");
}

static void on_small_memory(void **state)
{
    (void)state;
    stick_close(&stick);
    if (geteuid() != 0 || !run("mount -t tmpfs -o size=64k none", folder)) {
        assert_int_equal(stick_open(folder, &stick), ERR_OK);
        print_message("not tried: no mounting here\n");
        skip();
    }
    assert_int_equal(stick_open(folder, &stick), ERR_OK);
    assert_int_equal(write_one(STICK_BUNDLE, 1, 40 * 1000), ERR_OK);
    assert_int_equal(write_one(STICK_BUNDLE, 2, 40 * 1000), ERR_FULL);
    assert_int_equal(write_one(STICK_BUNDLE, 1, 41 * 1000), ERR_FULL);
    assert_true(holds(STICK_BUNDLE, 1, 40 * 1000));
    assert_int_equal(count_of(STICK_BUNDLE), 1);
    assert_true(run("mount -o remount,ro", folder));
    assert_int_equal(write_one(STICK_BUNDLE, 3, 10), ERR_READ_ONLY);
    assert_true(holds(STICK_BUNDLE, 1, 40 * 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_exact),
        cmocka_unit_test_setup_teardown(comes_back_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_stick, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_tidied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crowds_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pulled_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(on_fat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(on_ext4, set_up, tear_down),
        cmocka_unit_test_setup_teardown(on_small_memory, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
