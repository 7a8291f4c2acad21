/* One answer's JSON value into the answers; private to record_read.c and response.c. */
#ifndef SIGNUP_RECORD_VALUE_H
#define SIGNUP_RECORD_VALUE_H

#include <jansson.h>

#include "signup/record.h"

/* Place and problem name the linkId or key, never a value. Returns ERR_FORMAT. */
enum err record_refuse(struct refusal *refusal, const char *place, const char *problem);
/* Copies a text of at most size - 1 bytes. */
enum err record_copy(const json_t *value, const char *key, char *out, size_t size,
                     struct refusal *refusal);
enum err record_mode(const json_t *value, enum filled_in_by *out_mode, struct refusal *refusal);
/* A text answer, an option code, true or false, null, {"text":...} or a list of them. */
enum err record_set_value(const struct questionnaire *q, struct answers *a, int item,
                          const json_t *value, struct refusal *refusal);

#endif
