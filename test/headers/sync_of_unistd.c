/* <unistd.h>'s sync() is called, declared and pointed to, whatever the order and the mode. */
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_ANALYSIS -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_SERIAL -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_TRANSLATED -D_GNU_SOURCE
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_ANALYSIS -D_GNU_SOURCE -DUNISTD_FIRST
// RUN: sh %S/Inputs/every.sh %include %s gnu11,c2x -DTINE_SERIAL -D_GNU_SOURCE -DUNISTD_FIRST
#ifdef UNISTD_FIRST
#include <unistd.h>
#endif
#include <tine.h>
#include <unistd.h>
void (*pointer(void))(void);
void (*pointer(void))(void)
{
    sync();
    (sync)();
    sync(/* nothing */);
    return sync;
}
