/*
 * The server: the real api_handle over the real store in a folder. It can be killed, be away for
 * days and be restored from its last backup. The simulation has an eye of its own in the store (a
 * second connection that only reads), so that it need not believe what the server says.
 */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include <sqlite3.h>

#include "sync/central/api.h"
#include "world.h"

/* What the eye looks at. */
enum look { LOOK_INBOX, LOOK_CONFLICTS, LOOK_COUNTS, LOOK_COUNT };

struct server {
    struct world *world;
    struct sim_clock clock;
    struct env env;
    struct server_keys keys;
    struct api api;
    char folder[200];
    char path[240];
    int64_t back_ms; /* away until then */
    bool has_backup;
    sqlite3 *eye;
    sqlite3_stmt *looks[LOOK_COUNT]; /* prepared, for invariant.c */
    int64_t eye_after;               /* inbox rows up to this one were seen */
    char *receipt;                   /* memory for one that the simulation signs anew */
};

/* Below `base` (an empty folder); the same forms for all servers. */
struct server *server_make(struct world *w, const char *base, const struct forms *forms);
void server_destroy(struct server *s);

/* Takes a request as it arrived; the caller finishes the response. False: nobody is there. */
bool server_handle(struct server *s, struct str body, struct response *out_response);

/* The process is killed and comes back over the files as they were. */
void server_kill(struct server *s);
void server_go_away(struct server *s, int64_t until_ms);
void server_back_up(struct server *s);
void server_restore(struct server *s);
/* Staff withdraw a sign-up at the portal. */
void server_withdraw(struct server *s, struct record *r);

#endif
