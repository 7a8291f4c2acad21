/* Steps that more than one robot takes through the form: see walk.h. */
#include "walk.h"

#include "ui/keyboard.h"

void walk_on(struct robot *r)
{
    robot_touch_id(r, ID_CONTINUE, 0);
}

void walk_seek(struct robot *r, int what, int which)
{
    while (!robot_has(r, what, which) && r->kiosk.app.model.sheet > 0)
        robot_touch_id(r, ID_BACK, 0);
    while (!robot_has(r, what, which) && r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
}

void walk_choose(struct robot *r, const char *link_id, const char *code)
{
    const struct questionnaire *q = r->kiosk.pack->questionnaire;
    int item = questionnaire_find(q, link_id);
    int which =
        item * LIMIT_OPTIONS + (code == NULL ? 0 : item_find_option(&q->items[item], str_of(code)));

    walk_seek(r, ID_OPTION, which);
    robot_touch_id(r, ID_OPTION, which);
}

/* A page that is split is left from its last sheet. */
static void leave(struct robot *r)
{
    while (r->kiosk.app.model.sheet + 1 < r->kiosk.app.model.sheets)
        walk_on(r);
    walk_on(r);
}

static void answer(struct robot *r, const char *link_id, const char *code)
{
    walk_choose(r, link_id, code);
    leave(r);
}

void walk_to_saving(struct robot *r)
{
    robot_touch_id(r, ID_BEGIN, -1);
    walk_from_cards(r, "alone");
}

void walk_from_cards(struct robot *r, const char *mode)
{
    robot_touch_id(r, ID_SKIP, 0);
    answer(r, "diabetes", "yes");
    robot_type(r, "Ann");
    robot_touch_id(r, ID_KEY, KEY_NEXT);
    robot_type(r, "Lee");
    walk_on(r);
    robot_type(r, "14031958");
    walk_on(r);
    robot_type(r, "N195NF");
    walk_on(r);
    answer(r, "nhs-number-known", "no");
    answer(r, "contact", "email");
    robot_type(r, "ann.lee");
    if (robot_has(r, ID_KEY, KEY_ENDING))
        robot_touch_id(r, ID_KEY, KEY_ENDING);
    else
        robot_type(r, "@gmail.com"); /* a small panel has no endings */
    walk_on(r);
    answer(r, "formats", "none");
    answer(r, "start-help", "none");
    if (mode == NULL)
        leave(r);
    else
        answer(r, "mode", mode);
    answer(r, "agree-account", NULL);
    leave(r); /* the answers to check */
    robot_touch_id(r, ID_SKIP, 0);
}

void walk_choose_language(struct robot *r, const char *code)
{
    const struct pack_language *language = pack_language(r->kiosk.pack, code);
    int which = language == NULL ? 0 : (int)(language - r->kiosk.pack->languages);

    if (language == NULL) {
        fprintf(stderr, "robot: the pack has no language %s\n", code);
        exit(1);
    }
    r->kiosk.app.model.site.tests = language->test;
    robot_touch_id(r, ID_LANGUAGE_MENU, 0);
    walk_seek(r, ID_LANGUAGE, which);
    robot_touch_id(r, ID_LANGUAGE, which);
    robot_touch_id(r, ID_LANGUAGE_MENU, 0);
}
