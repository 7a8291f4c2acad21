/*
 * What a simulation is made of: virtual time, chance, what happened lately, and the model: each
 * sign-up that a patient made, and what became of it as far as the simulation itself did it. The
 * product under test is asked, never believed.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "base/env.h"
#include "dice.h"
#include "sync/agent/engine.h"
#include "sync/agent/exchange.h"
#include "sync/central/repo.h"

#define MINUTE_MS ((int64_t)60 * 1000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define NEVER_MS  INT64_MAX
#define NOBODY    UINT32_MAX

/* The product made wrong on purpose, by seams of the simulation: each must be found. */
enum wrong {
    WRONG_NONE,
    WRONG_ANSWER_FIRST,     /* the server answers before its commit and is killed */
    WRONG_STRANGERS_WORD,   /* the kiosk believes a receipt that a stranger signed */
    WRONG_ARCHIVED_EARLY,   /* "archived" is said of what is in no backup */
    WRONG_SYNC_LIES,        /* as if the outbox were opened with synchronous = OFF */
    WRONG_EARLY_THANKS,     /* the screen says "done" whatever the save said */
    WRONG_NEW_ID_ON_RETRY,  /* a save that is asked again gets another id */
    WRONG_SAME_INCARNATION, /* a restored server does not say that it is one */
    WRONG_COUNT
};

enum kind {
    KIND_GOOD,
    KIND_NEWER_FORM, /* of a form that the server does not know yet */
    KIND_UNREADABLE, /* sealed well, with nothing sensible inside */
    KIND_BROKEN,     /* what was sealed can't be opened */
    KIND_TWIN,       /* under the id of another kiosk's record */
};

struct record {
    struct id id; /* begins with its place in the world's records (of the first, for a twin) */
    unsigned char sha256[SHA256_BYTES];
    enum kind kind;
    uint32_t person;
    uint32_t identity;
    uint32_t twin; /* the other record with this id, or NOBODY */
    uint64_t seq;  /* 0: not told, because the save was not confirmed */
    unsigned holders;
    bool confirmed; /* the screen said "done" */
    bool at_server;
    bool in_backup;
    bool fell_out;  /* the server had it, and was restored to a day before */
    bool withdrawn; /* by staff at the portal, at some time */
    bool excused;   /* every place that had it was set back to before it was made */
};

/* Who a kiosk is for the server. A cloned disk makes two devices of one identity. */
struct identity {
    struct sign_key key;
    struct kiosk row;
};

struct sim_clock {
    const struct world *world;
    int64_t boot_ms;  /* virtual time when its monotonic clock began */
    int64_t ahead_ms; /* how far its wall clock is ahead */
};
struct env sim_env(struct sim_clock *clock);

enum { LOG_LINES = 400, LOG_LINE = 160 };

struct world {
    enum wrong wrong;
    uint64_t seed;
    struct dice dice;
    int64_t now_ms; /* since the simulation began */
    uint64_t steps;
    bool hostile;       /* faults still happen */
    unsigned hostility; /* of 1000 requests so many meet something */
    struct record *records;
    uint32_t record_count, record_room;
    uint32_t person_count;
    struct identity *identities;
    uint32_t identity_count;
    struct device **devices;
    uint32_t device_count;
    struct server *server;
    struct net *net;
    uint64_t digest; /* of all that was logged: equal runs have equal ones */
    uint64_t log_count;
    char log[LOG_LINES][LOG_LINE];
    bool failed;
    char failure[300];
};

/* One line of what happened. */
void world_log(struct world *w, const char *format, ...) PRINTF_LIKE(2, 3);
/* The promise is broken; the first one counts. */
void world_fail(struct world *w, const char *format, ...) PRINTF_LIKE(2, 3);

/* A new record of the model; its id is made and its place is returned. */
uint32_t world_add_record(struct world *w);
/* Which record of the model that is; NULL: nobody made such a one. */
struct record *world_find(struct world *w, const struct id *id,
                          const unsigned char sha256[SHA256_BYTES]);
uint32_t world_index(const struct world *w, const struct record *r);

/* Prints the failure and what happened before it. */
void world_report(const struct world *w, FILE *to);

#endif
