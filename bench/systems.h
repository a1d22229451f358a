/* One benchmark source, five builds. This header says which one is being made and gives the peers
 * (OpenMP tasks, oneTBB) one spelling, so that a program holds two kernels at most: the one in
 * Tine, which is also the serial program (TINE_SERIAL erases spawn and sync), and the peers'.
 *
 *   -DBENCH_SERIAL -DTINE_SERIAL   serial, any C11 compiler
 *   -DBENCH_TINE                   through tinecc
 *   -DBENCH_OMP -fopenmp           OpenMP tasks: libgomp with gcc, libomp with clang
 *   -DBENCH_TBB                    oneTBB, compiled as C++17
 *
 * The peers' words (BENCH_PEER is defined for them):
 *
 *   GROUP(g);                  a set of tasks that WAIT(g) waits for
 *   TASK(g, x, statement);     statement may run in parallel; it writes x, all else is copied
 *   TASK_VOID(g, statement);   the same without a variable to write
 *   WAIT(g);
 *
 * and for all: BENCH_RUN(&bench, statement) times the statement, run where tasks may be spawned.
 */
#ifndef BENCH_SYSTEMS_H
#define BENCH_SYSTEMS_H

#if defined(BENCH_TINE)
#include <tine.h>
#define BENCH_SYSTEM "tine"

#elif defined(BENCH_SERIAL)
#include <tine.h>
#define BENCH_SYSTEM "serial"

#elif defined(BENCH_OMP)
#include <omp.h>
#define BENCH_PEER 1
#ifdef __clang__
#define BENCH_SYSTEM "libomp"
#else
#define BENCH_SYSTEM "libgomp"
#endif
#define BENCH_PRAGMA(text) _Pragma(#text)
#define GROUP(g) (void)0
#define TASK(g, x, statement)                                                                      \
    do {                                                                                           \
        BENCH_PRAGMA(omp task shared(x))                                                           \
        { statement; }                                                                             \
    } while (0)
#define TASK_VOID(g, statement)                                                                    \
    do {                                                                                           \
        _Pragma("omp task")                                                                        \
        { statement; }                                                                             \
    } while (0)
#define WAIT(g)                                                                                    \
    do {                                                                                           \
        _Pragma("omp taskwait")                                                                    \
    } while (0)

#elif defined(BENCH_TBB)
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#define BENCH_PEER 1
#define BENCH_SYSTEM "onetbb"
#define GROUP(g) tbb::task_group g
#define TASK(g, x, statement) g.run([=, &x] { statement; })
#define TASK_VOID(g, statement) g.run([=] { statement; })
#define WAIT(g) g.wait()

#else
#error "define BENCH_SERIAL (with TINE_SERIAL), BENCH_TINE, BENCH_OMP or BENCH_TBB"
#endif

#if defined(BENCH_OMP)
#define BENCH_RUN(bench, statement)                                                                \
    do {                                                                                           \
        _Pragma("omp parallel")                                                                    \
        _Pragma("omp single")                                                                      \
        {                                                                                          \
            bench_begin(bench);                                                                    \
            statement;                                                                             \
            bench_end(bench);                                                                      \
        }                                                                                          \
    } while (0)
#elif defined(BENCH_TBB)
#define BENCH_RUN(bench, statement)                                                                \
    do {                                                                                           \
        tbb::task_arena bench_arena((bench)->workers);                                             \
        bench_arena.execute([&] {                                                                  \
            bench_begin(bench);                                                                    \
            statement;                                                                             \
            bench_end(bench);                                                                      \
        });                                                                                        \
    } while (0)
#else
#ifdef BENCH_TINE
/* The peers' threads are there when the clock starts: Tine's executor too. */
#define BENCH_WARM_UP() ((void)tine_executor_workers(NULL), tine_sync_all())
#else
#define BENCH_WARM_UP() (void)0
#endif
#define BENCH_RUN(bench, statement)                                                                \
    do {                                                                                           \
        BENCH_WARM_UP();                                                                           \
        bench_begin(bench);                                                                        \
        statement;                                                                                 \
        bench_end(bench);                                                                          \
    } while (0)
#endif

#endif
