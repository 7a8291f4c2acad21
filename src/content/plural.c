/* Recursive descent with a ceiling on depth; both sides of ?: && || are read: see plural.h. */
#include "content/plural.h"

#include <string.h>

enum { DEPTH_MOST = 40 };

struct reader {
    struct str rest;
    unsigned long n;
    int depth;
    bool failed;
};

static unsigned long read_expression(struct reader *r);

static bool take(struct reader *r, const char *sign)
{
    r->rest = str_trim(r->rest);
    if (!str_starts(r->rest, sign))
        return false;
    r->rest.at += strlen(sign);
    r->rest.len -= strlen(sign);
    return true;
}

static unsigned long fail(struct reader *r)
{
    r->failed = true;
    r->rest.len = 0;
    return 0;
}

static unsigned long read_primary(struct reader *r)
{
    unsigned long value = 0;
    int digits = 0;

    if (take(r, "!"))
        return ++r->depth > DEPTH_MOST ? fail(r) : !read_primary(r);
    if (take(r, "(")) {
        value = read_expression(r);
        return take(r, ")") ? value : fail(r);
    }
    if (take(r, "n"))
        return r->n;
    while (r->rest.len > 0 && r->rest.at[0] >= '0' && r->rest.at[0] <= '9' && digits < 6) {
        value = value * 10 + (unsigned long)(r->rest.at[0] - '0');
        r->rest.at++;
        r->rest.len--;
        digits++;
    }
    return digits == 0 ? fail(r) : value;
}

static unsigned long read_product(struct reader *r)
{
    unsigned long value = read_primary(r);

    for (;;) {
        bool modulo = take(r, "%");
        bool times = !modulo && take(r, "*");
        if (!modulo && !times && !take(r, "/"))
            return value;
        unsigned long right = read_primary(r);
        if (times)
            value *= right;
        else if (right == 0)
            return fail(r);
        else
            value = modulo ? value % right : value / right;
    }
}

static unsigned long read_sum(struct reader *r)
{
    unsigned long value = read_product(r);

    for (;;) {
        if (take(r, "+"))
            value += read_product(r);
        else if (take(r, "-"))
            value -= read_product(r);
        else
            return value;
    }
}

static unsigned long read_order(struct reader *r)
{
    unsigned long value = read_sum(r);

    for (;;) {
        if (take(r, "<="))
            value = value <= read_sum(r);
        else if (take(r, ">="))
            value = value >= read_sum(r);
        else if (take(r, "<"))
            value = value < read_sum(r);
        else if (take(r, ">"))
            value = value > read_sum(r);
        else
            return value;
    }
}

static unsigned long read_equality(struct reader *r)
{
    unsigned long value = read_order(r);

    for (;;) {
        if (take(r, "=="))
            value = value == read_order(r);
        else if (take(r, "!="))
            value = value != read_order(r);
        else
            return value;
    }
}

static unsigned long read_and(struct reader *r)
{
    unsigned long value = read_equality(r);

    while (take(r, "&&")) {
        unsigned long right = read_equality(r);
        value = value != 0 && right != 0;
    }
    return value;
}

static unsigned long read_or(struct reader *r)
{
    unsigned long value = read_and(r);

    while (take(r, "||")) {
        unsigned long right = read_and(r);
        value = value != 0 || right != 0;
    }
    return value;
}

static unsigned long read_expression(struct reader *r)
{
    if (++r->depth > DEPTH_MOST)
        return fail(r);
    unsigned long value = read_or(r);
    if (take(r, "?")) {
        unsigned long yes = read_expression(r);
        if (!take(r, ":"))
            return fail(r);
        unsigned long no = read_expression(r);
        value = value != 0 ? yes : no;
    }
    r->depth--;
    return value;
}

static bool evaluate(struct str expression, unsigned long n, unsigned long *out_value)
{
    struct reader r = {.rest = expression, .n = n};
    unsigned long value = read_expression(&r);

    if (r.failed || str_trim(r.rest).len > 0)
        return false;
    *out_value = value;
    return true;
}

bool plural_parse(struct str rule, struct plural *out_plural)
{
    struct str rest;
    uint64_t forms;
    unsigned long ignored;
    struct str count = str_trim(str_split(rule, ';', &rest));
    struct str expression = str_trim(str_split(rest, ';', &rest));

    if (!str_starts(count, "nplurals=") || !str_starts(expression, "plural="))
        return false;
    count = (struct str){count.at + 9, count.len - 9};
    expression = (struct str){expression.at + 7, expression.len - 7};
    if (!str_to_u64(count, PLURAL_FORMS, &forms) || forms == 0)
        return false;
    for (unsigned long n = 0; n <= 100; n++) {
        if (!evaluate(expression, n, &ignored) || ignored >= forms)
            return false;
    }
    *out_plural = (struct plural){expression, (unsigned long)forms};
    return true;
}

unsigned long plural_form(const struct plural *plural, unsigned long n)
{
    unsigned long form;

    return evaluate(plural->expression, n, &form) && form < plural->forms ? form : 0;
}
