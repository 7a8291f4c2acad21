/* Cells that stay text: see csv.h. */
#include "sync/central/csv.h"

bool csv_is_trick(struct str cell)
{
    while (cell.len > 0) {
        uint32_t c = str_next_code_point(&cell);
        switch (c) {
        case ' ':
        case 0xa0:   /* no-break space */
        case 0xfeff: /* byte order mark */
            continue;
        case '=':
        case '+':
        case '-':
        case '@':
        case '\t':
        case '\r':
        case '\n':
        case 0xff1d: /* full-width = */
        case 0xff0b: /* full-width + */
        case 0xff0d: /* full-width - */
        case 0xff20: /* full-width @ */
            return true;
        default:
            return false;
        }
    }
    return false;
}

void csv_cell(struct buf *out, struct str cell, bool first)
{
    if (!first)
        buf_add_char(out, ',');
    buf_add_char(out, '"');
    if (csv_is_trick(cell))
        buf_add_char(out, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, cell.at[i]);
    }
    buf_add_char(out, '"');
}

void csv_end_row(struct buf *out)
{
    buf_add_text(out, "\r\n");
}
