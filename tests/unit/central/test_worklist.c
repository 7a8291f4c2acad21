/*
 * What people of practices see: search, detail, status, export, the fleet's proof, and that R10
 * holds (no practice sees another's) and R12 (every read of a person is in the audit log).
 */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sync/central/csv.h"

static struct fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_finish(&f);
    return 0;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

static int64_t number_of(const json_t *object, const char *key)
{
    assert_true(json_is_integer(json_object_get(object, key)));
    return json_integer_value(json_object_get(object, key));
}

/* Searches and returns how many there are in all. */
static int64_t search(enum person who, const char *q, const char *status)
{
    json_t *body = json_pack("{ssss}", "q", q, "status", status);
    char *text = json_dumps(body, 0);

    assert_int_equal(fixture_call(&f, who, "POST", "/api/signups/search", text), 200);
    free(text);
    json_decref(body);
    return number_of(f.json, "total");
}

static const json_t *first_item(void)
{
    return json_array_get(json_object_get(f.json, "items"), 0);
}

static void path_of(const struct id *id, const char *ending, char out_path[80])
{
    char text[ID_TEXT + 1];

    id_text(id, text);
    snprintf(out_path, 80, "/api/signups/%s%s", text, ending);
}

static int64_t sql_number(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int64_t number = -1;

    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    if (sqlite3_step(s) == SQLITE_ROW)
        number = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return number;
}

static void test_search(void **state)
{
    struct patient other = {"Ángel", "Núñez O'Neill", "1970-01-02", NULL, "angel@example.com"};

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    fixture_receive(&f, ELM, &other);
    assert_int_equal(search(PERSON_ELM, "", "all"), 2);
    assert_string_equal(text_of(first_item(), "given_name"), "Ángel");
    assert_int_equal(search(PERSON_ELM, "gra", "all"), 1);
    assert_string_equal(text_of(first_item(), "nhs_number"), "9990000018");
    assert_int_equal(number_of(first_item(), "age"), 68);
    assert_int_equal(search(PERSON_ELM, "MENSAH grace", "all"), 1);
    assert_int_equal(search(PERSON_ELM, "angel nunez", "all"), 1);
    assert_int_equal(search(PERSON_ELM, "o'neill", "all"), 1);
    assert_int_equal(search(PERSON_ELM, "rac", "all"), 0);
    assert_int_equal(search(PERSON_ELM, "999 000 0018", "all"), 1);
    assert_int_equal(search(PERSON_ELM, "999000", "all"), 1);
    assert_int_equal(search(PERSON_ELM, "grace", "welcomed"), 0);
    assert_int_equal(search(PERSON_ELM, "-- ' \" *", "all"), 0);
    assert_int_equal(search(PERSON_ELM, "NOT grace", "all"), 0);

    char path[80];
    char reference[16];
    path_of(&grace, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 200);
    snprintf(reference, sizeof reference, "%s", text_of(f.json, "reference"));
    assert_int_equal(search(PERSON_ELM, reference, "all"), 1);
    for (char *c = reference; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c == '-' ? ' ' : *c;
    assert_int_equal(search(PERSON_ELM, reference, "all"), 1);
}

static void test_pages(void **state)
{
    (void)state;
    for (int i = 0; i < 45; i++)
        fixture_receive(&f, ELM, &fixture_grace);
    assert_int_equal(search(PERSON_ELM, "", "all"), 45);
    assert_int_equal(number_of(f.json, "arrived_today"), 45);
    assert_int_equal(json_array_size(json_object_get(f.json, "items")), 20);
    assert_int_equal(
        fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{\"page\":3,\"q\":\"gr\"}"),
        200);
    assert_int_equal(json_array_size(json_object_get(f.json, "items")), 5);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/search", "{\"page\":4}"),
                     200);
    assert_int_equal(json_array_size(json_object_get(f.json, "items")), 0);
}

static bool has_answer(const char *link_id, const char *value)
{
    size_t i;
    json_t *row;

    json_array_foreach(json_object_get(f.json, "answers"), i, row)
    {
        if (strcmp(text_of(row, "link_id"), link_id) == 0)
            return strcmp(text_of(row, "value"), value) == 0 && text_of(row, "label")[0] != '\0';
    }
    return false;
}

static void test_detail(void **state)
{
    char path[80];
    size_t i;
    json_t *row;
    int given = 0;

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    struct id again = fixture_receive(&f, ELM, &fixture_grace);
    path_of(&grace, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 200);
    assert_string_equal(text_of(f.json, "birth_date"), "1958-03-14");
    assert_string_equal(text_of(f.json, "received_at"), "2026-11-22T11:28:00Z");
    assert_string_equal(text_of(f.json, "made_at"), "2026-11-22T11:27:00Z");
    assert_string_equal(text_of(f.json, "kiosk"), "Front desk");
    assert_string_equal(text_of(f.json, "mode"), "friend");
    assert_true(has_answer("email", "grace.mensah@example.com"));
    assert_true(has_answer("nhs-number", "999 000 0018"));
    assert_int_equal(json_array_size(json_object_get(f.json, "consents")), 4);
    json_array_foreach(json_object_get(f.json, "consents"), i, row)
    {
        given += json_is_true(json_object_get(row, "given"));
    }
    assert_int_equal(given, 2);
    /* A code that the kiosk worked out is no answer of the patient's. */
    json_array_foreach(json_object_get(f.json, "answers"), i, row)
    {
        assert_string_not_equal(text_of(row, "link_id"), "ethnic-code");
    }
    assert_int_equal(json_array_size(json_object_get(f.json, "attention")), 0);

    const json_t *history = json_object_get(f.json, "history");
    assert_int_equal(json_array_size(history), 2);
    assert_string_equal(text_of(json_array_get(history, 0), "what"), "Opened by Priya Nair");
    assert_string_equal(text_of(json_array_get(history, 1), "what"), "Received");
    assert_string_equal(text_of(json_array_get(history, 1), "who"), "kiosk Front desk");

    const json_t *alike = json_object_get(f.json, "possible_duplicates");
    char text[ID_TEXT + 1];
    id_text(&again, text);
    assert_int_equal(json_array_size(alike), 1);
    assert_string_equal(text_of(json_array_get(alike, 0), "id"), text);
}

/* Same name and birth date, whatever the case, is a possible duplicate too. */
static void test_alike(void **state)
{
    struct patient loud = {"GRACE", "mensah", "1958-03-14", NULL, "g@example.com"};
    struct patient other_day = {"Grace", "Mensah", "1958-03-15", NULL, "g@example.com"};
    char path[80];

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    struct id twin = fixture_receive(&f, ELM, &loud);
    fixture_receive(&f, ELM, &other_day);
    fixture_receive(&f, OAK, &fixture_grace); /* another practice's: not shown */
    path_of(&grace, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 200);
    assert_int_equal(json_array_size(json_object_get(f.json, "possible_duplicates")), 1);
    /* R12: its name was shown too, so its id is in the log. */
    char id[ID_TEXT + 1];
    char sql[160];
    id_text(&twin, id);
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM audit WHERE action = 'opened' AND detail = '%s'", id);
    assert_int_equal(sql_number(sql), 1);
    assert_int_equal(fixture_call(&f, PERSON_PROGRAMME, "GET", path, NULL), 200);
    assert_int_equal(json_array_size(json_object_get(f.json, "possible_duplicates")), 2);
}

static void test_status(void **state)
{
    char path[80];

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    path_of(&grace, "/status", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path,
                                  "{\"status\":\"welcomed\",\"note\":\"rang at noon\"}"),
                     200);
    assert_string_equal(text_of(f.json, "status"), "welcomed");
    const json_t *marked = json_array_get(json_object_get(f.json, "history"), 1);
    assert_string_equal(text_of(marked, "what"), "Marked welcomed");
    assert_string_equal(text_of(marked, "who"), "Priya Nair");
    assert_string_equal(text_of(marked, "note"), "rang at noon");
    assert_int_equal(search(PERSON_ELM, "", "welcomed"), 1);
    assert_int_equal(search(PERSON_ELM, "", "received"), 0);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"closed\"}"), 422);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 200);
    assert_int_equal(search(PERSON_ELM, "", "closed"), 1);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"received\"}"), 422);
    assert_int_equal(search(PERSON_ELM, "", "closed"), 1);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    assert_int_equal(number_of(json_array_get(json_object_get(f.json, "kiosks"), 0), "withdrawn"),
                     1);
}

/* R10: each route with the other practice's ids, and no word of the other in any answer. */
static void test_isolation(void **state)
{
    struct patient theirs = {"Secretive", "Oakpatient", "1961-01-01", NULL, "oak@example.com"};
    static const char *const queries[] = {"", "Secretive", "sec", "oakpatient"};
    char path[80];

    (void)state;
    struct id oak = fixture_receive(&f, OAK, &theirs);
    fixture_receive(&f, ELM, &fixture_grace);
    path_of(&oak, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 404);
    path_of(&oak, "/status", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 404);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        for (int folder = -1; folder < FOLDER_COUNT; folder++) {
            const char *status = folder < 0 ? "all" : folder_names[folder];
            int64_t total = search(PERSON_ELM, queries[i], status);
            assert_int_equal(total, i == 0 && folder <= FOLDER_RECEIVED ? 1 : 0);
            assert_null(strstr(f.response.body, "ecretive"));
            assert_int_equal(number_of(f.json, "arrived_today"), 1);
            char body[128];
            snprintf(body, sizeof body, "{\"q\":\"%s\",\"status\":\"%s\"}", queries[i], status);
            assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", "/api/signups/export", body),
                             200);
            assert_null(strstr(f.response.body, "ecretive"));
        }
    }
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    assert_null(strstr(f.response.body, "Oak Street"));
    assert_int_equal(json_array_size(json_object_get(f.json, "kiosks")), 1);
    assert_int_equal(search(PERSON_OAK, "Secretive", "all"), 1);
    assert_string_equal(text_of(first_item(), "status"), "received");
    assert_int_equal(search(PERSON_PROGRAMME, "", "all"), 2);
    assert_int_equal(fixture_call(&f, PERSON_PROGRAMME, "GET", "/api/kiosks", NULL), 200);
    assert_int_equal(json_array_size(json_object_get(f.json, "kiosks")), 2);
}

static void test_csv_tricks(void **state)
{
    static const char *const tricks[] = {
        "=1+1", "+1",   "-1",    "@SUM(A1)",       "\t=1",
        "\r=1", "\n=1", " =1",   "\xc2\xa0=1",     "＝1+1",
        "＋1",  "－1",  "＠SUM", "\xef\xbb\xbf=1", "=cmd|' /C calc'!A0",
    };
    static const char *const plain[] = {"Mensah", "O'Neill-Khan", "1958-03-14", "a=b", "", "\"="};
    char memory[256];
    struct buf b;

    (void)state;
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        buf_init(&b, memory, sizeof memory);
        csv_cell(&b, str_of(tricks[i]), true);
        assert_true(str_starts(buf_str(&b), "\"'"));
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        assert_false(csv_is_trick(str_of(plain[i])));
    /* Where lists are parted by semicolons or tabs, a cell may begin anywhere. */
    static const char *const parted[][2] = {
        {"x;=1+1", "\"x;'=1+1\""},
        {"x; \"=1\"", "\"x; \"\"'=1\"\"\""},
        {"x,+1", "\"x,'+1\""},
        {"x\t@SUM(A1)", "\"x\t'@SUM(A1)\""},
        {"x\r\n-1", "\"x\r'\n'-1\""},
        {"x;=1;\xef\xbc\x9d"
         "2",
         "\"x;'=1;'\xef\xbc\x9d"
         "2\""},
        {"a@b.example; c-d", "\"a@b.example; c-d\""},
    };
    for (size_t i = 0; i < sizeof parted / sizeof parted[0]; i++) {
        buf_init(&b, memory, sizeof memory);
        csv_cell(&b, str_of(parted[i][0]), true);
        assert_string_equal(memory, parted[i][1]);
    }
    buf_init(&b, memory, sizeof memory);
    csv_cell(&b, STR_LITERAL("a \"b\", c"), false);
    csv_end_row(&b);
    assert_string_equal(memory, ",\"a \"\"b\"\", c\"\r\n");
}

static void test_export(void **state)
{
    struct patient trick = {"@SUM", "-2+3", "1970-01-02", NULL, "x@example.com"};

    (void)state;
    fixture_receive(&f, ELM, &fixture_grace);
    fixture_receive(&f, ELM, &trick);
    int status =
        fixture_call(&f, PERSON_ELM, "POST", "/api/signups/export", "{\"status\":\"all\"}");
    assert_int_equal(status, 200);
    assert_string_equal(f.response.content_type, "text/csv; charset=utf-8");
    assert_string_equal(f.response.disposition, "attachment; filename=\"sign-ups-2026-11-22.csv\"");
    assert_int_equal(strncmp(f.response.body, "\xef\xbb\xbf\"Reference\",", 15), 0);
    char *text = calloc(1, f.response.body_bytes + 1);
    assert_non_null(text);
    memcpy(text, f.response.body, f.response.body_bytes);
    assert_non_null(strstr(text, "\"'@SUM\",\"'-2+3\""));
    assert_non_null(strstr(text, "\"'+447700900417\""));
    assert_non_null(strstr(text, "\"Both email and text message\",\"Yes, by phone\""));
    assert_non_null(strstr(text, "\"Account, GP record\""));
    assert_non_null(strstr(text, "\"Grace\",\"Mensah\",\"9990000018\",\"1958-03-14\""));
    int rows = 0;
    for (const char *at = strstr(text, "\r\n"); at != NULL; at = strstr(at + 2, "\r\n"))
        rows++;
    assert_int_equal(rows, 3);
    free(text);
    assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE action = 'exported'"), 2);
}

/* What the programme took away is in the history that the practice sees. */
static void test_export_is_told(void **state)
{
    char path[80];

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    assert_int_equal(fixture_call(&f, PERSON_PROGRAMME, "POST", "/api/signups/export", "{}"), 200);
    path_of(&grace, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 200);
    assert_string_equal(text_of(json_array_get(json_object_get(f.json, "history"), 1), "what"),
                        "Exported by Jo Lindqvist");
}

/* An export is all that was asked for or nothing: pages of a search end earlier. */
static void test_export_is_whole(void **state)
{
    enum { MANY = REPO_SEARCH_MAX + 500 };
    char sql[1024];
    sqlite3 *db = NULL;
    int rows = 0;

    (void)state;
    for (int times = 1; times <= 2; times++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO signup (record, practice, kiosk, reference, received_at, made_at, "
                 "status, attention, given_name, family_name, name_key, nhs_number, birth_date, "
                 "language, mode, consent_version, email, mobile, postcode, plaintext) "
                 "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                 "SELECT randomblob(16), 'Y99999', zeroblob(16), '', 0, 0, 'received', '', 'Many', "
                 "'People', '', '', '', 'en', 'alone', '', '', '', '', x'' FROM n;"
                 "INSERT INTO signup_word (rowid, practice, name, number) "
                 "SELECT id, practice, 'Many People', '' FROM signup "
                 "WHERE id NOT IN (SELECT id FROM signup_word_docsize)",
                 MANY);
        assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        int status =
            fixture_call(&f, PERSON_ELM, "POST", "/api/signups/export", "{\"q\":\"many\"}");
        assert_int_equal(status, times * MANY <= REPO_EXPORT_MAX ? 200 : 422);
        if (status != 200)
            continue;
        for (size_t i = 0; i < f.response.body_bytes; i++)
            rows += f.response.body[i] == '\n';
        assert_int_equal(rows, MANY + 1);
    }
}

/* R12: whatever shows a person leaves a row. */
static void test_audit(void **state)
{
    char path[80];
    int64_t n = 0;

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    path_of(&grace, "", path);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", path, NULL), 200);
    assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE action = 'opened'"), 1);
    search(PERSON_ELM, "grace", "all");
    assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE action = 'listed'"), 1);
    search(PERSON_ELM, "nobody", "all");
    assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE action = 'listed'"), 1);
    assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE detail LIKE '%race%' "
                                "OR object LIKE '%race%'"),
                     0);
    assert_int_equal(f.repo->verbs->audit_check(f.repo, &n), ERR_OK);
}

/* Someone with the file in hand changes a row, takes one out, swaps two: each is found. */
static void test_audit_tampering(void **state)
{
    static const char *const tampers[] = {
        "UPDATE audit SET action = 'listed' WHERE n = 5",
        "UPDATE audit SET at = at + 1 WHERE n = 5",
        "UPDATE audit SET who = who || ' ' WHERE n = 5",
        "UPDATE audit SET detail = 'x', object = '' WHERE n = 5",
        "UPDATE audit SET hash = zeroblob(32) WHERE n = 5",
        "DELETE FROM audit WHERE n = 5",
        ("UPDATE audit SET n = -1 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 6; "
         "UPDATE audit SET n = 6 WHERE n = -1"),
    };
    char path[80];

    (void)state;
    struct id grace = fixture_receive(&f, ELM, &fixture_grace);
    path_of(&grace, "", path);
    for (int i = 0; i < 6; i++)
        fixture_call(&f, PERSON_ELM, "GET", path, NULL);
    for (size_t i = 0; i < sizeof tampers / sizeof tampers[0]; i++) {
        sqlite3 *db = NULL;
        int64_t n = 0;
        assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
        assert_int_not_equal(sqlite3_exec(db, tampers[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db,
                                      "SAVEPOINT t; CREATE TABLE kept AS SELECT * FROM audit;"
                                      "DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays",
                                      NULL, NULL, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, tampers[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, "RELEASE t", NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(f.repo->verbs->audit_check(f.repo, &n), ERR_CHECK);
        assert_in_range(n, 5, 6);
        assert_int_equal(
            sqlite3_exec(db,
                         "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept;"
                         "CREATE TRIGGER audit_keeps AFTER UPDATE ON audit BEGIN "
                         "SELECT RAISE(ABORT, 'append-only'); END;"
                         "CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN "
                         "SELECT RAISE(ABORT, 'append-only'); END",
                         NULL, NULL, NULL),
            SQLITE_OK);
        sqlite3_close(db);
        assert_int_equal(f.repo->verbs->audit_check(f.repo, &n), ERR_OK);
    }
}

/* No statement walks through a table that grows with the sign-ups. */
static void test_query_plans(void **state)
{
#define STATEMENT_TEXT(name, text) text,
    static const char *const texts[] = {SQLITE_STATEMENTS(STATEMENT_TEXT, STATEMENT_TEXT)};
#undef STATEMENT_TEXT
    static const char *const big[] = {"inbox", "signup", "audit",    "s",       "a",      "i",
                                      "t",     "note",   "conflict", "seq_run", "session"};
    sqlite3 *db = NULL;
    int looked_at = 0;

    (void)state;
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char sql[4096];
        sqlite3_stmt *s = NULL;
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", texts[i]);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW) {
            const char *plan = (const char *)sqlite3_column_text(s, 3);
            looked_at++;
            for (size_t j = 0; j < sizeof big / sizeof big[0]; j++) {
                char scan[64];
                snprintf(scan, sizeof scan, "SCAN %s", big[j]);
                size_t len = strlen(scan);
                bool ordered = i == SQL_AUDIT_LAST; /* the last row only, by its key */
                if (!ordered && strncmp(plan, scan, len) == 0 &&
                    (plan[len] == '\0' || plan[len] == ' '))
                    fail_msg("%s: %s", texts[i], plan);
            }
        }
        sqlite3_finalize(s);
    }
    sqlite3_close(db);
    assert_in_range(looked_at, 60, 1000);
}

static void test_fleet(void **state)
{
    struct envelope *lost = calloc(1, sizeof *lost);
    const json_t *kiosk;

    (void)state;
    assert_non_null(lost);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    kiosk = json_array_get(json_object_get(f.json, "kiosks"), 0);
    assert_string_equal(text_of(kiosk, "state"), "never");
    assert_true(json_is_null(json_object_get(kiosk, "last_contact")));

    fixture_receive(&f, ELM, &fixture_grace);
    fixture_sign_up(&f, ELM, &fixture_grace, lost); /* number 2 never arrives */
    f.kiosks[ELM].received = 2;                     /* though the kiosk says so */
    fixture_receive(&f, ELM, &fixture_grace);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "GET", "/api/kiosks", NULL), 200);
    kiosk = json_array_get(json_object_get(f.json, "kiosks"), 0);
    assert_int_equal(number_of(kiosk, "made"), 3);
    assert_int_equal(number_of(kiosk, "received"), 2);
    assert_int_equal(number_of(kiosk, "waiting"), 0);
    assert_int_equal(number_of(kiosk, "missing"), 1);
    assert_string_equal(text_of(kiosk, "missing_seqs"), "2");
    assert_string_equal(text_of(kiosk, "state"), "connected");
    free(lost);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_search, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_detail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_status, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_isolation, set_up, tear_down),
        cmocka_unit_test(test_csv_tricks),
        cmocka_unit_test_setup_teardown(test_export, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_export_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_export_is_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_audit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_audit_tampering, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query_plans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fleet, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("central_worklist", tests, NULL, NULL);
}
