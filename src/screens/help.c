/*
 * Help and settings: who can help, and how the screen can be made to fit. It lies over whatever
 * screen was there; answers stay. A setting is a row of the table and works at once.
 */
#include "screens/help.h"

#include <stddef.h>
#include <string.h>

#include "screens/chrome.h"
#include "screens/words.h"
#include "ui/blocks.h"

/* --- the settings ------------------------------------------------------------------------------
 */

static const char *const text_words[COMFORT_TEXT_SIZES] = {N_("Normal"), N_("Large"), N_("Larger"),
                                                           N_("Largest")};

static const char *const scheme_words[SCHEME_COUNT] = {
    [SCHEME_STANDARD] = N_("Usual colours"),
    [SCHEME_BLACK_ON_WHITE] = N_("Black on white"),
    [SCHEME_WHITE_ON_BLACK] = N_("White on black"),
    [SCHEME_YELLOW_ON_BLACK] = N_("Yellow on black"),
};
static const int scheme_values[SCHEME_COUNT] = {SCHEME_STANDARD, SCHEME_BLACK_ON_WHITE,
                                                SCHEME_WHITE_ON_BLACK, SCHEME_YELLOW_ON_BLACK};

const char *help_text_word(const struct model *model)
{
    int at = 0;

    while (at + 1 < COMFORT_TEXT_SIZES && comfort_text_sizes[at] != model->comfort.text_percent)
        at++;
    return text_words[at];
}

const char *help_scheme_word(const struct model *model)
{
    return scheme_words[model->comfort.scheme];
}

const struct setting help_settings[] = {
    {.label = N_("Text size"),
     .offset = offsetof(struct model, comfort.text_percent),
     .choices = text_words,
     .values = comfort_text_sizes,
     .choice_count = COMFORT_TEXT_SIZES},
    {.label = N_("Colours"),
     .offset = offsetof(struct model, comfort.scheme),
     .choices = scheme_words,
     .values = scheme_values,
     .choice_count = SCHEME_COUNT},
    {.label = N_("Lower the buttons"),
     .second = N_("They are easier to reach from a chair."),
     .offset = offsetof(struct model, comfort.low_reach)},
    {.label = N_("Less movement"),
     .second = N_("Nothing on the screen blinks."),
     .offset = offsetof(struct model, comfort.still)},
    {.label = N_("Hide my answers"),
     .second = N_("Others see dots in place of what you type."),
     .offset = offsetof(struct model, hidden)},
};
const int help_setting_count = sizeof help_settings / sizeof *help_settings;

static bool is_switch(const struct setting *setting)
{
    return setting->choice_count == 0;
}

bool help_is_chosen(const struct model *model, int which)
{
    const struct setting *setting = &help_settings[which / HELP_CHOICES];
    const char *field = (const char *)model + setting->offset;
    bool on;
    int value;

    if (is_switch(setting)) {
        memcpy(&on, field, sizeof on);
        return on;
    }
    memcpy(&value, field, sizeof value);
    return value == setting->values[which % HELP_CHOICES];
}

void help_choose(struct model *model, int which)
{
    const struct setting *setting = &help_settings[which / HELP_CHOICES];
    char *field = (char *)model + setting->offset;

    if (is_switch(setting)) {
        bool on = !help_is_chosen(model, which);
        memcpy(field, &on, sizeof on);
    } else {
        memcpy(field, &setting->values[which % HELP_CHOICES], sizeof(int));
    }
}

/* --- the screen --------------------------------------------------------------------------------
 */

/* The narrowest that a column of choices may get, in units of text. */
#define COLUMN 420
/* As close as targets may be, so that all settings are seen at once. */
#define GAP 16

static struct choice choice_of(const struct model *model, int which)
{
    const struct setting *setting = &help_settings[which / HELP_CHOICES];
    struct choice choice = {.id = {ID_SETTING, which}, .chosen = help_is_chosen(model, which)};

    if (is_switch(setting)) {
        choice.box = true;
        choice.label = say(model, setting->label);
        choice.second = setting->second == NULL ? NULL : say(model, setting->second);
        return choice;
    }
    choice.label = say(model, setting->choices[which % HELP_CHOICES]);
    if (setting->values == scheme_values)
        choice.theme = theme_of((enum scheme)setting->values[which % HELP_CHOICES]);
    return choice;
}

/* A heading, and its choices in two columns where there is room for them. */
static void add_choices(const struct model *model, struct ui *ui, struct blocks *blocks, int row,
                        int width_px)
{
    bool pairs = width_px / 2 >= ui_text_px(ui, COLUMN);
    struct block *block =
        blocks_add_text(ui, blocks, BLOCK_HEADING, NULL, say(model, help_settings[row].label), 8);

    block->look = LOOK_H2;
    block->keep = true;
    for (int i = 0; i < help_settings[row].choice_count; i++) {
        if (pairs && i % 2 == 1) {
            block->beside = choice_of(model, row * HELP_CHOICES + i);
            continue;
        }
        block = blocks_add(ui, blocks, pairs ? BLOCK_PAIR : BLOCK_CHOICE, GAP);
        block->dense = true;
        block->keep = true; /* choices of one setting are seen together */
        block->choice = choice_of(model, row * HELP_CHOICES + i);
    }
    block->keep = false;
    block->gap = 24;
}

static void add_settings(const struct model *model, struct ui *ui, struct blocks *blocks,
                         int width_px)
{
    blocks_add_text(ui, blocks, BLOCK_NOTE, "people",
                    say(model, N_("**Need a hand?** Ask at reception. Your place is kept.")), 20);
    for (int row = 0; row < help_setting_count; row++) {
        if (!is_switch(&help_settings[row])) {
            add_choices(model, ui, blocks, row, width_px);
            continue;
        }
        struct block *block = blocks_add(ui, blocks, BLOCK_CHOICE, GAP);
        block->dense = true;
        block->choice = choice_of(model, row * HELP_CHOICES);
    }
}

static void view(const struct model *model, struct ui *ui)
{
    static struct blocks blocks;
    struct rect area;
    struct rect place = chrome_begin(model, ui, &area, true);
    struct zone zone = {.heading = say(model, N_("Help and settings"))};

    blocks.count = 0;
    add_settings(model, ui, &blocks, ui_zone_touch_width(ui));
    chrome_rows(model, ui, area, &zone, &blocks);
    bool more = ui->scene->page + 1 < ui->scene->page_count;
    chrome_end(model, ui, place,
               &(struct chrome_bottom){.back = "",
                                       .forward = more ? say(model, NC_("of this page", "More"))
                                                       : say(model, N_("Continue")),
                                       .forward_icon = more ? "down" : "next"});
}

static void activate(struct model *model, struct element_id id, struct effects *effects)
{
    (void)effects;
    switch (id.what) {
    case ID_SETTING:
        help_choose(model, id.which);
        break;
    case ID_CONTINUE:
        if (model->sheet + 1 < model->sheets) {
            model->sheet++;
            break;
        }
        model->screen = model->helped;
        model->sheet = 0;
        break;
    case ID_BACK:
        if (model->sheet > 0) {
            model->sheet--;
            break;
        }
        model->screen = model->helped;
        break;
    default:
        break;
    }
}

const struct screen screen_help = {.view = view, .activate = activate, .idle = IDLE_ASKS};
