/*
 * Metrics of faces whose every letter is half an em wide: layouts a test can work out by hand. Each
 * face has the letters of its script, and Latin's all that no script owns, up to U+2190.
 */
#ifndef TESTS_UNIT_UI_METRICS_H
#define TESTS_UNIT_UI_METRICS_H

#include "ui/script.h"
#include "ui/text.h"

static inline bool even_has_glyph(void *context, enum face face, uint32_t code_point)
{
    (void)context;
    switch (script_of(code_point)) {
    case SCRIPT_BENGALI:
        return face == FACE_BENGALI;
    case SCRIPT_HAN:
        return face == FACE_HAN;
    case SCRIPT_ARABIC:
        return face == FACE_ARABIC || face == FACE_NASTALIQ;
    default:
        break;
    }
    if (code_point >= 0x600 && code_point < 0x700)
        return face == FACE_ARABIC || face == FACE_NASTALIQ;
    if (code_point >= 0x980 && code_point < 0xA00)
        return face == FACE_BENGALI;
    if ((code_point >= 0x3000 && code_point < 0xA000) ||
        (code_point >= 0xFF00 && code_point < 0xFFF0))
        return face == FACE_HAN;
    return code_point < 0x2190 && face == FACE_LATIN;
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
