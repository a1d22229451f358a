/*
 * A program that sleeps in a channel, linked without Tine's library, with a static one, with a
 * shared one. With USES_TASKS it refers to the worker loop as translated code does, so that a
 * static library brings it, and the hooks must be called; the reference of the header itself must
 * bring nothing.
 */
#define _GNU_SOURCE
#include "threads.h"

TINE_CHANNEL_SPSC(numbers, int)

#ifdef USES_TASKS
int worker_loop(void); /* of hook_library.c: how often the hooks were called */
#endif

static numbers c;

static void *sender(void *arg)
{
    while (__atomic_load_n(&c.core.hub.attention[TINE__CH_RECEIVERS], __ATOMIC_ACQUIRE) < 2)
        rest_ms(1);
    numbers_send(&c, 5);
    return arg;
}

/* A receive that waited; it may have been served by its last attempt ahead of the sleep. */
static bool receive_late(void)
{
    int v = 0;
    pthread_t t = thread_start(sender, NULL);
    bool late = numbers_recv(&c, &v) && v == 5;
    thread_end(t);
    return late;
}

int main(void)
{
    bool fine = true;
    if (numbers_init(&c, 1) != 0) return 1;
#ifdef USES_TASKS
    for (int i = 0; i < 100 && fine && worker_loop() < 2; i++) fine = receive_late();
    fine = fine && worker_loop() >= 2;
#else
    fine = receive_late();
#endif
    numbers_destroy(&c);
    return fine ? 0 : 1;
}
