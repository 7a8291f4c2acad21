/* Any bytes as a record or a QuestionnaireResponse: refused, or written again byte for byte. */
#include <stdint.h>
#include <stdlib.h>

#include "base/file.h"
#include "signup/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct questionnaire *form(void)
{
    static struct questionnaire *q;
    char *bytes = NULL;
    size_t size;

    if (q == NULL && (file_read(QUESTIONNAIRE, LIMIT_QUESTIONNAIRE, &bytes, &size) != ERR_OK ||
                      questionnaire_parse((struct str){bytes, size}, &q, NULL) != ERR_OK))
        abort();
    free(bytes);
    return q;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct record record;
    static char memory[64 * 1024];
    const struct questionnaire *q = form();
    struct str bytes = {(const char *)data, size};
    char url[RECORD_URL_SIZE];
    char version[RECORD_CODE_SIZE];
    struct refusal refusal;
    struct buf b;

    buf_init(&b, memory, sizeof memory);
    if (record_form(bytes, url, version) == ERR_OK && url[0] == '\x7F')
        abort();
    if (record_decode(bytes, q, &record, &refusal) == ERR_OK) {
        if (record_encode(&record.header, q, &record.answers, &b) != ERR_OK ||
            !str_equal(buf_str(&b), bytes))
            abort();
        buf_init(&b, memory, sizeof memory);
        if (record_to_questionnaire_response(&record, q, &b) != ERR_OK)
            abort();
    }
    if (record_from_questionnaire_response(bytes, q, &record, &refusal) == ERR_OK) {
        buf_init(&b, memory, sizeof memory);
        enum err ignored = record_encode(&record.header, q, &record.answers, &b);
        (void)ignored;
    }
    return 0;
}
