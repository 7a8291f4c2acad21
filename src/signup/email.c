/* A light check on both sides of the last @: see email.h. */
#include "signup/email.h"

#include <string.h>

enum { LOCAL_MOST = 64, LABEL_MOST = 63 };

static bool is_letter_or_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* The signs a dot-atom has besides letters and digits (RFC 5322 section 3.2.3), and the dot. */
static bool is_local_sign(uint32_t c)
{
    return c != 0 && c < 0x80 && strchr("!#$%&'*+/=?^_`{|}~-.", (int)c) != NULL;
}

/* Spaces and marks of Unicode that nobody can see, and controls. */
static bool is_invisible(uint32_t c)
{
    return (c >= 0x80 && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
           c == 0xFEFF || c == 0xFFFD;
}

static bool has_foreign_sign(struct str address)
{
    while (address.len > 0) {
        uint32_t c = str_next_code_point(&address);
        if (is_invisible(c) || !(is_letter_or_digit(c) || is_local_sign(c) || c == '@'))
            return true;
    }
    return false;
}

static bool is_local(struct str local)
{
    if (local.len == 0 || local.len > LOCAL_MOST || local.at[0] == '.' ||
        local.at[local.len - 1] == '.')
        return false;
    for (size_t i = 1; i < local.len; i++) {
        if (local.at[i] == '.' && local.at[i - 1] == '.')
            return false;
    }
    return true;
}

static bool is_label(struct str label)
{
    if (label.len == 0 || label.len > LABEL_MOST || label.at[0] == '-' ||
        label.at[label.len - 1] == '-')
        return false;
    while (label.len > 0) {
        uint32_t c = str_next_code_point(&label);
        if (!is_letter_or_digit(c) && c != '-')
            return false;
    }
    return true;
}

/* Two labels or more; the last has two characters or more and begins with a letter. */
static bool is_domain(struct str domain)
{
    int labels = 0;

    for (;;) {
        bool more = memchr(domain.at, '.', domain.len) != NULL;
        struct str rest;
        struct str label = str_split(domain, '.', &rest);
        if (!is_label(label))
            return false;
        labels++;
        if (!more)
            return labels >= 2 && label.len >= 2 && !(label.at[0] >= '0' && label.at[0] <= '9');
        domain = rest;
        if (domain.len == 0)
            return false;
    }
}

enum check email_check(struct str typed, struct email *out_email)
{
    typed = str_trim(typed);
    if (typed.len == 0)
        return CHECK_EMPTY;
    if (typed.len > LIMIT_EMAIL)
        return CHECK_TOO_LONG;
    if (has_foreign_sign(typed))
        return CHECK_LETTERS;
    struct str domain;
    struct str local = str_split(typed, '@', &domain);
    if (!is_local(local) || domain.len == 0 || memchr(domain.at, '@', domain.len) != NULL ||
        !is_domain(domain))
        return CHECK_FORM;
    memcpy(out_email->text, typed.at, typed.len);
    out_email->text[typed.len] = '\0';
    for (char *at = out_email->text + local.len; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return CHECK_OK;
}
