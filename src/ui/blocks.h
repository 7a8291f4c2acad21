/*
 * A page as a list of blocks from top to bottom. What does not fit the area is split into sheets of
 * about the same height (nothing scrolls, nothing is clipped, no row is left alone); blocks that
 * are only there to please are left out first. A block that is higher than a sheet is set smaller.
 */
#ifndef UI_BLOCKS_H
#define UI_BLOCKS_H

#include "ui/parts.h"
#include "ui/tiles.h"

enum block_kind {
    BLOCK_HEADING,  /* text, look */
    BLOCK_TEXT,     /* text, look */
    BLOCK_TIP,      /* icon, text */
    BLOCK_ROW,      /* icon or number, text */
    BLOCK_NOTE,     /* icon, text */
    BLOCK_CARD,     /* card: lines with icons, and a button, on white */
    BLOCK_CHOICE,   /* choice, dense */
    BLOCK_PAIR,     /* choice and beside, dense: two columns; beside.label NULL: none */
    BLOCK_FIELD,    /* fields[0] */
    BLOCK_FIELDS,   /* fields, field_count, text: their error or NULL */
    BLOCK_DIGITS,   /* fields[0], groups */
    BLOCK_BUTTON,   /* button: as wide as the area, or its label where it is a Change or chip */
    BLOCK_SUMMARY,  /* summary; neighbours share one card */
    BLOCK_CHAMPION, /* champion */
    BLOCK_CODE,     /* code */
    BLOCK_TILES,    /* tiles: one or two in a row */
    BLOCK_BARS,     /* bars */
    BLOCK_DEEDS,    /* deeds: one or two in a row */
    BLOCK_PROBLEM,  /* problem */
    BLOCK_PICTURE,  /* icon: the picture's name; height in units */
    BLOCK_SPACE,    /* height in units, and an equal share of the page's spare room */
};

struct block {
    enum block_kind kind;
    double gap;    /* units below it */
    bool optional; /* left out where the page would be split otherwise */
    bool keep;     /* never the last of a sheet: a heading stays with what it heads */
    int percent;   /* of its text, where it would be higher than a sheet; 0: as the page's */
    const char *text;
    const char *icon;
    enum text_look look;
    int number;
    double height;
    bool dense;
    struct choice choice;
    struct choice beside;
    struct field fields[3];
    int field_count;
    const int *groups;
    struct button button;
    struct summary_row summary;
    struct code_card code;
    struct info_card card;
    struct tile tiles[2]; /* label NULL: no second one */
    struct deed deeds[2];
    struct bars bars;
    const struct error_summary *problem;
    struct {
        const char *initials;
        const char *quotation;
        const char *name;
        const char *role;
    } champion;
};

enum { BLOCKS = 64 };

struct blocks {
    struct block at[BLOCKS];
    int count;
};

/* Adds a block and returns it, so that more of it can be filled in. A full list overflows the scene
   and returns the last block. */
struct block *blocks_add(struct ui *ui, struct blocks *blocks, enum block_kind kind, double gap);
/* A block of text: text, tip, row or note. */
struct block *blocks_add_text(struct ui *ui, struct blocks *blocks, enum block_kind kind,
                              const char *icon, const char *text, double gap);

/* Puts the last block before the one that is `at`-th now, from 0. */
void blocks_move_to(struct blocks *blocks, int at);

/* Takes the optional ones out. */
void blocks_leave_out_optional(struct blocks *blocks);

/* Height of all blocks one below the other, in pixels. */
int blocks_height(struct ui *ui, const struct blocks *blocks, int width_px);

/* Blocks first .. end - 1. */
struct block_range {
    int first;
    int end;
    int tallest_px; /* height of the tallest sheet of the page, not of this one alone */
};

/*
 * Shows sheet `sheet` (the last one where there are fewer), sets scene.page and page_count, and
 * returns which blocks it showed. Optional blocks that had no room are taken out of the list.
 */
struct block_range blocks_view(struct ui *ui, struct rect area, struct blocks *blocks, int sheet);

#endif
