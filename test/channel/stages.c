/*
 * A pipeline of 64 tasks on few workers, each blocked in a channel most of the time: it ends only if
 * a worker that sleeps in a channel is replaced, in a static link too.
 */
#include <stdio.h>

#include <tine.h>
#include <tine/channel.h>

enum { STAGES = 64, ITEMS = 20 };

TINE_CHANNEL_SPSC(numbers, long)

static numbers channels[STAGES + 1];

static void stage(int i)
{
    long v;
    while (numbers_recv_status(&channels[i], &v, NULL) <= TINE_CHANNEL_WAITED)
        numbers_send(&channels[i + 1], v + 1);
    numbers_close(&channels[i + 1]);
}

static void feed(void)
{
    for (long i = 0; i < ITEMS; i++) numbers_send(&channels[0], i);
    numbers_close(&channels[0]);
}

int main(void)
{
    long v, sum = 0;
    for (int i = 0; i <= STAGES; i++)
        if (numbers_init(&channels[i], 1) != 0)
            return 1;
    sync_scope {
        for (int i = 0; i < STAGES; i++) spawn stage(i);
        spawn feed();
        while (numbers_recv_status(&channels[STAGES], &v, NULL) <= TINE_CHANNEL_WAITED) sum += v;
    }
    for (int i = 0; i <= STAGES; i++) numbers_destroy(&channels[i]);
    printf("%ld\n", sum);
    return sum == (long)ITEMS * (ITEMS - 1) / 2 + (long)ITEMS * STAGES ? 0 : 1;
}
