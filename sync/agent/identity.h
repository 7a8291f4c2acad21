/*
 * Who this device is, as files in the state folder: device.key (made on the device, never leaves
 * it, 0600) and settings.json (what the practice's server wrote for it). The lock file says that a
 * help-sync works here; the kernel takes it back however that one ends.
 */
#ifndef AGENT_IDENTITY_H
#define AGENT_IDENTITY_H

#include "base/err.h"
#include "sync/wire/keys.h"
#include "sync/wire/settings.h"

/* Takes the lock; ERR_BUSY where another help-sync works in this folder. */
MUST_USE enum err identity_lock(const char *state, int *out_descriptor, struct refusal *refusal);

/* Makes the folder and the key where they are missing; a key that is there is kept. */
MUST_USE enum err identity_init(const char *state, struct sign_key *out_key,
                                struct refusal *refusal);
MUST_USE enum err identity_load_key(const char *state, struct sign_key *out_key,
                                    struct refusal *refusal);

/* ERR_NOT_FOUND, with no refusal, where the device is not enrolled yet. */
MUST_USE enum err identity_load_settings(const char *state, struct settings *out_settings,
                                         struct refusal *refusal);
/* Reads and checks a settings file, and does nothing with it. */
MUST_USE enum err identity_read(const char *file, struct settings *out_settings,
                                struct refusal *refusal);
/* Reads the file, checks it and keeps it as this device's settings. */
MUST_USE enum err identity_enrol(const char *state, const char *file, struct settings *out_settings,
                                 struct refusal *refusal);

#endif
