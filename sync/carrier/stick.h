/*
 * The files on a USB stick: "help-<id>.bundle" and "help-<id>.receipt" in one folder, and nothing
 * else. What stick_write said ERR_OK to was synced and then read back through a fresh open, so
 * after stick_settle the stick may be pulled out. A stick comes from anywhere: only regular files
 * of these names and of their kind's size are opened, no link is followed, and a folder is only
 * looked through so far. Whether what is read is genuine is for others to check.
 *
 * A power cut or a pulled stick leaves a file whole or not there at all, beside a part under
 * another name ("....new") that stick_tidy removes. FAT promises less than ext4 does of a rename;
 * so the signature at the end of each file is what a reader goes by.
 */
#ifndef CARRIER_STICK_H
#define CARRIER_STICK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/wire/ids.h"

/* Files of any kind in the folder; with more of them nothing is looked for. */
#define STICK_ENTRIES_MAX 10000
/* "help-" ID ".receipt" and the final 0. */
#define STICK_NAME_SIZE (5 + ID_TEXT + 8 + 1)

enum stick_kind { STICK_BUNDLE, STICK_RECEIPT, STICK_KIND_COUNT };

struct stick {
    int folder; /* open folder; every name is looked up in it, wherever its path leads later */
};

/* Bytes that a file of this kind may have: LIMIT_BUNDLE or LIMIT_RECEIPT. */
size_t stick_limit(enum stick_kind kind);
void stick_name(enum stick_kind kind, const struct id *id, char out_name[STICK_NAME_SIZE]);
/* False where the name is not exactly one that stick_name makes. */
bool stick_name_read(enum stick_kind kind, const char *name, struct id *out_id);

/* ERR_NOT_FOUND where there is no such folder; otherwise as err_from_errno. */
MUST_USE enum err stick_open(const char *folder, struct stick *out_stick);
void stick_close(struct stick *s);
/* The folder is on the same file system as `path`; also where that can't be told. */
bool stick_shares_disk(const struct stick *s, const char *path);

/*
 * The ids for which there is a name of this kind, sorted; the caller frees the list. ERR_LIMIT
 * where the folder has more than STICK_ENTRIES_MAX names.
 */
MUST_USE enum err stick_list(const struct stick *s, enum stick_kind kind, struct id_list *out_ids);
/* Removes what was left half-written under names of this kind. */
MUST_USE enum err stick_tidy(const struct stick *s, enum stick_kind kind);

/*
 * Reads a file into `memory`, stick_limit(kind) bytes and one. ERR_NOT_FOUND where there is none,
 * ERR_REFUSED where it is no regular file or may not be read, ERR_LIMIT where it is too large.
 */
MUST_USE enum err stick_read(const struct stick *s, enum stick_kind kind, const struct id *id,
                             char *memory, struct str *out_bytes);

/*
 * Writes or replaces a file under another name, syncs it, renames it, syncs the folder and compares
 * what is read back. ERR_CHECK where that differs, ERR_FULL, ERR_READ_ONLY, ERR_IO (pulled out) as
 * the system says. On failure what was begun is removed as far as the stick lets it.
 */
MUST_USE enum err stick_write(const struct stick *s, enum stick_kind kind, const struct id *id,
                              struct str bytes);
/* A file that is not there is fine. */
MUST_USE enum err stick_remove(const struct stick *s, enum stick_kind kind, const struct id *id);
/* Writes through all that the file system of the stick still holds back. */
MUST_USE enum err stick_settle(const struct stick *s);

#endif
