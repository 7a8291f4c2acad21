/*
 * CSV (RFC 4180) that a spreadsheet can only read as text: every cell is quoted, and what a
 * spreadsheet would take for a formula gets an apostrophe in front, at the beginning of a cell and
 * behind every sign that parts cells anywhere (in many countries the semicolon: there the quotes
 * inside a line mean nothing).
 */
#ifndef CENTRAL_CSV_H
#define CENTRAL_CSV_H

#include <stdbool.h>

#include "base/str.h"

/* Whether a cell would be a formula: its first sign after blanks is = + - @, a tab or a return, or
   one of the full-width forms that some spreadsheets take for the same. */
bool csv_is_trick(struct str cell);
/* Appends the cell, and a comma in front of every cell but a row's first. */
void csv_cell(struct buf *out, struct str cell, bool first);
void csv_end_row(struct buf *out);

#endif
