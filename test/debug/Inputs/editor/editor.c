#include <stdio.h>
#include <tine.h>
#include <tine/channel.h>

TINE_CHANNEL_MPMC(numbers, long)

struct holder {
    flowvar(long) pending_sum;
};

/* Adds up numbers. */
static long add_numbers(int count)
{
    if (count < 2)
        return count;
    flowvar(long) first_half = spawn add_numbers(count / 2);
    long second_half = add_numbers(count - count / 2);
    return sync(first_half) + second_half;
}

static void note(numbers *all, long value)
{
    numbers_send(all, value);
}

static void pass_on(struct holder *h, flowvar(long) handle)
{
    h->pending_sum = flowvar_move(handle);
}

int main(void)
{
    numbers all;
    numbers_init(&all, 16);
    struct holder holder = {0};
    sync_scope {
        spawn note(&all, 1);
        spawn note(&all, 2);
    }
    pass_on(&holder, spawn add_numbers(100));
    while (!is_ready(holder.pending_sum))
        continue;
    tine_pending(long) later = tine_submit add_numbers(10);
    long result = sync(holder.pending_sum) + tine_wait_for(later);
    tine_executor *io = tine_executor_new(&(tine_executor_config){.workers = 1, .name = "io"});
    flowvar(long) there = spawn_on(io, add_numbers(5));
    if (is_spawned(there))
        result += sync(there);
    sync_all();
    tine_executor_free(io);
    numbers_destroy(&all);
    printf("%ld\n", result);
    return 0;
}
