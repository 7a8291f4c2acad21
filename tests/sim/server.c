/* The real server over real files: see server.h. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "invariant.h"
#include "sync/central/repo_sqlite.h"

#define STORE_MAX ((size_t)1 << 30)

/* ---- files ----------------------------------------------------------------------------- */

static const char *const endings[] = {"", "-wal"};

static void path_of(const struct server *s, const char *name, const char *ending, char out[240])
{
    snprintf(out, 240, "%s/%s.db%s", s->folder, name, ending);
}

static void remove_store(const struct server *s, const char *name)
{
    char path[240];

    path_of(s, name, "", path);
    unlink(path);
    path_of(s, name, "-wal", path);
    unlink(path);
    path_of(s, name, "-shm", path);
    unlink(path);
}

/* The files as they are at this moment, which is what a killed process leaves. */
static void copy_store(const struct server *s, const char *from, const char *to)
{
    remove_store(s, to);
    for (size_t i = 0; i < 2; i++) {
        char path[240];
        char *bytes = NULL;
        size_t size = 0;
        FILE *file;
        path_of(s, from, endings[i], path);
        if (file_read(path, STORE_MAX, &bytes, &size) != ERR_OK)
            continue;
        path_of(s, to, endings[i], path);
        file = fopen(path, "wb");
        if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
            abort();
        free(bytes);
    }
}

/* ---- the process ----------------------------------------------------------------------- */

static const char *const looks[LOOK_COUNT] = {
    [LOOK_INBOX] = "SELECT record, sha256, id, kiosk FROM inbox WHERE id > ?1 ORDER BY id",
    [LOOK_CONFLICTS] = "SELECT record, sha256 FROM conflict",
    [LOOK_COUNTS] =
        "SELECT (SELECT count(*) FROM inbox WHERE outcome IN ('accepted', 'gone')),"
        " (SELECT count(*) FROM signup), (SELECT coalesce(sum(n), 0) FROM folder_count),"
        " (SELECT count(*) FROM audit WHERE action = 'received'),"
        " (SELECT count(*) FROM inbox WHERE outcome = 'gone' AND sealed IS NULL),"
        " (SELECT count(*) FROM signup WHERE status = 'withdrawn')",
};

static void open_eye(struct server *s)
{
    int code = sqlite3_open_v2(s->path, &s->eye, SQLITE_OPEN_READWRITE, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_exec(s->eye, "PRAGMA query_only = ON", NULL, NULL, NULL);
    for (int i = 0; code == SQLITE_OK && i < LOOK_COUNT; i++)
        code = sqlite3_prepare_v2(s->eye, looks[i], -1, &s->looks[i], NULL);
    if (code != SQLITE_OK)
        world_fail(s->world, "the server's store can't be looked into");
}

static void close_eye(struct server *s)
{
    for (int i = 0; i < LOOK_COUNT; i++) {
        sqlite3_finalize(s->looks[i]);
        s->looks[i] = NULL;
    }
    sqlite3_close(s->eye);
    s->eye = NULL;
}

static void start(struct server *s)
{
    struct refusal why = {0};
    enum err e = repo_sqlite_open(s->path, false, &s->api.repo, &why);

    if (e == ERR_OK)
        e = s->api.repo->verbs->incarnation(s->api.repo, &s->api.incarnation);
    if (e != ERR_OK) {
        world_fail(s->world, "the server does not start: %s %s", err_name(e), why.problem);
        return;
    }
    s->api.feedback = feedback_create(&s->env, s->api.repo);
    open_eye(s);
}

static void stop(struct server *s)
{
    close_eye(s);
    feedback_destroy(s->api.feedback);
    s->api.feedback = NULL;
    if (s->api.repo != NULL)
        s->api.repo->verbs->close(s->api.repo);
    s->api.repo = NULL;
}

static void add_kiosks(struct server *s)
{
    struct world *w = s->world;
    struct repo *repo = s->api.repo;

    for (uint32_t i = 0; i < w->identity_count; i++) {
        struct kiosk *row = &w->identities[i].row;
        if (repo->verbs->practice_add(repo, &row->practice, 1) != ERR_OK ||
            repo->verbs->kiosk_add(repo, row, 1) != ERR_OK)
            world_fail(w, "a kiosk could not be added");
    }
}

static void make_keys(struct server *s)
{
    unsigned char seed[SIGN_SEED_BYTES];

    dice_fill(&s->world->dice, seed, sizeof seed);
    sign_key_from_seed(seed, &s->keys.sign);
    dice_fill(&s->world->dice, seed, sizeof seed);
    seal_pair_from_seed(seed, &s->keys.seal);
}

/* An empty store costs its migrations; it is made once and copied. */
static void copy_template(struct server *s)
{
    struct repo *repo = NULL;
    char path[240];

    path_of(s, "template", "", path);
    if (access(path, F_OK) != 0) {
        if (repo_sqlite_open(path, true, &repo, NULL) != ERR_OK)
            abort();
        repo->verbs->close(repo);
    }
    copy_store(s, "template", "central");
}

struct server *server_make(struct world *w, const char *base, const struct forms *forms)
{
    struct server *s = calloc(1, sizeof *s);

    if (s == NULL || (s->receipt = malloc(LIMIT_RECEIPT + 1)) == NULL)
        abort();
    s->world = w;
    s->clock.world = w;
    s->env = sim_env(&s->clock);
    s->api = (struct api){.env = &s->env, .keys = &s->keys, .forms = forms};
    snprintf(s->folder, sizeof s->folder, "%s", base);
    path_of(s, "central", "", s->path);
    make_keys(s);
    copy_template(s);
    start(s);
    if (!w->failed)
        add_kiosks(s);
    return s;
}

void server_destroy(struct server *s)
{
    stop(s);
    remove_store(s, "central");
    remove_store(s, "backup");
    remove_store(s, "before");
    free(s->receipt);
    free(s);
}

/* The process ends here, and the files of `image` are what is left. */
static void restart_over(struct server *s, const char *image)
{
    stop(s);
    copy_store(s, image, "central");
    start(s);
}

void server_kill(struct server *s)
{
    world_log(s->world, "server killed");
    copy_store(s, "central", "before");
    restart_over(s, "before");
}

void server_go_away(struct server *s, int64_t until_ms)
{
    world_log(s->world, "server away for %lld h",
              (long long)((until_ms - s->world->now_ms) / HOUR_MS));
    s->back_ms = until_ms;
}

void server_back_up(struct server *s)
{
    struct world *w = s->world;

    world_log(w, "server is stopped, backed up and started");
    stop(s);
    copy_store(s, "central", "backup");
    start(s);
    s->has_backup = true;
    for (uint32_t i = 0; i < w->record_count; i++)
        w->records[i].in_backup = w->records[i].at_server;
}

/* What only the lost store had is lost, and nobody promised otherwise. */
static void note_what_fell_out(struct world *w, const bool *had)
{
    for (uint32_t i = 0; i < w->record_count; i++) {
        struct record *r = &w->records[i];
        if (!had[i] || r->at_server)
            continue;
        r->fell_out = true;
        if (r->holders == 0)
            r->excused = true;
    }
}

void server_restore(struct server *s)
{
    struct world *w = s->world;
    bool *had = calloc(w->record_count + 1, sizeof *had);

    if (had == NULL)
        abort();
    world_log(w, "server is restored from its backup");
    for (uint32_t i = 0; i < w->record_count; i++) {
        had[i] = w->records[i].at_server;
        w->records[i].at_server = false;
    }
    restart_over(s, "backup");
    if (w->wrong != WRONG_SAME_INCARNATION && !w->failed &&
        s->api.repo->verbs->restored(s->api.repo, env_wall_ms(&s->env), &s->api.incarnation) !=
            ERR_OK)
        world_fail(w, "the server can't say that it was restored");
    s->eye_after = 0;
    check_server(s);
    note_what_fell_out(w, had);
    free(had);
}

void server_withdraw(struct server *s, struct record *r)
{
    struct caller staff = {.user = 1, .now_ms = env_wall_ms(&s->env)};
    enum err e = s->api.repo->verbs->signup_status(s->api.repo, &staff, &r->id, "withdrawn", "");

    world_log(s->world, "staff withdraw record %u: %s", world_index(s->world, r), err_name(e));
    if (e == ERR_OK)
        r->withdrawn = true;
}

/* ---- requests -------------------------------------------------------------------------- */

/* The product's server says "archived" of nothing yet: here its backups are checked, and a receipt
 * that names what is in them is signed with the server's own key. */
static void add_archived(struct server *s, const struct str bundle, struct response *response)
{
    static struct receipt r;
    struct world *w = s->world;
    struct receipt_expected expected;
    struct buf out;
    struct str body = {response->body, response->body_bytes};
    struct bundle_reader reader;
    struct bundle_manifest manifest;
    struct id kiosk;
    uint32_t i = 0;

    if (bundle_peek(bundle, &kiosk, NULL) != ERR_OK)
        return;
    while (i < w->identity_count && !id_equal(&w->identities[i].row.id, &kiosk))
        i++;
    if (i == w->identity_count ||
        bundle_open(bundle, w->identities[i].key.public_key, &reader, &manifest, NULL) != ERR_OK)
        return;
    expected.kiosk = kiosk;
    expected.bundle = manifest.bundle;
    bundle_sha256(bundle, expected.bundle_sha256);
    if (receipt_decode(body, s->keys.sign.public_key, &expected, &r, NULL) != ERR_OK) {
        world_fail(w, "the server's receipt is not genuine");
        return;
    }
    for (uint32_t j = 0; j < w->record_count && r.archived_count < RECEIPT_ARCHIVED_MAX; j++) {
        const struct record *record = &w->records[j];
        bool archived = w->wrong == WRONG_ARCHIVED_EARLY ? record->at_server : record->in_backup;
        if (archived && record->identity == i && record->twin == NOBODY)
            r.archived[r.archived_count++] = record->id;
    }
    buf_init(&out, s->receipt, LIMIT_RECEIPT + 1);
    if (receipt_encode(&r, &s->keys.sign, &out) != ERR_OK)
        return;
    response->body = s->receipt;
    response->body_bytes = out.len;
}

bool server_handle(struct server *s, struct str body, struct response *out_response)
{
    struct world *w = s->world;
    struct request request = {.listener = LISTENER_DEVICE,
                              .method = STR_LITERAL("POST"),
                              .path = STR_LITERAL("/v1/exchange"),
                              .body = body};
    bool answers_first = w->wrong == WRONG_ANSWER_FIRST && dice_chance(&w->dice, 100);

    if (w->now_ms < s->back_ms || s->api.repo == NULL)
        return false;
    if (answers_first)
        copy_store(s, "central", "before");
    api_handle(&s->api, &request, out_response);
    if (out_response->status == 200 && dice_chance(&w->dice, 300))
        add_archived(s, body, out_response);
    if (answers_first)
        restart_over(s, "before");
    return true;
}
