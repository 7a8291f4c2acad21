/*
 * A page to type on is never split as rows are, since the keyboard stays: words go, then fields
 * show one at a time, then text is set smaller.
 */
#ifndef SCREENS_PAGE_TYPING_H
#define SCREENS_PAGE_TYPING_H

#include "screens/model.h"
#include "ui/blocks.h"

/*
 * Shows zone, blocks and keyboard in `area`. Where fields show one at a time each is a sheet of
 * the scene. *out_moved is the page's own button, where only the bottom bar has a place for it.
 */
void page_typing_view(const struct model *model, struct ui *ui, struct rect area, struct zone *zone,
                      struct blocks *blocks, struct button *out_moved);

#endif
