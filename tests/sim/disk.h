/*
 * The kiosks' disks, in memory, below SQLite (a VFS, sqlite.org/vfs.html) and below statvfs(2). A
 * disk knows what was written and what was synced: when the power goes, each sector of 512 bytes
 * that was not synced is there or is not, as chance has it. A disk can refuse a write, be full, or
 * die at any write as a killed process does. What lies elsewhere goes to the system as ever.
 *
 * One thread, one connection to a file, locked for itself: the outbox's rules are this disk's.
 */
#ifndef SIM_DISK_H
#define SIM_DISK_H

#include "base/err.h"
#include "dice.h"

enum { DISK_MAX = 512, DISK_FOLDER = 32 };

enum disk_fault {
    DISK_FINE,
    DISK_ERROR, /* one write or sync fails */
    DISK_FULL,  /* writes fail until it is emptied */
    DISK_DIES,  /* the process is killed there: nothing reaches the disk any more */
};

/* Makes the VFS the default one. Once, before SQLite opens anything. */
MUST_USE enum err disk_register(void);

/* A new empty disk: its folder is a name below /sim-disk/. Returns its number, -1: none left. */
int disk_make(void);
void disk_folder(int disk, char out_folder[DISK_FOLDER]);
/* Empties and gives back all of them. */
void disk_remove_all(void);

/* What lies on `from` now becomes what lies on `to`, as an image that is written to it does. */
void disk_copy(int from, int to);

/* The fault comes at the so-many-th write from now, 0: at the next. */
void disk_plan_fault(int disk, enum disk_fault fault, unsigned after_writes);
/* Did the process die there? */
bool disk_is_dead(int disk);
/* From now on nothing reaches it, whoever still holds it open: the process was killed. */
void disk_kill(int disk);
/* After disk_kill, when nobody holds it open any more: it can be opened again, and nothing is
 * planned. With the power cut what was not synced may be lost. */
void disk_revive(int disk, bool power_cut, struct dice *dice);

/* A disk that says "synced" and did nothing, for a control of this simulation. */
void disk_let_sync_lie(bool lie);

#endif
