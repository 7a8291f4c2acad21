/*
 * Reading the members of a JSON object, strictly: each function takes one member by its key,
 * checks type and bounds, and says in the refusal which key was wrong and what is allowed. Private
 * to sync/wire.
 */
#ifndef WIRE_FIELDS_H
#define WIRE_FIELDS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "sync/wire/ids.h"

/*
 * Parses one JSON object (no duplicate keys) and reads "kind" and "format". ERR_VERSION where the
 * format is above `format`. The caller calls json_decref on *out_object. `what` names the input.
 */
MUST_USE enum err fields_open(struct str text, const char *what, const char *kind, int format,
                              json_t **out_object, struct refusal *refusal);

/* Text of at least `least` and at most `most` bytes, valid UTF-8 with no control characters. */
MUST_USE enum err fields_text(const json_t *object, const char *key, size_t least, size_t most,
                              char *out_text, struct refusal *refusal);
MUST_USE enum err fields_integer(const json_t *object, const char *key, int64_t least, int64_t most,
                                 int64_t *out_value, struct refusal *refusal);
MUST_USE enum err fields_id(const json_t *object, const char *key, struct id *out_id,
                            struct refusal *refusal);
MUST_USE enum err fields_hex(const json_t *object, const char *key, void *out_bytes, size_t size,
                             struct refusal *refusal);
MUST_USE enum err fields_object(const json_t *object, const char *key, json_t **out_member,
                                struct refusal *refusal);
/* At most `most` elements. */
MUST_USE enum err fields_array(const json_t *object, const char *key, size_t most,
                               json_t **out_member, struct refusal *refusal);

/* Adds a JSON string with its quotes. */
void fields_add_text(struct buf *out, struct str text);

#endif
