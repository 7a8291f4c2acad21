/* A thread that waits for plugs: see jack.h. */
#include "shell/jack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { JACKS = 4, EVENTS = 16, WORD_BITS = 8 * sizeof(unsigned long) };

/* The switches of a device, as ioctl fills them in: a bit each. */
struct switches {
    unsigned long words[SW_CNT / WORD_BITS + 1];
};

struct jack {
    int descriptors[JACKS]; /* -1: it is gone */
    bool plugged[JACKS];    /* the thread's own */
    int count;
    int stop; /* eventfd: written to end the thread */
    pthread_t thread;
    void (*wake)(void);
    atomic_bool any;
};

static bool has_headphone(const struct switches *switches)
{
    return (switches->words[SW_HEADPHONE_INSERT / WORD_BITS] >> SW_HEADPHONE_INSERT % WORD_BITS &
            1) != 0;
}

/* How the switch stands now; as it was where the device does not say. */
static bool ask(int descriptor, bool before)
{
    struct switches on = {0};

    return ioctl(descriptor, EVIOCGSW(sizeof on), &on) < 0 ? before : has_headphone(&on);
}

bool jack_after(bool plugged, const struct input_event *events, size_t count, bool *out_lost)
{
    *out_lost = false;
    for (size_t i = 0; i < count; i++) {
        if (events[i].type == EV_SYN && events[i].code == SYN_DROPPED)
            *out_lost = true;
        if (events[i].type == EV_SW && events[i].code == SW_HEADPHONE_INSERT)
            plugged = events[i].value != 0;
    }
    return plugged;
}

/* All that is queued; a device that was taken away has nothing in its jack. */
static void read_device(struct jack *jack, int i)
{
    struct input_event events[EVENTS];
    bool lost;
    ssize_t len;

    while ((len = read(jack->descriptors[i], events, sizeof events)) > 0) {
        jack->plugged[i] =
            jack_after(jack->plugged[i], events, (size_t)len / sizeof *events, &lost);
        if (lost)
            jack->plugged[i] = ask(jack->descriptors[i], jack->plugged[i]);
    }
    if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    close(jack->descriptors[i]);
    jack->descriptors[i] = -1;
    jack->plugged[i] = false;
}

static bool any_plugged(const struct jack *jack)
{
    bool any = false;

    for (int i = 0; i < jack->count; i++)
        any = any || jack->plugged[i];
    return any;
}

static void *wait_for_plugs(void *context)
{
    struct jack *jack = context;
    struct pollfd waits[JACKS + 1] = {{.fd = jack->stop, .events = POLLIN}};

    while (waits[0].revents == 0) {
        for (int i = 0; i < jack->count; i++)
            waits[i + 1] = (struct pollfd){.fd = jack->descriptors[i], .events = POLLIN};
        if (poll(waits, (nfds_t)jack->count + 1, -1) < 0)
            continue;
        for (int i = 0; i < jack->count; i++) {
            if (waits[i + 1].revents != 0)
                read_device(jack, i);
        }
        bool any = any_plugged(jack);
        if (atomic_exchange(&jack->any, any) != any)
            jack->wake();
    }
    return NULL;
}

static void close_all(const int *descriptors, int count)
{
    for (int i = 0; i < count; i++) {
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    }
}

static enum err start(struct jack *jack)
{
    jack->stop = eventfd(0, EFD_CLOEXEC);
    if (jack->stop < 0)
        return ERR_UNAVAILABLE;
    for (int i = 0; i < jack->count; i++)
        jack->plugged[i] = ask(jack->descriptors[i], false);
    atomic_init(&jack->any, any_plugged(jack));
    if (pthread_create(&jack->thread, NULL, wait_for_plugs, jack) == 0)
        return ERR_OK;
    close(jack->stop);
    return ERR_UNAVAILABLE;
}

enum err jack_follow(const int *descriptors, int count, void (*wake)(void), struct jack **out_jack)
{
    struct jack *jack = count > JACKS ? NULL : calloc(1, sizeof *jack);
    enum err e = count > JACKS ? ERR_LIMIT : ERR_MEMORY;

    if (jack != NULL) {
        memcpy(jack->descriptors, descriptors, (size_t)count * sizeof *descriptors);
        jack->count = count;
        jack->wake = wake;
        e = start(jack);
    }
    if (e == ERR_OK) {
        *out_jack = jack;
        return ERR_OK;
    }
    close_all(descriptors, count);
    free(jack);
    return e;
}

/* Opened where it has the switch; -1 for all others. */
static int open_jack(const char *folder, const char *name)
{
    char path[512];
    struct switches has = {0};

    if (strncmp(name, "event", 5) != 0 ||
        snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return -1;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return -1;
    if (ioctl(descriptor, EVIOCGBIT(EV_SW, sizeof has), &has) >= 0 && has_headphone(&has))
        return descriptor;
    close(descriptor);
    return -1;
}

enum err jack_open(const char *folder, void (*wake)(void), struct jack **out_jack)
{
    int descriptors[JACKS];
    int count = 0;
    DIR *entries = opendir(folder);

    if (entries == NULL)
        return ERR_NOT_FOUND;
    for (const struct dirent *entry; count < JACKS && (entry = readdir(entries)) != NULL;) {
        int descriptor = open_jack(folder, entry->d_name);
        if (descriptor >= 0)
            descriptors[count++] = descriptor;
    }
    closedir(entries);
    return count == 0 ? ERR_NOT_FOUND : jack_follow(descriptors, count, wake, out_jack);
}

void jack_close(struct jack *jack)
{
    const uint64_t one = 1;

    if (jack == NULL)
        return;
    if (write(jack->stop, &one, sizeof one) == (ssize_t)sizeof one)
        pthread_join(jack->thread, NULL);
    close(jack->stop);
    close_all(jack->descriptors, jack->count);
    free(jack);
}

bool jack_is_plugged(const struct jack *jack)
{
    return jack != NULL && atomic_load(&jack->any);
}
