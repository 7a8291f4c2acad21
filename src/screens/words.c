/* Look-up and filling-in: see words.h. */
#include "screens/words.h"

#include <stddef.h>

#include "base/wipe.h"

const char *say(const struct model *model, const char *msgid)
{
    return catalogue_get(model->language->catalogue, msgid);
}

const struct tongue *tongue_of(const struct pack_language *language)
{
    static const struct tongue tongues[2][2] = {{{false, false}, {false, true}},
                                                {{true, false}, {true, true}}};

    return &tongues[language->right_to_left][language->nastaliq];
}

static const char *fill(struct ui *ui, const char *text, const char *const *pairs)
{
    char memory[1024];
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    buf_add_filled(&out, text, pairs);
    const char *copy = arena_copy(ui->arena, buf_str(&out));
    if (copy == NULL || buf_status(&out) != ERR_OK)
        ui->scene->overflow = true;
    wipe(memory, sizeof memory); /* a birth date in words */
    return copy == NULL ? "" : copy;
}

const char *say_with(const struct model *model, struct ui *ui, const char *msgid,
                     const char *const *pairs)
{
    return fill(ui, say(model, msgid), pairs);
}

const char *number_text(struct ui *ui, int n)
{
    const char *text = arena_format(ui->arena, "%d", n);

    if (text == NULL)
        ui->scene->overflow = true;
    return text == NULL ? "" : text;
}

const char *say_number(const struct model *model, struct ui *ui, const char *singular,
                       const char *plural, int n)
{
    const char *text =
        catalogue_plural(model->language->catalogue, singular, plural, (unsigned long)n);

    return fill(ui, text, (const char *const[]){"n", number_text(ui, n), NULL});
}
