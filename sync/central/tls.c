/* Making and reading certificates: see tls.h. */
#include "sync/central/tls.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"

#define PEM_MAX       (64 * 1024)
#define YEAR_S        ((time_t)365 * 24 * 3600)
#define SERIAL_BYTES  16
#define KEY_ID_MAX    64
#define AUTHORITY_AGE (30 * YEAR_S)
/* Kiosks may be offline for a year; renewing is one command and no visit, the authority stays. */
#define SERVER_AGE (10 * YEAR_S)

struct pair {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
};

static void pair_finish(struct pair *p)
{
    if (p->key != NULL)
        gnutls_x509_privkey_deinit(p->key);
    if (p->certificate != NULL)
        gnutls_x509_crt_deinit(p->certificate);
}

/* What both certificates share. Returns a GnuTLS code, as all of GnuTLS does. */
static int begin(struct pair *p, const char *name, time_t age)
{
    unsigned char serial[SERIAL_BYTES];
    unsigned char key_id[KEY_ID_MAX];
    size_t key_id_bytes = sizeof key_id;
    time_t now = time(NULL);
    int code = gnutls_x509_privkey_init(&p->key);

    if (code >= 0)
        code = gnutls_x509_privkey_generate(p->key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (code >= 0)
        code = gnutls_x509_crt_init(&p->certificate);
    if (code >= 0)
        code = gnutls_x509_crt_set_version(p->certificate, 3);
    if (code >= 0)
        code = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
    serial[0] &= 0x7f; /* a positive number */
    if (code >= 0)
        code = gnutls_x509_crt_set_serial(p->certificate, serial, sizeof serial);
    if (code >= 0)
        /* A kiosk's clock may be behind. */
        code = gnutls_x509_crt_set_activation_time(p->certificate, now - YEAR_S);
    if (code >= 0)
        code = gnutls_x509_crt_set_expiration_time(p->certificate, now + age);
    if (code >= 0)
        code = gnutls_x509_crt_set_dn_by_oid(p->certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                             (unsigned)strlen(name));
    if (code >= 0)
        code = gnutls_x509_crt_set_key(p->certificate, p->key);
    if (code >= 0)
        code = gnutls_x509_crt_get_key_id(p->certificate, GNUTLS_KEYID_USE_SHA1, key_id,
                                          &key_id_bytes);
    if (code >= 0)
        code = gnutls_x509_crt_set_subject_key_id(p->certificate, key_id, key_id_bytes);
    return code;
}

static int make_authority(struct pair *p)
{
    int code = begin(p, "HeLP-Diabetes device authority", AUTHORITY_AGE);

    if (code >= 0)
        code = gnutls_x509_crt_set_basic_constraints(p->certificate, 1, 0);
    if (code >= 0)
        code = gnutls_x509_crt_set_key_usage(p->certificate, GNUTLS_KEY_KEY_CERT_SIGN);
    if (code >= 0)
        code = gnutls_x509_crt_sign2(p->certificate, p->certificate, p->key, GNUTLS_DIG_SHA256, 0);
    return code;
}

static int add_name(gnutls_x509_crt_t certificate, const char *name)
{
    unsigned char address[16];

    if (inet_pton(AF_INET, name, address) == 1)
        return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, address, 4,
                                                    GNUTLS_FSAN_APPEND);
    if (inet_pton(AF_INET6, name, address) == 1)
        return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, address, 16,
                                                    GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, name,
                                                (unsigned)strlen(name), GNUTLS_FSAN_APPEND);
}

static int make_server(struct pair *p, const struct pair *authority, const char *host)
{
    const char *names[] = {"localhost", "127.0.0.1", "::1", host};
    unsigned char key_id[KEY_ID_MAX];
    size_t key_id_bytes = sizeof key_id;
    int code = begin(p, host[0] != '\0' ? host : "localhost", SERVER_AGE);

    for (size_t i = 0; i < sizeof names / sizeof names[0] && code >= 0; i++) {
        if (names[i][0] != '\0')
            code = add_name(p->certificate, names[i]);
    }
    if (code >= 0)
        code = gnutls_x509_crt_set_basic_constraints(p->certificate, 0, -1);
    if (code >= 0)
        code = gnutls_x509_crt_set_key_usage(p->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
    if (code >= 0)
        code = gnutls_x509_crt_set_key_purpose_oid(p->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
    if (code >= 0)
        code =
            gnutls_x509_crt_get_subject_key_id(authority->certificate, key_id, &key_id_bytes, NULL);
    if (code >= 0)
        code = gnutls_x509_crt_set_authority_key_id(p->certificate, key_id, key_id_bytes);
    if (code >= 0)
        code = gnutls_x509_crt_sign2(p->certificate, authority->certificate, authority->key,
                                     GNUTLS_DIG_SHA256, 0);
    return code;
}

static enum err write_pair(const char *folder, const char *name, const struct pair *p)
{
    char path[PATH_MAX];
    gnutls_datum_t pem = {NULL, 0};
    enum err e = ERR_LIMIT;

    if (snprintf(path, sizeof path, "%s/tls/%s.pem", folder, name) < (int)sizeof path)
        e = gnutls_x509_crt_export2(p->certificate, GNUTLS_X509_FMT_PEM, &pem) < 0 ? ERR_MEMORY
                                                                                   : ERR_OK;
    if (e == ERR_OK)
        e = file_replace(path, pem.data, pem.size, 0600);
    gnutls_free(pem.data);
    pem.data = NULL;
    snprintf(path, sizeof path, "%s/tls/%s.key", folder, name);
    if (e == ERR_OK && gnutls_x509_privkey_export2(p->key, GNUTLS_X509_FMT_PEM, &pem) < 0)
        e = ERR_MEMORY;
    if (e == ERR_OK)
        e = file_replace(path, pem.data, pem.size, 0600);
    if (pem.data != NULL)
        gnutls_memset(pem.data, 0, pem.size);
    gnutls_free(pem.data);
    return e;
}

enum err tls_make(const char *data_folder, const char *host, struct refusal *refusal)
{
    struct pair authority = {0};
    struct pair server = {0};
    char path[PATH_MAX];
    enum err e = ERR_LIMIT;

    refusal_place(refusal, "%s/tls", data_folder);
    if (snprintf(path, sizeof path, "%s/tls", data_folder) < (int)sizeof path)
        e = file_make_folder(path, 0700);
    if (e == ERR_OK) {
        int code = make_authority(&authority);
        if (code >= 0)
            code = make_server(&server, &authority, host);
        if (code < 0) {
            refusal_problem(refusal, "no certificate could be made: %s", gnutls_strerror(code));
            refusal_remedy(refusal, "Give --host a host name such as central.example.org");
            e = ERR_REFUSED;
            goto out;
        }
        e = write_pair(data_folder, "ca", &authority);
    }
    if (e == ERR_OK)
        e = write_pair(data_folder, "server", &server);
    if (e != ERR_OK) {
        refusal_problem(refusal, "can't be written: %s", err_name(e));
        refusal_remedy(refusal, "Check the folder's owner and the space on its disk");
    }
out:
    pair_finish(&server);
    pair_finish(&authority);
    return e;
}

static enum err load(const char *data_folder, const char *name, char **out_text,
                     struct refusal *refusal)
{
    char path[PATH_MAX];
    size_t size = 0;

    if (snprintf(path, sizeof path, "%s/tls/%s", data_folder, name) >= (int)sizeof path)
        return ERR_LIMIT;
    enum err e = file_read(path, PEM_MAX, out_text, &size);
    if (e != ERR_OK) {
        refusal_place(refusal, "%s", path);
        refusal_problem(refusal, "can't be read: %s", err_name(e));
        refusal_remedy(refusal, "Run: help-central init --data FOLDER, or restore the backup");
    }
    return e;
}

enum err tls_load(const char *data_folder, char **out_certificate, char **out_key,
                  struct refusal *refusal)
{
    char *certificate = NULL;
    char *key = NULL;
    enum err e = load(data_folder, "server.pem", &certificate, refusal);

    if (e == ERR_OK)
        e = load(data_folder, "server.key", &key, refusal);
    if (e != ERR_OK) {
        free(certificate);
        return e;
    }
    *out_certificate = certificate;
    *out_key = key;
    return ERR_OK;
}

enum err tls_load_authority(const char *data_folder, char **out_pem, struct refusal *refusal)
{
    return load(data_folder, "ca.pem", out_pem, refusal);
}
