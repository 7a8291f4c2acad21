/*
 * The commands of help-central, one function each: they read their options, do the one thing, and
 * say on standard output what was done or on standard error why not and what to do.
 */
#ifndef CENTRAL_COMMANDS_H
#define CENTRAL_COMMANDS_H

#include "base/options.h"

int command_init(const struct options *options, void *context);
int command_practice_add(const struct options *options, void *context);
int command_user_add(const struct options *options, void *context);
int command_kiosk_add(const struct options *options, void *context);
int command_kiosk_revoke(const struct options *options, void *context);
int command_audit_check(const struct options *options, void *context);
int command_import(const struct options *options, void *context);
int command_restored(const struct options *options, void *context);
int command_serve(const struct options *options, void *context);

/* Prints the refusal, or the err's name where it says nothing; returns EXIT_FAILED. */
int command_failed(const struct refusal *refusal, enum err e);
/* ERR_REFUSED with words: what was asked can't be done as it was asked. */
enum err command_refuse(struct refusal *refusal, const char *place, const char *problem,
                        const char *remedy);

#endif
