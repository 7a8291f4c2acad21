/* A folder of its own for each test, and sealed bytes that any record can be made of. */
#ifndef TEST_OUTBOX_FIXTURE_H
#define TEST_OUTBOX_FIXTURE_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sync/outbox/outbox.h"

static char folder[64];
static struct outbox *outbox;

static inline void fixture_open(void)
{
    assert_int_equal(outbox_create(folder, &env_system, &outbox, NULL), ERR_OK);
}

static inline void fixture_reopen(void)
{
    outbox_destroy(outbox);
    outbox = NULL;
    fixture_open();
}

static inline int fixture_set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/help-outbox-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    fixture_open();
    return 0;
}

static inline int fixture_tear_down(void **state)
{
    static const char *const names[] = {"outbox.db", "outbox.db-wal", "outbox.db-shm",
                                        "outbox.db-journal"};
    char path[128];

    (void)state;
    outbox_destroy(outbox);
    outbox = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static inline struct seal_header fixture_header(uint32_t n)
{
    struct seal_header h;

    memset(&h, 0x77, sizeof h);
    for (int i = 0; i < 4; i++)
        h.record.bytes[i] = (unsigned char)(n >> (24 - 8 * i));
    return h;
}

static inline enum err fixture_append(uint32_t n, unsigned char fill)
{
    static unsigned char sealed[SEALED_BYTES];
    struct seal_header h = fixture_header(n);
    uint64_t seq;

    memset(sealed, fill, sizeof sealed);
    memcpy(sealed, &n, sizeof n);
    return outbox_append(outbox, &h, sealed, n % 2 == 0, &seq);
}

#endif
