/* Elements put into words: see say.h. */
#include "speech/say.h"

#include <string.h>

#include "base/wipe.h"
#include "base/words.h"

/* --- writing ------------------------------------------------------------------------------------
 */

static const char *word(const struct speech *speech, const char *msgid)
{
    return speech->words(speech->context, msgid, NULL, 0);
}

/*
 * Words as they are written, without the marks for bold. The programme's name is written with
 * capitals inside, which a voice would spell.
 */
static void add_words(struct buf *out, const char *text)
{
    while (*text != '\0') {
        if (strncmp(text, "**", 2) == 0) {
            text += 2;
        } else if (strncmp(text, "HeLP", 4) == 0) {
            buf_add_text(out, "Help");
            text += 4;
        } else {
            buf_add_char(out, *text++);
        }
    }
}

/* A comma makes the voice pause between one part and the next. */
static void add_part(struct buf *out, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    if (out->len > 0)
        buf_add_text(out, strchr(".,:;?!", out->at[out->len - 1]) == NULL ? ", " : " ");
    add_words(out, text);
}

static void add_number_of(struct buf *out, const struct speech *speech, const char *text, int n,
                          int count)
{
    char memory[128];
    char digits[2][12];
    struct buf b;

    snprintf(digits[0], sizeof digits[0], "%d", n);
    snprintf(digits[1], sizeof digits[1], "%d", count);
    buf_init(&b, memory, sizeof memory);
    buf_add_filled(&b, word(speech, text),
                   (const char *const[]){"n", digits[0], "count", digits[1], NULL});
    add_part(out, memory);
}

/* --- signs --------------------------------------------------------------------------------------
 */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Signs that a voice says nothing for, or not inside a word. */
static const struct {
    uint32_t sign;
    const char *name;
} signs[] = {
    {' ', NC_("sign", "space")},
    {'-', NC_("sign", "dash")},
    {'.', NC_("sign", "dot")},
    /* TRANSLATORS: how the sign @ is called where an address is read aloud. */
    {'@', NC_("sign", "at")},
    {'_', NC_("sign", "underscore")},
    {'+', NC_("sign", "plus")},
    {'/', NC_("sign", "slash")},
    {'\'', NC_("sign", "apostrophe")},
    {0x2019, NC_("sign", "apostrophe")},
};

static const char *sign_name(uint32_t c)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign == c)
            return signs[i].name;
    }
    return NULL;
}

/* Sign by sign: "HD-7K" is "H, D, dash, 7, K". */
static void add_spelled(struct buf *out, const struct speech *speech, const char *text)
{
    struct str rest = str_of(text);

    while (rest.len > 0) {
        uint32_t c = str_next_code_point(&rest);
        const char *name = sign_name(c);
        if (name != NULL)
            buf_add_text(out, word(speech, name));
        else
            buf_add_code_point(out, c);
        if (rest.len > 0)
            buf_add_text(out, ", ");
    }
}

/* "@gmail.com" is "at gmail dot com": words stay whole. */
static void add_address(struct buf *out, const struct speech *speech, const char *text)
{
    struct str rest = str_of(text);

    while (rest.len > 0) {
        uint32_t c = str_next_code_point(&rest);
        const char *name = sign_name(c);
        if (name == NULL) {
            buf_add_code_point(out, c);
            continue;
        }
        if (out->len > 0 && out->at[out->len - 1] != ' ')
            buf_add_char(out, ' ');
        buf_add_text(out, word(speech, name));
        if (rest.len > 0)
            buf_add_char(out, ' ');
    }
}

static bool is_capital(const char *letter)
{
    struct str rest = str_of(letter);
    uint32_t c = str_next_code_point(&rest);

    /* Latin-1 has its capitals together; from then on capital and letter take turns, and the
       turns change at 0x139, 0x14A and 0x179; 0x178 is the capital of 0xFF. */
    if (rest.len > 0)
        return false;
    if (c < 0x100)
        return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c % 2 == 1;
    return c == 0x178 || (c <= 0x217F && c % 2 == 0);
}

static bool is_one_sign(const char *text)
{
    struct str rest = str_of(text);

    return str_next_code_point(&rest) != 0 && rest.len == 0;
}

/* A letter alone is named by the voice, which knows the letters of its language and their marks. */
static void add_sign(struct buf *out, const struct speech *speech, const char *sign)
{
    struct str rest = str_of(sign);
    const char *name = sign_name(str_next_code_point(&rest));

    if (name != NULL) {
        add_part(out, word(speech, name));
    } else if (is_capital(sign)) {
        char memory[64];
        struct buf b;
        buf_init(&b, memory, sizeof memory);
        buf_add_filled(&b, word(speech, N_("capital {letter}")),
                       (const char *const[]){"letter", sign, NULL});
        add_part(out, memory);
        wipe(memory, sizeof memory);
    } else {
        add_part(out, sign);
    }
}

/* --- what is typed ------------------------------------------------------------------------------
 */

static int signs_in(const char *text)
{
    struct str rest = str_of(text);
    int count = 0;

    for (; rest.len > 0; count++)
        (void)str_next_code_point(&rest);
    return count;
}

static bool has_only_digits(const char *text)
{
    return text[strspn(text, "0123456789 ")] == '\0';
}

/* How much is there, and not what. */
static void add_amount(struct buf *out, const struct speech *speech, const char *value)
{
    char memory[128];
    char digits[12];
    struct buf b;
    int count = signs_in(value);

    snprintf(digits, sizeof digits, "%d", count);
    buf_init(&b, memory, sizeof memory);
    const char *text =
        has_only_digits(value)
            ? speech->words(speech->context, NP_("{n} digit entered", "{n} digits entered"), count)
            : speech->words(speech->context, NP_("{n} letter entered", "{n} letters entered"),
                            count);
    buf_add_filled(&b, text, (const char *const[]){"n", digits, NULL});
    add_part(out, memory);
}

static void add_digits(struct buf *out, const struct speech *speech, const char *value)
{
    buf_add_text(out, ", ");
    add_spelled(out, speech, value);
}

static void add_value(struct buf *out, const struct speech *speech, const struct element *element)
{
    if (element->value == NULL || element->value[0] == '\0')
        add_part(out, word(speech, NC_("a field", "empty")));
    else if (!speech->alone)
        add_amount(out, speech, element->value);
    else if (has_only_digits(element->value))
        add_digits(out, speech, element->value);
    else
        add_part(out, element->value);
}

/* --- elements -----------------------------------------------------------------------------------
 */

static void add_name(struct buf *out, const struct speech *speech, const char *label)
{
    if (!speech->unnamed)
        add_part(out, label);
}

static void add_radio(struct buf *out, const struct scene *scene, int at,
                      const struct speech *speech)
{
    const struct element *element = &scene->elements[at];
    int first = at;
    int last = at;

    while (first > 0 && scene->elements[first - 1].role == ROLE_RADIO)
        first--;
    while (last + 1 < scene->element_count && scene->elements[last + 1].role == ROLE_RADIO)
        last++;
    add_name(out, speech, element->label);
    add_part(out, element->hint);
    add_part(out, word(speech, N_("choice")));
    add_number_of(out, speech, N_("{n} of {count}"), at - first + 1, last - first + 1);
    add_part(out, word(speech, element->state & STATE_CHOSEN ? NC_("a choice", "chosen")
                                                             : NC_("a choice", "not chosen")));
}

static void add_checkbox(struct buf *out, const struct element *element,
                         const struct speech *speech)
{
    add_part(out, element->label);
    add_part(out, element->hint);
    add_part(out, word(speech, N_("tick box")));
    add_part(out, word(speech, element->state & STATE_CHOSEN ? N_("ticked") : N_("not ticked")));
}

/* A button may have a fuller name than it shows: "Change date of birth". */
static void add_button(struct buf *out, const struct element *element, const struct speech *speech)
{
    add_name(out, speech, element->hint != NULL ? element->hint : element->label);
    add_part(out, element->value); /* its second line */
    add_part(out, word(speech, N_("button")));
    if (element->state & STATE_CHOSEN)
        add_part(out, word(speech, NC_("a button or key", "on")));
}

/* An ending of an e-mail address: a key that types more than one sign. */
static bool is_ending(const char *label)
{
    return (label[0] == '@' || label[0] == '.') && !is_one_sign(label);
}

static void add_key(struct buf *out, const struct element *element, const struct speech *speech)
{
    const char *label = element->hint != NULL ? element->hint : element->label;

    if (is_one_sign(label))
        add_sign(out, speech, label);
    else if (is_ending(label))
        add_address(out, speech, label);
    else
        add_part(out, label);
    if (element->state & STATE_CHOSEN)
        add_part(out, word(speech, NC_("a button or key", "on")));
}

static void add_row(struct buf *out, const struct element *element, const struct speech *speech)
{
    add_part(out, element->label);
    if (element->value == NULL)
        add_part(out, word(speech, NC_("an answer", "hidden")));
    else if (speech->alone || !element->personal)
        add_part(out, element->value);
    else
        add_part(out, word(speech, N_("your answer is on the screen")));
}

/* A reference is spelled; an address is said as people say one. */
static void add_code(struct buf *out, const struct element *element, const struct speech *speech)
{
    add_part(out, element->label);
    if (element->value == NULL)
        return;
    buf_add_text(out, ", ");
    if (strchr(element->value, '.') != NULL)
        add_address(out, speech, element->value);
    else
        add_spelled(out, speech, element->value);
}

void speech_of_element(const struct scene *scene, int at, const struct speech *speech,
                       struct buf *out)
{
    const struct element *element = &scene->elements[at];

    switch (element->role) {
    case ROLE_HEADING:
    case ROLE_PROGRESS:
    case ROLE_ERROR:
    case ROLE_DIALOG:
    case ROLE_KEYS:
        add_part(out, element->label);
        break;
    case ROLE_TEXT:
        add_part(out, element->label);
        add_part(out, element->value); /* who said it; a number of the staff panel */
        add_part(out, element->hint);
        break;
    case ROLE_TIMER:
        add_part(out, element->label);
        break;
    case ROLE_BUTTON:
        add_button(out, element, speech);
        break;
    case ROLE_RADIO:
        add_radio(out, scene, at, speech);
        break;
    case ROLE_CHECKBOX:
        add_checkbox(out, element, speech);
        break;
    case ROLE_FIELD:
        add_part(out, element->label);
        add_part(out, word(speech, N_("field")));
        add_value(out, speech, element);
        break;
    case ROLE_KEY:
        add_key(out, element, speech);
        break;
    case ROLE_ERROR_SUMMARY:
        add_part(out, element->label);
        if (element->hint != NULL && strcmp(element->hint, element->label) != 0)
            add_part(out, element->hint);
        add_part(out, word(speech, N_("button")));
        break;
    case ROLE_ROW:
        add_row(out, element, speech);
        break;
    case ROLE_CODE:
        add_code(out, element, speech);
        break;
    case ROLE_PICTURE:
    case ROLE_COUNT:
        break;
    }
}

static void add_kind(struct buf *out, uint32_t sign, const struct speech *speech)
{
    add_part(out, word(speech, is_digit(sign) ? N_("Digit entered") : N_("Letter entered")));
}

void speech_of_pressed(const struct element *key, const struct speech *speech, struct buf *out)
{
    struct str rest = str_of(key->label);
    uint32_t first = str_next_code_point(&rest);

    /* A key that types, said aloud, would be the answer said aloud. */
    if (rest.len == 0 && !speech->alone)
        add_kind(out, first, speech);
    else if (is_ending(key->label) && !speech->alone)
        /* TRANSLATORS: the end of an email address, such as .co.uk, was typed with one key. */
        add_part(out, word(speech, N_("Ending entered")));
    else
        add_key(out, key, speech);
}

void speech_of_typed(struct str text, const struct speech *speech, struct buf *out)
{
    char memory[64];
    struct str rest = text;
    struct buf b;

    if (!speech->alone) {
        add_kind(out, str_next_code_point(&rest), speech);
        return;
    }
    buf_init(&b, memory, sizeof memory);
    buf_add(&b, text);
    if (is_one_sign(memory))
        add_sign(out, speech, memory);
    else
        add_part(out, memory);
    wipe(memory, sizeof memory);
}

/* --- the order of a screen ----------------------------------------------------------------------
 */

/* A field says its label itself. */
static bool is_label_of_field(const struct scene *scene, int at)
{
    for (int i = at + 1; i < scene->element_count; i++) {
        if (scene->elements[i].role == ROLE_FIELD &&
            strcmp(scene->elements[i].label, scene->elements[at].label) == 0)
            return true;
    }
    return false;
}

/* The ring of a dialog shows the number that its words say. */
static bool is_number_only(const char *label)
{
    return label[strspn(label, "0123456789")] == '\0';
}

static bool is_read(const struct scene *scene, int at)
{
    const struct element *element = &scene->elements[at];

    switch (element->role) {
    case ROLE_KEY:
    case ROLE_PICTURE:
    case ROLE_DIALOG: /* its heading follows */
        return false;
    case ROLE_TEXT:
        return !is_label_of_field(scene, at);
    case ROLE_TIMER:
        return !is_number_only(element->label);
    default:
        return element->label[0] != '\0';
    }
}

static int find(const struct scene *scene, int from, enum role role)
{
    for (int i = from; i < scene->element_count; i++) {
        if (scene->elements[i].role == role)
            return i;
    }
    return -1;
}

int speech_first(const struct scene *scene)
{
    int from = scene->modal_from >= 0 ? scene->modal_from : 0;
    int heading = find(scene, from, ROLE_HEADING);
    int progress = find(scene, from, ROLE_PROGRESS);
    int wrong = find(scene, from, ROLE_ERROR_SUMMARY);

    if (wrong < 0)
        wrong = find(scene, from, ROLE_ERROR);
    if (wrong >= 0)
        return wrong;
    if (progress >= 0 && (heading < 0 || progress < heading))
        return progress;
    if (heading < 0)
        return speech_next(scene, from - 1);
    /* A later sheet may have words before its first heading; the first element is the bar's name.
     */
    while (heading - 1 > from && scene->elements[heading - 1].role == ROLE_TEXT)
        heading--;
    return heading;
}

int speech_next(const struct scene *scene, int element)
{
    for (int i = element + 1; i < scene->element_count; i++) {
        if (is_read(scene, i))
            return i;
    }
    return -1;
}

int speech_last_words(const struct scene *scene)
{
    for (int i = scene->element_count - 1; i >= 0; i--) {
        if (is_read(scene, i) && scene->elements[i].role != ROLE_BUTTON)
            return i;
    }
    return -1;
}

/* --- parity -------------------------------------------------------------------------------------
 */

static bool is_word_byte(char c)
{
    /* Every byte of a character beyond ASCII counts as part of a word. */
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit((unsigned char)c) ||
           (unsigned char)c >= 0x80;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool says(const char *text, const char *label)
{
    if (label == NULL)
        return false;
    for (; *label != '\0'; label++) {
        if (!is_word_byte(*label))
            continue;
        while (*text != '\0' && small(*text) != small(*label))
            text++;
        if (*text == '\0')
            return false;
        text++;
    }
    return true;
}

bool speech_names(const struct element *element, const char *text)
{
    return text[0] != '\0' && (says(text, element->label) || says(text, element->hint));
}
