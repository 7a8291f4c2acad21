/* See fixture.h. Names and numbers are made up, from the ranges kept for that. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/file.h"
#include "base/hex.h"
#include "tests/unit/signup/form.h"

const char fixture_password[] = "correct horse battery";
const struct patient fixture_grace = {"Grace", "Mensah", "1958-03-14", "9990000018",
                                      "grace.mensah@example.com"};

/* 2026-11-22T11:28:00Z */
#define START_MS 1795346880000

static int64_t test_monotonic(void *context)
{
    return ((struct fixture *)context)->monotonic_ms;
}

static int64_t test_wall(void *context)
{
    return ((struct fixture *)context)->now_ms;
}

static void test_random(void *context, void *out_bytes, size_t size)
{
    (void)context;
    env_random(&env_system, out_bytes, size);
}

static void add_practice(struct fixture *f, int i, const char *code, const char *name)
{
    struct test_kiosk *kiosk = &f->kiosks[i];
    struct practice practice;

    snprintf(practice.code, sizeof practice.code, "%s", code);
    snprintf(practice.name, sizeof practice.name, "%s", name);
    assert_int_equal(f->repo->verbs->practice_add(f->repo, &practice, f->now_ms), ERR_OK);
    sign_key_make(&kiosk->key);
    kiosk->row = (struct kiosk){.id = id_make(&env_system), .practice = practice};
    snprintf(kiosk->row.name, sizeof kiosk->row.name, "Front desk");
    memcpy(kiosk->row.public_key, kiosk->key.public_key, SIGN_PUBLIC_BYTES);
    assert_int_equal(f->repo->verbs->kiosk_add(f->repo, &kiosk->row, f->now_ms), ERR_OK);
}

static void add_person(struct fixture *f, enum person who, const char *email, const char *name,
                       const char *practice, const char *hash)
{
    unsigned char token[SESSION_TOKEN_BYTES];
    unsigned char token_hash[REPO_HASH_BYTES];
    char text[2 * SESSION_TOKEN_BYTES + 1];
    struct user user = {0};
    struct session_times times = {f->now_ms, ACCOUNTS_IDLE_MS, ACCOUNTS_ABSOLUTE_MS};

    snprintf(user.email, sizeof user.email, "%s", email);
    snprintf(user.name, sizeof user.name, "%s", name);
    snprintf(user.practice.code, sizeof user.practice.code, "%s", practice);
    snprintf(user.password, sizeof user.password, "%s", hash);
    assert_int_equal(f->repo->verbs->user_add(f->repo, &user, f->now_ms), ERR_OK);
    assert_int_equal(f->repo->verbs->user_find(f->repo, email, &user), ERR_OK);
    randombytes_buf(token, sizeof token);
    crypto_generichash(token_hash, sizeof token_hash, token, sizeof token, NULL, 0);
    assert_int_equal(f->repo->verbs->session_add(f->repo, token_hash, user.id, &times), ERR_OK);
    hex_encode(token, sizeof token, text);
    snprintf(f->visitors[who].cookie, sizeof f->visitors[who].cookie, "__Host-session=%s", text);
    accounts_csrf(token, f->visitors[who].csrf);
}

static void load_form(struct fixture *f)
{
    char *text = NULL;
    size_t size = 0;

    assert_int_equal(
        file_read(SOURCE_DIR "/assets/questionnaire.json", LIMIT_QUESTIONNAIRE, &text, &size),
        ERR_OK);
    assert_int_equal(forms_add(&f->forms, (struct str){text, size}, NULL), ERR_OK);
    free(text);
}

void fixture_init(struct fixture *f)
{
    static char hash[REPO_PASSWORD_HASH + 1]; /* once: it takes 64 MiB and a tenth of a second */
    struct refusal refusal = {0};

    memset(f, 0, sizeof *f);
    assert_int_equal(keys_init(), ERR_OK);
    f->now_ms = START_MS;
    f->env = (struct env){f, test_monotonic, test_wall, test_random};
    snprintf(f->folder, sizeof f->folder, "/tmp/help-central-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/central.db", f->folder);
    assert_int_equal(repo_sqlite_open(f->path, true, &f->repo, &refusal), ERR_OK);
    sign_key_make(&f->keys.sign);
    seal_pair_make(&f->keys.seal);
    load_form(f);
    f->api = (struct api){.repo = f->repo,
                          .env = &f->env,
                          .keys = &f->keys,
                          .forms = &f->forms,
                          .accounts = accounts_create(),
                          .feedback = feedback_create(&f->env, f->repo)};
    assert_non_null(f->api.accounts);
    assert_non_null(f->api.feedback);
    assert_int_equal(f->repo->verbs->incarnation(f->repo, &f->api.incarnation), ERR_OK);
    if (hash[0] == '\0')
        assert_int_equal(accounts_hash(fixture_password, hash), ERR_OK);
    add_practice(f, ELM, "Y99999", "Elm Grove Surgery");
    add_practice(f, OAK, "Y88888", "Oak Street Practice");
    add_person(f, PERSON_ELM, "priya@example.org", "Priya Nair", "Y99999", hash);
    add_person(f, PERSON_OAK, "sam@example.org", "Sam Okafor", "Y88888", hash);
    add_person(f, PERSON_PROGRAMME, "jo@example.org", "Jo Lindqvist", "", hash);
}

void fixture_client(struct fixture *f, const struct settings *settings,
                    const struct sign_key *device)
{
    struct test_kiosk *kiosk = &f->kiosks[ELM];

    memset(f, 0, sizeof *f);
    f->now_ms = START_MS;
    load_form(f);
    f->keys.seal.key = settings->seal_key;
    memcpy(f->keys.sign.public_key, settings->sign_public, SIGN_PUBLIC_BYTES);
    kiosk->key = *device;
    kiosk->row.id = settings->kiosk;
    memcpy(kiosk->row.practice.code, settings->practice_code, sizeof settings->practice_code);
}

static void remove_file(const struct fixture *f, const char *ending)
{
    char path[128];

    snprintf(path, sizeof path, "%s%s", f->path, ending);
    unlink(path);
}

void fixture_finish(struct fixture *f)
{
    json_decref(f->json);
    response_finish(&f->response);
    accounts_destroy(f->api.accounts);
    feedback_destroy(f->api.feedback);
    forms_finish(&f->forms);
    f->repo->verbs->close(f->repo);
    remove_file(f, "");
    remove_file(f, "-wal");
    remove_file(f, "-shm");
    rmdir(f->folder);
}

void fixture_reopen(struct fixture *f)
{
    struct refusal refusal = {0};

    f->repo->verbs->close(f->repo);
    assert_int_equal(repo_sqlite_open(f->path, false, &f->repo, &refusal), ERR_OK);
    f->api.repo = f->repo;
    feedback_destroy(f->api.feedback);
    f->api.feedback = feedback_create(&f->env, f->repo);
    assert_non_null(f->api.feedback);
}

int fixture_send(struct fixture *f, const struct request *request)
{
    response_finish(&f->response);
    json_decref(f->json);
    f->json = NULL;
    api_handle(&f->api, request, &f->response);
    if (f->response.content_type != NULL &&
        strncmp(f->response.content_type, "application/json", 16) == 0) {
        f->json = json_loadb(f->response.body, f->response.body_bytes, 0, NULL);
        assert_non_null(f->json);
    }
    return f->response.status;
}

int fixture_call(struct fixture *f, enum person who, const char *method, const char *path,
                 const char *json)
{
    struct request request = {.listener = LISTENER_PORTAL,
                              .method = str_of(method),
                              .path = str_of(path),
                              .body = str_of(json),
                              .fetch_site = STR_LITERAL("same-origin")};

    if (json != NULL)
        request.content_type = STR_LITERAL("application/json");
    if (who != PERSON_NOBODY) {
        request.cookie = str_of(f->visitors[who].cookie);
        request.csrf = str_of(f->visitors[who].csrf);
    }
    return fixture_send(f, &request);
}

/* ---- kiosks ---------------------------------------------------------------------------- */

void fixture_seal(struct fixture *f, int kiosk, struct str plaintext, struct envelope *out_envelope)
{
    unsigned char scratch[SEAL_INSIDE_BYTES];
    struct envelope *e = out_envelope;

    if (id_is_none(&e->header.record))
        e->header.record = id_make(&env_system);
    e->header.kiosk = f->kiosks[kiosk].row.id;
    e->header.key = f->keys.seal.key.id;
    e->seq = ++f->kiosks[kiosk].made;
    assert_int_equal(seal_record(&e->header, plaintext, &f->keys.seal.key, scratch, e->sealed),
                     ERR_OK);
    envelope_hash(e);
}

void fixture_sign_up(struct fixture *f, int kiosk, const struct patient *patient,
                     struct envelope *out_envelope)
{
    const struct questionnaire *q = f->forms.all[0];
    struct answers answers;
    struct record_header header = form_header;
    char text[LIMIT_RECORD + 1];
    struct buf b;

    form_fill(q, &answers);
    form_type(q, &answers, "first-name", patient->given);
    form_type(q, &answers, "last-name", patient->family);
    form_type(q, &answers, "birth-date", patient->birth_date);
    form_type(q, &answers, "email", patient->email);
    if (patient->nhs_number != NULL) {
        form_type(q, &answers, "nhs-number", patient->nhs_number);
    } else {
        answers_clear(&answers, form_item(q, "nhs-number"));
        form_choose(q, &answers, "nhs-number-known", "no");
    }
    memset(out_envelope, 0, sizeof *out_envelope);
    out_envelope->header.record = id_make(&env_system);
    id_text(&out_envelope->header.record, header.id);
    id_text(&f->kiosks[kiosk].row.id, header.kiosk);
    snprintf(header.practice, sizeof header.practice, "%s", f->kiosks[kiosk].row.practice.code);
    header.made_at_ms = f->now_ms - 60000;
    buf_init(&b, text, sizeof text);
    assert_int_equal(record_encode(&header, q, &answers, &b), ERR_OK);
    fixture_seal(f, kiosk, buf_str(&b), out_envelope);
}

struct str fixture_bundle(struct fixture *f, int kiosk, const struct envelope *const *envelopes,
                          uint32_t count, char *memory, struct receipt_expected *out_expected)
{
    struct test_kiosk *k = &f->kiosks[kiosk];
    struct bundle_manifest m = {.kiosk = k->row.id,
                                .bundle = id_make(&env_system),
                                .made = k->made,
                                .received = k->received,
                                .records = count,
                                .wall_ms = f->now_ms,
                                .boot = id_make(&env_system),
                                .version = "0.1.0"};
    struct buf b;

    buf_init(&b, memory, FIXTURE_BUNDLE);
    assert_int_equal(bundle_begin(&m, &b), ERR_OK);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(bundle_add(envelopes[i], &b), ERR_OK);
    assert_int_equal(bundle_end(&k->key, &b), ERR_OK);
    out_expected->kiosk = m.kiosk;
    out_expected->bundle = m.bundle;
    bundle_sha256(buf_str(&b), out_expected->bundle_sha256);
    return buf_str(&b);
}

int fixture_exchange(struct fixture *f, int kiosk, const struct envelope *const *envelopes,
                     uint32_t count, struct receipt *out_receipt)
{
    char *memory = malloc(FIXTURE_BUNDLE);
    struct receipt_expected expected;
    struct refusal refusal = {0};

    assert_non_null(memory);
    struct request request = {.listener = LISTENER_DEVICE,
                              .method = STR_LITERAL("POST"),
                              .path = STR_LITERAL("/v1/exchange"),
                              .body =
                                  fixture_bundle(f, kiosk, envelopes, count, memory, &expected)};
    int status = fixture_send(f, &request);
    if (status == 200)
        assert_int_equal(receipt_decode((struct str){f->response.body, f->response.body_bytes},
                                        f->keys.sign.public_key, &expected, out_receipt, &refusal),
                         ERR_OK);
    free(memory);
    return status;
}

struct id fixture_receive(struct fixture *f, int kiosk, const struct patient *patient)
{
    struct envelope *envelope = malloc(sizeof *envelope);
    struct receipt *receipt = malloc(sizeof *receipt);

    assert_non_null(envelope);
    assert_non_null(receipt);
    fixture_sign_up(f, kiosk, patient, envelope);
    const struct envelope *one = envelope;
    assert_int_equal(fixture_exchange(f, kiosk, &one, 1, receipt), 200);
    assert_int_equal(receipt->entry_count, 1);
    assert_int_equal(receipt->entries[0].outcome, RECEIPT_ACCEPTED);
    f->kiosks[kiosk].received = f->kiosks[kiosk].made;
    struct id id = envelope->header.record;
    free(receipt);
    free(envelope);
    return id;
}
