/* Metrics of a face whose every letter is half an em wide: layouts a test can work out by hand. */
#ifndef TESTS_UNIT_UI_METRICS_H
#define TESTS_UNIT_UI_METRICS_H

#include "ui/text.h"

static inline bool even_has_glyph(void *context, enum face face, uint32_t code_point)
{
    (void)context;
    bool arabic = code_point >= 0x600 && code_point < 0x700;
    return code_point < 0x2190 && (face == FACE_ARABIC) == arabic;
}

static inline int even_width(void *context, const struct text_run *run)
{
    struct str rest = run->text;
    int letters = 0;

    (void)context;
    while (rest.len > 0) {
        str_next_code_point(&rest);
        letters++;
    }
    return letters * run->size_px / 2;
}

static inline int even_ascent(void *context, bool bold, int size_px)
{
    (void)context;
    (void)bold;
    return size_px;
}

static inline int even_descent(void *context, bool bold, int size_px)
{
    (void)context;
    (void)bold;
    return size_px / 4;
}

static const struct text_metrics even_metrics = {NULL, even_has_glyph, even_width, even_ascent,
                                                 even_descent};

#endif
