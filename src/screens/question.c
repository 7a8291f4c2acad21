/* What a page of the form says, as blocks: see question.h. */
#include "screens/question.h"

#include <string.h>

#include "base/wipe.h"
#include "screens/ids.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"
#include "signup/birth_date.h"

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
    bool agreement = journey_page(model)->page_kind == PAGE_CONSENT;

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
    const char *label = i->text[0] != '\0' ? i->text : journey_page(model)->text;

    return (struct field){.id = {ID_FIELD, item * 4},
                          .label = say(model, label),
                          .value = typed_text(ui, answers_text(&model->secret->answers, item)),
                          .error = error_of(model, item),
                          .active = model->field == item,
                          .hidden = model->hidden};
}

static void add_date(const struct model *model, struct ui *ui, struct blocks *blocks, int item)
{
    /* TRANSLATORS: above the three fields of a date of birth, side by side; narrow. */
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
                                          .hidden = model->hidden,
                                          .width = widths[p],
                                          .active = model->field == item && model->part == p};
    }
    /* Read back in words as it is typed: "14 March 195_". */
    uint64_t month = 0;
    const char *name = str_to_u64(str_of(parts.month), 12, &month) && month > 0
                           ? date_month_name((int)month)
                           : NULL;
    if (!model->hidden && name != NULL && parts.day[0] != '\0') {
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
    bool reads = journey_page(model)->page_kind == PAGE_NOTICE ||
                 journey_page(model)->page_kind == PAGE_WAY_OUT;

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

const char *question_blocks(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    const struct questionnaire *q = journey_form(model);
    bool consent = journey_page(model)->page_kind == PAGE_CONSENT;
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
        if (!journey_is_open(model, i) || (consent && words))
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
    if (journey_page(model)->page_kind == PAGE_WAY_OUT) {
        add_address(model, ui, blocks);
        add_other_help(model, ui, blocks);
    }
    return hint;
}
