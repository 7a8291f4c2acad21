/*
 * The network between: it loses, doubles, delays, swaps, cuts and garbles, answers itself as a
 * sign-in page or a proxy would, and hands out a stranger's receipt or yesterday's.
 */
#ifndef SIM_NET_H
#define SIM_NET_H

#include "world.h"

struct device;

struct net *net_make(struct world *w);
void net_destroy(struct net *n);

/* A device begins a request. */
void net_send(struct net *n, struct device *d, struct str bundle);
/* Nothing comes through until then. */
void net_go_down(struct net *n, int64_t until_ms);
/* It is mended; what is still under way arrives within the hour. */
void net_heal(struct net *n);

int64_t net_due_ms(const struct net *n);
/* The device that the next message is of; there is one. */
uint32_t net_next_device(const struct net *n);
void net_step(struct net *n);
bool net_is_empty(const struct net *n);

#endif
