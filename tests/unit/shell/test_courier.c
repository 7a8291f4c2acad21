/*
 * The courier against a real socket: saved, refused, away, restarted, silent. The clock is the
 * test's own; the server is the one of help-sync, answered by the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell/courier.h"
#include "sync/local/server.h"

struct stage {
    char folder[64];
    char path[96];
    struct local_server server;
    struct courier courier;
    struct seal_pair pair;
    struct id kiosk;
    bool silent;               /* the server takes requests in and answers none */
    enum local_event_kind say; /* what it answers a save with */
    enum local_reason reason;
    int saves;
    int carried;    /* questions about a stick */
    char stick[64]; /* the folder of each */
    struct id last;
    unsigned char first_sealed[SEALED_BYTES];
};

static struct stage stage;

static void answer(void *context, const struct local_request *request, struct local_event *out)
{
    struct stage *s = context;

    *out = (struct local_event){.kind = LOCAL_EVENT_STATUS};
    if (request->kind == LOCAL_REQUEST_CARRY || request->kind == LOCAL_REQUEST_CARRY_STATE) {
        out->kind = LOCAL_EVENT_CARRY;
        out->carry =
            (struct local_carry){s->carried++ < 3 ? CARRY_WORKING : CARRY_DONE, 7, 1, 0, 0, 0};
        snprintf(s->stick + strlen(s->stick), sizeof s->stick - strlen(s->stick), "%s;",
                 request->folder);
        return;
    }
    if (request->kind == LOCAL_REQUEST_SAVE) {
        if (s->saves++ == 0)
            memcpy(s->first_sealed, request->sealed, SEALED_BYTES);
        assert_memory_equal(s->first_sealed, request->sealed, SEALED_BYTES);
        s->last = request->header.record;
        out->kind = s->say;
        out->record = request->header.record;
        out->reason = s->reason;
        return;
    }
    out->status = (struct local_status){.enrolled = true,
                                        .kiosk = s->kiosk,
                                        .mode = KIOSK_DEMO,
                                        .seal_key = s->pair.key,
                                        .storage = STORAGE_OK};
    strcpy(out->status.kiosk_name, "Front desk");
    strcpy(out->status.practice_code, "Y99999");
    strcpy(out->status.practice_name, "Elm Grove Surgery");
}

static void server_turn(void)
{
    struct pollfd polled[LOCAL_DESCRIPTORS_MAX];

    for (int turn = 0; turn < 4 && !stage.silent; turn++) {
        size_t count = local_server_descriptors(&stage.server, polled);
        if (poll(polled, count, 20) <= 0)
            return;
        local_server_step(&stage.server, polled, count, answer, &stage);
    }
}

/* Steps at one moment of the test's clock until something is new. */
static enum courier_news step(int64_t now_ms)
{
    enum courier_news news = courier_step(&stage.courier, now_ms, 0);

    if (news == COURIER_NOTHING && stage.server.listener >= 0) {
        server_turn();
        news = courier_step(&stage.courier, now_ms, stage.silent ? 0 : 100);
    }
    return news;
}

static int set_up(void **state)
{
    (void)state;
    memset(&stage, 0, sizeof stage);
    strcpy(stage.folder, "/tmp/help-courier-XXXXXX");
    assert_int_equal(keys_init(), ERR_OK);
    assert_non_null(mkdtemp(stage.folder));
    snprintf(stage.path, sizeof stage.path, "%s/socket", stage.folder);
    seal_pair_make(&stage.pair);
    stage.kiosk = id_make(&env_system);
    stage.say = LOCAL_EVENT_SAVED;
    assert_int_equal(local_server_init(&stage.server, stage.path, 0600), ERR_OK);
    assert_int_equal(courier_init(&stage.courier, stage.path), ERR_OK);
    courier_ask_status(&stage.courier);
    assert_int_equal(step(0), COURIER_STATUS);
    return 0;
}

static int tear_down(void **state)
{
    char command[96];

    (void)state;
    courier_finish(&stage.courier);
    local_server_finish(&stage.server);
    snprintf(command, sizeof command, "rm -rf '%s'", stage.folder);
    return system(command);
}

static struct id begin_save(int64_t now_ms)
{
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    struct id record = id_make(&env_system);

    assert_int_equal(courier_save(&stage.courier, &record, str_of("{\"name\":\"CANARY\"}"), scratch,
                                  false, now_ms),
                     ERR_OK);
    for (size_t i = 0; i < sizeof scratch; i++)
        assert_int_equal(scratch[i], 0);
    return record;
}

static void a_sign_up_is_saved(void **state)
{
    struct id record = begin_save(1000);

    (void)state;
    assert_string_equal(stage.courier.status.practice_name, "Elm Grove Surgery");
    assert_int_equal(step(1000), COURIER_SAVED);
    assert_true(id_equal(&stage.last, &record));
    assert_int_equal(courier_deadline_ms(&stage.courier), INT64_MAX);
    assert_false(courier_is_waiting(&stage.courier));
}

static void it_asks_again_by_the_same_id_after_a_restart(void **state)
{
    struct id record;

    (void)state;
    local_server_finish(&stage.server);
    record = begin_save(1000);
    assert_int_equal(step(1000), COURIER_NOTHING);
    int64_t due = courier_deadline_ms(&stage.courier);
    assert_true(due > 1000 && due <= 1000 + 4000);
    assert_int_equal(local_server_init(&stage.server, stage.path, 0600), ERR_OK);
    enum courier_news news = COURIER_NOTHING;
    for (int64_t now = due; now < 1000 + COURIER_PATIENCE_MS && news == COURIER_NOTHING; now += 500)
        news = step(now);
    assert_int_equal(news, COURIER_SAVED);
    assert_true(id_equal(&stage.last, &record));
}

static void silence_is_called_not_confirmed_and_may_still_end_well(void **state)
{
    (void)state;
    stage.silent = true;
    begin_save(1000);
    assert_int_equal(step(1000), COURIER_NOTHING);
    assert_int_equal(step(1000 + COURIER_PATIENCE_MS - 1), COURIER_NOTHING);
    assert_int_equal(step(1000 + COURIER_PATIENCE_MS), COURIER_UNCONFIRMED);
    assert_int_equal(step(1000 + COURIER_PATIENCE_MS + 1), COURIER_NOTHING);
    stage.silent = false;
    assert_int_equal(step(1000 + COURIER_PATIENCE_MS + 2), COURIER_SAVED);
}

static void full_is_not_asked_again(void **state)
{
    (void)state;
    stage.say = LOCAL_EVENT_REFUSED;
    stage.reason = LOCAL_FULL;
    begin_save(1000);
    assert_int_equal(step(1000), COURIER_REFUSED);
    assert_int_equal(stage.saves, 1);
    assert_int_equal(stage.courier.reason, LOCAL_FULL);
    assert_int_equal(courier_deadline_ms(&stage.courier), INT64_MAX);
}

/* Steps until `until_ms`, whenever the courier is due; the first news. */
static enum courier_news step_until(int64_t until_ms)
{
    enum courier_news news = COURIER_NOTHING;

    while (news == COURIER_NOTHING) {
        int64_t due = courier_deadline_ms(&stage.courier);
        if (due > until_ms)
            break;
        news = step(due);
    }
    return news;
}

/* The commit failed, so the row may be there; that the disk then takes nothing says no more. */
static void after_a_doubt_no_refusal_by_the_storage_settles_it(void **state)
{
    static const enum local_reason reasons[] = {LOCAL_FAILING, LOCAL_FULL, LOCAL_READ_ONLY};

    (void)state;
    stage.say = LOCAL_EVENT_REFUSED;
    stage.reason = LOCAL_UNCONFIRMED;
    begin_save(1000);
    assert_int_equal(step(1000), COURIER_NOTHING);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        stage.reason = reasons[i];
        assert_int_equal(step(courier_deadline_ms(&stage.courier)), COURIER_NOTHING);
    }
    assert_int_equal(stage.saves, 4);
    assert_int_equal(step_until(1000 + COURIER_PATIENCE_MS), COURIER_UNCONFIRMED);
    stage.say = LOCAL_EVENT_SAVED;
    assert_int_equal(step_until(1000 + 2 * COURIER_PATIENCE_MS), COURIER_SAVED);
}

/* help-sync died with the save in its hands; the next one finds the disk full. */
static void a_lost_answer_is_a_doubt_as_well(void **state)
{
    (void)state;
    stage.silent = true;
    begin_save(1000);
    assert_int_equal(step(1000), COURIER_NOTHING);
    local_server_finish(&stage.server);
    assert_int_equal(step(1001), COURIER_NOTHING);
    assert_int_equal(local_server_init(&stage.server, stage.path, 0600), ERR_OK);
    stage.silent = false;
    stage.say = LOCAL_EVENT_REFUSED;
    stage.reason = LOCAL_FULL;
    assert_int_equal(step_until(1000 + COURIER_PATIENCE_MS), COURIER_UNCONFIRMED);
    assert_true(stage.saves > 1);
    stage.say = LOCAL_EVENT_SAVED;
    assert_int_equal(step_until(1000 + 2 * COURIER_PATIENCE_MS), COURIER_SAVED);
}

/* Stopped, or waiting for a disk that hangs: it takes the question and says nothing. */
static void a_service_that_is_silent_is_away(void **state)
{
    (void)state;
    stage.silent = true;
    courier_ask_status(&stage.courier);
    assert_int_equal(step(1000), COURIER_NOTHING);
    assert_int_equal(courier_deadline_ms(&stage.courier), 1000 + COURIER_STATUS_PATIENCE_MS);
    assert_int_equal(step(1000 + COURIER_STATUS_PATIENCE_MS - 1), COURIER_NOTHING);
    assert_int_equal(step(1000 + COURIER_STATUS_PATIENCE_MS), COURIER_AWAY);
    assert_int_equal(step(1000 + COURIER_STATUS_PATIENCE_MS + 1), COURIER_NOTHING);
    assert_int_equal(courier_deadline_ms(&stage.courier), INT64_MAX);
    stage.silent = false;
    assert_int_equal(step(1000 + COURIER_STATUS_PATIENCE_MS + 2), COURIER_STATUS);
}

static void one_sign_up_at_a_time(void **state)
{
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    struct id record = id_make(&env_system);

    (void)state;
    stage.silent = true;
    begin_save(1000);
    assert_int_equal(courier_save(&stage.courier, &record, str_of("{}"), scratch, false, 1000),
                     ERR_BUSY);
}

static void nothing_is_sealed_before_a_key_is_known(void **state)
{
    static unsigned char scratch[SEAL_INSIDE_BYTES];
    struct id record = id_make(&env_system);

    (void)state;
    stage.courier.status.enrolled = false;
    assert_int_equal(courier_save(&stage.courier, &record, str_of("{}"), scratch, false, 0),
                     ERR_UNAVAILABLE);
}

static void a_service_that_is_away_is_said(void **state)
{
    (void)state;
    local_server_finish(&stage.server);
    courier_ask_status(&stage.courier);
    assert_int_equal(step_until(1000), COURIER_AWAY);
    assert_int_equal(local_server_init(&stage.server, stage.path, 0600), ERR_OK);
    enum courier_news news = COURIER_NOTHING;
    for (int64_t now = 0; now <= 10000 && news != COURIER_STATUS; now += 500)
        news = step(now);
    assert_int_equal(news, COURIER_STATUS);
}

/* Restarted while nobody asked: the first patient after that is not sent away. */
static void a_service_that_came_back_is_not_away(void **state)
{
    (void)state;
    courier_ask_status(&stage.courier);
    assert_int_equal(step_until(1000), COURIER_STATUS);
    local_server_finish(&stage.server);
    assert_int_equal(local_server_init(&stage.server, stage.path, 0600), ERR_OK);
    courier_ask_status(&stage.courier);
    assert_int_equal(step_until(2000), COURIER_STATUS);
}

/* A stick takes longer than help-sync's answers may: it is begun once and then only asked for. */
static void a_stick_is_asked_for_until_it_has_ended(void **state)
{
    (void)state;
    courier_save_to_stick(&stage.courier, "/media/stick", 1000);
    enum courier_news news = step(1000);
    int64_t now = 1000;
    while (news == COURIER_NOTHING && now < 100000) {
        assert_true(courier_deadline_ms(&stage.courier) > now);
        now = courier_deadline_ms(&stage.courier);
        news = step(now);
    }
    assert_int_equal(news, COURIER_ERRAND);
    assert_int_equal(stage.courier.answer.carry.state, CARRY_DONE);
    assert_int_equal(stage.courier.answer.carry.written, 7);
    assert_int_equal(stage.carried, 4);
    assert_string_equal(stage.stick, "/media/stick;;;;");
}

static void a_stick_with_a_silent_service_is_given_up(void **state)
{
    (void)state;
    stage.silent = true;
    courier_save_to_stick(&stage.courier, "/media/stick", 1000);
    assert_int_equal(step(1000), COURIER_NOTHING);
    assert_int_equal(step(1000 + COURIER_STATUS_PATIENCE_MS), COURIER_NO_ERRAND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sign_up_is_saved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_asks_again_by_the_same_id_after_a_restart, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(silence_is_called_not_confirmed_and_may_still_end_well,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(full_is_not_asked_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(after_a_doubt_no_refusal_by_the_storage_settles_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_lost_answer_is_a_doubt_as_well, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_service_that_is_silent_is_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_sign_up_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_is_asked_for_until_it_has_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_with_a_silent_service_is_given_up, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_sealed_before_a_key_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_service_that_is_away_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_service_that_came_back_is_not_away, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
