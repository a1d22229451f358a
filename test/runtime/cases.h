/* Test cases that each run in a process of their own, with a fresh runtime.
 *
 * A program lists its cases and calls cases_main. Each case runs in a forked child (forked before
 * anything of the runtime has started): the environment is set, the body runs, and the child exits
 * by returning from it, so that the way out of the program is tested as well. A case passes when
 * the child ends as expected, with the expected text on standard error, in a generous time. That
 * bound is there to turn a hang into a failure; no test asserts how long something takes. */
#ifndef TINE_TEST_CASES_H
#define TINE_TEST_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct test_case {
    const char *name;
    void (*run)(void);
    const char *workers; /* TINE_WORKERS; NULL: not set */
    const char *message; /* the child must be killed with this on standard error; NULL: it exits */
    int status;          /* without a message: the exit status; with one: the signal, 0 for SIGABRT */
};

int cases_main(int argc, char **argv, const struct test_case *cases, size_t count);

/* Ends the case as failed. */
_Noreturn void test_fail(const char *file, int line, const char *what);

/* Ends the case without a verdict, for a reason that is printed. */
_Noreturn void test_skip(const char *why);

#define CHECK(condition) \
    do { \
        if (!(condition)) \
            test_fail(__FILE__, __LINE__, #condition); \
    } while (0)

/* Waits, without calling the runtime, until the condition holds. The bound on the whole case ends
 * it when it never does. */
#define UNTIL(condition) \
    do { \
        while (!(condition)) \
            test_pause(); \
    } while (0)

void test_pause(void);
void test_sleep_ms(unsigned ms);
/* Threads of this process now, the first included. */
unsigned test_threads(void);
/* CPU time of the whole process in milliseconds. */
unsigned long test_cpu_ms(void);
/* Whether the case has run for 10 s, for rounds that may be fewer: where others want the processors each takes some of
 * their time slices. */
bool test_is_late(void);
/* Resident memory in KiB. */
unsigned long test_resident_kib(void);
/* Whether the program runs slowed down or with other memory use (sanitizer, valgrind, emulator). */
bool test_is_slow(void);
bool test_is_sanitized(void);
bool test_is_thread_sanitized(void);
bool test_is_emulated(void);

#define SET(flag, value) __atomic_store_n(&(flag), (value), __ATOMIC_SEQ_CST)
#define GET(flag) __atomic_load_n(&(flag), __ATOMIC_SEQ_CST)
#define ADD(counter, n) __atomic_add_fetch(&(counter), (n), __ATOMIC_SEQ_CST)

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
