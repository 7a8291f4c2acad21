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

/* After one of these some reader of lists sees a new cell, and after a quote it reads on. */
static bool parts_cells(char c)
{
    return c == ';' || c == ',' || c == '\t' || c == '\r' || c == '\n' || c == '"';
}

void csv_cell(struct buf *out, struct str cell, bool first)
{
    if (!first)
        buf_add_char(out, ',');
    buf_add_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        bool begins = i == 0 || parts_cells(cell.at[i - 1]);
        if (begins && csv_is_trick((struct str){cell.at + i, cell.len - i}))
            buf_add_char(out, '\'');
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
