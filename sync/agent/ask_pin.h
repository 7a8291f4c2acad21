/*
 * Reads a new staff PIN from the person or the script that sets it: twice from a terminal, which
 * does not show it meanwhile, or one line from anything else.
 */
#ifndef AGENT_ASK_PIN_H
#define AGENT_ASK_PIN_H

#include "base/err.h"
#include "sync/local/message.h"

/* One more than a PIN may have, so that a longer one is seen to be too long. */
#define ASK_PIN_SIZE (LOCAL_PIN_MOST + 2)

/*
 * What was typed, unchecked, without its line end; the caller wipes it. ERR_REFUSED where the two
 * differ, ERR_UNAVAILABLE where the input ended or a signal came first. The terminal is put back as
 * it was in any case.
 */
MUST_USE enum err ask_pin(int descriptor, char out_digits[ASK_PIN_SIZE], struct refusal *refusal);

#endif
