/*
 * Whole files: read with a ceiling, replaced so that a power cut leaves the old or the new one and
 * never a mixture, and a lock that says "a second copy is running".
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Reads a regular file of at most `limit` bytes into a new block with a final 0 (not counted in
 * *out_size). The caller frees *out_bytes. ERR_LIMIT where it is larger.
 */
MUST_USE enum err file_read(const char *path, size_t limit, char **out_bytes, size_t *out_size);

/*
 * Writes "<path>.new", syncs it, renames it over `path` and syncs the folder. `mode` as in
 * chmod(2).
 */
MUST_USE enum err file_replace(const char *path, const void *bytes, size_t size, unsigned mode);

/* Makes the folder and its parents (mode for the last one); a folder that is there is fine. */
MUST_USE enum err file_make_folder(const char *path, unsigned mode);

/*
 * Takes an exclusive lock on `path` (made if missing) until the descriptor is closed or the process
 * ends. ERR_BUSY where another process holds it.
 */
MUST_USE enum err file_lock(const char *path, int *out_descriptor);

#endif
