/* Whole files, durably: see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err file_read(const char *path, size_t limit, char **out_bytes, size_t *out_size)
{
    enum err e = ERR_OK;
    char *bytes = NULL;
    size_t size = 0;
    struct stat about;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);

    if (descriptor < 0)
        return err_from_errno(errno);
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        e = ERR_IO;
        goto out;
    }
    if (about.st_size < 0 || (unsigned long long)about.st_size > limit) {
        e = ERR_LIMIT;
        goto out;
    }
    bytes = malloc((size_t)about.st_size + 1);
    if (bytes == NULL) {
        e = ERR_MEMORY;
        goto out;
    }
    while (size < (size_t)about.st_size) {
        ssize_t got = read(descriptor, bytes + size, (size_t)about.st_size - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            e = err_from_errno(errno);
            goto out;
        }
        if (got == 0)
            break;
        size += (size_t)got;
    }
    bytes[size] = '\0';
    *out_bytes = bytes;
    *out_size = size;
    bytes = NULL;
out:
    free(bytes);
    close(descriptor);
    return e;
}

static enum err write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(descriptor, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_from_errno(errno);
        bytes += done;
        size -= (size_t)done;
    }
    return ERR_OK;
}

static enum err sync_folder_of(const char *path)
{
    char copy[PATH_MAX];
    int descriptor;
    enum err e = ERR_OK;

    if (strlen(path) >= sizeof copy)
        return ERR_LIMIT;
    strcpy(copy, path);
    descriptor = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return err_from_errno(errno);
    if (fsync(descriptor) != 0)
        e = err_from_errno(errno);
    close(descriptor);
    return e;
}

enum err file_replace(const char *path, const void *bytes, size_t size, unsigned mode)
{
    char fresh[PATH_MAX];
    int descriptor;
    enum err e;

    if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
        return ERR_LIMIT;
    descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0)
        return err_from_errno(errno);
    e = write_all(descriptor, bytes, size);
    if (e == ERR_OK && (fchmod(descriptor, (mode_t)mode) != 0 || fsync(descriptor) != 0))
        e = err_from_errno(errno);
    if (close(descriptor) != 0 && e == ERR_OK)
        e = err_from_errno(errno);
    if (e == ERR_OK && rename(fresh, path) != 0)
        e = err_from_errno(errno);
    if (e == ERR_OK)
        e = sync_folder_of(path);
    else
        unlink(fresh);
    return e;
}

enum err file_make_folder(const char *path, unsigned mode)
{
    char copy[PATH_MAX];
    size_t len = strlen(path);

    if (len == 0 || len >= sizeof copy)
        return ERR_LIMIT;
    strcpy(copy, path);
    for (size_t i = 1; i < len; i++) {
        if (copy[i] != '/')
            continue;
        copy[i] = '\0';
        if (mkdir(copy, 0755) != 0 && errno != EEXIST)
            return err_from_errno(errno);
        copy[i] = '/';
    }
    if (mkdir(copy, (mode_t)mode) != 0 && errno != EEXIST)
        return err_from_errno(errno);
    return ERR_OK;
}

enum err file_lock(const char *path, int *out_descriptor)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (descriptor < 0)
        return err_from_errno(errno);
    if (fcntl(descriptor, F_SETLK, &whole) != 0) {
        enum err e = errno == EACCES || errno == EAGAIN ? ERR_BUSY : err_from_errno(errno);
        close(descriptor);
        return e;
    }
    *out_descriptor = descriptor;
    return ERR_OK;
}
