/* enableWhen: linkIds and codes become indices, and only earlier questions may be looked at. */
#include <string.h>

#include "signup/questionnaire_build.h"

enum { COST_MOST = 1000 };

static enum err read_operator(struct build *b, const char *link_id, const json_t *json,
                              enum condition_operator *out_operator)
{
    static const char *const operators[] = {"=", "!=", "exists"};
    const char *text = json_string_value(json_object_get(json, "operator"));

    for (int i = 0; text != NULL && i < 3; i++) {
        if (strcmp(text, operators[i]) == 0) {
            *out_operator = (enum condition_operator)i;
            return ERR_OK;
        }
    }
    return build_refuse(b, link_id, "Use =, != or exists", "enableWhen: operator '%.10s'",
                        text == NULL ? "" : text);
}

/* The question must stand earlier: so a form can't run in circles. */
static enum err read_question(struct build *b, int item, const json_t *json, int *out_question)
{
    const char *link_id = b->items[item].link_id;
    const char *question = json_string_value(json_object_get(json, "question"));

    if (question == NULL)
        return build_refuse(b, link_id, "Name the question it depends on",
                            "enableWhen without question");
    for (int i = 0; i < b->count; i++) {
        if (strcmp(b->items[i].link_id, question) != 0)
            continue;
        if (i >= item)
            return build_refuse(b, link_id, "Let it depend on an earlier question",
                                i < b->items[item].end
                                    ? "enableWhen: it would depend on itself ('%s')"
                                    : "enableWhen: '%s' comes later; that could go in circles",
                                question);
        if (!item_is_question(&b->items[i]))
            return build_refuse(b, link_id, "Name a question", "enableWhen: '%s' is not a question",
                                question);
        *out_question = i;
        return ERR_OK;
    }
    return build_refuse(b, link_id, "Check the spelling of the linkId",
                        "enableWhen: there is no item '%.64s'", question);
}

static enum err refuse_answer(struct build *b, const char *link_id, const struct item *question)
{
    return build_refuse(b, link_id, "Give the answer in the question's own type",
                        "enableWhen: the answer does not fit '%s', a %s", question->link_id,
                        item_type_name(question->type));
}

static enum err read_option_answer(struct build *b, const char *link_id,
                                   const struct item *question, const json_t *coding,
                                   struct condition *condition)
{
    static const char *const keys[] = {"system", "code", "display", NULL};
    enum err e = build_keys(b, link_id, "answerCoding", coding, keys);

    if (e != ERR_OK)
        return e;
    const char *code = json_string_value(json_object_get(coding, "code"));
    condition->option = item_find_option(question, str_of(code));
    if (condition->option == QUESTIONNAIRE_NONE)
        return build_refuse(b, link_id, "Use a code of one of its options",
                            "enableWhen: '%s' has no option '%.64s'", question->link_id,
                            code == NULL ? "" : code);
    return ERR_OK;
}

static enum err read_answer(struct build *b, const char *link_id, const struct item *question,
                            const json_t *json, struct condition *condition)
{
    static const char *const keys[ITEM_TYPE_COUNT] = {
        [ITEM_BOOLEAN] = "answerBoolean",    [ITEM_STRING] = "answerString",
        [ITEM_TEXT] = "answerString",        [ITEM_INTEGER] = "answerInteger",
        [ITEM_DATE] = "answerDate",          [ITEM_CHOICE] = "answerCoding",
        [ITEM_OPEN_CHOICE] = "answerCoding",
    };
    bool exists = condition->operator== CONDITION_EXISTS;
    const char *key = exists ? "answerBoolean" : keys[question->type];
    const json_t *value = key == NULL ? NULL : json_object_get(json, key);

    if (value == NULL || json_object_size(json) != 3)
        return refuse_answer(b, link_id, question);
    if (exists || question->type == ITEM_BOOLEAN) {
        if (!json_is_boolean(value))
            return refuse_answer(b, link_id, question);
        condition->option = json_is_true(value) ? 1 : 0;
        return ERR_OK;
    }
    if (question->option_count > 0)
        return read_option_answer(b, link_id, question, value, condition);
    if (question->type == ITEM_INTEGER) {
        if (!json_is_integer(value))
            return refuse_answer(b, link_id, question);
        condition->text =
            arena_format(&b->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return condition->text == NULL ? ERR_LIMIT : ERR_OK;
    }
    return build_text(b, link_id, key, value, LIMIT_ANSWER, &condition->text);
}

static enum err read_item(struct build *b, int i)
{
    struct item *item = &b->items[i];
    const json_t *list = b->enable_when[i];
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count == 0)
        return build_refuse(b, item->link_id, "Write it as [{...}, ...], or remove it",
                            "'enableWhen' is not a list with rows");
    if (count > LIMIT_CONDITIONS) {
        build_refuse(b, item->link_id, "Simplify the condition", "more than %d rows of enableWhen",
                     LIMIT_CONDITIONS);
        return ERR_LIMIT;
    }
    struct condition *conditions = arena_take(&b->arena, count * sizeof *conditions);
    if (conditions == NULL)
        return ERR_LIMIT;
    for (size_t row = 0; row < count; row++) {
        const json_t *json = json_array_get(list, row);
        struct condition *c = &conditions[row];
        enum err e = read_question(b, i, json, &c->item);
        if (e == ERR_OK)
            e = read_operator(b, item->link_id, json, &c->operator);
        if (e == ERR_OK)
            e = read_answer(b, item->link_id, &b->items[c->item], json, c);
        if (e != ERR_OK)
            return e;
    }
    item->conditions = conditions;
    item->condition_count = (int)count;
    return ERR_OK;
}

/* Looks needed to tell whether an item is open: each condition asks the same of its question. */
static enum err check_cost(struct build *b, int i, int cost[LIMIT_ITEMS])
{
    int parent = b->items[i].parent;

    cost[i] = 1 + (parent == QUESTIONNAIRE_NONE ? 0 : cost[parent]);
    for (int row = 0; row < b->items[i].condition_count; row++)
        cost[i] += cost[b->items[i].conditions[row].item];
    if (cost[i] <= COST_MOST)
        return ERR_OK;
    build_refuse(b, b->items[i].link_id, "Let it depend on fewer questions, or on earlier ones",
                 "enableWhen: conditions upon conditions are too many to follow");
    return ERR_LIMIT;
}

enum err build_conditions(struct build *b)
{
    int cost[LIMIT_ITEMS];

    for (int i = 0; i < b->count; i++) {
        enum err e = b->enable_when[i] == NULL ? ERR_OK : read_item(b, i);
        if (e == ERR_OK)
            e = check_cost(b, i, cost);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}
