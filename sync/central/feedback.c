/* This month's sign-ups by practice, kept for a while: see feedback.h. */
#include "sync/central/feedback.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_MS ((int64_t)24 * 3600 * 1000)

struct row {
    char practice[REPO_PRACTICE_CODE + 1];
    uint32_t signups;
};

/* One count of all; rows in the order of their practices. */
struct table {
    uint32_t year; /* 0: nothing was counted */
    uint32_t month;
    uint32_t median_x10;
    size_t count;
    size_t size;
    struct row *rows;
};

struct feedback {
    const struct env *env;
    struct repo *repo;
    pthread_mutex_t lock; /* over all that follows */
    bool counting;        /* one thread does it */
    int64_t next_ms;      /* monotonic: before this the same month is not counted again */
    uint32_t tried_month; /* the last one that was, well or not */
    struct table table;
};

/* The month of this moment (UTC), and when it began. */
static int64_t month_of(int64_t wall_ms, uint32_t *out_year, uint32_t *out_month)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm utc = {0};

    if (wall_ms < 0 || gmtime_r(&seconds, &utc) == NULL)
        return wall_ms;
    *out_year = (uint32_t)utc.tm_year + 1900;
    *out_month = (uint32_t)utc.tm_mon + 1;
    return wall_ms - wall_ms % DAY_MS - (utc.tm_mday - 1) * DAY_MS;
}

static enum err add_row(void *context, const char *practice, int64_t signups)
{
    struct table *t = context;

    if (t->count == t->size) {
        size_t size = t->size == 0 ? 64 : t->size * 2;
        struct row *longer = realloc(t->rows, size * sizeof *longer);
        if (longer == NULL)
            return ERR_MEMORY;
        t->rows = longer;
        t->size = size;
    }
    struct row *row = &t->rows[t->count++];
    snprintf(row->practice, sizeof row->practice, "%s", practice);
    row->signups = signups < RECEIPT_FEEDBACK_MAX ? (uint32_t)signups : RECEIPT_FEEDBACK_MAX;
    return ERR_OK;
}

static int compare_practices(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->practice, ((const struct row *)b)->practice);
}

static int compare_counts(const void *a, const void *b)
{
    uint32_t x = ((const struct row *)a)->signups;
    uint32_t y = ((const struct row *)b)->signups;

    return (x > y) - (x < y);
}

/* Half of the practices have fewer: the middle one, or between the two middle ones. */
static uint32_t median_x10(struct table *t)
{
    if (t->count == 0)
        return 0;
    qsort(t->rows, t->count, sizeof *t->rows, compare_counts);
    return 5 * (t->rows[(t->count - 1) / 2].signups + t->rows[t->count / 2].signups);
}

static enum err count_all(struct repo *repo, int64_t now_ms, struct table *out_table)
{
    struct table t = {0};
    int64_t since = month_of(now_ms, &t.year, &t.month);
    enum err e = repo->verbs->signup_counts(repo, since, add_row, &t);

    if (e != ERR_OK) {
        free(t.rows);
        return e;
    }
    t.median_x10 = median_x10(&t);
    if (t.count > 0)
        qsort(t.rows, t.count, sizeof *t.rows, compare_practices);
    *out_table = t;
    return ERR_OK;
}

struct feedback *feedback_create(const struct env *env, struct repo *repo)
{
    struct feedback *f = calloc(1, sizeof *f);

    if (f == NULL)
        return NULL;
    f->env = env;
    f->repo = repo;
    f->next_ms = INT64_MIN;
    pthread_mutex_init(&f->lock, NULL);
    return f;
}

void feedback_destroy(struct feedback *f)
{
    if (f == NULL)
        return;
    pthread_mutex_destroy(&f->lock);
    free(f->table.rows);
    free(f);
}

/* Counts anew, with the lock held before and after but not meanwhile. */
static void count_again(struct feedback *f, int64_t now_ms)
{
    struct table fresh = {0};

    (void)month_of(now_ms, &fresh.year, &f->tried_month);
    f->counting = true;
    pthread_mutex_unlock(&f->lock);
    enum err e = count_all(f->repo, now_ms, &fresh);
    pthread_mutex_lock(&f->lock);
    f->counting = false;
    f->next_ms = env_monotonic_ms(f->env) + FEEDBACK_KEPT_MS;
    if (e != ERR_OK)
        return; /* what was counted before stands for ten minutes more */
    free(f->table.rows);
    f->table = fresh;
}

static void look_up(const struct table *t, const char *practice, struct receipt_feedback *out)
{
    struct row key = {0};

    snprintf(key.practice, sizeof key.practice, "%s", practice);
    const struct row *row =
        t->count > 0 ? bsearch(&key, t->rows, t->count, sizeof *t->rows, compare_practices) : NULL;
    if (row == NULL)
        return;
    out->known = true;
    out->year = t->year;
    out->month = t->month;
    out->own = row->signups;
    if (t->count >= RECEIPT_PRACTICES_LEAST) {
        out->practices = (uint32_t)t->count;
        out->median_x10 = t->median_x10;
    }
}

struct receipt_feedback feedback_of(struct feedback *f, const char *practice)
{
    struct receipt_feedback out = {0};
    int64_t now_ms = env_wall_ms(f->env);
    uint32_t year = 0;
    uint32_t month = 0;

    (void)month_of(now_ms, &year, &month);
    pthread_mutex_lock(&f->lock);
    bool stale =
        env_monotonic_ms(f->env) >= f->next_ms || f->table.year != year || f->table.month != month;
    if (stale && !f->counting)
        count_again(f, now_ms);
    if (f->table.year == year && f->table.month == month)
        look_up(&f->table, practice, &out);
    pthread_mutex_unlock(&f->lock);
    return out;
}
