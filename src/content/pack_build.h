/* A pack while it is being read; private to pack*.c. */
#ifndef CONTENT_PACK_BUILD_H
#define CONTENT_PACK_BUILD_H

#include <jansson.h>

#include "base/arena.h"
#include "content/pack.h"

/* The pack and the memory that its texts stand in; the pack is its first member. */
struct loaded_pack {
    struct pack pack;
    struct arena arena;
    struct catalogue *catalogues[PACK_LANGUAGES];
};

struct loaded_pack *pack_create(void);
enum err pack_refuse(struct refusal *refusal, const char *place, const char *remedy,
                     const char *problem, ...) PRINTF_LIKE(4, 5);
/* A text of 1 to `most` bytes under `key`, copied into the pack. */
enum err pack_text(struct loaded_pack *loaded, const json_t *object, const char *key,
                   const char *place, size_t most, const char **out_text, struct refusal *refusal);
/* Refuses the first key that is not in the NULL-ended list, and what is no object. */
enum err pack_keys(const json_t *object, const char *const *allowed, const char *place,
                   struct refusal *refusal);
/* JSON with no key twice; *out_root is the caller's. */
enum err pack_json(struct str json, const char *file, json_t **out_root, struct refusal *refusal);
/* A file of `folder` that is the one `files` (path: hash) names; the caller frees *out_bytes. */
enum err pack_read_file(const char *folder, const char *name, const json_t *files, char **out_bytes,
                        size_t *out_size, struct refusal *refusal);
enum err pack_flag(const json_t *object, const char *key, const char *place, bool *out_flag,
                   struct refusal *refusal);
/* What a patient agrees to, in order: the page of agreements and the privacy notice. A text may be
   NULL or "". */
typedef void pack_text_visitor(void *context, const char *text);
void pack_visit_consent(const struct pack *pack, pack_text_visitor *visit, void *context);

/* pack_languages.c */
enum err pack_read_language(struct loaded_pack *loaded, const json_t *json,
                            struct refusal *refusal);
enum err pack_read_offered(struct loaded_pack *loaded, const json_t *list, struct refusal *refusal);
/* Only ERR_MEMORY fails: a language that can't be shown is taken out, with a note. */
enum err pack_read_catalogues(struct loaded_pack *loaded, const char *folder, const json_t *files);
/* pack_pages.c */
enum err pack_read_pages(struct loaded_pack *loaded, struct str json, struct refusal *refusal);

#endif
