/*
 * The staff panel's part of the model: who may see it, and what help-sync tells of itself. Numbers,
 * states and our own words; nothing of a patient's. help-sync guards the PIN, because it alone has
 * a disk: each try is counted there before it is checked (quality.md section 3).
 */
#ifndef SCREENS_STAFF_H
#define SCREENS_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "signup/date.h"

enum {
    STAFF_PIN_DIGITS = 6,
    STAFF_TYPED_SIZE = 16, /* a PIN, or a reference as it is typed: at most 15 bytes */
    STAFF_PATIENCE_MS = 120000,
    STAFF_CLEANING_S = 60,
    STAFF_WORDS_SIZE = 161,
};

enum pin_try {
    TRY_ASKED,
    TRY_CHECKING,
    TRY_WRONG,
    TRY_LOCKED,
    TRY_NOT_SET,
    TRY_FAILED, /* help-sync does not answer, or can't count the try */
};

/* The status of a sign-up, in the words of product.md. */
enum signup_status {
    STATUS_UNKNOWN,
    STATUS_WAITING,
    STATUS_RECEIVED,
    STATUS_ATTENTION,
    STATUS_WITHDRAWN,
};

/* What whoever tests the sound said about it. */
enum heard_answer { HEARD_NOT_ASKED, HEARD_IT, HEARD_NOTHING };

enum look_up_state { LOOK_UP_TYPED, LOOK_UP_SPELLING, LOOK_UP_ASKED, LOOK_UP_ANSWERED };

/* How saving to a USB stick goes on, or how it ended. In every state but WORKING the stick may be
   taken out. */
enum stick_state {
    STICK_NOT_ASKED,
    STICK_WORKING,
    STICK_DONE,
    STICK_FULL,
    STICK_READ_ONLY,
    STICK_NOT_ALLOWED, /* help-sync may not write there */
    STICK_GONE,        /* pulled out, or it does not work */
    STICK_MISSING,
    STICK_CROWDED, /* too many files */
    STICK_DEVICE,  /* this kiosk's own storage can't just now */
    STICK_NOT_SET_UP,
    STICK_BUSY,   /* another one is at work */
    STICK_SILENT, /* help-sync does not answer */
    STICK_STATE_COUNT
};

struct stick {
    enum stick_state state;
    uint64_t on_it;   /* sign-ups that are on it and wait */
    uint64_t settled; /* received, by receipts that it brought */
};

/* How the last talk with the server ended. */
enum link_state {
    LINK_NEVER,
    LINK_GOOD,
    LINK_NO_NETWORK,
    LINK_STRANGER, /* something answered that is not our server */
    LINK_TROUBLE,
    LINK_REFUSED, /* the server does not take this kiosk */
    LINK_CLOCK,   /* this device's clock is so wrong that no certificate holds */
};

/* A moment of the device's own time. */
struct moment {
    struct date date;
    int weekday; /* 0: Monday */
    int hour;
    int minute;
};

/* What help-sync tells beside whether a sign-up can be taken. */
struct report {
    bool known;
    bool pin_set;
    uint64_t made_today;
    uint64_t assisted_today;
    uint64_t made_week;
    uint64_t waiting;
    uint64_t attention;
    enum link_state link;
    bool storage_full;
    bool storage_failing;
    uint64_t free_mb;
    int64_t now_ms;       /* the wall clock, when this was told */
    int64_t last_sent_ms; /* wall clock; 0: never */
    uint64_t last_sent_count;
    int64_t last_contact_ms;   /* wall clock; 0: never */
    int64_t oldest_waiting_ms; /* its age */
    int64_t next_send_ms;      /* from now; -1: none is planned */
    bool clock_known;
    int64_t clock_off_ms; /* how far this clock is ahead of the server's */
    struct moment now;
    struct moment last_sent;
    struct {
        bool known;
        uint64_t own; /* sign-ups of this practice this month */
        uint64_t median_tenths;
        uint64_t practices;
    } feedback;
    char attention_words[STAFF_WORDS_SIZE]; /* the server's, of the newest that it did not take */
};

struct staff {
    enum pin_try pin;
    int tries_left;
    int wait_minutes;
    enum look_up_state look_up;
    enum signup_status found;
    char found_words[STAFF_WORDS_SIZE];
    bool sending;
    struct stick stick;
    unsigned touched; /* of the touch test: one bit a place */
    uint32_t undrawn; /* bit n: some letters of language n of the pack have no glyph */
    enum heard_answer heard;
};

#endif
