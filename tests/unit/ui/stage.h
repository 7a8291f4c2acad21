/*
 * A stage for tests of the toolkit: an arena, a scene and a struct ui with letters of half an em
 * (metrics.h), two buttons to stand on it, and what the audit says of it.
 */
#ifndef TESTS_UNIT_UI_STAGE_H
#define TESTS_UNIT_UI_STAGE_H

#include "base/str.h"
#include "metrics.h"
#include "ui/audit.h"
#include "ui/parts.h"

enum { BACK = 1, NEXT, ROW, FIELD, KEY };

struct stage {
    struct arena arena;
    struct scene scene;
    struct ui ui;
};

static struct stage stage;
static struct stage other; /* a second one, to compare with */

static inline int set_up(void **state)
{
    (void)state;
    return arena_init(&stage.arena, 1 << 20) != ERR_OK ||
           arena_init(&other.arena, 1 << 20) != ERR_OK;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_finish(&stage.arena);
    arena_finish(&other.arena);
    return 0;
}

static const struct ui_settings portrait = {
    .width_px = 1080, .height_px = 1920, .text_percent = 100};
static const struct ui_settings mirrored = {
    .width_px = 1080, .height_px = 1920, .text_percent = 100, .rtl = true};

static inline void begin_on(struct stage *on, const struct ui_settings *settings,
                            struct element_id focus, struct element_id pressed)
{
    ui_begin(&on->ui, settings, &even_metrics, &on->arena, &on->scene, focus, pressed, true);
}

static inline void begin(const struct ui_settings *settings)
{
    begin_on(&stage, settings, UI_NONE, UI_NONE);
}

static const struct button back = {
    .id = {BACK, 0}, .label = "Back", .icon = "back", .look = BUTTON_SECONDARY};
static const struct button next = {
    .id = {NEXT, 0}, .label = "Next", .icon = "next", .icon_after = true, .look = BUTTON_PRIMARY};

/* The words of what was painted since `from`, from left to right. */
static inline const char *painted(int from)
{
    static char memory[400];
    struct buf b;

    buf_init(&b, memory, sizeof memory);
    for (int x = 0; x < 1080; x++) {
        for (int i = from; i < stage.scene.paint_count; i++) {
            const struct paint *paint = &stage.scene.paints[i];
            if (paint->kind == PAINT_TEXT && paint->rect.x == x)
                buf_add_format(&b, "[%.*s]", (int)paint->text.run->text.len,
                               paint->text.run->text.at);
        }
    }
    return memory;
}

static const struct audit_limits limits = {.target_px = 80, .key_px = 60};

/* How often the stage breaks a rule, of the first 32 findings. */
static inline int findings(enum audit_rule rule)
{
    struct audit_finding all[32];
    int count = audit_scene(&stage.scene, &limits, all, 32);
    int of_rule = 0;

    for (int i = 0; i < count && i < 32; i++)
        of_rule += all[i].rule == rule;
    return of_rule;
}

#endif
