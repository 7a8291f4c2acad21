/*
 * The staff panel (mock-up 15): how many signed up, what waits, what needs somebody, this practice
 * beside the middle one, and what staff can do. It never shows what a patient typed.
 */
#include <inttypes.h>
#include <stddef.h>

#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/staff_panel.h"
#include "screens/words.h"

/* Between the parts of the panel: all of them stand on one screen. */
#define GAP 16

static int small(uint64_t n)
{
    return n > 1000000 ? 1000000 : (int)n;
}

static struct tile today_tile(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;

    return (struct tile){
        .label = say(model, N_("Sign-ups today")),
        .value = number_text(ui, small(r->made_today)),
        .large = true,
        .note = say_number(model, ui, NP_("{n} with help from staff", "{n} with help from staff"),
                           small(r->assisted_today))};
}

static struct tile waiting_tile(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;

    return (struct tile){
        .label = say(model, N_("Waiting to send")),
        .value = number_text(ui, small(r->waiting)),
        .large = true,
        .note = r->waiting > 0
                    ? say(model, N_("Safe on this kiosk"))
                    : say_number(model, ui, NP_("{n} sign-up this week", "{n} sign-ups this week"),
                                 small(r->made_week))};
}

static struct tile sent_tile(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;
    struct tile tile = {.label = say(model, N_("Last sent")),
                        .value = say(model, N_("Nothing yet")),
                        /* TRANSLATORS: nothing was sent since then. */
                        .note = say(model, N_("Since the kiosk was started"))};

    if (r->last_sent_ms == 0)
        return tile;
    tile.value = say_with(
        model, ui, N_("{time} ago"),
        (const char *const[]){"time", duration_text(model, ui, r->now_ms - r->last_sent_ms), NULL});
    tile.note =
        /* TRANSLATORS: "4 sign-ups at 11:28". */
        say_with(model, ui, N_("{count} at {time}"),
                 (const char *const[]){"count",
                                       say_number(model, ui, NP_("{n} sign-up", "{n} sign-ups"),
                                                  small(r->last_sent_count)),
                                       "time", time_text(ui, &r->last_sent), NULL});
    return tile;
}

static struct tile link_tile(const struct model *model, struct ui *ui)
{
    const struct report *r = &model->device.report;
    bool connected = model->device.connected;

    return (struct tile){
        .label = say(model, N_("Connection")),
        .icon = connected ? "wifi" : "nowifi",
        .value = connected ? say(model, N_("Connected")) : say(model, N_("Not connected")),
        .good = connected,
        .note = r->next_send_ms < 0
                    ? say(model, N_("Sends when it can"))
                    : say_with(model, ui, N_("Next send in {time}"),
                               (const char *const[]){
                                   "time", duration_text(model, ui, r->next_send_ms), NULL})};
}

static void add_tiles(const struct model *model, struct ui *ui, struct blocks *blocks, bool pairs)
{
    struct tile tiles[4] = {today_tile(model, ui), waiting_tile(model, ui), sent_tile(model, ui),
                            link_tile(model, ui)};

    for (int i = 0; i < 4; i += pairs ? 2 : 1) {
        struct block *block = blocks_add(ui, blocks, BLOCK_TILES, GAP);
        block->tiles[0] = tiles[i];
        if (pairs)
            block->tiles[1] = tiles[i + 1];
    }
}

/* A median may lie between two practices: 4.5. */
static const char *tenths_text(const struct model *model, struct ui *ui, uint64_t tenths)
{
    const char *whole = number_text(ui, small(tenths / 10));

    if (tenths % 10 == 0)
        return whole;
    /* TRANSLATORS: a number with one decimal place, "4.5", with the sign of your language. */
    return say_with(
        model, ui, N_("{whole}.{tenth}"),
        (const char *const[]){"whole", whole, "tenth", number_text(ui, (int)(tenths % 10)), NULL});
}

static void add_bars(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct report *r = &model->device.report;
    int64_t own = (int64_t)small(r->feedback.own) * 10;
    int64_t median = (int64_t)small(r->feedback.median_tenths);
    /* Whole sign-ups, in the practice's favour: 4.5 to reach 4.5 from 0 is 5. */
    int ahead = (int)((own - median) / 10);
    int behind = (int)((median - own + 9) / 10);
    const char *sentence;

    if (!r->feedback.known)
        return;
    if (own == median || (own > median && ahead == 0))
        /* TRANSLATORS: "the middle practice" is the median of the area's practices. */
        sentence = say(model, N_("You are level with the middle practice. Thank you."));
    else if (own > median)
        sentence = say_number(model, ui,
                              NP_("You are **{n} ahead** of the middle practice. Thank you.",
                                  "You are **{n} ahead** of the middle practice. Thank you."),
                              ahead);
    else
        sentence = say_number(model, ui,
                              NP_("{n} more sign-up would reach the middle practice.",
                                  "{n} more sign-ups would reach the middle practice."),
                              behind);
    struct block *block = blocks_add(ui, blocks, BLOCK_BARS, GAP);
    block->optional = true;
    block->bars = (struct bars){
        .title = say(model, N_("Sign-ups this month")),
        .aside = say_number(model, ui, NP_("{n} practice", "{n} practices"),
                            small(r->feedback.practices)),
        .own = {say(model, N_("This practice")), number_text(ui, small(r->feedback.own)), (int)own},
        /* TRANSLATORS: beside a bar; narrow. */
        .median = {say(model, N_("Area median")), tenths_text(model, ui, r->feedback.median_tenths),
                   (int)median},
        .sentence = sentence};
}

static void add_problems(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    struct staff_problem problems[STAFF_PROBLEMS];
    int count = staff_problems(model, ui, problems);

    for (int i = 0; i < count; i++)
        blocks_add_text(ui, blocks, BLOCK_NOTE, "alert",
                        say_with(model, ui, N_("**{problem}** {remedy}"),
                                 (const char *const[]){"problem", problems[i].text, "remedy",
                                                       problems[i].remedy, NULL}),
                        20);
}

static void add_deeds(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct report *r = &model->device.report;

    if (model->device.readiness == READY_YES) {
        struct block *help = blocks_add(ui, blocks, BLOCK_BUTTON, GAP);
        help->button = (struct button){.id = {ID_DEED, DEED_HELP_PATIENT},
                                       .label = say(model, N_("Help a patient sign up")),
                                       .icon = "people",
                                       .look = BUTTON_PRIMARY};
    }
    staff_add_deed(
        ui, blocks,
        (struct deed){.id = {ID_DEED, DEED_SEND_NOW},
                      .icon = "send",
                      .label = say(model, N_("Send now")),
                      .second = model->staff.sending
                                    ? say(model, N_("Sending"))
                                    : say_number(model, ui, NP_("{n} waiting", "{n} waiting"),
                                                 small(r->waiting))});
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_STICK},
                                 .icon = "usb",
                                 .label = say(model, N_("Save to USB stick")),
                                 /* TRANSLATORS: what is saved: only the server can open it. */
                                 .second = say(model, N_("Locked file"))});
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_LOOK_UP},
                                 .icon = "search",
                                 .label = say(model, N_("Look up a reference")),
                                 /* TRANSLATORS: what looking up a reference shows. */
                                 .second = say(model, N_("Its status, nothing more"))});
    staff_add_deed(
        ui, blocks,
        (struct deed){.id = {ID_DEED, DEED_CLEANING},
                      .icon = "clean",
                      .label = say(model, N_("Cleaning mode")),
                      .second = say_number(
                          model, ui, NP_("Screen off for {n} second", "Screen off for {n} seconds"),
                          STAFF_CLEANING_S)});
    staff_add_deed(ui, blocks,
                   (struct deed){.id = {ID_DEED, DEED_TOOLS},
                                 .icon = "settings",
                                 .label = say(model, N_("Settings")),
                                 .second = say(model, N_("Practice run, sound, self-test"))});
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    static struct blocks beside;
    const struct device *d = &model->device;
    struct block *block;

    blocks.count = 0;
    beside.count = 0;
    block = blocks_add_text(
        ui, &blocks, BLOCK_HEADING, NULL,
        d->practice_name[0] != '\0' ? d->practice_name : say(model, N_("Staff panel")), 4);
    block->look = LOOK_H1;
    block->keep = true;
    /* What help-sync does not tell is not made up. */
    block = blocks_add_text(
        ui, &blocks, BLOCK_TEXT, NULL,
        d->report.known
            ? say_with(model, ui, N_("Staff panel · {time}"),
                       (const char *const[]){"time", moment_text(model, ui, &d->report.now), NULL})
            : say(model, N_("Staff panel")),
        24);
    block->look = LOOK_NOTE;
    block->keep = true;
    add_problems(model, ui, &blocks);
    if (d->report.known) {
        add_tiles(model, ui, &blocks, ui->settings.text_percent <= 125);
        add_bars(model, ui, &blocks);
    }
    add_deeds(model, ui, &beside);
    if (!ui->portrait) {
        /* Upright it would take the room of the bars. */
        block = blocks_add_text(ui, &beside, BLOCK_TEXT, NULL,
                                say_number(model, ui,
                                           NP_("Locks by itself after {n} minute.",
                                               "Locks by itself after {n} minutes."),
                                           STAFF_PATIENCE_MS / 60000),
                                0);
        block->look = LOOK_SMALL;
        block->optional = true;
    }
    staff_page(model, ui, &blocks, &beside, false);
}

static void do_deed(struct model *model, int which, struct effects *effects)
{
    switch (which) {
    case DEED_HELP_PATIENT:
        journey_begin(model, false, true);
        break;
    case DEED_SEND_NOW:
        model->staff.sending = true;
        effects->send_now = true;
        break;
    case DEED_STICK:
        /* One that is at work goes on behind any screen. */
        if (model->staff.stick.state != STICK_WORKING)
            model->staff.stick = (struct stick){STICK_NOT_ASKED, 0, 0};
        staff_show(model, SCREEN_STAFF_STICK);
        break;
    case DEED_LOOK_UP:
        model->staff.look_up = LOOK_UP_TYPED;
        staff_show(model, SCREEN_LOOK_UP);
        break;
    case DEED_CLEANING:
        staff_show(model, SCREEN_CLEANING);
        break;
    case DEED_TOOLS:
        staff_show(model, SCREEN_STAFF_TOOLS);
        break;
    default:
        break;
    }
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_DEED:
        do_deed(model, id.which, effects);
        break;
    case ID_CONTINUE:
        model->sheet++;
        break;
    case ID_BACK:
        model->sheet--;
        break;
    case ID_STAFF_LEAVE:
        effects->end_session = true;
        break;
    default:
        break;
    }
}

const struct screen screen_staff = {
    .view = view, .activate = activate, .idle = IDLE_LOCKS, .wants_status = true};
