// An executor is not freed before a task of its own has ended that another executor's worker runs for its sync.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -O2 %t.c -o %t %link
// RUN: env TINE_WORKERS=1 %run %t
// RUN: env TINE_WORKERS=2 %run %t
#include <assert.h>
#include <pthread.h>
#include <time.h>
#include <tine.h>

static flowvar(int) passed;
static int given, begun, go, freed;

#define SET(x) __atomic_store_n(&(x), 1, __ATOMIC_RELEASE)
#define GET(x) __atomic_load_n(&(x), __ATOMIC_ACQUIRE)

static void rest(long ms)
{
    struct timespec time = {0, ms * 1000000};
    nanosleep(&time, NULL);
}

static int slow(void)
{
    SET(begun);
    while (!GET(go)) rest(1);
    return 7;
}

/* Keeps its worker, the executor's only one, until another thread has begun the task. */
static void give(void)
{
    passed = spawn slow();
    SET(given);
    while (!GET(begun)) rest(1);
}

static void *take(void *result)
{
    while (!GET(given)) rest(1);
    *(int *)result = sync(passed);
    return NULL;
}

static void *end(void *executor)
{
    tine_executor_free(executor);
    SET(freed);
    return NULL;
}

int main(void)
{
    pthread_t taker, ender;
    int result = 0;
    tine_executor *executor = tine_executor_new(&(tine_executor_config){.workers = 1});
    assert(executor);
    tine_pending(void) job = tine_submit_on(executor, give());
    assert(pthread_create(&taker, NULL, take, &result) == 0);
    tine_wait_for(job);
    assert(pthread_create(&ender, NULL, end, executor) == 0);
    rest(100);
    assert(!GET(freed));
    SET(go);
    pthread_join(taker, NULL);
    pthread_join(ender, NULL);
    assert(result == 7);
    sync_all();
    return 0;
}
