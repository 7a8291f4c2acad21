/*
 * How each practice does beside the others: this month's sign-ups of every practice that has a
 * kiosk, and their median, for the receipts. Counted at most every ten minutes, by one thread with
 * a reading connection, while the others answer with what was counted before; so an exchange never
 * waits for a write because of it, and ingest knows nothing of it.
 */
#ifndef CENTRAL_FEEDBACK_H
#define CENTRAL_FEEDBACK_H

#include "base/env.h"
#include "sync/central/repo.h"

#define FEEDBACK_KEPT_MS ((int64_t)10 * 60 * 1000)

struct feedback;

/* NULL where there is no memory for it. `env` and `repo` must outlive it. */
struct feedback *feedback_create(const struct env *env, struct repo *repo);
void feedback_destroy(struct feedback *f);

/*
 * What to tell a kiosk of this practice; not known while nothing was counted yet, and for a
 * practice whose first kiosk came since. Others are told of where there are
 * RECEIPT_PRACTICES_LEAST.
 */
struct receipt_feedback feedback_of(struct feedback *f, const char *practice);

#endif
