/* Gives up what a kiosk never needs: see harden.h. */
#include "shell/harden.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static enum err denied(struct refusal *refusal, const char *what)
{
    refusal_place(refusal, "start");
    refusal_problem(refusal, "the system does not let it %s (%s)", what, strerror(errno));
    refusal_remedy(refusal, "Run it under the unit file that comes with it");
    return ERR_REFUSED;
}

enum err harden_process(struct refusal *refusal)
{
    const struct rlimit none = {0, 0};

    if (setrlimit(RLIMIT_CORE, &none) != 0)
        return denied(refusal, "forbid core dumps");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return denied(refusal, "forbid dumps and tracing");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return denied(refusal, "give up new privileges");
    /* Every byte that any library frees is overwritten; with GLIBC_TUNABLES
       glibc.malloc.tcache_count=0 (the unit sets it) also what the thread cache would keep. */
    mallopt(M_PERTURB, 0xA5);
    return ERR_OK;
}
