/*
 * Text made comparable: names without regard to case and spacing, references and numbers without
 * their spaces and hyphens, and what a person typed into the search box as a query for FTS5 that
 * can't be anything but words (every word is quoted).
 */
#ifndef CENTRAL_FOLD_H
#define CENTRAL_FOLD_H

#include <stddef.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"

/* Folding can make a letter longer: at most 3 bytes for 1 (U+0130 and its like). */
#define FOLD_NAME_SIZE (6 * LIMIT_ANSWER + 2)

/* Both names in small letters, white space runs as one space, joined by a line end. */
void fold_name(struct str given, struct str family, char out_key[FOLD_NAME_SIZE]);
/* Capital ASCII letters and digits only; what does not fit is left out. */
void fold_reference(struct str typed, char *out_text, size_t size);
/* An address as it is compared: ASCII letters small, white space at the ends gone. */
MUST_USE enum err fold_email(struct str typed, char out_text[LIMIT_EMAIL + 1]);
/*
 * The FTS5 query for what was typed, inside one practice ("" for all): a number or reference where
 * it looks like one, else every word as the beginning of a word of a name. ERR_LIMIT where it does
 * not fit, ERR_FORMAT where there is nothing to look for.
 */
MUST_USE enum err fold_query(struct str typed, const char *practice, struct buf *out);

#endif
