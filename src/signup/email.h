/*
 * E-mail addresses as people type them: white space at the ends goes, the domain is stored in
 * small letters, the part before @ as typed. The check is on purpose a light one (RFC 5321 lengths,
 * dot-atom or any non-ASCII before @, a domain with a dot): only a message that arrives proves
 * an address. Refuses what would break a mail header or a spreadsheet: spaces, quotes, controls.
 */
#ifndef SIGNUP_EMAIL_H
#define SIGNUP_EMAIL_H

#include "base/limits.h"
#include "signup/check.h"

struct email {
    char text[LIMIT_EMAIL + 1];
};

/* CHECK_OK, EMPTY, TOO_LONG, LETTERS (a character no address has) or FORM. */
enum check email_check(struct str typed, struct email *out_email);

#endif
