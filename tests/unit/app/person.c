/* What a person does to the app: see person.h. */
#include "app/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/keyboard.h"
#include "ui/metrics.h"

struct person person;

static int64_t monotonic(void *context)
{
    (void)context;
    return person.now;
}

static int64_t wall(void *context)
{
    (void)context;
    return person.wall_ms;
}

static void dice(void *context, void *out_bytes, size_t size)
{
    (void)context;
    env_random(&env_system, out_bytes, size);
}

int person_set_up(void **state)
{
    static const struct site site = {.drafts = true, .tests = true, .comfort = COMFORT_DEFAULT};
    static const struct ui_settings screen = {
        .width_px = 1080, .height_px = 1920, .text_percent = 100};
    struct device device = {.readiness = READY_YES, .mode = KIOSK_DEMO, .connected = true};
    struct refusal refusal = {0};

    (void)state;
    person.now = 1000000;
    person.wall_ms = 1795435200000; /* noon of 23 November 2026 */
    person.env = (struct env){NULL, monotonic, wall, dice};
    person.presses = 0;
    if (person.pack == NULL && pack_open(BINARY_DIR "/pack", &person.pack, &refusal) != ERR_OK) {
        refusal_print(&refusal, "test", stderr);
        return 1;
    }
    if (app_init(&person.app, person.pack, &site, &even_metrics, &screen, &person.env) != ERR_OK)
        return 1;
    strcpy(device.kiosk, "6f1c2f0e-0000-4000-8000-000000000001");
    strcpy(device.practice, "Y99999");
    app_device(&person.app, &device, (struct date){2026, 11, 23}, person.now);
    person_look();
    return 0;
}

int person_tear_down(void **state)
{
    (void)state;
    app_finish(&person.app);
    return 0;
}

int person_goes(void **state)
{
    (void)state;
    pack_close(person.pack);
    person.pack = NULL;
    return 0;
}

void person_look(void)
{
    const struct scene *scene;
    struct rect dirty;

    app_view(&person.app, person.now, &scene, &dirty);
}

void person_waits(int64_t ms)
{
    for (int64_t end = person.now + ms; person.now < end;) {
        int64_t due = app_deadline_ms(&person.app, person.now);
        person.now = due > person.now && due < end ? due : end;
        app_tick(&person.app, person.now, &person.effects);
        person_look();
    }
}

const struct element *person_finds(int what, int which)
{
    return scene_find(person.app.scenes[person.app.shown], (struct element_id){what, which});
}

static void acts(const struct input *input)
{
    app_input(&person.app, input, person.now, &person.effects);
    person_look();
}

void person_touches(int what, int which)
{
    const struct element *element = person_finds(what, which);

    assert_non_null(element);
    struct input input = {.kind = INPUT_PRESS,
                          .x = element->rect.x + element->rect.w / 2,
                          .y = element->rect.y + element->rect.h / 2};
    person.now += 1000;
    acts(&input);
    input.kind = INPUT_RELEASE;
    acts(&input);
}

void person_presses(enum input_key key)
{
    struct input input = {.kind = INPUT_KEY, .key = key};

    person.now += 600;
    person.presses++;
    acts(&input);
}

void person_types(const char *text)
{
    struct input input = {.kind = INPUT_TEXT};

    strcpy(input.text, text);
    person.now += 600;
    acts(&input);
}

int person_item(const char *link_id)
{
    return questionnaire_find(person.pack->questionnaire, link_id);
}

int person_option(const char *link_id, const char *code)
{
    int item = person_item(link_id);
    const struct item *i = &person.pack->questionnaire->items[item];

    return item * LIMIT_OPTIONS + (code == NULL ? 0 : item_find_option(i, str_of(code)));
}

void person_chooses(const char *link_id, const char *code)
{
    int which = person_option(link_id, code);

    while (person_finds(ID_OPTION, which) == NULL &&
           person.app.model.sheet + 1 < person.app.model.sheets)
        person_touches(ID_CONTINUE, 0);
    person_touches(ID_OPTION, which);
}

void person_answers(const char *link_id, const char *code)
{
    person_chooses(link_id, code);
    while (person.app.model.sheet + 1 < person.app.model.sheets)
        person_touches(ID_CONTINUE, 0);
    person_touches(ID_CONTINUE, 0);
}

static bool is_at(const char *page)
{
    const struct model *m = &person.app.model;

    if (page == NULL)
        return m->screen == SCREEN_CHECK;
    return m->screen == SCREEN_PAGE && m->page == person_item(page);
}

static void answers_page(void)
{
    static const struct {
        const char *page;
        const char *answer; /* of a choice */
        const char *code;
        const char *typed;
    } says[] = {
        {"p-diabetes", "diabetes", "yes", NULL},         {"p-postcode", NULL, NULL, "N195NF"},
        {"p-nhs-known", "nhs-number-known", "no", NULL}, {"p-contact", "contact", "email", NULL},
        {"p-email", NULL, NULL, "ann.lee@example.com"},  {"p-formats", "formats", "none", NULL},
        {"p-start", "start-help", "none", NULL},         {"p-mode", "mode", "alone", NULL},
        {"p-consent", "agree-account", NULL, NULL},
    };

    if (is_at("p-name")) {
        person_types("Ann");
        person_touches(ID_KEY, KEY_NEXT);
        person_types("Lee");
        person_touches(ID_CONTINUE, 0);
        return;
    }
    if (is_at("p-birth-date")) {
        person_types("01");
        person_types("03");
        person_types("1958");
        person_touches(ID_CONTINUE, 0);
        return;
    }
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        if (!is_at(says[i].page))
            continue;
        if (says[i].typed == NULL) {
            person_answers(says[i].answer, says[i].code);
        } else {
            person_types(says[i].typed);
            person_touches(ID_CONTINUE, 0);
        }
        return;
    }
    fail_msg("no answer for page %d", person.app.model.page);
}

void person_goes_to(const char *page)
{
    if (person.app.model.screen == SCREEN_WELCOME) {
        person_touches(ID_BEGIN, -1);
        person_touches(ID_SKIP, 0);
    }
    while (!is_at(page))
        answers_page();
}

bool person_said(const char *link_id, const char *text)
{
    return str_is(answers_text(&person.app.model.secret->answers, person_item(link_id)), text);
}
