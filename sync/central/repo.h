/*
 * What the server remembers, as verbs of its domain; the seam between the API and a database. A
 * back-end (repo_sqlite.h) fills the table of verbs with its own SQL. Each verb is one transaction:
 * when it returns ERR_OK its effect is durable, and so is the audit row that tells of it. Verbs may
 * be called from many threads at once. What a caller may see is filtered inside the SQL of each
 * verb by struct caller, so no handler can forget it: what is another practice's is ERR_NOT_FOUND.
 */
#ifndef CENTRAL_REPO_H
#define CENTRAL_REPO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "sync/wire/bundle.h"
#include "sync/wire/receipt.h"

#define REPO_PRACTICE_CODE 9 /* ODS code */
#define REPO_NAME          80
#define REPO_PASSWORD_HASH 128
#define REPO_HASH_BYTES    32
#define REPO_ATTENTION     1000
#define REPO_NOTE          500
#define REPO_PAGE_ROWS     20
#define REPO_PAGES_MAX     1000  /* deeper than this, people search */
#define REPO_SEARCH_MAX    5000  /* newest matches of a search that are counted and paged */
#define REPO_EXPORT_MAX    10000 /* sign-ups of one export */
#define REPO_HISTORY_MAX   200
#define REPO_ALIKE_MAX     20

/* Who asks: decides what is seen, and is written into the audit log. */
struct caller {
    int64_t user;                          /* user.id */
    char practice[REPO_PRACTICE_CODE + 1]; /* "" sees every practice: the programme */
    int64_t now_ms;
};

struct practice {
    char code[REPO_PRACTICE_CODE + 1];
    char name[REPO_NAME + 1];
};

struct user {
    int64_t id;
    char email[LIMIT_EMAIL + 1];
    char name[REPO_NAME + 1];
    struct practice practice; /* code "" for the programme */
    char password[REPO_PASSWORD_HASH + 1];
};

struct session_times {
    int64_t now_ms;
    int64_t idle_ms;
    int64_t absolute_ms;
};

struct kiosk {
    struct id id;
    char name[REPO_NAME + 1];
    struct practice practice;
    unsigned char public_key[SIGN_PUBLIC_BYTES];
    bool live; /* else a demo kiosk */
    bool revoked;
};

/* One row of the fleet's proof: "made 412, received 412, missing 0". */
struct kiosk_proof {
    struct kiosk kiosk;
    int64_t made;
    int64_t received; /* distinct numbers seen */
    int64_t waiting;
    int64_t needs_attention;
    int64_t unread; /* of those: kept as they came, in no worklist */
    int64_t withdrawn;
    int64_t last_contact_ms; /* 0: never */
    char version[BUNDLE_VERSION_TEXT + 1];
    uint32_t gap_count; /* numbers never seen, of 1 .. made */
    struct receipt_range gaps[RECEIPT_MISSING_MAX];
};

/* A sign-up as far as lists show it. */
struct signup_item {
    struct id record;
    char reference[16];
    int64_t received_ms;
    int64_t made_ms;
    char given_name[LIMIT_ANSWER + 1];
    char family_name[LIMIT_ANSWER + 1];
    char nhs_number[11]; /* "" where none was given */
    char birth_date[11];
    char language[36];
    char mode[16];
    char status[16];
    char attention[REPO_ATTENTION + 1]; /* sentences parted by line ends */
    char consent_version[36];
    char email[LIMIT_EMAIL + 1]; /* these three "" where not given */
    char mobile[20];
    char postcode[12];
    char kiosk_name[REPO_NAME + 1];
    struct practice practice;
};

struct ingest_item {
    const struct envelope *envelope;
    struct receipt_entry reading;     /* accepted, deferred or rejected, and why */
    const struct signup_item *signup; /* NULL: kept, and nothing else */
    struct str plaintext;             /* of the sign-up */
    struct receipt_entry entry;       /* out: what the receipt says */
};

/* One verified bundle: stored in one transaction, with the kiosk's claims. */
struct ingest_batch {
    struct id kiosk;
    char practice[REPO_PRACTICE_CODE + 1];
    const char *via; /* "https" or "usb" */
    int64_t now_ms;
    bool has_claims; /* false: nothing below is written (a second reading of kept records) */
    uint64_t made;
    uint64_t waiting; /* after this bundle */
    const char *version;
    size_t count;
    struct ingest_item *items;
    /* Out. */
    uint32_t missing_count;
    struct receipt_range missing[RECEIPT_MISSING_MAX];
};

/* "" or one folder of the worklist, and words to look for ("" for all). */
struct signup_query {
    const char *folder; /* NULL: all of them */
    struct str words;   /* a search as typed, at most LIMIT_ANSWER bytes */
    int64_t page;       /* from 1 */
};

enum folder {
    FOLDER_RECEIVED,
    FOLDER_NEEDS_ATTENTION,
    FOLDER_WELCOMED,
    FOLDER_ACTIVATED,
    FOLDER_CLOSED,
    FOLDER_COUNT
};
extern const char *const folder_names[FOLDER_COUNT];

struct signup_page {
    int64_t counts[FOLDER_COUNT];
    int64_t arrived_since; /* since the query's day began */
    int64_t last_contact_ms;
    size_t row_count;
    struct signup_item rows[REPO_PAGE_ROWS];
};

struct history_row {
    int64_t at_ms;
    char who[REPO_NAME + 8]; /* "Priya Nair", "kiosk Front desk" */
    char action[24];
    char detail[24];
    char note[REPO_NOTE + 1];
};

struct alike_row {
    struct id record;
    char reference[16];
    char given_name[LIMIT_ANSWER + 1];
    char family_name[LIMIT_ANSWER + 1];
};

struct signup_detail {
    struct signup_item item;
    bool live;
    size_t plaintext_bytes;
    char plaintext[LIMIT_RECORD_PADDED];
    size_t history_count;
    struct history_row history[REPO_HISTORY_MAX];
    size_t alike_count;
    struct alike_row alike[REPO_ALIKE_MAX];
};

/* One sign-up of an export; `plaintext`, its record, is valid during the call. */
typedef enum err (*signup_row_fn)(void *context, const struct signup_item *row,
                                  struct str plaintext);
/* One practice and how many sign-ups it received. */
typedef enum err (*signup_count_fn)(void *context, const char *practice, int64_t signups);
typedef enum err (*kiosk_row_fn)(void *context, const struct kiosk_proof *row);
/* One kept record that could not be read when it came. */
typedef enum err (*unread_fn)(void *context, const struct kiosk *kiosk,
                              const struct envelope *envelope);

struct repo {
    const struct repo_verbs *verbs;
};

struct repo_verbs {
    void (*close)(struct repo *);
    enum err (*incarnation)(struct repo *, struct id *out_incarnation);
    /* This store came out of a backup: a new incarnation, so that kiosks send again what they have.
     */
    enum err (*restored)(struct repo *, int64_t now_ms, struct id *out_incarnation);

    /* ERR_EXISTS where the code, address or key is taken; ERR_NOT_FOUND for an unknown practice. */
    enum err (*practice_add)(struct repo *, const struct practice *, int64_t now_ms);
    enum err (*practice_find)(struct repo *, const char *code, struct practice *out_practice);
    enum err (*user_add)(struct repo *, const struct user *, int64_t now_ms);
    enum err (*user_find)(struct repo *, const char *email, struct user *out_user);
    enum err (*kiosk_add)(struct repo *, const struct kiosk *, int64_t now_ms);
    enum err (*kiosk_revoke)(struct repo *, const struct id *, int64_t now_ms);
    enum err (*kiosk_find)(struct repo *, const struct id *, struct kiosk *out_kiosk);

    /* Counts one more try within the window and says how many there were with it. */
    enum err (*sign_in_try)(struct repo *, const unsigned char key[REPO_HASH_BYTES], int64_t now_ms,
                            int64_t window_ms, int64_t *out_tries);
    /* The try was right: forgets the tries of `mine`, and this one of `everybody`. */
    enum err (*sign_in_forgive)(struct repo *, const unsigned char mine[REPO_HASH_BYTES],
                                const unsigned char everybody[REPO_HASH_BYTES]);
    enum err (*session_add)(struct repo *, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t user, const struct session_times *);
    /* ERR_NOT_FOUND where there is none or it is too old. */
    enum err (*session_find)(struct repo *, const unsigned char token_hash[REPO_HASH_BYTES],
                             const struct session_times *, struct user *out_user);
    enum err (*session_end)(struct repo *, const unsigned char token_hash[REPO_HASH_BYTES],
                            int64_t now_ms);

    /* Fills each item's entry, and what is missing. An err means: nothing of it was stored. */
    enum err (*ingest)(struct repo *, struct ingest_batch *);
    /* Kept records after *io_after, in order, at most `limit`; *io_after moves on. */
    enum err (*unread)(struct repo *, int64_t *io_after, int limit, unread_fn, void *context);

    enum err (*signups)(struct repo *, const struct caller *, const struct signup_query *,
                        int64_t day_start_ms, struct signup_page *out_page);
    enum err (*signup_open)(struct repo *, const struct caller *, const struct id *,
                            struct signup_detail *out_detail);
    /* ERR_REFUSED where it is withdrawn: that is final. */
    enum err (*signup_status)(struct repo *, const struct caller *, const struct id *,
                              const char *status, const char *note);
    /* ERR_LIMIT where more than REPO_EXPORT_MAX match; no row is given then. */
    enum err (*signup_export)(struct repo *, const struct caller *, const struct signup_query *,
                              signup_row_fn, void *context);
    /* Of every practice with a kiosk that is not revoked: received since then, not withdrawn. */
    enum err (*signup_counts)(struct repo *, int64_t since_ms, signup_count_fn, void *context);
    enum err (*kiosks)(struct repo *, const struct caller *, kiosk_row_fn, void *context);

    /* Recomputes the chain. ERR_CHECK with the first row that does not fit in *out_n. */
    enum err (*audit_check)(struct repo *, int64_t *out_n);
};

#endif
