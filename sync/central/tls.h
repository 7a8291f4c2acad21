/*
 * The private authority that vouches for the device API, and the server's certificate from it
 * (ECDSA P-256). Kiosks trust this authority and no other, so no public one can be tricked into
 * vouching for a stranger. Files of the data folder: tls/ca.pem, tls/ca.key, tls/server.pem,
 * tls/server.key.
 */
#ifndef CENTRAL_TLS_H
#define CENTRAL_TLS_H

#include "base/err.h"

/* TLS 1.3 only: kiosks are ours, so nothing older has to be spoken. */
#define TLS_PRIORITY "SECURE128:-VERS-ALL:+VERS-TLS1.3:%SERVER_PRECEDENCE"

/*
 * Makes all four. The certificate names localhost, 127.0.0.1, ::1 and `host` ("" for none), a DNS
 * name or an address.
 */
MUST_USE enum err tls_make(const char *data_folder, const char *host, struct refusal *refusal);
/* The caller frees both texts. */
MUST_USE enum err tls_load(const char *data_folder, char **out_certificate, char **out_key,
                           struct refusal *refusal);
/* The authority's certificate, for a kiosk's settings; the caller frees it. */
MUST_USE enum err tls_load_authority(const char *data_folder, char **out_pem,
                                     struct refusal *refusal);

#endif
