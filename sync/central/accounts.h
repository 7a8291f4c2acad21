/*
 * People who sign in. Passwords are kept as Argon2id (64 MiB, 2 passes; ASVS 5.0 appendix C asks
 * for no less); only a few are computed at once, a few more wait, others are told to come back. An
 * unknown address costs the same time and gets the same answer as a wrong password. A session is
 * 256 random bits in a cookie, kept here only as a hash; its CSRF token is derived from it.
 */
#ifndef CENTRAL_ACCOUNTS_H
#define CENTRAL_ACCOUNTS_H

#include "base/env.h"
#include "base/err.h"
#include "sync/central/api.h"

#define ACCOUNTS_PASSWORD_MIN 12 /* bytes; NIST SP 800-63B-4 asks for length, not for rules */
#define ACCOUNTS_PASSWORD_MAX 1024
#define ACCOUNTS_CSRF_SIZE    65

#define ACCOUNTS_IDLE_MS       ((int64_t)30 * 60 * 1000)
#define ACCOUNTS_ABSOLUTE_MS   ((int64_t)12 * 3600 * 1000)
#define ACCOUNTS_TRY_WINDOW_MS ((int64_t)15 * 60 * 1000)
#define ACCOUNTS_TRIES         10  /* per account in the window */
#define ACCOUNTS_TRIES_ALL     300 /* wrong ones of everybody together */

struct accounts;

/* Takes the time of one hash. NULL where there is no memory for it. */
struct accounts *accounts_create(void);
void accounts_destroy(struct accounts *a);

/* The text to keep for a password. ERR_MEMORY where 64 MiB can't be had. */
MUST_USE enum err accounts_hash(const char *password, char out_hash[REPO_PASSWORD_HASH + 1]);

/* Fills call->user, caller and token from the cookie. ERR_NOT_FOUND without a live session. */
MUST_USE enum err accounts_session(struct call *call);
void accounts_csrf(const unsigned char token[SESSION_TOKEN_BYTES],
                   char out_csrf[ACCOUNTS_CSRF_SIZE]);

#endif
