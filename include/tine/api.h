/* The plain functions of Tine: executors, scopes from outside, blocking calls, statistics.
 *
 * Included by <tine.h> in translated and analysis mode and in C++; usable in any translation unit.
 * Everything here may be called from any thread unless it says otherwise. */
#ifndef TINE_API_H
#define TINE_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

/* An execution context: threads, a scheduler, pending tasks (RFC, "Executor & execution context"). */
typedef struct tine_executor tine_executor;

/* What tine_executor_new takes. Zero means the default everywhere. */
typedef struct tine_executor_config {
    unsigned workers;   /* threads; default: as the global executor's worker count */
    const char *name;   /* of its threads, at most 11 bytes are shown; default "tine" */
    size_t stack_size;  /* bytes of a thread's stack; default: the main thread's limit */
    bool pin;           /* pin each thread to a CPU of the affinity mask; default: no */
    unsigned reserve;   /* threads beyond workers that stand in for blocked ones; default 256 */
} tine_executor_config;

/* Makes an executor with threads of its own (started when first needed). config NULL: all
 * defaults. NULL with errno set to EINVAL (a config out of range) or ENOMEM. */
tine_executor *tine_executor_new(const tine_executor_config *config);

/* Waits for every task of the executor, ends its threads and frees it. NULL: nothing. Not from one
 * of its own tasks, and no other thread may use it any more: either stops the program. */
void tine_executor_free(tine_executor *executor);

/* One call to run, handed to an executor of the program's own. */
typedef struct tine_job tine_job;

/* What a program implements to plug in an executor of its own: a thread pool it has, an event loop,
 * a debugger's serial order. spawn_on and tine_submit_on give it jobs; sync, is_ready, scopes and
 * tine_wait_for work on them as on others. */
typedef struct tine_executor_interface {
    /* Takes a job: some thread then calls tine_job_run(job) exactly once, now or later. false:
     * refused; spawn_on then runs it at once, tine_submit_on gives a handle that is not submitted.
     * Called from any thread, several at a time. */
    bool (*submit)(void *context, tine_job *job);
    /* How many threads run jobs, for tine_executor_workers. NULL: 1. */
    unsigned (*workers)(void *context);
    /* Called by tine_executor_free when all jobs have ended. NULL: nothing. */
    void (*destroy)(void *context);
} tine_executor_interface;

/* An executor that hands everything to the interface, which must live as long as it. NULL with
 * errno ENOMEM, or EINVAL for an interface without submit. */
tine_executor *tine_executor_adapt(const tine_executor_interface *interface, void *context);

/* Runs a job on the calling thread and ends it. */
void tine_job_run(tine_job *job);

/* An adapted executor that runs each task where and when it is spawned, for debugging. (Also what is
 * submitted to it, so it is not for event loops.) NULL with errno ENOMEM. */
tine_executor *tine_executor_serial(void);

/* Calls call(argument) when a submitted task has ended, on the thread that ran it, or at once if it
 * has: for event loops, which let it write to a pipe or an eventfd that they poll. pending is a
 * tine_pending(T) that is submitted; once per handle; call must be short and must not wait.
 * The handle may be waited for at any time, also before the call is made. */
void tine_when_ended(void *pending, void (*call)(void *argument), void *argument);

/* The number of workers of an executor; NULL: of the global one (which this call starts). */
unsigned tine_executor_workers(tine_executor *executor);

/* Changes the number of workers (1 to 4096) while tasks run: more are started when needed, those
 * too many rest when they have ended their task. 0, or EINVAL (also for an adapted executor). */
int tine_executor_set_workers(tine_executor *executor, unsigned workers);

/* Waits until every detached task of the global executor has ended, also those that they
 * detach meanwhile; helps to run them. A task whose handle was overwritten in memory that is not
 * read (a global, a field, the heap) is detached, and nobody can tell it from one whose handle lies there
 * still: so those that were spawned outside scopes have ended too, and keep their results. Only from the root: not inside a task (stops the program). */
void tine_sync_all(void);

/* Around a call that may block inside a task: between the two, a reserve worker runs in this
 * worker's place. They nest. Nothing on threads that run no task. Both keep errno. If no thread can be started for
 * tasks that wait and the caller's was the last that runs, the first waits for one, an eighth of a second at most. */
void tine_blocking_begin(void);
void tine_blocking_end(void);

/* What a worker has done since it started. */
typedef struct tine_worker_stats {
    uint64_t tasks_run;    /* taken from others, from queues, or as own children in a wait */
    uint64_t tasks_stolen; /* of them: from another worker */
    uint64_t published;    /* times it made tasks public because a thief asked */
    uint64_t forced;       /* times a thief had to force it */
    uint64_t heap_tasks;   /* heap tasks that it spawned */
    uint64_t parks;        /* times it slept */
    uint64_t parked_ns;    /* nanoseconds asleep */
    uint64_t stood_in;     /* times that it ran in place of one that waits or blocks (reserve) */
    bool pooled;           /* a thread of the executor (false: a foreign thread) */
} tine_worker_stats;

/* Fills up to room entries for an executor (NULL: the global one) and returns how many workers
 * there are. The figures of running workers are a moment old. */
size_t tine_stats(tine_executor *executor, tine_worker_stats *stats, size_t room);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
