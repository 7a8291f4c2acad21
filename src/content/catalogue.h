/*
 * Translations: one compiled gettext catalogue (.mo) per language, read whole into memory and
 * checked at once, so that a look-up can't fail. Our own small reader, because libc's gettext
 * follows the process locale, and a kiosk shows another language at a touch. Little- and big-endian
 * files of revision 0 without system-dependent strings; the charset must be UTF-8. A NULL catalogue
 * is English: every look-up gives the msgid back.
 */
#ifndef CONTENT_CATALOGUE_H
#define CONTENT_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

#define CATALOGUE_BYTES (1024 * 1024) /* a larger file is refused */

struct catalogue;

/* ERR_NOT_FOUND, ERR_IO, ERR_LIMIT, ERR_MEMORY or ERR_FORMAT; the refusal names path and remedy. */
MUST_USE enum err catalogue_open(const char *path, struct catalogue **out_catalogue,
                                 struct refusal *refusal);
/* The same from bytes; copies them. `name` stands in the refusal. */
MUST_USE enum err catalogue_parse(struct str bytes, const char *name,
                                  struct catalogue **out_catalogue, struct refusal *refusal);
void catalogue_close(struct catalogue *c);

/* Its texts by their keys: "msgid", or "context\4msgid"; a plural's singular. The header is none.
 */
size_t catalogue_count(const struct catalogue *c);
const char *catalogue_key(const struct catalogue *c, size_t index);
/* Has catalogue_get a translation for it? */
bool catalogue_has(const struct catalogue *c, const char *key);

/*
 * The translation, or the msgid itself where there is none. "" gives "". Lives as long as c. Of a
 * msgid with a context ("context\4msgid", NC_ of base/words.h) it is the translation with that
 * context, or one without any, or what is behind the context.
 */
const char *catalogue_get(const struct catalogue *c, const char *msgid);
/* The form for n by the catalogue's Plural-Forms; English without one. */
const char *catalogue_plural(const struct catalogue *c, const char *singular, const char *plural,
                             unsigned long n);

#endif
