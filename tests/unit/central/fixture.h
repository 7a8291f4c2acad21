/*
 * A server without a socket: a real SQLite file in a folder of its own, two practices with a kiosk
 * and a person each, one person of the programme, and a clock that the test sets. Kiosks here make
 * true bundles: sealed, signed and checked as on a device.
 */
#ifndef TESTS_CENTRAL_FIXTURE_H
#define TESTS_CENTRAL_FIXTURE_H

#include "signup/record.h"
#include "sync/central/accounts.h"
#include "sync/central/api.h"
#include "sync/central/repo_sqlite.h"
#include "sync/wire/settings.h"

enum { ELM, OAK, PRACTICES };
/* People: one of each practice, one of the programme, and one who has not signed in. */
enum person { PERSON_ELM, PERSON_OAK, PERSON_PROGRAMME, PERSON_NOBODY };

struct visitor {
    char cookie[96];
    char csrf[ACCOUNTS_CSRF_SIZE];
};

struct test_kiosk {
    struct kiosk row;
    struct sign_key key;
    uint64_t made;
    uint64_t received;
};

struct fixture {
    char folder[64];
    char path[96];
    struct repo *repo;
    struct server_keys keys;
    struct forms forms;
    struct env env;
    int64_t now_ms;
    int64_t monotonic_ms;
    struct api api;
    struct visitor visitors[3];
    struct test_kiosk kiosks[PRACTICES];
    struct response response; /* of the last call */
    json_t *json;             /* its body, where it is JSON */
    uint32_t serial;          /* makes each made-up patient another one */
};

extern const char fixture_password[];

void fixture_init(struct fixture *f);
void fixture_finish(struct fixture *f);
/*
 * Only the kiosk's side: one kiosk (ELM) of a server that runs elsewhere, by its settings and the
 * device's key. Needs no finish but forms_finish(&f->forms).
 */
void fixture_client(struct fixture *f, const struct settings *settings,
                    const struct sign_key *device);
/* Closes the store and opens it again, as a restart does. */
void fixture_reopen(struct fixture *f);

/* A call of the portal's API; `json` NULL for none. Returns the status, fills f->json. */
int fixture_call(struct fixture *f, enum person who, const char *method, const char *path,
                 const char *json);
/* The same with nothing filled in but what `request` says. */
int fixture_send(struct fixture *f, const struct request *request);

struct patient {
    const char *given;
    const char *family;
    const char *birth_date; /* canonical */
    const char *nhs_number; /* NULL: not known */
    const char *email;
};
extern const struct patient fixture_grace;

/* Seals a sign-up with the kiosk's next number. */
void fixture_sign_up(struct fixture *f, int kiosk, const struct patient *patient,
                     struct envelope *out_envelope);
/* Seals any bytes as a record. */
void fixture_seal(struct fixture *f, int kiosk, struct str plaintext,
                  struct envelope *out_envelope);

#define FIXTURE_BUNDLE (LIMIT_BUNDLE + 1)
/* Makes a bundle of envelopes into the caller's FIXTURE_BUNDLE bytes. */
struct str fixture_bundle(struct fixture *f, int kiosk, const struct envelope *const *envelopes,
                          uint32_t count, char *memory, struct receipt_expected *out_expected);
/* Sends it; returns the status and, for 200, the checked receipt. */
int fixture_exchange(struct fixture *f, int kiosk, const struct envelope *const *envelopes,
                     uint32_t count, struct receipt *out_receipt);
/* One sign-up made and taken in; its id. */
struct id fixture_receive(struct fixture *f, int kiosk, const struct patient *patient);

#endif
