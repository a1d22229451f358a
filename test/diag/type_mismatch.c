// T of a handle is the type that the call gives.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
long g(long n);
void h(void);
enum color { RED } color(void);
typedef int number;
number typed(void);
const int constant(void);
int (*function(void))();
void consume(flowvar(int) x);
struct one {
    int k;
    flowvar(int) a;
};

flowvar(long) bad(flowvar(int) given)
{
    flowvar(long) x = spawn f(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:23: error: spawn gives 'flowvar(int)', but 'flowvar(long)' is wanted here [-Wtine-type-mismatch]
    flowvar(void) v = spawn f(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:23: error: spawn gives 'flowvar(int)', but 'flowvar(void)' is wanted here
    tine_pending(int) p = spawn f(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:27: error: spawn gives 'flowvar(int)', but 'tine_pending(int)' is wanted here
    flowvar(int) s = tine_submit f(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:22: error: tine_submit gives 'tine_pending(int)', but 'flowvar(int)' is wanted here
    void *pointer = spawn f(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:21: error: spawn gives 'flowvar(int)', but 'void *' is wanted here
    flowvar(long) moved = flowvar_move(given);
    // CHECK: type_mismatch.c:[[@LINE-1]]:27: error: this gives 'flowvar(int)', but 'flowvar(long)' is wanted here
    consume(spawn g(1));
    // CHECK: type_mismatch.c:[[@LINE-1]]:13: error: spawn gives 'flowvar(long)', but 'flowvar(int)' is wanted here
    flowvar(int) either = pointer ? spawn f(1) : spawn g(1);
    // CHECK: type_mismatch.c:[[@LINE-1]]:50: error: spawn gives 'flowvar(long)', but 'flowvar(int)' is wanted here
    sync(x), sync(v), tine_wait_for(p), sync(s), sync(moved), sync(either);
    return spawn f(2);
    // CHECK: type_mismatch.c:[[@LINE-1]]:12: error: spawn gives 'flowvar(int)', but 'flowvar(long)' is wanted here
}

struct one bad_part(void)
{
    return (struct one){1, spawn g(2)};
    // CHECK: type_mismatch.c:[[@LINE-1]]:28: error: spawn gives 'flowvar(long)', but 'flowvar(int)' is wanted here
}

struct one good_part(void)
{
    return (struct one){1, spawn f(2)};
}

void good(void)
{
    flowvar(long) x = spawn g(1);
    flowvar(void) v = spawn h();
    flowvar(number) n = spawn f(1);
    flowvar(int) t = spawn typed(), c = spawn constant();
    flowvar(unsigned) e = spawn color(); // compatible, says this compiler
    flowvar(int (*)(void)) fn = spawn function();
    flowvar(__typeof__(f(1))) o = spawn f(2);
    sync(x), sync(v), sync(n), sync(t), sync(c), sync(e), sync(fn), sync(o);
}
// CHECK: 10 errors generated
