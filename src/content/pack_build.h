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
/* pack_pages.c */
enum err pack_read_pages(struct loaded_pack *loaded, struct str json, struct refusal *refusal);

#endif
