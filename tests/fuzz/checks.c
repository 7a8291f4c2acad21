/* Any typed bytes through every check: a canonical form checks again as itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "signup/birth_date.h"
#include "signup/email.h"
#include "signup/name.h"
#include "signup/nhs_number.h"
#include "signup/pattern.h"
#include "signup/phone.h"
#include "signup/postcode.h"
#include "signup/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The check of one kind on `typed`, its canonical form into `out`. */
static enum check run(int kind, struct str typed, char *out)
{
    const struct date today = {2026, 3, 14};
    struct nhs_number nhs_number;
    struct postcode postcode;
    struct phone phone;
    struct email email;
    struct person_name name;
    struct reference reference;
    struct date date;
    enum check check;

#define KEEP(value)                \
    if (check == CHECK_OK)         \
        strcpy(out, (value).text); \
    return check
    switch (kind) {
    case 0:
        check = nhs_number_check(typed, KIOSK_DEMO, &nhs_number);
        KEEP(nhs_number);
    case 1:
        check = postcode_check(typed, &postcode);
        KEEP(postcode);
    case 2:
        check = phone_check(typed, &phone);
        KEEP(phone);
    case 3:
        check = email_check(typed, &email);
        KEEP(email);
    case 4:
        check = name_check(typed, &name);
        KEEP(name);
    case 5:
        check = reference_check(typed, &reference);
        KEEP(reference);
    default:
        check = birth_date_check_text(typed, today, &date);
        if (check == CHECK_OK)
            date_format(date, out);
        return check;
    }
#undef KEEP
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[1024];
    static char again[1024];
    struct str typed = {(const char *)data, size};

    for (int kind = 0; kind <= 6; kind++) {
        if (run(kind, typed, text) != CHECK_OK)
            continue;
        if (!str_is_utf8(str_of(text)) || run(kind, str_of(text), again) != CHECK_OK ||
            strcmp(text, again) != 0)
            abort();
    }
    struct str rest;
    struct str pattern = str_split(typed, '\n', &rest);
    pattern_matches(pattern, rest);
    return 0;
}
