/*
 * Writes JSON texts in one canonical way, straight into the caller's memory: a JSON library would
 * keep copies on the heap. Only what must be escaped is escaped.
 */
#ifndef SIGNUP_JSON_OUT_H
#define SIGNUP_JSON_OUT_H

#include "base/str.h"

/* "text" with its quotation marks. */
void json_out_str(struct buf *out, struct str text);
/* ,"key":"text" without the comma where `first`. */
void json_out_pair(struct buf *out, bool first, const char *key, const char *text);

#endif
