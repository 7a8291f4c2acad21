/*
 * What a page of the form says: its rows, fields, boxes and words as blocks, in the form's order.
 * How they find room on the screen is page.c's business.
 */
#ifndef SCREENS_QUESTION_H
#define SCREENS_QUESTION_H

#include "screens/model.h"
#include "ui/blocks.h"

/* Adds the blocks of model->page; returns its hint, which stands in the zone above, or NULL. */
const char *question_blocks(const struct model *model, struct ui *ui, struct blocks *blocks);

#endif
