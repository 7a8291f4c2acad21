/* Gives up what a kiosk never needs: see harden.h. */
#include "shell/harden.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define TUNABLES "GLIBC_TUNABLES"
#define NO_CACHE "glibc.malloc.tcache_count=0"

static bool is_set(const char *tunables)
{
    return tunables != NULL && strstr(tunables, NO_CACHE) != NULL;
}

void harden_restart(char **argv)
{
    const char *others = getenv(TUNABLES);
    char tunables[1024];
    char program[1024];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);

    if (is_set(others) || len <= 0)
        return;
    program[len] = '\0';
    snprintf(tunables, sizeof tunables, NO_CACHE "%s%.900s", others == NULL ? "" : ":",
             others == NULL ? "" : others);
    if (setenv(TUNABLES, tunables, 1) != 0)
        return;
    execv(program, argv);
    unsetenv(TUNABLES); /* it did not take effect */
}

static enum err denied(struct refusal *refusal, const char *what)
{
    refusal_place(refusal, "start");
    refusal_problem(refusal, "the system does not let it %s (%s)", what, strerror(errno));
    refusal_remedy(refusal,
                   "Let it, in its unit or container: it must not leave answers in memory");
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
    if (!is_set(getenv(TUNABLES))) {
        errno = ENOENT;
        return denied(refusal, "start itself anew from /proc/self/exe");
    }
    /* Every byte that any library frees is overwritten, as no thread cache keeps it. */
    mallopt(M_PERTURB, 0xA5);
    return ERR_OK;
}
