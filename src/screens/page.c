/*
 * A page of the form, whatever it asks: rows to choose from, fields with their keyboard, boxes to
 * tick, or words to read. The form says which; the words and their order are the form's.
 */
#include <stddef.h>
#include <string.h>

#include "base/wipe.h"
#include "screens/chrome.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"
#include "signup/birth_date.h"
#include "ui/blocks.h"

static const struct item *page_item(const struct model *model)
{
    return &journey_form(model)->items[model->page];
}

static bool is_open(const struct model *model, int item)
{
    return !journey_form(model)->items[item].hidden &&
           answers_enabled(journey_form(model), &model->secret->answers, item);
}

static const char *error_of(const struct model *model, int item)
{
    for (int i = 0; i < model->problems.count; i++) {
        if (model->problems.at[i].item == item)
            return say(model, problem_message(journey_form(model), model->problems.at[i]));
    }
    return NULL;
}

/* A view of what is typed, in the frame's arena; the arena is wiped with the session. */
static const char *typed_text(struct ui *ui, struct str text)
{
    const char *copy = arena_copy(ui->arena, text);

    if (copy == NULL)
        ui->scene->overflow = true;
    return copy == NULL ? "" : copy;
}

/* --- blocks of a question ------------------------------------------------------------------- */

static void add_choices(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    const struct item *i = &journey_form(model)->items[item];
    bool dense = i->option_count > (ui->portrait ? 5 : 4);

    for (int o = 0; o < i->option_count; o++) {
        struct block *block = blocks_add(ui, blocks, BLOCK_CHOICE, dense ? 16 : 20);
        block->dense = dense;
        block->choice = (struct choice){.id = {ID_OPTION, item * LIMIT_OPTIONS + o},
                                        .label = say(model, i->options[o].text),
                                        .second = i->options[o].second_line == NULL
                                                      ? NULL
                                                      : say(model, i->options[o].second_line),
                                        .icon = i->options[o].icon,
                                        .icon2 = i->options[o].icon2,
                                        .box = i->repeats,
                                        .chosen = answers_chosen(&model->secret->answers, item, o)};
    }
}

/* A box to tick: an agreement, bold, with its smaller second line; elsewhere set apart. */
static void add_tick(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    const struct item *i = &journey_form(model)->items[item];
    bool agreement = page_item(model)->page_kind == PAGE_CONSENT;

    if (!agreement && blocks->count > 0)
        blocks->at[blocks->count - 1].gap = 48;
    struct block *block = blocks_add(ui, blocks, BLOCK_CHOICE, 16);
    block->dense = true;
    /* Agreements are seen together where a sheet has room for them. */
    block->keep = true;
    block->choice =
        (struct choice){.id = {ID_OPTION, item * LIMIT_OPTIONS},
                        .label = say(model, i->text),
                        .second = i->second_line == NULL ? NULL : say(model, i->second_line),
                        .box = true,
                        .bold = agreement,
                        .chosen = answers_boolean(&model->secret->answers, item)};
}

static struct field field_of(const struct model *model, struct ui *ui, int item)
{
    const struct item *i = &journey_form(model)->items[item];
    const char *label = i->text[0] != '\0' ? i->text : page_item(model)->text;

    return (struct field){.id = {ID_FIELD, item * 4},
                          .label = say(model, label),
                          .value = typed_text(ui, answers_text(&model->secret->answers, item)),
                          .error = error_of(model, item),
                          .active = model->field == item};
}

static void add_date(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    static const char *const labels[] = {N_("Day"), N_("Month"), N_("Year")};
    static const int widths[] = {200, 200, 300};
    struct block *block = blocks_add(ui, blocks, BLOCK_FIELDS, 24);
    struct birth_date_parts parts;

    birth_date_split(answers_text(&model->secret->answers, item), &parts);
    const char *const texts[] = {parts.day, parts.month, parts.year};
    block->text = error_of(model, item);
    block->field_count = 3;
    for (int p = 0; p < 3; p++) {
        block->fields[p] = (struct field){.id = {ID_FIELD, item * 4 + p},
                                          .label = say(model, labels[p]),
                                          .value = typed_text(ui, str_of(texts[p])),
                                          .width = widths[p],
                                          .active = model->field == item && model->part == p};
    }
    /* Read back in words as it is typed: "14 March 195_". */
    uint64_t month = 0;
    const char *name = str_to_u64(str_of(parts.month), 12, &month) && month > 0
                           ? date_month_name((int)month)
                           : NULL;
    if (name != NULL && parts.day[0] != '\0') {
        char year[BIRTH_DATE_PART + 18];
        /* Isolated (U+2068, U+2069), or the places left to fill would stand before the digits; bold
           while it is typed. */
        const char *bold = model->field == item && model->part == 2 ? "**" : "";
        snprintf(year, sizeof year, "\xE2\x81\xA8%s%s%.*s%s\xE2\x81\xA9", bold, parts.year,
                 strlen(parts.year) < 4 ? (int)(4 - strlen(parts.year)) : 0, "____", bold);
        const char *back = say_with(
            model, ui, N_("{day} {month} {year}"),
            (const char *const[]){"day", parts.day, "month", say(model, name), "year", year, NULL});
        blocks_add_text(ui, blocks, BLOCK_TIP, "calendar", back, 16)->optional = true;
        wipe(year, sizeof year);
    }
    wipe(&parts, sizeof parts);
}

static void add_digits(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    static const int groups[] = {3, 3, 4, 0};
    struct block *block = blocks_add(ui, blocks, BLOCK_DIGITS, 32);

    block->groups = groups;
    block->fields[0] = field_of(model, ui, item);
}

static void add_field(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    const struct item *i = &journey_form(model)->items[item];

    if (i->field_kind == FIELD_BIRTH_DATE || i->type == ITEM_DATE)
        add_date(model, ui, blocks, item);
    else if (i->field_kind == FIELD_NHS_NUMBER)
        add_digits(model, ui, blocks, item);
    else
        blocks_add(ui, blocks, BLOCK_FIELD, 32)->fields[0] = field_of(model, ui, item);
    if (i->skip_label != NULL) {
        /* Beside other fields, or in large text, it is a small one: the page stays whole. */
        bool alone = blocks->count == 1 && ui->settings.text_percent == 100;
        struct block *block = blocks_add(ui, blocks, BLOCK_BUTTON, 24);
        block->button = (struct button){.id = {ID_DONT_KNOW, item},
                                        .label = say(model, i->skip_label),
                                        .icon = "next",
                                        .icon_after = true,
                                        .look = alone ? BUTTON_SECONDARY : BUTTON_CHANGE};
    }
}

static struct button privacy_button(const struct model *model)
{
    return (struct button){.id = {ID_PRIVACY, 0},
                           .label = say(model, N_("Read the full privacy notice")),
                           .icon = "letter",
                           .look = BUTTON_CHANGE};
}

/* What the patient agrees about, in a card: the form's words that are no prompt, in their order. */
static void add_consent_card(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    static const char *const icons[CARD_LINES] = {"lock", "people", "undo", "info"};
    struct block *block = blocks_add(ui, blocks, BLOCK_CARD, 32);
    struct info_card *card = &block->card;

    for (int i = model->page + 1; i < journey_form(model)->items[model->page].end; i++) {
        const struct item *item = &journey_form(model)->items[i];
        if (item->type == ITEM_DISPLAY && item->control != CONTROL_PROMPT &&
            card->count < CARD_LINES) {
            card->icons[card->count] = icons[card->count];
            card->lines[card->count++] = say(model, item->text);
        }
    }
    card->button = privacy_button(model);
}

/* In large text the card's lines and button stand by themselves, so that they can be parted. */
static void part_consent_card(struct ui *ui, struct blocks *blocks)
{
    struct info_card card = blocks->at[blocks->count - 1].card;

    blocks->count--;
    for (int i = 0; i < card.count; i++)
        blocks_add_text(ui, blocks, BLOCK_ROW, card.icons[i], card.lines[i], 16);
    blocks_add(ui, blocks, BLOCK_BUTTON, 32)->button = card.button;
}

static void add_consent_heading(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    struct block *block = blocks_add_text(ui, blocks, BLOCK_HEADING, NULL,
                                          say(model, N_("Tick each thing you agree to")), 2);

    block->look = LOOK_H2;
    block->keep = true;
    for (int i = model->page + 1; i < journey_form(model)->items[model->page].end; i++) {
        const struct item *item = &journey_form(model)->items[i];
        if (item->type != ITEM_DISPLAY || item->control != CONTROL_PROMPT)
            continue;
        block = blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, say(model, item->text), 16);
        block->look = LOOK_NOTE;
        block->keep = true;
    }
}

static void add_words(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    const struct item *i = &journey_form(model)->items[item];
    bool reads =
        page_item(model)->page_kind == PAGE_NOTICE || page_item(model)->page_kind == PAGE_WAY_OUT;

    if (i->control == CONTROL_PROMPT) {
        /* A tip is worth no sheet of its own. */
        blocks_add(ui, blocks, BLOCK_SPACE, 0)->optional = true;
        blocks_add_text(ui, blocks, BLOCK_TIP, i->icon == NULL ? "help" : i->icon,
                        say(model, i->text), 16)
            ->optional = true;
    } else if (reads) {
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL, say(model, i->text), 28)->look = LOOK_LEDE;
    } else {
        blocks_add_text(ui, blocks, BLOCK_ROW, i->icon == NULL ? "info" : i->icon,
                        say(model, i->text), 28);
    }
}

/* The programme's address, to take home: as people write it, and as a square for their phone. */
static void add_address(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    struct str address = str_of(model->pack->address + strlen("https://"));

    address.len--; /* the / at its end */
    blocks_add(ui, blocks, BLOCK_CODE, 32)->code = (struct code_card){
        .id = {ID_REFERENCE, 0},
        .title = say(model, N_("Take it home")),
        .reference = typed_text(ui, address),
        .text = say(model, N_("Point your phone’s camera at the square, or write this down.")),
        .qr_text = model->pack->address};
}

/* A way out never ends in nothing: it says where else help is. */
static void add_other_help(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct pack_page *page = pack_page(model->pack, "way-out");
    struct block *heading;

    if (page == NULL)
        return;
    heading = blocks_add_text(ui, blocks, BLOCK_HEADING, NULL, say(model, page->title), 20);
    heading->look = LOOK_H2;
    heading->keep = true;
    for (int i = 0; i < page->line_count; i++)
        blocks_add_text(ui, blocks, BLOCK_ROW,
                        page->lines[i].icon == NULL ? "info" : page->lines[i].icon,
                        say(model, page->lines[i].text), 20);
}

static void add_question(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    if (journey_form(model)->items[item].type == ITEM_BOOLEAN)
        add_tick(model, ui, blocks, item);
    else if (typing_is_field(journey_form(model), item))
        add_field(model, ui, blocks, item);
    else
        add_choices(model, ui, blocks, item);
}

/* Everything below the heading, in the form's order; the hint belongs to the heading. */
static const char *build(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct questionnaire *q = journey_form(model);
    bool consent = page_item(model)->page_kind == PAGE_CONSENT;
    /* Where an agreement is missing, the card was read: what is to be mended comes first. */
    bool mends = consent && model->problems.count > 0;
    const char *hint = NULL;

    if (consent && !mends) {
        add_consent_card(model, ui, blocks);
        if (ui->settings.text_percent > 100)
            part_consent_card(ui, blocks);
    }
    if (consent)
        add_consent_heading(model, ui, blocks);
    for (int i = model->page + 1; i < q->items[model->page].end; i++) {
        const struct item *item = &q->items[i];
        bool words = item->type == ITEM_DISPLAY;
        if (!is_open(model, i) || (consent && words))
            continue;
        if (words && item->control == CONTROL_HELP)
            hint = say(model, item->text);
        else if (words)
            add_words(model, ui, blocks, i);
        else
            add_question(model, ui, blocks, i);
    }
    if (mends)
        blocks_add(ui, blocks, BLOCK_BUTTON, 16)->button = privacy_button(model);
    if (page_item(model)->page_kind == PAGE_WAY_OUT) {
        add_address(model, ui, blocks);
        add_other_help(model, ui, blocks);
    }
    return hint;
}

/* Where the patient typed last, when not all fields have room at once (large text). */
static void keep_active_field(const struct model *model, struct blocks *blocks)
{
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->at[i];
        bool field = block->kind == BLOCK_FIELD;
        if (!field || block->fields[0].id.which / 4 == model->field)
            blocks->at[kept++] = *block;
    }
    blocks->count = kept;
}

/* --- the page around them -----------------------------------------------------------------------
 */

static const char *progress_text(const struct model *model, struct ui *ui, struct progress p)
{
    const struct questionnaire *q = journey_form(model);
    bool optional = q->items[page_item(model)->parent].section_kind == SECTION_EQUALITY;
    const char *text = optional      ? N_("Optional question {n} of {count}")
                       : p.parts > 1 ? N_("Question {n} of {count}, part {part} of {parts}")
                                     : N_("Question {n} of {count}");

    return say_with(model, ui, text,
                    (const char *const[]){
                        "n", number_text(ui, p.section), "count", number_text(ui, p.sections),
                        "part", number_text(ui, p.part), "parts", number_text(ui, p.parts), NULL});
}

static bool can_skip(const struct model *model)
{
    const struct questionnaire *q = journey_form(model);
    bool asks = false;

    for (int i = model->page + 1; i < q->items[model->page].end; i++) {
        if (!item_is_question(&q->items[i]) || !is_open(model, i))
            continue;
        if (q->items[i].required || q->items[i].type == ITEM_BOOLEAN)
            return false;
        asks = true;
    }
    return asks;
}

static struct error_summary problem_of(const struct model *model)
{
    struct error_summary problem = {.id = {ID_PROBLEM, 0},
                                    .title = say(model, N_("There is a problem"))};

    for (int i = 0; i < model->problems.count && i < 4; i++)
        problem.messages[problem.message_count++] =
            say(model, problem_message(journey_form(model), model->problems.at[i]));
    return problem;
}

/* `moved`: a button of the page that found room only here, or NULL. */
static void end(const struct model *model, struct ui *ui, struct rect place,
                const struct button *moved)
{
    const struct item *page = page_item(model);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    bool last = journey_is_last(model, model->page);
    bool optional = journey_form(model)->items[page->parent].section_kind == SECTION_EQUALITY;
    struct button skip = {.id = {ID_SKIP, 0},
                          .label = say(model, N_("Skip these questions")),
                          .icon = "chevron",
                          .icon_after = true,
                          .look = BUTTON_QUIET};
    struct chrome_bottom bottom = {.back = "", .start_again = !model->confirmed};

    if (more) {
        bottom.forward = say(model, N_("More"));
        bottom.forward_icon = "down";
    } else if (page->page_kind == PAGE_WAY_OUT) {
        bottom.forward = say(model, N_("Finish and clear"));
        bottom.forward_icon = "tick";
        bottom.forward_id = (struct element_id){ID_FINISH, 0};
    } else {
        bottom.forward = last ? say(model, N_("Finish")) : say(model, N_("Continue"));
        bottom.forward_icon = last ? "tick" : "next";
    }
    if (optional && !last && !model->changing)
        bottom.quiet = &skip;
    else
        bottom.quiet = moved;
    chrome_end(model, ui, place, &bottom);
}

static struct keyboard_words keyboard_words(const struct model *model)
{
    return (struct keyboard_words){.space = say(model, N_("Space")),
                                   .next = say(model, N_("Next")),
                                   .done = say(model, N_("Done")),
                                   .remove = say(model, N_("Delete")),
                                   .shift = say(model, N_("Capital letters")),
                                   .accents = say(model, N_("Letters with accents"))};
}

/* Room above what stands below the heading. */
#define PAD 40

/* Fields and what belongs to them stand closer together. */
static void close_up(struct blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++) {
        blocks->at[i].gap = 16;
        if (blocks->at[i].kind == BLOCK_BUTTON)
            blocks->at[i].button.look = BUTTON_CHANGE;
    }
}

/* The way on without an answer has its place in the bottom bar, where the page has none. */
static void move_button(struct blocks *blocks, struct button *out_moved)
{
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        if (blocks->at[i].kind != BLOCK_BUTTON)
            blocks->at[kept++] = blocks->at[i];
        else
            *out_moved = blocks->at[i].button;
    }
    out_moved->look = BUTTON_QUIET;
    blocks->count = kept;
}

static int typing_height(struct ui *ui, const struct blocks *blocks, int pad)
{
    return blocks_height(ui, blocks, ui_zone_field_width(ui)) +
           ui_px(ui, ui->portrait ? 2 * pad : pad);
}

/*
 * A page to type on is never split, since the keyboard stays: what matters least goes first. All
 * fields stay as long as there is room: one that is wrong is easier to mend beside one that is
 * right, and says itself what is wrong with it. Returns the height wanted below the heading.
 */
static int make_room(const struct model *model, struct ui *ui, struct blocks *blocks,
                     struct zone *zone, int room_px, struct button *out_moved)
{
    int pad = 32;

    for (int step = 0; step < 9; step++) {
        if (ui_zone_least(ui, zone) + typing_height(ui, blocks, pad) <= room_px)
            break;
        switch (step) {
        case 0:
            zone->hint = NULL;
            break;
        case 1:
            close_up(blocks);
            break;
        case 2:
            zone->problem = NULL;
            break;
        case 3:
            zone->small_heading = true;
            break;
        case 4:
            blocks_leave_out_optional(blocks);
            break;
        case 5:
            keep_active_field(model, blocks);
            break;
        case 6:
            zone->progress = NULL;
            zone->note = NULL;
            break;
        case 7:
            pad = 8;
            break;
        case 8:
            move_button(blocks, out_moved);
            break;
        }
    }
    return typing_height(ui, blocks, pad);
}

static void view_typing(const struct model *model, struct ui *ui, struct rect area,
                        struct zone *zone, struct blocks *blocks, struct button *out_moved)
{
    enum keyboard keyboard = typing_keyboard(journey_form(model), model->field);
    int keys_h = ui->portrait ? keyboard_height_px(ui, keyboard) : 0;
    int need = make_room(model, ui, blocks, zone, area.h - keys_h, out_moved);
    struct panels panels = ui_zone(ui, area, zone, need, keys_h);
    struct keyboard_words words = keyboard_words(model);
    struct rect body = panels.fields;
    int spare = body.h - blocks_height(ui, blocks, body.w);
    int pad = ui_px(ui, ui->portrait ? PAD : 16);

    rect_cut_top(&body, spare < 2 * pad ? spare / 2 : pad);
    blocks_view(ui, body, blocks, 0);
    ui->scene->page_count = 1;
    keyboard_view(ui, panels.touch,
                  &(struct keyboard_state){.keyboard = keyboard,
                                           .what = ID_KEY,
                                           .shift = model->shift,
                                           .accents = model->accents,
                                           .last = typing_is_last(model)},
                  &words);
}

static void view_rows(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                      struct blocks *blocks)
{
    int pad = ui_px(ui, PAD);
    int height = blocks_height(ui, blocks, ui_zone_field_width(ui));
    /* A full page has less room above and below, so that the sun has its place. */
    int need = ui->portrait ? height + ui_px(ui, 2 * 20) : 0;

    ui_zone_fit(ui, zone, area.h);
    struct panels panels = ui_zone(ui, area, zone, need, 0);
    struct rect body = ui->portrait ? panels.fields : chrome_inset(ui, panels.touch);
    int spare = body.h - height;

    if (ui->portrait && spare < 2 * pad)
        pad = spare > 0 ? spare / 2 : ui_px(ui, 20);
    rect_cut_top(&body, pad);
    blocks_view(ui, body, blocks, model->sheet);
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks; /* too large for the stack; filled anew each time */
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct progress p = answers_progress(journey_form(model), &model->secret->answers, model->page);
    struct error_summary problem = problem_of(model);
    struct button moved = {.label = NULL};

    blocks.count = 0;
    const char *hint = build(model, ui, &blocks);
    struct zone zone = {.progress = progress_text(model, ui, p),
                        .note = can_skip(model) ? say(model, N_("You can skip this")) : NULL,
                        .sun = p.section,
                        .sun_of = p.sections,
                        .heading = say(model, page_item(model)->text),
                        .hint = hint,
                        .problem = model->problems.count > 0 ? &problem : NULL};
    if (model->field != QUESTIONNAIRE_NONE)
        view_typing(model, ui, area, &zone, &blocks, &moved);
    else
        view_rows(model, ui, area, &zone, &blocks);
    end(model, ui, place, moved.label != NULL ? &moved : NULL);
}

/* What was on the screen when the agreements were accepted is part of their evidence. */
static void go_on(struct model *model, struct effects *effects)
{
    int page = model->page;
    bool agreements = page_item(model)->page_kind == PAGE_CONSENT;

    journey_forward(model, effects);
    if (agreements && (model->screen != SCREEN_PAGE || model->page != page))
        model->agreed_in = model->language;
}

static void touch_option(struct model *model, int which)
{
    const struct questionnaire *q = journey_form(model);
    struct answers *a = &model->secret->answers;
    int item = which / LIMIT_OPTIONS;

    if (q->items[item].type == ITEM_BOOLEAN)
        answers_set_boolean(q, a, item, !answers_boolean(a, item));
    else
        answers_toggle(q, a, item, which % LIMIT_OPTIONS);
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    switch (id.what) {
    case ID_CONTINUE:
        go_on(model, effects);
        break;
    case ID_BACK:
        journey_back(model, effects);
        break;
    case ID_OPTION:
        touch_option(model, id.which);
        break;
    case ID_FIELD:
        typing_to_part(model, id.which / 4, id.which % 4);
        break;
    case ID_KEY:
        if (typing_key(model, id.which) == TYPED_DONE)
            journey_forward(model, effects);
        break;
    case ID_DONT_KNOW:
        answers_skip(&model->secret->answers, id.which);
        journey_forward(model, effects);
        break;
    case ID_PROBLEM:
        model->sheet = 0;
        if (model->problems.count > 0)
            typing_to_problem(model, model->problems.at[0]);
        break;
    case ID_PRIVACY:
        model->under = model->screen;
        model->screen = SCREEN_PRIVACY;
        model->sheet = 0;
        break;
    case ID_SKIP:
        journey_skip_optional(model, effects);
        break;
    case ID_FINISH:
        effects->end_session = true;
        break;
    default:
        break;
    }
}

const struct screen screen_page = {view, activate, IDLE_ASKS};
