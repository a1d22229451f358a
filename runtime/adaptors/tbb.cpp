// Hands jobs to a oneTBB arena. See tbb.h.
#include "tbb.h"

#include <algorithm>
#include <cerrno>
#include <new>
#include <tbb/info.h>
#include <tbb/task_arena.h>

namespace {

bool submit(void *context, tine_job *job)
{
    try {
        static_cast<tbb::task_arena *>(context)->enqueue([job] { tine_job_run(job); });
        return true;
    } catch (...) { // no memory: tine runs or refuses the job
        return false;
    }
}

unsigned workers(void *context)
{
    int count = static_cast<tbb::task_arena *>(context)->max_concurrency();
    return count > 0 ? static_cast<unsigned>(count) : 1;
}

void destroy(void *context)
{
    delete static_cast<tbb::task_arena *>(context);
}

const tine_executor_interface arena_interface = {submit, workers, destroy};

} // namespace

extern "C" tine_executor *tine_executor_tbb(unsigned workers)
{
    try {
        // No slot is kept for an application thread, since who submits does not run jobs; oneTBB has
        // one thread of its own less than the machine has CPUs.
        int most = std::max(1, tbb::info::default_concurrency() - 1);
        int slots = workers ? std::min(static_cast<int>(std::min(workers, 4096u)), most) : most;
        auto *arena = new tbb::task_arena(slots, 0);
        arena->initialize();
        tine_executor *executor = tine_executor_adapt(&arena_interface, arena);
        if (!executor)
            delete arena;
        return executor;
    } catch (...) {
        errno = ENOMEM;
        return nullptr;
    }
}
