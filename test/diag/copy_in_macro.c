// A copy that a macro makes has no fix-it, unless the handle is its argument's: the invocation is not the handle.
// RUN: not %tine --check %s --cc=%cc 2>&1 | %FileCheck %s --implicit-check-not='flowvar_move('
#include <tine.h>
#define COPY(a, b) flowvar(int) a = b
#define ASSIGN(a, b) a = b
#define OTHER y = x
int f(void);
int by_words(void)
{
    flowvar(int) x = spawn f();
    // CHECK: copy_in_macro.c:[[@LINE+3]]:{{[0-9]+}}: error: 'x' cannot be copied
    // CHECK: {{^ *\^.*$}}
    // CHECK-NEXT: note: use flowvar_move to hand it on
    COPY(y, x);
    return sync(y);
}
void by_assignment(void)
{
    flowvar(int) x = spawn f(), y;
    // CHECK: copy_in_macro.c:[[@LINE+2]]:{{[0-9]+}}: error: {{.*}} cannot be copied
    // CHECK: {{^ +flowvar_move\( \)}}
    ASSIGN(y, x);
    (void)sync(y);
}
void by_name(void)
{
    flowvar(int) x = spawn f(), y;
    // CHECK: copy_in_macro.c:[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} cannot be copied
    OTHER;
    (void)sync(y);
}
