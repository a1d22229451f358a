// if (n < 2) return n; at the beginning of a function: spawns and calls ask, and make no task for it.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: FileCheck %s < %t.o2.c
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %cc %cflags -O0 %t.o2.c -o %t.o20 %link
// RUN: env TINE_WORKERS=2 %run %t.o20
// RUN: %translate %s %t.on.c -- -O2 -g -D TINE_BASE_CASES
// RUN: FileCheck %s < %t.on.c
// RUN: %translate %s %t.o0.c && FileCheck --check-prefix=CHECK-NONE %s < %t.o0.c
// RUN: %translate %s %t.os.c -- -Os && FileCheck --check-prefix=CHECK-NONE %s < %t.os.c
// RUN: %translate %s %t.og.c -- -O2 -g && FileCheck --check-prefix=CHECK-NONE %s < %t.og.c
// RUN: %translate %s %t.off.c -- -O2 -DTINE_BASE_CASES=0 && FileCheck --check-prefix=CHECK-NONE %s < %t.off.c
// RUN: %cc %cflags -O2 %t.og.c -o %t.og %link
// RUN: env TINE_WORKERS=2 %run %t.og
#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <tine.h>

// CHECK-NONE-NOT: {{^TINE.*}}__tine_base

#define CUT 2
// CHECK-DAG: {{^}}TINE__INLINE _Bool fib__tine_base(long *tine__r, int n)
// CHECK-DAG: {{^}}TINE__INLINE long fib__tine_call(tine_worker *tine__w, tine_task *tine__t, int n)
static long fib(int n)
{
    if (n < CUT) /* the leaves */
        return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    return sync(x) + y;
}
#undef CUT
#define CUT 1000

// Here CUT means something else.
static long elsewhere(int n)
{
    flowvar(long) x = spawn fib(n), y = spawn fib(1), z = spawn fib(0);
    assert(is_spawned(x) && is_spawned(y) && is_spawned(z));
    long all = sync(x) + 100 * sync(y) + 10000 * sync(z);
    return is_spawned(x) || is_spawned(y) || is_spawned(z) ? -1 : all;
}

typedef struct node {
    struct node *left, *right;
    double value;
} node;

// A condition reads parameters, a value also memory; parameters may have any name.
// CHECK-DAG: {{^}}TINE__INLINE _Bool total__tine_base(double *tine__r, const node *a1_, bool value_)
static double total(const node *a1_, bool value_)
{
    if (a1_ == NULL || !value_) {
        return 0;
    }
    flowvar(double) f_ = spawn total(a1_->left, value_);
    double task_ = total(a1_->right, value_);
    return sync(f_) + task_ + a1_->value;
}

static int limit = 3;
enum colour { RED, GREEN, BLUE };

// Two cases; a global variable; an enumeration.
// CHECK-DAG: {{^}}TINE__INLINE _Bool paint__tine_base(enum colour *tine__r, int n, const enum colour *of)
static enum colour paint(int n, const enum colour *of)
{
    if (n <= limit) return n & 1 ? *of : of[1];
    if (n == 7)
        return BLUE;
    flowvar(enum colour) left = spawn paint(n / 2, of);
    enum colour right = paint(n - 1, of);
    return sync(left) == RED ? right : GREEN;
}

// CHECK-DAG: {{^}}TINE__INLINE _Bool find__tine_base(const char **tine__r, const char *text, char c, int n)
static const char *find(const char *text, char c, int n)
{
    if (n == 0)
        return NULL;
    if (*text == c) /* what it points to is not looked at */
        return text;
    flowvar(const char *) far = spawn find(text + 1, c, n - 1);
    return sync(far);
}

static _Atomic int visited;

// Detached, in a scope of the function and in one around it: nothing is returned.
// CHECK-DAG: {{^}}TINE__INLINE _Bool visit__tine_base(int n)
// CHECK-DAG: {{^ +}}if (visit__tine_base(a1_))
static void visit(int n)
{
    if (n == 0) return;
    visited++;
    sync_scope {
        spawn visit(n - 1);
        spawn visit(0);
    }
}

// Detached, and not cloned.
// CHECK-DAG: {{^}}TINE__INLINE _Bool walk__tine_base(int *tine__r, int n)
// CHECK-DAG: {{^ +}}if (walk__tine_base(&dropped_, a1_))
static int walk(int n)
{
    if (n < 1) return 5;
    visited++;
    spawn walk(n - 1); /* its result is dropped */
    return 0;
}

// A handle without a result, spawned on some ways only, twice, and left spawned.
// CHECK-DAG: {{^ +}}if (leave__tine_base(a1_)) {
static void leave(int n)
{
    if (n < 3)
        return;
    flowvar(void) once, again;
    if (n & 1)
        once = spawn leave(n - 2);
    for (int i = 0; i < 3; i++)
        again = spawn leave(n - 1 - i);
    visited++;
    if (n & 1)
        sync(once);
}

// One handle, spawned at sites that ask and at one that does not, in a loop.
static long plain(int n) { return n + 1L; }
static long mixed(int n)
{
    if (n <= 0)
        return 1;
    long sum = 0;
    for (int i = 0; i < 4; i++) {
        flowvar(long) x;
        if (i == 0)
            x = spawn mixed(n - 3);
        else if (i == 1)
            x = spawn plain(n);
        else
            x = spawn mixed(0);
        sum += sync(x);
    }
    return sum;
}

// An array of handles has no place for results: its syncs ask instead.
// CHECK-DAG: {{^ +}}return choose__tine_call(tine__worker_of(f_), tine__top_of(f_), c_->a1_);
static int choose(int n)
{
    if (n <= 1)
        return 1;
    flowvar(int) v[3];
    int sum = 0;
    for (int i = 0; i < 3; i++)
        v[i] = spawn choose(n - 1 - i);
    for (int i = 0; i < 3; i++)
        sum += sync(v[i]);
    return sum;
}

// What is not asked for: it does something, or may see something else at another time.
static int asked;
static bool ask(int n) { asked++; return n < 2; }
static volatile int changing;
static _Atomic int shared = 2;
static _Thread_local int own = 2;
typedef struct pair { long a, b; } pair;
typedef int four __attribute__((vector_size(16)));

// CHECK-NOT: {{^}}TINE__INLINE _Bool calls__tine_base(
static int calls(int n)
{
    if (ask(n)) return n;
    flowvar(int) x = spawn calls(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool counts__tine_base(
static int counts(int n)
{
    if (n-- < 2) return n;
    flowvar(int) x = spawn counts(n);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool assigns__tine_base(
static int assigns(int n)
{
    if ((n = n - 1) < 2) return n;
    flowvar(int) x = spawn assigns(n);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool notes__tine_base(
static int notes(int n)
{
    if (n < 2) return asked++;
    flowvar(int) x = spawn notes(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool reads_volatile__tine_base(
static int reads_volatile(int n)
{
    if (n < changing + 2) return n;
    flowvar(int) x = spawn reads_volatile(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool reads_atomic__tine_base(
static int reads_atomic(int n)
{
    if (n < shared) return n;
    flowvar(int) x = spawn reads_atomic(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool reads_own__tine_base(
static int reads_own(int n)
{
    if (n < 2) return own;
    flowvar(int) x = spawn reads_own(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool follows__tine_base(
static int follows(const int *n)
{
    if (*n < 2) return *n;
    int less = *n - 1;
    flowvar(int) x = spawn follows(&less);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool gives_struct__tine_base(
static pair gives_struct(int n)
{
    if (n < 2) return (pair){n, n};
    flowvar(pair) x = spawn gives_struct(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool gives_vector__tine_base(
static four gives_vector(int n, four v)
{
    if (n < 2) return v;
    flowvar(four) x = spawn gives_vector(n - 1, v);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool goes_on__tine_base(
static int goes_on(int n)
{
    if (n < 2) return n; else asked++;
    flowvar(int) x = spawn goes_on(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE _Bool later__tine_base(
static int later(int n)
{
    asked++;
    if (n < 2) return n;
    flowvar(int) x = spawn later(n - 1);
    return sync(x);
}

// CHECK-NOT: {{^}}TINE__INLINE {{.*}} once__tine_base
static int once(int *done)
{
    if (__atomic_exchange_n(done, 1, __ATOMIC_SEQ_CST)) return 0;
    flowvar(int) x = spawn choose(1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} next__tine_base
static int next(int n, va_list rest)
{
    if (va_arg(rest, int) == 7) return n;
    flowvar(int) x = spawn choose(1);
    return sync(x) + va_arg(rest, int);
}
static int first_of(int n, ...)
{
    va_list rest;
    va_start(rest, n);
    int found = next(n, rest) + next(n, rest);
    va_end(rest);
    return found;
}
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} finish__tine_base
static int finish(flowvar(int) h, int n)
{
    if (n == 0) return 5; /* waits for h as well */
    return sync(h) + n;
}
char size_of_this[100];
enum { LEAST = 50 };
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} declares__tine_base
static int declares(int n)
{
    short size_of_this;
    enum { LEAST = 1 } least = LEAST;
    if (n < (int)sizeof size_of_this || n < LEAST) return n;
    size_of_this = (short)least;
    flowvar(int) x = spawn declares(n - size_of_this);
    return sync(x) + 1;
}
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} measures__tine_base
static int measures(int n)
{
    if (n < (int)sizeof(char[ask(n) + 1])) return n;
    flowvar(int) x = spawn measures(n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} knows_itself__tine_base
static int knows_itself(int (*f)(int), int n)
{
    if (n < 2 || f == NULL || (void *)f == (void *)knows_itself) return n;
    flowvar(int) x = spawn knows_itself(f, n - 1);
    return sync(x);
}
// CHECK-NOT: {{^}}TINE__INLINE {{.*}} spliced__tine_base
static int spliced(int num)
{
    if (nu\
m < 2) return num;
    flowvar(int) x = spawn spliced(num - 1);
    return sync(x);
}

// Here a parameter hides the result's type, and the line is asked for.
typedef long number;
// CHECK-DAG: {{^}}TINE__INLINE _Bool hides__tine_base(number *tine__r, int number)
enum { HIDES = 335 }; /* the line of its return */
static number hides(int number)
{
    if (number < 2)
        return number + __LINE__;
    flowvar(long) x = spawn hides(number - 1);
    return sync(x) + hides(number - 2);
}

int main(void)
{
    assert(fib(20) == 6765);
    assert(elsewhere(15) == 610 + 100);

    node leaves[4] = {{NULL, NULL, 1}, {NULL, NULL, 2}, {&leaves[0], &leaves[1], 4}, {&leaves[2], NULL, 8}};
    assert(total(&leaves[3], true) == 15.0 && total(&leaves[3], false) == 0.0);

    const enum colour of[] = {GREEN, RED};
    assert(paint(2, of) == RED && paint(3, of) == GREEN && paint(7, of) == BLUE);
    assert(paint(4, of) == GREEN && paint(5, of) == GREEN && paint(8, of) == GREEN);

    const char *text = "base cases";
    assert(find(text, 'c', 20) == text + 5 && find(text, 'c', 3) == NULL && find(text, 'x', 20) == NULL);

    visit(10);
    assert(visited == 10);
    sync_scope {
        walk(10);
    }
    assert(visited == 20);
    leave(7);
    assert(visited > 20);

    assert(mixed(5) == (mixed(2) + 6 + 1 + 1) && mixed(2) == 1 + 3 + 1 + 1);
    assert(choose(5) == 17);

    assert(calls(5) == 1 && asked == 5);
    assert(counts(5) == 0 && assigns(5) == 1 && notes(3) == 5);
    assert(reads_volatile(5) == 1 && reads_atomic(5) == 1 && reads_own(5) == 2);
    assert(follows(&(int){5}) == 1 && gives_struct(4).b == 1 && gives_vector(4, (four){1, 2, 3, 4})[2] == 3);
    assert(goes_on(5) == 1 && later(5) == 1);

    int done = 0;
    flowvar(int) waited = spawn once(&done);
    assert(sync(waited) == 1 && once(&done) == 0);
    assert(first_of(3, 7, 1, 20) == 3 + 21);
    flowvar(int) held = spawn choose(5);
    flowvar(int) dropped = spawn finish(flowvar_move(held), 0);
    assert(sync(dropped) == 5 && finish(spawn choose(5), 1) == 18);
    assert(declares(12) == 12 && sizeof size_of_this == 100 && LEAST == 50);
    asked = 0;
    assert(measures(4) == 1 && asked == 4 && knows_itself(NULL, 3) == 3 && spliced(4) == 1);
    assert(hides(5) % 1000 == (5 + 8 * HIDES) % 1000);
    return 0;
}
