/* Files on a stick, written so that it may be pulled out: see stick.h. */
#define _GNU_SOURCE /* O_DIRECT, syncfs */
#include "sync/carrier/stick.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define PREFIX      "help-"
#define PREFIX_SIZE (sizeof PREFIX - 1)
#define FRESH       ".new"
#define FRESH_SIZE  (STICK_NAME_SIZE + sizeof FRESH - 1)
/* Read back in pieces of this size, at such an address: what O_DIRECT asks for everywhere. */
#define PIECE     ((size_t)64 * 1024)
#define ALIGNMENT 4096

static const struct {
    const char *suffix;
    size_t limit;
} kinds[STICK_KIND_COUNT] = {
    [STICK_BUNDLE] = {".bundle", LIMIT_BUNDLE},
    [STICK_RECEIPT] = {".receipt", LIMIT_RECEIPT},
};

size_t stick_limit(enum stick_kind kind)
{
    return kinds[kind].limit;
}

void stick_name(enum stick_kind kind, const struct id *id, char out_name[STICK_NAME_SIZE])
{
    char text[ID_TEXT + 1];

    id_text(id, text);
    snprintf(out_name, STICK_NAME_SIZE, PREFIX "%s%s", text, kinds[kind].suffix);
}

static void fresh_name(enum stick_kind kind, const struct id *id, char out_name[FRESH_SIZE])
{
    stick_name(kind, id, out_name);
    strcat(out_name, FRESH);
}

/* A name that ends so after the id. */
static bool read_name(const char *name, const char *kind, const char *end, struct id *out_id)
{
    size_t len = strlen(name);
    size_t kind_len = strlen(kind);

    return len == PREFIX_SIZE + ID_TEXT + kind_len + strlen(end) &&
           memcmp(name, PREFIX, PREFIX_SIZE) == 0 &&
           memcmp(name + PREFIX_SIZE + ID_TEXT, kind, kind_len) == 0 &&
           strcmp(name + PREFIX_SIZE + ID_TEXT + kind_len, end) == 0 &&
           id_parse((struct str){name + PREFIX_SIZE, ID_TEXT}, out_id) == ERR_OK;
}

bool stick_name_read(enum stick_kind kind, const char *name, struct id *out_id)
{
    return read_name(name, kinds[kind].suffix, "", out_id);
}

enum err stick_open(const char *folder, struct stick *out_stick)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor < 0)
        return err_from_errno(errno);
    out_stick->folder = descriptor;
    return ERR_OK;
}

void stick_close(struct stick *s)
{
    if (s->folder >= 0)
        close(s->folder);
    s->folder = -1;
}

bool stick_shares_disk(const struct stick *s, const char *path)
{
    struct stat here;
    struct stat there;

    return fstat(s->folder, &here) != 0 || stat(path, &there) != 0 || here.st_dev == there.st_dev;
}

/* ---- looking through the folder --------------------------------------------------------- */

static enum err look_through(DIR *entries, enum stick_kind kind, const char *end,
                             struct id_list *out_found)
{
    for (size_t seen = 0;; seen++) {
        struct id id;
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL)
            return errno == 0 ? ERR_OK : err_from_errno(errno);
        if (seen == STICK_ENTRIES_MAX + 2) /* with "." and ".." */
            return ERR_LIMIT;
        if (!read_name(entry->d_name, kinds[kind].suffix, end, &id))
            continue;
        enum err e = id_list_add(out_found, &id);
        if (e != ERR_OK)
            return e;
    }
}

static enum err list(const struct stick *s, enum stick_kind kind, const char *end,
                     struct id_list *out_found)
{
    struct id_list found = {0};
    /* Opened anew, since a folder is read from where its descriptor stands. */
    int descriptor = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    enum err e;

    if (entries == NULL) {
        e = err_from_errno(errno);
        if (descriptor >= 0)
            close(descriptor);
        return e;
    }
    e = look_through(entries, kind, end, &found);
    closedir(entries);
    if (e != ERR_OK) {
        id_list_free(&found);
        return e;
    }
    id_list_sort(&found);
    *out_found = found;
    return ERR_OK;
}

enum err stick_list(const struct stick *s, enum stick_kind kind, struct id_list *out_ids)
{
    return list(s, kind, "", out_ids);
}

enum err stick_tidy(const struct stick *s, enum stick_kind kind)
{
    struct id_list found;
    enum err e = list(s, kind, FRESH, &found);

    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < found.count && e == ERR_OK; i++) {
        char name[FRESH_SIZE];
        fresh_name(kind, &found.ids[i], name);
        /* A folder of that name is not ours, and stays. */
        if (unlinkat(s->folder, name, 0) != 0 && errno != ENOENT && errno != EISDIR &&
            errno != EPERM)
            e = err_from_errno(errno);
    }
    id_list_free(&found);
    return e;
}

/* ---- reading ---------------------------------------------------------------------------- */

/* A regular file and nothing else: opening a device or a FIFO can already do harm or hang. */
static enum err open_regular(const struct stick *s, const char *name, int flags,
                             int *out_descriptor, off_t *out_size)
{
    struct stat about;
    int descriptor;

    if (fstatat(s->folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return err_from_errno(errno);
    if (!S_ISREG(about.st_mode))
        return ERR_REFUSED;
    descriptor =
        openat(s->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
    if (descriptor < 0)
        return errno == ELOOP ? ERR_REFUSED : err_from_errno(errno);
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(descriptor);
        return ERR_REFUSED;
    }
    *out_descriptor = descriptor;
    *out_size = about.st_size;
    return ERR_OK;
}

/* Up to `size` bytes; fewer only at the end of the file, from where O_DIRECT can't go on. */
static enum err read_piece(int descriptor, char *memory, size_t size, size_t *out_got)
{
    size_t got = 0;

    while (got < size) {
        ssize_t n = read(descriptor, memory + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0 || (n < 0 && errno == EINVAL && got % ALIGNMENT != 0))
            break;
        if (n < 0)
            return err_from_errno(errno);
        got += (size_t)n;
    }
    *out_got = got;
    return ERR_OK;
}

enum err stick_read(const struct stick *s, enum stick_kind kind, const struct id *id, char *memory,
                    struct str *out_bytes)
{
    size_t limit = kinds[kind].limit;
    char name[STICK_NAME_SIZE];
    size_t got = 0;
    off_t size = 0;
    int descriptor = -1;
    enum err e;

    stick_name(kind, id, name);
    e = open_regular(s, name, 0, &descriptor, &size);
    if (e != ERR_OK)
        return e;
    /* What it says of its size is not believed either. */
    if (size < 0 || (uint64_t)size > limit)
        e = ERR_LIMIT;
    if (e == ERR_OK)
        e = read_piece(descriptor, memory, limit + 1, &got);
    close(descriptor);
    if (e == ERR_OK && got > limit)
        e = ERR_LIMIT;
    if (e == ERR_OK)
        *out_bytes = (struct str){memory, got};
    return e;
}

/* ---- writing ---------------------------------------------------------------------------- */

static enum err compare(const struct stick *s, const char *name, struct str bytes, int flags,
                        char *piece)
{
    int descriptor = -1;
    off_t size = 0;
    size_t at = 0;
    size_t got = PIECE;
    enum err e = open_regular(s, name, flags, &descriptor, &size);

    if (e != ERR_OK)
        return e;
    (void)posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    while (e == ERR_OK && got == PIECE) {
        e = read_piece(descriptor, piece, PIECE, &got);
        if (e == ERR_OK && (got > bytes.len - at || memcmp(bytes.at + at, piece, got) != 0))
            e = ERR_CHECK;
        if (e == ERR_OK)
            at += got;
    }
    close(descriptor);
    return e == ERR_OK && at != bytes.len ? ERR_CHECK : e;
}

/* From the stick and not from memory where the file system can read so (O_DIRECT). */
static enum err read_back(const struct stick *s, const char *name, struct str bytes)
{
    char *piece = aligned_alloc(ALIGNMENT, PIECE);
    enum err e;

    if (piece == NULL)
        return ERR_MEMORY;
    e = compare(s, name, bytes, O_DIRECT, piece);
    if (e != ERR_OK && e != ERR_CHECK)
        e = compare(s, name, bytes, 0, piece);
    free(piece);
    return e;
}

static enum err write_all(int descriptor, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t done = write(descriptor, bytes.at, bytes.len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_from_errno(errno);
        bytes.at += done;
        bytes.len -= (size_t)done;
    }
    return ERR_OK;
}

static enum err write_fresh(const struct stick *s, const char *name, struct str bytes)
{
    int descriptor;
    enum err e;

    if (unlinkat(s->folder, name, 0) != 0 && errno != ENOENT)
        return err_from_errno(errno);
    descriptor =
        openat(s->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return err_from_errno(errno);
    e = write_all(descriptor, bytes);
    /* Whoever carries it on may be another user; FAT knows no owners and says so. */
    (void)fchmod(descriptor, 0644);
    if (e == ERR_OK && fsync(descriptor) != 0)
        e = err_from_errno(errno);
    if (close(descriptor) != 0 && e == ERR_OK)
        e = err_from_errno(errno);
    return e;
}

enum err stick_write(const struct stick *s, enum stick_kind kind, const struct id *id,
                     struct str bytes)
{
    char name[STICK_NAME_SIZE];
    char fresh[FRESH_SIZE];
    enum err e;

    if (bytes.len > kinds[kind].limit)
        return ERR_LIMIT;
    stick_name(kind, id, name);
    fresh_name(kind, id, fresh);
    e = write_fresh(s, fresh, bytes);
    if (e == ERR_OK && renameat(s->folder, fresh, s->folder, name) != 0)
        e = err_from_errno(errno);
    if (e != ERR_OK) {
        (void)unlinkat(s->folder, fresh, 0);
        return e;
    }
    if (fsync(s->folder) != 0)
        e = err_from_errno(errno);
    if (e == ERR_OK)
        e = read_back(s, name, bytes);
    if (e != ERR_OK)
        (void)unlinkat(s->folder, name, 0);
    return e;
}

enum err stick_remove(const struct stick *s, enum stick_kind kind, const struct id *id)
{
    char name[STICK_NAME_SIZE];

    stick_name(kind, id, name);
    return unlinkat(s->folder, name, 0) == 0 || errno == ENOENT ? ERR_OK : err_from_errno(errno);
}

enum err stick_settle(const struct stick *s)
{
    return fsync(s->folder) == 0 && syncfs(s->folder) == 0 ? ERR_OK : err_from_errno(errno);
}
