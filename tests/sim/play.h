/*
 * One run of the simulation: patients, faults and time by chance, then everything is mended, and
 * in the end the promise must hold. All of it follows from the seed.
 */
#ifndef SIM_PLAY_H
#define SIM_PLAY_H

#include "sync/central/forms.h"
#include "world.h"

struct plan {
    uint32_t kiosks; /* 0: by chance */
    uint32_t days;   /* 0: by chance */
};

/* What a run came to, for the sum of all. */
struct tally {
    uint64_t steps;
    uint64_t confirmed;
    uint64_t received;
    uint64_t attention;
    uint64_t withdrawn;
    uint64_t excused;
    uint64_t faults;
    uint64_t digest;
    int64_t virtual_ms; /* times kiosks */
};

/* What all runs share. */
struct stage {
    const char *folder; /* for the server's files */
    const struct forms *forms;
};

/* Plays one seed to its end. False where the promise was broken; `w` says where. */
bool play(struct world *w, uint64_t seed, enum wrong wrong, const struct plan *plan,
          const struct stage *stage, struct tally *io_tally);

#endif
