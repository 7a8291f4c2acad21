/* Writes the one canonical form of a record: see record.h. */
#include "signup/record.h"

#include <string.h>

#include "signup/json_out.h"

static const char *const modes[] = {"alone", "staff", "friend"};

const char *filled_in_by_code(enum filled_in_by mode)
{
    return mode >= FILLED_IN_ALONE && mode <= FILLED_IN_FRIEND ? modes[mode] : "unknown";
}

/* 8-4-4-4-12 lower-case hexadecimal digits. */
static bool is_id(const char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (int i = 0; i < RECORD_ID_SIZE - 1; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (text[i] == '\0' || (hyphen ? text[i] != '-' : strchr(digits, text[i]) == NULL))
            return false;
    }
    return text[RECORD_ID_SIZE - 1] == '\0';
}

static bool is_code(const char text[RECORD_CODE_SIZE])
{
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    const char *end = memchr(text, '\0', RECORD_CODE_SIZE);

    return end != NULL && end != text && strspn(text, signs) == (size_t)(end - text);
}

static bool is_header(const struct record_header *header)
{
    return is_id(header->id) && is_code(header->kiosk) && is_code(header->practice) &&
           is_code(header->consent.version) && is_code(header->consent.language) &&
           header->mode >= FILLED_IN_ALONE && header->mode <= FILLED_IN_FRIEND;
}

static const char *mode_of(const struct record_header *header, const struct questionnaire *q,
                           const struct answers *a)
{
    int item = questionnaire_find_kind(q, FIELD_FILLED_IN_BY);
    int option = item == QUESTIONNAIRE_NONE ? item : answers_option(a, item);

    if (option == QUESTIONNAIRE_NONE || !answers_enabled(q, a, item))
        return filled_in_by_code(header->mode);
    return q->items[item].options[option].code;
}

static void write_free_words(struct buf *out, struct str text)
{
    buf_add_text(out, "{\"text\":");
    json_out_str(out, text);
    buf_add_char(out, '}');
}

static void write_options(const struct item *item, const struct answers *a, int index,
                          struct buf *out)
{
    bool any = false;

    if (item->repeats)
        buf_add_char(out, '[');
    for (int i = 0; i < item->option_count; i++) {
        if (!answers_chosen(a, index, i))
            continue;
        if (any)
            buf_add_char(out, ',');
        json_out_str(out, str_of(item->options[i].code));
        any = true;
    }
    if (a->of[index].len > 0) {
        if (any)
            buf_add_char(out, ',');
        write_free_words(out, answers_text(a, index));
    }
    if (item->repeats)
        buf_add_char(out, ']');
}

static void write_value(const struct questionnaire *q, const struct answers *a, int index,
                        struct buf *out)
{
    const struct item *item = &q->items[index];

    if (answers_state(q, a, index) == ANSWER_SKIPPED)
        buf_add_text(out, "null");
    else if (item->type == ITEM_BOOLEAN)
        buf_add_text(out, answers_boolean(a, index) ? "true" : "false");
    else if (item->option_count > 0)
        write_options(item, a, index, out);
    else
        json_out_str(out, answers_text(a, index));
}

/* The items that have something to write, by linkId, so that keys come out sorted. */
static int written_items(const struct questionnaire *q, const struct answers *a,
                         int out_items[LIMIT_ITEMS])
{
    int count = 0;

    for (int i = 0; i < q->item_count; i++) {
        int at = count;
        if (!item_is_question(&q->items[i]) || answers_state(q, a, i) == ANSWER_NOT_ASKED ||
            !answers_enabled(q, a, i))
            continue;
        for (; at > 0 && strcmp(q->items[out_items[at - 1]].link_id, q->items[i].link_id) > 0; at--)
            out_items[at] = out_items[at - 1];
        out_items[at] = i;
        count++;
    }
    return count;
}

static void write_answers(const struct questionnaire *q, const struct answers *a, struct buf *out)
{
    int items[LIMIT_ITEMS];
    int count = written_items(q, a, items);

    buf_add_char(out, '{');
    for (int i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_out_str(out, str_of(q->items[items[i]].link_id));
        buf_add_char(out, ':');
        write_value(q, a, items[i], out);
    }
    buf_add_char(out, '}');
}

enum err record_encode(const struct record_header *header, const struct questionnaire *q,
                       const struct answers *answers, struct buf *out)
{
    size_t before = out->len;

    if (!is_header(header))
        return ERR_FORMAT;
    buf_add_text(out, "{\"answers\":");
    write_answers(q, answers, out);
    buf_add_text(out, ",\"consent\":{");
    json_out_pair(out, true, "language", header->consent.language);
    buf_add_format(out, ",\"read_aloud\":%s", header->consent.read_aloud ? "true" : "false");
    json_out_pair(out, false, "version", header->consent.version);
    buf_add_text(out, "},\"form\":{");
    json_out_pair(out, true, "url", q->url);
    json_out_pair(out, false, "version", q->version);
    buf_add_char(out, '}');
    json_out_pair(out, false, "kiosk", header->kiosk);
    buf_add_format(out, ",\"made_at\":%lld", (long long)header->made_at_ms);
    json_out_pair(out, false, "mode", mode_of(header, q, answers));
    json_out_pair(out, false, "practice", header->practice);
    json_out_pair(out, false, "record", header->id);
    buf_add_format(out, ",\"schema\":%d,\"type\":\"signup\"}", RECORD_SCHEMA);
    if (buf_status(out) != ERR_OK || out->len - before > LIMIT_RECORD)
        return ERR_LIMIT;
    return ERR_OK;
}
