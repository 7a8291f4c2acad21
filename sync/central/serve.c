/* Acquires in order, waits for a signal, releases in reverse: see serve.h. */
#include "sync/central/serve.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "sync/central/accounts.h"
#include "sync/central/files.h"
#include "sync/central/forms.h"
#include "sync/central/httpd.h"
#include "sync/central/ingest.h"
#include "sync/central/keys.h"
#include "sync/central/repo_sqlite.h"
#include "sync/central/tls.h"

/* Two threads a listener, each well below libmicrohttpd's stall at 128 ready connections. */
#define THREADS     2
#define CONNECTIONS 200
#define HEADERS_MS  10000
#define REQUEST_MS  60000
#define BODIES_MAX  ((size_t)64 * 1024 * 1024)

struct server {
    int lock;
    struct repo *repo;
    struct server_keys keys;
    struct forms forms;
    struct accounts *accounts;
    struct files *files;
    char *certificate;
    char *key;
    struct api api;
    struct httpd *device;
    struct httpd *portal;
};

static enum err open_store(struct server *s, const struct serve_options *options,
                           struct refusal *refusal)
{
    char path[512];
    enum err e;

    snprintf(path, sizeof path, "%s/lock", options->data);
    e = file_lock(path, &s->lock);
    if (e != ERR_OK) {
        refusal_place(refusal, "%s", options->data);
        refusal_problem(refusal, "%s",
                        e == ERR_BUSY ? "another help-central uses this folder" : err_name(e));
        refusal_remedy(refusal, e == ERR_BUSY ? "Stop that one first"
                                              : "Make it with \"help-central init --data DIR\"");
        return e;
    }
    snprintf(path, sizeof path, "%s/central.db", options->data);
    e = repo_sqlite_open(path, false, &s->repo, refusal);
    if (e == ERR_OK)
        e = server_keys_load(options->data, &s->keys, refusal);
    if (e == ERR_OK)
        e = forms_load(&s->forms, options->data, options->pack, refusal);
    if (e == ERR_OK)
        e = tls_load(options->data, &s->certificate, &s->key, refusal);
    if (e == ERR_OK)
        e = files_load(options->portal_files, &s->files, refusal);
    return e;
}

static enum err fill_api(struct server *s)
{
    s->accounts = accounts_create();
    if (s->accounts == NULL)
        return ERR_MEMORY;
    s->api = (struct api){.repo = s->repo,
                          .env = &env_system,
                          .keys = &s->keys,
                          .forms = &s->forms,
                          .accounts = s->accounts};
    return s->repo->verbs->incarnation(s->repo, &s->api.incarnation);
}

static enum err listen_on(const struct server *s, const struct serve_options *options,
                          enum listener listener, struct httpd **out_httpd, struct refusal *refusal)
{
    bool device = listener == LISTENER_DEVICE;
    struct httpd_config config = {
        .listener = listener,
        .address = device ? options->device : options->portal,
        .certificate_pem = device ? s->certificate : NULL,
        .key_pem = device ? s->key : NULL,
        .threads = THREADS,
        .connections = CONNECTIONS,
        .headers_ms = HEADERS_MS,
        .request_ms = REQUEST_MS,
        .bodies_max = BODIES_MAX,
        .hosts = {.count = 3, .names = {"localhost", "127.0.0.1", "[::1]"}},
        .api = &s->api,
        .files = device ? NULL : s->files};

    if (options->host != NULL)
        config.hosts.names[config.hosts.count++] = options->host;
    return httpd_start(&config, out_httpd, refusal);
}

static void release(struct server *s)
{
    if (s->portal != NULL)
        httpd_stop(s->portal);
    if (s->device != NULL)
        httpd_stop(s->device);
    files_destroy(s->files);
    accounts_destroy(s->accounts);
    free(s->certificate);
    free(s->key);
    forms_finish(&s->forms);
    keys_wipe(&s->keys, sizeof s->keys);
    if (s->repo != NULL)
        s->repo->verbs->close(s->repo);
    if (s->lock >= 0)
        close(s->lock);
}

enum err serve(const struct serve_options *options, struct refusal *refusal)
{
    static struct server s;
    sigset_t stop;
    uint64_t read_now = 0;
    int number = 0;
    enum err e;

    s = (struct server){.lock = -1};
    /* Blocked before the first thread starts, so that this one alone takes them. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);

    e = open_store(&s, options, refusal);
    if (e == ERR_OK)
        e = fill_api(&s);
    if (e == ERR_OK)
        e = ingest_read_again(&s.api, &read_now);
    if (e == ERR_OK)
        e = listen_on(&s, options, LISTENER_DEVICE, &s.device, refusal);
    if (e == ERR_OK)
        e = listen_on(&s, options, LISTENER_PORTAL, &s.portal, refusal);
    if (e == ERR_OK) {
        printf("ready device=127.0.0.1:%u portal=127.0.0.1:%u\n", httpd_port(s.device),
               httpd_port(s.portal));
        fflush(stdout);
        log_event(LOG_LEVEL_INFO, "central.ready", "device=%u portal=%u read_again=%llu",
                  httpd_port(s.device), httpd_port(s.portal), (unsigned long long)read_now);
        sigwait(&stop, &number);
        log_event(LOG_LEVEL_INFO, "central.stop", "signal=%d", number);
    }
    release(&s);
    return e;
}
