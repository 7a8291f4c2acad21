/* Quotation marks, backslashes and controls: see json_out.h. */
#include "signup/json_out.h"

void json_out_str(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            buf_add_char(out, '\\');
        if (c < 0x20)
            buf_add_format(out, "\\u%04x", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}

void json_out_pair(struct buf *out, bool first, const char *key, const char *text)
{
    if (!first)
        buf_add_char(out, ',');
    json_out_str(out, str_of(key));
    buf_add_char(out, ':');
    json_out_str(out, str_of(text));
}
