/* A small expression parser by precedence, and the stack machine that runs what it wrote. */
#include "content/plural.h"

#include <stdbool.h>
#include <string.h>

enum step_kind {
    STEP_N,
    STEP_NUMBER,
    STEP_NOT,
    STEP_CHOOSE, /* condition, yes, no: all three are worked out, since nothing has an effect */
    STEP_OR,
    STEP_AND,
    STEP_EQUAL,
    STEP_UNEQUAL,
    STEP_LESS,
    STEP_MORE,
    STEP_AT_MOST,
    STEP_AT_LEAST,
    STEP_PLUS,
    STEP_MINUS,
    STEP_TIMES,
    STEP_DIVIDE,
    STEP_REST,
};

const struct plural_rule plural_english = {
    .forms = 2, .steps = {{STEP_N, 0}, {STEP_NUMBER, 1}, {STEP_UNEQUAL, 0}}, .count = 3};

enum { DEPTH = 16 };

struct reader {
    const char *at;
    struct plural_rule *rule;
    bool failed;
    int depth;
};

/* Higher binds tighter, as in C. */
static const struct operator_row {
    const char *sign;
    uint8_t step;
    int level;
} operators[] = {
    {"||", STEP_OR, 1},      {"&&", STEP_AND, 2},     {"==", STEP_EQUAL, 3},
    {"!=", STEP_UNEQUAL, 3}, {"<=", STEP_AT_MOST, 4}, {">=", STEP_AT_LEAST, 4},
    {"<", STEP_LESS, 4},     {">", STEP_MORE, 4},     {"+", STEP_PLUS, 5},
    {"-", STEP_MINUS, 5},    {"*", STEP_TIMES, 6},    {"/", STEP_DIVIDE, 6},
    {"%", STEP_REST, 6},
};

static void skip_space(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\t')
        r->at++;
}

static bool take(struct reader *r, const char *sign)
{
    skip_space(r);
    if (strncmp(r->at, sign, strlen(sign)) != 0)
        return false;
    r->at += strlen(sign);
    return true;
}

static void add_step(struct reader *r, uint8_t what, unsigned long number)
{
    if (r->rule->count == PLURAL_STEPS) {
        r->failed = true;
        return;
    }
    r->rule->steps[r->rule->count++] = (struct plural_step){what, number};
}

static void read_choice(struct reader *r);

static unsigned long read_number(struct reader *r)
{
    unsigned long value = 0;
    int digits = 0;

    skip_space(r);
    while (*r->at >= '0' && *r->at <= '9' && digits < 9) {
        value = value * 10 + (unsigned long)(*r->at++ - '0');
        digits++;
    }
    if (digits == 0 || digits == 9)
        r->failed = true;
    return value;
}

static void read_value(struct reader *r)
{
    if (++r->depth > DEPTH) {
        r->failed = true;
    } else if (take(r, "(")) {
        read_choice(r);
        if (!take(r, ")"))
            r->failed = true;
    } else if (take(r, "n")) {
        add_step(r, STEP_N, 0);
    } else {
        skip_space(r);
        if (r->at[0] == '!' && r->at[1] != '=') {
            r->at++;
            read_value(r);
            add_step(r, STEP_NOT, 0);
        } else {
            add_step(r, STEP_NUMBER, read_number(r));
        }
    }
    r->depth--;
}

static const struct operator_row *next_operator(struct reader *r, int least)
{
    skip_space(r);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].level >= least &&
            strncmp(r->at, operators[i].sign, strlen(operators[i].sign)) == 0)
            return &operators[i];
    }
    return NULL;
}

static void read_level(struct reader *r, int least)
{
    const struct operator_row *found;

    read_value(r);
    while (!r->failed && (found = next_operator(r, least)) != NULL) {
        r->at += strlen(found->sign);
        read_level(r, found->level + 1);
        add_step(r, found->step, 0);
    }
}

static void read_choice(struct reader *r)
{
    if (++r->depth > DEPTH) {
        r->failed = true;
        r->depth--;
        return;
    }
    read_level(r, 1);
    if (!r->failed && take(r, "?")) {
        read_choice(r);
        if (!take(r, ":"))
            r->failed = true;
        if (!r->failed)
            read_choice(r);
        add_step(r, STEP_CHOOSE, 0);
    }
    r->depth--;
}

enum err plural_parse(const char *text, struct plural_rule *out_rule)
{
    struct plural_rule rule = {0};
    struct reader r = {.at = text, .rule = &rule};

    if (!take(&r, "nplurals") || !take(&r, "="))
        return ERR_FORMAT;
    rule.forms = read_number(&r);
    if (r.failed || rule.forms < 1 || rule.forms > 8 || !take(&r, ";") || !take(&r, "plural") ||
        !take(&r, "="))
        return ERR_FORMAT;
    read_choice(&r);
    if (rule.count == PLURAL_STEPS)
        return ERR_LIMIT;
    if (r.failed || !take(&r, ";"))
        return ERR_FORMAT;
    *out_rule = rule;
    return ERR_OK;
}

static unsigned long combine(uint8_t what, unsigned long a, unsigned long b)
{
    switch (what) {
    case STEP_OR:
        return a || b;
    case STEP_AND:
        return a && b;
    case STEP_EQUAL:
        return a == b;
    case STEP_UNEQUAL:
        return a != b;
    case STEP_LESS:
        return a < b;
    case STEP_MORE:
        return a > b;
    case STEP_AT_MOST:
        return a <= b;
    case STEP_AT_LEAST:
        return a >= b;
    case STEP_PLUS:
        return a + b;
    case STEP_MINUS:
        return a - b;
    case STEP_TIMES:
        return a * b;
    case STEP_DIVIDE:
        return b == 0 ? 0 : a / b;
    default:
        return b == 0 ? 0 : a % b;
    }
}

unsigned long plural_form(const struct plural_rule *rule, unsigned long n)
{
    unsigned long stack[PLURAL_STEPS + 1] = {0};
    int top = 0; /* what the parser wrote never takes more than it put */

    for (int i = 0; i < rule->count; i++) {
        switch (rule->steps[i].what) {
        case STEP_N:
            stack[top++] = n;
            break;
        case STEP_NUMBER:
            stack[top++] = rule->steps[i].number;
            break;
        case STEP_NOT:
            stack[top - 1] = !stack[top - 1];
            break;
        case STEP_CHOOSE:
            top -= 2;
            stack[top - 1] = stack[top - 1] ? stack[top] : stack[top + 1];
            break;
        default:
            top--;
            stack[top - 1] = combine(rule->steps[i].what, stack[top - 1], stack[top]);
            break;
        }
    }
    return stack[0] < rule->forms ? stack[0] : rule->forms - 1;
}
