/* Declares channels of ITEM, in C or C++: see items.sh. */
#include <tine/channel.h>

typedef struct whole {
    volatile int a;
    const char *text;
} whole;

TINE_CHANNEL_SPSC(one, ITEM)
TINE_CHANNEL_MPMC(many, ITEM)
TINE_CHANNEL_MPSC_LIST(one_list, ITEM)
TINE_CHANNEL_MPMC_LIST(many_list, ITEM)
