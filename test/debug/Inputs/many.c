/* Everything a debugger may meet: heap tasks, submitted ones, executors, a worker asleep in sync. */
#include <stdio.h>
#include <unistd.h>
#include <tine.h>
#include <tine/channel.h>

TINE_CHANNEL_SPSC(numbers, int)

struct point {
    double x, y;
};

static volatile int hold = 1;
static volatile int started;

struct point move_point(struct point p, double by)
{
    p.x += by;
    return p;
}

static int slow(int n)
{
    started++;
    while (hold)
        usleep(1000);
    return n;
}

static int waits(int n)
{
    flowvar(int) inner = spawn slow(n);
    while (started < 2)
        usleep(100);
    return sync(inner) + 1;
}

__attribute__((noinline)) void stop_here(void)
{
    __asm__ volatile("" ::: "memory");
}

struct holder {
    flowvar(int) field;
    flowvar(struct point) where;
};

int main(void)
{
    numbers c;
    numbers_init(&c, 8);
    numbers_send(&c, 1);
    tine_executor *io = tine_executor_new(&(tine_executor_config){.workers = 1, .name = "io"});
    tine_pending(int) none = 0;
    tine_pending(int) first = tine_submit_on(io, slow(7));
    tine_pending(int) second = tine_submit_on(io, slow(8));
    while (started < 1)
        usleep(100);
    flowvar(int) deep = spawn waits(9);
    while (started < 2)
        usleep(100);
    struct holder held = {0};
    int (*pointer)(int) = slow;
    held.where = spawn move_point((struct point){1, 2}, 0.5);
    struct point ready = sync(held.where);
    held.where = spawn move_point(ready, 0.5);
    while (!is_ready(held.where))
        continue;
    held.field = spawn pointer(5);
    stop_here();
    hold = 0;
    struct point p = sync(held.where);
    int r = sync(held.field) + sync(deep) + tine_wait_for(first) + tine_wait_for(second);
    (void)none;
    tine_executor_free(io);
    numbers_destroy(&c);
    printf("%d %g\n", r, p.x);
    return 0;
}
