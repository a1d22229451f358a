// An array of handles that a loop fills, from 0 to the array's own bound, is not emptied before; any other one is.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: FileCheck %s < %t.o2.c
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.eh.c -- -O2 -fexceptions
// RUN: FileCheck --check-prefix=CHECK-ALL %s < %t.eh.c
// RUN: %translate %s %t.o0.c
// RUN: FileCheck --check-prefix=CHECK-ALL %s < %t.o0.c
#include <assert.h>
#include <string.h>
#include <tine.h>

#define N_LESS_1 (n - 1)
#define FROM(start) start + 1

static int runs;

static int run(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

/* What the next call finds where its array will be. */
static void spoil(void)
{
    volatile char dirt[4096];
    memset((char *)dirt, 0x55, sizeof dirt);
}

// CHECK: {{^}}static long ascends__tine({{[^;]*$}}
// CHECK-NOT: tine__zero(
// CHECK-ALL: tine__zero(v
static long ascends(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long prefix__tine({{[^;]*$}}
// CHECK-NOT: tine__zero(
// CHECK-ALL: tine__zero(v
static long prefix(int n)
{
    flowvar(int) v[n];
    for (long i = 0; i != n; ++i) {
        int k = run(7);
        v[i] = spawn run((int)i + k - 7);
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long outside__tine({{[^;]*$}}
// CHECK-NOT: tine__zero(
// CHECK-ALL: tine__zero(v
static long outside(int n)
{
    int i, m = n + 1;
    flowvar(int) v[n];
    for (i = 0; i < n; i += 1)
        v[i] = spawn run(i);
    m++;
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long unsigned_index__tine({{[^;]*$}}
// CHECK-NOT: tine__zero(
// CHECK-ALL: tine__zero(v
static long unsigned_index(unsigned n)
{
    flowvar(int) v[n];
    for (unsigned i = 0; i < n; i++) {
        { v[i] = spawn run((int)i); }
    }
    long sum = 0;
    for (unsigned i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long calls_between__tine({{[^;]*$}}
// CHECK-NOT: tine__zero(
// CHECK-ALL: tine__zero(v
static long calls_between(int n)
{
    flowvar(int) v[n];
    int k = run(3);
    if (k != 3)
        run(4);
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long from_1__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long from_1(int n)
{
    flowvar(int) v[n];
    v[0] = spawn run(0);
    for (int i = 1; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long by_2__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long by_2(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i += 2)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long down__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long down(int n)
{
    flowvar(int) v[n];
    for (int i = n - 1; i >= 0; i--)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long some__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long some(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
        if (i != 2)
            v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long chosen__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long chosen(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
        i == 2 ? (void)0 : (void)(v[i] = spawn run(i));
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long skips__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long skips(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        if (i == 2)
            continue;
        v[i] = spawn run(i);
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long stops__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long stops(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        if (i == 2)
            break;
        v[i] = spawn run(i);
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long returns__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long returns(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        if (i == 2)
            return 0;
        v[i] = spawn run(i);
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long returns_before__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long returns_before(int n)
{
    flowvar(int) v[n];
    if (n == 4)
        return 0;
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long fewer__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long fewer(int n)
{
    int k = n - 1;
    flowvar(int) v[n];
    for (int i = 0; i < k; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long bound_changes__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long bound_changes(int n)
{
    int n_ = n;
    flowvar(int) v[n];
    n--;
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    n = n_;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long bound_changes_inside__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long bound_changes_inside(int n)
{
    int n_ = n;
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        v[i] = spawn run(i);
        if (i == 1)
            n--;
    }
    n = n_;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long bound_known__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long bound_known(int n)
{
    int *k = &n;
    flowvar(int) v[n];
    --*k;
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    ++*k;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long another_n__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long another_n(int n)
{
    int n_ = n;
    flowvar(int) v[n];
    for (int i = 0, n = n_ - 1; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long another_i__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long another_i(int n)
{
    int i = 1;
    flowvar(int) v[n];
    for (unsigned xi = 0; i < n; i++)
        v[i] = spawn run(i + (int)xi);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long looks__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long looks(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
        v[i] = spawn run(is_spawned(v[n - 1]) ? -100 : i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long looks_before__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long looks_before(int n)
{
    flowvar(int) v[n];
    if (is_spawned(v[0]))
        run(5);
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long maybe__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long maybe(int n)
{
    flowvar(int) v[n];
    if (n > 1)
        for (int i = 0; i < n; i++)
            v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long and_more__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long and_more(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n && i < 3; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long up_to_macro__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long up_to_macro(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < N_LESS_1; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long starts_later__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long starts_later(int n)
{
    flowvar(int) v[n];
    for (int i = 0, k = i++; i < n; i++)
        v[i] = spawn run(i + k);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long starts_anywhere__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long starts_anywhere(int n)
{
    int i = 1;
    flowvar(int) v[n];
    for (n == 5 ? i = 0 : 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long starts_nowhere__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long starts_nowhere(int n)
{
    int i = 1;
    flowvar(int) v[n];
    for ((void)(__typeof__(i = 0))0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long spawns_nowhere__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long spawns_nowhere(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
        (void)(__typeof__(v[i] = spawn run(i), 0))0;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long starts_in_macro__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long starts_in_macro(int n)
{
    flowvar(int) v[n];
    for (int FROM(i = 0); i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long bound_in_type__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long bound_in_type(int n)
{
    int n_ = n;
    flowvar(int) v[n];
    typedef char text[n--];
    (void)sizeof(text);
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    n = n_;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long bound_chosen__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long bound_chosen(int n)
{
    int n_ = n;
    flowvar(int) v[n];
    _Generic(0, int: n) = 3;
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    n = n_;
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long spawns_instead__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long spawns_instead(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        int k = i - 2 ?: ({
            v[i] = spawn run(i);
            0;
        });
        (void)k;
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long leaves_in_type__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long leaves_in_type(int n)
{
    flowvar(int) v[n];
    for (int i = 0; i < n; i++) {
        if (i == 2) {
            typedef char text[({ break; 1; })] __attribute__((unused));
        }
        v[i] = spawn run(i);
    }
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

#define n n - 1
#pragma push_macro("n")
#undef n

// CHECK: {{^}}static long n_popped__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long n_popped(int n)
{
    flowvar(int) v[n];
    _Pragma("pop_macro(\"n\")")
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
#undef n
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long n_again__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long n_again(int n)
{
    flowvar(int) v[n];
#define n n - 1
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
#undef n
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// CHECK: {{^}}static long macro_n__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long macro_n(int n)
{
#define n 4
    flowvar(int) v[n];
#undef n
    for (int i = 0; i < n; i++)
        v[i] = spawn run(i);
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

// Here the order of what is evaluated is not followed, so each spawn looks for an older task.
// CHECK: {{^}}static long in_expression__tine({{[^;]*$}}
// CHECK: tine__zero(v
// CHECK-ALL: tine__zero(v
static long in_expression(int n)
{
    return ({
        flowvar(int) v[n];
        for (int i = 0; i < n; i++)
            v[i] = spawn run(i);
        long sum = 0;
        for (int i = 0; i < n; i++)
            sum += sync(v[i]);
        sum;
    });
}

// CHECK: int main
int main(void)
{
    const struct {
        long (*function)(int);
        long sum;
    } cases[] = {
        {ascends, 6},
        {prefix, 6},
        {outside, 6},
        {calls_between, 6},
        {from_1, 6},
        {by_2, 2},
        {down, 6},
        {some, 4},
        {chosen, 4},
        {skips, 4},
        {stops, 1},
        {returns, 0},
        {returns_before, 0},
        {fewer, 3},
        {bound_changes, 3},
        {bound_changes_inside, 3},
        {bound_known, 3},
        {another_n, 3},
        {another_i, 6},
        {looks, 6},
        {looks_before, 6},
        {maybe, 6},
        {and_more, 3},
        {up_to_macro, 3},
        {starts_later, 6},
        {starts_anywhere, 6},
        {starts_nowhere, 6},
        {spawns_nowhere, 0},
        {starts_in_macro, 6},
        {bound_in_type, 3},
        {bound_chosen, 3},
        {spawns_instead, 2},
        {leaves_in_type, 1},
        {n_popped, 3},
        {n_again, 3},
        {macro_n, 6},
    };
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++) {
        spoil();
        assert(cases[i].function(4) == cases[i].sum);
    }
    spoil();
    assert(in_expression(4) == 6);
    spoil();
    assert(unsigned_index(4) == 6);
    return 0;
}
