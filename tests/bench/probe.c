/*
 * Looks at an X screen as a person does: from starting a program to its first picture, and from a
 * touch to changed pixels. Prints milliseconds, one number a line: start, then each tap.
 *
 *   bench_probe TAPS X Y PROGRAM ARGUMENTS...
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void rest_ms(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A number that changes when the pixels of a strip down the screen do. */
static unsigned long look(Display *display, int height)
{
    XImage *image = XGetImage(display, DefaultRootWindow(display), 100, 0, 4, (unsigned)height,
                              AllPlanes, ZPixmap);
    unsigned long sum = 5381;

    if (image == NULL)
        return 0;
    for (int i = 0; i < image->bytes_per_line * image->height; i++)
        sum = sum * 33 + (unsigned char)image->data[i];
    XDestroyImage(image);
    return sum;
}

static int wait_for_change(Display *display, int height, unsigned long *seen, double *out_ms)
{
    double began = now_ms();

    while (now_ms() - began < 10000) {
        unsigned long sum = look(display, height);
        if (sum != *seen) {
            *seen = sum;
            *out_ms = now_ms() - began;
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    Display *display = XOpenDisplay(NULL);
    double ms;

    if (argc < 5 || display == NULL)
        return 2;
    int taps = atoi(argv[1]);
    int height = DisplayHeight(display, DefaultScreen(display));
    unsigned long seen = look(display, height);
    pid_t child = fork();
    if (child == 0) {
        execv(argv[4], argv + 4);
        _exit(127);
    }
    if (!wait_for_change(display, height, &seen, &ms)) {
        kill(child, SIGKILL);
        return 1;
    }
    printf("start %.2f\n", ms);
    rest_ms(700); /* lets it come to rest */
    seen = look(display, height);
    for (int i = 0; i < taps; i++) {
        XTestFakeMotionEvent(display, -1, atoi(argv[2]), atoi(argv[3]), 0);
        XTestFakeButtonEvent(display, 1, True, 0);
        XTestFakeButtonEvent(display, 1, False, 0);
        XFlush(display);
        if (!wait_for_change(display, height, &seen, &ms))
            break;
        printf("tap %.2f\n", ms);
        rest_ms(700);
        seen = look(display, height);
    }
    printf("pid %d\n", (int)child);
    fflush(stdout);
    getchar(); /* whoever runs this measures the program at rest, then says go on */
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    XCloseDisplay(display);
    return 0;
}
