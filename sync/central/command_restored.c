/*
 * help-central restored: to be said once, before serving from a folder that was taken out of a
 * backup. The server gets a new incarnation, and each kiosk that hears it sends again everything
 * that it still has; what is here already is known by its id. Without it the server asks only for
 * the numbers that it misses, and two devices with one identity use a number twice.
 */
#include <stdio.h>

#include "base/env.h"
#include "sync/central/commands.h"
#include "sync/central/store.h"

int command_restored(const struct options *options, void *context)
{
    struct store store = {.lock = -1};
    struct refusal refusal = {0};
    struct id incarnation;
    enum err e = store_open(options_get(options, "--data"), &store, &refusal);

    (void)context;
    if (e == ERR_OK)
        e = store.repo->verbs->restored(store.repo, env_wall_ms(&env_system), &incarnation);
    store_close(&store);
    if (e != ERR_OK)
        return command_failed(&refusal, e);
    printf("noted: each kiosk will send again what it still has\n");
    return EXIT_OK;
}
