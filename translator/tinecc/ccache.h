/* ccache behind the driver. */
#ifndef TINECC_CCACHE_H
#define TINECC_CCACHE_H

#include "cmdline.h"

/* The name by which a source is compiled: its own; relative to the working directory if ccache is behind
 * and CCACHE_BASEDIR holds it. ccache gives such names to a compiler itself, so that copies of a tree
 * share results, but cannot do so in the text that the translator makes. */
const char *ccache_name(const struct cmdline *c, const char *path);

#endif
