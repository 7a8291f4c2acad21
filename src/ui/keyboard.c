/*
 * Keyboards as const tables of keys. A row is a text of letters; wide and special keys are rows of
 * struct key. The panel is held, so that keys keep their order in right-to-left languages.
 */
#include "ui/keyboard.h"

#include <math.h>
#include <stddef.h>

static const char *const endings[] = {
    "@gmail.com",  "@hotmail.com",    "@outlook.com", "@yahoo.co.uk",
    "@icloud.com", "@btinternet.com", ".com",         ".co.uk",
};

const char *keyboard_ending(int code)
{
    int at = code - KEY_ENDING;

    if (at < 0 || at >= (int)(sizeof endings / sizeof *endings))
        return NULL;
    return endings[at];
}

/* One key: `code` as in keyboard.h, width in tenths of a plain key and its gap. */
struct key {
    int code;
    int tenths;
};

enum { ROW_KEYS = 12, KEYBOARD_ROWS = 8 };

/* A row's keys end with code 0. `half` moves the row in by that many tenths at each side. */
struct key_row {
    int half;
    int height; /* units, with the edge */
    struct key keys[ROW_KEYS];
};

#define K(c)    \
    {           \
        (c), 10 \
    }
#define DIGITS K('1'), K('2'), K('3'), K('4'), K('5'), K('6'), K('7'), K('8'), K('9'), K('0')
#define TOP    K('q'), K('w'), K('e'), K('r'), K('t'), K('y'), K('u'), K('i'), K('o'), K('p')
#define MIDDLE K('a'), K('s'), K('d'), K('f'), K('g'), K('h'), K('j'), K('k'), K('l')
#define BOTTOM K('z'), K('x'), K('c'), K('v'), K('b'), K('n'), K('m')

static const struct key_row name_rows[] = {
    {0, 100, {TOP}},
    {5, 100, {MIDDLE}},
    {0, 100, {{KEY_SHIFT, 15}, BOTTOM, {KEY_BACKSPACE, 15}}},
    {0, 100, {{KEY_ACCENTS, 15}, K('-'), K('\''), {' ', 40}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

/*
 * Letters of the languages that names here are mostly from (Czech, French, German, Italian, Polish,
 * Portuguese, Romanian, Scandinavian, Spanish, Turkish), a to n and n to z; shift gives their
 * capitals. The last row is that of the plain letters: nothing there moves.
 */
static const struct key_row accent_rows_1[] = {
    /* á à â ä ã å ą ă æ ç */
    {0,
     100,
     {K(0xE1), K(0xE0), K(0xE2), K(0xE4), K(0xE3), K(0xE5), K(0x105), K(0x103), K(0xE6), K(0xE7)}},
    /* ć č ď é è ê ë ę ě ğ */
    {0,
     100,
     {K(0x107), K(0x10D), K(0x10F), K(0xE9), K(0xE8), K(0xEA), K(0xEB), K(0x119), K(0x11B),
      K(0x11F)}},
    /* í ì î ï ı ł ñ */
    {0,
     100,
     {{KEY_SHIFT, 15},
      K(0xED),
      K(0xEC),
      K(0xEE),
      K(0xEF),
      K(0x131),
      K(0x142),
      K(0xF1),
      {KEY_BACKSPACE, 15}}},
    {0, 100, {{KEY_ACCENTS, 15}, K('-'), K('\''), {' ', 40}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

static const struct key_row accent_rows_2[] = {
    /* ń ň ó ò ô ö õ ø œ ř */
    {0,
     100,
     {K(0x144), K(0x148), K(0xF3), K(0xF2), K(0xF4), K(0xF6), K(0xF5), K(0xF8), K(0x153),
      K(0x159)}},
    /* ś š ş ș ß ť ț ú ù û */
    {0,
     100,
     {K(0x15B), K(0x161), K(0x15F), K(0x219), K(0xDF), K(0x165), K(0x21B), K(0xFA), K(0xF9),
      K(0xFB)}},
    /* ü ů ý ÿ ź ż ž */
    {0,
     100,
     {{KEY_SHIFT, 15},
      K(0xFC),
      K(0x16F),
      K(0xFD),
      K(0xFF),
      K(0x17A),
      K(0x17C),
      K(0x17E),
      {KEY_BACKSPACE, 15}}},
    {0, 100, {{KEY_ACCENTS, 15}, K('-'), K('\''), {' ', 40}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

/* The pages of letters, and what the key says that turns to the page. */
static const struct {
    const struct key_row *rows;
    const char *sign;
} name_pages[KEYBOARD_NAME_PAGES] = {
    {name_rows, "abc"},
    {accent_rows_1, "\xC3\xA1\xC3\xA9\xC3\xB1"}, /* áéñ */
    {accent_rows_2, "\xC3\xB3\xC5\xA1\xC5\xBC"}, /* óšż */
};

static const struct key_row email_rows[] = {
    {0, 92, {{KEY_ENDING + 0, -3}, {KEY_ENDING + 1, -3}, {KEY_ENDING + 2, -3}}},
    {0, 92, {{KEY_ENDING + 3, -3}, {KEY_ENDING + 4, -3}, {KEY_ENDING + 5, -3}}},
    {0, 100, {DIGITS}},
    {0, 100, {TOP}},
    {0, 100, {MIDDLE, K('_')}},
    {0, 100, {BOTTOM, K('-'), {KEY_BACKSPACE, 20}}},
    {0, 100, {{'@', 20}, {'.', 15}, {KEY_ENDING + 6, 20}, {KEY_ENDING + 7, 20}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

static const struct key_row postcode_rows[] = {
    {0, 100, {DIGITS}},
    {0, 100, {TOP}},
    {5, 100, {MIDDLE}},
    {5, 100, {BOTTOM, {KEY_BACKSPACE, 20}}},
    {0, 100, {{' ', 75}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

static const struct key_row pad_rows[] = {
    {0, 124, {{'1', -3}, {'2', -3}, {'3', -3}}},
    {0, 124, {{'4', -3}, {'5', -3}, {'6', -3}}},
    {0, 124, {{'7', -3}, {'8', -3}, {'9', -3}}},
    {0, 124, {{KEY_BACKSPACE, -3}, {'0', -3}, {KEY_NEXT, -3}}},
    {0, 0, {{0, 0}}},
};

/* In the largest text two endings stand side by side, not three. */
static const struct key_row large_email_rows[] = {
    {0, 92, {{KEY_ENDING + 0, -2}, {KEY_ENDING + 1, -2}}},
    {0, 92, {{KEY_ENDING + 2, -2}, {KEY_ENDING + 3, -2}}},
    {0, 100, {DIGITS}},
    {0, 100, {TOP}},
    {0, 100, {MIDDLE, K('_')}},
    {0, 100, {BOTTOM, K('-'), {KEY_BACKSPACE, 20}}},
    {0, 100, {{'@', 15}, {'.', 15}, {KEY_ENDING + 6, 20}, {KEY_ENDING + 7, 25}, {KEY_NEXT, 25}}},
    {0, 0, {{0, 0}}},
};

/* A small panel has no room for the two rows of endings, nor has what stands within reach. */
static bool has_endings(const struct ui *ui)
{
    return ui->h >= (ui->portrait ? 1700 : 950) && !ui->settings.low_reach;
}

static const struct key_row *rows_of(const struct ui *ui, enum keyboard keyboard, int accents)
{
    switch (keyboard) {
    case KEYBOARD_EMAIL:
        return (comfort_is_largest(ui->settings.text_percent) ? large_email_rows : email_rows) +
               (has_endings(ui) ? 0 : 2);
    case KEYBOARD_PAD:
        return pad_rows;
    case KEYBOARD_POSTCODE:
        return postcode_rows;
    case KEYBOARD_NAME:
        break;
    }
    return name_pages[accents].rows;
}

static int row_count(const struct key_row *rows)
{
    int count = 0;

    while (count < KEYBOARD_ROWS && rows[count].height > 0)
        count++;
    return count;
}

#define PANEL_PAD 28
#define KEY_GAP   16
/* Where there is little room keys stand closer together, and are no lower than this. */
#define NARROW_GAP   8
#define LEAST_KEY_MM 15.0

int keyboard_height_px(const struct ui *ui, enum keyboard keyboard)
{
    const struct key_row *rows = rows_of(ui, keyboard, 0);
    int count = row_count(rows);
    int units = 2 * PANEL_PAD + (count - 1) * KEY_GAP;

    for (int i = 0; i < count; i++)
        units += rows[i].height;
    return ui_px(ui, units);
}

int keyboard_least_px(const struct ui *ui, enum keyboard keyboard)
{
    int count = row_count(rows_of(ui, keyboard, 0));
    int key = (int)ceil(LEAST_KEY_MM * ui_px_per_mm(&ui->settings));

    return ui_px(ui, 2 * PANEL_PAD + (count - 1) * NARROW_GAP) + count * (key + 1);
}

/* Capital of a letter on our keyboards. `dotted`: as in Turkish. */
static int capital(int code, bool dotted)
{
    if (dotted && code == 'i')
        return 0x130;
    if (dotted && code == 0x131)
        return 'I';
    if (code >= 'a' && code <= 'z')
        return code - 'a' + 'A';
    if (code == 0xFF) /* ÿ */
        return 0x178;
    /* Latin-1 has its capitals in a row of their own; from then on each stands before its letter.
       So the key of dotless ı gives İ: the plain I is among the plain letters. In Turkish it is
       the other way round, and a postcode has plain letters in every language. */
    if (code >= 0xE0)
        return code < 0x100 ? code - 0x20 : code - 1;
    return code;
}

static const char *key_label(struct ui *ui, int code, const struct keyboard_state *state,
                             const struct keyboard_words *words)
{
    switch (code) {
    case KEY_SHIFT:
        return words->shift;
    case KEY_BACKSPACE:
        return words->remove;
    case KEY_ACCENTS:
        return name_pages[(state->accents + 1) % KEYBOARD_NAME_PAGES].sign;
    case KEY_NEXT:
        return state->last ? words->done : words->next;
    case ' ':
        return words->space;
    default:
        break;
    }
    if (keyboard_ending(code) != NULL)
        return keyboard_ending(code);
    char bytes[8];
    struct buf b;
    buf_init(&b, bytes, sizeof bytes);
    buf_add_code_point(&b, (uint32_t)code);
    const char *label = arena_copy(ui->arena, buf_str(&b));
    return label == NULL ? "" : label;
}

static const char *key_icon(int code, const struct keyboard_state *state)
{
    if (code == KEY_SHIFT)
        return "shift";
    if (code == KEY_BACKSPACE)
        return "backspace";
    if (code == KEY_NEXT)
        return state->last ? "tick" : "next";
    return NULL;
}

struct key_look {
    colour face;
    colour edge;
    colour ink;
    colour border;
    int border_px;
    double size;
    bool bold;
};

static struct key_look key_look(const struct ui *ui, int code, const struct keyboard_state *state,
                                bool pressed)
{
    const struct theme *t = ui->theme;
    bool lined = !t->pictures;
    bool pad = state->keyboard == KEYBOARD_PAD;
    struct key_look look = {t->key,
                            t->key_edge,
                            t->text,
                            lined ? t->line : COLOUR_NONE,
                            lined ? ui_px(ui, 3) : 0,
                            pad ? 58 : 46,
                            false};

    if (code == KEY_SHIFT || code == KEY_BACKSPACE || code == KEY_ACCENTS) {
        look.face = t->key_fn;
        look.edge = t->key_fn_edge;
        look.size = 36;
    } else if (code == ' ') {
        look.size = 34;
    } else if (code == KEY_NEXT) {
        look.face = t->dark;
        look.edge = lined ? COLOUR_NONE : 0x001B4DFF;
        look.ink = t->on_dark;
        look.size = pad ? 36 : 32;
        look.bold = true;
    } else if (keyboard_ending(code) != NULL) {
        look.size = 34;
        if (code < KEY_ENDING + 6) {
            look.border = t->blue;
            look.border_px = ui_px(ui, 3);
            look.edge = t->second_edge;
            look.ink = t->dark;
            look.size = 32;
        }
    }
    if (code == KEY_SHIFT && state->shift) {
        look.face = t->dark;
        look.edge = COLOUR_NONE;
        look.ink = t->on_dark;
    }
    if (pressed) {
        look.face = t->press;
        look.edge = COLOUR_NONE;
        look.ink = t->on_press;
    }
    return look;
}

/* Words are the language's; all else is Latin, and reads left to right. */
static struct text_block key_text(struct ui *ui, int code, const char *label, int size_px,
                                  bool bold)
{
    if (code == KEY_NEXT || code == KEY_BACKSPACE || code == ' ')
        return ui_lay_sized(ui, label, size_px, size_px * 5 / 4, bold, 1 << 20);
    return ui_lay_latin(ui, label, size_px, size_px * 5 / 4, bold, 1 << 20);
}

/* In large text letters grow as far as all of a keyboard's fit their keys, "W" with the others. */
static int letter_px(const struct ui *ui, struct rect face, const char *label, double units)
{
    int wanted = ui_text_px(ui, units);
    int most = face.h * 6 / 10;
    bool word = label[0] != '\0' && str_last_code_point(str_of(label)) > 0;

    if (!word && face.w * 7 / 10 < most)
        most = face.w * 7 / 10;
    if (most < ui->least_em_px)
        most = ui->least_em_px;
    return wanted < most ? wanted : most;
}

static void key_words(struct ui *ui, struct rect face, int code, const char *label,
                      const struct keyboard_state *state, const struct key_look *look)
{
    const char *icon = key_icon(code, state);
    bool only_icon =
        code == KEY_SHIFT || (code == KEY_BACKSPACE && state->keyboard != KEYBOARD_PAD);
    int icon_px = ui_px(ui, code == KEY_NEXT ? 40 : 48);
    int gap = ui_px(ui, 14);

    int room = face.w - ui_px(ui, 12) - (icon == NULL ? 0 : icon_px + gap);
    int size = letter_px(ui, face, label, look->size);
    struct text_block text = key_text(ui, code, label, size, look->bold);
    /* A word on a key is one line: it shrinks as far as it may, then loses its icon, and where the
       key has no room for it at all the icon says it. */
    while (text.width_px > room && size > ui->least_em_px) {
        size = size * 15 / 16;
        text = key_text(ui, code, label, size, look->bold);
    }
    only_icon = only_icon || (icon != NULL &&
                              (text.width_px > face.w - ui_px(ui, 12) || text.height_px > face.h));
    if (icon == NULL && code == ' ' && text.height_px > face.h)
        return; /* a long empty key is known for what it is */
    if (only_icon) {
        ui_icon(ui, rect_centre(face, icon_px, icon_px), icon, look->ink);
        return;
    }
    if (text.width_px > room - ui_px(ui, 16))
        icon = NULL;
    struct rect row =
        rect_centre(face, text.width_px + (icon == NULL ? 0 : icon_px + gap), text.height_px);
    if (icon != NULL) {
        struct rect strip =
            code == KEY_NEXT ? rect_cut_end(&row, icon_px) : rect_cut_start(&row, icon_px);
        ui_icon(ui, rect_centre(strip, icon_px, icon_px), icon, look->ink);
        if (code == KEY_NEXT)
            rect_cut_end(&row, gap);
        else
            rect_cut_start(&row, gap);
    }
    ui_text_at(ui, &text, row, ALIGN_CENTRE, look->ink, false);
}

static void key_view(struct ui *ui, struct rect rect, int code, const struct keyboard_state *state,
                     const struct keyboard_words *words)
{
    struct element_id id = {state->what, code};
    const char *label = key_label(ui, code, state, words);
    struct element *element = ui_element(ui, id, ROLE_KEY, label, rect);
    bool pressed = (element->state & STATE_PRESSED) != 0;
    struct key_look look = key_look(ui, code, state, pressed);
    int edge = ui_px(ui, 6);
    int radius = ui_px(ui, 14);
    struct rect face = {rect.x, rect.y, rect.w, rect.h - edge};

    element->target = true;
    if (code == KEY_BACKSPACE)
        element->state |= STATE_REPEATS;
    if (code == KEY_ACCENTS)
        element->hint = words->accents;
    if (code == KEY_SHIFT && state->shift)
        element->state |= STATE_CHOSEN;
    if (ui_has_focus(ui, id)) {
        ui_focus_ring(ui, rect, radius);
        ui_focus_line(ui, &look.border, &look.border_px);
    }
    if (pressed)
        face.y += edge;
    else if (look.edge != COLOUR_NONE)
        ui_box(ui, (struct rect){rect.x, rect.y + edge, rect.w, rect.h - edge}, look.edge, radius);
    ui_frame(ui, face, look.face, radius, look.border, look.border_px);
    key_words(ui, face, code, label, state, &look);
}

/* What a key types or does: letters as they will be typed. */
static int key_code(const struct key *key, const struct keyboard_state *state)
{
    bool capitals =
        state->keyboard == KEYBOARD_POSTCODE || (state->keyboard == KEYBOARD_NAME && state->shift);

    bool dotted = state->keyboard == KEYBOARD_NAME && state->dotted;

    return key->code < KEY_SHIFT && capitals ? capital(key->code, dotted) : key->code;
}

/* "Row: Q W E R T Y U I O P" */
static const char *row_name(struct ui *ui, const struct key_row *keys,
                            const struct keyboard_state *state, const struct keyboard_words *words)
{
    char memory[256];
    char name[320];
    struct buf list;
    struct buf out;

    buf_init(&list, memory, sizeof memory);
    for (int i = 0; i < ROW_KEYS && keys->keys[i].code != 0; i++) {
        buf_add_text(&list, i > 0 ? " " : "");
        buf_add_text(&list, key_label(ui, key_code(&keys->keys[i], state), state, words));
    }
    buf_init(&out, name, sizeof name);
    buf_add_filled(&out, words->row, (const char *const[]){"keys", memory, NULL});
    const char *copy = arena_copy(ui->arena, buf_str(&out));
    if (copy == NULL || buf_status(&out) != ERR_OK)
        ui->scene->overflow = true;
    return copy == NULL ? "" : copy;
}

/* The ring around a whole row: within the gap to its neighbours. */
static void row_ring(struct ui *ui, struct rect row, int gap)
{
    int radius = ui_px(ui, 14);

    ui_box(ui, rect_inset(row, -gap * 3 / 4, -gap * 3 / 4), ui->theme->focus, radius + gap * 3 / 4);
    ui_box(ui, rect_inset(row, -gap / 4, -gap / 4), ui->theme->focus_in, radius + gap / 4);
    ui_box(ui, row, ui->theme->keyboard, radius);
}

/* A row of keys of equal shares (negative tenths) or of tenths of a plain key. */
static void row_view(struct ui *ui, struct rect row, const struct key_row *keys,
                     const struct keyboard_state *state, const struct keyboard_words *words)
{
    int gap = ui_px(ui, KEY_GAP);
    double tenth = (row.w + gap) / 100.0;
    int share = keys->keys[0].tenths < 0 ? -keys->keys[0].tenths : 0;
    double x = row.x + keys->half * tenth;

    for (int i = 0; i < ROW_KEYS && keys->keys[i].code != 0; i++) {
        const struct key *key = &keys->keys[i];
        double wide = share > 0 ? (row.w + gap) / (double)share : key->tenths * tenth;
        int left = (int)(x + 0.5);
        int right = (int)(x + wide + 0.5) - gap;
        key_view(ui, (struct rect){left, row.y, right - left, row.h}, key_code(key, state), state,
                 words);
        x += wide;
    }
}

/* Below this the endings would press the keys together: they are left out beside a panel. */
enum { EMAIL_LEAST = 730 };

static const struct key_row *rows_in(const struct ui *ui, struct rect panel,
                                     const struct keyboard_state *state)
{
    const struct key_row *rows = rows_of(ui, state->keyboard, state->accents);

    if (rows == email_rows && !ui->portrait && panel.h < ui_px(ui, EMAIL_LEAST))
        rows += 2;
    return rows;
}

void keyboard_view(struct ui *ui, struct rect panel, const struct keyboard_state *state,
                   const struct keyboard_words *words)
{
    const struct key_row *rows = rows_in(ui, panel, state);
    int count = row_count(rows);
    int gap = ui_px(ui, KEY_GAP);
    bool pad = state->keyboard == KEYBOARD_PAD;
    bool wide = pad && !comfort_is_largest(ui->settings.text_percent);
    int side = ui_px(ui, ui->portrait ? (pad ? 56 : PANEL_PAD) : wide ? 120 : 32);
    int units = 0;

    for (int i = 0; i < count; i++)
        units += rows[i].height;
    ui_box(ui, panel, ui->theme->keyboard, 0);
    struct rect inner = rect_inset(panel, side, ui_px(ui, PANEL_PAD));
    /* Portrait: the rows' own heights. Landscape: they share the panel, 1.5 times at most. */
    double stretch = (double)(inner.h - (count - 1) * gap) / ui_px(ui, units);
    if (stretch < 1.0) {
        /* Little room: closer together before smaller. */
        gap = ui_px(ui, NARROW_GAP);
        stretch = (double)(inner.h - (count - 1) * gap) / ui_px(ui, units);
    }
    if (stretch > 1.5)
        stretch = 1.5;
    int used = (int)(ui_px(ui, units) * stretch) + (count - 1) * gap;
    inner = rect_centre(inner, inner.w, used);
    ui_hold(ui);
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cut_top(&inner, (int)(ui_px(ui, rows[i].height) * stretch));
        struct element_id id = {state->what, KEY_ROW + i};
        ui_row_begin(ui, id, row_name(ui, &rows[i], state, words), row);
        if (ui_has_focus(ui, id))
            row_ring(ui, row, gap);
        row_view(ui, row, &rows[i], state, words);
        ui_row_end(ui);
        rect_cut_top(&inner, gap);
    }
    ui_release(ui, panel);
}
