/* Answers over the real socket and wire: see stand_in.h. */
#include "stand_in.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/local/server.h"

static struct local_status status;
static enum stand_in behaves;

static void answer(void *context, const struct local_request *request, struct local_event *out)
{
    (void)context;
    *out = (struct local_event){.kind = LOCAL_EVENT_STATUS, .status = status};
    if (request->kind == LOCAL_REQUEST_SAVE) {
        bool takes = behaves == STAND_IN_SAVES || behaves == STAND_IN_SAVES_OFFLINE;
        out->kind = takes ? LOCAL_EVENT_SAVED : LOCAL_EVENT_REFUSED;
        out->reason = behaves == STAND_IN_UNSURE ? LOCAL_UNCONFIRMED : LOCAL_FULL;
        out->record = request->header.record;
    }
}

int stand_in_start(const char *path, enum stand_in kind)
{
    struct local_server server;
    struct seal_pair pair;
    int ready[2];
    char byte;

    if (pipe(ready) != 0)
        exit(1);
    pid_t child = fork();
    if (child != 0) {
        close(ready[1]);
        if (child < 0 || read(ready[0], &byte, 1) != 1)
            exit(1);
        close(ready[0]);
        return child;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (keys_init() != ERR_OK || local_server_init(&server, path, 0600) != ERR_OK)
        _exit(1);
    seal_pair_make(&pair);
    behaves = kind;
    status = (struct local_status){.enrolled = true,
                                   .kiosk = id_make(&env_system),
                                   .mode = KIOSK_DEMO,
                                   .seal_key = pair.key,
                                   .storage = STORAGE_OK,
                                   .connected = kind != STAND_IN_SAVES_OFFLINE};
    strcpy(status.kiosk_name, "Front desk");
    strcpy(status.practice_code, "Y99999");
    strcpy(status.practice_name, "Elm Grove Surgery");
    if (write(ready[1], "r", 1) != 1)
        _exit(1);
    for (;;) {
        struct pollfd polled[LOCAL_DESCRIPTORS_MAX];
        size_t count = local_server_descriptors(&server, polled);
        if (poll(polled, count, -1) > 0)
            local_server_step(&server, polled, count, answer, NULL);
    }
}

void stand_in_stop(int process)
{
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
}
