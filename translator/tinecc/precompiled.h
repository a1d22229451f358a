/* Precompiled headers that lie elsewhere than their header, as Meson makes them: pre.h.gch in a directory of
 * -I, pre.h.pch for -include-pch. The translator cannot read them. When the driver makes one it leaves a note
 * beside it that says where the header is; translated files then include that. */
#ifndef TINECC_PRECOMPILED_H
#define TINECC_PRECOMPILED_H

#include "cmdline.h"

/* If the command makes a precompiled header that needs a note: writes it. */
void precompiled_note(const struct cmdline *c);

/* Fills `header` of each -include and -include-pch for which there is a note. */
void precompiled_find(struct cmdline *c);

#endif
