/*
 * What the worklist, the detail and the export share: the query of a request's body, a sign-up as
 * JSON, and the age that a birth date means today.
 */
#ifndef CENTRAL_WORKLIST_H
#define CENTRAL_WORKLIST_H

#include "sync/central/api.h"

/* Reads q, status and page; answers 422 and returns false where the status is unknown. */
bool worklist_query(struct call *call, struct signup_query *out_query);
/* Whole years today; -1 where the date is unknown. */
int worklist_age(const char *birth_date, int64_t now_ms);
/* A new object. NULL without memory. */
json_t *worklist_item(const struct signup_item *item, int64_t now_ms);

#endif
