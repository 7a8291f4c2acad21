/*
 * A device: the real outbox, exchange and engine on a simulated disk, with simulated clocks. What
 * sync/agent/service.c does around them stands in kiosk.c in short, without sockets.
 */
#ifndef SIM_KIOSK_H
#define SIM_KIOSK_H

#include "world.h"

struct device {
    struct world *world;
    uint32_t number;
    uint32_t identity;
    struct sim_clock clock;
    struct env env;
    struct settings settings;
    int disk;
    struct outbox *outbox;
    struct exchange *exchange;
    struct engine engine;
    uint64_t request;   /* the exchange under way; 0: none. An answer to another is nobody's */
    int64_t give_up_ms; /* when the transport's patience ends */
    int64_t quiet_ms;   /* when the outbox does its own work; NEVER_MS: not planned */
    uint32_t *held;     /* records that were written to this disk, in order */
    uint32_t held_count, held_room;
    int image;           /* a copy of the disk of some day; -1: none */
    uint32_t image_held; /* so many of `held` are in it */
    unsigned calm;       /* good heartbeats in a row with nothing waiting */
    bool clock_wrong;    /* by years: TLS finds no certificate valid */
};

struct device *device_make(struct world *w, uint32_t identity);
void device_destroy(struct device *d);

/* The process ends and comes back: killed, the power cut, or stopped in order. */
enum ending { ENDING_KILLED, ENDING_POWER_CUT, ENDING_STOPPED };
void device_restart(struct device *d, enum ending how);

/* A patient signs up. */
void device_sign_up(struct device *d);

/* Virtual time of what it does next by itself. */
int64_t device_due_ms(const struct device *d);
void device_step(struct device *d);
/* The answer to one of its requests. */
void device_answer(struct device *d, uint64_t request, enum transport_state state,
                   const struct transport_answer *answer);

/* Copies the disk away, writes such a copy back, puts a copy into a second device. */
void device_take_image(struct device *d);
void device_roll_back(struct device *d);
void device_clone(struct device *d);

void device_set_clock(struct device *d, int64_t ahead_ms);

#endif
