/*
 * help-kiosk. Read on in shell/program.c (what is acquired, in order), app/app.h (the model and
 * its view), screens/screen.h (the screens) and ui/scene.h (what a screen says).
 */
#include "shell/harden.h"
#include "shell/program.h"

int main(int argc, char **argv)
{
    harden_restart(argv);
    return options_main(&kiosk_program, argc, argv);
}
