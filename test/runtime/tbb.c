/* The adaptor to oneTBB: tasks on its threads, with results, scopes, submitted jobs and tasks of the
 * global executor in between. */
#include "byhand.h"
#include "cases.h"
#include "tbb.h"

#include <pthread.h>

static uint64_t ran;
static pthread_t starter;
static tine_executor *arena;

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ran, 1);
    CHECK(!pthread_equal(starter, pthread_self()));
    return argument + 1;
}

static tine_task *on_arena(tine_frame *f, tine_run_fn *run, uint64_t argument, bool detached)
{
    tine_task *task = tine__heap_new(f->worker, sizeof(struct capture_quick), 8);
    ((struct capture_quick *)tine__payload(task))->argument = argument;
    tine__heap_push_on(arena, f, task, run, detached);
    return task;
}

/* Spawns on the global executor, whose tasks spawn on the arena. */
TASK_FUNCTION(across)
static uint64_t across(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 1;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *near = spawn_across(&f, depth - 1);
    tine_task *far = on_arena(&f, run_quick, depth, false);
    uint64_t sum = sync_across(&f, near);
    CHECK(join_quick(&f, far) == depth + 1);
    return sum + 1;
}

static void results(void)
{
    starter = pthread_self();
    arena = tine_executor_tbb(2);
    CHECK(arena && tine_executor_workers(arena) >= 1 && tine_executor_workers(arena) <= 2);
    tine_frame f = tine__enter();
    tine_task *task[1000];
    for (unsigned i = 0; i < COUNT_OF(task); i++)
        task[i] = on_arena(&f, run_quick, i, false);
    for (unsigned i = 0; i < COUNT_OF(task); i++)
        CHECK(join_quick(&f, task[i]) == i + 1);
    CHECK(across(f.worker, f.top, 50) == 51);
    tine_executor_free(arena);
    CHECK(GET(ran) == 1050);
}

static void scopes_and_jobs(void)
{
    starter = pthread_self();
    arena = tine_executor_tbb(0);
    CHECK(arena);
    tine_frame f = tine__enter();
    for (unsigned i = 1; i <= 20; i++) {
        tine_scope scope;
        tine__scope_begin_on(&scope, f.worker, f.top, arena);
        for (unsigned n = 0; n < 50; n++)
            on_arena(&f, run_quick, n, true);
        tine__scope_end(&scope);
        CHECK(GET(ran) == 50 * i);
    }
    tine_task *job = tine__pending_new(sizeof(struct capture_quick), 8);
    ((struct capture_quick *)tine__payload(job))->argument = 7;
    CHECK(tine__submit(arena, job, run_quick, false));
    tine__pending_wait(job, "test");
    CHECK(((struct capture_quick *)tine__payload(job))->result == 8);
    tine__pending_free(job);
    on_arena(&f, run_quick, 1, true);
    tine_executor_free(arena); /* waits for it */
    CHECK(GET(ran) == 1002);
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"results_1", results, "1", NULL, 0},
        {"results_3", results, "3", NULL, 0},
        {"scopes_and_jobs", scopes_and_jobs, "2", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
