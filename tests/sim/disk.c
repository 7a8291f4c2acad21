/* Disks in memory: see disk.h. */
#include "disk.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#define ROOT       "/sim-disk/"
#define SECTOR     512
#define FILES      4 /* outbox.db, its WAL and its journal */
#define NAME       64
#define FREE_BYTES ((uint64_t)1 << 30)

struct image {
    unsigned char *bytes;
    size_t len;
    size_t room;
};

struct file {
    char name[NAME]; /* "" for none */
    struct image now;
    struct image synced;
    size_t dirty_from; /* written since the last sync: [dirty_from, dirty_to) */
    size_t dirty_to;
    bool shortened; /* since the last sync, to so few bytes at one time */
    size_t shortened_to;
};

struct disk {
    bool used;
    bool dead;
    enum disk_fault fault;
    unsigned fault_after;
    struct file files[FILES];
};

struct open_file {
    sqlite3_file base;
    struct disk *disk;
    struct file *file;
};

static struct disk disks[DISK_MAX];
static bool sync_lies;
static sqlite3_vfs *system_vfs;

static void make_room(struct image *m, size_t size)
{
    if (size <= m->room)
        return;
    m->room = size * 2;
    m->bytes = realloc(m->bytes, m->room);
    if (m->bytes == NULL)
        abort();
}

static void set_len(struct image *m, size_t len)
{
    make_room(m, len);
    if (len > m->len)
        memset(m->bytes + m->len, 0, len - m->len);
    m->len = len;
}

static void copy_image(const struct image *from, struct image *to)
{
    make_room(to, from->len);
    if (from->len > 0)
        memcpy(to->bytes, from->bytes, from->len);
    to->len = from->len;
}

static void remove_file(struct file *f)
{
    free(f->now.bytes);
    free(f->synced.bytes);
    memset(f, 0, sizeof *f);
}

static void mark_dirty(struct file *f, size_t from, size_t to)
{
    if (f->dirty_to == 0 || from < f->dirty_from)
        f->dirty_from = from;
    if (to > f->dirty_to)
        f->dirty_to = to;
}

static void sync_file(struct file *f)
{
    set_len(&f->synced, f->now.len);
    if (f->dirty_to > f->now.len)
        f->dirty_to = f->now.len;
    if (f->dirty_to > f->dirty_from)
        memcpy(f->synced.bytes + f->dirty_from, f->now.bytes + f->dirty_from,
               f->dirty_to - f->dirty_from);
    f->dirty_from = f->dirty_to = 0;
    f->shortened = false;
}

/* ---- faults ---------------------------------------------------------------------------- */

/* What this write or sync meets: SQLITE_OK or SQLite's name of the fault. */
static int meet_fault(struct disk *d)
{
    if (d->dead)
        return SQLITE_IOERR_WRITE;
    if (d->fault == DISK_FINE)
        return SQLITE_OK;
    if (d->fault_after > 0) {
        d->fault_after--;
        return SQLITE_OK;
    }
    if (d->fault == DISK_FULL)
        return SQLITE_FULL;
    if (d->fault == DISK_DIES)
        d->dead = true;
    d->fault = DISK_FINE;
    return SQLITE_IOERR_WRITE;
}

void disk_plan_fault(int disk, enum disk_fault fault, unsigned after_writes)
{
    disks[disk].fault = fault;
    disks[disk].fault_after = after_writes;
}

bool disk_is_dead(int disk)
{
    return disks[disk].dead;
}

void disk_kill(int disk)
{
    disks[disk].dead = true;
}

void disk_let_sync_lie(bool lie)
{
    sync_lies = lie;
}

/* A shortened file is shortened as a whole or not at all; each sector that was written since the
 * last sync is the old one or the new one. */
static void cut_power(struct file *f, struct dice *dice)
{
    size_t end = f->dirty_to < f->now.len ? f->dirty_to : f->now.len;

    if (f->shortened && dice_chance(dice, 500) && f->shortened_to < f->synced.len)
        set_len(&f->synced, f->shortened_to);
    for (size_t at = f->dirty_from / SECTOR * SECTOR; at < end; at += SECTOR) {
        size_t to = at + SECTOR < f->now.len ? at + SECTOR : f->now.len;
        if (dice_chance(dice, 500))
            continue;
        if (f->synced.len < to)
            set_len(&f->synced, to);
        memcpy(f->synced.bytes + at, f->now.bytes + at, to - at);
    }
    copy_image(&f->synced, &f->now);
    f->dirty_from = f->dirty_to = 0;
    f->shortened = false;
}

void disk_revive(int disk, bool power_cut, struct dice *dice)
{
    struct disk *d = &disks[disk];

    d->dead = false;
    d->fault = DISK_FINE;
    for (int i = 0; power_cut && i < FILES; i++) {
        if (d->files[i].name[0] != '\0')
            cut_power(&d->files[i], dice);
    }
}

/* ---- making and copying ---------------------------------------------------------------- */

int disk_make(void)
{
    for (int i = 0; i < DISK_MAX; i++) {
        if (disks[i].used)
            continue;
        disks[i].used = true;
        return i;
    }
    return -1;
}

void disk_folder(int disk, char out_folder[DISK_FOLDER])
{
    snprintf(out_folder, DISK_FOLDER, ROOT "%d", disk);
}

void disk_remove_all(void)
{
    for (int i = 0; i < DISK_MAX; i++) {
        for (int j = 0; j < FILES; j++)
            remove_file(&disks[i].files[j]);
        memset(&disks[i], 0, sizeof disks[i]);
    }
}

void disk_copy(int from, int to)
{
    for (int i = 0; i < FILES; i++) {
        const struct file *f = &disks[from].files[i];
        struct file *t = &disks[to].files[i];
        memcpy(t->name, f->name, sizeof t->name);
        copy_image(&f->now, &t->now);
        copy_image(&f->now, &t->synced);
        t->dirty_from = t->dirty_to = 0;
        t->shortened = false;
    }
}

/* ---- the VFS --------------------------------------------------------------------------- */

/* "/sim-disk/7/outbox.db-wal": disk 7 and the name on it; NULL where it is not one of ours. */
static struct disk *disk_of(const char *path, const char **out_name)
{
    char *end = NULL;
    long number;

    if (path == NULL || strncmp(path, ROOT, sizeof ROOT - 1) != 0)
        return NULL;
    number = strtol(path + sizeof ROOT - 1, &end, 10);
    if (number < 0 || number >= DISK_MAX || !disks[number].used)
        return NULL;
    *out_name = *end == '/' ? end + 1 : end;
    return &disks[number];
}

static struct file *find_file(struct disk *d, const char *name)
{
    for (int i = 0; i < FILES; i++) {
        if (d->files[i].name[0] != '\0' && strcmp(d->files[i].name, name) == 0)
            return &d->files[i];
    }
    return NULL;
}

static int file_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int file_read_at(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
    const struct open_file *o = (struct open_file *)file;
    const struct image *m = &o->file->now;
    size_t from = (size_t)at;
    size_t have = from < m->len ? m->len - from : 0;

    if (have >= (size_t)size) {
        memcpy(out, m->bytes + from, (size_t)size);
        return SQLITE_OK;
    }
    memset(out, 0, (size_t)size);
    if (have > 0)
        memcpy(out, m->bytes + from, have);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write_at(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    struct open_file *o = (struct open_file *)file;
    size_t from = (size_t)at;
    size_t to = from + (size_t)size;
    int fault = meet_fault(o->disk);

    if (fault != SQLITE_OK)
        return fault;
    if (to > o->file->now.len) {
        mark_dirty(o->file, o->file->now.len, to);
        set_len(&o->file->now, to);
    }
    memcpy(o->file->now.bytes + from, bytes, (size_t)size);
    mark_dirty(o->file, from, to);
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct open_file *o = (struct open_file *)file;
    int fault = meet_fault(o->disk);

    if (fault != SQLITE_OK)
        return fault;
    if (!o->file->shortened || (size_t)size < o->file->shortened_to)
        o->file->shortened_to = (size_t)size;
    o->file->shortened = true;
    set_len(&o->file->now, (size_t)size);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *file, int flags)
{
    struct open_file *o = (struct open_file *)file;
    int fault = meet_fault(o->disk);

    (void)flags;
    if (fault != SQLITE_OK)
        return fault == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
    if (!sync_lies)
        sync_file(o->file);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
    *out_size = (sqlite3_int64)((struct open_file *)file)->file->now.len;
    return SQLITE_OK;
}

static int file_lock_to(sqlite3_file *file, int lock)
{
    (void)file;
    (void)lock;
    return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *file, int *out_reserved)
{
    (void)file;
    *out_reserved = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    (void)file;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

/* What SQLite's own VFS says of a disk under Linux. */
static int file_character(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read_at,
    .xWrite = file_write_at,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock_to,
    .xUnlock = file_lock_to,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_character,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                    int *out_flags)
{
    struct open_file *o = (struct open_file *)file;
    const char *name = NULL;
    struct disk *d = disk_of(path, &name);
    struct file *f;

    (void)vfs;
    if (d == NULL)
        return system_vfs->xOpen(system_vfs, path, file, flags, out_flags);
    o->base.pMethods = NULL;
    f = find_file(d, name);
    for (int i = 0; f == NULL && !d->dead && i < FILES; i++) {
        if (d->files[i].name[0] != '\0')
            continue;
        f = &d->files[i];
        snprintf(f->name, sizeof f->name, "%s", name);
    }
    if (f == NULL || d->dead)
        return SQLITE_CANTOPEN;
    o->base.pMethods = &methods;
    o->disk = d;
    o->file = f;
    if (out_flags != NULL)
        *out_flags = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    const char *name = NULL;
    struct disk *d = disk_of(path, &name);
    struct file *f;

    (void)vfs;
    if (d == NULL)
        return system_vfs->xDelete(system_vfs, path, sync_folder);
    if (meet_fault(d) != SQLITE_OK)
        return SQLITE_IOERR_DELETE;
    f = find_file(d, name);
    if (f == NULL)
        return SQLITE_IOERR_DELETE_NOENT;
    remove_file(f);
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out_there)
{
    const char *name = NULL;
    struct disk *d = disk_of(path, &name);

    (void)vfs;
    if (d == NULL)
        return system_vfs->xAccess(system_vfs, path, flags, out_there);
    *out_there = find_file(d, name) != NULL;
    return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out_path)
{
    const char *name = NULL;

    (void)vfs;
    if (disk_of(path, &name) == NULL)
        return system_vfs->xFullPathname(system_vfs, path, size, out_path);
    snprintf(out_path, (size_t)size, "%s", path);
    return SQLITE_OK;
}

enum err disk_register(void)
{
    static sqlite3_vfs vfs;

    system_vfs = sqlite3_vfs_find(NULL);
    if (system_vfs == NULL)
        return ERR_IO;
    vfs = *system_vfs;
    vfs.pNext = NULL;
    vfs.zName = "sim";
    if (vfs.szOsFile < (int)sizeof(struct open_file))
        vfs.szOsFile = (int)sizeof(struct open_file);
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    vfs.xFullPathname = vfs_full_path;
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK ? ERR_OK : ERR_IO;
}

/* Stands before the C library's: how full a disk is, is for the simulation to say. */
int statvfs(const char *path, struct statvfs *about)
{
    const char *name = NULL;
    const struct disk *d = disk_of(path, &name);

    if (d == NULL) {
        errno = ENOENT;
        return -1;
    }
    memset(about, 0, sizeof *about);
    about->f_frsize = 1;
    about->f_bavail = d->fault == DISK_FULL && d->fault_after == 0 ? 4096 : FREE_BYTES;
    return 0;
}
