/*
 * The enrolment settings: the one file that makes a device a kiosk of a practice. help-central
 * writes it, help-sync enrol reads it. JSON, strict: a key that is missing, unknown or out of
 * bounds is refused with its name and what to do. It holds public keys only, no secret.
 */
#ifndef WIRE_SETTINGS_H
#define WIRE_SETTINGS_H

#include "base/err.h"
#include "base/kiosk_mode.h"
#include "base/str.h"
#include "sync/wire/ids.h"
#include "sync/wire/keys.h"

#define SETTINGS_FORMAT        1
#define SETTINGS_NAME          80 /* a kiosk's or practice's name, bytes */
#define SETTINGS_PRACTICE_CODE 9  /* ODS code: up to 9 capital letters and digits */
#define SETTINGS_URL           255
#define SETTINGS_CA_PEM        (16 * 1024)
#define SETTINGS_FILE_MAX      (32 * 1024)

/* "live" or "demo", as the file writes it. */
const char *kiosk_mode_name(enum kiosk_mode m);

struct settings {
    struct id kiosk;
    char kiosk_name[SETTINGS_NAME + 1];
    enum kiosk_mode mode;
    char practice_code[SETTINGS_PRACTICE_CODE + 1];
    char practice_name[SETTINGS_NAME + 1];
    char server_url[SETTINGS_URL + 1]; /* "https://host[:port][/path]", no slash at the end */
    char
        ca_pem[SETTINGS_CA_PEM + 1]; /* certificates that may vouch for the server, and no others */
    struct seal_key seal_key;
    unsigned char sign_public[SIGN_PUBLIC_BYTES]; /* checks receipts */
};

/* Adds the file's bytes with a final line end. ERR_LIMIT where `out` (SETTINGS_FILE_MAX) is full.
 */
MUST_USE enum err settings_encode(const struct settings *s, struct buf *out);
/* Decodes and checks. *out_settings is untouched on failure. */
MUST_USE enum err settings_decode(struct str bytes, struct settings *out_settings,
                                  struct refusal *refusal);

#endif
