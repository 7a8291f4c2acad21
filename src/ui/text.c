/*
 * From text to lines of runs: see text.h. One pass finds for every character its bidi level,
 * script, face and weight; a run is then a stretch where none of these changes, within a line.
 */
#include "ui/text.h"

#include <fribidi.h>
#include <linebreak.h>
#include <string.h>

#include "ui/script.h"

/* Line heights of visual.md section 1; those of Urdu are 1.9 of its smaller size. */
const struct font_family font_families[FACE_COUNT] = {
    [FACE_LATIN] = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "fonts-noto-core", NULL, 'A', 100,
                    100, 0, 0},
    [FACE_ARABIC] = {"NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "fonts-noto-core",
                     NULL, 0x0628, 100, 100, 132, 150},
    [FACE_BENGALI] = {"NotoSansBengali-Regular.ttf", "NotoSansBengali-Bold.ttf", "fonts-noto-core",
                      NULL, 0x0995, 100, 100, 128, 145},
    [FACE_NASTALIQ] = {"NotoNastaliqUrdu-Regular.ttf", "NotoNastaliqUrdu-Bold.ttf",
                       "fonts-noto-core", NULL, 0x06D2, 85, 93, 162, 162},
    [FACE_HAN] = {"NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "fonts-noto-cjk",
                  "Noto Sans CJK SC", 0x4E2D, 100, 100, 124, 145},
};

/* Lines closer than this, in hundredths of the size, are set tightly. */
#define TIGHT_PERCENT 130

/* One text on its way; arrays of `count`, one entry a character. */
struct layout {
    struct arena *arena;
    const struct text_metrics *metrics;
    const struct text_style *style;
    char *bytes; /* without "**" */
    int count;
    uint32_t *points;
    int *at; /* byte where it begins; at[count] is the end */
    bool *bold;
    FriBidiLevel *levels;
    uint32_t *scripts;
    uint8_t *faces;
    char *breaks; /* libunibreak's verdict after each character */
    struct text_block block;
};

/* --- reading -------------------------------------------------------------------------------- */

static enum err take_arrays(struct layout *l, size_t bytes)
{
    l->bytes = arena_take(l->arena, bytes + 1);
    l->points = arena_take(l->arena, (bytes + 1) * sizeof *l->points);
    l->at = arena_take(l->arena, (bytes + 1) * sizeof *l->at);
    l->bold = arena_take(l->arena, bytes + 1);
    l->levels = arena_take(l->arena, (bytes + 1) * sizeof *l->levels);
    l->scripts = arena_take(l->arena, (bytes + 1) * sizeof *l->scripts);
    l->faces = arena_take(l->arena, bytes + 1);
    l->breaks = arena_take(l->arena, bytes + 1);
    return l->breaks == NULL || l->faces == NULL || l->scripts == NULL || l->levels == NULL ||
                   l->bold == NULL || l->at == NULL || l->points == NULL || l->bytes == NULL
               ? ERR_MEMORY
               : ERR_OK;
}

static void read_characters(struct layout *l, struct str text)
{
    bool bold = l->style->bold;
    int used = 0;

    while (text.len > 0) {
        if (l->style->rich && str_starts(text, "**")) {
            bold = !bold;
            text.at += 2;
            text.len -= 2;
            continue;
        }
        const char *from = text.at;
        l->points[l->count] = str_next_code_point(&text);
        l->at[l->count] = used;
        l->bold[l->count] = bold;
        memcpy(l->bytes + used, from, (size_t)(text.at - from));
        used += (int)(text.at - from);
        l->count++;
    }
    l->at[l->count] = used;
}

static enum err find_levels(struct layout *l)
{
    FriBidiParType direction = l->style->tongue.rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiCharType *types = arena_take(l->arena, (size_t)l->count * sizeof *types);
    FriBidiBracketType *brackets = arena_take(l->arena, (size_t)l->count * sizeof *brackets);

    if (types == NULL || brackets == NULL)
        return ERR_MEMORY;
    fribidi_get_bidi_types(l->points, l->count, types);
    fribidi_get_bracket_types(l->points, l->count, types, brackets);
    if (fribidi_get_par_embedding_levels_ex(types, brackets, l->count, &direction, l->levels) == 0)
        return ERR_MEMORY;
    return ERR_OK;
}

/* Marks of direction have done their work: nothing of them is measured or drawn. */
static void drop_direction_marks(struct layout *l)
{
    int kept = 0;
    int used = 0;

    for (int i = 0; i < l->count; i++) {
        int from = l->at[i];
        int size = l->at[i + 1] - from;
        if (script_is_direction(l->points[i]))
            continue;
        memmove(l->bytes + used, l->bytes + from, (size_t)size);
        l->points[kept] = l->points[i];
        l->bold[kept] = l->bold[i];
        l->levels[kept] = l->levels[i];
        l->at[kept++] = used;
        used += size;
    }
    l->at[kept] = used;
    l->count = kept;
}

/* Digits, spaces, marks and signs take the script before them, or the first one that follows. */
static void find_scripts(struct layout *l)
{
    uint32_t current = SCRIPT_COMMON;

    for (int i = 0; i < l->count && current == SCRIPT_COMMON; i++)
        current = script_of(l->points[i]);
    if (current == SCRIPT_COMMON)
        current = SCRIPT_LATIN;
    for (int i = 0; i < l->count; i++) {
        uint32_t own = script_of(l->points[i]);
        if (own != SCRIPT_COMMON)
            current = own;
        l->scripts[i] = current;
    }
}

static bool has_glyph(const struct text_metrics *metrics, int face, uint32_t point)
{
    return script_is_invisible(point) || point == '\n' ||
           metrics->has_glyph(metrics->context, (enum face)face, point);
}

static bool has_all(const struct layout *l, int face, int from, int to)
{
    for (int i = from; i < to; i++) {
        if (!has_glyph(l->metrics, face, l->points[i]))
            return false;
    }
    return true;
}

/* The face that is made for a script; Latin's for scripts that have none of their own. */
static int face_of_script(const struct layout *l, uint32_t script)
{
    switch (script) {
    case SCRIPT_ARABIC:
        return l->style->tongue.nastaliq ? FACE_NASTALIQ : FACE_ARABIC;
    case SCRIPT_BENGALI:
        return FACE_BENGALI;
    case SCRIPT_HAN:
        return FACE_HAN;
    default:
        return FACE_LATIN;
    }
}

/* FACE_COUNT where none has them all. No other face is asked, and opened, while the first will do.
 */
static int first_face(const struct layout *l, int from, int to)
{
    int own = face_of_script(l, l->scripts[from]);
    int face = 0;

    if (has_all(l, own, from, to))
        return own;
    while (face < FACE_COUNT && (face == own || !has_all(l, face, from, to)))
        face++;
    return face;
}

/* A character, the marks on it and what a conjunct joins to it are drawn together. */
static int cluster_end(const struct layout *l, int from)
{
    int end = from + 1;
    bool joins = false;

    while (end < l->count && (script_is_mark(l->points[end]) ||
                              (joins && script_of(l->points[end]) != SCRIPT_COMMON))) {
        joins = script_joins_next(l->points[end]) ||
                (joins && l->points[end] == 0x200D); /* a joiner keeps what it stands between */
        end++;
    }
    return end;
}

static bool set_faces_by_cluster(struct layout *l, int from, int to)
{
    int face = face_of_script(l, l->scripts[from]);

    for (int i = from; i < to;) {
        int end = cluster_end(l, i) < to ? cluster_end(l, i) : to;
        /* The face of the neighbour where it will do, so that spaces part no runs. */
        if (!has_all(l, face, i, end))
            face = first_face(l, i, end);
        if (face == FACE_COUNT) {
            /* A mark that stands on a letter of another script is shown beside it. */
            end = i + 1;
            face = first_face(l, i, end);
        }
        if (face == FACE_COUNT)
            return false;
        for (; i < end; i++)
            l->faces[i] = (uint8_t)face;
    }
    return true;
}

static enum err find_faces(struct layout *l)
{
    for (int from = 0, to; from < l->count; from = to) {
        for (to = from + 1; to < l->count && l->scripts[to] == l->scripts[from] &&
                            l->levels[to] == l->levels[from];
             to++)
            ;
        int face = first_face(l, from, to);
        if (face < FACE_COUNT)
            memset(l->faces + from, face, (size_t)(to - from));
        else if (!set_faces_by_cluster(l, from, to))
            return ERR_NOT_FOUND;
    }
    return ERR_OK;
}

bool text_can_draw(const struct text_metrics *metrics, struct str text)
{
    while (text.len > 0) {
        uint32_t point = str_next_code_point(&text);
        int face = 0;
        while (face < FACE_COUNT && !has_glyph(metrics, face, point))
            face++;
        if (face == FACE_COUNT || script_is_direction(point))
            return false;
    }
    return true;
}

/* --- measuring -----------------------------------------------------------------------------------
 */

static int run_end(const struct layout *l, int from, int to)
{
    int end = from + 1;

    while (end < to && l->levels[end] == l->levels[from] && l->scripts[end] == l->scripts[from] &&
           l->faces[end] == l->faces[from] && l->bold[end] == l->bold[from])
        end++;
    return end;
}

static struct text_run make_run(const struct layout *l, int from, int to)
{
    struct text_run run = {
        .text = {l->bytes + l->at[from], (size_t)(l->at[to] - l->at[from])},
        .script = l->scripts[from],
        .face = (enum face)l->faces[from],
        .bold = l->bold[from],
        .rtl = (l->levels[from] & 1) != 0,
        .size_px = l->style->size_px * font_families[l->faces[from]].size_percent / 100,
    };

    run.width_px = l->metrics->width_px(l->metrics->context, &run);
    return run;
}

static int width_of(const struct layout *l, int from, int to)
{
    int width = 0;

    while (from < to) {
        int end = run_end(l, from, to);
        width += make_run(l, from, end).width_px;
        from = end;
    }
    return width;
}

static bool is_space(uint32_t point)
{
    return point == ' ' || point == '\n' || point == '\t' || point == 0x3000;
}

static int without_spaces(const struct layout *l, int from, int to)
{
    while (to > from && is_space(l->points[to - 1]))
        to--;
    return to;
}

/* --- breaking
 * ---------------------------------------------------------------------------------------- */

/* Is a word parted where a line ends before character `at`? */
static bool parts_word(const struct layout *l, int at)
{
    return at < l->count && l->breaks[at - 1] != LINEBREAK_ALLOWBREAK &&
           l->breaks[at - 1] != LINEBREAK_MUSTBREAK;
}

/* Where an address or a double name may be parted. */
static bool is_at_sign(const struct layout *l, int at)
{
    return l->points[at] == '@' || l->points[at - 1] == '-';
}

/*
 * The longest part of a word that fits: at least one cluster. An e-mail address is parted before
 * its "@", a name after its hyphen, where that part fits.
 */
static int part_of_word(const struct layout *l, int from, int to, int max_px)
{
    int fits = cluster_end(l, from);
    int sign = -1;

    for (int end = fits; end <= to && width_of(l, from, end) <= max_px;) {
        fits = end;
        if (end < to && is_at_sign(l, end))
            sign = end;
        end = end < to ? cluster_end(l, end) : to + 1;
    }
    return sign > from ? sign : fits;
}

static int word_end(const struct layout *l, int from)
{
    int end = from;

    while (end < l->count - 1 && l->breaks[end] != LINEBREAK_ALLOWBREAK &&
           l->breaks[end] != LINEBREAK_MUSTBREAK)
        end++;
    return end + 1;
}

/* 、。！，：；？ */
static bool ends_clause(uint32_t point)
{
    return point == 0x3001 || point == 0x3002 || point == 0xFF01 || point == 0xFF0C ||
           point == 0xFF1A || point == 0xFF1B || point == 0xFF1F;
}

/*
 * Chinese may be broken between any two characters, and words are two of them: a line that would
 * end between two ends behind its last clause instead, where that fills half of it.
 */
static int clause_end(const struct layout *l, int from, int end, int max_px)
{
    if (script_of(l->points[end - 1]) != SCRIPT_HAN && script_of(l->points[end]) != SCRIPT_HAN)
        return end;
    for (int at = end; at > from && width_of(l, from, at) >= max_px / 2; at--) {
        if (ends_clause(l->points[at - 1]) && l->breaks[at - 1] == LINEBREAK_ALLOWBREAK)
            return at;
    }
    return end;
}

/* The end of the line that begins at `from`, spaces at its end included. */
static int line_end(const struct layout *l, int from, int max_px)
{
    int end = from;

    while (end < l->count) {
        int next = word_end(l, end);
        if (width_of(l, from, without_spaces(l, from, next)) > max_px) {
            if (end == from)
                return part_of_word(l, from, next, max_px);
            return clause_end(l, from, end, max_px);
        }
        end = next;
        if (l->breaks[end - 1] == LINEBREAK_MUSTBREAK && l->points[end - 1] == '\n')
            return end;
    }
    return end;
}

/* Sets *parted where a word is parted, and never clears it. */
static int count_lines(const struct layout *l, int max_px, bool *parted)
{
    int lines = 0;
    int from = 0;

    while (from < l->count) {
        from = line_end(l, from, max_px);
        lines++;
        if (parts_word(l, from))
            *parted = true;
    }
    return lines;
}

/* The narrowest width that needs no more lines than max_px does, and parts no word for it. */
static int balanced_width(const struct layout *l, int max_px)
{
    bool must_part = false;
    int lines = count_lines(l, max_px, &must_part);
    int low = max_px / 2;
    int high = max_px;

    if (lines < 2 || lines > 4)
        return max_px;
    while (high - low > 4) {
        int middle = low + (high - low) / 2;
        bool parted = must_part;
        if (count_lines(l, middle, &parted) > lines || parted != must_part)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* --- lines
 * ------------------------------------------------------------------------------------------- */

/* Rule L2 of UAX 9 over the runs of one line: reverse each stretch at or above every level. */
static void order_runs(struct text_run *runs, FriBidiLevel *levels, int count)
{
    FriBidiLevel highest = 0;

    for (int i = 0; i < count; i++)
        highest = levels[i] > highest ? levels[i] : highest;
    for (int level = highest; level > 0; level--) {
        for (int from = 0; from < count; from++) {
            int to = from;
            while (to < count && levels[to] >= level)
                to++;
            for (int a = from, b = to - 1; a < b; a++, b--) {
                struct text_run run = runs[a];
                FriBidiLevel l = levels[a];
                runs[a] = runs[b];
                levels[a] = levels[b];
                runs[b] = run;
                levels[b] = l;
            }
            if (to > from)
                from = to;
        }
    }
}

static enum err add_line(struct layout *l, int from, int to)
{
    struct text_block *b = &l->block;
    FriBidiLevel *levels = arena_take(l->arena, (size_t)(to - from + 1) * sizeof *levels);
    struct text_line *line = &b->lines[b->line_count];
    int x = 0;

    if (levels == NULL)
        return ERR_MEMORY;
    if (!l->style->whole)
        to = without_spaces(l, from, to);
    *line = (struct text_line){.first_run = b->run_count};
    while (from < to) {
        int end = run_end(l, from, to);
        levels[line->run_count] = l->levels[from];
        b->runs[b->run_count + line->run_count++] = make_run(l, from, end);
        from = end;
    }
    order_runs(b->runs + b->run_count, levels, line->run_count);
    for (int i = 0; i < line->run_count; i++) {
        b->runs[b->run_count + i].x_px = x;
        x += b->runs[b->run_count + i].width_px;
    }
    line->width_px = x;
    b->width_px = x > b->width_px ? x : b->width_px;
    b->run_count += line->run_count;
    b->line_count++;
    return ERR_OK;
}

static enum err fill_lines(struct layout *l, int max_px)
{
    int changes = 1;
    bool parted = false;
    int lines = count_lines(l, max_px, &parted);
    enum err e = ERR_OK;

    for (int from = 0; from < l->count; from = run_end(l, from, l->count))
        changes++;
    l->block.runs = arena_take(l->arena, (size_t)(changes + lines) * sizeof *l->block.runs);
    l->block.lines = arena_take(l->arena, (size_t)lines * sizeof *l->block.lines);
    if (l->block.runs == NULL || l->block.lines == NULL)
        return ERR_MEMORY;
    for (int from = 0; from < l->count && e == ERR_OK;) {
        int to = line_end(l, from, max_px);
        e = add_line(l, from, to);
        if (parts_word(l, to) && !is_at_sign(l, to))
            l->block.parted = true;
        from = to;
    }
    return e;
}

static bool has_script(const struct layout *l, uint32_t script)
{
    for (int i = 0; i < l->count; i++) {
        if (l->scripts[i] == script)
            return true;
    }
    return false;
}

static void find_breaks(struct layout *l)
{
    static bool ready;

    if (!ready)
        init_linebreak();
    ready = true;
    /* Chinese has its own rule for quotation marks. */
    set_linebreaks_utf32(l->points, (size_t)l->count, has_script(l, SCRIPT_HAN) ? "zh" : NULL,
                         l->breaks);
    /* "sign-up" and "HeLP-Diabetes" are read as one word: they stay on one line. */
    for (int i = 0; i + 1 < l->count; i++) {
        if (l->points[i] == '-' && l->breaks[i] == LINEBREAK_ALLOWBREAK)
            l->breaks[i] = LINEBREAK_NOBREAK;
    }
}

/* Room for the highest of the faces. */
static int line_height(const struct layout *l)
{
    const struct text_style *style = l->style;
    bool tight = style->line_px * 100 < style->size_px * TIGHT_PERCENT;
    int line_px = style->line_px;

    for (int i = 0; i < l->count; i++) {
        const struct font_family *family = &font_families[l->faces[i]];
        int percent = tight ? family->tight_percent : family->loose_percent;
        int need_px = (style->size_px * percent + 50) / 100;
        line_px = need_px > line_px ? need_px : line_px;
    }
    return line_px;
}

enum err text_layout(struct arena *arena, const struct text_metrics *metrics, struct str text,
                     const struct text_style *style, int max_width_px, struct text_block *out_block)
{
    struct layout l = {.arena = arena, .metrics = metrics, .style = style};
    int ascent = metrics->ascent_px(metrics->context, style->bold, style->size_px);
    int descent = metrics->descent_px(metrics->context, style->bold, style->size_px);
    enum err e = take_arrays(&l, text.len);

    l.block.line_px = style->line_px;
    if (e == ERR_OK)
        read_characters(&l, text);
    if (e == ERR_OK && l.count > 0) {
        e = find_levels(&l);
        if (e == ERR_OK)
            drop_direction_marks(&l);
    }
    if (e == ERR_OK && l.count > 0) {
        find_scripts(&l);
        find_breaks(&l);
        e = find_faces(&l);
        if (e == ERR_OK)
            l.block.line_px = line_height(&l);
        if (e == ERR_OK)
            e = fill_lines(&l, style->whole    ? 1 << 28
                               : style->ragged ? max_width_px
                                               : balanced_width(&l, max_width_px));
    }
    if (e != ERR_OK)
        return e;
    l.block.baseline_px = (l.block.line_px - ascent - descent) / 2 + ascent;
    l.block.height_px = l.block.line_count * l.block.line_px;
    *out_block = l.block;
    return ERR_OK;
}
