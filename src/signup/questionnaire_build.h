/*
 * A form while it is being read; private to questionnaire*.c. Reading (questionnaire_read.c) takes
 * JSON apart item by item; the rules (questionnaire_rules.c) then look at items beside each other.
 */
#ifndef SIGNUP_QUESTIONNAIRE_BUILD_H
#define SIGNUP_QUESTIONNAIRE_BUILD_H

#include <jansson.h>

#include "base/arena.h"
#include "signup/questionnaire.h"

/* Extensions that were present on an item, for the rules about where each may stand. */
enum extension {
    EXT_SECTION_KIND = 1 << 0,
    EXT_PAGE_KIND = 1 << 1,
    EXT_FIELD_KIND = 1 << 2,
    EXT_DERIVED = 1 << 3,
    EXT_SHORT_LABEL = 1 << 4,
    EXT_SKIP_LABEL = 1 << 5,
    EXT_EMPTY_MESSAGE = 1 << 6,
    EXT_CONTROL = 1 << 7,
    EXT_ORIENTATION = 1 << 8,
    EXT_MIN_LENGTH = 1 << 9,
    EXT_REGEX = 1 << 10,
    EXT_MIN_VALUE = 1 << 11,
    EXT_MAX_VALUE = 1 << 12,
    EXT_HIDDEN = 1 << 13,
    EXT_SECOND_LINE = 1 << 14,
    EXT_ICON = 1 << 15,
    EXT_SKIPPED_TEXT = 1 << 16,
};

struct build {
    struct arena arena;
    struct item *items;
    int count;
    unsigned extensions[LIMIT_ITEMS];
    /* enableWhen as read: linkIds and codes are looked up when all items are known. */
    const json_t *enable_when[LIMIT_ITEMS];
    struct refusal *refusal;
};

/* Fills the refusal for a linkId (NULL: the form itself); returns ERR_FORMAT. */
enum err build_refuse(struct build *b, const char *link_id, const char *remedy, const char *problem,
                      ...) PRINTF_LIKE(4, 5);
/* A text of at most `most` bytes with no controls; `key` stands in the refusal. */
enum err build_text(struct build *b, const char *link_id, const char *key, const json_t *value,
                    size_t most, const char **out_text);
/* Refuses the first key of `object` that is not in the NULL-ended list. */
enum err build_keys(struct build *b, const char *link_id, const char *where, const json_t *object,
                    const char *const *allowed);
/* A linkId or code: letters, digits, dot, hyphen, underscore. */
bool build_is_code(const char *text, size_t most);

/* questionnaire_item.c: reads one item (not its children) into items[b->count]. */
enum err build_item(struct build *b, const json_t *json, int parent);
/* questionnaire_extension.c */
enum err build_item_extensions(struct build *b, const json_t *list, int item);
enum err build_option_extensions(struct build *b, const json_t *list, const char *link_id,
                                 struct item_option *option);
/* questionnaire_rules.c: everything that concerns more than one key. */
enum err build_check_rules(struct build *b);
/* questionnaire_conditions.c: enableWhen, with linkIds and codes looked up. */
enum err build_conditions(struct build *b);

#endif
