/* fib as the translator makes it (docs/generated-code.md), by hand: the shape of a cloned function with
 * two inlined copies, and proof that the ABI header serves it without the translator. */
#include "tine/abi.h"

#include <stdio.h>
#include <stdlib.h>

/* spawn fib(n - 1) */
struct tine__fib_4 {
    union {
        struct {
            int a1;
        };
        long result;
    };
};

static long fib__tine(tine_worker *tine__w, tine_task *tine__t, int n);

static void tine__run_fib_4(tine_worker *w, tine_task *top, tine_task *task)
{
    struct tine__fib_4 *c = tine__payload(task);
    c->result = fib__tine(w, top, c->a1);
}

TINE__INLINE void *tine__spawn_fib_4(tine_frame *f, int a1)
{
    tine_task *task = f->top;
    struct tine__fib_4 *c = tine__payload(task);
    c->a1 = a1;
    tine__push(f, task, tine__run_fib_4);
    return task;
}

/* One level: a body that calls the next level, and its sync. */
#define LEVEL(kind, this, next) \
    TINE__INLINE long tine__sync_##this(tine_frame *f, void *x) \
    { \
        struct tine__fib_4 *c = tine__payload(x); \
        if (tine__take(f, x)) \
            return next(f->worker, f->top, c->a1); \
        return c->result; \
    } \
    kind long this(tine_worker *tine__w, tine_task *tine__t, int n) \
    { \
        tine_frame tine__f = tine__frame(tine__w, tine__t); \
        if (n < 2) \
            return n; \
        void *x = tine__spawn_fib_4(&tine__f, n - 1); \
        long y = next(tine__f.worker, tine__f.top, n - 2); \
        return tine__sync_##this(&tine__f, x) + y; \
    }

LEVEL(TINE__INLINE, fib__tine_3, fib__tine)
LEVEL(TINE__INLINE, fib__tine_2, fib__tine_3)
LEVEL(static, fib__tine, fib__tine_2)

static long fib(int n)
{
    tine_worker *w = tine__worker();
    return fib__tine(w, tine__top(w), n);
}

int main(int argc, char **argv)
{
    static const long expected[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55};
    for (int n = 0; n <= 10; n++) {
        if (fib(n) != expected[n]) {
            fprintf(stderr, "fib(%d) is %ld, not %ld\n", n, fib(n), expected[n]);
            return 1;
        }
    }
    long result = fib(argc > 1 ? atoi(argv[1]) : 27);
    printf("%ld\n", result);
    return argc > 1 || result == 196418 ? 0 : 1;
}
