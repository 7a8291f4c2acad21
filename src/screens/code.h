/* Typing the code of a place: digits only, six at most, straight into the secret. */
#ifndef SCREENS_CODE_H
#define SCREENS_CODE_H

#include "screens/typing.h"

/* A key of the pad. TYPED_DONE: Done was touched. */
enum typed code_key(struct model *model, int code);
/* Characters of a whole keyboard; what is no digit is passed over. */
void code_text(struct model *model, struct str text);

#endif
