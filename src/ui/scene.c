/* The scene's readers that need no painter: hit-test, focus order, search, difference. */
#include "ui/scene.h"

#include <string.h>

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_HEADING] = "heading",   [ROLE_TEXT] = "text",
    [ROLE_PROGRESS] = "progress", [ROLE_BUTTON] = "button",
    [ROLE_RADIO] = "choice",      [ROLE_CHECKBOX] = "tick box",
    [ROLE_FIELD] = "field",       [ROLE_KEY] = "key",
    [ROLE_PICTURE] = "picture",   [ROLE_ERROR_SUMMARY] = "error summary",
    [ROLE_ERROR] = "error",       [ROLE_ROW] = "row",
    [ROLE_DIALOG] = "dialog",     [ROLE_TIMER] = "timer",
    [ROLE_CODE] = "code",         [ROLE_KEYS] = "row of keys",
};

const char *role_name(enum role role)
{
    return role_names[role];
}

bool element_id_equal(struct element_id a, struct element_id b)
{
    return a.what == b.what && a.which == b.which;
}

void scene_clear(struct scene *scene, int width_px, int height_px, colour ground)
{
    scene->element_count = 0;
    scene->paint_count = 0;
    scene->modal_from = -1;
    scene->group_count = 0;
    scene->page = 0;
    scene->page_count = 1;
    scene->width_px = width_px;
    scene->height_px = height_px;
    scene->ground = ground;
    scene->overflow = false;
    scene->no_glyph = false;
}

/* Where the element at `i` goes when `count` from `first` on are put behind all `all`. */
static int moved(int i, int first, int count, int all)
{
    if (i < first)
        return i;
    return i < first + count ? i + all - first - count : i - count;
}

void scene_put_last(struct scene *scene, int first, int count)
{
    struct element last[SCENE_ELEMENTS];
    int behind = scene->element_count - first - count;

    memcpy(last, &scene->elements[first], (size_t)count * sizeof *last);
    memmove(&scene->elements[first], &scene->elements[first + count],
            (size_t)behind * sizeof *last);
    memcpy(&scene->elements[first + behind], last, (size_t)count * sizeof *last);
    for (int i = 0; i < scene->paint_count; i++)
        scene->paints[i].element =
            moved(scene->paints[i].element, first, count, scene->element_count);
}

bool scene_is_veiled(const struct scene *scene, int element)
{
    return element < scene->modal_from;
}

static int first_reachable(const struct scene *scene)
{
    return scene->modal_from >= 0 ? scene->modal_from : 0;
}

const struct element *scene_hit(const struct scene *scene, int x, int y)
{
    for (int i = scene->element_count - 1; i >= first_reachable(scene); i--) {
        const struct element *element = &scene->elements[i];
        if (element->target && rect_contains(element->rect, x, y))
            return element;
    }
    return NULL;
}

const struct element *scene_find(const struct scene *scene, struct element_id id)
{
    for (int i = 0; i < scene->element_count; i++) {
        if (element_id_equal(scene->elements[i].id, id))
            return &scene->elements[i];
    }
    return NULL;
}

const struct element *scene_find_label(const struct scene *scene, enum role role, const char *label)
{
    for (int i = first_reachable(scene); i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        if (element->role == role && strcmp(element->label, label) == 0)
            return element;
    }
    return NULL;
}

/* --- focus ------------------------------------------------------------------------------------ */

bool scene_is_stop(const struct element *element)
{
    return element->role == ROLE_KEYS || (element->target && element->group == 0);
}

/* Where the element stands that can have the focus and has this id; -1: nowhere. */
static int place_of(const struct scene *scene, struct element_id id)
{
    for (int i = first_reachable(scene); i < scene->element_count; i++) {
        const struct element *element = &scene->elements[i];
        if ((element->target || element->role == ROLE_KEYS) && element_id_equal(element->id, id))
            return i;
    }
    return -1;
}

static bool is_key_of(const struct scene *scene, int at, int group)
{
    return at >= 0 && at < scene->element_count && scene->elements[at].target &&
           scene->elements[at].group == group;
}

const struct element *scene_focus_step(const struct scene *scene, struct element_id from, int step)
{
    int first = first_reachable(scene);
    int count = scene->element_count - first;
    int at = place_of(scene, from);

    if (at >= 0 && scene->elements[at].target && scene->elements[at].group > 0 &&
        is_key_of(scene, at + step, scene->elements[at].group))
        return &scene->elements[at + step];
    at = at >= 0 ? at - first : step > 0 ? -1 : count;
    for (int tried = 0; tried < count; tried++) {
        at = (at + step + count) % count;
        if (scene_is_stop(&scene->elements[first + at]))
            return &scene->elements[first + at];
    }
    return NULL;
}

const struct element *scene_focus_into(const struct scene *scene, const struct element *row)
{
    int at = (int)(row - scene->elements) + 1;

    return row->role == ROLE_KEYS && is_key_of(scene, at, row->group) ? &scene->elements[at] : NULL;
}

const struct element *scene_focus_out(const struct scene *scene, struct element_id key)
{
    int at = place_of(scene, key);

    if (at < 0 || !scene->elements[at].target || scene->elements[at].group == 0)
        return NULL;
    while (scene->elements[at].role != ROLE_KEYS)
        at--;
    return &scene->elements[at];
}

const struct element *scene_focus_same(const struct scene *before, const struct scene *after,
                                       struct element_id key)
{
    const struct element *row = scene_focus_out(before, key);

    if (row == NULL)
        return NULL;
    int head = place_of(after, row->id);
    int at = head + place_of(before, key) - (int)(row - before->elements);
    return head >= 0 && is_key_of(after, at, after->elements[head].group) ? &after->elements[at]
                                                                          : NULL;
}

/* --- difference ------------------------------------------------------------------------------- */

static bool same_run(const struct text_run *a, const struct text_run *b)
{
    return str_equal(a->text, b->text) && a->face == b->face && a->bold == b->bold &&
           a->rtl == b->rtl && a->size_px == b->size_px && a->script == b->script;
}

static bool same_rect(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool same_paint(const struct paint *a, const struct paint *b)
{
    if (a->kind != b->kind || a->fill != b->fill || !same_rect(a->rect, b->rect))
        return false;
    switch (a->kind) {
    case PAINT_BOX:
        return a->box.radius_px == b->box.radius_px && a->box.border_px == b->box.border_px &&
               a->box.border == b->box.border;
    case PAINT_TEXT:
        return a->text.baseline_px == b->text.baseline_px &&
               same_rect(a->text.clip, b->text.clip) && same_run(a->text.run, b->text.run);
    case PAINT_ICON:
        return strcmp(a->icon.name, b->icon.name) == 0 && a->icon.flip == b->icon.flip;
    case PAINT_PICTURE:
        return strcmp(a->picture.name, b->picture.name) == 0 &&
               a->picture.flip == b->picture.flip && a->picture.radius_px == b->picture.radius_px;
    case PAINT_RING:
        return a->ring.stroke_px == b->ring.stroke_px && a->ring.permille == b->ring.permille &&
               a->ring.track == b->ring.track;
    case PAINT_QR:
        return a->qr.side == b->qr.side &&
               memcmp(a->qr.modules, b->qr.modules, (size_t)(a->qr.side * a->qr.side)) == 0;
    }
    return false;
}

static void widen(struct rect *all, struct rect r)
{
    int right = all->x + all->w > r.x + r.w ? all->x + all->w : r.x + r.w;
    int bottom = all->y + all->h > r.y + r.h ? all->y + all->h : r.y + r.h;

    if (r.w <= 0 || r.h <= 0)
        return;
    if (all->w == 0) {
        *all = r;
        return;
    }
    if (r.x < all->x)
        all->x = r.x;
    if (r.y < all->y)
        all->y = r.y;
    all->w = right - all->x;
    all->h = bottom - all->y;
}

/* Ink may stand out of a text's line box (accents, Nastaliq): repaint half a line more around it.
 */
static struct rect painted_rect(const struct paint *paint)
{
    int spare = paint->kind == PAINT_TEXT ? paint->rect.h / 2 : 0;

    return rect_inset(paint->rect, -spare, -spare);
}

bool scene_difference(const struct scene *before, const struct scene *after, struct rect *out_dirty)
{
    struct rect dirty = {0, 0, 0, 0};
    struct rect whole = {0, 0, after->width_px, after->height_px};
    int head = 0;
    int tail = 0;
    int least = before->paint_count < after->paint_count ? before->paint_count : after->paint_count;

    if (before->width_px != after->width_px || before->height_px != after->height_px ||
        before->ground != after->ground) {
        *out_dirty = whole;
        return true;
    }
    if (before->paint_count == after->paint_count) {
        for (int i = 0; i < least; i++) {
            if (!same_paint(&before->paints[i], &after->paints[i])) {
                widen(&dirty, painted_rect(&before->paints[i]));
                widen(&dirty, painted_rect(&after->paints[i]));
            }
        }
    } else {
        while (head < least && same_paint(&before->paints[head], &after->paints[head]))
            head++;
        while (tail < least - head && same_paint(&before->paints[before->paint_count - 1 - tail],
                                                 &after->paints[after->paint_count - 1 - tail]))
            tail++;
        for (int i = head; i < before->paint_count - tail; i++)
            widen(&dirty, painted_rect(&before->paints[i]));
        for (int i = head; i < after->paint_count - tail; i++)
            widen(&dirty, painted_rect(&after->paints[i]));
    }
    if (dirty.w == 0)
        return false;
    /* Within the screen. */
    if (dirty.x < 0) {
        dirty.w += dirty.x;
        dirty.x = 0;
    }
    if (dirty.y < 0) {
        dirty.h += dirty.y;
        dirty.y = 0;
    }
    if (dirty.x + dirty.w > whole.w)
        dirty.w = whole.w - dirty.x;
    if (dirty.y + dirty.h > whole.h)
        dirty.h = whole.h - dirty.y;
    *out_dirty = dirty;
    return true;
}
