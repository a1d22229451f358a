/* Stands for libtine: the hooks in one object with the worker loop, as the runtime has them. */
#include <stdio.h>

int worker_loop(void);
void tine_blocking_begin(void);
void tine_blocking_end(void);

static int calls;

/* Seen by nm if the header's weak reference alone pulls this object in. */
int worker_loop(void)
{
    return calls;
}

void tine_blocking_begin(void)
{
    calls++;
}

void tine_blocking_end(void)
{
    calls++;
}
