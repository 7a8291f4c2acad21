/* Piece by piece, the set of places in the text that can be reached: see pattern.h. */
#include "signup/pattern.h"

#include <string.h>

#include "base/limits.h"

enum { MANY = 65535, COUNT_MOST = 255 };

/* One atom, as the part of the pattern that spells it, and how often it may stand. */
struct piece {
    struct str atom;
    int least;
    int most;
};

struct pieces {
    struct piece at[PATTERN_PIECES];
    int count;
};

static struct str take(struct str *rest, size_t len)
{
    struct str taken = {rest->at, len};

    rest->at += len;
    rest->len -= len;
    return taken;
}

static bool is_escape(char c)
{
    return c != '\0' && strchr("dws.\\+*?()[]{}|/^$-", c) != NULL;
}

/* Bytes of the class that begins `rest`, brackets counted; 0 where it does not end well. */
static size_t class_len(struct str rest)
{
    size_t i = 1;

    if (i < rest.len && rest.at[i] == '^')
        i++;
    size_t first = i;
    while (i < rest.len && rest.at[i] != ']') {
        if (rest.at[i] == '[')
            return 0;
        if (rest.at[i] == '\\' && (i + 1 >= rest.len || !is_escape(rest.at[++i])))
            return 0;
        i++;
    }
    return i < rest.len && i > first ? i + 1 : 0;
}

static const char *take_atom(struct str *rest, struct str *out_atom)
{
    char c = rest->at[0];
    size_t len;

    if (c == '[') {
        len = class_len(*rest);
        if (len == 0)
            return "a class [...] is empty, nested or not closed";
    } else if (c == '\\') {
        if (rest->len < 2 || !is_escape(rest->at[1]))
            return "only \\d, \\w, \\s and escaped signs may follow a backslash";
        len = 2;
    } else if (strchr("()|", c) != NULL) {
        return "groups and alternatives are not supported";
    } else if (strchr("*+?{}]^$", c) != NULL) {
        return "a sign stands where a character is expected";
    } else {
        struct str after = *rest;
        str_next_code_point(&after);
        len = rest->len - after.len;
    }
    *out_atom = take(rest, len);
    return NULL;
}

static const char *take_counts(struct str *rest, struct piece *piece)
{
    static const char wrong[] = "write a count as {3}, {2,} or {2,5}, at most 255";
    const char *close = memchr(rest->at, '}', rest->len);
    uint64_t least;
    uint64_t most;

    if (close == NULL)
        return wrong;
    struct str inside = {rest->at + 1, (size_t)(close - rest->at) - 1};
    bool comma = memchr(inside.at, ',', inside.len) != NULL;
    struct str upper;
    struct str lower = str_split(inside, ',', &upper);
    if (!str_to_u64(lower, COUNT_MOST, &least))
        return wrong;
    most = comma ? MANY : least;
    if (comma && upper.len > 0 && !str_to_u64(upper, COUNT_MOST, &most))
        return wrong;
    if (most < least || most == 0)
        return wrong;
    piece->least = (int)least;
    piece->most = (int)most;
    take(rest, inside.len + 2);
    return NULL;
}

static const char *take_piece(struct str *rest, struct piece *piece)
{
    const char *problem = take_atom(rest, &piece->atom);

    piece->least = 1;
    piece->most = 1;
    if (problem != NULL || rest->len == 0)
        return problem;
    char c = rest->at[0];
    if (c == '{')
        return take_counts(rest, piece);
    if (c == '?' || c == '*' || c == '+') {
        piece->least = c == '+' ? 1 : 0;
        piece->most = c == '?' ? 1 : MANY;
        take(rest, 1);
    }
    return NULL;
}

static const char *compile(struct str pattern, struct pieces *out)
{
    out->count = 0;
    if (pattern.len == 0 || pattern.len > PATTERN_BYTES || !str_is_utf8(pattern) ||
        memchr(pattern.at, '\0', pattern.len) != NULL)
        return "it is empty, too long or not text";
    /* The whole answer must match anyway: anchors at both ends say nothing new. */
    if (pattern.at[0] == '^')
        take(&pattern, 1);
    if (pattern.len > 0 && pattern.at[pattern.len - 1] == '$' &&
        (pattern.len < 2 || pattern.at[pattern.len - 2] != '\\'))
        pattern.len--;
    while (pattern.len > 0) {
        if (out->count == PATTERN_PIECES)
            return "it has too many parts";
        const char *problem = take_piece(&pattern, &out->at[out->count]);
        if (problem != NULL)
            return problem;
        out->count++;
    }
    return out->count == 0 ? "it is empty, too long or not text" : NULL;
}

const char *pattern_problem(struct str pattern)
{
    struct pieces pieces;

    return compile(pattern, &pieces);
}

static bool shorthand_has(char name, uint32_t c)
{
    bool digit = c >= '0' && c <= '9';

    switch (name) {
    case 'd':
        return digit;
    case 'w':
        return digit || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    case 's':
        return c == ' ' || (c >= '\t' && c <= '\r');
    default:
        return c == (unsigned char)name;
    }
}

static bool class_has(struct str class, uint32_t c)
{
    struct str rest = {class.at + 1, class.len - 2};
    bool negated = rest.at[0] == '^';
    bool found = false;

    if (negated)
        take(&rest, 1);
    while (rest.len > 0) {
        uint32_t low = str_next_code_point(&rest);
        if (low == '\\') {
            found = found || shorthand_has(take(&rest, 1).at[0], c);
            continue;
        }
        uint32_t high = low;
        if (rest.len >= 2 && rest.at[0] == '-' && rest.at[1] != '\\') {
            take(&rest, 1);
            high = str_next_code_point(&rest);
        }
        found = found || (c >= low && c <= high);
    }
    return found != negated;
}

static bool atom_has(struct str atom, uint32_t c)
{
    if (atom.at[0] == '[')
        return class_has(atom, c);
    if (atom.at[0] == '\\')
        return shorthand_has(atom.at[1], c);
    if (atom.len == 1 && atom.at[0] == '.')
        return true;
    return str_next_code_point(&atom) == c;
}

/* From every place in `from`, the places after `piece`, by byte offset. */
static void step(const struct piece *piece, struct str text, const bool *from, bool *to)
{
    memset(to, 0, (text.len + 1) * sizeof *to);
    for (size_t start = 0; start <= text.len; start++) {
        if (!from[start])
            continue;
        struct str rest = {text.at + start, text.len - start};
        int count = 0;
        if (piece->least == 0)
            to[start] = true;
        while (count < piece->most && rest.len > 0 &&
               atom_has(piece->atom, str_next_code_point(&rest))) {
            count++;
            if (count >= piece->least)
                to[text.len - rest.len] = true;
        }
    }
}

bool pattern_matches(struct str pattern, struct str text)
{
    struct pieces pieces;
    bool places[2][LIMIT_ANSWER + 1] = {{true}};

    if (text.len > LIMIT_ANSWER || compile(pattern, &pieces) != NULL)
        return false;
    if (text.len == 0)
        text = STR_LITERAL(""); /* an empty view may have no address to count from */
    for (int i = 0; i < pieces.count; i++)
        step(&pieces.at[i], text, places[i % 2], places[(i + 1) % 2]);
    return places[pieces.count % 2][text.len];
}
