/*
 * What receipts tell a practice of itself and of the others: this month's sign-ups that nobody
 * withdrew, the median, and nothing of others while they are so few that one would show.
 */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LAST_MONTH_MS ((int64_t)25 * 24 * 3600 * 1000)

static struct fixture f;
static struct receipt receipt;

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

/* What a heartbeat hears. */
static struct receipt_feedback heard(int kiosk)
{
    assert_int_equal(fixture_exchange(&f, kiosk, NULL, 0, &receipt), 200);
    return receipt.feedback;
}

static void pass_minutes(int minutes)
{
    f.now_ms += (int64_t)minutes * 60000;
    f.monotonic_ms += (int64_t)minutes * 60000;
}

static struct id sign_up(int kiosk)
{
    return fixture_receive(&f, kiosk, &fixture_grace);
}

static void withdraw(const struct id *record)
{
    char path[ID_TEXT + 32];
    char id[ID_TEXT + 1];

    id_text(record, id);
    snprintf(path, sizeof path, "/api/signups/%s/status", id);
    assert_int_equal(fixture_call(&f, PERSON_ELM, "POST", path, "{\"status\":\"withdrawn\"}"), 200);
}

/* Another practice, whose kiosk stands in for OAK's from now on; signs up `count` people. */
static void add_practice(const char *code, int count)
{
    struct test_kiosk *kiosk = &f.kiosks[OAK];
    struct practice practice = {.name = "Any Surgery"};

    strcpy(practice.code, code);
    assert_int_equal(f.repo->verbs->practice_add(f.repo, &practice, f.now_ms), ERR_OK);
    *kiosk = (struct test_kiosk){.row = {.id = id_make(&env_system), .practice = practice}};
    strcpy(kiosk->row.name, "Front desk");
    sign_key_make(&kiosk->key);
    memcpy(kiosk->row.public_key, kiosk->key.public_key, SIGN_PUBLIC_BYTES);
    assert_int_equal(f.repo->verbs->kiosk_add(f.repo, &kiosk->row, f.now_ms), ERR_OK);
    for (int i = 0; i < count; i++)
        (void)sign_up(OAK);
}

static void own_number_and_nothing_of_few_others(void **state)
{
    (void)state;
    struct receipt_feedback told;
    struct id record_of_last_month;
    struct kiosk second;
    struct id record;

    f.now_ms -= LAST_MONTH_MS;
    record_of_last_month = sign_up(ELM);
    f.now_ms += LAST_MONTH_MS;
    told = heard(ELM);
    assert_true(told.known && told.year == 2026 && told.month == 11 && told.own == 0);
    assert_true(told.practices == 0 && told.median_x10 == 0);
    (void)sign_up(ELM);
    (void)sign_up(ELM);
    record = sign_up(ELM);
    (void)sign_up(OAK);
    pass_minutes(10);
    assert_int_equal(heard(ELM).own, 3);
    assert_int_equal(heard(OAK).own, 1);
    withdraw(&record);
    withdraw(&record_of_last_month);
    pass_minutes(10);
    assert_int_equal(heard(ELM).own, 2);
    assert_int_equal(heard(ELM).practices, 0);
    /* A second kiosk of the practice makes it no other practice. */
    second = f.kiosks[ELM].row;
    second.id = id_make(&env_system);
    second.public_key[0] ^= 1;
    assert_int_equal(f.repo->verbs->kiosk_add(f.repo, &second, f.now_ms), ERR_OK);
    pass_minutes(10);
    assert_int_equal(heard(ELM).own, 2);
}

static void five_practices_have_a_median(void **state)
{
    (void)state;
    struct receipt_feedback told;

    for (int i = 0; i < 7; i++)
        (void)sign_up(ELM);
    (void)sign_up(OAK); /* 7 1 */
    add_practice("Y00003", 2);
    add_practice("Y00004", 0);
    pass_minutes(10);
    assert_int_equal(heard(ELM).practices, 0);
    add_practice("Y00005", 4); /* 0 1 2 4 7 */
    pass_minutes(10);
    told = heard(ELM);
    assert_true(told.own == 7 && told.practices == 5 && told.median_x10 == 20);
    add_practice("Y00006", 5); /* 0 1 2 4 5 7 */
    pass_minutes(10);
    told = heard(OAK);
    assert_true(told.own == 5 && told.practices == 6 && told.median_x10 == 30);
    add_practice("Y00007", 3);
    add_practice("Y00008", 5); /* 0 1 2 3 4 5 5 7 */
    pass_minutes(10);
    assert_int_equal(heard(ELM).median_x10, 35);
}

static void practices_without_a_kiosk_are_not_counted(void **state)
{
    (void)state;
    struct practice practice = {.name = "No Kiosk Surgery"};

    add_practice("Y00003", 0);
    add_practice("Y00004", 0);
    strcpy(practice.code, "Y00005");
    assert_int_equal(f.repo->verbs->practice_add(f.repo, &practice, f.now_ms), ERR_OK);
    add_practice("Y00006", 0);
    pass_minutes(10);
    assert_int_equal(heard(ELM).practices, 5);
    assert_int_equal(f.repo->verbs->kiosk_revoke(f.repo, &f.kiosks[OAK].row.id, f.now_ms), ERR_OK);
    pass_minutes(10);
    assert_int_equal(heard(ELM).practices, 0);
}

static void counted_at_most_every_ten_minutes(void **state)
{
    (void)state;

    assert_int_equal(heard(ELM).own, 0);
    (void)sign_up(ELM);
    pass_minutes(9);
    assert_int_equal(heard(ELM).own, 0);
    pass_minutes(1);
    assert_int_equal(heard(ELM).own, 1);
    /* A practice whose kiosk came since hears of it when all are counted again. */
    add_practice("Y00003", 1);
    assert_false(heard(OAK).known);
    pass_minutes(10);
    assert_int_equal(heard(OAK).own, 1);
}

static void a_new_month_begins_at_nought(void **state)
{
    (void)state;
    struct receipt_feedback told;

    (void)sign_up(ELM);
    f.now_ms = 1796083199999; /* 2026-11-30T23:59:59.999Z */
    f.monotonic_ms += FEEDBACK_KEPT_MS;
    told = heard(ELM);
    assert_true(told.month == 11 && told.own == 1);
    f.now_ms++;
    told = heard(ELM);
    assert_true(told.known && told.year == 2026 && told.month == 12 && told.own == 0);
    (void)sign_up(ELM);
    pass_minutes(10);
    assert_int_equal(heard(ELM).own, 1);
}

/* A wall clock that is set back or years ahead counts another month, and never harms an exchange.
 */
static void wall_clock_may_be_anything(void **state)
{
    (void)state;
    static const int64_t times[] = {0, 1, 4102444800000, RECEIPT_TIME_MAX_MS};

    (void)sign_up(ELM);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        f.now_ms = times[i];
        (void)heard(ELM);
    }
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(own_number_and_nothing_of_few_others),
        TEST(five_practices_have_a_median),
        TEST(practices_without_a_kiosk_are_not_counted),
        TEST(counted_at_most_every_ten_minutes),
        TEST(a_new_month_begins_at_nought),
        TEST(wall_clock_may_be_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
