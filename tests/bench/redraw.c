/*
 * From a touch on the keyboard of the name screen to painted pixels, beside memcpy of the same
 * pixels: one key that is pressed, and the whole screen. No display takes part (SDL's dummy
 * driver), so this is the kiosk's own work: view, difference, painting. Figures are medians of CPU
 * time, in which other work on the machine does not count.
 * Usage: bench_redraw PACK
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "robot.h"
#include "screens/ids.h"
#include "stand_in.h"

enum { ROUNDS = 101 };

static unsigned char copy[1080 * 1920 * 4];

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

static void to_name_screen(struct robot *r)
{
    const struct questionnaire *q = r->kiosk.pack->questionnaire;
    int item = questionnaire_find(q, "diabetes");

    robot_touch_id(r, ID_BEGIN, -1);
    robot_touch_id(r, ID_SKIP, 0);
    robot_touch_id(r, ID_OPTION,
                   item * LIMIT_OPTIONS + item_find_option(&q->items[item], STR_LITERAL("yes")));
    robot_touch_id(r, ID_CONTINUE, 0);
}

static double copy_ms(struct robot *r, struct rect part)
{
    const SDL_Surface *surface = window_surface(r->kiosk.window);
    double began = now_ms();

    for (int y = part.y; y < part.y + part.h; y++)
        memcpy(copy + (size_t)(y * 1080 + part.x) * 4,
               (const char *)surface->pixels + y * surface->pitch + part.x * 4, (size_t)part.w * 4);
    return now_ms() - began;
}

static void take(struct robot *r, enum input_kind kind, int x, int y)
{
    const struct input input = {.kind = kind, .x = x, .y = y};

    kiosk_take(&r->kiosk, &input);
    kiosk_show(&r->kiosk);
}

static void measure_key(struct robot *r)
{
    const struct scene *scene = r->kiosk.app.scenes[r->kiosk.app.shown];
    struct rect key = scene_find(scene, (struct element_id){ID_KEY, 'G'})->rect;
    double ours[ROUNDS];
    double bound[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        double began = now_ms();
        take(r, INPUT_PRESS, key.x + key.w / 2, key.y + key.h / 2);
        ours[i] = now_ms() - began;
        bound[i] = copy_ms(r, key);
        /* Let go elsewhere: nothing is typed. */
        take(r, INPUT_MOVE, 0, 0);
        take(r, INPUT_RELEASE, 0, 0);
    }
    double value = median(ours);
    double reference = median(bound);
    printf("kiosk.redraw_key %.3f ms %.3f %.2f\n", value, reference, value / reference);
}

static void measure_whole(struct robot *r)
{
    double ours[ROUNDS];
    double bound[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        double began = now_ms();
        app_expose(&r->kiosk.app);
        kiosk_show(&r->kiosk);
        ours[i] = now_ms() - began;
        bound[i] = copy_ms(r, (struct rect){0, 0, 1080, 1920});
    }
    double value = median(ours);
    double reference = median(bound);
    printf("kiosk.redraw_whole %.3f ms %.3f %.2f\n", value, reference, value / reference);
}

int main(int argc, char **argv)
{
    static struct robot robot;
    struct config config;

    if (argc != 2) {
        fprintf(stderr, "usage: bench_redraw PACK\n");
        return 2;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    config_defaults(&config);
    config.width_px = 1080;
    config.height_px = 1920;
    snprintf(config.pack, sizeof config.pack, "%s", argv[1]);
    snprintf(config.socket, sizeof config.socket, "/tmp/help-redraw-%d.sock", (int)getpid());
    int stand_in = stand_in_start(config.socket, true);
    robot_start(&robot, &config, NULL);
    to_name_screen(&robot);
    measure_key(&robot);
    measure_whole(&robot);
    robot_finish(&robot);
    stand_in_stop(stand_in);
    unlink(config.socket);
    return 0;
}
