/* The command line of help-kiosk and its running, from acquiring to releasing. */
#ifndef SHELL_PROGRAM_H
#define SHELL_PROGRAM_H

#include "base/options.h"

/* Handed to options_main by main. */
extern const struct program kiosk_program;

#endif
