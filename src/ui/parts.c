/*
 * Beginning and ending a scene, the scale of the screen, the looks of text, and the low-level
 * paints that every part is made of. Mirroring for right-to-left happens here, once, at the end.
 */
#include "ui/parts.h"

#include <math.h>
#include <string.h>

/* At 102 ppi, the reference display. */
#define MM_PER_UNIT (25.4 / 102.0)
/* Bar labels (28 units) never come out under 6.5 mm nor targets (88 units) under 20 mm. */
#define LEAST_LABEL_MM  6.5
#define LEAST_TARGET_MM 20.0
/* In the largest text: a capital H of Noto Sans is 0.714 em high, and 7.3 mm (comfort.h). */
#define LARGEST_EM_MM (7.3 / 0.714)
#define REACH_MM      (1160.0 * MM_PER_UNIT)
#define REACH_SHARE   (1160.0 / 1920.0)

/* Units fill the screen, without margins. */
static double fitting_scale(const struct ui_settings *settings, bool portrait)
{
    double across = settings->width_px / (portrait ? 1080.0 : 1920.0);
    double down = settings->height_px / (portrait ? 1920.0 : 1080.0);

    return across < down ? across : down;
}

double ui_px_per_mm(const struct ui_settings *settings)
{
    if (settings->diagonal_mm > 0)
        return hypot(settings->width_px, settings->height_px) / settings->diagonal_mm;
    return fitting_scale(settings, settings->height_px >= settings->width_px) / MM_PER_UNIT;
}

static double screen_scale(const struct ui_settings *settings, bool portrait)
{
    double scale = fitting_scale(settings, portrait);

    if (settings->diagonal_mm > 0) {
        scale = fmax(scale, LEAST_LABEL_MM * ui_px_per_mm(settings) / 28.0);
        scale = fmax(scale, LEAST_TARGET_MM * ui_px_per_mm(settings) / 88.0);
    }
    return scale;
}

static int least_em_px(const struct ui *ui)
{
    int least = ui_px(ui, 28);
    int largest = (int)ceil(LARGEST_EM_MM * ui_px_per_mm(&ui->settings));

    return comfort_is_largest(ui->settings.text_percent) && largest > least ? largest : least;
}

int ui_reach_px(const struct ui_settings *settings)
{
    double height = fmax(REACH_MM * ui_px_per_mm(settings), REACH_SHARE * settings->height_px);

    return height < settings->height_px ? settings->height_px - (int)height : 0;
}

void ui_begin(struct ui *ui, const struct ui_settings *settings, const struct text_metrics *metrics,
              struct arena *arena, struct scene *scene, struct element_id focus,
              struct element_id pressed, bool caret)
{
    bool portrait = settings->height_px >= settings->width_px;

    *ui = (struct ui){.settings = *settings,
                      .theme = theme_of(settings->scheme),
                      .metrics = metrics,
                      .arena = arena,
                      .scene = scene,
                      .focus = focus,
                      .pressed = pressed,
                      .caret = caret,
                      .portrait = portrait,
                      .scale = screen_scale(settings, portrait),
                      .hold_from_element = -1};
    ui->w = (int)(settings->width_px / ui->scale);
    ui->h = (int)(settings->height_px / ui->scale);
    ui->zone_w = 760.0 * ui->w / 1920.0;
    ui->text_percent = settings->text_percent;
    ui->least_em_px = least_em_px(ui);
    ui->reach_px = settings->low_reach ? ui_reach_px(settings) : 0;
    arena_reset(arena);
    scene_clear(scene, settings->width_px, settings->height_px, ui->theme->page);
}

/* Icons that point the reading way; clocks, ticks and signs for things stay as they are. */
static bool icon_points(const char *name)
{
    static const char *const pointing[] = {"back", "next", "chevron", "calledin", "undo", "send"};

    for (size_t i = 0; i < sizeof pointing / sizeof *pointing; i++) {
        if (strcmp(name, pointing[i]) == 0)
            return true;
    }
    return false;
}

/* Pictures that go the reading way, or leave room for words at its start. */
static bool picture_points(const char *name)
{
    return strncmp(name, "horizon", 7) == 0 || strcmp(name, "welcome-landscape") == 0;
}

static void mirror_rect(struct rect *r, int width_px)
{
    r->x = width_px - r->x - r->w;
}

static void mirror_paint(struct paint *paint, int width_px)
{
    mirror_rect(&paint->rect, width_px);
    if (paint->kind == PAINT_TEXT && paint->text.clip.w > 0)
        mirror_rect(&paint->text.clip, width_px);
    if (paint->kind == PAINT_ICON)
        paint->icon.flip = icon_points(paint->icon.name);
    if (paint->kind == PAINT_PICTURE)
        paint->picture.flip = picture_points(paint->picture.name);
}

void ui_end(struct ui *ui)
{
    struct scene *scene = ui->scene;

    for (int i = 0; i < scene->element_count; i++) {
        struct element *element = &scene->elements[i];
        if ((element->target || element->role == ROLE_KEYS) &&
            element_id_equal(element->id, ui->focus))
            element->state |= STATE_FOCUSED;
        if (ui->settings.rtl)
            mirror_rect(&element->rect, scene->width_px);
    }
    if (!ui->settings.rtl)
        return;
    for (int i = 0; i < scene->paint_count; i++)
        mirror_paint(&scene->paints[i], scene->width_px);
}

void ui_hold(struct ui *ui)
{
    ui->hold_from_element = ui->scene->element_count;
    ui->hold_from_paint = ui->scene->paint_count;
}

/* Mirrors what was held within its own block, so that mirroring the screen undoes it. */
void ui_release(struct ui *ui, struct rect block)
{
    struct scene *scene = ui->scene;
    int turn = 2 * block.x + block.w;

    if (ui->settings.rtl) {
        for (int i = ui->hold_from_element; i < scene->element_count; i++)
            mirror_rect(&scene->elements[i].rect, turn);
        for (int i = ui->hold_from_paint; i < scene->paint_count; i++) {
            mirror_rect(&scene->paints[i].rect, turn);
            if (scene->paints[i].kind == PAINT_TEXT && scene->paints[i].text.clip.w > 0)
                mirror_rect(&scene->paints[i].text.clip, turn);
        }
    }
    ui->hold_from_element = -1;
}

/* Does what is added now get mirrored? Then its paragraphs run right to left too. */
static bool is_turned(const struct ui *ui)
{
    return ui->settings.rtl && ui->hold_from_element < 0;
}

int ui_px(const struct ui *ui, double units)
{
    return (int)lround(units * ui->scale);
}

int ui_text_px(const struct ui *ui, double units)
{
    return (int)lround(units * ui->scale * ui->text_percent / 100.0);
}

int ui_bar_px(const struct ui *ui, double units)
{
    int percent = ui->settings.text_percent < 118 ? ui->settings.text_percent : 118;

    return (int)lround(units * ui->scale * percent / 100.0);
}

struct rect ui_screen(const struct ui *ui)
{
    return (struct rect){0, 0, ui->settings.width_px, ui->settings.height_px};
}

struct element *ui_element(struct ui *ui, struct element_id id, enum role role, const char *label,
                           struct rect rect)
{
    struct scene *scene = ui->scene;
    struct element *element = &scene->elements[scene->element_count];

    if (scene->element_count == SCENE_ELEMENTS)
        scene->overflow = true;
    else
        scene->element_count++;
    *element =
        (struct element){.id = id, .role = role, .group = ui->group, .label = label, .rect = rect};
    if (element_id_equal(id, ui->pressed) && id.what >= 0)
        element->state |= STATE_PRESSED;
    return element;
}

void ui_row_begin(struct ui *ui, struct element_id id, const char *label, struct rect rect)
{
    ui->group = ++ui->scene->group_count;
    ui_element(ui, id, ROLE_KEYS, label, rect);
}

void ui_row_end(struct ui *ui)
{
    ui->group = 0;
}

static struct paint *add_paint(struct ui *ui, enum paint_kind kind, struct rect rect, colour fill)
{
    struct scene *scene = ui->scene;
    struct paint *paint = &scene->paints[scene->paint_count];

    if (scene->paint_count == SCENE_PAINTS)
        scene->overflow = true;
    else
        scene->paint_count++;
    *paint = (struct paint){
        .kind = kind, .element = scene->element_count - 1, .rect = rect, .fill = fill};
    return paint;
}

struct paint *ui_box(struct ui *ui, struct rect rect, colour fill, int radius_px)
{
    struct paint *paint = add_paint(ui, PAINT_BOX, rect, fill);

    paint->box.radius_px = radius_px;
    return paint;
}

struct paint *ui_icon(struct ui *ui, struct rect rect, const char *name, colour fill)
{
    struct paint *paint = add_paint(ui, PAINT_ICON, rect, fill);

    paint->icon.name = name;
    return paint;
}

struct paint *ui_picture(struct ui *ui, struct rect rect, const char *name, int radius_px)
{
    struct paint *paint = add_paint(ui, PAINT_PICTURE, rect, COLOUR_NONE);

    paint->picture.name = name;
    paint->picture.radius_px = radius_px;
    return paint;
}

/* Sizes of visual.md section 1, in units: em size and line height. */
static const struct {
    double size;
    double line;
    bool bold;
} looks[LOOK_COUNT] = {
    [LOOK_DISPLAY] = {78, 89, true},  [LOOK_H1] = {64, 74, true},
    [LOOK_H1_SMALL] = {44, 55, true}, [LOOK_H2] = {44, 55, true},
    [LOOK_LEDE] = {38, 54, false},    [LOOK_BODY] = {36, 50, false},
    [LOOK_HINT] = {36, 50, false},    [LOOK_SECOND] = {34, 46, false},
    [LOOK_NOTE] = {34, 46, false},    [LOOK_SMALL] = {32, 42, false},
    [LOOK_LABEL] = {36, 47, true},    [LOOK_VALUE] = {48, 56, false},
    [LOOK_CHOICE] = {40, 50, false},  [LOOK_CHOICE_ON] = {40, 50, true},
    [LOOK_KEY] = {32, 42, true},      [LOOK_PROGRESS] = {34, 43, true},
    [LOOK_CODE] = {76, 84, true},     [LOOK_BYLINE] = {30, 42, false},
};

static struct text_block lay(struct ui *ui, struct str text, const struct text_style *asked,
                             int max_width_px)
{
    struct text_style style = *asked;
    struct text_block block = {0};
    /* A face that is set smaller than Latin is still no smaller than the least. */
    const struct font_family *family =
        &font_families[style.tongue.nastaliq ? FACE_NASTALIQ : FACE_LATIN];
    int least_px =
        (ui->least_em_px * family->least_percent + family->size_percent - 1) / family->size_percent;

    if (style.size_px < least_px) {
        style.line_px = style.line_px * least_px / style.size_px;
        style.size_px = least_px;
    }
    switch (text_layout(ui->arena, ui->metrics, text, &style, max_width_px, &block)) {
    case ERR_OK:
        break;
    case ERR_NOT_FOUND:
        ui->scene->no_glyph = true;
        break;
    default:
        ui->scene->overflow = true;
        break;
    }
    return block;
}

/* Words of ours stay whole: where one is wider than the lines, the text is set smaller. */
static struct text_block lay_ours(struct ui *ui, const char *text, const struct text_style *asked,
                                  int max_width_px)
{
    struct text_style style = *asked;
    size_t used = ui->arena->used; /* what was only tried is given back */
    struct text_block block = lay(ui, str_of(text), &style, max_width_px);

    for (int part = 15; block.parted && style.size_px > ui->least_em_px && part > 4; part--) {
        style.size_px = asked->size_px * part / 16;
        style.line_px = asked->line_px * part / 16;
        ui->arena->used = used;
        block = lay(ui, str_of(text), &style, max_width_px);
    }
    return block;
}

static struct tongue tongue_of(const struct ui *ui)
{
    return ui->tongue != NULL ? *ui->tongue : (struct tongue){is_turned(ui), ui->settings.nastaliq};
}

static struct text_style style_of(const struct ui *ui, enum text_look look)
{
    double size = looks[look].size;
    double line = looks[look].line;

    if (look == LOOK_DISPLAY && !ui->portrait) {
        size = 70;
        line = 78;
    }
    return (struct text_style){.size_px = ui_text_px(ui, size),
                               .line_px = ui_text_px(ui, line),
                               .bold = looks[look].bold,
                               .tongue = tongue_of(ui)};
}

struct text_block ui_lay(struct ui *ui, const char *text, enum text_look look, int max_width_px)
{
    struct text_style style = style_of(ui, look);

    style.rich = true;
    return lay_ours(ui, text, &style, max_width_px);
}

struct text_block ui_lay_typed(struct ui *ui, const char *text, enum text_look look,
                               int max_width_px)
{
    struct text_style style = style_of(ui, look);

    style.whole = max_width_px == UI_WHOLE;
    style.ragged = true; /* words that a person gave stay together as long as the line allows */
    return lay(ui, str_of(text), &style, max_width_px);
}

struct text_block ui_lay_sized(struct ui *ui, const char *text, int size_px, int line_px, bool bold,
                               int max_width_px)
{
    struct text_style style = {
        .size_px = size_px, .line_px = line_px, .bold = bold, .tongue = tongue_of(ui)};

    return lay_ours(ui, text, &style, max_width_px);
}

struct text_block ui_lay_latin(struct ui *ui, const char *text, int size_px, int line_px, bool bold,
                               int max_width_px)
{
    struct text_style style = {.size_px = size_px, .line_px = line_px, .bold = bold};

    return lay(ui, str_of(text), &style, max_width_px);
}

/* The widest word: what stands between the places where a line may end. */
static int word_width(struct ui *ui, const char *text, const struct text_style *style)
{
    int widest = 0;

    while (*text != '\0') {
        size_t len = strcspn(text, " -");
        if (text[len] == '-')
            len++;
        int width = lay(ui, (struct str){text, len}, style, 1 << 20).width_px;
        widest = width > widest ? width : widest;
        text += len;
        text += *text == ' ';
    }
    return widest;
}

int ui_lines_width(struct ui *ui, const char *text, int size_px, bool bold, int lines)
{
    struct text_style style = {
        .size_px = size_px, .line_px = size_px, .bold = bold, .tongue = tongue_of(ui)};
    size_t used = ui->arena->used; /* what is only measured is given back */
    int whole = lay(ui, str_of(text), &style, 1 << 20).width_px;
    int width = whole / lines;
    int word = word_width(ui, text, &style);

    width = width > word ? width : word;
    while (width < whole && lay(ui, str_of(text), &style, width).line_count > lines)
        width += whole / 16 + 1;
    ui->arena->used = used;
    return width < whole ? width : whole;
}

void ui_text_at(struct ui *ui, const struct text_block *block, struct rect rect, enum align align,
                colour fill, bool personal)
{
    bool turned = is_turned(ui);

    for (int i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        int spare = rect.w - line->width_px;
        int left = rect.x + (align == ALIGN_START ? 0 : align == ALIGN_CENTRE ? spare / 2 : spare);
        int top = rect.y + i * block->line_px;
        for (int r = 0; r < line->run_count; r++) {
            const struct text_run *run = &block->runs[line->first_run + r];
            /* Runs stand in visual order: turned here, so that mirroring puts them right. */
            int x = turned ? line->width_px - run->x_px - run->width_px : run->x_px;
            struct paint *paint = add_paint(
                ui, PAINT_TEXT, (struct rect){left + x, top, run->width_px, block->line_px}, fill);
            paint->text.run = run;
            paint->text.baseline_px = top + block->baseline_px;
            paint->text.personal = personal;
            paint->text.parted = block->parted;
        }
    }
}
