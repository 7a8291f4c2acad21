/* What a pack keeps behind struct pack: the parsed files that its texts are views of. */
#ifndef CONTENT_PACK_PRIVATE_H
#define CONTENT_PACK_PRIVATE_H

#include <jansson.h>
#include <stdbool.h>

#include "content/pack.h"

struct pack_owner {
    struct pack pack; /* first: pack_close gets from one to the other */
    char folder[512];
    json_t *manifest;
    json_t *pages_json;
    struct catalogue *catalogues[PACK_LANGUAGES];
};

MUST_USE enum err pages_read(struct str json, struct pack_owner *owner, struct refusal *refusal);

#endif
