/*
 * Every ceiling of the project in one place: what a patient may type, what a file may hold, what a
 * message may weigh. Sizes are in bytes unless the name says otherwise. Buffers are one larger
 * than a limit on text, for the final 0.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* What a patient types. E-mail: RFC 5321 section 4.5.3.1 and its erratum 1690 (254). */
#define LIMIT_EMAIL  254
#define LIMIT_ANSWER 512 /* any one answer, canonical form */

/* The form. */
#define LIMIT_ITEMS         128 /* items of a questionnaire, all levels */
#define LIMIT_OPTIONS       64  /* options of one item */
#define LIMIT_CONDITIONS    8   /* enableWhen rows of one item */
#define LIMIT_LINK_ID       64
#define LIMIT_TEXT          600 /* one text of the form */
#define LIMIT_QUESTIONNAIRE (256 * 1024)

/* The record: the plaintext is padded to one constant size, so its length tells nothing. */
#define LIMIT_RECORD_PADDED 4096
#define LIMIT_RECORD        (LIMIT_RECORD_PADDED - 1)

/* The carriage. */
#define LIMIT_BUNDLE_RECORDS 100
#define LIMIT_BUNDLE         (1024 * 1024)
#define LIMIT_RECEIPT        (256 * 1024)

#endif
