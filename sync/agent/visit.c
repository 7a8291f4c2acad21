/* Receipts off a stick, bundles onto it: see visit.h. */
#include "sync/agent/visit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "sync/carrier/stick.h"
#include "sync/wire/bundle.h"

struct work {
    const struct visit *visit;
    struct stick stick;
    struct local_carry progress;
    struct id_list there; /* records on the stick that have no receipt yet */
    size_t ours;          /* bundles of this device on the stick that have no receipt yet */
    struct receipt receipt;
    struct envelope envelope;
    char bundle[LIMIT_BUNDLE + 1];
    char text[LIMIT_RECEIPT + 1];
};

/* What an err of the stick means to the person who put it in. */
static enum carry_state state_of(enum err e)
{
    switch (e) {
    case ERR_OK:
        return CARRY_DONE;
    case ERR_FULL:
        return CARRY_FULL;
    case ERR_READ_ONLY:
        return CARRY_READ_ONLY;
    case ERR_REFUSED:
        return CARRY_NOT_ALLOWED;
    case ERR_LIMIT:
        return CARRY_CROWDED;
    case ERR_MEMORY:
        return CARRY_DEVICE;
    default:
        return CARRY_GONE;
    }
}

static void tell(const struct work *w)
{
    w->visit->desk.tell(w->visit->desk.context, &w->progress);
}

/* ---- receipts off it -------------------------------------------------------------------- */

/* No file of ours, which anybody may have put there: it is left alone. */
static bool is_no_file(enum err e)
{
    return e == ERR_NOT_FOUND || e == ERR_REFUSED || e == ERR_LIMIT;
}

/* Applies the receipt beside our bundle where it is genuine. *out_used: it was applied. */
static enum err take_receipt(struct work *w, const struct id *id, struct str bundle,
                             const struct bundle_manifest *m, bool *out_used)
{
    const struct visit_desk *desk = &w->visit->desk;
    struct receipt_expected expected = {.kiosk = m->kiosk, .bundle = m->bundle};
    struct str bytes;
    uint64_t settled = 0;
    enum err e = stick_read(&w->stick, STICK_RECEIPT, id, w->text, &bytes);

    if (e != ERR_OK)
        return is_no_file(e) ? ERR_OK : e;
    bundle_sha256(bundle, expected.bundle_sha256);
    if (receipt_decode(bytes, w->visit->server_public, &expected, &w->receipt, NULL) != ERR_OK) {
        w->progress.strange++;
        return ERR_OK;
    }
    e = desk->apply(desk->context, &w->receipt, &m->incarnation, &settled);
    if (e == ERR_REFUSED)
        return ERR_OK;
    if (e != ERR_OK) {
        w->progress.state = CARRY_DEVICE;
        return e;
    }
    w->progress.receipts++;
    w->progress.settled += settled;
    *out_used = true;
    /* The receipt first: a bundle alone can have another one, a receipt alone is of no use. */
    e = stick_remove(&w->stick, STICK_RECEIPT, id);
    if (e == ERR_OK)
        e = stick_remove(&w->stick, STICK_BUNDLE, id);
    /* Left there it is applied again some day, which changes nothing. */
    return e == ERR_READ_ONLY || e == ERR_REFUSED ? ERR_OK : e;
}

/* Looks at one bundle on the stick, and at the receipt beside it. */
static enum err look_at(struct work *w, const struct id *id)
{
    struct bundle_reader reader;
    struct bundle_manifest m;
    struct str bytes;
    bool used = false;
    enum err e = stick_read(&w->stick, STICK_BUNDLE, id, w->bundle, &bytes);

    if (e != ERR_OK)
        return is_no_file(e) ? ERR_OK : e;
    /* Another kiosk's, or damaged: what was in it goes onto the stick again. */
    if (bundle_open(bytes, w->visit->device_public, &reader, &m, NULL) != ERR_OK ||
        !id_equal(&m.kiosk, &w->visit->kiosk))
        return ERR_OK;
    e = take_receipt(w, id, bytes, &m, &used);
    w->ours += !used;
    while (e == ERR_OK && !used && bundle_next(&reader, &w->envelope, NULL) == ERR_OK)
        e = id_list_add(&w->there, &w->envelope.header.record);
    return e;
}

static enum err take_receipts(struct work *w)
{
    struct id_list bundles = {0};
    enum err e = stick_list(&w->stick, STICK_BUNDLE, &bundles);

    for (size_t i = 0; e == ERR_OK && i < bundles.count; i++) {
        e = look_at(w, &bundles.ids[i]);
        tell(w);
    }
    id_list_free(&bundles);
    id_list_sort(&w->there);
    return e;
}

/* ---- bundles onto it -------------------------------------------------------------------- */

/* Where there is nothing to write, a heartbeat: its receipt tells of a server that was restored. */
static enum err write_bundles(struct work *w)
{
    const struct visit_desk *desk = &w->visit->desk;
    struct visit_bundle b = {.records = 1};
    enum err e = ERR_OK;

    while (e == ERR_OK && b.records > 0) {
        if (desk->next(desk->context, &w->there, &b) != ERR_OK) {
            w->progress.state = CARRY_DEVICE;
            break;
        }
        w->progress.there += b.passed;
        if (b.records > 0 || w->ours == 0)
            e = stick_write(&w->stick, STICK_BUNDLE, &b.id, b.bytes);
        if (e == ERR_OK) {
            w->ours++;
            w->progress.written += b.records;
        }
        tell(w);
    }
    return e;
}

static enum carry_state visit_folder(struct work *w)
{
    enum err e;
    enum err settled;

    if (w->visit->own_disk != NULL && stick_shares_disk(&w->stick, w->visit->own_disk))
        return CARRY_OWN_DISK;
    e = stick_tidy(&w->stick, STICK_BUNDLE);
    if (e == ERR_OK || e == ERR_READ_ONLY || e == ERR_REFUSED)
        e = take_receipts(w);
    if (e == ERR_OK)
        e = write_bundles(w);
    /* Also when it is full: what was counted as written is to stay. */
    settled = stick_settle(&w->stick);
    if (w->progress.state != CARRY_WORKING)
        return w->progress.state;
    return state_of(settled == ERR_OK || settled == ERR_READ_ONLY ? e : settled);
}

void visit_run(const struct visit *v, struct local_carry *out_end)
{
    struct work *w = calloc(1, sizeof *w);
    enum err e;

    *out_end = (struct local_carry){.state = CARRY_DEVICE};
    if (w == NULL)
        return;
    w->visit = v;
    w->progress.state = CARRY_WORKING;
    e = stick_open(v->folder, &w->stick);
    if (e == ERR_OK) {
        w->progress.state = visit_folder(w);
        stick_close(&w->stick);
    } else {
        w->progress.state = e == ERR_NOT_FOUND ? CARRY_NO_FOLDER : state_of(e);
    }
    *out_end = w->progress;
    id_list_free(&w->there);
    free(w);
}
