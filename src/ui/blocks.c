/* Measures blocks, splits them into sheets and shows one: see blocks.h. */
#include "ui/blocks.h"

#include <stddef.h>
#include <string.h>

struct block *blocks_add(struct ui *ui, struct blocks *blocks, enum block_kind kind, double gap)
{
    if (blocks->count == BLOCKS) {
        ui->scene->overflow = true;
        return &blocks->at[BLOCKS - 1];
    }
    struct block *block = &blocks->at[blocks->count++];
    *block = (struct block){.kind = kind, .gap = gap, .look = LOOK_BODY};
    return block;
}

struct block *blocks_add_text(struct ui *ui, struct blocks *blocks, enum block_kind kind,
                              const char *icon, const char *text, double gap)
{
    struct block *block = blocks_add(ui, blocks, kind, gap);

    block->icon = icon;
    block->text = text;
    return block;
}

static bool is_inline_button(const struct block *block)
{
    return block->button.look == BUTTON_CHANGE || block->button.look == BUTTON_CHIP;
}

#define PAIR_GAP 20

static int pair_height(struct ui *ui, const struct block *block, int width_px)
{
    int half = (width_px - ui_px(ui, PAIR_GAP)) / 2;
    int h = ui_choice_height(ui, half, &block->choice, block->dense);

    if (block->beside.label == NULL)
        return h;
    int other = ui_choice_height(ui, half, &block->beside, block->dense);
    return other > h ? other : h;
}

/* Two in a row, as high as the higher; one alone has the row to itself. */
static int in_row_width(struct ui *ui, int width_px, bool two)
{
    return two ? (width_px - ui_px(ui, PAIR_GAP)) / 2 : width_px;
}

static int tiles_height(struct ui *ui, const struct block *block, int width_px)
{
    bool two = block->tiles[1].label != NULL;
    int w = in_row_width(ui, width_px, two);
    int h = ui_tile_height(ui, w, &block->tiles[0]);
    int other = two ? ui_tile_height(ui, w, &block->tiles[1]) : 0;

    return other > h ? other : h;
}

static int deeds_height(struct ui *ui, const struct block *block, int width_px)
{
    bool two = block->deeds[1].label != NULL;
    int w = in_row_width(ui, width_px, two);
    int h = ui_deed_height(ui, w, &block->deeds[0]);
    int other = two ? ui_deed_height(ui, w, &block->deeds[1]) : 0;

    return other > h ? other : h;
}

static int natural_height(struct ui *ui, const struct block *block, int width_px)
{
    switch (block->kind) {
    case BLOCK_HEADING:
    case BLOCK_TEXT:
        return ui_text_height(ui, block->text, block->look, width_px);
    case BLOCK_TIP:
        return ui_tip_height(ui, width_px, block->text);
    case BLOCK_ROW:
        return ui_list_row_height(ui, width_px, block->text);
    case BLOCK_NOTE:
        return ui_note_height(ui, width_px, block->text);
    case BLOCK_CARD:
        return ui_card_height(ui, width_px, &block->card);
    case BLOCK_CHOICE:
        return ui_choice_height(ui, width_px, &block->choice, block->dense);
    case BLOCK_PAIR:
        return pair_height(ui, block, width_px);
    case BLOCK_FIELD:
        return ui_field_height(ui, width_px, &block->fields[0]);
    case BLOCK_FIELDS:
        return ui_fields_in_row_height(ui, width_px, block->fields, block->field_count,
                                       block->text);
    case BLOCK_DIGITS:
        return ui_digit_boxes_height(ui, width_px, &block->fields[0]);
    case BLOCK_BUTTON:
        return is_inline_button(block) ? ui_bar_px(ui, 88) : ui_bar_px(ui, 112) + ui_px(ui, 8);
    case BLOCK_SUMMARY:
        return ui_summary_row_height(ui, width_px, &block->summary);
    case BLOCK_CHAMPION:
        return ui_champion_height(ui, width_px, block->champion.quotation, block->champion.name,
                                  block->champion.role);
    case BLOCK_CODE:
        return ui_code_card_height(ui, width_px, &block->code);
    case BLOCK_TILES:
        return tiles_height(ui, block, width_px);
    case BLOCK_BARS:
        return ui_bars_height(ui, width_px, &block->bars);
    case BLOCK_DEEDS:
        return deeds_height(ui, block, width_px);
    case BLOCK_PROBLEM:
        return ui_problem_height(ui, width_px, block->problem);
    case BLOCK_PICTURE:
    case BLOCK_SPACE:
        return ui_px(ui, block->height);
    }
    return 0;
}

static int block_height(struct ui *ui, const struct block *block, int width_px)
{
    int page = ui->text_percent;
    size_t used = ui->arena->used; /* what is only measured is given back */

    if (block->percent > 0)
        ui->text_percent = block->percent;
    int h = natural_height(ui, block, width_px);
    ui->text_percent = page;
    ui->arena->used = used;
    return h;
}

/* A block that is higher than a sheet is set smaller. */
static void make_fit(struct ui *ui, struct blocks *blocks, struct rect area)
{
    int summary = 0;

    for (int i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->at[i];
        for (int percent = ui->text_percent;
             percent > UI_LEAST_PERCENT && block_height(ui, block, area.w) > area.h;)
            block->percent = percent -= UI_PERCENT_STEP;
        if (block->kind == BLOCK_SUMMARY && block->percent > 0 &&
            (summary == 0 || block->percent < summary))
            summary = block->percent;
    }
    /* Rows of a summary share one card and one size. */
    for (int i = 0; i < blocks->count; i++) {
        if (blocks->at[i].kind == BLOCK_SUMMARY)
            blocks->at[i].percent = summary;
    }
}

int blocks_height(struct ui *ui, const struct blocks *blocks, int width_px)
{
    int h = 0;

    for (int i = 0; i < blocks->count; i++) {
        h += block_height(ui, &blocks->at[i], width_px);
        if (i + 1 < blocks->count)
            h += ui_px(ui, blocks->at[i].gap);
    }
    return h;
}

void blocks_move_to(struct blocks *blocks, int at)
{
    struct block last = blocks->at[blocks->count - 1];

    memmove(&blocks->at[at + 1], &blocks->at[at], (size_t)(blocks->count - 1 - at) * sizeof last);
    blocks->at[at] = last;
}

void blocks_leave_out_optional(struct blocks *blocks)
{
    int kept = 0;

    for (int i = 0; i < blocks->count; i++) {
        if (!blocks->at[i].optional)
            blocks->at[kept++] = blocks->at[i];
    }
    blocks->count = kept;
}

/* --- sheets ------------------------------------------------------------------------------------
 */

/* Heights of all blocks and the gaps below them, measured once. */
struct measured {
    int block_px[BLOCKS];
    int gap_px[BLOCKS];
    int count;
    int room_px;
};

static struct measured measure(struct ui *ui, const struct blocks *blocks, struct rect area)
{
    struct measured m = {.count = blocks->count, .room_px = area.h};

    for (int i = 0; i < blocks->count; i++) {
        m.block_px[i] = block_height(ui, &blocks->at[i], area.w);
        m.gap_px[i] = ui_px(ui, blocks->at[i].gap);
    }
    return m;
}

/* Of blocks first .. end - 1 one below the other. */
static int range_height(const struct measured *m, int first, int end)
{
    int h = 0;

    for (int i = first; i < end; i++)
        h += m->block_px[i] + (i + 1 < end ? m->gap_px[i] : 0);
    return h;
}

/*
 * The first block of the sheet after the one that begins at `first`, which takes what fits, and no
 * more than its share: a block of which most would stand beyond it goes to the next sheet.
 */
static int sheet_end(const struct blocks *blocks, const struct measured *m, int first, int share_px)
{
    int used = 0;
    int end = first;

    while (end < m->count) {
        int h = m->block_px[end];
        if (end > first && (used + h > m->room_px || used + h / 2 > share_px))
            break;
        used += h + m->gap_px[end];
        end++;
    }
    /* A heading moves on with what it heads. */
    int whole = end;
    while (end < m->count && end > first + 1 && blocks->at[end - 1].keep)
        end--;
    return end < m->count && blocks->at[end - 1].keep ? whole : end;
}

/*
 * Where the sheets begin; the last entry is the end. `even`: each takes its share of what is left
 * for `even` sheets. Returns how many there are.
 */
static int split(const struct blocks *blocks, const struct measured *m, int even,
                 int starts[BLOCKS + 1])
{
    int count = 0;
    int at = 0;

    while (at < m->count) {
        int left = even - count;
        int share = left > 0 ? range_height(m, at, m->count) / left : m->room_px;
        starts[count++] = at;
        at = sheet_end(blocks, m, at, share);
    }
    starts[count] = m->count;
    return count;
}

static void view_summary(struct ui *ui, struct rect *area, const struct blocks *blocks, int first,
                         int end)
{
    struct summary_row rows[BLOCKS];
    int page = ui->text_percent;

    if (blocks->at[first].percent > 0)
        ui->text_percent = blocks->at[first].percent;
    for (int i = first; i < end; i++)
        rows[i - first] = blocks->at[i].summary;
    ui_summary(ui, area, rows, end - first, blocks->at[end - 1].gap);
    ui->text_percent = page;
}

static void view_button(struct ui *ui, struct rect *area, const struct block *block)
{
    struct rect rect = rect_cut_top(area, block_height(ui, block, area->w));

    if (is_inline_button(block)) {
        int w = ui_button_width(ui, &block->button);
        rect.w = w < rect.w ? w : rect.w;
    }
    ui_button(ui, rect, &block->button);
    rect_cut_top(area, ui_px(ui, block->gap));
}

static void view_pair(struct ui *ui, struct rect *area, const struct block *block)
{
    struct rect row = rect_cut_top(area, pair_height(ui, block, area->w));
    struct rect half = rect_cut_start(&row, (row.w - ui_px(ui, PAIR_GAP)) / 2);
    struct choice choices[] = {block->choice, block->beside};

    choices[0].least_px = row.h;
    choices[1].least_px = row.h;
    rect_cut_start(&row, row.w - half.w);
    ui_choice(ui, &half, &choices[0], block->dense, 0);
    if (choices[1].label != NULL)
        ui_choice(ui, &row, &choices[1], block->dense, 0);
    rect_cut_top(area, ui_px(ui, block->gap));
}

static void view_tiles(struct ui *ui, struct rect row, const struct block *block)
{
    bool two = block->tiles[1].label != NULL;

    ui_tile(ui, rect_cut_start(&row, in_row_width(ui, row.w, two)), &block->tiles[0]);
    rect_cut_start(&row, ui_px(ui, PAIR_GAP));
    if (two)
        ui_tile(ui, row, &block->tiles[1]);
}

static void view_deeds(struct ui *ui, struct rect row, const struct block *block)
{
    bool two = block->deeds[1].label != NULL;

    ui_deed(ui, rect_cut_start(&row, in_row_width(ui, row.w, two)), &block->deeds[0]);
    rect_cut_start(&row, ui_px(ui, PAIR_GAP));
    if (two)
        ui_deed(ui, row, &block->deeds[1]);
}

static void view_natural(struct ui *ui, struct rect *area, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        ui_heading(ui, area, block->text, block->look, block->gap);
        break;
    case BLOCK_TEXT:
        ui_paragraph(ui, area, block->text, block->look, block->gap);
        break;
    case BLOCK_TIP:
        ui_tip(ui, area, block->icon, block->text, block->gap);
        break;
    case BLOCK_ROW:
        ui_list_row(ui, area, block->icon, block->number, block->text, block->gap);
        break;
    case BLOCK_NOTE:
        ui_note(ui, area, block->icon, block->text, block->gap);
        break;
    case BLOCK_CARD:
        ui_card(ui, area, &block->card, block->gap);
        break;
    case BLOCK_CHOICE:
        ui_choice(ui, area, &block->choice, block->dense, block->gap);
        break;
    case BLOCK_PAIR:
        view_pair(ui, area, block);
        break;
    case BLOCK_FIELD:
        ui_field(ui, area, &block->fields[0], block->gap);
        break;
    case BLOCK_FIELDS:
        ui_fields_in_row(ui, area, block->fields, block->field_count, block->text, block->gap);
        break;
    case BLOCK_DIGITS:
        ui_digit_boxes(ui, area, &block->fields[0], block->groups, block->gap);
        break;
    case BLOCK_BUTTON:
        view_button(ui, area, block);
        break;
    case BLOCK_SUMMARY: /* shown with its neighbours by view_summary */
        break;
    case BLOCK_CHAMPION:
        ui_champion(ui, area, block->champion.initials, block->champion.quotation,
                    block->champion.name, block->champion.role);
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_CODE:
        ui_code_card(ui, area, &block->code, block->gap);
        break;
    case BLOCK_TILES:
        view_tiles(ui, rect_cut_top(area, tiles_height(ui, block, area->w)), block);
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_BARS:
        ui_bars(ui, rect_cut_top(area, ui_bars_height(ui, area->w, &block->bars)), &block->bars);
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_DEEDS:
        view_deeds(ui, rect_cut_top(area, deeds_height(ui, block, area->w)), block);
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_PROBLEM:
        ui_problem(ui, rect_cut_top(area, ui_problem_height(ui, area->w, block->problem)),
                   block->problem);
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_PICTURE:
        ui_picture(ui, rect_cut_top(area, ui_px(ui, block->height)), block->icon, ui_px(ui, 28));
        rect_cut_top(area, ui_px(ui, block->gap));
        break;
    case BLOCK_SPACE:
        rect_cut_top(area, ui_px(ui, block->height + block->gap));
        break;
    }
}

static void view_block(struct ui *ui, struct rect *area, const struct block *block)
{
    int page = ui->text_percent;

    if (block->percent > 0)
        ui->text_percent = block->percent;
    view_natural(ui, area, block);
    ui->text_percent = page;
}

static void view_range(struct ui *ui, struct rect area, const struct blocks *blocks, int first,
                       int end)
{
    for (int i = first; i < end; i++) {
        int last = i;
        if (blocks->at[i].kind != BLOCK_SUMMARY) {
            view_block(ui, &area, &blocks->at[i]);
            continue;
        }
        while (last < end && blocks->at[last].kind == BLOCK_SUMMARY)
            last++;
        view_summary(ui, &area, blocks, i, last);
        i = last - 1;
    }
}

/* Spare room stands above and below what a BLOCK_SPACE parts, never inside rows. */
static void share_spare(struct ui *ui, struct blocks *blocks, int spare_px)
{
    int spaces = 0;

    for (int i = 0; i < blocks->count; i++)
        spaces += blocks->at[i].kind == BLOCK_SPACE;
    for (int i = 0; i < blocks->count; i++) {
        if (blocks->at[i].kind == BLOCK_SPACE)
            blocks->at[i].height += spare_px / (spaces + 1) / ui->scale;
    }
}

struct block_range blocks_view(struct ui *ui, struct rect area, struct blocks *blocks, int sheet)
{
    struct block_range shown = {0, 0, 0};
    int starts[BLOCKS + 1];
    int evenly[BLOCKS + 1];
    int spare = area.h - blocks_height(ui, blocks, area.w);

    if (spare < 0)
        blocks_leave_out_optional(blocks);
    else
        share_spare(ui, blocks, spare);
    make_fit(ui, blocks, area);
    struct measured m = measure(ui, blocks, area);
    int count = split(blocks, &m, 0, starts);
    const int *at = split(blocks, &m, count, evenly) > count ? starts : evenly;
    ui->scene->page_count = count > 0 ? count : 1;
    ui->scene->page = sheet < ui->scene->page_count ? sheet : ui->scene->page_count - 1;
    for (int i = 0; i < count; i++) {
        int h = range_height(&m, at[i], at[i + 1]);
        shown.tallest_px = h > shown.tallest_px ? h : shown.tallest_px;
    }
    if (count > 0) {
        shown.first = at[ui->scene->page];
        shown.end = at[ui->scene->page + 1];
    }
    view_range(ui, area, blocks, shown.first, shown.end);
    return shown;
}
