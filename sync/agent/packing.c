/* Waiting records into one signed text: see packing.h. */
#include "sync/agent/packing.h"

#include <stdio.h>

#include "base/limits.h"
#include "sync/wire/bundle.h"

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

struct id packing_boot_id(void)
{
    char text[64] = {0};
    struct id id = {{0}};
    FILE *file = fopen(BOOT_ID_FILE, "r");

    if (file == NULL)
        return id;
    if (fgets(text, sizeof text, file) != NULL)
        (void)!id_parse(str_trim(str_of(text)), &id); /* unreadable: none */
    fclose(file);
    return id;
}

static enum err gather(const struct packing *p, uint64_t after, uint32_t limit, pack_choose *choose,
                       const void *context, struct packed *out)
{
    enum err e = ERR_OK;

    out->count = 0;
    out->passed = 0;
    out->looked_at = after;
    while (out->count < limit && out->count < LIMIT_BUNDLE_RECORDS) {
        struct envelope *next = &out->envelopes[out->count];
        enum pack_choice choice;
        e = outbox_next_waiting(p->outbox, out->looked_at, next);
        if (e != ERR_OK)
            break;
        choice = choose(context, out, next);
        if (choice == PACK_END)
            break;
        out->looked_at = next->seq;
        out->count += choice == PACK_TAKE;
        out->passed += choice == PACK_PASS;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct bundle_manifest make_manifest(const struct packing *p, uint32_t records)
{
    struct outbox_counts counts = outbox_counts(p->outbox);
    struct bundle_manifest m = {
        .kiosk = p->settings->kiosk,
        .bundle = id_make(p->env),
        .incarnation = outbox_contact(p->outbox).incarnation,
        .made = counts.made,
        .received = counts.received + counts.withdrawn,
        .attention = counts.attention,
        .records = records,
        .wall_ms = env_wall_ms(p->env),
        .monotonic_ms = env_monotonic_ms(p->env),
        .boot = p->boot,
        .version = HELP_VERSION,
    };

    m.storage = outbox_storage(p->outbox, &m.free_bytes);
    return m;
}

enum err packing_make(const struct packing *p, uint64_t after, uint32_t limit, pack_choose *choose,
                      const void *context, struct packed *out_packed)
{
    struct bundle_manifest manifest;
    struct buf out;
    enum err e = gather(p, after, limit, choose, context, out_packed);

    if (e != ERR_OK)
        return e;
    manifest = make_manifest(p, out_packed->count);
    buf_init(&out, out_packed->text, sizeof out_packed->text);
    e = bundle_begin(&manifest, &out);
    for (uint32_t i = 0; e == ERR_OK && i < out_packed->count; i++)
        e = bundle_add(&out_packed->envelopes[i], &out);
    if (e == ERR_OK)
        e = bundle_end(p->device, &out);
    if (e != ERR_OK)
        return e;
    out_packed->expected.kiosk = manifest.kiosk;
    out_packed->expected.bundle = manifest.bundle;
    out_packed->bytes = buf_str(&out);
    bundle_sha256(out_packed->bytes, out_packed->expected.bundle_sha256);
    return ERR_OK;
}
