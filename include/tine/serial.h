/* Serial mode: plain C without translator and library. Every word is erased, so the program does
 * in order what it would do in parallel.
 *
 * Relies on C11, and on __typeof__ where the compiler has it (without it, flowvar(T) takes types
 * whose name stands before the declared name only). What erasing cannot express is an error that
 * says so: flowvar(void), is_spawned, tine_is_submitted. `tine --serial` has the whole language. */
#ifndef TINE_SERIAL_H
#define TINE_SERIAL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(TINE_SERIAL_TRANSLATED) /* what `tine --serial` writes */
#include <tine/serial_abi.h>
#else

/* An integer constant, and an error that says why there is none. tcc knows no assertion in a struct:
 * there an undeclared name says it. */
#if defined(__TINYC__)
#define TINE__NOT_SERIAL(what) this_needs_tinecc_or_tine_serial_instead_of_TINE_SERIAL
#else
#define TINE__NOT_SERIAL(what)                                                                     \
    sizeof(struct {                                                                                \
        _Static_assert(0, what " cannot be expressed under -DTINE_SERIAL: use tinecc, "            \
                               "or tine --serial");                                                \
        int tine__member;                                                                          \
    })
#endif

/* T itself. For void a type that cannot be, whose name says why: an assertion would have to stand
 * in a struct, and gcc warns of one that is declared in a parameter list. */
#if defined(__TINYC__)
#define TINE__NO_VOID TINE__NOT_SERIAL("flowvar(void)")
#else
struct flowvar_of_void_needs_tinecc_or_tine_serial_instead_of_TINE_SERIAL;
#define TINE__NO_VOID (struct flowvar_of_void_needs_tinecc_or_tine_serial_instead_of_TINE_SERIAL *)0
#endif
#if defined(__GNUC__) || defined(__TINYC__)
#define TINE__TYPEOF(...) __typeof__(__VA_ARGS__)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ > 202000L
#define TINE__TYPEOF(...) typeof(__VA_ARGS__)
#endif
#if defined(TINE__TYPEOF)
#define tine_flowvar(...)                                                                          \
    TINE__TYPEOF(*_Generic((TINE__TYPEOF(__VA_ARGS__) *)0, void *: TINE__NO_VOID,                  \
                           default: (TINE__TYPEOF(__VA_ARGS__) *)0))
#else
#define tine_flowvar(...) __VA_ARGS__
#endif
#define tine_pending(...) tine_flowvar(__VA_ARGS__)

#define tine_spawn
#define tine_submit
#define tine_spawn_on(ex, ...) ((void)(ex), (__VA_ARGS__))
#define tine_submit_on(ex, ...) ((void)(ex), (__VA_ARGS__))
#if defined(__GNUC__) && !defined(__TINYC__)
/* No lvalue, and no "unused value" where the result is not wanted. */
#define tine_sync(...) __extension__({ (__VA_ARGS__); })
#else
#define tine_sync(...) (__VA_ARGS__)
#endif
#define tine_wait_for(...) tine_sync(__VA_ARGS__)
#define tine_is_ready(...) ((_Bool)((void)sizeof(__VA_ARGS__), 1))
#define tine_is_spawned(...) ((_Bool)TINE__NOT_SERIAL("is_spawned"))
#define tine_is_submitted(...) ((_Bool)TINE__NOT_SERIAL("tine_is_submitted"))
#define tine_flowvar_move(...) (__VA_ARGS__)
#define tine_sync_scope
#define tine_sync_scope_on(...) if ((void)(__VA_ARGS__), 0) { } else

#endif

/* <tine/api.h> without a library: one executor, which does everything at once. */
typedef struct tine_executor {
    char unused;
} tine_executor;

typedef struct tine_executor_config {
    unsigned workers;
    const char *name;
    size_t stack_size;
    bool pin;
    unsigned reserve;
} tine_executor_config;

typedef struct tine_worker_stats {
    uint64_t tasks_run;
    uint64_t tasks_stolen;
    uint64_t published;
    uint64_t forced;
    uint64_t heap_tasks;
    uint64_t parks;
    uint64_t parked_ns;
    uint64_t stood_in;
    bool pooled;
} tine_worker_stats;

static __inline__ tine_executor *tine_executor_new(const tine_executor_config *config)
{
    static tine_executor serial;
    (void)config;
    return &serial;
}

static __inline__ void tine_executor_free(tine_executor *executor)
{
    (void)executor;
}

static __inline__ unsigned tine_executor_workers(tine_executor *executor)
{
    (void)executor;
    return 1;
}

static __inline__ int tine_executor_set_workers(tine_executor *executor, unsigned workers)
{
    (void)executor;
    return workers >= 1 && workers <= 4096 ? 0 : EINVAL;
}

typedef struct tine_job tine_job;

typedef struct tine_executor_interface {
    bool (*submit)(void *context, tine_job *job);
    unsigned (*workers)(void *context);
    void (*destroy)(void *context);
} tine_executor_interface;

static __inline__ tine_executor *tine_executor_serial(void)
{
    return tine_executor_new(NULL);
}

/* Everything runs at once, so that the interface is never called and there are no jobs. */
static __inline__ tine_executor *tine_executor_adapt(const tine_executor_interface *interface,
                                                 void *context)
{
    (void)context;
    if (interface && interface->submit)
        return tine_executor_serial();
    errno = EINVAL;
    return NULL;
}

static __inline__ void tine_job_run(tine_job *job)
{
    (void)job;
}

/* What was submitted has ended. */
#define tine_when_ended(pending, call, argument) ((void)sizeof(pending), (call)(argument))

static __inline__ void tine_sync_all(void)
{
}

static __inline__ void tine_blocking_begin(void)
{
}

static __inline__ void tine_blocking_end(void)
{
}

static __inline__ size_t tine_stats(tine_executor *executor, tine_worker_stats *stats, size_t room)
{
    (void)executor;
    (void)stats;
    (void)room;
    return 0;
}

#endif
