/*
 * Translations that are missing, broken or not whole, in plain words: the notes that the pack was
 * loaded with (content/pack.h has the rule). A language that this kiosk would not offer anyway
 * (drafts) is nobody's trouble.
 */
#include <stddef.h>

#include "screens/staff_panel.h"
#include "screens/words.h"

static const char *const words[] = {
    [PACK_NOTE_MISSING] = N_("**{language}** is not offered: its translation is not installed."),
    [PACK_NOTE_BROKEN] = N_("**{language}** is not offered: its translation can’t be read."),
    [PACK_NOTE_TOO_FEW] = N_("**{language}** is not offered: {missing} of {count} texts are "
                             "missing."),
    [PACK_NOTE_CONSENT] = N_("**{language}** is not offered: texts that people agree to are "
                             "missing, {missing} of {count}."),
    [PACK_NOTE_PARTLY_ENGLISH] = N_("**{language}** is partly shown in English, {missing} of "
                                    "{count} texts."),
};

/* Of all translations: what they should have is not known. */
static bool is_about_all(const struct model *model, const struct pack_note *note)
{
    return note->language == model->pack->languages[0].code;
}

static bool concerns(const struct model *model, const struct pack_note *note)
{
    return (!note->draft || model->site.drafts) && (!note->test || model->site.tests);
}

static bool is_lost(const struct model *model, const struct pack_note *note)
{
    return concerns(model, note) && !is_about_all(model, note) &&
           note->kind != PACK_NOTE_PARTLY_ENGLISH;
}

int staff_languages_lost(const struct model *model)
{
    int lost = 0;

    for (int i = 0; i < model->pack->note_count; i++)
        lost += is_lost(model, &model->pack->notes[i]);
    return lost;
}

static const char *note_text(const struct model *model, struct ui *ui, const struct pack_note *note)
{
    if (is_about_all(model, note))
        return say(model, N_("The list of texts can’t be read, so translations were not counted."));
    return say_with(model, ui, words[note->kind],
                    (const char *const[]){"language", note->english, "missing",
                                          number_text(ui, note->missing), "count",
                                          number_text(ui, note->of), NULL});
}

void staff_add_languages(const struct model *model, struct ui *ui, struct blocks *blocks)
{
    int said = 0;

    for (int i = 0; i < model->pack->note_count; i++) {
        const struct pack_note *note = &model->pack->notes[i];
        if (!concerns(model, note))
            continue;
        said++;
        blocks_add_text(ui, blocks, BLOCK_ROW, "language", note_text(model, ui, note), 16);
    }
    if (said > 0)
        blocks_add_text(ui, blocks, BLOCK_TEXT, NULL,
                        say(model, N_("Call whoever looks after this kiosk.")), 8);
}
