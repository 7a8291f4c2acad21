/*
 * help-central serve: both listeners over one store, until a signal. Everything is acquired in
 * order and released in reverse; signals are waited for by this thread alone.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "sync/central/accounts.h"
#include "sync/central/commands.h"
#include "sync/central/hatch.h"
#include "sync/central/httpd.h"
#include "sync/central/ingest.h"
#include "sync/central/store.h"
#include "sync/central/tls.h"

/* Threads of the device API wait for the disk together: more of them make larger commits. */
#define DEVICE_THREADS     16
#define DEVICE_CONNECTIONS 512
#define PORTAL_THREADS     8
#define PORTAL_CONNECTIONS 256
#define BODIES_MAX         ((size_t)64 * 1024 * 1024)
#define HEADERS_MS         15000
#define REQUEST_MS         60000

struct server {
    struct store store;
    struct forms forms;
    struct files *files;
    struct accounts *accounts;
    struct feedback *feedback;
    char *certificate;
    char *key;
    struct api api;
    struct httpd *device;
    struct httpd *portal;
    struct hatch *hatch;
};

static void stop(struct server *s)
{
    hatch_close(s->hatch);
    httpd_stop(s->portal);
    httpd_stop(s->device);
    if (s->key != NULL)
        keys_wipe(s->key, strlen(s->key));
    free(s->key);
    free(s->certificate);
    accounts_destroy(s->accounts);
    feedback_destroy(s->feedback);
    files_destroy(s->files);
    forms_finish(&s->forms);
    store_close(&s->store);
}

static enum err load(struct server *s, const struct options *options, struct refusal *refusal)
{
    const char *data = options_get(options, "--data");
    uint64_t read = 0;
    enum err e = store_open(data, &s->store, refusal);

    if (e == ERR_OK)
        e = forms_load(&s->forms, data, options_get(options, "--pack"), refusal);
    if (e == ERR_OK)
        e = files_load(options_get(options, "--portal-files"), &s->files, refusal);
    if (e == ERR_OK)
        e = tls_load(data, &s->certificate, &s->key, refusal);
    if (e != ERR_OK)
        return e;
    s->accounts = accounts_create();
    s->feedback = feedback_create(&env_system, s->store.repo);
    if (s->accounts == NULL || s->feedback == NULL)
        return ERR_MEMORY;
    s->api = (struct api){.repo = s->store.repo,
                          .env = &env_system,
                          .keys = &s->store.keys,
                          .forms = &s->forms,
                          .accounts = s->accounts,
                          .feedback = s->feedback};
    e = s->api.repo->verbs->incarnation(s->api.repo, &s->api.incarnation);
    if (e == ERR_OK)
        e = ingest_read_again(&s->api, &read);
    if (e == ERR_OK && read > 0)
        log_event(LOG_LEVEL_INFO, "ingest.read_again", "records=%llu", (unsigned long long)read);
    return e;
}

static enum err listen_both(struct server *s, const struct options *options,
                            struct refusal *refusal)
{
    struct httpd_config config = {
        .listener = LISTENER_DEVICE,
        .address = options_get(options, "--device"),
        .certificate_pem = s->certificate,
        .key_pem = s->key,
        .threads = DEVICE_THREADS,
        .connections = DEVICE_CONNECTIONS,
        .headers_ms = HEADERS_MS,
        .request_ms = REQUEST_MS,
        .bodies_max = BODIES_MAX,
        .hosts = {3, {"localhost", "127.0.0.1", "[::1]"}},
        .api = &s->api,
    };

    if (s->store.host[0] != '\0')
        config.hosts.names[config.hosts.count++] = s->store.host;
    enum err e = httpd_start(&config, &s->device, refusal);
    if (e != ERR_OK)
        return e;
    config.listener = LISTENER_PORTAL;
    config.address = options_get(options, "--portal");
    config.certificate_pem = NULL;
    config.key_pem = NULL;
    config.threads = PORTAL_THREADS;
    config.connections = PORTAL_CONNECTIONS;
    config.files = s->files;
    return httpd_start(&config, &s->portal, refusal);
}

/* "127.0.0.1:0" with the real port. */
static void print_ready(const struct server *s, const struct options *options)
{
    const char *device = options_get(options, "--device");
    const char *portal = options_get(options, "--portal");

    printf("ready device=%.*s:%u portal=%.*s:%u\n", (int)(strrchr(device, ':') - device), device,
           httpd_port(s->device), (int)(strrchr(portal, ':') - portal), portal,
           httpd_port(s->portal));
    fflush(stdout);
}

int command_serve(const struct options *options, void *context)
{
    struct server server = {.store = {.lock = -1}};
    struct refusal refusal = {0};
    sigset_t signals;
    int got = 0;

    (void)context;
    /* Blocked before any thread is made, so that every thread inherits it. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    sigdelset(&signals, SIGPIPE);

    enum err e = load(&server, options, &refusal);
    if (e == ERR_OK)
        e = listen_both(&server, options, &refusal);
    if (e == ERR_OK)
        e = hatch_open(options_get(options, "--data"), &server.api, &server.hatch, &refusal);
    if (e == ERR_OK) {
        print_ready(&server, options);
        log_event(LOG_LEVEL_INFO, "central.ready", "kiosks=%u portal=%u", httpd_port(server.device),
                  httpd_port(server.portal));
        sigwait(&signals, &got);
        log_event(LOG_LEVEL_INFO, "central.stopping", "signal=%d", got);
    }
    stop(&server);
    return e == ERR_OK ? EXIT_OK : command_failed(&refusal, e);
}
